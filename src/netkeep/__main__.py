"""The entry point."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    # A process that soon ends leaves hardly any garbage in cycles: not looking for it costs no
    # memory, even with 100,000 people, and takes a tenth to a third off the time of any command.
    gc.disable()
    try:
        exit_code = _run(sys.argv[1:])
    except KeyboardInterrupt:  # before or after the command, which sees to its own
        exit_code = 130
    gc.freeze()
    sys.exit(exit_code)


def _run(arguments: list[str]) -> int:
    match arguments:
        # What shells ask at every TAB and every prompt does without Typer, which takes 40 ms.
        case ["--complete-names", *asked]:
            from netkeep.cli import fast_lane  # noqa: PLC0415

            return fast_lane.complete_names(asked)
        case ["prompt"] | ["prompt", "--oneline"]:
            from netkeep.cli import fast_lane  # noqa: PLC0415

            return fast_lane.prompt(oneline="--oneline" in arguments)
    from netkeep.cli.boundary import run  # noqa: PLC0415

    return run(arguments)


if __name__ == "__main__":
    main()
