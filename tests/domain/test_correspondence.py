"""Which messages and events are touchpoints, in which direction, and who is missing."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from netkeep.domain.correspondence import (
    Exchanged,
    Joined,
    Known,
    Message,
    Missing,
    NewTouchpoint,
    Participant,
    Reason,
    Rules,
    Tally,
    counterparts,
    days_around,
    is_own_url,
    is_social,
    likely_you,
    missing,
    parse_own_address,
    touchpoints_of,
)
from netkeep.domain.touchpoint import Channel, Direction
from netkeep.errors import BadValueError
from tests.builders import touchpoint

TODAY = date(2026, 11, 23)
RULES = Rules(
    me={"me@home.example", "linkedin.com/in/me"},
    since=date(2025, 11, 23),
    until=datetime(2026, 11, 23, 23, 59, tzinfo=UTC),
    today=TODAY,
    most=3,
)
ME, ADA, BEA, CAI, DAN = (
    Participant(f"{name}@{place}.example")
    for name, place in (("me", "home"), ("ada", "x"), ("bea", "x"), ("cai", "x"), ("dan", "x"))
)
OUT, IN = Direction.out, Direction.in_


def message(
    sender: Participant | None, *to: Participant, day: date = TODAY, hour: int = 9, **changes: Any
) -> Message:
    values = {
        "at": datetime(day.year, day.month, day.day, hour, tzinfo=UTC),
        "day": day,
        "channel": Channel.email,
        "digest": f"{sender} {day} {hour}",
        "sender": sender,
        "to": to,
    }
    return Message(**{**values, **changes})


def event(sender: Participant | None, *to: Participant, **changes: Any) -> Message:
    return message(sender, *to, channel=Channel.meeting, **changes)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (message(ME, ADA), (OUT, [ADA])),
        (message(ME, ADA, BEA, ME), (OUT, [ADA, BEA])),
        (message(ME, ADA, copies=[BEA]), (OUT, [ADA])),
        (message(ME), (OUT, [])),
        (message(ADA, ME), (IN, [ADA])),
        (message(ADA, ME, BEA), (IN, [ADA])),
        (message(ADA, BEA, copies=[ME]), Reason.copy),
        (message(ADA, BEA), Reason.not_yours),
        (message(None, ME), Reason.not_yours),
        (message(ME, ADA, BEA, CAI), (OUT, [ADA, BEA, CAI])),
        (message(ME, ADA, BEA, CAI, DAN), Reason.crowd),
        (message(ADA, ME, copies=[BEA, CAI, DAN]), Reason.crowd),
        (message(ADA, ME, flaw=Reason.automatic), Reason.automatic),
        (message(ADA, ME, day=date(2025, 11, 23)), (IN, [ADA])),
        (message(ADA, ME, day=date(2025, 11, 22)), Reason.old),
        (message(ADA, ME, day=date(2026, 11, 24)), Reason.future),
        (message(ADA, ME, at=datetime(2026, 11, 24, tzinfo=UTC)), Reason.future),
        (event(ME, ADA, BEA), (OUT, [ADA, BEA])),
        (event(None, ADA, ME), (OUT, [ADA])),
        (event(None, ADA), (OUT, [ADA])),
        (event(ADA, ME, BEA), (IN, [ADA, BEA])),
        (event(ADA, BEA), Reason.not_yours),
    ],
)
def test_who_a_message_puts_you_in_touch_with(
    written: Message, expected: Reason | tuple[Direction, list[Participant]]
) -> None:
    assert counterparts(written, RULES) == expected


def test_messages_are_sorted_by_whose_the_addresses_are() -> None:
    tally = Tally(RULES, {ADA.key: 7, BEA.key: None})
    named = CAI._replace(name="Cai")
    for each in (message(ME, ADA, BEA, named), message(CAI, ME), message(ME, Participant(""))):
        tally.add(each)
    tally.add(message(DAN, BEA))
    assert [each.direction for each in tally.contacts.pop(7)] == [OUT]
    assert [each.direction for each in tally.strangers.pop(CAI.key)] == [OUT, IN]
    assert (tally.contacts, tally.strangers, tally.names) == ({}, {}, {CAI.key: "Cai"})
    assert tally.left_out == {Reason.not_yours: 1}


def test_messages_of_strangers_follow_them_when_they_become_contacts() -> None:
    tally = Tally(RULES, {})
    for each in (message(ME, ADA), message(ME, BEA), message(ME, CAI)):
        tally.add(each)
    tally.assign({ADA.key: 7, BEA.key: None})  # an address that several contacts have
    assert [*tally.contacts] == [7]
    assert [*tally.strangers] == [CAI.key]


@pytest.mark.parametrize(("subjects", "kept"), [(False, None), (True, "Lunch")])
def test_subjects_are_kept_only_if_they_are_wanted(subjects: bool, kept: str | None) -> None:
    tally = Tally(RULES._replace(subjects=subjects), {ADA.key: 7})
    tally.add(message(ME, ADA, subject="Lunch"))
    assert [each.subject for each in tally.contacts[7]] == [kept]


def exchanged(hour: int, direction: Direction, day: date = TODAY, **changes: Any) -> Exchanged:
    at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    each = Exchanged(day, Channel.email, at, direction, f"{day} {hour}", None)
    return each._replace(**changes)


def test_one_touchpoint_per_day_and_channel_in_the_direction_of_the_first_message() -> None:
    late, early = exchanged(10, OUT), exchanged(9, IN)
    meeting = exchanged(8, OUT, channel=Channel.meeting)
    before = exchanged(8, OUT, date(2026, 11, 20))
    log = touchpoints_of([late, early, meeting, before, early], [], {})
    assert log.new == [
        NewTouchpoint(date(2026, 11, 20), Channel.email, OUT, None, [before]),
        NewTouchpoint(TODAY, Channel.email, IN, None, [early, late]),
        NewTouchpoint(TODAY, Channel.meeting, OUT, None, [meeting]),
    ]
    assert (log.joined, log.known) == ([], 0)


def test_the_subjects_of_a_day_are_its_note() -> None:
    subjects = ["Lunch", None, "Lunch", "Tea"]
    messages = [exchanged(hour, OUT, subject=text) for hour, text in enumerate(subjects)]
    assert [new.note for new in touchpoints_of(messages, [], {}).new] == ["Lunch; Tea"]


def test_known_messages_change_nothing() -> None:
    messages = [exchanged(9, IN), exchanged(10, OUT)]
    known = {each.digest: Known(None, each.at) for each in messages}
    assert touchpoints_of(messages, [], known) == ([], [], 2)


def test_a_touchpoint_logged_by_hand_stands_for_its_whole_day() -> None:
    by_hand = touchpoint(day=TODAY, channel=Channel.meal)
    messages = [exchanged(9, IN), exchanged(10, OUT, channel=Channel.meeting)]
    log = touchpoints_of(messages, [by_hand], {})
    assert (log.new, log.joined) == ([], [Joined(None, None, [each]) for each in messages])


@pytest.mark.parametrize(
    ("hour", "direction", "amended", "turned"),
    [(8, IN, False, IN), (8, OUT, False, None), (10, IN, False, None), (8, IN, True, None)],
)
def test_an_earlier_message_turns_an_imported_touchpoint_around(
    hour: int, direction: Direction, amended: bool, turned: Direction | None
) -> None:
    logged = touchpoint(id=7, day=TODAY, channel=Channel.email)
    if amended:
        logged = logged._replace(updated_at=logged.created_at + timedelta(days=1))
    known = {
        digest: Known(7, datetime(2026, 11, 23, hour, tzinfo=UTC))
        for digest, hour in (("first", 9), ("second", 11))
    }
    another = exchanged(hour, direction)
    log = touchpoints_of([another], [logged], known)
    assert (log.new, log.joined) == ([], [Joined(7, turned, [another])])


@pytest.mark.parametrize(
    ("noted", "expected"),
    [
        (None, (None, 24)),
        (datetime(2026, 11, 22, 9, tzinfo=UTC), (None, 24)),
        (datetime(2026, 11, 23, 8, tzinfo=UTC), (None, 24)),
        (datetime(2026, 11, 23, 9, tzinfo=UTC), (23, 24)),
        (datetime(2026, 11, 23, 11, tzinfo=UTC), (23, 24)),
        (datetime(2026, 11, 24, 13, tzinfo=UTC), (24, 24)),
        (datetime(2026, 11, 24, 20, tzinfo=UTC), (24, None)),
        (datetime(2026, 11, 25, 8, tzinfo=UTC), (24, None)),
        (datetime(2026, 11, 24, 4, tzinfo=timezone(timedelta(hours=-9))), (24, 24)),
    ],
)
def test_messages_come_before_or_after_what_is_noted(
    noted: datetime | None, expected: tuple[int | None, int | None]
) -> None:
    messages = [exchanged(9, IN), exchanged(10, OUT)]
    messages += [exchanged(hour, IN, date(2026, 11, 24)) for hour in (12, 14)]
    before, after = days_around(touchpoints_of(messages, [], {}).new, noted)
    assert (before and before.day, after and after.day) == expected


def days(count: int, direction: Direction) -> list[Exchanged]:
    return [exchanged(9, direction, date(2026, 11, day)) for day in range(1, count + 1)]


def test_frequent_correspondents_who_are_no_contacts_are_missing() -> None:
    strangers = {
        "bea@x.example": days(3, IN) + days(3, OUT),
        "ada@x.example": days(5, OUT) + days(3, IN),
        "cai@x.example": days(9, OUT) + days(2, IN),
        "dan@x.example": days(2, OUT) + days(9, IN),
    }
    first = date(2026, 11, 1)
    found = missing(strangers, {"ada@x.example": "Ada Lovelace"})
    assert found == [
        Missing("ada@x.example", "Ada Lovelace", 5, 3, first, Channel.email),
        Missing("bea@x.example", "", 3, 3, first, Channel.email),
    ]
    assert list(map(str, found)) == [
        "Ada Lovelace <ada@x.example>: you wrote on 5 days, they on 3",
        "bea@x.example: you wrote on 3 days, they on 3",
    ]


def test_you_are_likely_who_is_in_the_most_messages() -> None:
    assert likely_you([message(ADA, ME), message(ME, BEA), message(CAI, BEA, ME)]) == ME.key
    assert likely_you([message(ME, ADA), event(None, ADA, ME)]) == ME.key
    assert likely_you([message(None)]) is None


@pytest.mark.parametrize(
    ("typed", "key", "is_url"),
    [
        ("Me@Home.example", "me@home.example", False),
        ("https://www.LinkedIn.com/in/me/", "linkedin.com/in/me", True),
        ("https://social.example/@me", "social.example/@me", True),
        ("me.example", "me.example", True),
    ],
)
def test_your_own_addresses_are_compared_by_key(typed: str, key: str, is_url: bool) -> None:
    assert parse_own_address(typed) == key
    assert is_own_url(key) is is_url


@pytest.mark.parametrize("typed", ["", "me", "me @x"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(BadValueError):
        parse_own_address(typed)


def test_people_are_known_by_urls_on_social_networks_only() -> None:
    assert [channel for channel in Channel if is_social(channel)] == [Channel.social]
