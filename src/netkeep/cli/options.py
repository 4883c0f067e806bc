"""Options that several commands share."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, TypeAlias

import typer

from netkeep.domain.contact import (
    EDITABLE,
    FIELDS,
    Detail,
    Kind,
    Status,
    detail_key,
    parse_detail,
)
from netkeep.domain.text import key, parse_line
from netkeep.domain.touchpoint import Channel, Purpose
from netkeep.errors import BadValueError
from netkeep.output.printing import Format

Command: TypeAlias = Callable[..., None]


class Statuses(StrEnum):
    """A status, or all of them."""

    active = "active"
    candidate = "candidate"
    dropped = "dropped"
    all = "all"

    def selected(self) -> Sequence[Status]:
        """Return the statuses to select; none selects all."""
        return () if self is Statuses.all else (Status(self),)


def _alternatives(values: Iterable[str]) -> str:
    *most, last = values
    return f"{', '.join(most)} or {last}"


def parse_key(text: str, what: str, option: str = "") -> str:
    """Parse a text to search for, and return its key; raise BadValueError if that is empty."""
    text_key = key(parse_line(text, what))
    if not text_key:
        raise BadValueError(f'{option}"{text}" has no letter or digit')
    return text_key


def parse_tag_key(text: str) -> str:
    """Return the key of a typed tag."""
    return detail_key(Detail.tag, parse_detail(Detail.tag, text))


def parse_count(text: str) -> int:
    """Parse a number of records; raise BadValueError unless it is a whole number above zero."""
    if not re.fullmatch("0*[1-9][0-9]{0,8}", text):
        raise BadValueError(f'"{text}" is not a whole number from 1 to 999,999,999', "try 10")
    return int(text)


def key_option(field: str, metavar: str, help_text: str) -> Any:
    """Return an option whose value is the key of the typed text, to select contacts by a field."""
    return typer.Option(
        f"--{field}",
        metavar=metavar,
        parser=partial(parse_key, what=field, option=f"--{field} "),
        help=help_text,
    )


PersonArgument = Annotated[
    str, typer.Argument(metavar="PERSON", help="A name, part of a name, or an id: ada, ada-l, 12.")
]
PeopleArgument = Annotated[
    list[str],
    typer.Argument(metavar="PERSON...", help="Names, parts of names, or ids: ada grace-h 12."),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "-f",
        "--format",
        help="The output format. By default, a table on a terminal, otherwise TSV.",
        show_default=False,
    ),
]
ResultOption = Annotated[
    Format | None,
    typer.Option(
        "-f",
        "--format",
        help="The output format. By default, a sentence.",
        show_default=False,
    ),
]
YesOption = Annotated[bool, typer.Option("-y", "--yes", help="Do not ask for confirmation.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")]
AllOption = Annotated[
    bool, typer.Option("--all", help="Show everyone who is due, not just today's list.")
]
LimitOption = Annotated[
    int | None,
    typer.Option("--limit", metavar="N", parser=parse_count, help="Show at most N."),
]

KindOption = Annotated[
    Kind | None,
    typer.Option("-k", "--kind", metavar="KIND", help=f"How you know them: {_alternatives(Kind)}."),
]
NoteOption = Annotated[
    str | None, typer.Option("-n", "--note", metavar="NOTE", help="Anything worth remembering.")
]
LastOption = Annotated[
    str | None, typer.Option("--last", metavar="DAY", help="When you were last in touch.")
]
CandidateOption = Annotated[
    bool,
    typer.Option(
        "--candidate", help="Make the person a candidate: not on the agenda until you keep them."
    ),
]

ChannelOption = Annotated[
    Channel | None,
    typer.Option(
        "-c",
        "--channel",
        metavar="CHANNEL",
        help=f"How you were in touch: {_alternatives(Channel)}.",
    ),
]
PurposeOption = Annotated[
    Purpose | None,
    typer.Option(
        "-p",
        "--purpose",
        metavar="PURPOSE",
        help=f"Why you were in touch: {_alternatives(Purpose)}.",
    ),
]
OnOption = Annotated[
    str | None,
    typer.Option(
        "--on", metavar="DAY", help='The day of the touchpoint: yesterday, "3 days ago", friday.'
    ),
]
HavingTags = Annotated[
    list[str] | None,
    typer.Option(
        "-t",
        "--tag",
        metavar="TAG",
        parser=parse_tag_key,
        help="Only people with this tag; repeatable.",
    ),
]
InCity = Annotated[str | None, key_option("city", "CITY", "Only people in this city.")]
AtCompany = Annotated[str | None, key_option("company", "COMPANY", "Only people at this company.")]
MetAt = Annotated[str | None, key_option("met", "WHERE", "Only people you met at this place.")]
OfKind = Annotated[
    Kind | None,
    typer.Option(
        "-k", "--kind", metavar="KIND", help=f"Only people of this kind: {_alternatives(Kind)}."
    ),
]

# The options of contact fields that have a short form or another name than the field.
_FLAGS = {"cadence": ("-e", "--every"), "tag": ("-t", "--tag"), "note": ("-n", "--note")}
_LIST_HELP = {
    Detail.email: "E-mail address; repeatable.",
    Detail.phone: "Phone number; repeatable.",
    Detail.url: "Web page or profile; repeatable.",
    Detail.tag: "Tag; repeatable.",
}


def contact_options(command: Command) -> Command:
    """Replace `**typed` of a command by an option for each editable field and list of a contact.

    The command itself has the parameters for the name and the kind.
    """
    return _with_options(command, _contact_options())


def contact_change_options(command: Command) -> Command:
    """Do the same as contact_options, and add options for the name, list entries and the note."""
    name = FIELDS["name"]
    options = [("name", _text_option("name", name.metavar, name.help)), *_contact_options()]
    for detail in Detail:
        for change, help_text in (
            ("add", f"Add one {detail.label}."),
            ("remove", f"Remove one {detail.label}."),
        ):
            flag = f"--{change}-{detail}"
            option = typer.Option(flag, metavar=detail.upper(), help=help_text)
            options.append((f"{change}_{detail}", Annotated[list[str] | None, option]))
    added = typer.Option("--add-note", metavar="NOTE", help="Add a line to the note.")
    options.append(("add_note", Annotated[str | None, added]))
    return _with_options(command, options)


def _contact_options() -> Iterator[tuple[str, Any]]:
    """Yield the name and the type of each option."""
    for name in EDITABLE:
        if name in FIELDS and name != "name":
            yield name, _text_option(name, FIELDS[name].metavar, FIELDS[name].help)
        elif name in set(Detail):
            flags = _FLAGS.get(name, (f"--{name}",))
            option = typer.Option(*flags, metavar=name.upper(), help=_LIST_HELP[Detail(name)])
            yield name, Annotated[list[str] | None, option]
        elif name == "via":
            yield name, _text_option(name, "PERSON", "The contact who introduced you.")


def _text_option(name: str, metavar: str, help_text: str) -> Any:
    flags = _FLAGS.get(name, (f"--{name.replace('_', '-')}",))
    option = typer.Option(*flags, metavar=metavar or name.upper(), help=help_text)
    return Annotated[str | None, option]


def _with_options(command: Command, options: Iterable[tuple[str, Any]]) -> Command:
    """Replace `**typed` by options in the signature of a command, which Typer reads."""
    own = inspect.signature(command).parameters.values()
    parameters = [
        parameter for parameter in own if parameter.kind is not inspect.Parameter.VAR_KEYWORD
    ]
    for name, type_ in options:
        parameters.append(
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=type_)
        )
    signature = inspect.Signature(parameters)
    command.__signature__ = signature  # type: ignore[attr-defined]
    return command
