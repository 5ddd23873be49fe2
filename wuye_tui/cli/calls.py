"""`wuye calls`: the register of calls and visits, by the intake line or by fields."""

from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.rules.clock import parse_moment
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.refusals import shown
from wuye_tui.words import _

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("来电、来访登记")
)


class NothingGiven(UsageError):
    """Neither a line nor the words of a call."""

    def __init__(self) -> None:
        super().__init__(_("请写 --line 一行话，或用 --text 写来电内容。"))


@app.command("add", help=_("登记一个来电；报修的同时开单"))
def add(
    ctx: typer.Context,
    line: Annotated[str, typer.Option("--line", help=_("一行话，与前台屏幕上一样"))] = "",
    unit: Annotated[str, typer.Option("--unit", help=_("房号"))] = "",
    phone: Annotated[str, typer.Option("--phone", help=_("电话"))] = "",
    caller: Annotated[str, typer.Option("--caller", help=_("来电人"))] = "",
    channel: Annotated[
        str, typer.Option("--channel", help="phone visit wechat group radio letter 12345 patrol")
    ] = "phone",
    category: Annotated[
        str,
        typer.Option(
            "--category", help="repair complaint enquiry suggestion help booking praise other"
        ),
    ] = "other",
    text: Annotated[str, typer.Option("--text", help=_("说了什么"))] = "",
    key: Annotated[str, typer.Option("--key", help=_("这次操作的 UUID"))] = "",
) -> None:
    from wuye_tui.desk import Act
    from wuye_tui.registers import contacts, proposals

    context: Context = ctx.obj
    if not line and not text:
        raise NothingGiven
    desk = context.desk()

    def by_fields(act: Act) -> dict[str, Any]:
        contact = contacts.register(
            act,
            channel=channel,
            category=category,
            words=text,
            unit=unit,
            caller=caller,
            phone=phone,
        )
        return {"contact": contact.number, "number": ""}

    if line:
        found = proposals.understand(desk, line, unit)
        done = desk.perform(
            "call.line", lambda act: proposals.accept(act, found, channel=channel, phone=phone), key
        )
    else:
        done = desk.perform("call.add", by_fields, key)
    if context.json:
        output.emit(done, True)
        return
    output.emit(done["number"] or done["contact"], False)
    if done["number"]:
        output.say(_("来电 {contact}，单号 {number}。").format(**done))


@app.command("parse", help=_("一行话会被怎样理解，不登记"))
def parse(ctx: typer.Context, line: Annotated[str, typer.Argument(help=_("一行话"))]) -> None:
    from wuye_tui.registers.proposals import understand

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    found = understand(desk, line)
    u = found.understood
    document = {
        "line": u.line,
        "kind": u.kind.value,
        "unit": found.unit.label if found.unit else "",
        "typed_unit": found.typed_unit,
        "choices": list(found.choices),
        "place": found.place,
        "words": u.words,
        "category": u.category.value if u.category else "",
        "faults": [{"category": f.category.value, "words": f.words} for f in u.faults],
        "caller": u.caller.name if u.caller else "",
        "phone": u.phone or "",
        "payer": u.payer.value if u.payer else "",
        "emergency": u.emergency.value if u.emergency else "",
        "appointment": list(u.appointment) if u.appointment else None,
        "at_once": u.at_once,
        "urgent": u.urgent,
        "past": u.past,
        "plate": u.plate or "",
        "slip": u.slip or "",
        "also": [kind.value for kind in u.also],
        "charge": found.charge,
        "tariff": found.tariff,
        "asks": list(found.asks),
        "spans": [piece._asdict() for piece in u.spans],
    }
    output.emit(context.zoned(document, desk.zone), context.json)


@app.command("list", help=_("来电登记，新的在前"))
def list_(
    ctx: typer.Context,
    since: Annotated[str, typer.Option("--from", help=_("从哪一天，2026-11-01"))] = "",
    until: Annotated[str, typer.Option("--to", help=_("到哪一天（含）"))] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000)] = 200,
) -> None:
    from wuye_tui.registers.contacts import CATEGORIES, listed

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    rows = listed(desk, _day(since, desk.zone), _day(until, desk.zone, end=True), limit)
    if context.json:
        output.emit(context.zoned([asdict(row) for row in rows], desk.zone), True)
        return
    output.table(
        [
            {
                **asdict(row),
                "at": shown(row.rang, desk.zone),
                "category": _(CATEGORIES.get(row.category, row.category)),
            }
            for row in rows
        ],
        [
            output.Column(_("编号"), "number"),
            output.Column(_("时间"), "at"),
            output.Column(_("类别"), "category"),
            output.Column(_("房号"), "unit"),
            output.Column(_("内容"), "words", cells=40),
            output.Column(_("登记人"), "by"),
        ],
    )


def _day(typed: str, zone: Any, end: bool = False) -> datetime | None:
    if not typed:
        return None
    day = parse_moment(f"{typed} 00:00", zone)
    return day + timedelta(days=1) if end and day.astimezone(zone).time() == time.min else day


@app.command("show", help=_("一个来电"))
def show(ctx: typer.Context, number: Annotated[str, typer.Argument(help=_("编号"))]) -> None:
    from wuye_tui.registers.contacts import show as find

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    output.emit(context.zoned(asdict(find(desk, number)), desk.zone), context.json)
