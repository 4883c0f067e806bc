"""visit: their visits to a city, and your trips."""

from collections.abc import Callable

import pytest

from tests.conftest import Fails, Netkeep

Today = Callable[[str], None]
STAY = ("--from", "2026-12-01", "--to", "2026-12-04")


@pytest.fixture(autouse=True)
def people(netkeep: Netkeep) -> None:
    for name, city in (("Ada Lovelace", "London"), ("Grace Hopper", "Boston"), ("Alan", "london")):
        netkeep("add", name, "--city", city, "--last", "2026-11-01")
    netkeep("add", "Bertrand", "--city", "London Ontario", "--last", "2026-11-01")
    netkeep("add", "Charles", "--city", "London", "--candidate")


def texts(netkeep: Netkeep) -> list[str]:
    return [
        reason["text"] for nudge in netkeep("due", "-f", "json").json for reason in nudge["reasons"]
    ]


def test_visit_is_on_the_agenda_from_a_week_before_until_the_departure(
    netkeep: Netkeep, today: Today
) -> None:
    assert netkeep("visit", "grace", *STAY, "--city", "Paris").out == (
        "Noted a visit of Grace Hopper to Paris, 2026-12-01 to 2026-12-04 (#1)."
        " On the agenda from 24 Nov 2026.\n"
    )
    assert texts(netkeep) == []
    today("2026-11-24")
    assert texts(netkeep) == ["in Paris from Tue 1 Dec to Fri 4 Dec"]
    today("2026-12-01")
    assert texts(netkeep) == ["in Paris until Fri 4 Dec"]
    today("2026-12-04")
    assert texts(netkeep) == ["in Paris until Fri 4 Dec"]
    today("2026-12-05")
    assert texts(netkeep) == []


def test_touchpoint_settles_an_open_visit(netkeep: Netkeep, today: Today) -> None:
    netkeep("visit", "grace", *STAY)
    netkeep("log", "grace")
    today("2026-11-25")
    assert texts(netkeep) == ["in town from Tue 1 Dec to Fri 4 Dec"]
    netkeep("log", "grace")
    assert texts(netkeep) == []


def test_touchpoint_before_the_visit_was_noted_does_not_settle_it(
    netkeep: Netkeep, today: Today
) -> None:
    today("2026-11-27")
    netkeep("log", "grace", "-c", "call", "-n", "She is in town next week")
    assert netkeep("visit", "grace", *STAY).out.endswith("On the agenda from 28 Nov 2026.\n")
    today("2026-11-28")
    assert texts(netkeep) == ["in town from Tue 1 Dec to Fri 4 Dec"]


def test_visit_that_ends_on_the_day_of_a_touchpoint_is_not_on_the_agenda(netkeep: Netkeep) -> None:
    netkeep("log", "grace")
    assert netkeep("visit", "grace", "--from", "today", "--to", "today").out.endswith(
        "Not on the agenda: you were in touch on 2026-11-23.\n"
    )
    assert texts(netkeep) == []


def test_several_people_can_visit(netkeep: Netkeep) -> None:
    netkeep("visit", "grace", "ada", "--from", "today", "--to", "tomorrow")
    assert netkeep("due", "-f", "json").names == ["Ada Lovelace", "Grace Hopper"]
    assert texts(netkeep) == ["in town until Tue 24 Nov"] * 2


def test_visit_of_one_day_shows_that_day(netkeep: Netkeep) -> None:
    netkeep("visit", "grace", "--from", "tomorrow", "--to", "tomorrow")
    assert texts(netkeep) == ["in town on Tue 24 Nov"]


def test_visit_without_an_end_is_one_day(netkeep: Netkeep) -> None:
    assert netkeep("visit", "grace", "--from", "2d").out == (
        "Noted a visit of Grace Hopper, 2026-11-25 (#1). On the agenda until 25 Nov 2026.\n"
    )


def test_trip_is_a_visit_to_every_active_contact_of_the_city(
    netkeep: Netkeep, today: Today
) -> None:
    assert netkeep("visit", "--trip", "LONDON", *STAY).out == (
        "Noted your visit to Ada Lovelace in London, 2026-12-01 to 2026-12-04 (#1)."
        " On the agenda from 24 Nov 2026.\n"
        "Noted your visit to Alan in London, 2026-12-01 to 2026-12-04 (#2)."
        " On the agenda from 24 Nov 2026.\n"
    )
    today("2026-12-02")
    assert netkeep("due", "-f", "json").names == ["Ada Lovelace", "Alan"]
    assert texts(netkeep) == ["you are in London until Fri 4 Dec"] * 2


def test_same_visit_is_noted_once(netkeep: Netkeep) -> None:
    netkeep("visit", "grace", *STAY)
    again = netkeep(
        *("visit", "grace", "ada", *STAY),
        err="Grace Hopper: this visit exists already (#1)\n",
    )
    assert again.out.startswith("Noted a visit of Ada Lovelace, ")
    assert again.out.count("\n") == 1


def test_visit_is_shown_despite_a_snooze(netkeep: Netkeep) -> None:
    netkeep("snooze", "grace", "1y")
    netkeep("visit", "grace", "--from", "today", "--to", "tomorrow")
    assert netkeep("due", "-f", "json").names == ["Grace Hopper"]


def test_done_settles_a_visit(netkeep: Netkeep) -> None:
    netkeep("visit", "grace", "--from", "today", "--to", "tomorrow", "--city", "Rome")
    assert netkeep("done", "1").out == "Off the agenda: a visit of Grace Hopper to Rome (#1).\n"
    assert texts(netkeep) == []


@pytest.mark.parametrize(
    ("arrives", "leaves", "days"),
    [
        ("mon", "fri", "2026-11-30 to 2026-12-04"),
        ("fri", "fri", "2026-11-27"),
        ("30 nov", "sun", "2026-11-30 to 2026-12-06"),
        ("2028-12-28", "2 jan", "2028-12-28 to 2029-01-02"),
        ("2026-11-20", "wed", "2026-11-20 to 2026-11-25"),
        ("tomorrow", "in 2 weeks", "2026-11-24 to 2026-12-07"),
    ],
)
def test_end_without_a_year_is_the_first_such_day_after_the_arrival(
    netkeep: Netkeep, arrives: str, leaves: str, days: str
) -> None:
    said = netkeep("visit", "grace", "--from", arrives, "--to", leaves).out
    assert said.startswith(f"Noted a visit of Grace Hopper, {days} (#1).")


def test_brief_shows_future_visits(netkeep: Netkeep) -> None:
    netkeep("visit", "grace", "--from", "2027-03-01", "--to", "2027-03-05", "--city", "Oslo")
    assert (
        "visits  #1 in Oslo, 2027-03-01 to 2027-03-05"
        in netkeep(*("brief", "grace", "-f", "table")).out
    )
    netkeep("done", "1")
    assert netkeep("brief", "grace", "-f", "json").json["visits"] == []


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (
            ["grace", "--from", "2026-12-04", "--to", "2026-12-01"],
            2,
            "a visit cannot end before it begins: 2026-12-01 is before 2026-12-04",
        ),
        (
            ["grace", "--from", "2026-11-01", "--to", "2026-11-22"],
            2,
            "the end of a visit cannot be in the past: 2026-11-22 is before today, 2026-11-23",
        ),
        (["grace", "--from", "2026-02-30", "--to", "2026-12-01"], 2, 'no such day as "2026-02-30"'),
        (["grace", "--to", "today"], 2, "missing option '--from'"),
        (["grace", "--from", "2026-11-01"], 2, "the end of a visit cannot be in the past"),
        (["grace", "--from", "fri", "--to", "3d"], 2, '"3d" is not a day'),
        ([*STAY], 2, "name people who visit, or use --trip CITY"),
        (["grace", "--trip", "Rome", *STAY], 2, "name people who visit, or use --trip CITY"),
        (["--trip", "London", "--city", "Rome", *STAY], 2, "--city and --trip cannot"),
        (["--trip", "Paris", *STAY], 1, 'no active contact has the city "Paris"'),
        (["--trip", "Lon", *STAY], 1, 'no active contact has the city "Lon"'),
        (["--trip", "?!", *STAY], 2, '--trip "?!" has no letter or digit'),
        (["--trip", "", *STAY], 2, "the city is empty"),
        (["grace", "--city", "", *STAY], 2, "the city is empty"),
        (["nobody", *STAY], 3, 'no contact matches "nobody"'),
    ],
)
def test_invalid_input_is_refused_and_not_saved(
    netkeep: Netkeep, fails: Fails, arguments: list[str], code: int, sentence: str
) -> None:
    assert sentence in fails("visit", *arguments, code=code)
    assert netkeep("due", "--by", "2026-12-31", "-f", "json").json == []
