"""Show records in the format asked for: the only place that knows there are several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from netkeep.errors import OutputError
from netkeep.output.records import record_to_json, to_csv, to_json, to_tsv
from netkeep.output.sanitizer import sanitize
from netkeep.output.streams import is_stdout_terminal, print_message, write_output

if TYPE_CHECKING:  # every command loads this file, and few have to do with these
    from datetime import date
    from pathlib import Path

    from netkeep.domain.agenda import Reason
    from netkeep.domain.brief import Brief
    from netkeep.domain.contact import Contact
    from netkeep.domain.rounds import RoundProgress
    from netkeep.domain.stats import Branch, Count, Stats
    from netkeep.domain.touchpoint import Touchpoint

R = TypeVar("R", bound=NamedTuple)


class Format(StrEnum):
    """What the answer looks like."""

    table = "table"
    tsv = "tsv"
    json = "json"
    csv = "csv"


def prints_table(chosen: Format | None) -> bool:
    """Whether people read the answer: a table was asked for, or nothing, on a terminal."""
    return chosen is Format.table or (chosen is None and is_stdout_terminal())


def print_records(records: Sequence[R], record_type: type[R], chosen: Format | None) -> None:
    """Show a list: as a table to people, else as TSV if no other format was asked for."""
    if not prints_table(chosen):
        _print_records(records, record_type, chosen or Format.tsv)
    elif records:
        from netkeep.output.tables import table_of

        write_output(table_of(records, record_type))


def print_contact(
    contact: Contact,
    reasons: Sequence[Reason],
    latest: Sequence[Touchpoint],
    months: Sequence[Count],
    chosen: Format | None,
) -> None:
    """Show one contact: as a card, with why now and what was, to people; else one record."""
    if prints_table(chosen):
        from netkeep.output.cards import card_of

        write_output(card_of(contact, reasons, latest, months))
    else:
        _print_record(contact, chosen)


def print_brief(page: Brief, today: date, chosen: Format | None) -> None:
    """Show a brief: as one page to people, else as one record."""
    if prints_table(chosen):
        from netkeep.output.cards import page_of

        write_output(page_of(page, today))
    else:
        _print_record(page, chosen)


def print_round_progress(made: RoundProgress, today: date, chosen: Format | None) -> None:
    """Show people how far a round is; it stands above those who are in it."""
    if prints_table(chosen):
        from netkeep.output.cards import progress_of

        write_output(progress_of(made, today))


def print_stats(page: Stats, chosen: Format | None) -> None:
    """Show figures: as charts to people, as one document in JSON, else one figure a line."""
    if prints_table(chosen):
        from netkeep.output.overview import overview_of

        write_output(overview_of(page))
    elif chosen is Format.json:
        _print_record(page, chosen)
    else:
        from netkeep.domain.stats import Figure, figures

        _print_records(list(figures(page)), Figure, chosen or Format.tsv)


def write_svg(page: Stats, path: Path, *, force: bool) -> None:
    """Write figures as a picture, in SVG; OutputError as of write_file."""
    from netkeep.atomic import write_file
    from netkeep.output.overview import picture_of

    write_file(path, picture_of(page).encode(), force=force)
    print_message(f"Wrote {path}.")


def print_tree(
    branches: Sequence[Branch], record_type: type[Branch], chosen: Format | None
) -> None:
    """Show who introduced whom: as a tree to people, else as a list."""
    if prints_table(chosen):
        from netkeep.output.overview import tree_of

        write_output(tree_of(branches))
    else:
        _print_records(branches, record_type, chosen or Format.tsv)


def print_results(
    sentences: Iterable[str], records: Sequence[R], record_type: type[R], chosen: Format | None
) -> None:
    """Say what was done, in a sentence a line, or show the resulting records if asked to."""
    if chosen in {None, Format.table}:
        print_changes(sentences)
    else:
        with _saying_that_it_was_saved():
            _print_records(records, record_type, chosen)


def print_changes(sentences: Iterable[str]) -> None:
    """Say what was done, in a sentence a line."""
    with _saying_that_it_was_saved():
        print_lines(sentences)


def print_lines(sentences: Iterable[str]) -> None:
    """Say what there is, or what would be done, in a sentence a line."""
    text = "".join(f"{sanitize(sentence)}\n" for sentence in sentences)
    if text:
        write_output(text)


def print_result(
    sentence: str,
    record: R,
    chosen: Format | None,
    more: Iterable[str] = (),
    *,
    saved: bool = True,
) -> None:
    """Say what was done, and what more follows, or show the one resulting record if asked to."""
    with _saying_that_it_was_saved() if saved else nullcontext():
        if chosen in {None, Format.table}:
            print_lines([sentence, *more])
        else:
            _print_record(record, chosen)


@contextmanager
def _saying_that_it_was_saved() -> Iterator[None]:
    try:
        yield
    except OutputError as error:
        raise OutputError(f"the change is saved, but {error.sentence}") from None


def _print_record(record: NamedTuple, chosen: Format | None) -> None:
    if chosen is Format.json:
        write_output(record_to_json(record), "utf-8")
    else:
        _print_records([record], type(record), chosen or Format.tsv)


def _print_records(
    records: Sequence[NamedTuple],
    record_type: type[NamedTuple],
    chosen: Format | None,
) -> None:
    match chosen:
        case Format.json:
            text = to_json(records)
        case Format.csv:
            text = to_csv(records, record_type)
        case _:
            text = to_tsv(records)
    write_output(text, "utf-8")
