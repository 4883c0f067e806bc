"""Text with a meaning to terminals, formats or SQL is stored, printed and exported as text."""

import csv
import io
import json
import os
import re
import sys
import unicodedata
from binascii import b2a_qp
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from rich.cells import cell_len

from netkeep.domain.contact import Contact, Position, Via
from netkeep.domain.occasions import OwnNews
from netkeep.domain.touchpoint import Purpose
from netkeep.exchange.content_lines import escape
from netkeep.exchange.own_json import Dump, to_json
from netkeep.output.streams import sanitize
from tests.builders import contact, occasion, promise, touchpoint, visit, yearly_round
from tests.cli.terminal import Terminal, ending
from tests.conftest import Fails, Netkeep, change

Texts = Mapping[str, tuple[str, str]]  # names and notes, by e-mail

NAMES = {  # valid as a name and as a note
    "markup": "[bold]x[/bold] [/] [link=https://x.example]y[/link] [red",
    "emoji codes": ":smile: :bomb:",
    "bidi": "a\u202eb\u2066c\u200fd\u061c",
    "zero width": "a\u200bb\u200c\u200dc\ufeffd\u2060e\u00adf",
    "right to left": "עדה לאבלייס عربي",
    "emoji families": "👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 🇫🇷 ❤️ a",
    "zalgo": "Z" + "\u0316\u0300\u0489" * 30 + "a",
    "wide": "李小龍 ﷽ Ａ한",
    "SQL": 'Robert\'); DROP TABLE contact;-- "x" ?1 :a',
    "LIKE": "%_100%\\",
    "formula": '=HYPERLINK("x";"y")',
    "escapes in words": r"\x1b[31m \u202e \n \; \, \\ %1b",
    "a card": r"\nEND:VCARD\nBEGIN:VEVENT;,:",
}
NOTES = {  # valid as a note only
    "ANSI": "a\x1b[31mb\x1b[2J\x1b[1;1H\x07\x08\x7fz",
    "OSC": "a\x1b]0;title\x07b\x1b]8;;https://x.example\x1b\\c\x1b]52;c;eA==\x07z",
    "C1": "a\x9b31mb\x9d0;title\x9cc\x85d\x90e",
    "line breaks": "a\nb\x0bc\x0cd\x1ce",
    "carriage return": "a\rb",
    "tab": "a\tb",
    "line separator": "a\u2028b\u2029c",
    "long": "x" * 100_000,
    "long and wild": "[b]\x1b[2J" * 25_000,
}
INVALID = {"NUL": "a\0b", "a byte that is no text": "a\udcffb", "a lone surrogate": "a\ud83db"}
ALL = NAMES | NOTES | INVALID

UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
# Sent by Rich for styles and progress bars, and by readline.
STYLE = re.compile(r"\x1b\[(?:[0-9;]*m|\?25[hl]|1A|2K|\?2004[hl])|\r(?!\n)")
MAX_LENGTH = 1_100  # characters of a message of two lines


def assert_safe(*printed: str) -> None:
    for text in printed:
        assert not UNSAFE.search(text)
        assert "Traceback" not in text
        assert "internal error" not in text


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


# Import


def csv_file(name: str, note: str, email: str, more: Sequence[str], texts: Texts) -> bytes:
    text = io.StringIO()
    columns = list(filter(None, dict.fromkeys((*more, name, note, email))))
    rows = csv.DictWriter(text, columns, restval="", extrasaction="ignore")
    rows.writeheader()
    rows.writerows(
        {note: note_text, name: name_text, email: address}
        for address, (name_text, note_text) in texts.items()
    )
    return text.getvalue().encode()


def vcards(version: str, texts: Texts) -> bytes:
    def content_line(name: str, text: str) -> str:
        if version != "2.1":
            return f"{name}:{escape(text)}"
        octets = text.replace("\\", r"\\").replace(";", r"\;").encode()
        quoted = b2a_qp(octets, quotetabs=True, istext=False).decode()
        return f"{name};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted}"

    return "".join(
        f"BEGIN:VCARD\r\nVERSION:{version}\r\n{content_line('FN', name)}\r\nEMAIL:{address}\r\n"
        f"{content_line('NOTE', note)}\r\nEND:VCARD\r\n"
        for address, (name, note) in texts.items()
    ).encode()


def own_json(texts: Texts) -> bytes:
    """Return netkeep's own JSON in ASCII, with surrogates as escapes."""
    contacts = [
        contact(id=number, name=name, note=note, emails=(address,), phones=())
        for number, (address, (name, note)) in enumerate(texts.items(), 1)
    ]
    return json.dumps(json.loads(to_json(Dump(contacts)))).encode()


CSVS: Mapping[
    str, tuple[str, str, str, Sequence[str]]
] = {  # columns of name, note and e-mail, and other columns
    "LinkedIn": ("First Name", "", "Email Address", ["Last Name", "Connected On"]),
    "Google": ("First Name", "Notes", "E-mail 1 - Value", ["Labels"]),
    "Outlook": ("First Name", "Notes", "E-mail Address", ["Last Name"]),
    "own CSV": ("name", "note", "emails", Contact._fields),
    "mapped CSV": ("[red]Who", "Say", "Mail", []),
}
IMPORT_FORMATS: Mapping[str, Callable[[Texts], bytes]] = {
    **{name: partial(csv_file, *columns) for name, columns in CSVS.items()},
    **{f"vCard {version}": partial(vcards, version) for version in ("2.1", "3.0", "4.0")},
    "JSON": own_json,
}
IMPORT_OPTIONS = {
    "mapped CSV": ("--map", "[red]Who=name", "--map", "Say=note", "--map", "Mail=email")
}


def texts_by_email(texts: Mapping[str, str], name: str = "") -> dict[str, tuple[str, str]]:
    """Return a name and a note for each text; the text is also the name by default."""
    return {
        f"{name}{number}@x.example": (f"{name} {number}" if name else text, text)
        for number, text in enumerate(texts.values())
    }


@pytest.mark.parametrize("format_name", IMPORT_FORMATS)
def test_import_keeps_text_and_export_returns_it(
    netkeep: Netkeep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_name: str
) -> None:
    texts = texts_by_email(NAMES) | texts_by_email(NOTES, "Ada")
    file, other = tmp_path / "file", ("--db", str(tmp_path / "other.db"))
    file.write_bytes(content := IMPORT_FORMATS[format_name](texts))
    assert_safe(netkeep("import", str(file), *IMPORT_OPTIONS.get(format_name, ())).out)
    contacts = netkeep("list", "--status", "all", "-f", "json").json
    notes = [
        nfc(note.replace("\r", "\n") if "vCard" in format_name else note)
        for _, note in texts.values()
    ]
    assert {contact["emails"][0]: contact["name"] for contact in contacts} == {
        address: nfc(name) for address, (name, _) in texts.items()
    }
    if format_name != "LinkedIn":  # LinkedIn has no notes
        assert {contact["emails"][0]: contact["note"] for contact in contacts} == dict(
            zip(texts, notes, strict=True)
        )
    before = netkeep("export").out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert netkeep("import", "-", *IMPORT_OPTIONS.get(format_name, ())).out == (
        f"Imported no one; {len(texts)} were known already.\n"
    )
    assert netkeep("export").out == before
    file.write_text(before)
    netkeep(*other, "import", str(file))
    assert netkeep(*other, "export").out == before


@pytest.mark.parametrize("format_name", IMPORT_FORMATS)
def test_import_skips_invalid_names_only(
    netkeep: Netkeep, tmp_path: Path, format_name: str
) -> None:
    texts = NOTES | (INVALID if format_name == "JSON" else {})
    file = tmp_path / "file"
    file.write_bytes(
        IMPORT_FORMATS[format_name](texts_by_email(texts) | {"ada@x.example": ("Ada", "x")})
    )
    for dry_run in (["--dry-run"], []):
        result = netkeep(
            "import", str(file), *IMPORT_OPTIONS.get(format_name, ()), *dry_run, err=None
        )
        assert_safe(result.out, result.err)
        assert max(map(len, result.err.splitlines()), default=0) <= MAX_LENGTH
    names = netkeep("list", "--status", "all", "-f", "json").names
    assert "Ada" in names
    assert_safe(*names)
    assert not any("\n" in name or len(name) > 200 for name in names)


ONE_LINE = (
    *("add", "edit ada --name", "news ada", "promise ada --by friday", "drop ada --reason", "me"),
    *("log ada --by friday --next", "visit ada --from fri --to sat --city", "find"),
    *("visit --from fri --to sat --trip", "round add --from 12-01 --to 12-24"),
    *(f"add Bea --{name}" for name in ("company", "title", "city", "school", "met", "tag")),
    *(f"add Bea --{name}" for name in ("email", "phone", "url")),
    *(f"list --{name}" for name in ("tag", "city", "company", "school", "met")),
)
CHOICES = (
    *("", "due --by", "log ada --on", "snooze ada", "done", "amend", "me --remove", "import"),
    *("add Bea --kind", "add Bea --every", "add Bea --birthday", "import x.csv --map"),
    *("export --as", "list -f", "list --sort", "list --limit"),
)
REFUSED = {
    **dict.fromkeys(ONE_LINE, NOTES | INVALID),
    **dict.fromkeys(("add Bea --note", "log ada --note"), INVALID),
    **dict.fromkeys(CHOICES, ALL),
}
NO_MATCH = ("show --", "log --", "keep --", "drop --", "brief --", "round remove --")


@pytest.mark.parametrize("command", [*REFUSED, *NO_MATCH])
def test_invalid_text_gives_short_error_and_writes_nothing(
    netkeep: Netkeep, fails: Fails, database: Path, command: str
) -> None:
    netkeep("add", "Quinn" if command in NO_MATCH else "Ada")
    before = database.read_bytes()
    for text in REFUSED.get(command, ALL).values():
        message = fails(*command.split(), text, code=3 if command in NO_MATCH else 2)
        assert_safe(message)
        assert len(message) <= MAX_LENGTH
    assert database.read_bytes() == before


# Output

DAY, LAST = date(2026, 11, 20), date(2026, 11, 30)
TWICE = [*NAMES.values()] * 2  # two contacts per name, at different companies
NOTE_TEXTS = [*(text[:1_001] for text in NOTES.values()), *NAMES.values()]


def hostile_contact(number: int, text: str) -> Contact:
    unspaced = "".join(text.split())
    return contact(
        id=number,
        name=text,
        note=NOTE_TEXTS[number % len(NOTE_TEXTS)],
        tags=(text,),
        **dict.fromkeys(("company", "title", "city", "school", "met"), f"{text} {number}"),
        emails=(f"{number}{unspaced.replace('@', '')}@x.example",),
        phones=(f"+{number}00 {text} 9",),
        urls=(f"https://x.example/{number}/{unspaced}",),
        worked=(Position(text, text, date(2026, 9, 1)),),
        via=Via(number - 1, TWICE[number - 2]) if number > 1 else None,
    )


@pytest.fixture
def hostile_network(netkeep: Netkeep, tmp_path: Path) -> None:
    """Add two contacts per name, with hostile text in every field and in their history."""
    lines = list(enumerate(NAMES.values(), 1))
    asks = [
        touchpoint(id=number, contact_id=number, note=note, purpose=Purpose.ask)
        for number, note in enumerate(NOTE_TEXTS, 1)
    ]
    occasions = [
        *(occasion(id=n, contact_id=n, day=DAY, text=text) for n, text in lines),
        *(promise(DAY, id=n + 50, contact_id=n, text=text) for n, text in lines),
        *(visit(DAY, LAST, id=n + 99, contact_id=n, city=text) for n, text in lines),
    ]
    rounds = [yearly_round(id=n, name=text, tags=(text,)) for n, text in lines]
    own_news = [OwnNews(n, DAY, text, 0) for n, text in lines]
    contacts = [hostile_contact(number, text) for number, text in enumerate(TWICE, 1)]
    file = tmp_path / "network.json"
    file.write_text(to_json(Dump(contacts, {}, asks, occasions, rounds, own_news)))
    netkeep("import", str(file))


LISTS = "list --status all|due --all|timeline|find a|find x|balance|me|round list|merge --suggest"
LISTS += "|stats|stats --tree"
COMMANDS = [
    *(command.split() for command in LISTS.split("|")),
    *([page, str(n)] for page in ("show", "brief") for n in range(1, len(TWICE) + 1)),
    *(["round", "show", name] for name in NAMES.values()),
]


@pytest.mark.usefixtures("hostile_network")
@pytest.mark.parametrize("chosen", ["tsv", "csv", "json"])
def test_output_for_programs_is_safe(netkeep: Netkeep, chosen: str) -> None:
    for command in COMMANDS:
        out = netkeep(*command, "-f", chosen).out
        assert out
        assert_safe(out.replace("\t", " "))


@pytest.mark.usefixtures("hostile_network")
@pytest.mark.parametrize("width", [20, 60, 80, 1_000])
def test_output_for_people_is_safe_and_aligned(
    netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for command in COMMANDS:
        assert_safe(out := netkeep(*command, "-f", "table").out)
        assert max(map(cell_len, out.splitlines())) <= width
    header, _, *rows = netkeep("list", "--status", "all", "-f", "table").out.splitlines()
    before = [row.partition("coworker")[0] for row in rows if "coworker" in row]
    assert {*map(cell_len, before)} == ({header.index("kind")} if width > 20 else set())
    if width == 1_000:  # nothing is wrapped
        assert {row[4:].rstrip() for row in before} == {sanitize(nfc(text)) for text in TWICE}


@pytest.mark.usefixtures("hostile_network")
def test_undo_prints_short_and_safe_lines(netkeep: Netkeep, database: Path) -> None:
    before = netkeep("export").out
    for number, text in enumerate(NAMES.values(), 1):
        netkeep("edit", str(number), "--add-tag", f"{text} too", "--company", text[::-1])
    for number, text in enumerate(NOTES.values(), 1):
        netkeep("log", str(number), "-n", text)
        netkeep("edit", str(number), "-n", text)
    changes = len(NAMES) + 2 * len(NOTES)
    for chosen in ("table", "tsv", "csv", "json"):
        listed = netkeep("undo", "--list", str(changes), "-f", chosen, err=None)
        assert_safe(listed.out.replace("\t", " "))
    for command in (["undo", str(changes)], ["redo", "2"], ["undo", "2"]):
        assert_safe(out := netkeep(*command).out)
        assert max(map(len, out.splitlines())) <= MAX_LENGTH
    assert netkeep("export").out == before
    change(database, "UPDATE contact SET cadence = name, due_on = '2026-01-01', key = name")
    assert_safe(netkeep("doctor", code=1).out)
    assert_safe(netkeep("forget", "1", "--yes", code=4, err=None).err)


@pytest.mark.usefixtures("hostile_network")
def test_export_can_be_imported_again(netkeep: Netkeep, tmp_path: Path) -> None:
    assert_safe(netkeep("export", "--as", "csv", err=None).out)
    for target in ("json", "vcard --vcard-version 3.0", "vcard", "ics"):
        export = ("export", "--status", "all", "--as", *target.split())
        file, other = tmp_path / "file", ("--db", str(tmp_path / f"{target}.db"))
        out = netkeep(*export).out
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", out)
        if target != "ics":
            file.write_text(out, newline="")
            netkeep(*other, "import", str(file))
            back = netkeep(*other, *export).out
            assert re.sub("\nREV:.*", "", back) == re.sub("\nREV:.*", "", out)


def test_long_note_is_shown_completely_and_survives_csv(netkeep: Netkeep, tmp_path: Path) -> None:
    netkeep("add", "Quinn", "-n", "\x1b" + "Ж" * 200_000)
    for page in ("show", "brief"):
        for chosen in ("table", "tsv", "csv", "json"):
            assert netkeep(page, "quinn", "-f", chosen).out.count("Ж") == 200_000
    file, other = str(tmp_path / "people.csv"), ("--db", str(tmp_path / "other.db"))
    netkeep("export", file, err=None)
    netkeep(*other, "import", file)
    assert netkeep(*other, "show", "quinn", "-f", "json").out.count("Ж") == 200_000


# SQL


@pytest.fixture
def sql_network(netkeep: Netkeep) -> None:
    """Contacts whose names, companies and tags have a meaning in SQL, and others."""
    for name, company, tag in (
        *(("%", "% of all", "_"), ("_", "_", "x_y"), ("100%", "100% Wool", "xzy")),
        *(("100 percent", "Initech", "x y"), ("Robert'); DROP TABLE contact;--", "a", "--a")),
    ):
        netkeep("add", "--city", "%", "--company", company, f"--tag={tag}", "--", name)


@pytest.mark.usefixtures("sql_network")
@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["list", "--company", "% of"], ["%"]),
        (["list", "--company", "100%"], ["100%"]),
        (["list", "--company", "l%k"], []),
        (["list", "-t", "_"], ["%"]),
        (["list", "-t", "x_y"], ["100 percent", "_"]),  # they have the same key
        (["find", "100%"], ["100%", "100 percent"]),
        (["find", "w_ol"], []),
        (["find", "' OR '1'='1"], []),
        (["find", "drop table"], ["Robert'); DROP TABLE contact;--"]),
    ],
)
def test_sql_wildcards_match_literally(
    netkeep: Netkeep, arguments: list[str], names: list[str]
) -> None:
    assert sorted(netkeep(*arguments, "-f", "json").names) == sorted(names)


@pytest.mark.usefixtures("sql_network")
def test_name_of_symbols_matches_only_itself(netkeep: Netkeep, fails: Fails) -> None:
    for name in ("%", "_", "robert'); drop"):
        assert netkeep("show", name, "-f", "json").json["name"].lower().startswith(name)
    for name in ("%%", "%_", "__", "*", "?", "' OR 1=1 --", "\\", '"', "[a-z]"):
        for command in ("show", "drop", "round remove"):
            fails(*command.split(), "--", name, code=3)
    for command in (
        *(f"list --{name}" for name in ("company", "city", "school", "met", "tag")),
        *("find", "due --city", "visit --from fri --to sat --trip"),
    ):
        fails(*command.split(), "%", code=2)
    assert len(netkeep("list", "-f", "json").json) == 5


def test_first_of_rounds_with_same_key_is_imported(netkeep: Netkeep, tmp_path: Path) -> None:
    rounds = [yearly_round(id=number, name=name) for number, name in ((1, "a b"), (2, "A%B"))]
    file = tmp_path / "rounds.json"
    file.write_text(to_json(Dump(rounds=rounds)))
    netkeep("import", str(file))
    assert netkeep("round", "list", "-f", "json").names == ["a b"]


# Terminal

SHELL = """
for command in "list --status all" "due --all" "find a" timeline "round list" "show 7" "show 14" \\
    "export --as vcard --status all" "export --as ics" "export" "list -f tsv" "list -f csv" \\
    "--debug show $ESC" "show $ESC" "list -f $ESC"
do "$0" -m netkeep $command
done
"""


@pytest.mark.usefixtures("hostile_network")
def test_no_command_moves_the_cursor(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESC", "\x1b[7q\x9b\u202e")
    out, _ = ending(terminal.spawn("/bin/sh", "-c", SHELL, sys.executable))
    assert r'"\x1b[7q\x9b\u202e"' in out
    assert out.count("Traceback") == 1  # printed by --debug
    assert_safe(STYLE.sub("", out).replace("\t", " ").replace("Traceback", ""))


def walk(terminal: Terminal, *command: str, steps: Sequence[tuple[str, str]]) -> str:
    """Return what an interactive command prints, without the echo of what is typed."""
    child = terminal.run(*command)
    printed = ""
    for question, answer in steps:
        child.expect_exact(question)
        printed += (child.before or "") + question
        child.send(answer)
        if len(answer) > 1:
            child.expect_exact("\r\n")
    out, code = ending(child)
    assert code == 0
    return STYLE.sub("", printed.replace("\r\n", "\n") + out)


KEY = "q quit: "


@pytest.mark.usefixtures("hostile_network")
def test_review_is_safe(terminal: Terminal) -> None:
    typed = [(KEY, "l"), ("Esc back: ", "\u202e"), ("Esc back: ", "c")]
    noted = [
        ("Esc back: ", "\r"),
        ("Note: ", "c\u202ed\r"),
        (KEY, "s"),
        ("[2 weeks]: ", "e\u2066f\r"),
        (": ", "1d\r"),
    ]
    left = [(KEY, "d"), (KEY, "x"), (": ", "g\u200fh\r"), *[(KEY, "\r")] * 3, (KEY, "q")]
    out = walk(terminal, "review", "--all", steps=[*typed, *noted, *left])
    assert_safe(out)
    assert r'"e\u2066f" is not a day' in out
    assert r": g\u200fh. To undo this" in out


def test_triage_is_safe(terminal: Terminal, netkeep: Netkeep, tmp_path: Path) -> None:
    texts = texts_by_email(NAMES) | texts_by_email(
        {name: text[:500] for name, text in NOTES.items()}, "Ada"
    )
    file = tmp_path / "file.vcf"
    file.write_bytes(vcards("4.0", texts))
    netkeep("import", str(file))
    skipped = [(KEY, "\r")] * (len(texts) - 1)
    kept = [(KEY, "k"), ("Esc back: ", "\r")]
    assert_safe(walk(terminal, "triage", steps=[*skipped, *kept]))


@pytest.mark.parametrize("encoding", ["utf-8:strict", "latin-1:strict", "ascii:strict"])
def test_prompt_accepts_invalid_bytes_in_any_encoding(
    terminal: Terminal, netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    netkeep("add", "李")
    netkeep("add", "李", "--force")
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    child = terminal.run("show", "李")
    child.expect_exact("or q to stop: ")
    os.write(child.child_fd, b"\xff\r")
    child.expect_exact("is not one of these; type a number or a name")
    child.sendline("2")
    out, code = ending(child)
    assert_safe(STYLE.sub("", out))
    assert code == 0
