"""Finding the contact that a text such as `ada`, `12` or `ada-lovelace-12` refers to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from netkeep.domain.contact import Kind, Status
from netkeep.domain.text import key

ID_DIGITS = 18  # which always fit the 64 bits of an id


class Person(NamedTuple):
    """The fields of a contact that tell it from others."""

    id: int
    name: str
    status: Status
    kind: Kind
    company: str | None
    key: str

    @property
    def key_and_id(self) -> str:
        """The key of `ada-lovelace-12`, which tells apart people of the same name."""
        return f"{self.key} {self.id}"

    def __str__(self) -> str:
        """`#1 Ada Lovelace (coworker, Analytical Engines)`."""
        company = f", {self.company}" if self.company else ""
        status = "" if self.status is Status.active else f", {self.status}"
        return f"#{self.id} {self.name} ({self.kind}{company}{status})"


def parse_id(text: str) -> int | None:
    """Parse `#12` or `12`; None for other text, 0 for an id too large to exist."""
    match = re.fullmatch(r"#?([0-9]+)", text.strip())
    if match is None:
        return None
    digits = match[1].lstrip("0")
    return int(digits or "0") if len(digits) <= ID_DIGITS else 0


def trailing_id(typed: str) -> int | None:
    """Return the number at the end of a key such as `ada lovelace 12`; None without one."""
    rest, _, last = typed.rpartition(" ")
    return parse_id(last) if rest else None


def match_people(text: str, people: Iterable[Person]) -> list[Person]:
    """Return the people of the best tier: the whole key, then starts of words, then anywhere.

    The key followed by the id counts as the whole key. Dropped people match only if nobody else
    does, or with the id. Active people come first.
    """
    people = sorted(people, key=lambda person: person.status is not Status.active)
    typed = key(text)
    present = [
        person
        for person in people
        if person.status is not Status.dropped or person.key_and_id == typed
    ]
    return _best_tier(text, present) or _best_tier(text, people)


def _best_tier(text: str, people: Sequence[Person]) -> list[Person]:
    typed = key(text)
    if not typed:  # only punctuation or emoji: the name has to be the same
        return [person for person in people if person.name == text.strip()]
    tiers: list[Callable[[Person], bool]] = [
        lambda person: typed in (person.key, person.key_and_id),
        lambda person: word_starts_match(typed, person.key),
        lambda person: typed in person.key,
    ]
    for tier in tiers:
        if matches := [person for person in people if tier(person)]:
            return matches
    return []


def word_starts_match(typed: str, whole: str) -> bool:
    """Return whether every word of one key starts a word of the other."""
    return all(any(word.startswith(start) for word in whole.split()) for start in typed.split())


def nearest_names(text: str, names: Iterable[str]) -> list[str]:
    """Return up to three names most similar to a text, as a whole or in one word."""
    import difflib

    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(key(name), name)
    typed = key(text)
    if close := difflib.get_close_matches(typed, by_key, n=3):
        return [by_key[match] for match in close]
    by_word = {word: name for whole, name in by_key.items() for word in whole.split()}
    close = difflib.get_close_matches(typed, by_word, n=3)
    return list(dict.fromkeys(by_word[match] for match in close))
