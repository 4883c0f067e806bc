"""How many times in a row somebody was snoozed; and one key of details in all files."""

import json
from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Count snoozes, and key details by their position where 0001 had once another key."""
    op.add_column("contact", sa.Column("snoozes", sa.Integer, nullable=False, server_default="0"))
    columns = op.get_bind().exec_driver_sql("PRAGMA table_info(detail)").all()
    if not any(column.name == "position" and column.pk for column in columns):
        _key_details_by_position()
        _key_images_by_position()


def _key_details_by_position() -> None:
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


def _key_images_by_position() -> None:
    """Make of what each change did to details what it did by the other key."""
    connection = op.get_bind()
    images: defaultdict[tuple[int, str], dict[str, str]] = defaultdict(dict)
    for row in connection.exec_driver_sql("SELECT * FROM image WHERE source = 'detail'").mappings():
        for side in ("before", "after"):
            if row[side] is not None:
                contact_id, detail, key, position, value = json.loads(row[side])
                row_key = json.dumps([contact_id, detail, position])
                image = json.dumps([contact_id, detail, position, key, value])
                images[row["change_id"], row_key][side] = image
    connection.exec_driver_sql("DELETE FROM image WHERE source = 'detail'")
    for (change_id, row_key), sides in images.items():
        connection.exec_driver_sql(
            "INSERT INTO image (change_id, source, row_key, before, after)"
            " VALUES (?, 'detail', ?, ?, ?)",
            (change_id, row_key, sides.get("before"), sides.get("after")),
        )
