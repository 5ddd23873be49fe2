"""`wuye bills day|close-day|report`: what a day took, its close, and what is collected (FW-4)."""

from typing import Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.fees import KIND_WORDS, Key, day
from wuye_tui.cli.listing import Listing, listing
from wuye_tui.cli.tables import bar
from wuye_tui.cli.wording import word_of
from wuye_tui.rules.locale import amount, percent
from wuye_tui.words import _


def add_to(app: typer.Typer) -> None:
    """Adds the commands to the noun."""
    app.command("day", help=_("一天收了多少：每个人、每种方式"))(listing(day_))
    app.command("close-day", help=_("日结：点过的现金和账上对；结了这一天就不再变"))(close_day)
    app.command("report", help=_("收了多少、还欠多少、收缴率：按项目、楼栋、账期、房屋"))(
        listing(report)
    )


def day_(
    ctx: typer.Context,
    date: Annotated[str, typer.Option("--date", help=_("哪一天；不写是今天"))] = "",
) -> Listing:
    from wuye_tui.registers.dayclose import day_sheet
    from wuye_tui.rules.accounts import KINDS
    from wuye_tui.rules.receipts import MEANS

    context: Context = ctx.obj
    desk = context.accounts()
    found, means, kinds = day_sheet(desk, day(date, desk)), dict(MEANS), dict(KINDS)

    def said() -> list[dict[str, Any]]:
        rows = [
            {
                "by_name": one.by_name, "means": word_of(means, one.means),
                "kind": word_of(kinds, one.kind), "many": one.many, "amount": amount(one.fen),
            }
            for one in found.lines
        ]  # fmt: skip
        total = {"by_name": _("合计"), "means": "", "kind": "", "many": "",
                 "amount": amount(found.fen)}  # fmt: skip
        return [*rows, total]

    def counted() -> str:
        if found.counted is None:
            return ""
        told = _("{name} 日结：账上现金 {should}，实点 {counted}，长短款 {off}。").format(
            name=found.closed_by, should=amount(found.should), counted=amount(found.counted),
            off=amount(found.difference),
        )  # fmt: skip
        told += _("原因：{why}").format(why=found.why) if found.why else ""
        return told + (
            _("现金交给{name}。").format(name=found.handed_to) if found.handed_to else ""
        )

    closed = _("{day} 收款，日结 {number}") if found.closed else _("{day} 收款，还没有日结")
    return Listing(
        closed.format(day=found.day, number=found.closed["number"] if found.closed else ""),
        [
            output.Column(_("收款人"), "by_name"),
            output.Column(_("怎样付"), "means"),
            output.Column(_("什么"), "kind"),
            output.Column(_("张数"), "many", right=True),
            output.Column(_("金额"), "amount", right=True),
        ],
        said,
        lambda: context.zoned(found.as_dict(), desk.zone),
        note=counted(),
    )


def close_day(
    ctx: typer.Context,
    cash: Annotated[str, typer.Option("--cash", help=_("抽屉里点出来多少现金，元"))],
    date: Annotated[str, typer.Option("--date", help=_("哪一天；不写是今天"))] = "",
    why: Annotated[str, typer.Option("--why", help=_("和账上不一样，为什么"))] = "",
    to: Annotated[str, typer.Option("--to", help=_("现金交给谁：工号，或 bank 缴存银行"))] = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import dayclose
    from wuye_tui.rules.money import parse_yuan

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    asked = day(date, desk) or desk.calendar.day_of(desk.now())
    counted = parse_yuan(cash)
    done = desk.perform(
        "bills.close", lambda act: dayclose.close_day(act, asked, counted, why, to), chosen
    )
    told = _("{day} 已日结，现金 {cash}。（{number}）")
    said = told.format(day=done["day"], cash=amount(counted), number=done["number"])
    if off := done["difference_fen"]:
        said += _("长短款 {off} 已记账。").format(off=amount(off))
    output.answer(done, context.json, said)


def report(
    ctx: typer.Context,
    by: Annotated[str, typer.Option("--by", help=_("按什么分：fee building period kind"))] = "fee",
    period: Annotated[str, typer.Option("--period", help=_("只看哪个账期，2026-12"))] = "",
    fee: Annotated[str, typer.Option("--fee", help=_("只看哪一项"))] = "",
) -> Listing:
    from wuye_tui.registers.fee_reports import BY, WHOLE, UnknownReport, collected
    from wuye_tui.rules.fee_kinds import fee_named

    context: Context = ctx.obj
    desk = context.accounts()
    code = fee_named(desk.reference.fees, fee).code if fee else ""
    if by not in BY:
        raise UnknownReport(by)
    found = collected(desk, by, period, code)

    def said(one: Any) -> dict[str, Any]:
        rate = one.rate
        return {
            "word": word_of(KIND_WORDS, one.word) if by == "kind" else one.word,
            "billed": amount(one.billed),
            "waived": amount(one.waived) if one.waived else "",
            "settled": amount(one.settled),
            "open": amount(one.open_fen),
            "units": one.units,
            "rate": "" if rate is None else percent(rate),
            "bar": bar(rate, WHOLE),
        }

    return Listing(
        _("收费报表"),
        [
            output.Column(_(BY[by][0]), "word"),
            output.Column(_("应收"), "billed", right=True),
            output.Column(_("减免"), "waived", right=True),
            output.Column(_("已收"), "settled", right=True),
            output.Column(_("未收"), "open", right=True),
            output.Column(_("欠费户"), "units", right=True),
            output.Column(_("收缴率"), "rate", right=True),
        ],
        lambda: map(said, found),
        lambda: [one.as_dict() for one in found],
        drawn=[output.Column(_("收缴"), "bar")],
    )
