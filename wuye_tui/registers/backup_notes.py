"""What is noted beside the backups, in small files for the owner alone: the last automatic one that
did not succeed, what was found in the last one that did, and what each restore left out.

They lie with the backups, and in the office's own folder where those are out of reach.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from wuye_tui.settings import Settings
from wuye_tui.store import shelf
from wuye_tui.store.manifest import Manifest
from wuye_tui.words import _

FAILED = "failed.json"  # when the last automatic one did not succeed, and why
FOUND = "found.json"  # what the check found in the last automatic one
RESTORED = "restored.jsonl"  # which audit line each restore went back to, and when


def note_failure(settings: Settings, at: datetime, why: str) -> None:
    """For those who have to know; as far as any disk takes it."""
    _note(settings, FAILED, at=at.isoformat(), why=why)


def forget_failure(settings: Settings) -> None:
    """One has succeeded."""
    _forget(settings, FAILED)


def note_findings(settings: Settings, at: datetime, found: list[str]) -> None:
    """What the check found in the last automatic backup; nothing is noted of nothing."""
    forget_findings(settings)
    if found:
        _note(settings, FOUND, at=at.isoformat(), why=in_words(found))


def forget_findings(settings: Settings) -> None:
    """A later check has found nothing."""
    _forget(settings, FOUND)


def in_words(found: list[str]) -> str:
    """What the check found, in a sentence."""
    told = _("备份里有 {n} 处核对不上，备份照留，请运行 wuye check：{first}")
    return told.format(n=len(found), first=found[0])


def failed(settings: Settings) -> tuple[datetime, str] | None:
    """When the last automatic backup did not succeed, and why; None if it did."""
    return _noted(settings, FAILED)


def findings(settings: Settings) -> tuple[datetime, str] | None:
    """When something was found in the last automatic backup, and what; None if nothing was."""
    return _noted(settings, FOUND)


def _noted(settings: Settings, name: str) -> tuple[datetime, str] | None:
    found = []
    for place in (shelf.folder(settings), settings.home):
        path = place / name
        with suppress(OSError):
            try:
                read = json.loads(path.read_text("utf-8"))
                found.append((datetime.fromisoformat(read["at"]), str(read["why"])))
            except (ValueError, KeyError, TypeError):  # a full disk takes a name, and no words
                at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                found.append((at, _("原因没能记下来，磁盘可能满了。")))
    return max(found, default=None)


def note_restore(settings: Settings, at: datetime, seq: int, without: list[str]) -> None:
    """That a restore went back to this audit line, and which backups are not of that past. Without
    it `wuye check` finds that later backups know more.
    """
    said = json.dumps({"at": at.isoformat(), "audit": seq, "without": without}) + "\n"
    for place in _places(settings):
        with suppress(OSError), open(place / RESTORED, "a", encoding="utf-8", opener=_own) as file:
            file.write(said)
            return


def left_out(settings: Settings) -> Callable[[Manifest], bool]:
    """Whether a restore left out, on purpose, what a backup of before it knows of."""
    notes: list[tuple[datetime, int, list[str]]] = []
    for place in (shelf.folder(settings), settings.home):
        with suppress(OSError, ValueError, KeyError, TypeError):
            for line in (place / RESTORED).read_text("utf-8").splitlines():
                read = json.loads(line)
                without = list(read.get("without", []))
                notes.append((datetime.fromisoformat(read["at"]), int(read["audit"]), without))
    return lambda one: any(
        one.made <= at and (one.seq > seq or one.anchor.get("head") in without)
        for at, seq, without in notes
    )


def _places(settings: Settings) -> Iterator[Path]:
    """Where a note can be put, the best place first."""
    with suppress(shelf.BackupFolderGone, OSError):
        yield shelf.ready(settings)
    with suppress(OSError):
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield settings.home


def _note(settings: Settings, name: str, **said: str) -> None:
    for place in _places(settings):
        with suppress(OSError):
            _write(place / name, json.dumps(said, ensure_ascii=False) + "\n")
            return


def _forget(settings: Settings, name: str) -> None:
    for place in (shelf.folder(settings), settings.home):
        with suppress(OSError):
            (place / name).unlink(missing_ok=True)


def _write(path: Path, said: str) -> None:
    """Whole under its name, or empty where the disk takes no more."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with suppress(OSError):
            os.write(handle, said.encode())
            os.fsync(handle)
    finally:
        os.close(handle)
    fresh.replace(path)


def _own(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
