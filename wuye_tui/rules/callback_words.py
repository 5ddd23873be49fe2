"""The words of the summary of callbacks that screens, commands and sheets have in common."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from wuye_tui.rules import callback_figures as figures
from wuye_tui.rules.callbacks import OUTCOMES, SATISFACTION
from wuye_tui.rules.months import Month
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.words import N_, _

_OUTCOMES: Final = {**dict(OUTCOMES), figures.OPEN: N_("还没有结果"), "done": N_("修完")}
_SATISFACTION: Final = dict(SATISFACTION)
_DEPARTMENTS: Final = dict(DEPARTMENTS)
_NOBODY_KNOWS: Final = {
    figures.DEPARTMENT: N_("没有写部门"),
    figures.TRADE: N_("没有收费项目"),
    figures.WORKER: N_("没有写谁修的"),
}


def share(tenths: int | None) -> str:
    """Tenths of a percent, 91.5%. A share of nothing is a word: spreadsheets reckon with a dash."""
    return _("无") if tenths is None else f"{tenths // 10}.{tenths % 10}%"


def amount(count: int, of: int, tenths: int | None, is_share: bool) -> str:
    """A figure: how many, or a share with the part and the whole behind it."""
    return f"{share(tenths)} ({count}/{of})" if is_share else str(count)


def nothing(month: Month) -> str:
    """What every form of the summary says of a month without data."""
    return _("{month} 没有回访，也没有修完的维修单：所有的数都是零。").format(month=month)


def outcome(code: str, late: bool) -> str:
    """How a callback ended, and that it was late."""
    word = _(_OUTCOMES.get(code, code))
    return _("{outcome}，超时").format(outcome=word) if late else word


def satisfaction(code: str) -> str:
    """What was answered; empty for nothing."""
    return _(_SATISFACTION[code]) if code in _SATISFACTION else code


def group(by: str, name: str, trades: Mapping[Any, str]) -> str:
    """The department, trade or worker of a group; said too where nobody knows it. `trades` are the
    words of the tariff's own codes.
    """
    if not name:
        return _(_NOBODY_KNOWS[by])
    words = {figures.DEPARTMENT: _DEPARTMENTS, figures.TRADE: trades}.get(by, {})
    return _(words[name]) if name in words else name


def opinion(said: str, given: bool, erased: bool) -> str:
    """An opinion in full; or that there was one, and why it is not shown."""
    if said or not given:
        return said
    return _("（已按要求删除）") if erased else _("（有意见，只给做回访的人看）")


def tried(times: Sequence[datetime], now: datetime) -> str:
    """How often somebody was tried, in words; empty for never. `now` gives the zone."""
    if not times:
        return ""
    last = times[-1].astimezone(now.tzinfo)
    form = "%H:%M" if last.date() == now.date() else "%m-%d %H:%M"
    return _("试过 {n} 次，{at}").format(n=len(times), at=last.strftime(form))
