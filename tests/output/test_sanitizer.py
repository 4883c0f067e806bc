"""The sanitiser: nothing stored can move a cursor, and nothing is lost by showing it."""

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from netkeep.output.sanitizer import escape_csv, escape_json, escape_tsv, sanitize

ANY = st.text(st.characters(exclude_categories=[]))
HOSTILE = [
    *("\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\u061c", "\u200e", "\u202e", "\u2028"),
    *("\u2029", "\u2066", "\u2069", "\ud800", "\udfff"),
]


def test_what_moves_a_cursor_becomes_visible() -> None:
    assert sanitize("a\x1b[31mb\x07\x9b\u202e\ud800\r\n\t") == (
        r"a\x1b[31mb\x07\x9b\u202e\ud800\r\n\t"
    )


def test_what_scripts_and_emoji_need_stays() -> None:
    kept = "👩\u200d👩\u200d👧 ❤\ufe0f नम\u200cस्ते אדה [red] :smile:"
    assert sanitize(kept) == kept


@given(ANY)
def test_nothing_hostile_is_ever_shown(text: str) -> None:
    for printed in (
        sanitize(text),
        escape_tsv(text),
        escape_json(json.dumps(text, ensure_ascii=False)),
    ):
        assert not set(printed) & set(HOSTILE)
        assert printed.isprintable() or "\n" not in printed
    assert not set(escape_csv(text)) & set(HOSTILE)


@given(ANY)
def test_a_tsv_cell_can_be_read_back(text: str) -> None:
    cell = escape_tsv(text)
    assert "\t" not in cell
    assert "\n" not in cell
    assert cell.encode("latin-1", "backslashreplace").decode("unicode_escape") == text


@given(ANY)
def test_json_reads_back_what_was_stored(text: str) -> None:
    assert json.loads(escape_json(json.dumps(text, ensure_ascii=False))) == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"])))
def test_a_csv_cell_is_never_run_and_reads_back(text: str) -> None:
    cell = escape_csv(text)
    assert not cell.startswith(("=", "+", "-", "@"))
    assert cell == (f"'{text}" if text.startswith(("=", "+", "-", "@", "'")) else text)
    line = io.StringIO()
    csv.writer(line).writerow([cell])
    assert next(csv.reader(io.StringIO(line.getvalue(), newline=""))) == [cell]


def test_csv_keeps_the_lines_of_a_note() -> None:
    assert escape_csv("one\r\ntwo\nthree\x1b") == "one\ntwo\nthree\\x1b"
