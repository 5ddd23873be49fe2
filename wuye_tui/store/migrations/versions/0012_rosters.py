"""Rosters with their versions, swaps, leave and wishes."""

from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from wuye_tui.store import triggers

revision = "0012"
down_revision = "0011"
# Tables whose rows and triggers whose absence this step means; any other loss undoes the upgrade.
ON_PURPOSE: frozenset[str] = frozenset()


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString(), sqlmodel.sql.sqltypes.UTCDateTime()
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    day, number, yes = sa.Date(), sa.Integer(), sa.Boolean()
    # fmt: off
    _table("leave", 2, ("site", text), ("number", text), ("staff", text), ("begins", day),
           ("ends", day), ("at", moment), ("by", text), ("cancelled?", moment),
           ("cancelled_by", text), ("seal", text))
    _table("roster", 2, ("site", text), ("number", text), ("act", text), ("kind", text),
           ("month", text), ("base", number), ("basis", text), ("seed", number),
           ("objective?", big), ("bound?", big), ("stopped", yes), ("at", moment), ("by", text))
    _table("roster_cell", 6, ("site", text), ("roster", text), ("day", day), ("shift", text),
           ("post", text), ("staff", text))
    _table("roster_swap", 2, ("site", text), ("number", text), ("act", text), ("kind", text),
           ("day", day), ("shift", text), ("frm", text), ("to", text), ("back_day?", day),
           ("back_shift", text), ("roster", text), ("told", moment), ("by", text), ("seal", text))
    _table("roster_version", 4, ("site", text), ("kind", text), ("month", text),
           ("version", number), ("roster", text), ("act", text), ("at", moment), ("by", text),
           unique=("uq_roster_version_roster", "site", "roster"))
    _table("roster_wish", 4, ("site", text), ("staff", text), ("day", day), ("shift", text),
           ("off", yes), ("weight", number), ("at", moment), ("by", text))
    # fmt: on
    op.create_index("ix_leave_staff", "leave", ["site", "staff", "begins"])
    op.create_index("ix_roster_month", "roster", ["site", "kind", "month"])
    op.create_index("ix_roster_swap_day", "roster_swap", ["site", "day"])
    kept = ("roster", "roster_cell", "roster_swap", "roster_version")
    triggers.install(op.get_bind(), kept)


def _table(name: str, keys: int, *columns: tuple[str, Any], unique: tuple[str, ...] = ()) -> None:
    """`keys`: how many of the columns are the key; a name with ? may be empty."""
    op.create_table(
        name,
        *(sa.Column(n.rstrip("?"), kind, nullable=n.endswith("?")) for n, kind in columns),
        sa.PrimaryKeyConstraint(*(n for n, _kind in columns[:keys]), name=op.f(f"pk_{name}")),
        *([sa.UniqueConstraint(*unique[1:], name=unique[0])] if unique else []),
    )
