"""The import plan: who is new, who is kept already, and what is added to whom."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netkeep.domain.birthdays import Birthday
from netkeep.domain.contact import (
    Contact,
    ContactFields,
    Detail,
    ListChange,
    Status,
    detail_key,
    distinct,
    entries,
)
from netkeep.domain.identity import Identity
from netkeep.exchange.plan import Match, Plan, Record, Skipped, Update, decide, match
from tests.builders import contact

ADA_1, ADA_2 = "https://www.linkedin.com/in/ada-1", "https://www.linkedin.com/in/ada-2"
NOBODY = contact(
    **dict.fromkeys(("company", "title", "city", "met", "met_on")),
    **dict.fromkeys(("emails", "phones"), ()),
)


def record(place: int = 2, **fields: Any) -> Record:
    named = {"name": "Ada", **fields}
    return Record(f"line {place}", ContactFields(**named))  # type: ignore[typeddict-item]


def kept(contact_id: int = 1, **fields: Any) -> Contact:
    return NOBODY._replace(**{"id": contact_id, "name": "Ada", **fields})


def own(contact_id: int) -> str:
    """What netkeep exports someone by; only that it is theirs alone matters here."""
    return f"own-{contact_id}"


def identity(one: Contact) -> Identity:
    def keys(detail: Detail) -> tuple[str, ...]:
        return tuple(detail_key(detail, value) for value in getattr(one, detail.field))

    return Identity(
        id=one.id,
        name=one.name,
        company=one.company,
        status=one.status,
        urls=keys(Detail.url),
        emails=keys(Detail.email),
        phones=keys(Detail.phone),
        uid=one.uid,
        own_uid=own(one.id),
    )


def identities(people: Iterable[Contact]) -> list[Identity]:
    """In the order in which the reader tells them: the newest first."""
    return [identity(one) for one in sorted(people, key=lambda one: -one.id)]


def plan(rows: Iterable[Record | Skipped], *people: Contact, **extras: Sequence[str]) -> Plan:
    """What an import of these rows would do to these people, with extra lines such as `_1=[...]`"""
    lines = {int(name.removeprefix("_")): some for name, some in extras.items()}
    return decide(match(rows, identities(people)), {one.id: one for one in people}, lines)


def same_as(row: Record, *people: Contact) -> int | None:
    """Whom of the kept a row is, None if it is somebody new."""
    matches = match([row], identities(people))
    assert len(matches.new) + len(matches.existing) == 1
    return matches.existing[0].contact_id if matches.existing else None


# Who is who


def test_nobody_kept_and_everybody_is_new() -> None:
    rows = [record(2), record(3, name="Grace")]
    assert plan(rows) == Plan(new=rows, updated=[], unchanged=[], skipped=[])


@pytest.mark.parametrize(
    ("fields", "there"),
    [
        ({"name": "A. King", "uid": "urn:uuid:1"}, {"uid": "urn:uuid:1"}),
        ({"name": "A. King", "uid": own(1)}, {}),
        ({"name": "A. King", "urls": (f"{ADA_1}/",)}, {"urls": ("linkedin.com/in/ada-1",)}),
        ({"name": "A. King", "urls": ("http://ada.example",)}, {"urls": ("https://Ada.example/",)}),
        ({"name": "A. King", "emails": ("ADA@x.example",)}, {"emails": ("b@x", "ada@X.example")}),
        ({"name": "A. King", "phones": ("+44 20 7946-0000",)}, {"phones": ("(44)2079460000",)}),
        ({"name": "ADA  lovelace"}, {"name": "Ada Lovelace"}),
        ({"name": "ada k", "company": "INITECH"}, {"name": "Ada-K", "company": "Initech"}),
        ({"name": "🙂"}, {"name": "🙂"}),
        ({"urls": (ADA_1,)}, {}),
        ({"uid": "a"}, {}),
        ({}, {"urls": (ADA_1,)}),
        ({"uid": "a", "urls": (ADA_1,)}, {"uid": "a", "urls": (ADA_2,)}),
        ({"uid": "a", "urls": (ADA_1,)}, {"uid": "b", "urls": (ADA_1,)}),
    ],
)  # fmt: skip
def test_who_is_the_same_person(fields: dict[str, Any], there: dict[str, Any]) -> None:
    assert same_as(record(**fields), kept(**there)) == 1


@pytest.mark.parametrize(
    ("fields", "there"),
    [
        ({"name": "Grace"}, {}),
        ({"company": "Initech"}, {}),
        ({"company": "Initech"}, {"company": "Elsewhere"}),
        ({"phones": ("+44 20 7946 0000",), "name": "A"}, {"phones": ("+44 20 7946 0001",)}),
        ({"tags": ("chess",), "name": "A"}, {"tags": ("chess",)}),
        ({"name": "😀"}, {"name": "🙂"}),
        ({"urls": ("https://ada.example",)}, {"urls": (ADA_1,)}),
        ({"emails": ("a@x",)}, {"emails": ("b@x",)}),
    ],
)
def test_who_is_somebody_else(fields: dict[str, Any], there: dict[str, Any]) -> None:
    assert same_as(record(**fields), kept(**there)) is None


@pytest.mark.parametrize(
    "shared",
    [
        {"company": "Initech"},
        {"emails": ("ada@x.example",)},
        {"phones": ("112",)},
        {"emails": ("ada@x.example",), "phones": ("112",), "company": "Initech"},
    ],
)
def test_two_profiles_or_two_uids_are_two_people_whatever_else_is_the_same(
    shared: dict[str, Any],
) -> None:
    assert same_as(record(urls=(ADA_2,), **shared), kept(urls=(ADA_1,), **shared)) is None
    assert same_as(record(uid="b", **shared), kept(uid="a", **shared)) is None
    assert same_as(record(uid="b", **shared), kept(**shared)) == 1
    assert same_as(record(urls=(ADA_2,), **shared), kept(uid="a", **shared)) == 1


def test_the_surest_mark_tells() -> None:
    people = [
        kept(1, name="By name"),
        kept(2, name="By phone", phones=("112",)),
        kept(3, name="By mail", emails=("ada@x.example",)),
        kept(4, name="By profile", urls=(ADA_1,)),
        kept(5, name="By uid", uid="a"),
    ]
    fields: dict[str, Any] = {"name": "By name"}
    for contact_id, more in enumerate(
        [{}, {"phones": ("112",)}, {"emails": ("ada@x.example",)}, {"urls": (ADA_1,)}], 1
    ):
        fields |= more
        assert same_as(record(**fields), *people) == contact_id
    assert same_as(record(**fields, uid="a"), *people) == 5
    assert same_as(record(**fields, uid=own(2)), *people) == 2


def test_of_two_with_one_address_the_elder_is_meant() -> None:
    people = [kept(1, emails=("ada@x.example",)), kept(2, emails=("ada@x.example",))]
    assert same_as(record(emails=("ada@x.example",)), *people) == 1


def test_the_profile_tells_which_of_two_with_one_address_is_meant() -> None:
    shared: dict[str, Any] = {"emails": ("ada@x.example",)}
    people = [kept(1, urls=(ADA_1,), **shared), kept(2, urls=(ADA_2,), **shared)]
    assert same_as(record(urls=(ADA_2,), **shared), *people) == 2


def test_the_name_of_a_company_is_no_mark_of_whoever_goes_by_it() -> None:
    rows = [
        record(2, name="Initech", company="Initech", emails=("sales@x.example",)),
        record(3, name="Initech", company="Initech", phones=("112",)),
        record(4, name="Initech", company="Initech", urls=("initech.example",)),
    ]
    assert plan(rows).new == rows


def test_but_it_is_of_whoever_has_nothing_else() -> None:
    assert same_as(record(name="Initech", company="Initech"), kept(name="Initech")) is None
    row = record(name="Initech", company="Initech")
    assert same_as(row, kept(name="initech", company="INITECH")) == 1


def test_the_plan_is_in_the_order_of_the_file() -> None:
    people = [kept(number, name=f"Person {number}") for number in (1, 2, 3, 4)]
    rows = [record(number, name=f"person {number}") for number in (2, 1, 9, 4, 8, 3)]
    more = [
        row._replace(extra=("X:1",)) if row.place in {"line 1", "line 3"} else row for row in rows
    ]
    found = plan(more, *people)
    assert [one.place for one in found.new] == ["line 9", "line 8"]
    assert [one.record.place for one in found.updated] == ["line 1", "line 3"]
    assert [one.record.place for one in found.unchanged] == ["line 2", "line 4"]


# Twice in a file


def test_whoever_comes_twice_is_joined_into_one_and_said() -> None:
    rows = [
        record(2, emails=("ada@x.example",), tags=("chess",), title="CTO"),
        record(5, name="Grace"),
        record(7, emails=("ADA@x.example", "ada@home"), tags=("maths", "Chess"), city="London"),
    ]
    joined = record(
        2,
        emails=("ada@x.example", "ada@home"),
        tags=("chess", "maths"),
        title="CTO",
        city="London",
    )
    assert plan(rows) == Plan(
        new=[joined, rows[1]],
        updated=[],
        unchanged=[],
        skipped=[Skipped("line 7", "the same person as on line 2")],
    )


def test_whatever_comes_in_a_third_row_is_known_by_what_the_second_brought() -> None:
    rows = [
        record(2, emails=("a@x",)),
        record(3, emails=("a@x", "b@x")),
        record(4, name="A. King", emails=("b@x",), phones=("112",)),
        record(5, name="Countess", phones=("112",)),
    ]
    (joined,) = plan(rows).new
    assert joined == record(2, emails=("a@x", "b@x"), phones=("112",))


def test_two_rows_of_somebody_kept_add_to_them_once() -> None:
    rows = [
        record(2, company="Initech", emails=("a@x",)),
        record(3, company="Initech", title="CTO", emails=("b@x",)),
    ]
    found = plan(rows, kept(company="Initech"))
    assert [(one.contact_id, one.fields, one.lists) for one in found.updated] == [
        (1, {"title": "CTO"}, {Detail.email: ListChange(add=("a@x", "b@x"))})
    ]
    assert found.skipped == [Skipped("line 3", "the same person as on line 2")]


def test_joined_records_keep_the_lines_and_what_was_left_out_of_both() -> None:
    first = record(2)._replace(extra=("ROLE:x", "LANG:en"), left_out=("a photo",))
    second = record(3)._replace(extra=("LANG:en", "LANG:fr"), left_out=("a logo",))
    (joined,) = plan([first, second]).new
    assert joined.extra == ("ROLE:x", "LANG:en", "LANG:fr")
    assert joined.left_out == ("a photo", "a logo")


FIELDS: dict[str, tuple[Any, Any]] = {
    "company": ("Initech", "Engines"),
    "title": ("CTO", "Analyst"),
    "city": ("London", "Paris"),
    "school": ("Home", "MIT"),
    "met": ("a party", "LinkedIn"),
    "met_on": (date(2026, 6, 5), date(2025, 1, 1)),
    "birthday": (Birthday(12, 10), Birthday(12, 11)),
    "note": ("tea", "coffee"),
    "uid": ("a", "b"),
}


@pytest.mark.parametrize("field", FIELDS)
def test_of_two_values_the_first_is_taken_and_neither_is_lost(field: str) -> None:
    first, second = FIELDS[field]
    one, other = record(2, **{field: first}), record(3, **{field: second})
    joined = one.joined(other)
    assert joined.fields == one.fields
    assert str(second) in str(joined.extra)


def test_three_rows_with_two_profiles_are_two_people() -> None:
    shared: dict[str, Any] = {"emails": ("ada@x.example",)}
    more: list[dict[str, Any]] = [{}, {"urls": (ADA_1,)}, {"urls": (ADA_2,)}]
    rows = [record(place, **fields, **shared) for place, fields in enumerate(more, 2)]
    found = plan(rows)
    assert [entries(one.fields, Detail.url) for one in found.new] == [(ADA_1,), (ADA_2,)]


def test_two_profiles_do_not_both_go_to_somebody_kept_without_one() -> None:
    found = plan([record(2, urls=(ADA_1,)), record(3, urls=(ADA_2,))], kept())
    assert [one.lists for one in found.updated] == [{Detail.url: ListChange(add=(ADA_1,))}]
    assert found.new == [record(3, urls=(ADA_2,))]


def test_three_rows_with_two_uids_are_two_people() -> None:
    found = plan([record(2), record(3, uid="a"), record(4, uid="b")])
    assert [one.fields.get("uid") for one in found.new] == ["a", "b"]


# Dropped, skipped


def test_someone_dropped_is_left_out_and_named() -> None:
    dropped = kept(name="Ada Lovelace", status=Status.dropped, emails=("ada@x.example",))
    assert plan([record(2, emails=("ada@x.example",), title="CTO")], dropped) == Plan(
        [], [], [], [Skipped("line 2", "Ada Lovelace was dropped")]
    )


def test_nor_does_anything_come_back_that_leads_to_them_by_another_row() -> None:
    dropped = kept(status=Status.dropped, emails=("a@x",))
    rows = [record(2, emails=("a@x", "b@x")), record(3, name="A. King", emails=("b@x",))]
    assert plan(rows, dropped).new == []
    assert [str(one) for one in plan(rows, dropped).skipped] == [
        "line 2: Ada was dropped",
        "line 3: Ada was dropped",
    ]


def test_whoever_was_dropped_there_too_is_the_same_person() -> None:
    dropped = kept(status=Status.dropped)
    assert match([record(2, status=Status.dropped)], identities([dropped])).existing == [
        Match(record(2, status=Status.dropped), 1)
    ]


def test_what_was_skipped_in_reading_stays_skipped() -> None:
    skipped = Skipped("line 7", "no name")
    assert plan([skipped]) == Plan([], [], [], [skipped])
    assert str(skipped) == "line 7: no name"


# Exported by netkeep as one of many


def test_nobody_in_what_netkeep_exported_is_another_one_of_it() -> None:
    rows = [
        record(2, emails=("a@x",))._replace(own_uid="x"),
        record(3, emails=("a@x",))._replace(own_uid="y"),
    ]
    assert plan(rows).new == rows


def test_nor_is_any_two_of_them_somebody_kept() -> None:
    rows = [
        record(2, emails=("a@x",))._replace(own_uid="x"),
        record(3, emails=("a@x",))._replace(own_uid="y"),
    ]
    found = plan(rows, kept(emails=("a@x",)))
    assert [one.record for one in found.unchanged] == rows[:1]
    assert found.new == rows[1:]


def test_they_are_known_by_what_netkeep_exports_them_by() -> None:
    row = record(2, company="Engines")._replace(own_uid=own(1))
    assert same_as(row, kept()) == 1


def test_a_number_and_a_time_that_somebody_else_has_as_well_tell_nothing() -> None:
    row = record(2, name="Grace")._replace(own_uid=own(1))
    assert same_as(row, kept()) is None


# What is added


def test_what_is_empty_is_filled_and_what_is_missing_is_added_and_that_is_all() -> None:
    there = kept(
        title="Analyst", emails=("ada@x.example",), kind=NOBODY.kind, note="tea", tags=("chess",)
    )
    row = record(
        name="Ada King",
        title="CTO",
        company="Initech",
        note="coffee",
        city="London",
        kind="friend",
        status=Status.active,
        cadence=None,
        first_due_on=date(2027, 1, 1),
        emails=("ADA@x.example", "ada@home"),
        phones=("112",),
        tags=("Chess",),
    )._replace(extra=("LANG:en", "ROLE:x"))
    (update,) = plan([row], there, _1=["LANG:en"]).updated
    assert update == Update(
        record=row,
        contact_id=1,
        name="Ada",
        fields={"company": "Initech", "city": "London"},
        lists={Detail.email: ListChange(add=("ada@home",)), Detail.phone: ListChange(add=("112",))},
        extra=("ROLE:x",),
    )


def test_with_nothing_to_add_somebody_is_unchanged() -> None:
    row = record(title="CTO", emails=("A@X",), tags=("CHESS",))._replace(extra=("LANG:en",))
    there = kept(title="Analyst", emails=("a@x",), tags=("chess",))
    found = plan([row], there, _1=["ROLE:x", "LANG:en"])
    assert (found.updated, [one.record for one in found.unchanged]) == ([], [row])
    assert not found.unchanged[0]


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_filled_if_empty_and_else_stays(field: str) -> None:
    first, second = FIELDS[field]
    marks: dict[str, Any] = {"emails": ("a@x",)}
    (update,) = plan([record(**{field: second}, **marks)], kept(**marks)).updated
    assert update.fields == {field: second}
    if field != "uid":
        (same,) = plan(
            [record(**{field: second}, **marks)], kept(**{field: first}, **marks)
        ).unchanged
        assert same.fields == {}  # fmt: skip


# Many


def calls(rows: Sequence[Record]) -> int:
    """How many functions are called, or go on, to match these rows."""
    counted = 0

    def count(_frame: object, happened: str, _argument: object) -> None:
        nonlocal counted
        counted += happened == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        match(rows, [])
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize(
    "shared",
    [{"name": "LinkedIn Member"}, {"name": "{}", "phones": ("112",)}],
    ids=["name", "phone"],
)
def test_many_with_one_name_or_phone_take_no_longer_each(shared: dict[str, Any]) -> None:
    def rows(number: int) -> list[Record]:
        return [
            record(
                place,
                **shared | {"name": shared["name"].format(place)},
                urls=(f"linkedin.com/in/{place}",),
                company=f"Company {place}",
            )
            for place in range(number)
        ]

    assert calls(rows(400)) < 2.5 * calls(rows(200))


# Whatever comes


def some(detail: Detail, *values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2).map(lambda some: distinct(detail, some))


# Whoever always has the same company, as in files that people really have: by a name that gets one
# later, nobody can be told the second time who they were the first.
rows_of_people = st.lists(
    st.builds(
        lambda name, fields: {"name": name, "company": f"{name} Ltd"} | fields,
        st.sampled_from(["Ada", "Grace"]),
        st.fixed_dictionaries(
            {},
            optional={
                "title": st.sampled_from(["CTO", "Analyst"]),
                "emails": some(Detail.email, "a@x", "A@x", "b@x"),
                "phones": some(Detail.phone, "112", "1 1 2", "113"),
                "urls": st.lists(st.sampled_from([ADA_1, "a.example"]), max_size=1).map(tuple),
                "tags": some(Detail.tag, "chess", "maths"),
            },
        ),
    ),
    max_size=5,
)
rows_of_a_file = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["Ada", "Grace"])},
        optional={
            "company": st.sampled_from(["Initech", "Ada"]),
            "title": st.sampled_from(["CTO", "Analyst"]),
            "uid": st.sampled_from(["a", "b"]),
            "emails": some(Detail.email, "a@x", "A@x", "b@x"),
            "phones": some(Detail.phone, "112", "1 1 2", "113"),
            "urls": st.lists(st.sampled_from([ADA_1, ADA_2, "a.example"]), max_size=1).map(tuple),
            "tags": some(Detail.tag, "chess", "maths"),
        },
    ),
    max_size=5,
)


def records_of(rows: Sequence[dict[str, Any]]) -> list[Record]:
    return [
        record(place, **fields)._replace(extra=(f"X-{fields.get('name')}:{place % 2}",))
        for place, fields in enumerate(rows, 2)
    ]


def applied(found: Plan, people: Sequence[Contact]) -> list[Contact]:
    """Everybody after the import, as the writer would leave them."""
    there = {one.id: one for one in people}
    for update in found.updated:
        one = there[update.contact_id]
        added: dict[str, Any] = {
            detail.field: change.applied(detail, getattr(one, detail.field))
            for detail, change in update.lists.items()
        }
        there[one.id] = one._replace(**{**update.fields, **added})
    for new in found.new:
        contact_id = max(there, default=0) + 1
        fields: dict[str, Any] = {"id": contact_id, **new.fields}
        there[contact_id] = NOBODY._replace(**fields)
    return list(there.values())


def second_plan(rows: Sequence[dict[str, Any]]) -> Plan:
    """What the import of a file would do once more."""
    once = plan(records_of(rows))
    extras = {f"_{contact_id}": new.extra for contact_id, new in enumerate(once.new, 1)}
    return plan(records_of(rows), *applied(once, ()), **extras)


@pytest.mark.parametrize(
    "rows",
    [
        # There is one of that name, and then there are two.
        [{"company": "Initech"}, {}, {"company": "Engines"}],
        # The third brings the address of the second to the first.
        [
            {"emails": ("a@x",)},
            {"name": "Grace", "emails": ("b@x",), "phones": ("112",)},
            {"emails": ("a@x", "b@x")},
        ],
    ],
)
def test_a_second_run_finds_the_same_people(rows: Sequence[dict[str, Any]]) -> None:
    again = second_plan(rows)
    assert (again.new, again.updated) == ([], [])


@given(rows_of_people)
def test_the_second_time_there_is_nothing_to_do(rows: Sequence[dict[str, Any]]) -> None:
    again = second_plan(rows)
    assert (again.new, again.updated) == ([], [])


@given(rows_of_people, rows_of_people)
def test_nor_if_somebody_was_kept_before(
    before: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]]
) -> None:
    # Of two people with one address, who is meant may change with what they got meanwhile.
    owners = {
        (detail, detail_key(detail, value), row["name"])
        for row in (*before, *rows)
        for detail in (Detail.email, Detail.phone, Detail.url)
        for value in row.get(detail.field, ())
    }
    assume(len({owner[:2] for owner in owners}) == len(owners))
    people = applied(plan(records_of(before)), ())
    bare = [row._replace(extra=()) for row in records_of(rows)]
    after = applied(plan(bare, *people), people)
    again = plan(bare, *after)
    assert again.new == []
    assert not [one for one in again.updated if one.fields or one.lists]


@given(rows_of_a_file, rows_of_a_file)
def test_every_row_is_accounted_for_and_no_entry_is_lost(
    before: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]]
) -> None:
    people = applied(plan(records_of(before)), ())
    found = plan(records_of(rows), *people)
    taken = [*found.new, *(one.record for one in (*found.updated, *found.unchanged))]
    places = [one.place for one in taken] + [one.place for one in found.skipped]
    assert sorted(places) == sorted(row.place for row in records_of(rows))
    for detail in Detail:
        brought = {
            detail_key(detail, value)
            for row in records_of(rows)
            for value in entries(row.fields, detail)
        }
        kept_now = {
            detail_key(detail, value)
            for one in applied(found, people)
            for value in getattr(one, detail.field)
        }
        assert brought <= kept_now
    assert {line for row in records_of(rows) for line in row.extra} <= {
        line for one in taken for line in one.extra
    }


@given(rows_of_a_file, rows_of_a_file)
def test_nothing_that_is_there_ever_changes(
    before: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]]
) -> None:
    people = applied(plan(records_of(before)), ())
    after = {one.id: one for one in applied(plan(records_of(rows), *people), people)}
    for one in people:
        for field, value in one._asdict().items():
            now = getattr(after[one.id], field)
            assert now[: len(value)] == value if isinstance(value, tuple) else value in {None, now}


def without_uids(rows: Sequence[dict[str, Any]]) -> list[Record]:
    return records_of(
        [{name: value for name, value in row.items() if name != "uid"} for row in rows]
    )


@given(rows_of_a_file, rows_of_a_file)
def test_two_profiles_never_become_one_person_unless_a_uid_says_so(
    before: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]]
) -> None:
    people = applied(plan(without_uids(before)), ())
    for one in applied(plan(without_uids(rows), *people), people):
        assert one.uid or not {ADA_1, ADA_2} <= set(one.urls)
