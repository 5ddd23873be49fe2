"""What units are charged by, bills by runs, the ledger, and closed days."""

from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects import postgresql

from wuye_tui.store import triggers

revision = "0010"
down_revision = "0009"
ON_PURPOSE: frozenset[str] = frozenset()


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString(), sqlmodel.sql.sqltypes.UTCDateTime()
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    words = sa.JSON(none_as_null=True).with_variant(
        postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
    )
    day, number, yes = sa.Date(), sa.Integer(), sa.Boolean()
    # fmt: off
    _table("balance", 4, ("site", text), ("account", text), ("part", text), ("unit", text),
           ("fen", big))
    _table("bill_run", 2, ("site", text), ("number", text), ("period", text), ("fees", words),
           ("state", text), ("lines", number), ("fen", big), ("digest", text), ("began", moment),
           ("seen", moment), ("published?", moment), ("by", text))
    _table("day_close", 2, ("site", text), ("day", day), ("number", text), ("act", text),
           ("at", moment), ("by", text), ("lines", words), ("seal", text),
           unique=("uq_day_close_number", "site", "number"))
    _table("fee_pool", 2, ("site", text), ("id", text), ("fee", text), ("period", text),
           ("building", text), ("basis", text), ("fen", big), ("by", text), ("at", moment),
           unique=("uq_fee_pool", "site", "fee", "period", "building"))
    _table("fee_price", 2, ("site", text), ("id", text), ("fee", text), ("kind", text),
           ("price", big), ("begins", day), ("ends?", day), ("by", text), ("at", moment),
           unique=("uq_fee_price", "site", "fee", "kind", "begins"))
    _table("fee_term", 2, ("site", text), ("id", text), ("unit", text), ("fee", text),
           ("code", text), ("subject", text), ("quantity_milli?", big), ("share", number),
           ("begins", day), ("ends?", day), ("by", text), ("approver", text), ("at", moment),
           ("seal", text))
    _table("ledger_entry", 2, ("site", text), ("number", text), ("act", text), ("kind", text),
           ("at", moment), ("day", day), ("by", text), ("second", text), ("duty", text),
           ("unit", text), ("receipt", text), ("reverses", text), ("for_cashier", yes),
           ("seal", text))
    _table("meter", 2, ("site", text), ("number", text), ("unit", text), ("fee", text),
           ("digits", number), ("factor", number), ("active", yes))
    _table("meter_reading", 4, ("site", text), ("meter", text), ("day", day), ("kind", text),
           ("value_milli", big), ("by", text), ("at", moment))
    _table("posting", 3, ("site", text), ("entry", text), ("n", number), ("account", text),
           ("part", text), ("unit", text), ("charge", text), ("fen", big))
    # fmt: on
    _index("ix_bill_run_preparing", "bill_run", ["site"], "state = 'preparing'", unique=True)
    op.create_index("ix_fee_term_unit", "fee_term", ["site", "unit"])
    op.create_index("ix_ledger_entry_day", "ledger_entry", ["site", "day"])
    op.create_index("ix_ledger_entry_unit", "ledger_entry", ["site", "unit", "at"])
    reverses = ["site", "reverses"]
    _index("ix_ledger_entry_reverses", "ledger_entry", reverses, "reverses <> ''", unique=True)
    op.create_index("ix_meter_unit", "meter", ["site", "unit"])
    op.create_index("ix_posting_account", "posting", ["site", "account", "part"])
    _index("ix_posting_charge", "posting", ["site", "charge"], "charge <> ''")
    for name, kind, usual in (("run", text, ""), ("settled_fen", big, "0")):
        op.add_column("charge", sa.Column(name, kind, nullable=False, server_default=usual))
    for name in ("begins", "ends", "due"):
        op.add_column("charge", sa.Column(name, day, nullable=True))
    op.add_column("charge", sa.Column("detail", words, nullable=True))
    op.create_index("ix_charge_period", "charge", ["site", "period", "fee"])
    triggers.install(op.get_bind(), ("day_close", "ledger_entry", "posting"))


def _table(name: str, keys: int, *columns: tuple[str, Any], unique: tuple[str, ...] = ()) -> None:
    """`keys`: how many of the columns are the key; a name with ? may be empty."""
    op.create_table(
        name,
        *(sa.Column(n.rstrip("?"), kind, nullable=n.endswith("?")) for n, kind in columns),
        sa.PrimaryKeyConstraint(*(n for n, _kind in columns[:keys]), name=op.f(f"pk_{name}")),
        *([sa.UniqueConstraint(*unique[1:], name=unique[0])] if unique else []),
    )


def _index(name: str, table: str, columns: list[str], where: str, unique: bool = False) -> None:
    only = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=only, postgresql_where=only)
