"""Lines of words with roles, painted cell by cell: the ground of everything that is only read.

A role says what a word is (late, a label, a key), never how it looks; the looks stand in a
table. No border, no scroll bar and no glyph of doubtful width is ever drawn, and words are never
read as markup.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from wuye_tui.rules.text import visible

Span = tuple[str, str]  # words, role
_CLOSING, _OPENING = "、。，；：？！）」】》", "（「【《"


@dataclass(frozen=True)
class Look:
    """How a role looks: colours by their names in the theme, the rest for those without colour."""

    colour: str = ""
    ground: str = ""
    bold: bool = False
    reverse: bool = False
    underline: bool = False
    strike: bool = False


LOOKS = {
    "plain": Look(),
    "dim": Look("quiet"),
    "label": Look("quiet"),
    "strong": Look(bold=True),
    "title": Look(ground="panel", bold=True),
    "key": Look("accent", bold=True),
    "late": Look("error", bold=True),
    "soon": Look("warning", bold=True),
    "good": Look("success"),
    "struck": Look("error", bold=True, strike=True),
    "chosen": Look(bold=True, reverse=True),
    "cursor": Look(bold=True, reverse=True),
    "kept": Look(bold=True, underline=True),
}


@dataclass(frozen=True)
class Line:
    """One line of a screen; `ground` is the role of what has none of its own, and of the rest."""

    spans: tuple[Span, ...] = ()
    ground: str = "plain"

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(words for words, _role in self.spans)

    @property
    def cells(self) -> int:
        """How many cells the words take."""
        return cell_len(self.text)


def line(*parts: str | Span, ground: str = "plain") -> Line:
    """A line of words, each alone or with its role; empty ones are left out."""
    spans = (part if isinstance(part, tuple) else (part, "") for part in parts)
    return Line(tuple((visible(words), role) for words, role in spans if words), ground)


@lru_cache(maxsize=4096)  # a second later nearly all of them are the same
def fit(words: str, cells: int, right: bool = False) -> str:
    """The words in exactly so many cells: blanks behind (`right`: in front), or cut with `..`."""
    plain = visible(words)
    width = cell_len(plain)
    if width > cells:
        kept = set_cell_size(plain, max(0, cells - 2)).rstrip() + ".."[: max(0, cells)]
        return set_cell_size(kept, cells)
    blank = " " * (cells - width)
    return blank + plain if right else plain + blank


def wrap(words: str, cells: int) -> list[str]:
    """The words over as many lines of so many cells as they need; newlines end a line.

    Chinese is broken between any two characters, what is written in narrow ones at its blanks
    alone: a number or a word stays whole, unless no line has room for it. No line begins with a
    mark that closes something.
    """
    return list(_wrapped(words, cells))


@lru_cache(maxsize=512)
def _wrapped(words: str, cells: int) -> tuple[str, ...]:
    found: list[str] = []
    for part in visible(words, lines=True).split("\n"):
        kept = ""
        for character in part:
            if cell_len(kept + character) > max(2, cells):
                place = _break(kept + character)
                found.append(kept[:place].rstrip())
                kept = kept[place:].lstrip()
            kept += character if kept or not character.isspace() else ""
        found.append(kept)
    return tuple(found)


def _break(words: str) -> int:
    """Where a line of words that is one character too long may be broken best."""
    last = len(words) - 1
    for place in range(last, 0, -1):
        before, after = words[place - 1], words[place]
        glued = not (before + after).count(" ") and not _is_wide(before) and not _is_wide(after)
        if not glued and after not in _CLOSING and before not in _OPENING:
            return place
    return last


def _is_wide(character: str) -> bool:
    return cell_len(character) > 1


def entry(label: str, words: str, cells: int, indent: int = 8, role: str = "") -> list[Line]:
    """A labelled text, its further lines under its first."""
    head = fit(label, indent - 1) + " "
    return [
        line((head if n == 0 else " " * indent, "label"), (part, role))
        for n, part in enumerate(wrap(words, cells - indent))
    ]


def flow(parts: Sequence[Sequence[Span]], cells: int, most: int) -> list[Line]:
    """Pieces one behind the other, two cells apart, on at most so many lines; the last is cut."""
    lines: list[list[Span]] = [[]]
    used = 0
    for part in parts:
        width = sum(cell_len(words) for words, _role in part)
        if used and used + 2 + width > cells and len(lines) < most:
            lines.append([])
            used = 0
        lines[-1] += [("  ", ""), *part] if used else part
        used += width + (2 if used else 0)
    return [cut(line(*spans), cells) for spans in lines]


def _changed(old: Line, new: Line, cells: int) -> tuple[int, int]:
    """From which cell on, and for how many, the lines look different."""
    if old.ground != new.ground or len(old.spans) != len(new.spans):
        return 0, cells
    differ = [
        n for n, pair in enumerate(zip(old.spans, new.spans, strict=True)) if len(set(pair)) > 1
    ]
    first, last = differ[0], differ[-1]
    start = sum(cell_len(words) for words, _role in new.spans[:first])
    widths = [
        sum(cell_len(words) for words, _r in one.spans[first : last + 1]) for one in (old, new)
    ]
    return (start, widths[0]) if widths[0] == widths[1] else (start, cells - start)


def cut(whole: Line, cells: int) -> Line:
    """The line in at most so many cells, with `..` where it was cut."""
    if whole.cells <= cells:
        return whole
    kept, spans = fit(whole.text, cells), []
    for words, role in whole.spans:
        spans.append((kept[: len(words)], role))
        kept = kept[len(words) :]
    return Line(tuple((words, role) for words, role in spans if words), whole.ground)


class Painted(Widget):
    """A widget that paints the lines it was last told to `show`."""

    DEFAULT_CSS = "Painted { height: auto; }"

    def __init__(self, *shown: Line, **given: Any) -> None:
        super().__init__(markup=False, **given)
        self._shown: list[Line] = list(shown)
        self._own: Style | None = None  # what the sheets give this widget, while it is painted
        self.top = 0

    @property
    def shown(self) -> Sequence[Line]:
        """The lines as they are shown now, those scrolled away included."""
        return self._shown

    @property
    def text(self) -> str:
        """The words as they are shown now."""
        return "\n".join(one.text for one in self._shown)

    def show(self, lines: Iterable[Line]) -> None:
        """Shows these lines; only what changed is painted again."""
        before, self._shown = self._shown, list(lines)
        if len(before) != len(self._shown) or self.styles.is_auto_width:
            self.refresh(layout=True)
            self.call_after_refresh(self._fit_room)
            return
        seen = self.size.height  # 0 while it is hidden, and every change has to be kept in mind
        for y, (old, new) in enumerate(zip(before, self._shown, strict=True)):
            if old != new and (not seen or y - self.top in range(seen)):
                x, width = _changed(old, new, self.size.width)
                self.refresh(Region(x, y - self.top, width, 1))

    def _fit_room(self) -> None:
        """A layout that was under way when the lines came did not count them, and is kept: once
        more, if the room is not theirs.
        """
        if self.display and self.styles.is_auto_height and self.size.height != len(self._shown):
            self.refresh(layout=True)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Tells the widget after the focus has come or gone: `on_focus` would be too early."""
        super().watch_has_focus(has_focus)
        if self.is_mounted:
            self.focus_changed()

    def focus_changed(self) -> None:
        """For those that look different while they have the focus."""

    def get_content_width(
        self,
        container: Size,  # noqa: ARG002 - the signature is Textual's
        viewport: Size,  # noqa: ARG002
    ) -> int:
        """As many cells as the longest line takes."""
        return max((one.cells for one in self._shown), default=0)

    def get_content_height(
        self,
        container: Size,  # noqa: ARG002 - the signature is Textual's
        viewport: Size,  # noqa: ARG002
        width: int,  # noqa: ARG002
    ) -> int:
        """As many lines as are shown."""
        return len(self._shown)

    def painted(self, place: int) -> Line:
        """What is painted at a place, counted from the first line."""
        return self._shown[place] if 0 <= place < len(self._shown) else Line()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part. The widget's own style is asked for once and not for each word, and
        not at all where no line is new: it is put together from all that the widget lies in.
        """
        self._own = None
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One painted line."""
        shown = self.painted(y + self.top)
        ground = self._style(shown.ground, None)
        segments = [
            Segment(words, self._style(role, ground) if role else ground)
            for words, role in shown.spans
        ]
        return Strip(segments).adjust_cell_length(self.size.width, ground)

    def _style(self, role: str, under: Style | None) -> Style:
        """A role's style on the ground of its line."""
        if self._own is None:
            self._own = self.rich_style
        style = self._own + _own_style(self.app.current_theme, role)
        return style + Style(bgcolor=under.bgcolor) if under else style


_styles: dict[tuple[str, str], Style] = {}


def _own_style(theme: Theme, role: str) -> Style:
    """What a role adds in this theme. A table and not CSS, which would cost a tenth of a second."""
    if (theme.name, role) not in _styles:
        look, colours = LOOKS[role], {**theme.variables, **vars(theme)}
        _styles[theme.name, role] = Style(
            color=colours.get(look.colour),
            bgcolor=colours.get(look.ground),
            bold=look.bold or None,
            reverse=look.reverse or None,
            underline=look.underline or None,
            strike=look.strike or None,
        )
    return _styles[theme.name, role]
