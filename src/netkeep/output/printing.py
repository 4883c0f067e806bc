"""Print records and results in the chosen format; no other module knows the formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from netkeep.errors import OutputError
from netkeep.output.records import record_to_json, to_csv, to_json, to_tsv
from netkeep.output.streams import is_stdout_terminal, print_message, sanitize, write_output

if TYPE_CHECKING:  # every command imports this module, and few of them need these
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


def print_records(records: Sequence[R], record_type: type[R], chosen: Format | None) -> None:
    """Print a list of records: a table for people; TSV is the default for programs."""
    if not prints_table(chosen):
        _write_records(records, record_type, chosen)
    elif records:
        from netkeep.output.tables import render_records

        write_output(render_records(records, record_type))


def print_page(record: NamedTuple, chosen: Format | None, **details: object) -> None:
    """Print one record: a page for people, which may show more `details`, else the record alone."""
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
    """Print who introduced whom: a tree for people, else a list."""
    if prints_table(chosen):
        from netkeep.output.pages import render_tree

        write_output(render_tree(branches))
    else:
        from netkeep.domain.stats import Branch

        _write_records(branches, Branch, chosen)


def print_lines(lines: Iterable[str]) -> None:
    """Print sanitized lines."""
    text = "".join(f"{sanitize(line)}\n" for line in lines)
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
    """Add to an OutputError that the change itself is saved."""
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
