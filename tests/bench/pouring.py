"""Rows poured into a database as lines of text: SQLite by executemany, PostgreSQL by COPY.

Indexes are made when everything is in. Only a database that nobody else uses yet is filled so.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from tests.bench.moulds import NULL, POSTGRESQL, SQLITE

TABLES = {table.name: table for table in SQLModel.metadata.sorted_tables}


class Pourer(Protocol):
    """A database that is being filled."""

    dialect: str

    def pour(self, table: str, lines: Sequence[str]) -> None:
        """Writes rows, each the columns of its table in order, parted by tabs."""

    def run(self, statement: str, *values: str) -> None:
        """Runs one statement; its values stand at `?`."""

    def end(self) -> None:
        """Makes the indexes, and lets go of the database."""


class IntoFile:
    """A SQLite file: written without a journal, so that a power cut leaves nothing of it."""

    dialect = SQLITE

    def __init__(self, path: Path) -> None:
        self._raw = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
            self._raw.execute(f"PRAGMA {pragma}")
        self._indexes = self._raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        for name, _sql in self._indexes:
            self._raw.execute(f"DROP INDEX {name}")
        self._raw.execute("BEGIN")

    def pour(self, table: str, lines: Sequence[str]) -> None:
        marks = ", ".join("?" * len(TABLES[table].c))
        names = ", ".join(f'"{column.name}"' for column in TABLES[table].c)
        rows = (
            [None if part == NULL else part for part in line.split("\t")]
            if NULL in line
            else line.split("\t")
            for line in lines
        )
        self._raw.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)

    def run(self, statement: str, *values: str) -> None:
        self._raw.execute(statement, values)

    def end(self) -> None:
        self._raw.execute("COMMIT")
        for _name, sql in self._indexes:
            self._raw.execute(sql)
        self._raw.close()


class IntoServer:
    """A PostgreSQL database of a server whose master we are: foreign keys are not looked up."""

    dialect = POSTGRESQL

    def __init__(self, url: str) -> None:
        asked = make_url(url)
        host = str(asked.query["host"])
        self._raw = psycopg.connect(
            host=host, user=asked.username, dbname=asked.database, autocommit=True
        )
        self._url = url
        self._raw.execute("SET session_replication_role = replica")
        engine = create_engine(url)
        for table in TABLES.values():
            for index in table.indexes:
                index.drop(engine, checkfirst=True)
        engine.dispose()

    def pour(self, table: str, lines: Sequence[str]) -> None:
        names = ", ".join(f'"{column.name}"' for column in TABLES[table].c)
        with self._raw.cursor().copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            copy.write("\n".join(lines) + "\n")

    def run(self, statement: str, *values: str) -> None:
        self._raw.execute(statement.replace("?", "%s"), values)

    def end(self) -> None:
        engine = create_engine(self._url)
        for table in TABLES.values():
            for index in table.indexes:
                index.create(engine)
        engine.dispose()
        self._raw.execute("VACUUM ANALYZE")
        self._raw.close()
