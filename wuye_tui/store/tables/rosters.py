"""Rosters: drafts and versions with their cells; and what they heed: leave, wishes, swaps."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from wuye_tui.store.tables.fees import big


class Roster(SQLModel, table=True):
    """A roster of a kind and a month as it was drawn up, append-only; a draft until a version of
    the month names it.

    `base` is the version that it was drawn up from, 0 for none, `basis` how it came about.
    `objective` and `bound` are None where nothing was weighed.
    """

    __tablename__ = "roster"
    __table_args__ = (Index("ix_roster_month", "site", "kind", "month"),)

    site: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    act: str
    kind: str
    month: str
    base: int
    basis: str
    seed: int
    objective: int | None = Field(sa_column=big(nullable=True))
    bound: int | None = Field(sa_column=big(nullable=True))
    stopped: bool
    at: datetime
    by: str


class RosterCell(SQLModel, table=True):
    """Somebody has a shift at a post on a day, append-only."""

    __tablename__ = "roster_cell"

    site: str = Field(primary_key=True)
    roster: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    shift: str = Field(primary_key=True)
    post: str = Field(primary_key=True)
    staff: str = Field(primary_key=True)


class RosterVersion(SQLModel, table=True):
    """One publishing of a month, append-only: the highest version is in force, from `at` on."""

    __tablename__ = "roster_version"
    __table_args__ = (UniqueConstraint("site", "roster", name="uq_roster_version_roster"),)

    site: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    month: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    roster: str
    act: str
    at: datetime
    by: str


class RosterSwap(SQLModel, table=True):
    """A duty that another took over, told beforehand (ZB-4.4), append-only; `back_day` and
    `back_shift` are what was taken over in return. Why lies in `private` under the number.
    """

    __tablename__ = "roster_swap"
    __table_args__ = (Index("ix_roster_swap_day", "site", "day"),)

    site: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    act: str
    kind: str
    day: date
    shift: str
    frm: str
    to: str
    back_day: date | None
    back_shift: str
    roster: str
    told: datetime
    by: str
    seal: str


class LeaveRow(SQLModel, table=True):
    """Days on which somebody is away, both in it; the reason lies in `private` under the number."""

    __tablename__ = "leave"
    __table_args__ = (Index("ix_leave_staff", "site", "staff", "begins"),)

    site: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    staff: str
    begins: date
    ends: date
    at: datetime
    by: str
    cancelled: datetime | None = None
    cancelled_by: str = ""
    seal: str = ""


class RosterWish(SQLModel, table=True):
    """What somebody would like on a day: a shift ("" is any), or (`off`) not to have it."""

    __tablename__ = "roster_wish"

    site: str = Field(primary_key=True)
    staff: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    shift: str = Field(primary_key=True)
    off: bool
    weight: int
    at: datetime
    by: str
