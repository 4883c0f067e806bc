"""netkeep add: somebody new, from options or by asking."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from netkeep.cli import options, resolve
from netkeep.cli.context import Context
from netkeep.cli.fields import fields_typed, lists_typed
from netkeep.cli.prompts import ask as question
from netkeep.cli.prompts import can_ask, one_of
from netkeep.domain.contact import ContactFields, Detail, Kind, Status
from netkeep.domain.days import past_day
from netkeep.domain.lifecycle import first_due_on
from netkeep.domain.text import NAME_LIMIT, line
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.printing import print_result
from netkeep.output.streams import print_message


def add(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Their name; asked for if left out.")
    ] = None,
    kind: options.KindOption = None,
    cadence: options.CadenceOption = None,
    email: options.EmailsOption = None,
    phone: options.PhonesOption = None,
    url: options.UrlsOption = None,
    company: options.CompanyOption = None,
    title: options.TitleOption = None,
    school: options.SchoolOption = None,
    city: options.CityOption = None,
    met: options.MetOption = None,
    met_on: options.MetOnOption = None,
    via: options.ViaOption = None,
    birthday: options.BirthdayOption = None,
    tag: options.TagsOption = None,
    note: options.NoteOption = None,
    last: options.LastOption = None,
    candidate: options.CandidateOption = False,
    force: Annotated[
        bool, typer.Option("--force", help="Add them even if somebody looks the same.")
    ] = False,
    chosen: options.ResultOption = None,
) -> None:
    """Add a person.

    They are first due two days after you met, or after today. Without NAME, on a terminal,
    netkeep asks.

    Examples:
        netkeep add "Ada Lovelace" --kind coworker --company "Analytical Engines"
        netkeep add "Grace Hopper" -k professor -e 4m --last 2026-05-20 -t compilers
        netkeep add
    """
    here: Context = ctx.obj
    if name is None and not can_ask():
        raise BadValueError("add takes a name", 'try: netkeep add "Ada Lovelace"')
    fields = fields_typed(
        here,
        name=name,
        cadence=cadence,
        company=company,
        title=title,
        school=school,
        city=city,
        met=met,
        met_on=met_on,
        via=via,
        birthday=birthday,
        note=note,
    ) | lists_typed({Detail.email: email, Detail.phone: phone, Detail.url: url, Detail.tag: tag})
    if kind:
        fields["kind"] = kind
    touched_on = None if last is None else past_day(last, here.today, "a touchpoint")
    if name is None:
        fields["name"] = ask_name()
        force = force or resolve.agreed_to_add(here, fields)
        fields |= interview(here, fields)
    fields["status"] = Status.candidate if candidate else Status.active
    fields.setdefault("kind", Kind.other)
    fields.setdefault("cadence", here.settings.cadences[fields["kind"]])
    met_day = fields.get("met_on") or here.today
    fields["first_due_on"] = first_due_on(met_day, here.settings.follow_up_days)
    with here.writer() as write:
        if not force:
            resolve.refuse_same_person(write.ask, fields)
        (contact_id,) = write.add([fields])
        if touched_on:
            write.log([contact_id], {"day": touched_on})
        contact = write.ask.contact(contact_id)
    print_result(sentences.added(contact), contact, chosen)


OPTIONAL = (
    ("company", "Company"),
    ("title", "What they do there"),
    ("city", "City"),
    ("met", "Where you met"),
    ("met_on", "The day you met"),
    ("note", "Note"),
)


def interview(here: Context, fields: ContactFields) -> ContactFields:
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
    print_message("Only the name has to be said; Enter skips the rest.")
    return question("Name", lambda text: line(text, "name", NAME_LIMIT))


def ask_kind(usual: Kind) -> Kind:
    """Ask how they are known."""
    return question(f"Kind ({', '.join(Kind)})", partial(one_of, Kind), usual)


def _field(here: Context, name: str, text: str) -> ContactFields:
    return fields_typed(here, **{name: text or None})
