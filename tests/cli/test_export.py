"""export: everything, or people for other programs, to a terminal, a file or a folder."""

import csv
import io
import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]  # its stubs are not in use here
from icalendar import Calendar

from tests.cli.test_processes import NETKEEP, without_coverage
from tests.conftest import Fails, Netkeep, Process
from tests.store.test_file import without_root_override

FIRST_STEP = 'You have no contacts yet. Add one: netkeep add "Ada Lovelace" --kind friend\n'
UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-?\d\d-?\d\dT\d\d:?\d\d:?\d\d(?:\.\d+)?(?:Z|\+00:00)")
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
TARGETS = ("json", "csv", "vcard", "ics")
FORMULAS = ["=1+1", "+2+2", "-3+3", "@SUM(1)", "=cmd|' /C calc'!A0", '="quoted"']


def still(text: str) -> str:
    """A text without what is of the clock."""
    return TIME.sub("TIME", UID.sub("UID", text))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in."""
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def people(netkeep: Netkeep, folder: Path) -> None:
    """An active, a candidate and a dropped one."""
    ada = ["--email", "ada@x.example", "--phone", "+44 20 7946 0000", "--birthday", "29 feb"]
    netkeep("add", "Ada Lovelace", "-k", "friend", "-t", "chess", *ada, "--last", "2026-11-01")
    netkeep("add", "Grace Hopper", "--candidate", "--via", "ada", "-n", "one\ntwo, three")
    netkeep("add", "Alan Turing", "-k", "client")
    netkeep("drop", "alan", "--reason", "moved on")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def names_of_cards(cards: str) -> list[str]:
    return [line[3:] for line in cards.splitlines() if line.startswith("FN:")]


def table(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content)))


def test_json_is_everything(netkeep: Netkeep, people: None) -> None:
    netkeep("promise", "ada", "send the paper", "--by", "friday")
    netkeep("round", "add", "--preset", "holidays", "--kind", "friend")
    netkeep("me", "Started at Initech")
    dump = netkeep("export").json
    assert list(dump) == ["netkeep", "contacts", "touchpoints", "occasions", "rounds", "own_news"]
    assert [contact["name"] for contact in dump["contacts"]] == [
        *("Ada Lovelace", "Grace Hopper", "Alan Turing"),
    ]
    assert dump["contacts"][1]["via"] == {"id": 1, "name": "Ada Lovelace"}
    assert [touchpoint["day"] for touchpoint in dump["touchpoints"]] == ["2026-11-01"]
    assert [occasion["text"] for occasion in dump["occasions"]] == ["send the paper"]
    assert [each["kinds"] for each in dump["rounds"]] == [["friend"]]
    assert [news["text"] for news in dump["own_news"]] == ["Started at Initech"]


def test_csv_has_everybody(netkeep: Netkeep, people: None) -> None:
    assert still(netkeep("export", "-", "--as", "csv", err=None).out).splitlines() == [
        (
            "id,name,status,kind,cadence,due_on,last_touch_on,company,title,city,school,emails,phones,"
            "urls,tags,met,met_on,via,birthday,note,first_due_on,snoozed_until,dropped_on,drop_reason,"
            "created_at,updated_at,worked,uid,snoozes"
        ),
        (
            "1,Ada Lovelace,active,friend,2 months,2027-01-01,2026-11-01,,,,,ada@x.example,"
            "'+44 20 7946 0000,,chess,,,,'--02-29,,2026-11-25,,,,TIME,TIME,,,0"
        ),
        (
            "3,Alan Turing,dropped,client,2 months,,,,,,,,,,,,,,,,2026-11-25,,2026-11-23,moved on,"
            "TIME,TIME,,,0"
        ),
        '2,Grace Hopper,candidate,other,6 months,,,,,,,,,,,,,Ada Lovelace (#1),,"one',
        'two, three",2026-11-25,,,,TIME,TIME,,,0',
    ]


@pytest.mark.parametrize(
    ("version", "birthday"),
    [("4.0", "BDAY:--0229"), ("3.0", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29")],
)
def test_a_vcard_is_for_address_books(
    netkeep: Netkeep, people: None, version: str, birthday: str
) -> None:
    cards = netkeep("export", "--as", "vcard", "--vcard-version", version).out
    assert still(cards).split("\r\n") == [
        "BEGIN:VCARD",
        f"VERSION:{version}",
        "N:Lovelace;Ada;;;",
        "FN:Ada Lovelace",
        "EMAIL:ada@x.example",
        "TEL:+44 20 7946 0000",
        "CATEGORIES:chess",
        birthday,
        "UID:UID",
        "X-NETKEEP-STATUS:active",
        "X-NETKEEP-KIND:friend",
        "X-NETKEEP-CADENCE:2 months",
        "X-NETKEEP-FIRST-DUE-ON:2026-11-25",
        "REV:TIME",
        "END:VCARD",
        "",
    ]


def test_ics_is_for_calendars(netkeep: Netkeep, people: None) -> None:
    netkeep("visit", "ada", "--from", "2026-12-01", "--to", "2026-12-03", "--city", "Boston")
    calendar = netkeep("export", "--as", "ics").out
    events = Calendar.from_ical(calendar).events
    assert [(str(each["SUMMARY"]), f"{each.DTSTART}", f"{each.DTEND}") for each in events] == [
        ("Get in touch with Ada Lovelace", "2027-01-01", "2027-01-02"),
        ("Birthday of Ada Lovelace", "1904-02-29", "1904-03-01"),
        ("Ada Lovelace is in Boston", "2026-12-01", "2026-12-04"),
    ]
    assert netkeep("export", "--as", "ics").out == calendar


def test_done_promises_leave_the_calendar(netkeep: Netkeep, people: None) -> None:
    netkeep("promise", "ada", "send the paper", "--by", "friday")
    assert "SUMMARY:send the paper (promised to Ada Lovelace)\n" in netkeep(
        *("export", "--as", "ics")
    ).out.replace("\r", "")
    netkeep("done", "1")
    assert "send the paper" not in netkeep("export", "--as", "ics").out


@pytest.mark.parametrize(
    ("name", "begins", "count"),
    [
        ("people.json", '{"netkeep": 1,', "3 people"),
        ("people.CSV", "id,name,", "3 people"),
        ("people.vcf", "BEGIN:VCARD", "1 person"),
        ("people.2026.Vcf", "BEGIN:VCARD", "1 person"),
        ("people.ics", "BEGIN:VCALENDAR", "1 person"),
        ("-x.csv", "id,name,", "3 people"),
    ],
)
def test_the_name_of_the_file_says_what_it_is(
    netkeep: Netkeep, people: None, folder: Path, name: str, begins: str, count: str
) -> None:
    said = netkeep("export", "--", name, err=None)
    assert said.out == ""
    assert said.err.startswith(f"Exported {count} to {name}.\n")
    assert (folder / name).read_text().startswith(begins)
    assert names(folder) == [name]


def test_the_format_is_said_if_the_name_does_not_say_it(
    netkeep: Netkeep, people: None, folder: Path
) -> None:
    netkeep("export", "people.xlsx", err="Exported 3 people to people.xlsx as JSON.\n")
    netkeep("export", "people.bak", "--as", "json", err="Exported 3 people to people.bak.\n")
    assert (folder / "people.xlsx").read_text() == (folder / "people.bak").read_text()


@pytest.mark.parametrize("target", TARGETS)
def test_a_file_holds_what_would_be_printed(
    netkeep: Netkeep, people: None, folder: Path, target: str
) -> None:
    netkeep("export", "people.txt", "--as", target, err=None)
    assert (folder / "people.txt").read_bytes().decode() == (
        netkeep("export", "-", "--as", target, err=None).out
    )


def test_the_home_is_known(netkeep: Netkeep, people: None, home: Path) -> None:
    netkeep("export", "~/people.csv", err=None)
    assert (home / "people.csv").exists()


def test_a_folder_gets_a_card_for_each_with_the_same_name_every_time(
    netkeep: Netkeep, people: None, folder: Path
) -> None:
    netkeep("keep", "grace")
    said = netkeep("export", "book/", err="Exported 2 people to book.\n")
    assert said.out == ""
    first = {path.name: path.read_bytes() for path in (folder / "book").iterdir()}
    assert len(first) == 2
    for name, card in first.items():
        assert f"\r\nUID:{name.removesuffix('.vcf')}\r\n".encode() in card
    assert "".join(sorted(card.decode() for card in first.values())) == "".join(
        sorted(re.findall(r"BEGIN.*?END:VCARD\r\n", netkeep("export", "--as", "vcard").out, re.S))
    )
    netkeep("export", "book", "--force", err="Exported 2 people to book.\n")
    assert {path.name: path.read_bytes() for path in (folder / "book").iterdir()} == first


def test_whoever_has_another_name_now_has_the_same_card(
    netkeep: Netkeep, people: None, folder: Path
) -> None:
    netkeep("export", "book/", err=None)
    before = names(folder / "book")
    netkeep("edit", "ada", "--name", "Zoe King")
    netkeep("export", "book/", "--force", err=None)
    assert names(folder / "book") == before
    assert names_of_cards((folder / "book" / before[0]).read_text()) == ["Zoe King"]


CARDS = "".join(
    f"BEGIN:VCARD\nVERSION:4.0\nFN:{name}\nUID:{uid}\nEND:VCARD\n"
    for name, uid in (("Bea", "x/y"), ("Cid", "x_y"), ("Ann", "2-x_y"), ("Dan", "../../dan"))
)


@pytest.fixture
def of_others(netkeep: Netkeep, folder: Path) -> None:
    """People with the uids of another address book."""
    (folder / "cards").write_text(CARDS)
    netkeep("import", "cards", "--keep")
    (folder / "cards").unlink()


def test_uids_that_look_alike_cost_nobody_their_card(
    netkeep: Netkeep, of_others: None, folder: Path
) -> None:
    assert names_of_cards(netkeep("export", "--as", "vcard").out) == ["Ann", "Bea", "Cid", "Dan"]
    netkeep("export", "book/", err=None)
    assert names(folder) == ["book"]
    cards = [path.read_text() for path in (folder / "book").iterdir()]
    assert sorted(name for card in cards for name in names_of_cards(card)) == [
        *("Ann", "Bea", "Cid", "Dan"),
    ]


def test_uids_that_look_alike_change_no_file_names(
    netkeep: Netkeep, of_others: None, folder: Path
) -> None:
    def uids() -> dict[str, str]:
        cards = {path.name: path.read_text() for path in (folder / "book").iterdir()}
        return {name: card.partition("UID:")[2].splitlines()[0] for name, card in cards.items()}

    netkeep("drop", "ann")
    netkeep("export", "book/", err=None)
    before = uids()
    netkeep("edit", "bea", "--name", "Zoe")
    netkeep("export", "book/", "--force", err=None)
    assert uids() == before


def test_those_asked_for_alone(netkeep: Netkeep, people: None) -> None:
    netkeep("add", "Bob", "-k", "friend", "-t", "chess", "-t", "tea")

    def exported(*options: str) -> list[str]:
        return [
            row["name"] for row in table(netkeep("export", "--as", "csv", *options, err=None).out)
        ]

    assert exported("-k", "friend") == ["Ada Lovelace", "Bob"]
    assert exported("-t", "Chess", "-t", "tea") == ["Bob"]
    assert exported("-k", "client", "--status", "all") == ["Alan Turing"]
    assert exported("-k", "client", "--status", "active") == []
    assert exported("--status", "candidate") == ["Grace Hopper"]
    only = netkeep("export", "-t", "tea").json
    assert ([one["name"] for one in only["contacts"]], only["touchpoints"]) == (["Bob"], [])


@pytest.mark.parametrize(
    ("target", "status", "there"),
    [
        ("csv", None, ["Ada Lovelace", "Alan Turing", "Grace Hopper"]),
        ("json", None, ["Ada Lovelace", "Grace Hopper", "Alan Turing"]),
        ("vcard", None, ["Ada Lovelace"]),
        ("vcard", "all", ["Ada Lovelace", "Alan Turing", "Grace Hopper"]),
        ("vcard", "dropped", ["Alan Turing"]),
        ("json", "active", ["Ada Lovelace"]),
    ],
)
def test_everybody_or_the_active_unless_told_otherwise(
    netkeep: Netkeep, people: None, target: str, status: str | None, there: list[str]
) -> None:
    wanted = ["--status", status] if status else []
    text = netkeep("export", "--as", target, *wanted, err=None).out
    match target:
        case "json":
            found = [contact["name"] for contact in json.loads(text)["contacts"]]
        case "csv":
            found = [row["name"] for row in table(text)]
        case _:
            found = names_of_cards(text)
    assert found == there


def test_candidates_and_dropped_have_no_day_in_a_calendar(netkeep: Netkeep, people: None) -> None:
    netkeep("edit", "grace", "--birthday", "9 dec")
    calendar = netkeep("export", "--as", "ics", "--status", "candidate").out
    assert Calendar.from_ical(calendar).events == []


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o777])
def test_files_and_folders_are_for_their_owner_alone(
    process: Process, people: None, folder: Path, mask: int
) -> None:
    for name in ("people.csv", "book/"):
        ended = process("export", name, preexec_fn=lambda: os.umask(mask), env=without_coverage())
        assert (ended.returncode, ended.stdout) == (0, b""), ended
    (card,) = (folder / "book").iterdir()
    assert [mode(folder / "people.csv"), mode(folder / "book"), mode(card)] == [
        *(0o600, 0o700, 0o600),
    ]


def test_what_is_there_stays_unless_it_is_forced(
    netkeep: Netkeep, fails: Fails, people: None, folder: Path
) -> None:
    (folder / "people.csv").write_text("old")
    assert fails("export", "people.csv", code=1) == (
        "netkeep: people.csv exists already\n  to overwrite it: --force\n"
    )
    assert (folder / "people.csv").read_text() == "old"
    netkeep("export", "people.csv", "--force", err=None)
    assert (folder / "people.csv").read_text().startswith("id,name,")
    assert names(folder) == ["people.csv"]


@pytest.mark.parametrize("options", [[], ["--force"]])
@pytest.mark.parametrize("to", ["other", "nowhere"])
def test_nothing_goes_through_a_link(
    fails: Fails, people: None, folder: Path, to: str, options: list[str]
) -> None:
    (folder / "other").write_text("old")
    (folder / "people.csv").symlink_to(to)
    assert fails("export", "people.csv", *options, code=1) == (
        "netkeep: people.csv is a link, and nothing is written through one\n"
    )
    assert names(folder) == ["other", "people.csv"]
    assert (folder / "other").read_text() == "old"


@pytest.mark.parametrize("name", ["book", "book/"])
def test_nor_through_a_link_to_a_folder(
    fails: Fails, people: None, folder: Path, name: str
) -> None:
    (folder / "other").mkdir()
    (folder / "book").symlink_to("other")
    assert "is a link" in fails("export", name, "--as", "vcard", code=1)
    assert names(folder / "other") == []


@pytest.mark.parametrize("target", ["json", "csv", "ics"])
def test_only_cards_go_into_a_folder(fails: Fails, people: None, folder: Path, target: str) -> None:
    (folder / "there").mkdir()
    for name in ("there", "there/", "new/"):
        assert fails("export", name, "--as", target, "--force", code=2) == (
            f"netkeep: {name} is a folder, and only vCards can be exported to a folder\n"
            "  name a file in it\n"
        )
    assert names(folder) == ["there"]


def test_a_file_is_no_folder(fails: Fails, people: None, folder: Path) -> None:
    (folder / "book").write_text("old")
    assert fails("export", "book/", "--force", code=1) == (
        "netkeep: book cannot be made: file exists\n"
    )
    assert (folder / "book").read_text() == "old"


def test_a_pipe_is_not_put_aside_even_by_force(fails: Fails, people: None, folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    fails("export", "pipe", "--force", code=1)
    assert (folder / "pipe").is_fifo()


def test_with_one_card_there_none_is_written(
    netkeep: Netkeep, fails: Fails, people: None, folder: Path
) -> None:
    netkeep("keep", "grace")
    netkeep("export", "book/", err=None)
    first, second = sorted((folder / "book").iterdir())
    first.unlink()
    second.write_text("old")
    assert fails("export", "book/", code=1) == (
        f"netkeep: book/{second.name} exists already\n  to overwrite it: --force\n"
    )
    assert (names(folder / "book"), second.read_text()) == ([second.name], "old")


def on_a_full_disk(size: int, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """Export where no file may have more than so many bytes."""
    return subprocess.run(
        [*NETKEEP, "export", *arguments],
        capture_output=True,
        check=False,
        timeout=60,
        env=without_coverage() | {"PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )


@pytest.mark.parametrize("options", [[], ["--force"]])
@pytest.mark.parametrize("name", ["people.json", "people.csv", "people.vcf", "people.ics"])
def test_a_full_disk_leaves_what_was_there(
    people: None, folder: Path, name: str, options: list[str]
) -> None:
    if options:
        (folder / name).write_text("old")
    ended = on_a_full_disk(100, name, *options)
    assert (ended.returncode, ended.stdout, ended.stderr.decode()) == (
        *(1, b"", f"netkeep: {name} cannot be written: file too large\n"),
    )
    assert names(folder) == ([name] if options else [])
    assert not options or (folder / name).read_text() == "old"


def test_a_disk_that_fills_up_midway_leaves_the_folder_as_it_was(
    netkeep: Netkeep, people: None, folder: Path
) -> None:
    netkeep("export", "book/", err=None)
    before = {path.name: path.read_bytes() for path in (folder / "book").iterdir()}
    netkeep("edit", "ada", "--title", "Countess")
    netkeep("add", "Zoe", "-n", "x" * 5_000)
    ended = on_a_full_disk(2_000, "book/", "--force")
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.endswith(b" cannot be written: file too large\n")
    assert ended.stderr.count(b"\n") == 1
    assert {path.name: path.read_bytes() for path in (folder / "book").iterdir()} == before


def test_a_full_disk_behind_standard_output_is_said(process: Process, people: None) -> None:
    for target in TARGETS:
        with Path("/dev/full").open("wb") as full:
            ended = process(
                *("export", "--as", target),
                stdout=full,
                stderr=subprocess.PIPE,
                capture_output=False,
            )
        assert (ended.returncode, ended.stderr) == (
            1,
            b"netkeep: the output cannot be written: no space left on device\n",
        )


def exported_without_power(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        without_root_override(sys.executable, "-m", "netkeep", "export", *arguments),
        capture_output=True,
        check=False,
        timeout=60,
        env=without_coverage(),
    )


@pytest.mark.parametrize("folder_mode", [0o500, 0o000, 0o300])
def test_a_folder_that_may_not_be_written_or_searched_is_said_or_written(
    people: None, folder: Path, folder_mode: int
) -> None:
    closed = folder / "closed"
    closed.mkdir()
    (closed / "old.csv").write_text("old")
    closed.chmod(folder_mode)
    new = exported_without_power("closed/new.csv")
    old = exported_without_power("closed/old.csv", "--force")
    closed.chmod(0o700)
    if folder_mode == 0o300:  # nobody may list it, and anybody of its owner's may write
        for ended, name in ((new, "new.csv"), (old, "old.csv")):
            said = f"Exported 3 people to closed/{name}.\n"
            assert (ended.returncode, ended.stderr.decode().startswith(said)) == (0, True)
        assert names(closed) == ["new.csv", "old.csv"]
        return
    for ended, name in ((new, "new.csv"), (old, "old.csv")):
        assert (ended.returncode, ended.stdout, ended.stderr.decode()) == (
            *(1, b"", f"netkeep: closed/{name} cannot be written: permission denied\n"),
        )
    assert (names(closed), (closed / "old.csv").read_text()) == (["old.csv"], "old")


def test_no_folder_is_made_where_none_may_be(people: None, folder: Path) -> None:
    folder.chmod(0o500)
    ended = exported_without_power("book/")
    folder.chmod(0o700)
    assert (ended.returncode, ended.stdout, ended.stderr) == (
        *(1, b"", b"netkeep: book cannot be made: permission denied\n"),
    )


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere/people.csv", "nowhere/people.csv cannot be written: no such file or directory"),
        ("file/people.csv", "file/people.csv cannot be written: not a directory"),
        ("n" * 300, f"{'n' * 300} cannot be written: file name too long"),
        ("~no-one/of/this.csv", "~no-one/of/this.csv cannot be written: no such file or directory"),
    ],
)
def test_where_nothing_can_be_written_that_is_said(
    fails: Fails, people: None, folder: Path, name: str, sentence: str
) -> None:
    (folder / "file").write_text("old")
    assert fails("export", name, code=1) == f"netkeep: {sentence}\n"
    assert names(folder) == ["file"]


def test_no_name_is_no_folder(fails: Fails, people: None, folder: Path) -> None:
    fails("export", "", code=2)
    assert names(folder) == []


@pytest.mark.parametrize("arguments", [["--as", "xml"], ["--vcard-version", "2.1"], ["-t", ""]])
def test_bad_input_writes_nothing(
    fails: Fails, people: None, folder: Path, arguments: list[str]
) -> None:
    fails("export", "people.vcf", *arguments, code=2)
    assert names(folder) == []


def test_nobody_is_exported_and_told_what_to_do_first(
    netkeep: Netkeep, folder: Path, database: Path
) -> None:
    assert netkeep("export", err=FIRST_STEP).json["contacts"] == []
    assert netkeep("export", "--as", "csv", err=FIRST_STEP).out.startswith("id,name,")
    assert netkeep("export", "--as", "csv", err=FIRST_STEP).out.count("\n") == 1
    assert netkeep("export", "--as", "vcard", err=FIRST_STEP).out == ""
    calendar = netkeep("export", "--as", "ics", err=FIRST_STEP).out
    assert Calendar.from_ical(calendar).events == []
    netkeep("export", "book/", err=f"{FIRST_STEP}Exported 0 people to book.\n")
    assert names(folder / "book") == []
    assert not database.exists()


def test_whoever_waits_to_be_let_in_is_in_no_address_book_and_that_is_said(
    netkeep: Netkeep,
) -> None:
    netkeep("add", "Grace Hopper", "--candidate")
    said = netkeep(
        *("export", "--as", "vcard"),
        err="1 candidate to triage: netkeep triage\n",
    )
    assert said.out == ""


def test_json_comes_back_identical(netkeep: Netkeep, people: None, folder: Path) -> None:
    for command in (
        ["log", "ada", "-p", "ask", "--on", "2026-11-10", "-n", "a\nb\tc \u2028 \x1b[31m"],
        ["log", "ada", "-p", "thank", "--on", "2026-11-12"],
        ["log", "ada", "-p", "ask"],
        ["promise", "ada", "send the paper", "--by", "friday"],
        ["news", "ada", "Promoted", "--title", "CTO", "--company", "Initech"],
        ["news", "ada", "Promoted again", "--title", "CEO"],
        ["visit", "ada", "--from", "2026-12-01", "--to", "2026-12-03"],
        ["snooze", "ada", "2w"],
        ["add", "Twin"],
        ["add", "Twin", "--force", "--email", "ada@x.example"],
        ["keep", "grace", "-k", "professor"],
        ["edit", "grace", "--via", "alan"],
        ["round", "add", "lunar", "--from", "01-20", "--to", "02-20", "--tag", "chess"],
        ["me", "Started at Initech"],
        ["done", "2"],
        ["amend", "2", "--delete"],
    ):
        netkeep(*command, err=None)
    (folder / "cards").write_text(CARDS.replace("FN:Bea", "item1.X-ABLabel:a\nX-Y;Z=1:a;b\nFN:Bea"))
    netkeep("import", "cards")
    everything = netkeep("export").out
    (folder / "everything.json").write_text(everything)
    netkeep("--db", "other.db", "import", "everything.json")
    assert netkeep("--db", "other.db", "export").out.splitlines() == everything.splitlines()
    netkeep("--db", "other.db", "import", "everything.json")
    assert netkeep("--db", "other.db", "export").out.splitlines() == everything.splitlines()


def test_a_cadence_of_none_comes_back(netkeep: Netkeep, folder: Path) -> None:
    netkeep("add", "Ada", "-e", "none")
    netkeep("export", "everything.json", err=None)
    netkeep("--db", "other.db", "import", "everything.json")
    assert netkeep("--db", "other.db", "export").out == netkeep("export").out


CARRIED = (
    *("name", "status", "kind", "cadence", "company", "title", "city", "school", "met", "met_on"),
    *("birthday", "note", "first_due_on", "snoozed_until", "emails", "phones", "urls", "tags"),
)


def carried(netkeep: Netkeep, *db: str) -> list[dict[str, Any]]:
    """What every format of people has of everybody."""
    contacts = netkeep(*db, "export").json["contacts"]
    found = [{field: contact[field] for field in CARRIED} for contact in contacts]
    return sorted(found, key=lambda one: (one["name"], str(one["emails"])))


@pytest.mark.parametrize("options", [["--as", "csv"], ["--as", "vcard", "--vcard-version", "3.0"]])
def test_csv_and_cards_come_back_as_what_they_hold(
    netkeep: Netkeep, people: None, folder: Path, options: list[str]
) -> None:
    for number, formula in enumerate(FORMULAS):
        everywhere = ["--company", formula, "--title", formula, "--city", formula, "-n", formula]
        netkeep("add", *everywhere, "-t", formula, "--met", f"{number}", "--", formula)
    netkeep("edit", "ada", "--add-tag", "@home", "--add-email", "-a@x.example", "-n", "\n\n a\n=1")
    netkeep("snooze", "ada", "2w")
    netkeep("export", "people", *options, "--status", "all", err=None)
    said = netkeep("--db", "other.db", "import", "people", err=None)
    assert said.out == "Imported 9 people.\n"
    assert carried(netkeep, "--db", "other.db") == carried(netkeep)


def test_whoever_was_renamed_in_the_address_book_is_no_second_person(
    netkeep: Netkeep, folder: Path
) -> None:
    netkeep("add", "Ada Lovelace")
    cards = netkeep("export", "--as", "vcard").out
    (folder / "cards").write_text(cards.replace("Lovelace", "King"))
    said = "card 1 is Ada Lovelace (#1); Ada King is kept as a nickname\n"
    netkeep("import", "cards", err=said)
    assert [one["name"] for one in carried(netkeep)] == ["Ada Lovelace"]


def test_two_by_one_uid_are_two_cards(netkeep: Netkeep, folder: Path) -> None:
    netkeep("add", "Ada")
    netkeep("add", "Grace")
    ours, _ = re.findall(r"UID:(.*)\r", netkeep("export", "--as", "vcard").out)
    document = netkeep("export").json
    document["contacts"][1]["uid"] = ours
    (folder / "everything.json").write_text(json.dumps(document))
    netkeep("--db", "other.db", "import", "everything.json")
    cards = netkeep("--db", "other.db", "export", "--as", "vcard").out
    assert names_of_cards(cards) == ["Ada", "Grace"]
    assert len(set(re.findall(r"UID:(.*)\r", cards))) == 2


@pytest.mark.parametrize("target", ["csv", "vcard", "json"])
def test_namesakes_come_back_as_two(netkeep: Netkeep, folder: Path, target: str) -> None:
    netkeep("add", "Ada", "--company", "Initech", "-n", "one")
    netkeep("add", "Ada", "--company", "Initech", "-n", "two", "--force")
    netkeep("export", "people", "--as", target, err=None)
    netkeep("--db", "other.db", "import", "people", err=None)
    assert len(carried(netkeep, "--db", "other.db")) == 2


def test_a_spreadsheet_runs_nothing(netkeep: Netkeep) -> None:
    for formula in FORMULAS:
        fields = ["--company", formula, "--school", formula, "--met", formula, "-t", formula]
        netkeep("add", *fields, "-n", f"{formula}\n{formula}", "--", formula)
    netkeep("add", "Tab", "-n", "\t=1+1", "--phone", "+1 2", "--email", "=x@y.example")
    netkeep("drop", "tab", "--reason", "=1+1")
    text = netkeep("export", "--as", "csv").out
    rows = list(csv.reader(io.StringIO(text)))
    assert {len(row) for row in rows} == {29}
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert {row["name"] for row in table(text)} == {"Tab", *(f"'{each}" for each in FORMULAS)}
    assert not UNSAFE.search(text)


HOSTILE = [
    "A;B,C:D\\E",
    "\\nEND:VCARD\\n",
    "END:VEVENT",
    '"quoted", <b>&amp;</b> [red]',
    "rtl \u202e fdp.exe \u2066",
    "zero\u200dwidth 😀 e\u0301 \U0010ffff",
    "../../etc/passwd",
    "%s %n ${HOME} `id`",
    "C:\\Notes",
    "x" * 200,
]


@pytest.fixture
def hostile(netkeep: Netkeep, folder: Path) -> list[str]:
    """People with names, tags and words that mean something somewhere; their names as kept."""
    for number, text in enumerate(HOSTILE):
        netkeep("add", text, "-t", text, "--company", text, "--birthday", "10 dec", "--force")
        netkeep("promise", str(number + 1), text, "--by", "friday")
    return [contact["name"] for contact in netkeep("export").json["contacts"]]


def test_hostile_text_is_only_text_in_a_card(
    netkeep: Netkeep, hostile: list[str], folder: Path
) -> None:
    for version in ("4.0", "3.0"):
        text = netkeep("export", "--as", "vcard", "--vcard-version", version).out
        cards = list(vobject.readComponents(text))
        assert sorted(card.fn.value for card in cards) == sorted(hostile)
        assert all(card.categories.value == [card.fn.value] for card in cards)
        assert all(card.org.value == [card.fn.value] for card in cards)
    netkeep("export", "book/", err=None)
    assert (names(folder), len(names(folder / "book"))) == (["book"], len(HOSTILE))


def test_hostile_text_is_only_text_in_a_calendar(netkeep: Netkeep, hostile: list[str]) -> None:
    text = netkeep("export", "--as", "ics").out
    expected = sorted(
        words
        for name in hostile
        for words in (
            *(f"Birthday of {name}", f"Get in touch with {name}"),
            f"{name} (promised to {name})",
        )
    )
    assert sorted(str(event["SUMMARY"]) for event in Calendar.from_ical(text).events) == expected
    (calendar,) = vobject.readComponents(text)
    assert sorted(event.summary.value for event in calendar.vevent_list) == expected


def test_hostile_text_is_only_text_in_csv_and_json(netkeep: Netkeep, hostile: list[str]) -> None:
    text = netkeep("export", "--as", "csv", err=None).out
    assert len(table(text)) == len(HOSTILE)
    assert not UNSAFE.search(text)
    assert hostile[0] == HOSTILE[0]
    assert [contact["tags"] for contact in netkeep("export").json["contacts"]] == [
        [name] for name in hostile
    ]


def test_json_moves_no_cursor(netkeep: Netkeep, folder: Path) -> None:
    note = "a\x1b[31m\x9b31m\u202eb\u2028c"
    netkeep("add", "Ada", "-n", note)
    text = netkeep("export").out
    assert json.loads(text)["contacts"][0]["note"] == note
    assert not UNSAFE.search(text)


def test_a_format_is_not_taken_for_a_file(fails: Fails, people: None) -> None:
    assert fails("export", "csv", code=2) == (
        'netkeep: "csv" is the name of a format\n'
        "  try: netkeep export people.csv, or netkeep export --as csv\n"
    )
