"""A line while it is read: what is understood is hidden, and what is left are its words."""

from typing import Final

from wuye_tui.rules.units_text import Piece, What, compiled, fold, mask

_SEPARATORS: Final = " \t\r\n\u3000,，。.;；、!！:：|｡．｡/~—-"
_EMPTY: Final = r"[(（[【]\s*[)）\]】]"


class Draft:
    """The line while it is read: `rest` is the folded line with what is understood hidden."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.rest = fold(line)
        self.pieces: list[Piece] = []
        self._cut: list[tuple[int, int]] = []

    def cut(self, start: int, end: int, what: What) -> None:
        """Understood, and out of the words."""
        self.note(start, end, what)
        self.hide(start, end)
        self._cut.append((start, end))

    def note(self, start: int, end: int, what: What) -> None:
        """Understood, and in the words all the same."""
        self.pieces.append(Piece(start, end, what))

    def hide(self, start: int, end: int) -> None:
        """Keeps these characters from being taken for something else."""
        self.rest = mask(self.rest, start, end)

    def drop(self, piece: Piece) -> None:
        """Out of the words after all."""
        self._cut.append((piece.start, piece.end))

    @property
    def words(self) -> str:
        """What is left, with a blank where something was cut out."""
        parts, since = [], 0
        for start, end in [*sorted(self._cut), (len(self.line), len(self.line))]:
            parts.append(self.line[since:start].strip(_SEPARATORS))
            since = max(since, end)
        return " ".join(compiled(_EMPTY).sub(" ", " ".join(parts)).split())
