"""What imports have seen: messages, and where a source says that someone works."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the tables of digests and of positions by source."""
    op.create_table(
        "imported_message",
        sa.Column("contact_id", sa.Integer, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("touchpoint_id", sa.Integer),
        sa.Column("at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "digest"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["touchpoint_id"], ["touchpoint.id"], ondelete="SET NULL"),
        sqlite_with_rowid=False,
    )
    op.create_index("imported_message_by_touchpoint", "imported_message", ["touchpoint_id"])
    op.create_table(
        "source_position",
        sa.Column("contact_id", sa.Integer, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("company", sa.String),
        sa.Column("title", sa.String),
        sa.Column("is_gone", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "source"),
        sa.CheckConstraint("is_gone IN (0, 1)", name="gone_or_not"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
