"""What units are charged by: prices with their validity, terms of single units, meters, pools."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, Index, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel


def big(*, usual: int | None = None, nullable: bool = False) -> Column[int]:
    """A column of whole fen, or of thousandths: 64 bits, and plain INTEGER on SQLite; `usual` is
    what it holds where nothing is said.
    """
    kind = BigInteger().with_variant(Integer(), "sqlite")
    return Column(kind, nullable=nullable, default=usual)


class FeePrice(SQLModel, table=True):
    """The price of a fee for a kind of unit ("" for all), in 1/10000 yuan, from the first day to
    the last, both of them in it; `ends` is None while nothing else is decided.
    """

    __tablename__ = "fee_price"
    __table_args__ = (UniqueConstraint("site", "fee", "kind", "begins", name="uq_fee_price"),)

    site: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    fee: str
    kind: str
    price: int = Field(sa_column=big())
    begins: date
    ends: date | None = None
    by: str
    at: datetime


class FeeTerm(SQLModel, table=True):
    """What is special about a unit and a fee for some days: a parking space with its plate that it
    pays for, or the `share` (in 1/10000) that it pays because it is vacant, discounted or waived.

    Why stands in `private` under the term's id; `approver` is who allowed a lower share.
    """

    __tablename__ = "fee_term"
    __table_args__ = (Index("ix_fee_term_unit", "site", "unit"),)

    site: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    unit: str
    fee: str
    code: str
    subject: str = ""
    quantity_milli: int | None = Field(default=None, sa_column=big(nullable=True))
    share: int = 10000
    begins: date
    ends: date | None = None
    by: str
    approver: str = ""
    at: datetime
    seal: str = ""


class Meter(SQLModel, table=True):
    """A meter of a unit: how many whole digits it shows, and by how much its readings are
    multiplied.
    """

    __tablename__ = "meter"
    __table_args__ = (Index("ix_meter_unit", "site", "unit"),)

    site: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    unit: str
    fee: str
    digits: int = 5
    factor: int = 1
    active: bool = True


class MeterReading(SQLModel, table=True):
    """What a meter showed on a day, in 1/1000; `kind` as in `rules.meters`."""

    __tablename__ = "meter_reading"

    site: str = Field(primary_key=True)
    meter: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    value_milli: int = Field(sa_column=big())
    by: str
    at: datetime


class Pool(SQLModel, table=True):
    """A shared cost of a period that is split among the units of a building ("" for all)."""

    __tablename__ = "fee_pool"
    __table_args__ = (UniqueConstraint("site", "fee", "period", "building", name="uq_fee_pool"),)

    site: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    fee: str
    period: str
    building: str
    basis: str
    fen: int = Field(sa_column=big())
    by: str
    at: datetime
