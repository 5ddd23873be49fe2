"""What is done about words of people: owners' files that were opened, and what was erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from wuye_tui.store.tables.base import json_column


class FileOpening(SQLModel, table=True):
    """An owner's file that somebody looked into by the procedure (FW-6.3), append-only.

    `asker` looked, `allowed` let them; `parts` are the codes of what was shown. What for, and for
    whom outside the office, lies in `private` under the number.
    """

    __tablename__ = "file_opening"
    __table_args__ = (Index("ix_file_opening_unit", "site", "unit", "at"),)

    site: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    act: str
    unit: str
    asker: str
    allowed: str
    parts: list[Any] = json_column()
    at: datetime
    seal: str


class Erasure(SQLModel, table=True):
    """Words about people that were taken out for good, append-only: by whom, with whom, and how
    many of what; never whose. `kind` is a kind of record whose time was over, or `person`. Why lies
    in `private` under the number.
    """

    __tablename__ = "erasure"

    site: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    act: str
    kind: str
    counts: dict[str, Any] = json_column()
    at: datetime
    by: str
    second: str
    seal: str
