"""The last gate before the terminal: no text of a widget can act on it.

Widgets show what people wrote through `visible`. This gate is for the one that forgets: a title,
a placeholder, a cell of a table, a message of the library itself. It replaces what would act by
something harmless *of the same width*, because the layout was measured before it comes by here.
"""

from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from wuye_tui.rules.text import SUSPECT, bad_character

_render = Strip.render


def install() -> None:
    """Puts the gate into Textual's `Strip.render`, which every painted line goes through.

    Calling it again changes nothing.
    """
    Strip.render = _guarded_render  # type: ignore[method-assign]


@lru_cache(maxsize=8192)
def harmless(text: str) -> str:
    """The text without anything that acts or hides, in exactly as many cells as before."""
    if (text.isascii() and text.isprintable()) or not SUSPECT.search(text):
        return text
    safe = bad_character().sub(lambda found: "?" * cell_len(found.group()), text)
    return text if safe == text else set_cell_size(safe, cell_len(text))


def _guarded_render(self: Strip, console: Console) -> str:
    if self._render_cache is None:
        segments = [_harmless_segment(segment) for segment in self._segments]
        if any(new is not old for new, old in zip(segments, self._segments, strict=True)):
            # A new strip: the old one is shared with what has yet to cut and measure it.
            self._render_cache = _render(Strip(segments), console)
    return _render(self, console)


def _harmless_segment(segment: Segment) -> Segment:
    text, style, control = segment
    safe = harmless(text)
    if style is not None and style.link and harmless(style.link) != style.link:
        return Segment(safe, style.update_link(None), control)
    return segment if safe is text or safe == text else Segment(safe, style, control)
