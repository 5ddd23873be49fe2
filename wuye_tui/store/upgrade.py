"""Makes the schema, says which revision a database has, and brings an older one up to date.

An upgrade is one transaction: whoever is killed in it finds the database as it was. What a step did
to the rows and the triggers is looked at before it is committed.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, MetaData, inspect, text
from sqlalchemy.exc import DBAPIError

from wuye_tui.logs import error_id
from wuye_tui.rules.errors import StoreError
from wuye_tui.store import grants
from wuye_tui.store.backup import make_backup
from wuye_tui.store.drivers import translate
from wuye_tui.store.engine import exclusive, read, rebuild
from wuye_tui.store.faults import DatabaseForeign, DatabaseNewer, DatabaseOlder, DatabaseUnprepared
from wuye_tui.store.home import Home, home
from wuye_tui.store.losses import Losses
from wuye_tui.store.manifest import UPGRADE
from wuye_tui.store.migrations import HEAD
from wuye_tui.words import _

if TYPE_CHECKING:
    from alembic.config import Config

_log = logging.getLogger(__name__)
_LOCK = 0x77757965
_VERSION = text("SELECT version_num FROM alembic_version")


@dataclass(frozen=True)
class Steps:
    """A line of revisions: where the files are, and the last of them.

    Revisions are four digits in order, so that a number tells whether it is ours.
    """

    head: str = HEAD
    versions: Path | None = None  # the package's own, unless told otherwise


OURS = Steps()


@dataclass(frozen=True)
class Upgraded:
    """What an upgrade did. Nothing if `before` is `after`. No `backup` on PostgreSQL."""

    before: str
    after: str
    backup: Path | None


class UpgradeFailed(StoreError):
    """A step broke off; all of it was undone. `error_id` finds the line in the log."""

    def __init__(self, revision: str) -> None:
        self.error_id = error_id()
        super().__init__(
            _(
                "升级到 {revision} 没有成功（编号 {error_id}），已全部撤销，数据库保持原样，"
                "请把日志中这个编号的一行交给开发者。"
            ).format(revision=revision, error_id=self.error_id)
        )


def head() -> str:
    """The revision that this program works with."""
    return HEAD


def state(bind: Engine | Connection) -> str | None:
    """The revision that the database has; None if it has no schema of ours."""
    with _connected(bind) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(_VERSION).scalar()


def ensure_current(bind: Engine | Connection, steps: Steps = OURS) -> None:
    """One quick query: DatabaseNewer, DatabaseOlder or DatabaseUnprepared unless it is ours now."""
    with _connected(bind) as connection:
        try:
            have = connection.execute(_VERSION).scalar()
        except DBAPIError as error:
            where = home(connection.engine)
            # Not about the health of the database, so it is about a table that is not there.
            raise (translate(error, where.place) or DatabaseUnprepared(where.place)) from error
        _judge(have, steps, home(connection.engine))


def create_schema(engine: Engine, steps: Steps = OURS) -> None:
    """Makes all the tables in an empty database. Several programs may do it at once: one works,
    the others find it done. DatabaseForeign if somebody else's tables are there.
    """
    with exclusive(engine), rebuild(engine) as connection:
        wait_for_others(connection)
        have = state(connection)
        if have is not None:
            _judge(have, steps, home(engine))
        elif inspect(connection).get_table_names():
            raise DatabaseForeign(home(engine).place)
        else:
            _climb(connection, steps)


def upgrade(engine: Engine, backup_to: Path, steps: Steps = OURS) -> Upgraded:
    """Brings an older database to `steps.head`; a current one is left alone.

    A SQLite file is first copied to `backup_to`, which must not exist yet, while no other desk
    writes. PostgreSQL is backed up by its administrator. UpgradeFailed or RowsLost, with everything
    undone, where a step breaks off or loses what it did not mean to.
    """
    with exclusive(engine):
        before = _upgradable(state(engine), steps, home(engine))
        if before == steps.head:
            return Upgraded(before, before, None)
        backup = backup_to if engine.dialect.name == "sqlite" else None
        if backup:
            make_backup(engine, backup, kind=UPGRADE)
        with rebuild(engine) as connection:
            wait_for_others(connection)
            if state(connection) != steps.head:
                _lock_tables(connection)
                _climb(connection, steps)
                grants.renew(connection)
    return Upgraded(before, steps.head, backup)


def make_tables(connection: Connection) -> None:
    """All the tables in an empty database, in a transaction of `rebuild` that goes on."""
    _climb(connection, OURS)


def differences(connection: Connection, metadata: MetaData) -> list[str]:
    """Where the database and the classes in `metadata` disagree, for the tests and `wuye check`."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [str(found) for found in compare_metadata(context, metadata)]


def config(connection: Connection, steps: Steps = OURS, **attributes: Any) -> "Config":
    """Alembic's configuration for this connection, without any file."""
    from alembic.config import Config

    made = Config(attributes={"connection": connection, **attributes})
    made.set_main_option("script_location", "wuye_tui:store/migrations")
    if steps.versions:
        made.set_main_option("path_separator", "os")
        made.set_main_option("version_locations", str(steps.versions).replace("%", "%%"))
    return made


def _climb(connection: Connection, steps: Steps) -> None:
    from alembic import command

    losses = Losses(connection)
    try:
        command.upgrade(config(connection, steps, after_step=losses.after_step), "head")
        losses.check_references()
    except StoreError:
        raise
    except Exception as error:
        # Whatever a step may raise: the transaction is undone, and somebody has to be told.
        raise (translate(error, home(connection.engine).place) or _failed(steps, error)) from error


def _failed(steps: Steps, error: Exception) -> UpgradeFailed:
    failed = UpgradeFailed(steps.head)
    # The first line alone: the server's next one quotes the row.
    said = str(error.orig if isinstance(error, DBAPIError) else error).partition("\n")[0]
    _log.error("%s %s: %s", failed.error_id, type(error).__name__, said)
    return failed


def _judge(have: str | None, steps: Steps, where: Home) -> None:
    if _upgradable(have, steps, where) != steps.head:
        raise DatabaseOlder(str(have), steps.head)


def _upgradable(have: str | None, steps: Steps, where: Home) -> str:
    if have is None:
        raise DatabaseUnprepared(where.place)
    if not (have.isdecimal() and len(have) == len(steps.head) and have <= steps.head):
        raise DatabaseNewer(have, steps.head)
    return have


def wait_for_others(connection: Connection) -> None:
    """Whoever founds or upgrades does so alone until this transaction ends; on SQLite the file
    lock has seen to it already.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _lock_tables(connection: Connection) -> None:
    """Others may read while it runs, not write: their rows would look like gains or losses."""
    if connection.dialect.name == "postgresql":
        tables = ", ".join(f'"{name}"' for name in inspect(connection).get_table_names())
        connection.exec_driver_sql(f"LOCK TABLE {tables} IN EXCLUSIVE MODE")


@contextmanager
def _connected(bind: Engine | Connection) -> Iterator[Connection]:
    if isinstance(bind, Connection):
        yield bind
    else:
        with read(bind) as session:
            yield session.connection()
