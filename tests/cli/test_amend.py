"""timeline and amend: list and correct touchpoints."""

from pathlib import Path

import pytest

from tests.conftest import Fails, Netkeep


@pytest.fixture(autouse=True)
def history(netkeep: Netkeep) -> None:
    netkeep("add", "Ada Lovelace", "-e", "1m")
    netkeep("add", "Grace Hopper", "-e", "1m")
    netkeep("log", "ada", "--on", "2026-11-01", "-c", "call", "-n", "Spoke about\ncompilers")
    netkeep("log", "ada", "grace", "--on", "2026-11-10", "-c", "meal", "-p", "give")
    netkeep("log", "ada", "--on", "2026-10-05", "-c", "email", "--in")


def ids(netkeep: Netkeep, *arguments: str) -> list[int]:
    return [touchpoint["id"] for touchpoint in netkeep("timeline", *arguments, "-f", "json").json]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], [3, 2, 1, 4]),
        (["ada"], [2, 1, 4]),
        (["--since", "2026-11-01"], [3, 2, 1]),
        (["--since", "3 weeks ago", "--until", "yesterday"], [3, 2]),
        (["--until", "2026-11-01"], [1, 4]),
        (["-c", "meal"], [3, 2]),
        (["-p", "give", "grace"], [3]),
        (["--limit", "2"], [3, 2]),
        (["--since", "today"], []),
    ],
)
def test_timeline_is_newest_first_and_filtered(
    netkeep: Netkeep, options: list[str], expected: list[int]
) -> None:
    assert ids(netkeep, *options) == expected


def test_timeline_prints_a_table(netkeep: Netkeep) -> None:
    assert netkeep("timeline", "ada", "-f", "table").out.splitlines() == [
        "id  day         name          channel          purpose   note",
        "─" * 68,
        " 2  2026-11-10  Ada Lovelace  meal             give",
        " 1  2026-11-01  Ada Lovelace  call             catch-up  Spoke about",
        "                                                         compilers",
        " 4  2026-10-05  Ada Lovelace  email from them  catch-up",
    ]


def test_tsv_has_one_line_per_touchpoint(netkeep: Netkeep) -> None:
    line = netkeep("timeline", "ada", "-c", "call").out
    assert line.startswith(
        "1\t2026-11-01\t1\tAda Lovelace\tcall\tcatch-up\tout\tSpoke about\\ncompilers\t"
    )
    assert line.count("\n") == 1


def test_amend_changes_a_touchpoint_and_prints_the_due_date(netkeep: Netkeep) -> None:
    said = netkeep(
        "amend", "2", "--on", "2026-11-20", "-c", "call", "-p", "ask", "-n", "Oh", "--in"
    )
    assert said.out == (
        "Amended touchpoint #2: a call from Ada Lovelace on 2026-11-20. Next: 20 Dec 2026.\n"
    )
    touchpoint = netkeep("amend", "#2", "-n", "none", "--out", "-f", "json").json
    assert (touchpoint["note"], touchpoint["direction"]) == (None, "out")


def test_latest_touchpoint_moved_back_leaves_the_one_before_as_latest(netkeep: Netkeep) -> None:
    netkeep("amend", "2", "--on", "2026-09-01")
    assert netkeep("show", "ada", "-f", "json").json["last_touch_on"] == "2026-11-01"


def test_deleting_the_latest_touchpoint_leaves_the_one_before_as_latest(netkeep: Netkeep) -> None:
    assert netkeep("amend", "2", "--delete").out == (
        "Deleted touchpoint #2: a meal with Ada Lovelace on 2026-11-10. Next: 1 Dec 2026.\n"
    )
    netkeep("amend", "3", "--delete")
    contact = netkeep("show", "grace", "-f", "json").json
    assert (contact["last_touch_on"], contact["due_on"]) == (None, "2026-11-25")
    assert ids(netkeep) == [1, 4]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["9", "--delete"], 3),
        (["99999999999999999999", "-c", "call"], 3),
        (["0", "-c", "call"], 3),
        (["ada", "-c", "call"], 2),
        (["1"], 2),
        (["1", "--delete", "-c", "call"], 2),
        (["1", "--on", "tomorrow"], 2),
        (["1", "-n", ""], 2),
        (["1", "--with", "nobody"], 3),
        (["1", "--with", "grace", "--delete"], 2),
        (["9", "--with", "grace"], 3),
    ],
)
def test_invalid_input_changes_nothing(
    netkeep: Netkeep, fails: Fails, arguments: list[str], code: int
) -> None:
    before = netkeep("timeline", "-f", "json").out
    fails("amend", *arguments, code=code)
    assert netkeep("timeline", "-f", "json").out == before


def test_amend_without_a_database_creates_none(fails: Fails, tmp_path: Path) -> None:
    fails("--db", str(tmp_path / "new" / "x.db"), "amend", "5", "--delete", code=3)
    assert not (tmp_path / "new").exists()


def test_unknown_id_is_reported(fails: Fails) -> None:
    assert fails("amend", "99", "--delete", code=3) == (
        "netkeep: there is no touchpoint 99\n  list touchpoints with their ids: netkeep timeline\n"
    )


def test_touchpoint_is_moved_to_another_contact(netkeep: Netkeep) -> None:
    before = netkeep("export", "-").out
    assert netkeep("amend", "2", "--with", "grace", "-c", "call", "--on", "2026-11-20").out == (
        "Amended touchpoint #2: a call with Grace Hopper on 2026-11-20. Next: 20 Dec 2026.\n"
        "Moved from Ada Lovelace (#1). Next: 1 Dec 2026.\n"
    )
    days = [netkeep("show", who, "-f", "json").json["last_touch_on"] for who in ("ada", "grace")]
    assert days == ["2026-11-01", "2026-11-20"]
    assert netkeep("doctor").out == "No problems found.\n"
    netkeep("undo")
    assert netkeep("export", "-").out == before


def test_note_of_a_moved_touchpoint_is_found_with_the_new_contact(netkeep: Netkeep) -> None:
    netkeep("amend", "1", "--with", "grace")
    assert netkeep("find", "compilers", "-f", "json").names == ["Grace Hopper"]


def test_thank_you_moves_with_its_ask(netkeep: Netkeep) -> None:
    netkeep("log", "ada", "-p", "ask")
    before = netkeep("export", "-").out
    assert netkeep("amend", "5", "--with", "grace").out == (
        "Amended touchpoint #5: a touchpoint with Grace Hopper on 2026-11-23. Next: 23 Dec 2026.\n"
        "Moved from Ada Lovelace (#1). Next: 10 Dec 2026.\n"
        "Promised to Grace Hopper, by 2026-11-26 (#2): thank Grace Hopper."
        " When it is done: netkeep done 2\n"
        "Removed the promise: thank Ada Lovelace (#1).\n"
    )
    netkeep("undo")
    assert netkeep("export", "-").out == before


def test_moving_a_touchpoint_reopens_what_it_settled(netkeep: Netkeep) -> None:
    netkeep("promise", "ada", "send the paper", "--by", "tomorrow")
    netkeep("log", "ada", "--done")
    assert "Reopened: send the paper (#1)" in netkeep("amend", "5", "--with", "grace").out
    netkeep("log", "ada", "-p", "ask", "--on", "2026-11-22")
    netkeep("log", "ada", "-p", "thank")
    assert "Reopened: thank Ada Lovelace (#2)" in netkeep("amend", "7", "--with", "2").out


def test_moved_touchpoint_ends_a_snooze(netkeep: Netkeep) -> None:
    netkeep("snooze", "grace", "1y")
    assert netkeep("amend", "4", "--with", "grace").out.count("until") == 0
    assert netkeep("show", "grace", "-f", "json").json["snoozed_until"] == "2027-11-23"
    netkeep("amend", "2", "--with", "grace")
    assert netkeep("show", "grace", "-f", "json").json["snoozed_until"] is None


def test_touchpoint_can_be_moved_to_its_own_contact(netkeep: Netkeep) -> None:
    before = netkeep("timeline").out
    assert netkeep("amend", "2", "--with", "ada").out.count("\n") == 1
    assert ids(netkeep) == [3, 2, 1, 4]
    assert len(netkeep("timeline").out) == len(before)
