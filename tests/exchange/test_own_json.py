"""netkeep's own JSON: everything is read back, and only invalid records are skipped."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import Contact, Detail, Kind, Position, Status, Via, distinct, own_uid
from netkeep.domain.days import Length
from netkeep.domain.occasions import Birthday, Occasion, OccasionKind, OwnNews
from netkeep.domain.rounds import MonthDay, Round, Season
from netkeep.domain.text import key, parse_line, parse_text
from netkeep.domain.touchpoint import Channel, Direction, Purpose, Touchpoint
from netkeep.errors import BadValueError
from netkeep.exchange import encodings, own_json
from netkeep.exchange.own_json import LISTS, Dump, records, to_json
from netkeep.exchange.plan import Record, Skipped
from tests.builders import contact, occasion, promise, touchpoint, yearly_round

NEWS = OwnNews(1, date(2026, 11, 1), "Started at Initech", heard_by=0)
ALL = Dump(
    contacts=[
        contact(
            via=Via(2, "Grace Hopper"),
            birthday=Birthday(2, 29),
            note="one\ntwo",
            worked=(Position("Elsewhere", None, date(2026, 9, 16)),),
            uid="urn:uuid:1",
        ),
        contact(id=2, name="Grace Hopper", cadence=None, due_on=None),
    ],
    extras={1: ["item1.X-ABADR:gb", "NOTE;LANGUAGE=en:Tee\\, please"]},
    touchpoints=[touchpoint(note="one\n  two")],
    occasions=[promise(date(2026, 11, 26), ask_id=1), occasion(id=2)],
    rounds=[yearly_round(kinds=(Kind.friend,), tags=("chess",))],
    own_news=[NEWS],
)


def read(content: bytes) -> tuple[Dump, list[Skipped]]:
    """Read on a day on which no touchpoint is in the future."""
    return own_json.read(encodings.decode(content), date.max)


# Round trips


def read_back(dump: Dump) -> Dump:
    result, skipped = read(to_json(dump).encode())
    assert skipped == []
    return result


ids = st.integers(1, 2**62 - 1)
days = st.dates(date(1900, 1, 1), date(2999, 12, 31))
maybe_days = st.none() | days
times = st.builds(datetime.combine, days, st.times(timezones=st.just(UTC)))


def good(check: Callable[[str, str], str], texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return texts as a field has them: what the check returns for valid ones."""

    def checked(text: str) -> str | None:
        try:
            return check(text, "text")
        except BadValueError:
            return None

    return texts.map(checked).filter(bool).map(str)


seen = st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"])
lines = good(parse_line, st.text(seen, min_size=1, max_size=12))
notes = good(parse_text, st.text(st.characters(codec="utf-8"), min_size=1, max_size=12))
birthdays = st.dates(date(1901, 1, 1)).map(lambda day: Birthday(day.month, day.day, day.year))
yearly = st.dates(date(2024, 1, 1), date(2024, 12, 31))
lengths = st.builds(Length, st.integers(1, 10), st.sampled_from(["day", "week", "month", "year"]))
extra_lines = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), min_size=1)


def entries(detail: Detail, values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, max_size=3).map(lambda some: distinct(detail, some))


def numbered(one: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(one, max_size=3, unique_by=lambda each: each.id)


contacts = st.builds(
    Contact,
    id=ids,
    name=lines,
    status=st.sampled_from(Status),
    kind=st.sampled_from(Kind),
    cadence=st.none() | lengths,
    due_on=maybe_days,
    last_touch_on=maybe_days,
    **dict.fromkeys(
        ("company", "title", "city", "school", "met", "drop_reason"), st.none() | lines
    ),
    emails=entries(Detail.email, st.from_regex(r"[a-zé]{1,3}@[a-z]{1,3}", fullmatch=True)),
    phones=entries(Detail.phone, st.from_regex(r"\+[0-9]{2,9}", fullmatch=True)),
    urls=entries(Detail.url, st.from_regex(r"https://[a-z]{1,3}\.x(/[a-z]{0,3})?", fullmatch=True)),
    tags=entries(Detail.tag, st.sampled_from(["chess", "Go", "maths; physics", "ÉTÉ", "été"])),
    met_on=maybe_days,
    via=st.none() | st.builds(Via, ids, lines),
    birthday=st.none() | birthdays | yearly.map(lambda day: Birthday(day.month, day.day)),
    note=st.none() | notes,
    first_due_on=maybe_days,
    snoozed_until=maybe_days,
    snoozes=st.integers(0, 9),
    dropped_on=maybe_days,
    created_at=times,
    updated_at=times,
    worked=st.lists(st.builds(Position, lines, st.none() | lines, days), max_size=2).map(tuple),
    uid=st.none() | lines,
)
touchpoints = st.builds(
    Touchpoint,
    id=ids,
    day=days,
    contact_id=ids,
    name=lines,
    channel=st.sampled_from(Channel),
    purpose=st.sampled_from(Purpose),
    direction=st.sampled_from(Direction),
    note=st.none() | notes,
    created_at=times,
    updated_at=times,
)


def valid_for_kind(one: Occasion) -> Occasion:
    """Make an occasion valid: only a visit has a last day, and no text."""
    if one.kind is OccasionKind.visit:
        return one._replace(text=None, until=max(one.day, one.opens_on))
    return one._replace(until=None)


occasions = st.builds(
    Occasion,
    id=ids,
    kind=st.sampled_from(OccasionKind),
    contact_id=ids,
    name=lines,
    day=days,
    until=st.none(),
    opens_on=days,
    text=lines,
    city=st.none() | lines,
    yours=st.booleans(),
    ask_id=st.none() | ids,
    done_on=maybe_days,
    created_at=times,
    updated_at=times,
    done_by_id=st.none() | ids,
).map(valid_for_kind)
month_days = yearly.map(lambda day: MonthDay(day.month, day.day))
rounds = st.builds(
    Round,
    id=ids,
    name=lines.filter(key),
    season=st.builds(Season, month_days, month_days),
    kinds=st.lists(st.sampled_from(Kind), unique=True).map(tuple),
    tags=entries(Detail.tag, st.sampled_from(["chess", "Go"])),
)
own_news = st.builds(OwnNews, id=ids, day=days, text=lines, heard_by=st.just(0))


def test_everything_is_read_back() -> None:
    assert read_back(ALL) == ALL


@given(
    st.builds(
        Dump,
        contacts=numbered(contacts),
        extras=st.just({}),
        touchpoints=numbered(touchpoints),
        occasions=numbered(occasions),
        rounds=numbered(rounds),
        own_news=numbered(own_news),
    )
)
def test_any_dump_is_read_back(dump: Dump) -> None:
    assert read_back(dump) == dump


@given(st.lists(extra_lines, min_size=1))
def test_extra_lines_with_any_text_are_read_back(extra: list[str]) -> None:
    assert read_back(Dump(contacts=[contact()], extras={1: extra})).extras == {1: extra}


def test_an_empty_dump_is_read_back() -> None:
    assert read_back(Dump()) == Dump(
        contacts=[], touchpoints=[], occasions=[], rounds=[], own_news=[]
    )


def test_every_record_is_one_line_of_unescaped_text() -> None:
    text = to_json(Dump(contacts=[contact(name="Émilie")], own_news=[NEWS]))
    assert text.splitlines()[:2] == ['{"netkeep": 1,', '"contacts": [']
    assert text.splitlines()[2].startswith('{"id": 1, "name": "Émilie", "status": "active", ')
    assert text.splitlines()[3:] == [
        "],",
        '"touchpoints": [],',
        '"occasions": [],',
        '"rounds": [],',
        '"own_news": [',
        '{"id": 1, "day": "2026-11-01", "text": "Started at Initech"}',
        "]",
        "}",
    ]


# Records


def test_records_have_the_fields_of_contacts() -> None:
    first, second = records(ALL)
    assert first == Record(
        "contact 1",
        {
            "name": "Ada Lovelace",
            "status": Status.active,
            "kind": Kind.coworker,
            "cadence": Length(2, "month"),
            "company": "Analytical Engines",
            "title": "Analyst",
            "city": "London",
            "met": "a party",
            "met_on": date(2026, 6, 5),
            "birthday": Birthday(2, 29),
            "note": "one\ntwo",
            "first_due_on": date(2026, 6, 7),
            "emails": ("ada@engines.example", "ada@home.example"),
            "phones": ("+44 20 7946 0000", "112"),
            "urls": (),
            "tags": (),
            "uid": "urn:uuid:1",
        },
        ("item1.X-ABADR:gb", "NOTE;LANGUAGE=en:Tee\\, please"),
        own_uid=own_uid(1, "2026-06-05T00:00:00+00:00"),
        contact=ALL.contacts[0],
    )
    assert [one.contact and one.contact.id for one in (first, second)] == [1, 2]


def test_a_contact_without_a_cadence_gets_none() -> None:
    _, grace = records(ALL)
    assert grace.fields["cadence"] is None


# Invalid documents


def changed(name: str, changes: dict[str, Any]) -> bytes:
    """Return a document with changes to the first record of a list."""
    document = json.loads(to_json(ALL))
    document[name][0] |= changes
    return json.dumps(document).encode()


def lengths_of(dump: Dump) -> dict[str, int]:
    return {name: len(records) for name, records in dump._asdict().items() if name != "extras"}


@pytest.mark.parametrize(
    ("name", "changes", "reason"),
    [
        ("contacts", {"name": ""}, "the name is empty"),
        (
            "contacts",
            {"company": "x" * 1_001},
            "the company has 1,001 characters; 1,000 is the most",
        ),
        ("contacts", {"emails": ["nowhere"]}, '"nowhere" is not an e-mail address'),
        ("contacts", {"cadence": "now and then"}, '"now and then" is not a length of time'),
        ("contacts", {"company": "a\tb"}, "the company has a control character or a line break"),
        ("contacts", {"id": 2**62}, "4611686018427387904 is not a valid id"),
        ("contacts", {"id": True}, "True is not a valid id"),
        ("contacts", {"snoozes": -1}, "-1 is not a valid count"),
        ("contacts", {"snoozes": True}, "True is not a valid count"),
        ("contacts", {"note": "\ud800"}, "the note is not valid text"),
        ("contacts", {"status": "gone"}, ""),
        ("contacts", {"birthday": "soon"}, ""),
        ("contacts", {"created_at": "today"}, ""),
        ("contacts", {"created_at": None}, ""),
        ("contacts", {"name": 7}, ""),
        ("contacts", {"emails": None}, ""),
        ("contacts", {"via": 2}, ""),
        ("contacts", {"worked": [{}]}, "company is missing"),
        ("contacts", {"extra": [1]}, ""),
        ("touchpoints", {"day": "2026-02-30"}, ""),
        ("touchpoints", {"channel": "pigeon"}, ""),
        ("touchpoints", {"contact_id": "1"}, "'1' is not a valid id"),
        ("occasions", {"kind": "birthday"}, ""),
        ("occasions", {"text": " "}, "the text is empty"),
        ("rounds", {"season": {"begins": "12-01"}}, "ends is missing"),
        (
            "rounds",
            {"season": {"begins": "13-01", "ends": "12-24"}},
            "there is no such day",
        ),
        ("rounds", {"name": "\n"}, "the name of the round is empty"),
        ("rounds", {"name": "%"}, "the name of a round needs a letter or a digit"),
        ("own_news", {"day": 20261101}, ""),
        ("own_news", {"text": None}, ""),
    ],
)
def test_an_invalid_record_is_skipped_and_loses_no_other(
    name: str, changes: dict[str, Any], reason: str
) -> None:
    result, (skipped,) = read(changed(name, changes))
    assert skipped.place == f"{LISTS[name]} {changes.get('id', 1)}"
    assert reason in skipped.reason
    assert "Error" not in skipped.reason
    assert lengths_of(result) == lengths_of(ALL) | {name: len(getattr(ALL, name)) - 1}


def test_a_missing_field_is_named() -> None:
    document = json.loads(to_json(ALL))
    del document["contacts"][1]["kind"], document["occasions"][0]["day"]
    _, skipped = read(json.dumps(document).encode())
    assert skipped == [
        Skipped("contact 2", "kind is missing"),
        Skipped("occasion 1", "day is missing"),
    ]


def test_files_of_an_older_netkeep_may_lack_later_fields() -> None:
    document = json.loads(to_json(ALL))
    for record in document["contacts"]:
        del record["snoozes"], record["school"]
    assert read(json.dumps(document).encode()) == (ALL, [])


def test_of_two_records_with_the_same_id_the_second_is_skipped() -> None:
    document = json.loads(to_json(ALL))
    for name in ("contacts", "touchpoints", "occasions", "rounds", "own_news"):
        document[name].append(document[name][0])
    result, skipped = read(json.dumps(document).encode())
    assert result == ALL
    assert [one.place for one in skipped] == [
        *("contact 1", "touchpoint 1", "occasion 1", "round 1", "own news 1"),
    ]


@pytest.mark.parametrize("record", [7, "Ada", None, [], {}])
def test_values_that_are_no_records_are_skipped(record: object) -> None:
    document = json.loads(to_json(ALL))
    for name in ("contacts", "touchpoints", "occasions", "rounds", "own_news"):
        document[name].append(record)
    result, skipped = read(json.dumps(document).encode())
    assert result == ALL
    assert len(skipped) == 5


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("occasions", {"kind": "visit"}),  # without its last day
        ("occasions", {"until": "2026-11-27"}),  # only a visit has one
        ("occasions", {"text": None}),
        ("contacts", {"worked": [{"company": None, "title": None, "until": "2026-09-16"}]}),
    ],
)
def test_records_that_violate_a_rule_are_skipped(name: str, changes: dict[str, Any]) -> None:
    _, skipped = read(changed(name, changes))
    assert [one.place for one in skipped] == [f"{LISTS[name]} 1"]


def test_a_time_needs_a_time_zone() -> None:
    result, skipped = read(changed("touchpoints", {"created_at": "2026-09-23T00:00:00"}))
    assert skipped or result.touchpoints[0].created_at == datetime(2026, 9, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "this is not JSON: "),
        (b"{", "this is not JSON: "),
        (b"\xff{}", "line 1 is not UTF-8 text"),
        (b'{"netkeep": 1, "contacts": [' + b"9" * 5_000 + b"]}", "this is not JSON: "),
        (b"[" * 100_000, "this is not JSON: "),
        (b"[]", "this JSON was not exported by netkeep"),
        (b"1", "this JSON was not exported by netkeep"),
        (b"{}", "this JSON was not exported by netkeep"),
        (b'{"netkeep": 2, "contacts": []}', "this JSON was not exported by netkeep"),
        (b'{"netkeep": "1"}', "this JSON was not exported by netkeep"),
        (b'{"netkeep": true}', "this JSON was not exported by netkeep"),
        (b'[{"name": "Ada"}]', "this JSON was not exported by netkeep"),
        (b'{"netkeep": 1, "contacts": 5}', "this JSON was not exported by netkeep"),
        (b'{"netkeep": 1, "contacts": true}', "this JSON was not exported by netkeep"),
    ],
)
def test_a_document_of_another_program_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(BadValueError) as refused:
        read(content)
    assert refused.value.sentence.startswith(sentence)


def test_byte_order_marks_and_utf_16_are_accepted() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        assert read(to_json(ALL).encode(encoding)) == (ALL, [])
