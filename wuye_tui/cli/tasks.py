"""`wuye tasks`: made from the table of its kind, and what is to be looked at again (ZB-4.10)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.days import Day, duty_day_of
from wuye_tui.cli.listing import Listing, listing
from wuye_tui.cli.matters import matter_app
from wuye_tui.cli.wording import word_of
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.rules.text import masked_words
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.log_lines import TaskLine

app = matter_app("task")


@app.command("due", help=_("今天要复查的：部门昨天和以前整改完的（ZB-4.10）"))
@listing
def due(ctx: typer.Context, day: Day = "") -> Listing:
    from wuye_tui.registers.dutylog import to_recheck

    context: Context = ctx.obj
    desk = context.reading()
    found = to_recheck(desk, duty_day_of(desk, day))
    return Listing(
        _("待复查"),
        columns(),
        lambda: told(context, desk, found),
        lambda: context.zoned([one.as_dict() for one in found], desk.zone),
    )


def columns() -> list[output.Column]:
    """The columns of a list of tasks."""
    return [
        output.Column(_("单号"), "number"),
        output.Column(_("责任部门"), "department"),
        output.Column(_("地点"), "where", cells=14),
        output.Column(_("内容"), "text", cells=30),
        output.Column(_("要求完成"), "until"),
        output.Column(_("状态"), "state"),
        output.Column(_("整改情况"), "result", cells=30),
    ]


def told(context: Context, desk: "Desk", rows: "tuple[TaskLine, ...]") -> Iterator[dict[str, Any]]:
    """Tasks in words."""
    for one in rows:
        facts = one.situation.facts
        state = _(one.state_word)
        again = _("{state}，返工 {n} 次").format(state=state, n=one.times)
        yield {
            "number": one.number,
            "department": word_of(dict(DEPARTMENTS), str(facts.get("department", ""))),
            "where": facts.get("place", ""),
            "text": masked_words(str(facts.get("text", ""))),
            "until": context.when(one.until, desk.zone) if one.until else "",
            "state": again if one.times else state,
            "result": masked_words(str(facts.get("result", ""))),
        }
