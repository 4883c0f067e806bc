"""What each command changed, so that it can be undone, and what every bit is checked by."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make room for changes; the tables are sealed once all scripts have run."""
    op.create_table(
        "change",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("command", sa.String, nullable=False),
        sa.Column("undone", sa.Boolean, nullable=False),
        sa.Column("seal", sa.Integer, nullable=False),
        sa.CheckConstraint("undone IN (0, 1)", "undone_or_not"),
    )
    op.create_table(
        "image",
        sa.Column("change_id", sa.Integer),
        sa.Column("source", sa.String),
        sa.Column("row_key", sa.String),
        sa.Column("before", sa.String),
        sa.Column("after", sa.String),
        sa.PrimaryKeyConstraint("change_id", "source", "row_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "seal",
        sa.Column("source", sa.String, primary_key=True),
        sa.Column("digest", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
