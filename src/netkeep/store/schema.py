"""The tables, as SQLModel rows. Check constraints validate the values; the models do not.

Days are ISO dates, times ISO 8601 with an offset. Every change here needs a migration.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from netkeep.domain.contact import Detail, Kind, Status
from netkeep.domain.occasions import OccasionKind
from netkeep.domain.touchpoint import Channel, Direction, Purpose


def _known(column: str, values: Iterable[str]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def _iso_day(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} LIKE '____-__-__'", name=f"{column}_day")


class ContactRow(SQLModel, table=True):
    """One contact. `key`, `last_touch_on` and `due_on` are derived (derived.py).

    `skipped_at` is when triage last skipped a candidate. It only affects the order of the next
    triage, so it is neither undone nor exported.
    """

    __tablename__ = "contact"
    __table_args__ = (
        _known("status", Status),
        _known("kind", Kind),
        CheckConstraint("length(name) BETWEEN 1 AND 200", name="name_length"),
        CheckConstraint("cadence <> ''", name="cadence_set"),
        CheckConstraint("due_on IS NULL OR status = 'active'", name="due_if_active"),
        *map(_iso_day, ("met_on", "first_due_on", "snoozed_until", "last_touch_on")),
        *map(_iso_day, ("due_on", "dropped_on")),
        Index("contact_by_name", "status", "key"),
        Index("contact_by_last_touch", "status", "last_touch_on"),
        Index("contact_by_due", "due_on"),
        Index("contact_by_via", "via_id"),
        Index("contact_by_kind", "status", "kind", "last_touch_on"),
        Index("contact_by_uid", "uid", unique=True),
        Index("contact_by_birthday", text("substr(birthday, -5)")),
        {"sqlite_autoincrement": True},  # an id is never used again
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    key: str
    status: str
    kind: str
    cadence: str | None
    company: str | None = None
    title: str | None = None
    city: str | None = None
    school: str | None = None
    met: str | None = None
    met_on: date | None = None
    via_id: int | None = Field(default=None, foreign_key="contact.id", ondelete="SET NULL")
    birthday: str | None = None
    note: str | None = None
    first_due_on: date | None = None
    snoozed_until: date | None = None
    last_touch_on: date | None = None
    due_on: date | None = None
    dropped_on: date | None = None
    drop_reason: str | None = None
    created_at: str
    updated_at: str
    uid: str | None = None
    snoozes: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    skipped_at: str | None = None


class DetailRow(SQLModel, table=True):
    """One e-mail, phone, URL or tag of a contact; equal ones have the same `key`, which is derived.

    Entries that older versions of netkeep wrote with different keys may have the same key now.
    """

    __tablename__ = "detail"
    __table_args__ = (
        _known("detail", Detail),
        Index("detail_by_key", "detail", "key", "contact_id"),
        {"sqlite_with_rowid": False},
    )

    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    detail: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    key: str
    value: str


class ExtraRow(SQLModel, table=True):
    """An imported content line of a vCard, unfolded, that no field holds."""

    __tablename__ = "extra"
    __table_args__ = ({"sqlite_with_rowid": False},)

    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    line: str


class WordRow(SQLModel, table=True):
    """A word of the key of an indexed field of a contact (FIELDS in domain/contact.py); derived."""

    __tablename__ = "word"
    __table_args__ = (Index("word_by_contact", "contact_id"), {"sqlite_with_rowid": False})

    field: str = Field(primary_key=True)
    word: str = Field(primary_key=True)
    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")


class TouchpointRow(SQLModel, table=True):
    """One touchpoint."""

    __tablename__ = "touchpoint"
    __table_args__ = (
        _known("channel", Channel),
        _known("purpose", Purpose),
        _known("direction", Direction),
        _iso_day("day"),
        Index("touchpoint_by_contact", "contact_id", "day"),
        Index("touchpoint_by_day", "day"),
        Index("touchpoint_by_purpose", "purpose", "contact_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", ondelete="CASCADE")
    day: date
    channel: str
    purpose: str
    direction: str
    note: str | None = None
    created_at: str
    updated_at: str


class PositionRow(SQLModel, table=True):
    """A past position of a contact: company, title, and the day it ended."""

    __tablename__ = "position"
    __table_args__ = (
        CheckConstraint("company IS NOT NULL OR title IS NOT NULL", name="something_known"),
        _iso_day("until"),
        Index("position_by_contact", "contact_id", "until"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", ondelete="CASCADE")
    company: str | None = None
    title: str | None = None
    until: date


class OccasionRow(SQLModel, table=True):
    """One piece of news, visit or promise.

    `ask_id` is the ask that a promise to say thanks is for. `done_by_id` is the touchpoint that
    settled the occasion; if that is deleted, the occasion is open again.
    """

    __tablename__ = "occasion"
    __table_args__ = (
        _known("kind", OccasionKind),
        *map(_iso_day, ("day", "until", "opens_on", "done_on")),
        CheckConstraint("(kind = 'visit') = (until IS NOT NULL)", name="visit_ends"),
        CheckConstraint("until >= day", name="ends_after_it_begins"),
        CheckConstraint("(kind = 'visit') = (text IS NULL)", name="said_in_words"),
        CheckConstraint("yours IN (0, 1)", name="yours_or_not"),
        Index("occasion_by_opening", "kind", "done_on", "opens_on"),
        Index("occasion_by_end", "kind", "done_on", "until"),
        Index("occasion_by_contact", "contact_id"),
        Index("occasion_by_ask", "ask_id"),
        Index("occasion_by_done_by", "done_by_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", ondelete="CASCADE")
    kind: str
    day: date
    until: date | None = None
    opens_on: date
    text: str | None = None
    city: str | None = None
    yours: bool = False
    ask_id: int | None = Field(default=None, foreign_key="touchpoint.id", ondelete="CASCADE")
    done_on: date | None = None
    done_by_id: int | None = Field(default=None, foreign_key="touchpoint.id", ondelete="SET NULL")
    created_at: str
    updated_at: str


class ImportedMessageRow(SQLModel, table=True):
    """A message or event that an import logged for a contact, as a digest.

    `at` is when it was written. `touchpoint_id` is the touchpoint imported from it, None if the
    touchpoint was logged by hand or has been deleted.
    """

    __tablename__ = "imported_message"
    __table_args__ = (
        Index("imported_message_by_touchpoint", "touchpoint_id"),
        {"sqlite_with_rowid": False},
    )

    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    digest: str = Field(primary_key=True)
    touchpoint_id: int | None = Field(
        default=None, foreign_key="touchpoint.id", ondelete="SET NULL"
    )
    at: str


class SourcePositionRow(SQLModel, table=True):
    """The latest position of a contact in an address book; `is_gone` if no longer in that book."""

    __tablename__ = "source_position"
    __table_args__ = (
        CheckConstraint("is_gone IN (0, 1)", name="gone_or_not"),
        {"sqlite_with_rowid": False},
    )

    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    source: str = Field(primary_key=True)
    company: str | None = None
    title: str | None = None
    is_gone: bool = False


class RoundRow(SQLModel, table=True):
    """One yearly round; its first and last day are `MM-DD`."""

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint("begins LIKE '__-__'", name="begins_day"),
        CheckConstraint("ends LIKE '__-__'", name="ends_day"),
        Index("round_by_key", "key"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    key: str
    begins: str
    ends: str
    created_at: str
    updated_at: str


class RoundPartRow(SQLModel, table=True):
    """A kind or a tag; the contacts that have it are in the round."""

    __tablename__ = "round_part"
    __table_args__ = (_known("part", ("kind", "tag")), {"sqlite_with_rowid": False})

    round_id: int = Field(primary_key=True, foreign_key="round.id", ondelete="CASCADE")
    part: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    value: str


class OwnNewsRow(SQLModel, table=True):
    """One piece of your own news."""

    __tablename__ = "own_news"
    __table_args__ = (_iso_day("day"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    day: date
    text: str
    created_at: str
    updated_at: str


class PassageRow(SQLModel, table=True):
    """The keys of the texts in a contact, a touchpoint or an occasion, for `find`; derived."""

    __tablename__ = "passage"
    __table_args__ = (
        _known("source", ("contact", "touchpoint", "occasion")),
        Index("passage_by_contact", "contact_id"),
        {"sqlite_with_rowid": False},
    )

    source: str = Field(primary_key=True)
    source_id: int = Field(primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", ondelete="CASCADE")
    key: str


class ChangeRow(SQLModel, table=True):
    """One command that changed something."""

    __tablename__ = "change"
    __table_args__ = (CheckConstraint("undone IN (0, 1)", name="undone_or_not"),)

    id: int | None = Field(default=None, primary_key=True)
    at: str
    command: str
    undone: bool = False


class ChangedRow(SQLModel, table=True):
    """A row before and after a change, as JSON arrays of its columns; None if it did not exist.

    `source` is the table, `row_key` the JSON array of the primary key.
    """

    __tablename__ = "changed_row"
    __table_args__ = ({"sqlite_with_rowid": False},)

    change_id: int = Field(primary_key=True)
    source: str = Field(primary_key=True)
    row_key: str = Field(primary_key=True)
    before: str | None = None
    after: str | None = None


class SyncItemRow(SQLModel, table=True):
    """The values of an item on both sides after its last synchronisation (domain/sync.py).

    `ours` and `theirs` are JSON objects of the values, `writing` those being written to the folder,
    `carried` those that the carrier carried last, if not `theirs`. `row_id` is the row of the
    contact, touchpoint, occasion, round or news. For a forgotten contact, only a digest of the UID
    is kept.
    """

    __tablename__ = "sync_item"
    __table_args__ = (
        _known("part", ("people", "history", "tasks")),
        {"sqlite_with_rowid": False},
    )

    part: str = Field(primary_key=True)
    uid: str = Field(primary_key=True)
    type: str
    row_id: int | None = None
    ours: str | None = None
    theirs: str | None = None
    writing: str | None = None
    carried: str | None = None
    file: str | None = None
    stamp: str | None = None
