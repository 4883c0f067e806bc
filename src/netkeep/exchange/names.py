"""Clean names of people in files, and split them into the parts of a vCard name."""

from __future__ import annotations

import re
import unicodedata

from netkeep.domain.text import NAME_LIMIT, parse_line
from netkeep.errors import BadValueError
from netkeep.exchange.content_lines import Property, escape

SUFFIXES = {"jr", "sr", "ii", "iii", "iv", "phd", "mba", "msc", "esq"}

_CONTROL = re.compile(r"\s*[\x00-\x1f\x7f-\x9f\u2028\u2029]\s*")


def clean_name(name: str) -> str:
    """Return a name without control characters, cut to the limit; empty if nothing is visible."""
    visible = unicodedata.normalize("NFC", _CONTROL.sub(" ", name).strip())
    try:
        return parse_line(visible[:NAME_LIMIT], "name", NAME_LIMIT)
    except BadValueError:
        return ""


def cut_reason(name: str) -> str | None:
    """Return what to report if a name is cut, or None."""
    length = len(unicodedata.normalize("NFC", name.strip()))
    return (
        f"it has {length:,} characters and is cut to {NAME_LIMIT}" if length > NAME_LIMIT else None
    )


def make_n(name: str) -> Property:
    """Make N from a name; the last word before a suffix such as PhD is the family name."""
    whole, suffix = split_suffix(name)
    given, _, family = whole.rpartition(" ") if " " in whole else (whole, "", "")
    return Property("N", f"{escape(family)};{escape(given)};;;{escape(suffix)}")


def split_suffix(name: str) -> tuple[str, str]:
    """Split `Grace Hopper, PhD` or `Grace Hopper PhD` into the name and the suffix.

    After a comma, a suffix has to be a known one or have two capital letters: the `Ada` of
    `King, Ada` is none.
    """
    whole, comma, suffix = name.partition(", ")
    if comma and whole and all(map(_is_suffix, suffix.split())):
        return whole, suffix
    words = name.split(" ")
    first = len(words)
    while first > 2 and words[first - 1].replace(".", "").lower() in SUFFIXES:
        first -= 1
    return " ".join(words[:first]), " ".join(words[first:])


def _is_suffix(word: str) -> bool:
    bare = word.strip(".,").replace(".", "")
    return bare.lower() in SUFFIXES or sum(map(str.isupper, bare)) >= 2
