"""import: nothing of a body is kept, and of a subject only what --subjects asks for."""

import io
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.test_processes import NETKEEP, without_coverage
from tests.conftest import Netkeep

ME = "me@home.example"
URL = "https://www.linkedin.com/in/"
SUBJECT, BODY = b"Topsecretsubject", b"Topsecretbody"
FROM_LINE = "From - Mon Nov 16 08:00:00 2026\n"
MAIL = (
    f"From: Ada <ada@x.example>\nTo: {ME}\nDate: Mon, 16 Nov 2026 08:00:00 +0000\n"
    "Message-ID: <{0}@x.example>\nX-Other: Topsecretbody\nSubject: Topsecretsubject\n\n"
    "Topsecretbody\n\n"
)
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER\n"
    f"1,Topsecretbody,Ada,{URL}ada,Me,{URL}me,2026-11-17 08:00:00 UTC,"
    "Topsecretsubject,Topsecretbody,INBOX\n"
)
EVENT = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTART:20261118T090000Z\n"
    f"ORGANIZER:mailto:ada@x.example\nATTENDEE:mailto:{ME}\nSUMMARY:Topsecretsubject\n"
    "DESCRIPTION:Topsecretbody\nLOCATION:Topsecretbody\nEND:VEVENT\nEND:VCALENDAR\n"
)


def kept(home: Path) -> bytes:
    """Return every byte of every file that netkeep has."""
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


@pytest.fixture
def files(netkeep: Netkeep, tmp_path: Path) -> list[str]:
    """Mail in every form, messages and a calendar, all with Ada, who is a contact."""
    netkeep("add", "Ada", "--email", "ada@x.example", "--url", f"{URL}ada")
    for part in ("Maildir/new", "Maildir/cur"):
        (tmp_path / part).mkdir(parents=True)
    contents = {
        "Maildir/new/1": MAIL.format(1),
        "INBOX": FROM_LINE + MAIL.format(2),
        "one.eml": MAIL.format(3),
        "messages.csv": MESSAGES,
        "calendar.ics": EVENT.replace("\n", "\r\n"),
    }
    for name, text in contents.items():
        (tmp_path / name).write_text(text, newline="")
    names = ["Maildir", *list(contents)[1:]]
    return [str(tmp_path / name) for name in names]


def use(netkeep: Netkeep, *arguments: str) -> None:
    """Import, and do what else writes files: undo, redo, a change, a backup."""
    said = netkeep("import", *arguments, "--me", ME, "--me", f"{URL}me", "--candidates").out
    assert said.startswith("Logged 3 touchpoints with 1 person;")
    for command in (["undo"], ["redo"], ["log", "ada"], ["backup"]):
        netkeep(*command)


def test_nothing_of_a_body_or_a_subject_is_kept(
    netkeep: Netkeep, files: list[str], home: Path
) -> None:
    use(netkeep, *files)
    assert len(list(home.rglob("*.db"))) > 1
    assert (SUBJECT in kept(home), BODY in kept(home)) == (False, False)


def test_subjects_are_kept_only_if_they_are_wanted(
    netkeep: Netkeep, files: list[str], home: Path
) -> None:
    use(netkeep, *files, "--subjects")
    assert (SUBJECT in kept(home), BODY in kept(home)) == (True, False)


def test_nothing_of_standard_input_is_kept(
    netkeep: Netkeep, files: list[str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(home))
    content = b"".join(FROM_LINE.encode() + MAIL.format(number).encode() for number in range(500))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    netkeep("import", "-", "--me", ME)
    assert (SUBJECT in kept(home), BODY in kept(home)) == (False, False)


@pytest.mark.slow
def test_nothing_is_in_the_journal_of_an_import_that_was_killed(
    netkeep: Netkeep, home: Path, database: Path, tmp_path: Path
) -> None:
    people = "".join(f"P{number},p{number}@x.example\n" for number in range(100))
    (tmp_path / "people.csv").write_text(f"name,mail\n{people}")
    mapped = ("--map", "name=name", "--map", "mail=email")
    netkeep("import", str(tmp_path / "people.csv"), *mapped, "--keep", err=None)
    before = database.read_bytes()
    with (tmp_path / "INBOX").open("w") as inbox:
        for number in range(20_000):
            day = f"{number // 100 % 28 + 1} {('Jun', 'Jul', 'Aug', 'Sep')[number % 4]}"
            mail = MAIL.format(number).replace("ada@", f"p{number % 100}@").replace("16 Nov", day)
            inbox.write(FROM_LINE + mail)
    process = subprocess.Popen(
        [*NETKEEP, "import", str(tmp_path / "INBOX"), "--me", ME],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=without_coverage(),
    )
    while database.read_bytes() == before:  # pages go into it when there are more than fit
        assert process.poll() is None, "it was over before it wrote a page"
        time.sleep(0.001)
    process.kill()
    process.wait()
    assert process.returncode == -signal.SIGKILL
    assert database.with_name(f"{database.name}-journal").exists()
    assert (SUBJECT in kept(home), BODY in kept(home)) == (False, False)
