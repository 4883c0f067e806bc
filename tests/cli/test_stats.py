"""stats: the network and its last year in figures."""

import shlex
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal, ending
from tests.conftest import Configure, Fails, Netkeep

FIRST = 'You have no contacts yet. Add one: netkeep add "Ada Lovelace" --kind friend\n'


@pytest.fixture
def network(netkeep: Netkeep) -> None:
    netkeep("add", "Ada Lovelace", "-k", "friend", "-e", "1w", "--last", "2026-09-01")
    netkeep("add", "Bea", "-k", "friend", "-e", "2m", "--via", "ada", "--last", "2025-10-01")
    netkeep("add", "Cleo", "-k", "client", "--via", "ada")
    netkeep("add", "Dora", "--candidate", "--via", "cleo")
    netkeep("add", "Emmy")
    netkeep("drop", "emmy")
    netkeep("log", "ada", "-c", "call", "-p", "ask", "--on", "2026-11-02")
    netkeep("log", "ada", "-c", "call", "-p", "give", "--on", "2026-11-16")
    netkeep("log", "ada", "-c", "email", "--in", "-p", "ask", "--on", "2026-11-23")
    netkeep("log", "ada", "-c", "email", "-p", "thank", "--on", "2026-11-23")
    netkeep("round", "add", "autumn", "--from", "11-01", "--to", "11-30")


PAGE = """\
people
kind    active  candidate  dropped
──────────────────────────────────
friend       2          0        0
client       1          0        0
other        0          1        1

touchpoints
      Dec Jan Feb Mar  Apr May  Jun Jul Aug  Sep Oct Nov
Mon  ·················································░·░█
     ········································░···········
Wed  ····················································
     ····················································
Fri  ····················································
     ····················································
Sun  ····················································
week ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▅▁▁▁▁▁▁▁▁▅▁▅█
· 0  ░ 1  █ 2 a day
5 since 2025-11-24; the busiest week, from 2026-11-23, had 2

call   █████████████████████████████ 2    ask       ██████████████████████████ 2
email  █████████████████████████████ 2    catch-up  █████████████ 1
other  ██████████████ 1                   give      █████████████ 1
                                          thank     █████████████ 1

You asked once and gave once; they asked once and gave 0 times.

longest silences
id  name          kind    cadence   last        silent for
──────────────────────────────────────────────────────────
 2  Bea           friend  2 months  2025-10-01  418 days
 1  Ada Lovelace  friend  1 week    2026-11-23  0 days
No touchpoint yet: 1 active person.

rounds
name    days            for       this year
────────────────────────────────────────────────
autumn  11-01 to 11-30  everyone  1 of 3 greeted

most introductions
id  name          introduced
────────────────────────────
 1  Ada Lovelace  2 people
 3  Cleo          1 person
The whole tree: netkeep stats --tree

load
Your cadences need 1.23 touchpoints a week; you log 0.5 (last 8 weeks).
To keep up, try: a cadence of 1 month instead of 1 week for 1 of your 2 friends;
your cadences would then need 0.47 a week.
  netkeep edit PERSON -e 1m
"""


@pytest.mark.usefixtures("network")
def test_stats_prints_a_page(netkeep: Netkeep) -> None:
    assert netkeep("stats", "-f", "table").out == PAGE


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(
    netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    page = netkeep("stats", "-f", "table").out
    assert max(map(len, page.splitlines())) <= width
    assert "…" not in page
    assert page.endswith("\n  netkeep edit PERSON -e 1m\n")


@pytest.mark.usefixtures("network")
def test_json_is_one_document_with_everything(netkeep: Netkeep) -> None:
    found = netkeep("stats", "-f", "json").json
    weeks, days = found.pop("weeks"), found.pop("days")
    assert len(weeks) == 53
    assert weeks[-1] == {"since": "2026-11-23", "touchpoints": 2}
    assert days[0] == {"since": "2025-11-24", "touchpoints": 0}
    assert days[-1] == {"since": "2026-11-23", "touchpoints": 2}
    people = {one.pop("kind"): one for one in found.pop("people")}
    assert people["friend"] == {"active": 2, "candidate": 0, "dropped": 0}
    assert len(people) == 9
    assert found == {
        "since": "2025-11-24",
        "until": "2026-11-23",
        "channels": [
            {"name": "call", "touchpoints": 2},
            {"name": "email", "touchpoints": 2},
            {"name": "other", "touchpoints": 1},
        ],
        "purposes": [
            {"name": "ask", "touchpoints": 2},
            {"name": "catch-up", "touchpoints": 1},
            {"name": "give", "touchpoints": 1},
            {"name": "thank", "touchpoints": 1},
        ],
        "asked": 1,
        "given": 1,
        "asked_by_them": 1,
        "given_by_them": 0,
        "silences": [
            {
                "id": 2,
                "name": "Bea",
                "kind": "friend",
                "cadence": "2 months",
                "last_touch_on": "2025-10-01",
                "days": 418,
            },
            {
                "id": 1,
                "name": "Ada Lovelace",
                "kind": "friend",
                "cadence": "1 week",
                "last_touch_on": "2026-11-23",
                "days": 0,
            },
        ],
        "no_word_yet": 1,
        "rounds": netkeep("round", "list", "-f", "json").json,
        "introducers": [
            {"id": 1, "name": "Ada Lovelace", "introduced": 2},
            {"id": 3, "name": "Cleo", "introduced": 1},
        ],
        "load": {
            "wanted": 1.23,
            "done": 0.5,
            "change": {
                "kind": "friend",
                "cadence": "1 month",
                "instead": ["1 week"],
                "people": 1,
                "out_of": 2,
                "wanted": 0.47,
                "command": "netkeep edit PERSON -e 1m",
            },
        },
    }


@pytest.mark.usefixtures("network")
def test_tsv_has_one_figure_a_line(netkeep: Netkeep) -> None:
    lines = netkeep("stats").out.splitlines()
    assert lines[0] == "active\tfriend\t2"
    assert "week\t2026-11-23\t2" in lines
    assert "asked\t\t1" in lines
    assert "silence\tBea (#2)\t418" in lines
    assert "load_wanted\t\t1.23" in lines
    assert all(line.count("\t") == 2 for line in lines)
    assert netkeep("stats", "-f", "csv").out.startswith("figure,of,value\nactive,friend,2\n")


@pytest.mark.usefixtures("network")
def test_command_suggested_by_the_load_check_works(netkeep: Netkeep) -> None:
    change = netkeep("stats", "-f", "json").json["load"]["change"]
    program, *arguments = shlex.split(change["command"].replace("PERSON", "ada"))
    assert program == "netkeep"
    netkeep(*arguments)
    load = netkeep("stats", "-f", "json").json["load"]
    assert load == {"wanted": change["wanted"], "done": 0.5, "change": None}
    assert netkeep("stats", "-f", "table").out.endswith(
        "load\n"
        "Your cadences need 0.47 touchpoints a week; you log 0.5 (last 8 weeks).\n"
        "You are keeping up.\n"
    )


def test_load_counts_the_last_eight_weeks(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "--last", "2026-09-28")
    assert netkeep("stats", "-f", "json").json["load"]["done"] == 0
    netkeep("log", "ada", "--on", "2026-09-29")
    assert netkeep("stats", "-f", "json").json["load"]["done"] == 0.12


def test_stats_without_recent_touchpoints_suggests_log(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-k", "friend")
    page = netkeep("stats", "-f", "table").out
    assert "touchpoints\nNone since 2025-11-24. To note one: netkeep log ada\n" in page
    assert page.endswith(
        "you log 0 (last 8 weeks).\nLog your touchpoints to get a suggestion: netkeep log ada\n"
    )


def test_load_check_says_that_no_single_change_is_enough(netkeep: Netkeep) -> None:
    for kind in ("friend", "client"):
        for number in range(9):
            netkeep("add", f"{kind} {number}", "-k", kind, "-e", "1w")
    netkeep("log", "1")
    page = " ".join(netkeep("stats", "-f", "table").out.split())
    assert (
        "No single change is enough; this one helps most: a cadence of 1 year instead of 1 week"
        " for your 9 friends; your cadences would then need 9.17 a week."
    ) in page
    assert "netkeep edit PERSON -e 1y" in page


def test_load_check_names_several_cadences_of_a_kind_a_shorter_one(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-k", "friend", "-e", "1w")
    netkeep("add", "Bea", "-k", "friend", "-e", "10d", "--last", "today")
    page = " ".join(netkeep("stats", "-f", "table").out.split())
    fitting = "To keep up, try: a cadence of 6 months instead of a shorter one for your 2"
    assert fitting in page


def test_load_check_may_suggest_no_cadence(netkeep: Netkeep) -> None:
    for number in range(9):
        netkeep("add", f"No {number}", "-e", "1y")
    netkeep("log", "1")
    assert "To keep up, try: no cadence instead of 1 year for your 9 others" in (
        netkeep("stats", "-f", "table").out
    )


@pytest.mark.usefixtures("network")
def test_tree_shows_introductions(netkeep: Netkeep) -> None:
    assert netkeep("stats", "--tree", "-f", "table").out.splitlines() == [
        "Ada Lovelace (#1)",
        "├─ Bea (#2)",
        "└─ Cleo (#3)",
        "   └─ Dora (#4, candidate)",
    ]
    assert netkeep("stats", "--tree").out.splitlines() == [
        "0\t1\tAda Lovelace\tactive\t",
        "1\t2\tBea\tactive\t1",
        "1\t3\tCleo\tactive\t1",
        "2\t4\tDora\tcandidate\t3",
    ]
    assert netkeep("stats", "--tree", "-f", "json").names == ["Ada Lovelace", "Bea", "Cleo", "Dora"]
    assert netkeep("stats", "--tree", "-f", "csv").out.startswith("depth,id,name,status,via_id\n")


def test_long_name_in_the_tree_is_wrapped_and_not_cut_off(netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    netkeep("add", "…" * 150, "--via", "ada")
    assert netkeep("stats", "--tree", "-f", "table").out.count("…") == 150


@pytest.mark.usefixtures("network")
def test_tree_ends_with_circular_introductions(netkeep: Netkeep) -> None:
    netkeep("edit", "ada", "--via", "dora")
    assert netkeep("stats", "--tree", "-f", "table").out.splitlines() == [
        "Ada Lovelace (#1)",
        "├─ Bea (#2)",
        "└─ Cleo (#3)",
        "   └─ Dora (#4, candidate)",
    ]


def test_tree_without_introductions_is_empty_with_a_hint(netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    hint = "You have noted no introductions yet. To note one: netkeep edit ada --via grace\n"
    assert netkeep("stats", "--tree", "-f", "table", err=hint).out == ""
    assert netkeep("stats", "--tree", "-f", "json", err=hint).json == []
    assert "introduced" not in netkeep("stats", "-f", "table").out


def test_stats_without_contacts_prints_a_hint(netkeep: Netkeep) -> None:
    assert netkeep("stats", "-f", "table", err=FIRST).out == ""
    assert netkeep("stats", "--tree", "-f", "table", err=FIRST).out == ""
    assert "load_wanted\t\t0\n" in netkeep("stats", err=FIRST).out
    assert netkeep("stats", "-f", "json", err=FIRST).json["silences"] == []
    netkeep("add", "Ada", "--candidate")
    waiting = "1 candidate to triage: netkeep triage\n"
    assert "other       0          1        0" in netkeep("stats", "-f", "table", err=waiting).out


@pytest.mark.usefixtures("network")
def test_svg_shows_the_page_and_loads_nothing_from_elsewhere(
    netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    netkeep("edit", "ada", "--name", "A <b>&\ufffe\u202e")
    file = tmp_path / "stats.svg"
    assert netkeep("stats", "--svg", str(file), err=f"Wrote {file}.\n").out == ""
    assert file.stat().st_mode & 0o777 == 0o600
    svg = file.read_text()
    drawn = "".join(ET.fromstring(svg).itertext()).replace("\xa0", " ")
    assert "A <b>&" in drawn
    assert "░" in drawn
    assert "Your cadences need 1.23 touchpoints a week" in drawn
    assert "\u202e" not in svg
    assert "fill: #98a84b" in svg
    assert svg.replace("http://www.w3.org/2000/svg", "").count("http") == 0
    assert "url(#" in svg
    assert svg.count("url(") == svg.count("url(#")
    assert "@" not in svg


@pytest.mark.usefixtures("network")
def test_svg_overwrites_a_file_only_with_force(
    netkeep: Netkeep, fails: Fails, tmp_path: Path, database: Path
) -> None:
    file = tmp_path / "stats.svg"
    file.write_text("mine")
    assert f"{file} exists already" in fails("stats", "--svg", str(file), code=1)
    assert file.read_text() == "mine"
    netkeep("stats", "--svg", str(file), "--force", err=None)
    assert file.read_text().startswith("<svg ")
    before = database.read_bytes()
    assert "is the database itself" in (fails("stats", "--svg", str(database), "--force", code=2))
    assert database.read_bytes() == before


@pytest.mark.parametrize("others", [["-f", "json"], ["--tree"]], ids=" ".join)
def test_svg_cannot_be_combined_with_other_formats(fails: Fails, others: list[str]) -> None:
    assert "--svg cannot be used with --tree or --format" in fails(
        "stats", "--svg", "x.svg", *others, code=2
    )


@pytest.mark.usefixtures("network")
def test_ascii_terminal_gets_ascii_only(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    page, code = ending(terminal.run("stats"))
    tree, _ = ending(terminal.run("stats", "--tree"))
    card, _ = ending(terminal.run("show", "ada"))
    assert code == 0
    assert (page + tree + card).isascii()
    assert "\\u" not in page + tree + card
    assert "`- Cleo (#3)" in tree
    assert ". . . . . . . . . 1 . 4" in card


@pytest.mark.usefixtures("network")
def test_no_color_and_dumb_terminals_get_no_colour(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b[32m" in ending(terminal.run("stats"))[0]
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as patched:
            patched.setenv(name, value)
            page = ending(terminal.run("stats"))[0]
            assert "\x1b[" not in page
            assert "░█" in page


@pytest.mark.usefixtures("network")
def test_setting_changes_the_first_day_of_the_week(netkeep: Netkeep, configure: Configure) -> None:
    assert netkeep("stats", "-f", "json").json["since"] == "2025-11-24"
    configure('first_day_of_week = "sunday"')
    page = netkeep("stats", "-f", "json").json
    assert page["since"] == page["weeks"][0]["since"] == "2025-11-23"
    rows = netkeep("stats", "-f", "table").out.splitlines()
    assert [row[:3] for row in rows if row[5:6] in "·░█" and row[5:]][:7] == [
        *("Sun", "   ", "Tue", "   ", "Thu", "   ", "Sat")
    ]
