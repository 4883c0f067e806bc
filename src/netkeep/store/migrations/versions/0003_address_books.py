"""What other address books know people by, and what they say that netkeep has no field for."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make room for what imports bring."""
    op.add_column("contact", sa.Column("uid", sa.String))
    op.create_index("contact_by_uid", "contact", ["uid"], unique=True)
    op.create_table(
        "extra",
        sa.Column("contact_id", sa.Integer, sa.ForeignKey("contact.id", ondelete="CASCADE")),
        sa.Column("position", sa.Integer),
        sa.Column("line", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "position"),
        sqlite_with_rowid=False,
    )
