"""The README tells the truth: its sessions are replayed, and nothing in it is missing."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from netkeep.cli.app import PANELS
from netkeep.config import PARSERS, Settings, default_database, load
from netkeep.domain.agenda import Nudge
from netkeep.domain.balance import Balance
from netkeep.domain.brief import Brief
from netkeep.domain.change import Change
from netkeep.domain.contact import Contact, Position
from netkeep.domain.days import FORMS, Toward, parse_day
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
from tests import readme_options
from tests.conftest import TODAY, Netkeep

README = readme_options.README.read_text()


def blocks(kind: str) -> Iterator[str]:
    return (block for block in re.findall(rf"^```{kind}\n(.*?)^```$", README, re.DOTALL | re.M))


def test_its_sessions_are_what_happens(netkeep: Netkeep) -> None:
    for command, expected in re.findall(
        r"^\$ (.*)\n((?:[^$].*\n)*)", "".join(blocks("console")), re.M
    ):
        printed = netkeep(*shlex.split(command)[1:]).out
        shown, _, cut = expected.partition("...\n")
        assert printed == expected or (cut == "" and shown and printed.startswith(shown)), command


@pytest.mark.parametrize("command", PANELS)
def test_every_command_is_in_it(command: str) -> None:
    assert re.search(rf"^\| `{command}[ `]", README, re.M)


def test_every_option_is_in_it_as_the_commands_have_it() -> None:
    is_as_it_is = readme_options.written(README) == README
    assert is_as_it_is, "write the options anew: python -m tests.readme_options"


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
def test_every_field_is_in_it_in_order(record_type: type[NamedTuple]) -> None:
    documented = " ".join(README.split())
    assert f"`{' '.join(record_type._fields)}`" in documented


def test_every_form_of_a_day_is_in_it_and_is_one() -> None:
    (line,) = re.findall(r"\*\*Days\*\*: (.*?)\. What", " ".join(README.split()))
    forms = re.findall(r"`(.*?)`", line)
    assert forms == re.split(r", | or ", FORMS)
    for form in forms:
        parse_day(form, parse_day(TODAY, None, Toward.PAST), Toward.PAST)  # type: ignore[arg-type]


def test_its_settings_can_be_set(tmp_path: Path) -> None:
    usual_block, sync_block = blocks("toml")
    block = usual_block + sync_block
    path = tmp_path / "config.toml"
    path.write_text(usual_block)
    assert load(path).by_key() == Settings(database=default_database()).by_key()
    path.write_text(block)
    assert load(path).sync.carry == ("vdirsyncer", "sync")
    for key in PARSERS:
        assert f"\n{key.rpartition('.')[2]} = " in f"\n{block}"
