"""No checksums of rows any more; and a plain name for the rows of a change."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Drop the seals, and rename the table of images."""
    op.drop_table("seal")
    op.drop_column("change", "seal")
    op.rename_table("image", "changed_row")
