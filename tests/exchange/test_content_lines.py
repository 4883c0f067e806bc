"""Content lines: unfolding, parsing, escaping and folding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar.parser import Contentline

from netkeep.exchange.content_lines import (
    UNREADABLE,
    Property,
    decode,
    escape,
    fold,
    has_surrogates,
    parse,
    unfold,
)


def unfolded(content: bytes) -> list[str]:
    return [line.decode() for _, line in unfold(content)]


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_lines_with_any_line_end_have_the_number_of_their_first_line(end: bytes) -> None:
    content = end.join([b"FN:Ada", b"", b"NOTE:long", b"  and", b"\tmore", b"END:VCARD"])
    assert list(unfold(content)) == [(1, b"FN:Ada"), (3, b"NOTE:long andmore"), (6, b"END:VCARD")]


def test_empty_file_has_no_lines() -> None:
    assert list(unfold(b"")) == []


def test_a_fold_may_split_a_character() -> None:
    assert unfolded("NOTE:Käse".encode().replace(b"\xa4", b"\r\n \xa4")) == ["NOTE:Käse"]


def test_an_indented_first_line_is_a_line() -> None:
    assert unfolded(b" FN:Ada") == [" FN:Ada"]


def test_version_2_1_keeps_the_space_at_a_fold_until_the_next_card() -> None:
    cards = b"BEGIN:VCARD\nVERSION:2.1\nNOTE:an\n example\nEND:VCARD\nBEGIN:VCARD\nNOTE:an\n other"
    assert unfolded(cards)[2:] == ["NOTE:an example", "END:VCARD", "BEGIN:VCARD", "NOTE:another"]


def test_a_line_after_a_soft_line_break_is_appended_unchanged() -> None:
    content = b"ORG;ENCODING=QUOTED-PRINTABLE:=E7=\r\n=A4=BE=\r\n x\r\nTEL:1="
    assert unfolded(content) == ["ORG;ENCODING=QUOTED-PRINTABLE:=E7=A4=BE x", "TEL:1="]


def test_a_soft_line_break_does_not_hide_the_end_of_a_card() -> None:
    content = b"NOTE;QUOTED-PRINTABLE:cut=\r\nEND:VCARD"
    assert unfolded(content) == ["NOTE;QUOTED-PRINTABLE:cut=", "END:VCARD"]


def test_base64_data_need_not_be_indented() -> None:
    content = b"PHOTO;BASE64:/9j/\n\nAAA=\nTEL:112"
    assert unfolded(content) == ["PHOTO;BASE64:/9j/AAA=", "TEL:112"]


@pytest.mark.parametrize(
    ("line", "parsed"),
    [
        ("FN:Ada", Property("FN", "Ada")),
        ("fn :Ada", Property("fn", "Ada")),
        ("URL:http://x", Property("URL", "http://x")),
        ("item1.TEL;type=pref:1", Property("TEL", "1", ("type=pref",), "item1")),
        ("TEL;CELL;;VOICE:1", Property("TEL", "1", ("TYPE=CELL", "TYPE=VOICE"))),
        ("NOTE;base64:eA==", Property("NOTE", "eA==", ("ENCODING=base64",))),
        ('ADR;LABEL="a;b:c":;;x', Property("ADR", ";;x", ('LABEL="a;b:c"',))),
        ("X-PHONETIC_NAME:", Property("X-PHONETIC_NAME", "")),
    ],
)
def test_a_line_is_parsed(line: str, parsed: Property) -> None:
    assert parse(line) == parsed


@pytest.mark.parametrize("line", ["garbage", "", ":", "a b:c", 'X;Y="open:never', "FN;x", "é!:x"])
def test_an_invalid_line_is_kept_unchanged(line: str) -> None:
    assert parse(line) == Property(UNREADABLE, line)
    assert parse(parse(line).line) == parse(line)


def test_a_parameter_is_found_regardless_of_case_and_quotes() -> None:
    written = parse('TEL;type=home;Value="uri":tel:1')
    assert (written.parameter("VALUE"), written.parameter("PREF")) == ("uri", None)
    assert not written.is_bare


def test_a_value_is_read_as_a_text_as_parts_or_as_items() -> None:
    written = parse(r"ORG:A\, B\; C;D,E\nF\\n")
    assert written.text == "A, B; C;D,E\nF\\n"
    assert written.parts == ["A, B; C", "D,E\nF\\n"]
    assert written.items == ["A, B; C;D", "E\nF\\n"]


@given(st.text())
def test_escaped_text_is_read_back_except_for_its_line_ends(text: str) -> None:
    ends = text.replace("\r\n", "\n").replace("\r", "\n")
    assert Property("NOTE", escape(text)).text == ends
    assert (
        Property("ORG", escape(text)).parts == Property("CATEGORIES", escape(text)).items == [ends]
    )


def test_escaping_keeps_the_given_separators() -> None:
    assert escape("a,b;c\\d", keep=",;") == r"a,b;c\\d"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"))))
def test_folded_lines_are_short_split_no_character_and_unfold_again(texts: list[str]) -> None:
    lines = [f"NOTE:{text}" for text in texts]
    folded = fold(lines).encode()
    assert all(len(line.decode().encode()) <= 75 for line in folded.split(b"\r\n"))
    assert unfolded(folded) == lines


@pytest.mark.parametrize(
    ("line", "property_of_4_0"),
    [
        (b"FN;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB", "FN:Zoë"),
        (b"FN;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:Zo=EB", "FN:Zoë"),
        (b"FN;CHARSET=iso-8859-1:Zo\xeb", "FN:Zoë"),
        (b"NOTE;ENCODING=8BIT;LANGUAGE=de:K\xc3\xa4se", "NOTE;LANGUAGE=de:Käse"),
        (b"NOTE;QUOTED-PRINTABLE:a,=20b;c=0D=0Ad\\n", r"NOTE:a\, b\;c\nd\\n"),
        (rb"N:van Rossum, Jr;A\;B\:\,;;;", r"N:van Rossum\, Jr;A\;B:\,;;;"),
        (rb"CATEGORIES:a,b;c", r"CATEGORIES:a,b\;c"),
        (rb"URL;WORK:http\://x.example/a;b,c", "URL;TYPE=WORK:http://x.example/a;b,c"),
        (rb"X-ANY:a;b,c\d", r"X-ANY:a;b,c\d"),
        (b"PHOTO;ENCODING=BASE64:eA==", "PHOTO;ENCODING=BASE64:eA=="),
    ],
)
def test_version_2_1_is_converted_to_version_4_0(line: bytes, property_of_4_0: str) -> None:
    assert decode(line, is_2_1=True).line == property_of_4_0


def test_values_of_later_versions_are_already_escaped() -> None:
    assert decode(rb"NOTE:a\, b\nc", is_2_1=False).line == r"NOTE:a\, b\nc"
    assert decode(b"NOTE;ENCODING=QUOTED-PRINTABLE:a\\, b=0Ac", is_2_1=False).text == "a, b\nc"


@pytest.mark.parametrize(
    "line",
    [
        "FN;CHARSET=klingon:Worf",
        "FN;CHARSET=undefined:x",
        "FN;QUOTED-PRINTABLE:Zo=EB",
        "FN;QUOTED-PRINTABLE:=00",
        "FN;CHARSET=utf-7;QUOTED-PRINTABLE:+2AA-",
    ],
)
def test_a_value_that_cannot_be_decoded_is_kept_unchanged(line: str) -> None:
    assert decode(line.encode(), is_2_1=True) == Property(UNREADABLE, line)


def test_bytes_that_are_not_utf_8_are_detected() -> None:
    assert has_surrogates(decode(b"FN:Zo\xeb", is_2_1=False).line)
    assert not has_surrogates(decode("FN:Zoë".encode(), is_2_1=False).line)


def test_icalendar_finds_the_colon_before_the_value() -> None:
    """netkeep needs icalendar 7.2 for this method, and the tests fail if a release removes it."""
    line = Contentline('X;A="b:c":d')  # type: ignore[no-untyped-call]
    assert line.value_separator_index() == 9
