"""edit: change and clear fields and lists."""

import pytest

from tests.conftest import Fails, Netkeep


@pytest.fixture(autouse=True)
def ada(netkeep: Netkeep) -> None:
    netkeep(
        *("add", "Ada Lovelace", "-k", "coworker", "--city", "London", "-t", "chess", "-n", "Hm"),
        *("--email", "ada@engines.example", "--email", "ada@home.example", "--last", "2026-11-01"),
    )


def test_edit_prints_the_changes_and_the_due_date(netkeep: Netkeep) -> None:
    assert netkeep("edit", "ada", "-e", "10d", "--birthday", "1815-12-10").out == (
        "Changed Ada Lovelace (#1): cadence: 10 days (was: 3 months);"
        " birthday: 1815-12-10 (was: none). Due since 11 Nov 2026.\n"
    )


def test_none_clears_a_field(netkeep: Netkeep) -> None:
    said = netkeep("edit", "ada", "--city", "none", "-n", "NONE", "-e", "none", "--email", "none")
    assert said.out == (
        "Changed Ada Lovelace (#1): cadence: none (was: 3 months); city: none (was: London);"
        " note: none (was: Hm);"
        " e-mail address: none (was: ada@engines.example, ada@home.example)."
        " Never due: no cadence.\n"
    )
    contact = netkeep("show", "ada", "-f", "json").json
    assert (contact["city"], contact["note"], contact["emails"]) == (None, None, [])


def test_lists_are_replaced_added_to_and_removed_from(netkeep: Netkeep) -> None:
    netkeep("edit", "ada", "--add-tag", "Poetry", "--add-tag", "CHESS", "--remove-tag", "chess")
    netkeep("edit", "ada", "--remove-email", "ADA@engines.example", "--add-email", "al@x.example")
    netkeep("edit", "ada", "--phone", "123", "--add-url", "ada.example")
    contact = netkeep("show", "ada", "-f", "json").json
    assert contact["tags"] == ["Poetry", "CHESS"]
    assert contact["emails"] == ["ada@home.example", "al@x.example"]
    assert (contact["phones"], contact["urls"]) == (["123"], ["ada.example"])


def test_removing_a_missing_value_fails(netkeep: Netkeep, fails: Fails) -> None:
    assert fails("edit", "ada", "--city", "Paris", "--remove-tag", "go", code=2) == (
        'netkeep: there is no tag "go" to remove\n'
    )
    assert netkeep("show", "ada", "-f", "json").json["city"] == "London"


def test_renamed_contact_is_found_by_the_new_name_only(netkeep: Netkeep, fails: Fails) -> None:
    netkeep("edit", "ada", "--name", "Augusta King")
    netkeep("log", "augusta")
    fails("log", "lovelace", code=3)


def test_new_kind_does_not_change_the_cadence(netkeep: Netkeep) -> None:
    netkeep("edit", "ada", "-k", "friend")
    contact = netkeep("show", "ada", "-f", "json").json
    assert (contact["kind"], contact["cadence"]) == ("friend", "3 months")


def test_last_adds_a_touchpoint_on_that_day(netkeep: Netkeep) -> None:
    assert netkeep("edit", "ada", "--last", "2026-11-20").out == (
        "Changed Ada Lovelace (#1): last touchpoint on 2026-11-20. Next: 20 Feb 2027.\n"
    )
    assert len(netkeep("timeline", "ada", "-f", "json").json) == 2


def test_candidate_option_makes_a_contact_a_candidate_again(netkeep: Netkeep) -> None:
    assert netkeep("edit", "ada", "--candidate").out == (
        "Changed Ada Lovelace (#1): status: candidate (was: active). Never due: a candidate.\n"
    )


def test_introducer_is_set_and_cleared(netkeep: Netkeep, fails: Fails) -> None:
    netkeep("add", "Grace Hopper")
    assert "via: Grace Hopper (#2) (was: none)" in netkeep("edit", "ada", "--via", "grace").out
    assert fails("edit", "ada", "--via", "ada", code=2) == (
        "netkeep: --via must name another contact\n"
    )
    assert "via: none (was: Grace Hopper (#2))" in netkeep("edit", "ada", "--via", "none").out


def test_name_cannot_be_cleared(fails: Fails) -> None:
    assert fails("edit", "ada", "--name", "None", code=2) == (
        "netkeep: the name cannot be cleared\n"
    )


def test_candidate_option_can_be_combined_with_a_field(netkeep: Netkeep) -> None:
    netkeep("snooze", "ada", "1y")
    netkeep("edit", "ada", "--candidate", "--city", "Paris")
    assert netkeep("list", "--status", "candidate", "--city", "paris", "-f", "json").names == [
        "Ada Lovelace"
    ]
    netkeep("keep", "ada")
    assert netkeep("show", "ada", "-f", "json").json["snoozed_until"] is None


def test_edit_without_changes_is_refused(fails: Fails) -> None:
    assert fails("edit", "ada", code=2) == (
        "netkeep: there is nothing to change\n  see the options: netkeep edit --help\n"
    )


def test_edit_prints_the_replaced_note(netkeep: Netkeep) -> None:
    assert "note: Plays whist (was: Hm)." in netkeep("edit", "ada", "-n", "Plays whist").out
    assert "note: Plays whist (as before)." in netkeep("edit", "ada", "-n", "Plays whist").out


def test_add_note_appends_a_line(netkeep: Netkeep) -> None:
    assert netkeep("edit", "ada", "--add-note", " Plays whist\n").out == (
        "Changed Ada Lovelace (#1): note: Hm\\nPlays whist (was: Hm). Next: 1 Feb 2027.\n"
    )
    netkeep("add", "Grace Hopper")
    netkeep("edit", "grace", "--add-note", "Navy")
    notes = [netkeep("show", who, "-f", "json").json["note"] for who in ("ada", "grace")]
    assert notes == ["Hm\nPlays whist", "Navy"]


def test_note_and_add_note_cannot_be_combined(fails: Fails) -> None:
    assert fails("edit", "ada", "-n", "Oh", "--add-note", "Ah", code=2) == (
        "netkeep: --note and --add-note cannot be used together\n  leave one out\n"
    )
    fails("edit", "ada", "--add-note", " ", code=2)


def test_edit_of_many_people_is_one_change(netkeep: Netkeep) -> None:
    netkeep("add", "Grace Hopper", "-t", "navy")
    before = netkeep("export", "-").out
    options = ("--city", "Boston", "--add-tag", "chess", "--add-note", "Met", "-k", "friend")
    assert netkeep("edit", "ada", "grace", "1", *options).out == (
        "Changed Ada Lovelace (#1): city: Boston (was: London); kind: friend (was: coworker);"
        " note: Hm\\nMet (was: Hm); tag: chess (as before). Next: 1 Feb 2027.\n"
        "Changed Grace Hopper (#2): city: Boston (was: none); kind: friend (was: other);"
        " note: Met (was: none); tag: navy, chess (was: navy). First due: 25 Nov 2026.\n"
    )
    edited = netkeep("edit", "ada", "grace", "--last", "today", "-f", "json").json
    assert [contact["last_touch_on"] for contact in edited] == ["2026-11-23"] * 2
    netkeep("undo", "2")
    assert netkeep("export", "-").out == before


def test_edit_of_many_people_changes_all_or_none(netkeep: Netkeep, fails: Fails) -> None:
    netkeep("add", "Grace Hopper")
    before = netkeep("export", "-").out
    assert fails("edit", "ada", "grace", "--remove-tag", "chess", code=2) == (
        'netkeep: Grace Hopper: there is no tag "chess" to remove\n'
    )
    assert "--via must name another contact" in fails(
        "edit", "ada", "grace", "--via", "ada", code=2
    )
    fails("edit", "ada", "nobody", "--city", "Rome", code=3)
    fails("edit", "ada", "grace", code=2)
    assert netkeep("export", "-").out == before


@pytest.mark.parametrize("option", ["--name", "--email", "--add-email"])
def test_name_and_address_can_be_set_for_one_person_only(
    netkeep: Netkeep, fails: Fails, option: str
) -> None:
    netkeep("add", "Grace Hopper")
    assert fails("edit", "ada", "grace", option, "a@x.example", code=2) == (
        f"netkeep: {option} is for one person, not 2\n  edit them one by one\n"
    )


@pytest.mark.parametrize(
    ("typed", "after", "meant"),
    [
        (
            "edit ada --name Ada Byron",
            '"Byron" may belong to the text of --name',
            '--name "Ada Byron"',
        ),
        (
            "edit ada --city New York -e 10d",
            '"York" may belong to the text of --city',
            '--city "New York"',
        ),
        ("log ada -n met her", '"her" may belong to the text of -n', '-n "met her"'),
        (
            "drop ada --reason moved away",
            '"away" may belong to the text of --reason',
            '"moved away"',
        ),
    ],
)
def test_a_word_after_a_text_of_one_word_is_not_taken_for_a_person(
    netkeep: Netkeep, fails: Fails, typed: str, after: str, meant: str
) -> None:
    netkeep("add", "Ada Byron")
    before = netkeep("export").out
    said = fails(*typed.split(), code=2)
    assert f"netkeep: {after}, or be another argument\n" in said
    assert meant in said
    assert netkeep("export").out == before


def test_people_may_follow_a_text(netkeep: Netkeep) -> None:
    netkeep("add", "Grace Hopper")
    netkeep("log", "-n", "met", "ada", "grace")
    netkeep("log", "ada", "-n", "met at the fair", "grace")
    assert len(netkeep("timeline", "grace", "-f", "json").json) == 2
