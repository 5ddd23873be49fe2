"""`wuye receipts`: what was taken, by number; the register of what repairs cost (BX-16)."""

from typing import Annotated, Any

import typer

from wuye_tui.cli import output, receipt_papers
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.days import Since, Until, begin, end
from wuye_tui.cli.listing import Limit, Listing, listing
from wuye_tui.cli.wording import word_of
from wuye_tui.rules.locale import amount
from wuye_tui.words import _, listed

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help=_("收据，和维修收费登记表"),
)


@app.command("list", help=_("列出收据；作废的也在，号不再用"))
@listing
def list_(ctx: typer.Context, since: Since = "", until: Until = "", limit: Limit = None) -> Listing:
    from wuye_tui.registers.receipts import list_receipts

    context: Context = ctx.obj
    desk = context.accounts()
    found = list_receipts(
        desk, begin(since, desk.zone), end(until, desk.zone), limit=context.most(limit, 200)
    )
    return Listing(
        _("收据"),
        [
            output.Column(_("收据号"), "number"),
            output.Column(_("时间"), "at"),
            output.Column(_("单号"), "source"),
            output.Column(_("房号"), "unit"),
            output.Column(_("金额"), "amount", right=True),
            output.Column(_("怎样付"), "means"),
            output.Column(_("收款人"), "by_name", fold=True),
            output.Column(_("作废"), "void"),
        ],
        lambda: ({**_in_words(context, desk, one.as_dict()), "unit": one.where} for one in found),
        lambda: context.zoned([one.as_dict() for one in found], desk.zone),
        [output.Column(_("付款人"), "payer")],
    )


@app.command("show", help=_("一张收据或者退款单：收的是什么，金额大写，打印过几次，开了什么发票"))
def show(ctx: typer.Context, number: receipt_papers.Number) -> None:
    from wuye_tui.registers import refunds
    from wuye_tui.registers.receipts import show as find

    context: Context = ctx.obj
    desk = context.accounts()
    if refunds.is_number(number):
        receipt_papers.show_refund(context, desk, refunds.show(desk, number))
        return
    from wuye_tui.registers.receipt_lines import lines_of, means_words
    from wuye_tui.registers.receipts import is_payment

    found = find(desk, number).as_dict()
    lines, paid = lines_of(desk, found["source"]) if is_payment(found["source"]) else ([], [])
    found["lines"] = [{"what": what, "amount_fen": fen} for what, fen in lines]
    found["paid"] = [{"means": means, "amount_fen": fen} for means, fen in paid]
    printed, times = receipt_papers.prints(context, desk, number)
    invoices, invoiced = receipt_papers.invoiced_as(desk, number)
    refund = "" if found["void"] else refunds.refund_of(desk, found["source"])
    if context.json:
        document = {**found, "refund": refund, "prints": printed, "invoices": invoices}
        output.emit(context.zoned(document, desk.zone), True)
        return
    said = _in_words(context, desk, found)
    told = {
        _("收据号"): found["number"],
        _("时间"): said["at"],
        _("房号"): listed(found["units"]),
        _("付款人"): found["payer"],
        _("单号"): found["source"],
        _("金额"): said["amount"],
        _("大写"): found["capitals"],
        _("收的是"): listed(f"{what} {amount(fen)}" for what, fen in lines),
        _("怎样付"): means_words(paid) if paid else said["means"],
        _("收款人"): said["by_name"],
        _("作废"): said["void"],
        _("作废人"): found["voided_by_name"],
        _("第二人"): found["second_name"],
        _("原因"): found["void_reason"],
        _("退款单"): refund,
        _("打印"): times or _("还没有打印"),
        _("发票"): invoiced,
    }
    output.emit({label: text for label, text in told.items() if text}, False)


@app.command("void", help=_("作废收据，要有第二个人；号不再用（BX-16）"))
def void(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=_("收据号"))],
    reason: Annotated[str, typer.Option("--reason", help=_("为什么作废；一定要写"))] = "",
    second: Annotated[
        str, typer.Option("--second", help=_("第二个人的工号；密码取自 WUYE_PIN2 或当场询问"))
    ] = "",
    key: Annotated[
        str, typer.Option("--key", help=_("这次操作的 UUID；重复执行不会做两次"), metavar="<UUID>")
    ] = "",
) -> None:
    from wuye_tui.cli.matters import report
    from wuye_tui.registers import receipts
    from wuye_tui.rules.repairs import REPAIR

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    proven = context.proven(desk, second)
    result = desk.perform(
        "repair.void_receipt",
        lambda act: receipts.void(act, number, reason, second, proven),
        chosen,
    )
    if "state" in result:
        report(context, REPAIR, result)
    else:
        told = _("收据 {receipt} 已作废。（{number}）").format(**result)
        output.answer(result, context.json, told)
    receipt_papers.remind_of_red(desk, number)


@app.command("charges", help=_("维修收费登记表：每张单收多少、收了没有（BX-16）"))
@listing
def charges(
    ctx: typer.Context,
    since: Since = "",
    until: Until = "",
    unpaid: Annotated[bool, typer.Option("--unpaid", help=_("只列还没收的"))] = False,
    limit: Limit = None,
) -> Listing:
    from wuye_tui.registers.charge_register import charge_register

    context: Context = ctx.obj
    desk = context.accounts()
    found = charge_register(
        desk, begin(since, desk.zone), end(until, desk.zone), unpaid, context.most(limit, 200)
    )

    def said(row: dict[str, Any]) -> dict[str, Any]:
        from wuye_tui.rules.saying import charge_lines

        return {
            **row,
            "at": context.when(row["at"], desk.zone),
            "items": charge_lines(row["items"]) if row["items"] else "",
            "charged": amount(row["charged_fen"]),
            "waived": amount(row["waived_fen"]) if row["waived_fen"] else "",
            "due": amount(row["due_fen"]) if row["due_fen"] else "",
            "means": _means(row["means"]),
        }

    return Listing(
        _("维修收费登记表"),
        [
            output.Column(_("时间"), "at"),
            output.Column(_("单号"), "source"),
            output.Column(_("房号"), "unit"),
            output.Column(_("维修工"), "worker_name"),
            output.Column(_("应收"), "charged", right=True),
            output.Column(_("减免"), "waived", right=True),
            output.Column(_("未收"), "due", right=True),
            output.Column(_("收据号"), "receipt"),
        ],
        lambda: (said(one.as_dict()) for one in found),
        lambda: context.zoned([one.as_dict() for one in found], desk.zone),
        [output.Column(_("项目"), "items"), output.Column(_("怎样付"), "means")],
    )


receipt_papers.add_to(app)


def _means(code: str) -> str:
    from wuye_tui.rules.receipts import MEANS_WORDS

    return word_of(MEANS_WORDS, code)


def _in_words(context: Context, desk: Any, found: dict[str, Any]) -> dict[str, Any]:
    by = _("{name}（代收费员）") if found["for_cashier"] else "{name}"
    voided = (
        _("{at} 作废").format(at=context.when(found["voided_at"], desk.zone))
        if found["void"]
        else ""
    )
    return {
        **found,
        "at": context.when(found["at"], desk.zone),
        "amount": amount(found["amount_fen"]),
        "means": _means(found["means"]),
        "by_name": by.format(name=found["by_name"]),
        "void": voided,
    }
