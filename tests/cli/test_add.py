"""add."""

from pathlib import Path

import pytest

from tests.conftest import Fails, Netkeep


def test_add_with_a_name_only(netkeep: Netkeep) -> None:
    assert netkeep("add", "Ada Lovelace").out == (
        "Added Ada Lovelace (#1): other, every 6 months. First due: 25 Nov 2026.\n"
    )


def test_add_saves_every_option(netkeep: Netkeep) -> None:
    netkeep("add", "Grace Hopper")
    contact = netkeep(
        *("add", "  Ada Lovelace ", "-k", "coworker", "-e", "2w", "--email", "ada@engines.example"),
        *("--email", "ada@home.example", "--phone", "+44 20 7946 0000", "--url", "ada.example"),
        *("--company", "Analytical Engines", "--title", "Engineer", "--school", "Home"),
        *("--city", "London", "--met", "a soirée", "--met-on", "last friday", "--via", "grace"),
        *("--birthday", "10 dec 1815", "-t", "chess", "-t", "Poetry", "-n", "Likes\nnumbers"),
        *("--last", "yesterday", "-f", "json"),
    ).json
    assert contact.pop("created_at") == contact.pop("updated_at")
    assert contact.pop("worked") == []
    assert contact.pop("uid") is None
    assert contact == {
        "id": 2,
        "name": "Ada Lovelace",
        "status": "active",
        "kind": "coworker",
        "cadence": "2 weeks",
        "due_on": "2026-12-06",
        "last_touch_on": "2026-11-22",
        "company": "Analytical Engines",
        "title": "Engineer",
        "city": "London",
        "school": "Home",
        "emails": ["ada@engines.example", "ada@home.example"],
        "phones": ["+44 20 7946 0000"],
        "urls": ["ada.example"],
        "tags": ["chess", "Poetry"],
        "met": "a soirée",
        "met_on": "2026-11-20",
        "via": {"id": 1, "name": "Grace Hopper"},
        "birthday": "1815-12-10",
        "note": "Likes\nnumbers",
        "first_due_on": "2026-11-22",
        "snoozed_until": None,
        "dropped_on": None,
        "drop_reason": None,
        "snoozes": 0,
    }


def test_add_prints_the_parsed_values(netkeep: Netkeep) -> None:
    said = netkeep(
        "add", "Ada", "-k", "friend", "--met-on", "friday", "--last", "sat", "--birthday", "dec 10"
    )
    assert said.out == (
        "Added Ada (#1): friend, every 2 months, met on 2026-11-20, last touchpoint on 2026-11-21,"
        " birthday 10 Dec. Next: 21 Jan 2027.\n"
    )


def test_contact_without_a_cadence_is_never_due(netkeep: Netkeep) -> None:
    assert netkeep("add", "Ada", "-e", "none").out == (
        "Added Ada (#1): other, no cadence. Never due: no cadence.\n"
    )


def test_candidate_is_never_due(netkeep: Netkeep) -> None:
    assert netkeep("add", "Ada", "--candidate").out == (
        "Added Ada (#1): other, every 6 months. Never due: a candidate.\n"
    )
    assert netkeep("due", "--by", "in 1 year", err=None).out == ""


@pytest.mark.parametrize(
    ("again", "same"),
    [
        (["ada LOVELACE"], "name"),
        (["A. Lovelace", "--email", "ADA@engines.example"], "e-mail address"),
        (["Ada", "--phone", "(0) 123 / 45"], "phone number"),
        (["Lovelace, Ada", "--url", "http://www.ada.example"], "URL"),
    ],
)
def test_existing_contact_with_the_same_data_is_named_and_force_adds(
    netkeep: Netkeep, fails: Fails, again: list[str], same: str
) -> None:
    netkeep(
        *("add", "Ada Lovelace", "-k", "mentor", "--email", "ada@engines.example"),
        *("--phone", "0123-45", "--url", "https://ada.example/"),
    )
    assert fails("add", *again, code=1) == (
        f"netkeep: #1 Ada Lovelace (mentor) has the same {same}; nothing was added\n"
        "  to add another contact anyway: --force\n"
    )
    assert len(netkeep("list", "-f", "json").json) == 1
    netkeep("add", *again, "--force")
    assert len(netkeep("list", "-f", "json").json) == 2


def test_dropped_contact_with_the_same_name_is_named(netkeep: Netkeep, fails: Fails) -> None:
    netkeep("add", "Ada Lovelace")
    netkeep("drop", "ada")
    assert fails("add", "Ada Lovelace", code=1) == (
        "netkeep: #1 Ada Lovelace (other, dropped) has the same name; nothing was added\n"
        "  to make them active: netkeep keep 1; to add another contact anyway: --force\n"
    )


def test_names_of_symbols_are_the_same_only_if_identical(netkeep: Netkeep, fails: Fails) -> None:
    netkeep("add", "🎉")
    netkeep("add", "🎈")
    fails("add", "🎉", code=1)
    netkeep("log", "🎈")


@pytest.mark.parametrize(
    "arguments",
    [
        [""],
        ["   "],
        ["\u200b\u00a0"],
        ["two\nlines"],
        ["an \x1b[31mescape"],
        ["a\ttab"],
        ["a\x85b"],
        ["a\u2028b"],
        ["undecodable \udcff"],
        ["x" * 201],
        ["Ada", "-k", "foe"],
        ["Ada", "-e", "0d"],
        ["Ada", "-e", "-3d"],
        ["Ada", "-e", "11 years"],
        ["Ada", "-e", "often"],
        ["Ada", "--email", "ada"],
        ["Ada", "--email", "ada @x"],
        ["Ada", "--phone", "call me"],
        ["Ada", "--url", "not a page"],
        ["Ada", "--url", "https://"],
        ["Ada", "--url", "www."],
        ["Ada", "--tag", "!"],
        ["Ada", "--company", " "],
        ["Ada", "--note", " \n "],
        ["Ada", "--note", "\udcff"],
        ["Ada", "--met-on", "tomorrow"],
        ["Ada", "--last", "in 2 weeks"],
        ["Ada", "--last", "2026-02-30"],
        ["Ada", "--last", "may"],
        ["Ada", "--birthday", "01/02/2026"],
        ["Ada", "--birthday", "2026-11-24"],
        ["Ada", "--birthday", "30 feb"],
        [],
        ["Ada", "Lovelace"],
    ],
)
def test_invalid_value_is_refused_and_creates_no_file(
    fails: Fails, database: Path, arguments: list[str]
) -> None:
    fails("add", *arguments, code=2)
    assert not database.exists()


def test_unknown_introducer_is_refused(fails: Fails, netkeep: Netkeep) -> None:
    netkeep("add", "Grace Hopper")
    assert fails("add", "Ada", "--via", "garce", code=3) == (
        'netkeep: no contact matches "garce"\n  did you mean Grace Hopper?\n'
    )
    assert netkeep("list", "-f", "json").names == ["Grace Hopper"]


def test_long_and_unusual_names_are_saved_unchanged(netkeep: Netkeep) -> None:
    names = [
        "x" * 200,
        "[bold]Ada[/bold]",
        ":smile:",
        "O'Brien",
        "אדה",
        "none",
        "--",
        "👩‍👩‍👧",
        "%_",
    ]
    for name in names:
        netkeep("add", "--", name)
    assert sorted(netkeep("list", "-f", "json").names) == sorted(names)
    table = netkeep("list", "-f", "table").out
    assert "[bold]Ada[/bold]" in table
    assert ":smile:" in table


@pytest.mark.parametrize(
    ("typed", "name", "emails"),
    [
        ("Grace Hopper <grace@yale.example>", "Grace Hopper", ["grace@yale.example"]),
        ('"Hopper, Grace" <grace@yale.example>', "Hopper, Grace", ["grace@yale.example"]),
        ("Hopper, Grace <grace@yale.example>", "Hopper, Grace", ["grace@yale.example"]),
        ('"Grace \\"Amazing\\" Hopper" <g@x.example>', 'Grace "Amazing" Hopper', ["g@x.example"]),
        ("Grace M. Hopper (Navy)<g@x.example>", "Grace M. Hopper (Navy)", ["g@x.example"]),
        ("Grace <3", "Grace <3", []),
        ("Grace @ Yale", "Grace @ Yale", []),
        ("@grace", "@grace", []),
        ("Grace <grace>", "Grace <grace>", []),
    ],
)
def test_name_with_an_address_sets_both(
    netkeep: Netkeep, typed: str, name: str, emails: list[str]
) -> None:
    contact = netkeep("add", typed, "-f", "json").json
    assert (contact["name"], contact["emails"]) == (name, emails)


def test_address_with_the_name_is_the_first(netkeep: Netkeep) -> None:
    added = netkeep("add", "Ada <ada@x.example>", "--email", "a@y.example", "-f", "json").json
    assert added["emails"] == ["ada@x.example", "a@y.example"]


@pytest.mark.parametrize("typed", ["grace@yale.example", "<grace@yale.example>"])
def test_address_without_a_name_is_refused(fails: Fails, typed: str) -> None:
    assert fails("add", typed, code=2) == (
        'netkeep: a name is required\n  try: netkeep add "Ada Lovelace <grace@yale.example>"\n'
    )
    assert "is not an e-mail address" in fails("add", "Ada <ada@@x.example>", code=2)
