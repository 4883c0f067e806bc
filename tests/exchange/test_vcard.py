"""Reading vCards of every version and program, without losing a property."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import Kind, Status
from netkeep.domain.days import Length
from netkeep.domain.occasions import Birthday
from netkeep.errors import BadValueError
from netkeep.exchange.content_lines import Property, decode, unfold
from netkeep.exchange.encodings import HINT
from netkeep.exchange.names import make_n
from netkeep.exchange.plan import Record, Skipped
from netkeep.exchange.vcard import left_out_lines, read

TODAY = date(2026, 11, 23)

GOOGLE = (
    """\
BEGIN:VCARD
VERSION:3.0
N:Perlman;Shafi;;;
FN:Shafi Perlman
ORG:University of Leeds
TITLE:Attorney
EMAIL;TYPE=INTERNET:shafi.perlman0@example.org
TEL;TYPE=CELL:+1 617 555 1186
TEL;TYPE=CELL:+1 212 555 0000
CATEGORIES:myContacts
BDAY:19840212
NOTE:Met at PyCon 2024.\\nLikes tea\\; strong\\, black. Ein sehr langer Satz \x1a
 \x1b über Käse und Brötchen. Ein sehr langer Satz über Käse und Brötchen.\x20
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:Nguyễn;François;;;
FN:François Nguyễn
ORG:Acme\\, Inc.
TITLE:Recruiter\\, EMEA
EMAIL;TYPE=INTERNET:francois.nguyen3@example.org
CATEGORIES:myContacts,Friends
BDAY:--0514
END:VCARD
""".replace("\n", "\r\n")
    .encode()
    .replace(b"\x1a\r\n \x1b", b"\xc3\r\n \xbc")
)

ICLOUD = """\
BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 18.1//EN
N:Perlman;Shafi;;;
FN:Shafi Perlman
ORG:University of Leeds;
TITLE:Attorney
EMAIL;type=INTERNET;type=WORK;type=pref:shafi.perlman0@example.org
item1.TEL;type=pref:+1 617 555 1186
item1.X-ABLabel:_$!<Other>!$_
item2.URL;type=pref:https://www.linkedin.com/in/shafi-perlman-00000
item2.X-ABLabel:LinkedIn
ADR;type=HOME:;;1 Main St;Boston;;;
BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-12
END:VCARD
BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 18.1//EN
N:García;Dorothy;;;
FN:Dorothy García
ORG:Bell Labs;Computing;
ADR;type=HOME:;;1 Main St;;;;
BDAY:1954-10-02
NOTE:Met at PyCon 2024.\\nLikes tea\\; strong\\, black.
END:VCARD
""".encode()

OUTLOOK = b"""\
BEGIN:VCARD
VERSION:2.1
N;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:Shamir;Zo=C3=AB;;;
FN;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB=20Shamir
ORG;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:=E6=9D=B1=E4=BA=AC=E7=
=A4=BE
TEL;CELL;VOICE:+1 617 555 1186
EMAIL;PREF;INTERNET:zoe.shamir@example.org
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:Knuth;Aarav;;;
FN;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:Aarav=20Knuth
ORG;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:Acme,=20Inc.
TEL;CELL;VOICE:+1 617 555 0994
END:VCARD
""".replace(b"\n", b"\r\n")


def card(*lines: str, version: str = "4.0") -> bytes:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode()


def read_one(*lines: str, version: str = "4.0") -> Record:
    (record,) = read(card(*lines, version=version), TODAY)
    assert isinstance(record, Record)
    return record


def fields(*lines: str, version: str = "4.0") -> dict[str, Any]:
    return dict(read_one(*lines, version=version).fields)


def extra(*lines: str, version: str = "4.0") -> tuple[str, ...]:
    return read_one(*lines, version=version).extra


def is_kept(record: Record, prop: Property) -> bool:
    """Whether a property is in the fields or in the extra lines."""
    if prop.line in record.extra:
        return True
    values = {str(each) for value in record.fields.values() for each in _each(value)}
    if prop.key == "BDAY":
        digits = re.sub(r"\D", "", str(record.fields["birthday"]))
        return re.sub(r"\D", "", prop.text).removeprefix("1604") == digits
    parts = prop.items if prop.key == "CATEGORIES" else [prop.text]
    parts = prop.parts if prop.key in {"ORG", "ADR"} else parts
    stripped = (part.strip() for part in parts)
    return prop.is_bare and all(
        part in values for part in stripped if part not in {"", "myContacts"}
    )


def _each(value: object) -> tuple[object, ...]:
    return tuple(value) if type(value) is tuple else (value,)


def lost(content: bytes) -> list[str]:
    """Return all properties of the cards of a file that are lost when it is read."""
    records = iter(read(content, TODAY))
    missing = []
    for _, line in unfold(content):
        prop = decode(line, is_2_1=b"VERSION:2.1" in content)
        if line == b"BEGIN:VCARD":
            record = next(records)
        elif prop.key not in {"END", "VERSION", "PRODID", "REV"}:
            assert isinstance(record, Record)
            if prop == make_n(record.fields["name"]):
                continue
            missing += [] if is_kept(record, prop) else [prop.line]
    return missing


@pytest.mark.parametrize("content", [GOOGLE, ICLOUD, OUTLOOK], ids=["google", "icloud", "outlook"])
def test_no_property_of_a_card_is_lost(content: bytes) -> None:
    assert lost(content) == []


def test_a_card_of_google_is_read() -> None:
    first, second = read(GOOGLE, TODAY)
    assert first == Record(
        "card 1",
        {
            "name": "Shafi Perlman",
            "company": "University of Leeds",
            "title": "Attorney",
            "emails": ("shafi.perlman0@example.org",),
            "phones": ("+1 617 555 1186", "+1 212 555 0000"),
            "birthday": Birthday(2, 12, 1984),
            "note": "Met at PyCon 2024.\nLikes tea; strong, black. Ein sehr langer Satz ü über"
            " Käse und Brötchen. Ein sehr langer Satz über Käse und Brötchen.",
        },
        (
            "EMAIL;TYPE=INTERNET:shafi.perlman0@example.org",
            "TEL;TYPE=CELL:+1 617 555 1186",
            "TEL;TYPE=CELL:+1 212 555 0000",
        ),
    )
    assert second == Record(
        "card 2",
        {
            "name": "François Nguyễn",
            "company": "Acme, Inc.",
            "title": "Recruiter, EMEA",
            "emails": ("francois.nguyen3@example.org",),
            "tags": ("Friends",),
            "birthday": Birthday(5, 14),
        },
        ("EMAIL;TYPE=INTERNET:francois.nguyen3@example.org",),
    )


def test_a_card_of_icloud_keeps_its_labels() -> None:
    first, second = read(ICLOUD, TODAY)
    assert first == Record(
        "card 1",
        {
            "name": "Shafi Perlman",
            "company": "University of Leeds",
            "title": "Attorney",
            "city": "Boston",
            "emails": ("shafi.perlman0@example.org",),
            "phones": ("+1 617 555 1186",),
            "urls": ("https://www.linkedin.com/in/shafi-perlman-00000",),
            "birthday": Birthday(2, 12),
        },
        (
            "EMAIL;type=INTERNET;type=WORK;type=pref:shafi.perlman0@example.org",
            "item1.TEL;type=pref:+1 617 555 1186",
            "item1.X-ABLabel:_$!<Other>!$_",
            "item2.URL;type=pref:https://www.linkedin.com/in/shafi-perlman-00000",
            "item2.X-ABLabel:LinkedIn",
            "ADR;type=HOME:;;1 Main St;Boston;;;",
        ),
    )
    assert isinstance(second, Record)
    assert "city" not in second.fields
    assert second.extra == (
        "ORG:Bell Labs;Computing;",
        "ADR;type=HOME:;;1 Main St;;;;",
    )


def test_a_card_of_outlook_is_converted_to_version_4_0() -> None:
    first, second = read(OUTLOOK, TODAY)
    assert first == Record(
        "card 1",
        {
            "name": "Zoë Shamir",
            "company": "東京社",
            "emails": ("zoe.shamir@example.org",),
            "phones": ("+1 617 555 1186",),
        },
        (
            "TEL;TYPE=CELL;TYPE=VOICE:+1 617 555 1186",
            "EMAIL;TYPE=PREF;TYPE=INTERNET:zoe.shamir@example.org",
        ),
    )
    assert isinstance(second, Record)
    assert second.fields["company"] == "Acme, Inc."


def test_a_property_that_a_field_has_completely_is_no_extra_line() -> None:
    record = read_one(
        "FN:Ada Lovelace",
        "ORG:Analytical Engines",
        "TITLE:Analyst",
        "ADR:;;;London;;;",
        "EMAIL:ada@engines.example",
        "TEL:+44 20 7946 0000",
        "URL:https://ada.example/a,b",
        r"CATEGORIES:chess,tea\, black,Chess",
        "BDAY;VALUE=date:1815-12-10T00:00:00Z",
        r"NOTE: two\nlines ",
        "UID:urn:uuid:1",
        "REV:20260605T000000Z",
    )
    assert record.extra == ()
    assert dict(record.fields) == {
        "name": "Ada Lovelace",
        "company": "Analytical Engines",
        "title": "Analyst",
        "city": "London",
        "emails": ("ada@engines.example",),
        "phones": ("+44 20 7946 0000",),
        "urls": ("https://ada.example/a,b",),
        "tags": ("chess", "tea, black"),
        "birthday": Birthday(12, 10, 1815),
        "note": "two\nlines",
        "uid": "urn:uuid:1",
    }


def test_properties_of_netkeep_are_read() -> None:
    record = read_one(
        "FN:Ada",
        "X-NETKEEP-STATUS:dropped",
        "X-NETKEEP-KIND:mentor",
        "X-NETKEEP-CADENCE:2 weeks",
        r"X-NETKEEP-SCHOOL:MIT\, Boston",
        "X-NETKEEP-MET:a party",
        "X-NETKEEP-MET-ON:2026-06-05",
        "X-NETKEEP-FIRST-DUE-ON:2026-06-07",
        "X-NETKEEP-SNOOZED-UNTIL:2027-01-01",
    )
    assert record.extra == ()
    assert dict(record.fields) == {
        "name": "Ada",
        "status": Status.dropped,
        "kind": Kind.mentor,
        "cadence": Length(2, "week"),
        "school": "MIT, Boston",
        "met": "a party",
        "met_on": date(2026, 6, 5),
        "first_due_on": date(2026, 6, 7),
        "snoozed_until": date(2027, 1, 1),
    }


def test_a_cadence_of_none_is_read() -> None:
    assert fields("FN:Ada", "X-NETKEEP-CADENCE:none") == {"name": "Ada", "cadence": None}


@pytest.mark.parametrize(
    ("line", "birthday"),
    [
        ("BDAY:1984-02-12", Birthday(2, 12, 1984)),
        ("BDAY:19840212", Birthday(2, 12, 1984)),
        ("BDAY:--0212", Birthday(2, 12)),
        ("BDAY:--02-12", Birthday(2, 12)),
        ("BDAY:--0229", Birthday(2, 29)),
        ("BDAY;VALUE=DATE-AND-OR-TIME:19840212T000000", Birthday(2, 12, 1984)),
        ("BDAY;VALUE=date;X-APPLE-OMIT-YEAR=1604:1604-02-29", Birthday(2, 29)),
        ("BDAY:1604-02-12", Birthday(2, 12)),
        ("BDAY:0000-02-12", Birthday(2, 12)),
        ("BDAY:12/24/1980", Birthday(12, 24, 1980)),
        ("BDAY:19730928T000000+0100", Birthday(9, 28, 1973)),
    ],
)
def test_a_birthday_is_read_in_every_format(line: str, birthday: Birthday) -> None:
    record = read_one("FN:Ada", line)
    assert record.fields["birthday"] == birthday
    assert record.extra == ()


@pytest.mark.parametrize(
    "line",
    [
        "BDAY:1984-02-12T09:30:00Z",
        "BDAY;CALSCALE=gregorian:19840212",
        "item1.BDAY:19840212",
        "BDAY;X-APPLE-OMIT-YEAR=1900:19840212",
    ],
)
def test_a_birthday_with_more_than_a_day_is_kept(line: str) -> None:
    record = read_one("FN:Ada", line)
    assert record.fields["birthday"] == Birthday(2, 12, 1984)
    assert record.extra == (line,)


@pytest.mark.parametrize(
    "line",
    [
        *("BDAY:1984", "BDAY:--02", "BDAY:---12", "BDAY:-0212", "BDAY:1984-02-30", "BDAY:20990101"),
        *("BDAY;VALUE=text:circa 1800", "BDAY:", "EMAIL:nobody", "TEL:none", "TEL;VALUE=uri:sip:x"),
        *("URL:nowhere", "CATEGORIES:***", f"TITLE:{'x' * 1001}", "NOTE:", r"TITLE:a\nb\u0001"),
        *("X-NETKEEP-KIND:foe", "X-NETKEEP-CADENCE:often", "X-NETKEEP-MET-ON:2026-11-24"),
        *("X-NETKEEP-FIRST-DUE-ON:soon", "X-NETKEEP-SNOOZED-UNTIL:2026-02-30", "ORG:;Research"),
        *("NICKNAME:Countess", "IMPP;X-SERVICE-TYPE=x:xmpp:ada", "X-ANY:", r"ADR:;;1 Main St\, 2"),
        *("PHOTO;VALUE=uri:https://x.example/a.jpg", "PHOTO:", "AGENT:CID:ada"),
    ],
)
def test_a_property_without_a_field_is_kept(line: str) -> None:
    line = line.replace(r"\u0001", "\x01")
    record = read_one("FN:Ada", line)
    assert dict(record.fields) == {"name": "Ada"}
    assert record.extra == (line,)
    assert record.left_out == ()


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("item1.EMAIL:ada@x.example", "emails", ("ada@x.example",)),
        ("TEL;VALUE=uri:tel:+44-20-7946-0000", "phones", ("+44-20-7946-0000",)),
        ("TEL:tel:+44-20;ext=12;phone-context=x", "phones", ("+44-20 ext. 12",)),
        ("ORG:Engines;Research", "company", "Engines"),
        (r"ORG:Analytical\nEngines", "company", "Analytical Engines"),
        ("ADR:;;1 Main St;Boston;;;", "city", "Boston"),
        ("ADR:;;;Boston;;;USA", "city", "Boston"),
        (r"ADR:;;;\tNew\n York", "city", r"\tNew York"),
        (r"TITLE:Chief\n Analyst", "title", "Chief Analyst"),
        ("NOTE;LANGUAGE=en:a note", "note", "a note"),
        ("CATEGORIES:chess,***", "tags", ("chess",)),
        ("CATEGORIES;PREF=1:chess", "tags", ("chess",)),
    ],
)
def test_a_property_that_a_field_has_in_part_is_kept(line: str, field: str, value: object) -> None:
    record = read_one("FN:Ada", line)
    assert dict(record.fields) == {"name": "Ada", field: value}
    assert record.extra == (line,)


def test_of_two_values_the_first_sets_the_field_and_both_are_kept() -> None:
    record = read_one("FN:Ada", "TITLE:Analyst", "TITLE:Countess", "ADR:;;x;", "ADR:;;;York;;;")
    assert dict(record.fields) == {"name": "Ada", "title": "Analyst", "city": "York"}
    assert record.extra == ("TITLE:Analyst", "TITLE:Countess", "ADR:;;x;", "ADR:;;;York;;;")


def test_the_group_of_all_google_contacts_is_no_tag() -> None:
    assert fields("FN:Ada", "CATEGORIES:myContacts,* myContacts") == {"name": "Ada"}


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["N:Lovelace;Ada;King;Dr.;Jr."], "Dr. Ada King Lovelace Jr."),
        (["N:Lovelace"], "Lovelace"),
        (["FN: ", "N:Lovelace;Ada;;;"], "Ada Lovelace"),
        (["N:;;;;", "ORG:Engines"], "Engines"),
        (["EMAIL:ada@x.example", "EMAIL:a@x.example"], "ada@x.example"),
        (["FN:\x07", "N:\x07;;;;", "ORG:\x07", "EMAIL:a@b"], "a@b"),
    ],
)
def test_a_card_without_fn_gets_another_name(lines: list[str], name: str) -> None:
    assert fields(*lines)["name"] == name


def test_fn_is_kept_if_it_differs_from_n() -> None:
    assert extra("FN:Ada King", "N:Lovelace;Ada;;;") == ("FN:Ada King", "N:Lovelace;Ada;;;")
    assert extra("FN:Ada Lovelace", "N:Lovelace;Ada;;;") == ()
    assert extra("FN:Ada King Lovelace", "N:Lovelace;Ada;King;;") == ("N:Lovelace;Ada;King;;",)


def test_a_card_without_any_name_is_skipped_with_the_reason() -> None:
    assert read(card("TEL:112"), TODAY) == [Skipped("card 1", "no name")]


def test_a_long_name_is_cut_and_kept_whole_in_an_extra_line() -> None:
    assert read_one(f"FN:{'x' * 201}") == Record(
        "card 1",
        {"name": "x" * 200},
        (f"FN:{'x' * 201}",),
        unread=("the name: it has 201 characters and is cut to 200",),
    )


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("PHOTO;ENCODING=b;TYPE=JPEG:/9j/", "a photo"),
        ("LOGO:data:image/png;base64,eA==", "a logo"),
        ("SOUND;ENCODING=BASE64:eA==", "a sound"),
        ("KEY;VALUE=text:-----BEGIN", "a key"),
    ],
)
def test_binary_data_is_left_out_and_named(line: str, label: str) -> None:
    assert read_one("FN:Ada", line) == Record("card 1", {"name": "Ada"}, (), (label,))


def test_a_nested_card_is_left_out_and_named() -> None:
    nested = card("FN:Grace", "AGENT:", *card("FN:Nobody").decode().splitlines()).decode()
    record = read_one("AGENT:", *nested.splitlines(), "FN:Ada", version="2.1")
    assert record == Record("card 1", {"name": "Ada"}, (), ("a card within the card",))


def test_a_card_that_ends_at_agent_does_not_contain_the_next_one() -> None:
    agent = b"BEGIN:VCARD\nVERSION:2.1\nFN:Cut\nAGENT:\n" + card("FN:Grace")
    endless = Skipped("card 1", "the card has no END:VCARD")
    grace, ada = Record("card 2", {"name": "Grace"}), Record("card 3", {"name": "Ada"})
    assert read(agent, TODAY) == [endless, grace]
    assert read(agent + card("FN:Ada"), TODAY) == [endless, grace, ada]


def test_an_invalid_line_is_kept() -> None:
    assert extra("FN:Ada", "gar bage") == ("X-NETKEEP-UNREADABLE:gar bage",)


def test_a_card_without_its_end_loses_no_other() -> None:
    begun = b"BEGIN:VCARD\nFN:Cut\n"
    assert read(begun + card("FN:Ada") + begun, TODAY) == [
        Skipped("card 1", "the card has no END:VCARD"),
        Record("card 2", {"name": "Ada"}),
        Skipped("card 3", "the card has no END:VCARD"),
    ]


def test_a_card_that_is_not_utf_8_loses_no_other() -> None:
    content = card("FN:Zoë").decode().encode("latin-1") + card("FN:Ada")
    assert read(content, TODAY) == [
        Skipped("card 1", f"line 3 is not UTF-8 text; {HINT}"),
        Record("card 2", {"name": "Ada"}),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_concatenated_files_may_each_have_a_byte_order_mark(encoding: str) -> None:
    two = f"{card('FN:Zoë').decode()}\ufeffbegin : vcard\nFN:Ada\nEnd:vCard\n"
    named = [record.fields["name"] for record in read(two.encode(encoding), TODAY)]  # type: ignore[union-attr]
    assert named == ["Zoë", "Ada"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "this is not a vCard file: it has no BEGIN:VCARD"),
        (b"name,email\nAda,a@b\n", "this is not a vCard file: it has no BEGIN:VCARD"),
        (b"\xff\xfeB\x00E", "line 1 is not UTF-16 text"),
        (b"\r\nFN:Ada\r\n\0", "line 3 is not text: it has a NUL in it"),
        (card("FN:Ada").decode().encode("utf-32-le"), "line 1 is not text: it has a NUL in it"),
    ],
)
def test_a_file_without_cards_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(BadValueError) as refused:
        read(content, TODAY)
    assert refused.value.sentence == sentence


def test_text_outside_cards_is_ignored() -> None:
    assert read(b"END:VCARD\nhello\n" + card("FN:Ada"), TODAY) == [
        Record("card 1", {"name": "Ada"})
    ]


@given(
    st.lists(st.sampled_from([*(GOOGLE + ICLOUD + OUTLOOK).splitlines(), b"AGENT:"]) | st.binary())
)
def test_anything_before_a_card_does_not_change_it(lines: list[bytes]) -> None:
    before = b"".join(line.replace(b"\0", b"") + b"\n" for line in [b"", *lines])
    records = read(before + card("FN:Ada"), TODAY)
    assert records[-1] == Record(f"card {len(records)}", {"name": "Ada"})


def test_a_photo_is_kept_whole_however_large_it_is() -> None:
    photo = "PHOTO;ENCODING=b;TYPE=JPEG:" + "A" * 2_000_000
    card = f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\n{photo}\r\nEND:VCARD\r\n"
    assert left_out_lines(card.encode()) == [photo]
