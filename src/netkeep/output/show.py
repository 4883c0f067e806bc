"""Show records in the format asked for: the only place that knows there are several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from netkeep.domain.contact import Contact
from netkeep.domain.touchpoint import Touchpoint
from netkeep.errors import OutputError
from netkeep.output.records import one_to_json, to_csv, to_json, to_tsv
from netkeep.output.streams import answer, to_terminal
from netkeep.output.text import shown

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")


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
        from netkeep.output.tables import table_of  # noqa: PLC0415 - 3 ms, and scripts see none

        answer(table_of(records, record_type))


def show_contact(contact: Contact, latest: Sequence[Touchpoint], chosen: Format | None) -> None:
    """Show one contact: as a card with the latest touchpoints to people, else as one record."""
    if for_people(chosen):
        from netkeep.output.tables import card_of  # noqa: PLC0415 - see show

        answer(card_of(contact, latest))
    elif chosen is Format.json:
        answer(one_to_json(contact), "utf-8")
    else:
        _print_records([contact], Contact, chosen or Format.tsv)


def tell(
    sentences: Iterable[str], records: Sequence[R], record_type: type[R], chosen: Format | None
) -> None:
    """Say what was done, in a sentence a line, or show the resulting records if asked to."""
    with _saying_that_it_was_saved():
        if chosen in {None, Format.table}:
            answer("".join(f"{shown(sentence)}\n" for sentence in sentences))
        else:
            _print_records(records, record_type, chosen)


def tell_one(sentence: str, record: R, chosen: Format | None) -> None:
    """Say what was done in one sentence, or show the one resulting record if asked to."""
    if chosen is Format.json:
        with _saying_that_it_was_saved():
            answer(one_to_json(record), "utf-8")
    else:
        tell([sentence], [record], type(record), chosen)


@contextmanager
def _saying_that_it_was_saved() -> Iterator[None]:
    try:
        yield
    except OutputError as error:
        raise OutputError(f"the change is saved, but {error.sentence}") from None


def _print_records(records: Sequence[R], record_type: type[R], chosen: Format) -> None:
    match chosen:
        case Format.json:
            text = to_json(records)
        case Format.csv:
            text = to_csv(records, record_type)
        case _:
            text = to_tsv(records)
    answer(text, "utf-8")
