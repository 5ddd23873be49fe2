"""The first receiver and the worker of a matter, each in a column; the directory of numbers."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0002"
down_revision = "0001"
# Tables whose rows and triggers whose absence this step means; any other loss undoes the upgrade.
ON_PURPOSE: frozenset[str] = frozenset()


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString()
    op.create_table(
        "directory",
        *(
            sa.Column(name, text, nullable=False)
            for name in ("site", "name", "kind", "phone", "second", "hours", "note")
        ),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Date(), nullable=True),
        sa.Column("checked_by", text, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("site", "name", name=op.f("pk_directory")),
    )
    op.add_column("matter", sa.Column("worker", text, nullable=False, server_default=""))
    # Until now `holder` had the worker; whoever took the matter first wrote its first step.
    op.execute("UPDATE matter SET worker = holder")
    op.execute(
        "UPDATE matter SET holder = (SELECT step.by FROM step"
        " WHERE step.site = matter.site AND step.matter = matter.id AND step.n = 1)"
    )
    with op.batch_alter_table("repair") as repair:
        repair.drop_column("worker")
