from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import Kind, Status
from netkeep.domain.days import USUAL, Length, parse_cadence
from netkeep.domain.stats import CadenceChange, Group, Load, check_load


def group(people: int, kind: Kind, cadence: str, status: Status = Status.active) -> Group:
    return Group(status, kind, parse_cadence(cadence), people)


FRIENDS = group(60, Kind.friend, "2m")  # 7 touchpoints a week
CLIENTS = group(30, Kind.client, "1m")  # 7 as well


def suggested_change(groups: list[Group], done: float) -> CadenceChange:
    change = check_load(groups, round(done * 8)).change
    assert change is not None
    return change


def test_each_cadence_needs_one_touchpoint_per_period() -> None:
    assert check_load([FRIENDS, CLIENTS, group(1, Kind.other, "none")], 0).wanted == 14
    assert check_load([group(1, Kind.mentor, "10d")], 0).wanted == 0.7


@pytest.mark.parametrize("status", [Status.candidate, Status.dropped])
def test_only_active_contacts_need_touchpoints(status: Status) -> None:
    assert check_load([group(60, Kind.friend, "2m", status)], 0) == Load(0, 0, None)


def test_done_is_the_weekly_average_of_eight_weeks() -> None:
    assert check_load([], 4).done == 0.5


def test_doing_as_much_as_needed_is_sustainable() -> None:
    enough = check_load([FRIENDS], 56)
    assert enough == Load(wanted=7, done=7, change=None)
    assert enough.is_sustainable
    assert not check_load([FRIENDS], 55).is_sustainable


def test_no_change_is_suggested_without_any_touchpoints() -> None:
    assert check_load([FRIENDS], 0) == Load(wanted=7, done=0, change=None)


def test_the_shortest_cadence_that_fits_is_suggested_with_its_command() -> None:
    assert suggested_change([FRIENDS], 5) == CadenceChange(
        kind=Kind.friend,
        cadence=Length(3, "month"),
        instead=(Length(2, "month"),),
        people=60,
        out_of=60,
        wanted=4.67,
        command="netkeep edit PERSON -e 3m",
    )


@pytest.mark.parametrize(
    ("cadence", "done", "step"),
    [
        ("1w", 210, "2w"),
        ("1w", 100, "1m"),
        ("1m", 50, "2m"),
        ("2m", 20, "6m"),
        ("2m", 10, "1y"),
        ("10w", 35, "3m"),
    ],
)
def test_every_usual_cadence_may_be_suggested(cadence: str, done: float, step: str) -> None:
    assert suggested_change([group(420, Kind.friend, cadence)], done).cadence == parse_cadence(step)


def test_the_change_that_leaves_the_most_touchpoints_is_suggested() -> None:
    few = group(6, Kind.mentor, "1m")
    change = suggested_change([FRIENDS, few], 8)
    assert (change.kind, change.cadence, change.wanted) == (Kind.mentor, Length(2, "month"), 7.7)


def test_a_cadence_is_preferred_to_none_even_if_none_leaves_more() -> None:
    few = group(6, Kind.mentor, "1m")
    change = suggested_change([FRIENDS, few], 7)
    assert (change.kind, change.cadence, change.wanted) == (Kind.friend, Length(3, "month"), 6.07)


def test_none_is_suggested_if_only_none_fits() -> None:
    change = suggested_change([group(365, Kind.other, "1y"), group(1, Kind.friend, "1y")], 0.125)
    assert (change.kind, change.cadence, change.wanted) == (Kind.other, None, 0.02)
    assert change.command == "netkeep edit PERSON -e none"


def test_the_change_that_helps_most_is_suggested_if_nothing_fits() -> None:
    change = suggested_change([FRIENDS, CLIENTS], 1)
    assert (change.kind, change.cadence, change.wanted) == (Kind.client, Length(1, "year"), 7.58)


def test_none_is_suggested_if_no_cadence_is_longer() -> None:
    yearly = [group(365, kind, "1y") for kind in (Kind.other, Kind.alumni)]
    change = suggested_change(yearly, 1)
    assert (change.kind, change.cadence, change.wanted) == (Kind.alumni, None, 7)


def test_only_shorter_cadences_are_changed() -> None:
    groups = [
        *(FRIENDS, group(30, Kind.friend, "1m"), group(5, Kind.friend, "1y")),
        *(group(2, Kind.friend, "none"), group(9, Kind.friend, "2m", Status.dropped)),
    ]
    change = suggested_change(groups, 7)
    assert (change.cadence, change.people, change.out_of) == (Length(6, "month"), 90, 97)
    assert change.instead == (Length(2, "month"), Length(1, "month"))
    assert change.command == "netkeep edit PERSON -e 6m"


GROUPS = st.lists(
    st.builds(
        Group,
        status=st.sampled_from(Status),
        kind=st.sampled_from(Kind),
        cadence=st.none()
        | st.builds(Length, st.integers(1, 10), st.sampled_from(["day", "week", "month", "year"])),
        people=st.integers(1, 500),
    ),
    unique_by=lambda group_: group_[:3],
)


@given(GROUPS, st.integers(1, 5_000))
def test_applying_the_suggested_change_gives_the_predicted_load(
    groups: list[Group], touchpoints: int
) -> None:
    result = check_load(groups, touchpoints)
    assert (result.change is None) == result.is_sustainable
    if result.change is None:
        return
    change = result.change
    cadence = change.cadence
    after = [
        group_._replace(cadence=cadence)
        if group_.kind is change.kind
        and group_.cadence
        and (cadence is None or group_.cadence.days < cadence.days)
        else group_
        for group_ in groups
    ]
    assert check_load(after, touchpoints).wanted == change.wanted <= result.wanted
    assert cadence in {*USUAL, None}
    assert 0 < change.people <= change.out_of


def test_load_fields_are_in_the_documented_order() -> None:
    assert " ".join(Load._fields) == "wanted done change"
    assert " ".join(CadenceChange._fields) == "kind cadence instead people out_of wanted command"
