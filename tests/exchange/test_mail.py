"""Mail in mbox files, Maildirs and .eml files: what is read of it, and what breaks nothing."""

import inspect
import mailbox
import os
import sys
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.utils import getaddresses
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.correspondence import Message, Participant, Reason
from netkeep.domain.text import key
from netkeep.exchange.mail import (
    CHUNK,
    MAX_HEADERS,
    Reader,
    decode,
    has_mail,
    header_blocks,
    is_excluded_folder,
    read_eml,
    read_folder,
    read_mbox,
    starts_eml,
    starts_mbox,
)

READER = Reader(subjects=False)
FROM_LINE = b"From ada@x.example Mon Nov 10 08:00:00 2026\n"
ADA = (
    b"From: Ada Lovelace <Ada@X.example>\nTo: me@home.example\n"
    b"Date: Tue, 10 Nov 2026 08:00:00 +0100\nMessage-ID: <1@x.example>\nSubject: Secret\n"
)
PLAIN = ADA + b"\nA body.\n"


def read(headers: bytes) -> Message:
    return read_eml(BytesIO(headers + b"\nbody\n"), READER)


def mbox(*messages: bytes) -> list[Message]:
    content = b"".join(FROM_LINE + message + b"\n" for message in messages)
    return list(read_mbox(BytesIO(content), READER))


def test_the_headers_that_matter_are_read() -> None:
    found = read(ADA)
    assert found.at == datetime(2026, 11, 10, 7, tzinfo=UTC)
    assert found.day == date(2026, 11, 10)
    assert found.sender == Participant("ada@x.example", "Ada Lovelace")
    assert found.to == (Participant("me@home.example", ""),)
    assert (found.copies, found.subject, found.flaw) == ((), None, None)
    assert len(found.digest) == 32


@given(st.from_regex(r"(\"?[\w' -]*\"? *<)?[\w.+-]+@[\w.-]+>?", fullmatch=True))
def test_usual_addresses_are_read_as_the_email_package_does(header: str) -> None:
    people = {(address.casefold(), key(name)) for name, address in getaddresses([header])}
    found = read(ADA + b"Cc: " + header.encode())
    assert {(each.key, key(each.name)) for each in found.copies} == {
        each for each in people if "@" in each[0]
    }


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Tue, 10 Nov 2026 08:00:00 +0100", 7),
        ("10 Nov 2026 08:00:00 -0530 (local time)", 13.5),
        ("Tue, 10 Nov 2026 08:00:00 -0000", 8),
        ("tue, 10 nov 2026 08:00:00 GMT", 8),
        ("Tue, 10 November 2026 08:00 EST", 13),
        ("Tue, 10 Nov 26 8:00:00 +0000", 8),
        ("Tue, 31 Nov 2026 08:00:00 +0000", None),
        ("Tue, 10 Abc 2026 08:00:00 +0000", None),
        ("Tue, 10 Nov 2026 25:00:00 +0000", None),
    ],
)
def test_dates_in_every_form(written: str, hour: float | None) -> None:
    found = read(ADA.replace(b"Tue, 10 Nov 2026 08:00:00 +0100", written.encode()))
    if hour is None:
        assert found.flaw is Reason.broken
    else:
        assert found.at == datetime(2026, 11, 10, tzinfo=UTC) + timedelta(hours=hour)


def test_a_subject_is_read_only_if_it_is_wanted() -> None:
    headers = ADA.replace(b"Secret", b"=?utf-8?q?Caf=C3=A9?=\n =?utf-8?b?IG9uIEZyaWRheQ==?=")
    message = read_eml(BytesIO(headers), Reader(subjects=True))
    assert message.subject == "Café on Friday"


@pytest.mark.parametrize(
    ("name", "value", "keys"),
    [
        (b"To", b"a@x.example,\n\tb@x.example", ["a@x.example", "b@x.example"]),
        (b"To", b"a@x.example,\r\n b@x.example", ["a@x.example", "b@x.example"]),
        (b"To", b"undisclosed-recipients:;", []),
        (b"To", b"Friends: a@x.example, Bea <b@x.example>;", ["a@x.example", "b@x.example"]),
        (b"To", b'"Doe, Jane" <JANE@x.example>', ["jane@x.example"]),
        (b"To", b"=?utf-8?q?Zo=C3=AB=2C_PhD?= <zoe@x.example>", ["zoe@x.example"]),
        (b"to", b"a@x.example\nTO: b@x.example", ["a@x.example", "b@x.example"]),
        (b"To", b"nobody", []),
        (b"To", "Zoë <zoe@x.example>".encode(), ["zoe@x.example"]),
        (b"To", "Zoë <zoe@x.example>".encode("latin-1"), ["zoe@x.example"]),
    ],
)
def test_addresses_in_every_form(name: bytes, value: bytes, keys: list[str]) -> None:
    headers = ADA.replace(b"To: me@home.example", name + b": " + value)
    found = read(headers)
    assert [each.key for each in found.to] == keys
    assert found.flaw is None


@pytest.mark.parametrize(
    ("headers", "flaw"),
    [
        (b"List-Id: <list.x.example>\n", Reason.automatic),
        (b"Precedence: Bulk\n", Reason.automatic),
        (b"Precedence: first-class\n", None),
        (b"Auto-Submitted: auto-replied\n", Reason.automatic),
        (b"Auto-Submitted: no\n", None),
        (b"X-Gmail-Labels: Inbox,Work\n", None),
        (b"X-Gmail-Labels: Important,Spam\n", Reason.folder),
        (b"X-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe?=\n", Reason.folder),
    ],
)
def test_automatic_mail_and_excluded_labels_are_told(headers: bytes, flaw: Reason | None) -> None:
    assert read(ADA + headers).flaw is flaw


BROKEN = {
    "no date": ADA.replace(b"Date:", b"X-Date:"),
    "a date that is none": ADA.replace(b"10 Nov", b"yesterday"),
    "a date no clock knows": ADA.replace(b"2026 08", b"99999 08"),
    "no sender": ADA.replace(b"From:", b"X-From:"),
    "a sender without an address": ADA.replace(b"<Ada@X.example>", b""),
    "nested comments": ADA.replace(b"Ada Lovelace", b"(" * 50_000),
    "10 MB headers": ADA + b"X-Long: " + b"x" * 10_000_000 + b"\n",
    "headers without end": ADA + b"X-Long:\n" + b" x\n" * 200_000,
    "bytes": bytes(range(256)),
    "nothing": b"",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=list(BROKEN))
def test_a_broken_message_costs_only_itself(broken: bytes) -> None:
    flaws = [message.flaw for message in mbox(PLAIN, broken + b"\nbody\n", PLAIN)]
    assert flaws == [None, Reason.broken, None]
    assert read(broken).flaw is Reason.broken


def test_a_message_cut_off_in_its_headers_costs_only_itself() -> None:
    content = FROM_LINE + b"From: Ada <a\n" + FROM_LINE + PLAIN
    assert [each.flaw for each in read_mbox(BytesIO(content), READER)] == [Reason.broken, None]


def test_a_message_to_a_thousand_addresses_is_still_one_message() -> None:
    to = b", ".join(b"a%d@x.example" % number for number in range(5_000))
    (found,) = mbox(ADA.replace(b"me@home.example", to))
    assert (found.flaw, len(found.to)) == (None, 1_000)


def test_what_a_body_says_is_no_header_and_no_message() -> None:
    body = b"\nFrom: Eve <eve@x.example>\n\nFrom here on it goes\n>From Eve 10:00 2026\n"
    (found,) = mbox(ADA + body)
    assert found.sender == Participant("ada@x.example", "Ada Lovelace")


@pytest.mark.parametrize("length", [0, 1, CHUNK - 700, CHUNK - 300, CHUNK, 3 * CHUNK + 17])
def test_messages_are_found_wherever_a_chunk_ends(length: int) -> None:
    lines = b"x" * (length % 50) + b"\n" + (b"y" * 49 + b"\n") * (length // 50)
    content = b"".join(FROM_LINE + ADA + b"\n" + lines + b"\n" for _ in range(5))
    assert list(header_blocks(BytesIO(content))) == [ADA[:-1]] * 5


@pytest.mark.parametrize("shift", range(-120, 0, 7))
def test_a_separator_across_two_chunks_is_found(shift: int) -> None:
    body = b"z" * (CHUNK + shift - len(FROM_LINE) - len(ADA))
    content = (FROM_LINE + ADA + b"\n" + body + b"\n\n") + FROM_LINE + PLAIN
    assert list(header_blocks(BytesIO(content))) == [ADA[:-1]] * 2


def test_headers_of_any_length_up_to_the_limit_are_whole() -> None:
    filler = b"X-Filler: " + b"x" * (MAX_HEADERS - len(ADA) - 20) + b"\n"
    content = (FROM_LINE + filler + PLAIN + b"\n") * 3
    assert list(header_blocks(BytesIO(content))) == [(filler + ADA)[:-1]] * 3


def test_lines_may_end_as_on_windows() -> None:
    content = (FROM_LINE + PLAIN + b"\n").replace(b"\n", b"\r\n") * 2
    found = list(read_mbox(BytesIO(content), READER))
    assert [each.sender and each.sender.key for each in found] == ["ada@x.example"] * 2


def written(number: int, to: str = "me@home.example") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = f"Zoë {number} <zoe{number}@x.example>", to
    message["Date"] = datetime(2026, 11, 10, 8, number, tzinfo=UTC)
    message["Message-ID"] = f"<{number}@x.example>"
    message.set_content("From me to you\n\nFrom Monday 10:00 on in 2026\n\nbody\n")
    return message


def test_what_python_writes_as_mbox_and_maildir_is_read_the_same(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    folder = mailbox.Maildir(tmp_path / "folder")
    for number in range(20):
        box.add(written(number))
        folder.add(written(number))
    box.close()
    with (tmp_path / "box").open("rb") as file:
        in_mbox = list(read_mbox(file, READER))
    assert sorted(read_folder(tmp_path / "folder", READER)) == sorted(in_mbox)
    assert [each.sender and each.sender.key for each in in_mbox] == [
        f"zoe{number}@x.example" for number in range(20)
    ]


def test_drafts_and_deleted_mail_of_a_maildir_are_told(tmp_path: Path) -> None:
    folder = mailbox.Maildir(tmp_path / "INBOX")
    for flags in ("S", "D", "ST"):
        message = mailbox.MaildirMessage(written(1))
        message.set_flags(flags)
        message.set_subdir("cur")
        folder.add(message)
    trash = folder.add_folder("Trash")
    trash.add(written(2))
    found = list(read_folder(tmp_path / "INBOX", READER))
    assert sorted(each.flaw or "" for each in found) == ["", *[Reason.folder] * 3]


def test_a_folder_of_maildirs_and_eml_files_is_read_whole(tmp_path: Path) -> None:
    for name in ("work/INBOX", "work/Sent", "work/Junk"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        mailbox.Maildir(tmp_path / name).add(written(1))
    (tmp_path / "one.eml").write_bytes(PLAIN)
    (tmp_path / "notes.txt").write_bytes(PLAIN)
    found = list(read_folder(tmp_path, READER))
    assert sorted(each.flaw or "" for each in found) == ["", "", "", Reason.folder]


@pytest.mark.parametrize("part", ["", "cur"])
def test_names_that_are_no_files_are_ignored(tmp_path: Path, part: str) -> None:
    mailbox.Maildir(tmp_path / "INBOX").add(written(1))
    os.mkfifo(tmp_path / "INBOX" / part / "pipe.eml")  # reading it would never end
    for name, target in (("loop.eml", "loop.eml"), ("broken.eml", "none"), ("up", "..")):
        (tmp_path / "INBOX" / part / name).symlink_to(target)
    (tmp_path / "INBOX" / part / "folder.eml").mkdir()
    assert [each.flaw for each in read_folder(tmp_path, READER)] == [None]


def test_deep_folders_are_read_without_recursion(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["a"] * 150)
    folder.mkdir(parents=True)
    (folder / "one.eml").write_bytes(PLAIN)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        assert has_mail(tmp_path)
        assert [each.flaw for each in read_folder(tmp_path, READER)] == [None]
    finally:
        sys.setrecursionlimit(limit)


@pytest.mark.parametrize(
    "name",
    ["Drafts", ".Trash", "[Gmail].Spam", "INBOX.Junk E-Mail", "Entwürfe", "Trash.mbox", "spam"],
)
def test_folders_that_are_left_out_are_known_by_name(name: str) -> None:
    assert is_excluded_folder(name)


@pytest.mark.parametrize(
    "name", ["INBOX", "Sent", "All mail Including Spam and Trash.mbox", "Spam reports", ""]
)
def test_other_folders_are_not(name: str) -> None:
    assert not is_excluded_folder(name)


@pytest.mark.parametrize(
    ("start", "is_mbox", "is_eml"),
    [
        (FROM_LINE + PLAIN, True, False),
        (b"From - Mon Nov 10 08:00:00 2026\r\n" + PLAIN, True, False),
        (b"From 123@xxx Mon Nov 10 08:00:00 +0000 2026\n" + PLAIN, True, False),
        (b"From a at x.example  Mon Nov  2 8:00 2026\n" + PLAIN, True, False),
        (b"From a@x.example Mon, 2 Nov 2026 08:00:00 +0100\n" + PLAIN, True, False),
        (b"From 8:00 to noon in 2026\n" + PLAIN, False, False),
        (PLAIN, False, True),
        (b"Received: from x\r\n\tby y\r\nFrom: a@x.example\r\nDate: x\r\n", False, True),
        (b"From here\nto there\n", False, False),
        (b"First Name,Last Name\n", False, False),
        (b"BEGIN:VCARD\nVERSION:3.0\nFN:From\n", False, False),
        (b"", False, False),
    ],
)
def test_mail_is_recognized_by_how_it_starts(start: bytes, is_mbox: bool, is_eml: bool) -> None:
    assert (starts_mbox(start), starts_eml(start)) == (is_mbox, is_eml)


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("plain  text", "plain text"),
        ("=?utf-8?b?w4k=?= x", "É x"),
        ("=?no-such-charset?q?x?=", "=?no-such-charset?q?x?="),
    ],
)
def test_encoded_words_are_decoded_where_they_can_be(text: str, decoded: str) -> None:
    assert decode(text) == decoded
