"""Complaints have a table of their own; those of before are orders and stay so."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0005"
down_revision = "0004"
# Tables whose rows and triggers whose absence this step means; any other loss undoes the upgrade.
ON_PURPOSE: frozenset[str] = frozenset()


def upgrade() -> None:
    op.create_table(
        "complaint",
        sa.Column("site", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("matter", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("cause", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hands", sa.Integer(), nullable=False),
        sa.Column("answered", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "matter"],
            ["matter.site", "matter.id"],
            name=op.f("fk_complaint_matter_matter"),
        ),
        sa.PrimaryKeyConstraint("site", "matter", name=op.f("pk_complaint")),
    )
