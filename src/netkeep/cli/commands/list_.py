"""netkeep list: list all contacts, or some."""

from shlex import quote
from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.lists import show_list
from netkeep.domain.contact import Contact
from netkeep.domain.days import parse_length
from netkeep.output.printing import prints_table
from netkeep.store.queries.contacts import Filter, Sort, load_contacts


def list_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]", help="Words of the name, or the first letters of words: ada l."
        ),
    ] = None,
    kind: options.OfKind = None,
    tag: options.HavingTags = None,
    not_tag: Annotated[
        list[str] | None,
        typer.Option(
            "--not-tag",
            metavar="TAG",
            parser=options.parse_tag_key,
            help="Only people without this tag; repeatable.",
        ),
    ] = None,
    city: options.InCity = None,
    company: options.AtCompany = None,
    school: Annotated[
        str | None, options.key_option("school", "SCHOOL", "Only people from this school.")
    ] = None,
    met: options.MetAt = None,
    status: Annotated[
        options.Statuses,
        typer.Option("--status", help="Only people with this status, or all people."),
    ] = options.Statuses.active,
    quiet_for: Annotated[
        str | None,
        typer.Option(
            "--quiet-for",
            metavar="LENGTH",
            help="Only people without a touchpoint for this long: 6m.",
        ),
    ] = None,
    sort: Annotated[
        Sort,
        typer.Option(
            "--sort",
            help="Sort by name, last touchpoint (oldest first), due date, or day added (newest"
            " first).",
        ),
    ] = Sort.name,
    limit: options.LimitOption = None,
    chosen: options.FormatOption = None,
) -> None:
    """List people.

    For a city, company, school or place, the start of each word is enough: --company "bell lab"
    finds Bell Labs.

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
        tags=tag or (),
        without_tags=not_tag or (),
        texts={
            "name": options.parse_key(" ".join(words), "name") if words else None,
            "city": city,
            "company": company,
            "school": school,
            "met": met,
        },
        quiet_since=None if quiet_for is None else parse_length(quiet_for).before(context.today),
    )
    with context.reading() as connection:
        contacts = load_contacts(connection, which, sort, limit)
    empty = _hint(ctx, words) if words and not contacts and prints_table(chosen) else ""
    show_list(context, contacts, Contact, chosen, empty=empty)


def _hint(ctx: typer.Context, words: list[str]) -> str:
    """Return the command that the words mean, if they are no name, else the search."""
    from netkeep.cli.guesses import guess_list

    hint = guess_list(ctx.find_root().command, words)
    search = f"To search everything: netkeep find {quote(' '.join(words))}"
    return f"No name matches. {hint[:1].upper() + hint[1:] if hint else search}"
