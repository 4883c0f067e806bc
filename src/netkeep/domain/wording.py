"""Days and distances in words; a day that is close is said with its weekday."""

from __future__ import annotations

from datetime import date


def spoken_day(day: date) -> str:
    """A day as it is said: `22 Feb 2027`."""
    return f"{day.day} {day:%b} {day.year}"


def near_day(day: date, today: date) -> str:
    """A day not far off: `Fri 25 Sep`, with the year if it is not this one."""
    return f"{day:%a} {day.day} {day:%b}" + ("" if day.year == today.year else f" {day.year}")


def counted_days(days: int) -> str:
    """Say `1 day`, `1,500 days`."""
    return f"{days:,} day{'' if days == 1 else 's'}"


def away(day: date, today: date) -> str:
    """How far off a day is: `today`, `yesterday`, `3 days ago`, `tomorrow`, `in 3 days`."""
    days = (day - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    if near:
        return near
    return f"in {counted_days(days)}" if days > 0 else f"{counted_days(-days)} ago"


def lateness(days_late: int) -> str:
    """Days late in words: `due today`, `12 days late`, `due in 3 days`."""
    if days_late == 0:
        return "due today"
    days = counted_days(abs(days_late))
    return f"{days} late" if days_late > 0 else f"due in {days}"
