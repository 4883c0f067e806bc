"""The formats an import reads, each by its reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from netkeep.exchange import csv_text, google, linkedin, mapped, outlook, own_csv, own_json, vcard
from netkeep.exchange.own_json import Dump
from netkeep.exchange.plan import Record, Skipped
from netkeep.exchange.recognise import recognise


class Source(StrEnum):
    """What a file may be; csv and json are netkeep's own."""

    linkedin = "linkedin"
    google = "google"
    outlook = "outlook"
    csv = "csv"
    vcard = "vcard"
    json = "json"


_CSV_READERS = {Source.google: google.read, Source.outlook: outlook.read, Source.csv: own_csv.read}


def read(
    content: bytes, source: Source | None, mapping: Mapping[str, str], today: date
) -> tuple[Sequence[Record | Skipped], Dump]:
    """The people of a file, and the whole history of one that netkeep exported.

    With a mapping of columns to fields it is any CSV; else what it is said to be, or what its
    content says. BadValueError if it cannot be read at all.
    """
    if mapping:
        return mapped.read(csv_text.decode(content), today, mapping), Dump()
    source = source or Source(recognise(content))
    if source is Source.json:
        dump, skipped = own_json.read(content, today)
        return [*own_json.records(dump), *skipped], dump
    if source is Source.vcard:
        return vcard.read(content, today), Dump()
    if source is Source.linkedin:
        return linkedin.read(content, today), Dump()
    return _CSV_READERS[source](csv_text.decode(content), today), Dump()
