"""import: LinkedIn's Connections.csv, whole, once, and however often it comes."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Fails, Netkeep

NOTES = 'Notes:\n"Some e-mail addresses\nare missing."\n\n'
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ROWS = (
    "Ada,Lovelace,https://www.linkedin.com/in/ada-1,ada@x.example,Initech,CTO,05 Sep 2017\n"
    "Ada,Lovelace,https://www.linkedin.com/in/ada-2,,Initech,CTO,06 Sep 2017\n"
    ",,,,,,15 Aug 2024\n"
    'Grace,"Hopper, PhD",https://www.linkedin.com/in/grace,,"The ""Quoted"" Company",,\n'
)


@pytest.fixture
def connections(tmp_path: Path) -> Callable[[str | bytes], str]:
    """Write a file to be imported, and name it."""

    def write(content: str | bytes) -> str:
        path = tmp_path / "Connections.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


Connections = Callable[[str | bytes], str]


def test_people_arrive_as_candidates(netkeep: Netkeep, connections: Connections) -> None:
    said = netkeep("import", connections(NOTES + HEADER + ROWS), err="left out line 8: no name\n")
    assert said.out == ("Imported 3 people as candidates. Keep or drop them: netkeep triage\n")
    assert netkeep("due", "--by", "in 1 year", err=None).out == ""
    ada, twin, grace = netkeep("list", "--status", "candidate", "-f", "json").json
    assert (ada["name"], twin["name"], grace["name"]) == (
        *("Ada Lovelace", "Ada Lovelace", "Grace Hopper, PhD"),
    )
    assert (ada["urls"], twin["urls"]) == (
        ["https://www.linkedin.com/in/ada-1"],
        ["https://www.linkedin.com/in/ada-2"],
    )
    assert (ada["emails"], ada["company"], ada["title"]) == (["ada@x.example"], "Initech", "CTO")
    assert (ada["met"], ada["met_on"], ada["kind"]) == ("LinkedIn", "2017-09-05", "other")
    assert (grace["company"], grace["title"], grace["met_on"]) == (
        *('The "Quoted" Company', None, None),
    )


def test_a_second_run_changes_nothing(netkeep: Netkeep, connections: Connections) -> None:
    file = connections(HEADER + ROWS)
    netkeep("import", file, err=None)
    netkeep("keep", "grace", "-k", "friend")
    before = netkeep("list", "--status", "all", "-f", "json").out
    said = netkeep("import", file, err="left out line 4: no name\n")
    assert said.out == "Imported no one; 3 were known already.\n"
    assert netkeep("list", "--status", "all", "-f", "json").out == before


def test_the_report_can_be_read_by_a_program(netkeep: Netkeep, connections: Connections) -> None:
    report = netkeep("import", connections(HEADER + ROWS), "-f", "json", err=None).json
    assert report == {
        "added": 3,
        "unchanged": 0,
        "skipped": [{"place": "line 4", "reason": "no name"}],
        "updated": 0,
        "left_out": [],
        "new": [
            {
                "place": "line 2",
                "id": None,
                "name": "Ada Lovelace",
                "brings": [
                    "met LinkedIn",
                    "company Initech",
                    "title CTO",
                    "met_on 2017-09-05",
                    "url https://www.linkedin.com/in/ada-1",
                    "email ada@x.example",
                ],
            },
            {
                "place": "line 3",
                "id": None,
                "name": "Ada Lovelace",
                "brings": [
                    "met LinkedIn",
                    "company Initech",
                    "title CTO",
                    "met_on 2017-09-06",
                    "url https://www.linkedin.com/in/ada-2",
                ],
            },
            {
                "place": "line 5",
                "id": None,
                "name": "Grace Hopper, PhD",
                "brings": [
                    "met LinkedIn",
                    'company The "Quoted" Company',
                    "url https://www.linkedin.com/in/grace",
                ],
            },
        ],
        "changed": [],
        "unread": [],
        "logged": 0,
        "known": 0,
        "messages_left_out": [],
        "missing": [],
        "log": [],
        "job_changes": [],
        "gone": 0,
    }


def test_someone_dropped_does_not_come_back(netkeep: Netkeep, connections: Connections) -> None:
    file = connections(HEADER + ROWS.splitlines(keepends=True)[3])
    netkeep("import", file)
    netkeep("drop", "grace")
    said = netkeep("import", file, err="left out line 2: you dropped Grace Hopper, PhD\n")
    assert said.out == "Imported no one.\n"
    assert netkeep("list", "--status", "dropped", "-f", "json").names == ["Grace Hopper, PhD"]


def test_somebody_twice_in_a_file_is_taken_in_once(
    netkeep: Netkeep, connections: Connections
) -> None:
    ada = ROWS.splitlines(keepends=True)[0]
    said = netkeep(
        "import",
        connections(HEADER + ada + ada.replace("https://www.", "http://")),
        err="left out line 3: the same person as line 2\n",
    )
    assert said.out.startswith("Imported 1 person as a candidate.")


def test_one_bad_row_does_not_cost_the_others(netkeep: Netkeep, connections: Connections) -> None:
    bad = (
        "Bad\x07,Name,,,,,\n"
        "Bad,Day,,,,,31 Feb 2020\n"
        "Bad,Mail,,nowhere,,,\n"
        "Late,Comer,,,,,01 Jan 2030\n"
        f"{'x' * 201},Long,,,,,\n"
        "Few,Cells\n"
        "One\n"
        "Too,Many,,,,,,,extra\n"
        "\n"
    )
    said = netkeep("import", connections(HEADER + bad), err=None)
    assert said.out.startswith("Imported 8 people as candidates.")
    assert said.err.splitlines() == [
        'line 3: the day you met: "31 Feb 2020" is not a day; the full text is kept',
        'line 5: the day you met: "01 Jan 2030" is in the future; the full text is kept',
        "line 6: the name: it has 206 characters and is cut to 200; the full text is kept",
    ]
    assert "Late Comer" in netkeep("list", "--status", "all", "-f", "json").names


def test_a_mark_at_the_start_and_windows_line_ends_are_fine(
    netkeep: Netkeep, connections: Connections
) -> None:
    netkeep("import", connections(("\ufeff" + HEADER + ROWS).replace("\n", "\r\n")), err=None)
    assert len(netkeep("list", "--status", "all", "-f", "json").json) == 3


NO_CONNECTIONS = "this is not LinkedIn's Connections.csv: no line has First Name and Last Name"
UNKNOWN = "the format is not recognised: "
NO_KIND = f"{UNKNOWN}this is not a vCard, JSON, or CSV with known columns"


@pytest.mark.parametrize(
    ("content", "sentence", "as_linkedin"),
    [
        (b"", f"{UNKNOWN}the file is empty", NO_CONNECTIONS),
        (b"Name,Mail\nAda,a@x\n", NO_KIND, NO_CONNECTIONS),
        (("\n" * 60 + HEADER).encode(), NO_KIND, NO_CONNECTIONS),
        (HEADER.encode("utf-32-le"), *["line 1 is not text"] * 2),
        (
            b"First Name,Last Name\nAda,\xff\n",
            "line 2 is not UTF-8 text",
            "line 2 is not UTF-8 text",
        ),
        (HEADER.encode() + b"Ada,Lovelace\n\xff,\n", *["line 3 is not UTF-8 text"] * 2),
        (HEADER.encode() + b'Ada,"Love\nlace,,,,,\n', *["line 2 is not CSV"] * 2),
        (b"\x89\x01\x02\xff\xfe", *["line 1 is not UTF-8 text"] * 2),
    ],
)
def test_a_file_of_another_kind_is_refused_whole(
    fails: Fails,
    connections: Connections,
    database: Path,
    content: bytes,
    sentence: str,
    as_linkedin: str,
) -> None:
    file = connections(content)
    assert fails("import", file, code=2).startswith(f"netkeep: {sentence}")
    assert fails("import", file, "--as", "linkedin", code=2).startswith(f"netkeep: {as_linkedin}")
    assert not database.exists()


def test_without_the_day_of_the_connection_linkedin_has_to_be_named(
    netkeep: Netkeep, connections: Connections
) -> None:
    file = connections("First Name,Last Name\nAda,Lovelace\n")
    netkeep("import", file)
    assert netkeep("show", "ada", "-f", "json").json["met"] is None
    netkeep("import", file, "--as", "linkedin")
    assert netkeep("show", "ada", "-f", "json").json["met"] == "LinkedIn"


def test_a_file_that_cannot_be_read_is_a_sentence(fails: Fails, tmp_path: Path) -> None:
    assert fails("import", "none.csv", code=2) == (
        "netkeep: none.csv cannot be read: no such file or directory\n"
    )
    assert "has no address book" in fails("import", str(tmp_path), code=2)
    fails("import", "nul\0.csv", code=2)
    fails("import", "~nobody/of/this/name.csv", code=2)
    assert fails("import", "", code=2) == (
        "netkeep: a file is required\n  try: netkeep import Connections.csv\n"
    )


def test_two_thousand_rows_are_let_in_and_spread(
    netkeep: Netkeep, connections: Connections
) -> None:
    rows = (
        f"Name{i},Surname{i % 40},linkedin.com/in/{i},,{'Initech' if i % 16 else ''},,\n"
        if i % 90
        else ",,,,,,15 Aug 2024\n"
        for i in range(2_000)
    )
    said = netkeep("import", connections(NOTES + HEADER + "".join(rows)), err=None)
    assert said.out.startswith("Imported 1,977 people")
    assert said.err.count("no name") == 23
    ids = [
        str(contact["id"])
        for contact in netkeep(
            "list", "--status", "candidate", "--company", "ini", "-f", "json"
        ).json
    ]
    netkeep("keep", *ids, "-e", "6m")
    days = Counter(nudge["due_on"] for nudge in netkeep("due", "--by", "1 jun", "-f", "json").json)
    assert sum(days.values()) == len(ids)
    assert len(days) == 180
    assert max(days.values()) - min(days.values()) <= 1
