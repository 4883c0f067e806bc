"""First guesses of a new user work, or fail with a suggestion of the right command."""

import shlex
from pathlib import Path

import pytest

from netkeep.cli.typed_line import quoted
from tests.conftest import Fails, Netkeep
from tests.documents import MANUAL


@pytest.fixture(autouse=True)
def people(netkeep: Netkeep) -> None:
    netkeep("add", "Ada Lovelace", "-k", "coworker")
    netkeep("add", "Grace Hopper", "-k", "friend", "-t", "chess")
    netkeep("add", "Ada King")
    netkeep("add", "Mary Jackson")
    netkeep("promise", "mary", "send the slides", "--by", "tomorrow")
    netkeep("round", "add", "--preset", "holidays")


GUESSES = {
    "due tomorrow": "due --by tomorrow",
    'due "in 2 weeks"': 'due --by "in 2 weeks"',
    "due -k friend tomorrow": "due -k friend --by tomorrow",
    "due friends": "due --kind friend",
    "due grace": "brief grace",
    "review grace hopper": 'brief "grace hopper"',
    "balance grace": "brief grace",
    'log grace "had lunch"': 'log grace -n "had lunch"',
    "log grace had lunch": 'log grace -n "had lunch"',
    'log "ada l" yesterday': 'log "ada l" --on yesterday',
    "log grace call yesterday": "log grace --channel call --on yesterday",
    'log grace -c meal "had lunch"': 'log grace -c meal -n "had lunch"',
    'log grace "it\'s $5"': """log grace -n 'it'"'"'s $5'""",
    "keep grace friend": "keep grace --kind friend",
    "drop grace moved away": 'drop grace --reason "moved away"',
    "search boats": "find boats",
    'search "open source"': 'find "open source"',
    "grep boats --limit 3": "find boats --limit 3",
    "history grace": "timeline grace",
    'remind grace "send paper"': 'promise grace "send paper" --by DAY',
    "note grace likes tea": 'edit grace --add-note "likes tea"',
    "grace": "show grace",
    "grace hopper": 'show "grace hopper"',
    "due --db x.db": "--db x.db due",
    "due --db=x.db --count": "--db x.db due --count",
    "log grace --debug --in": "--debug log grace --in",
    "due --version": "--version due",
    'new "Jane Doe"': 'add "Jane Doe"',
    "new Jane Doe": 'add "Jane Doe"',
    "create": "add NAME",
    "ls": "list",
    "contacts --json": "list --json",
    "--json find ada": "find ada --json",
    "-f json round list": "round list -f json",
    "--all due": "due --all",
    "candidates": "list --status candidate",
    "today": "due",
    "overdue": "due",
    "tomorrow": "due --by tomorrow, or netkeep due --by 7d",
    "view grace": "show grace",
    "update grace --city Boston": "edit grace --city Boston",
    "tag grace chess": "edit grace --add-tag chess",
    "untag grace chess": "edit grace --remove-tag chess",
    "call grace": "log grace --channel call",
    "coffee grace": "log grace --channel meal",
    "list --candidates": "list --status candidate",
    "list --all": "list --status all",
    "visit mary --from friday --until sunday": "visit mary --from friday --to sunday",
    "visit mary --start friday --end sunday": "visit mary --from friday --to sunday",
    "timeline mary --last 5": "timeline mary --limit 5",
    "add Bob --type friend": "add Bob --kind friend",
    "birthday mary '10 dec'": 'edit mary --birthday "10 dec"',
    "cadence mary 3m": "edit mary --every 3m",
    "pause mary 2w": "snooze mary 2w",
    "unsnooze mary": "snooze mary none",
    "promises": "due --by 31d",
    "rename mary 'Mary King'": 'edit mary --name "Mary King"',
    "promise mary 'send it' by friday": 'promise mary "send it" --by friday',
    "promise mary 'send it' friday": 'promise mary "send it" --by friday',
    "promise mary 'send it'": 'promise mary "send it" --by DAY',
    "todo mary 'send it' --by friday": 'promise mary "send it" --by friday',
    'met "ada l"': 'log "ada l" --channel meeting',
    "text grace": "log grace --channel message",
    "thank grace": "log grace --purpose thank",
    "postpone grace 2w": "snooze grace 2w",
    "accept grace": "keep grace",
    "duplicates": "merge --suggest",
    "settings": "config",
    "save": "export",
    "birthdays": "due --by 31d",
    "version": "--version",
    "add --name Jane": "add Jane",
    "due -n 5": "due --limit 5",
    "log grace --date yesterday": "log grace --on yesterday",
    "log grace -m hello": "log grace --note hello",
    "timeline --from 2026-01-01": "timeline --since 2026-01-01",
    "add Jane --org Initech": "add Jane --company Initech",
    "delete grace": "drop grace, or netkeep forget grace",
    'rm "grace hopper"': 'drop "grace hopper", or netkeep forget "grace hopper"',
    "remove grace": "drop grace, or netkeep forget grace",
    # Words in another order, or in the place of an option.
    "log call mary": "log mary --channel call",
    "mary log call": "log mary --channel call",
    "mary log": "log mary",
    "mary call yesterday": "log mary --channel call --on yesterday",
    "mary jackson snooze 2w": 'snooze "mary jackson" 2w',
    "i called mary": "log mary --channel call",
    "lunch with mary and grace on friday": "log mary grace --channel meal --on friday",
    "met mary for lunch": "log mary --channel meal",
    "log mary on monday": "log mary --on monday",
    "log mary 3 days ago": 'log mary --on "3 days ago"',
    "log grace 'sun 22 nov'": 'log grace --on "sun 22 nov"',
    "log mary 'had lunch together' yesterday": 'log mary -n "had lunch together" --on yesterday',
    "log mary had lunch together yesterday": 'log mary -n "had lunch together" --on yesterday',
    "log mary asked for a job": 'log mary -n "asked for a job"',
    "log mary by phone": "log mary --channel call",
    "log mary and grace": "log mary grace",
    "log mary & grace": "log mary grace",
    "log mary note 'likes tea'": 'log mary --note "likes tea"',
    "log mary --call --yesterday": "log mary --channel call --on yesterday",
    "add 'Bob Smith' b@x.example": 'add "Bob Smith" --email b@x.example',
    "add b@x.example Bob": "add Bob --email b@x.example",
    "edit mary city boston": "edit mary --city boston",
    "edit mary cadence 3m": "edit mary --every 3m",
    "set mary city boston": "edit mary --city boston",
    "visit mary boston": "visit mary --city boston --from DAY",
    "visit mary boston --from friday": "visit mary --from friday --city boston",
    "visit mary from friday to sunday": "visit mary --from friday --to sunday",
    "snooze mary until friday": "snooze mary friday",
    "snooze mary --until friday": "snooze mary friday",
    "snooze mary for 2 weeks": 'snooze mary "2 weeks"',
    "drop mary 'moved away'": 'drop mary --reason "moved away"',
    "promise mary send it by next friday": 'promise mary "send it" --by "next friday"',
    "promise mary": "promise mary TEXT --by DAY",
    "news mary promoted yesterday": "news mary promoted --on yesterday",
    "merge mary into grace": "merge mary grace",
    "merge mary jackson into grace": 'merge "mary jackson" grace',
    "import linkedin x.csv": "import x.csv --as linkedin",
    "timeline today": "timeline --since today",
    "timeline mary last 5": "timeline mary --limit 5",
    "timeline mary calls": "timeline mary --channel call",
    "due by friday": "due --by friday",
    "due all": "due --all",
    "due week": 'due --by "a week"',
    "due --month": 'due --by "a month"',
    "snooze mary month": 'snooze mary "a month"',
    "due --today": "due --by today",
    "due --csv": "due --format csv",
    "list --friends": "list --kind friend",
    "export --csv": "export --as csv",
    "export --format vcard": "export --as vcard",
    "list --tags a,b": "list --tag a --tag b",
    "edit mary --cadence 30": "edit mary --every 30d",
    "round delete holidays": "round remove holidays",
    "round holidays": "round show holidays",
    "round new greetings": "round add greetings --from MM-DD --to MM-DD",
    "round new": "round add NAME --from MM-DD --to MM-DD",
    "birthday": "due --by 31d",
    "call": "log PERSON --channel call",
    # Misspelt commands and options.
    "breif mary": "brief mary",
    "breif mary jackson --json": 'brief "mary jackson" --json',
    "lgo mary yesterday": "log mary --on yesterday",
    "serach chess": "find chess",
    "rounds": "round",
    "stat": "stats",
    "had lunch with mary": "log mary --channel meal",
    "log mary --chanel call": "log mary --channel call",
    "list --citty boston": "list --city boston",
    # Other words for commands, and for what they show.
    "friends": "list --kind friend",
    "colleagues at initech": "list --kind coworker --company initech",
    "company initech": "list --company initech",
    "kept": "list",
    "stale": "list --quiet-for 6m",
    "tags": "list --tag TAG",
    "who is in boston": "list --city boston",
    "untrack mary": "drop mary",
    "stop tracking mary": "drop mary",
    "finish 1": "done 1",
    "mark 1 done": "done 1",
    "promise 1 done": "done 1",
    "owe": "due --by 31d",
    "owe mary slides": "promise mary slides --by DAY",
    "follow-up mary friday": "promise mary TEXT --by friday",
    "promoted mary 'to CTO'": 'news mary "to CTO"',
    "mary moved": "news mary TEXT",
    "job mary CTO": "news mary CTO",
    "greet mary": "log mary --purpose greeting",
    "christmas": "round add --preset holidays",
    "count": "stats",
    "kind mary friend": "edit mary --kind friend",
    "revert 2": "undo 2",
    "import-linkedin x.csv": "import x.csv --as linkedin",
    "import x.csv --linkedin": "import x.csv --as linkedin",
    "import linkedin": "import FILE --as linkedin",
    "show mary --history": "timeline mary",
    "show promises": "due --by 31d",
    "due promises": "due --by 31d",
    "due --birthdays": "due --by 31d",
    # A command and a word that together are another one.
    "add note mary 'likes tea'": 'edit mary --add-note "likes tea"',
    "add contact Jane Smith": 'add "Jane Smith"',
    "add friend Jane Smith": 'add "Jane Smith" --kind friend',
    "add round greetings": "round add greetings --from MM-DD --to MM-DD",
    "brief --all": "brief",
    "drop all candidates": "list --status candidate",
    "due this week": "due --by 7d",
    "log everyone": "review",
    "log everyone --purpose greeting": "review",
    "merge": "merge --suggest",
    "merge duplicates": "merge --suggest",
    "promise done 1": "done 1",
    "round start summer": "round add --preset summer",
    "round done holidays mary": "log mary",
    "undo last": "undo",
    "undo -2": "undo 2",
    "undo -n 2": "undo 2",
    "undo twice": "undo 2",
    "undo 2 changes": "undo 2",
    # More words in another order, or in the place of an option.
    "remind me to send the slides to mary by friday": (
        'promise mary "send the slides" --by friday'
    ),
    "remind send slides to mary": 'promise mary "send slides" --by DAY',
    "rename mary Mary King": 'edit mary --name "Mary King"',
    "tag mary and grace chess": "edit mary grace --add-tag chess",
    "log yesterday mary": "log mary --on yesterday",
    "log mary tuesday call kids": "log mary --channel call -n kids --on tuesday",
    "log met mary": "log mary --channel meeting",
    "log mary --by phone": "log mary --channel call",
    "snooze mary for a month": 'snooze mary "a month"',
    "snooze 2 weeks mary": 'snooze mary "2 weeks"',
    "snooze mary --days 30": "snooze mary 30d",
    "snooze mary --until 2100-01-15": "snooze mary 2100-01-15",
    "snooze mary --off": "snooze mary none",
    "due --next-week": 'due --by "next week"',
    "news mary --at Initech": "news mary TEXT --company Initech",
    "add 'Jane Smith' jane@x.example Acme": (
        'add "Jane Smith" --email jane@x.example --company Acme'
    ),
    "add Jane --on yesterday": "add Jane --met-on yesterday",
    "import --from linkedin x.csv": "import x.csv --as linkedin",
    "list --since 6m": "list --quiet-for 6m",
    "list --last 6m": "list --quiet-for 6m",
    "list --last 6": "list --limit 6",
    "list --not-contacted 6 months": 'list --quiet-for "6 months"',
    "list --in boston": "list --city boston",
    "list -a": "list --status all",
    # Options of other commands.
    "find mary --kind friend --limit 3": "list mary --kind friend --limit 3",
    "triage --kind friend": "list --kind friend --status candidate",
    "drop --company Initech": "list --company Initech --status candidate",
    "drop --status candidate": "list --status candidate",
    "brief mary --tag chess": "edit mary --tag chess",
    "done mary": "done 1  # send the slides",
    "done slides": "done 1  # send the slides",
    "done #1,1": "done 1",
}
PLACEHOLDERS = {"DAY", "FILE", "MM-DD", "NAME", "PERSON", "TAG", "TEXT"}


# These need a terminal, or fail because the fixture has added the round.
RUN_ELSEWHERE = [["review"], ["round", "add", "--preset", "holidays"]]


@pytest.mark.parametrize("typed", GUESSES)
def test_error_suggests_the_intended_command(
    netkeep: Netkeep, typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.csv").write_text("First Name,Last Name,Connected On\nJane,Doe,\n")
    result = netkeep(*shlex.split(typed), code=None, err=None)
    assert result.code in {2, 3}
    assert result.err.splitlines()[-1] == f"  try: netkeep {GUESSES[typed]}"
    first, *_ = GUESSES[typed].split(", or netkeep ")
    words = shlex.split(first, comments=True)
    if not PLACEHOLDERS & {*words} and words not in RUN_ELSEWHERE:
        netkeep(*words, err=None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("brief ada lovelace", 'brief "ada lovelace"'),
        ("add Jane Doe -k friend", 'add "Jane Doe" -k friend'),
        ("promise grace send paper --by friday", 'promise grace "send paper" --by friday'),
        ("news grace promoted to CTO", 'news grace "promoted to CTO"'),
        ("me started at Initech", 'me "started at Initech"'),
        ("snooze mary jackson", 'snooze "mary jackson"'),
        ("add Jane --company New York Times", 'add Jane --company "New York Times"'),
        ("log mary --on last friday -c call", 'log mary --on "last friday" -c call'),
        ("log mary -n met for coffee", 'log mary -n "met for coffee"'),
        ("edit mary --every 3 months", 'edit mary --every "3 months"'),
        ("list --quiet-for 6 months", 'list --quiet-for "6 months"'),
        ("visit mary --from 1 dec --to 5 dec", 'visit mary --from "1 dec" --to "5 dec"'),
        (
            "round add Christmas --from dec 1 --to dec 24",
            'round add Christmas --from "dec 1" --to "dec 24"',
        ),
    ],
)
def test_error_suggests_quotes_around_several_words(
    netkeep: Netkeep, typed: str, meant: str
) -> None:
    result = netkeep(*typed.split(), code=None, err=None)
    assert result.code in {2, 3}
    assert result.err.splitlines()[-1] == f"  put several words in quotes: netkeep {meant}"
    netkeep(*shlex.split(meant), err=None)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("log ada-l grce", "did you mean Grace Hopper?"),
        ("log grace xyzzy", "list your contacts: netkeep list"),
        ("log grace xyzzy ada-l", "list your contacts: netkeep list"),
        ("log Marry", "did you mean Mary Jackson?"),
        ("drop grace xyzzy", "list your contacts: netkeep list"),
        ("log xyzzy yesterday", "list your contacts: netkeep list"),
    ],
)
def test_word_that_may_be_a_name_gives_no_other_suggestion(
    fails: Fails, typed: str, hint: str
) -> None:
    assert fails(*typed.split(), code=3).endswith(f"  {hint}\n")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("friends in boston", "list --kind friend --city boston"),
        ("coworkers at initech", "list --kind coworker --company initech"),
        ("people in boston", "list --city boston"),
        ("candidates", "list --status candidate"),
        ("kind friend", "list --kind friend"),
        ("tag chess", "list --tag chess"),
        ("promises", "due --by 31d"),
        ("birthdays", "due --by 31d"),
        ("rounds", "round"),
        ("news", "me, or netkeep timeline"),
    ],
)
def test_empty_list_suggests_the_intended_command(netkeep: Netkeep, words: str, meant: str) -> None:
    result = netkeep("list", *words.split(), "-f", "table", err=None)
    assert result.err == f"No name matches. Try: netkeep {meant}\n"


def test_a_guess_that_cannot_be_run_is_not_made(netkeep: Netkeep, fails: Fails) -> None:
    netkeep("add", "Maria Weiss", "--company", "Leeds")
    assert fails("list", "--company", "leeds", "--kept", code=2).endswith(
        "  see: netkeep list --help\n"
    )
    assert fails("brief", "marai", "weiss", code=2).endswith("  see: netkeep brief --help\n")


def test_option_of_another_command_names_that_command(fails: Fails) -> None:
    assert fails("list", "--reason", "x", code=2) == (
        "netkeep: no such option: --reason\n  --reason is an option of: netkeep drop\n"
    )


@pytest.mark.parametrize(
    "typed", ["config set soon_days 3", "set cadence friend 1m", "cadence friend 3m"]
)
def test_attempt_to_set_a_setting_names_the_settings_file(fails: Fails, typed: str) -> None:
    assert fails(*typed.split(), code=2).endswith(
        "  to change a setting, edit the file that this prints: netkeep config --path\n"
    )


def test_error_without_a_suggestion_names_the_help(fails: Fails) -> None:
    assert fails("due", "next", "thing", code=2).endswith("  see: netkeep due --help\n")
    assert fails("frobnicate", code=2) == (
        "netkeep: no such command 'frobnicate'\n  see: netkeep --help\n"
    )
    assert fails("due", "frobnicate", code=2).endswith("  see: netkeep due --help\n")


def test_suggestion_keeps_the_db_option(netkeep: Netkeep, fails: Fails, database: object) -> None:
    assert fails("--db", str(database), "grace", code=2).endswith(
        f"  try: netkeep --db {database} show grace\n"
    )
    assert fails("--db", "/no/such/file", "grace", code=2).endswith("  see: netkeep --help\n")


@pytest.mark.parametrize(
    "typed", ["list ada", "show ada-l grace", "help", "help log", "-V", "due --json", "-h due"]
)
def test_common_short_forms_work(netkeep: Netkeep, typed: str) -> None:
    assert netkeep(*typed.split()).out


def test_list_matches_the_beginnings_of_words_in_names(netkeep: Netkeep) -> None:
    assert netkeep("list", "ada", "--json").names == ["Ada King", "Ada Lovelace"]
    assert netkeep("list", "lov", "ad", "--json").names == ["Ada Lovelace"]
    assert netkeep("list", "grace", "-k", "coworker", "--json").names == []


def test_show_prints_several_people_in_order(netkeep: Netkeep) -> None:
    assert netkeep("show", "grace", "ada-l", "--json").names == ["Grace Hopper", "Ada Lovelace"]
    assert netkeep("show", "grace", "--json").json["name"] == "Grace Hopper"
    page = netkeep("show", "grace", "-f", "table").out
    assert netkeep("show", "grace", "grace-h", "-f", "table").out == page
    assert netkeep("show", "grace", "ada-l", "-f", "table").out.startswith(page)


def test_help_command_prints_the_same_as_the_help_option(netkeep: Netkeep, fails: Fails) -> None:
    assert netkeep("help").out.startswith(netkeep("--help").out.rstrip())
    for words in (["due"], ["round", "add"]):
        assert netkeep("help", *words).out.strip() == netkeep(*words, "--help").out.strip()
    assert fails("help", "round", "nothing", code=2) == (
        'netkeep: there is no command or topic "round nothing"\n  see: netkeep help\n'
    )


@pytest.mark.parametrize("topic", MANUAL)
def test_help_lists_and_shows_the_pages_of_the_manual(netkeep: Netkeep, topic: str) -> None:
    assert f"\n  {topic} " in netkeep("help").out
    assert netkeep("help", topic).out == MANUAL[topic].read_text()


def test_help_prints_the_man_page(netkeep: Netkeep) -> None:
    page = netkeep("help", "--man").out
    assert page.startswith(".TH NETKEEP 1 ")
    assert "\n.SH EXIT STATUS\n" in page


def test_json_option_sets_the_format(netkeep: Netkeep) -> None:
    assert netkeep("list", "--json").out == netkeep("list", "-f", "json").out
    assert netkeep("round", "list", "--json").names == ["holidays"]
    (logged,) = netkeep("log", "grace", "--json").json
    assert logged["name"] == "Grace Hopper"
    assert netkeep("list", "--json", "-f", "csv").out.startswith("id,name")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["log", "ada"], "log ada"),
        (["log", "ada l"], 'log "ada l"'),
        (["#1", "a$b c", "it's"], """'#1' 'a$b c' 'it'"'"'s'"""),
    ],
)
def test_words_are_quoted_for_a_shell(words: list[str], line: str) -> None:
    assert quoted(words) == line
    assert shlex.split(quoted(words)) == words
