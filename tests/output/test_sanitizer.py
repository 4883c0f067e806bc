"""Sanitized text cannot move the cursor, and it can be read back."""

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from netkeep.output.streams import escape_csv, escape_json, escape_tsv, sanitize

ANY_TEXT = st.text(st.characters(exclude_categories=[]))
UNSAFE = [
    *("\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\u061c", "\u200e", "\u202e", "\u2028"),
    *("\u2029", "\u2066", "\u2069", "\ud800", "\udfff"),
]


def test_control_characters_become_visible_escapes() -> None:
    assert sanitize("a\x1b[31mb\x07\x9b\u202e\ud800\r\n\t") == (
        r"a\x1b[31mb\x07\x9b\u202e\ud800\r\n\t"
    )


def test_joiners_and_variation_selectors_stay() -> None:
    text = "👩\u200d👩\u200d👧 ❤\ufe0f नम\u200cस्ते אדה [red] :smile:"
    assert sanitize(text) == text


@given(ANY_TEXT)
def test_no_unsafe_character_is_printed(text: str) -> None:
    for printed in (
        sanitize(text),
        escape_tsv(text),
        escape_json(json.dumps(text, ensure_ascii=False)),
    ):
        assert not set(printed) & set(UNSAFE)
        assert printed.isprintable() or "\n" not in printed
    assert not set(escape_csv(text)) & set(UNSAFE)


@given(ANY_TEXT)
def test_tsv_cell_can_be_read_back(text: str) -> None:
    cell = escape_tsv(text)
    assert "\t" not in cell
    assert "\n" not in cell
    assert cell.encode("latin-1", "backslashreplace").decode("unicode_escape") == text


@given(ANY_TEXT)
def test_json_string_can_be_read_back(text: str) -> None:
    assert json.loads(escape_json(json.dumps(text, ensure_ascii=False))) == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"])))
def test_csv_cell_is_no_formula_and_can_be_read_back(text: str) -> None:
    cell = escape_csv(text)
    assert not cell.startswith(("=", "+", "-", "@"))
    assert cell == (f"'{text}" if text.startswith(("=", "+", "-", "@", "'")) else text)
    line = io.StringIO()
    csv.writer(line).writerow([cell])
    assert next(csv.reader(io.StringIO(line.getvalue(), newline=""))) == [cell]


def test_csv_cell_keeps_line_breaks() -> None:
    assert escape_csv("one\r\ntwo\nthree\x1b") == "one\ntwo\nthree\\x1b"
