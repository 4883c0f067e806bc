"""keep and drop: letting people in, and taking them out."""

from collections import Counter

from tests.conftest import Netkeep


def test_a_candidate_is_let_in_and_due_in_two_days(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "--candidate", "--met-on", "2017-09-05")
    assert netkeep("keep", "ada", "-k", "friend").out == (
        "Kept Ada (#1): friend, every 2 months. Next: 25 Nov 2026.\n"
    )


def test_a_cadence_given_wins_over_the_one_of_the_kind(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "--candidate")
    assert netkeep("keep", "ada", "-k", "friend", "-e", "1y", "-f", "json").json[0]["cadence"] == (
        "1 year"
    )


def test_people_let_in_together_never_fall_due_together(netkeep: Netkeep) -> None:
    for number in range(30):
        netkeep("add", f"Person {number}", "--candidate", "-e", "1 month")
    assert netkeep("keep", *map(str, range(1, 31))).out == (
        "Kept 30 people. Their first days: 25 Nov 2026 to 24 Dec 2026.\n"
    )
    days = Counter(contact["due_on"] for contact in netkeep("list", "-f", "json").json)
    assert len(days) == 30


def test_a_crowd_without_a_cadence_has_no_days_to_speak_of(netkeep: Netkeep) -> None:
    for number in range(20):
        netkeep("add", f"Person {number}", "--candidate", "-e", "none")
    assert netkeep("keep", *map(str, range(1, 21))).out == "Kept 20 people.\n"


def test_whom_you_were_in_touch_with_is_due_from_then(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "--candidate", "--last", "2026-11-01", "-e", "1m")
    assert netkeep("keep", "ada").out.endswith("Next: 1 Dec 2026.\n")


def test_someone_active_is_left_alone(netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    already = "#1 Ada (other) is kept already; to change them: netkeep edit 1\n"
    assert netkeep("keep", "ada", "-e", "1d", err=already).out == ""
    assert netkeep("show", "ada", "-f", "json").json["cadence"] == "6 months"


def test_someone_dropped_is_off_the_agenda_with_the_reason(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-e", "1d", "--last", "2026-11-01")
    netkeep("snooze", "ada", "1w")
    assert netkeep("drop", "ada", "--reason", "moved on").out == (
        "Dropped Ada (#1): moved on. To take them back: netkeep keep 1\n"
    )
    contact = netkeep("list", "--status", "dropped", "-f", "json").json[0]
    assert (contact["dropped_on"], contact["drop_reason"]) == ("2026-11-23", "moved on")
    assert contact["due_on"] is contact["snoozed_until"] is None
    assert netkeep("due", "--by", "in 1 year").out == ""


def test_keep_takes_someone_back_as_they_were(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-e", "1w", "--last", "2026-11-22")
    netkeep("drop", "ada")
    contact = netkeep("keep", "ada", "-f", "json").json[0]
    assert (contact["due_on"], contact["dropped_on"]) == ("2026-11-29", None)
