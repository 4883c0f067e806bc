"""What new users type for a command or an option, and where the words of commands belong."""

from netkeep.domain.contact import Kind
from netkeep.domain.touchpoint import CHANNEL_WORDS, Channel

# The command lines that may be meant, by the typed word, or the command and its first word. {} is
# everything typed after it, PERSON the person there, PEOPLE one or more, TEXT the rest, ID the
# numbers, NAME all of it as one argument. Lines with these come first if there is such a text, and
# those without if there is none.
COMMANDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("delete", "rm", "remove", "del"), ("drop {}", "forget {}")),
    **dict.fromkeys(("erase", "destroy", "purge"), ("forget {}",)),
    **dict.fromkeys(
        (
            *("archive", "unfollow", "unkeep", "untrack", "stop", "stop tracking", "reject"),
            *("disable", "ignore"),
        ),
        ("drop {}",),
    ),
    **dict.fromkeys(("search", "grep", "query", "where"), ("find {}",)),
    **dict.fromkeys(("history", "activity", "interactions", "touchpoints"), ("timeline {}",)),
    **dict.fromkeys(
        ("remind", "reminder", "todo", "task", "followup", "follow-up", "schedule"),
        ("promise {}",),
    ),
    **dict.fromkeys(("owe", "promised"), ("promise {}", "due --by 31d")),
    **dict.fromkeys(("complete", "finish", "mark done", "mark as", "promise done"), ("done ID",)),
    **dict.fromkeys(("cadence", "every", "frequency"), ("edit PERSON --every TEXT",)),
    **dict.fromkeys(("note", "notes", "annotate", "add note"), ("edit PERSON --add-note TEXT",)),
    "kind": ("edit PERSON --kind TEXT",),
    **dict.fromkeys(
        ("new", "create", "insert", "init", "add contact", "add person"), ("add NAME",)
    ),
    "add candidate": ("add NAME --candidate",),
    **dict.fromkeys(
        ("ls", "contacts", "people", "all", "everyone", "who is", "who works"), ("list {}",)
    ),
    **dict.fromkeys(("candidates", "inbox"), ("list --status candidate {}",)),
    **dict.fromkeys(("drop all", "keep all"), ("list --status candidate",)),
    **dict.fromkeys(("stale", "lapsed", "inactive", "neglected"), ("list --quiet-for 6m {}",)),
    "kept": ("keep {}", "list"),
    "tags": ("list --tag TAG",),
    **dict.fromkeys(("today", "agenda", "next", "overdue", "now", "status"), ("due",)),
    **dict.fromkeys(("tomorrow", "upcoming", "soon", "week"), ("due --by tomorrow", "due --by 7d")),
    **dict.fromkeys(("birthdays", "promises", "visits"), ("due --by 31d",)),
    **dict.fromkeys(
        ("view", "open", "get", "info", "card", "whois", "who", "where is", "contact"), ("show {}",)
    ),
    **dict.fromkeys(("update", "change", "set", "modify"), ("edit {}",)),
    **dict.fromkeys(("tag", "label", "add tag"), ("edit PEOPLE --add-tag TEXT",)),
    **dict.fromkeys(("untag", "unlabel"), ("edit PEOPLE --remove-tag TEXT",)),
    **dict.fromkeys(("touch", "contacted", "talk", "talked", "spoke", "saw", "had"), ("log {}",)),
    **dict.fromkeys(
        ("postpone", "later", "defer", "hide", "wait", "pause", "skip"), ("snooze {}",)
    ),
    **dict.fromkeys(("accept", "approve", "restore-contact"), ("keep {}",)),
    **dict.fromkeys(
        ("dedupe", "duplicates", "dups", "merge", "merge duplicates"), ("merge --suggest",)
    ),
    **dict.fromkeys(("holidays", "christmas", "season"), ("round add --preset holidays",)),
    **dict.fromkeys(("trip", "travel"), ("visit --trip CITY --from DAY --to DAY",)),
    **dict.fromkeys(("settings", "preferences", "configure"), ("config",)),
    **dict.fromkeys(("report", "statistics", "dashboard", "count"), ("stats",)),
    **dict.fromkeys(("check", "repair", "fsck"), ("doctor",)),
    **dict.fromkeys(("load", "sync-from"), ("import {}",)),
    **dict.fromkeys(("dump", "save"), ("export {}",)),
    **dict.fromkeys(("introduce", "introductions", "tree"), ("stats --tree",)),
    **dict.fromkeys(("usage", "man", "manual"), ("help {}",)),
    **dict.fromkeys(("job", "promoted", "moved", "hired"), ("news PERSON TEXT",)),
    **dict.fromkeys(("revert", "rollback"), ("undo {}",)),
    **{f"undo {each}": ("undo {}",) for each in ("last", "n", "times", "changes", "steps")},
    **dict.fromkeys(("redo last", "redo all"), ("redo {}",)),
    "undo all": ("undo --list",),
    "undo twice": ("undo 2",),
    "brief all": ("brief",),
    **dict.fromkeys(("log all", "log everyone"), ("review",)),
    "list news": ("me", "timeline"),
    "list rounds": ("round",),
    **dict.fromkeys(("birthday", "add birthday"), ("edit PERSON --birthday TEXT", "due --by 31d")),
    "rename": ("edit PERSON --name TEXT",),
    "unsnooze": ("snooze {} none",),
    "version": ("--version",),
    **dict.fromkeys(("round new", "round create"), ("round add NAME --from MM-DD --to MM-DD",)),
    "due this": ("due --by 7d",),
    "add round": ("round add NAME --from MM-DD --to MM-DD",),
    "round start": ("round add --preset NAME",),
    "round done": ("log PERSON",),
    **dict.fromkeys(("round delete", "round rm", "round drop"), ("round remove NAME",)),
    "round": ("round show NAME",),  # for all other words after it
}
CHANNELS = {
    **CHANNEL_WORDS,
    **dict.fromkeys(("called", "phoned", "rang"), Channel.call),
    **dict.fromkeys(("emailed", "mailed", "wrote"), Channel.email),
    **dict.fromkeys(("texted", "messaged"), Channel.message),
}
COMMANDS |= {word: (f"log {{}} --channel {channel}",) for word, channel in CHANNELS.items()}
COMMANDS |= {each: (f"log {{}} --purpose {each}",) for each in ("thank", "congratulate", "ask")}
COMMANDS |= {f"add {kind}": (f"add NAME --kind {kind}",) for kind in Kind}
COMMANDS["greet"] = ("log {} --purpose greeting",)

# The places of words that name no people: options for days at the end, and for other text. TEXT
# is an argument of all these words, DAY the last argument, WORDS are arguments as they are.
PLACES = {
    "due": ("--by", ""),
    "list": ("", "WORDS"),
    "import": ("", "WORDS"),
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
# Where a command lists people who have an option of `list`, how it is done.
LISTS = {
    **dict.fromkeys(("keep", "drop", "triage"), "--status candidate"),
    **dict.fromkeys(("due", "review"), "--sort due"),
    **dict.fromkeys(("find", "show", "brief", "stats", "balance", "forget"), ""),
}
PAST = {"log", "news", "timeline"}  # the days of these commands
# The options that may be meant, by the typed option; the first that the command has is suggested.
OPTIONS = {
    **dict.fromkeys(("-n", "--max", "--number", "--top", "-l"), "--limit"),
    **dict.fromkeys(("--date", "--day", "--when", "-d"), "--on"),
    "--last": "--limit --quiet-for",
    **dict.fromkeys(("--not-contacted", "--quiet", "--older-than", "--inactive"), "--quiet-for"),
    **dict.fromkeys(
        ("--on", "--until", "--before", "--within", "--due", "--end"), "--by --to --met-on"
    ),
    **dict.fromkeys(("--from", "--after", "--since"), "--as --since --quiet-for"),
    **dict.fromkeys(("--cadence", "--frequency"), "--every"),
    **dict.fromkeys(("--type", "--via", "--method"), "--channel --kind"),
    **dict.fromkeys(("--message", "-m", "--comment", "--text"), "--note"),
    **dict.fromkeys(("--org", "--organization", "--employer", "--at", "-c"), "--company"),
    **dict.fromkeys(("--tags", "--label", "--group"), "--tag"),
    **dict.fromkeys(("--mail", "--e-mail"), "--email"),
    **dict.fromkeys(("--mobile", "--tel"), "--phone"),
    **dict.fromkeys(("--job", "--role", "--position"), "--title"),
    **dict.fromkeys(("--order", "--order-by"), "--sort"),
    **dict.fromkeys(("--output", "-o"), "--format --as"),
    **dict.fromkeys(("--confirm", "--no-input"), "--yes"),
    **dict.fromkeys(("--in", "--location", "--place", "--town"), "--city"),
    **dict.fromkeys(("--off", "--cancel", "--clear"), "none"),
    "-a": "--all",
    "--format": "--as",
    "--where": "--met",
    **dict.fromkeys(("--why", "--because"), "--reason"),
    "--start": "--from",
}
