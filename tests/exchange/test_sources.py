"""The formats an import reads: how they are detected, and that each has its reader."""

from datetime import date

import pytest

from netkeep.domain.contact import Contact
from netkeep.errors import BadValueError
from netkeep.exchange.own_json import Dump, to_json
from netkeep.exchange.plan import Record, Skipped
from netkeep.exchange.sources import Source, detect, read
from tests.builders import contact, touchpoint

TODAY = date(2026, 11, 23)
OWN = dict.fromkeys(Contact._fields, "") | {"name": "Ada", "status": "active", "kind": "friend"}
FILES = {
    Source.linkedin: "First Name,Last Name,Connected On\nAda,,\n",
    Source.google: "First Name,Labels\nAda,\n",
    Source.outlook: "First Name,Last Name,E-mail Address\nAda,,\n",
    Source.csv: f"{','.join(OWN)}\n{','.join(OWN.values())}\n",
    Source.vcard: "BEGIN:VCARD\nFN:Ada\nEND:VCARD\n",
    Source.json: to_json(Dump(contacts=[contact(name="Ada")])),
}
REFUSALS = {
    Source.linkedin: "this is not LinkedIn's Connections.csv",
    Source.google: "this is not a CSV from Google Contacts",
    Source.outlook: "this is not a CSV from Outlook",
    Source.csv: "this is not a CSV from netkeep",
    Source.vcard: "this is not a vCard file",
    Source.json: "this is not JSON",
}


@pytest.mark.parametrize("source", Source)
def test_a_file_is_read_with_and_without_its_format(source: Source) -> None:
    content = FILES[source].encode()
    found, _ = recognised = read(content, None, {}, TODAY)
    assert recognised == read(content, source, {}, TODAY)
    (ada,) = found
    assert isinstance(ada, Record)
    assert ada.fields["name"] == "Ada"


@pytest.mark.parametrize("other", Source)
@pytest.mark.parametrize("source", Source)
def test_a_file_is_refused_in_any_other_format(source: Source, other: Source) -> None:
    if other is source or (source, other) == (Source.outlook, Source.linkedin):
        return  # whose columns are among those of the other
    with pytest.raises(BadValueError) as refused:
        read(FILES[source].encode(), other, {}, TODAY)
    assert refused.value.sentence.startswith((REFUSALS[other], "line 2 is not CSV"))


def test_a_mapping_overrides_the_format() -> None:
    for source in (None, Source.csv):
        (ada,), dump = read(b"First Name,Labels\nAda,x\n", source, {"Labels": "company"}, TODAY)
        assert isinstance(ada, Record)
        assert (ada.fields, dump) == ({"name": "x", "company": "x"}, Dump())


def test_only_json_of_netkeep_has_a_history() -> None:
    whole = Dump(contacts=[contact()], touchpoints=[touchpoint()])
    rows, dump = read(to_json(whole).encode(), None, {}, TODAY)
    assert (dump.contacts, dump.touchpoints) == (whole.contacts, whole.touchpoints)
    assert len(rows) == 1
    for source in set(Source) - {Source.json}:
        assert read(FILES[source].encode(), None, {}, TODAY)[1] == Dump()


def test_invalid_records_of_a_history_are_among_the_rows() -> None:
    whole = Dump(contacts=[contact()], touchpoints=[touchpoint()])
    content = to_json(whole).replace("catch-up", "chat").encode()
    rows, dump = read(content, None, {}, TODAY)
    assert [one for one in rows if isinstance(one, Skipped)] == [
        Skipped("touchpoint 1", "it is not in the form that netkeep writes")
    ]
    assert dump.touchpoints == []


def test_a_file_in_an_unknown_format_is_refused() -> None:
    with pytest.raises(BadValueError, match="the format is not recognised"):
        read(b"Who\nAda\n", None, {}, TODAY)


# Detection

GOOGLE = "First Name,Middle Name,Last Name,Organization Name,Labels,E-mail 1 - Value\nAda\n"
GOOGLE_OLD = "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type\nAda\n"
OUTLOOK = '"Title","First Name","Last Name","Company","E-mail Address","Birthday"\n'
LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
NOTES = 'Notes:\n"Some e-mail addresses\nare missing."\n\n'
OWN_HEADER = ",".join(Contact._fields)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (GOOGLE, "google"),
        (GOOGLE.replace(",", ";"), "google"),
        (GOOGLE_OLD, "google"),
        (OUTLOOK, "outlook"),
        (f"\n{OUTLOOK}", "outlook"),
        (LINKEDIN, "linkedin"),
        (NOTES + LINKEDIN + 'Ada,"Love\n', "linkedin"),
        (OWN_HEADER, "csv"),
        (f"{OWN_HEADER},Hat\n", "csv"),
        ("BEGIN:VCARD\r\nVERSION:4.0\r\n", "vcard"),
        ("\n begin:vcard\n", "vcard"),
        ('{"contacts": []}', "json"),
        ('\n[\n{"name": "Ada"}]', "json"),
        ("[]", "json"),
        ("{}", "json"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_format_is_detected_from_the_content(text: str, kind: str, encoding: str) -> None:
    assert detect(text.encode(encoding)) == kind


def test_a_vcard_in_any_encoding_is_detected() -> None:
    assert detect("BEGIN:VCARD\nVERSION:2.1\nN:Núñez\n".encode("latin-1")) == "vcard"


UNKNOWN = "the format is not recognised: "
HINT = "name the format with --as, or the columns with --map"
NO_KIND = f"{UNKNOWN}this is not a vCard, JSON, or CSV with known columns"


@pytest.mark.parametrize(
    ("content", "sentence", "hint"),
    [
        (b"", f"{UNKNOWN}the file is empty", HINT),
        (b"\n \n", f"{UNKNOWN}the file is empty", HINT),
        (b"\n" * 60 + LINKEDIN.encode(), NO_KIND, HINT),
        (b"Who,Mail,\nAda,a@x\n", NO_KIND, f"{HINT}; the columns of the file: Who, Mail"),
        (b"[Who],Mail\n", NO_KIND, f"{HINT}; the columns of the file: [Who], Mail"),
        (b"Name,Size\n", NO_KIND, f"{HINT}; the columns of the file: Name, Size"),
        (b"Email,Company\n", NO_KIND, f"{HINT}; the columns of the file: Email, Company"),
        (b"x" * 2_000, NO_KIND, f"{HINT}; the columns of the file: {'x' * 1_000}"),
        (b'Who\n"Ada\n', f"{UNKNOWN}line 2 is not CSV: unexpected end of data", HINT),
    ],
)
def test_an_unknown_format_is_refused(content: bytes, sentence: str, hint: str) -> None:
    with pytest.raises(BadValueError) as refused:
        detect(content)
    assert (refused.value.sentence, refused.value.hint) == (sentence, hint)


def test_content_that_is_no_text_is_refused() -> None:
    with pytest.raises(BadValueError, match="line 3 is not text"):
        detect(b"\x89PNG\r\n\x1a\n\0\0")
    with pytest.raises(BadValueError, match="line 2 is not UTF-8 text"):
        detect(b"Who\n\xff\n")
