"""What a home stands at, its calls and what a duty took are found without reading all there was."""

from alembic import op

revision = "0015"
down_revision = "0014"
ON_PURPOSE: frozenset[str] = frozenset()


def upgrade() -> None:
    op.create_index("ix_balance_unit", "balance", ["site", "unit"])
    op.create_index("ix_ledger_entry_at", "ledger_entry", ["site", "at"])
    op.drop_index("ix_contact_unit", "contact")
    op.create_index("ix_contact_unit", "contact", ["site", "unit", "rang"])
