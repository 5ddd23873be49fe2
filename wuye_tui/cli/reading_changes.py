"""`wuye readings correct` and `meter-off`: what is put right while no bill uses it (FW-4.2)."""

from typing import Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.fees import Key, day
from wuye_tui.rules.errors import UsageError
from wuye_tui.words import _

Meter = Annotated[str, typer.Argument(help=_("表号；一户只有一块表时写房号"))]
Why = Annotated[str, typer.Option("--why", help=_("为什么"))]
Value = Annotated[str, typer.Option("--value", help=_("读数，最多三位小数"))]


class ValueOrDelete(UsageError):
    """Neither another value nor that it is to go, or both."""

    def __init__(self) -> None:
        super().__init__(_("改成多少用 --value，整个删去用 --delete，两样写一样。"))


def correct(
    ctx: typer.Context,
    meter: Meter,
    date: Annotated[str, typer.Option("--day", help=_("哪一天的读数"))],
    value: Value = "",
    delete: Annotated[bool, typer.Option("--delete", help=_("删去这个读数"))] = False,
    why: Why = "",
    kind: Annotated[
        str, typer.Option("--kind", help=_("同一天有两个的：removed 旧表止码 installed 新表起码"))
    ] = "",
    fee: Annotated[str, typer.Option("--fee", help=_("收费项目：代号或名称"))] = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers.meter_changes import correct as change
    from wuye_tui.rules.meters import parse_reading, reading_words

    context: Context = ctx.obj
    if bool(value) == delete:
        raise ValueOrDelete
    milli = parse_reading(value) if value else None
    chosen, desk = key_of(key), context.desk()
    asked = day(date, desk) or desk.calendar.day_of(desk.now())
    done = desk.perform(
        "readings.correct", lambda act: change(act, meter, asked, milli, why, kind, fee), chosen
    )
    before = reading_words(done["before_milli"])
    if milli is None:
        told = _("{unit} 表 {meter}：{day} 的读数 {before} 已删去。")
        said = told.format(**{**done, "before": before})
    else:
        told = _("{unit} 表 {meter}：{day} 的读数 {before} 已改成 {value}。")
        said = told.format(**{**done, "before": before, "value": reading_words(milli)})
    _answer(context, done, said)


def meter_off(
    ctx: typer.Context,
    meter: Meter,
    fee: Annotated[
        str, typer.Argument(help=_("哪一种表：收费项目的代号或名称；一户只有一块表时不用写"))
    ] = "",
    date: Annotated[str, typer.Option("--day", help=_("哪一天停用；不写是今天"))] = "",
    value: Annotated[
        str, typer.Option("--value", help=_("停用时的读数；不写就是最后一次的读数"))
    ] = "",
    why: Why = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers.meter_changes import switch_off
    from wuye_tui.rules.meters import parse_reading, reading_words

    context: Context = ctx.obj
    milli = parse_reading(value) if value else None
    chosen, desk = key_of(key), context.desk()
    asked = day(date, desk) or desk.calendar.day_of(desk.now())
    done = desk.perform(
        "readings.off", lambda act: switch_off(act, meter, asked, why, fee, milli), chosen
    )
    told = _("{unit} 表 {meter} 从 {day} 起停用，止码 {value}，以后不再提醒抄它。")
    _answer(context, done, told.format(**{**done, "value": reading_words(done["value_milli"])}))


def _answer(context: Context, done: dict[str, Any], said: str) -> None:
    for line in done["odd"]:
        output.say(line)
    output.answer({name: one for name, one in done.items() if name != "looked"}, context.json, said)
