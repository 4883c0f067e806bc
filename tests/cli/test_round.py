"""round: yearly seasons, the people they include, and their progress."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from netkeep.domain.contact import Kind
from netkeep.domain.maintenance import Retention
from netkeep.domain.rounds import MonthDay, Season
from netkeep.store.repository import open_repository
from tests.conftest import Fails, Netkeep

Today = Callable[[str], None]


@pytest.fixture(autouse=True)
def people(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-k", "client", "--last", "2026-11-01", "--email", "ada@x.example")
    netkeep("add", "Bea", "-k", "friend", "-t", "Chess", "--last", "2026-11-01")
    netkeep("add", "Cleo", "-k", "mentor", "--last", "2026-11-01")
    netkeep("add", "Dora", "-k", "client", "--candidate")


def reasons(netkeep: Netkeep) -> list[tuple[str, str]]:
    return [
        (nudge["name"], reason["text"])
        for nudge in netkeep("due", "--all", "-f", "json").json
        for reason in nudge["reasons"]
        if reason["kind"] == "round"
    ]


def test_preset_includes_every_active_contact(netkeep: Netkeep, today: Today) -> None:
    assert netkeep("round", "add", "--preset", "holidays").out == (
        "Added the holidays round: 12-01 to 12-24 every year, everyone (3 people)."
        " On the agenda from 1 Dec 2026.\n"
    )
    assert reasons(netkeep) == []
    today("2026-12-01")
    word = "holidays round until Thu 24 Dec"
    assert reasons(netkeep) == [("Ada", word), ("Bea", word), ("Cleo", word)]
    netkeep("log", "bea", "-p", "greeting")
    assert reasons(netkeep) == [("Ada", word), ("Cleo", word)]
    today("2026-12-25")
    assert reasons(netkeep) == []
    today("2027-12-24")
    assert len(reasons(netkeep)) == 3


def test_summer_preset(netkeep: Netkeep) -> None:
    assert netkeep("round", "add", "--preset", "summer").out.startswith(
        "Added the summer round: 07-01 to 08-15 every year, "
    )


def test_round_includes_people_of_any_of_its_kinds_and_tags(netkeep: Netkeep) -> None:
    said = netkeep(
        *("round", "add", "Now", "--from", "11-20", "--to", "30 nov"),
        *("-k", "client", "-k", "client", "-t", "CHESS", "-t", "chess"),
    )
    assert said.out == (
        "Added the Now round: 11-20 to 11-30 every year, client, tag CHESS (2 people)."
        " On the agenda until 30 Nov 2026.\n"
    )
    assert [name for name, _ in reasons(netkeep)] == ["Ada", "Bea"]


def test_round_can_span_new_year(netkeep: Netkeep, today: Today) -> None:
    netkeep("round", "add", "winter", "--from", "12-20", "--to", "01-10")
    for day, word in (
        ("2026-12-19", None),
        ("2026-12-20", "winter round until Sun 10 Jan 2027"),
        ("2027-01-10", "winter round until Sun 10 Jan"),
        ("2027-01-11", None),
    ):
        today(day)
        assert {text for _, text in reasons(netkeep)} == ({word} if word else set()), day
    today("2026-12-22")
    netkeep("log", "ada")
    today("2027-01-02")
    assert [name for name, _ in reasons(netkeep)] == ["Bea", "Cleo"]
    progress = netkeep("round", "list", "-f", "json").json[0]
    assert (progress["since"], progress["until"], progress["greeted"]) == (
        *("2026-12-20", "2027-01-10", 1),
    )


def test_list_shows_the_progress_of_each_round(netkeep: Netkeep) -> None:
    netkeep(
        "round", "add", "Now", "--from", "11-20", "--to", "11-30", "-k", "client", "-t", "Chess"
    )
    netkeep("round", "add", "all", "--from", "01-01", "--to", "12-31")
    netkeep("log", "ada")
    assert netkeep("round", "list", "-f", "json").json[1] == {
        "id": 1,
        "name": "Now",
        "begins": "11-20",
        "ends": "11-30",
        "kinds": ["client"],
        "tags": ["Chess"],
        "since": "2026-11-20",
        "until": "2026-11-30",
        "people": 2,
        "greeted": 1,
    }
    assert netkeep("round", "list").out.splitlines()[0] == (
        "2\tall\t01-01\t12-31\t\t\t2026-01-01\t2026-12-31\t3\t3"
    )
    table = netkeep("round", "list", "-f", "table").out
    assert "Now   11-20 to 11-30  client, Chess  1 of 2 greeted" in table


def test_show_lists_who_was_greeted_and_who_was_not(netkeep: Netkeep) -> None:
    netkeep(
        "round", "add", "Now", "--from", "11-20", "--to", "11-30", "-k", "client", "-t", "chess"
    )
    netkeep("log", "ada", "--on", "2026-11-21")
    netkeep("log", "ada")
    records = netkeep("round", "show", "NOW", "-f", "json").json
    assert [(record["name"], record["word_on"]) for record in records] == [
        ("Bea", None),
        ("Ada", "2026-11-21"),
    ]
    shown = netkeep("round", "show", "now", "-f", "table").out.splitlines()
    assert shown[0] == "Now"
    assert shown[1].startswith("1 of 2 greeted; until Mon 30 Nov  ━")
    assert shown[3:] == [
        "id  name  kind    greeted     reach",
        "─" * 43,
        " 2  Bea   friend  not yet",
        " 1  Ada   client  2026-11-21  ada@x.example",
    ]


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        ("11-24", "11-30", "0 of 3 greeted; opens Tue 24 Nov"),
        ("01-20", "02-20", "0 of 3 greeted; ended Fri 20 Feb, opens again Wed 20 Jan 2027"),
        ("10-01", "10-31", "0 of 3 greeted; ended Sat 31 Oct, opens again Fri 1 Oct 2027"),
        ("11-01", "11-20", "3 of 3 greeted; ended Fri 20 Nov, opens again Mon 1 Nov 2027"),
    ],
)
def test_show_of_a_closed_round_says_when_it_opens_or_ended(
    netkeep: Netkeep, begins: str, ends: str, said: str
) -> None:
    netkeep("round", "add", "x", "--from", begins, "--to", ends)
    assert said in netkeep("round", "show", "x", "-f", "table").out


def test_round_without_people_prints_a_message(netkeep: Netkeep) -> None:
    empty = "It has no people yet: no active contact has one of its kinds or tags.\n"
    netkeep("round", "add", "--preset", "summer", "-t", "nobody", err=empty)
    shown = netkeep(
        *("round", "show", "summer", "-f", "json"),
        err="The summer round has no people: no active contact has one of its kinds or tags.\n",
    )
    assert shown.out == "[]\n"
    assert "0 of 0" in netkeep("round", "show", "summer", "-f", "table", err=None).out


def test_agenda_works_with_hundreds_of_rounds(netkeep: Netkeep, database: Path, home: Path) -> None:
    with open_repository(
        *(database, datetime.now(UTC), date(2026, 11, 23), "round"),
        thank_you_days=3,
        retention=Retention(),
    ) as repository:
        for number in range(200):
            season = Season(MonthDay(11, 10), MonthDay(12, 31))
            repository.occasions.add_round(f"round {number}", season, [Kind.client], ["chess"])
    assert len(reasons(netkeep)) == 400
    assert netkeep("due", "--by", "in 2 years", "--count").out == "3\n"


def test_round_can_be_removed(netkeep: Netkeep) -> None:
    netkeep("round", "add", "Lunar New Year", "--from", "01-20", "--to", "02-20")
    assert netkeep("round", "remove", "lunar-new-year").out == (
        "Removed the Lunar New Year round: 01-20 to 02-20.\n"
    )
    assert (
        netkeep(
            *("round", "list"),
            err="You have no rounds yet. Add one: netkeep round add --preset holidays\n",
        ).out
        == ""
    )


def test_29_february_is_28_february_in_common_years(netkeep: Netkeep, today: Today) -> None:
    netkeep("round", "add", "leap", "--from", "02-29", "--to", "02-29")
    today("2027-02-28")
    assert reasons(netkeep)[0] == ("Ada", "leap round on Sun 28 Feb")
    today("2028-02-28")
    assert reasons(netkeep) == []
    today("2028-02-29")
    assert reasons(netkeep)[0] == ("Ada", "leap round on Tue 29 Feb")


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["add"], 2, "a round needs a name, --from and --to"),
        (["add", "x"], 2, "a round needs a name, --from and --to"),
        (["add", "x", "--from", "12-01"], 2, "a round needs a name, --from and --to"),
        (["add", "x", "--from", "13-01", "--to", "12-24"], 2, 'there is no such day as "13-01"'),
        (["add", "x", "--from", "02-30", "--to", "12-24"], 2, 'there is no such day as "02-30"'),
        (["add", "x", "--from", "soon", "--to", "12-24"], 2, '"soon" is not a day of the year'),
        (["add", "x", "--from", "2026-12-01", "--to", "12-24"], 2, "is not a day of the year"),
        (["add", "x", "--from", "1 dec 2026", "--to", "12-24"], 2, "takes place every year"),
        (["add", "?", "--from", "12-01", "--to", "12-24"], 2, "needs a letter or a digit"),
        (["add", " ", "--from", "12-01", "--to", "12-24"], 2, "the name of the round is empty"),
        (["add", "--preset", "easter"], 2, 'there is no preset "easter"'),
        (["add", "x", "--preset", "summer"], 2, "a preset has a name and days already"),
        (["add", "--preset", "summer", "--to", "12-24"], 2, "a preset has a name and days already"),
        (["add", "--preset", "summer", "-k", "foe"], 2, '"foe" is not a value for --kind'),
        (["add", "--preset", "summer", "-t", "?"], 2, '"?" is not a tag'),
        (["add", "--preset", "holidays"], 1, 'there is a round "holidays" already'),
        (["show", "x"], 3, 'there is no round "x"'),
        (["remove", "x"], 3, "your rounds: HOLIDAYS"),
        (["show"], 2, "missing argument 'NAME'"),
        (["sing"], 2, "no such command 'sing'"),
    ],
)
def test_invalid_input_is_refused_and_changes_nothing(
    netkeep: Netkeep, fails: Fails, arguments: list[str], code: int, sentence: str
) -> None:
    netkeep("round", "add", "HOLIDAYS", "--from", "12-01", "--to", "12-24")
    assert sentence in fails("round", *arguments, code=code)
    assert netkeep("round", "list", "-f", "json").names == ["HOLIDAYS"]


def test_round_without_a_subcommand_lists(netkeep: Netkeep) -> None:
    netkeep("round", "add", "--preset", "summer", err=None)
    assert netkeep("round").out == netkeep("round", "list").out != ""
    assert netkeep("round", "-f", "json").json == netkeep("round", "list", "-f", "json").json
    assert "Usage: netkeep round [OPTIONS] COMMAND" in netkeep("round", "--help").out
