"""import: someone whose job changed at the source is news, once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Netkeep

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
URL = "https://www.linkedin.com/in/"

Import = Callable[..., str]


@pytest.fixture
def connections(netkeep: Netkeep, tmp_path: Path) -> Import:
    """Import a Connections.csv of `name company title` each; return what it said."""

    def imported(*people: str, options: tuple[str, ...] = ()) -> str:
        rows = [person.split(":") for person in people]
        lines = [f"{name},X,{URL}{name},,{company},{title},\n" for name, company, title in rows]
        path = tmp_path / "Connections.csv"
        path.write_text(HEADER + "".join(lines))
        return netkeep("import", str(path), *options, err=None).out

    return imported


def news(netkeep: Netkeep) -> list[str]:
    """The reasons on the agenda that are news."""
    nudges = netkeep("due", "--all", "-f", "json", err=None).json
    return [
        reason["text"] for each in nudges for reason in each["reasons"] if reason["kind"] == "news"
    ]


def job(netkeep: Netkeep, name: str = "ada") -> tuple[str | None, str | None]:
    contact = netkeep("show", name, "-f", "json").json
    return contact["company"], contact["title"]


def test_a_job_change_is_news_and_the_old_position_is_kept(
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


def test_undo_takes_back_the_news_and_what_was_remembered(
    netkeep: Netkeep, connections: Import
) -> None:
    connections("Ada:IBM:Engineer", options=("--keep",))
    connections("Ada:Initech:CTO")
    netkeep("undo")
    assert (job(netkeep), news(netkeep)) == (("IBM", "Engineer"), [])
    connections("Ada:Initech:CTO")
    assert (job(netkeep), len(news(netkeep))) == (("Initech", "CTO"), 1)


def test_of_candidates_and_dropped_people_only_the_fields_follow(
    netkeep: Netkeep, connections: Import
) -> None:
    connections("Ada:IBM:Engineer", "Bea:IBM:Engineer")
    netkeep("drop", "bea")
    connections("Ada:Initech:CTO", "Bea:Initech:CTO")
    netkeep("keep", "ada", "bea")
    assert (job(netkeep), job(netkeep, "bea")) == (("Initech", "CTO"), ("Initech", "CTO"))
    assert news(netkeep) == []


def test_news_can_be_left_out(netkeep: Netkeep, connections: Import) -> None:
    connections("Ada:IBM:Engineer", options=("--keep",))
    connections("Ada:Initech:CTO", options=("--no-news",))
    assert (job(netkeep), news(netkeep)) == (("Initech", "CTO"), [])
    connections("Ada:Initech:CTO")
    assert news(netkeep) == []


def test_a_value_of_your_own_stays_and_is_news_once(netkeep: Netkeep, connections: Import) -> None:
    connections("Ada:Initech:CTO", options=("--keep",))
    netkeep("edit", "ada", "--company", "Big Blue", err=None)
    for _ in range(3):
        connections("Ada:IBM:CTO")
    assert (job(netkeep), len(news(netkeep))) == (("Big Blue", "CTO"), 1)


def test_a_year_of_monthly_imports_makes_each_change_news_once(
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
