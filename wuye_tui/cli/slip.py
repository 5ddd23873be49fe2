"""A slip, and the queue, in plain text for a terminal or a pipe."""

from zoneinfo import ZoneInfo

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.desk import Desk
from wuye_tui.registers.queue import QueueRow
from wuye_tui.registers.views import MatterView
from wuye_tui.rules.duetime import countdown, seconds_left, short_countdown
from wuye_tui.rules.refusals import shown
from wuye_tui.rules.text import masked_phone
from wuye_tui.words import _


def print_queue(context: Context, desk: Desk, rows: list[QueueRow]) -> None:
    """Open matters, next due first; whole as JSON, cut for people."""
    if context.json:
        document = [
            {
                "number": r.number,
                "kind": r.kind,
                "state": r.state,
                "hold": r.hold,
                "priority": r.priority,
                "unit": r.where,
                "person": r.name,
                "summary": r.words,
                "holder": r.holder,
                "opened_at": r.opened,
                "last": r.last,
                "next_due": {
                    "name": r.due.name,
                    "clause": r.due.clause,
                    "due_at": r.due.due,
                    "late": r.due.due < desk.now(),
                    "provisional": r.due.provisional,
                }
                if r.due
                else None,
            }
            for r in rows
        ]
        output.emit(context.zoned(document, desk.zone), True)
        return
    now = desk.now()
    output.table(
        [
            {
                "left": short_countdown(seconds_left(r.due.due, now)) if r.due else "",
                "clock": _(r.due.word) if r.due else "",
                "number": r.number,
                "where": r.where,
                "name": r.name,
                "words": r.words,
                "holder": r.holder,
                "state": _(r.state_word),
            }
            for r in rows
        ],
        [
            output.Column(_("剩余"), "left", right=True),
            output.Column(_("时限"), "clock"),
            output.Column(_("单号"), "number"),
            output.Column(_("地点"), "where"),
            output.Column(_("姓名"), "name"),
            output.Column(_("内容"), "words", cells=32),
            output.Column(_("维修工"), "holder"),
            output.Column(_("状态"), "state"),
        ],
    )


def print_slip(view: MatterView, zone: ZoneInfo, full: bool = False) -> None:
    """One matter: what it is, its clocks, its history, and the steps open now."""
    facts, now = view.situation.facts, view.now
    phone = str(facts.get("phone", ""))
    output.emit(
        {
            _("单号"): f"{view.number} {_(view.cycle.word)}",
            _("状态"): _(view.cycle.state_word(view.situation.state)),
            _("地点"): facts.get("unit") or facts.get("place") or "",
            _("报修人"): facts.get("caller", ""),
            _("电话"): phone if full else masked_phone(phone),
            _("内容"): facts.get("text", ""),
        },
        False,
    )
    output.table(
        [
            {
                "clock": _(view.word_of(run)),
                "clause": run.clause,
                "due": shown(run.due, zone) if run.due else _("暂停"),
                "left": countdown(seconds_left(run.due, now)) if run.due else "",
            }
            for run in view.running
        ],
        [
            output.Column(_("时限"), "clock"),
            output.Column(_("条款"), "clause"),
            output.Column(_("到期"), "due"),
            output.Column(_("剩余"), "left"),
        ],
    )
    output.table(
        [
            {
                "n": line.step.n,
                "at": shown(line.step.happened, zone),
                "step": _(line.word),
                "by": line.by,
                "clause": line.step.clause,
                "note": _("已撤销") if line.undone else "",
            }
            for line in view.history
        ],
        [
            output.Column("#", "n", right=True),
            output.Column(_("时间"), "at"),
            output.Column(_("步骤"), "step"),
            output.Column(_("记录人"), "by"),
            output.Column(_("条款"), "clause"),
            output.Column(_("备注"), "note"),
        ],
    )
    if view.following:
        steps = "、".join(f"{_(row.word)}({row.verb.replace('_', '-')})" for row in view.following)
        output.say(_("现在可以：{steps}").format(steps=steps))
