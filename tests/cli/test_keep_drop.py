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


def test_another_kind_brings_its_cadence_but_to_whom_has_one_of_their_own(
    netkeep: Netkeep,
) -> None:
    netkeep("add", "Ada", "--candidate")
    netkeep("add", "Bea", "--candidate", "-e", "1w")
    kept = netkeep("keep", "ada", "bea", "-k", "friend", "-f", "json").json
    assert [contact["cadence"] for contact in kept] == ["2 months", "1 week"]


def test_people_taken_back_together_are_spread_as_well(netkeep: Netkeep) -> None:
    for name in ("Ada", "Bea", "Cleo"):
        netkeep("add", name, "-e", "30d", "--last", "2024-01-01")
    netkeep("drop", "1", "2", "3")
    kept = netkeep("keep", "1", "2", "3", "-f", "json").json
    assert [contact["due_on"] for contact in kept] == ["2026-11-25", "2026-12-05", "2026-12-15"]


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
    already = "#1 Ada (other) is accepted already; to change the contact: netkeep edit 1\n"
    assert netkeep("keep", "ada", "-e", "1d", err=already).out == ""
    assert netkeep("show", "ada", "-f", "json").json["cadence"] == "6 months"


def test_someone_dropped_is_off_the_agenda_with_the_reason(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-e", "1d", "--last", "2026-11-01")
    netkeep("snooze", "ada", "1w")
    assert netkeep("drop", "ada", "--reason", "moved on").out == (
        "Dropped Ada (#1): moved on. To undo this: netkeep keep 1\n"
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


def test_dropped_twice_the_reason_stays_unless_there_is_another(netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    netkeep("drop", "ada", "--reason", "moved on")
    again = "#1 Ada (other, dropped) is dropped already; to take them back: netkeep keep 1\n"
    assert netkeep("drop", "ada", err=again).out == ""
    assert "moved on" in netkeep("show", "ada").out
    assert netkeep("drop", "ada", "--reason", "retired").out.startswith("Dropped Ada (#1): retired")
