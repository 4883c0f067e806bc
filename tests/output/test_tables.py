"""Column widths fit the terminal, and words are broken only if nothing else helps."""

from hypothesis import given
from hypothesis import strategies as st

from netkeep.output.tables import GAP, ColumnSize, fit_widths

ID, DAY, NAME, NOTE = (
    ColumnSize(2, 2, wraps=False),
    ColumnSize(10, 10, wraps=False),
    ColumnSize(15, 8),
    ColumnSize(60, 13),
)


def test_columns_that_fit_are_as_wide_as_their_longest_line() -> None:
    assert fit_widths([ID, DAY, NAME, NOTE], 93) == {0: 2, 1: 10, 2: 15, 3: 60}
    assert fit_widths([ID, DAY, NAME, NOTE], 200) == {0: 2, 1: 10, 2: 15, 3: 60}


def test_widest_column_shrinks_first() -> None:
    assert fit_widths([ID, DAY, NAME, NOTE], 60) == {0: 2, 1: 10, 2: 15, 3: 27}
    assert fit_widths([ID, DAY, NAME, NOTE], 42) == {0: 2, 1: 10, 2: 11, 3: 13}


def test_words_are_broken_only_as_last_resort() -> None:
    assert fit_widths([ID, DAY, NAME, NOTE], 39) == {0: 2, 1: 10, 2: 8, 3: 13}
    assert fit_widths([ID, DAY, NAME, NOTE], 37) == {0: 2, 1: 10, 2: 8, 3: 11}
    assert fit_widths([ID, DAY, NAME, NOTE], 30) == {0: 2, 1: 10, 2: 6, 3: 6}


def test_optional_column_with_largest_from_width_is_left_out_first() -> None:
    company, city = ColumnSize(20, 10, from_width=60), ColumnSize(20, 10, from_width=80)
    assert fit_widths([ID, city, company, NAME], 35) == {0: 2, 2: 14, 3: 15}
    assert fit_widths([ID, city, company, NAME], 20) == {0: 2, 3: 15}


def test_column_that_never_wraps_is_complete_or_left_out() -> None:
    optional = ColumnSize(16, 10, wraps=False, from_width=50)
    assert fit_widths([ColumnSize(26, 26, wraps=False), optional, DAY], 55) == {0: 26, 2: 10}


columns = st.builds(
    ColumnSize,
    line=st.integers(1, 300),
    word=st.integers(1, 20),
    wraps=st.just(value=True),
    from_width=st.integers(0, 99),
)


@given(st.lists(columns, min_size=1, max_size=8), st.integers(24, 200))
def test_table_uses_the_full_width(sizes: list[ColumnSize], room: int) -> None:
    sizes = [size._replace(word=min(size.word, size.line)) for size in sizes]
    widths = fit_widths(sizes, room)
    wanted = sum(sizes[index].line + GAP for index in widths) - GAP
    assert sum(width + GAP for width in widths.values()) - GAP == min(room, wanted)
    assert {index for index, size in enumerate(sizes) if not size.from_width} <= set(widths)
    assert all(1 <= width <= sizes[index].line for index, width in widths.items())
