"""The manual is right: its examples are run, and its lists are complete."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from netkeep.config import PARSERS, Settings, default_database, load
from netkeep.domain.agenda import Nudge
from netkeep.domain.balance import Balance
from netkeep.domain.brief import Brief
from netkeep.domain.change import Change
from netkeep.domain.contact import FIELDS, Contact, Detail, Position
from netkeep.domain.days import Length, Toward, parse_cadence, parse_day, parse_length
from netkeep.domain.maintenance import Backup, Fault, Setting
from netkeep.domain.occasions import Occasion, OwnNews
from netkeep.domain.rounds import Greeting, RoundProgress
from netkeep.domain.search import Find, Passage
from netkeep.domain.stats import (
    Branch,
    CadenceChange,
    Count,
    Figure,
    Introducer,
    KindCount,
    Load,
    Silence,
    Stats,
    Tally,
)
from netkeep.domain.touchpoint import Touchpoint
from netkeep.errors import BadValueError
from tests.conftest import TODAY, Netkeep
from tests.documents import MANUAL, blocks
from tests.test_readme import replay

PAGES = {topic: page.read_text() for topic, page in MANUAL.items()}


def section(topic: str, heading: str) -> str:
    """Return the text below a heading of a page."""
    (text,) = re.findall(
        rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGES[topic], re.DOTALL | re.MULTILINE
    )
    return str(text)


@pytest.mark.parametrize("topic", MANUAL)
def test_examples_print_what_the_page_shows(netkeep: Netkeep, topic: str) -> None:
    replay(netkeep, PAGES[topic])


@pytest.mark.parametrize("topic", MANUAL)
def test_page_begins_with_a_title_and_a_summary(topic: str) -> None:
    title, empty, summary, *_ = PAGES[topic].splitlines()
    assert title.startswith("# ")
    assert empty == ""
    assert summary[0].isupper()


@pytest.mark.parametrize(
    "record_type",
    [
        *(Nudge, Brief, Contact, Find, Touchpoint, Occasion),
        *(RoundProgress, Greeting, OwnNews, Balance, Position, Passage),
        *(Change, Backup, Fault, Setting),
        *(Stats, KindCount, Count, Tally, Silence, Introducer, Load, CadenceChange),
        *(Figure, Branch),
    ],
)
def test_formats_page_has_every_field_in_order(record_type: type[NamedTuple]) -> None:
    assert f"`{' '.join(record_type._fields)}`" in " ".join(PAGES["formats"].split())


@pytest.mark.parametrize("field", [*FIELDS, *(detail.field for detail in Detail)])
def test_formats_page_lists_the_sources_of_every_field(field: str) -> None:
    if field != "cadence":  # address books have no cadence
        assert f"\n| {field.replace('_', ' ')} |" in section("formats", "Import")


def test_documented_forms_of_days_are_accepted() -> None:
    today = parse_day(TODAY, None, Toward.PAST)  # type: ignore[arg-type]
    forms = examples(section("names-and-days", "Days").partition("\n\nA text with")[0])
    assert len(forms) > 20
    for form in forms:
        if re.fullmatch("[0-9]+[a-z]", form):
            assert isinstance(parse_length(form), Length)
        elif form not in {"log"}:
            parse_day(form, today, Toward.FUTURE)


def test_documented_ambiguous_days_are_refused() -> None:
    today = parse_day(TODAY, None, Toward.PAST)  # type: ignore[arg-type]
    (refused,) = re.findall(
        r"is refused: (.*?)\. netkeep", " ".join(PAGES["names-and-days"].split())
    )
    for form in examples(refused):
        with pytest.raises(BadValueError):
            parse_day(form, today, Toward.PAST)


def test_documented_lengths_and_cadences_are_accepted() -> None:
    forms = examples(section("names-and-days", "Lengths and cadences"))
    assert len(forms) > 10
    for form in forms:
        parse_cadence(form)


def examples(text: str) -> list[str]:
    return re.findall(r"`(.*?)`", text)


def test_files_page_lists_all_settings_with_their_defaults(tmp_path: Path) -> None:
    defaults, sync = blocks(PAGES["files"], "toml")
    path = tmp_path / "config.toml"
    path.write_text(defaults)
    assert load(path).by_key() == Settings(database=default_database()).by_key()
    block = defaults + sync
    path.write_text(block)
    assert load(path).sync.carry == ("vdirsyncer", "sync")
    for key in PARSERS:
        assert f"\n{key.rpartition('.')[2]} = " in f"\n{block}"
