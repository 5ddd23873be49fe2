"""What is checked of a workbook before any library reads it.

A spreadsheet comes from anywhere, and the reader behind this guard allocates the whole rectangle
from the first to the last filled cell at once: one cell in the far corner ends the process. So the
parts are unpacked here first, piece by piece, counting real bytes (a zip's own figures can lie),
and nothing passes whose filled cells do not lie within MAX_ROWS and MAX_COLUMNS.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from wuye_tui.intake.errors import (
    Bomb,
    Damaged,
    DeclaresEntities,
    EmptyFile,
    Encrypted,
    NoResult,
    NotAWorkbook,
    TooManyCells,
    TooManyColumns,
    TooManyRows,
    UnpacksTooBig,
    VeryOldWorkbook,
    WebPage,
)
from wuye_tui.intake.limits import (
    LAST_ROW,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_ROWS,
    MAX_UNPACKED,
    MIB,
)
from wuye_tui.intake.sharing import Sharing

# A to BH is sixty columns; 1 to 60,999. This is how programs write a cell's place.
_NEAR: Final = rb' r="(?:[A-Z]|A[A-Z]|B[A-H])?(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|60[0-9]{3})"'
# Anything but `<c r="B7"` and `<row r="7"`: far away, another order or quote, a prefix, r twice.
_UNUSUAL: Final = (
    re.compile(rb"<(?:c|row)(?!" + _NEAR + rb")[\s/>]"),
    re.compile(rb":(?:c|row)[\s/>]"),
    re.compile(rb"r\s*=(?<!<c r=)(?<!<row r=)(?<![A-Za-z0-9_:.-]r=)"),
)
Place = tuple[int, int]
"""A row's number from 1, and its column from 0."""
_PLACE: Final = re.compile(r"([A-Z]{1,7})([0-9]{1,9})")
_FAILED: Final = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^<>]* t="e"')
_UNRECKONED: Final = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^<>]*><f(?:[^<>]*/>|[^<>]*>[^<]*</f>)</c>')
# An empty value is none, unless the formula came to an empty text.
_EMPTY: Final = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"(?![^<>]* t="str")[^<>]*><f(?:[^<>]*/>|[^<>]*>[^<]*</f>)'
    rb"<v(?: ?/>|></v>)</c>"
)
# The reader also reserves room for as many strings or styles as a file says it has.
_BOAST: Final = re.compile(
    rb"""ount(?:(?<=[\s"']count)|(?<=[\s"']uniqueCount))\s*=\s*["'][^"']{8}"""
)
_COUNTED: Final = (b"<c ", b"<row ", b"<si>", b"<mergeCell ")
_TAIL: Final = 4096


def check_workbook(data: bytes, name: str) -> frozenset[Place]:
    """Raises a FileRefused unless `data` is a workbook that may be read safely.

    Returns where formulas stand that were never reckoned, of all sheets together.
    """
    _check_kind(data, name)
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
        _check_members(members, name)
        room, cells, sharing, sheets = MAX_UNPACKED, 0, Sharing(name), list[ZipInfo]()
        empty = set[bytes]()
        for member in members:
            part = _Part(name, member.filename.lower(), sharing, empty)
            _scan(data, member, part, room)
            sheets += [member] if part.is_sheet else []
            room -= part.size
            cells += part.cells
            if cells > MAX_CELLS:
                raise TooManyCells(name, limit=MAX_CELLS)
            if part.is_sheet and part.unusual:
                _Walk(name).through(_unpack(data, member))
        if sharing.is_much():
            sharing.count(piece for member in sheets for piece in _unpack(data, member))
    except _BROKEN as why:
        raise Damaged(name) from why
    return frozenset(map(_place, empty))


_BROKEN: Final = (
    BadZipFile, zlib.error, expat.ExpatError, struct.error,
    ValueError, OSError, EOFError, IndexError, NotImplementedError,
)  # fmt: skip


def _check_kind(data: bytes, name: str) -> None:
    if not data:
        raise EmptyFile(name)
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise WebPage(name)
    if data[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08"):  # no container yet
        raise VeryOldWorkbook(name)
    if not data.startswith(b"PK\x03\x04"):
        raise NotAWorkbook(name)
    # Before the list of members is built: a file of 10 MiB can list a quarter of a million.
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise Bomb(name)


def _check_members(members: list[ZipInfo], name: str) -> None:
    names = {member.filename.lower() for member in members}
    # The reader would take xlsb and OpenDocument too, which are not checked here.
    if "xl/workbook.xml" not in names or not names.isdisjoint({"xl/workbook.bin", "mimetype"}):
        raise NotAWorkbook(name)
    if any(member.flag_bits & 1 for member in members):
        raise Encrypted(name)
    if any(member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for member in members):
        raise Bomb(name)


@dataclass
class _Part:
    """What was found in one member so far."""

    name: str
    called: str
    sharing: Sharing
    empty: set[bytes]
    size: int = 0
    cells: int = 0
    run: int = 0  # bytes since the last tag
    is_sheet: bool = False
    unusual: bool = False

    @property
    def is_xml(self) -> bool:
        """Whether it is read as XML."""
        return self.called.endswith((".xml", ".rels"))


def _scan(data: bytes, member: ZipInfo, part: _Part, room: int) -> None:
    """Unpacks one member and looks through it by patterns: fast, and sure where all is usual."""
    rest, check, ratio_room = b"", 0, max(MIB, MAX_RATIO * member.compress_size)
    for piece in _unpack(data, member):
        part.size += len(piece)
        if part.size > ratio_room:
            raise Bomb(part.name)
        if part.size > room:
            raise UnpacksTooBig(part.name, mib=MAX_UNPACKED // MIB)
        check = zlib.crc32(piece, check)
        text = rest + piece
        if not text:
            continue
        cut = _cut(text)
        part.unusual = part.unusual or cut < 0
        part.run = part.run + len(piece) if cut < 0 else 0
        if part.is_xml and part.run > MIB:  # no cell is so long
            raise Bomb(part.name)
        rest = text[cut:] if cut >= 0 else text[-64:]
        _look(text[:cut] if cut >= 0 else text, part)
    _look(rest, part)
    if (check, part.size) != (member.CRC, member.file_size):
        raise Damaged(part.name)


def _cut(text: bytes) -> int:
    """Where the last cell or tag begins, which may go on in the next piece; -1 if far back."""
    near_end = max(0, len(text) - _TAIL)
    cell = text.rfind(b"<c ", near_end)
    return cell if cell >= 0 else text.rfind(b"<", near_end)


def _look(text: bytes, part: _Part) -> None:
    if part.is_xml:
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise DeclaresEntities(part.name)
        if b"\0" in text:  # UTF-16, in which nothing here would be found
            raise Damaged(part.name)
    if _BOAST.search(text):
        raise Damaged(part.name)
    # The reader looks for cells behind this word only, whatever the member is called.
    part.is_sheet = part.is_sheet or b"sheetData" in text
    part.cells += sum(map(text.count, _COUNTED))
    if part.called == "xl/sharedstrings.xml":
        part.sharing.strings(text)
    if not part.is_sheet:
        return
    part.sharing.cells(text)
    part.unusual = part.unusual or any(pattern.search(text) for pattern in _UNUSUAL)
    failed = b' t="e"' in text and _FAILED.search(text)
    failed = failed or (b"<f" in text and _UNRECKONED.search(text))
    if failed:
        raise NoResult(part.name, cell=failed[1].decode())
    if b"<f" in text:
        part.empty.update(found[1] for found in _EMPTY.finditer(text))


def _unpack(data: bytes, member: ZipInfo) -> Iterator[bytes]:
    """The member's real bytes in pieces of 16 MiB at most, whatever its header says."""
    start = member.header_offset
    signature, lengths = data[start : start + 4], data[start + 26 : start + 30]
    if signature != b"PK\x03\x04" or member.header_offset + member.compress_size > len(data):
        raise BadZipFile
    start += 30 + sum(struct.unpack("<HH", lengths))
    stop = start + member.compress_size
    if member.compress_type == ZIP_STORED:
        for at in range(start, stop, MIB):
            yield data[at : min(at + MIB, stop)]
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(start, stop, 16384):
        yield unpacker.decompress(data[at : min(at + 16384, stop)])
    if not unpacker.eof:
        raise EOFError


class _Walk:
    """Where the filled cells of an unusual sheet really lie, by a real parser: slow, but exact.

    Cells without a value don't count: whole rows and columns are often only formatted.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._row = self._column = self._elements = 0
        self._place = ""  # of the cell met last, as long as it need not be known

    def through(self, pieces: Iterator[bytes]) -> None:
        """Raises TooManyRows, TooManyColumns or TooManyCells; ExpatError for what is no XML."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        for piece in pieces:
            parser.Parse(piece)
        parser.Parse(b"", True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_CELLS:
            raise TooManyCells(self._name, limit=MAX_CELLS)
        local = tag.rpartition(":")[2]
        if local == "c":
            self._next(attributes.get("r", ""))
        elif local in ("v", "is"):
            self._filled()
        elif local == "row":
            self._row, self._column, self._place = int(attributes.get("r", self._row + 1)), 0, ""

    def _next(self, place: str) -> None:
        if not place:
            self._settle()
            self._column += 1
        self._place = place

    def _settle(self) -> None:
        if self._place:
            found = _PLACE.fullmatch(self._place.upper())
            if found is None:
                raise Damaged(self._name)
            self._row, self._column, self._place = int(found[2]), _column(found[1]), ""

    def _filled(self) -> None:
        self._settle()
        if self._row > LAST_ROW:
            raise TooManyRows(self._name, limit=MAX_ROWS)
        if self._column > MAX_COLUMNS:
            raise TooManyColumns(self._name, limit=MAX_COLUMNS)


def _place(cell: bytes) -> Place:
    found = _PLACE.fullmatch(cell.decode())
    return (int(found[2]), _column(found[1]) - 1) if found else (0, 0)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
