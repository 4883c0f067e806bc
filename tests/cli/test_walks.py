"""review and triage on a real terminal."""

import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.cli.terminal import Terminal, answer, ending
from tests.conftest import Netkeep, Process

MENU_END = "q quit: "


@pytest.fixture
def three(netkeep: Netkeep) -> None:
    """Ada with a promise and every kind of address, then Bea, then Cleo."""
    netkeep(
        *("add", "Ada", "-e", "1m", "--last", "2026-09-01", "--email", "ada+x@x.example"),
        *("--phone", "+44 (20) 7946", "--url", "ada.example/me"),
    )
    netkeep("promise", "ada", "send the paper", "--by", "today")
    netkeep("add", "Bea", "-e", "1m", "--last", "2026-09-02", "--url", "file://etc.x/passwd")
    netkeep("add", "Cleo", "-e", "1m", "--last", "2026-09-03")


def press(child: "pexpect.spawn[str]", *keys: str) -> None:
    for key in keys:
        child.expect_exact(MENU_END)
        child.send(key)


def names_due(netkeep: Netkeep) -> list[str]:
    return netkeep("due", "-f", "json").names


@pytest.mark.usefixtures("three")
def test_review_logs_snoozes_drops_and_prints_a_summary(
    terminal: Terminal, netkeep: Netkeep
) -> None:
    child = terminal.run("review")
    child.expect_exact("1 of 3")
    child.expect_exact("Ada (#1)")
    child.expect_exact("l log · s snooze · d done · e e-mail · p phone · u URL · x drop · Enter")
    press(child, "l")
    answer(
        child,
        ("Channel [other]: ", "pigeon"),
        ('"pigeon" is not a channel; one of call, email', "m"),
        ('"m" is not a channel', "cal"),
        ("Note: ", "Spoke about engines"),
    )
    child.expect_exact("Logged a call with Ada on 2026-11-23 (#4). Next: 23 Dec 2026.")
    child.expect_exact("2 of 3")
    press(child, "s")
    answer(
        child,
        ("For how long, or until when [2 weeks]: ", "sometimes"),
        ('"sometimes" is not a day', ""),
    )
    child.expect_exact("Snoozed Bea (#2) until 2026-12-07.")
    press(child, "x")
    answer(child, ("Why (Enter: no reason): ", "moved on"))
    child.expect_exact("Dropped Cleo (#3): moved on.")
    out, code = ending(child)
    assert code == 0
    assert out.endswith("1 logged, 1 snoozed, 1 dropped, 0 left as they are.\n")
    (touchpoint,) = netkeep("timeline", "--limit", "1", "-f", "json").json
    assert (touchpoint["channel"], touchpoint["note"]) == ("call", "Spoke about engines")
    assert names_due(netkeep) == ["Ada"]  # for the promise, which is still open
    assert netkeep("show", "cleo", "-f", "json").json["drop_reason"] == "moved on"


@pytest.mark.usefixtures("three")
def test_menu_fits_narrow_and_ascii_terminals(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS")
    child = terminal.run("review", width=40)
    child.expect_exact(
        "\r\nl log · s snooze · d done · e e-mail"
        "\r\np phone · u URL · x drop · Enter skip"
        "\r\nb back · q quit: "
    )
    child.send("z")  # not a key of the menu
    child.expect_exact("b back · q quit: ")
    child.send("q")
    assert ending(child)[1] == 0
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    child = terminal.run("review", width=40)
    child.expect_exact("\r\nl log, s snooze, d done, e e-mail\r\n")
    child.expect_exact("q quit: ")
    child.send("q")
    assert ending(child)[1] == 0


@pytest.mark.usefixtures("three")
def test_each_step_is_saved_at_once(terminal: Terminal, netkeep: Netkeep) -> None:
    child = terminal.run("review")
    press(child, "d")
    child.expect_exact("Done: send the paper (#1), promised to Ada.")
    child.expect_exact("1 of 3")
    child.expect_exact("l log · s snooze · e e-mail")
    assert netkeep("brief", "ada", "-f", "json").json["promises"] == []
    press(child, "q")
    assert ending(child) == ("q\n1 done, 2 left as they are.\n", 0)


def test_done_prompts_for_one_of_several_promises(terminal: Terminal, netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    netkeep("promise", "ada", "one thing", "--by", "today")
    netkeep("promise", "ada", "another", "--by", "today")
    child = terminal.run("review")
    press(child, "d")
    answer(
        child,
        ("  #1 one thing (2026-11-23)\r\n  #2 another (2026-11-23)\r\nWhich", "7"),
        ('"7" is none of them; one of 1, 2', ""),
    )
    press(child, "d")
    answer(child, ("Enter for none: ", "2"))
    child.expect_exact("Done: another (#2), promised to Ada.")
    press(child, "q")
    assert ending(child)[1] == 0


@pytest.mark.usefixtures("three")
def test_back_skip_and_unknown_keys(terminal: Terminal) -> None:
    child = terminal.run("review")
    steps = [("é", None), ("b", 1), ("\r", 2), (" ", 3), ("b", 2), ("\x1b[D", None), ("Z", None)]
    for key, position in steps:
        child.expect_exact(MENU_END)
        child.send(key)
        if position:
            child.expect_exact(f"{position} of 3")
    press(child, "\r", "\r")
    out, code = ending(child)
    assert (out.splitlines()[-1], code) == ("Nothing was changed.", 0)


@pytest.mark.usefixtures("three")
def test_keys_typed_ahead_are_used(terminal: Terminal) -> None:
    child = terminal.run("review")
    child.send("\r\rbq")
    out, code = ending(child)
    assert [f"{position} of 3" in out for position in (1, 2, 3)] == [True] * 3
    assert code == 0


@pytest.mark.skipif(sys.platform == "darwin", reason="there is no xdg-open")
@pytest.mark.usefixtures("three")
def test_only_email_phone_and_web_urls_are_opened(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = tmp_path / "opened"
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$@" >>{opened}\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    child = terminal.run("review")
    for key, url in (
        ("e", "mailto:ada%2Bx@x.example"),
        ("p", "tel:+44207946"),
        ("u", "https://ada.example/me"),
    ):
        press(child, key)
        child.expect_exact(f"opened {url}")
    press(child, "\r", "u")
    child.expect_exact("file://etc.x/passwd is no web address")
    press(child, "q")
    assert ending(child)[1] == 0
    assert opened.read_text().split() == [
        *("mailto:ada%2Bx@x.example", "tel:+44207946", "https://ada.example/me"),
    ]


@pytest.mark.skipif(sys.platform == "darwin", reason="there is no xdg-open")
@pytest.mark.usefixtures("three")
def test_missing_opener_is_reported(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    child = terminal.run("review")
    press(child, "e")
    child.expect_exact("nothing here opens mailto:ada%2Bx@x.example")
    press(child, "q")
    assert ending(child)[1] == 0


STEPS: dict[str, tuple[str, ...]] = {
    "key": (),
    "channel": ("l",),
    "note": ("l", "call\n"),
    "snooze": ("s",),
    "drop": ("x",),
}


@pytest.mark.parametrize("end", ["\x03", "\x04"], ids=["Ctrl-C", "end of input"])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.usefixtures("three")
def test_interrupted_review_keeps_only_finished_steps(
    terminal: Terminal, netkeep: Netkeep, step: str, end: str
) -> None:
    child = terminal.run("review")
    press(child, "\r", "s")
    answer(child, ("when [2 weeks]: ", ""))
    child.expect_exact("3 of 3")
    press(child, *STEPS[step][:1])
    for typed in STEPS[step][1:]:
        child.expect_exact(": ")
        child.send(typed)
    child.expect_exact(": ")
    child.send(end)
    out, code = ending(child)
    assert "1 snoozed, 2 left as they are." in out
    assert code == (130 if end == "\x03" else 0)
    assert out.endswith("netkeep: interrupted\n") == (end == "\x03")
    assert names_due(netkeep) == ["Ada", "Cleo"]
    assert len(netkeep("timeline", "-f", "json").json) == 3


@pytest.mark.usefixtures("three")
def test_review_is_filtered_by_options(terminal: Terminal, netkeep: Netkeep) -> None:
    netkeep("edit", "bea", "-k", "client", "-t", "x", "--city", "Rome")
    child = terminal.run("review", "-k", "client", "-t", "x", "--city", "rome")
    child.expect_exact("1 of 1")
    child.expect_exact("Bea (#2)")
    press(child, "q")
    assert ending(child)[1] == 0


def test_review_walks_through_todays_share_or_all(terminal: Terminal, netkeep: Netkeep) -> None:
    for number in range(12):
        netkeep("add", f"Person {number:02}", "-e", "1m", "--last", "2026-10-20")
    child = terminal.run("review")
    child.expect_exact("1 of 10")
    press(child, "q")
    assert ending(child)[0].endswith("2 more are on the list; to see everybody, add --all.\n")
    child = terminal.run("review", "--all")
    child.expect_exact("1 of 12")
    press(child, "q")
    assert ending(child)[1] == 0


def test_review_of_nobody_prints_a_message(terminal: Terminal, netkeep: Netkeep) -> None:
    assert "Add the first" in ending(terminal.run("review"))[0]
    netkeep("add", "Ada")
    assert ending(terminal.run("review")) == (
        *("Nobody is due. The next one is on 25 Nov 2026.\n", 0),
    )


def test_repeated_action_on_a_contact_is_counted_once(terminal: Terminal, netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-e", "1m", "--last", "2026-09-01")
    netkeep("add", "Bea", "-e", "1m", "--last", "2026-09-02")
    child = terminal.run("review")
    for _ in range(2):
        press(child, "L")
        answer(child, ("Channel", ""), ("Note", ""))
        press(child, "b")
    press(child, "x")
    answer(child, ("Why", ""))
    press(child, "b")
    child.expect_exact("l log · Enter skip · b back")
    child.send("q")
    assert ending(child)[0].endswith("1 dropped, 1 logged, 1 left as they are.\n")


def test_stopped_walk_prints_its_prompt_again(terminal: Terminal, netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "--candidate")
    child = terminal.run("triage")
    child.expect_exact(MENU_END)
    child.kill(signal.SIGSTOP)
    child.kill(signal.SIGCONT)
    press(child, "q")
    assert ending(child)[1] == 0


def test_triage_keeps_drops_and_skips(terminal: Terminal, netkeep: Netkeep) -> None:
    for name in ("Ada", "Bea", "Cleo", "Dora"):
        netkeep("add", name, "--candidate", "--company", "Initech")
    netkeep("add", "Emmy", "--candidate")
    child = terminal.run("triage", "--company", "initech")
    child.expect_exact("1 of 4")
    child.expect_exact("k keep · x drop · Enter skip · b back · q quit: ")
    child.send("k")
    answer(
        child,
        ("alumni, client, mentor, other) [other]: ", "foe"),
        ('"foe" is not a kind', "fr"),
        ("How often [2 months]: ", ""),
    )
    child.expect_exact("Kept Ada (#1): friend, every 2 months. Next: 25 Nov 2026.")
    press(child, "k")
    answer(child, ("[other]: ", ""), ("How often [6 months]: ", "10d"))
    child.expect_exact("Kept Bea (#2): other, every 10 days. Next: 26 Nov 2026.")
    press(child, "x")
    answer(child, ("Why (Enter: no reason): ", ""))
    child.expect_exact("Dropped Cleo (#3).")
    press(child, "\r")
    out, code = ending(child)
    assert (out.splitlines()[-1], code) == ("2 kept, 1 dropped, 1 left as they are.", 0)
    statuses = {
        contact["name"]: contact["status"]
        for contact in netkeep("list", "--status", "all", "-f", "json").json
    }
    assert statuses == {
        "Ada": "active",
        "Bea": "active",
        "Cleo": "dropped",
        "Dora": "candidate",
        "Emmy": "candidate",
    }


@pytest.mark.parametrize("end", ["\x03", "\x04"], ids=["Ctrl-C", "end of input"])
@pytest.mark.parametrize("step", [(), ("k",), ("k", "friend\n"), ("x",)], ids=" ".join)
def test_interrupted_triage_writes_nothing(
    terminal: Terminal, netkeep: Netkeep, step: tuple[str, ...], end: str
) -> None:
    netkeep("add", "Ada", "--candidate")
    child = terminal.run("triage")
    for typed in step:
        child.expect_exact(": ")
        child.send(typed)
    child.expect_exact("]: " if step[:1] == ("k",) else ": ")
    child.send(end)
    out, code = ending(child)
    assert "Nothing was changed." in out
    assert code == (130 if end == "\x03" else 0)
    assert netkeep("show", "ada", "-f", "json").json["status"] == "candidate"


def test_triage_without_candidates_prints_a_message(terminal: Terminal, netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    assert ending(terminal.run("triage")) == ("No candidates are waiting.\n", 0)


@pytest.mark.parametrize(
    ("command", "instead"),
    [
        ("review", b"  use: netkeep due -f json, then netkeep log or snooze\n"),
        ("triage", b"  use: netkeep list --status candidate, then netkeep keep or drop\n"),
    ],
)
def test_walk_without_a_terminal_names_an_alternative(
    process: Process, command: str, instead: bytes
) -> None:
    ended = process(command, stdin=subprocess.DEVNULL)
    assert (ended.returncode, ended.stdout) == (5, b"")
    assert ended.stderr == (
        f"netkeep: {command} asks at every step, and nobody is here to answer\n".encode() + instead
    )


def test_walk_refuses_redirected_output(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "out"
    child = terminal.spawn("/bin/sh", "-c", f'"$0" -m netkeep review >{file}', sys.executable)
    assert ending(child)[1] == 5
    assert file.read_text() == ""
