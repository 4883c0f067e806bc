"""import: every format through the command, what it says, and that it may come again."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from netkeep.domain.contact import Contact
from netkeep.exchange.csv_fields import TARGETS
from netkeep.store.connection import open_snapshot
from netkeep.store.queries.contacts import load_extra_lines
from tests.builders import NOW
from tests.conftest import Fails, Netkeep, Process

Today = Callable[[str], None]
Write = Callable[..., str]

CARDS = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:urn:uuid:1\r\nFN:Ada Lovelace\r\nORG:Initech;Engines\r\n"
    "EMAIL;TYPE=work:ada@x.example\r\nNOTE:tea\\, please\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/\r\n"
    "X-SKYPE:ada.l\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Grace Hopper\r\nTEL:+1 555 0100\r\nCATEGORIES:navy\r\n"
    "END:VCARD\r\n"
)
GOOGLE = (
    "First Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Photo,Hobby\n"
    "Ada,Lovelace,Initech,* myContacts ::: chess,Work,ada@x.example,https://x.example/1.jpg,tea\n"
    "Grace,Hopper,,* myContacts,,,,\n"
)
OUTLOOK = (
    "First Name,Last Name,Company,E-mail Address,Mobile Phone,Birthday,Hobby\n"
    "Ada,Lovelace,Initech,ada@x.example,+44 20 7946 0000,12/31/1985,tea\n"
    "Grace,Hopper,,,,0/0/00,\n"
)
LINKEDIN = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ada,Lovelace,https://www.linkedin.com/in/ada,ada@x.example,Initech,CTO,05 Sep 2017\n"
    "Grace,Hopper,,,,,06 Sep 2017\n"
)
OWN = dict.fromkeys(Contact._fields, "") | {"kind": "friend", "status": "candidate", "id": "7"}
OWN_CSV = "".join(
    f"{line}\n"
    for line in (
        ",".join([*OWN, "Hat"]),
        ",".join([*(OWN | {"name": "Ada Lovelace", "company": "Initech"}).values(), "bowler"]),
        ",".join([*(OWN | {"name": "Grace Hopper", "cadence": "2 weeks"}).values(), ""]),
    )
)
ANY = "Who,Firm,Hat\nAda Lovelace,Initech,bowler\nGrace Hopper,,\n"
MAPPED = ("--map", "Who=name", "--map", "Firm=company")

EVERY_FORMAT = pytest.mark.parametrize(
    ("content", "options"),
    [
        (CARDS, ()),
        (GOOGLE, ()),
        (OUTLOOK, ()),
        (LINKEDIN, ()),
        (OWN_CSV, ()),
        (ANY, MAPPED),
    ],
    ids=["vcard", "google", "outlook", "linkedin", "csv", "mapped"],
)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file to be imported, and name it."""

    def written(content: str | bytes, name: str = "people") -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return written


def extras(database: Path, contact_id: int) -> list[str]:
    with open_snapshot(database, NOW) as connection:
        return load_extra_lines(connection, [contact_id]).get(contact_id, [])


def everything(netkeep: Netkeep) -> str:
    return netkeep("export", "-").out


# People


@EVERY_FORMAT
def test_people_arrive_as_candidates(
    netkeep: Netkeep, write: Write, content: str, options: tuple[str, ...]
) -> None:
    said = netkeep("import", write(content), *options, err=None)
    assert said.out == ("Imported 2 people as candidates. Keep or drop them: netkeep triage\n")
    assert netkeep("due", "--by", "in 1 year", err=None).out == ""
    ada, grace = netkeep("list", "--status", "candidate", "-f", "json").json
    assert (ada["name"], ada["company"], ada["due_on"]) == ("Ada Lovelace", "Initech", None)
    assert (grace["name"], grace["company"]) == ("Grace Hopper", None)


@EVERY_FORMAT
def test_a_second_run_changes_nothing(
    netkeep: Netkeep, write: Write, content: str, options: tuple[str, ...]
) -> None:
    file = write(content)
    netkeep("import", file, *options, err=None)
    netkeep("keep", "ada", "-k", "friend")
    netkeep("edit", "grace", "--company", "Elsewhere", "--email", "grace@x.example")
    netkeep("edit", "grace", "--company", "none")
    before = everything(netkeep)
    said = netkeep("import", file, *options, err=None)
    assert said.out == "Imported no one; 2 were known already.\n"
    assert everything(netkeep) == before


@EVERY_FORMAT
def test_a_dry_run_writes_nothing_not_even_a_file(
    netkeep: Netkeep, write: Write, database: Path, content: str, options: tuple[str, ...]
) -> None:
    file = write(content)
    said = netkeep("import", file, *options, "--dry-run", err=None)
    ada, grace, summary = said.out.splitlines()
    assert (
        summary
        == "Nothing was written; an import would give: 2 new, 0 updated, 0 unchanged, 0 left out."
    )
    assert (ada.split(" (")[0], grace.split(" (")[0]) == ("new: Ada Lovelace", "new: Grace Hopper")
    assert not database.parent.exists()
    netkeep("import", file, *options, err=None)
    before = database.read_bytes()
    said = netkeep("import", file, *options, "--dry-run", err=None)
    assert (
        said.out == "Nothing was written; an import would give: 0 new, 0 updated, 2 unchanged,"
        " 0 left out.\n"
    )
    assert database.read_bytes() == before


@EVERY_FORMAT
def test_nobody_dropped_comes_back(
    netkeep: Netkeep, write: Write, content: str, options: tuple[str, ...]
) -> None:
    file = write(content)
    netkeep("import", file, *options, err=None)
    netkeep("drop", "grace", "--reason", "moved on")
    before = everything(netkeep)
    said = netkeep("import", file, *options, "--keep", "--tag", "new", err=None)
    assert "you dropped Grace Hopper\n" in said.err
    assert said.out == "Imported no one; 1 was updated.\n"
    assert everything(netkeep).splitlines()[3] == before.splitlines()[3]
    assert netkeep("list", "--status", "dropped", "-f", "json").names == ["Grace Hopper"]


@EVERY_FORMAT
def test_kept_people_are_let_in_with_their_first_days_spread(
    netkeep: Netkeep, write: Write, content: str, options: tuple[str, ...]
) -> None:
    said = netkeep("import", write(content), *options, "--keep", "--kind", "client", err=None)
    people = netkeep("list", "--status", "all", "-f", "json").json
    if content is OWN_CSV:  # which says of each of what kind they are
        assert [one["status"] for one in people] == ["active", "active"]
        return
    assert said.out == "Imported 2 people.\n"
    assert [(one["status"], one["kind"], one["cadence"], one["due_on"]) for one in people] == [
        ("active", "client", "2 months", "2026-11-25"),
        ("active", "client", "2 months", "2026-12-25"),
    ]


@EVERY_FORMAT
def test_nor_does_a_second_run_that_keeps_them_change_anything(
    netkeep: Netkeep, write: Write, content: str, options: tuple[str, ...]
) -> None:
    file = write(content)
    netkeep("import", file, *options, "--keep", err=None)
    before = everything(netkeep)
    netkeep("import", file, *options, "--keep", err=None)
    assert everything(netkeep).splitlines() == before.splitlines()


def test_candidates_who_are_there_already_are_let_in_with_the_others(
    netkeep: Netkeep, write: Write
) -> None:
    netkeep("import", write(LINKEDIN))
    netkeep("add", "Alan Turing", "--candidate")
    more = LINKEDIN + "Alonzo,Church,,,,,06 Sep 2017\n"
    said = netkeep("import", write(more), "--keep", "--kind", "friend")
    assert said.out == "Imported 1 person; 2 were known already.\n"
    people = netkeep("list", "--status", "all", "-f", "json").json
    assert {one["name"]: (one["status"], one["kind"], one["cadence"]) for one in people} == {
        "Ada Lovelace": ("active", "friend", "2 months"),
        "Alan Turing": ("candidate", "other", "6 months"),
        "Alonzo Church": ("active", "friend", "2 months"),
        "Grace Hopper": ("active", "friend", "2 months"),
    }
    assert {one["name"]: one["due_on"] for one in people} == {
        "Ada Lovelace": "2026-11-25",
        "Alan Turing": None,
        "Alonzo Church": "2026-11-25",
        "Grace Hopper": "2026-12-25",
    }


def test_whoever_is_active_stays_as_they_are_when_others_are_kept(
    netkeep: Netkeep, write: Write
) -> None:
    netkeep("add", "Grace Hopper", "-k", "mentor", "-e", "3w", "--last", "2026-11-20")
    before = netkeep("show", "grace", "-f", "json").json
    netkeep("import", write(ANY), *MAPPED, "--keep", "--kind", "friend")
    assert netkeep("show", "grace", "-f", "json").json == before


@EVERY_FORMAT
def test_a_kind_and_tags_can_be_given(
    netkeep: Netkeep, write: Write, content: str, options: tuple[str, ...]
) -> None:
    file = write(content)
    netkeep("import", file, *options, "-k", "alumni", "-t", "Class of 99", "-t", "choir", err=None)
    for one in netkeep("list", "--status", "all", "-f", "json").json:
        assert one["tags"][-2:] == ["Class of 99", "choir"]
        assert one["kind"] == ("friend" if content is OWN_CSV else "alumni")
    before = everything(netkeep)
    said = netkeep("import", file, *options, "-k", "client", "-t", "CHOIR", err=None)
    assert said.out == "Imported no one; 2 were known already.\n"
    assert everything(netkeep) == before


# What it adds, keeps and leaves out


def test_what_is_there_is_never_overwritten(netkeep: Netkeep, write: Write) -> None:
    netkeep(
        *("add", "Ada Lovelace", "--email", "ADA@x.example", "--company", "Engines"),
        *("-k", "friend", "-e", "3w", "-n", "coffee", "-t", "chess"),
    )
    said = netkeep("import", write(CARDS), "--kind", "client", "--tag", "maths", err=None)
    assert said.out == (
        "Imported 1 person as a candidate; 1 was updated. Keep or drop them: netkeep triage\n"
    )
    ada = netkeep("show", "ada", "-f", "json").json
    assert {name: ada[name] for name in ("emails", "company", "kind", "cadence", "note")} == {
        "emails": ["ADA@x.example"],
        "company": "Engines",
        "kind": "friend",
        "cadence": "3 weeks",
        "note": "coffee",
    }
    assert (ada["tags"], ada["uid"], ada["status"]) == (
        *(["chess", "maths"], "urn:uuid:1", "active"),
    )


def test_an_import_says_what_it_would_add(netkeep: Netkeep, write: Write) -> None:
    netkeep("add", "Ada", "--email", "ada@x.example")
    said = netkeep(
        *("import", write(LINKEDIN), "--dry-run"),
        err="line 2 is Ada (#1); Ada Lovelace is kept as a nickname\n",
    )
    assert said.out == (
        "new: Grace Hopper (line 3)\n"
        "add to Ada (#1, line 2): company Initech; title CTO; met LinkedIn;"
        " met_on 2017-09-05; url https://www.linkedin.com/in/ada; NICKNAME:Ada Lovelace\n"
        "Nothing was written; an import would give: 1 new, 1 updated, 0 unchanged, 0 left out.\n"
    )


def test_the_report_can_be_read_by_a_program(netkeep: Netkeep, write: Write) -> None:
    netkeep("add", "Ada", "--email", "ada@x.example", "--company", "Initech", "-n", "tea")
    for options in (("--dry-run",), ()):
        said = netkeep("import", write(CARDS), *options, "-f", "json", err=None)
        expected = {
            "added": 1,
            "unchanged": 0,
            "skipped": [],
            "updated": 1,
            "left_out": [{"place": "card 1", "reason": "a photo"}],
            "new": [
                {
                    "place": "card 2",
                    "id": None,
                    "name": "Grace Hopper",
                    "brings": ["phone +1 555 0100", "tag navy"],
                }
            ],
            "changed": [
                {
                    "place": "card 1",
                    "id": 1,
                    "name": "Ada",
                    "brings": [
                        "uid urn:uuid:1",
                        "ORG:Initech;Engines",
                        "EMAIL;TYPE=work:ada@x.example",
                        "X-SKYPE:ada.l",
                        "NICKNAME:Ada Lovelace",
                    ],
                }
            ],
            "unread": [],
        }
        assert {name: said.json[name] for name in expected} == expected


def test_a_photo_is_said_to_be_left_out(netkeep: Netkeep, write: Write) -> None:
    netkeep("import", write(CARDS), err="left out a photo of card 1\n")
    netkeep("import", write(GOOGLE), err="left out a photo of line 2\n")
    netkeep("import", write(CARDS), "--dry-run", err="left out a photo of card 1\n")


@pytest.mark.parametrize(
    ("content", "options", "lines"),
    [
        (
            CARDS,
            (),
            ["ORG:Initech;Engines", "EMAIL;TYPE=work:ada@x.example", "X-SKYPE:ada.l"],
        ),
        (
            GOOGLE,
            (),
            [
                "N:Lovelace;Ada;;;",
                "EMAIL;TYPE=work:ada@x.example",
                'X-NETKEEP-COLUMN;X-NAME="Hobby":tea',
            ],
        ),
        (
            OUTLOOK,
            (),
            [
                "N:Lovelace;Ada;;;",
                "TEL;TYPE=cell:+44 20 7946 0000",
                'X-NETKEEP-COLUMN;X-NAME="Hobby":tea',
            ],
        ),
        (OWN_CSV, (), ['X-NETKEEP-COLUMN;X-NAME="Hat":bowler']),
        (ANY, MAPPED, ['X-NETKEEP-COLUMN;X-NAME="Hat":bowler']),
    ],
    ids=["vcard", "google", "outlook", "csv", "mapped"],
)
def test_what_no_field_holds_is_kept_and_comes_out_again(
    netkeep: Netkeep,
    write: Write,
    database: Path,
    content: str,
    options: tuple[str, ...],
    lines: list[str],
) -> None:
    netkeep("import", write(content), *options, err=None)
    assert extras(database, 1) == lines
    exported = netkeep("export", "-", "--as", "vcard", "--status", "all").out
    for line in lines:
        assert f"\n{line}" in exported.replace("\r", "")


def test_extra_lines_are_added_to_those_there_are(
    netkeep: Netkeep, write: Write, database: Path
) -> None:
    card = "BEGIN:VCARD\nFN:Ada\n{}END:VCARD\n"
    netkeep("import", write(card.format("X-SKYPE:ada\nROLE:x\n")))
    netkeep("import", write(card.format("ROLE:y\nX-SKYPE:ada\n")))
    assert extras(database, 1) == ["X-SKYPE:ada", "ROLE:x", "ROLE:y"]


def test_somebody_twice_in_a_file_is_one_with_all_of_both(
    netkeep: Netkeep, write: Write, database: Path
) -> None:
    cards = (
        "BEGIN:VCARD\nFN:Ada\nEMAIL:a@x\nNOTE:tea\nROLE:x\nEND:VCARD\n"
        "BEGIN:VCARD\nFN:Ada King\nEMAIL:A@x\nEMAIL:b@x\nTITLE:CTO\nROLE:y\nEND:VCARD\n"
    )
    said = netkeep(
        *("import", write(cards)),
        err="left out card 2: the same person as card 1; the name Ada King is kept as a nickname\n",
    )
    assert said.out.startswith("Imported 1 person as a candidate.")
    ada = netkeep("show", "ada", "-f", "json").json
    assert (ada["emails"], ada["note"], ada["title"]) == (["a@x", "b@x"], "tea", "CTO")
    assert extras(database, 1)[:1] == ["ROLE:x"]
    assert "ROLE:y" in extras(database, 1)


# Formats


def test_a_format_can_be_named(netkeep: Netkeep, fails: Fails, write: Write) -> None:
    file = write(GOOGLE)
    assert fails("import", file, "--as", "outlook", code=2) == (
        "netkeep: this is not a CSV from Outlook:"
        " it has no First Name, Last Name or E-mail Address\n"
        "  in Outlook, export the contacts to comma separated values\n"
    )
    assert "this is not a vCard file" in fails("import", file, "--as", "vcard", code=2)
    assert "this is not JSON" in fails("import", file, "--as", "json", code=2)
    assert "this is not a CSV from netkeep" in fails("import", file, "--as", "csv", code=2)
    assert netkeep("import", file, "--as", "linkedin").out.startswith("Imported 2 people")
    for one in netkeep("list", "--status", "all", "-f", "json").json:
        assert one["met"] == "LinkedIn"


def test_a_format_there_is_not_is_refused(fails: Fails, write: Write) -> None:
    assert '"pigeon" is not a value for --as' in fails(
        "import", write(CARDS), "--as", "pigeon", code=2
    )


def test_a_header_it_does_not_know_is_refused_with_its_columns(
    fails: Fails, write: Write, database: Path
) -> None:
    assert fails("import", write(ANY), code=2) == (
        "netkeep: the format is not recognised:"
        " this is not a vCard, JSON, or CSV with known columns\n"
        "  name the format with --as, or the columns with --map;"
        " the columns of the file: Who, Firm, Hat\n"
    )
    assert not database.exists()


@pytest.mark.parametrize(
    ("header", "row", "fields"),
    [
        ("name", "Ada Lovelace", {}),
        ("Name,Email,Phone", "Ada Lovelace,ada@x.example,1", {"emails": ["ada@x.example"]}),
        ("Full Name,Company,Role", "Ada Lovelace,Initech,CTO", {"company": "Initech"}),
        ("first,last,note", "Ada,Lovelace,likes tea", {"note": "likes tea"}),
        ("First name,Last name,Job title", "Ada,Lovelace,CTO", {"title": "CTO"}),
        ("Vorname,Nachname,Firma", "Ada,Lovelace,Initech", {"company": "Initech"}),
        ("name,tags,met", "Ada Lovelace,chess; go,PyCon", {"tags": ["chess", "go"]}),
        ("name;url", "Ada Lovelace;https://ada.example", {"urls": ["https://ada.example"]}),
    ],
)
def test_columns_that_are_named_like_fields_need_no_map(
    netkeep: Netkeep, write: Write, header: str, row: str, fields: dict[str, object]
) -> None:
    netkeep("import", write(f"{header}\n{row}\n"))
    ada = netkeep("show", "ada lovelace", "-f", "json").json
    assert {name: ada[name] for name in fields} == fields


@pytest.mark.parametrize(
    ("mapped", "said"),
    [
        ("Who", 'netkeep: --map "Who" is not COLUMN=FIELD\n  try: --map "Full name=name"\n'),
        ("=name", 'netkeep: --map "=name" is not COLUMN=FIELD\n  try: --map "Full name=name"\n'),
        ("Who=", 'netkeep: --map "Who=" is not COLUMN=FIELD\n  try: --map "Full name=name"\n'),
        ("", 'netkeep: --map "" is not COLUMN=FIELD\n  try: --map "Full name=name"\n'),
        (
            "Wer=name",
            'netkeep: the file has no column "Wer"\n  columns: Who, Firm, Hat\n',
        ),
        (
            "Who=nom",
            (f'netkeep: --map: there is no field "nom"\n  fields: {", ".join(TARGETS)}\n'),
        ),
    ],
)
def test_a_map_that_means_nothing_is_refused(
    fails: Fails, write: Write, database: Path, mapped: str, said: str
) -> None:
    assert fails("import", write(ANY), "--map", mapped, code=2) == said
    assert not database.exists()


def test_a_column_has_one_meaning(fails: Fails, write: Write) -> None:
    fails("import", write(ANY), "--map", "Who=name", "--map", "Firm=name", code=2)
    fails("import", write(ANY), "--map", "Who=name", "--map", "Who=company", code=2)


def test_a_map_is_of_a_csv(fails: Fails, write: Write) -> None:
    fails("import", write(CARDS), "--as", "vcard", "--map", "Who=name", code=2)


def test_a_column_with_an_equals_sign_in_its_name_can_be_mapped(
    netkeep: Netkeep, write: Write
) -> None:
    netkeep("import", write("a=b\nAda\n"), "--map", "a=b=name")
    assert netkeep("list", "--status", "all", "-f", "json").names == ["Ada"]


def test_what_netkeep_exported_for_other_programs_changes_nothing(
    netkeep: Netkeep, write: Write
) -> None:
    netkeep("import", write(CARDS), "--keep", err=None)
    netkeep("add", "Alan Turing", "--email", "alan@x.example", "--met-on", "2026-06-05", "-t", "x")
    before = everything(netkeep)
    for target in ("vcard", "csv"):
        exported = netkeep("export", "-", "--as", target, err=None).out
        said = netkeep("import", write(exported), err=None)
        assert said.out == "Imported no one; 3 were known already.\n"
        assert everything(netkeep).splitlines() == before.splitlines()


# What is no good

BAD_CARDS = (
    "BEGIN:VCARD\nFN:Ada\nEND:VCARD\nBEGIN:VCARD\nNOTE:x\nEND:VCARD\n"
    "BEGIN:VCARD\nFN:Bad\nBEGIN:VCARD\nFN:Grace\nEND:VCARD\nBEGIN:VCARD\nFN:Never\n"
)


@pytest.mark.parametrize(
    ("content", "options", "err"),
    [
        (
            BAD_CARDS,
            (),
            (
                "left out card 2: no name\n"
                "left out card 3: the card has no END:VCARD\n"
                "left out card 5: the card has no END:VCARD\n"
            ),
        ),
        (
            "First Name,Labels\nAda,\n,x\nGrace,\n",
            (),
            "left out line 3: no name\n",
        ),
        (
            "First Name,Last Name,E-mail Address\nAda,,\n\x01,,\nGrace,,nowhere\n",
            (),
            "left out line 3: no name\n",
        ),
        ("Who,Firm\nAda,\n,\n\u200b,\nGrace\n", MAPPED, "left out line 4: no name\n"),
    ],
    ids=["vcard", "google", "outlook", "mapped"],
)
def test_one_bad_record_never_costs_the_others(
    netkeep: Netkeep, write: Write, content: str, options: tuple[str, ...], err: str
) -> None:
    said = netkeep("import", write(content), *options, err=err)
    assert said.out.startswith("Imported 2 people as candidates.")
    assert netkeep("list", "--status", "all", "-f", "json").names == ["Ada", "Grace"]
    said = netkeep("import", write(content), *options, "--dry-run", err=err)
    assert said.out == (
        "Nothing was written; an import would give: 0 new, 0 updated, 2 unchanged,"
        f" {err.count('left out')} left out.\n"
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the format is not recognised: the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "line 3 is not text"),
        (b"First Name,Labels\nAda,\n\0\0\0,\n", "line 3 is not text"),
        (GOOGLE.encode("latin-1") + b"\xe9,\n", "line 4 is not UTF-8 text"),
        (GOOGLE.encode() + b'"Alan,x\n', "line 4 is not CSV"),
        (OUTLOOK.encode() + b'"Alan\n,x\n', "line 4 is not CSV"),
        (OWN_CSV.encode() + b'"Alan\n,x\n', "line 4 is not CSV"),
        (LINKEDIN.encode() + b'"Alan\n,x\n', "line 4 is not CSV"),
        (CARDS.encode() + b"BEGIN:VCARD\nFN:\0\nEND:VCARD\n", "line 18 is not text"),
        (CARDS.encode("utf-32-le"), "line 1 is not text"),
        (b'{"netkeep": 1, "contacts": [{]}', "this is not JSON"),
        (b'{"netkeep": 2}', "this JSON was not exported by netkeep"),
        (b"[1, 2]", "this JSON was not exported by netkeep"),
        (b"\n\n", "the format is not recognised: the file is empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(
    fails: Fails, write: Write, database: Path, content: bytes, sentence: str
) -> None:
    file = write(content)
    for options in ((), ("--dry-run",), ("--keep", "-f", "json")):
        assert fails("import", file, *options, code=2).startswith(f"netkeep: {sentence}")
    assert not database.exists()


def test_a_mapped_file_that_cannot_be_read_is_refused_whole(
    fails: Fails, write: Write, database: Path
) -> None:
    file = write(ANY + '"Alan\n')
    assert "line 4 is not CSV" in fails("import", file, *MAPPED, code=2)
    assert not database.exists()


def test_an_import_that_fails_changes_nothing_of_what_is_there(
    netkeep: Netkeep, fails: Fails, write: Write, database: Path
) -> None:
    netkeep("add", "Ada")
    before = database.read_bytes()
    fails("import", write(GOOGLE + '"Alan,x\n'), code=2)
    assert database.read_bytes() == before


@EVERY_FORMAT
def test_standard_input_is_imported(
    process: Process, netkeep: Netkeep, content: str, options: tuple[str, ...]
) -> None:
    ended = process("import", "-", *options, input=content.encode())
    assert (ended.returncode, ended.stdout) == (
        0,
        b"Imported 2 people as candidates. Keep or drop them: netkeep triage\n",
    )
    assert len(netkeep("list", "--status", "all", "-f", "json").json) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_at_the_start_is_fine(netkeep: Netkeep, write: Write, encoding: str) -> None:
    for content in (CARDS, GOOGLE, OUTLOOK, OWN_CSV):
        netkeep("import", write(content.encode(encoding)), err=None)
    assert "Ada Lovelace" in netkeep("list", "--status", "all", "-f", "json").names


# netkeep's own JSON


@pytest.fixture
def whole(netkeep: Netkeep, today: Today) -> str:
    """A file with something of everything in it, exported."""
    today("2026-11-20")
    shared = ("--email", "both@x.example")
    netkeep("add", "Erased", "--last", "2026-11-01")
    netkeep("add", "Ada Lovelace", *shared, "--company", "Initech", "--title", "CTO", "-e", "none")
    netkeep(
        *("add", "Grace Hopper", *shared, "--force", "-k", "mentor", "--via", "ada"),
        *("--phone", "112", "--url", "grace.example", "-t", "chess", "--city", "Paris"),
        *("--met", "a party", "--met-on", "2026-06-05", "--birthday", "10 dec", "-n", "one\ntwo"),
        *("--last", "2026-10-01"),
    )
    netkeep("add", "Alan Turing", "--candidate", "--last", "2026-09-01")
    netkeep("add", "Alonzo Church", "--school", "Princeton", "--via", "alan")
    netkeep("drop", "alonzo", "--reason", "moved on")
    netkeep("snooze", "grace", "2w")
    netkeep("log", "ada", "-p", "ask", "-n", "Could she introduce me?\nPerhaps.", "-c", "call")
    netkeep("log", "grace", "-p", "ask")
    netkeep("promise", "grace", "send the paper", "--by", "2026-11-21")
    netkeep("promise", "alan", "call back", "--by", "2026-12-24")
    today("2026-11-22")
    netkeep("log", "grace", "--on", "2026-11-21", "-p", "thank", "--done", "--in")
    netkeep("log", "ada", "-p", "thank", "-n", "thanks")
    netkeep("news", "ada", "Left", "--company", "Engines", "--title", "Analyst")
    netkeep("news", "ada", "Left again", "--company", "Elsewhere")
    netkeep("visit", "grace", "--from", "2026-12-01", "--to", "2026-12-03", "--city", "London")
    netkeep("round", "add", "greetings", "--from", "12-01", "--to", "01-06", "-k", "mentor")
    netkeep("round", "add", "summer", "--from", "07-01", "--to", "08-15", "-t", "chess", err=None)
    netkeep("me", "Started at Initech")
    today("2026-11-23")
    netkeep("me", "Moved")
    netkeep("merge", "alan", "erased")
    return everything(netkeep)


def test_everything_goes_into_an_empty_file_and_comes_out_the_same(
    netkeep: Netkeep, write: Write, whole: str, tmp_path: Path
) -> None:
    other = ("--db", str(tmp_path / "other.db"))
    said = netkeep(*other, "import", write(whole))
    assert said.out == "Imported 4 people.\n"
    assert netkeep(*other, "export", "-").out.splitlines() == whole.splitlines()
    for question in (
        ("list", "--status", "all", "-f", "json"),
        ("due", "--by", "in 1 year", "-f", "json"),
        ("timeline", "-f", "json"),
        ("brief", "grace", "-f", "json"),
        ("find", "introduce", "-f", "json"),
        ("find", "initech", "-f", "json"),
        ("round", "list", "-f", "json"),
        ("me", "-f", "json"),
        ("balance", "-f", "json"),
        ("export", "-", "--as", "vcard", "--status", "all"),
    ):
        assert netkeep(*other, *question, err=None).out == netkeep(*question, err=None).out


def test_nor_do_gaps_in_the_numbers_close(netkeep: Netkeep, write: Write, tmp_path: Path) -> None:
    netkeep("add", "Ada")
    for name in ("one", "two"):
        netkeep("round", "add", name, "--from", "12-01", "--to", "12-24")
        netkeep("me", name)
    netkeep("round", "remove", "one")
    netkeep("me", "--remove", "1")
    before = everything(netkeep)
    other = ("--db", str(tmp_path / "other.db"))
    netkeep(*other, "import", write(before))
    assert netkeep(*other, "export", "-").out.splitlines() == before.splitlines()


def test_extra_lines_go_along(netkeep: Netkeep, write: Write, tmp_path: Path) -> None:
    lines = "X-A: with space \nX-B:a\tb\nX-C:a\x0cb\u2028c\nROLE:e\u0301\n"
    card = f"BEGIN:VCARD\nFN:Ada\n{lines}END:VCARD\n"
    netkeep("import", write(card))
    before = everything(netkeep)
    other = ("--db", str(tmp_path / "other.db"))
    netkeep(*other, "import", write(before))
    assert netkeep(*other, "export", "-").out.splitlines() == before.splitlines()


def test_a_second_import_into_the_same_file_changes_nothing(
    netkeep: Netkeep, write: Write, whole: str
) -> None:
    said = netkeep("import", write(whole))
    assert said.out == "Imported no one; 4 were known already.\n"
    assert everything(netkeep).splitlines() == whole.splitlines()


def as_of_another_day(path: Path) -> None:
    """Somebody is known by the second they were added in, and by their number."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE contact SET created_at = '2026-01-01T00:00:00+00:00'")


@pytest.fixture
def others(netkeep: Netkeep, tmp_path: Path) -> tuple[str, str]:
    """A file of other people, who have some of the same numbers."""
    other = ("--db", str(tmp_path / "other.db"))
    for name in ("Zoe", "Yak"):
        netkeep(*other, "add", name)
        netkeep(*other, "log", name, "-p", "ask")
    netkeep(*other, "round", "add", "Greetings", "--from", "12-20", "--to", "12-24")
    netkeep(*other, "me", "Wrote a book")
    as_of_another_day(tmp_path / "other.db")
    return other


def test_a_file_with_other_people_gets_everybody_under_new_numbers(
    netkeep: Netkeep, write: Write, whole: str, others: tuple[str, str]
) -> None:
    before = json.loads(netkeep(*others, "export", "-").out)
    said = netkeep(*others, "import", write(whole))
    assert said.out == "Imported 4 people.\n"
    after, came = json.loads(netkeep(*others, "export", "-").out), json.loads(whole)
    for kind in ("contacts", "touchpoints", "occasions"):
        there = after[kind][: len(before[kind])]
        assert there == before[kind]
        assert len(after[kind]) == len(before[kind]) + len(came[kind])
    names = {one["id"]: one["name"] for one in after["contacts"]}
    for one in (*after["touchpoints"], *after["occasions"]):
        assert names[one["contact_id"]] == one["name"]
    new = {one["name"]: one for one in after["contacts"]}
    for was in came["contacts"]:
        now = new[was["name"]]
        assert now | {"id": was["id"], "via": was["via"]} == was
        assert (now["via"] and names[now["via"]["id"]]) == (was["via"] and was["via"]["name"])
    touched = {one["id"]: one for one in after["touchpoints"]}
    thanks = [one for one in after["occasions"] if one["ask_id"]]
    assert len(thanks) == 4
    for one in thanks:
        assert touched[one["ask_id"]]["purpose"] == "ask"
        assert touched[one["ask_id"]]["contact_id"] == one["contact_id"]
    done = [one for one in after["occasions"] if one["done_by_id"]]
    assert {touched[one["done_by_id"]]["contact_id"] for one in done} <= {
        one["contact_id"] for one in done
    }
    assert [one["name"] for one in after["rounds"]] == ["Greetings", "summer"]
    assert [one["text"] for one in after["own_news"]] == [
        *("Wrote a book", "Started at Initech", "Moved"),
    ]


def test_a_second_import_into_it_changes_nothing(
    netkeep: Netkeep, write: Write, whole: str, others: tuple[str, str]
) -> None:
    netkeep(*others, "import", write(whole))
    before = netkeep(*others, "export", "-").out
    said = netkeep(*others, "import", write(whole), err=None)
    assert netkeep(*others, "export", "-").out.splitlines() == before.splitlines()
    assert said.out == "Imported no one; 4 were known already.\n"


def test_whoever_was_met_through_somebody_who_is_there_still_was(
    netkeep: Netkeep, write: Write, tmp_path: Path
) -> None:
    netkeep("add", "Ada Lovelace")
    netkeep("add", "Grace Hopper", "--via", "ada")
    whole = everything(netkeep)
    other = ("--db", str(tmp_path / "other.db"))
    netkeep(*other, "add", "Zoe")
    netkeep(*other, "add", "Ada Lovelace")
    as_of_another_day(tmp_path / "other.db")
    said = netkeep(*other, "import", write(whole))
    assert said.out == "Imported 1 person; 1 was known already.\n"
    assert netkeep(*other, "show", "grace", "-f", "json").json["via"] == {
        "id": 2,
        "name": "Ada Lovelace",
    }


def test_the_history_of_somebody_who_is_there_is_added_to_theirs(
    netkeep: Netkeep, write: Write, whole: str, tmp_path: Path
) -> None:
    other = ("--db", str(tmp_path / "other.db"))
    netkeep(*other, "add", "Grace Hopper", "--phone", "(112)", "-k", "friend")
    netkeep(*other, "log", "grace", "--on", "2026-10-10")
    as_of_another_day(tmp_path / "other.db")
    netkeep(*other, "import", write(whole), err=None)
    grace = netkeep(*other, "show", "grace", "-f", "json").json
    assert (grace["kind"], grace["city"], grace["last_touch_on"]) == (
        *("friend", "Paris", "2026-11-21"),
    )
    days = [one["day"] for one in netkeep(*other, "timeline", "grace", "-f", "json").json]
    assert days == ["2026-11-21", "2026-11-20", "2026-10-10", "2026-10-01"]


def test_whoever_was_dropped_here_stays_so_with_all_that_is_theirs(
    netkeep: Netkeep, write: Write, whole: str
) -> None:
    netkeep("drop", "ada", "--reason", "quarrel")
    before = everything(netkeep)
    said = netkeep("import", write(whole), err="left out contact 2: you dropped Ada Lovelace\n")
    assert said.out == "Imported no one; 3 were known already.\n"
    assert everything(netkeep) == before


NOT_AS_WRITTEN = "it is not in the form that netkeep writes"


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("kind", "changes", "err"),
    [
        ("contacts", {"name": ""}, "left out contact 2: the name is empty\n"),
        ("touchpoints", {"day": "soon"}, f"left out touchpoint 1: {NOT_AS_WRITTEN}\n"),
        ("occasions", {"kind": "visit", "until": None}, None),
        ("occasions", {"until": "2026-12-31"}, None),
        ("contacts", {"worked": [{"company": None, "title": None, "until": "2026-01-01"}]}, None),
        ("contacts", {"due_on": "2026-12-31"}, ""),
        ("rounds", {"kinds": ["pigeon"]}, f"left out round 1: {NOT_AS_WRITTEN}\n"),
        ("own_news", {"text": ""}, "left out own news 1: the news is empty\n"),
    ],
)
def test_one_bad_record_of_a_history_never_costs_the_others(
    netkeep: Netkeep,
    write: Write,
    whole: str,
    tmp_path: Path,
    kind: str,
    changes: dict[str, object],
    err: str | None,
) -> None:
    document = json.loads(whole)
    document[kind][0] |= changes
    other = ("--db", str(tmp_path / "other.db"))
    netkeep(*other, "import", write(json.dumps(document)), err=err)
    assert "Grace Hopper" in netkeep(*other, "list", "--status", "all", "-f", "json").names


@pytest.mark.parametrize("kind", ["contacts", "touchpoints", "occasions", "rounds", "own_news"])
def test_of_two_records_with_one_number_one_is_taken(
    netkeep: Netkeep, write: Write, whole: str, tmp_path: Path, kind: str
) -> None:
    document = json.loads(whole)
    document[kind].append(dict(document[kind][0]))
    for name in ("note", "name", "text"):
        if document[kind][-1].get(name):
            document[kind][-1][name] = "Another"
    other = ("--db", str(tmp_path / "other.db"))
    netkeep(*other, "import", write(json.dumps(document)), err=None)
    assert netkeep(*other, "export", "-").out.splitlines() == whole.splitlines()


def test_of_two_with_one_uid_one_is_taken(netkeep: Netkeep, write: Write) -> None:
    netkeep("add", "Ada")
    netkeep("add", "Grace")
    document = json.loads(everything(netkeep))
    for one in document["contacts"]:
        one |= {"uid": "a", "id": one["id"] + 10, "name": f"{one['name']} too"}
    netkeep("import", write(json.dumps(document)), err=None)
    uids = [one["uid"] for one in netkeep("list", "--status", "all", "-f", "json").json]
    assert uids.count("a") == 1


def test_rounds_and_news_of_a_file_without_people_come_too(
    netkeep: Netkeep, write: Write, tmp_path: Path
) -> None:
    other = ("--db", str(tmp_path / "other.db"))
    netkeep("round", "add", "--preset", "summer", err=None)
    netkeep("me", "Moved")
    dump = netkeep("export", err=None).out
    netkeep(*other, "import", write(dump))
    assert netkeep(*other, "export", err=None).out == dump


def test_a_document_in_any_order_brings_everybody_under_their_own_number(
    netkeep: Netkeep, write: Write, tmp_path: Path
) -> None:
    other = ("--db", str(tmp_path / "other.db"))
    for name in ("Ada", "Bea", "Cleo"):
        netkeep("add", name)
        netkeep("log", name, "-n", name)
    dump = netkeep("export").out
    document = json.loads(dump)
    document["contacts"].reverse()
    netkeep(*other, "import", write(json.dumps(document)))
    assert netkeep(*other, "export").out == dump


LONG = f"Ada {'x' * 250}"
MAIL = (
    "From x Mon Nov  2 10:00:00 2026\nFrom: {}\nTo: {}\nDate: Mon, {} Nov 2026 10:00:00 +0000\n\n"
)


@pytest.mark.parametrize(
    ("name", "content", "options", "place"),
    [
        (
            "Connections.csv",
            f"First Name,Last Name,URL,Connected On\nAda,{LONG[4:]},,17 Feb 2023\n",
            [],
            "line 2",
        ),
        ("outlook.csv", f"First Name,Last Name,E-mail Address\nAda,{LONG[4:]},\n", [], "line 2"),
        (
            "google.csv",
            f"First Name,Last Name,Labels\nAda,{LONG[4:]},\n",
            [],
            "line 2",
        ),
        ("own.csv", f"Who\n{LONG}\n", ["--map", "Who=name"], "line 2"),
        ("card.vcf", f"BEGIN:VCARD\nVERSION:3.0\nFN:{LONG}\nEND:VCARD\n", [], "card 1"),
        (
            "mail.mbox",
            "".join(
                MAIL.format(*pair, day)
                for day in range(2, 9)
                for pair in [
                    ("me@x.example", f"{LONG} <a@x.example>"),
                    (LONG + " <a@x.example>", "me@x.example"),
                ]
            ),
            ["--me", "me@x.example", "--candidates"],
            "a@x.example",
        ),
    ],
)
def test_long_name_is_cut_in_every_format(
    netkeep: Netkeep, tmp_path: Path, name: str, content: str, options: list[str], place: str
) -> None:
    file = tmp_path / name
    file.write_text(content)
    said = f"{place}: the name: it has 254 characters and is cut to 200; the full text is kept\n"
    assert netkeep("import", str(file), *options, "--dry-run", err=None).err == said
    netkeep("import", str(file), *options, err=said)
    assert netkeep("list", "--status", "all", "-f", "json").names == [LONG[:200]]
    assert LONG[4:] in netkeep("export", "-").out


def test_long_name_in_json_is_cut(netkeep: Netkeep, tmp_path: Path) -> None:
    netkeep("add", "Ada")
    file = tmp_path / "all.json"
    file.write_text(netkeep("export", "-").out.replace('"Ada"', f'"{LONG}"'))
    netkeep("undo")
    said = "contact 1: the name: it has 254 characters and is cut to 200; the full text is kept\n"
    netkeep("import", str(file), err=said)
    assert netkeep("list", "-f", "json").names == [LONG[:200]]
    file.write_text(netkeep("export", "-").out)
    assert LONG in file.read_text()
    said = said.replace("contact 1", "contact 2")
    assert netkeep("import", str(file), err=said).out == "Imported no one; 1 was known already.\n"


def test_long_name_that_is_typed_is_refused(netkeep: Netkeep, fails: Fails) -> None:
    netkeep("add", "Ada")
    said = "netkeep: the name has 254 characters; 200 is the most\n"
    assert fails("add", LONG, code=2) == said
    assert fails("edit", "ada", "--name", LONG, code=2) == said
