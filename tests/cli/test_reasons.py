"""Dated reasons on the agenda: birthdays, several at once, looking ahead, and today's share."""

from collections.abc import Callable

import pytest

from tests.conftest import Netkeep

Today = Callable[[str], None]


def reasons(netkeep: Netkeep, *options: str) -> dict[str, list[str]]:
    return {
        nudge["name"]: [reason["text"] for reason in nudge["reasons"]]
        for nudge in netkeep("due", *options, "-f", "json").json
    }


@pytest.mark.parametrize(
    ("birthday", "day", "text"),
    [
        ("1990-12-10", "2026-12-08", None),
        ("1990-12-10", "2026-12-09", "turns 36 tomorrow"),
        ("1990-12-10", "2026-12-10", "turns 36 today"),
        ("1990-12-10", "2026-12-13", "turned 36 3 days ago"),
        ("1990-12-10", "2026-12-14", None),
        ("10 dec", "2026-12-10", "birthday today"),
        ("10 dec", "2026-12-11", "birthday yesterday"),
        ("31 dec", "2027-01-03", "birthday 3 days ago"),
        ("1 jan", "2026-12-31", "birthday tomorrow"),
        ("29 feb", "2027-02-27", "birthday tomorrow"),
        ("29 feb", "2027-02-28", "birthday today"),
        ("29 feb", "2027-03-03", "birthday 3 days ago"),
        ("29 feb", "2027-03-04", None),
        ("29 feb", "2028-02-27", None),
        ("2000-02-29", "2028-02-28", "turns 28 tomorrow"),
        ("29 feb", "2028-03-03", "birthday 3 days ago"),
    ],
)
def test_birthday_is_on_the_agenda_from_a_day_before_to_three_days_after(
    netkeep: Netkeep, today: Today, birthday: str, day: str, text: str | None
) -> None:
    netkeep("add", "Ada", "-e", "none", "--birthday", birthday)
    today(day)
    assert reasons(netkeep) == ({"Ada": [text]} if text else {})


def test_touchpoint_settles_a_birthday_and_snooze_does_not_hide_it(
    netkeep: Netkeep, today: Today
) -> None:
    netkeep("add", "Ada", "-e", "2w", "--birthday", "10 dec", "--last", "2026-11-20")
    netkeep("snooze", "ada", "2m")
    today("2026-12-09")
    assert reasons(netkeep) == {"Ada": ["birthday tomorrow"]}
    netkeep("log", "ada")
    today("2026-12-10")
    assert reasons(netkeep) == {}


def test_contact_has_one_nudge_with_all_reasons_by_end_of_window(
    netkeep: Netkeep, today: Today
) -> None:
    netkeep("add", "Ada", "-e", "1m", "--last", "2026-10-20", "--birthday", "24 nov")
    netkeep("add", "Bea", "-e", "1m", "--last", "2026-01-01")
    netkeep("news", "ada", "Promoted")
    netkeep("visit", "ada", "--from", "2026-11-25", "--to", "2026-11-29")
    netkeep("promise", "ada", "call back", "--by", "today")
    netkeep("round", "add", "now", "--from", "11-01", "--to", "11-30")
    said = reasons(netkeep)
    assert list(said) == ["Ada", "Bea"]
    assert said["Ada"] == [
        "promise #3: call back, due today",
        "birthday tomorrow",
        "in town from Wed 25 Nov to Sun 29 Nov",
        "now round until Mon 30 Nov",
        "Promoted, today",
        "3 days late, every month",
    ]
    line = netkeep("due").out.splitlines()[0].split("\t")
    assert line[5] == "; ".join(said["Ada"])


def test_snooze_hides_news_promises_and_rounds_until_it_ends(
    netkeep: Netkeep, today: Today
) -> None:
    netkeep("add", "Ada", "-e", "none")
    netkeep("snooze", "ada", "1w")
    netkeep("news", "ada", "Promoted")
    netkeep("promise", "ada", "call back", "--by", "today")
    netkeep("round", "add", "now", "--from", "11-01", "--to", "11-30")
    assert reasons(netkeep) == {}
    today("2026-11-30")
    assert len(reasons(netkeep)["Ada"]) == 3


def test_by_shows_reasons_that_open_by_then_as_soon(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-e", "none", "--birthday", "10 dec")
    netkeep("promise", "ada", "call back", "--by", "in 1 week")
    netkeep("round", "add", "--preset", "holidays")
    assert reasons(netkeep, "--by", "2026-11-29") == {}
    assert reasons(netkeep, "--by", "2026-12-09") == {
        "Ada": [
            "promise #1: call back, due in 7 days",
            "birthday in 17 days",
            "holidays round from Tue 1 Dec to Thu 24 Dec",
        ]
    }
    assert netkeep("due", "--by", "2026-12-09", "-f", "json").json[0]["state"] == "soon"
    assert netkeep("due", "--by", "2999-12-31", "--count").out == "1\n"


@pytest.mark.parametrize("by", ["2027-02-28", "2027-03-01", "2028-02-29", "2029-12-31"])
def test_by_a_distant_day_shows_birthdays(netkeep: Netkeep, by: str) -> None:
    for birthday in ("29 feb", "28 feb", "1 jan", "31 dec", "23 nov"):
        netkeep("add", f"Born {birthday}", "-e", "none", "--birthday", birthday)
    assert len(reasons(netkeep, "--by", by)) == 5


def test_todays_list_has_all_dated_reasons_and_ten_others(netkeep: Netkeep) -> None:
    for number in range(12):
        netkeep("add", f"Person {number:02}", "-e", "1m", "--last", "2026-10-20")
        netkeep("add", f"News {number:02}", "-e", "none")
        netkeep("news", f"news {number:02}", "Promoted")
    said = netkeep("due", "-f", "table", err=None)
    assert (said.out.count("Promoted"), said.out.count("Person")) == (12, 10)
    assert said.err == "2 more: netkeep due --all\n"
    netkeep("log", "person 00")
    assert netkeep("due", "-f", "table", err=None).out.count("Person") == 9


def test_table_has_one_line_per_promise_and_one_per_round(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-e", "1m", "--last", "2026-10-20")
    netkeep("round", "add", "autumn", "--from", "11-01", "--to", "11-30")
    netkeep("promise", "ada", "call back", "--by", "today")
    netkeep("promise", "ada", "send it", "--by", "today")
    assert netkeep("due", "-f", "table").out.splitlines()[2:] == [
        " 1  Ada   due    promise #1: call back, due today",
        "                 promise #2: send it, due today",
        "                 autumn round; 3 days late",
    ]


def test_footer_counts_what_is_not_on_todays_list(netkeep: Netkeep) -> None:
    for number in range(12):
        netkeep("add", f"Person {number:02}", "-e", "none", "-k", "client")
    netkeep("round", "add", "autumn", "--from", "11-01", "--to", "11-30")
    more = "autumn round: 10 more by 30 Nov · netkeep due --all\n"
    assert netkeep("due", "-f", "table", err=more).out.count("Person") == 2
    assert len(netkeep("due", "-f", "json").json) == 2
    assert len(netkeep("due", "--all", "-f", "json").json) == 12
    netkeep("add", "Ada", "-e", "1m", "--last", "2026-10-20")
    netkeep("log", "1", "2")
    assert netkeep("due", "-k", "client", "--check").out == ""
    none = f"None of them are on today's list. {more}"
    assert netkeep("due", "-k", "client", "-f", "table", err=none).out == ""
    assert netkeep("prompt").out == "1 due\n"
    netkeep("log", "ada")
    done = f"Today's list is done. {more}"
    assert netkeep("due", "-f", "table", err=done).out == ""
    assert netkeep("brief", err=done).out == ""
    assert netkeep("prompt").out == ""


@pytest.mark.parametrize(
    ("command", "day"),
    [
        (["promise", "ada", "x", "--by", "2026-12-05"], "5 Dec 2026"),
        (["visit", "ada", "--from", "2026-12-05", "--to", "2026-12-06"], "28 Nov 2026"),
        (["edit", "ada", "--birthday", "3 mar"], "2 Mar 2027"),
        (["round", "add", "--preset", "holidays"], "1 Dec 2026"),
        (["edit", "ada", "-e", "1m"], "23 Dec 2026"),
        (["edit", "ada", "-e", "10y"], "23 Nov 2036"),
    ],
)
def test_empty_list_says_when_the_next_reason_of_any_kind_begins(
    netkeep: Netkeep, command: list[str], day: str
) -> None:
    netkeep("add", "Ada", "-e", "none", "--last", "today")
    assert netkeep("due", "-f", "table").out == ""
    netkeep(*command)
    said = f"No one is due. The next person is due on {day}.\n"
    assert netkeep("due", "-f", "table", err=said).out == ""


def test_birthday_and_round_settled_this_year_return_next_year(
    netkeep: Netkeep, today: Today
) -> None:
    netkeep("add", "Ada", "-e", "none", "--birthday", "2 dec")
    netkeep("round", "add", "--preset", "holidays")
    today("2026-12-02")
    netkeep("log", "ada")
    assert reasons(netkeep, "--by", "2027-11-30") == {}
    assert reasons(netkeep, "--by", "2027-12-01") == {
        "Ada": ["birthday in 365 days", "holidays round from Wed 1 Dec 2027 to Fri 24 Dec 2027"]
    }
    said = "No one is due. The next person is due on 1 Dec 2027.\n"
    assert netkeep("due", "-f", "table", err=said).out == ""


def test_due_brief_and_show_have_the_same_reasons(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-e", "1m", "--last", "2026-10-20", "--birthday", "24 nov")
    netkeep("news", "ada", "Promoted")
    (nudge,) = netkeep("due", "-f", "json").json
    page = netkeep("brief", "ada", "-f", "json").json
    assert (page["state"], page["reasons"]) == (nudge["state"], nudge["reasons"])
    card = netkeep("show", "ada", "-f", "table").out
    assert all(reason["text"] in card for reason in nudge["reasons"])
