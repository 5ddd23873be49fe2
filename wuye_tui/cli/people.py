"""`wuye people`: residents; found by pinyin, characters, room, phone tail or plate."""

from typing import Annotated

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.importing import DryRun, File, Sheet, SkipBad, import_file
from wuye_tui.cli.listing import Full, Listing, Reason, listing
from wuye_tui.cli.retention import EraseReason, Second, sure
from wuye_tui.cli.wording import word_of
from wuye_tui.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("住户"))


@app.command("import", help=_("从表格导入；同一份再导一次不会有变化"))
def import_(
    ctx: typer.Context,
    file: File,
    skip_bad: SkipBad = False,
    dry_run: DryRun = False,
    sheet: Sheet = "",
) -> None:
    import_file(ctx.obj, "people", file, skip_bad, dry_run, sheet)


@app.command("list", help=_("列出住户；电话只写头尾。存成文件要写明原因，姓名、电话、车牌都不写全"))
@listing
def list_(ctx: typer.Context, full: Full = False, reason: Reason = "") -> Listing:
    from wuye_tui.intake.terms import ROLES
    from wuye_tui.registers.people import everybody, taken_out

    context: Context = ctx.obj
    if full or context.whole:
        rows = taken_out(context.desk(), reason, full=full)
    else:
        rows = everybody(context.reading())
    return Listing(
        _("住户表"),
        [
            output.Column(_("房号"), "unit"),
            output.Column(_("姓名"), "name", fold=True),
            output.Column(_("身份"), "role"),
            output.Column(_("电话"), "phone"),
            output.Column(_("车牌号"), "plate"),
            output.Column(_("入住日期"), "since"),
            output.Column(_("迁出日期"), "until"),
        ],
        lambda: ({**row, "role": word_of(ROLES.words, row["role"])} for row in rows),
        lambda: rows,
    )


@app.command("erase", help=_("清除一位已经迁出的住户：姓名、电话、说过的话；不能恢复，要两个人"))
def erase(
    ctx: typer.Context,
    who: Annotated[str, typer.Argument(help=_("姓名、电话、房号，或者编号"))],
    reason: EraseReason = "",
    second: Second = "",
) -> None:
    from wuye_tui.registers import erasing

    context: Context = ctx.obj
    sure(context)
    desk = context.desk()
    person = erasing.person_of(desk, who)
    proven = context.proven(desk, second)
    done = desk.perform(
        "people.erase", lambda act: erasing.erase_person(act, person, reason, second, proven)
    )
    told = _(
        "已清除{what}（{number}）。收据和账目上的付款人依法保存。旧的备份里还有：自动备份到期会删，"
        "手工做的、升级前的和 wuye.db.before-* 请自己删。"
    )
    said = told.format(what=erasing.told(done), number=done["number"])
    output.answer(done, context.json, said)


@app.command("find", help=_("找住户；电话只显示头尾"))
def find(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help=_("拼音首字母、拼音、汉字、房号、电话尾号、车牌"))],
    limit: Annotated[int, typer.Option("--limit", min=1, max=200, help=_("最多列多少人"))] = 20,
) -> None:
    from wuye_tui.intake.terms import ROLES
    from wuye_tui.registers.people import find as search

    context: Context = ctx.obj
    desk = context.reading()
    rows = search(desk, text, limit)
    if context.json:
        output.emit(rows, True)
        return
    output.table(
        [{**row, "role": word_of(ROLES.words, row["role"])} for row in rows],
        [
            output.Column(_("姓名"), "name"),
            output.Column(_("房号"), "unit"),
            output.Column(_("身份"), "role"),
            output.Column(_("电话"), "phone"),
        ],
    )
