"""Handovers have a table of their own, and a duty says how it began."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0008"
down_revision = "0007"
LEFT_OVER = "(outcome = 'tomorrow' OR substr(outcome, 1, 5) = 'told:')"
ON_PURPOSE: frozenset[str] = frozenset()


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString(), sqlmodel.sql.sqltypes.UTCDateTime()
    op.create_table(
        "handover",
        *(
            sa.Column(name, text, nullable=False)
            for name in ("site", "matter", "post", "duty", "giver", "taker")
        ),
        *(sa.Column(name, moment, nullable=True) for name in ("given", "arrived", "accepted")),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("ended", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "matter"], ["matter.site", "matter.id"], name=op.f("fk_handover_matter_matter")
        ),
        sa.PrimaryKeyConstraint("site", "matter", name=op.f("pk_handover")),
    )
    _index("ix_handover_open", "handover", ["site", "post"], "ended IS NULL", unique=True)
    done = ["site", "post", "accepted"]
    _index("ix_handover_accepted", "handover", done, "accepted IS NOT NULL")
    _index("ix_contact_left", "contact", ["site", "rang"], LEFT_OVER)
    # Until now whoever began a duty ended the one before, and nobody wrote down how.
    for name, usual in (("began", "start"), ("via", "")):
        op.add_column("duty", sa.Column(name, text, nullable=False, server_default=usual))


def _index(name: str, table: str, columns: list[str], where: str, unique: bool = False) -> None:
    only = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=only, postgresql_where=only)
