"""Asking for someone new, where no NAME was given on a terminal."""

from __future__ import annotations

from functools import partial

from netkeep.cli.fields import fields_typed, lists_typed
from netkeep.cli.invocation import Invocation
from netkeep.cli.questions import ask as question
from netkeep.cli.questions import one_of
from netkeep.domain.contact import ContactFields, Kind
from netkeep.domain.details import Detail
from netkeep.domain.text import NAME_LIMIT, line
from netkeep.output.streams import say

OPTIONAL = (
    ("company", "Company"),
    ("title", "What they do there"),
    ("city", "City"),
    ("met", "Where you met"),
    ("met_on", "The day you met"),
    ("note", "Note"),
)


def interview(here: Invocation, fields: ContactFields) -> ContactFields:
    """Ask for what the options did not say; an empty answer leaves a field out."""
    kind = fields.get("kind") or ask_kind(Kind.other)
    asked = ContactFields(kind=kind)
    if "cadence" not in fields:
        usual = str(here.settings.cadences[kind] or "none")
        asked |= question("How often", partial(_field, here, "cadence"), usual)
    if "emails" not in fields:
        asked |= question(
            "E-mail", lambda text: lists_typed({Detail.email: [text] if text else []})
        )
    for name, label in OPTIONAL:
        if name not in fields:
            asked |= question(label, partial(_field, here, name))
    return asked


def ask_name() -> str:
    """Ask for the name, the one thing that has to be said."""
    say("Only the name has to be said; Enter skips the rest.")
    return question("Name", lambda text: line(text, "name", NAME_LIMIT))


def ask_kind(usual: Kind) -> Kind:
    """Ask how they are known."""
    return question(f"Kind ({', '.join(Kind)})", partial(one_of, Kind), usual)


def _field(here: Invocation, name: str, text: str) -> ContactFields:
    return fields_typed(here, **{name: text or None})
