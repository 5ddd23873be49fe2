"""What is half typed at this workstation, kept in a small file until the register has it.

Each console takes a place of its own (`1.json`, `2.json`), held by a lock that dies with it; one
that starts takes over the place of one that was killed, and with it what was typed there. Files are
replaced whole and are readable by their owner alone: they hold what residents said.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from filelock import FileLock


LINE = "line"
MOST_PLACES = 50


@dataclass
class Draft:
    """One half-typed thing: the answers so far, and where the cursor stood.

    `key` is made before the first try to save and kept until the register has answered; `tried`
    is what was sent with it, so that other words get another key. `of` says whose it is and of
    which day, where that matters.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    at: str = ""
    caret: int = 0
    seen: int = 0
    key: str = ""
    tried: str = ""
    of: dict[str, str] = field(default_factory=dict)

    def key_for(self, words: str) -> str:
        """The key to send these words with: the same as long as they are the same."""
        if not self.key or self.tried != words:
            self.key, self.tried = str(uuid4()), words
        return self.key


class Spool:
    """The drafts of one workstation. Without a folder they live in memory alone."""

    def __init__(self, folder: Path | None = None) -> None:
        """Takes a place in the folder and reads what lies there. Raises OSError."""
        self._drafts: dict[str, Draft] = {}
        self._lock: FileLock | None = None
        self._path: Path | None = None
        self._written = b""
        if folder is not None:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._path = self._take_place(folder)
            self._drafts = _read(self._path)

    def __contains__(self, name: str) -> bool:
        return name in self._drafts

    def __iter__(self) -> Iterator[str]:
        return iter(self._drafts)

    def get(self, name: str) -> Draft:
        """The draft of this name, a fresh one if there is none."""
        return self._drafts.get(name) or Draft()

    def put(self, name: str, draft: Draft) -> None:
        """Keeps a draft; the next `write` puts it on disk."""
        self._drafts[name] = draft

    def drop(self, name: str) -> None:
        """Forgets a draft: the register has it, or nobody wants it."""
        self._drafts.pop(name, None)

    def snapshot(self) -> bytes:
        """What there is to write now; empty when all of it has been written."""
        drafts = {name: asdict(draft) for name, draft in self._drafts.items()}
        whole = json.dumps({"version": 1, "drafts": drafts}, ensure_ascii=False)
        data = whole.encode("utf-8", "backslashreplace")
        return b"" if data == self._written or (not drafts and not self._written) else data

    def write(self, data: bytes) -> None:
        """Replaces the file by this snapshot. Raises OSError. May run in a thread."""
        if self._path is None or not data:
            return
        fresh = self._path.with_suffix(f".{os.getpid()}.new")
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
        self._written = data

    def close(self) -> None:
        """Writes what is left and gives the place back. Raises OSError."""
        try:
            self.write(self.snapshot())
        finally:
            if self._lock is not None:
                self._lock.release()

    def _take_place(self, folder: Path) -> Path:
        """A free place: one with drafts before an empty one."""
        from filelock import FileLock, Timeout  # not needed for the first paint

        free: list[tuple[bool, int, FileLock]] = []
        for number in range(1, MOST_PLACES):
            # Taken in one thread and given back in another.
            path = folder / f"{number}.lock"
            lock = FileLock(path, timeout=0, mode=0o600, thread_local=False)
            try:
                lock.acquire()
            except Timeout:
                continue
            free.append((not _read(folder / f"{number}.json"), number, lock))
            if not (folder / f"{number + 1}.lock").exists():
                break
        taken = min(free, key=lambda place: place[:2])
        for place in free:
            if place is not taken:
                place[2].release()
        self._lock = taken[2]
        return folder / f"{taken[1]}.json"


def _read(path: Path) -> dict[str, Draft]:
    """The drafts of a file; one that cannot be read is set aside, not lost."""
    try:
        document = json.loads(path.read_text("utf-8"))
        known = {one.name for one in fields(Draft)}
        return {
            name: Draft(**{key: value for key, value in draft.items() if key in known})
            for name, draft in document["drafts"].items()
        }
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError):
        path.replace(path.with_suffix(".damaged"))
        return {}
