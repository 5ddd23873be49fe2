"""A page of help: in cells, and in the language in force.

`Page` stands in for the library's own formatter, which counts a Chinese character as one cell and
writes its headings in English. Nothing here imports the library, so that `wuye --help` stays quick.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from wuye_tui.rules.widths import width
from wuye_tui.rules.wrapping import wrap
from wuye_tui.words import N_, _, clauses

CELLS: Final = 80
"""Every terminal has so many cells across; what is printed for people fits into them."""
_WIDEST_NAME: Final = 30
_GAP: Final = 2

_HEADINGS: Final = {
    "Arguments": N_("要写的内容"),
    "Options": N_("选项"),
    "Commands": N_("可用的动词"),
    "Nouns": N_("可用的命令"),
    "Anywhere": N_("选项（可写在任何位置）"),
}
_USAGE: Final = {"[OPTIONS]": N_("[选项]"), "COMMAND [ARGS]...": N_("动词 [参数]...")}
_TYPES: Final = {
    "<str>": N_("<文字>"),
    "<int>": N_("<整数>"),
    "<int range>": N_("<整数>"),
    "<path>": N_("<文件>"),
}
_SENTENCES: Final = {"Show this message and exit.": N_("显示这页用法")}
_ARGUMENT: Final = re.compile(r"\{(\w+)\}")  # one that must be given
_REMARKS: Final = re.compile(r"(?:^|  )\[([^\[\]]*)\]$")


class Page:
    """What the library writes a command's help with; `getvalue` is the page."""

    width = CELLS - 2

    def __init__(self) -> None:
        self.current_indent = 0
        self._lines: list[str] = []

    def write(self, text: str) -> None:
        """Lines as they are."""
        self._lines += text.splitlines()

    def write_usage(self, prog: str, args: str = "") -> None:
        """The first line: how the command is written."""
        for theirs, ours in _USAGE.items():
            args = args.replace(theirs, _(ours))
        args = _ARGUMENT.sub(lambda found: found.group(1).upper(), args)
        start = _("用法：{command}").format(command=prog) + " "
        first, *more = wrap(args, self.width - width(start)) or [""]
        self._lines.append((start + first).rstrip())
        self._lines += [" " * width(start) + line for line in more]

    def write_paragraph(self) -> None:
        """A blank line."""
        if self._lines:
            self._lines.append("")

    def write_text(self, text: str) -> None:
        """A paragraph."""
        blank = " " * self.current_indent
        lines = wrap(text, self.width - self.current_indent)
        self._lines += [(blank + line).rstrip() for line in lines]

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = _WIDEST_NAME, col_spacing: int = _GAP
    ) -> None:
        """Names and what they mean, side by side."""
        shown = [(_typed(name), _told(meaning)) for name, meaning in rows]
        widest = max((width(name) for name, _m in shown if width(name) <= col_max), default=col_max)
        first = self.current_indent + widest + col_spacing
        for name, meaning in shown:
            line = " " * self.current_indent + name
            pieces = wrap(meaning, self.width - first) if meaning else []
            if pieces and width(name) <= widest:
                line += " " * (first - width(line)) + pieces.pop(0)
            self._lines.append(line)
            self._lines += [" " * first + piece for piece in pieces]

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """A heading, and what stands below it further in."""
        self.write_paragraph()
        self._lines.append(_("{heading}：").format(heading=_(_HEADINGS.get(name, name))))
        with self.indentation():
            yield

    @contextmanager
    def indentation(self) -> Iterator[None]:
        """What is written inside stands further in."""
        self.current_indent += 2
        try:
            yield
        finally:
            self.current_indent -= 2

    def getvalue(self) -> str:
        """The whole page."""
        return "\n".join(self._lines) + "\n"


def _typed(name: str) -> str:
    """`--text <str>` with the sort of value in words; an argument as it is called elsewhere."""
    if " <" in name and not name.startswith("-"):
        argument, blank, sort = name.partition(" <")
        name = argument.upper() + blank + sort
    for sort, word in _TYPES.items():
        name = name.replace(sort, _(word))
    return name


def _told(meaning: str) -> str:
    """A line of help with the library's remarks behind it: required, default, range."""
    meaning = " ".join(meaning.split("\n"))
    if meaning in _SENTENCES:
        return _(_SENTENCES[meaning])
    return _REMARKS.sub(_remarks, meaning)


def _remarks(found: re.Match[str]) -> str:
    remarks = []
    for remark in found.group(1).split("; "):
        name, colon, value = remark.partition(": ")
        if remark == "required":
            remarks.append(_("必填"))
        elif colon and name == "default":
            remarks.append(_("不写是 {value}").format(value=value))
        else:
            remarks.append(remark)
    blank = "  " if found.start() else ""
    return f"{blank}[{clauses(remarks)}]"
