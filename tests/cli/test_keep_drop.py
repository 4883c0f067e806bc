"""keep and drop: accept candidates, and remove people from the agenda."""

from collections import Counter

from tests.conftest import Netkeep


def test_kept_candidate_is_due_in_two_days(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "--candidate", "--met-on", "2017-09-05")
    assert netkeep("keep", "ada", "-k", "friend").out == (
        "Kept Ada (#1): friend, every 2 months. First due: 25 Nov 2026.\n"
    )


def test_given_cadence_wins_over_the_default_of_the_kind(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "--candidate")
    assert netkeep("keep", "ada", "-k", "friend", "-e", "1y", "-f", "json").json[0]["cadence"] == (
        "1 year"
    )


def test_new_kind_changes_the_cadence_only_if_it_was_the_default(
    netkeep: Netkeep,
) -> None:
    netkeep("add", "Ada", "--candidate")
    netkeep("add", "Bea", "--candidate", "-e", "1w")
    kept = netkeep("keep", "ada", "bea", "-k", "friend", "-f", "json").json
    assert [contact["cadence"] for contact in kept] == ["2 months", "1 week"]


def test_dropped_people_kept_together_get_different_due_dates(netkeep: Netkeep) -> None:
    for name in ("Ada", "Bea", "Cleo"):
        netkeep("add", name, "-e", "30d", "--last", "2024-01-01")
    netkeep("drop", "1", "2", "3")
    kept = netkeep("keep", "1", "2", "3", "-f", "json").json
    assert [contact["due_on"] for contact in kept] == ["2026-11-25", "2026-12-05", "2026-12-15"]


def test_candidates_kept_together_get_different_due_dates(netkeep: Netkeep) -> None:
    for number in range(30):
        netkeep("add", f"Person {number}", "--candidate", "-e", "1 month")
    assert netkeep("keep", *map(str, range(1, 31))).out == (
        "Kept 30 people. First due dates: 25 Nov 2026 to 24 Dec 2026.\n"
    )
    days = Counter(contact["due_on"] for contact in netkeep("list", "-f", "json").json)
    assert len(days) == 30


def test_many_candidates_without_a_cadence_are_kept_without_days(netkeep: Netkeep) -> None:
    for number in range(20):
        netkeep("add", f"Person {number}", "--candidate", "-e", "none")
    assert netkeep("keep", *map(str, range(1, 21))).out == "Kept 20 people.\n"


def test_kept_candidate_with_a_touchpoint_is_due_a_cadence_after_it(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "--candidate", "--last", "2026-11-01", "-e", "1m")
    assert netkeep("keep", "ada").out.endswith("Next: 1 Dec 2026.\n")


def test_keep_leaves_an_active_contact_unchanged(netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    already = "#1 Ada (other) is active already; to change the contact: netkeep edit 1\n"
    assert netkeep("keep", "ada", "-e", "1d", err=already).out == ""
    assert netkeep("show", "ada", "-f", "json").json["cadence"] == "6 months"


def test_dropped_contact_is_never_due_and_has_the_reason(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-e", "1d", "--last", "2026-11-01")
    netkeep("snooze", "ada", "1w")
    assert netkeep("drop", "ada", "--reason", "moved on").out == (
        "Dropped Ada (#1): moved on. To undo this: netkeep keep 1\n"
    )
    contact = netkeep("list", "--status", "dropped", "-f", "json").json[0]
    assert (contact["dropped_on"], contact["drop_reason"]) == ("2026-11-23", "moved on")
    assert contact["due_on"] is contact["snoozed_until"] is None
    assert netkeep("due", "--by", "in 1 year").out == ""


def test_keep_restores_the_due_date_of_a_dropped_contact(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-e", "1w", "--last", "2026-11-22")
    netkeep("drop", "ada")
    contact = netkeep("keep", "ada", "-f", "json").json[0]
    assert (contact["due_on"], contact["dropped_on"]) == ("2026-11-29", None)


def test_second_drop_changes_the_reason_only_if_one_is_given(netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    netkeep("drop", "ada", "--reason", "moved on")
    again = "#1 Ada (other, dropped) is dropped already; to bring them back: netkeep keep 1\n"
    assert netkeep("drop", "ada", err=again).out == ""
    assert "moved on" in netkeep("show", "ada").out
    assert netkeep("drop", "ada", "--reason", "retired").out.startswith("Dropped Ada (#1): retired")
