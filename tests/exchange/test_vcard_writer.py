"""Writing vCards that netkeep and other programs can read."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]  # its stubs are not in use here
from hypothesis import given
from hypothesis import strategies as st
from icalendar.parser import Contentline, Contentlines

from netkeep.domain.contact import Contact, Detail, Kind, Status, distinct, parse_detail
from netkeep.domain.days import Length
from netkeep.domain.occasions import Birthday
from netkeep.domain.text import parse_line
from netkeep.errors import BadValueError
from netkeep.exchange.plan import Record
from netkeep.exchange.vcard import GOOGLE_GROUPS, read
from netkeep.exchange.vcard_writer import Version, to_vcard
from tests.builders import contact
from tests.exchange.test_vcard import GOOGLE, ICLOUD, OUTLOOK

TODAY = date(2026, 11, 23)
BARE = contact(
    name="Ada Lovelace",
    cadence=None,
    company=None,
    title=None,
    city=None,
    emails=(),
    phones=(),
    met=None,
    met_on=None,
    first_due_on=None,
)
FIELDS = (
    *("name", "company", "title", "city", "school", "met", "met_on", "birthday", "note", "status"),
    *("kind", "first_due_on", "snoozed_until", "emails", "phones", "urls", "tags"),
)


def bare(**changes: Any) -> Contact:
    return BARE._replace(**changes)


def written(ada: Contact, *extra: str, version: Version = "4.0") -> list[str]:
    """Return the lines of a card except those that every card has."""
    lines = to_vcard(ada, extra, "urn:uuid:1", version).split("\r\n")
    same = ("BEGIN:", "VERSION:", "UID:", "X-NETKEEP-", "REV:", "END:")
    return [line for line in lines if line and not line.startswith(same)]


def read_again(ada: Contact, *extra: str, version: Version = "4.0") -> Record:
    (record,) = read(to_vcard(ada, extra, "urn:uuid:1", version).encode(), TODAY)
    assert isinstance(record, Record)
    return record


def fields_of(ada: Contact) -> dict[str, Any]:
    """Return the fields that a record of a contact has, without empty ones."""
    values = ada._asdict()
    fields = {field: values[field] for field in FIELDS if values[field]}
    return {**fields, "cadence": ada.cadence, "uid": "urn:uuid:1"}


def is_valid(detail: Detail, text: str) -> bool:
    try:
        return parse_detail(detail, text) == text and text not in GOOGLE_GROUPS
    except BadValueError:
        return False


def is_line(text: str) -> bool:
    try:
        return parse_line(text, "text") == text
    except BadValueError:
        return False


def normal(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip())


HARD = st.sampled_from(',;:\\"nN=^ éß東😀\u200d')
LINES = st.text(
    HARD | st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=150
)
TEXTS = LINES.map(normal).filter(is_line)
NOTES = st.text(HARD | st.just("\n") | st.characters(exclude_categories=["Cs", "Cc"])).map(normal)
DAYS = st.dates(date(1900, 1, 1), TODAY)
BIRTHDAYS = DAYS.map(lambda day: Birthday(day.month, day.day, day.year))


def lists(detail: Detail, entries: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    kept = entries.map(normal).filter(lambda text: is_valid(detail, text))
    return st.lists(kept, max_size=3).map(lambda values: distinct(detail, values))


PEOPLE = st.builds(
    bare,
    name=TEXTS,
    company=st.none() | TEXTS,
    title=st.none() | TEXTS,
    city=st.none() | TEXTS,
    school=st.none() | TEXTS,
    met=st.none() | TEXTS,
    met_on=st.none() | DAYS,
    birthday=st.none() | BIRTHDAYS | BIRTHDAYS.map(lambda born: born._replace(year=None)),
    note=NOTES.map(lambda note: note or None),
    status=st.sampled_from(Status),
    kind=st.sampled_from(Kind),
    cadence=st.none() | st.builds(Length, st.integers(1, 9), st.sampled_from(["day", "year"])),
    first_due_on=st.none() | DAYS,
    snoozed_until=st.none() | st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    emails=lists(Detail.email, LINES.map(lambda text: "".join(text.split()) + "@x.example")),
    phones=lists(Detail.phone, LINES.map(lambda text: f"+1{text}2")),
    urls=lists(Detail.url, LINES.map(lambda text: f"https://x.example/{''.join(text.split())}")),
    tags=lists(Detail.tag, LINES),
)


@given(PEOPLE, st.sampled_from(["4.0", "3.0"]))
def test_a_written_card_is_read_back(ada: Contact, version: Version) -> None:
    assert dict(read_again(ada, version=version).fields) == fields_of(ada)


@given(PEOPLE, st.sampled_from(["4.0", "3.0"]))
def test_writing_a_card_that_was_read_changes_nothing(ada: Contact, version: Version) -> None:
    extra = read_again(ada, version=version).extra
    assert read_again(ada, *extra, version=version).extra == extra
    assert to_vcard(ada, extra, "1", version) == to_vcard(ada, (), "1", version)


EXTRA = st.sampled_from(
    [
        *(
            "N:Lovelace;Ada;;;",
            "N:;;;;",
            "FN:Ada Lovelace",
            "FN:Ada",
            "ORG:Engines;Research",
            "ORG:;x",
        ),
        *("TITLE:CTO", "TITLE;LANGUAGE=fr:PDG", "ADR;type=HOME:;;1 St;York;;;", "ADR:;;1 St;;;;"),
        *("EMAIL;type=WORK:A@x.example", "EMAIL:nobody", "i.TEL:+112", "i.X-ABLabel:x"),
        *("TEL;VALUE=uri:tel:+112", "URL;type=WORK:x.example", "CATEGORIES;PREF=1:chess,***,Tea"),
        *("CATEGORIES:tea,myContacts", "BDAY:1984-02-12T09:30:00Z", "BDAY:20990101", "NOTE;X=y:a"),
        *("UID;VALUE=text:1", "X-NETKEEP-KIND:foe", "X-NETKEEP-MET:x", "gar bage"),
    ]
)


@given(PEOPLE, st.lists(EXTRA), st.sampled_from(["4.0", "3.0"]))
def test_no_extra_line_contradicts_a_field(
    ada: Contact, extra: list[str], version: Version
) -> None:
    ada = ada._replace(tags=distinct(Detail.tag, [*ada.tags, *["tea", "chess"][: len(extra)]]))
    assert dict(read_again(ada, *extra, version=version).fields) == fields_of(ada)


def without_rev(text: str) -> str:
    return re.sub(r"^REV:.*\r\n", "", text, flags=re.MULTILINE)


# A card whose only group is Google's own is in no group, and says so no more.
GROUPED = EXTRA.filter(lambda line: "myContacts" not in line)


@given(PEOPLE, st.lists(GROUPED, max_size=4), st.sampled_from(["4.0", "3.0"]))
def test_a_card_that_was_exported_and_imported_is_exported_as_the_same_bytes(
    ada: Contact, extra: list[str], version: Version
) -> None:
    exported = to_vcard(ada, extra, "urn:uuid:1", version)
    (record,) = read(exported.encode(), TODAY)
    assert isinstance(record, Record)
    again = to_vcard(bare(**record.fields), record.extra, "urn:uuid:1", version)
    assert without_rev(again) == without_rev(exported)


@given(PEOPLE, st.lists(EXTRA, max_size=4), st.sampled_from(["4.0", "3.0"]))
def test_vobject_reads_a_card_with_any_extra_lines(
    ada: Contact, extra: list[str], version: Version
) -> None:
    card = vobject.readOne(to_vcard(ada, extra, "urn:uuid:1", version))
    assert len(card.contents["n"]) == 1
    card.serialize()


def changed_by_writing(content: bytes) -> list[tuple[Record, Record]]:
    """Return the cards of a file that differ after they are written and read again."""
    changed = []
    for record in read(content, TODAY):
        assert isinstance(record, Record)
        again = read_again(bare(**record.fields), *record.extra)
        own = ("status", "kind", "cadence", "uid")
        fields = {field: value for field, value in again.fields.items() if field not in own}
        if fields != record.fields or set(again.extra) != set(record.extra):
            changed.append((record, again))
    return changed


@pytest.mark.parametrize("content", [GOOGLE, ICLOUD, OUTLOOK], ids=["google", "icloud", "outlook"])
def test_cards_of_other_programs_are_written_unchanged(content: bytes) -> None:
    assert changed_by_writing(content) == []


@given(PEOPLE, st.sampled_from(["4.0", "3.0"]))
def test_icalendar_reads_every_line(ada: Contact, version: Version) -> None:
    text = to_vcard(ada, (), "urn:uuid:1", version)
    parts = [Contentline(line).parts() for line in Contentlines.from_ical(text) if line]  # type: ignore[no-untyped-call]
    values = [(name, value) for name, _, value in parts]
    assert ("FN", ada.name) in values
    assert [value for name, value in values if name == "NOTE"] == ([ada.note] if ada.note else [])
    assert tuple(value for name, value in values if name == "EMAIL") == ada.emails


@given(PEOPLE, st.sampled_from(["4.0", "3.0"]))
def test_vobject_reads_the_card(ada: Contact, version: Version) -> None:
    card = vobject.readOne(to_vcard(ada, (), "urn:uuid:1", version))
    assert card.fn.value == ada.name
    assert [each.value for each in card.contents.get("note", ())] == [ada.note] * bool(ada.note)
    assert [each.value for each in card.contents.get("org", ())] == [[ada.company]] * bool(
        ada.company
    )
    assert tuple(each.value for each in card.contents.get("email", ())) == ada.emails


def test_a_card_has_all_fields() -> None:
    ada = contact(
        school="MIT",
        urls=("https://ada.example/a,b",),
        tags=("chess", "tea, black"),
        birthday=Birthday(12, 10),
        note="one; two\nthree",
        snoozed_until=date(2026, 12, 1),
        updated_at=datetime(2026, 6, 5, 12, tzinfo=UTC),
    )
    assert to_vcard(ada, ["NICKNAME:Countess"], "urn:uuid:1").split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "N:Lovelace;Ada;;;",
        "FN:Ada Lovelace",
        "ORG:Analytical Engines",
        "TITLE:Analyst",
        "ADR:;;;London;;;",
        "EMAIL:ada@engines.example",
        "EMAIL:ada@home.example",
        "TEL:+44 20 7946 0000",
        "TEL:112",
        r"URL:https://ada.example/a\,b",
        r"CATEGORIES:chess,tea\, black",
        "BDAY:--1210",
        r"NOTE:one\; two\nthree",
        "UID:urn:uuid:1",
        "X-NETKEEP-STATUS:active",
        "X-NETKEEP-KIND:coworker",
        "X-NETKEEP-CADENCE:2 months",
        "X-NETKEEP-SCHOOL:MIT",
        "X-NETKEEP-MET:a party",
        "X-NETKEEP-MET-ON:2026-06-05",
        "X-NETKEEP-FIRST-DUE-ON:2026-06-07",
        "X-NETKEEP-SNOOZED-UNTIL:2026-12-01",
        "NICKNAME:Countess",
        "REV:20260605T120000Z",
        "END:VCARD",
        "",
    ]


@pytest.mark.parametrize(
    ("born", "version", "line"),
    [
        (Birthday(2, 12, 1984), "4.0", "BDAY:19840212"),
        (Birthday(2, 12), "4.0", "BDAY:--0212"),
        (Birthday(2, 12, 1984), "3.0", "BDAY:1984-02-12"),
        (Birthday(2, 29), "3.0", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29"),
    ],
)
def test_a_birthday_is_written_in_the_format_of_the_version(
    born: Birthday, version: Version, line: str
) -> None:
    assert written(bare(birthday=born), version=version)[2:] == [line]


def test_version_3_0_has_an_extended_time_of_the_change() -> None:
    text = to_vcard(BARE, (), "1", "3.0")
    assert text.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert "\r\nREV:2026-06-05T00:00:00Z\r\n" in text


@pytest.mark.parametrize(
    ("name", "n"),
    [
        ("Ada", "N:;Ada;;;"),
        ("Ada King Lovelace", "N:Lovelace;Ada King;;;"),
        ("Ada B;C", r"N:B\;C;Ada;;;"),
    ],
)
def test_the_parts_of_a_name_are_derived_from_it(name: str, n: str) -> None:
    assert written(bare(name=name))[0] == n


@pytest.mark.parametrize(
    ("name", "extra", "lines"),
    [
        ("Ada Lovelace", ["N:Lovelace;Ada;;;"], ["N:Lovelace;Ada;;;", "FN:Ada Lovelace"]),
        ("Ada King", ["N:Lovelace;Ada;;;"], ["N:King;Ada;;;", "FN:Ada King"]),
        ("Ada K", ["FN:Ada K", "N:Lovelace;Ada;;;"], ["N:Lovelace;Ada;;;", "FN:Ada K"]),
        ("Ada L", ["FN:Ada K", "N:Lovelace;Ada;;;"], ["N:L;Ada;;;", "FN:Ada L"]),
        ("Engines Inc", ["N:;;;;"], ["N:;;;;", "FN:Engines Inc"]),
        ("Ada", ["FN;LANGUAGE=en:Ada"], ["N:;Ada;;;", "FN;LANGUAGE=en:Ada"]),
    ],
)
def test_the_parts_of_a_name_stay_until_it_changes(
    name: str, extra: list[str], lines: list[str]
) -> None:
    assert written(bare(name=name), *extra) == lines


@pytest.mark.parametrize(
    ("field", "value", "extra"),
    [
        ("company", "Engines", "ORG:Engines;Research"),
        ("title", "Analyst", "TITLE;LANGUAGE=en:Analyst"),
        ("city", "Boston", "ADR;type=HOME:;;1 Main St;Boston;;;"),
        ("birthday", Birthday(2, 12, 1984), "BDAY:1984-02-12T09:30:00Z"),
        ("emails", ("ada@x.example",), "EMAIL;type=WORK:ada@x.example"),
        ("phones", ("+44-20",), "TEL;VALUE=uri:tel:+44-20"),
        ("tags", ("chess", "tea"), "CATEGORIES;PREF=1:chess,tea"),
    ],
)
def test_an_extra_line_replaces_a_field_with_the_same_value(
    field: str, value: object, extra: str
) -> None:
    assert written(bare(**{field: value}), extra)[2:] == [extra]
    gone = () if isinstance(value, tuple) and field != "birthday" else None
    assert written(bare(**{field: gone}), extra)[2:] == []


def test_a_changed_field_replaces_the_extra_line() -> None:
    extra = ["ORG:Engines;Research", "EMAIL;type=WORK:ada@x.example", "CATEGORIES;PREF=1:chess,*"]
    ada = bare(company="Initech", emails=("ada@home.example",), tags=("tea",))
    assert written(ada, *extra)[2:] == [
        "ORG:Initech",
        "EMAIL:ada@home.example",
        "CATEGORIES:tea",
        "CATEGORIES;PREF=1:*",
    ]


def test_an_entry_in_another_notation_keeps_its_parameters() -> None:
    extra = ["TEL;VALUE=uri;TYPE=cell:tel:+44-20", "EMAIL;TYPE=home:A@x.b", "EMAIL;TYPE=work:a@x.b"]
    ada = bare(phones=("+44 20",), emails=("A@x.b",))
    assert written(ada, *extra)[2:] == [
        "EMAIL;TYPE=home:A@x.b",
        "EMAIL;TYPE=work:A@x.b",
        "TEL;TYPE=cell:+44 20",
    ]


def test_entries_stay_in_order() -> None:
    ada = bare(emails=("a@b", "c@d", "e@f"))
    assert written(ada, "EMAIL;TYPE=work:e@f", "EMAIL;TYPE=home:a@b")[2:] == [
        "EMAIL;TYPE=home:a@b",
        "EMAIL:c@d",
        "EMAIL;TYPE=work:e@f",
    ]


def test_a_changed_field_replaces_only_the_first_of_two_values() -> None:
    extra = ["TITLE:Analyst", "TITLE:Countess"]
    assert written(bare(title="Analyst"), *extra)[2:] == ["TITLE:Analyst", "TITLE:Countess"]
    assert written(bare(title="CTO"), *extra)[2:] == ["TITLE:CTO", "TITLE:Countess"]


def test_lines_without_a_field_are_written_unchanged() -> None:
    extra = ["EMAIL:nobody", "ADR:;;1 Main St;;;;", "X-NETKEEP-UNREADABLE:gar bage", "x.Y;Z=1:a;b"]
    assert sorted(written(BARE, *extra, "gar")[2:]) == sorted([extra[0], extra[1], extra[3]])
    text = to_vcard(BARE, [*extra, "gar"], "1")
    assert "X-NETKEEP-UNREADABLE:gar bage\r\nx.Y;Z=1:a;b\r\nX-NETKEEP-UNREADABLE:gar\r\n" in text


def test_a_label_is_removed_with_its_line() -> None:
    extra = [
        "i.TEL;type=pref:+1 617",
        "i.X-ABLabel:Other",
        "j.X-ABDATE:20260101",
        "j.X-ABLabel:met",
    ]
    assert written(bare(phones=("+1 617",)), *extra)[2:] == extra
    assert written(BARE, *extra)[2:] == extra[2:]


def test_file_properties_and_line_breaks_in_extra_are_not_written() -> None:
    text = to_vcard(BARE, ["END:VCARD", "VERSION:2.1", "X-ANY:a\nEND:VCARD"], "1")
    assert text.count("END:VCARD\r\n") == 2
    assert "X-ANY:a\\nEND:VCARD\r\nREV:" in text


def test_a_uid_is_written_as_the_card_had_it() -> None:
    text = to_vcard(BARE, ["UID;VALUE=uri:urn:uuid:1"], "urn:uuid:1")
    assert "\r\nUID;VALUE=uri:urn:uuid:1\r\n" in text


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_a_second_n_is_kept_under_another_name(version: Version) -> None:
    extra = ["N:Smith;John;Quincy;;", "N:Smith;John;Q.;Dr.;", "X-ANY:x"]
    ada = bare(name="Dr. John Q. Smith")
    text = to_vcard(ada, extra, "1", version)
    assert [str(n.value.given) for n in vobject.readOne(text).contents["n"]] == ["John"]
    assert "\r\nX-ANY:x\r\nX-NETKEEP-OTHER-N:Smith;John;Quincy;;\r\n" in text
    again = read_again(ada, *extra, version=version)
    assert to_vcard(ada, again.extra, "1", version) == text


@pytest.mark.parametrize(
    ("line", "v3", "v4"),
    [
        (
            "PHOTO;ENCODING=b;TYPE=JPEG:AA==",
            "PHOTO;ENCODING=b;TYPE=JPEG:AA==",
            "PHOTO:data:image/jpeg;base64,AA==",
        ),
        (
            "PHOTO;PNG;BASE64;X-A=1:AA==",
            "PHOTO;ENCODING=b;TYPE=PNG;X-A=1:AA==",
            "PHOTO;X-A=1:data:image/png;base64,AA==",
        ),
        (
            "PHOTO:data:image/png;base64,AA==",
            "PHOTO;ENCODING=b;TYPE=PNG:AA==",
            "PHOTO:data:image/png;base64,AA==",
        ),
        (
            "KEY;ENCODING=b;TYPE=PGP:AA==",
            "KEY;ENCODING=b;TYPE=PGP:AA==",
            "KEY:data:application/pgp-keys;base64,AA==",
        ),
        ("SOUND;ENCODING=b:AA==", "SOUND;ENCODING=b:AA==", "SOUND:data:audio/basic;base64,AA=="),
        ("KEY:AA, BB", "KEY:AA, BB", "KEY:AA, BB"),
    ],
)
def test_data_is_written_as_the_version_has_it(line: str, v3: str, v4: str) -> None:
    assert written(BARE, line, version="3.0")[2:] == [v3]
    assert written(BARE, line, version="4.0")[2:] == [v4]
