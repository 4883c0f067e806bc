"""netkeep visit: note visits of contacts, and your own trips."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.options import parse_key
from netkeep.cli.resolve import resolve_people
from netkeep.domain.contact import Contact, Status
from netkeep.domain.days import Toward, parse_day, parse_day_from
from netkeep.domain.occasions import Occasion, OccasionKind
from netkeep.domain.text import key, parse_line
from netkeep.errors import BadValueError, NoContactInCityError
from netkeep.output import sentences
from netkeep.output.printing import print_results
from netkeep.output.streams import print_message
from netkeep.store.queries.agenda import load_occasions
from netkeep.store.queries.contacts import Filter, load_contacts, load_contacts_by_id


def visit(
    ctx: typer.Context,
    arrives: Annotated[str, typer.Option("--from", metavar="DAY", help="The day of arrival.")],
    people: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PERSON]...", help="People who come to visit; not with --trip."),
    ] = None,
    leaves: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="DAY", help="The day of departure. By default, the day of arrival."
        ),
    ] = None,
    city: Annotated[
        str | None, typer.Option("--city", metavar="CITY", help="The city they visit.")
    ] = None,
    trip: Annotated[
        str | None,
        typer.Option(
            "--trip", metavar="CITY", help="Your own trip: you visit everyone in this city."
        ),
    ] = None,
    chosen: options.ResultOption = None,
) -> None:
    """Note a visit: people come to town, or you travel to their city.

    They are on the agenda from a week before the arrival until the day of departure.

    Examples:
        netkeep visit grace --from 2026-12-01 --to 2026-12-04 --city Boston
        netkeep visit ada --from friday
        netkeep visit --trip London --from "in 2 weeks" --to "in 3 weeks"
    """
    context: Context = ctx.obj
    if bool(people) == (trip is not None):
        raise BadValueError(
            "name people who visit, or use --trip CITY",
            "try: netkeep visit ada --from mon --to fri, or netkeep visit --trip London ...",
        )
    if trip is not None and city is not None:
        raise BadValueError(
            "--city and --trip cannot be used together",
            "use --city for their visit, --trip for your own",
        )
    arrival, departure = _parse_stay(arrives, leaves, context.today)
    if trip is None:
        place = None if city is None else parse_line(city, "city")
        ids = [person.id for person in resolve_people(context, people or ())]
    else:
        contacts_there = _contacts_in_city(context, trip)
        place, ids = contacts_there[0].city, [contact.id for contact in contacts_there]
    with context.writing() as repository:
        known = _same_visit(
            load_occasions(repository.connection, ids), arrival, departure, yours=trip is not None
        )
        new = [contact_id for contact_id in ids if contact_id not in known]
        visits = repository.occasions.add_visit(
            new, arrival, departure, place, yours=trip is not None
        )
        contacts = load_contacts_by_id(repository.connection, new)
    for visit_known in known.values():
        print_message(f"{visit_known.name}: this visit exists already (#{visit_known.id})")
    noted = (
        sentences.visit_noted(occasion, contact, context.today)
        for occasion, contact in zip(visits, contacts, strict=True)
    )
    print_results(noted, visits, Occasion, chosen)


def _parse_stay(arrives: str, leaves: str | None, today: date) -> tuple[date, date]:
    """Parse the days of a visit; it may have begun, but must not be over."""
    arrival = parse_day(arrives, today, Toward.FUTURE)
    departure = arrival
    if leaves is not None:
        departure = parse_day_from(leaves, today, max(arrival, today))
    if departure < today:
        raise BadValueError(
            f"the end of a visit cannot be in the past: {departure} is before today, {today}"
        )
    if departure < arrival:
        raise BadValueError(f"a visit cannot end before it begins: {departure} is before {arrival}")
    return arrival, departure


def _contacts_in_city(context: Context, city: str) -> list[Contact]:
    """Return the active contacts in exactly this city, compared by key."""
    city_key = parse_key(city, "city", option="--trip ")
    which = Filter(statuses=[Status.active], texts={"city": city_key})
    with context.reading() as connection:
        similar = load_contacts(connection, which)
    contacts = [contact for contact in similar if key(contact.city or "") == city_key]
    if not contacts:
        raise NoContactInCityError(city)
    return contacts


def _same_visit(
    occasions: Sequence[Occasion], arrival: date, departure: date, *, yours: bool
) -> dict[int, Occasion]:
    """Return the existing visits on the same days, by contact id."""
    wanted = (OccasionKind.visit, arrival, departure, yours, None)
    return {
        visit.contact_id: visit
        for visit in occasions
        if (visit.kind, visit.day, visit.until, visit.yours, visit.done_on) == wanted
    }
