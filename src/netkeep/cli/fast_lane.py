"""What shells ask at every prompt and at every TAB: nothing is said of what goes wrong there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress

from netkeep import places
from netkeep.output.streams import answer


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


def database(db: str = "") -> str:
    """The path of the file, as commands find it."""
    named = db or os.environ.get("NETKEEP_DB", "")
    return os.path.expanduser(named) if named else places.database()  # noqa: PTH111
