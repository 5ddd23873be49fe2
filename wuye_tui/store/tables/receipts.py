"""Receipts 收据: one gapless series a year and site, what made some void, how often each was
printed, and its tax invoices. Never edited.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, Index, Integer
from sqlmodel import Field, SQLModel

from wuye_tui.store.tables.fees import big


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


class ReceiptPrint(SQLModel, table=True):
    """One printing of a receipt or of a refund, append-only; `n` 1 is the original."""

    __tablename__ = "receipt_print"

    site: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    act: str
    at: datetime
    by: str


class ReceiptInvoice(SQLModel, table=True):
    """A tax invoice that was issued for a receipt by the tax office's own system, append-only.

    A `red` one takes back the one before it. Buyer and tax number lie in `private` under the
    receipt's number and `n`, which begins at 1: 0 is who paid.
    """

    __tablename__ = "receipt_invoice"
    __table_args__ = (Index("ix_receipt_invoice_invoice", "site", "invoice"),)

    site: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    act: str
    invoice: str
    day: date
    red: bool
    fen: int = Field(sa_column=big())
    at: datetime
    by: str
    seal: str
