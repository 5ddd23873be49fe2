"""The queue as `list` of a kind prints it: a line a matter, next due first."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.listing import Limit, Listing, listing
from wuye_tui.rules.duetime import seconds_left, short_countdown
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.lifecycle import Lifecycle
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.rules.text import masked_words
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.queue import QueueRow


class UnknownState(UsageError):
    """The kind has no such state."""

    def __init__(self, cycle: Lifecycle, typed: str) -> None:
        known = listed(f"{code} {_(word)}" for code, word in cycle.states)
        super().__init__(
            _("没有状态「{typed}」，可以是：{known}。").format(typed=typed, known=known)
        )


class UnknownDepartment(UsageError):
    """The office has no such department."""

    def __init__(self, typed: str) -> None:
        known = listed(f"{code} {_(word)}" for code, word in DEPARTMENTS)
        super().__init__(
            _("没有部门「{typed}」，可以是：{known}。").format(typed=typed, known=known)
        )


def lister(cycle: Lifecycle) -> Callable[..., None]:
    """The command that lists matters of the kind, by the filters that the console has."""

    @listing
    def run(
        ctx: typer.Context,
        state: Annotated[str, typer.Option("--state", help=_("状态，代码或文字"))] = "",
        unit: Annotated[str, typer.Option("--unit", help=_("房号或楼栋，例如 3-1-502、3-1"))] = "",
        department: Annotated[
            str, typer.Option("--department", help=_("部门，代码或文字"), metavar=_("<代码>"))
        ] = "",
        mine: Annotated[bool, typer.Option("--mine", help=_("只列我负责或我在办的"))] = False,
        holder: Annotated[str, typer.Option("--holder", help=_("首问责任人的工号"))] = "",
        worker: Annotated[str, typer.Option("--worker", help=_("经办人的工号"))] = "",
        held: Annotated[bool, typer.Option("--held", help=_("只列挂起的"))] = False,
        overdue: Annotated[bool, typer.Option("--overdue", help=_("只列超时的"))] = False,
        all_: Annotated[
            bool, typer.Option("--all/--open", help=_("包括已结束的，或只列未结的"))
        ] = False,
        limit: Limit = None,
    ) -> Listing:
        from wuye_tui.registers.parts import Part, label
        from wuye_tui.registers.queue import Wanted, queue

        context: Context = ctx.obj
        word, office = _state_of(cycle, state), _department_of(department)
        desk, most = context.desk() if mine else context.reading(), context.most(limit, 300)
        part = Part(
            desk.staff if mine else "",
            holder.upper(),
            worker.upper(),
            office,
            label(unit),
            word,
            held,
            overdue,
        )
        # One more than are shown tells whether there are more.
        wanted = Wanted(cycle.kind, part=part, open_only=not all_, limit=most + 1)
        rows = queue(desk, wanted)
        if len(rows) > most:
            told = _("只列了前 {n} 张，还有更多：加条件，或用 --limit 多列一些。")
            output.say(told.format(n=most))
        return of_queue(context, desk, _(cycle.word), rows[:most])

    return run


def _state_of(cycle: Lifecycle, typed: str) -> str:
    """The untranslated word of a state by its code or its word; "" for any. Raises UnknownState."""
    for code, word in cycle.states:
        if typed in (code, word, _(word)):
            return word
    if typed:
        raise UnknownState(cycle, typed)
    return ""


def _department_of(typed: str) -> str:
    """The code of a department by its code or its word; "" for any. Raises UnknownDepartment."""
    for code, word in DEPARTMENTS:
        if typed in (code, word, _(word)):
            return code
    if typed:
        raise UnknownDepartment(typed)
    return ""


def of_queue(context: Context, desk: "Desk", title: str, rows: "list[QueueRow]") -> Listing:
    """The matters, whole as JSON and in a file, cut to the terminal for people."""
    now = desk.now()

    def said(r: "QueueRow") -> dict[str, str]:
        state = _(r.state_word)
        return {
            "left": short_countdown(seconds_left(r.due.due, now)) if r.due else "",
            "clock": _(r.due.word) if r.due else "",
            "number": r.number,
            "where": r.where,
            "name": r.name,
            "words": masked_words(r.words),
            "worker": r.worker,
            "state": _("{state}，挂起").format(state=state) if r.hold else state,
            "opened": context.when(r.opened, desk.zone),
        }

    return Listing(
        title,
        [
            output.Column(_("剩余"), "left", right=True),
            output.Column(_("时限"), "clock", cells=20),
            output.Column(_("单号"), "number"),
            output.Column(_("地点"), "where"),
            output.Column(_("姓名"), "name", cells=12),
            output.Column(_("内容"), "words", cells=40),
            output.Column(_("经办人"), "worker", cells=12),
            output.Column(_("状态"), "state", cells=20),
        ],
        lambda: map(said, rows),
        lambda: context.zoned([_as_dict(desk, row) for row in rows], desk.zone),
        [output.Column(_("登记时间"), "opened")],
    )


def _as_dict(desk: "Desk", row: "QueueRow") -> dict[str, Any]:
    due = row.due
    return {
        "number": row.number,
        "kind": row.kind,
        "state": row.state,
        "hold": row.hold,
        "priority": row.priority,
        "unit": row.where,
        "person": row.name,
        "summary": masked_words(row.words),
        "worker": row.worker,
        "opened_at": row.opened,
        "last": row.last,
        "next_due": {
            "name": due.name,
            "clause": due.clause,
            "due_at": due.due,
            "late": due.due < desk.now(),
            "provisional": due.provisional,
        }
        if due
        else None,
    }
