"""The office itself, its staff, its workstations, and its tariff."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, text
from sqlmodel import Field, SQLModel

from wuye_tui.store.tables.base import json_column


class Office(SQLModel, table=True):
    """One site: its name, and whether it is a training office whose clock may be moved."""

    __tablename__ = "office"

    site: str = Field(primary_key=True)
    name: str
    training: bool
    created: datetime


class Staff(SQLModel, table=True):
    """An employee: post, level, hats, and the hashes of PIN and password, each with its tries."""

    __tablename__ = "staff"

    site: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    name: str
    keys: str = ""  # the ways to type the name, reckoned when it is written
    department: str = ""
    post: str = ""
    level: str = ""
    hats: list[str] = json_column()
    qualifications: str = ""
    phone: str = ""
    active: bool = True
    pin_hash: str = ""
    pin_tries: int = 0
    pin_locked_until: datetime | None = None
    password_hash: str = ""
    password_tries: int = 0
    password_locked_until: datetime | None = None


class EnrolledWorkstation(SQLModel, table=True):
    """A machine at which a PIN suffices: its name, and the SHA-256 of the token in its file."""

    __tablename__ = "workstation"
    __table_args__ = (
        Index(
            "ix_workstation_name",
            "site",
            "name",
            unique=True,
            sqlite_where=text("revoked IS NULL"),
            postgresql_where=text("revoked IS NULL"),
        ),
    )

    site: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str
    digest: str
    enrolled: datetime
    by: str
    revoked: datetime | None = None
    revoked_by: str = ""


class Tariff(SQLModel, table=True):
    """One item of the repair tariff; `price` in ten-thousandths of a yuan, labour only."""

    __tablename__ = "tariff"

    site: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    name: str
    keys: str = ""  # the ways to type the name, reckoned when it is written
    category: str = ""
    unit_word: str = ""
    price: int = Field(
        sa_column=Column(BigInteger().with_variant(Integer(), "sqlite"), nullable=False)
    )
    material: str = ""
    keywords: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def as_dict(self) -> dict[str, Any]:
        """The item as the command line's JSON shows it."""
        return {
            "code": self.code,
            "name": self.name,
            "category": self.category,
            "unit": self.unit_word,
            "price_fen": self.price // 100,
            "material": self.material,
        }
