"""Hostile files: each costs little, or is refused with the limit that it exceeds."""

from datetime import date

import pytest

from netkeep.domain.contact import Detail
from netkeep.errors import BadValueError
from netkeep.exchange import limits, sources
from netkeep.exchange.csv_rows import drafts
from netkeep.exchange.plan import Record, Skipped

TODAY = date(2026, 11, 22)
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Ada\n{}END:VCARD\n"
JSON = '{{"netkeep": 1, "contacts": [], "own_news": [{}]}}'
HEADER = "First Name,Last Name,E-mail Address\n"


def read(text: str) -> list[Record | Skipped]:
    rows, _ = sources.read(text.encode(), None, {}, TODAY)
    return list(rows)


@pytest.mark.parametrize(
    ("name", "limit", "text", "sentence"),
    [
        ("MAX_BYTES", 0, HEADER, "the file has more than 0 MB"),
        ("MAX_CSV_BYTES", 0, HEADER, "the CSV has more than 0 MB"),
        ("MAX_RECORDS", 1, HEADER + "a,b,\nc,d,\n", "the file has more than 1 people"),
        ("MAX_RECORDS", 1, CARD.format("") * 2, "the file has more than 1 people"),
        ("MAX_ROWS", 3, HEADER + "\n" * 3, "the file has more than 3 rows"),
        ("MAX_FILE_LINES", 4, CARD.format("NOTE:a\n b\n"), "the file has more than 4 lines"),
        ("MAX_PROPERTIES", 4, CARD.format("NOTE:a\nX:b\n"), "the file has more than 4 properties"),
        ("MAX_VALUES", 4, CARD.format("N:a;b;c;d;e;f\n"), "the file has more than 4 values"),
        ("MAX_CELLS", 3, HEADER + "a,b,,,\n", "line 2 has more than 3 cells"),
        ("MAX_LINE_BYTES", 40, HEADER + "a" * 41 + "\n", "line 2 has more than 40 bytes"),
        ("MAX_JSON_BYTES", 0, JSON.format(""), "the JSON needs more than 0 MB of memory"),
        ("MAX_JSON_VALUES", 3, JSON.format("1,1,1"), "the file has more than 3 values"),
        ("MAX_JSON_CONTAINERS", 3, JSON.format("[]"), "the file has more than 3 objects and lists"),
        ("MAX_JSON_RECORDS", 1, JSON.format("1,1"), "the file has more than 1 own news"),
        ("MAX_RECORDS", 1, '{"netkeep": 1, "contacts": [1, 1]}', "the file has more than 1 people"),
    ],
)
def test_a_file_beyond_a_limit_is_refused_with_the_limit(
    monkeypatch: pytest.MonkeyPatch, name: str, limit: int, text: str, sentence: str
) -> None:
    monkeypatch.setattr(limits, name, limit)
    with pytest.raises(BadValueError) as refused:
        read(text)
    assert refused.value.sentence == sentence


def test_notes_and_empty_rows_are_not_counted_as_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_RECORDS", 1)
    text = "Notes:\nSome are private.\n\nFirst Name,Last Name,Connected On\n\nAda,King,\n"
    assert len(read(text)) == 1


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("space", [" ", "\t"])
def test_folds_are_not_counted_as_properties(
    monkeypatch: pytest.MonkeyPatch, ending: str, space: str
) -> None:
    monkeypatch.setattr(limits, "MAX_PROPERTIES", 5)
    card = CARD.format(f"NOTE:a\n{space}b\n" + f"{space}c\n" * 5).replace("\n", ending)
    (record,) = read(card)
    assert isinstance(record, Record)
    assert record.fields["note"] == "abccccc"


@pytest.mark.parametrize(
    ("name", "limit", "lines", "reason"),
    [
        ("MAX_LINES", 3, "X:1\nX:2\n", "the card has more than 3 lines"),
        ("MAX_LINE_BYTES", 30, f"NOTE:{'a' * 26}\n", "line 4 has more than 30 bytes"),
        ("MAX_LINE_BYTES", 30, f"NOTE:a\n {'a' * 26}\n", "line 4 has more than 30 bytes"),
        ("MAX_LINE_BYTES", 30, f"PHOTOS:{'a' * 26}\n", "line 4 has more than 30 bytes"),
    ],
)
def test_a_card_beyond_a_limit_is_left_out_and_no_other(
    monkeypatch: pytest.MonkeyPatch, name: str, limit: int, lines: str, reason: str
) -> None:
    monkeypatch.setattr(limits, name, limit)
    skipped, record = read(CARD.format(lines) + CARD.format(""))
    assert skipped == Skipped("card 1", reason)
    assert isinstance(record, Record)


@pytest.mark.parametrize("head", ["PHOTO;ENCODING=b", "item1.LOGO;ENCODING=b", "KEY", "sound"])
def test_a_photo_may_be_longer_than_a_line(monkeypatch: pytest.MonkeyPatch, head: str) -> None:
    monkeypatch.setattr(limits, "MAX_LINE_BYTES", 50)
    (record,) = read(CARD.format(f"{head}:{'A' * 100}\nNOTE:tea\n"))
    assert isinstance(record, Record)
    assert record.fields["note"] == "tea"
    assert len(record.left_out) == 1


def test_a_cell_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_LINE_BYTES", 40)
    with pytest.raises(BadValueError, match=r"field larger than field limit \(40\)"):
        read(HEADER + '"' + "abc\n" * 20)


def test_the_entries_of_all_rows_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_VALUES", 3)
    _, rows = drafts("Name\nAda\nZoë\n", TODAY)
    first = next(rows)
    for tag in "abc":
        first.add(Detail.tag, tag)
    next(rows).add(Detail.tag, "d")
    with pytest.raises(BadValueError, match="the file has more than 3 values"):
        next(rows)


@pytest.mark.parametrize(
    "text",
    [
        CARD.format("".join(f"EMAIL:a{number}@x.example\n" for number in range(9_000))),
        CARD.format(f"CATEGORIES:{','.join(map(str, range(9_000)))}\n"),
        HEADER.replace("Last", "Categories,Last")
        + f'a,"{";".join(map(str, range(9_000)))}",b,x@x.example\n',
    ],
    ids=["emails", "categories", "cells"],
)
def test_thousands_of_entries_are_all_read(text: str) -> None:
    (record,) = read(text)
    assert isinstance(record, Record)
    assert len(record.fields.get("emails", ())) + len(record.fields.get("tags", ())) >= 9_000
