"""brief: one page about one person, in every format."""

from collections.abc import Callable

import pytest

from tests.conftest import Netkeep

Today = Callable[[str], None]


@pytest.fixture
def ada(netkeep: Netkeep) -> None:
    netkeep("add", "Grace Hopper", "--last", "today")
    netkeep(
        *(
            "add",
            "Ada Lovelace",
            "-k",
            "coworker",
            "--title",
            "Analyst",
            "--company",
            "Engines Ltd",
        ),
        *("--city", "London", "--school", "home", "--met", "a party", "--met-on", "2020-06-05"),
        *("--via", "grace", "--birthday", "10 dec", "-t", "chess", "-n", "Likes poetry"),
        *("--email", "ada@x.example", "--phone", "+44 20 7946 0000", "--url", "ada.example"),
        *("--last", "2026-05-01"),
    )
    netkeep("log", "ada", "--on", "2026-06-01", "-c", "call", "-n", "Spoke about engines")
    netkeep("log", "ada", "--on", "2026-06-02", "-c", "email", "-p", "ask", "-n", "A reference?")
    netkeep("log", "ada", "--on", "2026-07-02", "-c", "meal", "--in")
    netkeep("news", "ada", "Promoted", "--title", "CTO", "--on", "3 days ago")
    netkeep("promise", "ada", "send the paper", "--by", "tomorrow")
    netkeep("me", "Started at Initech")


@pytest.mark.usefixtures("ada")
def test_brief_fits_one_screen(netkeep: Netkeep) -> None:
    page = netkeep("brief", "-f", "table").out.splitlines()
    assert page == [
        "Ada Lovelace (#2)  overdue",
        "promise #1: thank Ada Lovelace, 171 days late",
        "Promoted, 3 days ago",
        "52 days late, every 3 months",
        "who        coworker, every 3 months, chess",
        "work       CTO, Engines Ltd",
        "worked     Analyst, Engines Ltd (until 2026-11-20)",
        "where      London, home",
        "met        on 2020-06-05 at a party through Grace Hopper (#1)",
        "birthday   10 Dec",
        "note       Likes poetry",
        "latest     2026-07-02 meal from them",
        "           2026-06-02 email, ask: A reference?",
        "           2026-06-01 call: Spoke about engines",
        "ask about  #2 Promoted (3 days ago)",
        "tell       2026-11-23: Started at Initech",
        "promised   #1 thank Ada Lovelace (2026-06-05)",
        "           #3 send the paper (2026-11-24)",
        "balance    1 ask, 3 other touchpoints; not thanked for the ask of 2026-06-02",
        "e-mail     ada@x.example",
        "phone      +44 20 7946 0000",
        "URL        ada.example",
    ]
    assert len(page) < 24


@pytest.mark.usefixtures("ada")
def test_fields_are_in_the_documented_order(netkeep: Netkeep) -> None:
    page = netkeep("brief", "ada", "-f", "json").json
    assert " ".join(page) == (
        "id name status kind cadence state due_on reasons company title worked city school met"
        " met_on via birthday tags note last_touch_on latest news own_news promises asks others"
        " unthanked_since emails phones urls visits"
    )
    assert [touchpoint["day"] for touchpoint in page["latest"]] == [
        *("2026-07-02", "2026-06-02", "2026-06-01"),
    ]
    assert (page["birthday"], page["via"]) == ("--12-10", {"id": 1, "name": "Grace Hopper"})
    assert len(netkeep("brief", "ada").out.splitlines()) == 1
    assert netkeep("brief", "ada", "-f", "csv").out.startswith("id,name,status,kind,cadence,state")


@pytest.mark.usefixtures("ada")
def test_brief_without_a_name_is_the_first_on_the_list(netkeep: Netkeep) -> None:
    first = netkeep("due", "-f", "json").json[0]
    page = netkeep("brief", "-f", "json").json
    assert (page["name"], page["state"], page["reasons"]) == (
        *(first["name"], first["state"], first["reasons"]),
    )


def test_brief_leaves_out_empty_fields(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-e", "none")
    assert netkeep("brief", "ada", "-f", "table").out.splitlines() == [
        "Ada (#1)",
        "who     other, no cadence",
        "latest  no touchpoint yet",
    ]


def test_brief_says_when_someone_not_on_the_agenda_is_due(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "--last", "2026-05-01")
    netkeep("snooze", "ada", "2w")
    assert netkeep("brief", "ada", "-f", "table").out.splitlines() == [
        *("Ada (#1)", "who     other, every 6 months", "due     2026-12-07"),
        "latest  2026-05-01 other",
    ]


def test_brief_of_a_candidate_shows_the_status(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "--candidate")
    assert netkeep("brief", "ada", "-f", "table").out.startswith("Ada (#1)  candidate\n")


def test_table_shows_the_newest_of_your_news(netkeep: Netkeep, today: Today) -> None:
    netkeep("add", "Ada")
    for number in range(5):
        netkeep("me", f"news {number}")
    page = netkeep("brief", "ada", "-f", "table").out
    assert "news 4" in page
    assert "news 1" not in page
    assert "and 2 more: netkeep me" in page
    assert len(netkeep("brief", "ada", "-f", "json").json["own_news"]) == 5


def test_brief_with_an_empty_list_prints_the_message_of_due(netkeep: Netkeep) -> None:
    first = 'You have no contacts yet. Add one: netkeep add "Ada Lovelace" --kind friend\n'
    assert netkeep("brief", err=first).out == ""
    netkeep("add", "Ada")
    assert netkeep("brief", err="No one is due. The next person is due on 25 Nov 2026.\n").out == ""
