"""Calls, visits and messages, the matters they belong to, and the duties that answered them."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from wuye_tui.store.tables.base import belongs_to

LEFT_OVER = "(outcome = 'tomorrow' OR substr(outcome, 1, 5) = 'told:')"
"""What the night has left for the morning (KF-8), also what somebody was told of: written out, for
an index of a part of the rows is used only by a question that says the same.
"""


class Contact(SQLModel, table=True):
    """One call, visit or message (KF-6); who and what was said lies in `private`."""

    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("site", "number", name="uq_contact_number"),
        Index("ix_contact_rang", "site", "rang"),
        # With the time: by the site and the time alone all calls there ever were would be read.
        Index("ix_contact_unit", "site", "unit", "rang"),
        # What the night has left for the morning and nobody has taken up (KF-8).
        Index(
            "ix_contact_left",
            "site",
            "rang",
            sqlite_where=text(LEFT_OVER),
            postgresql_where=text(LEFT_OVER),
        ),
    )

    site: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    number: str
    channel: str
    category: str
    unit: str = ""
    rang: datetime
    rings: int = 0
    answered: datetime | None = None
    ended: datetime | None = None
    duty: str = ""
    by: str
    outcome: str = ""
    seal: str = ""


class ContactMatter(SQLModel, table=True):
    """Which matter a contact opened, joined or asked about."""

    __tablename__ = "contact_matter"
    __table_args__ = (
        belongs_to("contact", "contact"),
        belongs_to("matter", "matter"),
        Index("ix_contact_matter_matter", "site", "matter"),
    )

    site: str = Field(primary_key=True)
    contact: str = Field(primary_key=True)
    matter: str = Field(primary_key=True)
    role: str


class Absence(SQLModel, table=True):
    """The desk left for a job, and the telephone that answers for it meanwhile (KF-4); at most one
    open absence a duty.
    """

    __tablename__ = "absence"
    __table_args__ = (
        belongs_to("duty", "duty"),
        Index(
            "ix_absence_open",
            "site",
            "duty",
            unique=True,
            sqlite_where=text("ended IS NULL"),
            postgresql_where=text("ended IS NULL"),
        ),
    )

    site: str = Field(primary_key=True)
    duty: str = Field(primary_key=True)
    started: datetime = Field(primary_key=True)
    staff: str
    phone: str
    matter: str = ""
    ended: datetime | None = None


class Duty(SQLModel, table=True):
    """Somebody answering for a post; at most one open duty a post (KF-4).

    `began` is how they came to it: start, where nobody held the post; continued, from their own
    duty before; handover and forced, from somebody else's by the handover whose number is `via`.
    """

    __tablename__ = "duty"
    __table_args__ = (
        Index(
            "ix_duty_open",
            "site",
            "post",
            unique=True,
            sqlite_where=text("ended IS NULL"),
            postgresql_where=text("ended IS NULL"),
        ),
        Index("ix_duty_started", "site", "started"),
    )

    site: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    post: str
    name: str
    staff: str
    planned_start: datetime
    planned_end: datetime
    started: datetime
    ended: datetime | None = None
    began: str = "start"
    via: str = ""
