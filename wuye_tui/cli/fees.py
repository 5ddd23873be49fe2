"""`wuye fees`: what is charged, at which price from when; terms of single units (KF-3.4)."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.listing import Listing, listing
from wuye_tui.cli.wording import word_of
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from wuye_tui.desk import Desk

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help=_("收费项目、价格、各户的约定"),
)
FeeName = Annotated[str, typer.Argument(help=_("收费项目：代号或名称"))]
From = Annotated[str, typer.Option("--from", help=_("从哪一天起，2026-01-01"))]
To = Annotated[str, typer.Option("--to", help=_("到哪一天（含）；不写就一直"))]
Key = Annotated[
    str, typer.Option("--key", help=_("这次操作的 UUID；重复执行不会做两次"), metavar="<UUID>")
]
Approver = Annotated[
    str, typer.Option("--approver", help=_("批准人的工号；密码取自 WUYE_PIN2 或当场询问"))
]


def day(typed: str, desk: "Desk") -> date | None:
    """A day that was typed; None for none. Raises UnreadableDay and NoSuchDay."""
    return needed_day(typed, desk) if typed.strip() else None


def needed_day(typed: str, desk: "Desk") -> date:
    """A day that has to be typed. Raises UnreadableDay and NoSuchDay."""
    from wuye_tui.rules.days import parse_day

    return parse_day(typed, desk.calendar.day_of(desk.now()))


@app.command("list", help=_("收费项目和价格，从哪天到哪天"))
@listing
def list_(ctx: typer.Context) -> Listing:
    from wuye_tui.registers.fees import list_fees
    from wuye_tui.rules.fees import price_words

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    found, kinds = list_fees(desk), {one.code: one for one in desk.reference.fees}

    def said(row: dict[str, Any]) -> dict[str, Any]:
        return {
            **row,
            "price": price_words(row["price"]) if row["price"] is not None else "",
            "per": kinds[row["fee"]].per,
            "begins": row["begins"] or "",
            "ends": row["ends"] or (_("一直") if row["begins"] else ""),
            "kind": word_of(KIND_WORDS, row["kind"]) if row["kind"] else "",
        }

    return Listing(
        _("费用"),
        [
            output.Column(_("代号"), "fee"),
            output.Column(_("名称"), "word"),
            output.Column(_("房屋"), "kind"),
            output.Column(_("单价"), "price", right=True),
            output.Column(_("每"), "per"),
            output.Column(_("从"), "begins"),
            output.Column(_("到"), "ends"),
        ],
        lambda: map(said, found),
        lambda: found,
    )


@app.command("set", help=_("定一个价格：从某一天起；以前的价格到前一天为止"))
def set_(
    ctx: typer.Context,
    fee: FeeName,
    price: Annotated[str, typer.Option("--price", help=_("单价，元，最多四位小数"))],
    begins: From,
    ends: To = "",
    kind: Annotated[
        str, typer.Option("--kind", help=_("只对哪种房屋：home 住宅 shop 商铺 parking 车位"))
    ] = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import fees
    from wuye_tui.rules.fees import parse_price, price_words

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    since, cost = needed_day(begins, desk), parse_price(price)
    until = day(ends, desk)
    done = desk.perform(
        "fees.set", lambda act: fees.set_price(act, fee, cost, since, kind, until), chosen
    )
    told = _("{fee} 从 {begins} 起 {price} 元。")
    said = told.format(fee=done["fee"], begins=done["begins"], price=price_words(cost))
    output.answer(done, context.json, said)


@app.command("term", help=_("某一户的约定：车位，或者空置、优惠、免收（要写原因和批准人）"))
def term(
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(help=_("房号"))],
    fee: FeeName,
    code: Annotated[
        str, typer.Argument(help=_("space 车位 vacant 空置 discount 优惠 waived 免收"))
    ],
    begins: From,
    ends: To = "",
    percent: Annotated[
        int | None, typer.Option("--percent", help=_("收百分之几；空置、优惠一定要写"))
    ] = None,
    subject: Annotated[str, typer.Option("--subject", help=_("哪个车位，例如 B-115"))] = "",
    plate: Annotated[str, typer.Option("--plate", help=_("停哪辆车，车牌"))] = "",
    why: Annotated[str, typer.Option("--why", help=_("为什么少收"))] = "",
    approver: Approver = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers.fee_terms import add_term

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    since, until = needed_day(begins, desk), day(ends, desk)
    proven = context.proven(desk, approver)
    done = desk.perform(
        "fees.term",
        lambda act: add_term(
            act, unit, fee, code, since, until, percent=percent, subject=subject, plate=plate,
            why=why, approver=approver, proven=proven,
        ),
        chosen,
    )  # fmt: skip
    told = _("{unit} 的约定已记下，从 {begins} 起。")
    said = told.format(unit=done["unit"], begins=done["begins"])
    output.answer(done, context.json, said)


@app.command("end-term", help=_("结束某一户的约定：到哪一天为止；还没有出过账的也可以取消"))
def end_term(
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(help=_("房号"))],
    fee: FeeName,
    on: Annotated[str, typer.Option("--on", help=_("到哪一天（含）；写在开始那天以前就是取消"))],
    subject: Annotated[str, typer.Option("--subject", help=_("有几个车位的，写明哪一个"))] = "",
    code: Annotated[str, typer.Option("--term", help=_("有几种约定的，写明哪一种"))] = "",
    why: Annotated[str, typer.Option("--why", help=_("为什么；一定要写"))] = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import fee_terms

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    last = needed_day(on, desk)
    done = desk.perform(
        "fees.end_term",
        lambda act: fee_terms.end_term(act, unit, fee, last, why, subject, code),
        chosen,
    )
    told = _("{unit} 的约定到 {ends} 为止。") if done["counted"] else _("{unit} 的约定已经取消。")
    output.answer(done, context.json, told.format(unit=done["unit"], ends=done["ends"]))


@app.command("terms", help=_("各户的约定"))
@listing
def terms(
    ctx: typer.Context, unit: Annotated[str, typer.Argument(help=_("房号；不写就是全部"))] = ""
) -> Listing:
    from wuye_tui.registers.fee_terms import list_terms
    from wuye_tui.registers.fees import TERMS

    context: Context = ctx.obj
    desk = context.accounts()
    found, words = list_terms(desk, unit), dict(TERMS)
    fees = {one.code: one.word for one in desk.reference.fees}

    def said(row: dict[str, Any]) -> dict[str, Any]:
        return {
            **row,
            "fee": fees.get(row["fee"], row["fee"]),
            "code": word_of(words, row["code"]),
            "share": f"{row['share'] / 100:g}%",
            "ends": _ends(row),
        }

    return Listing(
        _("各户的约定"),
        [
            output.Column(_("房号"), "unit"),
            output.Column(_("费用"), "fee"),
            output.Column(_("约定"), "code"),
            output.Column(_("车位"), "space"),
            output.Column(_("车牌"), "plate"),
            output.Column(_("收"), "share", right=True),
            output.Column(_("从"), "begins"),
            output.Column(_("到"), "ends"),
            output.Column(_("批准"), "approver"),
        ],
        lambda: map(said, found),
        lambda: context.zoned(found, desk.zone),
    )


@app.command("pool", help=_("登记一个月要分摊的金额，再登记就是改；出过账不能改"))
def pool(
    ctx: typer.Context,
    fee: FeeName,
    period: Annotated[str, typer.Option("--period", help=_("哪个月，2026-12"))],
    sum_: Annotated[str, typer.Option("--amount", help=_("多少元"))],
    building: Annotated[str, typer.Option("--building", help=_("只由哪一栋分摊"))] = "",
    basis: Annotated[
        str, typer.Option("--basis", help=_("按什么分：area 面积 unit 户 meter 用量"))
    ] = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import fees, pools
    from wuye_tui.rules.fee_kinds import fee_named
    from wuye_tui.rules.money import parse_yuan, yuan
    from wuye_tui.rules.shares import BASIS_WORDS, Basis

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    month, fen = fees.month_named(desk, period), parse_yuan(sum_)
    word = fee_named(desk.reference.fees, fee).word
    done = desk.perform(
        "fees.pool", lambda act: pools.put(act, fee, month, fen, building, basis), chosen
    )
    told = _("{period} {fee}（{building}）{amount} 元，{basis}由 {units} 户分摊。")
    said = told.format(
        period=done["period"], fee=word, building=_building(done["building"]), amount=yuan(fen),
        basis=_(BASIS_WORDS[Basis(done["basis"])]), units=done["units"],
    )  # fmt: skip
    if done["without"]:
        said += _("另有 {count} 户不分摊：没有面积或用量。").format(count=done["without"])
    if done["too_small"]:
        told = _("另有 {count} 户不分摊：分到的不到一分。")
        said += told.format(count=done["too_small"])
    output.answer(done, context.json, said)
    if not context.json:
        lines = (f"{one['unit']}  {yuan(one['amount_fen'])}" for one in done["shares"])
        output.section(_("例如"), lines)


@app.command("pools", help=_("登记过的公摊"))
@listing
def pools_(ctx: typer.Context) -> Listing:
    from wuye_tui.registers.pools import list_pools
    from wuye_tui.rules.locale import in_yuan
    from wuye_tui.rules.shares import BASIS_WORDS

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    found = list_pools(desk)
    fees = {one.code: one.word for one in desk.reference.fees}

    def said(row: dict[str, Any]) -> dict[str, Any]:
        return {
            **row,
            "fee": fees.get(row["fee"], row["fee"]),
            "building": _building(row["building"]),
            "basis": word_of(BASIS_WORDS, row["basis"]),
            "amount": in_yuan(row["fen"]),
        }

    return Listing(
        _("公摊"),
        [
            output.Column(_("账期"), "period"),
            output.Column(_("费用"), "fee"),
            output.Column(_("楼栋"), "building"),
            output.Column(_("分法"), "basis"),
            output.Column(_("金额"), "amount", right=True),
            output.Column(_("出账"), "run"),
            output.Column(_("经办"), "by"),
        ],
        lambda: map(said, found),
        lambda: context.zoned(found, desk.zone),
    )


def _ends(term: dict[str, Any]) -> Any:
    """The last day of a term in words; that it was taken back before it counted."""
    ends = term["ends"]
    if ends is not None and ends < term["begins"]:
        return _("已取消")
    return ends or _("一直")


def _building(named: str) -> str:
    return _("{building} 栋").format(building=named) if named else _("全部")


KIND_WORDS = {"home": N_("住宅"), "shop": N_("商铺"), "parking": N_("车位")}
