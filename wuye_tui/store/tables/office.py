"""The office itself, its staff, and its tariff."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Integer
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
    """An employee: post, level, hats, and the PIN's hash with its reserved tries."""

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
