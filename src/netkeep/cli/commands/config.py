"""netkeep config: show every setting, its value and its source."""

from collections.abc import Iterator
from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.config import config_path, read, settings_from
from netkeep.domain.maintenance import Setting
from netkeep.output.printing import print_lines, print_records

DATABASE_SOURCES = {"COMMANDLINE": "--db", "ENVIRONMENT": "NETKEEP_DB"}


def config(
    ctx: typer.Context,
    path: Annotated[
        bool, typer.Option("--path", help="Print the path of the settings file.")
    ] = False,
    chosen: options.FormatOption = None,
) -> None:
    """Show every setting, its value and its source.

    To change a setting, edit the file that --path prints.

    Examples:
        netkeep config
        netkeep config --path
        netkeep config -f json
    """
    if path:
        print_lines([str(config_path())])
        return
    given = ctx.find_root().get_parameter_source("db")
    print_records(list(_settings(ctx.obj, given.name if given else "")), Setting, chosen)


def _settings(context: Context, database_source: str) -> Iterator[Setting]:
    written = read(config_path())
    values = settings_from(written).by_key() | {"database": context.path}
    sources = dict.fromkeys(written, "config.toml")
    if database_source in DATABASE_SOURCES:
        sources["database"] = DATABASE_SOURCES[database_source]
    for key, value in values.items():
        if type(value) is tuple:
            shown: int | str = ", ".join(value) or "none"
        else:
            shown = value if isinstance(value, int) else "none" if value is None else str(value)
        yield Setting(key, shown, sources.get(key, "default"))
