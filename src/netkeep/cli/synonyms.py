"""What new users type for a command or an option, and where the words of commands belong."""

from netkeep.domain.text import SYNONYMS
from netkeep.domain.touchpoint import Channel

# The command lines that may be meant, by the typed word. {} is everything typed after it, PERSON
# the person at its beginning, TEXT the rest, NAME all of it as one argument.
COMMANDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("delete", "rm", "remove", "del"), ("drop {}", "forget {}")),
    **dict.fromkeys(("erase", "destroy", "purge"), ("forget {}",)),
    **dict.fromkeys(("archive", "unfollow", "reject", "disable", "ignore"), ("drop {}",)),
    **dict.fromkeys(("search", "grep", "query", "where"), ("find {}",)),
    **dict.fromkeys(("history", "activity", "interactions", "touchpoints"), ("timeline {}",)),
    **dict.fromkeys(
        ("remind", "reminder", "todo", "task", "followup", "schedule"), ("promise {}",)
    ),
    **dict.fromkeys(("cadence", "every", "frequency"), ("edit PERSON --every TEXT",)),
    **dict.fromkeys(("note", "notes", "annotate"), ("edit PERSON --add-note TEXT",)),
    **dict.fromkeys(("new", "create", "insert", "init"), ("add NAME",)),
    **dict.fromkeys(("ls", "contacts", "people", "all"), ("list {}",)),
    **dict.fromkeys(("candidates", "inbox"), ("list --status candidate",)),
    **dict.fromkeys(("today", "agenda", "next", "overdue", "now", "status"), ("due",)),
    **dict.fromkeys(("tomorrow", "upcoming", "soon", "week"), ("due --by tomorrow", "due --by 7d")),
    **dict.fromkeys(("birthdays", "promises", "visits"), ("due --by 31d",)),
    **dict.fromkeys(
        ("view", "open", "get", "info", "card", "whois", "who", "contact"), ("show {}",)
    ),
    **dict.fromkeys(("update", "change", "set", "modify"), ("edit {}",)),
    **dict.fromkeys(("tag", "label"), ("edit PERSON --add-tag TEXT",)),
    **dict.fromkeys(("untag", "unlabel"), ("edit PERSON --remove-tag TEXT",)),
    **dict.fromkeys(("touch", "contacted", "talk", "talked", "spoke", "saw"), ("log {}",)),
    **dict.fromkeys(
        ("postpone", "later", "defer", "hide", "wait", "pause", "skip"), ("snooze {}",)
    ),
    **dict.fromkeys(("accept", "approve", "restore-contact"), ("keep {}",)),
    **dict.fromkeys(("dedupe", "duplicates", "dups"), ("merge --suggest",)),
    **dict.fromkeys(("holidays", "season"), ("round add --preset holidays",)),
    **dict.fromkeys(("trip", "travel"), ("visit --trip CITY --from DAY --to DAY",)),
    **dict.fromkeys(("settings", "preferences", "configure"), ("config",)),
    **dict.fromkeys(("report", "statistics", "dashboard"), ("stats",)),
    **dict.fromkeys(("check", "repair", "fsck"), ("doctor",)),
    **dict.fromkeys(("load", "sync-from"), ("import {}",)),
    **dict.fromkeys(("dump", "save"), ("export {}",)),
    **dict.fromkeys(("introduce", "introductions", "tree"), ("stats --tree",)),
    **dict.fromkeys(("usage", "man", "manual"), ("help {}",)),
    "birthday": ("edit PERSON --birthday TEXT", "due --by 31d"),
    "rename": ("edit PERSON --name TEXT",),
    "unsnooze": ("snooze {} none",),
    "version": ("--version",),
    **dict.fromkeys(("round new", "round create"), ("round add NAME --from MM-DD --to MM-DD",)),
    **dict.fromkeys(("round delete", "round rm", "round drop"), ("round remove NAME",)),
    "round": ("round show NAME",),  # for all other words after it
}
CHANNELS = {
    **{channel.value: channel.value for channel in Channel if channel is not Channel.other},
    **{word: value for word, value in SYNONYMS.items() if value in set(Channel)},
    **dict.fromkeys(("called", "phoned", "rang"), "call"),
    **dict.fromkeys(("emailed", "mailed", "wrote"), "email"),
    **dict.fromkeys(("texted", "messaged"), "message"),
    **dict.fromkeys(("meet", "met"), "meeting"),
}
COMMANDS |= {word: (f"log {{}} --channel {channel}",) for word, channel in CHANNELS.items()}
COMMANDS |= {each: (f"log {{}} --purpose {each}",) for each in ("thank", "congratulate", "ask")}

# The places of words that name no people: options for days at the end, and for other text. TEXT
# is an argument of all these words, DAY the last argument, WORDS are arguments as they are.
PLACES = {
    "due": ("--by", ""),
    "review": ("", ""),
    "log": ("--on", "-n"),
    "snooze": ("DAY", ""),
    "keep": ("", ""),
    "drop": ("", "--reason"),
    "news": ("--on", "TEXT"),
    "visit": ("--from --to", "--city"),
    "promise": ("--by", "TEXT"),
    "timeline": ("--since --until", ""),
}
PAST = {"log", "news", "timeline"}  # the days of these commands
SMALL_WORDS = {
    *(
        "a",
        "about",
        "and",
        "at",
        "by",
        "for",
        "from",
        "i",
        "in",
        "into",
        "of",
        "on",
        "since",
        "the",
    ),
    *("till", "to", "until", "with", "&"),
}
# The options that may be meant, by the typed option; the first that the command has is suggested.
OPTIONS = {
    **dict.fromkeys(("-n", "--max", "--number", "--top", "-l", "--last"), "--limit"),
    **dict.fromkeys(("--date", "--day", "--when", "-d"), "--on"),
    **dict.fromkeys(("--on", "--until", "--before", "--within", "--due"), "--by --to"),
    **dict.fromkeys(("--from", "--after"), "--since"),
    **dict.fromkeys(("--cadence", "--frequency"), "--every"),
    **dict.fromkeys(("--type", "--via", "--method"), "--channel --kind"),
    **dict.fromkeys(("--message", "-m", "--comment", "--text"), "--note"),
    **dict.fromkeys(("--org", "--organization", "--employer"), "--company"),
    **dict.fromkeys(("--tags", "--label", "--group"), "--tag"),
    **dict.fromkeys(("--mail", "--e-mail"), "--email"),
    **dict.fromkeys(("--mobile", "--tel"), "--phone"),
    **dict.fromkeys(("--job", "--role", "--position"), "--title"),
    **dict.fromkeys(("--order", "--order-by"), "--sort"),
    **dict.fromkeys(("--output", "-o"), "--format --as"),
    **dict.fromkeys(("--confirm", "--no-input"), "--yes"),
    "--format": "--as",
    "--where": "--met",
    "--why": "--reason",
}
