"""import: a changed job becomes news once."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Netkeep

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
URL = "https://www.linkedin.com/in/"

Import = Callable[..., str]


@pytest.fixture
def connections(netkeep: Netkeep, tmp_path: Path) -> Import:
    """Import a Connections.csv with people as `name:company:title`; return the output."""

    def imported(*people: str, options: tuple[str, ...] = ()) -> str:
        rows = [person.split(":") for person in people]
        lines = [f"{name},X,{URL}{name},,{company},{title},\n" for name, company, title in rows]
        path = tmp_path / "Connections.csv"
        path.write_text(HEADER + "".join(lines))
        return netkeep("import", str(path), *options, err=None).out

    return imported


def news(netkeep: Netkeep) -> list[str]:
    """Return the texts of the news on the agenda."""
    nudges = netkeep("due", "--all", "-f", "json", err=None).json
    return [
        reason["text"] for each in nudges for reason in each["reasons"] if reason["kind"] == "news"
    ]


def job(netkeep: Netkeep, name: str = "ada") -> tuple[str | None, str | None]:
    contact = netkeep("show", name, "-f", "json").json
    return contact["company"], contact["title"]


def test_imported_job_change_adds_news_and_keeps_the_old_position(
    netkeep: Netkeep, connections: Import
) -> None:
    connections("Ada:IBM:Engineer", "Bea:IBM:Cook", options=("--keep",))
    assert news(netkeep) == []
    said = connections("Ada:Initech:Principal Engineer")
    assert said.splitlines()[1] == (
        "1 person changed jobs, 1 person is no longer among your LinkedIn connections."
        " To see who: netkeep due. To undo the import: netkeep undo"
    )
    assert ["now Principal Engineer at Initech (LinkedIn)" in each for each in news(netkeep)] == [
        True
    ]
    assert job(netkeep) == ("Initech", "Principal Engineer")
    (worked,) = netkeep("show", "ada", "-f", "json").json["worked"]
    assert (worked["company"], worked["title"]) == ("IBM", "Engineer")
    assert connections("Ada:Initech:Principal Engineer").count("\n") == 1
    assert len(news(netkeep)) == 1


def test_several_job_changes_are_counted(netkeep: Netkeep, connections: Import) -> None:
    people = ["Ada", "Bea", "Cai", "Dan"]
    connections(*(f"{name}:IBM:Cook" for name in people), options=("--keep",))
    assert connections("Ada:Initech:Cook", "Bea:IBM:Chef").splitlines()[1] == (
        "2 changed jobs, 2 are no longer among your LinkedIn connections."
        " To see who: netkeep due. To undo the import: netkeep undo"
    )


def test_undo_of_an_import_also_forgets_the_imported_job(
    netkeep: Netkeep, connections: Import
) -> None:
    connections("Ada:IBM:Engineer", options=("--keep",))
    connections("Ada:Initech:CTO")
    netkeep("undo")
    assert (job(netkeep), news(netkeep)) == (("IBM", "Engineer"), [])
    connections("Ada:Initech:CTO")
    assert (job(netkeep), len(news(netkeep))) == (("Initech", "CTO"), 1)


def test_job_change_of_candidates_and_dropped_people_adds_no_news(
    netkeep: Netkeep, connections: Import
) -> None:
    connections("Ada:IBM:Engineer", "Bea:IBM:Engineer")
    netkeep("drop", "bea")
    connections("Ada:Initech:CTO", "Bea:Initech:CTO")
    netkeep("keep", "ada", "bea")
    assert (job(netkeep), job(netkeep, "bea")) == (("Initech", "CTO"), ("Initech", "CTO"))
    assert news(netkeep) == []


def test_no_news_option_adds_no_news(netkeep: Netkeep, connections: Import) -> None:
    connections("Ada:IBM:Engineer", options=("--keep",))
    said = connections("Ada:Initech:CTO", options=("--no-news",))
    assert said.splitlines()[1] == "1 person changed jobs. To undo the import: netkeep undo"
    assert (job(netkeep), news(netkeep)) == (("Initech", "CTO"), [])
    connections("Ada:Initech:CTO")
    assert news(netkeep) == []


def test_edited_company_is_kept_and_news_is_added_once(
    netkeep: Netkeep, connections: Import
) -> None:
    connections("Ada:Initech:CTO", options=("--keep",))
    netkeep("edit", "ada", "--company", "Big Blue", err=None)
    for _ in range(3):
        connections("Ada:IBM:CTO")
    assert (job(netkeep), len(news(netkeep))) == (("Big Blue", "CTO"), 1)


def test_monthly_imports_report_each_job_change_once(
    netkeep: Netkeep, connections: Import, today: Callable[[str], None]
) -> None:
    months = [
        ("IBM:Engineer", 0),
        ("I.B.M. Corp.:engineer", 0),
        (":", 0),
        ("IBM:Engineer", 0),
        ("Initech:Engineer", 1),
        ("Initech Inc:Senior Engineer", 1),
        ("Initech:Sr. Engineer", 0),
        ("IBM:Engineer", 1),
        ("IBM:Engineer", 0),
        ("IBM:", 0),
        ("IBM:CTO", 1),
        ("ibm:Chief Technology Officer", 0),
    ]
    for month, (position, expected) in enumerate(months, 1):
        today(f"2026-{month:02}-01")
        said = connections(f"Ada:{position}", options=("--keep",))
        assert said.count("changed jobs") == expected, position
    assert job(netkeep) == ("IBM", "CTO")


MONTHS = 12
# The row of each person in Connections.csv from a month on: last name, company, title. "" is none.
AT_THE_SOURCE = {
    "ada": {1: "X:IBM:Engineer", 3: "X:Initech:CTO", 7: "X:IBM:Engineer"},
    "bea": {1: "X:IBM:Sr Engineer", 2: "X:I.B.M. Corp.:Senior engineer", 9: "X:ibm:Sr. Engineer"},
    "cai": {1: "X:IBM:Cook", 5: "Married:IBM:Cook", 9: "Married:IBM:Chef"},
    "dan": {1: "X:IBM:Cook", 6: "X:Initech:Cook"},
    "eve": {1: "X:IBM:Cook", 5: "X:Initech:CTO"},
    "fay": {1: "X:IBM:Cook", 4: "", 7: "X:Initech:Cook"},
    "gil": {1: "X:IBM:Cook", 3: "X::", 5: "X:IBM:Cook", 8: "X:IBM:Chef", 9: "X:IBM:"},
    "hal": {1: "X:IBM:Cook", 4: "X:Initech:Cook", 5: "X:Umbrella:Chef"},
    "ida": {1: "X:IBM:Cook", 6: "X:Initech:Cook"},
    "kim": {1: "X:IBM:Cook", 5: "X:Initech Ltd:CTO"},
}
BY_HAND: dict[int, list[tuple[str, ...]]] = {
    2: [
        ("edit", "dan", "--company", "Big Blue"),
        ("edit", "ida", "--company", "none"),
        ("edit", "bea", "--title", "Senior Engineer"),
    ],
    4: [
        ("edit", "eve", "--company", "Initech", "--title", "CTO"),
        ("news", "kim", "Started at Initech", "--company", "Initech", "--title", "CTO"),
    ],
}
CHANGED = {
    3: ["ada: now CTO at Initech"],
    4: ["hal: now Cook at Initech"],
    5: ["hal: now Chef at Umbrella"],
    6: ["dan: now Cook at Initech", "ida: now Cook at Initech"],
    7: ["ada: now Engineer at IBM", "fay: now Cook at Initech"],
    8: ["gil: now Chef at IBM"],
    9: ["cai: now Chef at IBM"],
}
AT_THE_END = {
    "ada": ("IBM", "Engineer"),
    "bea": ("IBM", "Senior Engineer"),
    "cai": ("IBM", "Chef"),
    "dan": ("Big Blue", "Cook"),
    "eve": ("Initech", "CTO"),
    "fay": ("Initech", "Cook"),
    "gil": ("IBM", "Chef"),
    "hal": ("Umbrella", "Chef"),
    "ida": ("Initech", "Cook"),
    "kim": ("Initech", "CTO"),
}


def test_a_year_of_renames_returns_and_edits_by_hand(
    netkeep: Netkeep, tmp_path: Path, today: Callable[[str], None]
) -> None:
    path = tmp_path / "Connections.csv"
    rows: dict[str, str] = {}
    for month in range(1, MONTHS + 1):
        today(f"2026-{month:02}-01")
        rows |= {who: said[month] for who, said in AT_THE_SOURCE.items() if month in said}
        lines = []
        for who, row in rows.items():
            if row:
                last_name, company, title = row.split(":")
                lines.append(f"{who},{last_name},{URL}{who},,{company},{title},\n")
        path.write_text(HEADER + "".join(lines))
        report = netkeep("import", str(path), "--keep", "-f", "json", err=None).json
        found = sorted(
            re.sub(r" X \(#\d+\)| \(LinkedIn\)", "", each) for each in report["job_changes"]
        )
        assert found == CHANGED.get(month, []), month
        assert report["gone"] == (month == 4)
        for command in BY_HAND.get(month, []):
            netkeep(*command, err=None)
    assert {who: job(netkeep, who) for who in AT_THE_SOURCE} == AT_THE_END
    occasions = netkeep("export").json["occasions"]
    news = [each["text"] for each in occasions if each["kind"] == "news"]
    assert len(news) == sum(map(len, CHANGED.values())) + 1  # the one by hand
