"""news: reasons to congratulate, and the history of positions."""

from collections.abc import Callable

import pytest

from tests.conftest import Fails, Netkeep

Today = Callable[[str], None]


@pytest.fixture(autouse=True)
def people(netkeep: Netkeep) -> None:
    netkeep(
        *("add", "Ada Lovelace", "-k", "coworker", "--last", "2026-11-01"),
        *("--company", "Analytical Engines", "--title", "Analyst"),
    )


def test_news_is_on_the_agenda_until_a_touchpoint(netkeep: Netkeep) -> None:
    assert netkeep("news", "ada", "Published a book", "--on", "3 days ago").out == (
        "Noted news of Ada Lovelace on 2026-11-20 (#1): Published a book."
        " On the agenda until 20 Dec 2026.\n"
    )
    (nudge,) = netkeep("due", "-f", "json").json
    assert (nudge["state"], nudge["due_on"], nudge["days_late"]) == ("due", "2027-02-01", -70)
    assert nudge["reasons"] == [
        {
            "kind": "news",
            "text": "Published a book, 3 days ago",
            "since": "2026-11-20",
            "until": "2026-12-20",
            "id": 1,
        }
    ]
    netkeep("log", "ada", "-p", "congratulate")
    assert netkeep("due", "-f", "json").json == []


def test_news_closes_after_30_days(netkeep: Netkeep, today: Today) -> None:
    netkeep("news", "ada", "Promoted")
    today("2026-12-23")
    assert netkeep("due", "-f", "json").names == ["Ada Lovelace"]
    today("2026-12-24")
    assert netkeep("due", "-f", "json").json == []


def test_sentence_has_one_full_stop_after_a_company_that_ends_in_one(netkeep: Netkeep) -> None:
    said = netkeep("news", "ada", "Moved", "--company", "Engines Ltd.").out
    assert "Engines Ltd. On the agenda" in said


def test_new_position_is_set_and_the_old_one_is_kept_in_the_history(
    netkeep: Netkeep, today: Today
) -> None:
    said = netkeep("news", "ada", "Promoted", "--title", "Principal Engineer").out
    assert "Promoted. Now: Principal Engineer, Analytical Engines. On the agenda" in said
    today("2026-12-01")
    netkeep("news", "ada", "Moved", "--company", "Initech", "--title", "CTO", "--on", "yesterday")
    contact = netkeep("show", "ada", "-f", "json").json
    assert (contact["title"], contact["company"]) == ("CTO", "Initech")
    assert contact["worked"] == [
        {"company": "Analytical Engines", "title": "Principal Engineer", "until": "2026-11-30"},
        {"company": "Analytical Engines", "title": "Analyst", "until": "2026-11-23"},
    ]
    card = netkeep("show", "ada", "-f", "table").out
    assert "worked      Principal Engineer, Analytical Engines (until 2026-11-30)" in card
    assert netkeep("list", "--company", "initech", "-f", "json").names == ["Ada Lovelace"]
    assert netkeep("list", "--company", "analytical", "-f", "json").names == []


def test_same_position_again_adds_no_history(netkeep: Netkeep) -> None:
    netkeep("news", "ada", "Won a prize", "--title", "Analyst")
    assert netkeep("show", "ada", "-f", "json").json["worked"] == []


def test_first_position_adds_no_history(netkeep: Netkeep) -> None:
    netkeep("add", "Grace")
    netkeep("news", "grace", "Hired", "--company", "Initech")
    assert netkeep("show", "grace", "-f", "json").json["worked"] == []


def test_news_can_clear_the_company(netkeep: Netkeep) -> None:
    said = netkeep("news", "ada", "Retired", "--company", "none", "--title", "none").out
    assert "Retired. Now without a title and a company." in said
    assert netkeep("show", "ada", "-f", "json").json["company"] is None


def test_older_news_does_not_change_the_position(netkeep: Netkeep) -> None:
    netkeep("news", "ada", "Promoted", "--title", "CTO")
    said = netkeep("news", "ada", "Hired", "--title", "Intern", "--on", "10 days ago").out
    assert "It is older than their current job, so the job is unchanged." in said
    contact = netkeep("show", "ada", "-f", "json").json
    assert (contact["title"], len(contact["worked"])) == ("CTO", 1)


def test_news_of_a_snoozed_contact_mentions_the_snooze(netkeep: Netkeep) -> None:
    netkeep("snooze", "ada", "1w")
    assert netkeep("news", "ada", "Promoted").out.endswith("On the agenda from 30 Nov 2026.\n")
    netkeep("snooze", "ada", "2m")
    assert netkeep("news", "ada", "Moved").out.endswith(
        "Not on the agenda: snoozed until 2027-01-23.\n"
    )


@pytest.mark.parametrize(
    ("command", "follows"),
    [
        (["news", "ada", "x", "--on", "2026-10-23"], "On the agenda until 22 Nov 2026"),
        (["news", "ada", "x", "--on", "2026-11-01"], "you were in touch on 2026-11-01"),
    ],
)
def test_news_says_why_it_is_not_on_the_agenda(
    netkeep: Netkeep, command: list[str], follows: str
) -> None:
    said = netkeep(*command).out
    if "touch" in follows:
        assert said.endswith(f"Not on the agenda: {follows}.\n")
    else:
        assert said.endswith("Not on the agenda: its days there ended on 2026-11-22.\n")
    assert netkeep("due", "-f", "json").json == []


@pytest.mark.parametrize(("status", "word"), [("candidate", "a candidate"), ("dropped", "dropped")])
def test_news_of_a_candidate_is_saved_with_a_message(
    netkeep: Netkeep, status: str, word: str
) -> None:
    netkeep("add", "Grace", *(["--candidate"] if status == "candidate" else []))
    if status == "dropped":
        netkeep("drop", "grace")
    assert netkeep("news", "grace", "Hired").out.endswith(f"Never on the agenda: {word}.\n")
    assert netkeep("due", "-f", "json").json == []


def test_news_prints_json(netkeep: Netkeep) -> None:
    record = netkeep("news", "ada", "Promoted!", "-f", "json").json
    assert record.pop("created_at") == record.pop("updated_at")
    assert record == {
        "id": 1,
        "kind": "news",
        "contact_id": 1,
        "name": "Ada Lovelace",
        "day": "2026-11-23",
        "until": None,
        "opens_on": "2026-11-23",
        "text": "Promoted!",
        "city": None,
        "yours": False,
        "ask_id": None,
        "done_on": None,
        "done_by_id": None,
    }


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["ada"], 2),
        (["ada", " "], 2),
        (["ada", "x\ny"], 2),
        (["ada", "x" * 2_000], 2),
        (["ada", "x", "--on", "tomorrow"], 2),
        (["ada", "x", "--on", "may"], 2),
        (["ada", "x", "--title", ""], 2),
        (["bob", "x"], 3),
    ],
)
def test_invalid_input_saves_nothing(
    netkeep: Netkeep, fails: Fails, arguments: list[str], code: int
) -> None:
    fails("news", *arguments, code=code)
    assert netkeep("done", "1", code=3, err=None).out == ""
    assert netkeep("show", "ada", "-f", "json").json["title"] == "Analyst"
