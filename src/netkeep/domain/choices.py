"""Parse values from a fixed list, such as kinds and channels."""

from collections.abc import Iterable
from typing import TypeVar

from netkeep.errors import BadValueError

S = TypeVar("S", bound=str)

SYNONYMS = {
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
