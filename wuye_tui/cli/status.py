"""`wuye status`: the desk now."""

from typing import Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.nouns import about
from wuye_tui.desk import Desk
from wuye_tui.rules.duetime import countdown, seconds_left
from wuye_tui.rules.money import yuan
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.refusals import shown
from wuye_tui.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=about("status"))
def main(ctx: typer.Context) -> None:
    context: Context = ctx.obj
    print_status(context, context.desk(acting=False))


def print_status(context: Context, desk: Desk) -> None:
    """Prints the state of the desk, for people or as JSON."""
    from wuye_tui.registers.overview import status

    found = status(desk)
    if context.json:
        output.emit(context.zoned(found, desk.zone), True)
        return
    output.emit(_in_words(desk, found), False)


def _in_words(desk: Desk, found: dict[str, Any]) -> dict[str, Any]:
    kinds = {_(PROCEDURES[kind].word): number for kind, number in found["open"].items()}
    due = found["next_due"]
    left = f"{due['matter']} {countdown(seconds_left(due['due_at'], desk.now()))}" if due else ""
    on_duty = [
        _("{name}，到 {until}").format(
            name=duty["staff_name"], until=shown(duty["planned_end_at"], desk.zone)
        )
        for duty in found["duties"]
    ]
    training = _("（演练）") if found["training"] else ""
    return {
        _("中心"): f"{found['office']}{training}",
        _("现在"): desk.now().astimezone(desk.zone).strftime("%Y-%m-%d %H:%M"),
        _("值班"): "、".join(on_duty) or _("无人值班"),
        _("未结"): "、".join(f"{word} {number}" for word, number in kinds.items()) or "0",
        _("超时"): found["overdue"],
        _("下一个到期"): left,
        _("今日来电"): found["calls_today"],
        _("今日维修收费"): yuan(found["charged_today_fen"]),
    }
