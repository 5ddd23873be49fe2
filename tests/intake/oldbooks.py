"""Workbooks of before 2007, record by record: good ones, and ones that no program would write."""

import struct
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.intake.books import Make

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
BOF, EOF, CONTINUE, FILEPASS, SHEET, SST = 0x809, 0x0A, 0x3C, 0x2F, 0x85, 0xFC
NUMBER, LABEL, BOOL, STRING, RK, MULRK = 0x203, 0x204, 0x205, 0x207, 0x27E, 0xBD
LABELSST, FORMULA, MERGED, DIMENSIONS, NAME = 0xFD, 0x06, 0xE5, 0x200, 0x18
LIMIT = 8224  # bytes of a record
Range = tuple[int, int, int, int]
"""First and last row, first and last column, from 0."""


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def string(said: str) -> bytes:
    return struct.pack("<HB", len(said), 1) + said.encode("utf-16-le")


def place(row: int, column: int, form: int = 0) -> bytes:
    return struct.pack("<3H", row, column, form)


def number(row: int, column: int, value: float, form: int = 0) -> bytes:
    return record(NUMBER, place(row, column, form) + struct.pack("<d", value))


def shared(row: int, column: int, which: int) -> bytes:
    return record(LABELSST, place(row, column) + struct.pack("<I", which))


def formula(row: int, column: int, result: bytes, form: int = 0) -> bytes:
    return record(FORMULA, place(row, column, form) + result + bytes(6) + struct.pack("<H", 0))


TEXT, FAILED = bytes(6) + b"\xff\xff", b"\x02\x00\x2a\x00\x00\x00\xff\xff"


def strings(said: Sequence[str], promised: int | None = None) -> bytes:
    """The shared strings, cut into records wherever one is full."""
    count = len(said) if promised is None else promised
    whole, here = b"", struct.pack("<2i", count, count)
    kind = SST
    for one in said:
        if len(here) + 3 + 2 * len(one) > LIMIT and len(one) < 2000:
            whole, here, kind = whole + record(kind, here), b"", CONTINUE
        here += struct.pack("<HB", len(one), 1)
        rest = one.encode("utf-16-le")
        while len(here) + len(rest) > LIMIT:
            room = (LIMIT - len(here)) // 2 * 2
            whole, kind = whole + record(kind, here + rest[:room]), CONTINUE
            here, rest = b"\x01", rest[room:]
        here += rest
    return whole + record(kind, here)


def stream(
    sheets: Sequence[tuple[str, bytes]],
    said: Sequence[str] = (),
    before: bytes = b"",
    table: bytes | None = None,
    hidden: Iterable[str] = (),
    version: int = 0x600,
    places: Sequence[int] = (),
) -> bytes:
    """A workbook's records; each sheet is a name and the records between its begin and end."""
    form = record(0xE0, struct.pack("<HH", 0, 0) + bytes(16))
    day = record(0xE0, struct.pack("<HH", 0, 14) + bytes(16))
    head = record(BOF, struct.pack("<HH", version, 5) + bytes(12)) + before + form + day
    table = strings(said) if table is None else table
    names = [name.encode("utf-16-le") for name, _content in sheets]
    at = len(head) + sum(12 + len(name) for name in names) + len(table) + 4
    listed, content = b"", b""
    for n, (name, inside) in enumerate(sheets):
        start = places[n] if places else at + len(content)
        state = int(name in hidden)
        listed += record(SHEET, struct.pack("<IBBBB", start, state, 0, len(name), 1) + names[n])
        content += record(BOF, struct.pack("<HH", version, 16) + bytes(12)) + inside + record(EOF)
    return head + listed + table + record(EOF) + content


def cells(rows: Iterable[Iterable[Any]], said: list[str]) -> bytes:
    """Texts go to `said`, days are numbers in the second format, numbers numbers."""
    known = {one: at for at, one in enumerate(said)}
    found = []
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value in ("", None):
                continue
            if isinstance(value, str):
                if value not in known:
                    known[value] = len(said)
                    said.append(value)
                found.append(shared(row, column, known[value]))
            elif isinstance(value, date):
                found.append(number(row, column, (value - date(1899, 12, 30)).days, 1))
            else:
                found.append(number(row, column, value))
    return b"".join(found)


def merged(*ranges: Range) -> bytes:
    return record(
        MERGED,
        struct.pack("<H", len(ranges)) + b"".join(struct.pack("<4H", *one) for one in ranges),
    )


def container(content: bytes, name: str = "Workbook", small: bool = False) -> bytes:
    """A container of sectors of 512 bytes with one stream; `small` puts it into small sectors."""
    size = len(content)
    if not small and size < 4096:
        content = content.ljust(4096, b"\0")
        size = 4096
    body = content + bytes(-len(content) % 512)
    used = len(body) // 512
    minis = -(-size // 64) if small else 0
    table = struct.pack(f"<{minis}I", *range(1, minis), END) if small else b""
    table += b"\xff" * (-len(table) % 512)
    extra = len(table) // 512
    tables = 1
    while tables * 128 < tables + 1 + extra + used:
        tables += 1
    more = -(-max(0, tables - 109) // 127)
    while tables * 128 < tables + 1 + extra + used + more:
        tables += 1
    first = tables + more
    chain = [FAT] * tables + [0xFFFFFFFC] * more + [END]
    chain += [*range(first + 2, first + 1 + extra), END] if extra else []
    start = first + 1 + extra
    chain += [*range(start + 1, start + used), END]
    chain += [FREE] * (tables * 128 - len(chain))
    listed = [*range(tables), *[FREE] * (109 + 127 * more - tables)]
    difat = b""
    for n in range(more):
        following = tables + n + 1 if n + 1 < more else END
        difat += struct.pack("<128I", *listed[109 + 127 * n : 236 + 127 * n], following)
    head = struct.pack(
        "<8s16x5H6x9I", SIGNATURE, 0x3E, 3, 0xFFFE, 9, 6, 0, tables, first, 0, 4096,
        first + 1 if small else END, extra, tables if more else END, more,
    )  # fmt: skip
    head += struct.pack("<109I", *listed[:109])
    root = entry("Root Entry", 5, 1, start if small else END, len(body) if small else 0)
    folder = root + entry(name, 2, FREE, 0 if small else start, size) + bytes(256)
    return head + struct.pack(f"<{len(chain)}I", *chain) + difat + folder + table + body


def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    said = name.encode("utf-16-le").ljust(64, b"\0")
    head = struct.pack("<HBB3I", 2 * len(name) + 2, kind, 1, FREE, FREE, child)
    return said + head + bytes(36) + struct.pack("<IQ", start, size)


def old(path: Path, rows: Iterable[Iterable[Any]], *ranges: Range) -> Path:
    """A good .xls of one sheet."""
    said: list[str] = []
    inside = cells(rows, said) + (merged(*ranges) if ranges else b"")
    path.write_bytes(container(stream([("数据", inside)], said)))
    return path


def sheet(
    inside: bytes, said: Sequence[str] = ("房号", "姓名", "3-1-502", "仇英"), **more: Any
) -> Make:
    """A file whose one sheet has these records."""
    return lambda path: path.write_bytes(container(stream([("数据", inside)], said, **more)))
