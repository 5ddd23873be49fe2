"""The columns of the queue: which fit into a width, and what stands in them."""

from typing import TYPE_CHECKING
from unicodedata import normalize

from rich.cells import cell_len

from screens.wording import hold_word
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from wuye_tui.registers.queue import QueueRow

# Name, heading, cells; 0 cells is the rest. What has no room goes from the end of _DROPPED.
_COLUMNS = (
    ("tick", "", 1),
    ("left", N_("剩余"), 8),
    ("level", N_("级"), 2),
    ("number", N_("单号"), 8),
    ("where", N_("房号/部位"), 12),
    ("name", N_("姓名"), 8),
    ("words", N_("内容"), 0),
    ("worker", N_("谁"), 8),
    ("state", N_("状态"), 8),
)
_DROPPED = ("number", "name", "worker")
_LEAST_WORDS = 12
LEAST_STATE, MOST_STATE = 8, 12


def columns(width: int, state: int, ticks: bool) -> list[tuple[str, str, int]]:
    """The columns that fit, the words as wide as what is left."""
    shown = _COLUMNS if ticks else _COLUMNS[1:]
    kept = [(name, word, state if name == "state" else cells) for name, word, cells in shown]
    dropped = list(_DROPPED)
    while True:
        rest = width - 1 - sum(cells for _n, _w, cells in kept) - (len(kept) - 1)
        if rest >= _LEAST_WORDS or not dropped:
            break
        last = dropped.pop()
        kept = [column for column in kept if column[0] != last]
    return [(name, word, cells or max(2, rest)) for name, word, cells in kept]


def longest_state() -> int:
    """The cells of the longest word of a state that is listed, in the language in force, or of what
    stands in its place.
    """
    from wuye_tui.rules.procedures import PROCEDURES

    listed = (cycle for cycle in PROCEDURES.values() if cycle.queued)
    words = (_(word) for cycle in listed for _code, word in (*cycle.states, *cycle.outcomes))
    return min(MOST_STATE, max(LEAST_STATE, *map(cell_len, words)))


def state(row: "QueueRow", cells: int) -> str:
    """The state as a word; of what is held, why, with the mark of holding where it fits."""
    if row.hold:
        why = hold_word(row.hold)
        told = _("挂{why}").format(why=why)
        return told if cell_len(told) <= cells else why
    return _(row.outcome_word or row.state_word)


def searched(row: "QueueRow") -> str:
    """All words of a row that it is found by, as `plain` has them."""
    parts = (row.number, row.where, row.name, row.words, row.worker, _(row.state_word))
    return plain(" ".join(parts))


def plain(words: str) -> str:
    """Words without regard to width and capitals."""
    return normalize("NFKC", words).casefold()
