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


def choose(child: "pexpect.spawn[str]", *answers: tuple[str, str]) -> None:
    """Answer questions that take a single key."""
    for question, key in answers:
        child.expect_exact(question)
        child.expect_exact("Esc back: ")
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
    choose(child, ("Channel:", "z"), ("Channel:", "c"), ("Purpose:", "\r"))  # z is not a channel
    answer(child, ("Note: ", "Spoke about engines"))
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
    answer(child, ("Reason (Enter for none): ", "moved on"))
    child.expect_exact("Dropped Cleo (#3): moved on.")
    out, code = ending(child)
    assert code == 0
    assert out.endswith("1 logged, 1 snoozed, 1 dropped, 0 unchanged.\n")
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
        "\r\nb/Esc back · q quit: "
    )
    child.send("z")  # not a key of the menu
    child.expect_exact("b/Esc back · q quit: ")
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
    assert ending(child) == ("q\n1 done, 2 unchanged.\n", 0)


def test_done_prompts_for_one_of_several_promises(terminal: Terminal, netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    netkeep("promise", "ada", "one thing", "--by", "today")
    netkeep("promise", "ada", "another", "--by", "today")
    child = terminal.run("review")
    press(child, "d")
    answer(
        child,
        ("  #1 one thing (2026-11-23)\r\n  #2 another (2026-11-23)\r\nWhich", "7"),
        ('"7" is not one of these; one of 1, 2', ""),
    )
    press(child, "d")
    answer(child, ("Enter for none: ", "2"))
    child.expect_exact("Done: another (#2), promised to Ada.")
    press(child, "q")
    assert ending(child)[1] == 0


@pytest.mark.usefixtures("three")
def test_back_skip_and_unknown_keys(terminal: Terminal) -> None:
    child = terminal.run("review")
    steps = [
        *(("é", None), ("b", 1), ("\r", 2), (" ", 3), ("b", 2), ("\x1b[D", None), ("Z", None)),
        *(("\x1b", 1), ("\r", 2), ("\x1bOA", None), ("\x1bx", None)),
    ]
    for key, position in steps:
        child.expect_exact(MENU_END)
        child.send(key)
        if position:
            child.expect_exact(f"{position} of 3")
    press(child, "\r", "\r")
    out, code = ending(child)
    assert (out.splitlines()[-1], code) == ("Nothing changed.", 0)


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
    child.expect_exact("file://etc.x/passwd is not a web address")
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
    child.expect_exact("no program can open mailto:ada%2Bx@x.example")
    press(child, "q")
    assert ending(child)[1] == 0


STEPS: dict[str, tuple[str, ...]] = {
    "key": (),
    "channel": ("l",),
    "purpose": ("l", "c"),
    "note": ("l", "c", "\r"),
    "snooze": ("s",),
    "drop": ("x",),
}


@pytest.mark.sampled(3)
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
    assert "1 snoozed, 2 unchanged." in out
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


def test_review_walks_through_todays_list_or_all(terminal: Terminal, netkeep: Netkeep) -> None:
    for number in range(12):
        netkeep("add", f"Person {number:02}", "-e", "1m", "--last", "2026-10-20")
    child = terminal.run("review")
    child.expect_exact("1 of 10")
    press(child, "q")
    assert ending(child)[0].endswith("2 more: netkeep review --all\n")
    child = terminal.run("review", "--all")
    child.expect_exact("1 of 12")
    press(child, "q")
    assert ending(child)[1] == 0


def test_review_of_an_empty_list_prints_a_message(terminal: Terminal, netkeep: Netkeep) -> None:
    assert "Add one" in ending(terminal.run("review"))[0]
    netkeep("add", "Ada")
    assert ending(terminal.run("review")) == (
        *("No one is due. The next person is due on 25 Nov 2026.\n", 0),
    )


def test_repeated_action_on_a_contact_is_counted_once(terminal: Terminal, netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-e", "1m", "--last", "2026-09-01")
    netkeep("add", "Bea", "-e", "1m", "--last", "2026-09-02")
    child = terminal.run("review")
    for _ in range(2):
        press(child, "L")
        choose(child, ("Channel:", "\r"), ("Purpose:", "\r"))
        answer(child, ("Note", ""))
        press(child, "b")
    press(child, "x")
    answer(child, ("Reason", ""))
    press(child, "b")
    child.expect_exact("l log · Enter skip · b/Esc back")
    child.send("q")
    assert ending(child)[0].endswith("1 dropped, 1 logged, 1 unchanged.\n")


def test_stopped_walk_prints_its_prompt_again(terminal: Terminal, netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "--candidate")
    child = terminal.run("triage")
    child.expect_exact(MENU_END)
    child.kill(signal.SIGSTOP)
    child.kill(signal.SIGCONT)
    press(child, "q")
    assert ending(child)[1] == 0


def statuses(netkeep: Netkeep) -> dict[str, str]:
    contacts = netkeep("list", "--status", "all", "-f", "json", err=None).json
    return {contact["name"]: contact["status"] for contact in contacts}


def test_triage_keeps_drops_and_skips(terminal: Terminal, netkeep: Netkeep) -> None:
    for name in ("Ada", "Bea", "Cleo", "Dora"):
        netkeep("add", name, "--candidate", "--city", "Rome")
    netkeep("add", "Emmy", "--candidate")
    child = terminal.run("triage", "--city", "rome")
    child.expect_exact("1 of 4")
    child.expect_exact("k keep · c keep, set cadence · x drop · Enter skip · b/Esc back · q quit: ")
    child.send("k")
    child.expect_exact(
        "Keep as:\r\n"
        "[f]riend · [r]elative · [c]oworker · [a]ssociation · [p]rofessor · a[l]umni\r\n"
        "cl[i]ent · [m]entor · [o]ther · Enter for other · Esc back: "
    )
    child.send("z")  # not a key of a kind
    child.expect_exact("Enter for other · Esc back: ")
    child.send("f")
    child.expect_exact("Kept Ada (#1): friend, every 2 months. First due: 25 Nov 2026.")
    press(child, "c")
    child.expect_exact("Enter for friend · Esc back: ")
    child.send("o")
    answer(child, ("How often [6 months]: ", "10d"))
    child.expect_exact("Kept Bea (#2): other, every 10 days. First due: 26 Nov 2026.")
    press(child, "x")
    answer(child, ("Reason (Enter for none): ", ""))
    child.expect_exact("Dropped Cleo (#3).")
    press(child, "\r")
    out, code = ending(child)
    assert (out.splitlines()[-1], code) == ("2 kept, 1 dropped, 1 unchanged.", 0)
    assert statuses(netkeep) == {
        "Ada": "active",
        "Bea": "active",
        "Cleo": "dropped",
        "Dora": "candidate",
        "Emmy": "candidate",
    }


def test_triage_keeps_or_drops_the_others_of_a_company(
    terminal: Terminal, netkeep: Netkeep
) -> None:
    for name in ("Ada", "Bea", "Cleo"):
        netkeep("add", name, "--candidate", "--company", "Initech")
    for name in ("Dora", "Emmy"):
        netkeep("add", name, "--candidate", "--company", "Acme")
    child = terminal.run("triage", width=120)
    child.expect_exact("keep, set cadence · a decide for all 3 at Initech")
    press(child, "a")
    child.expect_exact("Keep 3 people at Initech (choose the kind), or drop them:")
    child.expect_exact("[o]ther · [x] drop · Esc back: ")
    child.send("\r")  # is not taken for a kind
    child.expect_exact("[o]ther · [x] drop · Esc back: ")
    child.send("c")
    child.expect_exact("Kept Ada (#1): coworker, every 3 months. First due: 25 Nov 2026.")
    child.expect_exact("Kept Cleo (#3): coworker, every 3 months. First due: 24 Jan 2027.")
    child.expect_exact("4 of 5")
    child.expect_exact("a decide for both at Acme")
    press(child, "a")
    child.expect_exact("[x] drop · Esc back: ")
    child.send("x")
    child.expect_exact("Dropped Dora (#4). To undo this: netkeep keep 4")
    child.expect_exact("Dropped Emmy (#5).")
    assert ending(child)[0].endswith("3 kept, 2 dropped, 0 unchanged.\n")
    netkeep("undo")
    netkeep("undo")
    assert set(statuses(netkeep).values()) == {"candidate"}


def test_kept_and_then_dropped_candidate_counts_as_dropped(
    terminal: Terminal, netkeep: Netkeep
) -> None:
    for name in ("Ada", "Bea"):
        netkeep("add", name, "--candidate")
    child = terminal.run("triage")
    press(child, "k")
    choose(child, ("Keep as:", "f"))
    press(child, "b", "x")
    answer(child, ("Reason (Enter for none): ", ""))
    press(child, "k")
    choose(child, ("Keep as:", "q"))
    assert ending(child)[0].endswith("1 dropped, 1 unchanged.\n")


def test_others_of_a_company_can_be_kept_after_the_first(
    terminal: Terminal, netkeep: Netkeep
) -> None:
    for name in ("Ada", "Bea", "Cleo"):
        netkeep("add", name, "--candidate", "--company", "Initech")
    child = terminal.run("triage", width=120)
    press(child, "k")
    child.expect_exact("Esc back: ")
    child.send("m")
    press(child, "\x1b")
    child.expect_exact("1 of 3")
    child.expect_exact("a decide for the other 2 at Initech")
    press(child, "a")
    child.expect_exact("[x] drop · Esc back: ")
    child.send("m")
    child.expect_exact("Kept Bea (#2): mentor")
    assert ending(child)[0].endswith("3 kept, 0 unchanged.\n")


def test_triage_begins_with_the_newest_and_ends_with_skipped_candidates(
    terminal: Terminal, netkeep: Netkeep
) -> None:
    for day, name in enumerate(("Ada", "Bea", "Cleo", "Dora"), 1):
        netkeep("add", name, "--candidate", "--met", "Summit", "--met-on", f"2026-11-{day:02}")
    netkeep("add", "Emmy", "--candidate")
    child = terminal.run("triage", "--met", "summit")
    for name in ("Dora", "Cleo", "Bea"):
        child.expect_exact(f"{name} (#")
        press(child, "\r")
    child.expect_exact("Ada (#1)")
    child.expect_exact(MENU_END)
    child.kill(signal.SIGKILL)
    child.expect(pexpect.EOF)
    assert "skip" not in netkeep("undo", "--list").out
    child = terminal.run("triage", "--met", "summit")
    for name in ("Ada", "Dora", "Cleo", "Bea"):
        child.expect_exact(f"{name} (#")
        press(child, "\r")
    assert ending(child)[0].endswith("Nothing changed.\n")
    netkeep("undo", "5")
    assert statuses(netkeep) == {}


def test_sixty_people_are_triaged_in_under_150_keys(terminal: Terminal, netkeep: Netkeep) -> None:
    for number in range(60):
        company = "Initech" if number < 13 else f"Company {number}"
        netkeep("add", f"Person {number:02}", "--candidate", "--company", company)
    # 13 of a company; then each kept, one in four as another kind, or dropped, or skipped.
    keys = "ac" + "kckckfkc" * 6 + "x\r" * 10 + "\r" * 7 + "k\r" * 6
    assert len(keys) < 150
    child = terminal.run("triage")
    child.send(keys)
    assert ending(child)[0].endswith("43 kept, 10 dropped, 7 unchanged.\n")


@pytest.mark.parametrize("end", ["\x03", "\x04"], ids=["Ctrl-C", "end of input"])
@pytest.mark.parametrize("step", [(), ("k",), ("c", "f"), ("x",)], ids=" ".join)
def test_interrupted_triage_writes_nothing(
    terminal: Terminal, netkeep: Netkeep, step: tuple[str, ...], end: str
) -> None:
    netkeep("add", "Ada", "--candidate")
    child = terminal.run("triage")
    for typed in step:
        child.expect_exact(": ")
        child.send(typed)
    child.expect_exact(": ")
    child.send(end)
    out, code = ending(child)
    assert "Nothing changed." in out
    assert code == (130 if end == "\x03" else 0)
    assert netkeep("show", "ada", "-f", "json").json["status"] == "candidate"


@pytest.mark.usefixtures("three")
def test_escape_goes_back_one_question_of_review(terminal: Terminal, netkeep: Netkeep) -> None:
    child = terminal.run("review")
    for key, question in (("s", "when [2 weeks]: "), ("x", "for none): ")):
        press(child, key)
        child.expect_exact(question)
        child.send("half a line\x1b")
    press(child, "l")
    for typed, question in (
        ("", "Enter for other · Esc back: "),
        ("a", "Enter for catch-up · Esc back: "),
        ("a", "Note: "),
        ("\x1b", "Enter for catch-up · Esc back: "),
        ("\x1b", "Enter for other · Esc back: "),
        ("\x1b", MENU_END),
        ("l", "Enter for other · Esc back: "),
        ("e", "Enter for catch-up · Esc back: "),
        ("g", "Note: "),
    ):
        child.send(typed)
        child.expect_exact(question)
    child.send("lunch\x1b[D\x1b[D\x15coffee\x1b[H\x1b[3~\x1b[F\x7f\x15née Käthe 日本\r")
    child.expect_exact("Logged an e-mail to Ada on 2026-11-23 (#4).")
    press(child, "q")
    assert ending(child)[0].endswith("1 logged, 2 unchanged.\n")
    (touchpoint,) = netkeep("timeline", "--limit", "1", "-f", "json").json
    assert (touchpoint["purpose"], touchpoint["note"]) == ("greeting", "née Käthe 日本")


@pytest.mark.usefixtures("three")
def test_escape_goes_back_without_gnu_readline(terminal: Terminal, netkeep: Netkeep) -> None:
    program = (
        "import readline, runpy; readline.__doc__ = 'libedit';"
        "runpy.run_module('netkeep', run_name='__main__')"
    )
    child = terminal.spawn(sys.executable, "-c", program, "review")
    press(child, "s")
    child.expect_exact("when [2 weeks]: ")
    child.send("half a line\x1b")
    press(child, "x")
    child.expect_exact("for none): ")
    child.send("\x1b[A")
    child.expect_exact("[A")
    child.send("née Kät\x7fthe\r")
    child.expect_exact("Dropped Ada (#1): née Käthe.")
    press(child, "x")
    child.expect_exact("for none): ")
    child.send("\x04")
    assert ending(child)[0].endswith("1 dropped, 2 unchanged.\n")


@pytest.mark.usefixtures("three")
def test_review_shows_the_choices_and_repeats_the_last(
    terminal: Terminal, netkeep: Netkeep
) -> None:
    child = terminal.run("review")
    press(child, "l")
    child.expect_exact(
        "Channel:\r\n[c]all · [e]mail · [m]essage · mee[t]ing · me[a]l · [l]etter · [s]ocial\r\n"
        "e[v]ent · [o]ther · Enter for other · Esc back: "
    )
    child.send("v")
    child.expect_exact(
        "Purpose:\r\n"
        "[c]atch-up · [g]reeting · c[o]ngratulate · [t]hank · [f]ollow-up · g[i]ve\r\n"
        "[a]sk · Enter for catch-up · Esc back: "
    )
    child.send("o")
    answer(child, ("Note: ", ""))
    press(child, "l")
    choose(child, ("Channel:", "\r"), ("Purpose:", "\r"))
    answer(child, ("Note: ", ""))
    press(child, "q")
    assert ending(child)[1] == 0
    logged = netkeep("timeline", "--limit", "2", "-f", "json").json
    assert [(each["channel"], each["purpose"]) for each in logged] == [
        ("event", "congratulate"),
        ("event", "congratulate"),
    ]


def test_triage_without_candidates_prints_a_message(terminal: Terminal, netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    assert ending(terminal.run("triage")) == (
        "No candidates are waiting. To import some: netkeep import contacts.vcf\n",
        0,
    )


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
        f"netkeep: {command} asks questions and needs a terminal\n".encode() + instead
    )


def test_walk_refuses_redirected_output(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "out"
    child = terminal.spawn("/bin/sh", "-c", f'"$0" -m netkeep review >{file}', sys.executable)
    assert ending(child)[1] == 5
    assert file.read_text() == ""
