"""Options that several commands have, each worded once."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import typer

from netkeep.domain.contact import Detail, Kind, detail_key, parse_detail
from netkeep.domain.text import key, line
from netkeep.domain.touchpoint import Channel, Purpose
from netkeep.errors import BadValueError
from netkeep.output.printing import Format


def tag_keys(tags: Iterable[str] | None) -> list[str]:
    """The keys of tags that were typed."""
    return [detail_key(Detail.tag, parse_detail(Detail.tag, tag)) for tag in tags or ()]


def word_keys(**typed: str | None) -> dict[str, str]:
    """By field, the key of what was typed for it; BadValueError if there is nothing to look for."""
    keys = {field: key(line(text, field)) for field, text in typed.items() if text is not None}
    for field, words in keys.items():
        if not words:
            raise BadValueError(f'--{field} "{typed[field]}" has no letter or digit to look for')
    return keys


MOST = 1_000_000_000  # records, more than there can be


class Statuses(StrEnum):
    """A status, or all of them."""

    active = "active"
    candidate = "candidate"
    dropped = "dropped"
    all = "all"


def _either(values: Iterable[str]) -> str:
    *most, last = values
    return f"{', '.join(most)} or {last}"


PersonArgument = Annotated[
    str, typer.Argument(metavar="PERSON", help="A name, part of one, or an id: ada, ada-l, 12.")
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
        help="How to print it; a table on a terminal, else TSV.",
        show_default=False,
    ),
]
ResultOption = Annotated[
    Format | None,
    typer.Option(
        "-f",
        "--format",
        help="Print the resulting record instead of a sentence.",
        show_default=False,
    ),
]
YesOption = Annotated[bool, typer.Option("-y", "--yes", help="Do it without asking.")]
LimitOption = Annotated[
    int | None, typer.Option("--limit", min=1, max=MOST, metavar="N", help="At most N.")
]

KindOption = Annotated[
    Kind | None,
    typer.Option("-k", "--kind", metavar="KIND", help=f"How you know them: {_either(Kind)}."),
]
CadenceOption = Annotated[
    str | None,
    typer.Option("-e", "--every", metavar="CADENCE", help="How often: 10d, 2w, 3m, 1y or none."),
]
NameOption = Annotated[str | None, typer.Option("--name", metavar="NAME", help="Another name.")]
EmailsOption = Annotated[
    list[str] | None, typer.Option("--email", metavar="EMAIL", help="E-mail address; repeatable.")
]
PhonesOption = Annotated[
    list[str] | None, typer.Option("--phone", metavar="PHONE", help="Phone number; repeatable.")
]
UrlsOption = Annotated[
    list[str] | None, typer.Option("--url", metavar="URL", help="Web page or profile; repeatable.")
]
TagsOption = Annotated[
    list[str] | None, typer.Option("-t", "--tag", metavar="TAG", help="Tag; repeatable.")
]
CompanyOption = Annotated[
    str | None, typer.Option("--company", metavar="COMPANY", help="Where they work.")
]
TitleOption = Annotated[
    str | None, typer.Option("--title", metavar="TITLE", help="What they do there.")
]
SchoolOption = Annotated[str | None, typer.Option("--school", metavar="SCHOOL", help="School.")]
CityOption = Annotated[str | None, typer.Option("--city", metavar="CITY", help="Where they live.")]
MetOption = Annotated[str | None, typer.Option("--met", metavar="WHERE", help="Where you met.")]
MetOnOption = Annotated[
    str | None, typer.Option("--met-on", metavar="DAY", help="The day you met.")
]
ViaOption = Annotated[
    str | None, typer.Option("--via", metavar="PERSON", help="Through whom you met.")
]
BirthdayOption = Annotated[
    str | None,
    typer.Option("--birthday", metavar="DAY", help='Birthday: 1990-12-10, or "10 dec" alone.'),
]
NoteOption = Annotated[
    str | None, typer.Option("-n", "--note", metavar="NOTE", help="Anything worth remembering.")
]
LastOption = Annotated[
    str | None, typer.Option("--last", metavar="DAY", help="When you were last in touch.")
]
CandidateOption = Annotated[
    bool, typer.Option("--candidate", help="Known only: not let in, never due.")
]

ChannelOption = Annotated[
    Channel | None,
    typer.Option("-c", "--channel", metavar="CHANNEL", help=f"How: {_either(Channel)}."),
]
PurposeOption = Annotated[
    Purpose | None,
    typer.Option("-p", "--purpose", metavar="PURPOSE", help=f"What for: {_either(Purpose)}."),
]
OnOption = Annotated[
    str | None,
    typer.Option("--on", metavar="DAY", help='The day: yesterday, "3 days ago", friday.'),
]
HavingTags = Annotated[
    list[str] | None, typer.Option("-t", "--tag", metavar="TAG", help="With this tag; repeatable.")
]
InCity = Annotated[str | None, typer.Option("--city", metavar="CITY", help="In this city.")]
OfKind = Annotated[
    Kind | None, typer.Option("-k", "--kind", metavar="KIND", help=f"Only {_either(Kind)}.")
]


def _entry(flag: str, help_text: str) -> object:
    return typer.Option(flag, metavar=flag.rpartition("-")[2].upper(), help=help_text)


AddEmail = Annotated[list[str] | None, _entry("--add-email", "One more e-mail address.")]
RemoveEmail = Annotated[list[str] | None, _entry("--remove-email", "One e-mail address less.")]
AddPhone = Annotated[list[str] | None, _entry("--add-phone", "One more phone number.")]
RemovePhone = Annotated[list[str] | None, _entry("--remove-phone", "One phone number less.")]
AddUrl = Annotated[list[str] | None, _entry("--add-url", "One more URL.")]
RemoveUrl = Annotated[list[str] | None, _entry("--remove-url", "One URL less.")]
AddTag = Annotated[list[str] | None, _entry("--add-tag", "One more tag.")]
RemoveTag = Annotated[list[str] | None, _entry("--remove-tag", "One tag less.")]
