"""Which kind of file it is, by what is in it."""

import pytest

from netkeep.domain.contact import Contact
from netkeep.errors import BadValueError
from netkeep.exchange.sources import detect

GOOGLE = "First Name,Middle Name,Last Name,Organization Name,Labels,E-mail 1 - Value\nAda\n"
GOOGLE_OLD = "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type\nAda\n"
OUTLOOK = '"Title","First Name","Last Name","Company","E-mail Address","Birthday"\n'
LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
NOTES = 'Notes:\n"Some e-mail addresses\nare missing."\n\n'
OWN = ",".join(Contact._fields)


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
        (OWN, "csv"),
        (f"{OWN},Hat\n", "csv"),
        ("BEGIN:VCARD\r\nVERSION:4.0\r\n", "vcard"),
        ("\n begin:vcard\n", "vcard"),
        ('{"contacts": []}', "json"),
        ('\n[\n{"name": "Ada"}]', "json"),
        ("[]", "json"),
        ("{}", "json"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_known_by_its_content(text: str, kind: str, encoding: str) -> None:
    assert detect(text.encode(encoding)) == kind


def test_an_old_card_is_known_whatever_it_is_written_in() -> None:
    assert detect("BEGIN:VCARD\nVERSION:2.1\nN:Núñez\n".encode("latin-1")) == "vcard"


UNKNOWN = "netkeep does not know this file: "
HINT = "say what it is with --as, or with --map which column is what"
NO_KIND = f"{UNKNOWN}it is no vCard and no JSON, and no CSV with columns it knows"


@pytest.mark.parametrize(
    ("content", "sentence", "hint"),
    [
        (b"", f"{UNKNOWN}it is empty", HINT),
        (b"\n \n", f"{UNKNOWN}it is empty", HINT),
        (b"\n" * 60 + LINKEDIN.encode(), NO_KIND, HINT),
        (b"Who,Mail,\nAda,a@x\n", NO_KIND, f"{HINT}; its columns: Who, Mail"),
        (b"[Who],Mail\n", NO_KIND, f"{HINT}; its columns: [Who], Mail"),
        (b"First Name,Last Name\n", NO_KIND, f"{HINT}; its columns: First Name, Last Name"),
        (b"x" * 2_000, NO_KIND, f"{HINT}; its columns: {'x' * 1_000}"),
        (b'Who\n"Ada\n', f"{UNKNOWN}line 2 is not CSV: unexpected end of data", HINT),
    ],
)
def test_a_file_of_another_kind_is_not_guessed_at(content: bytes, sentence: str, hint: str) -> None:
    with pytest.raises(BadValueError) as refused:
        detect(content)
    assert (refused.value.sentence, refused.value.hint) == (sentence, hint)


def test_what_is_no_text_is_said_to_be_none() -> None:
    with pytest.raises(BadValueError, match="line 3 is not text"):
        detect(b"\x89PNG\r\n\x1a\n\0\0")
    with pytest.raises(BadValueError, match="line 2 is not UTF-8 text"):
        detect(b"Who\n\xff\n")
