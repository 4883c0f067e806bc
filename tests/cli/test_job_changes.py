"""import: a changed job becomes news once."""

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
        "1 changed jobs, 1 left LinkedIn or your connections: netkeep due, netkeep undo"
    )
    assert ["now Principal Engineer at Initech (LinkedIn)" in each for each in news(netkeep)] == [
        True
    ]
    assert job(netkeep) == ("Initech", "Principal Engineer")
    (worked,) = netkeep("show", "ada", "-f", "json").json["worked"]
    assert (worked["company"], worked["title"]) == ("IBM", "Engineer")
    assert connections("Ada:Initech:Principal Engineer").count("\n") == 1
    assert len(news(netkeep)) == 1


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
    connections("Ada:Initech:CTO", options=("--no-news",))
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
