"""The text that netkeep stores, the key by which text is compared, and the words of choices."""

import re
import unicodedata
from collections.abc import Iterable
from typing import TypeVar

from netkeep.errors import BadValueError

S = TypeVar("S", bound=str)

NAME_LIMIT = 200  # characters
LINE_LIMIT = 1_000  # characters
AFTER_EVERY_LETTER = "\U0010ffff"  # sorts after every key
APOSTROPHES = str.maketrans("", "", "'\u2018\u2019\u02bb\u02bc`\u00b4")
FOLDED = APOSTROPHES | str.maketrans(  # letters that Unicode does not decompose
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "\u0131": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
)
ASCII = {
    code: chr(code).lower() if chr(code).isalnum() else APOSTROPHES.get(code, " ")
    for code in range(128)
}
SYNONYMS = {  # of the values of choices
    **dict.fromkeys(("breakfast", "coffee", "lunch", "dinner", "drink"), "meal"),
    **dict.fromkeys(("chat", "text", "sms", "whatsapp"), "message"),
    **dict.fromkeys(("phone", "telephone", "video", "zoom"), "call"),
    **dict.fromkeys(("conference", "party"), "event"),
    "linkedin": "social",
    "mail": "email",
    "colleague": "coworker",
    "family": "relative",
    "customer": "client",
    "teacher": "professor",
    "congrats": "congratulate",
}


def key(text: str) -> str:
    """Return the form of a text that is compared: lower-case letters, digits and single spaces.

    The text is normalized to NFKD and case folded (Unicode, 3.13, default caseless matching), marks
    and apostrophes are removed, letters such as ø become the plain letters that people type, and
    every run of other characters becomes one space. Keys are stored, so any change here needs a
    migration.
    """
    if text.isascii():  # ten times as fast, for most texts
        return " ".join(text.translate(ASCII).split())
    return " ".join(
        "".join(
            character if character.isalnum() else " "
            for character in _fold(text)
            if not unicodedata.category(character).startswith("M")
        ).split()
    )


def _fold(text: str) -> str:
    # Remove apostrophes first too: NFKD decomposes the acute accent to a space and a mark.
    folded = unicodedata.normalize("NFKD", text.translate(APOSTROPHES)).casefold()
    return folded.translate(FOLDED)


def key_with_positions(text: str) -> tuple[str, list[int]]:
    """Return the key of a text, and the position in the text of each character of the key."""
    folded = [
        (letter, position)
        for position, character in enumerate(text)
        for letter in _fold(character)
        if not unicodedata.category(letter).startswith("M")
    ]
    letters: list[str] = []
    positions: list[int] = []
    for letter, position in folded:
        if letter.isalnum() or (letters and letters[-1] != " "):
            letters.append(letter if letter.isalnum() else " ")
            positions.append(position)
    return "".join(letters).rstrip(), positions


def parse_line(text: str, what: str, limit: int = LINE_LIMIT) -> str:
    """Return one line of visible text, stripped and in NFC.

    Raise BadValueError for anything else; `what` names the field in its sentence.
    """
    clean = text.strip()
    if clean and clean.isascii() and clean.isprintable() and len(clean) <= limit:
        return clean  # most texts end here, which is faster than the checks below
    clean = unicodedata.normalize("NFC", _encodable(clean, what))
    categories = set(map(unicodedata.category, clean))
    if categories & {"Cc", "Zl", "Zp"}:
        raise BadValueError(f"the {what} has a control character or a line break in it: {clean!a}")
    if all(category[0] in "ZC" for category in categories):
        raise BadValueError(f"the {what} is empty")
    if len(clean) > limit:
        raise BadValueError(f"the {what} has {len(clean):,} characters; {limit:,} is the most")
    return clean


def parse_text(text: str, what: str) -> str:
    """Return text of any number of lines, stripped and in NFC; raise BadValueError if empty."""
    clean = unicodedata.normalize("NFC", _encodable(text, what).strip())
    if not clean:
        raise BadValueError(f"the {what} is empty")
    return clean


def _encodable(text: str, what: str) -> str:
    """Refuse NUL and lone surrogates (undecodable bytes), which SQLite cannot store."""
    if text.isprintable():  # neither is printable
        return text
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise BadValueError(
            f"the {what} is not valid text: {text!a}", "text has to be UTF-8 without NUL"
        )
    return text


def join_texts(texts: Iterable[str], separator: str) -> str:
    """Return texts with a separator between them, so that `split_texts` returns the same."""
    return separator.join(
        text.replace("\\", "\\\\").replace(separator, f"\\{separator}") for text in texts
    )


def split_texts(text: str, separator: str) -> list[str]:
    """Return the texts between separators; one with a backslash before it separates nothing."""
    texts = [""]
    end = re.escape(separator)
    for match in re.finditer(rf"\\(\\|{end})|({end})|.", text, re.DOTALL):
        if match[2]:
            texts.append("")
        else:
            texts[-1] += match[1] or match[0]
    return texts


def parse_choice(values: Iterable[S], text: str, what: str) -> S:
    """Parse a value, its plural, a unique prefix of it, or a synonym, in any case.

    Raise BadValueError for other text; `what` names the value in its sentence.
    """
    values = list(values)
    typed = text.strip().lower()
    singular = typed.removesuffix("s")
    whole = {typed, singular, SYNONYMS.get(typed), SYNONYMS.get(singular)}
    matches = [value for value in values if value in whole]
    matches = matches or [value for value in values if typed and value.startswith(typed)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        *most, last = matches
        raise BadValueError(f'"{text}" could be {", ".join(most)} or {last}')
    raise BadValueError(f'"{text}" is not a {what}', f"one of {', '.join(values)}")
