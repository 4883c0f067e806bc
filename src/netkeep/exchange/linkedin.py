"""LinkedIn's Connections.csv, from "Get a copy of your data"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from netkeep.domain.contact import ContactFields, Detail, parse_detail
from netkeep.domain.days import parse_past_day
from netkeep.domain.text import NAME_LIMIT, parse_line
from netkeep.errors import BadValueError
from netkeep.exchange.csv_rows import decode_utf_8, numbered_rows
from netkeep.exchange.plan import Record, Skipped

MAX_LINES_TO_HEADER = 50  # lines of notes may precede it


def read(content: bytes, today: date) -> list[Record | Skipped]:
    """Read all rows after the header; raise BadValueError if this is another file."""
    # The notes before the header may have semicolons or tabs.
    rows = numbered_rows(decode_utf_8(content), delimiter=",")
    header = _find_header(rows)
    return [_record(f"line {number}", row, header, today) for number, row in rows if any(row)]


def _find_header(rows: Iterator[tuple[int, list[str]]]) -> list[str]:
    for _, row in itertools.islice(rows, MAX_LINES_TO_HEADER):
        header = [cell.strip() for cell in row]
        if {"First Name", "Last Name"} <= set(header):
            return header
    raise BadValueError(
        "this is not a Connections.csv of LinkedIn: no line has First Name and Last Name",
        'ask LinkedIn for a copy of your data, and take "Connections.csv" out of it',
    )


@lru_cache(maxsize=5_000)  # thousands of people share a few days
def _day_connected(text: str, today: date) -> date:
    return parse_past_day(text, today, "the day you connected")


def _record(place: str, row: list[str], header: list[str], today: date) -> Record | Skipped:
    cells = {name: " ".join(cell.split()) for name, cell in zip(header, row, strict=False)}
    name = f"{cells.get('First Name', '')} {cells.get('Last Name', '')}".strip()
    if not name:
        return Skipped(place, "no name")
    try:
        fields = ContactFields(name=parse_line(name, "name", NAME_LIMIT), met="LinkedIn")
        if company := cells.get("Company"):
            fields["company"] = parse_line(company, "company")
        if title := cells.get("Position"):
            fields["title"] = parse_line(title, "title")
        if connected := cells.get("Connected On"):
            fields["met_on"] = _day_connected(connected, today)
        if url := cells.get("URL"):
            fields["urls"] = (parse_detail(Detail.url, url),)
        if email := cells.get("Email Address"):
            fields["emails"] = (parse_detail(Detail.email, email),)
    except BadValueError as error:
        return Skipped(place, error.sentence)
    return Record(place, fields)
