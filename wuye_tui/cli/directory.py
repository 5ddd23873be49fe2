"""`wuye directory`: the telephone numbers at hand at the desk, and who tried them last."""

from pathlib import Path
from typing import Annotated

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.importing import import_file
from wuye_tui.words import _

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("通讯录")
)


@app.command("import", help=_("从表格导入；同一份再导一次不会有变化"))
def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help=_(".xlsx 或 .csv 文件"))],
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help=_("坏行另存，其余导入"))] = False,
) -> None:
    import_file(ctx.obj, "directory", file, skip_bad)


@app.command("list", help=_("列出电话和最近一次核对"))
def list_(
    ctx: typer.Context,
    stale: Annotated[bool, typer.Option("--stale", help=_("只列 90 天没有核对过的"))] = False,
) -> None:
    from wuye_tui.registers.directory import listing

    context: Context = ctx.obj
    rows = listing(context.desk(acting=False), stale)
    if context.json:
        output.emit([one.as_dict() for one in rows], True)
        return
    output.table(
        [
            {
                "name": one.name,
                "kind": _(one.group_word),
                "phone": one.phone,
                "second": one.second,
                "hours": one.hours,
                "checked": one.checked.isoformat() if one.checked else _("从未"),
                "mark": _("待核对") if one.stale else "",
                "note": one.note,
            }
            for one in rows
        ],
        [
            output.Column(_("名称"), "name"),
            output.Column(_("类别"), "kind"),
            output.Column(_("电话"), "phone"),
            output.Column(_("备用电话"), "second"),
            output.Column(_("时间"), "hours", cells=12),
            output.Column(_("核对"), "checked"),
            output.Column(_("提示"), "mark"),
            output.Column(_("备注"), "note", fold=True),
        ],
    )


@app.command("check", help=_("今天打过，号码是对的；换了号就写上新的"))
def check(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help=_("名称"))],
    phone: Annotated[str, typer.Option("--phone", help=_("现在的号码，变了才写"))] = "",
    key: Annotated[
        str, typer.Option("--key", help=_("这次操作的 UUID；重复执行不会做两次"), metavar="<UUID>")
    ] = "",
) -> None:
    from wuye_tui.registers import directory

    context: Context = ctx.obj
    chosen = key_of(key)
    desk = context.desk()
    done = desk.perform("directory.check", lambda act: directory.check(act, name, phone), chosen)
    if context.json:
        output.emit(done, True)
    else:
        output.emit(
            _("{name} {phone} 已核对。").format(name=done["name"], phone=done["phone"]), False
        )
