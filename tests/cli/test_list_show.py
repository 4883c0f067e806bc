"""list and show."""

import pytest

from tests.conftest import Fails, Netkeep


@pytest.fixture(autouse=True)
def network(netkeep: Netkeep) -> None:
    netkeep(
        *("add", "Grace Hopper", "-k", "professor", "--school", "Yale", "--last", "2026-05-01"),
        *("-t", "compilers", "-t", "navy"),
    )
    netkeep(
        *("add", "ada lovelace", "-k", "coworker", "--company", "Analytical Engines Ltd."),
        *("--city", "London", "--met", "Open Source Summit", "--last", "2026-11-01", "-t", "Chess"),
    )
    netkeep("add", "Émilie du Châtelet", "-e", "none")
    netkeep("add", "Kurt", "--candidate")
    netkeep("add", "Alan")
    netkeep("drop", "alan")


@pytest.mark.parametrize(
    ("narrowed", "names"),
    [
        ([], ["ada lovelace", "Émilie du Châtelet", "Grace Hopper"]),
        (["-k", "professor"], ["Grace Hopper"]),
        (["-t", "CHESS"], ["ada lovelace"]),
        (["-t", "navy", "-t", "compilers"], ["Grace Hopper"]),
        (["-t", "navy", "-t", "chess"], []),
        (["--not-tag", "chess"], ["Émilie du Châtelet", "Grace Hopper"]),
        (["--city", "lon"], ["ada lovelace"]),
        (["--company", "engines anal"], ["ada lovelace"]),
        (["--company", "ngines"], []),
        (["--school", "yale"], ["Grace Hopper"]),
        (["--met", "summit"], ["ada lovelace"]),
        (["--status", "candidate"], ["Kurt"]),
        (["--status", "dropped"], ["Alan"]),
        (
            ["--status", "all"],
            ["ada lovelace", "Alan", "Émilie du Châtelet", "Grace Hopper", "Kurt"],
        ),
        (["--quiet-for", "3m"], ["Émilie du Châtelet", "Grace Hopper"]),
        (["--sort", "last"], ["Émilie du Châtelet", "Grace Hopper", "ada lovelace"]),
        (["--sort", "due"], ["Grace Hopper", "ada lovelace", "Émilie du Châtelet"]),
        (["--sort", "added"], ["Émilie du Châtelet", "ada lovelace", "Grace Hopper"]),
        (["--limit", "1"], ["ada lovelace"]),
    ],
)
def test_list_is_filtered_and_sorted(
    netkeep: Netkeep, narrowed: list[str], names: list[str]
) -> None:
    assert netkeep("list", *narrowed, "-f", "json").names == names


def test_list_prints_a_table(netkeep: Netkeep) -> None:
    assert netkeep("list", "--status", "all", "-f", "table").out.splitlines() == [
        "id  name                kind       last        due         company",
        "─" * 80,
        " 2  ada lovelace        coworker   2026-11-01  2027-02-01  Analytical Engines",
        "                                                           Ltd.",
        " 5  Alan                other                  dropped",
        " 3  Émilie du Châtelet  other",
        " 1  Grace Hopper        professor  2026-05-01  2026-11-01",
        " 4  Kurt                other                  candidate",
    ]


def test_list_without_matches_succeeds(netkeep: Netkeep) -> None:
    assert netkeep("list", "-k", "client").out == ""
    assert netkeep("list", "-k", "client", "-f", "json").json == []
    assert netkeep("list", "-k", "client", "-f", "csv").out.startswith("id,name,status,kind,")


def test_show_prints_a_card(netkeep: Netkeep) -> None:
    netkeep("edit", "ada", "--via", "grace", "--birthday", "1815-12-10", "-n", "Likes\nnumbers")
    netkeep("edit", "ada", "--met-on", "2026-08-28", "--phone", "123", "--url", "ada.example")
    netkeep("edit", "ada", "--email", "ada@x.example", "--title", "Engineer")
    netkeep("log", "ada", "-c", "call", "-n", "About [bold]markup[/bold]")
    assert netkeep("show", "ada", "-f", "table").out.splitlines() == [
        "ada lovelace (#2)",
        "status      active",
        "kind        coworker",
        "cadence     3 months",
        "last touch  2026-11-23",
        "year        D J F M A M J J A S O N",
        "            · · · · · · · · · · · 2",
        "due         2027-02-23",
        "company     Analytical Engines Ltd.",
        "title       Engineer",
        "city        London",
        "e-mail      ada@x.example",
        "phone       123",
        "URL         ada.example",
        "tags        Chess",
        "met         on 2026-08-28 at Open Source Summit",
        "via         Grace Hopper (#1)",
        "birthday    1815-12-10",
        "note        Likes",
        "            numbers",
        "",
        "latest touchpoints",
        "3  2026-11-23  call   catch-up  About [bold]markup[/bold]",
        "2  2026-11-01  other  catch-up",
    ]


def test_card_has_the_touchpoints_of_twelve_months(
    netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in ("2025-11-30", "2025-12-01", "2026-03-31", "2026-03-01", *["2026-11-23"] * 10):
        netkeep("log", "grace", "--on", day)
    assert "\n            1 · · 2 · 1 · · · · · +\n" in netkeep("show", "grace", "-f", "table").out
    monkeypatch.setenv("COLUMNS", "40")
    assert "\n            1 · · 2 · 1 · · · · · +\n" in netkeep("show", "grace", "-f", "table").out


def test_card_of_a_dropped_contact_has_the_day_and_reason(netkeep: Netkeep) -> None:
    netkeep("drop", "kurt", "--reason", "moved on")
    card = netkeep("show", "kurt", "-f", "table").out
    assert "dropped  2026-11-23: moved on\n" in card
    assert "latest" not in card
    assert "year" not in card


def test_show_prints_one_record(netkeep: Netkeep) -> None:
    assert netkeep("show", "grace").out == netkeep("list", "-k", "professor").out
    assert netkeep("show", "grace", "-f", "csv").out.count("\n") == 2
    assert [netkeep("show", "grace", "-f", "json").json] == (
        netkeep("list", "-k", "professor", "-f", "json").json
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["--limit", "9" * 20],
        ["--city", "a " * 1_100],
        ["--quiet-for", "long"],
        ["--company", "-"],
        ["--status", "gone"],
        ["--sort", "x"],
    ],
)
def test_invalid_values_are_refused(fails: Fails, arguments: list[str]) -> None:
    fails("list", *arguments, code=2)


@pytest.mark.parametrize("width", [20, 40, 50, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal_and_no_date_is_wrapped(
    netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    netkeep("log", "2", "-n", "a long story " * 9)
    table = netkeep("list", "-f", "table").out
    card = netkeep("show", "2", "-f", "table").out
    assert max(map(len, (table + card).splitlines())) <= width
    assert "2026-11-01" in table
    assert "…" not in card


def test_terminal_without_a_width_shows_the_list(
    netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "0")
    assert "Grace" in netkeep("show", "grace", "-f", "table").out


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("professors", "netkeep list --kind professor"),
        ("candidates", "netkeep list --status candidate"),
        ("yale", "netkeep find yale"),
    ],
)
def test_a_list_without_names_suggests_another_command(
    netkeep: Netkeep, words: str, hint: str
) -> None:
    said = netkeep("list", words, "-f", "table", err=None)
    assert said.out == ""
    assert said.err.startswith("No name matches. ")
    assert said.err.endswith(f": {hint}\n" if "find" in hint else f" {hint}\n")
    assert netkeep("list", words).out == ""


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("list --city bostn", "No contact matches.\n"),
        ("list --tag nowhere", "No contact matches.\n"),
        ("timeline ada", "No touchpoint matches.\n"),
    ],
)
def test_an_empty_list_is_said_to_people_only(netkeep: Netkeep, command: str, said: str) -> None:
    netkeep("add", "Ada")
    netkeep(*command.split(), "-f", "table", err=said)
    netkeep(*command.split())
