"""How often a receipt was printed, and the tax invoices that were issued for it."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from wuye_tui.store import triggers

revision = "0011"
down_revision = "0010"
# Tables whose rows and triggers whose absence this step means; any other loss undoes the upgrade.
ON_PURPOSE: frozenset[str] = frozenset()


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString(), sqlmodel.sql.sqltypes.UTCDateTime()
    op.create_table(
        "receipt_invoice",
        sa.Column("site", text, nullable=False),
        sa.Column("number", text, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("act", text, nullable=False),
        sa.Column("invoice", text, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("red", sa.Boolean(), nullable=False),
        sa.Column("fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("by", text, nullable=False),
        sa.Column("seal", text, nullable=False),
        sa.PrimaryKeyConstraint("site", "number", "n", name=op.f("pk_receipt_invoice")),
    )
    op.create_index("ix_receipt_invoice_invoice", "receipt_invoice", ["site", "invoice"])
    op.create_table(
        "receipt_print",
        sa.Column("site", text, nullable=False),
        sa.Column("number", text, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("act", text, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("by", text, nullable=False),
        sa.PrimaryKeyConstraint("site", "number", "n", name=op.f("pk_receipt_print")),
    )
    triggers.install(op.get_bind(), ("receipt_invoice", "receipt_print"))
