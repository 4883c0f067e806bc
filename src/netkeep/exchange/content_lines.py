"""Content lines, what vCards are made of (RFC 6350, 3.3): `group.NAME;PARAMETER=x:value`."""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from netkeep.errors import BadValueError

# icalendar is imported where it is used: it takes 35 ms, and most commands meet no card.

BEGIN, END = b"BEGIN:VCARD", b"END:VCARD"
OF_SEVERAL = {"ADR", "CATEGORIES", "N", "NICKNAME"}  # whose values are lists, or parts that are
UNREADABLE = "X-NETKEEP-UNREADABLE"  # the name under which what is no content line is kept

_VERSION_2_1 = re.compile(rb"VERSION\s*:\s*2\.1\s*", re.IGNORECASE)
_BASE64 = re.compile(rb"[A-Za-z0-9+/]+=*")
_NAME = re.compile(r"(?:([\w.-]+)\.)?([\w-]+)")
_ESCAPED = re.compile(r"\r\n|[\\;,\r\n]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# What of a value in vCard 2.1 separates texts and is none itself; unknown values are not told.
_SEPARATORS_2_1 = {
    **dict.fromkeys(("FN", "TITLE", "ROLE", "NOTE", "LABEL", "EMAIL", "TEL", "UID"), ""),
    **dict.fromkeys(("N", "ADR", "ORG"), ";"),
    **dict.fromkeys(("CATEGORIES", "NICKNAME"), ","),
    "URL": ";,",
}

NumberedLine = tuple[int, bytes]


class Property(NamedTuple):
    """One content line, taken apart; its value is escaped as in vCard 4.0 (RFC 6350, 3.4)."""

    name: str
    value: str
    parameters: tuple[str, ...] = ()
    group: str = ""

    @property
    def key(self) -> str:
        """The name, to compare: case tells nothing (RFC 6350, 3.3)."""
        return self.name.upper()

    @property
    def plain(self) -> Property:
        """The same, a comma escaped where no list can be: some readers stop at a bare one."""
        if self.key in OF_SEVERAL:
            return self
        value = re.sub(r"(\\.)|,", lambda found: found[1] or r"\,", self.value)
        return self._replace(value=value)

    @property
    def is_bare(self) -> bool:
        """Whether it is a name and a value, and no more."""
        return not self.group and not self.parameters

    @property
    def text(self) -> str:
        """The value, as one text."""
        from icalendar.parser import unescape_backslash

        text: str = unescape_backslash(self.value)
        return text

    @property
    def parts(self) -> list[str]:
        """The texts between semicolons, as of N, ADR and ORG."""
        from icalendar.parser import split_on_unescaped_semicolon

        return split_on_unescaped_semicolon(self.value)

    @property
    def items(self) -> list[str]:
        """The texts between commas, as of CATEGORIES."""
        from icalendar.parser import split_on_unescaped_comma

        return split_on_unescaped_comma(self.value)

    @property
    def line(self) -> str:
        """The content line, unfolded."""
        group = f"{self.group}." if self.group else ""
        return f"{group}{';'.join((self.name, *self.parameters))}:{self.value}"

    def parameter(self, name: str) -> str | None:
        """The first value given to a parameter, out of its quotes."""
        values = (each.partition("=")[2] for each in self.parameters if is_parameter(each, name))
        return next((value.strip('"') for value in values), None)


def is_parameter(parameter: str, *names: str) -> bool:
    """Whether a parameter, as it stands in its line, has one of these names."""
    return parameter.partition("=")[0].upper() in names


def parse(line: str) -> Property:
    """Take one line apart; what is no content line is the value of X-NETKEEP-UNREADABLE.

    A parameter without a name, as vCard 2.1 has them (2.1.1), gets the one it stands for.
    """
    from icalendar.parser import Contentline, q_split

    colon = Contentline(line).value_separator_index()  # type: ignore[no-untyped-call]
    name, *parameters = q_split(line[: max(colon, 0)], ";") or [""]
    found = _NAME.fullmatch(name.strip())
    if found is None:
        return Property(UNREADABLE, line)
    named = tuple(_named(parameter) for each in parameters if (parameter := each.strip()))
    return Property(found[2], line[colon + 1 :], named, found[1] or "")


def _named(parameter: str) -> str:
    if "=" in parameter:
        return parameter
    is_encoding = parameter.upper() in {"7BIT", "8BIT", "QUOTED-PRINTABLE", "BASE64"}
    return f"{'ENCODING' if is_encoding else 'TYPE'}={parameter}"


def escape(text: str, but: str = "") -> str:
    r"""Text as a value has it: `\\`, `\,`, `\;` and `\n` (RFC 6350, 3.4); `but` stays as it is."""
    return _ESCAPED.sub(lambda found: _escaped(found[0], but), text)


def _escaped(character: str, but: str) -> str:
    if character in but:
        return character
    return r"\n" if character.isspace() else f"\\{character}"


def fold(lines: Iterable[str]) -> str:
    """Lines of at most 75 bytes, no character cut in two (RFC 6350, 3.2)."""
    from icalendar.parser import Contentline

    folded = (Contentline(line).to_ical() for line in lines)  # type: ignore[no-untyped-call]
    return "".join(f"{line.decode()}\r\n" for line in folded)


def as_utf_8(content: bytes) -> bytes:
    """The text of a file in UTF-8, without a mark; BadValueError if it is no text."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            content = content.decode("utf-16").encode()
        except UnicodeDecodeError:
            raise BadValueError("this is not a vCard file: it is not the UTF-16 it says") from None
    content = content.removeprefix(codecs.BOM_UTF8)
    before, nul, _ = content.partition(b"\0")
    if nul:
        number = len((before + b".").splitlines())
        raise BadValueError(f"line {number} is not text: it has a NUL in it", "save it as UTF-8")
    return content


def marker(line: bytes) -> bytes:
    """A line as it compares with BEGIN and END; a file put after another has a mark of its own."""
    return b"".join(line.removeprefix(codecs.BOM_UTF8).upper().split())


def is_version_2_1(line: bytes) -> bool:
    """Whether a line says that its card is a vCard 2.1."""
    return _VERSION_2_1.fullmatch(line) is not None


class _Open(NamedTuple):
    """A card that has not ended yet, and those that came as a value of its own."""

    lines: list[NumberedLine]
    within: list[list[NumberedLine]]

    @property
    def awaits_a_card(self) -> bool:
        """Whether AGENT was the last line, and its card has not come (vCard 2.1, 2.4.2)."""
        agents = [marker(line) == b"AGENT:" for _, line in self.lines]
        return agents[-1:] == [True] and sum(agents) > len(self.within)


def cards(content: bytes) -> Iterator[tuple[list[NumberedLine], bool]]:
    """The lines of each card, and whether it ends; a card within one that does is none."""
    opened: list[_Open] = []
    for number, line in unfold(content):
        if marker(line) == BEGIN:
            if not (opened and opened[-1].awaits_a_card):
                yield from _given_up(opened)
                opened = []
            opened.append(_Open([], []))
        elif not opened:
            continue
        elif marker(line) == END:
            lines, _ = opened.pop()
            if opened:
                opened[-1].within.append(lines)
            else:
                yield lines, True
        else:
            opened[-1].lines.append((number, line))
    yield from _given_up(opened)


def _given_up(opened: Iterable[_Open]) -> Iterator[tuple[list[NumberedLine], bool]]:
    """Cards that never end, each with those after it that do."""
    for lines, within in opened:
        yield lines, False
        yield from ((each, True) for each in within)


def unfold(content: bytes) -> Iterator[NumberedLine]:
    """Content lines, with the number of the line each begins on.

    Bytes, because a fold may cut a character in two (RFC 6350, 3.2). vCard 2.1 keeps the space a
    line was folded at (2.1.3, after RFC 822, 3.1.1), and has soft line breaks (RFC 2045, 6.7).
    """
    parts: list[bytes] = []
    first = 0
    is_2_1 = False
    for number, line in enumerate(content.splitlines(), 1):
        if not line:
            continue
        if parts and _is_softly_broken(parts) and marker(line) not in {BEGIN, END}:
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        elif parts and line[:1] in b" \t":
            parts.append(line if is_2_1 else line[1:])
        elif parts and _is_more_base64(parts[0], line):
            parts.append(line)
        else:
            if parts:
                yield first, b"".join(parts)
            is_2_1 = is_version_2_1(line) or (is_2_1 and marker(line) != BEGIN)
            parts, first = [line], number
    if parts:
        yield first, b"".join(parts)


def _is_softly_broken(parts: list[bytes]) -> bool:
    return parts[-1].endswith(b"=") and b"QUOTED-PRINTABLE" in _head(parts[0])


def _is_more_base64(begun: bytes, line: bytes) -> bool:
    """Whether a line is data that was not indented, as old telephones write it."""
    return b"BASE64" in _head(begun) and _BASE64.fullmatch(line) is not None


def _head(line: bytes) -> bytes:
    return line.partition(b":")[0].upper()


def decode(written: bytes, *, is_2_1: bool) -> Property:
    """A line of any version as the property 4.0 makes of it, CHARSET and ENCODING undone.

    Bytes that are no UTF-8 are left as surrogates; a value that does not decode is unreadable.
    """
    text = written.decode(errors="surrogateescape")
    taken = parse(text)
    value = taken.value
    charset = taken.parameter("CHARSET")
    is_quoted = (taken.parameter("ENCODING") or "").upper() == "QUOTED-PRINTABLE"
    if charset or is_quoted:
        octets = value.encode(errors="surrogateescape")
        octets = quopri.decodestring(octets) if is_quoted else octets
        try:
            value = octets.decode(charset or "utf-8")
        except (LookupError, UnicodeError):
            return Property(UNREADABLE, text)
        if "\0" in value or has_surrogates(value):
            return Property(UNREADABLE, text)
    kept = tuple(each for each in taken.parameters if not _is_about_encoding(each))
    value = _of_2_1(taken.key, value) if is_2_1 else escape(value, but="\\;,")
    return taken._replace(value=value, parameters=kept)


def has_surrogates(text: str) -> bool:
    """Whether bytes of a text could not be decoded."""
    return _SURROGATE.search(text) is not None


def _is_about_encoding(parameter: str) -> bool:
    if is_parameter(parameter, "ENCODING"):
        return parameter.partition("=")[2].upper() in {"QUOTED-PRINTABLE", "8BIT", "7BIT"}
    return is_parameter(parameter, "CHARSET")


def _of_2_1(key: str, value: str) -> str:
    r"""A value of vCard 2.1 as 4.0 escapes it: `\;` is a semicolon, and `\n` is no line break.

    `\\`, `\,` and `\:` are not of the standard (2.1.2), but of many who write it.
    """
    separators = _SEPARATORS_2_1.get(key, "\\;,")

    def escaped(found: re.Match[str]) -> str:
        return escape(found[1]) if found[1] else escape(found[0], but=separators)

    return re.sub(r"\\([\\;,:])|\r\n|[\\;,\r\n]", escaped, value)
