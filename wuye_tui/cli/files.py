"""`wuye files`: an owner's file is looked into by a recorded procedure (FW-6.3)."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.days import Since, Until, begin, end
from wuye_tui.cli.fees import Key
from wuye_tui.cli.listing import Limit, Listing, listing
from wuye_tui.cli.wording import word_of
from wuye_tui.rules.files import PARTS
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Desk

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("业主档案的查阅")
)


@app.command("open", help=_("办查档手续，再看档案：谁查、为什么、谁批准、看了什么都记下（FW-6.3）"))
def open_(
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(help=_("房号"))],
    purpose: Annotated[str, typer.Option("--purpose", help=_("为什么查；一定要写"))] = "",
    second: Annotated[
        str, typer.Option("--second", help=_("批准的人的工号；密码取自 WUYE_PIN2 或当场询问"))
    ] = "",
    parts: Annotated[
        list[str] | None,
        typer.Option("--part", help=_("查哪些：people cars terms matters calls；可以写几次")),
    ] = None,
    whom: Annotated[str, typer.Option("--for", help=_("替外单位的谁查"))] = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import files

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    proven = context.proven(desk, second)
    done = desk.perform(
        "files.open",
        lambda act: files.open_file(act, unit, purpose, second, proven, parts or (), whom),
        chosen,
    )
    output.say(_("查档手续 {number}，半小时内可以再看：wuye files show。").format(**done))
    _print(context, desk, str(done["number"]))


@app.command("show", help=_("再看一次已经办了手续的档案：只给办手续的人，半小时内"))
def show(ctx: typer.Context, number: Annotated[str, typer.Argument(help=_("查档号"))]) -> None:
    context: Context = ctx.obj
    _print(context, context.desk(), number)


@app.command("list", help=_("查档记录，新的在前：哪一户、谁查、谁批准、看了什么"))
@listing
def list_(
    ctx: typer.Context,
    since: Since = "",
    until: Until = "",
    unit: Annotated[str, typer.Option("--unit", help=_("只列一户"))] = "",
    limit: Limit = None,
) -> Listing:
    from wuye_tui.registers.files import openings

    context: Context = ctx.obj
    desk = context.reading()
    first, last = begin(since, desk.zone), end(until, desk.zone)
    found = openings(desk, first, last, unit, context.most(limit, 200))

    def said() -> list[dict[str, Any]]:
        return [
            {
                **one.as_dict(),
                "at": context.when(one.at, desk.zone),
                "parts": listed(word_of(PARTS, part) for part in one.parts),
            }
            for one in found
        ]

    return Listing(
        _("查档记录"),
        [
            output.Column(_("查档号"), "number"),
            output.Column(_("时间"), "at"),
            output.Column(_("房号"), "unit"),
            output.Column(_("谁查"), "asker_name"),
            output.Column(_("批准人"), "allowed_by_name"),
            output.Column(_("看了什么"), "parts", fold=True),
            output.Column(_("为什么"), "purpose", fold=True),
        ],
        said,
        lambda: context.zoned([one.as_dict() for one in found], desk.zone),
        [output.Column(_("替谁查"), "whom")],
    )


def _print(context: Context, desk: "Desk", number: str) -> None:
    """What stands in an opened file, part by part."""
    from wuye_tui.registers.files import read

    found = read(desk, number)
    if context.json:
        output.emit(context.zoned(found, desk.zone), True)
        return
    for part, columns in _columns().items():
        if part in found:
            output.heading(f"{found['unit']} {_(PARTS[part])}")
            output.table([_in_words(context, desk, one) for one in found[part]], columns)


def _in_words(context: Context, desk: "Desk", one: dict[str, Any]) -> dict[str, Any]:
    from wuye_tui.intake.terms import ROLES
    from wuye_tui.registers.fees import TERMS

    said = dict(one)
    for moment in ("opened", "rang"):
        if said.get(moment):
            said[moment] = context.when(said[moment], desk.zone)
    if "role" in said:
        said["role"] = word_of(ROLES.words, said["role"])
    if "code" in said:
        said["code"] = word_of(dict(TERMS), said["code"])
    return said


def _columns() -> dict[str, list[output.Column]]:
    column = output.Column
    return {
        "people": [
            column(_("姓名"), "name", fold=True), column(_("身份"), "role"),
            column(_("电话"), "phone"), column(_("车牌号"), "plate"),
            column(_("入住日期"), "since"), column(_("迁出日期"), "until"),
        ],
        "cars": [column(_("车牌号"), "plate"), column(_("姓名"), "name", fold=True)],
        "terms": [
            column(_("项目"), "fee"), column(_("约定"), "code"), column(_("车位"), "space"),
            column(_("车牌"), "plate"), column(_("从"), "begins"), column(_("到"), "ends"),
        ],
        "matters": [
            column(_("单号"), "number"), column(_("登记时间"), "opened"),
            column(_("姓名"), "name"), column(_("内容"), "words", fold=True),
        ],
        "calls": [
            column(_("编号"), "number"), column(_("时间"), "rang"), column(_("来电人"), "name"),
            column(_("电话"), "phone"), column(_("内容"), "words", fold=True),
        ],
    }  # fmt: skip
