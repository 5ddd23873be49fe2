"""A callback's own columns, and when a repair was done, for the summary of the month."""

import json
from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0007"
down_revision = "0006"
ON_PURPOSE: frozenset[str] = frozenset()

# Of the steps only those that count: neither taken back nor the taking back.
_DONE = (
    "UPDATE repair SET done = (SELECT max(step.happened) FROM step WHERE step.site = repair.site"
    " AND step.matter = repair.matter AND step.verb = 'finish' AND step.undoes IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM step AS back WHERE back.site = step.site"
    " AND back.matter = step.matter AND back.undoes = step.n))"
    " WHERE EXISTS (SELECT 1 FROM matter WHERE matter.site = repair.site"
    " AND matter.id = repair.matter AND matter.outcome = 'done')"
)
_CALLBACKS = (
    "INSERT INTO callback (site, matter, due, worker, satisfaction, tries, regular)"
    " SELECT matter.site, matter.id, (SELECT min(deadline.due) FROM deadline"
    " WHERE deadline.site = matter.site AND deadline.matter = matter.id), '', '',"
    " (SELECT count(*) FROM step WHERE step.site = matter.site AND step.matter = matter.id"
    " AND step.verb = 'try' AND step.undoes IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM step AS back WHERE back.site = step.site"
    " AND back.matter = step.matter AND back.undoes = step.n)),"
    " matter.kind <> 'callback' FROM matter WHERE matter.kind = 'callback'"
)
_ANSWERS = "SELECT site, matter, facts FROM step WHERE verb = 'reach'"


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString(), sqlmodel.sql.sqltypes.UTCDateTime()
    op.create_table(
        "callback",
        sa.Column("site", text, nullable=False),
        sa.Column("matter", text, nullable=False),
        sa.Column("due", moment, nullable=True),
        sa.Column("worker", text, nullable=False),
        sa.Column("satisfaction", text, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("regular", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "matter"], ["matter.site", "matter.id"], name=op.f("fk_callback_matter_matter")
        ),
        sa.PrimaryKeyConstraint("site", "matter", name=op.f("pk_callback")),
    )
    op.create_index("ix_callback_due", "callback", ["site", "due"])
    op.add_column("repair", sa.Column("done", moment, nullable=True))
    there = sa.text("done IS NOT NULL")
    op.create_index(
        "ix_repair_done", "repair", ["site", "done"], sqlite_where=there, postgresql_where=there
    )
    connection = op.get_bind()
    connection.exec_driver_sql(_DONE)
    connection.exec_driver_sql(_CALLBACKS)
    _answers(connection)


def _answers(connection: sa.Connection) -> None:
    """What was answered lies in the facts of the step that reached somebody."""
    given: list[dict[str, Any]] = []
    for site, matter, facts in connection.exec_driver_sql(_ANSWERS).all():
        said = facts if isinstance(facts, dict) else json.loads(facts)
        given.append({"key": site, "of": matter, "says": str(said.get("satisfaction", ""))})
    table = sa.table("callback", *map(sa.column, ("site", "matter", "satisfaction")))
    c = table.c
    if given:
        connection.execute(
            sa.update(table)
            .where(c.site == sa.bindparam("key"), c.matter == sa.bindparam("of"))
            .values(satisfaction=sa.bindparam("says")),
            given,
        )
