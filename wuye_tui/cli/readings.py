"""`wuye readings`: what meters showed, by sheets or by hand, and which were not read (FW-4.2)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import importing, output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.fees import Key, day
from wuye_tui.cli.importing import DryRun, File, Sheet, SkipBad
from wuye_tui.cli.listing import Limit, Listing, listing
from wuye_tui.cli.reading_changes import correct, meter_off
from wuye_tui.cli.wording import word_of
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.registers.meters import ReadingPlan

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help=_("抄表：导入读数、补一个读数、看谁家没抄"),
)
SHOWN = 12  # meters that are named
Fee = Annotated[str, typer.Option("--fee", help=_("收费项目：代号或名称"))]


@app.command("import", help=_("从表格导入读数；同一份再导一次不会有变化"))
def import_(
    ctx: typer.Context,
    file: File,
    fee: Annotated[
        str, typer.Option("--fee", help=_("是哪一种表：表里没有「类别」一列时要写"))
    ] = "",
    date: Annotated[str, typer.Option("--day", help=_("哪一天抄的：表里没有日期的行用它"))] = "",
    skip_bad: SkipBad = False,
    dry_run: DryRun = False,
    sheet: Sheet = "",
) -> None:
    from wuye_tui.intake.sheets import read_rows, write_bad_rows
    from wuye_tui.registers import meters
    from wuye_tui.registers.fees import admit
    from wuye_tui.registers.imports import ImportRefused
    from wuye_tui.rules.rights import Right

    context: Context = ctx.obj
    desk = context.desk()
    admit(desk, Right.BILL, _("登记读数"))
    intake: Any = read_rows(file, meters.NOUN, desk.reference, sheet)
    plan = meters.plan(desk, intake, fee, day(date, desk))
    importing._show(context, plan)
    if not context.json:
        words = {one.code: one.word for one in desk.reference.fees}
        for line in _more(plan, words):
            output.say(line)
    if plan.bad and not skip_bad:
        raise ImportRefused(intake.name, plan.bad)
    if dry_run:
        document = {**plan.as_dict(), "dry_run": True}
        output.answer(document, context.json, _("只是看看，什么也没有改。"))
        return
    if plan.new + plan.changed and not importing._agreed(context):
        raise importing.NotWanted
    if plan.bad:
        target = importing._beside(file)
        write_bad_rows(target, plan.intake)
        output.say(_("坏行已另存为 {path}，改好后可再导入。").format(path=target))
    done = desk.perform("readings.import", lambda act: meters.apply(act, plan, skip_bad=skip_bad))
    told = _("新增 {new}，更新 {changed}，不变 {unchanged}，坏行 {bad}。").format(
        new=done["new"], changed=done["changed"], unchanged=done["unchanged"], bad=done["skipped"]
    )
    if not done["new"] + done["changed"]:
        told += _("都已经登记过，什么也没有改。")
    output.answer({**plan.as_dict(), **done}, context.json, told)


def _more(plan: "ReadingPlan[Any]", words: dict[str, str]) -> Iterator[str]:
    """The meters that would be made, and those that would still have no reading."""
    if made := plan.found.made:
        yield _("新登记 {count} 块表：{meters}。").format(
            count=len(made), meters=_named([one.number for one in made])
        )
    for one in plan.missing:
        yield _("{month} 还有 {count} 块表没有{fee}读数：{meters}。").format(
            month=one.month,
            count=len(one.numbers),
            fee=words.get(one.fee, one.fee),
            meters=_named(one.numbers),
        )


def _named(numbers: "list[str] | tuple[str, ...]") -> str:
    return listed([*numbers[:SHOWN], ".."] if len(numbers) > SHOWN else numbers)


@app.command("list", help=_("列出读数和用量；不写月份和房号，就是这个月"))
@listing
def list_(
    ctx: typer.Context,
    fee: Fee = "",
    unit: Annotated[str, typer.Option("--unit", help=_("房号"))] = "",
    month: Annotated[str, typer.Option("--month", help=_("哪个月，2026-12"))] = "",
    limit: Limit = None,
) -> Listing:
    from wuye_tui.registers import fees, meters
    from wuye_tui.rules.meters import KIND_WORDS, reading_words

    context: Context = ctx.obj
    desk = context.reading()
    asked = fees.month_named(desk, month) if month or not unit else None
    found = meters.list_readings(desk, fee, unit, asked)[: context.most(limit, 200)]
    words = {one.code: one.word for one in desk.reference.fees}

    def said(row: dict[str, Any]) -> dict[str, Any]:
        use = row["used_milli"]
        return {
            **row,
            "fee": words.get(row["fee"], row["fee"]),
            "kind": word_of(KIND_WORDS, row["kind"]),
            "value": reading_words(row["value_milli"]),
            "used": "" if use is None else reading_words(use),
        }

    return Listing(
        _("读数"),
        [
            output.Column(_("房号"), "unit"),
            output.Column(_("表号"), "meter"),
            output.Column(_("费用"), "fee"),
            output.Column(_("抄表日期"), "day"),
            output.Column(_("是什么"), "kind"),
            output.Column(_("读数"), "value", right=True),
            output.Column(_("用量"), "used", right=True),
        ],
        lambda: map(said, found),
        lambda: found,
    )


@app.command("add", help=_("登记一个读数；同一天已有的，用 correct 改"))
def add(
    ctx: typer.Context,
    meter: Annotated[str, typer.Argument(help=_("表号；一户只有一块表时写房号"))],
    value: Annotated[str, typer.Argument(help=_("读数，最多三位小数"))],
    date: Annotated[str, typer.Option("--day", help=_("哪一天；不写是今天"))] = "",
    kind: Annotated[
        str,
        typer.Option(
            "--kind", help=_("regular 抄表 rolled 过零 removed 旧表止码 installed 新表起码")
        ),
    ] = "regular",
    fee: Fee = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import meters
    from wuye_tui.rules.meters import parse_reading, reading_words

    context: Context = ctx.obj
    chosen, desk, milli = key_of(key), context.desk(), parse_reading(value)
    asked = day(date, desk) or desk.calendar.day_of(desk.now())
    done = desk.perform(
        "readings.add", lambda act: meters.add(act, meter, milli, asked, kind, fee), chosen
    )
    for line in done["odd"]:
        output.say(line)
    told = _("{unit} 表 {meter}：{day} 读数 {value}，已登记。")
    said = told.format(
        unit=done["unit"], meter=done["meter"], day=done["day"],
        value=reading_words(done["value_milli"]),
    )  # fmt: skip
    output.answer(done, context.json, said)


app.command("correct", help=_("改正或删去一个还没有出账的读数，要写原因"))(correct)
app.command("meter-off", help=_("停用一块表：止码以前照收，以后不再提醒抄它"))(meter_off)


@app.command("missing", help=_("哪些表这个月还没有读数"))
@listing
def missing(
    ctx: typer.Context,
    month: Annotated[str, typer.Option("--month", help=_("哪个月，2026-12"))] = "",
    fee: Fee = "",
    limit: Limit = None,
) -> Listing:
    from wuye_tui.registers import fees, meters
    from wuye_tui.rules.meters import reading_words

    context: Context = ctx.obj
    desk = context.reading()
    found = meters.missing(desk, fees.month_named(desk, month), fee)
    found = found[: context.most(limit, 200)]
    words = {one.code: one.word for one in desk.reference.fees}

    def said(row: dict[str, Any]) -> dict[str, Any]:
        last = row["value_milli"]
        return {
            **row,
            "fee": words.get(row["fee"], row["fee"]),
            "day": row["day"] or "",
            "value": "" if last is None else reading_words(last),
        }

    return Listing(
        _("没有读数的表"),
        [
            output.Column(_("房号"), "unit"),
            output.Column(_("表号"), "meter"),
            output.Column(_("费用"), "fee"),
            output.Column(_("上次抄表日期"), "day"),
            output.Column(_("上次读数"), "value", right=True),
        ],
        lambda: map(said, found),
        lambda: found,
    )
