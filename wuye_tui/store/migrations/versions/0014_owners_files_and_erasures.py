"""Owners' files that were opened, and words about people that were erased."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects import postgresql

from wuye_tui.store import triggers

revision = "0014"
down_revision = "0013"
# Tables whose rows and triggers whose absence this step means; any other loss undoes the upgrade.
ON_PURPOSE: frozenset[str] = frozenset()


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString(), sqlmodel.sql.sqltypes.UTCDateTime()
    json = sa.JSON(none_as_null=True).with_variant(
        postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
    )
    op.create_table(
        "file_opening",
        *(sa.Column(name, text, nullable=False) for name in ("site", "number", "act", "unit")),
        *(sa.Column(name, text, nullable=False) for name in ("asker", "allowed")),
        sa.Column("parts", json, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("seal", text, nullable=False),
        sa.PrimaryKeyConstraint("site", "number", name=op.f("pk_file_opening")),
    )
    op.create_table(
        "erasure",
        *(sa.Column(name, text, nullable=False) for name in ("site", "number", "act", "kind")),
        sa.Column("counts", json, nullable=False),
        sa.Column("at", moment, nullable=False),
        *(sa.Column(name, text, nullable=False) for name in ("by", "second", "seal")),
        sa.PrimaryKeyConstraint("site", "number", name=op.f("pk_erasure")),
    )
    op.create_index("ix_file_opening_unit", "file_opening", ["site", "unit", "at"])
    triggers.install(op.get_bind(), ("erasure", "file_opening"))
