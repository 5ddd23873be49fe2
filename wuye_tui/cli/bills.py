"""`wuye bills`: what a month comes to, charged once; single charges; the close of a day (FW-4)."""

from typing import Annotated, Any

import typer

from wuye_tui.cli import bill_days, books, opening, output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.fees import Approver, Key
from wuye_tui.cli.listing import Limit, Listing, listing
from wuye_tui.cli.wording import word_of
from wuye_tui.rules.locale import amount
from wuye_tui.words import N_, _

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help=_("出账：先看、再出；记一笔、减免、冲销；日结"),
)
books.add_to(app)
SHOWN = 12  # odd things of a sort that are named
STATES = {
    "preparing": N_("准备中"), "published": N_("已出账"), "abandoned": N_("已放弃"),
    "withdrawn": N_("已撤回"),
}  # fmt: skip
Charge = Annotated[
    str,
    typer.Argument(
        help=_("哪一笔：照欠费清单写，例如 3-1-502/management/2026-10"), metavar="CHARGE"
    ),
]
Why = Annotated[str, typer.Option("--why", help=_("为什么"))]


@app.command("run", help=_("出一个月的账：先打印要收多少、哪里不对；加 --publish 才真的出"))
def run(
    ctx: typer.Context,
    period: Annotated[str, typer.Option("--period", help=_("哪个月，2026-12"))] = "",
    fee: Annotated[list[str] | None, typer.Option("--fee", help=_("只出哪几项"))] = None,
    publish: Annotated[bool, typer.Option("--publish", help=_("真的出账"))] = False,
    leave_out: Annotated[
        bool, typer.Option("--leave-out", help=_("不能算的先不出，其余照出"))
    ] = False,
    take_over: Annotated[
        bool, typer.Option("--take-over", help=_("别处没出完的那一批不要了"))
    ] = False,
) -> None:
    from wuye_tui.registers import bills, counter, fees

    context: Context = ctx.obj
    desk = context.desk() if publish else context.accounts()
    month, named = fees.month_named(desk, period), fee or []
    if not publish:
        found = bills.preview(desk, month, named)
        if context.json:
            output.emit(found.as_dict(), True)
        else:
            _print(found)
        return
    done = bills.run(
        desk,
        month,
        named,
        leave_out=leave_out,
        take_over=take_over,
        told=lambda n: output.progress(_("已准备 {n} 笔").format(n=n), 0),
    )
    used = counter.use_all_prepaid(desk)
    told = _("{period} 已出账 {lines} 笔，共 {amount}；预存抵了 {used}。（{number}）")
    said = told.format(
        period=done["period"], lines=done["lines"], amount=amount(done["amount_fen"]),
        used=amount(used), number=done["number"],
    )  # fmt: skip
    output.answer({**done, "prepaid_used_fen": used}, context.json, said)


def _print(found: Any) -> None:
    from wuye_tui.rules.bills import ODD

    columns = [
        output.Column(_("费用"), "word"),
        output.Column(_("笔数"), "lines", right=True),
        output.Column(_("金额"), "amount", right=True),
    ]
    rows = [{"word": one.word, "lines": one.lines, "amount": amount(one.fen)} for one in found.fees]
    rows.append({"word": _("合计"), "lines": found.lines, "amount": amount(found.fen)})
    output.table(rows, columns)
    for code, word in ODD:
        mine = [one for one in found.odd if one.code == code]
        if mine:
            head = _("{word} {n} 处").format(word=_(word), n=len(mine))
            output.section(head, (_odd(one) for one in mine[:SHOWN]))
    tail = _("这是试算，还没有出账；对的就加 --publish。")
    stops = _("有 {n} 处不能算，先改好，或者加 --leave-out 先不出它们。").format(n=found.stops)
    output.say(stops if found.stops else tail)


def _odd(one: Any) -> str:
    return " ".join(filter(None, (one.unit, one.fee, one.words)))


@app.command("list", help=_("出过的账，一批一行"))
@listing
def list_(ctx: typer.Context) -> Listing:
    from wuye_tui.registers.bills import list_runs

    context: Context = ctx.obj
    desk = context.accounts()
    found = list_runs(desk)

    def said(row: dict[str, Any]) -> dict[str, Any]:
        return {
            **row,
            "state": word_of(STATES, row["state"]),
            "amount": amount(row["fen"]),
            "published": context.when(row["published"], desk.zone) if row["published"] else "",
        }

    return Listing(
        _("出账"),
        [
            output.Column(_("编号"), "number"),
            output.Column(_("账期"), "period"),
            output.Column(_("情况"), "state"),
            output.Column(_("笔数"), "lines", right=True),
            output.Column(_("金额"), "amount", right=True),
            output.Column(_("什么时候"), "published"),
            output.Column(_("经办"), "by"),
        ],
        lambda: map(said, found),
        lambda: context.zoned(found, desk.zone),
    )


@app.command("show", help=_("一批账里的每一笔"))
@listing
def show(
    ctx: typer.Context, number: Annotated[str, typer.Argument(help=_("编号"))], limit: Limit = None
) -> Listing:
    from wuye_tui.registers.bills import charges_of

    context: Context = ctx.obj
    desk = context.accounts()
    found = charges_of(desk, number, context.most(limit, 200))
    words = {one.code: one.word for one in desk.reference.fees}

    def said(row: dict[str, Any]) -> dict[str, Any]:
        left = row["fen"] - row["waived_fen"] - row["settled_fen"]
        return {
            **row,
            "word": words.get(row["fee"], row["fee"]),
            "amount": amount(row["fen"]),
            "open": amount(left) if left else "",
        }

    return Listing(
        _("账单"),
        [
            output.Column(_("房号"), "unit"),
            output.Column(_("费用"), "word"),
            output.Column(_("从"), "begins"),
            output.Column(_("到"), "ends"),
            output.Column(_("金额"), "amount", right=True),
            output.Column(_("未收"), "open", right=True),
            output.Column(_("编号"), "name"),
        ],
        lambda: map(said, found),
        lambda: context.zoned(found, desk.zone),
    )


@app.command("withdraw", help=_("整批撤回出错的账，一笔都还没有收的时候；要写原因，要有第二个人"))
def withdraw(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=_("编号，例如 CP-20261130-001"))],
    why: Why = "",
    second: Annotated[
        str, typer.Option("--second", help=_("第二个人的工号；密码取自 WUYE_PIN2 或当场询问"))
    ] = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import bill_withdrawal, counter

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    proven = context.proven(desk, second)
    done = desk.perform(
        "bills.withdraw",
        lambda act: bill_withdrawal.withdraw(act, number, why, second, proven),
        chosen,
    )
    counter.use_all_prepaid(desk)  # what it had settled besides
    told = _("{number} 已撤回：{period} {lines} 笔，共 {amount}，可以重新出账。（{entry}）")
    said = told.format(**{**done, "amount": amount(done["amount_fen"])})
    output.answer(done, context.json, said)


@app.command("charge", help=_("给一户记一笔：工本费、赔偿、以前欠的"))
def charge(
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(help=_("房号"))],
    fee: Annotated[str, typer.Argument(help=_("收费项目：代号或名称"))],
    sum_: Annotated[str, typer.Option("--amount", help=_("多少元"))],
    what: Annotated[str, typer.Option("--what", help=_("是什么，几个字"))] = "",
    why: Why = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers.counter import charge_once
    from wuye_tui.rules.fee_kinds import fee_named
    from wuye_tui.rules.money import parse_yuan

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    kind, fen = fee_named(desk.reference.fees, fee), parse_yuan(sum_)
    done = desk.perform(
        "bills.charge", lambda act: charge_once(act, unit, kind, fen, what, why), chosen
    )
    said = _("{unit} {fee} {amount} 已记账。").format(
        unit=done["unit"], fee=kind.word, amount=amount(fen)
    )
    output.answer(done, context.json, said)


@app.command("waive", help=_("减免一笔没收的账，要写原因和批准人"))
def waive(
    ctx: typer.Context,
    charge_: Charge,
    sum_: Annotated[str, typer.Option("--amount", help=_("减多少元"))],
    why: Why = "",
    approver: Approver = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import giving_back
    from wuye_tui.rules.money import parse_yuan

    context: Context = ctx.obj
    chosen, desk, fen = key_of(key), context.desk(), parse_yuan(sum_)
    proven = context.proven(desk, approver)
    done = desk.perform(
        "bills.waive",
        lambda act: giving_back.waive(act, charge_, fen, why, approver, proven),
        chosen,
    )
    said = _("{unit} 减免 {amount}。（{number}）").format(**{**done, "amount": amount(fen)})
    output.answer(done, context.json, said)


@app.command("reverse", help=_("冲销记错的一笔，要有第二个人"))
def reverse(
    ctx: typer.Context,
    charge_: Charge,
    why: Why = "",
    second: Annotated[
        str, typer.Option("--second", help=_("第二个人的工号；密码取自 WUYE_PIN2 或当场询问"))
    ] = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import giving_back

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    proven = context.proven(desk, second)
    done = desk.perform(
        "bills.reverse", lambda act: giving_back.reverse(act, charge_, why, second, proven), chosen
    )
    told = _("{unit} 冲销 {amount}。（{number}）")
    said = told.format(**{**done, "amount": amount(done["amount_fen"])})
    output.answer(done, context.json, said)


bill_days.add_to(app)
app.command("opening", help=_("期初：原来账上的欠费、预存、押金，和合计对上才记"))(opening.opening)
