"""Matters and what hangs on them: steps, clocks, signatures, visits, charges, private words.

The steps are the truth. `matter.state`, `hold`, `outcome`, `next_due` and the whole of `repair` and
`callback` are folded from them when written, and compared with them by `wuye check`.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from wuye_tui.store.tables.base import belongs_to, json_column
from wuye_tui.store.tables.fees import big


class Matter(SQLModel, table=True):
    """Whatever crosses the desk and has to be finished."""

    __tablename__ = "matter"
    __table_args__ = (
        UniqueConstraint("site", "number", name="uq_matter_number"),
        # The queue: every open matter, next due first.
        Index(
            "ix_matter_queue",
            "site",
            "next_due",
            "opened",
            sqlite_where=text("closed IS NULL"),
            postgresql_where=text("closed IS NULL"),
        ),
        Index(
            "ix_matter_unit_open",
            "site",
            "unit",
            sqlite_where=text("closed IS NULL"),
            postgresql_where=text("closed IS NULL"),
        ),
        # What is over and not in the archive yet, as the week's file asks for it.
        Index(
            "ix_matter_unfiled",
            "site",
            "closed",
            sqlite_where=text("closed IS NOT NULL AND state <> 'archived'"),
            postgresql_where=text("closed IS NOT NULL AND state <> 'archived'"),
        ),
        Index("ix_matter_parent", "site", "parent"),
        Index("ix_matter_kind", "site", "kind", "opened"),
    )

    site: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    kind: str
    number: str
    state: str
    hold: str = ""
    outcome: str = ""
    department: str = ""
    holder: str = ""
    worker: str = ""
    about: str = ""
    priority: int = 0
    origin: str = ""
    parent: str = ""
    unit: str = ""
    place: str = ""
    opened: datetime
    closed: datetime | None = None
    next_due: datetime | None = None
    last: int
    last_move: int
    rule: str = "1"


class Private(SQLModel, table=True):
    """Words about people, beside the record and not in it, so that they can be erased.

    `n` 0 is the snapshot of the whole matter or contact, n > 0 the words of step n. `seal` in the
    record is the hash of salt and words: the chain stays whole when the words are gone.
    """

    __tablename__ = "private"
    __table_args__ = (Index("ix_private_phone", "site", "phone_tail"),)

    site: str = Field(primary_key=True)
    owner: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    salt: str
    name: str = ""
    phone: str = ""
    phone_tail: str = ""
    address: str = ""
    words: str = ""
    more: dict[str, Any] = json_column()
    erased: datetime | None = None


class StepRow(SQLModel, table=True):
    """One step, append-only: when it happened, when it was recorded, by whom, on whose word."""

    __tablename__ = "step"
    __table_args__ = (belongs_to("matter", "matter"), Index("ix_step_recorded", "site", "recorded"))

    site: str = Field(primary_key=True)
    matter: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    act: str
    verb: str
    frm: str
    to: str
    happened: datetime
    recorded: datetime
    by: str
    doer: str
    duty: str
    clause: str
    facts: dict[str, Any] = json_column()
    seal: str = ""
    undoes: int | None = None


class DeadlineRow(SQLModel, table=True):
    """One run of a clock; `n` is the step that started it, `due` empty while it stands still."""

    __tablename__ = "deadline"
    __table_args__ = (
        belongs_to("matter", "matter"),
        Index(
            "ix_deadline_running",
            "site",
            "due",
            sqlite_where=text("ended IS NULL"),
            postgresql_where=text("ended IS NULL"),
        ),
    )

    site: str = Field(primary_key=True)
    matter: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    clause: str
    level: int
    amount: str
    rule: str
    calendar: str
    started: datetime
    due: datetime | None = None
    ended: datetime | None = None
    void: bool = False
    provisional: bool = False


class Signature(SQLModel, table=True):
    """Who signed a step in which role: by PIN, on paper, or refused; names lie in `private`."""

    __tablename__ = "signature"
    __table_args__ = (belongs_to("matter", "matter"),)

    site: str = Field(primary_key=True)
    matter: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    role: str = Field(primary_key=True)
    act: str
    staff: str
    how: str
    at: datetime


class VisitRow(SQLModel, table=True):
    """One time that a worker was on site."""

    __tablename__ = "visit"
    __table_args__ = (belongs_to("matter", "matter"),)

    site: str = Field(primary_key=True)
    matter: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    worker: str
    arrived: datetime
    left: datetime | None = None
    why: str = ""


class Repair(SQLModel, table=True):
    """A repair slip's own columns, folded from its steps for lists and reports; `done` is when the
    work was finished the last time, while it counts as done.
    """

    __tablename__ = "repair"
    __table_args__ = (
        belongs_to("matter", "matter"),
        Index(
            "ix_repair_done",
            "site",
            "done",
            sqlite_where=text("done IS NOT NULL"),
            postgresql_where=text("done IS NOT NULL"),
        ),
    )

    site: str = Field(primary_key=True)
    matter: str = Field(primary_key=True)
    charge: str = ""
    tariff: str = ""
    at: datetime | None = None
    fee_fen: int = Field(
        default=0, sa_column=Column(BigInteger().with_variant(Integer(), "sqlite"), nullable=False)
    )
    copies: str = ""
    callback: str = ""
    emergency: str = ""
    done: datetime | None = None


class Callback(SQLModel, table=True):
    """A callback's own columns, folded from its steps for the summary of the month (BX-18): when it
    was due the first time, the worker of the job (staff number), what was answered, how often it
    was tried, and whether it is the visit of FW-3.1 and follows no job.
    """

    __tablename__ = "callback"
    __table_args__ = (belongs_to("matter", "matter"), Index("ix_callback_due", "site", "due"))

    site: str = Field(primary_key=True)
    matter: str = Field(primary_key=True)
    due: datetime | None = None
    worker: str = ""
    satisfaction: str = ""
    tries: int = 0
    regular: bool = False


class Complaint(SQLModel, table=True):
    """A complaint's own columns, folded from its steps for lists and statistics."""

    __tablename__ = "complaint"
    __table_args__ = (belongs_to("matter", "matter"),)

    site: str = Field(primary_key=True)
    matter: str = Field(primary_key=True)
    level: str = ""
    cause: str = ""
    hands: int = 0  # how many have accepted it from somebody
    answered: datetime | None = None


class Charge(SQLModel, table=True):
    """What a unit owes: for a repair one row a slip, from its charge lines; for a fee one row a
    period and what it is charged for, of a run (`run`, seen once that is published) or by itself.

    `settled_fen` is what payments and prepayments have settled of a fee; of a repair its receipt
    says it. `due` is the last day without a late fee; `detail` how the line was reckoned.
    """

    __tablename__ = "charge"
    __table_args__ = (
        UniqueConstraint("site", "source", "fee", "period", name="uq_charge_source"),
        Index("ix_charge_unit", "site", "unit"),
        Index("ix_charge_period", "site", "period", "fee"),
    )

    site: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    unit: str
    fee: str
    period: str
    source: str
    fen: int = Field(
        sa_column=Column(BigInteger().with_variant(Integer(), "sqlite"), nullable=False)
    )
    waived_fen: int = Field(default=0, sa_column=big(usual=0))
    at: datetime
    run: str = ""
    settled_fen: int = Field(default=0, sa_column=big(usual=0))
    begins: date | None = None
    ends: date | None = None
    due: date | None = None
    detail: list[Any] | None = json_column(nullable=True)


class Handover(SQLModel, table=True):
    """A handover's own columns, folded from its steps: which duty of which post, by whom to whom,
    when the giver signed, the relief came and signed, how many minutes late they came (KF-9), and
    when it was over, however it ended.
    """

    __tablename__ = "handover"
    __table_args__ = (
        belongs_to("matter", "matter"),
        # Of a post at most one is open.
        Index(
            "ix_handover_open",
            "site",
            "post",
            unique=True,
            sqlite_where=text("ended IS NULL"),
            postgresql_where=text("ended IS NULL"),
        ),
        Index(
            "ix_handover_accepted",
            "site",
            "post",
            "accepted",
            sqlite_where=text("accepted IS NOT NULL"),
            postgresql_where=text("accepted IS NOT NULL"),
        ),
    )

    site: str = Field(primary_key=True)
    matter: str = Field(primary_key=True)
    post: str
    duty: str
    giver: str
    taker: str = ""
    given: datetime | None = None
    arrived: datetime | None = None
    accepted: datetime | None = None
    late: int = 0
    ended: datetime | None = None
