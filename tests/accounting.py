"""Account for every value of an address book: `python -m tests.accounting FILE...`.

After an import each value is in a field of the JSON export, in a kept extra line, or was said to be
left out; anything else is lost. Upper and lower case count as the same. Files are read by csv, json
and a few lines for vCards, not by netkeep.
"""

from __future__ import annotations

import argparse
import calendar
import csv
import io
import json
import os
import quopri
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

PLACES = ("field", "extra line", "left out", "lost")
LISTS = ("contacts", "touchpoints", "occasions", "rounds", "own_news")
# What a report calls binary values.
BINARY = {"PHOTO": "a photo", "LOGO": "a logo", "SOUND": "a sound", "KEY": "a key"}
# The manual page `formats` says that these are left out.
UNSAID = {"PRODID", "REV", "PROFILE", "due_on", "last_touch_on"}
GROUPS = {"myContacts", "* myContacts"}
MARKUP = {"BEGIN", "END", "VERSION"}
# Parameters that say how to read a value.
HOW_WRITTEN = {"ENCODING", "QUOTED-PRINTABLE", "BASE64", "CHARSET", "VALUE", "X-APPLE-OMIT-YEAR"}
MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
MONTHS |= {"fev": 2, "mai": 5}  # French
REPEATS = re.compile("Name|Display Name|.* - Formatted")  # columns whose words are in others too
SEPARATOR = re.compile(r"(?<!\\)[;,] ?| \((?:#|until )|\)")  # of lists and of netkeep's own cells
UP_TO_COLON = re.compile(rb'((?:[^":]|"[^"]*")*):?')


class Value(NamedTuple):
    """A value, its column or property, and the place of its record, as netkeep names it."""

    place: str
    name: str
    text: str


class Kept(NamedTuple):
    """A record of the export: the texts of its fields, and its extra lines."""

    fields: list[str]
    extra: list[str]


def values_of(content: bytes, encoding: str = "utf-8") -> list[Value]:
    """Return the values of a vCard file, netkeep's JSON or a CSV, unless empty or zero."""
    if b"\0" in content[:2]:
        content = content.decode("utf-16-be" if content[0] == 0 else "utf-16-le").encode()
    if re.match(rb"\W*BEGIN\s*:\s*VCARD", content, re.IGNORECASE):
        values = _of_cards(content, encoding)
    else:
        text = content.decode(encoding).lstrip("\ufeff")
        values = _of_json(json.loads(text)) if text.startswith("{") else _of_csv(text)
    return [value for value in values if re.search(r"[^\W0]", value.text)]


def _of_csv(text: str) -> Iterator[Value]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=text.count))
    header: list[str] = []
    begins = 1
    for row in rows:
        place, begins = f"line {begins}", rows.line_num + 1
        if not header:
            header = row if len(list(filter(None, row))) > 2 else []  # notes may precede it
            continue
        cells = [*zip(header, row, strict=False), *(("", cell) for cell in row[len(header) :])]
        birth = [cell for name, cell in cells if name.startswith("Birth ") and cell]
        yield Value(place, "Birthday", "-".join(birth))
        for name, cell in cells:
            if not name.startswith("Birth "):
                unquoted = re.sub("^'(?=['=+@-])", "", cell)  # it was no formula
                yield from (Value(place, name, text) for text in unquoted.split(" ::: "))


def _of_json(document: Mapping[str, Any]) -> Iterator[Value]:
    for name in LISTS:
        for record in document[name]:
            for field, content in record.items():
                for text in _leaves(content):
                    yield Value(f"{name.removesuffix('s')} {record['id']}", field, text)


def _leaves(content: Any) -> Iterator[str]:
    """Yield the texts within a value of JSON."""
    if isinstance(content, dict):
        content = list(content.values())
    if isinstance(content, list):
        for each in content:
            yield from _leaves(each)
    elif content is not None:
        yield str(content)


def _of_cards(content: bytes, encoding: str) -> Iterator[Value]:
    number = 0
    for line in _unfolded(content):
        _, octets, value = UP_TO_COLON.split(line, maxsplit=1)
        head = octets.decode(encoding).strip()
        name, *parameters = re.findall(r'(?:[^;"]|"[^"]*")+', head)
        group, _, name = name.upper().strip().rpartition(".")
        number += name == "BEGIN"
        place = f"card {number}"
        if name in MARKUP:
            continue
        yield Value(place, f"{name} group", group)
        for parameter in parameters:
            key, _, written = parameter.rpartition("=")
            if {key.upper(), written.upper()}.isdisjoint(HOW_WRITTEN):
                for each in written.strip('"').split(","):
                    yield Value(place, f"{name} {key or 'TYPE'}", each)
        charset = re.search(r"CHARSET=([\w-]+)", head, re.IGNORECASE)
        is_quoted = "QUOTED-PRINTABLE" in head.upper()
        value = quopri.decodestring(value) if is_quoted else value
        text = value.decode(charset[1] if charset else encoding, errors="replace")
        for piece in [text] if name in BINARY else re.findall(r"(?:[^\\;,]|\\.)+", text):
            yield Value(place, name, _unescaped(piece))


def _unfolded(content: bytes) -> Iterator[bytes]:
    """Yield the lines of cards without folds, soft line breaks and line breaks within a photo."""
    current, is_2_1 = b"", False
    for line in content.replace("\ufeff".encode(), b"").splitlines():
        head = current.partition(b":")[0].upper()
        if line[:1] in {b" ", b"\t"} and line.strip():
            current += line if is_2_1 else line[1:]
        elif b"QUOTED-PRINTABLE" in head and current.endswith(b"="):
            current = current[:-1] + line
        elif re.search(b"BASE64|ENCODING=B", head) and re.fullmatch(b"[A-Za-z0-9+/]+=*", line):
            current += line
        elif line.strip():
            if current:
                yield current
            current = line
            is_2_1 = line.strip() == b"VERSION:2.1" or (is_2_1 and not line.startswith(b"BEGIN"))
    yield current


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: " " if match[1] in "nN" else match[1], text)


def account(
    values: Iterable[Value], report: Mapping[str, Any], export: Mapping[str, Any]
) -> list[tuple[Value, str]]:
    """Return where each value is, by the report of the import and the JSON export after it.

    The values of one place have to be in one record of the export: the one with most of its words.
    """
    kept = [_kept(record) for name in LISTS for record in export[name]]
    index: defaultdict[str, set[int]] = defaultdict(set)
    for number, (fields, extra) in enumerate(kept):
        for word in _words([*fields, *extra]):
            index[word].add(number)
    joined = "the same person as"
    gone = {each["place"] for each in report["skipped"] if not each["reason"].startswith(joined)}
    left_out = {(each["place"], each["reason"]) for each in report["left_out"]}
    by_place: defaultdict[str, list[Value]] = defaultdict(list)
    for value in values:
        by_place[value.place].append(value)
    found = []
    for place, of_place in by_place.items():
        weights: defaultdict[int, float] = defaultdict(float)
        for word in _words(value.text for value in of_place):
            for number in index[word]:
                weights[number] += 1 / len(index[word])
        record = kept[max(weights, key=weights.__getitem__)] if weights else Kept([], [])
        for value in of_place:
            prop = value.name.upper().partition(" ")[0]
            is_left_out = place in gone or (place, BINARY.get(prop)) in left_out
            is_left_out |= value.name in UNSAID or value.text in GROUPS
            found.append((value, "left out" if is_left_out else _where(value, record)))
    return found


def _kept(record: Mapping[str, Any]) -> Kept:
    fields = {name: content for name, content in record.items() if name != "extra"}
    lines = [each for line in record.get("extra", ()) for each in (line, _unescaped(line))]
    return Kept([*map(_normal, _leaves(fields))], [*map(_normal, lines)])


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in re.findall(r"\w+", _normal(text))}


def _where(value: Value, record: Kept) -> str:
    """Return where a value is as a whole, or else where its parts are."""
    text = _normal(value.text)
    if re.search(" (?:Label|Type|TYPE|group)$", value.name):
        text = text.lstrip("* ").replace("mobile", "cell")  # RFC 6350, 6.4.1
        record = Kept([], record.extra)
    if (where := _place(text, record)) != "lost":
        return where
    separator = " " if REPEATS.fullmatch(value.name) else SEPARATOR
    places = {_place(_unescaped(part), record) for part in re.split(separator, text) if part}
    return next(place for place in ("lost", "extra line", "field") if place in places)


def _place(text: str, record: Kept) -> str:
    run = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")
    if any(run.search(field) or _is_day(text, field) for field in record.fields):
        return "field"
    return "extra line" if any(map(run.search, record.extra)) else "lost"


def _is_day(text: str, field: str) -> bool:
    is_day = re.fullmatch("(?:[0-9]{4}|-)-[0-9]{2}-[0-9]{2}", field)
    return is_day is not None and _numbers(text) == _numbers(field)


def _numbers(text: str) -> list[int]:
    """Return the numbers of a day, sorted; its year may be short, missing, 0 or Apple's 1604."""
    text = re.sub("t[0-9].*", "", text)
    text = re.sub("^([0-9]{4}|--)([0-9]{2})([0-9]{2})$", r"\1-\2-\3", text)
    numbers = [int(number) % 100 for number in re.findall("[0-9]+", text) if number != "1604"]
    letters = re.sub("[^a-z ]", "", unicodedata.normalize("NFKD", text))
    months = [MONTHS[word[:3]] for word in letters.split() if word[:3] in MONTHS]
    return sorted(filter(None, (*numbers, *months)))


def main() -> None:
    """Import each file into a database of its own, and list where its values are."""
    parser = argparse.ArgumentParser(description="Account for every value of address books.")
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
    parser.add_argument("--encoding")
    arguments = parser.parse_args()
    option = ["--encoding", arguments.encoding] if arguments.encoding else []
    is_complete = True
    for path in arguments.files:
        with tempfile.TemporaryDirectory() as folder:
            report = _netkeep(folder, "import", str(path), *option, "--format", "json")
            export = _netkeep(folder, "export", "-", "--as", "json")
        values = values_of(path.read_bytes(), arguments.encoding or "utf-8")
        found = account(values, report, export)
        for value, where in found:
            print(where, *value, sep="\t")
        counts = Counter(where for _, where in found)
        summary = " + ".join(f"{counts[where]} {where}" for where in PLACES)
        print(f"{path.name}: {len(values)} values = {summary}", file=sys.stderr)
        is_complete = is_complete and not counts["lost"]
    sys.exit(not is_complete)


def _netkeep(folder: str, *arguments: str) -> Any:
    """Run a command that prints JSON, with the default settings."""
    database = str(Path(folder, "netkeep.db"))
    done = subprocess.run(
        [sys.executable, "-m", "netkeep", "--db", database, *arguments],
        check=True,
        stdout=subprocess.PIPE,
        env={**os.environ, "HOME": folder, "XDG_CONFIG_HOME": folder},
    )
    return json.loads(done.stdout)


if __name__ == "__main__":
    main()
