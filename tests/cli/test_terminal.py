"""Prompts, colour, the footer and interrupts on a real terminal."""

import re
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal, answer, ending
from tests.conftest import Netkeep


def test_add_prompts_for_missing_fields(terminal: Terminal, netkeep: Netkeep) -> None:
    child = terminal.run("add", "--city", "London", "-t", "chess", width=100)
    answer(
        child,
        ("Name: ", "  "),
        ("the name is empty\r\nName: ", "Ada Lovelace"),
        ("association, professor, alumni, client, mentor, other) [other]: ", "foe"),
        ('"foe" is not a kind; one of friend, relative, ', "coworker"),
        ("How often [3 months]: ", "sometimes"),
        ('"sometimes" is not a length of time; try 10d, 2w, 3m, 1y or 3 months, or none', ""),
        ("E-mail: ", "ada"),
        ("try ada@engines.example", "ada@x.example"),
        ("Company: ", ""),
        ("What they do there: ", "Engineer"),
        ("Where you met: ", "a soirée"),
        ("The day you met: ", "yesterday"),
        ("Note: ", ""),
    )
    out, code = ending(child)
    assert code == 0
    assert out.endswith(
        "Added Ada Lovelace (#1): coworker, every 3 months, met on 2026-11-22."
        " First due: 24 Nov 2026.\n"
    )
    contact = netkeep("show", "ada", "-f", "json").json
    assert (contact["city"], contact["tags"], contact["emails"]) == (
        *("London", ["chess"], ["ada@x.example"]),
    )
    assert (contact["company"], contact["title"], contact["met"]) == (None, "Engineer", "a soirée")


def test_add_prompts_for_the_name_of_an_address(terminal: Terminal, netkeep: Netkeep) -> None:
    child = terminal.run("add", "grace@yale.example", "-k", "friend")
    answer(child, ("Name: ", ""), ("the name is empty\r\nName: ", "Grace Hopper"))
    assert ending(child)[1] == 0
    assert netkeep("show", "grace", "-f", "json").json["emails"] == ["grace@yale.example"]


PROMPTS = (
    "Name",
    "Kind",
    "How often",
    "E-mail",
    "Company",
    "What",
    "City",
    "Where",
    "The day",
    "Note",
)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("position", range(len(PROMPTS)), ids=PROMPTS)
@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "end of input"])
def test_interrupted_prompt_writes_nothing(
    terminal: Terminal, database: Path, position: int, key: str
) -> None:
    child = terminal.run("add")
    for label in PROMPTS[:position]:
        child.expect_exact(label)
        child.sendline("Ada" if label == "Name" else "")
    child.expect_exact(PROMPTS[position])
    child.expect_exact(": ")
    child.send(key)
    out, code = ending(child)
    assert code == 130
    assert out.endswith("netkeep: interrupted\n")
    assert not database.exists()


@pytest.mark.parametrize(("typed", "contacts"), [("y", 2), ("", 1)])
def test_add_prompts_before_adding_a_duplicate_name(
    terminal: Terminal, netkeep: Netkeep, typed: str, contacts: int
) -> None:
    netkeep("add", "Ada")
    child = terminal.run("add")
    answer(
        child,
        ("Name: ", "ADA"),
        ("#1 Ada (other) has the same name. Add this person anyway?", typed),
    )
    if typed:
        answer(child, *((label, "") for label in PROMPTS[1:]))
    assert ending(child)[1] == (0 if typed else 1)
    assert len(netkeep("list", "-f", "json").json) == contacts


def test_ambiguous_name_prompts_for_the_contact(terminal: Terminal, netkeep: Netkeep) -> None:
    netkeep("add", "Ada Lovelace")
    netkeep("add", "Ada Byron")
    child = terminal.run("log", "ada")
    answer(
        child,
        ("  #2 Ada Byron (other)\r\n  #1 Ada Lovelace (other)\r\nWhich", "0000000003"),
        ("type a number or a name\r\nWhich", "#1"),
    )
    out, code = ending(child)
    assert code == 0
    assert out.endswith(
        "Logged a touchpoint with Ada Lovelace on 2026-11-23 (#1). Next: 23 May 2027.\n"
    )


def test_ambiguous_name_lists_at_most_twenty_people_at_once(
    terminal: Terminal, netkeep: Netkeep, tmp_path: Path
) -> None:
    file = tmp_path / "many.csv"
    file.write_text("name\n" + "".join(f"Ada {number:02}\n" for number in range(1, 23)))
    netkeep("import", str(file), "--map", "name=name", err=None)
    child = terminal.run("show", "ada", "-f", "tsv")
    answer(
        child,
        ("  #20 Ada 20 (other, candidate)\r\nWhich", ""),
        (
            "name, Enter for more (2 left), or q to stop: \r\n  #21 Ada 21 (other, candidate)\r\n",
            "7",
        ),
    )
    out, code = ending(child)
    assert code == 0
    assert "7\tAda 07" in out


def test_typed_name_chooses_or_leaves_fewer_people(terminal: Terminal, netkeep: Netkeep) -> None:
    for name in ("Ada Byron", "Ada Lovelace", "Ada King", "Ada Lovell"):
        netkeep("add", name)
    child = terminal.run("show", "ada", "-f", "tsv")
    answer(
        child,
        ("q to stop: ", "Grace"),
        ("is not one of these", "love"),
        ("  #2 Ada Lovelace (other)\r\n  #4 Ada Lovell (other)\r\nWhich", "x"),
        ("is not one of these", "lovelace"),
    )
    out, code = ending(child)
    assert code == 0
    assert "2\tAda Lovelace" in out


@pytest.mark.parametrize("key", ["q\r", "\x1b"], ids=["q", "Esc"])
def test_question_about_a_name_can_be_left(terminal: Terminal, netkeep: Netkeep, key: str) -> None:
    netkeep("add", "Ada Byron")
    netkeep("add", "Ada Lovelace")
    child = terminal.run("log", "ada")
    child.expect_exact("q to stop: ")
    child.send(key)
    out, code = ending(child)
    assert out.endswith("netkeep: nothing was done\n")
    assert code == 1


def test_open_prompt_does_not_lock_the_database(terminal: Terminal, netkeep: Netkeep) -> None:
    netkeep("add", "Ada Lovelace")
    netkeep("add", "Ada Byron")
    child = terminal.run("log", "ada")
    child.expect_exact("or q to stop: ")
    netkeep("add", "Grace")
    child.sendline("1")
    assert ending(child)[1] == 0


def test_prompt_is_not_on_standard_output(
    terminal: Terminal, netkeep: Netkeep, tmp_path: Path
) -> None:
    netkeep("add", "Ada Lovelace")
    netkeep("add", "Ada Byron")
    answers = tmp_path / "answers"
    child = terminal.spawn("/bin/sh", "-c", f'"$0" -m netkeep log ada >{answers}', sys.executable)
    answer(child, ("or q to stop: ", "2"))
    assert ending(child)[1] == 0
    assert answers.read_text() == (
        "Logged a touchpoint with Ada Byron on 2026-11-23 (#1). Next: 23 May 2027.\n"
    )
    child = terminal.spawn("/bin/sh", "-c", f'"$0" -m netkeep log ada >{answers}', sys.executable)
    child.expect_exact("or q to stop: ")
    child.sendeof()
    assert ending(child) == ("\nnetkeep: interrupted\n", 130)


def test_prompt_has_line_editing(terminal: Terminal, netkeep: Netkeep) -> None:
    child = terminal.run("add", "--city", "x")
    answer(
        child,
        ("Name: ", "da\x01A\x05!"),
        *((label, "") for label in PROMPTS[1:] if label != "City"),
    )
    assert ending(child)[1] == 0
    assert netkeep("list", "-f", "json").names == ["Ada!"]


def test_due_prints_a_coloured_table_and_a_footer(
    terminal: Terminal, netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(11):
        netkeep("add", f"Person {number:02}", "-e", "1m", "--last", "2026-10-20")
    out, code = ending(terminal.run("due"))
    assert code == 0
    assert "\x1b[" in out
    assert out.count("Person") == 10
    assert out.endswith("1 more: netkeep due --all\n")
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as patched:
            patched.setenv(name, value)
            assert "\x1b[" not in ending(terminal.run("due"))[0]


def test_control_characters_are_escaped(terminal: Terminal, netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-n", "\x1b]0;title\x07 \x9b31m \u202e[red]x[/red]")
    out, _ = ending(terminal.run("show", "ada"))
    assert r"\x1b]0;title\x07 \x9b31m \u202e[red]x[/red]" in out


def test_import_shows_a_progress_bar(terminal: Terminal, netkeep: Netkeep, tmp_path: Path) -> None:
    file = tmp_path / "Connections.csv"
    file.write_text(
        "First Name,Last Name,Connected On\n" + "".join(f"Ada,No {i}\n" for i in range(1_500))
    )
    out, code = ending(terminal.run("import", str(file)))
    assert code == 0
    assert "Importing" in out
    assert len(netkeep("list", "--status", "all", "-f", "json").json) == 1_500


def test_import_prints_each_reason_to_leave_out_once(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "Connections.csv"
    file.write_text("First Name,Last Name,URL,Connected On\n" + ",,https://x.example/a,\n" * 3)
    short, _ = ending(terminal.run("import", str(file)))
    whole, _ = ending(terminal.run("import", str(file), "--verbose"))
    assert re.findall("left out .*", short) == ["left out line 2 and 2 others: no name"]
    assert re.findall("left out .*", whole) == [
        f"left out line {line}: no name" for line in (2, 3, 4)
    ]


def test_messages_wrap_at_words_on_a_terminal(terminal: Terminal, netkeep: Netkeep) -> None:
    child = terminal.run("add", "Ada Lovelace", "-k", "coworker", width=40)
    assert ending(child)[0] == (
        "Added Ada Lovelace (#1): coworker, every\n3 months. First due: 25 Nov 2026.\n"
    )
    assert ending(terminal.run("log", "bob", width=40))[0].split("\n")[1:-1] == [
        "  list your contacts: netkeep list",
    ]
    netkeep("drop", "ada")
    assert ending(terminal.run("snooze", "ada", "2w", width=30))[0] == (
        "netkeep: Ada Lovelace is\ndropped; only active people\ncan be on the agenda\n"
        "  to make them active: netkeep\n  keep 1\n"
    )
