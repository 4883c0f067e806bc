"""What this file and a synchronised folder had of each item after the last synchronisation."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make room for the state of synchronisation."""
    op.create_table(
        "sync_item",
        sa.Column("part", sa.String),
        sa.Column("uid", sa.String),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("row_id", sa.Integer),
        sa.Column("ours", sa.String),
        sa.Column("theirs", sa.String),
        sa.Column("writing", sa.String),
        sa.Column("carried", sa.String),
        sa.Column("file", sa.String),
        sa.Column("stamp", sa.String),
        sa.PrimaryKeyConstraint("part", "uid"),
        sa.CheckConstraint("part IN ('people', 'history', 'tasks')", "part_known"),
        sqlite_with_rowid=False,
    )
