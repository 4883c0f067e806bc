from __future__ import annotations

from datetime import date, timedelta

import pytest

from netkeep.domain.agenda import Facts, Reason, ReasonKind
from netkeep.domain.brief import Brief, brief
from netkeep.domain.contact import Contact, Kind, Position, Status, Via
from netkeep.domain.days import Length
from netkeep.domain.due import State
from netkeep.domain.occasions import Birthday, Occasion, OwnNews
from netkeep.domain.touchpoint import Purpose, Touchpoint
from tests.builders import contact, occasion, promise, touchpoint, visit, yearly_round

TODAY = date(2026, 11, 23)
MOVED = OwnNews(2, date(2026, 11, 20), "Moved to Zurich", heard_by=0)
STARTED = OwnNews(1, date(2026, 9, 1), "Started at Initech", heard_by=7)


def brief_of(
    person: Contact | None = None,
    *,
    occasions: tuple[Occasion, ...] = (),
    touchpoints: tuple[Touchpoint, ...] = (),
    own_news: tuple[OwnNews, ...] = (),
) -> Brief:
    return brief(Facts(person or contact(), occasions), touchpoints, own_news, [], TODAY)


def test_a_brief_has_everything_to_know_before_a_call() -> None:
    worked = (Position("Babbage & Co", "Clerk", date(2020, 1, 1)),)
    person = contact(
        school="Home",
        tags=("maths",),
        urls=("ada.example",),
        via=Via(2, "Mary Somerville"),
        birthday=Birthday(12, 10, 1990),
        note="Plays chess",
        worked=worked,
    )
    news, owed = occasion(id=4), promise(date(2026, 12, 1), id=5)
    asked = touchpoint(id=9, purpose=Purpose.ask)
    greeted = touchpoint(id=8, day=date(2026, 6, 5), purpose=Purpose.greeting)
    assert brief(Facts(person, (news, owed)), [asked, greeted], [MOVED, STARTED], [], TODAY) == (
        Brief(
            id=1,
            name="Ada Lovelace",
            status=Status.active,
            kind=Kind.coworker,
            cadence=Length(2, "month"),
            state=State.due,
            due_on=date(2026, 11, 23),
            reasons=(
                Reason(
                    ReasonKind.news,
                    "Promoted to Chief Analyst, 3 days ago",
                    since=date(2026, 11, 20),
                    until=date(2026, 12, 20),
                    id=4,
                ),
                Reason(ReasonKind.cadence, "due today, every 2 months", since=TODAY),
            ),
            company="Analytical Engines",
            title="Analyst",
            worked=worked,
            city="London",
            school="Home",
            met="a party",
            met_on=date(2026, 6, 5),
            via=Via(2, "Mary Somerville"),
            birthday=Birthday(12, 10, 1990),
            tags=("maths",),
            note="Plays chess",
            last_touch_on=date(2026, 9, 23),
            latest=(asked, greeted),
            news=(news,),
            own_news=(MOVED,),
            promises=(owed,),
            asks=1,
            others=1,
            unthanked_since=date(2026, 9, 23),
            emails=("ada@engines.example", "ada@home.example"),
            phones=("+44 20 7946 0000", "112"),
            urls=("ada.example",),
            visits=(),
        )
    )


def test_brief_fields_are_in_the_documented_order() -> None:
    assert " ".join(Brief._fields) == (
        "id name status kind cadence state due_on reasons company title worked city school met"
        " met_on via birthday tags note last_touch_on latest news own_news promises asks others"
        " unthanked_since emails phones urls visits"
    )


@pytest.mark.parametrize(
    "person",
    [
        contact(due_on=TODAY + timedelta(days=1)),
        contact(due_on=None, cadence=None),
        contact(status=Status.candidate, due_on=None),
        contact(status=Status.dropped, due_on=None),
    ],
)
def test_without_a_nudge_a_brief_has_no_state_and_no_reasons(person: Contact) -> None:
    result = brief_of(person)
    assert (result.state, result.reasons, result.status) == (None, (), person.status)


def test_a_brief_has_rounds_as_reasons() -> None:
    day = date(2026, 12, 1)
    result = brief(Facts(contact(due_on=None, cadence=None)), [], [], [yearly_round()], day)
    assert [str(reason) for reason in result.reasons] == ["holidays round until Thu 24 Dec"]


def test_the_latest_3_touchpoints_are_shown_and_all_are_counted() -> None:
    days = [date(2026, 9, 23) - timedelta(weeks=weeks) for weeks in range(5)]
    touchpoints = tuple(touchpoint(id=5 - number, day=day) for number, day in enumerate(days))
    result = brief_of(touchpoints=touchpoints)
    assert [touchpoint_.id for touchpoint_ in result.latest] == [5, 4, 3]
    assert (result.asks, result.others) == (0, 5)


@pytest.mark.parametrize(
    ("newest_first", "since"),
    [
        ((Purpose.thank, Purpose.ask), None),
        ((Purpose.ask, Purpose.thank), date(2026, 9, 23)),
    ],
)
def test_thanks_count_only_after_the_ask(
    newest_first: tuple[Purpose, ...], since: date | None
) -> None:
    days = (date(2026, 9, 23), date(2026, 9, 1))
    result = brief_of(
        touchpoints=tuple(
            touchpoint(purpose=purpose, day=day)
            for purpose, day in zip(newest_first, days, strict=True)
        )
    )
    assert result.unthanked_since == since


def test_the_newest_3_pieces_of_their_news_are_shown_even_if_settled() -> None:
    days = (1, 20, 10, 20, 5)
    occasions = tuple(occasion(id=id_, day=date(2026, 6, day)) for id_, day in enumerate(days, 1))
    person = contact(due_on=None, cadence=None, last_touch_on=date(2026, 6, 25))
    result = brief_of(person, occasions=occasions)
    assert [occasion_.id for occasion_ in result.news] == [4, 2, 3]
    assert result.reasons == ()


@pytest.mark.parametrize(("last", "asked"), [(31, True), (32, False)])
def test_news_is_not_asked_about_once_you_were_in_touch_after_its_window(
    last: int, asked: bool
) -> None:
    news = occasion(day=date(2026, 6, 1))
    person = contact(last_touch_on=date(2026, 5, 31) + timedelta(days=last))
    assert bool(brief_of(person, occasions=(news,)).news) is asked


def test_open_promises_are_shown_earliest_first() -> None:
    occasions = (
        promise(date(2026, 12, 9), id=1),
        promise(date(2026, 11, 1), id=3),
        promise(date(2026, 10, 1), id=4, done_on=date(2026, 10, 2)),
        promise(date(2026, 11, 1), id=2),
        visit(date(2026, 12, 1), date(2026, 12, 4), id=5),
    )
    result = brief_of(occasions=occasions)
    assert [occasion_.id for occasion_ in result.promises] == [2, 3, 1]
    assert result.news == ()


@pytest.mark.parametrize(
    ("last_touch_on", "unheard"),
    [(None, (MOVED, STARTED)), (date(2026, 9, 23), (MOVED,)), (date(2026, 11, 20), ())],
)
def test_own_news_is_limited_to_what_they_have_not_heard(
    last_touch_on: date | None, unheard: tuple[OwnNews, ...]
) -> None:
    person = contact(last_touch_on=last_touch_on)
    assert brief_of(person, own_news=(MOVED, STARTED)).own_news == unheard
