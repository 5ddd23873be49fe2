"""An index of what is over and not in the archive yet"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
# Tables whose rows and triggers whose absence this step means; any other loss undoes the upgrade.
ON_PURPOSE: frozenset[str] = frozenset()
WHERE = "closed IS NOT NULL AND state <> 'archived'"


def upgrade() -> None:
    op.create_index(
        "ix_matter_unfiled",
        "matter",
        ["site", "closed"],
        unique=False,
        sqlite_where=sa.text(WHERE),
        postgresql_where=sa.text(WHERE),
    )
