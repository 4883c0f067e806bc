"""Read keys and lines from the terminal, including Esc."""

import os
import re
import select
import signal
import sys

from netkeep.output.streams import print_message, sanitize

ENTER, ESCAPE = "\n", "\x1b"
END_OF_INPUT = {"", "\x04"}
LINE_BYTES = 4_096  # the longest line of a terminal
ESCAPE_SECONDS = 0.05  # a terminal sends the rest of a key such as an arrow within this time

# The bytes of one key: ASCII, UTF-8, or ESC and what follows it (ECMA-48, 5.4).
_KEY = re.compile(
    rb"[^\x1b\xc0-\xff] | [\xc0-\xdf]. | [\xe0-\xef].{2} | [\xf0-\xff].{3}"
    rb"| \x1b (?: \[ [\x20-\x3f]* [\x40-\x7e] | O. | [^\[O])",
    re.DOTALL | re.VERBOSE,
)
# Only in its vi mode can GNU Readline tell Esc from an arrow, by time. In that mode, Esc is made to
# end the line, and the keys of the usual (Emacs) mode are added.
_READLINE_SETTINGS = (
    "set editing-mode vi",
    "set keymap vi-insert",
    "set show-mode-in-prompt off",
    f"set keyseq-timeout {ESCAPE_SECONDS * 1000:.0f}",
    r'"\e": "\C-v\e\C-m"',
    r'"\e\e": "\C-v\e\C-m"',
    r'"\C-a": beginning-of-line',
    r'"\C-e": end-of-line',
    r'"\C-b": backward-char',
    r'"\C-f": forward-char',
    r'"\C-k": kill-line',
    r'"\eb": backward-word',
    r'"\ef": forward-word',
)


class StepBackError(Exception):
    """Esc was pressed at a prompt."""


def read_key(label: str) -> str:
    """Prompt for a single key and return it in lower case.

    Return ENTER for Enter and the space bar. Keys without a character, such as arrows, return a
    text that is not in any menu. Raise EOFError at the end of input.
    """
    pressed = _read_raw_key(label).lower()
    if pressed in {"\r", " "}:
        pressed = ENTER
    print_message(pressed if pressed.isalnum() else "")
    return pressed


def read_line(label: str) -> str:
    """Prompt for a line that can be edited.

    Raise StepBackError for Esc, EOFError at the end of input.
    """
    import readline

    if "libedit" in (readline.__doc__ or ""):
        return _read_cooked_line(label)  # libedit would wait for another key after Esc
    for setting in _READLINE_SETTINGS:
        readline.parse_and_bind(setting)
    readline.set_auto_history(False)
    line = input(sanitize(label))
    if ESCAPE in line:
        raise StepBackError
    return line


def print_label(label: str) -> None:
    """Print the label of a prompt on standard error, without a line end."""
    sys.stderr.write(sanitize(label))
    sys.stderr.flush()


def _read_cooked_line(label: str) -> str:
    """Do the same as read_line without Readline: the terminal itself ends the line at Esc.

    The line can then be edited only by erasing its last characters.
    """
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    settings = termios.tcgetattr(descriptor)
    ends_at_escape = [*settings[:6], [*settings[6]]]
    ends_at_escape[6][termios.VEOL] = ESCAPE.encode()
    print_label(label)
    line = b""
    try:
        while not line.endswith(b"\n"):
            termios.tcsetattr(descriptor, termios.TCSADRAIN, ends_at_escape)
            typed = os.read(descriptor, LINE_BYTES)
            if not typed:
                raise EOFError
            line += typed
            if line.endswith(ESCAPE.encode()):
                tty.setcbreak(descriptor, termios.TCSADRAIN)
                if _is_escape(_read_rest(descriptor, ESCAPE.encode())):
                    print_message("")
                    raise StepBackError
                line = line[:-1]  # it was an arrow
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, settings)
    return line.decode(errors="surrogateescape")


def _read_raw_key(label: str) -> str:
    """Prompt for a key, and return the characters that the terminal sends for it.

    Raise EOFError at the end of input. Change the terminal mode without a flush, which would lose
    keys that were typed ahead.
    """
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    settings = termios.tcgetattr(descriptor)

    def begin(*_: object) -> None:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        print_label(label)

    # After Ctrl-Z and fg, the shell has reset the terminal and the prompt is out of sight.
    previous = signal.signal(signal.SIGCONT, begin)
    try:
        begin()
        key = _read_rest(descriptor, os.read(descriptor, 1))
    finally:
        signal.signal(signal.SIGCONT, previous)
        termios.tcsetattr(descriptor, termios.TCSADRAIN, settings)
    pressed = key.decode(errors="replace")
    if pressed in END_OF_INPUT:
        raise EOFError
    return ESCAPE if _is_escape(key) else pressed


def _read_rest(descriptor: int, key: bytes) -> bytes:
    """Return a key with the bytes that follow the first one."""
    more = key
    while more and not _KEY.fullmatch(key) and _is_readable(descriptor):
        more = os.read(descriptor, 1)
        key += more
    return key


def _is_escape(key: bytes) -> bool:
    return not key.strip(ESCAPE.encode())


def _is_readable(descriptor: int) -> bool:
    return bool(select.select([descriptor], [], [], ESCAPE_SECONDS)[0])
