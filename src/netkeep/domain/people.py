"""Who is meant when someone is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from netkeep.domain.contact import Kind, Status
from netkeep.domain.text import key

ID_DIGITS = 18  # the most that surely fit the 64 bits of an id


class Person(NamedTuple):
    """As much of a contact as it takes to tell them from others."""

    id: int
    name: str
    status: Status
    kind: Kind
    company: str | None
    key: str

    @property
    def key_and_id(self) -> str:
        """The key of `ada-lovelace-12`, by which somebody is told from others of the same name."""
        return f"{self.key} {self.id}"

    def __str__(self) -> str:
        """The id, the name and what they are: `#1 Ada Lovelace (coworker, Analytical Engines)`."""
        company = f", {self.company}" if self.company else ""
        status = "" if self.status is Status.active else f", {self.status}"
        return f"#{self.id} {self.name} ({self.kind}{company}{status})"


def parse_id(words: str) -> int | None:
    """The id in `#12` or `12`, None if these are words; an id too large to exist is 0."""
    found = re.fullmatch(r"#?([0-9]+)", words.strip())
    if found is None:
        return None
    digits = found[1].lstrip("0")
    return int(digits or "0") if len(digits) <= ID_DIGITS else 0


def id_at_end(typed: str) -> int | None:
    """The number at the end of a key, which is that of `ada-lovelace-12`; None without one."""
    rest, _, last = typed.rpartition(" ")
    return parse_id(last) if rest else None


def match_people(words: str, people: Iterable[Person]) -> list[Person]:
    """The people of the best tier: the whole key, then starts of words, then anywhere in it.

    The key and the id are as good as the whole key. Someone dropped is meant only when nobody else
    is, or with the id. Active people come first.
    """
    people = sorted(people, key=lambda person: person.status is not Status.active)
    typed = key(words)
    present = [
        person
        for person in people
        if person.status is not Status.dropped or person.key_and_id == typed
    ]
    return _best(words, present) or _best(words, people)


def _best(words: str, people: Sequence[Person]) -> list[Person]:
    typed = key(words)
    if not typed:  # nothing but signs or emoji: only the very same name will do
        return [person for person in people if person.name == words.strip()]
    tiers = (
        lambda person: person.key == typed or person.key_and_id == typed,
        lambda person: starts_words(typed, person.key),
        lambda person: typed in person.key,
    )
    return next(
        (found for tier in tiers if (found := [person for person in people if tier(person)])), []
    )


def starts_words(typed: str, whole: str) -> bool:
    """Whether every word of one key starts a word of the other."""
    return all(any(word.startswith(start) for word in whole.split()) for start in typed.split())


def nearest(words: str, names: Iterable[str]) -> list[str]:
    """Up to three names that look most like what was typed, or whose words do."""
    import difflib

    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(key(name), name)
    typed = key(words)
    close = difflib.get_close_matches(typed, by_key, n=3)
    if close:
        return [by_key[found] for found in close]
    by_word = {word: name for whole, name in by_key.items() for word in whole.split()}
    close = difflib.get_close_matches(typed, by_word, n=3)
    return list(dict.fromkeys(by_word[found] for found in close))
