"""What is counted by month, and in which words: complaints (NB-2), departmental orders (XX-4.3.7).

The command line and the screen print their tables from these.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wuye_tui.rules.complaints import CAUSES, COMPLAINT
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.orders import DEPARTMENTS, ORDER
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.words import N_, _, listed


@dataclass(frozen=True)
class Figure:
    """One figure, its heading, and how many cells of the screen it takes; 0 for none at all."""

    name: str
    word: str
    cells: int = 0


@dataclass(frozen=True)
class Counted:
    """Matters of a kind in figures: `by` what they are counted, the usual one first, each with its
    heading; `unknown` stands for what has no code.
    """

    kind: str
    title: str
    by: Mapping[str, str]
    figures: tuple[Figure, ...]
    words: Mapping[str, Mapping[str, str]]
    unknown: str

    def named(self, by: str, code: str) -> str:
        """A code in words, in the language in force; a month as it is."""
        word = self.words.get(by, {}).get(code, "")
        return _(word) if word else code or _(self.unknown)

    def grouping(self, typed: str) -> str:
        """The code of what is typed, a code or a word. Raises UnknownGrouping."""
        known = (code for code, word in self.by.items() if typed in (code, word, _(word)))
        found = next(known, "")
        if not found:
            raise UnknownGrouping(typed, self)
        return found


class UnknownGrouping(UsageError):
    """The statistics are not made by this."""

    def __init__(self, typed: str, counted: Counted) -> None:
        known = listed(f"{code} {_(word)}" for code, word in counted.by.items())
        super().__init__(
            _("不能按「{typed}」统计，可以是：{known}。").format(typed=typed, known=known)
        )


COMPLAINTS: Final = Counted(
    COMPLAINT.kind,
    N_("投诉统计 {month}"),
    {"cause": N_("投诉原因"), "department": N_("责任部门"), "month": N_("月份")},
    (
        Figure("taken", N_("受理"), 6),
        Figure("serious", N_("严重")),
        Figure("major", N_("重大")),
        Figure("about_staff", N_("投诉员工")),
        Figure("answered", N_("已答复"), 9),
        Figure("in_time", N_("按时答复"), 9),
        Figure("closed", N_("已消档"), 8),
        Figure("called_back", N_("已回访"), 8),
        Figure("dissatisfied", N_("不满意"), 8),
        Figure("hands", N_("转手")),
    ),
    {"cause": dict(CAUSES), "department": dict(DEPARTMENTS)},
    N_("还没定"),
)
ORDERS: Final = Counted(
    ORDER.kind,
    N_("部门派工单统计 {month}"),
    {"department": N_("责任部门"), "cause": N_("来源"), "month": N_("月份")},
    (
        Figure("taken", N_("受理"), 6),
        Figure("done", N_("已办"), 6),
        Figure("unsolved", N_("办不了"), 10),
        Figure("closed", N_("已消档"), 8),
        Figure("late", N_("超时"), 8),
    ),
    {
        "department": dict(DEPARTMENTS),
        "cause": {kind: cycle.word for kind, cycle in PROCEDURES.items()},
    },
    N_("直接开的"),
)
