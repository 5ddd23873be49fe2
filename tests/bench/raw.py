"""A bare connection to the database of a desk, and the same words for either database."""

import re
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from tests.bench.moulds import SQLITE, moment
from wuye_tui.desk import Desk

Rows = Sequence[Sequence[Any]]
_TRUE = re.compile(r"sum\(((?:[^()]|\([^()]*\))*)\)(?=[,\n ])")


class Raw:
    """Statements with `?` for values; a sum of what is so is counted as both databases do."""

    def __init__(self, desk: Desk) -> None:
        self.site = desk.site
        self._lite: sqlite3.Connection | None = None
        self._served: psycopg.Connection[tuple[Any, ...]] | None = None
        file = desk.settings.database_file
        if file is not None:
            self._lite = sqlite3.connect(file, isolation_level=None)
            self._lite.execute("PRAGMA synchronous=FULL")
        else:
            asked = make_url(desk.settings.database_url)
            self._served = psycopg.connect(
                host=str(asked.query["host"]),
                user=asked.username,
                dbname=asked.database,
                autocommit=True,
            )

    def ask(self, question: str, values: Sequence[Any] = ()) -> Rows:
        """All rows of an answer."""
        if self._lite is not None:
            return self._lite.execute(question, [self._plain(one) for one in values]).fetchall()
        assert self._served is not None
        return self._served.execute(_served(question), values).fetchall()

    def run(self, statement: str, values: Sequence[Any] = ()) -> None:
        """A statement, committed."""
        if self._lite is not None:
            self._lite.execute(statement, values)
        else:
            assert self._served is not None
            self._served.execute(_served(statement), values)

    def scan(self) -> None:
        """Every act and every step read once; SQLite looks at its pages as well."""
        if self._lite is not None:
            self._lite.execute("PRAGMA quick_check").fetchall()
            for table in ("audit", "step"):
                for _row in self._lite.execute(f"SELECT * FROM {table}"):
                    pass
            return
        assert self._served is not None
        for table in ("audit", "step"):
            with self._served.transaction(), self._served.cursor(f"scan_{table}") as cursor:
                cursor.itersize = 1000
                for _row in cursor.execute(f"SELECT * FROM {table}"):
                    pass

    def size(self) -> int:
        """What it has on the disk, in bytes."""
        if self._lite is not None:
            ((pages,),) = self.ask("PRAGMA page_count")
            ((page,),) = self.ask("PRAGMA page_size")
            return int(pages) * int(page)
        ((found,),) = self.ask("SELECT pg_database_size(current_database())")
        return int(found)

    def close(self) -> None:
        """Lets go of the database."""
        for one in (self._lite, self._served):
            if one is not None:
                one.close()

    @staticmethod
    def _plain(value: Any) -> Any:
        return moment(value, SQLITE) if isinstance(value, datetime) else value


def _served(statement: str) -> str:
    return statement.replace("%", "%%").replace("?", "%s")


def counting(question: str) -> str:
    """`sum(a = b)` in words that both databases know."""
    return _TRUE.sub(r"count(*) FILTER (WHERE \1)", question)
