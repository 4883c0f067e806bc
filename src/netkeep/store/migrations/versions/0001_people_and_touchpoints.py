"""People, their lists, the index of words, and touchpoints."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("cadence", sa.String),
        sa.Column("company", sa.String),
        sa.Column("title", sa.String),
        sa.Column("city", sa.String),
        sa.Column("school", sa.String),
        sa.Column("met", sa.String),
        sa.Column("met_on", sa.Date),
        sa.Column("via_id", sa.Integer, sa.ForeignKey("contact.id", ondelete="SET NULL")),
        sa.Column("birthday", sa.String),
        sa.Column("note", sa.String),
        sa.Column("first_due_on", sa.Date),
        sa.Column("snoozed_until", sa.Date),
        sa.Column("last_touch_on", sa.Date),
        sa.Column("due_on", sa.Date),
        sa.Column("dropped_on", sa.Date),
        sa.Column("drop_reason", sa.String),
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("updated_at", sa.String, nullable=False),
        sa.CheckConstraint("status IN ('candidate', 'active', 'dropped')", "status_known"),
        sa.CheckConstraint(
            "kind IN ('friend', 'relative', 'coworker', 'association', 'professor', 'alumni',"
            " 'client', 'mentor', 'other')",
            "kind_known",
        ),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", "name_length"),
        sa.CheckConstraint("cadence <> ''", "cadence_set"),
        sa.CheckConstraint("due_on IS NULL OR status = 'active'", "due_if_active"),
        sa.CheckConstraint("met_on LIKE '____-__-__'", "met_on_day"),
        sa.CheckConstraint("first_due_on LIKE '____-__-__'", "first_due_on_day"),
        sa.CheckConstraint("snoozed_until LIKE '____-__-__'", "snoozed_until_day"),
        sa.CheckConstraint("last_touch_on LIKE '____-__-__'", "last_touch_on_day"),
        sa.CheckConstraint("due_on LIKE '____-__-__'", "due_on_day"),
        sa.CheckConstraint("dropped_on LIKE '____-__-__'", "dropped_on_day"),
        sqlite_autoincrement=True,
    )
    op.create_index("contact_by_name", "contact", ["status", "key"])
    op.create_index("contact_by_last_touch", "contact", ["status", "last_touch_on"])
    op.create_index("contact_by_due", "contact", ["due_on"])
    op.create_index("contact_by_via", "contact", ["via_id"])

    op.create_table(
        "detail",
        sa.Column("contact_id", sa.Integer, sa.ForeignKey("contact.id", ondelete="CASCADE")),
        sa.Column("detail", sa.String),
        sa.Column("position", sa.Integer),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("value", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "detail", "position"),
        sa.CheckConstraint("detail IN ('email', 'phone', 'url', 'tag')", "detail_known"),
        sqlite_with_rowid=False,
    )
    op.create_index("detail_by_key", "detail", ["detail", "key", "contact_id"], unique=True)

    op.create_table(
        "word",
        sa.Column("field", sa.String),
        sa.Column("word", sa.String),
        sa.Column("contact_id", sa.Integer, sa.ForeignKey("contact.id", ondelete="CASCADE")),
        sa.PrimaryKeyConstraint("field", "word", "contact_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("word_by_contact", "word", ["contact_id"])

    op.create_table(
        "touchpoint",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "contact_id",
            sa.Integer,
            sa.ForeignKey("contact.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("direction", sa.String, nullable=False),
        sa.Column("note", sa.String),
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("updated_at", sa.String, nullable=False),
        sa.CheckConstraint(
            "channel IN ('call', 'email', 'message', 'meeting', 'meal', 'letter', 'social',"
            " 'event', 'other')",
            "channel_known",
        ),
        sa.CheckConstraint(
            "purpose IN ('catch-up', 'greeting', 'congratulate', 'thank', 'follow-up', 'give',"
            " 'ask')",
            "purpose_known",
        ),
        sa.CheckConstraint("direction IN ('out', 'in')", "direction_known"),
        sa.CheckConstraint("day LIKE '____-__-__'", "day_day"),
        sqlite_autoincrement=True,
    )
    op.create_index("touchpoint_by_contact", "touchpoint", ["contact_id", "day"])
    op.create_index("touchpoint_by_day", "touchpoint", ["day"])
