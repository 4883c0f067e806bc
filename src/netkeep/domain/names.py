"""Decide whether two names may belong to one person."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from netkeep.domain.text import key

TITLES = {
    *("dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "rev"),
    *("herr", "frau", "dipl", "ing", "mag"),
}
DEGREES = frozenset(
    ["phd", "md", "mba", "msc", "bsc", "mphil", "jd", "llm", "cpa", "cfa", "pmp", "esq", "dds"]
)
GENERATIONS = {
    **{each: each for each in ("jr", "sr", "ii", "iii", "iv")},
    "junior": "jr",
    "senior": "sr",
}
NICKNAME = "NICKNAME:"  # an extra line: a nickname, or another name that a merge or import kept

_NICKNAME = re.compile(r"(?:[A-Za-z0-9-]+\.)?NICKNAME(?:;[^:]*)?:(.*)", re.IGNORECASE | re.DOTALL)
_TWO_PEOPLE = re.compile(r"[&+]|\b(?:and|und)\b", re.IGNORECASE)


class ParsedName(NamedTuple):
    """The words of a name, the family name last, without titles and degrees.

    A generation (`jr`) tells a father from his son. `is_couple` is set for `Ada & William King`.
    """

    words: tuple[str, ...]
    generation: str
    is_couple: bool


def nickname_line(name: str) -> str:
    """Return the extra line that keeps another name of a contact (RFC 6350, 6.2.3)."""
    return NICKNAME + re.sub(r"([\\,;])", r"\\\1", name)


def nicknames(lines: Iterable[str]) -> Iterator[str]:
    """Yield the nicknames in extra lines; a line may have several, with commas between them."""
    for line in lines:
        if match := _NICKNAME.fullmatch(line):
            for value in re.split(r"(?<!\\),", match[1]):
                if name := re.sub(r"\\(.)", r"\1", value).strip():
                    yield name


def contradict(first: str, second: str) -> bool:
    """Return whether two names cannot belong to one person.

    They do not contradict if all words of the shorter name are in the longer one, in any order, or
    are initials of its words: `Lovelace, Ada`, `A. Lovelace`, `Ada`, `Dr. Ada King-Lovelace`. A
    single initial is not enough: `A.` contradicts `Ada Lovelace`.
    """
    one, other = parse_name(first), parse_name(second)
    if one == other:
        return not one.words and first != second
    if one.generation != other.generation or one.is_couple != other.is_couple:
        return True
    if "".join(one.words) == "".join(other.words):  # Anne-Marie and Annemarie
        return False
    shorter, longer = sorted((one.words, other.words), key=len)
    if not shorter:
        return True
    rest = list(longer)
    unmatched = [word for word in shorter if not _take(word, rest)]
    left = iter(rest)
    if not all(any(_are_alike(word, each) for each in left) for word in unmatched):
        return True
    has_whole_word = any(len(word) > 1 for word in shorter if word not in unmatched)
    return not (has_whole_word or (len(shorter) > 1 and _has_initials_only(shorter, longer)))


@lru_cache(maxsize=10_000)  # a contact is compared with each record that shares an address
def parse_name(name: str) -> ParsedName:
    """Parse a name such as `Lovelace, Dr. Ada` or `John Smith, Jr., PhD`."""
    main: list[list[str]] = []
    after: list[str] = []
    for words in filter(None, (key(part).split() for part in name.split(","))):
        if main and _is_suffix(words):
            after += words
        else:
            main.append(words)
    words = [word for part in (*main[1:], *main[:1]) for word in part]
    while len(words) > 1 and words[0] in TITLES:
        del words[0]
    while len(words) > 1 and (count := _suffix_length(words)):
        after += words[-count:]
        del words[-count:]
    generation = next((GENERATIONS[word] for word in after if word in GENERATIONS), "")
    return ParsedName(tuple(words), generation, _TWO_PEOPLE.search(name) is not None)


def _is_suffix(words: list[str]) -> bool:
    return "".join(words) in DEGREES or all(
        word in DEGREES or word in GENERATIONS for word in words
    )


def _suffix_length(words: list[str]) -> int:
    """Return the number of words of the degree or generation at the end."""
    if len(words) > 2 and words[-2:] == ["ph", "d"]:
        return 2
    return int(_is_suffix(words[-1:]))


def _take(word: str, rest: list[str]) -> bool:
    """Remove a word from a list, and return whether it was there."""
    if word not in rest:
        return False
    rest.remove(word)
    return True


def _are_alike(word: str, other: str) -> bool:
    return word == other or _is_initial(word, other) or _is_initial(other, word)


def _is_initial(word: str, other: str) -> bool:
    # Only letters with capitals have initials: one Chinese character is a whole name.
    return len(word) == 1 and word.upper() != word and other.startswith(word)


def _has_initials_only(first: Iterable[str], second: Iterable[str]) -> bool:
    return any(all(len(word) == 1 for word in words) for words in (first, second))
