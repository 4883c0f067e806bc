"""What text netkeep keeps, and the key by which words are compared."""

from __future__ import annotations

import unicodedata

from netkeep.errors import BadValueError

NAME_LIMIT = 200  # characters
LINE_LIMIT = 1_000  # characters; an address or a job title has no business being longer
AFTER_EVERY_LETTER = "\U0010ffff"  # and digit, where keys are put in order
APOSTROPHES = str.maketrans("", "", "'\u2018\u2019\u02bb\u02bc`")
ASCII = {
    code: chr(code).lower() if chr(code).isalnum() else APOSTROPHES.get(code, " ")
    for code in range(128)
}


def key(text: str) -> str:
    """Fold text to what is compared: lower-case letters and digits, words one space apart.

    NFKD and case folded (Unicode, 3.13, default caseless matching), marks and apostrophes
    removed, every run of anything else one space.
    """
    if text.isascii():  # most are, and this is ten times as fast
        return " ".join(text.translate(ASCII).split())
    folded = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(
        "".join(
            character if character.isalnum() else " "
            for character in folded.translate(APOSTROPHES)
            if not unicodedata.category(character).startswith("M")
        ).split()
    )


def key_with_positions(text: str) -> tuple[str, list[int]]:
    """The key of a text, and for each of its characters the place in the text it came from."""
    folded = [
        (letter, place)
        for place, character in enumerate(text)
        for letter in unicodedata.normalize("NFKD", character).casefold().translate(APOSTROPHES)
        if not unicodedata.category(letter).startswith("M")
    ]
    letters: list[str] = []
    places: list[int] = []
    for letter, place in folded:
        if letter.isalnum() or (letters and letters[-1] != " "):
            letters.append(letter if letter.isalnum() else " ")
            places.append(place)
    return "".join(letters).rstrip(), places


def parse_line(text: str, what: str, limit: int = LINE_LIMIT) -> str:
    """One line of visible text, stripped and in NFC.

    `what` names the field in the sentence of the BadValueError that anything else raises.
    """
    clean = text.strip()
    if clean and clean.isascii() and clean.isprintable() and len(clean) <= limit:
        return clean  # as most are, and none of what follows has to be asked
    clean = unicodedata.normalize("NFC", _encodable(clean, what))
    if not clean.isprintable() and any(_is_control(character) for character in clean):
        raise BadValueError(f"the {what} has a control character or a line break in it: {clean!a}")
    if all(unicodedata.category(character)[0] in "ZC" for character in clean):
        raise BadValueError(f"the {what} is empty")
    if len(clean) > limit:
        raise BadValueError(f"the {what} has {len(clean):,} characters; {limit:,} is the most")
    return clean


def parse_text(text: str, what: str) -> str:
    """Text of any number of lines, stripped and in NFC; BadValueError if nothing is left."""
    clean = unicodedata.normalize("NFC", _encodable(text, what).strip())
    if not clean:
        raise BadValueError(f"the {what} is empty")
    return clean


def _encodable(text: str, what: str) -> str:
    """Refuse lone surrogates (how Python holds undecodable bytes) and NUL: SQLite has neither."""
    if text.isprintable():  # which neither of them is
        return text
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise BadValueError(f"the {what} is not text: {text!a}", "text has to be valid UTF-8")
    return text


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Zl", "Zp"}
