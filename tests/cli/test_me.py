"""me: your own news, and how many people have heard it."""

from collections.abc import Callable

import pytest

from tests.conftest import Fails, Netkeep

Today = Callable[[str], None]


def test_news_is_added_listed_and_removed(netkeep: Netkeep, today: Today) -> None:
    netkeep("add", "Ada")
    netkeep("add", "Bea")
    assert netkeep("me", "Started at Initech").out == (
        "Noted your news (#1): Started at Initech."
        " Everyone you contact from today on counts as having heard it.\n"
    )
    today("2026-11-25")
    netkeep("me", "Moved to Rome!")
    netkeep("log", "ada")
    netkeep("log", "bea", "--on", "2026-11-24")
    assert netkeep("me", "-f", "json").json == [
        {"id": 2, "day": "2026-11-25", "text": "Moved to Rome!", "heard_by": 1},
        {"id": 1, "day": "2026-11-23", "text": "Started at Initech", "heard_by": 2},
    ]
    assert netkeep("me", "-f", "table").out.splitlines()[2:] == [
        " 2  2026-11-25  Moved to Rome!      1",
        " 1  2026-11-23  Started at Initech  2",
    ]
    assert netkeep("me", "--remove", "1").out == "Removed your news (#1): Started at Initech.\n"
    assert [news["id"] for news in netkeep("me", "-f", "json").json] == [2]


def test_only_active_contacts_count_as_having_heard(netkeep: Netkeep) -> None:
    netkeep("me", "x")
    netkeep("add", "Ada", "--candidate", "--last", "today")
    netkeep("add", "Bea", "--last", "today")
    netkeep("drop", "bea")
    assert netkeep("me", "-f", "json").json[0]["heard_by"] == 0


def test_brief_shows_your_news_since_the_latest_touchpoint(netkeep: Netkeep, today: Today) -> None:
    netkeep("add", "Ada")
    netkeep("me", "old")
    today("2026-11-24")
    netkeep("log", "ada")
    netkeep("me", "of the same day")
    today("2026-11-25")
    netkeep("me", "new")
    unheard = netkeep("brief", "ada", "-f", "json").json["own_news"]
    assert [news["text"] for news in unheard] == ["new"]


def test_me_without_news_prints_a_hint(netkeep: Netkeep) -> None:
    first = 'You have no news of your own yet. Try: netkeep me "Started at Initech"\n'
    assert netkeep("me", "-f", "json", err=first).out == "[]\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([""], 2),
        (["a\nb"], 2),
        (["x", "--remove", "1"], 2),
        (["--remove", "x"], 2),
        (["--remove", "9"], 3),
        (["--remove", "9" * 30], 3),
    ],
)
def test_invalid_input_changes_nothing(
    netkeep: Netkeep, fails: Fails, arguments: list[str], code: int
) -> None:
    netkeep("me", "x")
    fails("me", *arguments, code=code)
    assert len(netkeep("me", "-f", "json").json) == 1
