"""The entry point."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    from netkeep.cli.boundary import run  # noqa: PLC0415

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
