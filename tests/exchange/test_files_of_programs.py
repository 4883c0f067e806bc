"""Mail and calendars as real programs wrote them."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from netkeep.domain.correspondence import Message, Reason
from netkeep.exchange.calendar_events import read_calendar
from netkeep.exchange.mail import Reader, read_folder, read_mbox

READER = Reader(subjects=True)

# mutt 2.2.12, to which two mails were typed: the file that `record` names.
SENT = b"""\
From me@home.example Thu Nov 26 22:21:32 2026
Date: Thu, 26 Nov 2026 22:21:32 +0000
From: Me Myself <me@home.example>
To: Ada Lovelace <ada@x.example>
Subject: Friday
Message-ID: <awiw7MJVYcKy_1G5@home.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=us-ascii
Content-Disposition: inline
Status: RO
Content-Length: 58
Lines: 3

Are you free on Friday?

From 10:30 to noon in 2026, say.

From me@home.example Thu Nov 26 22:21:32 2026
Date: Thu, 26 Nov 2026 22:21:32 +0000
From: Me Myself <me@home.example>
To: =?iso-8859-1?B?Wm/r?= Doe <zoe@x.example>
Cc: ada@x.example
Subject: =?iso-8859-1?B?R3L832U=?=
Message-ID: <awiw7Ijn3nm6Pee9@home.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=iso-8859-1
Content-Disposition: inline
Content-Transfer-Encoding: 8bit
Status: RO
Content-Length: 10
Lines: 1

Hello Zo\xeb

"""

# mutt 2.2.12: three mails of a Maildir, copied into a new mbox.
SAVED = b"""\
From ada@x.example Tue Nov 10 07:00:05 2026
Return-Path: <ada@x.example>
Received: from mx.x.example (mx.x.example [192.0.2.1])
	by mail.home.example (Postfix) with ESMTPS id 4XyZ
	for <me@home.example>; Tue, 10 Nov 2026 08:00:05 +0100 (CET)
From: Ada Lovelace <ada@x.example>
To: me@home.example
Subject: Lunch?
Date: Tue, 10 Nov 2026 08:00:00 +0100
Message-ID: <1@x.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Length: 86

From Monday on I am in town.

From me to you: 10:30 is fine, said at 9:15 in 2026
Ada

From zoe@x.example Wed Nov 11 23:30:00 2026
From: =?UTF-8?Q?Zo=C3=AB?= Doe <zoe@x.example>
To: "Me, Myself" <me@home.example>,
	Ada Lovelace <ada@x.example>
Subject: =?UTF-8?B?w4ljbGFpcnM=?=
Date: Wed, 11 Nov 2026 18:30:00 -0500
Message-ID: <2@x.example>
Content-Length: 7

Hello.

From list@lists.example Thu Nov 12 09:00:00 2026
From: "Weekly" <list@lists.example>
To: everyone@lists.example
Subject: This week
Date: Thu, 12 Nov 2026 09:00:00 +0000
List-Id: Weekly news <weekly.lists.example>
Precedence: list
Message-ID: <3@lists.example>
Content-Length: 6

News.

"""

# maildrop 2.9.3, procmail 3.22, fdm 1.9 and mutt 2.2.12: what each calls a mail that it delivered
# or, the last, has shown. They write what they get; fdm adds a header.
NAMES = [
    "new/1795731674.M585581P21183V000000000000FE00I000000000020E0BD_0.vm,S=478",
    "new/1795731690.21353_0.vm",
    "new/1795731675.21222_0.vm",
    "cur/1795731674.M585581P21183V000000000000FE00I000000000020E0BD_0.vm,S=478:2,S",
]
DELIVERED = b"""\
Return-Path: <ada@x.example>
Received: by localhost (fdm 1.9, account "stdin")\x20
	with stdin (unencrypted)
	Thu, 26 Nov 2026 22:21:15 +0000
Received: from mx.x.example (mx.x.example [192.0.2.1])
	by mail.home.example (Postfix) with ESMTPS id 4XyZ
	for <me@home.example>; Tue, 10 Nov 2026 08:00:05 +0100 (CET)
From: Ada Lovelace <ada@x.example>
To: me@home.example
Subject: Lunch?
Date: Tue, 10 Nov 2026 08:00:00 +0100
Message-ID: <1@x.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

From Monday on I am in town.

From me to you: 10:30 is fine, said at 9:15 in 2026
Ada
"""

# khal 0.14.1: an invitation of Google Calendar that it imported.
EVENTS = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//PIMUTILS.ORG//NONSGML khal / icalendar //EN
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Weekly
DTSTART;TZID=Europe/Berlin:20261019T090000
DTEND;TZID=Europe/Berlin:20261019T093000
DTSTAMP:20261001T080000Z
UID:weekly@x.example
RRULE:FREQ=WEEKLY;UNTIL=20261109T080000Z
EXDATE;TZID=Europe/Berlin:20261102T090000
ATTENDEE;CN="Me Myself";CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;ROLE=REQ-PARTI
 CIPANT;X-NUM-GUESTS=0:mailto:me@home.example
ATTENDEE;CN=zoe@x.example;CUTYPE=INDIVIDUAL;PARTSTAT=DECLINED;ROLE=REQ-PAR
 TICIPANT:mailto:zoe@x.example
ORGANIZER;CN="Ada Lovelace":mailto:ada@x.example
STATUS:CONFIRMED
END:VEVENT
BEGIN:VEVENT
SUMMARY:Weekly
DTSTART;TZID=Europe/Berlin:20261027T140000
DTEND;TZID=Europe/Berlin:20261027T143000
DTSTAMP:20261001T080000Z
UID:weekly@x.example
RECURRENCE-ID;TZID=Europe/Berlin:20261026T090000
ATTENDEE;CN="Me Myself";PARTSTAT=ACCEPTED:mailto:me@home.example
ORGANIZER;CN="Ada Lovelace":mailto:ada@x.example
STATUS:CONFIRMED
END:VEVENT
END:VCALENDAR
"""


def summary(message: Message) -> tuple[str, str | None, list[str], str | None]:
    return (
        f"{message.at:%Y-%m-%d %H:%M}",
        message.sender and message.sender.key,
        [each.key for each in (*message.to, *message.copies)],
        message.subject,
    )


LUNCH = ("2026-11-10 07:00", "ada@x.example", ["me@home.example"], "Lunch?")


def test_sent_mail_of_mutt() -> None:
    assert [summary(each) for each in read_mbox(BytesIO(SENT), READER)] == [
        ("2026-11-26 22:21", "me@home.example", ["ada@x.example"], "Friday"),
        ("2026-11-26 22:21", "me@home.example", ["zoe@x.example", "ada@x.example"], "Grüße"),
    ]


def test_an_mbox_that_mutt_saved() -> None:
    lunch, eclairs, weekly = read_mbox(BytesIO(SAVED), READER)
    assert summary(lunch) == LUNCH
    assert summary(eclairs) == (
        "2026-11-11 23:30",
        "zoe@x.example",
        ["me@home.example", "ada@x.example"],
        "Éclairs",
    )
    assert weekly.flaw is Reason.automatic


@pytest.mark.parametrize("name", NAMES)
def test_a_maildir_of_delivery_agents(name: str, tmp_path: Path) -> None:
    for part in ("cur", "new", "tmp"):
        (tmp_path / part).mkdir()
    (tmp_path / name).write_bytes(DELIVERED)
    assert [summary(each) for each in read_folder(tmp_path, READER)] == [LUNCH]


def test_a_calendar_of_khal() -> None:
    content = EVENTS.replace("\n", "\r\n").encode()
    since, today = date(2026, 10, 1), date(2026, 11, 23)
    found = list(read_calendar(content, {"me@home.example"}, since, today))
    days = [str(each.day) for each in found if since <= each.day <= today]
    assert days == ["2026-10-19", "2026-11-09", "2026-10-27"]
    assert {each.sender.key for each in found if each.sender} == {"ada@x.example"}
    assert {person.key for each in found for person in each.to} == {"me@home.example"}
