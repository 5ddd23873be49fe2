"""A small database of the tests' own: units, their slips, and a line of three revisions."""

import os
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from textwrap import dedent

from sqlalchemy import Column, Engine, ForeignKey, Integer, MetaData, String, Table

from wuye_tui.store.engine import open_engine, write
from wuye_tui.store.home import Patience
from wuye_tui.store.upgrade import Steps

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
                    sa.Column("unit", sa.ForeignKey("unit.id", ondelete="CASCADE"), nullable=False))
    triggers.install(op.get_bind(), ["slip"])
"""
# Rebuilds both tables, a parent and an append-only one: all that SQLite can lose is at stake.
_SECOND = """
    stage("start")
    with op.batch_alter_table("unit", recreate="always") as batch:
        batch.add_column(sa.Column("floor", sa.Integer()))
    stage("between")
    with op.batch_alter_table("slip", recreate="always") as batch:
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
