"""How a database goes about what it is asked: every statement of a question, with its plan."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Engine, event

from tests.bench.pouring import TABLES
from wuye_tui.desk import Desk
from wuye_tui.store.home import home

SMALL = frozenset({"alembic_version", "office", "staff", "tariff"})
# Of these there are more every year: reading all that a site has of them is as bad.
GROW = frozenset(
    {"charge", "contact", "contact_matter", "deadline", "ledger_entry", "matter",
     "posting", "private", "receipt", "signature", "step", "visit"}
)  # fmt: skip
# Of what is open, or has a due time that lies ahead, there is always about as much.
OPEN = re.compile(r"ix_(matter_queue|matter_unit_open|contact_left|deadline_running) ")
_SQLITE = re.compile(r"(SCAN|SEARCH) (\w+)(.*)")
_SITE = re.compile(r"\(?site = |\((?:\w+\.)?site\)?(?:::text)? = ")


@contextmanager
def listened(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is sent meanwhile, with its values."""
    found: list[tuple[str, Any]] = []

    def hear(_c: Any, _cursor: Any, sql: str, values: Any, _ctx: Any, many: bool) -> None:
        if not many and sql.lstrip().upper().startswith(("SELECT", "WITH")):
            found.append((sql, values))

    event.listen(engine, "before_cursor_execute", hear)
    yield found
    event.remove(engine, "before_cursor_execute", hear)


def whole_tables(desk: Desk, ask: Callable[[], object], *, forced: bool = False) -> list[str]:
    """Which tables are read without `site` first in an index, each with its statement. `forced`:
    an index is to be used wherever there is one, as small tables need none: PostgreSQL is told so,
    and SQLite plans on a copy that does not know how small they are.
    """
    with listened(desk.engine) as statements:
        ask()
    odd: list[str] = []
    path = home(desk.engine).path
    if forced and path is not None:
        with closing(sqlite3.connect(":memory:")) as copy:
            with closing(sqlite3.connect(path)) as there:
                there.backup(copy)
            copy.executescript("DROP TABLE IF EXISTS sqlite_stat1; ANALYZE sqlite_schema;")
            for sql, values in statements:
                rows = copy.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
                odd += [f"{one} in {sql}" for one in _of_sqlite([row[3] for row in rows], sql)]
        return odd
    with desk.engine.connect() as connection:
        if forced and connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET enable_seqscan = off")
        for sql, values in statements:
            if connection.dialect.name == "sqlite":
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
                odd += [f"{one} in {sql}" for one in _of_sqlite([row[3] for row in rows], sql)]
            else:
                plan: Any = connection.exec_driver_sql(
                    f"EXPLAIN (FORMAT JSON) {sql}", values
                ).scalar_one()
                (found,) = json.loads(plan) if isinstance(plan, str) else plan
                odd += [f"{one} in {sql}" for one in _of_server(found["Plan"])]
    return odd


def _of_sqlite(lines: list[str], sql: str) -> Iterator[str]:
    named = {alias: table for table, alias in re.findall(r"\b(\w+) AS (\w+)", sql)}
    for line in lines:
        if (found := _SQLITE.match(line)) is None:
            continue
        table = named.get(found[2], found[2])
        if table in TABLES and table not in SMALL and "(site=?" not in found[3]:
            yield line
        elif table in GROW and "(site=?)" in found[3] and not OPEN.search(found[3]):
            yield f"all of the site: {line}"


def _of_server(plan: dict[str, Any]) -> Iterator[str]:
    kind, table = plan["Node Type"], plan.get("Relation Name", "")
    if table in TABLES and table not in SMALL:
        if kind == "Seq Scan":
            yield f"Seq Scan on {table}"
        elif kind in ("Index Scan", "Index Only Scan") and not _by_site(plan):
            yield f"{plan['Index Name']} without site: {plan.get('Index Cond')}"
    if kind == "Bitmap Index Scan" and not _by_site(plan):
        yield f"{plan['Index Name']} without site: {plan.get('Index Cond')}"
    for below in plan.get("Plans", ()):
        yield from _of_server(below)


def _by_site(plan: dict[str, Any]) -> bool:
    return _SITE.search(str(plan.get("Index Cond", ""))) is not None
