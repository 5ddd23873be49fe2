"""`wuye log`: the duty manager's log, made from the table of its lines; a day of it as one view;
and the project head's weekly reading (ZB-3.4, ZB-3.7).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.days import Day, duty_day_of
from wuye_tui.cli.listing import Listing, listing
from wuye_tui.cli.looking import show_matter
from wuye_tui.cli.matters import matter_app, verb_command
from wuye_tui.rules.incidents import SORTS as EVENTS
from wuye_tui.rules.locale import amount
from wuye_tui.rules.readings import READING
from wuye_tui.rules.refusals import shown
from wuye_tui.rules.text import masked_words
from wuye_tui.words import N_, _, clauses, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.log_lines import DutyLog, Event, Line, Read

app = matter_app("entry", without=("show",))
for _verb, _about in (("instruct", N_("批示：派部门办，另开任务单")), ("read", N_("批阅签字"))):
    app.command(_verb, help=_(_about))(verb_command(READING, _verb))


@app.command("show", help=_("一天的值班日志；写了单号就看那一条"))
def show(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=_("单号，不写看一天的"))] = "",
    day: Day = "",
) -> None:
    from wuye_tui.cli import patrols, tasks
    from wuye_tui.registers.dutylog import day_log

    if number:
        show_matter(ctx, number)
        return
    context: Context = ctx.obj
    desk = context.reading()
    log = day_log(desk, duty_day_of(desk, day))
    if context.json:
        output.emit(context.zoned(log.as_dict(), desk.zone), True)
        return
    output.heading(_("值班日志 {day}").format(day=log.day.isoformat()))
    output.section(_("值班经理"), [*_holders(desk, log)])
    output.table(_lines(desk, log), _columns())
    patrols.show(desk, log.patrol)
    for title, found in (
        (_("今天派出的任务单"), log.tasks),
        (_("今天要复查的"), log.to_recheck),
        (_("今天复查过的"), log.rechecked),
    ):
        if found:
            output.heading(title)
            output.table(tasks.told(context, desk, found), tasks.columns())
    output.section(_("突发重大事件"), [_event(desk, one) for one in log.events])
    output.section(_("项目负责人批阅"), [_reading(desk, one) for one in log.readings])


@app.command("day", help=_("一天的记录，逐条列出，可以存成文件"))
@listing
def lines(ctx: typer.Context, day: Day = "") -> Listing:
    from wuye_tui.registers.dutylog import day_log

    context: Context = ctx.obj
    desk = context.reading()
    log = day_log(desk, duty_day_of(desk, day))
    return Listing(
        _("值班日志 {day}").format(day=log.day.isoformat()),
        _columns(),
        lambda: _lines(desk, log),
        lambda: context.zoned([one.as_dict() for one in log.lines], desk.zone),
    )


def _columns() -> list[output.Column]:
    return [
        output.Column(_("单号"), "number"),
        output.Column(_("时间"), "at"),
        output.Column(_("类别"), "what"),
        output.Column(_("地点"), "where", cells=12),
        output.Column(_("内容"), "text", fold=True),
        output.Column(_("状态"), "state"),
        output.Column(_("负责人"), "holder", cells=10),
    ]


def _holders(desk: "Desk", log: "DutyLog") -> Iterator[str]:
    for one in log.holders:
        until = shown(one.ended, desk.zone) if one.ended else ""
        yield f"{_(one.word)} {one.name}  {shown(one.started, desk.zone)} - {until}".rstrip(" -")


def _lines(desk: "Desk", log: "DutyLog") -> Iterator[dict[str, Any]]:
    from wuye_tui.rules.entries import ENTRY

    for one in log.lines:
        yield {
            "number": one.number,
            "at": shown(one.at, desk.zone),
            "what": _(one.word),
            "where": one.where,
            "text": masked_words(clauses(_said(one, log))),
            "state": _(ENTRY.state_word(one.situation.state)),
            "holder": one.holder_name,
        }


def _said(one: "Line", log: "DutyLog") -> Iterator[str]:
    """What is written, and with it the line that it corrects, or that corrects it."""
    facts = one.situation.facts
    if one.corrects:
        yield _("更正 {number}").format(number=one.corrects)
    if whom := str(facts.get("whom", "")):
        yield log.names.get(whom, whom)
    yield one.text
    for name in ("because", "proposed", "result", "reply"):
        if facts.get(name):
            yield str(facts[name])
    for name in ("fine", "reward"):
        if facts.get(name):
            yield amount(int(facts[name]))
    for later in one.corrections:
        yield _("见更正 {number}：{text}").format(number=later.number, text=later.text)
    if one.opened:
        yield _("另开 {numbers}").format(numbers=listed(one.opened))


def _event(desk: "Desk", one: "Event") -> str:
    sort = _(dict(EVENTS).get(str(one.situation.facts.get("sort", "")), ""))
    if one.told:
        when = shown(one.told, desk.zone)
        told = _("{when} 已报告 {whom}").format(when=when, whom=one.told_to)
    else:
        told = _("还没有报告总经理，已超时") if one.late else _("还没有报告总经理")
    text = masked_words(str(one.situation.facts.get("text", "")))
    return f"{one.number}  {shown(one.at, desk.zone)}  {sort}  {text}  {told}"


def _reading(desk: "Desk", one: "Read") -> str:
    facts = one.situation.facts
    if one.read:
        when = shown(one.read, desk.zone)
        said = _("{when} {who} 已批阅").format(when=when, who=one.reader)
    else:
        said = _("等批阅，{when} 前").format(when=shown(one.due, desk.zone) if one.due else "")
    told = [str(facts.get("remarks", "")), *(task.number for task in one.instructions)]
    return f"{one.number}  {one.week}  {clauses(filter(None, (said, *told)))}"
