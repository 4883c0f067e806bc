from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.maintenance import Backup, Retention, backups_to_keep

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
USUAL = Retention()


def backup_made(days_ago: float, reason: str = "daily") -> Backup:
    at = NOON - timedelta(days=days_ago)
    return Backup(f"{at:%Y%m%dT%H%M%SZ}-{reason}.db", at, reason, 1_000)


def days_kept(backups: list[Backup]) -> list[int]:
    return sorted((NOON - backup.made_at).days for backup in backups_to_keep(backups, USUAL))


def test_a_year_of_daily_backups_leaves_seven_days_four_weeks_and_six_months() -> None:
    kept = days_kept([backup_made(day) for day in range(365)])
    # the Sundays before Monday 23 November, and the last days of October to June
    assert kept == [0, 1, 2, 3, 4, 5, 6, 8, 15, 23, 54, 84, 115, 146]


def test_every_backup_of_the_newest_two_days_is_kept() -> None:
    reasons = ["import", "merge", "restore", "forget"]
    backups = [
        backup_made(day + index / 100, reason)
        for day in (0, 3, 5)
        for index, reason in enumerate(reasons)
    ]
    kept = backups_to_keep(backups, USUAL)
    assert set(backups[:8]) <= kept
    assert kept - set(backups[:8]) == {backups[8]}


def test_old_backups_are_kept_if_there_are_no_newer_ones() -> None:
    assert days_kept([backup_made(1_000), backup_made(1_400)]) == [1_000, 1_400]


def test_copies_of_damaged_files_are_kept_in_addition() -> None:
    damaged = backup_made(0.5, "damaged")
    others = [backup_made(day) for day in range(30)]
    assert backups_to_keep([damaged, *others], USUAL) == {damaged, *backups_to_keep(others, USUAL)}


def test_the_number_of_days_weeks_and_months_is_configurable() -> None:
    backups = [backup_made(day) for day in range(365)]
    assert sorted(
        (NOON - backup.made_at).days for backup in backups_to_keep(backups, Retention(3, 2, 0))
    ) == [
        *(0, 1, 2)  # the Sunday of the second week is among the days
    ]
    assert backups_to_keep(backups, Retention(0, 0, 0)) == {*backups[:2]}


@given(
    st.lists(st.floats(0, 2_000), min_size=1, max_size=60, unique=True),
    st.builds(Retention, *[st.integers(0, 40)] * 3),
)
def test_the_newest_backup_is_always_kept_and_pruning_twice_changes_nothing(
    ages: list[float], keeping: Retention
) -> None:
    backups = [backup_made(age) for age in ages]
    kept = backups_to_keep(backups, keeping)
    assert max(backups, key=lambda backup: (backup.made_at, backup.name)) in kept
    assert backups_to_keep(sorted(kept), keeping) == kept
