"""Show records in the format asked for: the only place that knows there are several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from netkeep.errors import OutputError
from netkeep.output.records import one_to_json, to_csv, to_json, to_tsv
from netkeep.output.streams import answer, say, to_terminal
from netkeep.output.text import shown

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


def for_people(chosen: Format | None) -> bool:
    """Whether people read the answer: a table was asked for, or nothing, on a terminal."""
    return chosen is Format.table or (chosen is None and to_terminal())


def show(records: Sequence[R], record_type: type[R], chosen: Format | None) -> None:
    """Show a list: as a table to people, else as TSV if no other format was asked for."""
    if not for_people(chosen):
        _print_records(records, record_type, chosen or Format.tsv)
    elif records:
        from netkeep.output.tables import table_of

        answer(table_of(records, record_type))


def show_contact(
    contact: Contact,
    reasons: Sequence[Reason],
    latest: Sequence[Touchpoint],
    months: Sequence[Count],
    chosen: Format | None,
) -> None:
    """Show one contact: as a card, with why now and what was, to people; else one record."""
    if for_people(chosen):
        from netkeep.output.cards import card_of

        answer(card_of(contact, reasons, latest, months))
    else:
        _print_record(contact, chosen)


def show_brief(page: Brief, today: date, chosen: Format | None) -> None:
    """Show a brief: as one page to people, else as one record."""
    if for_people(chosen):
        from netkeep.output.cards import page_of

        answer(page_of(page, today))
    else:
        _print_record(page, chosen)


def show_progress(made: RoundProgress, today: date, chosen: Format | None) -> None:
    """Show people how far a round is; it stands above those who are in it."""
    if for_people(chosen):
        from netkeep.output.cards import progress_of

        answer(progress_of(made, today))


def show_stats(page: Stats, chosen: Format | None) -> None:
    """Show figures: as charts to people, as one document in JSON, else one figure a line."""
    if for_people(chosen):
        from netkeep.output.overview import overview_of

        answer(overview_of(page))
    elif chosen is Format.json:
        _print_record(page, chosen)
    else:
        from netkeep.domain.stats import Figure, figures

        _print_records(list(figures(page)), Figure, chosen or Format.tsv)


def write_picture(page: Stats, path: Path, *, force: bool) -> None:
    """Write figures as a picture, in SVG; OutputError as of write_file."""
    from netkeep.atomic import write_file
    from netkeep.output.overview import picture_of

    write_file(path, picture_of(page).encode(), force=force)
    say(f"Wrote {path}.")


def show_tree(branches: Sequence[Branch], record_type: type[Branch], chosen: Format | None) -> None:
    """Show who introduced whom: as a tree to people, else as a list."""
    if for_people(chosen):
        from netkeep.output.overview import tree_of

        answer(tree_of(branches))
    else:
        _print_records(branches, record_type, chosen or Format.tsv)


def tell(
    sentences: Iterable[str], records: Sequence[R], record_type: type[R], chosen: Format | None
) -> None:
    """Say what was done, in a sentence a line, or show the resulting records if asked to."""
    if chosen in {None, Format.table}:
        tell_lines(sentences)
    else:
        with _saying_that_it_was_saved():
            _print_records(records, record_type, chosen)


def tell_lines(sentences: Iterable[str]) -> None:
    """Say what was done, in a sentence a line."""
    with _saying_that_it_was_saved():
        show_lines(sentences)


def show_lines(sentences: Iterable[str]) -> None:
    """Say what there is, or what would be done, in a sentence a line."""
    text = "".join(f"{shown(sentence)}\n" for sentence in sentences)
    if text:
        answer(text)


def tell_one(
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
            show_lines([sentence, *more])
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
        answer(one_to_json(record), "utf-8")
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
    answer(text, "utf-8")
