"""`wuye bills spend|spent|unspend|published|vouchers`: what the office spends, the statement that
it publishes, and the ledger for the accountant's program (KF-3.4, FW-4.3).
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.days import Since, Until
from wuye_tui.cli.fees import Key, day
from wuye_tui.cli.listing import PDF, WRITTEN, Force, Limit, Listing, Out, listing
from wuye_tui.cli.wording import word_of
from wuye_tui.rules.locale import amount
from wuye_tui.words import PAPER, _, speaking

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.paper.sheets import Sheet
    from wuye_tui.registers.published import Statement

Why = Annotated[str, typer.Option("--why", help=_("为什么"))]
Second = Annotated[str, typer.Option("--second", help=_("第二个人的工号"))]
FromMonth = Annotated[
    str, typer.Option("--from", help=_("从哪个月，写成 2026-10；不写是上个月"), metavar=_("<月>"))
]
ToMonth = Annotated[
    str, typer.Option("--to", help=_("到哪个月（含）；不写就是那一个月"), metavar=_("<月>"))
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands to the noun."""
    app.command("spend", help=_("记一笔支出：花在哪一类、多少、怎样付、是什么"))(spend)
    app.command("unspend", help=_("冲回记错的一笔支出，要写原因，要有第二个人"))(unspend)
    app.command("spent", help=_("列出支出，冲回的也在"))(listing(spent))
    app.command("published", help=_("收支公示：各项收入、支出、结余，没有个人信息"))(published)
    app.command("vouchers", help=_("把账目做成凭证，给用友 U8、金蝶 KIS 导入"))(vouchers)


def spend(
    ctx: typer.Context,
    category: Annotated[str, typer.Argument(help=_("支出类别：代号或名称"))],
    sum_: Annotated[str, typer.Option("--amount", help=_("多少元"))],
    pay: Annotated[str, typer.Option("--pay", help=_("怎样付，和收款一样，例如 transfer 转账"))],
    what: Annotated[str, typer.Option("--what", help=_("是什么，例如 电梯维保 11月"))] = "",
    date: Annotated[str, typer.Option("--day", help=_("哪一天花的，还没有日结；不写是今天"))] = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import spending
    from wuye_tui.rules.money import parse_yuan
    from wuye_tui.rules.payments import Tender
    from wuye_tui.rules.spending import category_named

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    on, tender = day(date, desk), Tender(_means(pay), parse_yuan(sum_))
    named = category_named(desk.reference.spending, category)
    done = desk.perform(
        "bills.spend", lambda act: spending.spend(act, named, tender, what, on), chosen
    )
    told = _("{day} 支出 {amount} 已记，{category}。（{number}）")
    said = told.format(
        day=done["day"], amount=amount(tender.fen), category=named.word, number=done["number"]
    )
    output.answer(done, context.json, said)


def unspend(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=_("支出的编号，例如 ZC-20261119-001"))],
    why: Why = "",
    second: Second = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import spending

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    proven = context.proven(desk, second)
    done = desk.perform(
        "bills.unspend", lambda act: spending.unspend(act, number, why, second, proven), chosen
    )
    told = _("支出 {takes_back} 已冲回 {amount}。（{number}）")
    said = told.format(**{**done, "amount": amount(done["amount_fen"])})
    output.answer(done, context.json, said)


def spent(ctx: typer.Context, since: Since = "", until: Until = "", limit: Limit = None) -> Listing:
    from wuye_tui.registers.spending import list_spent
    from wuye_tui.rules.receipts import MEANS

    context: Context = ctx.obj
    desk = context.accounts()
    found = list_spent(desk, day(since, desk), day(until, desk), context.most(limit, 200))
    means = dict(MEANS)

    def said(row: dict[str, Any]) -> dict[str, Any]:
        paid = word_of(means, row["means"])
        gone = _("已冲回") if row["back"] else ""
        return {**row, "means": paid, "amount": amount(row["amount_fen"]), "gone": gone}

    return Listing(
        _("支出"),
        [
            output.Column(_("编号"), "number"),
            output.Column(_("日期"), "day"),
            output.Column(_("支出类别"), "word"),
            output.Column(_("金额"), "amount", right=True),
            output.Column(_("是什么"), "what", fold=True),
            output.Column(_("冲回"), "gone"),
        ],
        lambda: (said(one.as_dict()) for one in found),
        lambda: context.zoned([one.as_dict() for one in found], desk.zone),
        [
            output.Column(_("怎样付"), "means"),
            output.Column(_("经办"), "by_name"),
            output.Column(_("冲回的编号"), "back"),
        ],
    )


def published(
    ctx: typer.Context,
    first: FromMonth = "",
    last: ToMonth = "",
    out: Out = None,
    force: Force = False,
) -> None:
    from wuye_tui.registers.published import published as made
    from wuye_tui.rules.months import month_of, parse_month

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    today = desk.calendar.day_of(desk.now())
    begin = parse_month(first, today)
    end = parse_month(last, today) if last.strip() else begin
    found = made(desk, begin, end)
    if out is not None:
        _publish(desk, found, out, force)
        output.say(_(WRITTEN).format(path=out))
    elif context.json:
        output.emit(found.as_dict(), True)
    else:
        output.told(_title(desk, found))
        for sheet in _sheets(found):
            output.heading(sheet.title)
            output.table(sheet.rows, sheet.columns)  # type: ignore[arg-type]
    if end == month_of(today):
        output.say(_("{month} 还没有过完，数字还会变。").format(month=end))


def _title(desk: "Desk", found: "Statement") -> str:
    told = _("{office} 收支公示 {first} 至 {last}")
    return told.format(office=desk.office.name, first=found.first, last=found.last)


def _publish(desk: "Desk", found: "Statement", out: Path, force: bool) -> None:
    from wuye_tui.paper import sheets
    from wuye_tui.paper.files import UnknownEnding

    ending = out.suffix.lower()
    if ending in sheets.OF_SHEETS:
        sheets.write_book(out, _sheets(found), force)
    elif ending == PDF:
        from wuye_tui.paper.tables import write_tables

        with speaking(PAPER):  # it is put up for the residents
            title, tables = _title(desk, found), _sheets(found)
        write_tables(out, title, tables, desk.settings.font, force)
    elif ending in sheets.ENDINGS:
        sheets.write_list(out, _title(desk, found), (), (), found.as_dict, force)
    else:
        raise UnknownEnding(out, (*sheets.ENDINGS, PDF))


def _sheets(found: "Statement") -> "list[Sheet]":
    from wuye_tui.paper.sheets import Sheet

    income = [
        {
            "word": one.word, "billed": amount(one.billed), "reversed": _less(one.reversed),
            "waived": _less(one.waived), "fen": amount(one.collected),
        }
        for one in found.income
    ]  # fmt: skip
    income.append(
        {
            "word": _("合计"),
            "billed": amount(sum(one.billed for one in found.income)),
            "reversed": _less(sum(one.reversed for one in found.income)),
            "waived": _less(sum(one.waived for one in found.income)),
            "fen": amount(found.collected),
        }
    )
    spent = [*((one.word, one.fen) for one in found.spent), (_("合计"), found.spent_fen)]
    summed = [
        (_("收到"), found.collected), (_("支出"), found.spent_fen),
        *([(_("长短款"), found.difference)] if found.difference else []),
        (_("结余"), found.balance),
        (_("预存比期初多"), found.more_prepaid), (_("押金比期初多"), found.more_deposits),
        (_("资金比期初多"), found.money), (_("其中已退的款"), found.refunded),
    ]  # fmt: skip
    held = [
        (_("代管的预存"), found.prepaid),
        *((_("代管的{fee}").format(fee=one.word), one.fen) for one in found.deposits),
        (_("还没有收的"), found.receivable),
    ]
    return [
        Sheet(
            _("收入"),
            [
                output.Column(_("项目"), "word"),
                *(
                    output.Column(word, key, right=True)
                    for word, key in (
                        (_("应收"), "billed"), (_("冲销"), "reversed"), (_("减免"), "waived"),
                        (_("收到"), "fen"),
                    )
                ),
            ],
            income,
        ),
        _pairs(_("支出"), spent),
        _pairs(_("结余"), summed),
        _pairs(_("期末"), held),
    ]  # fmt: skip


def _pairs(title: str, rows: list[tuple[str, int]]) -> "Sheet":
    from wuye_tui.paper.sheets import Sheet

    columns = [output.Column(_("项目"), "word"), output.Column(_("金额"), "fen", right=True)]
    return Sheet(title, columns, [{"word": word, "fen": amount(fen)} for word, fen in rows])


def _less(fen: int) -> str:
    return amount(fen) if fen else ""


def vouchers(
    ctx: typer.Context,
    program: Annotated[str, typer.Option("--for", help=_("给哪个程序：u8 或 kis"))],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help=_("存成文件：.txt、.csv 或 .xlsx"))
    ] = None,
    since: Since = "",
    until: Until = "",
    each: Annotated[bool, typer.Option("--each", help=_("一条账目一张凭证，不按天汇总"))] = False,
    encoding: Annotated[
        str, typer.Option("--encoding", help=_("gb18030 或 utf-8；不写时用友是前一种"))
    ] = "",
    force: Force = False,
) -> None:
    from wuye_tui.registers.vouchers import made
    from wuye_tui.rules import books
    from wuye_tui.rules.months import month_of

    context: Context = ctx.obj
    desk = context.accounts()
    if program not in books.FOR:
        raise books.UnknownProgram(program)
    before = month_of(desk.calendar.day_of(desk.now())).before
    begin = day(since, desk) or before.last_day.replace(day=1)
    end = day(until, desk) or before.last_day
    found = made(desk, begin, end, each)
    rows = list(books.rows(found.vouchers, desk.reference.books, program))
    if out is not None:
        from wuye_tui.paper.vouchers import write_vouchers

        write_vouchers(out, _("凭证"), program, rows, encoding, force)
        output.say(_(WRITTEN).format(path=out))
    elif context.json:
        output.emit(rows, True)
    else:
        output.table(rows, [output.Column(name, name) for name in books.FOR[program]])
    told = _("{many} 张凭证，借贷各 {amount}。")
    output.say(told.format(many=len(found.vouchers), amount=amount(found.fen)))
    if found.left_out:
        told = _("有 {n} 条账目按 data/books.toml 不导出。")
        output.say(told.format(n=found.left_out))
    if found.open_days:
        told = _("有 {n} 天还没有日结，最早 {day}，导出以后还会变。")
        output.say(told.format(n=len(found.open_days), day=found.open_days[0]))


def _means(typed: str) -> str:
    """The code of a means of payment. Raises UnknownMeans."""
    from wuye_tui.rules.payments import UnknownMeans
    from wuye_tui.rules.receipts import MEANS

    asked = typed.strip()
    code = next((code for code, word in MEANS if asked in (code, word, _(word))), "")
    if not code:
        raise UnknownMeans(typed)
    return code
