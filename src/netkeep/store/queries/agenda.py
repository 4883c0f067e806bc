"""Queries for the agenda: contacts that may have a reason, occasions, rounds and your own news.

The contacts of each kind of reason are selected by an index, so that today's list of 20 out of
100,000 contacts reads 20. The domain then decides which reasons apply.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from netkeep.domain.agenda import Facts, OpenRound, Touched
from netkeep.domain.contact import Detail, Kind, detail_key
from netkeep.domain.occasions import (
    BIRTHDAY_DAYS_AFTER,
    BIRTHDAY_DAYS_BEFORE,
    NEWS_DAYS,
    Occasion,
    OccasionKind,
    OwnNews,
    Window,
)
from netkeep.domain.rounds import MonthDay, Round, Season
from netkeep.errors import NoSuchOccasionError
from netkeep.store.queries import (
    ID_LIST,
    Connection,
    Query,
    Row,
    first_value,
    parse_day,
    placeholders,
    select,
    select_ids,
)
from netkeep.store.queries.contacts import EVERYONE, Filter, load_contacts

WHOLE_YEAR = 366  # days
_BIRTHDAY = "substr(birthday, -5)"  # the indexed expression
_OCCASION = """
    SELECT o.id, o.kind, o.contact_id, c.name, o.day, o.until, o.opens_on, o.text, o.city, o.yours,
           o.ask_id, o.done_on, o.created_at, o.updated_at, o.done_by_id
    FROM occasion o JOIN contact c ON c.id = o.contact_id"""


def load_todays_facts(
    connection: Connection, today: date
) -> tuple[list[Facts], Touched, list[OpenRound]]:
    """Return the facts for today's list, the contacts touched today, and the open rounds.

    Of the people in a round, load only as many as can be on the list: those with the longest
    silence.
    """
    done = "SELECT contact_id FROM occasion WHERE kind = ? AND done_on = ?"
    done_today = [(done, [kind, str(today)]) for kind in OccasionKind]
    ids = select_ids(connection, [*_possible_reasons([], today, today), *done_today])
    days_before = select(
        connection,
        "SELECT id, (SELECT max(day) FROM touchpoint WHERE contact_id = contact.id AND day < ?1)"
        " FROM contact WHERE status = 'active' AND last_touch_on = ?1",
        [str(today)],
        tuple,
    )
    touched = {contact_id: parse_day(day) for contact_id, day in days_before}
    rounds = load_open_rounds(connection, today)
    ids = sorted({*ids, *touched})
    waiting = {
        contact_id
        for each in rounds
        for contact_id in _longest_silences(
            connection, each, today, ids, each.share(len(touched), today)
        )
    }
    return load_facts(connection, sorted({*ids, *waiting})), touched, rounds


def load_open_rounds(
    connection: Connection, today: date, which: Filter = EVERYONE
) -> list[OpenRound]:
    """Return the open rounds, each with the number of selected contacts left in it."""
    open_rounds = []
    for round_ in load_rounds(connection):
        window = round_.season.window(today)
        if window.since <= today:
            left = _count_left(connection, round_, window, which)
            open_rounds.append(OpenRound(round_, window, left))
    return open_rounds


def count_due(connection: Connection, which: Filter, today: date) -> int:
    """Return how many of the selected contacts are due by their cadence."""
    where, values = which.where()
    sql = f"SELECT count(*) FROM contact c WHERE c.due_on <= ? AND {where}"
    return sum(select(connection, sql, [str(today), *values], first_value))


def _count_left(connection: Connection, round_: Round, window: Window, which: Filter) -> int:
    """Return how many of the selected contacts in a round have no touchpoint since it began."""
    queries = [
        *_in_round(round_, "last_touch_on IS NULL"),
        *_in_round(round_, "last_touch_on < ?", str(window.since)),
    ]
    if which.is_everyone and not round_.tags:  # the queries select no contact twice
        return sum(
            count
            for sql, values in queries
            for count in select(connection, f"SELECT count(*) FROM ({sql})", values, first_value)
        )
    ids = select_ids(connection, queries)
    return len(ids if which.is_everyone else select_filtered(connection, ids, which))


def select_filtered(connection: Connection, contact_ids: Sequence[int], which: Filter) -> list[int]:
    """Return the ids of these contacts that the filter selects."""
    where, values = which._replace(ids=contact_ids).where()
    sql = f"SELECT c.id FROM contact c WHERE {where}"
    return select(connection, sql, values, first_value)


def _longest_silences(
    connection: Connection, open_round: OpenRound, today: date, except_ids: list[int], limit: int
) -> list[int]:
    """Return the contacts left in a round who are not snoozed, the longest silence first.

    The index has this order, so that SQLite reads no more rows than it returns.
    """
    rows: set[tuple[str, int]] = set()
    for sql, values in _in_round(open_round.round, columns="coalesce(last_touch_on, ''), id"):
        awake = f"(snoozed_until IS NULL OR snoozed_until <= ?) AND id NOT IN {ID_LIST}"
        ordered = f"{sql} AND {awake} ORDER BY last_touch_on, id LIMIT ?"
        rows.update(select(connection, ordered, [*values, str(today), except_ids, limit], tuple))
    since = str(open_round.window.since)
    return [contact_id for last, contact_id in sorted(rows) if last < since][:limit]


def load_agenda_facts(
    connection: Connection, which: Filter, rounds: Sequence[Round], today: date, by: date
) -> list[Facts]:
    """Return the facts of the selected contacts that may have a reason that opens by a day."""
    possible = select_ids(connection, _possible_reasons(rounds, today, by))
    return load_facts(connection, possible, which)


def load_facts(
    connection: Connection, contact_ids: Sequence[int], which: Filter = EVERYONE
) -> list[Facts]:
    """Return the facts of these contacts that the filter selects, sorted by name."""
    occasions: defaultdict[int, list[Occasion]] = defaultdict(list)
    for occasion in load_occasions(connection, contact_ids):
        occasions[occasion.contact_id].append(occasion)
    asks_count_down = "CASE WHEN purpose = 'ask' AND direction = 'out' THEN -1 ELSE 1 END"
    sql = f"SELECT contact_id, sum({asks_count_down}) FROM touchpoint"
    where = f"WHERE contact_id IN {ID_LIST} GROUP BY contact_id"
    balances = dict(select(connection, f"{sql} {where}", [[*contact_ids]], tuple))
    return [
        Facts(contact, tuple(occasions.get(contact.id, ())), balances.get(contact.id, 0))
        for contact in load_contacts(connection, which._replace(ids=contact_ids))
    ]


def load_occasions(connection: Connection, contact_ids: Sequence[int]) -> list[Occasion]:
    """Return all occasions of these contacts, sorted by id."""
    sql = f"{_OCCASION} WHERE o.contact_id IN {ID_LIST} ORDER BY o.id"
    return select(connection, sql, [[*contact_ids]], _occasion)


def load_occasions_by_id(connection: Connection, occasion_ids: Sequence[int]) -> list[Occasion]:
    """Return the occasions with these ids, in the same order; raise NoSuchOccasionError."""
    sql = f"{_OCCASION} WHERE o.id IN {ID_LIST}"
    occasions = {
        occasion.id: occasion for occasion in select(connection, sql, [[*occasion_ids]], _occasion)
    }
    try:
        return [occasions[occasion_id] for occasion_id in occasion_ids]
    except KeyError as missing:
        raise NoSuchOccasionError(missing.args[0]) from None


def load_open_promises(connection: Connection) -> list[Occasion]:
    """Return all open promises, sorted by day."""
    sql = f"{_OCCASION} WHERE o.kind = 'promise' AND o.done_on IS NULL ORDER BY o.day, o.id"
    return select(connection, sql, (), _occasion)


def load_rounds(connection: Connection) -> list[Round]:
    """Return all rounds, sorted by their first day."""
    kinds: defaultdict[int, list[Kind]] = defaultdict(list)
    tags: defaultdict[int, list[str]] = defaultdict(list)
    sql = "SELECT round_id, part, value FROM round_part ORDER BY round_id, part, key"
    for round_id, part, value in select(connection, sql, (), tuple):
        if part == "kind":
            kinds[round_id].append(Kind(value))
        else:
            tags[round_id].append(value)
    return select(
        connection,
        'SELECT id, name, begins, ends FROM "round" ORDER BY begins, id',
        (),
        lambda row: Round(
            id=row["id"],
            name=row["name"],
            season=Season(parse_month_day(row["begins"]), parse_month_day(row["ends"])),
            kinds=tuple(kinds[row["id"]]),
            tags=tuple(tags[row["id"]]),
        ),
    )


def first_touch_days(
    connection: Connection, round_: Round, window: Window
) -> dict[int, date | None]:
    """Return the day of the first touchpoint in a window of each contact in a round, by id."""
    ids = select_ids(connection, _in_round(round_))
    sql = f"SELECT id FROM contact WHERE id IN {ID_LIST} AND status = 'active' ORDER BY key, id"
    active = select(connection, sql, [[*ids]], first_value)
    sql = (
        f"SELECT contact_id, min(day) FROM touchpoint WHERE contact_id IN {ID_LIST}"
        " AND day BETWEEN ? AND ? GROUP BY contact_id"
    )
    bounds = [str(window.since), str(window.until)]
    days = dict(select(connection, sql, [[*active], *bounds], tuple))
    return {contact_id: parse_day(days.get(contact_id)) for contact_id in active}


def load_own_news(connection: Connection, after: date | None = None) -> list[OwnNews]:
    """Return your news, newest first; with `after`, only later news, which takes less time."""
    return select(
        connection,
        "SELECT id, day, text, (SELECT count(*) FROM contact"
        " WHERE status = 'active' AND last_touch_on >= own_news.day) AS heard_by"
        " FROM own_news WHERE day > ? ORDER BY day DESC, id DESC",
        ["" if after is None else after.isoformat()],
        lambda row: OwnNews(
            row["id"], date.fromisoformat(row["day"]), row["text"], row["heard_by"]
        ),
    )


def ids_with_asks(connection: Connection) -> list[int]:
    """Return the ids of the active contacts that you ever asked for something."""
    return select(
        connection,
        "SELECT DISTINCT t.contact_id FROM touchpoint t JOIN contact c ON c.id = t.contact_id"
        " WHERE t.purpose = 'ask' AND t.direction = 'out' AND c.status = 'active'",
        (),
        first_value,
    )


def parse_month_day(text: str) -> MonthDay:
    """Parse the day of the year in a column."""
    month, day = map(int, text.split("-"))
    return MonthDay(month, day)


def _occasion(row: Row) -> Occasion:
    return Occasion(
        id=row["id"],
        kind=OccasionKind(row["kind"]),
        contact_id=row["contact_id"],
        name=row["name"],
        day=date.fromisoformat(row["day"]),
        until=parse_day(row["until"]),
        opens_on=date.fromisoformat(row["opens_on"]),
        text=row["text"],
        city=row["city"],
        yours=bool(row["yours"]),
        ask_id=row["ask_id"],
        done_on=parse_day(row["done_on"]),
        created_at=datetime.fromisoformat(row["created_at"]),
        updated_at=datetime.fromisoformat(row["updated_at"]),
        done_by_id=row["done_by_id"],
    )


def _possible_reasons(rounds: Sequence[Round], today: date, by: date) -> Iterator[Query]:
    """Yield queries for each kind of reason; each reads only what may be open."""
    yield "SELECT id FROM contact WHERE due_on <= ?", [str(by)]
    occasion = "SELECT contact_id AS id FROM occasion WHERE done_on IS NULL AND kind ="
    since = today - timedelta(days=NEWS_DAYS)
    yield f"{occasion} 'news' AND opens_on BETWEEN ? AND ?", [str(since), str(by)]
    yield f"{occasion} 'visit' AND until >= ? AND opens_on <= ?", [str(today), str(by)]
    yield f"{occasion} 'promise' AND opens_on <= ?", [str(by)]
    first, last = (
        today - timedelta(days=BIRTHDAY_DAYS_AFTER),
        by + timedelta(days=BIRTHDAY_DAYS_BEFORE),
    )
    for begins, ends in _days_of_year(first, last):
        yield f"SELECT id FROM contact WHERE {_BIRTHDAY} BETWEEN ? AND ?", [begins, ends]
    for round_ in rounds:
        window = round_.season.window(today)
        if window.since <= by:
            yield from _in_round(round_, "last_touch_on IS NULL")
            yield from _in_round(round_, "last_touch_on < ?", str(window.since))
        if round_.season.after(window).since <= by:
            yield from _in_round(round_)  # the next window also has those greeted in this one


def _days_of_year(first: date, last: date) -> Iterator[tuple[str, str]]:
    """Yield the days of the year from one day to another, as one or two ranges of `MM-DD`."""
    begins, ends = f"{first:%m-%d}", f"{last:%m-%d}"
    if ends == "02-28":
        ends = "02-29"  # kept on 28 Feb in common years
    if (last - first).days >= WHOLE_YEAR:
        yield "01-01", "12-31"
    elif begins <= ends:
        yield begins, ends
    else:
        yield begins, "12-31"
        yield "01-01", ends


def _in_round(
    round_: Round, where: str = "1", *values: str, columns: str = "id"
) -> Iterator[Query]:
    """Yield one query for each kind of a round, and one for its tags; one for all without these."""
    active = f"status = 'active' AND {where}"
    if not (round_.kinds or round_.tags):
        yield f"SELECT {columns} FROM contact WHERE {active}", [*values]
    for kind in round_.kinds:  # one by one: the index is sorted by silence within each kind
        yield f"SELECT {columns} FROM contact WHERE {active} AND kind = ?", [*values, kind]
    if round_.tags:
        keys = [detail_key(Detail.tag, tag) for tag in round_.tags]
        tagged = f"detail = 'tag' AND detail.key IN ({placeholders(keys)})"
        joined = f"SELECT {columns} FROM detail CROSS JOIN contact ON id = contact_id"
        yield f"{joined} WHERE {tagged} AND {active}", [*keys, *values]
