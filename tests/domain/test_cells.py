"""Values in cells of a CSV, which are read back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import Position, Via
from netkeep.domain.text import join_texts, split_texts

DAY = date(2026, 9, 16)
TEXTS = st.text("a;, \\", min_size=1).map(str.strip).filter(bool)


@given(st.lists(TEXTS, min_size=1), st.sampled_from(["; ", ", "]))
def test_joined_texts_are_split_again(texts: list[str], separator: str) -> None:
    assert split_texts(join_texts(texts, separator), separator) == texts


@given(st.none() | TEXTS, st.none() | TEXTS)
def test_a_position_is_read_back(company: str | None, title: str | None) -> None:
    if company or title:
        position = Position(company, title, DAY)
        assert Position.from_cell(position.cell) == position


def test_cells_are_as_people_write_them() -> None:
    assert join_texts(["chess", "tea, black"], "; ") == "chess; tea, black"
    assert Position("Initech", "CTO", DAY).cell == "CTO, Initech (until 2026-09-16)"
    assert Via.from_text("Grace (#1) Hopper (#2)") == Via(2, "Grace (#1) Hopper")


@pytest.mark.parametrize(
    "cell",
    ["", "CTO", "CTO, Initech", " (until 2026-09-16)", "A, B, C (until 2026-09-16)"],
)
def test_another_text_is_no_position(cell: str) -> None:
    with pytest.raises(ValueError, match="is no position"):
        Position.from_cell(cell)


def test_another_text_is_no_contact() -> None:
    with pytest.raises(ValueError, match="is no contact"):
        Via.from_text("Grace Hopper")
