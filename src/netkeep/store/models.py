"""The tables, as SQLModel rows. They validate nothing: the schema's own checks do, last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from netkeep.domain.contact import Kind, Status
from netkeep.domain.details import Detail
from netkeep.domain.touchpoint import Channel, Direction, Purpose


def _one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def _a_day(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} LIKE '____-__-__'", name=f"{column}_day")


class ContactRow(SQLModel, table=True):
    """One contact. `key`, `last_touch_on` and `due_on` are derived: the writer keeps them."""

    __tablename__ = "contact"
    __table_args__ = (
        _one_of("status", Status),
        _one_of("kind", Kind),
        CheckConstraint("length(name) BETWEEN 1 AND 200", name="name_length"),
        CheckConstraint("cadence <> ''", name="cadence_set"),
        CheckConstraint("due_on IS NULL OR status = 'active'", name="due_if_active"),
        *map(_a_day, ("met_on", "first_due_on", "snoozed_until", "last_touch_on")),
        *map(_a_day, ("due_on", "dropped_on")),
        Index("contact_by_name", "status", "key"),
        Index("contact_by_last_touch", "status", "last_touch_on"),
        Index("contact_by_due", "due_on"),
        Index("contact_by_via", "via_id"),
        {"sqlite_autoincrement": True},  # an id is never given to somebody else
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


class DetailRow(SQLModel, table=True):
    """One e-mail, phone, URL or tag of a contact; `key` says which are the same."""

    __tablename__ = "detail"
    __table_args__ = (
        _one_of("detail", Detail),
        Index("detail_by_key", "detail", "key", "contact_id", unique=True),
        {"sqlite_with_rowid": False},
    )

    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    detail: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    key: str
    value: str


class WordRow(SQLModel, table=True):
    """A word of the key of a contact's name, company, city, school or place met; derived."""

    __tablename__ = "word"
    __table_args__ = (Index("word_by_contact", "contact_id"), {"sqlite_with_rowid": False})

    field: str = Field(primary_key=True)
    word: str = Field(primary_key=True)
    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")


class TouchpointRow(SQLModel, table=True):
    """One touchpoint."""

    __tablename__ = "touchpoint"
    __table_args__ = (
        _one_of("channel", Channel),
        _one_of("purpose", Purpose),
        _one_of("direction", Direction),
        _a_day("day"),
        Index("touchpoint_by_contact", "contact_id", "day"),
        Index("touchpoint_by_day", "day"),
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
