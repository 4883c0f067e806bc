"""balance: the people you ask more than you give."""

import pytest

from tests.conftest import Netkeep


@pytest.fixture
def network(netkeep: Netkeep) -> None:
    for name in ("Ada", "Bea", "Cleo", "Dora", "Emmy"):
        netkeep("add", name)
    for person, purpose, day in (
        ("ada", "ask", "2026-11-01"),
        ("ada", "catch-up", "2026-11-02"),
        ("ada", "catch-up", "2026-11-03"),
        ("bea", "ask", "2026-11-01"),
        ("bea", "ask", "2026-11-02"),
        ("cleo", "ask", "2026-11-01"),
        ("cleo", "thank", "2026-11-02"),
        ("dora", "catch-up", "2026-11-01"),
        ("emmy", "ask", "2026-11-01"),
        ("emmy", "give", "2026-11-02"),
        ("emmy", "ask", "2026-11-03"),
    ):
        netkeep("log", person, "-p", purpose, "--on", day, err=None)


@pytest.mark.usefixtures("network")
def test_most_lopsided_relationship_is_first(netkeep: Netkeep) -> None:
    assert netkeep("balance", "-f", "json").json == [
        {
            "id": 2,
            "name": "Bea",
            "balance": -2,
            "asks": 2,
            "others": 0,
            "unthanked_since": "2026-11-01",
            "last_touch_on": "2026-11-02",
        },
        {
            "id": 5,
            "name": "Emmy",
            "balance": -1,
            "asks": 2,
            "others": 1,
            "unthanked_since": "2026-11-03",
            "last_touch_on": "2026-11-03",
        },
        {
            "id": 1,
            "name": "Ada",
            "balance": 1,
            "asks": 1,
            "others": 2,
            "unthanked_since": "2026-11-01",
            "last_touch_on": "2026-11-03",
        },
    ]
    assert netkeep("balance", "-f", "table").out.splitlines() == [
        "id  name  balance  asks  others  not thanked since",
        "─" * 50,
        " 2  Bea   -2       2     0       2026-11-01",
        " 5  Emmy  -1       2     1       2026-11-03",
        " 1  Ada   +1       1     2       2026-11-01",
    ]
    assert netkeep("balance", "--limit", "1", "-f", "json").names == ["Bea"]


@pytest.mark.usefixtures("network")
def test_dropped_contacts_are_left_out(netkeep: Netkeep) -> None:
    netkeep("drop", "bea")
    assert netkeep("balance", "-f", "json").names == ["Emmy", "Ada"]


@pytest.mark.usefixtures("network")
def test_balance_is_the_same_as_in_due_and_brief(netkeep: Netkeep) -> None:
    nudges = netkeep("due", "--by", "2027-12-31", "-f", "json").json
    balances = {nudge["name"]: nudge["balance"] for nudge in nudges}
    for one in netkeep("balance", "-f", "json").json:
        page = netkeep("brief", str(one["id"]), "-f", "json").json
        assert (page["asks"], page["others"]) == (one["asks"], one["others"])
        assert balances[one["name"]] == one["balance"] == page["others"] - page["asks"]


def test_balance_without_asks_prints_a_message(netkeep: Netkeep) -> None:
    first = 'You have no contacts yet. Add one: netkeep add "Ada Lovelace" --kind friend\n'
    assert netkeep("balance", "-f", "json", err=first).out == "[]\n"
    netkeep("add", "Ada")
    assert (
        netkeep(
            "balance", "-f", "table", err="Your balance is even: you give as much as you ask.\n"
        ).out
        == ""
    )
    assert netkeep("balance").out == ""
