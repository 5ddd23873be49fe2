"""What was said last: one line, or two where one has no room for it; what is left over is cut."""

from typing import Any

from screens.widgets.painted import Painted, cut, line, wrap

MOST, LOW = 2, 20  # lines; a screen of fewer than so many has one for the news


class News(Painted):
    """A sentence that stands until another is said."""

    DEFAULT_CSS = "News { height: auto; max-height: 2; }"

    def __init__(self, **given: Any) -> None:
        super().__init__(line(), **given)
        self.said = ("", "good")  # the sentence, and its role

    def tell(self, words: str, role: str) -> None:
        """Says it."""
        self.said = (words, role)
        self._paint()

    def on_resize(self) -> None:
        """Another width has room for more or less of it."""
        self._paint()

    def _paint(self) -> None:
        words, role = self.said
        screen = self.app.size
        parts = wrap(words, max(2, screen.width - 2))
        most = MOST if screen.height >= LOW else 1
        whole = len(parts) <= most
        shown = parts if whole else [*parts[: most - 1], "".join(parts[most - 1 :])]
        self.show(cut(line((f" {part}", role)), screen.width) for part in shown)
