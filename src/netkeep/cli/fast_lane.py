"""What shells ask at every prompt and at every TAB: nothing is said of what goes wrong there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime

from netkeep import places
from netkeep.errors import NetkeepError
from netkeep.output.streams import answer, keep_to_locale


def complete_names(asked: Sequence[str]) -> int:
    """Print the slugs of names that begin as typed, a line each, for the scripts of `completion`.

    Asked is what was typed, then `people` or, with those taken out, `everybody`, and perhaps the
    path of a `--db`. Whatever goes wrong, there are no names.
    """
    from netkeep.store import names  # noqa: PLC0415 - the prompt has no use for it

    with suppress(Exception):  # a message would only land in what is being typed
        typed, whom, *db = asked
        statuses = names.EVERYBODY if whom == "everybody" else names.PRESENT
        found = names.completions(database(*db), typed, statuses)
        answer("".join(f"{slug}\n" for slug in found), "utf-8")
    return 0


def prompt(*, oneline: bool) -> int:
    """Do what `netkeep prompt` does, without Typer."""
    from netkeep.domain import days  # noqa: PLC0415 - names have no use for it

    keep_to_locale()
    try:
        today = days.today(
            os.environ.get("NETKEEP_TODAY") or None, datetime.now(UTC).astimezone().date()
        )
        path = database()
    except NetkeepError as error:
        return error.exit_code
    return show_due(path, today, oneline=oneline)


def show_due(path: str, today: date, *, oneline: bool) -> int:
    """Print how many are due, nothing for nobody, and return the exit code."""
    from netkeep.cli import morning  # noqa: PLC0415 - as above
    from netkeep.output.prompt import for_prompt  # noqa: PLC0415
    from netkeep.store.filter import Filter  # noqa: PLC0415
    from netkeep.store.glance import glance  # noqa: PLC0415
    from netkeep.store.reason_questions import ReasonQuestions  # noqa: PLC0415

    try:
        with glance(path) as connection:
            due = morning.nudges(ReasonQuestions(connection), Filter(), today)
        answer(for_prompt(due, oneline=oneline))
    except NetkeepError as error:
        return error.exit_code
    return 0


def database(db: str = "") -> str:
    """The path of the file, as commands find it; BadValueError if the settings have a mistake."""
    if named := db or os.environ.get("NETKEEP_DB", ""):
        return os.path.expanduser(named)  # noqa: PTH111 - pathlib takes 3 ms
    configuration = places.configuration()
    if not _may_name_a_database(configuration):
        return places.database()
    from pathlib import Path  # noqa: PLC0415

    from netkeep import settings  # noqa: PLC0415 - 8 ms with what parses them

    return str(settings.load(Path(configuration)).database or places.database())


def _may_name_a_database(configuration: str) -> bool:
    try:
        with open(configuration, "rb") as file:  # noqa: PTH123 - as above
            return b"database" in file.read()
    except FileNotFoundError:
        return False
    except OSError:
        return True  # what is wrong is found by reading it as others do
