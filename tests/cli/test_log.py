"""log: add touchpoints with one or more people, today and earlier."""

import pytest

from tests.conftest import Fails, Netkeep


@pytest.fixture(autouse=True)
def people(netkeep: Netkeep) -> None:
    netkeep("add", "Ada Lovelace", "-k", "coworker", "--last", "2026-10-01")
    netkeep("add", "Grace Hopper", "-e", "1 month")


def test_log_with_a_name_only_adds_a_touchpoint_today(netkeep: Netkeep) -> None:
    assert netkeep("log", "ada").out == (
        "Logged a touchpoint with Ada Lovelace on 2026-11-23 (#2). Next: 23 Feb 2027.\n"
    )
    touchpoint = netkeep("timeline", "-f", "json", "--limit", "1").json[0]
    assert touchpoint.pop("created_at") == touchpoint.pop("updated_at")
    assert touchpoint == {
        "id": 2,
        "day": "2026-11-23",
        "contact_id": 1,
        "name": "Ada Lovelace",
        "channel": "other",
        "purpose": "catch-up",
        "direction": "out",
        "note": None,
    }


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["-c", "call"], "a call with Ada Lovelace on 2026-11-23"),
        (["-c", "email", "--in"], "an e-mail from Ada Lovelace on 2026-11-23"),
        (["-c", "event", "--on", "friday"], "an event with Ada Lovelace on 2026-11-20"),
        (["-c", "event", "--in"], "an event with Ada Lovelace on 2026-11-23"),
        (["-c", "social"], "a message on social media to Ada Lovelace on 2026-11-23"),
    ],
)
def test_log_prints_the_parsed_values(netkeep: Netkeep, options: list[str], sentence: str) -> None:
    assert netkeep("log", "ada", *options).out.startswith(f"Logged {sentence} (#2).")


def test_log_adds_one_touchpoint_per_person(netkeep: Netkeep) -> None:
    said = netkeep("log", "grace", "ada", "Ada Lovelace", "#1", "-c", "meal", "-p", "give")
    assert said.out == (
        "Logged a meal with Grace Hopper on 2026-11-23 (#2). Next: 23 Dec 2026.\n"
        "Logged a meal with Ada Lovelace on 2026-11-23 (#3). Next: 23 Feb 2027.\n"
    )
    logged = netkeep("log", "ada", "grace", "-n", "x", "-f", "json").json
    assert [touchpoint["note"] for touchpoint in logged] == ["x", "x"]


def test_one_unknown_name_logs_nothing(netkeep: Netkeep, fails: Fails) -> None:
    assert fails("log", "ada", "nobody", code=3) == (
        'netkeep: no contact matches "nobody"\n  list your contacts: netkeep list\n'
    )
    assert len(netkeep("timeline", "-f", "json").json) == 1


def test_earlier_touchpoint_does_not_change_the_latest_day(netkeep: Netkeep) -> None:
    netkeep("log", "ada", "--on", "2026-09-01")
    assert netkeep("show", "ada", "-f", "json").json["last_touch_on"] == "2026-10-01"


def test_new_touchpoint_ends_a_snooze_and_an_earlier_one_does_not(netkeep: Netkeep) -> None:
    netkeep("snooze", "ada", "1y")
    netkeep("log", "ada", "--on", "2026-09-01")
    assert netkeep("show", "ada", "-f", "json").json["snoozed_until"] == "2027-11-23"
    netkeep("log", "ada", "--on", "2026-11-01")
    contact = netkeep("show", "ada", "-f", "json").json
    assert (contact["snoozed_until"], contact["due_on"]) == (None, "2027-02-01")


def test_log_does_not_change_the_status(netkeep: Netkeep) -> None:
    netkeep("drop", "grace")
    assert netkeep("log", "grace").out == (
        "Logged a touchpoint with Grace Hopper on 2026-11-23 (#2). Never due: dropped.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["ada", "--on", "tomorrow"], 2),
        (["ada", "--on", "2026-02-30"], 2),
        (["ada", "--on", "10"], 2),
        (["ada", "--on", ""], 2),
        (["ada", "-c", "pigeon"], 2),
        (["ada", "-p", "gossip"], 2),
        (["ada", "-n", " "], 2),
        ([], 2),
        (["#99"], 3),
        (["0"], 3),
        (["99999999999999999999999999"], 3),
        (["#" + "9" * 5000], 3),
        ([""], 3),
        (["\x1b[31m"], 3),
        (["\udcff"], 3),
        (["٣"], 3),
        (["a" * 60_000], 3),
        (["a " * 1_100], 3),
    ],
)
def test_invalid_input_logs_nothing(
    netkeep: Netkeep, fails: Fails, arguments: list[str], code: int
) -> None:
    fails("log", *arguments, code=code)
    assert len(netkeep("timeline", "-f", "json").json) == 1


def test_future_day_is_refused(fails: Fails) -> None:
    assert fails("log", "ada", "--on", "in 2 weeks", code=2) == (
        "netkeep: a touchpoint cannot be in the future: 2026-12-07 is after today, 2026-11-23\n"
    )


def test_channel_and_purpose_accept_prefixes_and_synonyms(netkeep: Netkeep, fails: Fails) -> None:
    netkeep("add", "Bea")
    assert netkeep("log", "bea", "-c", "coffee", "-p", "cat").out.startswith("Logged a meal with")
    assert fails("log", "bea", "-c", "me", code=2) == (
        'netkeep: "me" could be message, meeting or meal\n'
    )
    assert fails("log", "bea", "--channel", "pigeon", code=2) == (
        'netkeep: "pigeon" is not a value for --channel\n'
        "  one of call, email, message, meeting, meal, letter, social, event, other\n"
    )


def test_every_choice_accepts_prefixes(netkeep: Netkeep) -> None:
    netkeep("add", "Bea", "-k", "fri")
    listed = netkeep("list", "--kind", "f", "--sort", "na", "--status", "act", "-f", "j")
    assert listed.names == ["Bea"]
