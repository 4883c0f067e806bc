"""Write the man page netkeep(1) in man(7), from the help of the commands."""

import re
from collections.abc import Iterator
from itertools import groupby

from netkeep import __version__
from netkeep.cli.reference import Command, Parameter

# Characters that roff reads as commands or prints as typographic ones (groff_char(7)).
_ESCAPES = {
    "\\": "\\e",
    "-": "\\-",
    "'": "\\(aq",
    '"': "\\(dq",
    "`": "\\(ga",
    "^": "\\(ha",
    "~": "\\(ti",
}
_EXIT_CODES = {
    "0": "Done, or there is nothing to list.",
    "1": "Failed.",
    "2": "Wrong usage, or a wrong value.",
    "3": "No contact has this name, or several have it.",
    "4": "The file cannot be used.",
    "5": "A confirmation is required. Use --yes.",
    "8": "`due --check` found someone who is due.",
    "130": "Interrupted.",
}
_ENVIRONMENT = {
    "NETKEEP_DB": "The file to use.",
    "NO_COLOR": "Print without colour.",
    "FORCE_COLOR": "Print in colour even if standard output is not a terminal.",
    "EDITOR": "The editor for longer texts. VISUAL comes first.",
}


def man_page(root: Command, panels: dict[str, str]) -> str:
    """Return the page; `panels` has the panel of each command, and keeps each panel together."""
    summary, description, examples = _split(root.description)
    lines = [
        f'.TH NETKEEP 1 "" "netkeep {_escape(__version__)}" "User Commands"',
        *(".SH NAME", f"netkeep \\- {_escape(summary.rstrip('.'))}"),
        *(
            ".SH SYNOPSIS",
            ".B netkeep",
            "[\\fIOPTION\\fR]... \\fICOMMAND\\fR [\\fIARGUMENT\\fR]...",
        ),
        *(".SH DESCRIPTION", *_text(description), *_examples(examples)),
        *(".SH OPTIONS", *_options(root.options)),
    ]
    for panel, commands in groupby(root.subcommands, lambda command: panels[command.name]):
        lines.append(f".SH {_escape(panel.upper())}")
        for command in commands:
            lines.extend(_command(command))
    lines += [".SH EXIT STATUS", *_definitions(_EXIT_CODES)]
    lines += [".SH ENVIRONMENT", *_definitions(_ENVIRONMENT)]
    return "\n".join(lines) + "\n"


def _command(command: Command) -> Iterator[str]:
    if command.subcommands:
        for subcommand in command.subcommands:
            yield from _command(subcommand)
        return
    summary, description, examples = _split(command.description)
    arguments = "".join(f" {argument.metavar}" for argument in command.arguments)
    yield f'.SS "netkeep {_escape(command.path)} [OPTION]...{_escape(arguments)}"'
    yield from _text(f"{summary}\n\n{description}".strip())
    yield from _options(command.options[:-1])  # without --help, which is the last of all commands
    yield from _examples(examples)


def _split(description: str) -> tuple[str, str, str]:
    """Split a help text into its first paragraph, the others, and its examples."""
    text, _, examples = description.partition("Examples:\n")
    summary, _, rest = text.partition("\n\n")
    return summary.strip(), rest.strip(), examples


def _text(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(filter(None, text.split("\n\n"))):
        if number:
            yield ".PP"
        yield from map(_escape, paragraph.strip().split("\n"))


def _examples(examples: str) -> Iterator[str]:
    if examples:
        yield from (".PP", "Examples:", ".RS 4", ".nf")
        yield from (_escape(line.strip()) for line in examples.strip().split("\n"))
        yield from (".fi", ".RE")


def _options(options: list[Parameter]) -> Iterator[str]:
    for option in options:
        flags = ", ".join(f"\\fB{_escape(flag)}\\fR" for flag in option.flags)
        value = "" if option.value is None else f" \\fI{_escape(option.metavar)}\\fR"
        yield from (".TP", f"{flags}{value}", _escape(option.help))


def _definitions(definitions: dict[str, str]) -> Iterator[str]:
    for term, text in definitions.items():
        yield from (".TP", f"\\fB{_escape(term)}\\fR", _escape(text))


def _escape(text: str) -> str:
    """Return text that roff prints literally, without escapes and requests."""
    escaped = "".join(_ESCAPES.get(character, character) for character in text)
    escaped = re.sub(r"[^\x00-\x7f]", lambda match: f"\\[u{ord(match[0]):04X}]", escaped)
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
