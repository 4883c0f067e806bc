from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import Status
from netkeep.domain.days import WeekStart
from netkeep.domain.stats import (
    Branch,
    Count,
    Introduced,
    Tally,
    by_day,
    by_month,
    by_week,
    first_day,
)
from netkeep.domain.stats import introduction_tree as introductions
from netkeep.output.charts import (
    ASCII,
    UNICODE,
    Symbols,
    bars,
    heat_map,
    legend,
    levels,
    month_counts,
    sparkline,
    tree,
)

TODAY = date(2026, 11, 25)  # a Wednesday
DAYS = by_day(
    {date(2026, 11, 16): 1, date(2026, 11, 22): 2, date(2026, 11, 23): 3, TODAY: 9},
    first_day(TODAY, WeekStart.monday),
    TODAY,
)


def heat_map_lines(width: int, symbols: Symbols = UNICODE) -> list[str]:
    return heat_map(DAYS, by_week(DAYS), width, symbols)


def test_heat_map_shows_latest_weeks_that_fit() -> None:
    assert heat_map_lines(12) == [
        "       Nov",
        "Mon  ·····░▓",
        "     ·······",
        "Wed  ······█",
        "     ······",
        "Fri  ······",
        "     ······",
        "Sun  ·····▒",
        "week ▁▁▁▁▁▃█",
    ]


def test_heat_map_week_can_start_on_sunday() -> None:
    days = by_day({date(2026, 11, 22): 2}, first_day(TODAY, WeekStart.sunday), TODAY)
    assert heat_map(days, by_week(days), 7, UNICODE) == [
        "     ",
        "Sun  ·░",
        "     ··",
        "Tue  ··",
        "     ··",
        "Thu  ·",
        "     ·",
        "Sat  ·",
        "week ▁█",
    ]


def test_heat_map_in_ascii_has_distinct_shades() -> None:
    assert heat_map_lines(7, ASCII) == [
        "     ",
        "Mon  :*",
        "     ..",
        "Wed  .#",
        "     .",
        "Fri  .",
        "     .",
        "Sun  +",
        "week :#",
    ]


def test_heat_map_week_is_two_columns_wide_if_it_fits() -> None:
    months, monday, *_, week = heat_map_lines(5 + 2 * 53)
    assert " ".join(months.split()) == "Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov"
    assert monday == f"Mon  {'· ' * 51}░ ▓ "
    assert week == f"week {'▁ ' * 51}▃ █ "


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.integers(6, 200))
def test_heat_map_never_exceeds_its_width(today: date, width: int) -> None:
    days = by_day({}, first_day(today, WeekStart.sunday), today)
    lines = heat_map(days, by_week(days), width, UNICODE)
    assert len(lines) == 9
    assert max(map(len, lines)) <= width


def test_month_name_is_above_the_week_with_its_first_day() -> None:
    months = heat_map_lines(58)[0]
    since = TODAY - timedelta(days=TODAY.weekday(), weeks=52)
    for column, letter in enumerate(months):
        if letter.isupper():
            week = since + timedelta(weeks=column - 5)
            assert any((week + timedelta(days=weekday)).day == 1 for weekday in range(7))


def test_levels_are_quartiles_of_nonzero_counts() -> None:
    assert levels([0, 1, 2, 3, 4, 0]) == [0, 1, 2, 3, 4, 0]
    assert levels([]) == []
    assert levels([0, 0]) == [0, 0]
    assert levels([5]) == [1]
    assert levels([1, 1, 1, 1, 50]) == [1, 1, 1, 1, 4]


@given(st.lists(st.integers(0, 100)))
def test_higher_count_never_has_lower_level(counts: list[int]) -> None:
    pairs = sorted(zip(counts, levels(counts), strict=True))
    by_count = [level for _, level in pairs]
    assert by_count == sorted(by_count)
    assert all((count == 0) == (level == 0) for count, level in pairs)
    assert set(by_count) <= set(range(5))


def test_legend_has_range_of_each_shade() -> None:
    assert legend(DAYS, UNICODE) == "· 0  ░ 1  ▒ 2  ▓ 3  █ 9"
    days = [Count(TODAY, count) for count in (1, 2, 2, 2, 3, 7, 1_000, 9)]
    assert legend(days, ASCII) == ": 1 to 2  * 3 to 7  # 9 to 1,000"


def test_sparkline_height_is_share_of_highest_count() -> None:
    assert sparkline([0, 1, 5, 7, 14], UNICODE) == "▁▂▄▅█"
    assert sparkline([0, 1, 1_000], ASCII) == "_.#"
    assert sparkline([0, 0], UNICODE) == "▁▁"
    assert sparkline([], UNICODE) == ""


def test_bar_length_is_share_of_highest_count() -> None:
    tallies = [Tally("email", 1_200), Tally("call", 600), Tally("meal", 1)]
    assert bars(tallies, 23, ASCII) == [
        "email  ########## 1,200",
        "call   ##### 600",
        "meal   # 1",
    ]
    assert bars([], 40, ASCII) == []


@pytest.mark.parametrize("width", [10, 40, 60, 80, 120, 200])
def test_bars_never_exceed_their_width(width: int) -> None:
    (bar,) = bars([Tally("call", 5)], width, UNICODE)
    assert len(bar) == min(width, 4 + 2 + 40 + 2)


def test_month_counts_have_twelve_months_with_one_digit_each() -> None:
    months = by_month({date(2025, 12, 1): 1, date(2026, 5, 5): 9, TODAY: 10}, TODAY)
    assert month_counts(months, UNICODE) == "D J F M A M J J A S O N\n1 · · · · 9 · · · · · +"
    assert month_counts(months, ASCII) == "D J F M A M J J A S O N\n1 . . . . 9 . . . . . +"


def person(number: int, via: int | None, status: Status = Status.active) -> Introduced:
    return Introduced(number, f"P{number}", status, via)


def tree_lines(branches: Sequence[Branch], symbols: Symbols = UNICODE) -> list[str]:
    return ["".join(line) for line in tree(branches, 40, symbols)]


def test_tree_puts_contacts_below_their_introducer() -> None:
    branches = introductions(
        [
            *(person(1, None), person(2, 1), person(3, 2, Status.dropped), person(4, 2)),
            *(person(5, 1), person(6, 5), person(7, None), person(8, 7)),
        ]
    )
    assert tree_lines(branches) == [
        "P1 (#1)",
        "├─ P2 (#2)",
        "│  ├─ P3 (#3, dropped)",
        "│  └─ P4 (#4)",
        "└─ P5 (#5)",
        "   └─ P6 (#6)",
        "P7 (#7)",
        "└─ P8 (#8)",
    ]
    assert tree_lines(branches, ASCII)[:4] == [
        "P1 (#1)",
        "|- P2 (#2)",
        "|  |- P3 (#3, dropped)",
        "|  `- P4 (#4)",
    ]


def test_deep_tree_uses_half_the_width_for_prefixes() -> None:
    chain = introductions([person(number, number - 1 or None) for number in range(1, 10_001)])
    lines = tree_lines(chain)
    assert lines[6] == f"{' ' * 15}└─ P7 (#7)"
    assert lines[7] == f"… {' ' * 18}└─ P8 (#8)"
    assert max(map(len, lines)) <= 40
    assert lines[-1].endswith("└─ P10000 (#10000)")


def test_tree_sanitizes_names() -> None:
    branches = introductions([Introduced(1, "A\x1b[2J", Status.active, None)])
    (line,) = tree_lines(branches)
    assert line == r"A\x1b[2J (#1)"
