"""The ledger: entries that balance and are never edited, what each account stands at, runs of
bills, and closed days.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from wuye_tui.store.tables.base import json_column
from wuye_tui.store.tables.fees import big


class LedgerEntry(SQLModel, table=True):
    """One event of money, append-only; its postings sum to nothing.

    `number` is what people see, `day` the business day it belongs to, `reverses` the number of the
    entry that it takes back, `receipt` the receipt it was given. Who paid, and why something was
    taken back, lie in `private` under the number.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        Index("ix_ledger_entry_unit", "site", "unit", "at"),
        Index("ix_ledger_entry_day", "site", "day"),
        Index("ix_ledger_entry_at", "site", "at"),
        Index(
            "ix_ledger_entry_reverses",
            "site",
            "reverses",
            unique=True,
            sqlite_where=text("reverses <> ''"),
            postgresql_where=text("reverses <> ''"),
        ),
    )

    site: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    act: str
    kind: str
    at: datetime
    day: date
    by: str
    second: str
    duty: str
    unit: str
    receipt: str
    reverses: str
    for_cashier: bool
    seal: str


class Posting(SQLModel, table=True):
    """One line of an entry, append-only: so many fen to an account, more where it is owed to the
    office or held by it, less where the office owes or has earned it.

    `part` is the fee, or the means of a payment; `charge` the id of the charge that it settles.
    """

    __tablename__ = "posting"
    __table_args__ = (
        Index("ix_posting_account", "site", "account", "part"),
        Index(
            "ix_posting_charge",
            "site",
            "charge",
            sqlite_where=text("charge <> ''"),
            postgresql_where=text("charge <> ''"),
        ),
    )

    site: str = Field(primary_key=True)
    entry: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    account: str
    part: str
    unit: str
    charge: str
    fen: int = Field(sa_column=big())


class Balance(SQLModel, table=True):
    """What an account stands at, from its postings; of what is a unit's own, by unit."""

    __tablename__ = "balance"
    __table_args__ = (Index("ix_balance_unit", "site", "unit"),)

    site: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    part: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    fen: int = Field(sa_column=big())


class BillRun(SQLModel, table=True):
    """One run of bills: its lines are nobody's debts before it is published.

    Of an office at most one is being prepared. `digest` is over its lines as they were published.
    """

    __tablename__ = "bill_run"
    __table_args__ = (
        Index(
            "ix_bill_run_preparing",
            "site",
            unique=True,
            sqlite_where=text("state = 'preparing'"),
            postgresql_where=text("state = 'preparing'"),
        ),
    )

    site: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    period: str
    fees: list[Any] = json_column()
    state: str
    lines: int = 0
    fen: int = Field(default=0, sa_column=big(usual=0))
    digest: str = ""
    began: datetime
    seen: datetime
    published: datetime | None = None
    by: str


class DayClose(SQLModel, table=True):
    """A business day that is closed, append-only: what each person took by each means, and what was
    counted; nothing of that day changes any more.
    """

    __tablename__ = "day_close"
    __table_args__ = (UniqueConstraint("site", "number", name="uq_day_close_number"),)

    site: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    number: str
    act: str
    at: datetime
    by: str
    lines: list[Any] = json_column()
    seal: str
