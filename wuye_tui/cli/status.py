"""`wuye status`: the desk now."""

from typing import Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.nouns import about
from wuye_tui.cli.wording import POSTS, word_of
from wuye_tui.desk import Desk
from wuye_tui.registers.queue import clock_word
from wuye_tui.rules.duetime import countdown, seconds_left
from wuye_tui.rules.locale import amount, whole_moment
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.refusals import shown
from wuye_tui.words import _, clauses, listed

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=about("status"))
def main(ctx: typer.Context) -> None:
    context: Context = ctx.obj
    print_status(context, context.desk(acting=False))


def print_status(context: Context, desk: Desk) -> None:
    """Prints the state of the desk, for people or as JSON."""
    from wuye_tui.registers.backup_watch import watch
    from wuye_tui.registers.clock_behind import warning
    from wuye_tui.registers.overview import status

    found, backup = status(desk), watch(desk)
    if behind := warning(desk):
        output.say(behind)
    if context.json:
        document = {**found, "backup": backup.document}
        output.emit(context.zoned(document, desk.zone), True)
        return
    words = _in_words(desk, found)
    if backup.warning:
        words[_("备份")] = backup.warning
    output.emit(words, False)


def _in_words(desk: Desk, found: dict[str, Any]) -> dict[str, Any]:
    kinds = {_(PROCEDURES[kind].word): number for kind, number in found["open"].items()}
    training = _("（演练）") if found["training"] else ""
    words = {
        _("中心"): f"{found['office']}{training}",
        _("现在"): whole_moment(desk.now(), desk.zone),
        _("值班"): clauses(_on_duty(desk, duty) for duty in found["duties"])
        or _("无人值班，接班请运行 wuye duties start"),
        _("未结"): listed(f"{word} {number}" for word, number in kinds.items()) or "0",
        _("其中超时"): found["overdue"],
        _("最先到期"): _next_due(desk, found["next_due"]),
        _("今日来电"): found["calls_today"],
        _("今日维修费"): amount(found["charged_today_fen"]),
        _("今日收款"): amount(found["taken_today_fen"]),
    }
    if found["calendar_missing"]:
        words[_("工作日历")] = _("还没有 {year} 年的，那一年的时限暂按平日推算").format(
            year=found["calendar_missing"]
        )
    if found["pin_suffices_everywhere"]:
        words[_("工作站")] = _(
            "还没有登记，在任何连得上的电脑上密码就够：请在前台的电脑上运行 wuye workstations enrol"
        )
    return words


def _on_duty(desk: Desk, duty: dict[str, Any]) -> str:
    until = shown(duty["planned_end_at"], desk.zone)
    told = (
        _("{post} {name}，应交班 {until}，未交班")
        if duty["over"]
        else _("{post} {name}，到 {until}")
    )
    post = word_of(POSTS, duty["post"])
    return told.format(post=post, name=duty["staff_name"], until=until)


def _next_due(desk: Desk, due: dict[str, Any] | None) -> str:
    """The matter whose clock is the first to run out, which clock, and how long there is left."""
    if due is None:
        return ""
    word = _(clock_word(due["kind"], due["name"]))
    return f"{due['matter']} {word} {countdown(seconds_left(due['due_at'], desk.now()))}"
