"""netkeep find: words in anything ever written about anyone."""

from typing import Annotated

import typer

from netkeep.cli import agenda, options
from netkeep.cli.context import Context, what_first
from netkeep.domain.search import Find
from netkeep.domain.text import key, line
from netkeep.errors import BadValueError
from netkeep.output.printing import print_records


def find(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS...", help='Words, or parts of some; "two words" in a row.'),
    ],
    limit: options.LimitOption = None,
    chosen: options.FormatOption = None,
) -> None:
    """Find who has to do with something.

    It looks through all that was ever written about anyone. Every word has to occur, in whatever
    field, tag, note, news or touchpoint. Those you were in touch with last come first.

    Examples:
        netkeep find compilers
        netkeep find boston "open source" --limit 5
    """
    here: Context = ctx.obj
    keys = [key(line(word, "word")) for word in words]
    for typed, word in zip(words, keys, strict=True):
        if not word:
            raise BadValueError(f'"{typed}" has no letter or digit to look for')
    with here.reader() as ask:
        found = ask.find(keys, limit)
        first = None if found else what_first(ask)
    if not found:
        agenda.say_why_none(first, "Nothing is found.", chosen)
    print_records(found, Find, chosen)
