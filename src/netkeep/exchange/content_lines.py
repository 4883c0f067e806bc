"""The content lines of vCards (RFC 6350, 3.3): `group.NAME;PARAMETER=x:value`."""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from netkeep.domain.text import key
from netkeep.exchange import limits

# Functions import icalendar, which takes 35 ms: most commands read no cards.

BEGIN, END = b"BEGIN:VCARD", b"END:VCARD"
NO_PHONES = {"pager", "telecopie", "telecopieur", "cercapersone", "buscapersonas", "modem", "bbs"}
NOT_PREFERRED = 10_000
MAX_KEYWORD = 100  # bytes of a line that may be BEGIN, END or AGENT, with spaces
LIST_PROPERTIES = {"ADR", "CATEGORIES", "N", "NICKNAME"}  # with commas between values
UNREADABLE = "X-NETKEEP-UNREADABLE"  # its value is a line that is not a content line

_LINE = re.compile(rb"([^\r\n]++)(?:\r\n?|\n)?|\r\n?|\n")
_VERSION_2_1 = re.compile(rb"VERSION\s*:\s*2\.1\s*", re.IGNORECASE)
_BASE64 = re.compile(rb"[A-Za-z0-9+/]+=*\s*")
_BASE64_HEAD = re.compile(
    rb"[^:]*(?:BASE64|ENCODING=\"?B\"?(?:;|:|$))|PHOTO[^:]*:DATA:[^,]*;BASE64,", re.I
)
_PREF_TYPE = re.compile(r"(?<=[=,\"])pref,|,pref(?=$|[,\"])", re.IGNORECASE)  # in TYPE=home,pref
_TEXT_ENCODING = re.compile("ENCODING=(?:QUOTED-PRINTABLE|8BIT|7BIT)", re.IGNORECASE)
_HEAD = re.compile(r'((?:[^":]++|"[^"]*+")*+):')  # up to the first colon that is not in quotes
_NAME = re.compile(r"(?:([\w.-]+)\.)?([\w-]+)")
_ESCAPED = re.compile(r"\r\n|[\\;,\r\n]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPE_OR_QUOTE = re.compile(r'(\\[^"])|\\(")')
# The characters that separate texts in vCard 2.1; in other properties any of `\;,` may.
_SEPARATORS_2_1 = {
    **dict.fromkeys(("FN", "TITLE", "ROLE", "NOTE", "LABEL", "EMAIL", "TEL", "UID"), ""),
    **dict.fromkeys(("N", "ADR", "ORG"), ";"),
    **dict.fromkeys(("CATEGORIES", "NICKNAME"), ","),
    "URL": ";,",
}

NumberedLine = tuple[int, bytes]


class Property(NamedTuple):
    """A parsed content line; its value is escaped as in vCard 4.0 (RFC 6350, 3.4)."""

    name: str
    value: str
    parameters: tuple[str, ...] = ()
    group: str = ""

    @property
    def key(self) -> str:
        """The name in upper case: names are case-insensitive (RFC 6350, 3.3)."""
        return self.name.upper()

    @property
    def is_bare(self) -> bool:
        """Whether it has no group and no parameters."""
        return not self.group and not self.parameters

    @property
    def text(self) -> str:
        """The value as one text."""
        from icalendar.parser import unescape_backslash

        return str(unescape_backslash(self.value))

    @property
    def parts(self) -> list[str]:
        """The texts between semicolons, as in N, ADR and ORG."""
        from icalendar.parser import split_on_unescaped_semicolon

        return split_on_unescaped_semicolon(self.value)

    @property
    def items(self) -> list[str]:
        """The texts between commas, as in CATEGORIES."""
        from icalendar.parser import split_on_unescaped_comma

        return split_on_unescaped_comma(self.value)

    @property
    def line(self) -> str:
        """The content line, unfolded."""
        group = f"{self.group}." if self.group else ""
        return f"{group}{';'.join((self.name, *self.parameters))}:{self.value}"

    def with_escaped_commas(self) -> Property:
        """Escape the commas of a property that is not a list: some programs stop at a bare one."""
        if self.key in LIST_PROPERTIES:
            return self
        value = re.sub(r"(\\.)|,", lambda match: match[1] or r"\,", self.value)
        return self._replace(value=value)

    @property
    def types(self) -> set[str]:
        """The words of its TYPE parameters, in lower case."""
        types = (each[5:] for each in self.parameters if is_parameter(each, "TYPE"))
        return {word for each in types for word in key(each).split()}

    @property
    def preference(self) -> int:
        """The preference: 1 is the highest, 100 the lowest (RFC 6350, 5.3), more is none."""
        if not self.parameters:
            return NOT_PREFERRED
        written = self.parameter("PREF") or ""
        if written.isdecimal():
            return int(written[:4])
        return 1 if "pref" in self.types else NOT_PREFERRED  # RFC 2426, 3.3.1

    def without_preference(self) -> Property:
        """Return the property without its preference."""
        kept = (
            _PREF_TYPE.sub("", each)
            for each in self.parameters
            if not (is_parameter(each, "PREF") or each.upper() in {"TYPE=PREF", 'TYPE="PREF"'})
        )
        return self._replace(parameters=tuple(kept))

    def parameter(self, name: str) -> str | None:
        """Return the first value of a parameter, without quotes."""
        values = (each.partition("=")[2] for each in self.parameters if is_parameter(each, name))
        return next((value.strip('"') for value in values), None)


def is_fax_or_pager(words: set[str]) -> bool:
    """Return whether these words of a label mean a fax, pager or modem, not a phone."""
    no_phones = {word for word in words if "fax" in word} | (words & NO_PHONES)
    return bool(no_phones) and not words & {"voice", "cell"}


def is_parameter(parameter: str, name: str) -> bool:
    """Return whether a parameter, such as `TYPE=home`, has this name."""
    return parameter.partition("=")[0].upper() == name


def parse(line: str) -> Property:
    """Parse a line; a line that is not valid becomes the value of X-NETKEEP-UNREADABLE.

    Parameters without a name, as in vCard 2.1 (2.1.1), are given the implied one.
    """
    from icalendar.parser import q_split

    head = _HEAD.match(line)
    name, *parameters = q_split(head[1], ";") if head and head[1] else [""]
    match = _NAME.fullmatch(name.strip())
    if head is None or match is None:
        return Property(UNREADABLE, line)
    named = tuple(_named(parameter) for each in parameters if (parameter := each.strip()))
    return Property(match[2], line[head.end() :], named, match[1] or "")


def _named(parameter: str) -> str:
    if "=" in parameter:
        return parameter
    is_encoding = parameter.upper() in {"7BIT", "8BIT", "QUOTED-PRINTABLE", "BASE64"}
    return f"{'ENCODING' if is_encoding else 'TYPE'}={parameter}"


def escape(text: str, keep: str = "") -> str:
    r"""Escape text for a value: `\\`, `\,`, `\;` and `\n` (RFC 6350, 3.4), except `keep`."""

    def escaped(match: re.Match[str]) -> str:
        if match[0] in keep:
            return match[0]
        return r"\n" if match[0].isspace() else f"\\{match[0]}"

    return _ESCAPED.sub(escaped, text)


def fold(lines: Iterable[str]) -> str:
    """Fold lines at 75 bytes, without splitting a character (RFC 6350, 3.2)."""
    from icalendar.parser import Contentline

    folded = (Contentline(line).to_ical() for line in lines)  # type: ignore[no-untyped-call]
    return "".join(f"{line.decode()}\r\n" for line in folded)


def _normalized(line: bytes) -> bytes:
    """Return a line in the form of BEGIN and END, which may be written `end : vcard`."""
    return b"".join(line.upper().split()) if len(line) < MAX_KEYWORD else b""


def is_version_2_1(line: bytes) -> bool:
    """Return whether a line declares vCard 2.1."""
    return _VERSION_2_1.fullmatch(line) is not None


class _OpenCard(NamedTuple):
    """A card whose end has not been read yet, and the complete cards nested in it."""

    lines: list[NumberedLine]
    nested: list[list[NumberedLine]]

    @property
    def expects_card(self) -> bool:
        """Whether the last line is an AGENT, which a nested card follows (vCard 2.1, 2.4.2)."""
        agents = [_normalized(line) == b"AGENT:" for _, line in self.lines]
        return agents[-1:] == [True] and sum(agents) > len(self.nested)


def cards(
    content: bytes, max_bytes: int = limits.MAX_LINE_BYTES
) -> Iterator[tuple[list[NumberedLine], bool]]:
    """Yield the lines of each card, and whether the card is complete.

    Leave out cards nested in a complete one. Lines are cut as by `unfold`.
    """
    opened: list[_OpenCard] = []
    for number, line in unfold(content, max_bytes):
        if _normalized(line) == BEGIN:
            if not (opened and opened[-1].expects_card):
                yield from _incomplete(opened)
                opened = []
            opened.append(_OpenCard([], []))
        elif not opened:
            continue
        elif _normalized(line) == END:
            lines, _ = opened.pop()
            if opened:
                opened[-1].nested.append(lines)
            else:
                yield lines, True
        elif len(opened[-1].lines) <= limits.MAX_LINES:  # keep one too many, for check_lines
            opened[-1].lines.append((number, line))
    yield from _incomplete(opened)


def _incomplete(opened: Iterable[_OpenCard]) -> Iterator[tuple[list[NumberedLine], bool]]:
    """Yield incomplete cards, each followed by the complete ones nested in it."""
    for lines, nested in opened:
        yield lines, False
        yield from ((each, True) for each in nested)


def unfold(content: bytes, max_bytes: int = limits.MAX_LINE_BYTES) -> Iterator[NumberedLine]:
    """Yield unfolded content lines, with the number of the line on which each begins.

    A line that is longer than `max_bytes` has one byte more.
    Lines are bytes because a fold may split a character (RFC 6350, 3.2). In vCard 2.1 the space
    at a fold belongs to the text (2.1.3, after RFC 822, 3.1.1), and there are soft line breaks
    (RFC 2045, 6.7). An empty line ends a soft line break: some programs write one at the end of
    the text.
    """
    current = bytearray()
    first = 0
    is_2_1 = has_soft_break = is_base64 = is_quoted = False
    for number, line in _lines(content, max_bytes):
        if has_soft_break and _normalized(line) not in {BEGIN, END}:
            del current[-1:]
            current += line
        elif not line:
            continue
        elif current and line[:1] in b" \t":
            current += line if is_2_1 else line[1:]
        elif is_base64 and _BASE64.fullmatch(line):
            current += line  # old phones do not indent the data
        else:
            if current:
                yield first, bytes(current)
            is_2_1 = is_version_2_1(line) or (is_2_1 and _normalized(line) != BEGIN)
            current, first = bytearray(line), number
            is_quoted = b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()
            is_base64 = _BASE64_HEAD.match(line) is not None
        del current[max_bytes + 1 :]  # keep one byte too many, for check_line
        has_soft_break = is_quoted and current.endswith(b"=") and line != b""
    if current:
        yield first, bytes(current)


def _lines(content: bytes, max_bytes: int) -> Iterator[NumberedLine]:
    """Yield lines without line ends and byte order marks, which joined files have inside."""
    for number, match in enumerate(_LINE.finditer(content), 1):
        start, end = match.span(1)  # both -1 if the line is empty
        line = content[start : min(end, start + max_bytes + 1)]
        yield number, line.removeprefix(codecs.BOM_UTF8)


def decode(line: bytes, *, is_2_1: bool, encoding: str = "utf-8") -> Property:
    """Parse a line of any version into a property of 4.0, without CHARSET and ENCODING.

    A line without CHARSET has the given encoding; bytes that are not valid in it become surrogates.
    A line with a CHARSET or quoted-printable text that cannot be decoded becomes UNREADABLE.
    """
    text = line.decode(errors="surrogateescape")
    parsed = parse(text)
    charset = parsed.parameter("CHARSET")
    is_quoted = (parsed.parameter("ENCODING") or "").upper() == "QUOTED-PRINTABLE"
    if charset or is_quoted:
        octets = parsed.value.encode(errors="surrogateescape")
        octets = quopri.decodestring(octets) if is_quoted else octets
        try:
            value = octets.decode(charset or encoding)
        except (LookupError, UnicodeError):
            return Property(UNREADABLE, text)
        if "\0" in value or has_surrogates(value):
            return Property(UNREADABLE, text)
    else:
        if encoding != "utf-8":
            parsed = parse(line.decode(encoding, errors="surrogateescape"))
        value = parsed.value
    value = _ESCAPE_OR_QUOTE.sub(r"\1\2", value)  # no version escapes quotes, but programs do
    parameters = tuple(
        each
        for each in parsed.parameters
        if not (is_parameter(each, "CHARSET") or _TEXT_ENCODING.fullmatch(each))
    )
    value = _escape_2_1(parsed.key, value) if is_2_1 else escape(value, keep="\\;,")
    return parsed._replace(value=value, parameters=parameters)


def has_surrogates(text: str) -> bool:
    """Return whether a text has bytes that could not be decoded."""
    return _SURROGATE.search(text) is not None


def _escape_2_1(key: str, value: str) -> str:
    r"""Escape a value of vCard 2.1 as in 4.0; in 2.1 `\;` is a semicolon, `\n` is not a line break.

    `\\`, `\,` and `\:` are not in the standard (2.1.2), but many programs write them.
    """
    separators = _SEPARATORS_2_1.get(key, "\\;,")

    def escaped(match: re.Match[str]) -> str:
        return escape(match[1]) if match[1] else escape(match[0], keep=separators)

    return re.sub(r"\\([\\;,:\"])|\r\n|[\\;,\r\n]", escaped, value)
