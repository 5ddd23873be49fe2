"""The queue as `list` of a kind prints it: a line a matter, next due first."""

from typing import Any

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.desk import Desk
from wuye_tui.registers.queue import QueueRow
from wuye_tui.rules.duetime import seconds_left, short_countdown
from wuye_tui.words import _


def print_queue(context: Context, desk: Desk, rows: list[QueueRow]) -> None:
    """The matters, whole as JSON, cut to the terminal for people."""
    if context.json:
        output.emit(context.zoned([_as_dict(desk, row) for row in rows], desk.zone), True)
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
                "worker": r.worker,
                "state": _("{state}，挂起").format(state=_(r.state_word))
                if r.hold
                else _(r.state_word),
            }
            for r in rows
        ],
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
    )


def _as_dict(desk: Desk, row: QueueRow) -> dict[str, Any]:
    due = row.due
    return {
        "number": row.number,
        "kind": row.kind,
        "state": row.state,
        "hold": row.hold,
        "priority": row.priority,
        "unit": row.where,
        "person": row.name,
        "summary": row.words,
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
