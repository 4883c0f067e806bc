"""Files that people reported to have been read wrongly: the smallest inputs and their values."""

from datetime import date
from typing import Any

import pytest

from netkeep.domain.occasions import Birthday
from netkeep.exchange import sources
from netkeep.exchange.plan import Record, Skipped

TODAY = date(2026, 11, 22)


def card(*lines: str, version: str = "3.0") -> str:
    return "".join(
        f"{line}\r\n" for line in ("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD")
    )


def read(text: str) -> list[Record | Skipped]:
    return list(sources.read(text.encode(), None, {}, TODAY)[0])


LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
LINKEDIN_IN_FRENCH = "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Connecté le\n"
THUNDERBIRD = (
    "First Name,Last Name,Display Name,Primary Email,Secondary Email,Work Phone,Fax Number,"
    "Home City,Organization,Birth Year,Birth Month,Birth Day,Notes\n"
)
GERMAN = (
    "Anrede,Vorname,Nachname,Firma,Position,Ort geschäftlich,Mobiltelefon,Geburtstag,"
    "E-Mail-Adresse,Kategorien,Notizen\n"
)

# The input, and what some fields have to be.
CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "a fax and a pager are no phones": (
        card("FN:Ada", "TEL;WORK;FAX:+1 55", "TEL;PAGER:+1 56", "TEL;CELL:+1 57", version="2.1"),
        {"phones": ("+1 57",)},
    ),
    "TYPE=fax in a list": (card("FN:Ada", 'TEL;TYPE="work,fax":+1 55'), {"phones": None}),
    "a number for voice and fax": (
        card("FN:Ada", "TEL;TYPE=voice,fax:+1 55"),
        {"phones": ("+1 55",)},
    ),
    "PREF of 4.0": (
        card(
            *("FN;PREF=2:Second", "FN;PREF=1:First"),
            *("EMAIL;PREF=2:b@x.example", "EMAIL;PREF=1:a@x.example", "EMAIL:c@x.example"),
            version="4.0",
        ),
        {"name": "First", "emails": ("a@x.example", "b@x.example", "c@x.example")},
    ),
    "TYPE=pref of 3.0": (
        card("FN:Ada", "TEL:+1 55", "TEL;TYPE=home,pref:+1 56"),
        {"phones": ("+1 56", "+1 55")},
    ),
    "sep= as the first line": (
        "sep=;\r\nFirst Name;Last Name;E-mail Address\r\nOla;Nord;ola@x.example\r\n",
        {"name": "Ola Nord", "emails": ("ola@x.example",)},
    ),
    "Outlook in German": (
        GERMAN + "Herr,Jörg,Müller,Bäcker GmbH,Meister,Köln,+49 170,13.2.1984,"
        "joerg@x.example,Kunde;VIP,Größe\n",
        {
            "name": "Jörg Müller",
            "company": "Bäcker GmbH",
            "title": "Meister",
            "city": "Köln",
            "phones": ("+49 170",),
            "birthday": Birthday(2, 13, 1984),
            "emails": ("joerg@x.example",),
            "tags": ("Kunde", "VIP"),
            "note": "Größe",
        },
    ),
    "Thunderbird": (
        THUNDERBIRD
        + "Uma,Test,Uma Test,u@x.example,v@x.example,+1 55,+1 56,Oslo,Acme,1980,2,29,Hi\n",
        {
            "name": "Uma Test",
            "emails": ("u@x.example", "v@x.example"),
            "phones": ("+1 55",),
            "city": "Oslo",
            "company": "Acme",
            "birthday": Birthday(2, 29, 1980),
        },
    ),
    "LinkedIn in French": (
        LINKEDIN_IN_FRENCH + "Zoé,Martin,https://www.linkedin.com/in/zoe,,Acme,PDG,17 févr. 2023\n",
        {
            "name": "Zoé Martin",
            "company": "Acme",
            "title": "PDG",
            "met_on": date(2023, 2, 17),
            "urls": ("https://www.linkedin.com/in/zoe",),
        },
    ),
    "a family name of two words": (
        LINKEDIN + "Gabriel,García Márquez,,,,,17 Feb 2023\n",
        {"name": "Gabriel García Márquez"},
    ),
    "two N": (
        card("FN:John Smith", "N:Smith;John;Q.;Dr.;", "N:Smith;J.;;;"),
        {"name": "John Smith"},
    ),
    "a soft break before an empty line": (
        card(
            *("FN:Min Lee", "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91andu=", ""),
            *("CATEGORIES:chess", "TEL;CELL:555"),
            version="2.1",
        ),
        {"company": "Ñandu", "tags": ("chess",), "phones": ("555",)},
    ),
    "a photo that is not indented": (
        card("FN:Ada", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ", "SkZJRgAB", "", "NOTE:tea"),
        {"note": "tea"},
    ),
    "an escaped quote": (card("FN:Ada", r"NOTE:yes\, \"q\" C:\\new"), {"note": r'yes, "q" C:\new'}),
    "byte order marks": (
        card("\ufeffFN:Ada", "\ufeffNOTE:tea"),
        {"name": "Ada", "note": "tea"},
    ),
    "mailto": (
        card("FN:Ada", "EMAIL:mailto:a%2Bb@x.example?subject=Hi"),
        {"emails": ("a+b@x.example",)},
    ),
    "spaces around values": (
        card("FN: Ada King ", "N: King; Ada;;;", "EMAIL: a@x.example ").replace("CARD", "CARD "),
        {"name": "Ada King", "emails": ("a@x.example",)},
    ),
    "a company without a name": (card("N:;;;;", "FN:", "ORG:Acme;"), {"name": "Acme"}),
    "letters with strokes": (card("FN:Søren Łuk", version="4.0"), {"name": "Søren Łuk"}),
}
for cell, day in {
    "17 févr. 2023": date(2023, 2, 17),
    "17 Mai 2023": date(2023, 5, 17),
    "17 Sept 2023": date(2023, 9, 17),
    "17.02.2023": date(2023, 2, 17),
    "02/17/23": date(2023, 2, 17),
    "02/03/23": None,
    "17 Feb 2099": None,
    "soon": None,
}.items():
    CASES[f"connected on {cell}"] = (LINKEDIN + f"Ada,King,,,,,{cell}\n", {"met_on": day})
for line, birthday in {
    "BDAY:1604-02-18": Birthday(2, 18, None),
    "BDAY;VALUE=date:1604-02-29": Birthday(2, 29, None),
    "BDAY;X-APPLE-OMIT-YEAR=1604:1604-11-30": Birthday(11, 30, None),
    "BDAY:--0229": Birthday(2, 29, None),
    "BDAY:--02-14": Birthday(2, 14, None),
    "BDAY:0000-05-06": Birthday(5, 6, None),
    "BDAY:19730928T000000+0100": Birthday(9, 28, 1973),
    "BDAY;VALUE=date-and-or-time:1990-01-01T23:30:00Z": Birthday(1, 1, 1990),
    "BDAY:12/24/1980": Birthday(12, 24, 1980),
    "BDAY:13.2.1984": Birthday(2, 13, 1984),
    "BDAY:1904-02-29": Birthday(2, 29, 1904),
    "BDAY:2/3/1984": None,
    "BDAY:1980": None,
    "BDAY:1980-05": None,
    "BDAY:---06": None,
}.items():
    CASES[line] = (card("FN:Ada", line), {"birthday": birthday})


@pytest.mark.parametrize("case", CASES)
def test_a_reported_file_has_the_right_value(case: str) -> None:
    text, expected = CASES[case]
    (record,) = read(text)
    assert isinstance(record, Record)
    assert {field: record.fields.get(field) for field in expected} == expected


@pytest.mark.parametrize(
    "case", [case for case, (_, fields) in CASES.items() if None in fields.values()]
)
def test_a_date_that_is_not_understood_is_reported_and_kept(case: str) -> None:
    (record,) = read(CASES[case][0])
    assert isinstance(record, Record)
    if "phones" not in CASES[case][1]:
        assert len(record.unread) == 1
    assert record.extra


@pytest.mark.parametrize(
    ("kind", "member"),
    [
        ("KIND:group", "MEMBER:urn:uuid:b"),
        ("X-ADDRESSBOOKSERVER-KIND:group", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:b"),
    ],
)
def test_a_group_becomes_a_tag_of_its_members(kind: str, member: str) -> None:
    group, ola = read(card("FN:Chess", kind, "UID:a", member) + card("FN:Ola", "UID:b"))
    assert isinstance(ola, Record)
    assert ola.fields.get("tags") == ("Chess",)
    assert group == Skipped(
        "card 1", 'it is a group, and "Chess" is now a tag of 1 of its 1 members'
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_read(encoding: str) -> None:
    rows, _ = sources.read(card("FN:Zoë").encode(encoding), None, {}, TODAY)
    assert [row.fields["name"] for row in rows if isinstance(row, Record)] == ["Zoë"]
