"""import: touchpoints from mail, calendars and LinkedIn's archive."""

import io
import mailbox
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal, answer, ending
from tests.conftest import Configure, Fails, Netkeep
from tests.exchange.test_linkedin_messages import HEADER, INVITATIONS, MESSAGE

ME = "me@home.example"
OPTIONS = ("--me", ME)
NUMBERS = iter(range(1_000_000))

Write = Callable[..., str]


@pytest.fixture
def mbox(tmp_path: Path) -> Write:
    """Write messages, each `from to day` or `from to day hour`, to an mbox; return its path."""

    def write(*messages: str, name: str = "INBOX", **headers: str) -> str:
        box = mailbox.mbox(tmp_path / name)
        for each in messages:
            sender, to, day, *hour = each.split()
            message = EmailMessage()
            message["From"] = sender if "@" in sender else f"{sender.title()} <{sender}@x.example>"
            message["To"] = to if "@" in to else f"{to}@x.example"
            message["Date"] = datetime.fromisoformat(f"{day}T{''.join(hour) or '09'}:00:00+00:00")
            message["Message-ID"] = f"<{next(NUMBERS)}@x.example>"
            message["Subject"] = "Topsecretsubject"
            for header, value in headers.items():
                message[header.replace("_", "-")] = value
            message.set_content("Topsecretbody")
            box.add(message)
        box.close()
        return str(tmp_path / name)

    return write


@pytest.fixture
def ada(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "--email", "Ada@X.example", "--last", "2026-01-01")


def timeline(netkeep: Netkeep) -> list[tuple[str, str, str, str]]:
    touchpoints = netkeep("timeline", "-f", "json").json
    return [
        (each["day"], each["name"], each["channel"], each["direction"]) for each in touchpoints
    ][:-1]


@pytest.mark.usefixtures("ada")
def test_mail_becomes_touchpoints(netkeep: Netkeep, mbox: Write) -> None:
    file = mbox(
        f"{ME} ada 2026-11-20 10", f"ada {ME} 2026-11-20 08", f"{ME} ada 2026-11-21",
        f"stranger {ME} 2026-11-21",
    )  # fmt: skip
    said = netkeep("import", file, *OPTIONS)
    assert said.out == "Logged 2 touchpoints with 1 person; 0 messages were known already.\n"
    assert timeline(netkeep) == [
        ("2026-11-21", "Ada", "email", "out"),
        ("2026-11-20", "Ada", "email", "in"),
    ]
    assert netkeep("timeline", "-f", "json").json[0]["purpose"] == "catch-up"
    assert netkeep("show", "ada", "-f", "json").json["last_touch_on"] == "2026-11-21"


@pytest.mark.usefixtures("ada")
def test_the_same_again_changes_nothing(netkeep: Netkeep, mbox: Write, database: Path) -> None:
    file = mbox(f"{ME} ada 2026-11-20", f"ada {ME} 2026-11-20")
    netkeep("import", file, *OPTIONS)
    netkeep("amend", "2", "--on", "2026-11-19")
    changes = netkeep("undo", "--list", "-f", "json").out
    said = netkeep("import", file, *OPTIONS)
    assert said.out == "Logged 0 touchpoints with 0 people; 2 messages were known already.\n"
    assert netkeep("undo", "--list", "-f", "json").out == changes


@pytest.mark.usefixtures("ada")
def test_a_deleted_touchpoint_does_not_come_back(netkeep: Netkeep, mbox: Write) -> None:
    file = mbox(f"{ME} ada 2026-11-20")
    netkeep("import", file, *OPTIONS)
    netkeep("amend", "2", "--delete")
    netkeep("import", file, *OPTIONS)
    assert timeline(netkeep) == []


@pytest.mark.usefixtures("ada")
def test_an_import_is_one_change_to_undo(netkeep: Netkeep, mbox: Write, tmp_path: Path) -> None:
    sent = mbox(f"{ME} ada 2026-11-20", name="Sent")
    inbox = mbox(f"ada {ME} 2026-11-19")
    before = netkeep("timeline", "-f", "json").out
    said = netkeep("import", sent, inbox, *OPTIONS)
    assert said.out.startswith("Logged 2 touchpoints with 1 person;")
    netkeep("undo")
    assert netkeep("timeline", "-f", "json").out == before
    assert netkeep("import", sent, inbox, *OPTIONS).out == said.out


@pytest.mark.usefixtures("ada")
def test_a_later_import_of_an_earlier_message_turns_the_day_around(
    netkeep: Netkeep, mbox: Write
) -> None:
    netkeep("import", mbox(f"{ME} ada 2026-11-20 10", name="Sent"), *OPTIONS)
    netkeep("import", mbox(f"ada {ME} 2026-11-20 08"), *OPTIONS)
    assert timeline(netkeep) == [("2026-11-20", "Ada", "email", "in")]


@pytest.mark.usefixtures("ada")
def test_what_was_logged_by_hand_stays_as_it_is(netkeep: Netkeep, mbox: Write) -> None:
    netkeep("log", "ada", "-c", "email", "--on", "2026-11-20", "-n", "Asked for the slides")
    netkeep("import", mbox(f"ada {ME} 2026-11-20"), *OPTIONS)
    assert timeline(netkeep) == [("2026-11-20", "Ada", "email", "out")]
    assert netkeep("timeline", "-f", "json").json[0]["note"] == "Asked for the slides"


@pytest.mark.usefixtures("ada")
def test_what_does_not_count_is_left_out_and_counted(netkeep: Netkeep, mbox: Write) -> None:
    many = ",".join(f"p{number}@x.example" for number in range(11))
    files = [
        mbox(f"ada {ME} 2026-11-24", f"ada {ME} 2025-11-01", f"{ME} {many} 2026-11-20"),
        mbox(f"ada {ME} 2026-11-20", name="list", List_Id="<x>"),
        mbox(f"ada {ME} 2026-11-20", name="Trash"),
        mbox("ada bea 2026-11-20", name="copies", Cc=ME),
        mbox("ada bea 2026-11-20", name="others"),
    ]
    said = netkeep("import", *files, *OPTIONS, err=None)
    assert said.out == "Logged 0 touchpoints with 0 people; 0 messages were known already.\n"
    assert said.err.splitlines() == [
        "left out 1 message from mailing lists or sent automatically",
        "left out 1 message with too many recipients",
        "left out 1 message only copied to you",
        "left out 1 message in drafts, spam or trash",
        "left out 1 message in the future",
        "left out 1 message older than the day of --since",
        "left out 1 message neither from you nor to you",
    ]
    assert netkeep("import", files[0], *OPTIONS, "--most", "11", err=None).err.count("\n") == 2


def test_only_people_with_an_address_of_their_own_are_told(netkeep: Netkeep, mbox: Write) -> None:
    netkeep("add", "Ada", "--email", "home@x.example")
    netkeep("add", "Bea", "--email", "home@x.example", "--force")
    netkeep("add", "Cai", "--email", "cai@x.example", "--candidate")
    netkeep("add", "Dan", "--email", "dan@x.example")
    netkeep("drop", "dan")
    file = mbox(*(f"{who} {ME} 2026-11-20" for who in ("home", "cai", "dan")))
    netkeep("import", file, *OPTIONS)
    assert [each["name"] for each in netkeep("timeline", "-f", "json").json] == ["Cai"]


@pytest.mark.usefixtures("ada")
def test_a_dry_run_says_what_it_would_log_per_person(netkeep: Netkeep, mbox: Write) -> None:
    file = mbox(f"{ME} ada 2026-11-20", f"ada {ME} 2026-11-21")
    assert netkeep("import", file, *OPTIONS, "--dry-run").out == (
        "log with Ada (#1): 2026-11-20 email; 2026-11-21 email from them\n"
        "Nothing was written; an import would log 2 touchpoints with 1 person;"
        " 0 messages were known already.\n"
    )
    assert timeline(netkeep) == []


@pytest.mark.usefixtures("ada")
def test_broken_messages_are_counted_and_the_others_are_logged(
    netkeep: Netkeep, tmp_path: Path
) -> None:
    date = "Date: Fri, 20 Nov 2026 09:00:00 +0000\n"
    headers = [
        "From: Ada <ada@x.example>\n",  # no date
        f"From: {'(' * 50_000}ada@x.example\n{date}",
        f"From: ada@x.example\n{date}X-Long: {'x' * 1_000_000}\n",
        f"From: Zo\xeb\n {'y' * 50}\n\t<Ada@X.EXAMPLE>\n{date}",  # raw 8-bit, folded: is read
    ]
    content = "".join(
        f"From - Fri Nov 20 09:00:00 2026\n{each}To: Team: {ME}, bea@x.example;\n\nBody\n\n"
        for each in headers
    )
    (tmp_path / "INBOX").write_text(content, encoding="latin-1")
    said = netkeep("import", str(tmp_path / "INBOX"), *OPTIONS, err=None)
    assert said.err == "left out 3 messages that cannot be read\n"
    assert timeline(netkeep) == [("2026-11-20", "Ada", "email", "in")]


@pytest.mark.usefixtures("ada")
def test_subjects_are_notes_if_they_are_wanted(netkeep: Netkeep, mbox: Write) -> None:
    netkeep("import", mbox(f"{ME} ada 2026-11-20"), *OPTIONS, "--subjects")
    assert netkeep("timeline", "-f", "json").json[0]["note"] == "Topsecretsubject"


@pytest.mark.usefixtures("ada")
def test_who_you_are_may_be_a_setting(netkeep: Netkeep, mbox: Write, configure: Configure) -> None:
    configure(f'me = ["{ME.title()}", "https://linkedin.com/in/me"]\n')
    netkeep("import", mbox(f"{ME} ada 2026-11-20"))
    assert timeline(netkeep) == [("2026-11-20", "Ada", "email", "out")]
    assert f"me\t{ME}, linkedin.com/in/me\tconfig.toml\n" in netkeep("config").out


@pytest.mark.usefixtures("ada")
def test_without_knowing_who_you_are_nothing_is_logged(
    netkeep: Netkeep, fails: Fails, mbox: Write
) -> None:
    file = mbox(f"{ME} ada 2026-11-20", f"bea {ME} 2026-11-20")
    assert fails("import", file, code=5) == (
        f"netkeep: your own address is not known; it may be {ME}\n"
        f'  if so, use --me {ME}, or set me = ["{ME}"] in the settings (netkeep config --path)\n'
    )
    assert timeline(netkeep) == []


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    ("typed", "said", "code", "touchpoints"),
    [
        ("y", "Logged 1 touchpoint with 1 person; 0 messages were known already.\n", 0, 1),
        ("n", "netkeep: nothing was done\n  say who you are: --me ADDRESS|URL\n", 1, 0),
        ("", "netkeep: nothing was done\n  say who you are: --me ADDRESS|URL\n", 1, 0),
    ],
)
def test_a_terminal_is_asked_who_you_are(
    netkeep: Netkeep,
    terminal: Terminal,
    mbox: Write,
    typed: str,
    said: str,
    code: int,
    touchpoints: int,
) -> None:
    child = terminal.run("import", mbox(f"{ME} ada 2026-11-20", f"bea {ME} 2026-11-20"))
    answer(child, (f"Are you {ME}? [y/N]: ", typed))
    out, returned = ending(child)
    assert (out.endswith(said), returned) == (True, code), out
    assert len(timeline(netkeep)) == touchpoints


def frequent(who: str, days: int = 3) -> list[str]:
    return [
        f"{pair} 2026-11-{10 + day}"
        for day in range(days)
        for pair in (f"{who} {ME}", f"{ME} {who}")
    ]


def test_frequent_correspondents_who_are_missing_are_listed(netkeep: Netkeep, mbox: Write) -> None:
    file = mbox(*frequent("bea"), *frequent("cai", 2))
    assert netkeep("import", file, *OPTIONS).out == (
        "Logged 0 touchpoints with 0 people; 0 messages were known already.\n"
        "1 frequent correspondent is not among your contacts; to add them as candidates:"
        " --candidates\n"
        "  Bea <bea@x.example>: you wrote on 3 days, they on 3\n"
    )


def test_missing_people_can_be_added_as_candidates(netkeep: Netkeep, mbox: Write) -> None:
    file = mbox(*frequent("bea"), *frequent("cai", 2))
    assert netkeep("import", file, *OPTIONS, "--candidates").out == (
        "Logged 3 touchpoints with 1 person, 1 of them a new candidate;"
        " 0 messages were known already.\n"
    )
    (bea,) = netkeep("list", "--status", "all", "-f", "json").json
    assert (bea["name"], bea["emails"], bea["status"]) == ("Bea", ["bea@x.example"], "candidate")
    assert (bea["met"], bea["met_on"]) == ("by mail", "2026-11-10")
    assert netkeep("import", file, *OPTIONS, "--candidates").out == (
        "Logged 0 touchpoints with 0 people; 6 messages were known already.\n"
    )


def test_linkedin_brings_connections_and_messages_in_one_archive(
    netkeep: Netkeep, tmp_path: Path
) -> None:
    path = tmp_path / "Basic_LinkedInDataExport.zip"
    connections = (
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Ada,Lovelace,https://www.linkedin.com/in/ada,,Initech,CTO,05 Sep 2017\n"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Connections.csv", connections)
        archive.writestr("messages.csv", HEADER + MESSAGE)
        archive.writestr("Invitations.csv", INVITATIONS)
    arguments = ("import", str(path), "--me", "https://www.linkedin.com/in/me")
    dry_run = netkeep(*arguments, "--dry-run")
    first = netkeep(*arguments)
    second = netkeep(*arguments)
    assert dry_run.out == (
        "new: Ada Lovelace (line 2)\n"
        "Nothing was written; an import would give: 1 new, 0 updated, 0 unchanged, 0 left out.\n"
        "log with Ada Lovelace: 2026-11-09 social; 2026-11-10 social from them\n"
        "Nothing was written; an import would log 2 touchpoints with 1 person;"
        " 0 messages were known already.\n"
    )
    assert first.out == (
        "Imported 1 person as a candidate. Keep or drop them: netkeep triage\n"
        "Logged 2 touchpoints with 1 person; 0 messages were known already.\n"
    )
    assert second.out == (
        "Imported no one; 1 was known already.\n"
        "Logged 0 touchpoints with 0 people; 2 messages were known already.\n"
    )


@pytest.mark.usefixtures("ada")
def test_a_calendar_on_standard_input_becomes_meetings(
    netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTART:20261109T090000Z\n"
        f"RRULE:FREQ=WEEKLY\nORGANIZER:mailto:{ME}\nATTENDEE:mailto:ada@x.example\n"
        "SUMMARY:Secret\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nDTSTART:20261110T090000Z\n"
        f"ORGANIZER:mailto:{ME}\nATTENDEE:mailto:ada@x.example\nSTATUS:CANCELLED\nEND:VEVENT\n"
        "END:VCALENDAR\n"
    )
    stdin = io.TextIOWrapper(io.BytesIO(calendar.replace("\n", "\r\n").encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    said = netkeep("import", "-", *OPTIONS, "--since", "2026-11-10", err=None)
    assert said.err.splitlines()[-1] == "left out 1 event cancelled or declined"
    assert timeline(netkeep) == [
        ("2026-11-23", "Ada", "meeting", "out"),
        ("2026-11-16", "Ada", "meeting", "out"),
    ]


@pytest.mark.usefixtures("ada")
def test_a_maildir_is_read_with_all_its_folders(netkeep: Netkeep, tmp_path: Path) -> None:
    (tmp_path / "Mail").mkdir()
    for number, name in enumerate(("INBOX", "Sent"), 1):
        message = EmailMessage()
        message["From"], message["To"] = ME, "ada@x.example"
        message["Date"] = datetime(2026, 11, number, 9, tzinfo=UTC)
        message["Message-ID"] = f"<{number}>"
        mailbox.Maildir(tmp_path / "Mail" / name).add(message)
    netkeep("import", str(tmp_path / "Mail"), *OPTIONS)
    assert len(timeline(netkeep)) == 2


@pytest.mark.usefixtures("ada")
def test_digests_go_with_the_contact_and_stay_after_a_merge(
    netkeep: Netkeep, mbox: Write, database: Path
) -> None:
    netkeep("add", "Ada L", "--email", "ada2@x.example")
    file = mbox(f"{ME} ada 2026-11-20", f"{ME} ada2 2026-11-20")
    netkeep("import", file, *OPTIONS)
    netkeep("merge", "1", "2")
    said = netkeep("import", file, *OPTIONS)
    assert said.out.endswith("; 2 messages were known already.\n")
    netkeep("forget", "1", "--yes", err=None)
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM imported_message").fetchone() == (0,)


def test_mail_of_people_in_the_same_import_is_logged(
    netkeep: Netkeep, mbox: Write, tmp_path: Path
) -> None:
    cards = tmp_path / "people.vcf"
    cards.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Bea\nEMAIL:bea@x.example\nEND:VCARD\n")
    file = mbox(f"{ME} bea 2026-11-20", f"stranger {ME} 2026-11-20")
    netkeep("import", str(cards), file, *OPTIONS, err=None)
    (touchpoint,) = netkeep("timeline", "-f", "json").json
    assert (touchpoint["name"], touchpoint["day"]) == ("Bea", "2026-11-20")
    netkeep("import", str(cards), file, *OPTIONS, err=None)
    assert len(netkeep("timeline", "-f", "json").json) == 1
    netkeep("undo")
    assert netkeep("list", "--status", "all", "-f", "json", err=None).json == []


def test_the_first_day_has_to_be_a_day_without_messages_too(
    netkeep: Netkeep, fails: Fails, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text("name\nAda Lovelace\n")
    assert '"google" is not a day' in fails(
        "import", str(tmp_path / "people.csv"), "--since", "google", code=2
    )
    assert netkeep("list", "--status", "all", err=None).out == ""
