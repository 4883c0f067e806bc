"""Asking for someone new, where no NAME was given on a terminal."""

from __future__ import annotations

from functools import partial

from netkeep.cli.fields import fields_typed, lists_typed
from netkeep.cli.invocation import Invocation
from netkeep.cli.questions import ask as question
from netkeep.domain.contact import ContactFields, Kind
from netkeep.domain.details import Detail
from netkeep.domain.text import NAME_LIMIT, line
from netkeep.errors import BadValueError
from netkeep.store.reader import Reader

OPTIONAL = (
    ("company", "Company"),
    ("title", "What they do there"),
    ("city", "City"),
    ("met", "Where you met"),
    ("met_on", "Which day"),
    ("note", "Note"),
)


def interview(here: Invocation, ask: Reader, fields: ContactFields) -> ContactFields:
    """Ask for what the options did not say; an empty answer leaves a field out."""
    asked = ContactFields(name=question("Name", lambda text: line(text, "name", NAME_LIMIT)))
    kind = fields.get("kind") or question("Kind", _kind, Kind.other)
    asked["kind"] = kind
    if "cadence" not in fields:
        usual = here.settings.cadences[kind]
        asked |= question(
            "How often", lambda text: fields_typed(here, ask, cadence=text), str(usual or "none")
        )
    if "emails" not in fields:
        asked |= question(
            "E-mail", lambda text: lists_typed({Detail.email: [text] if text else None})
        )
    for name, label in OPTIONAL:
        if name not in fields:
            asked |= question(label, partial(_field, here, ask, name))
    return asked


def _field(here: Invocation, ask: Reader, name: str, text: str) -> ContactFields:
    return fields_typed(here, ask, **{name: text or None})


def _kind(text: str) -> Kind:
    try:
        return Kind(text.lower())
    except ValueError:
        raise BadValueError(f'"{text}" is not a kind', f"one of {', '.join(Kind)}") from None
