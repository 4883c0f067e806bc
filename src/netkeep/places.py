"""Where things are; on Linux without platformdirs, which takes as long as Python itself.

https://specifications.freedesktop.org/basedir-spec/latest/
"""

from __future__ import annotations

import os
import sys

NAME = "netkeep"


def database() -> str:
    """Where the contacts are unless --db or NETKEEP_DB says otherwise."""
    folder = _xdg_folder("XDG_DATA_HOME", "~/.local/share")
    if folder is None:
        import platformdirs  # noqa: PLC0415 - 14 ms

        folder = platformdirs.user_data_dir(NAME, appauthor=False)
    return os.path.join(folder, f"{NAME}.db")  # noqa: PTH118 - pathlib takes 3 ms


def configuration() -> str:
    """Where the settings file is, or would be."""
    folder = _xdg_folder("XDG_CONFIG_HOME", "~/.config")
    if folder is None:
        import platformdirs  # noqa: PLC0415 - 14 ms

        folder = platformdirs.user_config_dir(NAME, appauthor=False)
    return os.path.join(folder, "config.toml")  # noqa: PTH118 - as above


def _xdg_folder(variable: str, usual: str) -> str | None:
    """Our folder as platformdirs has it on Linux; None where it has to be asked."""
    home = os.environ.get("HOME", "")
    if sys.platform != "linux" or "ANDROID_ROOT" in os.environ or not home.startswith("/"):
        return None
    chosen = os.environ.get(variable, "")
    base = chosen if chosen.startswith("/") else home.rstrip("/") + usual.removeprefix("~")
    return f"{base}/{NAME}"
