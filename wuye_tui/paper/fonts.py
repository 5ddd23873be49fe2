"""The Chinese font that paper is set in: the machine's own, or the file that the office names.

None comes with the program: one small enough to come along lacks people's names. For a character
that the font lacks, another font of the machine that has it is looked for.
"""

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any, Final

from wuye_tui.paper.blocks import Block, Sheet
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.widths import printed_width
from wuye_tui.words import _

CHINESE: Final = ":lang=zh-cn"
_EVEN: Final = f"{CHINESE}:spacing=mono"  # Latin letters half as wide as Han: all lines up
_SECONDS: Final = 20
_LETTERS: Final = "一龥"  # what a Chinese font has


class NoFont(DeskError):
    """The machine has no font with Chinese characters, or none that can be read."""

    exit_status = 5

    def __init__(self, named: str = "") -> None:
        if named:
            told = _("字体文件 {path} 打不开，或里面没有汉字；请改 config.toml 的 font。")
            super().__init__(told.format(path=named))
        else:
            super().__init__(
                _(
                    "这台电脑没有中文字体，打不了 PDF：请安装一种（例如 fonts-noto-cjk），"
                    '或在 config.toml 写 font = "字体文件"。'
                )
            )


class NoPdf(DeskError):
    """What PDF is made with is not installed."""

    exit_status = 5

    def __init__(self) -> None:
        super().__init__(
            _(
                "没有安装做 PDF 的部分，请运行 pip install 'wuye[pdf]'；"
                "表单存成文字（.txt）、月报存成表格（.xlsx）都不用它。"
            )
        )


@dataclass(frozen=True)
class Font:
    """A font file, and which of the fonts in it, where it is a collection."""

    path: Path
    index: int = 0


def chosen(named: str = "") -> Font:
    """The font to print with: the file that is named, otherwise the machine's. Raises NoFont and
    NoPdf.
    """
    if not named:
        found = _asked(_EVEN) or _asked(CHINESE)
        if found is None:
            raise NoFont
        return found
    path = Path(named).expanduser()
    try:
        return next(_fonts_in(path))
    except (OSError, StopIteration) as error:
        raise NoFont(named) from error


@cache
def covering(character: str) -> Font | None:
    """Another font of the machine that has a character; None where there is none."""
    found = _asked(f":charset={ord(character):x}:outline=true", chinese=False)
    return found if found and character in points(found) else None


@cache
def points(font: Font) -> frozenset[str]:
    """The characters that a font has. Raises NoPdf."""
    return frozenset(map(chr, _opened(font.path, font.index).getBestCmap() or ()))


class Letters:
    """The characters that can be printed, each looked up once; `has` looks."""

    def __init__(self, has: Callable[[str], bool]) -> None:
        self._has = has
        self._known: set[str] = {"\n"}

    def spelled(self, sheet: Sheet) -> Sheet:
        """The same, what nothing here can print spelled out by its number, or left out if it would
        not be seen anyway.
        """
        return tuple(
            block
            if all(map(self._known.issuperset, block.cells))
            else Block(block.kind, tuple(map(self._words, block.cells)))
            for block in sheet
        )

    def _words(self, words: str) -> str:
        return "".join(one if self._is_known(one) else _stand_in(one) for one in words)

    def _is_known(self, letter: str) -> bool:
        if letter not in self._known:
            if not self._has(letter):
                return False
            self._known.add(letter)
        return True


def _stand_in(letter: str) -> str:
    return f"[U+{ord(letter):04X}]" if printed_width(letter) else ""


def _fonts_in(path: Path) -> Iterator[Font]:
    """The fonts of a file that have Chinese, those for the mainland's forms first."""
    number = 0
    found: list[tuple[tuple[bool, bool], Font]] = []
    while True:
        try:
            font = _opened(path, number)
        except (IndexError, ValueError, OSError):
            break
        if all(ord(letter) in (font.getBestCmap() or ()) for letter in _LETTERS):
            name = str(font["name"].getDebugName(4) or "")
            rank = ("SC" not in name.split(), "Mono" not in name.split())
            found.append((rank, Font(path, number)))
        number += 1
        if path.suffix.lower() not in (".ttc", ".otc"):
            break
    yield from (font for _rank, font in sorted(found, key=lambda pair: pair[0]))


def _opened(path: Path, number: int) -> Any:
    try:
        from fontTools.ttLib import TTFont, TTLibError  # comes with fpdf2, slow to load
    except ImportError as error:
        raise NoPdf from error
    try:
        return TTFont(path, fontNumber=number, lazy=True)
    except TTLibError as error:
        raise OSError(path) from error


@cache
def _asked(pattern: str, chinese: bool = True) -> Font | None:
    """What fontconfig answers to a pattern; None where it is not installed or has nothing."""
    command = which("fc-match")
    if command is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - a program of the system, and no words of people
            [command, "-f", "%{file}\n%{index}\n%{lang}", pattern],
            capture_output=True, text=True, check=True, timeout=_SECONDS,
        )  # fmt: skip
        file, index, languages = done.stdout.split("\n", 2)
        if chinese and "zh-cn" not in languages.split("|"):
            return None
        return Font(Path(file), int(index) & 0xFFFF)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
