"""The container of an .xls file, opened by ourselves before any library sees it.

A container is a small file system: sectors, and tables of which sector follows which. A chain that
runs in a circle, or a stream that says it is huge, makes a reader that believes it never end. So
the one stream that matters is taken out here, every step of its way checked, and put into a new
container of our own making.
"""

import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wuye_tui.intake.errors import Damaged, Encrypted, NotAWorkbook, VeryOldWorkbook

SIGNATURE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_END: Final = 0xFFFFFFFE
_FREE: Final = 0xFFFFFFFF
_FAT: Final = 0xFFFFFFFD
_NONE: Final = 0xFFFFFFFF
_MINI: Final = 64
_CUTOFF: Final = 4096  # smaller streams lie in the small sectors
_ENTRY: Final = 128
_HEAD: Final = struct.Struct("<8s16x5H6x9I")
_BIG: Final = 4096


def workbook_stream(data: bytes, name: str) -> bytes:
    """The stream `Workbook` of a container.

    Raises Damaged, Encrypted for a password of a later program, VeryOldWorkbook for that of Excel
    95, and NotAWorkbook for anything else that lies in such a container (a letter, a mail).
    """
    try:
        container = _Container(data)
        entries = container.entries()
        found = entries.get("workbook")
        if found is None:
            if "encryptedpackage" in entries:
                raise Encrypted(name)
            raise VeryOldWorkbook(name) if "book" in entries else NotAWorkbook(name)
        return container.stream(found)
    except (struct.error, ValueError, IndexError) as why:
        raise Damaged(name) from why


def wrapped(stream: bytes) -> bytes:
    """The same stream alone in a new container."""
    body = stream + bytes(max(-len(stream) % _BIG, _CUTOFF - len(stream)))
    body += bytes(-len(body) % _BIG)
    used = len(body) // _BIG
    tables = 1
    while tables * _BIG // 4 < tables + 2 + used:
        tables += 1
    # Behind the tables the folder, a room for small streams that stays empty, and the stream.
    start = tables + 2
    chain = [_FAT] * tables + [_END] * 2 + [*range(start + 1, start + used), _END]
    fat = array("I", chain + [_FREE] * (tables * _BIG // 4 - len(chain)))
    head = _HEAD.pack(
        SIGNATURE, 0x3E, 4, 0xFFFE, 12, 6, 1, tables, tables, 0, _CUTOFF, _END, 0, _END, 0
    )
    difat = array("I", [*range(tables), *[_FREE] * (109 - tables)])
    root = _entry("Root Entry", 5, 1, tables + 1, 0)
    entry = _entry("Workbook", 2, _NONE, start, len(body))
    folder = (root + entry).ljust(2 * _BIG, b"\0")
    return (head + difat.tobytes()).ljust(_BIG, b"\0") + fat.tobytes() + folder + body


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le").ljust(64, b"\0")
    words = struct.pack("<HBB3I", len(name) * 2 + 2, kind, 1, _NONE, _NONE, child)
    return text + words + bytes(36) + struct.pack("<IQ", start, size)


@dataclass(frozen=True)
class _Stream:
    start: int
    size: int


class _Container:
    """Sectors and their chains. Every method raises ValueError for what cannot be."""

    def __init__(self, data: bytes) -> None:
        head = _HEAD.unpack_from(data)
        self._data, self._shift = data, head[4]
        if head[3] != 0xFFFE or head[4] not in (9, 12) or head[5] != 6:
            raise ValueError
        self._size = 1 << self._shift
        self._count = max(0, -(-len(data) // self._size) - 1)
        self._folder, self._small_table, self._small_count = head[8], head[11], head[12]
        self._fat = self._table(self._fat_sectors(head[7], head[13]))
        self._small: tuple[Sequence[int], bytes] | None = None
        self._root = _Stream(_END, 0)

    def entries(self) -> dict[str, _Stream]:
        """The streams by their names in small letters."""
        folder = self._whole(self._folder)
        found: dict[str, _Stream] = {}
        for at in range(0, len(folder) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", folder, at + 64)
            start, size = struct.unpack_from("<IQ", folder, at + 116)
            said = folder[at : at + min(length, 64)].decode("utf-16-le", "ignore").strip("\0")
            stream = _Stream(start, size & 0xFFFFFFFF if self._shift == 9 else size)
            if kind == 5:
                self._root = stream
            elif kind == 2:
                found.setdefault(said.lower(), stream)
        return found

    def stream(self, wanted: _Stream) -> bytes:
        """What a stream holds; exactly as much as it says."""
        if wanted.size > len(self._data):
            raise ValueError
        if wanted.size >= _CUTOFF:
            whole = self._whole(wanted.start)
        else:
            table, room = self._small_sectors()
            chain = _chain(table, wanted.start)
            whole = b"".join(room[at * _MINI : (at + 1) * _MINI] for at in chain)
        if len(whole) < wanted.size:
            raise ValueError
        return whole[: wanted.size]

    def _small_sectors(self) -> tuple[Sequence[int], bytes]:
        if self._small is None:
            table = self._table(_chain(self._fat, self._small_table))
            self._small = table, self._whole(self._root.start)
        return self._small

    def _fat_sectors(self, count: int, more: int) -> list[int]:
        """The sectors of the table itself, the further ones listed in a chain of their own."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        seen = 0
        while more not in (_END, _FREE):
            seen += 1
            if seen > self._count:
                raise ValueError
            *here, more = self._table([more])
            listed += here
        found = [at for at in listed if at != _FREE]
        if not 0 < len(found) <= self._count or count > self._count:
            raise ValueError
        return found

    def _table(self, sectors: Sequence[int]) -> "array[int]":
        table = array("I")
        for at in sectors:
            table.frombytes(self._sector(at))
        return table

    def _whole(self, start: int) -> bytes:
        return b"".join(map(self._sector, _chain(self._fat, start)))

    def _sector(self, at: int) -> bytes:
        if not 0 <= at < self._count:
            raise ValueError
        begin = (at + 1) << self._shift
        # The last one is often cut off where nothing stands any more.
        return self._data[begin : begin + self._size].ljust(self._size, b"\0")


def _chain(table: Sequence[int], start: int) -> list[int]:
    """The sectors that follow one another from `start`; ValueError for a circle or a way out."""
    found: list[int] = []
    at = start
    while at != _END:
        if at >= len(table) or len(found) >= len(table):
            raise ValueError
        found.append(at)
        at = table[at]
    return found
