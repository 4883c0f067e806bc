"""netkeep list: list all contacts, or some."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.fields import tag_keys, text_keys
from netkeep.cli.lists import show_list
from netkeep.domain.contact import Contact
from netkeep.domain.days import parse_length
from netkeep.store.queries.contacts import Filter, Sort, load_contacts


def list_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WORDS]", help="Only names with words that begin so: ada l."),
    ] = None,
    kind: options.OfKind = None,
    tag: options.HavingTags = None,
    not_tag: Annotated[
        list[str] | None,
        typer.Option("--not-tag", metavar="TAG", help="Without this tag; repeatable."),
    ] = None,
    city: options.InCity = None,
    company: options.AtCompany = None,
    school: Annotated[
        str | None, typer.Option("--school", metavar="SCHOOL", help="At this school.")
    ] = None,
    met: options.MetAt = None,
    status: Annotated[
        options.Statuses, typer.Option("--status", help="With this status, or all.")
    ] = options.Statuses.active,
    quiet_for: Annotated[
        str | None,
        typer.Option(
            "--quiet-for", metavar="LENGTH", help="Without a touchpoint for this long: 6m."
        ),
    ] = None,
    sort: Annotated[
        Sort, typer.Option("--sort", help="By name, longest silence, due date, or newest first.")
    ] = Sort.name,
    limit: options.LimitOption = None,
    chosen: options.FormatOption = None,
) -> None:
    """List people.

    For a city, company, school or place, the start of each word is enough: --company "anal eng"
    finds Analytical Engines.

    Examples:
        netkeep list ada
        netkeep list --company initech --sort last
        netkeep list --tag chess --quiet-for 6m
        netkeep list --status candidate --format csv
    """
    context: Context = ctx.obj
    which = Filter(
        statuses=status.selected(),
        kind=kind,
        tags=tag_keys(tag),
        without_tags=tag_keys(not_tag),
        texts=text_keys(
            name=" ".join(words) if words else None,
            city=city,
            company=company,
            school=school,
            met=met,
        ),
        quiet_since=None if quiet_for is None else parse_length(quiet_for).before(context.today),
    )
    with context.reading() as connection:
        contacts = load_contacts(connection, which, sort, limit)
    show_list(context, contacts, Contact, chosen)
