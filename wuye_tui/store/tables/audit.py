"""The audit chain, the gapless series, and what `tick` has fired."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from wuye_tui.store.tables.base import json_column


def _big() -> Any:
    return BigInteger().with_variant(Integer(), "sqlite")


class Audit(SQLModel, table=True):
    """One line an act, chained by hash; no words about people in it.

    `key` is the caller's: a repeat of the same act finds its first `result` here. `digest` is over
    every append-only row that the act wrote.
    """

    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("site", "key", name="uq_audit_key"),)

    site: str = Field(primary_key=True)
    seq: int = Field(sa_column=Column(_big(), primary_key=True, autoincrement=False))
    key: str
    version: int
    at: datetime
    by: str
    duty: str
    what: str
    result: dict[str, Any] = json_column()
    digest: str
    prev: str
    hash: str


class Series(SQLModel, table=True):
    """The last number given of a gapless series; taken in the act that uses the number."""

    __tablename__ = "series"

    site: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    period: str = Field(primary_key=True)
    last: int = Field(sa_column=Column(_big(), nullable=False))


class Firing(SQLModel, table=True):
    """Something that `tick` did once: its key is unique, whichever process came first."""

    __tablename__ = "firing"
    __table_args__ = (Index("ix_firing_at", "site", "at"),)

    site: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    act: str
    at: datetime
    matter: str
    what: str
