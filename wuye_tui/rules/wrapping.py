"""Text broken into lines of so many cells, for whatever is printed: terminals and paper alike."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from wuye_tui.rules.widths import cut, width

_TOKEN: Final = re.compile(r"[!-~]+|\s+|[^\s!-~][\u0300-\u036f\u200d\ufe00-\ufe0f]*")
_NEVER_FIRST: Final = frozenset("、，。；：！？）」』】》,.;:!?)")
Measure = Callable[[str], int]


def wrap(text: str, cells: int, measure: Measure = width) -> list[str]:
    """The text in lines of at most so many cells; words stay whole where they fit.

    No line begins with what closes a clause: the character before it goes along. `measure` says
    how many cells a text takes, where that is not a terminal's way.
    """
    return [line for part in text.split("\n") for line in _wrapped(part, cells, measure)]


def _wrapped(paragraph: str, cells: int, measure: Measure) -> Iterator[str]:
    if measure(paragraph) <= cells:  # nearly all
        yield paragraph.rstrip()
        return
    line: list[str] = []
    used = 0
    for token in _tokens(paragraph, cells, measure):
        if used + measure(token.rstrip()) <= cells:
            line.append(token)
            used += measure(token)
            continue
        along = [line.pop()] if token[0] in _NEVER_FIRST and len(line) > 1 else []
        yield "".join(line).rstrip()
        line = [*along, token.lstrip()]
        used = sum(map(measure, line))
        if used > cells:
            yield line.pop(0)
            used = sum(map(measure, line))
    yield "".join(line).rstrip()


def _tokens(text: str, cells: int, measure: Measure) -> Iterator[str]:
    """What may not be parted: runs of Latin letters and figures, single characters of the rest."""
    for found in _TOKEN.finditer(text):
        token = found.group()
        while measure(token) > cells > 0 and len(token) > 1:
            head = cut(token, cells + 2).removesuffix("..") if token.isspace() else token[:cells]
            yield head
            token = token[len(head) :]
        if token:
            yield token
