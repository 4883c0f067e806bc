"""When a candidate was last skipped by triage."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the time of the last skip."""
    op.add_column("contact", sa.Column("skipped_at", sa.String))
