from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.text import (
    LINE_LIMIT,
    NAME_LIMIT,
    key,
    key_with_positions,
    parse_line,
    parse_text,
)
from netkeep.errors import BadValueError

ANYTHING = st.text(st.characters() | st.characters(categories=["Cc", "Cs", "Z"]))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ada Lovelace", "ada lovelace"),
        ("ADA LOVELACE", "ada lovelace"),
        ("ada-lovelace", "ada lovelace"),
        ("  ada \t _ lovelace\n", "ada lovelace"),
        ("Zo\u00eb", "zoe"),
        ("Zoe\u0308", "zoe"),
        ("O'Brien", "obrien"),
        ("O\u2019Brien", "obrien"),
        ("O`Brien", "obrien"),
        ("\u02bbOku\u02bbole", "okuole"),
        ("Stra\u00dfe", "strasse"),
        ("\u0130stanbul", "istanbul"),
        ("I\u015f\u0131l", "isil"),
        ("S\u00f8ren", "soren"),
        ("\u0141UK", "luk"),
        ("\u0110\u1eb7ng", "dang"),
        ("\u00c6sir \u0153uvre", "aesir oeuvre"),
        ("\u00de\u00f3r Gu\u00f0mundsson", "thor gudmundsson"),
        ("\u01fe", "o"),
        ("\u0126al G\u0127arg\u0127ur", "hal gharghur"),
        ("O\u00b4Brien", "obrien"),
        ("\ufb01nn", "finn"),
        ("R2-D2", "r2 d2"),
        ("C++", "c"),
        ("\u5c71\u7530\u3000\u592a\u90ce", "\u5c71\u7530 \u592a\u90ce"),
        ("\u0915\u093f\u0930\u0923", "\u0915\u0930\u0923"),
        ("\uff11\uff12", "12"),
        ("\N{FOX FACE} + \N{HEAVY BLACK HEART}", ""),
        ("", ""),
    ],
)
def test_a_key_has_lower_case_letters_digits_and_single_spaces(text: str, folded: str) -> None:
    assert key(text) == folded


@given(ANYTHING)
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)


@given(st.text())
def test_case_makes_no_difference_to_a_key(text: str) -> None:
    assert {key(text.upper()), key(text.lower()), key(text.swapcase())} == {key(text)}


@given(
    st.text(),
    st.text(),
    # The iota below is a mark that has a capital letter.
    st.characters(categories=["M"], exclude_characters="\u0345")
    | st.sampled_from("'\u2018\u2019`\u00b4"),
)
def test_accents_and_apostrophes_make_no_difference_to_a_key(
    before: str, after: str, sign: str
) -> None:
    assert key(before + sign + after) == key(before + after)


# NFKC and NFKD make a space of an acute accent; texts are stored in NFC.
@given(
    st.text(st.characters(exclude_characters="\u00b4")),
    st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
)
def test_the_normal_form_makes_no_difference_to_a_key(text: str, form: str) -> None:
    assert key(unicodedata.normalize(form, text)) == key(text)  # type: ignore[arg-type]


@given(ANYTHING)
def test_a_key_holds_only_letters_digits_and_single_spaces(text: str) -> None:
    folded = key(text)
    assert folded == " ".join(folded.split())
    assert all(character == " " or character.isalnum() for character in folded)


@pytest.mark.parametrize(
    ("text", "folded", "positions"),
    [
        ("", "", []),
        ("Ada", "ada", [0, 1, 2]),
        ("  Ada -- L.", "ada l", [2, 3, 4, 5, 9]),
        ("O'Brien", "obrien", [0, 2, 3, 4, 5, 6]),
        ("Zoe\u0308!", "zoe", [0, 1, 2]),
        ("Stra\u00dfe", "strasse", [0, 1, 2, 3, 4, 4, 5]),
        ("\ufb01nn", "finn", [0, 0, 1, 2]),
        ("\u00bc cup", "1 4 cup", [0, 0, 0, 1, 2, 3, 4]),
    ],
)
def test_each_character_of_a_key_has_its_position_in_the_text(
    text: str, folded: str, positions: list[int]
) -> None:
    result, result_positions = key_with_positions(text)
    assert (result, result_positions[: len(result)]) == (folded, positions)


@given(ANYTHING)
def test_the_key_with_positions_is_the_key(text: str) -> None:
    assert key_with_positions(text)[0] == key(text)


@given(ANYTHING)
def test_the_positions_of_a_key_point_at_its_characters_in_the_text(text: str) -> None:
    folded, positions = key_with_positions(text)
    assert positions == sorted(positions)
    assert len(positions) - len(folded) in {0, 1}  # a space at the end is no part of the key
    for letter, position in zip(folded, positions, strict=False):
        if letter == " ":
            assert not unicodedata.normalize("NFKD", text[position]).isalnum()
        else:
            assert letter in key(text[position])


def test_a_line_is_stripped_and_in_nfc() -> None:
    assert parse_line(" \t Zoe\u0308 Kravitz\n", "name") == "Zo\u00eb Kravitz"


@pytest.mark.parametrize(
    "text",
    [
        "\N{WOMAN}\u200d\N{PERSONAL COMPUTER}",
        "\N{HEAVY BLACK HEART}\ufe0f",
        "[b]:ok:[/b]",
        "\ufb01",
    ],
)
def test_joiners_variation_selectors_markup_and_ligatures_stay_in_a_line(text: str) -> None:
    assert parse_line(text, "name") == text


@pytest.mark.parametrize(
    "text",
    ["Ada\nLovelace", "Ada\tL", "\x07Ada", "A\x1b[1m", "A\x7f", "A\x9bB", "A\u2028B", "A\u2029B"],
)
def test_a_line_has_no_control_characters_or_breaks(text: str) -> None:
    with pytest.raises(BadValueError) as refused:
        parse_line(text, "name")
    assert refused.value.sentence == (
        f"the name has a control character or a line break in it: {text!a}"
    )


@pytest.mark.parametrize("text", ["", "  ", "\n", "\u3000", "\u200b", "\u2060 \u200d"])
def test_a_line_must_have_a_visible_character(text: str) -> None:
    with pytest.raises(BadValueError, match=r"^the name is empty$"):
        parse_line(text, "name")


def test_a_name_has_at_most_200_characters() -> None:
    assert parse_line("x" * 200, "name", NAME_LIMIT) == "x" * 200
    with pytest.raises(BadValueError, match=r"^the name has 201 characters; 200 is the most$"):
        parse_line("x" * 201, "name", NAME_LIMIT)


def test_any_other_line_has_at_most_1000_characters() -> None:
    assert parse_line("x" * 1_000, "city") == "x" * 1_000
    with pytest.raises(BadValueError, match=r"^the city has 1,001 characters; 1,000 is the most$"):
        parse_line("x" * 1_001, "city")


def test_characters_are_counted_as_stored() -> None:
    assert parse_line("  " + "e\u0301" * 200, "name", NAME_LIMIT) == "\u00e9" * 200


@pytest.mark.parametrize("text", ["Ada\0", "Ada \udce9"])
def test_text_that_sqlite_cannot_store_is_refused(text: str) -> None:
    for read in (parse_line, parse_text):
        with pytest.raises(BadValueError) as refused:
            read(text, "note")
        assert refused.value.sentence == f"the note is not valid text: {text!a}"
        assert refused.value.hint == "text has to be UTF-8 without NUL"


@given(ANYTHING)
def test_any_line_is_clean_or_refused(text: str) -> None:
    try:
        kept = parse_line(text, "city")
    except BadValueError:
        return
    assert kept == kept.strip() == parse_line(kept, "city")
    assert 0 < len(kept) <= LINE_LIMIT
    assert unicodedata.is_normalized("NFC", kept)
    assert not {unicodedata.category(character) for character in kept} & {"Cc", "Cs", "Zl", "Zp"}


def test_text_keeps_its_lines_and_is_stripped_and_in_nfc() -> None:
    assert (
        parse_text("\n Met Zoe\u0308.\n\n\tCall her. \n", "note") == "Met Zo\u00eb.\n\n\tCall her."
    )


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_empty_text_is_refused(text: str) -> None:
    with pytest.raises(BadValueError, match=r"^the note is empty$"):
        parse_text(text, "note")
