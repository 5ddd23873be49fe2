"""`wuye receipts reprint`, `invoices` and `invoiced`: receipts on paper, and their tax invoices."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.days import Day, Since, Until, begin, end
from wuye_tui.cli.fees import Key
from wuye_tui.cli.listing import Force, Listing, listing
from wuye_tui.cli.paper_out import USUAL, Whither, put_out
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.locale import amount
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.refunds import Refund

Number = Annotated[str, typer.Argument(help=_("收据号，或者退款单号"))]
Buyer = Annotated[str, typer.Option("--buyer", help=_("购买方名称；不写是付款人"))]
TaxNumber = Annotated[str, typer.Option("--tax-number", help=_("购买方的统一社会信用代码，18 位"))]


class NotTogether(UsageError):
    """The number stands for another receipt, and whoever typed it did not mean both."""

    def __init__(self) -> None:
        super().__init__(_("没有登记，请核对发票号码。"))


def add_to(app: typer.Typer) -> None:
    """The commands, at the noun's own."""
    app.command("reprint", help=_("重打收据、退款单：纸上写明第几次、什么时候、谁打的（BX-16）"))(
        reprint
    )
    app.command("invoices", help=_("还没开票的收据，交税务的开票系统；全是文字"))(listing(invoices))
    app.command("invoiced", help=_("收据开了发票，登记号码；--red 是红字"))(invoiced)


def reprint(
    ctx: typer.Context,
    number: Number,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help=_("存成文件：.pdf、.txt 或 .escp；不写送平时的打印机")),
    ] = None,
    force: Force = False,
    key: Key = "",
) -> None:
    from wuye_tui.paper.forms import known
    from wuye_tui.paper.papers import Papers
    from wuye_tui.registers import refunds

    context: Context = ctx.obj
    chosen, form = key_of(key), known("refund" if refunds.is_number(number) else "receipt")
    whither = Whither(out, force, "" if out else USUAL, False, False, "")
    put_out(context, Papers(context.desk(), full=True), whither, form, [number], key=chosen)


def prints(context: Context, desk: "Desk", number: str) -> tuple[list[dict[str, Any]], str]:
    """How often a receipt or a refund was printed, for programs and in words."""
    from wuye_tui.registers.receipt_prints import prints_of

    found = prints_of(desk, number)
    told = _("第 {n} 次 {at} {name}")
    words = listed(
        told.format(n=one.n, at=context.when(one.at, desk.zone), name=one.by_name) for one in found
    )
    return [one.as_dict() for one in found], words


def invoiced_as(desk: "Desk", number: str) -> tuple[list[dict[str, Any]], str]:
    """The tax invoices of a receipt, for programs and in words."""
    from wuye_tui.registers.invoices import invoices_of

    found = invoices_of(desk, number)
    words = listed(
        " ".join(filter(None, (one.invoice, _("红字") if one.red else "", f"{one.day}", one.buyer)))
        for one in found
    )
    return [one.as_dict() for one in found], words


def remind_of_red(desk: "Desk", number: str) -> None:
    """What was taken back and has an invoice wants a red one."""
    from wuye_tui.registers.invoices import invoices_of, standing

    last = standing(invoices_of(desk, number))
    if last is not None:
        told = _("收据 {receipt} 开过发票 {invoice}，请开红字，再用 --red 登记。")
        output.say(told.format(receipt=last.number, invoice=last.invoice))


def show_refund(context: Context, desk: "Desk", found: "Refund") -> None:
    """One refund, its amount in capitals."""
    from wuye_tui.registers.receipt_lines import means_words

    printed, times = prints(context, desk, found.number)
    if context.json:
        output.emit(context.zoned({**found.as_dict(), "prints": printed}, desk.zone), True)
        return
    lines = {
        _("退款单"): found.number,
        _("时间"): context.when(found.at, desk.zone),
        _("收据号"): found.receipt,
        _("房号"): found.unit,
        _("付款人"): found.payer,
        _("金额"): amount(found.fen),
        _("大写"): found.as_dict()["capitals"],
        _("退的是"): listed(f"{what} {amount(fen)}" for what, fen in found.lines),
        _("怎样退"): means_words(found.means),
        _("经办人"): found.by_name,
        _("第二人"): found.second_name,
        _("原因"): found.reason,
        _("打印"): times or _("还没有打印"),
    }
    output.emit({label: text for label, text in lines.items() if text}, False)


def invoices(
    ctx: typer.Context,
    numbers: Annotated[
        list[str] | None, typer.Argument(help=_("只列这几张收据"), metavar=_("[收据号]..."))
    ] = None,
    since: Since = "",
    until: Until = "",
    buyer: Buyer = "",
    tax_number: TaxNumber = "",
) -> Listing:
    from wuye_tui.registers.invoices import to_invoice
    from wuye_tui.rules.invoices import left_without

    context: Context = ctx.obj
    desk = context.desk()
    found = to_invoice(
        desk, begin(since, desk.zone), end(until, desk.zone), numbers or (), buyer, tax_number
    )
    if found.left:
        told = _("{n} 张收据里有预存或者押金，没有列：预存、押金不是销售。")
        output.say(told.format(n=len(found.left)))
    if bare := left_without(found.lines):
        told = _("这些项目没有税率和编码，请写进 data/invoices.toml：{items}。")
        output.say(told.format(items=listed(bare)))
    if found.to_red:
        told = _("这些收据作废或者退了款，开过的发票要冲红：{receipts}。")
        output.say(told.format(receipts=listed(found.to_red)))
    rows = [one.as_dict() for one in found.lines]
    return Listing(
        _("开票清单"),
        [
            output.Column(_("收据号"), "receipt"),
            output.Column(_("日期"), "day"),
            output.Column(_("购买方"), "buyer", fold=True),
            output.Column(_("税号"), "tax_number"),
            output.Column(_("房号"), "unit"),
            output.Column(_("项目"), "item", fold=True),
            output.Column(_("规格"), "spec"),
            output.Column(_("金额"), "amount", right=True),
            output.Column(_("税率"), "rate"),
        ],
        lambda: rows,
        lambda: rows,
        [output.Column(_("税收分类编码"), "code"), output.Column(_("备注"), "remark")],
    )


def _agreed(context: Context) -> bool:
    """Whether it is one invoice for several: asked only where somebody can answer."""
    if context.yes or sys.stdin is None or not sys.stdin.isatty():
        return True
    sys.stderr.write(_("是合开的吗？[y/N] "))
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes", "是"}


def invoiced(
    ctx: typer.Context,
    numbers: Annotated[
        list[str], typer.Argument(help=_("收据号；几张合开一张发票的都写上"), metavar=_("<收据号>"))
    ],
    invoice: Annotated[str, typer.Option("--invoice", help=_("发票号码"))],
    day: Day = "",
    buyer: Buyer = "",
    tax_number: TaxNumber = "",
    red: Annotated[bool, typer.Option("--red", help=_("红字：冲掉这张收据开过的那张发票"))] = False,
    key: Key = "",
) -> None:
    from wuye_tui.registers.invoices import others_of, write_back

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    if others := others_of(desk, invoice, numbers):
        told = _("发票 {invoice} 已经登记在收据 {receipts} 上；这次登记，就是几张合开一张。")
        output.say(told.format(invoice=invoice.strip(), receipts=listed(others)))
        if not _agreed(context):
            raise NotTogether
    when = begin(day, desk.zone) or desk.now()
    issued = desk.calendar.day_of(when)
    done = desk.perform(
        "receipts.invoiced",
        lambda act: {
            "written": [
                write_back(act, one, invoice, issued, buyer=buyer, tax=tax_number, red=red)
                for one in dict.fromkeys(numbers)
            ]
        },
        chosen,
    )
    for one in done["written"]:
        told = (
            _("收据 {receipt} 的发票 {reversed} 已由红字发票 {invoice} 冲回，{amount}。")
            if red
            else _("收据 {receipt} 已登记发票 {invoice}，{amount}。")
        )
        said = told.format(**{**one, "amount": amount(one["amount_fen"])})
        output.say(said) if context.json else output.told(said)
    if context.json:
        output.emit(done, True)
