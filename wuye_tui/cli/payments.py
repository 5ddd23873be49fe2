"""`wuye payments`: what a unit owes, money taken with a receipt, and given back (FW-4.1)."""

from typing import Annotated, Any

import typer

from wuye_tui.cli import output, receipt_papers
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.fees import Approver, Key
from wuye_tui.cli.listing import Listing, listing
from wuye_tui.rules.locale import amount
from wuye_tui.words import _, listed

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help=_("收款：查欠费、收、退"),
)
Units = Annotated[list[str], typer.Argument(help=_("房号；一家有几套的都写上"))]
Sum = Annotated[
    list[str], typer.Option("--pay", help=_("怎样付=多少元，例如 cash=120.50；可以写几次"))
]
Payer = Annotated[str, typer.Option("--payer", help=_("付款人；不写就是业主"))]
Second = Annotated[
    str, typer.Option("--second", help=_("第二个人的工号；密码取自 WUYE_PIN2 或当场询问"))
]
Reason = Annotated[str, typer.Option("--reason", help=_("为什么；一定要写"))]


def _tenders(typed: list[str]) -> list[Any]:
    from wuye_tui.rules.money import parse_yuan
    from wuye_tui.rules.payments import Tender, UnknownMeans
    from wuye_tui.rules.receipts import MEANS

    found = []
    for one in typed:
        means, sign, sum_ = one.partition("=")
        code = next((c for c, w in MEANS if means.strip() in (c, w, _(w))), "")
        if not code or not sign:
            raise UnknownMeans(means)
        found.append(Tender(code, parse_yuan(sum_)))
    return found


@app.command("owed", help=_("欠多少：每项每月，违约金算到今天；预存和押金"))
@listing
def owed(ctx: typer.Context, units: Units) -> Listing:
    from wuye_tui.registers.owed import account, fee_word
    from wuye_tui.rules.accounts import REPAIR

    context: Context = ctx.obj
    desk = context.accounts()
    found = account(desk, units)
    known = {one.code: one for one in desk.reference.fees}
    names = found.names

    def said() -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = [
            {
                "charge": names[one.debt.charge], "unit": one.debt.unit, "word": one.word,
                "period": one.debt.period, "due": one.debt.due or "",
                "open": amount(one.debt.open_fen),
                "late": amount(one.debt.late_fen) if one.debt.late_fen else "",
            }
            for one in found.owed
        ]  # fmt: skip
        rows.append(
            {"charge": "", "unit": _("合计"), "word": "", "period": "", "due": "",
             "open": amount(found.open_fen), "late": amount(found.late_fen)}
        )  # fmt: skip
        rows += [
            {"charge": one.number, "unit": one.unit, "word": fee_word(known, REPAIR),
             "open": amount(one.fen)}
            for one in found.slips
        ]  # fmt: skip
        held = sum(found.prepaid.values())
        if held:
            rows.append({"unit": _("预存"), "open": amount(held)})
        rows += [
            {"unit": _("押金"), "word": fee_word(known, fee), "open": amount(fen)}
            for fee, fen in found.deposits.items()
        ]
        return rows

    return Listing(
        _("欠费"),
        [
            output.Column(_("房号"), "unit"),
            output.Column(_("费用"), "word"),
            output.Column(_("账期"), "period"),
            output.Column(_("到期"), "due"),
            output.Column(_("未收"), "open", right=True),
            output.Column(_("违约金"), "late", right=True),
            output.Column(_("编号"), "charge"),
        ],
        said,
        lambda: context.zoned(found.as_dict(), desk.zone),
    )


@app.command("take", help=_("收款，开一张收据：先收最早的，或者用 --charge 选"))
def take(
    ctx: typer.Context,
    units: Units,
    pay: Sum,
    charge: Annotated[
        list[str] | None, typer.Option("--charge", help=_("只收哪几笔，照欠费清单写"))
    ] = None,
    prepay: Annotated[bool, typer.Option("--prepay", help=_("多的存作预存"))] = False,
    given: Annotated[str, typer.Option("--given", help=_("给了多少现金，算找零"))] = "",
    payer: Payer = "",
    no_late_why: Annotated[
        str,
        typer.Option(
            "--no-late", help=_("这次不收违约金，为什么；没收清的以后还算；要有 --approver")
        ),
    ] = "",
    approver: Approver = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import counter
    from wuye_tui.rules.money import parse_yuan

    context: Context = ctx.obj
    chosen, desk, tenders = key_of(key), context.desk(), _tenders(pay)
    handed = parse_yuan(given) if given else None
    proven = context.proven(desk, approver)
    done = desk.perform(
        "payments.take",
        lambda act: counter.take(
            act, units, tenders, charges=charge or (), prepay=prepay, late_why=no_late_why,
            approver=approver, proven=proven, given=handed, payer=payer,
        ),
        chosen,
    )  # fmt: skip
    told = _("{unit} 收 {amount}，收据 {receipt}。")
    paid_for = listed(done.get("units") or [done["unit"]])
    said = told.format(unit=paid_for, amount=amount(done["amount_fen"]), receipt=done["receipt"])
    if done["change_fen"]:
        said += _("找零 {change}。").format(change=amount(done["change_fen"]))
    if done["prepaid_fen"]:
        said += _("存入预存 {more}。").format(more=amount(done["prepaid_fen"]))
    output.answer(done, context.json, said)


@app.command("deposit", help=_("收押金；退押金用 refund --deposit"))
def deposit(
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(help=_("房号"))],
    fee: Annotated[str, typer.Argument(help=_("哪种押金"))],
    pay: Sum,
    payer: Payer = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import counter
    from wuye_tui.rules.fee_kinds import fee_named

    context: Context = ctx.obj
    chosen, desk, tenders = key_of(key), context.desk(), _tenders(pay)
    kind = fee_named(desk.reference.fees, fee)
    done = desk.perform(
        "payments.deposit",
        lambda act: counter.take_deposit(act, unit, kind, tenders, payer),
        chosen,
    )
    told = _("{unit} 收押金 {amount}，收据 {receipt}。")
    said = told.format(**{**done, "amount": amount(done["amount_fen"])})
    output.answer(done, context.json, said)


@app.command("refund", help=_("退预存、押金，或者已经日结的收据；要有第二个人"))
def refund(
    ctx: typer.Context,
    about: Annotated[str, typer.Argument(help=_("房号，或者收据号"))],
    pay: Annotated[str, typer.Option("--pay", help=_("怎样退=多少元；退收据不写"))] = "",
    deposit_: Annotated[str, typer.Option("--deposit", help=_("退哪种押金；不写是退预存"))] = "",
    reason: Reason = "",
    second: Second = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import giving_back, receipts
    from wuye_tui.rules.fee_kinds import fee_named

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    proven = context.proven(desk, second)
    if receipts.is_number(about):
        done = desk.perform(
            "payments.refund",
            lambda act: receipts.refund(act, about, reason, second, proven),
            chosen,
        )
        said = _("收据 {receipt} 已退款 {amount}。（{number}）")
    else:
        (money,) = _tenders([pay])
        fee = fee_named(desk.reference.fees, deposit_).code if deposit_ else ""
        done = desk.perform(
            "payments.refund",
            lambda act: giving_back.refund(act, about, money, reason, second, proven, fee),
            chosen,
        )
        said = _("{unit} 已退 {amount}。（{number}）")
    told = said.format(**{**done, "amount": amount(done["amount_fen"])})
    output.answer(done, context.json, told)
    paper = _("退款单打印出来签收：wuye forms print refund {number} --printer usual")
    output.say(paper.format(number=done["number"]))
    if receipts.is_number(about):
        receipt_papers.remind_of_red(desk, about)


@app.command("statement", help=_("一户的对账单：每一笔应收、收款、减免、退回，和每一笔之后的余额"))
@listing
def statement_(ctx: typer.Context, unit: Annotated[str, typer.Argument(help=_("房号"))]) -> Listing:
    from wuye_tui.registers.statements import statement

    context: Context = ctx.obj
    desk = context.accounts()
    found = statement(desk, unit)

    def said(one: Any) -> dict[str, Any]:
        return {
            "at": context.when(one.at, desk.zone),
            "number": one.number,
            "what": one.what,
            "change": amount(one.more),
            "balance": amount(one.balance),
        }

    return Listing(
        _("{unit} 对账单").format(unit=unit),
        [
            output.Column(_("时间"), "at"),
            output.Column(_("编号"), "number"),
            output.Column(_("什么"), "what"),
            output.Column(_("应收增减"), "change", right=True),
            output.Column(_("余额"), "balance", right=True),
        ],
        lambda: map(said, found),
        lambda: context.zoned([one.as_dict() for one in found], desk.zone),
    )
