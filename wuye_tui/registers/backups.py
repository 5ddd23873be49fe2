"""Backups of this office's database: made while desks write, proved, thinned, and put back."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from wuye_tui.desk import Desk
from wuye_tui.registers.backup_notes import forget_failure, note_failure, note_restore
from wuye_tui.rules.backup_times import is_due, to_thin
from wuye_tui.rules.clock import SystemClock
from wuye_tui.rules.errors import StoreError
from wuye_tui.settings import Settings
from wuye_tui.store import backup, restore, sealing, shelf
from wuye_tui.store.backup import BackupByServer
from wuye_tui.store.drivers import translate
from wuye_tui.store.manifest import AUTO, BY_HAND, SEALED, Manifest, manifest_path, read_manifest
from wuye_tui.store.restore import Loss
from wuye_tui.store.sealing import Key, NotAKeyFile
from wuye_tui.store.shelf import FOLDER, folder, known, last_verified
from wuye_tui.words import _

__all__ = [
    "FOLDER",
    "Auto",
    "Key",
    "Loss",
    "Manifest",
    "auto",
    "create",
    "folder",
    "known",
    "last_verified",
]

_LOCK = ".auto.lock"


class KeyBeside(StoreError):
    """Whoever takes the folder away would have the key as well."""

    exit_status = 2

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("密钥不能和数据库、备份放在一起（{folder}），请放到另一个文件夹或另一个盘。").format(
                folder=folder
            )
        )


@dataclass(frozen=True)
class Auto:
    """What came of `auto`: the backup that was made, and the old ones that were taken away. None
    was made where none was due, another desk makes one now, or a server's administrator does it.
    """

    path: Path | None = None
    manifest: Manifest | None = None
    thinned: tuple[str, ...] = ()
    under_way: bool = False
    by_server: bool = False


def now_of(desk: Desk) -> datetime:
    """The real time: the clock of a training office may stand anywhere."""
    return SystemClock().now() if desk.office.training else desk.now()


def create(
    desk: Desk, target: Path | None = None, key: Key | None = None, kind: str = BY_HAND
) -> tuple[Path, Manifest]:
    """Copies the database while others write, and proves the copy; encrypted with a `key`."""
    now = now_of(desk)
    stamp = now.astimezone(desk.zone).strftime("%Y%m%d-%H%M%S")
    ending = SEALED if key else ""
    path = target or _ready(desk.settings) / f"wuye-{stamp}.db{ending}"
    if key and not backup.is_sealed(path):
        path = path.with_name(path.name + SEALED)
    return path, backup.make_backup(desk.engine, path, made=now, kind=kind, key=key)


def auto(desk: Desk) -> Auto:
    """Makes the daily backup if one is due, and then takes old ones away; whoever asks, of several
    at once one does it. What keeps it from being made is noted for those who have to know.
    """
    settings = desk.settings
    if settings.database_file is None:
        return Auto(by_server=True)
    try:
        with _alone(settings) as is_alone:
            if not is_alone:
                return Auto(under_way=True)
            now = now_of(desk)
            if not is_due(now, last_verified(settings, now)):
                return Auto()
            path, manifest = create(desk, key=key_file(settings, settings.backup_key), kind=AUTO)
            forget_failure(settings)
            return Auto(path, manifest, tuple(_thin(desk, path)))
    except (StoreError, NotAKeyFile, OSError) as error:
        told = _no_folder(settings, error) if isinstance(error, OSError) else error
        if not (isinstance(told, StoreError) and told.passes):  # others are at it: soon again
            note_failure(settings, now_of(desk), str(told))
        if told is not error:
            raise told from error
        raise


def _ready(settings: Settings) -> Path:
    """The folder for backups. BackupFolderGone, BackupNowhere, DatabaseReadOnly, DatabaseFull."""
    try:
        return shelf.ready(settings)
    except OSError as error:
        raise _no_folder(settings, error) from error


def _no_folder(settings: Settings, error: OSError) -> StoreError:
    where = folder(settings)
    return translate(error, str(where)) or backup.BackupNowhere(where)


@contextmanager
def _alone(settings: Settings) -> Iterator[bool]:
    lock = FileLock(_ready(settings) / _LOCK, mode=0o600, blocking=False)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    except OSError as error:
        raise _no_folder(settings, error) from error
    try:
        yield True
    finally:
        lock.release()


def _thin(desk: Desk, made: Path) -> Iterator[str]:
    """Takes away what nobody needs of the automatic ones; `made` always stays, and so does every
    one that was made by hand or before an upgrade, or that is not known to be good.
    """
    good = {
        path: manifest.made.astimezone(desk.zone)
        for path, manifest in known(desk.settings)
        if manifest.kind == AUTO and manifest.verified and path != made
    }
    own = read_manifest(made)
    for path in sorted(to_thin({**good, made: own.made.astimezone(desk.zone)}) - {made}):
        with suppress(OSError):  # the next one takes it away
            path.unlink()
            manifest_path(path).unlink(missing_ok=True)
            yield path.name


def verify(settings: Settings, path: Path, key: Key | None = None) -> Manifest:
    """The manifest of a backup that could be restored now. Raises BackupUnusable, KeyNeeded,
    WrongKey.
    """
    return backup.verify_backup(path, key, settings.home if settings.home.is_dir() else None)


def listed(settings: Settings) -> list[tuple[Path, Manifest | None]]:
    """The backups of the usual folder, newest first; those whose bytes are not what was written
    have no manifest.
    """
    found: list[tuple[Path, Manifest | None]] = []
    for path in shelf.listed(settings):
        try:
            found.append((path, backup.check_backup(path)))
        except StoreError:
            found.append((path, None))
    return found


def loss(settings: Settings, source: Path) -> Loss:
    """Which acts a restore would take away. BackupUnusable, BackupByServer."""
    return restore.loss(_manifest_of(settings, source), _database(settings))


def _manifest_of(settings: Settings, source: Path) -> Manifest:
    folder_ = _database(settings).parent
    return backup.manifest_of(source, folder_ if folder_.is_dir() else source.parent)


def put_back(settings: Settings, source: Path, key: Key | None = None) -> Path | None:
    """Restores a backup; returns where what was there is kept. BackupByServer on PostgreSQL."""
    now, manifest = SystemClock().now(), _manifest_of(settings, source)
    kept = restore.restore(source, _database(settings), now, key, manifest)
    others = restore.lacking([one for _path, one in known(settings)], _database(settings))
    note_restore(settings, now, manifest.seq, others)
    return kept


def key_file(settings: Settings, typed: str) -> Key | None:
    """The key in the file of this name, None without a name. NotAKeyFile, KeyBeside."""
    if not typed:
        return None
    path = settings.home / Path(typed).expanduser()
    _keep_apart(settings, path)
    return sealing.read_key_file(path)


def is_sealed(path: Path) -> bool:
    """Whether a backup is encrypted."""
    return backup.is_sealed(path)


def passphrase(typed: str) -> Key:
    """A key of words. ShortPassphrase."""
    return sealing.passphrase(typed)


def new_key_file(settings: Settings, path: Path) -> None:
    """Writes a new key there. KeyBeside, KeyFileExists, BackupNowhere."""
    _keep_apart(settings, path.absolute())
    try:
        sealing.make_key_file(path)
    except OSError as error:
        raise backup.BackupNowhere(path.parent) from error


def _keep_apart(settings: Settings, path: Path) -> None:
    database = settings.database_file
    for place in (settings.home, folder(settings), *([database.parent] if database else [])):
        if path.resolve().is_relative_to(place.resolve()):
            raise KeyBeside(place)


def _database(settings: Settings) -> Path:
    if settings.database_file is None:
        raise BackupByServer
    return settings.database_file
