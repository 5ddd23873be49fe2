"""Words of what departments have to put right: to look at again, given today, left from before."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from screens.log_telling import Telling, below, heading, nothing
from screens.widgets.entries import Entry
from screens.widgets.painted import Line, Span, fit
from screens.wording import is_late
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.registers.log_board import Older
    from wuye_tui.registers.log_lines import TaskLine

RECHECK, TASK, SETTLED, OLDER = "recheck", "task", "settled", "older"  # before an entry's number
NUMBER, STATE, DEPARTMENT = 9, 8, 12  # cells


def department(code: str) -> str:
    """A department's name."""
    return _(dict(DEPARTMENTS).get(code, code))


def recheck_entries(t: Telling) -> Iterator[Entry]:
    """What departments say is done since yesterday: to be looked at again (ZB-4.10)."""
    log = t.board.log
    if not log.to_recheck and not log.rechecked:
        return
    told = _("  空格或回车：看过一条记一条") if log.to_recheck else ""
    yield heading(_("整改要复查：昨天和以前的（ZB-4.10）"), (told, ""))
    for one in log.to_recheck:
        result = str(one.situation.facts.get("result", ""))
        said = _("部门说：{result}").format(result=result) if result else ""
        spans: list[Span] = [(fit(_("待复查"), STATE), "soon"), *_what(one, t), (f"  {said}", "")]
        key = f"{RECHECK}:{one.number}"
        yield Entry(tuple(spans), key, one.number, below=_below(one, result))
    for one in log.rechecked:
        good = one.situation.state == "closed"
        stand = _("合格") if good else _("不合格")
        found = str(one.situation.facts.get("finding", ""))
        spans = [
            (fit(stand, STATE), "good" if good else "late"),
            *_what(one, t),
            (f"  {found}", ""),
        ]
        yield Entry(tuple(spans), f"{TASK}:re:{one.number}", one.number)


def _what(one: "TaskLine", t: Telling) -> list[Span]:
    facts = one.situation.facts
    where = f"{facts['place']} " if facts.get("place") else ""
    return [
        (f"{fit(t.short(one.number), NUMBER)} ", ""),
        (f"{fit(department(str(facts.get('department', ''))), DEPARTMENT)} ", ""),
        (f"{where}{facts.get('text', '')}", ""),
    ]


def task_entries(t: Telling) -> Iterator[Entry]:
    """What was found today, with the tasks that came of it and how they stand (ZB-4.7)."""
    tasks, settled = t.board.log.tasks, t.board.settled
    many = _("  任务单 {n} 张，当场解决 {m} 件").format(n=len(tasks), m=len(settled))
    yield heading(_("发现的问题（ZB-4.7）"), (many if tasks or settled else "", ""))
    for one in tasks:
        yield _task(one, t)
    for found in settled:
        spans: list[Span] = [
            (fit(_("当场解决"), STATE + 1), "good"),
            (f"{t.at(found.at)} {found.where} {found.text}", ""),
            (f"  {found.by}", "dim"),
        ]
        yield Entry(tuple(spans), f"{SETTLED}:{found.number}:{found.at}", found.number)
    if not tasks and not settled:
        yield nothing(_("还没有发现问题。"))


def _task(one: "TaskLine", t: Telling) -> Entry:
    stand = _("超时") if one.late else _(one.state_word)
    until = _("{time}前").format(time=t.at(one.until)) if one.until else ""
    again = _("返工{n}次").format(n=one.times) if one.times else ""
    closed = one.situation.state == "closed"
    role = "late" if one.late else "good" if closed else "soon"
    spans: list[Span] = [
        (fit(stand, STATE), role),
        *_what(one, t),
        (f"  {until}" if until and not closed else "", "late" if one.late else "dim"),
        (f"  {again}" if again else "", "late"),
    ]
    more = _below(one, str(one.situation.facts.get("result", "")))
    return Entry(tuple(spans), f"{TASK}:{one.number}", one.number, below=more)


def _below(one: "TaskLine", result: str) -> tuple[Line, ...]:
    said = _("部门说：{result}").format(result=result) if result else ""
    return below(str(one.situation.facts.get("text", "")), said)


def older_entries(t: Telling) -> Iterator[Entry]:
    """What earlier days have left open: it stays with whoever took it (ZB-3.5)."""
    if not t.board.older:
        return
    told = _("  {n} 件").format(n=len(t.board.older))
    yield heading(_("以前没办完的（ZB-3.5）"), (told, ""))
    for one in t.board.older:
        yield _older(one, t)


def _older(one: "Older", t: Telling) -> Entry:
    late = bool(one.due and is_late(one.due, t.now))
    stand = _("超时") if late else _(one.state_word)
    where = f"{one.where} " if one.where else ""
    who = one.holder or department(str(one.facts.get("department", "")))
    spans: list[Span] = [
        (fit(stand, STATE), "late" if late else "soon"),
        (f"{fit(t.short(one.number), NUMBER)} {fit(who, DEPARTMENT)} ", ""),
        (f"{where}{one.facts.get('text', '')}", ""),
    ]
    return Entry(tuple(spans), f"{OLDER}:{one.number}", one.number)
