"""netkeep add: add a contact, from options or from prompts."""

from functools import partial
from typing import Annotated, Any

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.duplicates import confirm_to_add, print_hints, refuse_same_person
from netkeep.cli.fields import contact_fields, contact_lists, prompt_for_cadence
from netkeep.cli.prompts import can_prompt, prompt, prompt_for_kind
from netkeep.domain.contact import ContactFields, Kind, Status, parse_mailbox
from netkeep.domain.days import parse_past_day
from netkeep.domain.due import first_due_on
from netkeep.domain.text import NAME_LIMIT, parse_line
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.printing import print_result
from netkeep.output.streams import print_message
from netkeep.store.queries.contacts import load_contact

# The labels of further prompts, after name, kind, cadence and e-mail address.
OPTIONAL = {
    "company": "Company",
    "title": "What they do there",
    "city": "City",
    "met": "Where you met",
    "met_on": "The day you met",
    "note": "Note",
}


@options.contact_options
def add(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="The name. Without it, netkeep asks for each field."),
    ] = None,
    kind: options.KindOption = None,
    last: options.LastOption = None,
    candidate: options.CandidateOption = False,
    force: Annotated[
        bool, typer.Option("--force", help="Add the contact even if a similar one exists.")
    ] = False,
    chosen: options.ResultOption = None,
    **typed: Any,
) -> None:
    """Add a person.

    A new person is first due two days from today, or two days after --met-on. Without NAME, netkeep
    asks for each field. NAME may have an e-mail address after it, as in mail programs.

    Examples:
        netkeep add "Ada Lovelace" --kind coworker --company "Analytical Engines"
        netkeep add "Grace Hopper" -k professor --last 2026-05-20 -t compilers
        netkeep add "Alan Turing <alan@bletchley.example>"
        netkeep add
    """
    context: Context = ctx.obj
    display_name, address = ("", None) if name is None else parse_mailbox(name)
    if address:
        typed["email"] = [address, *(typed["email"] or ())]
    needs_name = not display_name and (name is None or address)
    if needs_name and not can_prompt():
        example = f"Ada Lovelace <{address}>" if address else "Ada Lovelace"
        raise BadValueError("a name is required", f'try: netkeep add "{example}"')
    typed = {"name": None if needs_name else display_name, **typed}
    fields = contact_fields(context, typed, kind) | contact_lists(typed)
    touched_on = None if last is None else parse_past_day(last, context.today, "a touchpoint")
    if name is None:
        print_message("Only the name is required. Press Enter to skip a question.")
    if needs_name:
        fields = prompt("Name", _parse_name) | fields
    if name is None:
        force = force or confirm_to_add(context, fields)
        fields |= _interview(context, fields)
    fields["status"] = Status.candidate if candidate else Status.active
    fields.setdefault("kind", Kind.other)
    fields.setdefault("cadence", context.settings.cadences[fields["kind"]])
    met_on = fields.get("met_on") or context.today
    fields["first_due_on"] = first_due_on(met_on, context.settings.follow_up_days)
    with context.writing() as repository:
        alike = {} if force else refuse_same_person(repository.connection, fields)
        (contact_id,) = repository.contacts.add([fields])
        if touched_on:
            repository.touchpoints.log([contact_id], {"day": touched_on})
        contact = load_contact(repository.connection, contact_id)
    print_result(sentences.added(contact, context.today), contact, chosen)
    print_hints(contact_id, alike)


def _parse_name(text: str) -> ContactFields:
    """Parse a name, with or without an address."""
    name, address = parse_mailbox(text)
    fields = ContactFields(name=parse_line(name, "name", NAME_LIMIT))
    return fields | contact_lists({"email": [address] if address else None})


def _interview(context: Context, fields: ContactFields) -> ContactFields:
    """Prompt for all fields without an option; an empty answer leaves a field out."""

    def parse(name: str, text: str) -> ContactFields:
        return contact_fields(context, {name: text or None})

    kind = fields.get("kind") or prompt_for_kind(Kind.other)
    answers = ContactFields(kind=kind)
    if "cadence" not in fields:
        answers |= prompt_for_cadence(context, kind)
    if "emails" not in fields:
        answers |= prompt("E-mail", lambda text: contact_lists({"email": [text] if text else []}))
    for name, label in OPTIONAL.items():
        if name not in fields:
            answers |= prompt(label, partial(parse, name))
    return answers
