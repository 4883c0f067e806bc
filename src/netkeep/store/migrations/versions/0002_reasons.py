"""Occasions, past positions, rounds, your own news, and the keys that `find` looks through."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from netkeep.domain.text import key

revision = "0002"
down_revision = "0001"

AT_ONCE = 10_000  # rows


def upgrade() -> None:
    """Make the tables of part two, and fill what follows from those of part one."""
    op.create_index("contact_by_kind", "contact", ["status", "kind", "last_touch_on"])
    op.create_index("contact_by_birthday", "contact", [sa.text("substr(birthday, -5)")])
    op.create_index("touchpoint_by_purpose", "touchpoint", ["purpose", "contact_id"])

    op.create_table(
        "position",
        sa.Column("id", sa.Integer, primary_key=True),
        _contact_id(),
        sa.Column("company", sa.String),
        sa.Column("title", sa.String),
        sa.Column("until", sa.Date, nullable=False),
        sa.CheckConstraint("company IS NOT NULL OR title IS NOT NULL", "something_known"),
        sa.CheckConstraint("until LIKE '____-__-__'", "until_day"),
        sqlite_autoincrement=True,
    )
    op.create_index("position_by_contact", "position", ["contact_id", "until"])

    op.create_table(
        "occasion",
        sa.Column("id", sa.Integer, primary_key=True),
        _contact_id(),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("opens_on", sa.Date, nullable=False),
        sa.Column("text", sa.String),
        sa.Column("city", sa.String),
        sa.Column("yours", sa.Boolean, nullable=False),
        sa.Column("ask_id", sa.Integer, sa.ForeignKey("touchpoint.id", ondelete="CASCADE")),
        sa.Column("done_on", sa.Date),
        sa.Column("done_by_id", sa.Integer, sa.ForeignKey("touchpoint.id", ondelete="SET NULL")),
        *_times(),
        sa.CheckConstraint("kind IN ('news', 'visit', 'promise')", "kind_known"),
        sa.CheckConstraint("day LIKE '____-__-__'", "day_day"),
        sa.CheckConstraint("until LIKE '____-__-__'", "until_day"),
        sa.CheckConstraint("opens_on LIKE '____-__-__'", "opens_on_day"),
        sa.CheckConstraint("done_on LIKE '____-__-__'", "done_on_day"),
        sa.CheckConstraint("(kind = 'visit') = (until IS NOT NULL)", "visit_ends"),
        sa.CheckConstraint("until >= day", "ends_after_it_begins"),
        sa.CheckConstraint("(kind = 'visit') = (text IS NULL)", "said_in_words"),
        sa.CheckConstraint("yours IN (0, 1)", "yours_or_not"),
        sqlite_autoincrement=True,
    )
    op.create_index("occasion_by_opening", "occasion", ["kind", "done_on", "opens_on"])
    op.create_index("occasion_by_end", "occasion", ["kind", "done_on", "until"])
    op.create_index("occasion_by_contact", "occasion", ["contact_id"])
    op.create_index("occasion_by_ask", "occasion", ["ask_id"])
    op.create_index("occasion_by_done_by", "occasion", ["done_by_id"])

    op.create_table(
        "round",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("begins", sa.String, nullable=False),
        sa.Column("ends", sa.String, nullable=False),
        *_times(),
        sa.CheckConstraint("begins LIKE '__-__'", "begins_day"),
        sa.CheckConstraint("ends LIKE '__-__'", "ends_day"),
        sqlite_autoincrement=True,
    )
    op.create_index("round_by_key", "round", ["key"], unique=True)

    op.create_table(
        "round_part",
        sa.Column("round_id", sa.Integer, sa.ForeignKey("round.id", ondelete="CASCADE")),
        sa.Column("part", sa.String),
        sa.Column("key", sa.String),
        sa.Column("value", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("round_id", "part", "key"),
        sa.CheckConstraint("part IN ('kind', 'tag')", "part_known"),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "own_news",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        *_times(),
        sa.CheckConstraint("day LIKE '____-__-__'", "day_day"),
        sqlite_autoincrement=True,
    )

    passage = op.create_table(
        "passage",
        sa.Column("source", sa.String),
        sa.Column("source_id", sa.Integer),
        _contact_id(),
        sa.Column("key", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("source", "source_id"),
        sa.CheckConstraint("source IN ('contact', 'touchpoint', 'occasion')", "source_known"),
        sqlite_with_rowid=False,
    )
    op.create_index("passage_by_contact", "passage", ["contact_id"])
    connection = op.get_bind()
    for source in (_contacts(connection), _touchpoints(connection)):
        while some := list(islice(source, AT_ONCE)):
            connection.execute(passage.insert(), some)


def _contact_id() -> sa.Column[Any]:
    reference = sa.ForeignKey("contact.id", ondelete="CASCADE")
    return sa.Column("contact_id", sa.Integer, reference, nullable=False)


def _times() -> tuple[sa.Column[Any], sa.Column[Any]]:
    return (
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("updated_at", sa.String, nullable=False),
    )


def _contacts(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    entries: dict[int, list[str]] = {}
    for contact_id, value in connection.exec_driver_sql(
        "SELECT contact_id, value FROM detail ORDER BY contact_id, detail, position"
    ):
        entries.setdefault(contact_id, []).append(value)
    for contact_id, *texts in connection.exec_driver_sql(
        "SELECT id, name, company, title, city, school, met, note FROM contact"
    ):
        written = [*filter(None, texts), *entries.get(contact_id, ())]
        yield _passage("contact", contact_id, contact_id, *written)


def _touchpoints(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    for touchpoint_id, contact_id, note in connection.exec_driver_sql(
        "SELECT id, contact_id, note FROM touchpoint WHERE note IS NOT NULL"
    ):
        yield _passage("touchpoint", touchpoint_id, contact_id, note)


def _passage(source: str, source_id: int, contact_id: int, *texts: str) -> dict[str, Any]:
    keys = "\n".join(map(key, texts))
    return {"source": source, "source_id": source_id, "contact_id": contact_id, "key": keys}
