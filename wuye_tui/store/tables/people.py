"""Units, and the people who live in them, work there or own them."""

from datetime import date
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from wuye_tui.store.tables.base import belongs_to, json_column


class Unit(SQLModel, table=True):
    """A home, shop or parking space; `label` is how everybody writes it, 3-1-502."""

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("site", "label", name="uq_unit_label"),
        Index("ix_unit_room", "site", "building", "room"),
        Index("ix_unit_number", "site", "room"),
    )

    site: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    label: str
    building: str
    entrance: str = ""
    room: str
    kind: str = "home"
    status: str = "occupied"
    area_centi: int | None = None
    warranty_until: date | None = None
    flags: list[Any] = json_column()


class Person(SQLModel, table=True):
    """Somebody with a name and perhaps a phone."""

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_phone", "site", "phone_tail"),
        Index("ix_person_name", "site", "name", "id"),
        Index(
            "ix_person_plate",
            "site",
            "plate",
            "id",
            sqlite_where=text("plate <> ''"),
            postgresql_where=text("plate <> ''"),
        ),
    )

    site: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str
    phone: str = ""
    phone_tail: str = ""  # the number reversed, so that a tail is a prefix
    plate: str = ""  # of every car, parted by one blank


class PersonKey(SQLModel, table=True):
    """One way to type a name: initials or full pinyin, every reading of every character."""

    __tablename__ = "person_key"
    __table_args__ = (belongs_to("person", "person"),)

    site: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    person: str = Field(primary_key=True)


class UnitPerson(SQLModel, table=True):
    """Who belongs to a unit, as what, and since when."""

    __tablename__ = "unit_person"
    __table_args__ = (
        belongs_to("unit", "unit"),
        belongs_to("person", "person"),
        Index("ix_unit_person_person", "site", "person"),
    )

    site: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    role: str = Field(primary_key=True)
    since: date | None = None
    until: date | None = None
