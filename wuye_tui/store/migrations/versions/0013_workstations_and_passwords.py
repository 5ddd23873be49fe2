"""Workstations at which a PIN suffices, and passwords for everywhere else."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0013"
down_revision = "0012"
# Tables whose rows and triggers whose absence this step means; any other loss undoes the upgrade.
ON_PURPOSE: frozenset[str] = frozenset()


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString(), sqlmodel.sql.sqltypes.UTCDateTime()
    op.create_table(
        "workstation",
        *(sa.Column(name, text, nullable=False) for name in ("site", "id", "name", "digest")),
        sa.Column("enrolled", moment, nullable=False),
        sa.Column("by", text, nullable=False),
        sa.Column("revoked", moment, nullable=True),
        sa.Column("revoked_by", text, nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_workstation")),
    )
    at_work = sa.text("revoked IS NULL")
    op.create_index(
        "ix_workstation_name",
        "workstation",
        ["site", "name"],
        unique=True,
        sqlite_where=at_work,
        postgresql_where=at_work,
    )
    op.add_column("staff", sa.Column("password_hash", text, nullable=False, server_default=""))
    op.add_column(
        "staff", sa.Column("password_tries", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("staff", sa.Column("password_locked_until", moment, nullable=True))
