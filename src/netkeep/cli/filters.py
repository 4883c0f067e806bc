"""From filter options to what the reader asks for."""

from __future__ import annotations

from collections.abc import Iterable

from netkeep.domain.details import Detail, clean, detail_key
from netkeep.domain.text import key, line
from netkeep.errors import BadValueError


def tag_keys(tags: Iterable[str] | None) -> list[str]:
    """The keys of tags that were typed."""
    return [detail_key(Detail.tag, clean(Detail.tag, tag)) for tag in tags or ()]


def word_keys(**typed: str | None) -> dict[str, str]:
    """By field, the key of what was typed for it; BadValueError if there is nothing to look for."""
    keys = {field: key(line(text, field)) for field, text in typed.items() if text is not None}
    for field, words in keys.items():
        if not words:
            raise BadValueError(f'--{field} "{typed[field]}" has no letter or digit to look for')
    return keys
