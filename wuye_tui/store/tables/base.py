"""What all tables share: JSON columns, composite keys that start with `site`, and made ids."""

import secrets
import time
from typing import Any

from sqlalchemy import JSON, Column, ForeignKeyConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

# Named, because SQLite can only change a constraint that has a name.
SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_1_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def new_id() -> str:
    """A UUIDv7 as 32 hex digits: made by the application, ordered by the time it was made."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & ((1 << 48) - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return f"{value:032x}"


def new_ids(count: int) -> list[str]:
    """So many of them made at once, in their order: many rows are written much faster so."""
    now = f"{time.time_ns() // 1_000_000 & ((1 << 48) - 1):012x}7"
    chance = secrets.token_hex(10 * count)
    each = (chance[at : at + 20] for at in range(0, 20 * count, 20))
    return sorted(f"{now}{one[:3]}{_VARIANT[one[3]]}{one[4:19]}" for one in each)


def json_column(nullable: bool = False) -> Any:
    """A JSON column: JSONB on PostgreSQL, text on SQLite."""
    kind = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    return Field(sa_column=Column(kind, nullable=nullable))


def belongs_to(table: str, column: str) -> ForeignKeyConstraint:
    """A foreign key to a root that never crosses sites."""
    return ForeignKeyConstraint(["site", column], [f"{table}.site", f"{table}.id"])
