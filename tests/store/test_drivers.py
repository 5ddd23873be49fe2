"""What the drivers and the system say, and the sentence that becomes of it."""

import errno
import sqlite3
from pathlib import Path

import psycopg.errors
import pytest
from sqlalchemy import Engine, insert, text

from tests.store.toys import IMPATIENT, TOYS, UNIT, add, names, new_database, path_of
from wuye_tui.rules.errors import StoreError
from wuye_tui.store.drivers import translate
from wuye_tui.store.engine import open_engine, read, write
from wuye_tui.store.faults import (
    DatabaseBusy,
    DatabaseCrossed,
    DatabaseDamaged,
    DatabaseFailed,
    DatabaseFull,
    DatabaseMissing,
    DatabaseReadOnly,
    DatabaseRefused,
    DatabaseUnreachable,
)
from wuye_tui.store.server_faults import (
    LoginRefused,
    NoRight,
    NoSuchDatabase,
    NotEncrypted,
    NotLetIn,
)


@pytest.fixture
def server(pg_url: str) -> Engine:
    engine = open_engine(pg_url, patience=IMPATIENT)
    with write(engine) as session:
        TOYS.create_all(session.connection())
    return engine


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    for url in ("postgresql://u:s3cret@127.0.0.1:1/desk", f"postgresql:///desk?host={tmp_path}"):
        with pytest.raises(DatabaseUnreachable, match="不会重复登记") as told:
            names(open_engine(url))
        assert "s3cret" not in str(told.value)


@pytest.mark.pg
def test_a_server_that_does_not_know_us(pg_url: str, server: Engine) -> None:
    with pytest.raises(DatabaseRefused):
        names(open_engine(pg_url.replace("postgresql+psycopg://", "postgresql://stranger", 1)))
    with pytest.raises(DatabaseMissing):
        names(open_engine(pg_url.replace("/desk_", "/nothing_", 1)))


@pytest.mark.pg
def test_a_role_without_rights(server: Engine) -> None:
    add(server, "x")
    with pytest.raises(DatabaseRefused), read(server) as session:
        session.execute(text("SET LOCAL ROLE pg_monitor; SELECT name FROM unit"))


@pytest.mark.pg
def test_a_connection_that_breaks_in_an_act_and_the_next_one(pg_url: str, server: Engine) -> None:
    def cut_off() -> None:
        with write(server) as session:
            mine = session.execute(text("SELECT pg_backend_pid()")).scalar()
            session.execute(insert(UNIT).values(name="x"))
            with read(open_engine(pg_url)) as other:
                other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": mine})
            session.execute(insert(UNIT).values(name="y"))

    with pytest.raises(DatabaseUnreachable, match="已填内容仍在"):
        cut_off()
    add(server, "z")
    assert names(server) == ["z"]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (psycopg.errors.LockNotAvailable, DatabaseBusy),
        (psycopg.errors.DeadlockDetected, DatabaseCrossed),
        (psycopg.errors.TooManyConnections, DatabaseBusy),
        (psycopg.errors.AdminShutdown, DatabaseUnreachable),
        (psycopg.errors.CannotConnectNow, DatabaseUnreachable),
        (psycopg.errors.ConnectionFailure, DatabaseUnreachable),
        (psycopg.errors.DiskFull, DatabaseFull),
        (psycopg.errors.OutOfMemory, DatabaseFailed),
        (psycopg.errors.ReadOnlySqlTransaction, DatabaseReadOnly),
        (psycopg.errors.InvalidPassword, LoginRefused),
        (psycopg.errors.InsufficientPrivilege, NoRight),
        (psycopg.errors.IoError, DatabaseFailed),
        (psycopg.errors.DataCorrupted, DatabaseDamaged),
        (psycopg.errors.InternalError_, DatabaseFailed),
        (psycopg.errors.UniqueViolation, None),
        (psycopg.errors.UndefinedTable, None),
        (psycopg.ProgrammingError, None),
    ],
)
def test_states_that_a_test_cannot_bring_about(
    error: type[psycopg.Error], kind: type[StoreError] | None
) -> None:
    fault = translate(error("x"), "desk")
    assert (type(fault) if fault else None) is kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DatabaseFull),
        (errno.EDQUOT, DatabaseFull),
        (errno.EROFS, DatabaseReadOnly),
        (errno.EACCES, DatabaseReadOnly),
        (errno.EIO, DatabaseFailed),
        (errno.ENOENT, None),
    ],
)
def test_what_the_system_says(number: int, kind: type[StoreError] | None, tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.touch()
    fault = translate(OSError(number, "x", str(path)))
    assert (type(fault) if fault else None) is kind
    assert fault is None or str(path) in str(fault)


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EPERM])
def test_what_is_not_there_may_not_be_made_in_its_folder(number: int) -> None:
    fault = translate(OSError(number, "x", "/office/desk.db.lock"))
    assert "「/office」" in str(fault)


def test_a_mistake_in_sql_is_nobodys_fault_but_ours(tmp_path: Path) -> None:
    engine = new_database(tmp_path)
    with pytest.raises(sqlite3.OperationalError) as mistake:
        sqlite3.connect(path_of(engine)).execute("SELECT * FROM nothing")
    assert translate(mistake.value) is None
    assert translate(KeyError("x")) is None


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ('FATAL:  password authentication failed for user "u"', LoginRefused),
        ('致命错误:  用户 "u" Password 认证失败', LoginRefused),
        ('FATAL:  role "u" does not exist', LoginRefused),
        ('致命错误:  角色 "u" 不存在', LoginRefused),
        ("fe_sendauth: no password supplied", LoginRefused),
        ('FATAL:  database "desk" does not exist', NoSuchDatabase),
        ('致命错误:  数据库 "desk" 不存在', NoSuchDatabase),
        ('FATAL:  no pg_hba.conf entry for host "1.2.3.4", user "u", no encryption', NotLetIn),
        ('致命错误:  没有用于主机 "1.2.3.4", 用户 "u" 的 pg_hba.conf 记录', NotLetIn),
        ("server does not support SSL, but SSL was required", NotEncrypted),
        ("SSL error: certificate verify failed", NotEncrypted),
        ("SSL SYSCALL error: EOF detected", DatabaseUnreachable),
        ("FATAL:  the database system is starting up", DatabaseUnreachable),
        ("致命错误:  数据库系统启动中", DatabaseUnreachable),
        ("FATAL:  sorry, too many clients already", DatabaseBusy),
        ("致命错误:  对不起, 已经有太多的客户", DatabaseBusy),
        ('致命错误:  访问数据库"desk"的权限不够', NoRight),
        ("timeout expired", DatabaseUnreachable),
        ('could not translate host name "nowhere" to address', DatabaseUnreachable),
    ],
)
def test_what_a_server_says_before_it_lets_anybody_in(said: str, kind: type[StoreError]) -> None:
    """In English, and in Chinese as the server's own catalogue has it."""
    fault = translate(psycopg.OperationalError(said), "desk")
    assert type(fault) is kind
