"""The entry point: shell prompts and the completion of names, else the command line.

Prompts and completions do not load Typer, which takes 40 ms. They print no errors, which would
appear in the line that is being typed.
"""

import gc
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime

NOT_POSIX = "this system is not supported: use Linux or macOS, or WSL on Windows"


def main() -> None:
    """Run the command line and exit with its code."""
    # A process that ends soon leaves hardly any garbage in cycles. Not collecting it costs no
    # memory, even with 100,000 people, and makes commands 10 to 33 % faster.
    gc.disable()
    try:
        exit_code = _run(sys.argv[1:])
    except KeyboardInterrupt:  # before or after the command, which handles it itself
        exit_code = 130
    gc.freeze()
    sys.exit(exit_code)


def _run(arguments: list[str]) -> int:
    if os.name != "posix":  # before any import that fails there
        sys.stderr.write(f"netkeep: {NOT_POSIX}\n")
        return 1
    from netkeep.output.streams import use_locale_encoding

    use_locale_encoding()
    match arguments:
        case ["--complete-names", *parameters]:
            return _complete_names(parameters)
        case ["prompt"] | ["prompt", "--oneline"]:
            return _prompt(oneline="--oneline" in arguments)
    from netkeep.cli.app import run

    return run(arguments)


def _complete_names(parameters: list[str]) -> int:
    """Print the names that complete a text, one per line, for the scripts of `completion`.

    The parameters are the typed text, `people`, `candidates` or `everybody` (STATUSES in
    store/queries/completion.py), and optionally the path given with `--db`. After any error print
    no names.
    """
    with suppress(Exception):
        from netkeep.config import find_database
        from netkeep.output.streams import write_output
        from netkeep.store.queries.completion import completions

        typed, which, *db = parameters
        path = find_database(db[0] if db else os.environ.get("NETKEEP_DB") or None)
        write_output("".join(f"{name}\n" for name in completions(path, typed, which)), "utf-8")
    return 0


def _prompt(*, oneline: bool) -> int:
    """Do what `netkeep prompt` does, without Typer."""
    from netkeep.cli.todays_list import print_prompt
    from netkeep.config import find_database
    from netkeep.domain import days
    from netkeep.errors import NetkeepError

    try:
        clock = days.local_day(datetime.now(UTC))
        today = days.resolve_today(os.environ.get("NETKEEP_TODAY") or None, clock)
        return print_prompt(
            find_database(os.environ.get("NETKEEP_DB") or None), today, oneline=oneline
        )
    except NetkeepError as error:
        return error.exit_code


if __name__ == "__main__":
    main()
