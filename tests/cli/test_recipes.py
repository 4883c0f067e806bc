"""The recipes of the README and the manual work, and never execute text from a name."""

import configparser
import csv
import email
import email.policy
import json
import os
import plistlib
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal, ending, needs
from tests.conftest import TODAY, Fails, Netkeep
from tests.documents import recipes

HOSTILE = [
    "x$(touch P)",
    "`touch P`",
    "\"; touch P; '",
    "* ? ~",
    "-rf",
    "a\\nb %s &amp; <b>",
    "é, ü",
]
NOTIFIED = "7 due: \"; touch P; ', * ? ~, -rf and 4 more"
TESTS = ("recipes", "prompt")
needs_jq = pytest.mark.skipif(shutil.which("jq") is None, reason="there is no jq")


def recipe(name: str) -> str:
    return recipes()[name]


@pytest.fixture(autouse=True)
def programs(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder on the PATH with netkeep in it, and change to an empty folder."""
    folder = home / ".local/bin"
    folder.mkdir(parents=True)
    (folder / "netkeep").symlink_to(Path(sys.executable).with_name("netkeep"))
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    work = home / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return folder


@pytest.fixture(autouse=True)
def names_are_not_executed(home: Path, programs: Path) -> Iterator[None]:
    yield
    assert not list(home.rglob("P"))


@pytest.fixture
def hostile_people(netkeep: Netkeep) -> None:
    """Import friends with hostile names, who are all due."""
    with Path("contacts.csv").open("w", newline="") as file:
        rows = ((name, f"{number}@x.example") for number, name in enumerate(HOSTILE, 1))
        csv.writer(file).writerows([("who", "mail"), *rows])
    maps = ("--map", "who=name", "--map", "mail=email")
    netkeep("import", "contacts.csv", *maps, "--kind", "friend", "--keep", err=None)
    for number in range(1, len(HOSTILE) + 1):
        netkeep("log", str(number), "--on", "2026-01-02")


def install(programs: Path, name: str, script: str = "") -> Path:
    """Install a program that writes its arguments to a file, one a line; return that file."""
    saw = programs.parent / f"{name}.saw"
    program = programs / name
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >>"{saw}"\n{script}\n')
    program.chmod(0o700)
    return saw


def sh(script: str, *options: str, shell: str = "sh", warnings: bool = False) -> str:
    """Run a script, which must succeed without messages by default; return its output."""
    ended = subprocess.run(
        [shell, *options, "-c", script], capture_output=True, check=False, text=True, timeout=60
    )
    assert ended.returncode == 0, ended
    assert warnings or ended.stderr == "", ended
    return ended.stdout


def test_every_recipe_has_a_test() -> None:
    tests = "".join(Path(__file__).with_name(f"test_{name}.py").read_text() for name in TESTS)
    for name in recipes():
        assert re.search(rf"""["']{name}["']""", tests), name


def test_import_recipes(netkeep: Netkeep) -> None:
    Path("contacts.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Not Yet\nEND:VCARD\n")
    Path("Connections.csv").write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Ada,Lovelace,https://x.example/ada,,Initech,Analyst,20 Nov 2026\n"
    )
    Path("members.csv").write_text("Full name,Mail\nx$(touch P),x@x.example\n")
    sh(recipe("import"), warnings=True)
    (kept,) = netkeep("list", "-f", "json").json
    (waiting,) = netkeep("list", "--status", "candidate", "-f", "json").json
    assert (kept["name"], kept["kind"]) == ("Ada Lovelace", "coworker")
    assert (waiting["name"], waiting["emails"]) == ("x$(touch P)", ["x@x.example"])
    assert waiting["tags"] == ["choir"]


@pytest.mark.usefixtures("hostile_people")
def test_export_and_import_recipes_keep_everything(netkeep: Netkeep, home: Path) -> None:
    netkeep("edit", "1", "--birthday", "10 dec")
    sh(recipe("export"), warnings=True)
    assert len(list(Path("contacts").glob("*.vcf"))) == len(HOSTILE)
    assert Path("people.csv").read_text().startswith("id,name,")
    assert Path("agenda.ics").read_text().count("BEGIN:VEVENT") > len(HOSTILE)
    netkeep("--db", str(home / "other.db"), "import", "everything.json", err=None)
    there = netkeep("--db", str(home / "other.db"), "export", err=None).out
    assert there == Path("everything.json").read_text()


@pytest.mark.usefixtures("hostile_people")
def test_undo_recipe() -> None:
    undone, *rest, backup, health = sh(recipe("undo"), warnings=True).splitlines()
    assert undone.startswith("Undone: log ")
    assert sum(line.startswith("Redone: log ") for line in rest) == 1
    assert ".db\t" in backup
    assert health == "No problems found."


def test_starship_shows_the_prompt(netkeep: Netkeep) -> None:
    module = tomllib.loads(recipe("starship"))["custom"]["netkeep"]
    assert module.pop("when") is True
    assert sh(module["command"]) == ""
    netkeep("add", "Ada", "--last", "2026-01-01")
    assert sh(module["command"]) == "1 due\n"


@pytest.mark.parametrize(
    ("shell", "check"),
    [
        ("bash", "complete -p netkeep"),
        ("zsh", "echo $_comps[netkeep]"),
        ("fish", 'complete -C "netkeep bri"'),
    ],
)
def test_completion_recipe_installs_completion(shell: str, check: str) -> None:
    needs(shell)
    assert sh(recipe("completion")) == ""
    ended = subprocess.run([shell, "-i", "-c", check], capture_output=True, check=True, text=True)
    assert re.search(r"_netkeep|^brief\t", ended.stdout)


@pytest.mark.parametrize(
    "shell",
    [["bash", "--norc", "-O", "expand_aliases"], ["zsh", "-f"], ["fish", "--no-config"]],
    ids=lambda shell: str(shell[0]),
)
def test_shell_aliases(netkeep: Netkeep, shell: list[str]) -> None:
    needs(shell[0])
    netkeep("add", "Ada Lovelace")
    program, *options = shell
    script = f"{recipe('aliases')}\neval 'called ada; mailed ada; about ada -f tsv'"
    called, mailed, brief = sh(script, *options, shell=program).splitlines()
    assert called.startswith("Logged a call with Ada Lovelace")
    assert mailed.startswith("Logged an e-mail to Ada Lovelace")
    assert brief.startswith("1\tAda Lovelace\t")


@pytest.mark.parametrize(
    ("shell", "start_file", "name"),
    [
        ("bash", ".bashrc", "morning"),
        ("zsh", ".zshrc", "morning"),
        ("fish", ".config/fish/config.fish", "morning in fish"),
    ],
)
@pytest.mark.usefixtures("hostile_people")
def test_first_shell_of_a_day_shows_the_list(
    home: Path, programs: Path, terminal: Terminal, shell: str, start_file: str, name: str
) -> None:
    needs(shell)
    clock = home / "clock"
    install(programs, "date", f'cat "{clock}"')
    (home / start_file).parent.mkdir(parents=True, exist_ok=True)
    (home / start_file).write_text(recipe(name))

    def opened(day: str) -> str:
        clock.write_text(f"{day}\n")
        shown, _ = ending(terminal.spawn(shell, "-i", "-c", "exit"))
        return shown

    for day in ("2026-11-23", "2026-11-24"):
        first, second = opened(day), opened(day)
        assert all(each in first for each in ("x$(touch P)", "* ? ~", "lapsed"))
        assert "lapsed" not in second
        assert "netkeep" not in second


@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.usefixtures("hostile_people")
def test_list_is_not_shown_in_scripts(home: Path, shell: str) -> None:
    needs(shell)
    assert sh(recipe("morning"), shell=shell) == ""
    assert not (home / ".cache/netkeep-morning").exists()


@needs_jq
def test_jq_recipes_for_ends_and_addresses(netkeep: Netkeep) -> None:
    netkeep("add", 'Ada "Countess" Lovelace', "--email", "ada@x.example", "--last", "2026-01-02")
    netkeep("add", "x$(touch P)", "--last", "2026-11-01")
    netkeep("add", "Alan", "--email", "alan@x.example", "--last", "2026-11-15", "--every", "2w")
    netkeep("news", "ada", "Promoted")
    netkeep("visit", "x-touch", "--from", "today", "--to", "wed", "--city", "`touch P`")
    assert sh(recipe("jq")).splitlines() == [
        "2026-11-25\tx$(touch P)\tin `touch P` until Wed 25 Nov",
        '2026-12-23\tAda "Countess" Lovelace\tPromoted, today',
        "ada@x.example",
        "alan@x.example",
    ]


@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.usefixtures("hostile_people")
def test_chosen_person_is_logged(programs: Path, netkeep: Netkeep, shell: str) -> None:
    needs(shell)
    saw = install(programs, "fzf", "head -n 2")
    picked = [record["name"] for record in netkeep("list", "-f", "json").json[:2]]
    logged = sh(f"{recipe('fzf')}reached -c call -n 'a note'", shell=shell).splitlines()
    assert len(logged) == 2
    assert {line.split(" with ")[1].split(" on 2026-")[0] for line in logged} == set(picked)
    assert {touch["note"] for touch in netkeep("timeline", "--limit", "2", "-f", "json").json} == {
        "a note"
    }
    preview = saw.read_text().splitlines()[-1]
    assert sh(preview.replace("{1}", "'1'")).startswith("x$(touch P) (#1)")


@pytest.mark.usefixtures("hostile_people")
def test_nothing_is_logged_without_a_choice(programs: Path) -> None:
    install(programs, "fzf")
    assert sh(f"{recipe('fzf')}reached", shell="bash") == ""


@needs_jq
@pytest.mark.usefixtures("hostile_people")
def test_rofi_opens_a_mail_to_the_chosen_person(programs: Path) -> None:
    install(programs, "rofi", "grep -F 'touch P)'")
    saw = install(programs, "xdg-open")
    assert sh(recipe("rofi")) == ""
    assert saw.read_text() == "mailto:1@x.example\n"


@needs_jq
@pytest.mark.usefixtures("hostile_people")
def test_mail_programs_complete_addresses(programs: Path, netkeep: Netkeep) -> None:
    netkeep("edit", "7", "--company", "Analytical Engines")
    script = programs / "netkeep-addresses"
    script.write_text(recipe("addresses"))
    script.chmod(0o700)
    found = "7@x.example\té, ü\tAnalytical Engines\n"
    (query,) = re.findall('query_command = "(.*)"', recipe("mutt"))
    assert sh(query.replace("%s", "analytical")) == f"\n{found}"
    (query,) = re.findall("address-book-cmd=(.*)", recipe("aerc"))
    assert sh(query.replace("%s", "analytical engines")) == found


def test_waybar_shows_the_prompt(netkeep: Netkeep) -> None:
    module = json.loads(recipe("waybar"))["custom/netkeep"]
    assert module["escape"] is True
    netkeep("add", "Ada", "--last", "2026-01-01")
    assert sh(module["exec"]) == "1 due\n"


@pytest.mark.usefixtures("hostile_people")
def test_cards_are_exported_to_a_folder() -> None:
    sh(recipe("vdir"), warnings=True)
    assert len(list(Path("contacts").glob("*.vcf"))) == len(HOSTILE)


def test_nightly_import_logs_from_mail_and_calendar(netkeep: Netkeep, home: Path) -> None:
    netkeep("add", "Ada", "--email", "ada@x.example", "--last", "2026-01-01")
    (home / ".config/netkeep").mkdir(parents=True)
    (home / ".config/netkeep/config.toml").write_text('me = ["me@x.example"]\n')
    (home / "Mail").mkdir()
    mail = (
        "From me@x.example Sun Nov 22 10:00:00 2026\nFrom: me@x.example\nTo: ada@x.example\n"
        "Date: Sun, 22 Nov 2026 10:00:00 +0000\nMessage-ID: <1@x.example>\n\nHello\n\n"
    )
    for name in ("Sent", "INBOX"):
        (home / "Mail" / name).write_text(mail)
    (home / "calendar.ics").write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20261121T100000Z\n"
        "DTSTART;VALUE=DATE:20261121\nSUMMARY:Lunch\nATTENDEE:mailto:ada@x.example\n"
        "END:VEVENT\nEND:VCALENDAR\n"
    )
    command = recipe("nightly").rstrip("\n").split(" ", 5)[5]
    sh(command, warnings=True)
    days = [each["day"] for each in netkeep("timeline", "ada", "-f", "json").json]
    assert days == ["2026-11-22", "2026-11-21", "2026-01-01"]


@needs_jq
@pytest.mark.usefixtures("hostile_people")
def test_greeting_goes_to_everyone_who_was_not_greeted(
    netkeep: Netkeep, today: Callable[[str], None]
) -> None:
    today("2026-12-03")
    netkeep("round", "add", "--preset", "holidays", "--kind", "friend")
    netkeep("add", "No Address", "--kind", "friend", "--last", "2026-01-02")
    netkeep("log", "1")
    assert sh(recipe("mail merge")) == ""
    mails = sorted(Path("greetings").iterdir())
    assert [mail.name for mail in mails] == [f"{number}.eml" for number in range(2, 8)]
    for mail, name in zip(mails, HOSTILE[1:], strict=True):
        read = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
        assert read["To"] == f"{mail.stem}@x.example"
        assert read.get_content().startswith(f"Dear {name},\n\n")
    assert len(sh(recipe("mails sent")).splitlines()) == len(mails)
    Path("greetings").rename("sent")
    assert sh(recipe("mail merge")) == ""
    assert list(Path("greetings").iterdir()) == []


def test_address_with_a_line_break_is_refused(fails: Fails, netkeep: Netkeep) -> None:
    injected = "a@x.example\nBcc: b@x.example"
    assert "control character" in fails("add", "Ada", "--email", injected, code=2)
    with Path("one.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("who", "mail"), ("Ada", injected)])
    netkeep("import", "one.csv", "--map", "who=name", "--map", "mail=email", err=None)
    assert "\n" not in "".join(netkeep("show", "ada", "-f", "json").json["emails"])


@pytest.fixture
def notifier(programs: Path) -> Path:
    """Install the notification script where the README puts it."""
    script = programs / "netkeep-notify"
    script.write_text(recipe("notify"))
    script.chmod(0o700)
    return script


@pytest.mark.parametrize("program", ["notify-send", "osascript"])
@pytest.mark.usefixtures("notifier")
def test_no_notification_if_no_one_is_due(programs: Path, program: str) -> None:
    saw = install(programs, program)
    assert sh("netkeep-notify") == ""
    assert not saw.exists()


@pytest.mark.usefixtures("notifier", "hostile_people")
def test_notification_on_macos(programs: Path) -> None:
    saw = install(programs, "osascript")
    assert sh("netkeep-notify") == ""
    *program, said = saw.read_text().splitlines()
    assert said == NOTIFIED
    assert program[::2] == ["-e", "-e", "-e"]
    assert program[1::2] == [
        "on run {due}",
        'display notification due with title "netkeep"',
        "end run",
    ]


@pytest.mark.usefixtures("notifier", "hostile_people")
def test_cron_notifies(programs: Path, home: Path) -> None:
    saw = install(programs, "notify-send", 'printf "%s\n" "$DBUS_SESSION_BUS_ADDRESS" >>"$0.bus"')
    *days, command = recipe("cron").rstrip("\n").split(" ", 5)
    assert days == ["0", "9", "*", "*", "1-5"]
    assert "%" not in command, "which cron takes for the end of a line"
    bare = {"HOME": str(home), "PATH": "/usr/bin:/bin", "NETKEEP_TODAY": TODAY}
    subprocess.run(["/bin/sh", "-c", command], check=True, env=bare)
    assert saw.read_text().splitlines() == ["--app-name", "netkeep", NOTIFIED]
    assert (programs / "notify-send.bus").read_text() == f"unix:path=/run/user/{os.getuid()}/bus\n"


@pytest.mark.usefixtures("notifier", "hostile_people")
def test_systemd_notifies(programs: Path, home: Path) -> None:
    saw = install(programs, "notify-send")
    command = unit("service")["Service"]["ExecStart"]
    sh(command.replace("%h", str(home)))
    assert saw.read_text().splitlines()[-1] == NOTIFIED
    timer = unit("timer")
    assert timer["Timer"] == {"OnCalendar": "Mon..Fri 09:00", "Persistent": "true"}
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd")
@pytest.mark.usefixtures("notifier")
def test_systemd_understands_the_units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    for name in ("service", "timer"):
        (tmp_path / f"netkeep.{name}").write_text(recipe(name))
    units = f"'{tmp_path}/netkeep.service' '{tmp_path}/netkeep.timer'"
    warnings = sh(f"systemd-analyze --user --man=no verify {units} 2>&1")
    # The machine's own units are loaded too, and may have warnings of their own.
    assert not re.search(r"netkeep\.(service|timer)", warnings), warnings


@pytest.mark.usefixtures("notifier", "hostile_people")
def test_launchd_notifies(programs: Path) -> None:
    saw = install(programs, "osascript")
    agent = plistlib.loads(recipe("launchd").encode())
    assert agent["StartCalendarInterval"] == {"Hour": 9, "Minute": 0}
    subprocess.run(agent["ProgramArguments"], check=True)
    assert saw.read_text().splitlines()[-1] == NOTIFIED


def unit(name: str) -> configparser.ConfigParser:
    """Return a systemd unit, with the capitals in its keys."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(recipe(name))
    return parser
