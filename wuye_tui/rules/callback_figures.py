"""What the monthly summary of callbacks counts (BX-18, FW-3.1, NB-2): one definition a figure.

The register, the commands, the screen, the sheets and the page in `docs/` all count by this table,
and the list behind a figure is made of what its `which` takes in.

A callback belongs to the month in which it was due, in the office's own zone; a repair, to the one
in which it was finished. What was called off is in no figure.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from wuye_tui.rules.duetime import late
from wuye_tui.words import N_

VOID: Final = "void"  # the outcome of what was called off
OPEN: Final = ""  # the outcome of what has not ended
MADE: Final = frozenset({"reached"})
JOBS, COMPLAINTS, VISITS, REPAIRS = "jobs", "complaints", "visits", "repairs"
"""What is counted: callbacks after a job, those after a complaint was answered, regular visits, or
the finished repairs themselves.
"""


class Counted(NamedTuple):
    """What the summary knows of one callback, or of many that are alike."""

    sort: str  # JOBS, COMPLAINTS or VISITS
    outcome: str  # OPEN while it has not ended
    late: bool  # ended after it was due
    satisfaction: str
    opinion: bool


@dataclass(frozen=True)
class Which:
    """Which callbacks a figure takes in; what is empty does not matter."""

    outcomes: frozenset[str] = frozenset()
    late: bool | None = None
    says: str = ""
    opinion: bool = False

    def has(self, one: Counted) -> bool:
        """Whether the figure takes it in."""
        return (
            one.outcome != VOID
            and (not self.outcomes or one.outcome in self.outcomes)
            and (self.late is None or one.late == self.late)
            and (not self.says or one.satisfaction == self.says)
            and (not self.opinion or one.opinion)
        )


@dataclass(frozen=True)
class Figure:
    """One figure. `of` makes it a share: of how much, by the code of another figure."""

    code: str
    word: str
    about: str  # the definition, one sentence that stands under the figure
    which: Which = Which()
    what: str = JOBS
    of: str = ""


def _reached(code: str, word: str, about: str, says: str, what: str = JOBS) -> Figure:
    return Figure(code, word, about, Which(MADE, says=says), what)


FIGURES: Final = (
    Figure("completed", N_("修完"), N_("本月修完的维修单；返修的算最后一次修完的那个月。"),
           what=REPAIRS),
    Figure("due", N_("应回访"), N_("维修后的回访里，到期在本月的，还没到期的也算；作废的不算。")),
    Figure("in_time", N_("按时回访"), N_("应回访里，到期以前打通、问到了的。"),
           Which(MADE, late=False)),
    Figure("late", N_("超时回访"), N_("应回访里，过了到期时间才打通、问到的。"),
           Which(MADE, late=True)),
    Figure("reached", N_("问到"), N_("维修后的回访里，打通、问到了满不满意的，按时和超时都算。"),
           Which(MADE)),
    Figure("refused", N_("不愿回访"), N_("应回访里，打通了，但住户不愿意说的。"),
           Which(frozenset({"refused"}))),
    Figure("not_reached", N_("联系不上"), N_("应回访里，三个班次都试过、没有联系上的。"),
           Which(frozenset({"not_reached"}))),
    Figure("open", N_("还没回访"), N_("应回访里，到现在还没有结果的。"), Which(frozenset({OPEN}))),
    Figure("rate", N_("回访率"), N_("按时和超时回访的，占应回访的百分之几。"), Which(MADE),
           of="due"),
    Figure("timely", N_("按时率"), N_("按时回访的，占应回访的百分之几。"),
           Which(MADE, late=False), of="due"),
    _reached("satisfied", N_("满意"), N_("问到的维修回访里，说满意的。"), "satisfied"),
    _reached("fair", N_("基本满意"), N_("问到的维修回访里，说基本满意的。"), "fair"),
    _reached("dissatisfied", N_("不满意"),
             N_("问到的维修回访里，说不满意的；每一个都另开了派工单。"), "dissatisfied"),
    Figure("satisfaction", N_("满意率"), N_("说满意的，占问到的维修回访的百分之几。"),
           Which(MADE, says="satisfied"), of="reached"),
    Figure("opinions", N_("有意见"), N_("问到的维修回访里，说了意见和看法的；下面是原话。"),
           Which(MADE, opinion=True)),
    Figure("complaints", N_("投诉回访"),
           N_("投诉答复后的回访里，到期在本月的；不算在维修回访里，作废的不算。"), what=COMPLAINTS),
    Figure("complaints_reached", N_("投诉问到"), N_("投诉回访里，打通、问到了的。"), Which(MADE),
           COMPLAINTS),
    _reached("complaints_dissatisfied", N_("投诉不满意"),
             N_("投诉回访里，说不满意的；每一个都另开了派工单。"), "dissatisfied", COMPLAINTS),
    Figure("complaints_opinions", N_("投诉有意见"),
           N_("投诉回访里，说了意见和看法的；下面是原话。"), Which(MADE, opinion=True), COMPLAINTS),
    Figure("visits", N_("定期回访"), N_("定期回访里，最晚时间在本月的；不算在维修回访里。"),
           what=VISITS),
    Figure("visited", N_("定期访到"), N_("定期回访里，打通或上门、问到了的。"), Which(MADE),
           VISITS),
    _reached("visits_dissatisfied", N_("定期不满意"), N_("定期回访里，说不满意的。"),
             "dissatisfied", VISITS),
    Figure("visits_opinions", N_("定期有意见"), N_("定期回访里，说了意见和看法的；下面是原话。"),
           Which(MADE, opinion=True), VISITS),
)  # fmt: skip
BY_CODE: Final = {figure.code: figure for figure in FIGURES}

WORKER, DEPARTMENT, TRADE = "worker", "department", "trade"
GROUPS: Final = ((DEPARTMENT, N_("按部门")), (TRADE, N_("按类别")), (WORKER, N_("按维修工")))
"""By what satisfaction is told apart; the trade is that of the tariff's item on the slip."""
ABOUT_GROUPS: Final = N_("问到的维修回访里，满意、基本满意、不满意各多少；满意率是满意占问到的。")


def is_late(due: datetime | None, ended: datetime | None) -> bool:
    """Whether a callback ended after it was due; one that has not ended is not late yet here."""
    return ended is not None and late(due, ended, ended)


def has(figure: Figure, one: Counted) -> bool:
    """Whether a figure about callbacks takes one in."""
    return one.sort == figure.what and figure.which.has(one)


def tenths(part: int, whole: int) -> int | None:
    """A share in tenths of a percent, half up; None of nothing."""
    return (2000 * part + whole) // (2 * whole) if whole else None
