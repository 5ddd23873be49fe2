"""Shared strings of an .xlsx: how much text its cells hold once each has a copy of its own.

A workbook keeps every text once, and the reader copies it for every cell that shows it: a quarter
of a megabyte with one long text becomes gigabytes. What the cells hold together is counted here.
"""

import re
from array import array
from collections.abc import Iterable
from typing import Final

from wuye_tui.intake.errors import Bomb

MAX_TEXT: Final = 64 << 20
"""Bytes of text in all the cells of a workbook together, the tags around them counted in."""
_STRING: Final = re.compile(rb"<si[\s/>]")
_USE: Final = re.compile(rb"""t=["']s["'][^<>]*>\s*<v>([0-9]{1,7})<""")
_LEFT: Final = 4096


class Sharing:
    """The strings of one workbook, and how often they are used."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lengths = array("Q")
        self._uses = 0

    def strings(self, text: bytes) -> None:
        """The next piece of the shared strings."""
        first, *rest = _STRING.split(text)
        if self._lengths:
            self._lengths[-1] += len(first)
        self._lengths.extend(map(len, rest))

    def cells(self, text: bytes) -> None:
        """The next piece of a sheet."""
        self._uses += text.count(b't="s"') + text.count(b"t='s'")

    def is_much(self) -> bool:
        """Whether the cells could hold too much, so that they have to be looked at one by one."""
        return self._uses * max(self._lengths, default=0) > MAX_TEXT

    def count(self, pieces: Iterable[bytes]) -> None:
        """Looks at all pieces of all sheets. Raises Bomb where they hold too much."""
        lengths, known, held, seen, rest = self._lengths, len(self._lengths), 0, 0, b""
        for piece in pieces:
            text = rest + piece
            end = text.rfind(b"<c ")
            end = end if end >= 0 else max(0, len(text) - _LEFT)
            for use in _USE.finditer(text, 0, end):
                which = int(use[1])
                held += lengths[which] if which < known else 0
                seen += 1
            rest = text[end:][-_LEFT:]
            if held > MAX_TEXT:
                raise Bomb(self._name)
        for use in _USE.finditer(rest):
            which = int(use[1])
            held += lengths[which] if which < known else 0
            seen += 1
        # What is written in an unusual way is taken for the longest.
        if held + (self._uses - seen) * max(lengths, default=0) > MAX_TEXT:
            raise Bomb(self._name)
