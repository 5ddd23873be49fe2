"""Vouchers as the file that an accounting program imports: `.txt`, `.csv` or `.xlsx`.

用友 U8 takes a text in GB18030 whose first line says what it is, and knows no quotation marks: no
cell may hold a comma. Codes are text of digits, which no program reckons with; amounts are numbers
in a workbook; what words say is guarded like any other list.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from wuye_tui.paper.files import UnknownEnding, whole
from wuye_tui.paper.sheets import Sheet, write_book
from wuye_tui.rules.books import FOR, SIDES, U8
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.formulas import guarded
from wuye_tui.rules.text import visible
from wuye_tui.words import _, listed

ENDINGS: Final = (".txt", ".csv", ".xlsx")
GB, UTF = "gb18030", "utf-8"
ENCODINGS: Final[Mapping[str, str]] = {GB: "gb18030", UTF: "utf-8-sig"}
_FIRST: Final = "填制凭证,V800"  # by which U8 knows such a file
_APART: Final = str.maketrans({",": " ", "\t": " ", '"': " "})


class UnknownEncoding(UsageError):
    """A text is not written so."""

    def __init__(self, typed: str) -> None:
        known = listed(ENCODINGS)
        super().__init__(
            _("不会用「{typed}」编码，可以是：{known}。").format(typed=typed[:20], known=known)
        )


class _Heading:
    """A column whose name is its key."""

    def __init__(self, name: str) -> None:
        self.title = self.key = name
        self.right = name.startswith(SIDES)


def write_vouchers(
    path: Path,
    title: str,
    program: str,
    rows: Iterable[Mapping[str, str]],
    encoding: str = "",
    force: bool = False,
) -> None:
    """Writes the rows under the columns of a program. A text is in GB18030 for U8 and in UTF-8 for
    others where `encoding` does not say. Raises FileExists, UnknownEnding, UnknownEncoding and
    CannotWrite.
    """
    ending, columns = path.suffix.lower(), FOR[program]
    named = encoding or (GB if program == U8 else UTF)
    if ending not in ENDINGS:
        raise UnknownEnding(path, ENDINGS)
    if named not in ENCODINGS:
        raise UnknownEncoding(encoding)
    if ending == ".xlsx":
        write_book(path, [Sheet(title, [_Heading(name) for name in columns], rows)], force)
        return
    first = _FIRST if (program, ending) == (U8, ".txt") else _line(columns)
    text = "".join(f"{line}\r\n" for line in (first, *(_line(row.values()) for row in rows)))
    whole(path, text.encode(ENCODINGS[named]), force)


def _line(cells: Iterable[str]) -> str:
    return ",".join(map(_cell, cells))


def _cell(words: str) -> str:
    """Digits as they are, so that a long code stays one; words so that nothing acts."""
    plain = visible(words).translate(_APART)
    return plain if plain.replace(".", "").isdecimal() else guarded(plain)
