"""LinkedIn's messages.csv, Invitations.csv and the archive they come in."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from netkeep.domain.correspondence import Message, Participant, Reason
from netkeep.domain.touchpoint import Channel
from netkeep.errors import BadValueError
from netkeep.exchange.linkedin_messages import Archive, read_messages, starts_messages

HEADER = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,"
    "DATE,SUBJECT,CONTENT,FOLDER\n"
)
MESSAGE = (
    "2-abc==,,Ada Lovelace,https://www.linkedin.com/in/ada,Me Myself,"
    'https://www.linkedin.com/in/me,2026-11-10 08:00:00 UTC,Lunch,"Shall we\n""meet""?",INBOX\n'
)
INVITATIONS = (
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    'Me Myself,Ada Lovelace,"11/9/26, 8:05 PM",Hello,OUTGOING,'
    "https://www.linkedin.com/in/me,https://www.linkedin.com/in/ada\n"
)
ADA = Participant("linkedin.com/in/ada", "Ada Lovelace")
ME = Participant("linkedin.com/in/me", "Me Myself")


def read(text: str) -> list[Message]:
    return list(read_messages(io.BytesIO(text.encode())))


def test_a_message_is_from_one_profile_to_others() -> None:
    (found,) = read("\ufeff" + HEADER + MESSAGE)
    assert found == Message(
        at=datetime(2026, 11, 10, 8, tzinfo=UTC),
        day=date(2026, 11, 10),
        channel=Channel.social,
        digest=found.digest,
        sender=ADA,
        to=(ME,),
        subject="Lunch",
    )


def test_the_members_of_a_group_are_known_by_their_urls() -> None:
    group = MESSAGE.replace("Me Myself", '"Me Myself,Bea"').replace(
        "https://www.linkedin.com/in/me", '"https://www.linkedin.com/in/me,linkedin.com/in/bea"'
    )
    named, unclear = read(HEADER + group + group.replace("Bea", "Bea, PhD"))
    assert named.to == (ME, Participant("linkedin.com/in/bea", "Bea"))
    assert unclear.to == (ME._replace(name=""), Participant("linkedin.com/in/bea"))


def test_invitations_are_messages_too() -> None:
    (found,) = read(INVITATIONS)
    assert (found.at, found.sender, found.to) == (
        datetime(2026, 11, 9, 20, 5, tzinfo=UTC),
        ME,
        (ADA,),
    )


@pytest.mark.parametrize("folder", ["SPAM", "spam", "DRAFT"])
def test_spam_and_drafts_are_told(folder: str) -> None:
    (found,) = read(HEADER + MESSAGE.replace("INBOX", folder))
    assert found.flaw is Reason.folder


def test_a_message_of_a_closed_account_has_no_sender() -> None:
    (found,) = read(HEADER + MESSAGE.replace("https://www.linkedin.com/in/ada", ""))
    assert (found.sender, found.flaw) == (None, None)


@pytest.mark.parametrize(
    "broken",
    [
        MESSAGE.replace("2026-11-10 08:00:00 UTC", "yesterday"),
        "one cell\n",
        f'x,,,,,,,,"{"x" * 10_000_001}",INBOX\n',
    ],
)
def test_a_broken_row_costs_only_itself(broken: str) -> None:
    assert [each.flaw for each in read(HEADER + MESSAGE + broken + MESSAGE)] == [
        None,
        Reason.broken,
        None,
    ]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (HEADER + MESSAGE, True),
        ("\ufeff" + INVITATIONS, True),
        ("First Name,Last Name,URL\n", False),
        ("", False),
    ],
)
def test_files_of_messages_are_recognized_by_their_columns(start: str, expected: bool) -> None:
    assert starts_messages(start.encode()) is expected


def archive(**files: str) -> io.BytesIO:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, text in files.items():
            packed.writestr(f"{name}.csv", text)
    return content


def test_an_archive_has_connections_and_messages() -> None:
    found = Archive(archive(Connections="x", messages=HEADER + MESSAGE, Invitations=INVITATIONS))
    assert found.connections() == b"x"
    assert [each.sender for each in found.messages()] == [ADA, ME]


def test_an_archive_may_have_some_of_the_files_only() -> None:
    assert Archive(archive(messages=HEADER)).connections() is None
    assert list(Archive(archive(Connections="x")).messages()) == []


@pytest.mark.parametrize("content", [io.BytesIO(b"PK\x03\x04 nonsense"), archive(Photos="x")])
def test_another_zip_is_refused(content: io.BytesIO) -> None:
    with pytest.raises(BadValueError, match=r"this \.zip"):
        Archive(content)


@pytest.mark.parametrize("damage", [b"\x00", b"\xff"])
def test_a_damaged_file_in_an_archive_is_named(damage: bytes) -> None:
    texts = HEADER + "".join(MESSAGE.replace("Lunch", f"{each**9:x}") for each in range(500))
    for name in ("Connections.csv", "messages.csv"):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(name, texts)
            middle = packed.getinfo(name).compress_size // 2
        data = content.getvalue()
        found = Archive(io.BytesIO(data[:middle] + damage * 20 + data[middle + 20 :]))
        with pytest.raises(BadValueError, match=f"{name} cannot be read: "):
            list(found.messages()) or found.connections()
