"""What each command changed, so that it can be undone, and what every bit is checked by."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make room for changes; the tables are sealed once all scripts have run."""
    _key_details_by_position()
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


def _key_details_by_position() -> None:
    """Make `detail` again in files from before 0001 was changed, which had another key."""
    columns = op.get_bind().exec_driver_sql("PRAGMA table_info(detail)").all()
    if any(column.name == "position" and column.pk for column in columns):
        return
    op.drop_index("detail_by_key", "detail")
    op.rename_table("detail", "detail_before")
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
    op.execute(
        "INSERT INTO detail (contact_id, detail, position, key, value)"
        " SELECT contact_id, detail, position, key, value FROM detail_before"
    )
    op.drop_table("detail_before")
    op.create_index("detail_by_key", "detail", ["detail", "key", "contact_id"], unique=True)
