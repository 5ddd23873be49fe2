"""What a home stands at is found by its unit."""

from alembic import op

revision = "0015"
down_revision = "0014"
ON_PURPOSE: frozenset[str] = frozenset()


def upgrade() -> None:
    op.create_index("ix_balance_unit", "balance", ["site", "unit"])
