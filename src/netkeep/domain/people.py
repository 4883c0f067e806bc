"""Find the contact that a text such as `ada`, `12` or `ada-lovelace-12` refers to."""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import Enum, auto
from typing import NamedTuple

from netkeep.domain.contact import Kind, Status
from netkeep.domain.text import key

LIKENESS = 0.75  # of a misspelt word, such as "mray" for "mary"; 1 is the same
ID_DIGITS = 18  # at most, so that an id fits into 64 bits
ACTIVE_FIRST = (Status.active, Status.candidate, Status.dropped)
CANDIDATES_FIRST = (Status.candidate, Status.active, Status.dropped)  # for `keep`
# Words between names, such as `for`.
SMALL_WORDS = {
    *("a", "about", "and", "at", "by", "for", "from", "i", "in", "into", "me", "of", "on"),
    *("since", "the", "till", "to", "until", "with", "&"),
}


class Tier(Enum):
    """How much of a name a text has to match."""

    whole = auto()
    word_starts = auto()
    anywhere = auto()


class Person(NamedTuple):
    """The fields of a contact that distinguish it from others."""

    id: int
    name: str
    status: Status
    kind: Kind
    company: str | None
    key: str

    @property
    def key_and_id(self) -> str:
        """The key of `ada-lovelace-12`, which is unique even if the name is not."""
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


def match_people(
    text: str,
    whole: Sequence[Person],
    read: Callable[[Tier, Status], Iterable[Person]],
    order: Sequence[Status] = ACTIVE_FIRST,
) -> list[Person]:
    """Return the people a text may mean, the likeliest first; more than one is ambiguous.

    Return the first group with a match. The groups are: matches of the whole key, for each status;
    then, for each status, matches of word starts, then matches anywhere. `whole` has at least the
    matches of the whole key; `read` is called once per other group, and returns at least the people
    in it.
    """
    typed = key(text)

    def match(people: Iterable[Person], tier: Tier, status: Status) -> list[Person]:
        matches = [
            person
            for person in people
            if person.status is status and _matches(tier, text, typed, person)
        ]
        return sorted(matches, key=lambda person: not _has_words(typed, person))

    for status in order:
        if matches := match(whole, Tier.whole, status):
            return matches
    for status in order:
        for tier in (Tier.word_starts, Tier.anywhere):
            if matches := match(read(tier, status), tier, status):
                return matches
    return []


def _matches(tier: Tier, text: str, typed: str, person: Person) -> bool:
    if not typed:  # only punctuation or emoji, which have no key: compare the name itself
        return person.name == text.strip()
    match tier:
        case Tier.whole:
            return typed in (person.key, person.key_and_id)
        case Tier.word_starts:
            return word_starts_match(typed, person.key)
    return typed in person.key


def _has_words(typed: str, person: Person) -> bool:
    """Return whether each word of a key is a whole word of the name."""
    return set(typed.split()) <= set(person.key.split())


def word_starts_match(typed: str, whole: str) -> bool:
    """Return whether every word of one key starts a word of the other."""
    return all(any(word.startswith(start) for word in whole.split()) for start in typed.split())


def nearest_names(text: str, names: Iterable[str]) -> list[str]:
    """Return up to three names most similar to a text, as a whole or in one word."""
    import difflib

    names_by_text: dict[str, list[str]] = {}
    for name in names:
        whole = key(name)
        for part in {whole, *whole.split()}:
            names_by_text.setdefault(part, []).append(name)
    close = difflib.get_close_matches(key(text), names_by_text, n=3, cutoff=LIKENESS)
    nearest = dict.fromkeys(name for match in close for name in names_by_text[match])
    return list(nearest)[:3]
