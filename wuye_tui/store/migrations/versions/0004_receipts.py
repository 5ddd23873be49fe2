"""Receipts of a gapless series a year, and what made some of them void."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from wuye_tui.store import triggers

revision = "0004"
down_revision = "0003"
# Tables whose rows and triggers whose absence this step means; any other loss undoes the upgrade.
ON_PURPOSE: frozenset[str] = frozenset()


def upgrade() -> None:
    op.create_table(
        "receipt",
        sa.Column("site", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("act", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("fee", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("means", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("for_cashier", sa.Boolean(), nullable=False),
        sa.Column("seal", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("site", "number", name=op.f("pk_receipt")),
    )
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.create_index("ix_receipt_at", ["site", "at"], unique=False)
        batch_op.create_index("ix_receipt_source", ["site", "source"], unique=False)

    op.create_table(
        "receipt_void",
        sa.Column("site", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("act", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("second", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("site", "number", name=op.f("pk_receipt_void")),
    )
    triggers.install(op.get_bind(), ("receipt", "receipt_void"))
