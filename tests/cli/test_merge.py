"""merge: two contacts of one person become one; --suggest finds such contacts."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Fails, Netkeep

Today = Callable[[str], None]


@pytest.fixture(autouse=True)
def people(netkeep: Netkeep) -> None:
    ada = ["--email", "ada@x.example", "-t", "chess", "--company", "Engines", "-n", "plays chess"]
    king = ["--email", "king@x.example", "--email", "ADA@x.example", "--phone", "112", "-t", "tea"]
    netkeep("add", "Ada Lovelace", "-k", "friend", *ada, "--last", "2026-11-01")
    netkeep("add", "Ada King", "-k", "client", *king, "--city", "London", "--force")


def contacts(netkeep: Netkeep) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = netkeep("export").json["contacts"]
    return found


def only_contact(netkeep: Netkeep) -> dict[str, Any]:
    """Return the only contact."""
    (contact,) = contacts(netkeep)
    return contact


def found(netkeep: Netkeep, words: str) -> list[int]:
    return [record["id"] for record in netkeep("find", words, "-f", "json").json]


def test_first_contact_gains_the_missing_fields_of_the_second(netkeep: Netkeep) -> None:
    netkeep("edit", "king", "--company", "Initech", "--title", "CTO", "--birthday", "10 dec")
    assert netkeep("merge", "lovelace", "king").out == (
        "Merged Ada King (#2) into Ada Lovelace (#1). Next: 1 Jan 2027.\n"
    )
    ada = only_contact(netkeep)
    assert {field: ada[field] for field in ("id", "name", "kind", "company", "note")} == {
        "id": 1,
        "name": "Ada Lovelace",
        "kind": "friend",
        "company": "Engines",
        "note": "plays chess",
    }
    assert (ada["city"], ada["title"], ada["birthday"]) == ("London", "CTO", "--12-10")
    assert ada["emails"] == ["ada@x.example", "king@x.example"]
    assert (ada["phones"], ada["tags"]) == (["112"], ["chess", "tea"])


def test_order_of_arguments_decides_which_contact_stays(netkeep: Netkeep) -> None:
    assert netkeep("merge", "#2", "#1").out == (
        "Merged Ada Lovelace (#1) into Ada King (#2). Next: 1 Jan 2027.\n"
    )
    ada = only_contact(netkeep)
    assert (ada["id"], ada["name"], ada["company"]) == (2, "Ada King", "Engines")
    assert ada["emails"] == ["king@x.example", "ADA@x.example"]


def test_merge_prints_json(netkeep: Netkeep) -> None:
    record = netkeep("merge", "1", "2", "-f", "json").json
    assert record == netkeep("show", "ada", "-f", "json").json
    assert (record["id"], record["city"]) == (1, "London")


def extra_lines(contact: dict[str, Any]) -> list[str]:
    """Return the extra lines, except the UID of netkeep's own export, which is a hash."""
    return [
        line for line in contact["extra"] if not re.match(r"X-NETKEEP-ANOTHER-UID:\w{8}-", line)
    ]


def test_touchpoints_and_occasions_of_the_second_move_to_the_first(
    netkeep: Netkeep, tmp_path: Path
) -> None:
    card = "BEGIN:VCARD\nVERSION:4.0\nUID:7\nFN:Countess\nNICKNAME:{0}\nX-A:{0}\nEND:VCARD\n"
    (tmp_path / "card").write_text(card.format("x") + card.format("y").replace("UID:7", "UID:8"))
    netkeep("import", str(tmp_path / "card"), "--keep")
    netkeep("merge", "1", "3")
    for command in (
        ["log", "king", "-c", "call", "-n", "about engines", "--on", "2026-11-20"],
        ["promise", "king", "send the paper", "--by", "friday"],
        ["visit", "king", "--from", "2026-12-01", "--to", "2026-12-03", "--city", "Boston"],
        ["news", "king", "Promoted", "--title", "CTO", "--company", "Initech"],
        ["news", "king", "Promoted again", "--title", "CEO"],
        ["merge", "1", "2"],
        ["merge", "1", "4"],
    ):
        netkeep(*command)
    dump = netkeep("export").json
    (ada,) = dump["contacts"]
    assert extra_lines(ada) == [
        *("NICKNAME:x", "X-A:x", "NICKNAME:Countess", "NICKNAME:Ada King"),
        *("NICKNAME:y", "X-A:y", "X-NETKEEP-ANOTHER-UID:8"),
    ]
    assert [position["title"] for position in ada["worked"]] == ["CTO"]
    assert {each["contact_id"] for each in dump["touchpoints"] + dump["occasions"]} == {1}
    assert [each["note"] for each in dump["touchpoints"]] == [None, "about engines"]
    assert [each["kind"] for each in dump["occasions"]] == ["promise", "visit", "news", "news"]
    page = netkeep("brief", "ada", "-f", "json").json
    assert [promise["text"] for promise in page["promises"]] == ["send the paper"]
    for words in ("engines", "paper", "boston", "promoted", "initech", "chess", "king"):
        assert (words, found(netkeep, words)) == (words, [1])
    for field, words in (("--company", "engines"), ("--city", "london")):
        assert netkeep("list", field, words, "-f", "json").names == ["Ada Lovelace"]


def test_extra_line_of_both_is_kept_once(netkeep: Netkeep, tmp_path: Path) -> None:
    for uid in ("7", "8"):
        card = f"BEGIN:VCARD\nVERSION:4.0\nUID:{uid}\nFN:Countess\nX-A:{{0}}\nX-B:b\nEND:VCARD\n"
        (tmp_path / uid).write_text(card.format(uid))
        netkeep("import", str(tmp_path / uid), "--keep")
    netkeep("merge", "3", "4")
    assert [extra_lines(each) for each in contacts(netkeep) if each["id"] == 3] == [
        ["X-A:7", "X-B:b", "X-A:8", "X-NETKEEP-ANOTHER-UID:8"]
    ]


@pytest.mark.parametrize(
    ("first", "second", "due"),
    [
        ("2026-11-01", "2026-11-20", "2027-01-20"),
        ("2026-11-20", "2026-11-01", "2027-01-20"),
        ("2026-10-31", None, "2027-01-01"),
    ],
)
def test_due_date_follows_the_latest_touchpoint_of_both(
    netkeep: Netkeep, first: str, second: str | None, due: str
) -> None:
    netkeep("log", "lovelace", "--on", first)
    if second:
        netkeep("log", "king", "--on", second)
    netkeep("merge", "lovelace", "king")
    assert only_contact(netkeep)["due_on"] == due
    assert only_contact(netkeep)["last_touch_on"] == max(first, second or "", "2026-11-01")


def test_contacts_without_touchpoints_are_due_on_the_earlier_first_day(netkeep: Netkeep) -> None:
    netkeep("add", "Bob", "--met-on", "2026-11-10")
    netkeep("add", "Bobby", "--met-on", "2026-11-20")
    assert netkeep("merge", "bobby", "3").out.endswith("Due since 12 Nov 2026.\n")


@pytest.mark.parametrize("snoozes", [("2w", "2027-03-01"), ("2027-03-01", "2w"), (None, "1y")])
def test_longer_snooze_is_kept(netkeep: Netkeep, snoozes: tuple[str | None, str]) -> None:
    for person, until in zip(("lovelace", "king"), snoozes, strict=True):
        if until:
            netkeep("snooze", person, until)
    netkeep("merge", "lovelace", "king")
    until = "2027-11-23" if "1y" in snoozes else "2027-03-01"
    assert (only_contact(netkeep)["snoozed_until"], only_contact(netkeep)["due_on"]) == (
        until,
        until,
    )


def test_contacts_introduced_by_the_second_are_introduced_by_the_first(netkeep: Netkeep) -> None:
    netkeep("add", "Grace", "--via", "king")
    netkeep("merge", "lovelace", "king")
    assert netkeep("show", "grace", "-f", "json").json["via"] == {"id": 1, "name": "Ada Lovelace"}


@pytest.mark.parametrize(("first", "second"), [("1", "2"), ("2", "1")])
def test_merged_contact_is_not_introduced_by_itself(
    netkeep: Netkeep, first: str, second: str
) -> None:
    netkeep("edit", "lovelace", "--via", "king")
    netkeep("merge", first, second)
    assert only_contact(netkeep)["via"] is None


def test_first_contact_gets_the_introducer_of_the_second(netkeep: Netkeep) -> None:
    netkeep("add", "Grace")
    netkeep("edit", "king", "--via", "grace")
    netkeep("edit", "lovelace", "--via", "king")
    netkeep("merge", "lovelace", "king")
    assert netkeep("show", "ada", "-f", "json").json["via"] == {"id": 3, "name": "Grace"}


def test_thanks_to_the_second_settle_the_thank_you_of_the_first(
    netkeep: Netkeep,
) -> None:
    netkeep("log", "lovelace", "-p", "ask", "--on", "2026-11-10")
    netkeep("log", "king", "-p", "thank", "--on", "2026-11-12")
    netkeep("merge", "lovelace", "king")
    page = netkeep("brief", "ada", "-f", "json").json
    assert (page["unthanked_since"], page["promises"]) == (None, [])


def test_asks_to_both_leave_one_thank_you(netkeep: Netkeep) -> None:
    netkeep("log", "lovelace", "-p", "ask", "--on", "2026-11-10")
    netkeep("log", "king", "-p", "ask", "--on", "2026-11-12")
    netkeep("merge", "lovelace", "king")
    netkeep("log", "ada", "-p", "thank")
    page = netkeep("brief", "ada", "-f", "json").json
    assert (page["unthanked_since"], page["promises"]) == (None, [])


@pytest.mark.parametrize(
    ("first", "second"), [("lovelace", "grace"), ("grace", "lovelace"), ("grace", "king")]
)
def test_merge_of_active_and_candidate_is_active(netkeep: Netkeep, first: str, second: str) -> None:
    netkeep("add", "Grace", "--candidate", "-k", "professor")
    netkeep("merge", first, second)
    kept = [contact["status"] for contact in contacts(netkeep)]
    assert kept == ["active", "active"]


def test_merge_of_dropped_and_active_is_active(netkeep: Netkeep) -> None:
    netkeep("drop", "lovelace", "--reason", "a mistake")
    netkeep("merge", "1", "king")
    assert netkeep("list", "-f", "json").names == ["Ada Lovelace"]


def test_chosen_cadence_of_the_first_is_kept(netkeep: Netkeep) -> None:
    netkeep("add", "Bob", "-e", "1w")
    netkeep("merge", "bob", "king")
    assert netkeep("show", "bob", "-f", "json").json["cadence"] == "1 week"


def test_notes_of_both_are_kept(netkeep: Netkeep) -> None:
    netkeep("edit", "king", "-n", "allergic to nuts")
    netkeep("merge", "lovelace", "king")
    assert "plays chess" in only_contact(netkeep)["note"]
    assert "allergic to nuts" in json.dumps(netkeep("export").json)


def test_imported_uid_of_the_second_is_kept_and_recognised_later(
    netkeep: Netkeep, tmp_path: Path
) -> None:
    card = tmp_path / "card"
    card.write_text("BEGIN:VCARD\nVERSION:4.0\nFN:Countess\nUID:7\nEND:VCARD\n")
    netkeep("import", str(card))
    netkeep("merge", "lovelace", "countess")
    netkeep("merge", "lovelace", "king")
    assert only_contact(netkeep)["uid"] == "7"
    assert netkeep("import", str(card)).out == "Imported no one; 1 was known already.\n"


def test_merge_of_an_imported_contact_can_be_redone(netkeep: Netkeep, tmp_path: Path) -> None:
    card = tmp_path / "card"
    card.write_text("BEGIN:VCARD\nVERSION:4.0\nFN:Countess\nUID:7\nTITLE:Analyst\nEND:VCARD\n")
    netkeep("import", str(card))
    netkeep("merge", "lovelace", "countess")
    merged = netkeep("export").json
    netkeep("undo")
    netkeep("redo")
    assert netkeep("export").json == merged


def test_cards_of_both_are_recognised_later(netkeep: Netkeep, tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:4.0\nFN:{0}\nUID:{0}\nEMAIL:{0}@x.example\nEND:VCARD\n"
    (tmp_path / "cards").write_text(card.format("Bob") + card.format("Robert"))
    netkeep("import", str(tmp_path / "cards"))
    netkeep("merge", "bob", "robert")
    assert netkeep("import", str(tmp_path / "cards"), err=None).out.startswith("Imported no one")
    assert len(contacts(netkeep)) == 3


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            *([], 2),
            "netkeep: name two people, or use --suggest\n  try: netkeep merge --suggest\n",
        ),
        (
            *(["ada"], 2),
            "netkeep: name two people, or use --suggest\n  try: netkeep merge ada 57\n",
        ),
        (
            *(["1", "2", "3"], 2),
            "netkeep: name two people, or use --suggest\n  try: netkeep merge ada 57\n",
        ),
        (
            *(["1", "2", "--suggest"], 2),
            "netkeep: name two people, or use --suggest\n  try: netkeep merge ada 57\n",
        ),
        (
            *(["lovelace", "#1"], 2),
            (
                "netkeep: both are the same contact\n"
                "  list pairs that may be one person: netkeep merge --suggest\n"
            ),
        ),
        (
            *(["lovelace", "lovelace"], 2),
            (
                "netkeep: both are the same contact\n"
                "  list pairs that may be one person: netkeep merge --suggest\n"
            ),
        ),
        (
            *(["lovelace", "charles"], 3),
            'netkeep: no contact matches "charles"\n  list your contacts: netkeep list\n',
        ),
        (
            *(["lovelace", "9"], 3),
            'netkeep: no contact matches "9"\n  list your contacts: netkeep list\n',
        ),
        (
            *(["king", "ada"], 3),
            (
                'netkeep: "ada" matches 2 contacts: #1 Ada Lovelace (friend, Engines);'
                " #2 Ada King (client)\n"
                "  type more of the name, or the id, such as 1\n"
            ),
        ),
    ],
)
def test_invalid_input_merges_nothing(
    netkeep: Netkeep, fails: Fails, arguments: list[str], code: int, said: str
) -> None:
    before = netkeep("export").out
    assert fails("merge", *arguments, code=code) == said
    assert netkeep("export").out == before


def test_similar_people_are_suggested_with_the_reasons(netkeep: Netkeep) -> None:
    netkeep("add", "ada-lovelace", "--phone", "1-12", "--force", "--candidate")
    assert netkeep("merge", "--suggest").out == (
        "1\tAda Lovelace\t2\tAda King\tsame e-mail address ada@x.example\n"
        "1\tAda Lovelace\t3\tada-lovelace\tsame name ada lovelace\n"
        "2\tAda King\t3\tada-lovelace\tsame phone number 112\n"
    )
    assert netkeep("merge", "--suggest", "--limit", "1", "-f", "json").json == [
        {
            "id": 1,
            "name": "Ada Lovelace",
            "other_id": 2,
            "other_name": "Ada King",
            "reasons": ["same e-mail address ada@x.example"],
        }
    ]
    table = netkeep("merge", "--suggest", "-f", "table").out
    assert "Ada King" in table
    assert "same e-mail address" in table


def test_people_with_different_profiles_are_not_suggested(netkeep: Netkeep) -> None:
    netkeep("edit", "lovelace", "--url", "https://www.linkedin.com/in/ada-1")
    netkeep("edit", "king", "--url", "https://www.linkedin.com/in/ada-2")
    assert netkeep("merge", "--suggest", "-f", "json").json == []
    netkeep("merge", "lovelace", "king")
    assert len(only_contact(netkeep)["urls"]) == 2


def test_suggest_without_similar_people_prints_a_message_in_tables_only(netkeep: Netkeep) -> None:
    netkeep("merge", "lovelace", "king")
    assert netkeep("merge", "--suggest").out == ""
    said = netkeep(
        "merge", "--suggest", "-f", "table", err="No two contacts look like the same person.\n"
    )
    assert said.out == ""
    assert netkeep("merge", "--suggest", "-f", "json").out == "[]\n"


def test_suggest_without_contacts_prints_a_hint(netkeep: Netkeep, tmp_path: Path) -> None:
    said = netkeep("--db", str(tmp_path / "empty.db"), "merge", "--suggest", err=None)
    assert (said.out, said.err) == (
        *(
            "",
            'You have no contacts yet. Add one: netkeep add "Ada Lovelace" --kind friend\n',
        ),
    )


def test_merged_people_are_no_longer_suggested(netkeep: Netkeep) -> None:
    assert netkeep("merge", "--suggest").out != ""
    netkeep("merge", "1", "2")
    assert netkeep("merge", "--suggest").out == ""
    assert netkeep("list", "--status", "all", "-f", "json").names == ["Ada Lovelace"]


def test_touchpoint_after_a_merge_settles_what_moved_to_the_first(
    netkeep: Netkeep, today: Today
) -> None:
    netkeep("log", "king", "-p", "ask")
    netkeep("merge", "lovelace", "king")
    today("2026-11-30")
    (nudge,) = netkeep("due", "-f", "json").json
    assert (nudge["id"], [reason["text"] for reason in nudge["reasons"]]) == (
        *(1, ["promise #1: thank Ada King, 4 days late"]),
    )
    netkeep("log", "ada", "-p", "thank")
    assert netkeep("due", "-f", "json").json == []
