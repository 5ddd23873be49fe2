"""The papers of an office: A4, and the continuous three-part paper of needle printers, 241 mm."""

from dataclasses import dataclass
from typing import Final

from wuye_tui.rules.errors import UsageError
from wuye_tui.words import N_, _, listed


@dataclass(frozen=True)
class Paper:
    """A size in millimetres: its cells across, its margins, and from one line to the next. `lines`
    are what a needle printer has on a page, six an inch; 0 for paper that none prints on.
    """

    name: str
    word: str
    width: float
    height: float
    across: int
    side: float  # margin at the left and at the right
    top: float  # above and below
    pitch: float
    lines: int = 0

    @property
    def cell(self) -> float:
        """The width of a cell in millimetres: half a Chinese character."""
        return (self.width - 2 * self.side) / self.across


_SIXTH: Final = 25.4 / 6  # of an inch
PAPERS: Final = (
    Paper("a4", N_("A4 纸"), 210, 297, 104, 12, 12, 5.0),
    Paper("241", N_("241 连续纸，三等分"), 241, 93.1, 112, 18, 5, _SIXTH, 22),
    Paper("241-140", N_("241 连续纸，二等分"), 241, 139.7, 112, 18, 6, _SIXTH, 33),
    Paper("241-280", N_("241 连续纸，整张"), 241, 279.4, 112, 18, 8, _SIXTH, 66),
)
BY_NAME: Final = {paper.name: paper for paper in PAPERS}


class UnknownPaper(UsageError):
    """No paper is called so."""

    def __init__(self, typed: str) -> None:
        known = listed(f"{paper.name} {_(paper.word)}" for paper in PAPERS)
        told = _("没有「{typed}」这种纸，可用的有：{known}。")
        super().__init__(told.format(typed=typed, known=known))


def needled(usual: Paper) -> Paper:
    """What a needle printer is taken to hold, where nothing was said about it."""
    return usual if usual.lines else next(one for one in PAPERS if one.lines)


def paper(name: str) -> Paper:
    """The paper of a name. Raises UnknownPaper."""
    found = BY_NAME.get(name.strip().lower())
    if found is None:
        raise UnknownPaper(name)
    return found
