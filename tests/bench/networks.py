"""Networks to measure with: of any size, and the same people due in each.

    python -m tests.bench.networks FILE PEOPLE [DATED]

Everybody has a kind, a company, an e-mail, a birthday, a piece of news that is over, and five
touchpoints with a note of eight words. DUE of them are due for their cadence; DATED more, none
unless told so, for something dated: fresh news, a birthday of today, or a round that is open.
"""

import random
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

from netkeep.domain.contact import Kind
from netkeep.domain.lengths import Length
from netkeep.domain.maintenance import Retention
from netkeep.domain.occasions import Birthday
from netkeep.domain.rounds import MonthDay, Season
from netkeep.domain.text import key
from netkeep.store.repository import open_repository
from netkeep.store.transaction import transaction
from tests.bench.cast import CANDIDATE, DUE, RARE_WORD, TAG_OF_ROUND, TODAY, WHO

TOUCHPOINTS = 5  # each
WORDS = 8  # a note
WRITTEN_AT = datetime(2026, 1, 1, tzinfo=UTC).isoformat(timespec="seconds")
CADENCE = Length(6, "month")
KINDS = list(Kind)
FIRST_NAMES = (
    *("Ada", "Alan", "Amit", "Ana", "Barbara", "Bram", "Chen", "Dana", "Edsger", "Elif", "Farah"),
    *("Grace", "Hedy", "Ivan", "Joan", "Kofi", "Lena", "Margaret", "Niklaus", "Olga", "Radia"),
)
_SYLLABLES = (
    *("ba", "ce", "di", "fo", "gu", "ha", "ki", "lo", "mi", "nu"),
    *("po", "ra", "se", "ti", "va", "wo", "ya", "zu", "bel", "tor"),
)
VOCABULARY = ["".join(syllables) for syllables in product(_SYLLABLES, repeat=3)]


def make_network(path: Path, people: int, dated: int = 0) -> None:
    """Make a file with so many people, 100 at least."""
    # By a command, so that there is a change to undo.
    now = datetime.now(UTC)
    with open_repository(
        path, now, TODAY, "round", thank_you_days=3, retention=Retention()
    ) as repository:
        season = Season(MonthDay(11, 20), MonthDay(11, 30))
        repository.occasions.add_round("greetings", season, [], [TAG_OF_ROUND])
    in_order = random.Random(people)
    ids = range(1, people + 1)
    with closing(sqlite3.connect(path)) as connection, connection:
        insert(connection, "contact", [contact(number, dated) for number in ids])
        insert(connection, "detail", [row for number in ids for row in details(number, dated)])
        insert(
            connection,
            "touchpoint",
            [row for number in ids for row in touchpoints(number, in_order)],
        )
        insert(connection, "occasion", [promise(), *(news(number, dated) for number in ids)])
        insert(connection, "own_news", [own_news()])
    with transaction(path, now) as opened:
        opened.touch(*ids)


def insert(connection: sqlite3.Connection, table: str, rows: Sequence[dict[str, object]]) -> None:
    """Insert rows that have the same columns."""
    columns = list(rows[0])
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(columns)})"
        f" VALUES ({', '.join(f':{column}' for column in columns)})",
        rows,
    )


def is_dated(number: int, dated: int, kind: int) -> bool:
    """Whether this one is due for something dated: fresh news (0), a birthday (1), a round (2)."""
    return CANDIDATE < number <= CANDIDATE + dated and number % 3 == kind


def name(number: int) -> str:
    """A first name that many have, and a last one that one in eight thousand has."""
    last = VOCABULARY[number % len(VOCABULARY)].title()
    return WHO if number == 1 else f"{FIRST_NAMES[number % len(FIRST_NAMES)]} {last}"


def last_touch(number: int) -> date:
    """Before the last thirty days, so that no touchpoint settles what is open."""
    return TODAY - timedelta(days=200 + number if number <= DUE else 40 + number % 100)


def contact(number: int, dated: int) -> dict[str, object]:
    is_candidate = number == CANDIDATE
    born = Birthday(1 + number % 10, 1 + number % 28)  # out of season
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
        tag = TAG_OF_ROUND
        yield {"contact_id": number, "detail": "tag", "position": 0, "key": tag, "value": tag}


def touchpoints(number: int, in_order: random.Random) -> Iterator[dict[str, object]]:
    for back in range(TOUCHPOINTS):
        words = in_order.choices(VOCABULARY, k=WORDS)
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
    """One that is for later, and the first of all occasions."""
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
