"""netkeep config: what is set, and where; and setting it."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from netkeep import settings
from netkeep.cli import options
from netkeep.cli.editor import edited
from netkeep.cli.invocation import Invocation
from netkeep.domain.setting import Setting
from netkeep.errors import BadValueError
from netkeep.output import data_sentences, sentences
from netkeep.output.files import write_folder
from netkeep.output.show import show, show_lines, tell_lines
from netkeep.settings import ENTRIES, TABLES, Settings

DEFAULT, FILE = "default", "config.toml"  # what may say how something is set
OF_DATABASE = {"COMMANDLINE": "--db", "ENVIRONMENT": "NETKEEP_DB"}  # or else one of these
REMARK = "# Every setting, as it is without this file. To change one, take away the # before it."


def config(
    ctx: typer.Context,
    path: Annotated[bool, typer.Option("--path", help="Print where the file is.")] = False,
    edit: Annotated[
        bool, typer.Option("--edit", help="Open the file in your editor; it is checked first.")
    ] = False,
    chosen: options.FormatOption = None,
) -> None:
    """Show every setting, what it is, and what says so.

    They are in a file, which --edit opens in the editor that VISUAL or EDITOR names. What is
    written counts once there is no mistake in it.

    Examples:
        netkeep config
        netkeep config --edit
        netkeep config -f json
    """
    if path and edit:
        raise BadValueError("--path and --edit are two things to do", "leave one out")
    if path:
        show_lines([str(settings.config_path())])
    elif edit:
        _edit()
    else:
        given = ctx.find_root().get_parameter_source("db")
        show(list(_shown(ctx.obj, given.name if given else "")), Setting, chosen)


def _shown(here: Invocation, database_given: str) -> Iterator[Setting]:
    written = settings.read(settings.config_path())
    values = settings.settings_of(written).by_key() | {"database": here.path}
    sources = dict.fromkeys(written, FILE)
    if database_given in OF_DATABASE:
        sources["database"] = OF_DATABASE[database_given]
    for key, value in values.items():
        yield Setting(key, _plain(value), sources.get(key, DEFAULT))


def _edit() -> None:
    before = settings.content_of(settings.config_path())
    # A link, as those have who keep their settings together elsewhere, stays one.
    path = settings.config_path().resolve()
    text = _template() if before is None else before.decode(errors="surrogateescape")

    def read(text: str) -> tuple[bytes, dict[str, Any]]:
        content = text.encode(errors="surrogateescape")
        return content, settings.settings_of(settings.parse(content)).by_key()

    with edited(text, path.name, read, asks=True) as written:
        if written is None:
            show_lines([sentences.UNCHANGED])
            return
        if settings.content_of(path) != before:
            raise BadValueError(f"{path} was changed meanwhile", "look at it, and edit it again")
        content, values = written
        was = _values(before)
        write_folder(path.parent, {path.name: content}, force=True)
    changed = [f"{key} {_plain(value)}" for key, value in values.items() if value != was[key]]
    tell_lines([data_sentences.set_(str(path), changed)])


def _values(content: bytes | None) -> Mapping[str, Any]:
    """What the settings were; the defaults, if there was a mistake in them."""
    try:
        return settings.settings_of(settings.parse(content or b"")).by_key()
    except BadValueError:
        return Settings().by_key()


def _plain(value: Any) -> str | int:
    match value:
        case None:
            return "none"
        case int():
            return value
        case _:
            return str(value)


def _template() -> str:
    """A settings file that sets nothing, and says what could be."""
    lines = {table: f"\n[{table}]  # {meaning}\n" for table, meaning in TABLES.items()}
    lines = {"": f"{REMARK}\n\n"} | lines
    usual = Settings(database=settings.database_path()).by_key()
    for key, entry in ENTRIES.items():
        table, _, name = key.rpartition(".")
        meaning = f"  # {entry.meaning}" if entry.meaning else ""
        lines[table] += f"#{name} = {_toml(_plain(usual[key]))}{meaning}\n"
    return "".join(lines.values())


def _toml(value: str | int) -> str:
    """A value as TOML 1.0 has it, of whose basic strings those of JSON are some."""
    import json  # noqa: PLC0415 - only this needs it

    return json.dumps(value, ensure_ascii=False)
