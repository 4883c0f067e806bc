"""Who is the same person: matching, and likely duplicates."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import (
    Contact,
    Detail,
    Status,
    Via,
    detail_key,
    distinct,
)
from netkeep.domain.days import Length
from netkeep.domain.identity import (
    MAX_SHARING,
    Identity,
    IdentityIndex,
    Individual,
    Pair,
    Strength,
    likely_duplicates,
    reasons_alike,
    strength,
)
from netkeep.domain.merging import merge_changes
from tests.builders import contact

BARE = contact(
    company=None,
    title=None,
    city=None,
    emails=(),
    phones=(),
    met=None,
    met_on=None,
    first_due_on=None,
)
WEEK, YEAR = Length(1, "week"), Length(1, "year")
ADA_1, ADA_2 = "https://www.linkedin.com/in/ada-1", "https://www.linkedin.com/in/ada-2"


def bare(**changes: Any) -> Contact:
    return BARE._replace(**changes)


# Matching


def identity(contact_id: int | None = None, **fields: Any) -> Identity:
    """The identity of a contact, or without an id that of a record."""
    keys = {
        detail.field: tuple(detail_key(detail, value) for value in fields.get(detail.field, ()))
        for detail in (Detail.email, Detail.phone, Detail.url)
    }
    own_uid = f"own-{contact_id}" if contact_id else None
    usual = {"name": "Ada", "company": None, "status": Status.active, "own_uid": own_uid}
    return Identity(id=contact_id, **{**usual, **fields, **keys})


def matched_id(record: Identity, *contacts: Identity) -> int | None:
    index = IdentityIndex()
    for contact_ in contacts:
        index.add(Individual(contact_), contact_)
    match = index.find(Individual(record))
    return match.identity.id if match else None


@pytest.mark.parametrize(
    ("fields", "existing"),
    [
        ({"name": "A. King", "uid": "urn:uuid:1"}, {"uid": "urn:uuid:1"}),
        ({"name": "A. King", "uid": "own-1"}, {}),
        ({"company": "Initech"}, {}),
        ({"company": "Initech", "urls": (ADA_1,)}, {"company": "Initech", "emails": ("a@x",)}),
        ({"name": "A. King", "urls": (f"{ADA_1}/",)}, {"urls": ("linkedin.com/in/ada-1",)}),
        ({"name": "Ada King", "urls": ("http://ada.example",)}, {"urls": ("https://Ada.example/",)}),
        ({"name": "Ada King", "emails": ("ADA@x.example",)}, {"emails": ("b@x", "ada@X.example")}),
        ({"name": "Ada King", "phones": ("+44 20 7946-0000",)}, {"phones": ("(44)2079460000",)}),
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
def test_records_that_match(fields: dict[str, Any], existing: dict[str, Any]) -> None:
    assert matched_id(identity(**fields), identity(1, **existing)) == 1


@pytest.mark.parametrize(
    ("fields", "existing"),
    [
        ({"name": "Grace"}, {}),
        ({"company": "Initech"}, {"company": "Elsewhere"}),
        ({"name": "Initech", "company": "Initech"}, {"name": "Initech"}),
        ({"name": "Grace", "urls": ("ada.example",)}, {"urls": ("ada.example",)}),
        ({"name": "Grace", "emails": ("info@x",)}, {"emails": ("info@x",)}),
        ({"name": "Grace", "phones": ("112",)}, {"phones": ("112",)}),
        (
            {"company": "Initech", "emails": ("a@x",)},
            {"company": "Initech", "emails": ("b@x",)},
        ),
        ({"phones": ("+44 20 7946 0000",), "name": "A"}, {"phones": ("+44 20 7946 0001",)}),
        ({"name": "😀"}, {"name": "🙂"}),
        ({"urls": ("https://ada.example",)}, {"urls": (ADA_1,)}),
        ({"emails": ("a@x",)}, {"emails": ("b@x",)}),
    ],
)
def test_records_that_do_not_match(fields: dict[str, Any], existing: dict[str, Any]) -> None:
    assert matched_id(identity(**fields), identity(1, **existing)) is None


@pytest.mark.parametrize(
    "shared",
    [
        {"company": "Initech"},
        {"emails": ("ada@x.example",)},
        {"phones": ("112",)},
        {"emails": ("ada@x.example",), "phones": ("112",), "company": "Initech"},
    ],
)
def test_different_profiles_or_uids_never_match(
    shared: dict[str, Any],
) -> None:
    assert (
        matched_id(identity(urls=(ADA_2,), **shared), identity(1, urls=(ADA_1,), **shared)) is None
    )
    assert matched_id(identity(uid="b", **shared), identity(1, uid="a", **shared)) is None
    assert matched_id(identity(uid="b", **shared), identity(1, **shared)) == 1
    assert matched_id(identity(urls=(ADA_2,), **shared), identity(1, uid="a", **shared)) == 1


def test_the_strongest_key_decides() -> None:
    people = [
        identity(1, name="Ada King"),
        identity(2, name="Ada", phones=("112",)),
        identity(3, name="Ada King", phones=("112",)),
        identity(4, name="By profile", urls=(ADA_1,)),
        identity(5, name="By uid", uid="a"),
    ]
    fields: dict[str, Any] = {"name": "Ada King"}
    assert matched_id(identity(**fields), *people) == 1
    fields["phones"] = ("112",)
    assert matched_id(identity(**fields), *people[:2]) == 2
    assert matched_id(identity(**fields), *people) == 3
    fields["urls"] = (ADA_1,)
    assert matched_id(identity(**fields), *people) == 4
    assert matched_id(identity(**fields, uid="a"), *people) == 5
    assert matched_id(identity(**fields, uid="own-2"), *people) == 2


def test_of_two_contacts_with_the_same_address_the_profile_decides() -> None:
    shared: dict[str, Any] = {"emails": ("ada@x.example",)}
    people = [identity(1, urls=(ADA_1,), **shared), identity(2, urls=(ADA_2,), **shared)]
    assert matched_id(identity(urls=(ADA_2,), **shared), *people) == 2


# Likely duplicates


def test_pairs_with_more_in_common_come_first() -> None:
    ada = bare(emails=("ada@x.example",), phones=("+44 20 7946",))
    king = bare(id=2, name="Ada King", phones=("44207946",))
    twin = bare(id=3, name="ada lovelace", emails=("ADA@x.example",), urls=("https://a.example/",))
    page = bare(id=4, name="Page", urls=("www.a.example",))
    assert likely_duplicates([king, page, twin, ada]) == [
        Pair(
            *(1, "Ada Lovelace", 3, "ada lovelace"),
            ("same e-mail address ada@x.example", "same name ada lovelace"),
        ),
        Pair(1, "Ada Lovelace", 2, "Ada King", ("same phone number 44207946",)),
        Pair(3, "ada lovelace", 4, "Page", ("same URL a.example",)),
    ]


def test_contacts_with_nothing_in_common_are_no_pair() -> None:
    twice = bare(emails=("a@x.example",), phones=("112",))
    assert likely_duplicates([]) == []
    assert likely_duplicates([twice]) == []
    assert (
        likely_duplicates([twice, bare(id=2, name="Grace", tags=("chess",), company="Engines")])
        == []
    )


def test_contacts_with_different_profiles_are_no_pair() -> None:
    ada, twin = (f"https://www.linkedin.com/in/ada-{number}" for number in (1, 2))
    same = {"emails": ("ada@x.example",), "phones": ("112",)}
    assert likely_duplicates([bare(urls=(ada,), **same), bare(id=2, urls=(twin,), **same)]) == []
    (pair,) = likely_duplicates([bare(urls=(ada,), **same), bare(id=2, urls=(twin, ada), **same)])
    assert len(pair.reasons) == 4
    (pair,) = likely_duplicates([bare(urls=(ada,), **same), bare(id=2, **same)])
    assert len(pair.reasons) == 3


@pytest.mark.parametrize("status", Status)
def test_contacts_of_every_status_make_pairs(status: Status) -> None:
    assert len(likely_duplicates([bare(), bare(id=2, status=status)])) == 1


def test_a_phone_number_that_many_share_makes_no_pairs() -> None:
    people = [bare(id=id_, name=f"No {id_}", phones=("112",)) for id_ in range(1, MAX_SHARING + 1)]
    assert len(likely_duplicates(people)) == MAX_SHARING * (MAX_SHARING - 1) / 2
    assert (
        likely_duplicates([*people, bare(id=MAX_SHARING + 1, name="Last", phones=("112",))]) == []
    )


def test_names_without_letters_make_no_pairs() -> None:
    assert likely_duplicates([bare(name="😀"), bare(id=2, name="***")]) == []


def lists(detail: Detail, *entries: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(entries)).map(lambda chosen: distinct(detail, chosen))


PROFILES = ("linkedin.com/in/1", "https://www.linkedin.com/in/1/", "linkedin.com/in/2", "a.example")
SIMILAR = st.builds(
    bare,
    id=st.integers(1, 1_000),
    name=st.sampled_from(["Ada", "ADA", "Grace", "😀"]),
    emails=lists(Detail.email, "a@x.example", "A@x.example", "b@x.example"),
    phones=lists(Detail.phone, "112", "1 12", "113"),
    urls=lists(Detail.url, *PROFILES),
)
MANY = st.lists(SIMILAR, max_size=5, unique_by=lambda one: one.id)


def merged(first: Contact, second: Contact) -> Contact:
    fields, changes = merge_changes(first, second)
    joined = {
        detail.field: change.apply(detail, getattr(first, detail.field))
        for detail, change in changes.items()
    }
    via = fields.get("via_id", first.via.id if first.via else None)
    plain = {name: value for name, value in fields.items() if name != "via_id"}
    changed: dict[str, Any] = {**plain, **joined, "via": Via(via, "Via") if via else None}
    return first._replace(**changed)


@given(MANY)
def test_pairs_are_unique_and_have_what_their_reasons_name_in_common(people: list[Contact]) -> None:
    by_id = {one.id: one for one in people}
    pairs = likely_duplicates(people)
    assert len({(pair.id, pair.other_id) for pair in pairs}) == len(pairs)
    assert [len(pair.reasons) for pair in pairs] == sorted(
        (len(pair.reasons) for pair in pairs), reverse=True
    )
    for pair in pairs:
        assert pair.id < pair.other_id
        assert pair.reasons
        one, other = by_id[pair.id], by_id[pair.other_id]
        profiles = [
            {detail_key(Detail.url, url) for url in each.urls if "linkedin" in url}
            for each in (one, other)
        ]
        assert not all(profiles) or profiles[0] & profiles[1]
        both = merged(one, other)
        assert not any(
            pair.other_id == other.id
            for pair in likely_duplicates([both, bare(id=other.id, name="Nobody")])
        )


@given(MANY, st.randoms(use_true_random=False))
def test_the_order_of_contacts_changes_no_pair(people: list[Contact], random: Any) -> None:
    def pairs(of: list[Contact]) -> list[tuple[object, ...]]:
        return [(*pair[:4], frozenset(pair.reasons)) for pair in likely_duplicates(of)]

    shuffled = list(people)
    random.shuffle(shuffled)
    assert pairs(people) == pairs(shuffled)


# The rule, as a table of pairs


ANNA: dict[str, Any] = {"name": "Anna Berg", "emails": ("anna@x",), "phones": ("+46 8 555 010 01",)}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": "Bertil Berg", "phones": ("+46 8 555 010 01",)}, Strength.none),
        ({"name": "Carl Dahl", "emails": ("anna@x",)}, Strength.none),
        ({"name": "Anna Berg", "phones": ("08 555 010 01",)}, Strength.none),
        ({"name": "Anna Berg", "emails": ("other@x",)}, Strength.none),
        ({"name": "A. Berg", "emails": ("anna@x",)}, Strength.address),
        ({"name": "Anna", "phones": ("+46 8 555 010 01",)}, Strength.address),
        ({"name": "anna@x", "emails": ("anna@x",)}, Strength.address),
        ({"name": "Annie Berg", "emails": ("anna@x",)}, Strength.none),
        ({"name": "Annie", "nicknames": ("Anna Berg",), "emails": ("anna@x",)}, Strength.address),
        ({"name": "anna berg", "emails": ("anna@x",)}, Strength.address_and_name),
        ({"name": "Anna Berg"}, Strength.same_name),
    ],
)
def test_who_is_the_same_person(fields: dict[str, Any], expected: Strength) -> None:
    record, anna = identity(**fields), identity(1, **ANNA)
    assert strength(Individual(record), Individual(anna)) is expected
    assert strength(Individual(identity(**ANNA)), Individual(identity(1, **fields))) is expected


def test_a_nickname_stands_for_the_given_name() -> None:
    ada = identity(1, name="Ada Lovelace", nicknames=("Ady",), emails=("a@x",))
    assert matched_id(identity(name="Ady Lovelace", emails=("a@x",)), ada) == 1
    assert matched_id(identity(name="Ady", emails=("a@x",)), ada) == 1
    assert matched_id(identity(name="Addie Lovelace", emails=("a@x",)), ada) is None


def test_a_part_of_two_names_is_no_proof_of_either() -> None:
    people = [
        identity(1, name="Anna Berg", phones=("112",)),
        identity(2, name="Bertil Berg", phones=("112",)),
    ]
    assert matched_id(identity(name="Berg", phones=("112",)), *people) is None
    assert matched_id(identity(name="Berg", phones=("112",)), people[0]) == 1


def test_numbers_with_the_same_last_digits_are_suggested() -> None:
    people = [
        bare(id=1, name="Anna", phones=("+46 8 555 010 01",)),
        bare(id=2, name="Bertil", phones=("08-555 010 01",)),
        bare(id=3, name="Carl", phones=("085 550 1001",)),
    ]
    ending = "same phone number (last digits) 855501001"
    assert [(pair.id, pair.other_id, pair.reasons) for pair in likely_duplicates(people)] == [
        (1, 2, (ending,)),
        (1, 3, (ending,)),
        (2, 3, ("same phone number 0855501001",)),
    ]


def test_what_two_people_have_in_common_is_named() -> None:
    one = identity(name="Ada", emails=("a@x",), phones=("+46 8 555 010 01", "112"))
    other = identity(name="ADA", phones=("08 555 010 01",))
    assert list(reasons_alike(one, other)) == ["name", "phone number (last digits)"]
    assert list(reasons_alike(one, identity(name="Grace", emails=("A@x",)))) == ["e-mail address"]
    bob = identity(name="Bob", phones=("+46 8 555 010 01",))
    assert list(reasons_alike(one, bob)) == ["phone number"]


def ada(contact_id: int | None = None, **more: Any) -> Identity:
    return Identity(
        **{"id": contact_id, "name": "Ada", "company": None, "status": Status.active, **more}
    )


def test_uids_of_exports_and_merges_are_proof() -> None:
    known = Individual(ada(1, own_uid="ours", other_uids=("merged",)))
    assert strength(Individual(ada(own_uid="ours")), known) is Strength.uid
    assert strength(Individual(ada(uid="merged")), known) is Strength.merged_uid


def test_person_takes_the_first_company_that_a_record_has() -> None:
    person = Individual(ada(1))
    person.add(ada(company="Initech"))
    person.add(ada(company="Engines"))
    assert person.company == "initech"


def test_a_person_may_have_many_addresses() -> None:
    person = Individual(identity(1, name="Ada", emails=("first@x",)))
    for number in range(30):
        person.add(identity(name="Ada", emails=(f"{number}@x",)))
    assert len(person.emails) == 31
    assert person.shares_address_with(Individual(identity(emails=("29@x",))))
    assert not person.shares_address_with(Individual(identity(emails=("30@x",))))


def test_a_key_that_several_people_share_leads_to_each_of_them() -> None:
    names = ("Ada", "Bob", "Carl")
    people = [identity(id_, name=name, emails=("info@x",)) for id_, name in enumerate(names, 1)]
    for person in people:
        assert matched_id(identity(name=person.name, emails=("info@x",)), *people) == person.id
