"""A small database of the tests' own: units, their slips, and a line of three revisions."""

import os
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from textwrap import dedent

from sqlalchemy import (
    Column,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    insert,
    inspect,
    select,
    text,
)

from wuye_tui.store import triggers
from wuye_tui.store.engine import open_engine, read, write
from wuye_tui.store.home import Patience, home
from wuye_tui.store.upgrade import Steps, state

TOYS = MetaData()
UNIT = Table("unit", TOYS, Column("id", Integer, primary_key=True), Column("name", String))
SLIP = Table(
    "slip",
    TOYS,
    Column("id", Integer, primary_key=True),
    Column("unit", ForeignKey("unit.id", ondelete="CASCADE"), nullable=False),
)
IMPATIENT = Patience(lock=0.1, busy=0.05, row=0.1, idle=0.2, connect=2)

_FIRST = """
    op.create_table("unit", sa.Column("id", sa.Integer(), primary_key=True),
                    sa.Column("name", sa.String()))
    op.create_table("slip", sa.Column("id", sa.Integer(), primary_key=True),
                    sa.Column("unit", sa.Integer(), nullable=False),
                    sa.ForeignKeyConstraint(["unit"], ["unit.id"], ondelete="CASCADE"))
    triggers.install(op.get_bind(), ["slip"])
"""
# Rebuilds a parent and an append-only child: all that SQLite can lose is at stake.
_SECOND = """
    stage("start")
    how = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("unit", recreate=how) as batch:
        batch.add_column(sa.Column("floor", sa.Integer()))
    stage("between")
    with op.batch_alter_table("slip", recreate=how) as batch:
        batch.add_column(sa.Column("text", sa.String()))
    stage("end")
"""


def new_database(folder: Path, patience: Patience | None = None) -> Engine:
    """A SQLite database with the toy tables and nothing in them."""
    engine = open_engine(f"sqlite:///{folder}/desk.db", create=True, patience=patience)
    with write(engine) as session:
        TOYS.create_all(session.connection())
    return engine


def steps(folder: Path, *more: str, upto: int = 2, on_purpose: str = "") -> Steps:
    """Revision 0001 with both tables, 0002 that rebuilds them, then `more`, one a revision.

    A step that meets WUYE_TOY_STAGE kills its own process there.
    """
    folder.mkdir(exist_ok=True)
    bodies = [_FIRST, _SECOND, *more][: max(upto, len(more) + 2 if more else 0)]
    for number, body in enumerate(bodies, 1):
        before = f'"{number - 1:04d}"' if number > 1 else "None"
        purpose = on_purpose if number == len(bodies) else ""
        (folder / f"{number:04d}_toy.py").write_text(
            dedent(f"""\
                import os, signal
                import sqlalchemy as sa
                from alembic import op
                from wuye_tui.store import triggers
                revision, down_revision = "{number:04d}", {before}
                ON_PURPOSE = frozenset("{purpose}".split())
                def stage(name):
                    if os.environ.get("WUYE_TOY_STAGE") == name:
                        os.kill(os.getpid(), signal.SIGKILL)
                def upgrade():
            """)
            + body
        )
    return Steps(f"{len(bodies):04d}", folder)


def at_once(work: Callable[..., None], *args: object, times: int) -> list[int | None]:
    """Runs `work(*args)` in so many processes at the same moment; their exit codes."""
    gate = get_context("fork").Barrier(times)

    def run() -> None:
        gate.wait()
        work(*args)

    return [ended(process) for process in [start(run) for _ in range(times)]]


def start(work: Callable[..., None], *args: object) -> BaseProcess:
    """Runs `work(*args)` in a process of its own, which has already loaded everything."""
    process = get_context("fork").Process(target=work, args=args)
    process.start()
    return process


def ended(process: BaseProcess) -> int | None:
    process.join(30)
    return process.exitcode


def kill_at(stage: str) -> None:
    """From here on, in this process, a toy step kills it at this stage."""
    os.environ["WUYE_TOY_STAGE"] = stage


def fill(engine: Engine, rows: int = 3) -> None:
    """An office of revision 0001: units, and a slip for each."""
    with write(engine) as session:
        for number in range(rows):
            values = {"n": number, "name": f"3-1-{number}"}
            session.execute(text("INSERT INTO unit VALUES (:n, :name)"), values)
            session.execute(text("INSERT INTO slip VALUES (:n, :n)"), values)


def shape(engine: Engine) -> tuple[str | None, int, int, list[str], list[str]]:
    """Revision, rows of both tables, triggers, columns of the parent."""
    with read(engine) as session:
        connection = session.connection()
        counted = [
            session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("unit", "slip")
        ]
        columns = [column["name"] for column in inspect(connection).get_columns("unit")]
        return (state(connection), *counted, list(triggers.listing(connection)), columns)


def add(engine: Engine, name: str) -> None:
    """One act: one unit more."""
    with write(engine) as session:
        session.execute(insert(UNIT).values(name=name))


def names(engine: Engine) -> list[str]:
    """The units, in the order in which they were added."""
    with read(engine) as session:
        return list(session.execute(select(UNIT.c.name).order_by(UNIT.c.id)).scalars())


def path_of(engine: Engine) -> Path:
    """The file of a SQLite database."""
    path = home(engine).path
    assert path
    return path
