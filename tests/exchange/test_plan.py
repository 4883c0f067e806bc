"""The import plan: which records are new, and what is added to existing contacts."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

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
from netkeep.domain.names import nicknames
from netkeep.domain.occasions import Birthday
from netkeep.exchange.plan import Match, Plan, Record, Skipped, Update, decide, match
from tests.builders import contact

ADA_1, ADA_2 = "https://www.linkedin.com/in/ada-1", "https://www.linkedin.com/in/ada-2"
BLANK = contact(
    **dict.fromkeys(("company", "title", "city", "met", "met_on")),
    **dict.fromkeys(("emails", "phones"), ()),
)


def record(place: int = 2, **fields: Any) -> Record:
    named = {"name": "Ada", **fields}
    return Record(f"line {place}", ContactFields(**named))  # type: ignore[typeddict-item]


def existing(contact_id: int = 1, **fields: Any) -> Contact:
    return BLANK._replace(**{"id": contact_id, "name": "Ada", **fields})


def own(contact_id: int) -> str:
    """The UID under which netkeep exports a contact; here it only has to be unique."""
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
    """In the order of the query: the newest contact first."""
    return [identity(one) for one in sorted(people, key=lambda one: -one.id)]


def plan(rows: Iterable[Record | Skipped], *people: Contact, **extras: Sequence[str]) -> Plan:
    """Plan an import for these contacts; `_1=[...]` are the extra lines of contact 1."""
    lines = {int(name.removeprefix("_")): some for name, some in extras.items()}
    return decide(match(rows, identities(people)), {one.id: one for one in people}, lines)


def same_as(row: Record, *people: Contact) -> int | None:
    """Return the id of the contact that a row matches, None if it is new."""
    matches = match([row], identities(people))
    assert len(matches.new) + len(matches.existing) == 1
    return matches.existing[0].contact_id if matches.existing else None


# Matching


def test_without_contacts_every_record_is_new() -> None:
    rows = [record(2), record(3, name="Grace")]
    assert plan(rows) == Plan(new=rows, updated=[], unchanged=[], skipped=[])


def test_a_shared_tag_is_no_match() -> None:
    assert same_as(record(name="A", tags=("chess",)), existing(tags=("chess",))) is None


def test_of_two_contacts_with_the_same_address_the_older_matches() -> None:
    people = [existing(1, emails=("ada@x.example",)), existing(2, emails=("ada@x.example",))]
    assert same_as(record(emails=("ada@x.example",)), *people) == 1


def test_records_named_after_their_company_do_not_match_by_name() -> None:
    rows = [
        record(2, name="Initech", company="Initech", emails=("sales@x.example",)),
        record(3, name="Initech", company="Initech", phones=("112",)),
        record(4, name="Initech", company="Initech", urls=("initech.example",)),
    ]
    assert plan(rows).new == rows


def test_records_named_after_their_company_match_by_name_without_addresses() -> None:
    assert same_as(record(name="Initech", company="Initech"), existing(name="Initech")) is None
    row = record(name="Initech", company="Initech")
    assert same_as(row, existing(name="initech", company="INITECH")) == 1


def test_the_plan_is_in_the_order_of_the_file() -> None:
    people = [existing(number, name=f"Person {number}") for number in (1, 2, 3, 4)]
    rows = [record(number, name=f"person {number}") for number in (2, 1, 9, 4, 8, 3)]
    more = [
        row._replace(extra=("X:1",)) if row.place in {"line 1", "line 3"} else row for row in rows
    ]
    result = plan(more, *people)
    assert [one.place for one in result.new] == ["line 9", "line 8"]
    assert [one.record.place for one in result.updated] == ["line 1", "line 3"]
    assert [one.record.place for one in result.unchanged] == ["line 2", "line 4"]


# Several records of one person


def test_two_records_of_one_person_are_joined_and_reported() -> None:
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
        skipped=[Skipped("line 7", "the same person as line 2")],
    )


def test_a_third_row_matches_by_an_address_from_the_second() -> None:
    rows = [
        record(2, emails=("a@x",)),
        record(3, emails=("a@x", "b@x")),
        record(4, name="Ada King", emails=("b@x",), phones=("112",)),
        record(5, name="Ada K.", phones=("112",)),
    ]
    (joined,) = plan(rows).new
    assert joined == record(2, emails=("a@x", "b@x"), phones=("112",))._replace(
        extra=("NICKNAME:Ada King", "NICKNAME:Ada K.")
    )


def test_two_rows_of_a_contact_make_one_update() -> None:
    rows = [
        record(2, company="Initech", emails=("a@x",)),
        record(3, company="Initech", title="CTO", emails=("a@x", "b@x")),
    ]
    result = plan(rows, existing(company="Initech"))
    assert [(one.contact_id, one.fields, one.lists) for one in result.updated] == [
        (1, {"title": "CTO"}, {Detail.email: ListChange(add=("a@x", "b@x"))})
    ]
    assert result.skipped == [Skipped("line 3", "the same person as line 2")]


def test_joined_records_keep_the_extra_lines_of_both() -> None:
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
def test_joined_records_keep_the_second_value_as_an_extra_line(field: str) -> None:
    first, second = FIELDS[field]
    one, other = record(2, **{field: first}), record(3, **{field: second})
    joined = one.joined(other)
    assert joined.fields == one.fields
    assert str(second) in str(joined.extra)


def test_three_rows_with_two_profiles_are_two_people() -> None:
    shared: dict[str, Any] = {"emails": ("ada@x.example",)}
    more: list[dict[str, Any]] = [{}, {"urls": (ADA_1,)}, {"urls": (ADA_2,)}]
    rows = [record(place, **fields, **shared) for place, fields in enumerate(more, 2)]
    result = plan(rows)
    assert [entries(one.fields, Detail.url) for one in result.new] == [(ADA_1,), (ADA_2,)]


def test_only_one_of_two_profiles_is_added_to_a_contact() -> None:
    result = plan([record(2, urls=(ADA_1,)), record(3, urls=(ADA_2,))], existing())
    assert [one.lists for one in result.updated] == [{Detail.url: ListChange(add=(ADA_1,))}]
    assert result.new == [record(3, urls=(ADA_2,))]


def test_three_rows_with_two_uids_are_two_people() -> None:
    result = plan([record(2), record(3, uid="a"), record(4, uid="b")])
    assert [one.fields.get("uid") for one in result.new] == ["a", "b"]


# Dropped and skipped


def test_a_dropped_contact_is_skipped_and_named() -> None:
    dropped = existing(name="Ada Lovelace", status=Status.dropped, emails=("ada@x.example",))
    known = record(2, emails=("ada@x.example",), title="CTO")
    assert plan([known], dropped) == Plan(
        *([], [], [], [Skipped("line 2", "you dropped Ada Lovelace")]),
        dropped=(Match(known, dropped.id),),
    )


def test_a_row_that_matches_a_dropped_contact_through_another_row_is_skipped() -> None:
    dropped = existing(status=Status.dropped, emails=("a@x",))
    rows = [record(2, emails=("a@x", "b@x")), record(3, name="Ada King", emails=("b@x",))]
    assert plan(rows, dropped).new == []
    assert [str(one) for one in plan(rows, dropped).skipped] == [
        "line 2: you dropped Ada",
        "line 3: you dropped Ada",
    ]


def test_a_dropped_record_matches_a_dropped_contact() -> None:
    dropped = existing(status=Status.dropped)
    assert match([record(2, status=Status.dropped)], identities([dropped])).existing == [
        Match(record(2, status=Status.dropped), 1)
    ]


def test_rows_skipped_by_the_reader_stay_skipped() -> None:
    skipped = Skipped("line 7", "no name")
    assert plan([skipped]) == Plan([], [], [], [skipped])
    assert str(skipped) == "line 7: no name"


# Exported by netkeep


def test_records_exported_by_netkeep_do_not_match_each_other() -> None:
    rows = [
        record(2, emails=("a@x",))._replace(own_uid="x"),
        record(3, emails=("a@x",))._replace(own_uid="y"),
    ]
    assert plan(rows).new == rows


def test_two_records_exported_by_netkeep_do_not_match_the_same_contact() -> None:
    rows = [
        record(2, emails=("a@x",))._replace(own_uid="x"),
        record(3, emails=("a@x",))._replace(own_uid="y"),
    ]
    result = plan(rows, existing(emails=("a@x",)))
    assert [one.record for one in result.unchanged] == rows[:1]
    assert result.new == rows[1:]


def test_a_record_exported_by_netkeep_matches_by_its_own_uid() -> None:
    row = record(2, company="Engines")._replace(own_uid=own(1))
    assert same_as(row, existing()) == 1


def test_an_own_uid_with_another_name_does_not_match() -> None:
    row = record(2, name="Grace")._replace(own_uid=own(1))
    assert same_as(row, existing()) is None


# Updates


def test_an_update_only_fills_empty_fields_and_adds_to_lists() -> None:
    contact_ = existing(
        title="Analyst", emails=("ada@x.example",), kind=BLANK.kind, note="tea", tags=("chess",)
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
    (update,) = plan([row], contact_, _1=["LANG:en"]).updated
    assert update == Update(
        record=row,
        contact_id=1,
        name="Ada",
        fields={"company": "Initech", "city": "London"},
        lists={Detail.email: ListChange(add=("ada@home",)), Detail.phone: ListChange(add=("112",))},
        extra=("ROLE:x", "NICKNAME:Ada King"),
    )


def test_a_record_with_nothing_to_add_leaves_the_contact_unchanged() -> None:
    row = record(title="CTO", emails=("A@X",), tags=("CHESS",))._replace(extra=("LANG:en",))
    contact_ = existing(title="Analyst", emails=("a@x",), tags=("chess",))
    result = plan([row], contact_, _1=["ROLE:x", "LANG:en"])
    assert (result.updated, [one.record for one in result.unchanged]) == ([], [row])
    assert not result.unchanged[0]


@pytest.mark.parametrize("field", FIELDS)
def test_an_update_fills_a_field_only_if_it_is_empty(field: str) -> None:
    first, second = FIELDS[field]
    shared: dict[str, Any] = {"emails": ("a@x",)}
    (update,) = plan([record(**{field: second}, **shared)], existing(**shared)).updated
    assert update.fields == {field: second}
    if field != "uid":
        (same,) = plan(
            [record(**{field: second}, **shared)], existing(**{field: first}, **shared)
        ).unchanged
        assert same.fields == {}  # fmt: skip


# Speed


def calls(rows: Sequence[Record]) -> int:
    """Count the function calls that it takes to match these rows."""
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
def test_many_records_with_the_same_name_or_phone_take_linear_time(shared: dict[str, Any]) -> None:
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


# Properties


def some(detail: Detail, *values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2).map(lambda some: distinct(detail, some))


# Each person always has the same company, as in real files: one without a company at first and with
# one later would not match by name in a second import.
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


def applied(result: Plan, people: Sequence[Contact]) -> list[Contact]:
    """Return all contacts after the import."""
    contacts = {one.id: one for one in people}
    for update in result.updated:
        one = contacts[update.contact_id]
        added: dict[str, Any] = {
            detail.field: change.apply(detail, getattr(one, detail.field))
            for detail, change in update.lists.items()
        }
        contacts[one.id] = one._replace(**{**update.fields, **added})
    for new in result.new:
        contact_id = max(contacts, default=0) + 1
        fields: dict[str, Any] = {"id": contact_id, **new.fields}
        contacts[contact_id] = BLANK._replace(**fields)
    return list(contacts.values())


def second_plan(rows: Sequence[dict[str, Any]]) -> Plan:
    """Plan the import of a file that was imported before."""
    once = plan(records_of(rows))
    extras = {f"_{contact_id}": new.extra for contact_id, new in enumerate(once.new, 1)}
    return plan(records_of(rows), *applied(once, ()), **extras)


@pytest.mark.parametrize(
    "rows",
    [
        # The first two have the same name, and then a third one has.
        [{"company": "Initech"}, {}, {"company": "Engines"}],
        # The third adds the address of the second to the first.
        [
            {"emails": ("a@x",)},
            {"name": "Grace", "emails": ("b@x",), "phones": ("112",)},
            {"emails": ("a@x", "b@x")},
        ],
    ],
)
def test_a_second_import_matches_the_same_people(rows: Sequence[dict[str, Any]]) -> None:
    again = second_plan(rows)
    assert (again.new, again.updated) == ([], [])


def each_address_has_one_owner(rows: Sequence[dict[str, Any]]) -> bool:
    """Return whether no two names share an address, a phone number or a URL.

    Which of two contacts with the same address matches may change when they gain another one.
    """
    owners = {
        (detail, detail_key(detail, value), row["name"])
        for row in rows
        for detail in (Detail.email, Detail.phone, Detail.url)
        for value in row.get(detail.field, ())
    }
    return len({owner[:2] for owner in owners}) == len(owners)


def each_name_is_one_person(rows: Sequence[dict[str, Any]]) -> bool:
    """Whether no two rows of a name have addresses that all differ, as those of two people do.

    Which of two people of one name a row without addresses is about may change with the order.
    """
    addresses = [
        {
            (detail, detail_key(detail, value))
            for detail in (Detail.email, Detail.phone, Detail.url)
            for value in row.get(detail.field, ())
        }
        for row in rows
    ]
    return not any(
        one["name"] == other["name"] and ours and theirs and ours.isdisjoint(theirs)
        for (one, ours), (other, theirs) in combinations(zip(rows, addresses, strict=True), 2)
    )


@given(rows_of_people)
def test_a_second_import_changes_nothing(rows: Sequence[dict[str, Any]]) -> None:
    assume(each_address_has_one_owner(rows) and each_name_is_one_person(rows))
    again = second_plan(rows)
    assert (again.new, again.updated) == ([], [])


@given(rows_of_people, rows_of_people)
def test_a_second_import_after_other_contacts_changes_nothing(
    before: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]]
) -> None:
    everyone = [*before, *rows]
    assume(each_address_has_one_owner(everyone) and each_name_is_one_person(everyone))
    people = applied(plan(records_of(before)), ())
    bare = [row._replace(extra=()) for row in records_of(rows)]
    after = applied(plan(bare, *people), people)
    again = plan(bare, *after)
    assert again.new == []
    assert not [one for one in again.updated if one.fields or one.lists]


@given(rows_of_a_file, rows_of_a_file)
def test_every_row_is_reported_and_no_entry_is_lost(
    before: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]]
) -> None:
    people = applied(plan(records_of(before)), ())
    result = plan(records_of(rows), *people)
    taken = [*result.new, *(one.record for one in (*result.updated, *result.unchanged))]
    places = [one.place for one in taken] + [one.place for one in result.skipped]
    assert sorted(places) == sorted(row.place for row in records_of(rows))
    for detail in Detail:
        brought = {
            detail_key(detail, value)
            for row in records_of(rows)
            for value in entries(row.fields, detail)
        }
        entries_now = {
            detail_key(detail, value)
            for one in applied(result, people)
            for value in getattr(one, detail.field)
        }
        assert brought <= entries_now
    assert {line for row in records_of(rows) for line in row.extra} <= {
        line for one in taken for line in one.extra
    }


@given(rows_of_a_file, rows_of_a_file)
def test_an_import_never_overwrites_a_value(
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
def test_two_profiles_are_never_joined_without_a_uid(
    before: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]]
) -> None:
    people = applied(plan(without_uids(before)), ())
    for one in applied(plan(without_uids(rows), *people), people):
        assert one.uid or not {ADA_1, ADA_2} <= set(one.urls)


# Of two in a row one cannot be the other; the initials fit several.
CONTRADICTING = ["Ada Berg", "Anna Berg", "Bertil Berg", "Ada Dahl", "Grace Hopper"]
people_with_shared_addresses = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from([*CONTRADICTING, "A. Berg", "Ada B.", "Berg", "Grace"])},
        optional={
            "company": st.sampled_from(["Initech", "Berg"]),
            "emails": some(Detail.email, "info@x", "a@x", "b@x"),
            "phones": some(Detail.phone, "112", "+1 555 0100", "001 555 0100"),
            "urls": st.lists(st.sampled_from(["a.example", "b.example"]), max_size=1).map(tuple),
        },
    ),
    max_size=6,
)


def names_by_person(result: Plan, people: Sequence[Contact]) -> list[set[str]]:
    """Return after the import, by contact, the names and nicknames."""
    before = {one.id: {one.name} for one in people}
    for update in result.updated:
        before[update.contact_id] |= {*nicknames(update.extra)}
    return [*before.values(), *({one.fields["name"], *nicknames(one.extra)} for one in result.new)]


@given(people_with_shared_addresses, people_with_shared_addresses)
def test_import_never_loses_a_name_that_contradicts_another(
    before: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]]
) -> None:
    people = [existing(number, **fields) for number, fields in enumerate(before, 1)]
    after = names_by_person(plan(records_of(rows), *people), people)
    given_names = {fields["name"] for fields in (*before, *rows)} & {*CONTRADICTING}
    assert {name for names in after for name in names} & {*CONTRADICTING} == given_names
    assert all(len(names & {*CONTRADICTING}) <= 1 for names in after)
    assert len(after) >= len(given_names)
