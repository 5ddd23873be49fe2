"""How a driver's error becomes a sentence of `faults`.

Only codes are read, never a driver's own words, because those quote the values that were being
written. The log gets the code and nothing else.
"""

import errno
import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from wuye_tui.rules.errors import StoreError
from wuye_tui.store.faults import (
    DatabaseBusy,
    DatabaseCrossed,
    DatabaseDamaged,
    DatabaseFailed,
    DatabaseFull,
    DatabaseMissing,
    DatabaseMoved,
    DatabaseReadOnly,
    DatabaseRefused,
    DatabaseUnreachable,
    UnknownDatabase,
)
from wuye_tui.store.server_faults import (
    LoginRefused,
    NoRight,
    NoSuchDatabase,
    NotEncrypted,
    NotLetIn,
    UnknownService,
)

_log = logging.getLogger(__name__)
_NO_SPACE = 1024 * 1024


@contextmanager
def translated(place: str) -> Iterator[None]:
    """What a driver raises inside comes out as a sentence, if it is about the database itself."""
    try:
        yield
    except (DBAPIError, PoolTimeout, sqlite3.Error) as error:
        fault = translate(error, place)
        if fault is None:
            raise
        raise fault from error


def translate(error: BaseException, place: str = "") -> StoreError | None:
    """The sentence for an error of a driver or of the system; None where it is not about the
    database's health (a constraint, a mistake in SQL).

    `place` is the file, or host and name of the database.
    """
    if isinstance(error, StoreError):
        return error
    if isinstance(error, PoolTimeout):
        return DatabaseBusy(place)
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        fault = _from_sqlite(cause, place)
    elif isinstance(cause, OSError):
        fault = _from_system(cause, place)
    else:
        fault = _from_server(cause, place)
    if isinstance(fault, DatabaseFailed):
        _log.error("%s %s %s", fault.error_id, type(cause).__name__, _code(cause))
    return fault


def _code(cause: BaseException | None) -> str:
    for name in ("sqlite_errorname", "sqlstate", "errno"):
        if (code := getattr(cause, name, None)) is not None:
            return str(code)
    return "-"


_SQLITE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: DatabaseBusy,
    sqlite3.SQLITE_LOCKED: DatabaseBusy,
    sqlite3.SQLITE_PROTOCOL: DatabaseBusy,
    sqlite3.SQLITE_FULL: DatabaseFull,
    sqlite3.SQLITE_CORRUPT: DatabaseDamaged,
    sqlite3.SQLITE_NOTADB: DatabaseDamaged,
    sqlite3.SQLITE_FORMAT: DatabaseDamaged,
    sqlite3.SQLITE_IOERR: DatabaseFailed,
    sqlite3.SQLITE_NOMEM: DatabaseFailed,
    sqlite3.SQLITE_CANTOPEN: DatabaseReadOnly,
    sqlite3.SQLITE_READONLY: DatabaseReadOnly,
    sqlite3.SQLITE_PERM: DatabaseReadOnly,
}


def _from_sqlite(cause: sqlite3.Error, place: str) -> StoreError | None:
    code = getattr(cause, "sqlite_errorcode", 0)
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return DatabaseMoved(place)
    kind = _SQLITE.get(code & 0xFF)
    if kind is DatabaseReadOnly:
        return _no_access(Path(place), code)
    if kind is DatabaseFailed and _disk_is_full(Path(place)):
        return DatabaseFull(place)
    return kind(place) if kind else None


def _no_access(path: Path, code: int) -> StoreError:
    """Which of the two may not be written: the file, or the folder that its journal needs."""
    if not os.access(path.parent, os.X_OK):
        return DatabaseReadOnly(str(path.parent))
    if not path.exists():
        return DatabaseMissing(str(path))
    if not os.access(path, os.R_OK | os.W_OK):
        return DatabaseReadOnly(str(path))
    if not os.access(path.parent, os.W_OK) or code == sqlite3.SQLITE_READONLY_DIRECTORY:
        return DatabaseReadOnly(str(path.parent))
    if code & 0xFF == sqlite3.SQLITE_CANTOPEN:
        return DatabaseFailed(str(path))
    return DatabaseReadOnly(str(path))


def _disk_is_full(path: Path) -> bool:
    """SQLite calls some shortages of space an I/O error: the shared memory of the log, for one."""
    try:
        return shutil.disk_usage(path.parent).free < _NO_SPACE
    except OSError:
        return False


def _from_system(cause: OSError, place: str) -> StoreError | None:
    where = str(cause.filename or place)
    if cause.errno in (errno.ENOSPC, errno.EDQUOT):
        return DatabaseFull(where)
    if cause.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return DatabaseReadOnly(_to_blame(where))
    return DatabaseFailed(where) if cause.errno == errno.EIO else None


def _to_blame(where: str) -> str:
    """The file, or the folder that does not take one of this name."""
    return where if os.path.lexists(where) else str(Path(where).parent)


# PostgreSQL's states, by the whole code first and then by its class.
_STATES: dict[str, type[StoreError]] = {
    "08": DatabaseUnreachable,
    "25006": DatabaseReadOnly,
    "25P03": DatabaseBusy,
    "28": LoginRefused,
    "3D000": NoSuchDatabase,
    "40001": DatabaseBusy,
    "40P01": DatabaseCrossed,
    "42501": NoRight,
    "53100": DatabaseFull,
    "53300": DatabaseBusy,
    "53": DatabaseFailed,
    "55P03": DatabaseBusy,
    "57014": DatabaseBusy,
    "57P": DatabaseUnreachable,
    "58": DatabaseFailed,
    "XX001": DatabaseDamaged,
    "XX002": DatabaseDamaged,
    "XX": DatabaseFailed,
}


def _from_server(cause: BaseException | None, place: str) -> StoreError | None:
    if not type(cause).__module__.startswith("psycopg"):
        return None
    state: str | None = getattr(cause, "sqlstate", None)
    if state is None:
        return _from_connecting(cause, place)
    kind = _STATES.get(state) or _STATES.get(state[:3]) or _STATES.get(state[:2])
    return kind(place) if kind else None


# A server speaks its own language before anybody is let in: English, and Chinese as it is installed
# at Chinese offices. The first that is found in its words counts.
_SAID: tuple[tuple[tuple[str, ...], type[StoreError]], ...] = (
    (("definition of service", "service file"), UnknownService),
    (("no password supplied",), LoginRefused),
    (("pg_hba.conf",), NotLetIn),
    (("certificate", "support SSL"), NotEncrypted),
    (
        ("the database system is", "数据库系统", "terminating connection", "中断联接"),
        DatabaseUnreachable,
    ),
    (("too many", "connection slots", "太多", "连接位置"), DatabaseBusy),
    (("permission denied", "not permitted to log in", "权限不够"), NoRight),
    (("authentication failed", "认证失败", "role ", "角色"), LoginRefused),
)
_ANSWERED = ("FATAL", "致命错误")
_NO_DATABASE = (("database ", "does not exist"), ("数据库", "不存在"))


def _from_connecting(cause: BaseException | None, place: str) -> StoreError | None:
    """The client library gives no code for a failed connection, so here its words are all there is.

    FATAL means that a server answered. The words may hold the name of a database or a user, never
    a password; they are read here and nowhere shown.
    """
    kinds, said = {kind.__name__ for kind in type(cause).__mro__}, str(cause)
    if "ProgrammingError" in kinds and "connection option" in said:
        return UnknownDatabase()
    if "OperationalError" not in kinds:
        return None
    for words, kind in _SAID:
        if any(word in said for word in words):
            return kind(place)
    if not any(word in said for word in _ANSWERED):
        return DatabaseUnreachable(place)
    if ("database " in said and "does not exist" in said) or (
        "数据库" in said and "不存在" in said
    ):
        return NoSuchDatabase(place)
    return DatabaseRefused(place)
