"""What goes out where no colour is wanted (NO_COLOR): no colour code at all, not even greys.

What a ground of its own says is said by the terminal's own means instead: a faint one, a heading's,
is underlined, a strong one, a selection's or a caret's, is reversed. Bold, strokes and what is
reversed in any case stay; who sits there has chosen foreground and background themselves.
"""

from functools import lru_cache
from typing import Final

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_FAINT: Final = (
    20  # of 255, in the channel that differs most: less than that is no ground of its own
)
_STRONG: Final = 56
_PLAIN: Final = Style(dim=False, italic=False, blink=False)  # which terminals show by a colour
_UNDERLINED: Final = Style(underline=True)
_REVERSED: Final = Style(reverse=True)


class Colourless(LineFilter):
    """Takes every colour away."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same without colour, on a widget that has this ground."""
        ground = background.rgb
        return [
            Segment(words, _without(style, ground) if style else None, control)
            for words, style, control in segments
        ]


@lru_cache(maxsize=512)
def _without(style: Style, ground: tuple[int, int, int]) -> Style:
    bare = style.without_color + Style.from_meta(style.meta) + _PLAIN
    differs = _difference(style.bgcolor, ground)
    if differs >= _STRONG:
        return bare + _REVERSED
    return bare + _UNDERLINED if differs >= _FAINT else bare


def _difference(colour: RichColor | None, ground: tuple[int, int, int]) -> int:
    if colour is None or colour.is_default:
        return 0
    return max(abs(a - b) for a, b in zip(colour.get_truecolor(), ground, strict=True))
