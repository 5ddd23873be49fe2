"""Receipts 收据: one gapless series a year and site, and what made some void. Never edited."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, Integer
from sqlmodel import Field, SQLModel


class Receipt(SQLModel, table=True):
    """Money that was taken for a matter, append-only: step `n` of `source` says so.

    Who paid lies in `private` under the receipt's number. `for_cashier`: the desk took it in the
    cashier's absence (FW-1.6).
    """

    __tablename__ = "receipt"
    __table_args__ = (
        Index("ix_receipt_source", "site", "source"),
        Index("ix_receipt_at", "site", "at"),
    )

    site: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    act: str
    source: str
    n: int
    unit: str
    fee: str
    fen: int = Field(
        sa_column=Column(BigInteger().with_variant(Integer(), "sqlite"), nullable=False)
    )
    means: str
    at: datetime
    by: str
    for_cashier: bool
    seal: str


class ReceiptVoid(SQLModel, table=True):
    """A receipt that counts no more, append-only; its number stays its own (BX-16)."""

    __tablename__ = "receipt_void"

    site: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    act: str
    n: int
    at: datetime
    by: str
    second: str
