"""promise and done, the promises of log, and the thank-yous that asks create."""

from collections.abc import Callable

import pytest

from tests.conftest import Configure, Fails, Netkeep

Today = Callable[[str], None]


@pytest.fixture(autouse=True)
def people(netkeep: Netkeep) -> None:
    netkeep("add", "Ada Lovelace", "--last", "2026-11-01")
    netkeep("add", "Alan Turing", "--last", "2026-11-01")


def promises(netkeep: Netkeep, person: str = "ada") -> list[tuple[str, str]]:
    open_ones = netkeep("brief", person, "-f", "json").json["promises"]
    return [(promise["text"], promise["day"]) for promise in open_ones]


def test_promise_is_on_the_agenda_from_its_day_until_done(netkeep: Netkeep, today: Today) -> None:
    assert netkeep("promise", "alan", "send the paper", "--by", "friday").out == (
        "Promised to Alan Turing, by 2026-11-27 (#1): send the paper."
        " When it is done: netkeep done 1\n"
    )
    assert netkeep("due", "-f", "json").json == []
    today("2026-11-27")
    (nudge,) = netkeep("due", "-f", "json").json
    assert (nudge["state"], nudge["reasons"][0]["text"]) == (
        *("due", "promise #1: send the paper, due today"),
    )
    today("2026-11-29")
    netkeep("log", "alan")
    (nudge,) = netkeep("due", "-f", "json").json
    assert (nudge["state"], nudge["reasons"][0]["text"]) == (
        *("overdue", "promise #1: send the paper, 2 days late"),
    )
    assert netkeep("done", "#1").out == "Done: send the paper (#1), promised to Alan Turing.\n"
    assert netkeep("due", "-f", "json").json == []


def test_late_promise_comes_first(netkeep: Netkeep, today: Today) -> None:
    netkeep("promise", "alan", "send the paper", "--by", "tomorrow")
    netkeep("news", "ada", "Promoted")
    today("2026-11-25")
    assert netkeep("due", "-f", "json").names == ["Alan Turing", "Ada Lovelace"]


def test_promise_that_is_already_done_is_reported(netkeep: Netkeep) -> None:
    netkeep("promise", "ada", "x", "--by", "today")
    netkeep("promise", "ada", "y", "--by", "today")
    netkeep("done", "1")
    said = netkeep("done", "1", "2", "2", err="#1 was done on 2026-11-23: x\n")
    assert said.out == "Done: y (#2), promised to Ada Lovelace.\n"


def test_one_unknown_id_settles_nothing(netkeep: Netkeep, fails: Fails) -> None:
    netkeep("promise", "ada", "x", "--by", "today")
    assert "there is no promise, visit or news 9" in fails("done", "1", "9", code=3)
    assert promises(netkeep) == [("x", "2026-11-23")]


def test_log_next_adds_a_promise(netkeep: Netkeep) -> None:
    said = netkeep("log", "ada", "alan", "--next", "send the slides", "--by", "in 1 week")
    assert said.out == (
        "Logged a touchpoint with Ada Lovelace on 2026-11-23 (#3). Next: 23 May 2027.\n"
        "Logged a touchpoint with Alan Turing on 2026-11-23 (#4). Next: 23 May 2027.\n"
        "Promised to Ada Lovelace, by 2026-11-30 (#1): send the slides."
        " When it is done: netkeep done 1\n"
        "Promised to Alan Turing, by 2026-11-30 (#2): send the slides."
        " When it is done: netkeep done 2\n"
    )


def test_log_done_settles_the_promises_that_are_due(netkeep: Netkeep) -> None:
    for words, day in (("late", "today"), ("next", "in 1 week"), ("due", "today")):
        netkeep("promise", "ada", words, "--by", day)
    assert netkeep("log", "ada", "--done").out.endswith(
        "Done: late (#1), promised to Ada Lovelace.\nDone: due (#3), promised to Ada Lovelace.\n"
    )
    assert promises(netkeep) == [("next", "2026-11-30")]


def test_log_done_settles_the_next_promise_if_none_is_due(netkeep: Netkeep) -> None:
    netkeep("promise", "ada", "later", "--by", "in 2 weeks")
    netkeep("promise", "ada", "next", "--by", "in 1 week")
    netkeep("log", "ada", "alan", "--done", err="there is no open promise to Alan Turing\n")
    assert promises(netkeep) == [("later", "2026-12-07")]


def test_log_done_does_not_settle_a_thank_you_before_its_day(netkeep: Netkeep) -> None:
    netkeep("log", "ada", "-p", "ask")
    netkeep("promise", "ada", "x", "--by", "in 1 week")
    netkeep("log", "ada", "--done")
    assert promises(netkeep) == [("thank Ada Lovelace", "2026-11-26")]


def test_log_done_settles_a_thank_you_on_its_day(netkeep: Netkeep, today: Today) -> None:
    netkeep("log", "ada", "-p", "ask", "--on", "2026-11-20")
    netkeep("log", "ada", "-c", "call", "--done")
    assert promises(netkeep) == []
    netkeep("log", "ada", "-p", "give", "--on", "2026-11-01")
    assert promises(netkeep) == []
    assert netkeep("balance", "-f", "json").json == []


def test_deleting_a_touchpoint_reopens_what_it_settled(netkeep: Netkeep) -> None:
    netkeep("promise", "ada", "x", "--by", "today")
    netkeep("log", "ada", "--done")
    netkeep("amend", "3", "--delete")
    assert promises(netkeep) == [("x", "2026-11-23")]


def test_log_done_without_an_open_promise_fails(netkeep: Netkeep, fails: Fails) -> None:
    assert fails("log", "ada", "alan", "--done", code=1) == (
        "netkeep: there is no open promise to Ada Lovelace or Alan Turing; nothing was logged\n"
        "  leave out --done\n"
    )
    assert len(netkeep("timeline", "-f", "json").json) == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["promise", "ada", "x"], 2),
        (["promise", "ada", "x", "--by", "yesterday"], 2),
        (["promise", "ada", "x", "--by", "10"], 2),
        (["promise", "ada", "", "--by", "today"], 2),
        (["promise", "bob", "x", "--by", "today"], 3),
        (["log", "ada", "--next", "x"], 2),
        (["log", "ada", "--by", "today"], 2),
        (["log", "ada", "--next", "x", "--by", "yesterday"], 2),
        (["log", "ada", "--next", " ", "--by", "today"], 2),
        (["done"], 2),
        (["done", "ada"], 2),
        (["done", "0"], 3),
        (["done", "9" * 40], 3),
    ],
)
def test_invalid_input_saves_nothing(
    netkeep: Netkeep, fails: Fails, arguments: list[str], code: int
) -> None:
    fails(*arguments, code=code)
    assert promises(netkeep) == []
    assert len(netkeep("timeline", "-f", "json").json) == 2


def test_ask_creates_a_thank_you_and_thanks_settle_it(netkeep: Netkeep, today: Today) -> None:
    said = netkeep("log", "ada", "-p", "ask").out
    assert said.endswith(
        "Promised to Ada Lovelace, by 2026-11-26 (#1): thank Ada Lovelace."
        " When it is done: netkeep done 1\n"
    )
    netkeep("log", "ada")
    today("2026-11-26")
    (nudge,) = netkeep("due", "-f", "json").json
    assert [reason["kind"] for reason in nudge["reasons"]] == ["promise"]
    assert netkeep("log", "ada", "-p", "thank").out.endswith("Done: thank Ada Lovelace (#1).\n")
    assert netkeep("due", "-f", "json").json == []


@pytest.mark.parametrize(
    ("touchpoint", "settles"),
    [
        (["-p", "give"], True),
        (["-p", "thank", "--on", "2026-11-20"], True),
        (["-p", "thank", "--on", "2026-11-18"], False),
        (["-p", "thank", "--in"], False),
        (["-p", "catch-up"], False),
        (["-p", "ask"], False),
    ],
)
def test_only_your_later_thanks_settle_a_thank_you(
    netkeep: Netkeep, touchpoint: list[str], settles: bool
) -> None:
    netkeep("log", "ada", "-p", "ask", "--on", "2026-11-19")
    netkeep("log", "ada", *touchpoint)
    assert promises(netkeep) == ([] if settles else [("thank Ada Lovelace", "2026-11-22")])


def test_earlier_thanks_of_the_same_day_do_not_settle_a_thank_you(netkeep: Netkeep) -> None:
    netkeep("log", "ada", "-p", "thank")
    netkeep("log", "ada", "-p", "ask")
    assert promises(netkeep) == [("thank Ada Lovelace", "2026-11-26")]


def test_earlier_ask_that_was_thanked_for_creates_no_thank_you(netkeep: Netkeep) -> None:
    netkeep("log", "ada", "-p", "thank", "--on", "2026-11-20")
    assert "Promised" not in netkeep("log", "ada", "-p", "ask", "--on", "2026-11-19").out
    assert promises(netkeep) == []


def test_ask_of_theirs_creates_no_thank_you(netkeep: Netkeep) -> None:
    netkeep("log", "ada", "-p", "ask", "--in")
    assert promises(netkeep) == []


def test_amending_an_ask_changes_its_thank_you(netkeep: Netkeep) -> None:
    netkeep("log", "ada", "-p", "ask")
    promised = (
        "Promised to Ada Lovelace, by 2026-11-23 (#{0}): thank Ada Lovelace."
        " When it is done: netkeep done {0}"
    )
    for command, said, left in (
        (["--on", "2026-11-20"], promised.format(1), "2026-11-23"),
        (["-p", "catch-up"], "Removed the promise: thank Ada Lovelace (#1).", None),
        (["-p", "ask"], promised.format(2), "2026-11-23"),
        (["--delete"], "Removed the promise: thank Ada Lovelace (#2).", None),
    ):
        assert netkeep("amend", "3", *command).out.splitlines()[1:] == [said]
        assert promises(netkeep) == ([("thank Ada Lovelace", left)] if left else [])


def test_amending_the_thanks_reopens_the_thank_you(netkeep: Netkeep) -> None:
    netkeep("log", "ada", "-p", "ask", "--on", "2026-11-20")
    netkeep("log", "ada", "-p", "thank")
    assert promises(netkeep) == []
    open_again = ["Reopened: thank Ada Lovelace (#1), by 2026-11-23."]
    for command, said in (
        (["-n", "in a letter"], []),
        (["-p", "catch-up"], open_again),
        (["-p", "give"], ["Done: thank Ada Lovelace (#1)."]),
        (["--delete"], open_again),
    ):
        assert netkeep("amend", "4", *command).out.splitlines()[1:] == said
        assert len(promises(netkeep)) == (said == open_again)


@pytest.mark.parametrize(
    ("commands", "by"),
    [
        (["log ada -p ask", "log ada -p ask", "amend 3 --delete"], "2026-11-26"),
        (["log ada -p ask", "log ada -p ask", "amend 3 -p thank"], "2026-11-26"),
        (
            [
                *("log ada -p ask --on 2026-11-10", "log ada -p ask --on 2026-11-20"),
                "log ada -p thank --on 2026-11-15",
            ],
            "2026-11-23",
        ),
        (
            [
                *("log ada -p ask --on 2026-11-10", "log ada -p thank --on 2026-11-15"),
                "amend 3 --on 2026-11-20",
            ],
            "2026-11-23",
        ),
        (["log ada -p ask", "done 1", "log ada -p ask"], "2026-11-26"),
    ],
)
def test_open_thank_you_is_the_same_in_every_view(
    netkeep: Netkeep, commands: list[str], by: str
) -> None:
    for command in commands:
        netkeep(*command.split())
    assert promises(netkeep) == [("thank Ada Lovelace", by)]
    (leaning,) = netkeep("balance", "-f", "json").json
    page = netkeep("brief", "ada", "-f", "json").json
    assert leaning["unthanked_since"] == page["unthanked_since"] is not None


def test_thank_you_settled_by_done_stays_settled(netkeep: Netkeep) -> None:
    netkeep("log", "ada", "-p", "ask")
    netkeep("done", "1")
    netkeep("log", "ada", "-p", "thank")
    netkeep("amend", "4", "--delete")
    assert promises(netkeep) == []
    assert netkeep("balance", "-f", "json").json == []
    assert netkeep("brief", "ada", "-f", "json").json["unthanked_since"] is None


def test_settings_turn_thank_yous_off(netkeep: Netkeep, configure: Configure) -> None:
    configure("thank_you_days = 0\n")
    netkeep("log", "ada", "-p", "ask")
    assert promises(netkeep) == []
    configure("thank_you_days = 7\n")
    netkeep("log", "ada", "-p", "ask")
    assert promises(netkeep) == [("thank Ada Lovelace", "2026-11-30")]


def test_third_ask_in_a_row_is_logged_with_a_warning(netkeep: Netkeep) -> None:
    netkeep("log", "ada", "-p", "ask")
    netkeep("log", "ada", "-p", "ask")
    netkeep("log", "ada", "-p", "ask", "--in")
    for _ in range(2):
        netkeep("log", "ada", "-p", "ask")
    for asks in (3, 4):
        warning = (
            f"You have now asked Ada Lovelace {asks} times in a row,"
            " without any other touchpoint.\n"
        )
        netkeep("log", "ada", "-p", "ask", err=warning)
    netkeep("log", "ada", "-p", "ask", "--on", "2026-11-22")
    netkeep("log", "ada", "-p", "catch-up")
    netkeep("log", "ada", "alan", "-p", "ask")
    assert len(netkeep("timeline", "-p", "ask", "-f", "json").json) == 10
