from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.maintenance import Backup, Retention, backups_to_keep

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
USUAL = Retention()


def made(days_ago: float, reason: str = "daily") -> Backup:
    at = NOON - timedelta(days=days_ago)
    return Backup(f"{at:%Y%m%dT%H%M%SZ}-{reason}.db", at, reason, 1_000)


def days_kept(backups: list[Backup]) -> list[int]:
    return sorted((NOON - one.made_at).days for one in backups_to_keep(backups, USUAL))


def test_of_a_year_of_days_seven_days_four_weeks_and_six_months_are_kept() -> None:
    kept = days_kept([made(day) for day in range(365)])
    # the Sundays before Monday 23 November, and the last days of October to June
    assert kept == [0, 1, 2, 3, 4, 5, 6, 8, 15, 23, 54, 84, 115, 146]


def test_of_the_newest_two_days_every_backup_is_kept() -> None:
    reasons = ["import", "merge", "restore", "forget"]
    backups = [
        made(day + place / 100, reason) for day in (0, 3, 5) for place, reason in enumerate(reasons)
    ]
    kept = backups_to_keep(backups, USUAL)
    assert set(backups[:8]) <= kept
    assert kept - set(backups[:8]) == {backups[8]}


def test_those_of_long_ago_stay_if_there_are_no_others() -> None:
    assert days_kept([made(1_000), made(1_400)]) == [1_000, 1_400]


def test_what_is_not_whole_is_kept_beside_the_others() -> None:
    damaged = made(0.5, "damaged")
    others = [made(day) for day in range(30)]
    assert backups_to_keep([damaged, *others], USUAL) == {damaged, *backups_to_keep(others, USUAL)}


def test_of_how_many_days_weeks_and_months_can_be_said() -> None:
    backups = [made(day) for day in range(365)]
    assert sorted(
        (NOON - one.made_at).days for one in backups_to_keep(backups, Retention(3, 2, 0))
    ) == [
        *(0, 1, 2)  # the Sunday of the second week is among the days
    ]
    assert backups_to_keep(backups, Retention(0, 0, 0)) == {*backups[:2]}


@given(
    st.lists(st.floats(0, 2_000), min_size=1, max_size=60, unique=True),
    st.builds(Retention, *[st.integers(0, 40)] * 3),
)
def test_the_newest_is_always_kept_and_letting_go_twice_changes_nothing(
    ages: list[float], keeping: Retention
) -> None:
    backups = [made(age) for age in ages]
    kept = backups_to_keep(backups, keeping)
    assert max(backups, key=lambda one: (one.made_at, one.name)) in kept
    assert backups_to_keep(sorted(kept), keeping) == kept
