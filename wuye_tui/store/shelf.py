"""Where an office's backups lie, and which of them are known to be good."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from shlex import quote

from wuye_tui.rules.errors import StoreError
from wuye_tui.settings import Settings
from wuye_tui.store.faults import DatabaseDamaged, DatabaseMissing
from wuye_tui.store.manifest import SEALED, Manifest, manifest_path, read_manifest
from wuye_tui.words import _

FOLDER = "backups"


class BackupFolderGone(StoreError):
    """The office has named a folder, and it is not there: its disk, as a rule, is not. It is never
    made by us, since it would then lie on the disk that it is to be a copy of.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _(
                "放备份的文件夹「{folder}」不在：请接好那块盘，或改 config.toml 的 backup_folder；"
                "第一次用，请先建好这个文件夹。"
            ).format(folder=folder)
        )


def folder(settings: Settings) -> Path:
    """Where backups lie unless told otherwise."""
    chosen = settings.backup_folder
    return settings.home / Path(chosen).expanduser() if chosen else settings.home / FOLDER


def is_gone(settings: Settings) -> bool:
    """Whether the folder that config.toml names is not there."""
    try:
        return bool(settings.backup_folder) and not folder(settings).is_dir()
    except OSError:  # of a network disk that went away
        return True


def ready(settings: Settings) -> Path:
    """The folder for the next backup; the usual one is made. BackupFolderGone, OSError."""
    if is_gone(settings):
        raise BackupFolderGone(folder(settings))
    found = folder(settings)
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def listed(settings: Settings) -> list[Path]:
    """The backups of the usual folder that have a manifest, newest first."""
    files = [path for ending in ("", SEALED) for path in folder(settings).glob(f"*.db{ending}")]
    found = [path for path in files if manifest_path(path).exists()]
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def known(settings: Settings) -> list[tuple[Path, Manifest]]:
    """The backups of the usual folder that have a manifest and the size it says, newest first. A
    look at a few small files: their bytes are not read.
    """
    found = []
    with suppress(OSError):
        for path in listed(settings):
            with suppress(StoreError):
                found.append((path, read_manifest(path)))
    return sorted(found, key=lambda one: one[1].made, reverse=True)


def last_verified(settings: Settings, now: datetime) -> datetime | None:
    """When the newest of them was made that was proved by restoring it; None if there is none. One
    that lies ahead of now is of a wrong clock, and proves nothing.
    """
    made = (one.made for _path, one in known(settings) if one.verified and one.made <= now)
    return next(made, None)


def with_way_back(settings: Settings, fault: StoreError) -> StoreError:
    """What is wrong with the office's database, with its newest good backup, where there is one."""
    good = [path for path, manifest in known(settings) if manifest.verified]
    for kind in (DatabaseDamaged, DatabaseMissing):
        if good and settings.database_file and type(fault) is kind:
            return kind(str(settings.database_file), quote(str(good[0])))
    return fault
