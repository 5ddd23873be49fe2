"""What a disk may hold after a power cut: built from a journal of writes and syncs, and judged.

Sure is what was synced. Of everything since, each 512-byte sector may have reached the disk or not,
in any order, and so may each new length; of what happened in the folder (made, removed, renamed)
since it was synced itself, a beginning.
"""

import json
import random
import shutil
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.desks import settings_for
from tests.faults.writing import ACKS
from wuye_tui.desk import open_desk
from wuye_tui.registers.checking import check
from wuye_tui.rules.errors import DeskError
from wuye_tui.settings import DATABASE

SECTOR = 512
HEAD = struct.Struct("<B3xiqq")
_LEFT_OUT = (".log", ".lock", "-shm")  # acknowledgements, locks, and memory that is no file


@dataclass
class File:
    """A file as it surely is on the disk, and what was written since."""

    sure: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, bytes | None]] = field(default_factory=list)
    """At which byte and what; without bytes it is a new length."""

    def sync(self) -> None:
        for at, what in self.since:
            _put(self.sure, at, what)
        self.since.clear()

    def after_cut(self, chance: random.Random, kept: float) -> bytes:
        """The whole of it, with so large a part of what was not synced."""
        if not self.since:
            return bytes(self.sure)
        made = bytearray(self.sure)
        for at, what in self.since:
            if what is None:
                if chance.random() < kept:
                    _put(made, at, None)
                continue
            for begin in range(0, len(what), SECTOR):
                if chance.random() < kept:
                    _put(made, at + begin, what[begin : begin + SECTOR])
        return bytes(made)


def _put(into: bytearray, at: int, what: bytes | None) -> None:
    end = at + len(what or b"")
    if what is None:
        del into[at:]
    if len(into) < end:
        into.extend(bytes(end - len(into)))
    if what:
        into[at:end] = what


class Disk:
    """A folder on a disk, moved on one entry of the journal at a time."""

    def __init__(self, folder: Path, there: dict[str, bytes]) -> None:
        self.folder = str(folder)
        self.sure = {name: File(bytearray(held)) for name, held in there.items()}
        self.now = dict(self.sure)
        self.moved: list[tuple[str, str, File | None]] = []  # name, name it had before, file
        self.open: dict[int, File | None] = {}  # None: the folder itself
        self.acked: list[dict[str, Any]] = []

    def step(self, op: str, fd: int, at: int, what: bytes) -> None:
        """One thing that the process did."""
        if op == "O":
            self.open[fd] = self._opened(what.decode())
        elif op == "C":
            self.open.pop(fd, None)
        elif op in "WT":
            file = self.open[fd]
            assert file is not None
            file.since.append((at, what if op == "W" else None))
        elif op == "S":
            file = self.open[fd]
            if file is None:
                self._sync_folder()
            else:
                file.sync()
        elif op == "U":
            name = self._name(what.decode())
            self.now.pop(name, None)
            self.moved.append((name, "", None))
        elif op == "R":
            before, name = (self._name(one) for one in what.decode().split("\0"))
            self.now[name] = self.now.pop(before)
            self.moved.append((name, before, self.now[name]))

    def told(self, line: bytes) -> None:
        """What the process wrote to its acknowledgements."""
        said = json.loads(line)
        if "result" in said:
            self.acked.append(said)

    def after_cut(self, chance: random.Random) -> dict[str, bytes]:
        """What may be there if the power goes now."""
        kept = chance.choice((0.0, 1.0, 0.5, chance.random()))
        names = dict(self.sure)
        many = {0.0: 0, 1.0: len(self.moved)}.get(kept, chance.randint(0, len(self.moved)))
        _move(names, self.moved[:many])
        return {
            name: file.after_cut(chance, kept)
            for name, file in names.items()
            if not name.endswith(_LEFT_OUT)
        }

    def _name(self, path: str) -> str:
        return path.removeprefix(self.folder).lstrip("/")

    def _opened(self, path: str) -> File | None:
        name = self._name(path)
        if not name or (name not in self.now and Path(path).is_dir()):
            return None
        if name not in self.now:
            self.now[name] = File()
            self.moved.append((name, "", self.now[name]))
        return self.now[name]

    def _sync_folder(self) -> None:
        _move(self.sure, self.moved)
        self.moved.clear()


def _move(names: dict[str, File], moves: list[tuple[str, str, File | None]]) -> None:
    for name, before, file in moves:
        names.pop(before, None)
        if file is None:
            names.pop(name, None)
        else:
            names[name] = file


def entries(journal: Path) -> Iterator[tuple[str, int, int, bytes]]:
    """What the shim wrote down: operation, descriptor, place, bytes."""
    with journal.open("rb") as file:
        while head := file.read(HEAD.size):
            op, fd, at, many = HEAD.unpack(head)
            yield chr(op), fd, at, file.read(many)


@dataclass
class Cuts:
    """Exact counts over all power cuts."""

    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0  # cuts after which something acknowledged was not there
    broken: int = 0  # cuts after which the file was damaged or did not open
    findings: list[str] = field(default_factory=list)
    checked: int = 0  # how many of them `wuye check` looked at whole

    def add(self, other: "Cuts") -> None:
        """Counts another's cuts in."""
        self.cuts += other.cuts
        self.acknowledged += other.acknowledged
        self.lost += other.lost
        self.broken += other.broken
        self.findings += other.findings
        self.checked += other.checked


def cut(
    home: Path, there: dict[str, bytes], journal: Path, cuts: int, every: int, seed: int = 1
) -> Cuts:
    """Cuts the power so many times, half of them just after something was acknowledged; each time
    the file is opened anew and looked at. One in `every` is looked at by `wuye check`.
    """
    chance, found = random.Random(seed), Cuts()  # not a secret
    moments = _moments(journal, cuts, chance)
    disk, image = Disk(home, there), home.with_name("image")
    for n, (op, fd, at, what) in enumerate(entries(journal)):
        disk.step(op, fd, at, what)
        if op == "W" and _is_told(disk, fd):
            disk.told(what)
        for _ in range(moments.pop(n, 0)):
            _judge(disk.after_cut(chance), image, disk.acked, found, every)
    found.acknowledged += len(disk.acked)
    return found


def _is_told(disk: Disk, fd: int) -> bool:
    file = disk.now.get(ACKS)
    return file is not None and disk.open.get(fd) is file


def _moments(journal: Path, cuts: int, chance: random.Random) -> dict[int, int]:
    """After which entry how many times: anywhere, or just after what was acknowledged."""
    told, last, path = [], 0, b""
    for n, (op, fd, _at, what) in enumerate(entries(journal)):
        last = n
        if op == "O" and what.endswith(ACKS.encode()):
            path = str(fd).encode()
        if op == "W" and str(fd).encode() == path and b'"result"' in what:
            told.append(n)
    found: dict[int, int] = {}
    for n in range(cuts):
        after = n % 2 and chance.choice(told) + chance.randint(0, 4)
        moment = min(last, int(after or chance.randint(0, last)))
        found[moment] = found.get(moment, 0) + 1
    return found


def _judge(
    names: dict[str, bytes], image: Path, acked: list[dict[str, Any]], found: Cuts, every: int
) -> None:
    shutil.rmtree(image, ignore_errors=True)
    image.mkdir(mode=0o700)
    for name, held in names.items():
        (image / name).write_bytes(held)
    found.cuts += 1
    try:
        lost, wrong = _quick(image / DATABASE, acked)
    except (sqlite3.Error, IndexError) as error:
        found.broken += 1
        found.findings.append(f"cut {found.cuts}: {error}")
        return
    found.lost += bool(lost)
    found.findings += [f"cut {found.cuts}: {one}" for one in wrong]
    if found.cuts % every == 0:
        found.checked += 1
        found.findings += _whole(image)


def _quick(file: Path, acked: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """How much of what was acknowledged is not there, and what else is wrong: pages, the links of
    the chain, numbers.
    """
    with closing(sqlite3.connect(file)) as plain:
        ok = plain.execute("PRAGMA quick_check(3)").fetchall()
        if ok != [("ok",)]:
            raise sqlite3.DatabaseError(str(ok))
        lines = plain.execute("SELECT seq, key, result, prev, hash FROM audit ORDER BY seq")
        saved, before, wrong = {}, "0" * 64, []
        for n, (seq, key, result, prev, hash_) in enumerate(lines, 1):
            saved[key] = result
            if seq != n or prev != before:
                wrong.append(f"the chain breaks at {seq}")
            before = hash_
        series = plain.execute("SELECT name, period, last FROM series").fetchall()
        numbers = [
            row[0]
            for table in ("matter", "contact", "receipt")
            for row in plain.execute(f"SELECT number FROM {table}")
        ]
    wrong += _gaps(series, numbers)
    lost = [one for one in acked if json.loads(saved.get(one["key"], "0")) != one["result"]]
    return len(lost), wrong


def _gaps(series: list[tuple[str, str, int]], numbers: list[str]) -> list[str]:
    last = {f"{name}-{period}": many for name, period, many in series}
    used: dict[str, list[int]] = {}
    for number in numbers:
        stem, _dash, n = number.rpartition("-")
        used.setdefault(stem, []).append(int(n))
    return [
        f"{stem} has gaps or doubles"
        for stem, given in used.items()
        if sorted(given) != list(range(1, last.get(stem, 0) + 1))
    ]


def _whole(image: Path) -> list[str]:
    try:
        desk = open_desk(settings_for(image))
    except DeskError as error:
        return [f"does not open: {error}"]
    try:
        return check(desk).findings
    finally:
        desk.engine.dispose()
