"""Print records and results in the chosen format: a table for people, JSON, TSV or CSV.

The fields of these formats and their order are those of the domain values.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from netkeep.domain.serialize import json_value
from netkeep.domain.text import join_texts
from netkeep.errors import OutputError
from netkeep.output.streams import (
    escape_csv,
    escape_json,
    escape_tsv,
    is_stdout_terminal,
    print_message,
    sanitize,
    wrap,
    write_output,
)

if TYPE_CHECKING:  # every command imports this module, and few need these
    from pathlib import Path

    from netkeep.domain.stats import Branch, Stats

R = TypeVar("R", bound=NamedTuple)


class Format(StrEnum):
    """An output format."""

    table = "table"
    tsv = "tsv"
    json = "json"
    csv = "csv"


def resolve_format(chosen: Format | None) -> Format:
    """Return the format to print in: the chosen one, else a table on a terminal, else TSV."""
    return chosen or (Format.table if is_stdout_terminal() else Format.tsv)


def prints_table(chosen: Format | None) -> bool:
    """Return whether a table is printed, for people to read."""
    return resolve_format(chosen) is Format.table


def print_records(records: Sequence[R], record_type: type[R], chosen: Format | None) -> bool:
    """Print a list of records: a table for people; TSV is the default for programs.

    Return whether it is a table: people may need a hint about it.
    """
    if not prints_table(chosen):
        _write_records(records, record_type, chosen)
        return False
    if records:
        from netkeep.output.tables import render_records

        write_output(render_records(records, record_type))
    return True


def print_page(record: NamedTuple, chosen: Format | None, **details: object) -> None:
    """Print one record: for people a page, which may show more `details`, else the record alone."""
    if prints_table(chosen):
        from netkeep.output.pages import PAGES

        write_output(PAGES[type(record)](record, **details))
    else:
        _write_record(record, chosen)


def print_stats(stats: Stats, chosen: Format | None) -> None:
    """Print statistics: charts for people, one JSON document, or one figure per line."""
    if prints_table(chosen) or chosen is Format.json:
        print_page(stats, chosen)
    else:
        from netkeep.domain.stats import Figure, figures

        _write_records(list(figures(stats)), Figure, chosen)


def write_svg(stats: Stats, path: Path, *, force: bool) -> None:
    """Write statistics to an SVG file; raise OutputError as `write_file` does."""
    from netkeep.atomic import write_file
    from netkeep.output.pages import render_svg

    write_file(path, render_svg(stats).encode(), force=force)
    print_message(f"Wrote {path}.")


def print_tree(branches: Sequence[Branch], chosen: Format | None) -> None:
    """Print introductions: a tree for people, else a list."""
    if prints_table(chosen):
        from netkeep.output.pages import render_tree

        write_output(render_tree(branches))
    else:
        from netkeep.domain.stats import Branch

        _write_records(branches, Branch, chosen)


def print_lines(lines: Iterable[str]) -> None:
    """Print sanitized lines, wrapped at words on a terminal."""
    text = "".join(f"{wrap(sanitize(line), sys.stdout)}\n" for line in lines)
    if text:
        write_output(text)


def print_changes(sentences: Iterable[str]) -> None:
    """Print what a command has changed, one sentence per line."""
    with _report_saved_change():
        print_lines(sentences)


def print_result(
    sentence: str,
    record: R,
    chosen: Format | None,
    more: Iterable[str] = (),
    *,
    saved: bool = True,
) -> None:
    """Print what a command has done as sentences, or the resulting record if a format is chosen.

    `saved` says whether the database has changed.
    """
    with _report_saved_change() if saved else nullcontext():
        if chosen in {None, Format.table}:
            print_lines([sentence, *more])
        else:
            _write_record(record, chosen)


def print_results(
    sentences: Iterable[str], records: Sequence[R], record_type: type[R], chosen: Format | None
) -> None:
    """Print what a command has changed as sentences, or the records if a format is chosen."""
    with _report_saved_change():
        if chosen in {None, Format.table}:
            print_lines(sentences)
        else:
            _write_records(records, record_type, chosen)


@contextmanager
def _report_saved_change() -> Iterator[None]:
    """Say in an OutputError that the change itself is saved."""
    try:
        yield
    except OutputError as error:
        raise OutputError(f"the change is saved, but {error.sentence}") from None


def _write_record(record: NamedTuple, chosen: Format | None) -> None:
    if chosen is Format.json:
        write_output(f"{record_to_json(record)}\n", "utf-8")
    else:
        _write_records([record], type(record), chosen)


def _write_records(
    records: Sequence[NamedTuple], record_type: type[NamedTuple], chosen: Format | None
) -> None:
    match chosen:
        case Format.json:
            text = to_json(records)
        case Format.csv:
            text = to_csv(records, record_type)
        case _:
            text = to_tsv(records)
    write_output(text, "utf-8")


def to_json(records: Sequence[NamedTuple]) -> str:
    """Return one JSON array (RFC 8259), with one record per line."""
    if not records:
        return "[]\n"
    return "[" + ",".join(f"\n{record_to_json(record)}" for record in records) + "\n]\n"


def record_to_json(record: NamedTuple) -> str:
    """Return one JSON object, on one line."""
    import json

    return escape_json(json.dumps(json_value(record), ensure_ascii=False))


def to_tsv(records: Sequence[NamedTuple]) -> str:
    """Return one line per record, without a header; tab, newline and backslash are escaped."""
    return "".join(["\t".join(map(escape_tsv, _texts(record))) + "\n" for record in records])


def to_csv(records: Sequence[NamedTuple], record_type: type[NamedTuple]) -> str:
    """Return CSV with a header (RFC 4180, but with LF line ends) that no spreadsheet executes."""
    import csv

    from netkeep.domain.contact import Position

    def cell(value: Any) -> str:
        """Return a value as text; entries of a list can be told apart again."""
        if type(value) is not tuple:
            return _text(value)
        texts = (each.cell if isinstance(each, Position) else str(each) for each in value)
        return join_texts(texts, "; ")

    csv_text = io.StringIO()
    writer = csv.writer(csv_text, lineterminator="\n")
    writer.writerow(record_type._fields)
    for record in records:
        # Numbers are not escaped: -3 is a number, not a formula.
        writer.writerow(
            cell(value) if isinstance(value, int) else escape_csv(cell(value)) for value in record
        )
    return csv_text.getvalue()


def _texts(record: NamedTuple) -> list[str]:
    return [_text(value) for value in record]


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case tuple() if not hasattr(value, "_fields"):
            return "; ".join(map(str, value))
        case _:
            return str(value)
