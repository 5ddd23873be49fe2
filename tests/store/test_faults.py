"""Real faults, each made on purpose: what is said, that nothing is lost, and that work goes on."""

import errno
import logging
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from tests.store.toys import add, ended, names, new_database, path_of, start
from wuye_tui.rules.errors import StoreError
from wuye_tui.store import faults, sqlite
from wuye_tui.store.backup import make_backup
from wuye_tui.store.drivers import translate
from wuye_tui.store.engine import open_engine, read
from wuye_tui.store.faults import (
    DatabaseDamaged,
    DatabaseFailed,
    DatabaseForeign,
    DatabaseFull,
    DatabaseReadOnly,
    DatabaseUnprepared,
    check_space,
)
from wuye_tui.store.locks import lock_path
from wuye_tui.store.upgrade import create_schema, ensure_current

NOBODY = 65534
Crowded = tuple[Engine, Callable[[], None]]  # and what makes room again


def until_refused(engine: Engine, kind: type[StoreError]) -> list[str]:
    """Writes until the database refuses with `kind`; what it had acknowledged."""
    saved: list[str] = []

    def fill() -> None:
        while len(saved) < 10_000:
            name = f"{len(saved)} " + "维修" * 2000
            add(engine, name)
            saved.append(name)

    with pytest.raises(kind, match="已填内容仍在"):
        fill()
    return saved


# The disk


@contextmanager
def _few_pages(folder: Path) -> Iterator[Crowded]:
    engine, limit = new_database(folder), [20]

    @event.listens_for(engine, "begin")
    def _limit(connection: object) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={limit[0]}")  # type: ignore[attr-defined]

    yield engine, lambda: limit.__setitem__(0, 100_000)
    engine.dispose()


@contextmanager
def _small_disk(folder: Path) -> Iterator[Crowded]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], check=True)
    try:
        engine, ballast = new_database(folder), folder / "ballast"
        free = shutil.disk_usage(folder).free
        ballast.write_bytes(bytes(free - 200_000))
        yield engine, ballast.unlink
        engine.dispose()
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def _mountable() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        try:
            with _small_disk(Path(folder)):
                return True
        except (OSError, subprocess.CalledProcessError):
            return False


@pytest.mark.parametrize("way", [_few_pages, *([_small_disk] if _mountable() else [])])
def test_a_full_disk_loses_nothing_and_is_used_again(
    way: Callable[[Path], AbstractContextManager[Crowded]], tmp_path: Path
) -> None:
    with way(tmp_path) as (engine, make_room):
        saved = until_refused(engine, DatabaseFull)
        assert saved
        assert names(engine) == saved
        make_room()
        add(engine, "next")
        assert names(engine) == [*saved, "next"]
        with read(engine) as session:
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def _die_with_a_hot_log(url: str) -> None:
    engine = open_engine(url)
    add(engine, "x" * 5000)
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("disk", [_small_disk] if _mountable() else [])
def test_a_disk_that_is_full_when_the_desk_starts_after_a_crash(
    disk: Callable[[Path], AbstractContextManager[Crowded]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sqlite, "journal_mode", lambda: "WAL")
    with disk(tmp_path) as (engine, make_room):
        engine.dispose()
        assert ended(start(_die_with_a_hot_log, str(engine.url))) == -signal.SIGKILL
        (tmp_path / "desk.db-shm").unlink()
        (tmp_path / "more").write_bytes(bytes(shutil.disk_usage(tmp_path).free))
        with pytest.raises(DatabaseFull):
            names(open_engine(str(engine.url)))
        make_room()
        assert names(engine) == ["x" * 5000]


def test_an_io_error_has_a_number_that_the_log_has_too(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = new_database(tmp_path)
    add(engine, "13800001234")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))  # a larger write is an error
    try:
        with caplog.at_level(logging.ERROR):
            saved = until_refused(engine, DatabaseFailed)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert names(engine) == ["13800001234", *saved]
    add(engine, "next")
    line = caplog.messages[-1]
    assert "SQLITE_IOERR" in line
    assert "维修" not in line
    with pytest.raises(DatabaseFailed) as failed:
        raise translate(OSError(errno.EIO, "", "/x")) or AssertionError
    assert failed.value.error_id in str(failed.value)


def test_too_little_space_is_refused_at_the_start(tmp_path: Path) -> None:
    assert check_space(tmp_path, 1) > 1
    with pytest.raises(DatabaseFull, match=str(tmp_path)):
        check_space(tmp_path, 1 << 60)


# Rights


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that an ordinary user can reach, whoever runs the tests."""
    made = Path(tempfile.mkdtemp(prefix="wuye-rights-", dir="/tmp"))
    if os.geteuid() == 0:
        os.chown(made, NOBODY, NOBODY)
    yield made
    made.chmod(0o700)
    shutil.rmtree(made)


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Root may write everything; an ordinary user may not."""
    root = os.geteuid() == 0
    if root:
        os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        if root:
            os.setresuid(0, 0, 0)


def test_a_file_that_may_only_be_read_is_read(folder: Path) -> None:
    with ordinary_user():
        engine = new_database(folder)
        add(engine, "x")
        engine.dispose()
        path_of(engine).chmod(0o400)
        engine = open_engine(str(engine.url))
        assert names(engine) == ["x"]
        with pytest.raises(DatabaseReadOnly, match=r"desk\.db」.*已填内容仍在"):
            add(engine, "y")
        path_of(engine).chmod(0o600)
        engine.dispose()
        add(engine, "y")
        assert names(engine) == ["x", "y"]


@pytest.mark.parametrize("locked_before", [True, False])
def test_a_folder_that_may_not_be_written_is_named(folder: Path, locked_before: bool) -> None:
    with ordinary_user():
        engine = new_database(folder)
        add(engine, "x")
        engine.dispose()
        if not locked_before:
            lock_path(path_of(engine)).unlink()
        folder.chmod(0o500)
        assert names(open_engine(str(engine.url))) == ["x"]
        with pytest.raises(DatabaseReadOnly, match=f"{folder.name}[」/]"):
            add(engine, "y")
        with pytest.raises(DatabaseReadOnly, match=folder.name):
            open_engine(f"sqlite:///{folder}/other.db", create=True)
        folder.chmod(0o700)
        add(engine, "y")
        assert names(engine) == ["x", "y"]


@pytest.mark.parametrize("place_before", [True, False])
@pytest.mark.parametrize("where", ["office", "backups"])
def test_of_a_backup_the_folder_is_named_that_does_not_take_it(
    folder: Path, where: str, place_before: bool
) -> None:
    with ordinary_user():
        for name in ("office", "backups"):
            (folder / name).mkdir()
        engine = new_database(folder / "office")
        if place_before:
            make_backup(engine, folder / "backups" / "first.db")
        (folder / where).chmod(0o500)
        with pytest.raises(DatabaseReadOnly, match=f"「{folder / where}」"):
            make_backup(engine, folder / "backups" / "desk.db")
        (folder / where).chmod(0o700)
        make_backup(engine, folder / "backups" / "desk.db")
        engine.dispose()


def test_a_folder_that_may_not_be_entered_is_no_missing_database(folder: Path) -> None:
    with ordinary_user():
        engine = new_database(folder)
        engine.dispose()
        folder.chmod(0o000)
        with pytest.raises(DatabaseReadOnly, match=folder.name):
            open_engine(str(engine.url))


def test_a_file_that_may_not_be_read_is_named(folder: Path) -> None:
    with ordinary_user():
        engine = new_database(folder)
        engine.dispose()
        path_of(engine).chmod(0o000)
        with pytest.raises(DatabaseReadOnly, match=r"desk\.db"):
            open_engine(str(engine.url))


# Damage


def _garbage(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _cut_in_the_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _pages_of_nothing(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "damage", [_garbage, _cut_short, _cut_in_the_header, _empty, _pages_of_nothing, _folder]
)
def test_damage_is_told_and_nothing_is_written_over(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    engine = new_database(tmp_path)
    for number in range(20):
        add(engine, f"{number} " + "维修" * 500)
    engine.dispose()
    path = path_of(engine)
    damage(path)
    before = path.read_bytes() if path.is_file() else b""
    for create in (False, True):
        with pytest.raises(DatabaseDamaged, match="wuye backup restore"):
            names(open_engine(str(engine.url), create=create))
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_another_programs_file_is_looked_at_and_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    theirs = sqlite3.connect(path)
    theirs.executescript("PRAGMA journal_mode=WAL; CREATE TABLE theirs (id INTEGER)")
    theirs.close()
    before = path.read_bytes()
    engine = open_engine(f"sqlite:///{path}")
    with pytest.raises(DatabaseUnprepared):
        ensure_current(engine)
    with pytest.raises(DatabaseForeign):
        create_schema(engine)
    engine.dispose()
    assert path.read_bytes() == before


# The words


@pytest.mark.parametrize(
    "kind",
    [
        kind
        for name, kind in vars(faults).items()
        if name.startswith(("Database", "Driver", "Unkn"))
    ],
)
def test_every_fault_is_one_sentence_that_says_what_next(kind: type[StoreError]) -> None:
    wanted = kind.__init__.__code__.co_argcount - 1
    said = str(kind(*["地方", "另一处"][:wanted]))
    assert kind.exit_status == 5
    assert said.endswith("。")
    assert said.count("。") == 1
    assert "\n" not in said
    assert "请" in said
    if "没有保存" in said:
        assert "已填内容仍在" in said
