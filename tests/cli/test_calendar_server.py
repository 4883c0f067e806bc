"""import: a calendar that a real CalDAV server serves."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cli.servers import send, served
from tests.conftest import Netkeep

if find_spec("radicale") is None:
    pytest.skip("NOT TESTED whether calendars of Radicale are read", allow_module_level=True)

CALENDAR = """<?xml version="1.0"?>
<C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"/>"""
WEEKLY = """UID:weekly
DTSTART:20261102T090000Z
RRULE:FREQ=WEEKLY
ORGANIZER:mailto:me@home.example
ATTENDEE:mailto:ada@x.example"""
LUNCH = """UID:lunch
DTSTART;VALUE=DATE:20261120
ORGANIZER:mailto:ada@x.example
ATTENDEE:mailto:me@home.example"""


@pytest.mark.slow
def test_a_calendar_of_radicale_becomes_meetings(netkeep: Netkeep, tmp_path: Path) -> None:
    netkeep("add", "Ada", "--email", "ada@x.example")
    path = tmp_path / "calendar.ics"
    with served(tmp_path) as port:
        send(port, "MKCALENDAR", "/me/calendar/", CALENDAR)
        for number, event in enumerate((WEEKLY, LUNCH)):
            lines = (
                "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nDTSTAMP:20261101T000000Z\n"
                f"{event}\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n"
            )
            send(port, "PUT", f"/me/calendar/{number}.ics", lines.replace("\n", "\r\n"))
        path.write_bytes(send(port, "GET", "/me/calendar/"))
    netkeep("import", str(path), "--me", "me@home.example")
    found = netkeep("timeline", "-f", "json").json
    assert [(each["day"], each["channel"], each["direction"]) for each in found] == [
        ("2026-11-23", "meeting", "out"),
        ("2026-11-20", "meeting", "in"),
        ("2026-11-16", "meeting", "out"),
        ("2026-11-09", "meeting", "out"),
        ("2026-11-02", "meeting", "out"),
    ]
