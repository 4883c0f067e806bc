from hypothesis import given
from hypothesis import strategies as st

from netkeep.output.tables import GAP, ColumnSize, fit_widths

ID, DAY, NAME, NOTE = (
    ColumnSize(2, 2, wraps=False),
    ColumnSize(10, 10, wraps=False),
    ColumnSize(15, 8),
    ColumnSize(60, 13),
)


def test_with_room_for_all_every_column_is_as_wide_as_its_longest_line() -> None:
    assert fit_widths([ID, DAY, NAME, NOTE], 93) == {0: 2, 1: 10, 2: 15, 3: 60}
    assert fit_widths([ID, DAY, NAME, NOTE], 200) == {0: 2, 1: 10, 2: 15, 3: 60}


def test_the_widest_gives_way_first() -> None:
    assert fit_widths([ID, DAY, NAME, NOTE], 60) == {0: 2, 1: 10, 2: 15, 3: 27}
    assert fit_widths([ID, DAY, NAME, NOTE], 42) == {0: 2, 1: 10, 2: 11, 3: 13}


def test_a_word_is_torn_only_if_nothing_else_can_give_way() -> None:
    assert fit_widths([ID, DAY, NAME, NOTE], 39) == {0: 2, 1: 10, 2: 8, 3: 13}
    assert fit_widths([ID, DAY, NAME, NOTE], 37) == {0: 2, 1: 10, 2: 8, 3: 11}
    assert fit_widths([ID, DAY, NAME, NOTE], 30) == {0: 2, 1: 10, 2: 6, 3: 6}


def test_the_last_of_the_optional_columns_goes_first() -> None:
    company, city = ColumnSize(20, 10, from_width=60), ColumnSize(20, 10, from_width=80)
    assert fit_widths([ID, city, company, NAME], 35) == {0: 2, 2: 14, 3: 15}
    assert fit_widths([ID, city, company, NAME], 20) == {0: 2, 3: 15}


def test_what_never_wraps_is_whole_or_not_there() -> None:
    made = ColumnSize(16, 10, wraps=False, from_width=50)
    assert fit_widths([ColumnSize(26, 26, wraps=False), made, DAY], 55) == {0: 26, 2: 10}


columns = st.builds(
    ColumnSize,
    line=st.integers(1, 300),
    word=st.integers(1, 20),
    wraps=st.just(value=True),
    from_width=st.integers(0, 99),
)


@given(st.lists(columns, min_size=1, max_size=8), st.integers(24, 200))
def test_a_table_is_as_wide_as_it_may_be(needs: list[ColumnSize], room: int) -> None:
    needs = [need._replace(word=min(need.word, need.line)) for need in needs]
    widths = fit_widths(needs, room)
    wanted = sum(needs[place].line + GAP for place in widths) - GAP
    assert sum(width + GAP for width in widths.values()) - GAP == min(room, wanted)
    assert {place for place, need in enumerate(needs) if not need.from_width} <= set(widths)
    assert all(1 <= width <= needs[place].line for place, width in widths.items())
