"""due: who is listed, the table, and the formats for programs."""

import csv
import io
from collections.abc import Callable

import pytest

from tests.conftest import Fails, Netkeep

Today = Callable[[str], None]


@pytest.fixture
def network(netkeep: Netkeep) -> None:
    """Add contacts: overdue, due, new, lapsed, due in a week, and two that are never due."""
    netkeep("add", "Grace Hopper", "-k", "professor", "--last", "2026-04-15", "--city", "Boston")
    netkeep(
        *("add", "Ada Lovelace", "-k", "coworker", "-t", "chess", "--email", "ada@engines.example"),
        *("--company", "Analytical Engines", "--last", "2026-08-20", "--city", "São Paulo"),
    )
    netkeep("add", "Katherine Johnson", "--met", "a summit", "--met-on", "2026-11-20")
    netkeep("add", "Kurt Gödel", "-e", "1 month", "--last", "2026-01-01")
    netkeep("add", "Alan Turing", "-e", "2w", "--last", "2026-11-16")
    netkeep("add", "Emmy Noether", "-e", "none", "--last", "2020-01-01")
    netkeep("add", "Paul Erdős", "--candidate", "--last", "2020-01-01")


@pytest.mark.usefixtures("network")
def test_due_prints_a_table(netkeep: Netkeep) -> None:
    said = netkeep("due", "-f", "table")
    assert said.out.splitlines() == [
        "id  name               state    why",
        "─" * 66,
        " 1  Grace Hopper       overdue  39 days late, every 6 months",
        " 2  Ada Lovelace       due      3 days late, every 3 months",
        " 3  Katherine Johnson  new      new, met on 2026-11-20 at a summit",
        " 4  Kurt Gödel         lapsed   295 days late, every month",
    ]


@pytest.mark.usefixtures("network")
def test_wide_terminal_shows_addresses(netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    table = netkeep("due", "-f", "table").out
    assert "Analytical Engines  ada@engines.example" in table


@pytest.mark.usefixtures("network")
def test_tsv_has_one_complete_line_per_contact(netkeep: Netkeep) -> None:
    lines = netkeep("due").out.splitlines()
    assert [line.split("\t") for line in lines][1] == [
        *("2", "Ada Lovelace", "due", "2026-11-20", "3", "3 days late, every 3 months"),
        *("2026-08-20", "3 months", "coworker", "Analytical Engines", "", "São Paulo"),
        *("ada@engines.example", "", "1"),
    ]
    assert len(lines) == 4


@pytest.mark.usefixtures("network")
def test_json_has_every_field_in_the_documented_order(netkeep: Netkeep) -> None:
    nudge = netkeep("due", "-f", "json").json[2]
    assert list(nudge.items()) == [
        ("id", 3),
        ("name", "Katherine Johnson"),
        ("state", "new"),
        ("due_on", "2026-11-22"),
        ("days_late", 1),
        (
            "reasons",
            [
                {
                    "kind": "new",
                    "text": "new, met on 2026-11-20 at a summit",
                    "since": "2026-11-22",
                    "until": None,
                    "id": None,
                }
            ],
        ),
        ("last_touch_on", None),
        ("cadence", "6 months"),
        ("kind", "other"),
        ("company", None),
        ("title", None),
        ("city", None),
        ("email", None),
        ("phone", None),
        ("balance", 0),
    ]


@pytest.mark.usefixtures("network")
def test_csv_has_a_header(netkeep: Netkeep) -> None:
    rows = list(csv.DictReader(io.StringIO(netkeep("due", "-f", "csv").out, newline="")))
    assert rows[0]["name"] == "Grace Hopper"
    assert rows[0]["days_late"] == "39"


@pytest.mark.usefixtures("network")
def test_by_shows_who_is_due_soon(netkeep: Netkeep) -> None:
    nudge = netkeep("due", "--by", "in 1 week", "-f", "json").json[3]
    assert (nudge["name"], nudge["state"], nudge["days_late"]) == ("Alan Turing", "soon", -7)
    assert nudge["reasons"][0]["text"] == "due in 7 days, every 2 weeks"
    assert len(netkeep("due", "--by", "today", "-f", "json").json) == 4


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["-k", "coworker"], ["Ada Lovelace"]),
        (["-t", "CHESS"], ["Ada Lovelace"]),
        (["--city", "sao pau"], ["Ada Lovelace"]),
        (["--city", "boston"], ["Grace Hopper"]),
        (["--city", "ost"], []),
        (["--limit", "2"], ["Grace Hopper", "Ada Lovelace"]),
    ],
)
def test_due_is_filtered_by_options(netkeep: Netkeep, options: list[str], names: list[str]) -> None:
    assert netkeep("due", *options, "-f", "json").names == names


@pytest.mark.usefixtures("network")
def test_count_check_and_oneline(netkeep: Netkeep) -> None:
    assert netkeep("due", "--count").out == "4\n"
    assert netkeep("due", "--oneline").out == (
        "4 due: Grace Hopper, Ada Lovelace, Katherine Johnson and 1 more\n"
    )
    assert netkeep("due", "--check", "--count", code=8).out == "4\n"
    assert netkeep("due", "--check", "-k", "client").out == ""
    assert netkeep("due", "--oneline", "-k", "client").out == ""


def test_due_without_contacts_says_how_to_begin(netkeep: Netkeep) -> None:
    first = 'You have no contacts yet. Add one: netkeep add "Ada Lovelace" --kind friend\n'
    for command in ("due", "list", "timeline"):
        assert netkeep(command, err=first).out == ""
        assert netkeep(command, "-f", "json", err=first).out == "[]\n"
    assert netkeep("due", "--count", err=first).out == "0\n"


def test_due_with_candidates_only_suggests_triage(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "--candidate")
    first = "1 candidate to triage: netkeep triage\n"
    assert netkeep("due", err=first).out == ""


@pytest.mark.usefixtures("network")
def test_message_for_an_empty_filtered_list_is_about_the_filter(netkeep: Netkeep) -> None:
    assert netkeep("due", "-k", "mentor", "-f", "table").out == ""
    netkeep("log", "grace")
    next_one = "No one is due. The next person is due on 23 May 2027.\n"
    assert netkeep("due", "-k", "professor", "-f", "table", err=next_one).out == ""


def test_empty_list_says_when_the_next_contact_is_due(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "--last", "today", "-e", "1m")
    said = netkeep(
        "due", "-f", "table", err="No one is due. The next person is due on 23 Dec 2026.\n"
    )
    assert said.out == ""
    assert netkeep("due").out == ""


def test_todays_list_gets_shorter_until_it_is_done(netkeep: Netkeep) -> None:
    for number in range(12):
        netkeep("add", f"Person {number:02}", "-e", "1m", "--last", "2026-10-20")
    more = "2 more: netkeep due --all\n"
    assert netkeep("due", "-f", "table", err=more).out.count("Person") == 10
    assert netkeep("due", "-f", "table", "--all").out.count("Person") == 12
    assert netkeep("due").out.count("Person") == 10
    netkeep("log", "1", "2", "3")
    assert netkeep("due", "-f", "table", err=more).out.count("Person") == 7
    netkeep("log", "4", "5", "6", "7", "8", "9", "10")
    done = f"Today's list is done. {more}"
    assert netkeep("due", "-f", "table", err=done).out == ""
    assert netkeep("due", "-f", "table", "--limit", "1", err=done).out == ""
    eleven = "1 more.\n"
    assert netkeep("due", "-f", "table", "--all", "--limit", "1", err=eleven).out.count("Pers") == 1


def test_footer_counts_what_the_limit_hides(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-e", "1m", "--last", "2026-10-20")
    netkeep("add", "Bea", "-e", "1m", "--last", "2026-10-20")
    more = "1 more: netkeep due --all\n"
    assert netkeep("due", "-f", "table", "--limit", "1", err=more).out.count("Ada") == 1


def test_balance_counts_your_asks_against_everything_else(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-e", "1d", "--last", "2026-11-01")
    netkeep("log", "ada", "-p", "ask", "--on", "2026-11-02")
    netkeep("log", "ada", "-p", "ask", "--on", "2026-11-03")
    netkeep("log", "ada", "-p", "ask", "--in", "--on", "2026-11-04")
    netkeep("log", "ada", "-p", "ask", "--on", "2026-11-05")
    assert netkeep("due", "-f", "json").json[0]["balance"] == -1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--by", "yesterday"],
        ["--by", "sometime"],
        ["--limit", "0"],
        ["--limit", "many"],
        ["-f", "yaml"],
        ["-k", "foe"],
        ["--city", "!"],
        ["-t", " "],
        ["--frmat", "json"],
        ["ada"],
    ],
)
def test_invalid_values_are_refused(fails: Fails, arguments: list[str]) -> None:
    fails("due", *arguments, code=2)
