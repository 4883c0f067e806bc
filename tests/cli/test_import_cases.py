"""import: the files that people reported, through the command."""

import re
from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest
import vobject  # type: ignore[import-untyped]

from tests.conftest import Fails, Netkeep
from tests.exchange.test_cases import CASES, card

Write = Callable[[bytes], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file to be imported, and name it."""

    def written(content: bytes) -> str:
        path = tmp_path / "people"
        path.write_bytes(content)
        return str(path)

    return written


def test_a_second_import_of_any_reported_file_changes_nothing(
    netkeep: Netkeep, write: Write, tmp_path: Path
) -> None:
    for number, (text, _) in enumerate(CASES.values()):
        file = write(text.encode())
        db = ("--db", str(tmp_path / f"{number}.db"))
        netkeep(*db, "import", file, err=None)
        before = netkeep(*db, "export", "-").out
        said = netkeep(*db, "import", file, err=None)
        assert said.out == "Imported no one; 1 was known already.\n"
        assert netkeep(*db, "export", "-").out == before


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_vobject_and_icalendar_read_what_is_exported(
    netkeep: Netkeep, write: Write, version: str
) -> None:
    for text, _ in CASES.values():
        netkeep("import", write(text.encode()), "--keep", err=None)
    count = len(netkeep("list", "-f", "json").json)
    exported = netkeep("export", "-", "--as", "vcard", "--vcard-version", version).out
    cards = list(vobject.readComponents(exported))
    assert len(cards) == count
    assert all(len(card.contents["n"]) == 1 for card in cards)
    calendar = icalendar.Calendar.from_ical(netkeep("export", "-", "--as", "ics").out)
    assert calendar.walk("VEVENT")


@pytest.mark.parametrize("options", [["3.0"], ["4.0"], []], ids=str)
def test_what_is_exported_is_exported_again_as_the_same_bytes(
    netkeep: Netkeep, write: Write, tmp_path: Path, options: list[str]
) -> None:
    for text, _ in CASES.values():
        netkeep("import", write(text.encode()), "--keep", err=None)
    as_cards = ["--as", "vcard", "--vcard-version", *options] if options else ["--as", "json"]
    exported = netkeep("export", "-", *as_cards).out
    db = ("--db", str(tmp_path / "other.db"))
    netkeep(*db, "import", write(exported.encode()), err=None)
    again = netkeep(*db, "export", "-", *as_cards).out
    assert without_rev(again) == without_rev(exported)


def without_rev(text: str) -> str:
    """Leave out when each contact was changed last, which an import of cards does."""
    return re.sub(r"^REV:.*\n", "", text, flags=re.MULTILINE)


def test_an_encoding_can_be_named(netkeep: Netkeep, write: Write) -> None:
    file = write(card("N:Müller;Jörg", version="2.1").encode("cp1252"))
    hint = "name its encoding, such as --encoding cp1252, or save it as UTF-8"
    netkeep("import", file, err=f"left out card 1: line 3 is not UTF-8 text; {hint}\n")
    netkeep("import", file, "--encoding", "cp1252")
    assert netkeep("list", "--status", "all", "-f", "json").names == ["Jörg Müller"]


def test_a_csv_in_another_encoding_is_refused_with_a_hint(
    netkeep: Netkeep, fails: Fails, write: Write
) -> None:
    file = write("Vorname,Nachname,E-Mail-Adresse\nJörg,Müller,\n".encode("cp1252"))
    assert fails("import", file, code=2) == (
        "netkeep: line 2 is not UTF-8 text\n"
        "  name its encoding, such as --encoding cp1252, or save it as UTF-8\n"
    )
    netkeep("import", file, "--encoding", "cp1252")
    assert netkeep("list", "--status", "all", "-f", "json").names == ["Jörg Müller"]


def test_an_unknown_encoding_is_refused(fails: Fails, write: Write) -> None:
    assert fails("import", write(b""), "--encoding", "nope", code=2) == (
        'netkeep: there is no encoding "nope"\n'
        "  try cp1252 (Western Europe), cp1250 (Central Europe), latin-1 or shift_jis\n"
    )


def test_the_profile_of_a_file_is_not_exported(netkeep: Netkeep, write: Write) -> None:
    netkeep("import", write(card("PROFILE:VCARD", "FN:Ada").encode()), "--keep")
    assert "PROFILE" not in netkeep("export", "-", "--as", "vcard").out


@pytest.mark.parametrize("alarm", ["25:00", "9", "09:60", "noon", ""])
def test_an_alarm_that_is_no_time_is_refused(netkeep: Netkeep, fails: Fails, alarm: str) -> None:
    netkeep("add", "Ada")
    assert fails("export", "-", "--as", "ics", "--alarm", alarm, code=2) == (
        f'netkeep: "{alarm}" is not a time of the day\n  try --alarm 09:00\n'
    )


def test_an_alarm_is_for_a_calendar(netkeep: Netkeep, fails: Fails) -> None:
    netkeep("add", "Ada")
    assert fails("export", "-", "--as", "vcard", "--alarm", "09:00", code=2) == (
        "netkeep: --alarm is only for calendars\n  add --as ics\n"
    )
