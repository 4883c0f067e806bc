"""Touchpoints logged by hand and imported from mail lead to the same list each day."""

import mailbox
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from random import Random

import pytest

from tests.conftest import Netkeep

ME = "me@home.example"
FIRST = date(2026, 9, 1)


@pytest.mark.slow
def test_due_is_the_same_after_logging_and_after_importing(
    netkeep: Netkeep, tmp_path: Path, today: Callable[[str], None]
) -> None:
    random = Random(18)
    by_hand, imported = (("--db", str(tmp_path / f"{name}.db")) for name in ("hand", "import"))
    people = [f"p{number}" for number in range(12)]
    today(str(FIRST))
    for database in (by_hand, imported):
        for name in people:
            netkeep(*database, "add", name, "--email", f"{name}@x.example", "-e", "2w", err=None)
    for number in range(30):
        day = FIRST + timedelta(days=number)
        today(str(day))
        box = mailbox.mbox(tmp_path / f"box-{day}")
        for name in random.sample(people, 2):
            direction = random.choice(["--in", ""])
            other = f"{name}@x.example"
            netkeep(*by_hand, "log", name, "-c", "email", *filter(None, [direction]), err=None)
            message = EmailMessage()
            message["From"], message["To"] = (other, ME) if direction else (ME, other)
            message["Date"] = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
            message["Message-ID"] = f"<{name}-{day}>"
            box.add(message)
        box.close()
        netkeep(*imported, "import", str(tmp_path / f"box-{day}"), "--me", ME, err=None)
        agendas = [
            netkeep(*database, "due", "--all", "-f", "json", err=None).out
            for database in (by_hand, imported)
        ]
        assert agendas[0] == agendas[1]
