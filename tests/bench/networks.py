"""Networks of any size to measure with. The same contacts are due in each.

    python -m tests.bench.networks FILE PEOPLE [DATED]

Every contact has a kind, a company, an e-mail, a birthday, news that is stale, and five touchpoints
with a note of eight words. DUE of them are due by their cadence. DATED more (0 if left out) have a
dated reason: recent news, a birthday today, or an open round.
"""

import random
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

from netkeep.domain.contact import Kind
from netkeep.domain.days import Length
from netkeep.domain.maintenance import Retention
from netkeep.domain.occasions import Birthday
from netkeep.domain.rounds import MonthDay, Season
from netkeep.domain.text import key
from netkeep.store.backup import folder_of
from netkeep.store.repository import open_repository
from netkeep.store.transaction import transaction
from tests.bench.constants import CANDIDATE_ID, CONTACT, DUE, RARE_WORD, ROUND_TAG, TODAY

TOUCHPOINTS = 5  # each
WORDS = 8  # a note
WRITTEN_AT = datetime(2026, 1, 1, tzinfo=UTC).isoformat(timespec="seconds")
CADENCE = Length(6, "month")
KINDS = list(Kind)
FIRST_NAMES = (
    *("Ada", "Alan", "Amit", "Ana", "Barbara", "Bram", "Chen", "Dana", "Edsger", "Elif", "Farah"),
    *("Grace", "Hedy", "Ivan", "Joan", "Kofi", "Lena", "Margaret", "Niklaus", "Olga", "Radia"),
)
SYLLABLES = (
    *("ba", "ce", "di", "fo", "gu", "ha", "ki", "lo", "mi", "nu"),
    *("po", "ra", "se", "ti", "va", "wo", "ya", "zu", "bel", "tor"),
)
VOCABULARY = ["".join(syllables) for syllables in product(SYLLABLES, repeat=3)]


def make_network(path: Path, people: int, dated: int = 0) -> None:
    """Create a database with this many contacts, at least 100."""
    now = datetime.now(UTC)
    # The round is added as a command does it, so that there is a change to undo.
    with open_repository(
        path, now, TODAY, "round", thank_you_days=0, retention=Retention()
    ) as repository:
        season = Season(MonthDay(11, 20), MonthDay(11, 30))
        repository.occasions.add_round("greetings", season, [], [ROUND_TAG])
    generator = random.Random(people)
    ids = range(1, people + 1)
    with transaction(path, now) as opened:
        connection = opened.connection
        insert(connection, "contact", [contact(number, dated) for number in ids])
        insert(connection, "detail", [row for number in ids for row in details(number, dated)])
        insert(
            connection,
            "touchpoint",
            [row for number in ids for row in touchpoints(number, generator)],
        )
        insert(connection, "occasion", [promise(), *(news(number, dated) for number in ids)])
        insert(connection, "own_news", [own_news()])
        opened.touch(*ids)  # computes the words that `find` and names are looked up in
    shutil.rmtree(folder_of(path))  # the backup before the second transaction


def insert(connection: sqlite3.Connection, table: str, rows: Sequence[dict[str, object]]) -> None:
    """Insert rows, which all have the same columns."""
    columns = list(rows[0])
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(columns)})"
        f" VALUES ({', '.join(f':{column}' for column in columns)})",
        rows,
    )


def is_dated(number: int, dated: int, kind: int) -> bool:
    """Return whether a contact has recent news (kind 0), a birthday (1) or a round (2) today."""
    return CANDIDATE_ID < number <= CANDIDATE_ID + dated and number % 3 == kind


def name(number: int) -> str:
    """Return a name; many contacts share a first name, one in 8,000 a last name."""
    last = VOCABULARY[number % len(VOCABULARY)].title()
    return CONTACT if number == 1 else f"{FIRST_NAMES[number % len(FIRST_NAMES)]} {last}"


def last_touch(number: int) -> date:
    """Return a day more than 30 days ago, so that no touchpoint settles a dated reason."""
    return TODAY - timedelta(days=200 + number if number <= DUE else 40 + number % 100)


def contact(number: int, dated: int) -> dict[str, object]:
    is_candidate = number == CANDIDATE_ID
    born = Birthday(1 + number % 10, 1 + number % 28)  # none from November on
    if is_dated(number, dated, 1):
        born = Birthday(TODAY.month, TODAY.day)
    return {
        "id": number,
        "name": name(number),
        "key": key(name(number)),
        "status": "candidate" if is_candidate else "active",
        "kind": KINDS[number % len(KINDS)],
        "cadence": str(CADENCE),
        "company": f"Company {number % 97}",
        "title": f"Engineer {number % 31}",
        "city": f"City {number % 53}",
        "birthday": str(born),
        "last_touch_on": str(last_touch(number)),
        "due_on": None if is_candidate else str(CADENCE.after(last_touch(number))),
        "created_at": WRITTEN_AT,
        "updated_at": WRITTEN_AT,
    }


def details(number: int, dated: int) -> Iterator[dict[str, object]]:
    email = f"person{number}@x.example"
    yield {"contact_id": number, "detail": "email", "position": 0, "key": email, "value": email}
    if is_dated(number, dated, 2):
        tag = ROUND_TAG
        yield {"contact_id": number, "detail": "tag", "position": 0, "key": tag, "value": tag}


def touchpoints(number: int, generator: random.Random) -> Iterator[dict[str, object]]:
    for back in range(TOUCHPOINTS):
        words = generator.choices(VOCABULARY, k=WORDS)
        if number <= DUE and not back:
            words[0] = RARE_WORD
        yield {
            "contact_id": number,
            "day": str(last_touch(number) - timedelta(days=30 * back)),
            "channel": "call",
            "purpose": "catch-up",
            "direction": "out",
            "note": " ".join(words).capitalize(),
            "created_at": WRITTEN_AT,
            "updated_at": WRITTEN_AT,
        }


def news(number: int, dated: int) -> dict[str, object]:
    day = str(TODAY - timedelta(days=0 if is_dated(number, dated, 0) else 100))
    return occasion(number, "news", day, "Promoted")


def promise() -> dict[str, object]:
    """Return a promise for a later day, the first of all occasions."""
    return occasion(1, "promise", str(TODAY + timedelta(days=200)), "send the paper")


def occasion(number: int, kind: str, day: str, text: str) -> dict[str, object]:
    return {
        "contact_id": number,
        "kind": kind,
        "day": day,
        "opens_on": day,
        "text": text,
        "yours": False,
        "created_at": WRITTEN_AT,
        "updated_at": WRITTEN_AT,
    }


def own_news() -> dict[str, object]:
    day = str(TODAY - timedelta(days=300))
    return {"day": day, "text": "Moved", "created_at": WRITTEN_AT, "updated_at": WRITTEN_AT}


if __name__ == "__main__":
    file, *numbers = sys.argv[1:]
    make_network(Path(file), *map(int, numbers))
