"""The desk left for a job, and the telephone that answers meanwhile"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0009"
down_revision = "0008"
# Tables whose rows and triggers whose absence this step means; any other loss undoes the upgrade.
ON_PURPOSE: frozenset[str] = frozenset()


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString(), sqlmodel.sql.sqltypes.UTCDateTime()
    op.create_table(
        "absence",
        sa.Column("site", text, nullable=False),
        sa.Column("duty", text, nullable=False),
        sa.Column("started", moment, nullable=False),
        sa.Column("staff", text, nullable=False),
        sa.Column("phone", text, nullable=False),
        sa.Column("matter", text, nullable=False),
        sa.Column("ended", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "duty"], ["duty.site", "duty.id"], name=op.f("fk_absence_duty_duty")
        ),
        sa.PrimaryKeyConstraint("site", "duty", "started", name=op.f("pk_absence")),
    )
    open_ = sa.text("ended IS NULL")
    op.create_index(
        "ix_absence_open",
        "absence",
        ["site", "duty"],
        unique=True,
        sqlite_where=open_,
        postgresql_where=open_,
    )
