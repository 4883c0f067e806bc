"""snooze: the forms of its end, and who can be snoozed."""

from collections.abc import Callable

import pytest

from tests.conftest import Fails, Netkeep


@pytest.fixture(autouse=True)
def people(netkeep: Netkeep) -> None:
    netkeep("add", "Ada Lovelace", "-e", "1m", "--last", "2026-10-01")
    netkeep("add", "Grace Hopper", "-e", "1m", "--last", "2026-10-01")


@pytest.mark.parametrize(
    ("until", "day"),
    [
        ("2w", "2026-12-07"),
        ("1 month", "2026-12-23"),
        ("tomorrow", "2026-11-24"),
        ("monday", "2026-11-30"),
        ("1 jan", "2027-01-01"),
        ("in 3 days", "2026-11-26"),
        ("2027-02-28", "2027-02-28"),
    ],
)
def test_snooze_takes_a_length_or_a_day(netkeep: Netkeep, until: str, day: str) -> None:
    assert netkeep("snooze", "ada", until).out.startswith(
        f"Snoozed Ada Lovelace (#1) until {day}. Next: "
    )
    assert netkeep("due", "-f", "json").names == ["Grace Hopper"]


@pytest.mark.parametrize("person", ["ada", "1", "#1"])
def test_person_without_a_length_is_snoozed_for_two_weeks(netkeep: Netkeep, person: str) -> None:
    assert netkeep("snooze", person).out == (
        "Snoozed Ada Lovelace (#1) for 2 weeks, until 2026-12-07. Next: 7 Dec 2026.\n"
    )


def test_unknown_person_without_a_length_is_refused(fails: Fails) -> None:
    fails("snooze", "2wx", code=3)


def test_none_ends_the_snooze(netkeep: Netkeep) -> None:
    netkeep("snooze", "ada", "1y")
    assert netkeep("snooze", "ada", "none").out == (
        "Ada Lovelace (#1) is no longer snoozed. Due since 1 Nov 2026.\n"
    )


def snoozes(netkeep: Netkeep) -> int:
    return int(netkeep("show", "ada", "-f", "json").json["snoozes"])


def test_snoozes_in_a_row_are_counted(netkeep: Netkeep, today: Callable[[str], None]) -> None:
    netkeep("snooze", "ada", "1d")
    today("2026-12-07")
    netkeep("snooze", "ada", "1w")
    assert snoozes(netkeep) == 2
    netkeep("undo")
    assert snoozes(netkeep) == 1


@pytest.mark.parametrize(
    ("command", "counted"),
    [
        ("log ada", 0),
        ("log ada --on 2026-09-01", 2),
        ("snooze ada none", 0),
        ("drop ada", 0),
        ("edit ada -e 1y", 2),
        ("log grace", 2),
    ],
)
def test_touchpoint_resets_the_count(netkeep: Netkeep, command: str, counted: int) -> None:
    netkeep("snooze", "ada", "1w")
    netkeep("snooze", "ada", "2w")
    netkeep(*command.split())
    assert snoozes(netkeep) == counted


def test_third_snooze_in_a_row_suggests_a_longer_cadence(netkeep: Netkeep) -> None:
    said = [netkeep("snooze", "ada", "2w").out for _ in range(3)]
    assert said[0] == said[1] == "Snoozed Ada Lovelace (#1) until 2026-12-07. Next: 7 Dec 2026.\n"
    assert said[2] == (
        "Snoozed Ada Lovelace (#1) until 2026-12-07. Next: 7 Dec 2026."
        " Snoozed 3 times in a row; for a longer cadence: netkeep edit 1 -e 2m\n"
    )
    netkeep("edit", "1", "-e", "2m")


def test_several_people_are_snoozed_together(netkeep: Netkeep) -> None:
    assert netkeep("snooze", "ada", "grace", "2w").out == (
        "Snoozed Ada Lovelace (#1) until 2026-12-07. Next: 7 Dec 2026.\n"
        "Snoozed Grace Hopper (#2) until 2026-12-07. Next: 7 Dec 2026.\n"
    )


def test_snoozed_contact_is_due_on_the_day_it_ends(
    netkeep: Netkeep, today: Callable[[str], None]
) -> None:
    netkeep("snooze", "ada", "2w")
    today("2026-12-07")
    nudge = netkeep("due", "-f", "json").json[1]
    assert (nudge["name"], nudge["state"], nudge["days_late"]) == ("Ada Lovelace", "due", 0)


def test_snooze_before_the_due_date_does_not_change_it(netkeep: Netkeep) -> None:
    netkeep("log", "ada")
    assert netkeep("snooze", "ada", "1w").out == (
        "Snoozed Ada Lovelace (#1) until 2026-11-30. Next: 23 Dec 2026.\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["ada", "today"],
        ["ada", "yesterday"],
        ["ada", "0d"],
        ["ada", "11y"],
        ["ada", "later"],
        ["ada", "3000-01-01"],
        ["2w"],
        ["tomorrow"],
        ["none"],
        [],
    ],
)
def test_invalid_values_are_refused(netkeep: Netkeep, fails: Fails, arguments: list[str]) -> None:
    fails("snooze", *arguments, code=2)
    assert len(netkeep("due", "-f", "json").json) == 2


def test_dropped_contact_cannot_be_snoozed(netkeep: Netkeep, fails: Fails) -> None:
    netkeep("drop", "grace")
    assert fails("snooze", "ada", "grace", "2w", code=1) == (
        "netkeep: Grace Hopper is dropped; only active people can be on the agenda\n"
        "  to make them active: netkeep keep 2\n"
    )
    assert netkeep("due", "-f", "json").names == ["Ada Lovelace"]


def test_a_length_of_several_words_needs_no_quotes(netkeep: Netkeep) -> None:
    netkeep("add", "Bea")
    assert "until 2026-12-07" in netkeep("snooze", "bea", "2", "weeks").out
    assert "until 2026-12-14" in netkeep("snooze", "bea", "in", "3", "weeks").out
