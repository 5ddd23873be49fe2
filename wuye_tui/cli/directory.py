"""`wuye directory`: the telephone numbers at hand at the desk, and who tried them last."""

from typing import TYPE_CHECKING, Annotated

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.importing import DryRun, File, Sheet, SkipBad, import_file
from wuye_tui.cli.listing import Listing, listing
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.registers.directory import Entry

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("通讯录")
)


@app.command("import", help=_("从表格导入；同一份再导一次不会有变化"))
def import_(
    ctx: typer.Context,
    file: File,
    skip_bad: SkipBad = False,
    dry_run: DryRun = False,
    sheet: Sheet = "",
) -> None:
    import_file(ctx.obj, "directory", file, skip_bad, dry_run, sheet)


@app.command("list", help=_("列出电话和最近一次核对"))
@listing
def list_(
    ctx: typer.Context,
    stale: Annotated[bool, typer.Option("--stale", help=_("只列该核对的"))] = False,
) -> Listing:
    from wuye_tui.registers.directory import listing

    context: Context = ctx.obj
    rows = listing(context.desk(acting=False), stale)

    def words(one: "Entry") -> dict[str, str]:
        return {
            "name": one.name,
            "kind": _(one.group_word),
            "phone": one.phone,
            "second": one.second,
            "hours": one.hours,
            "checked": _checked(one),
            "mark": _("待核对") if one.stale else "",
            "note": one.note,
        }

    return Listing(
        _("通讯录"),
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
        lambda: map(words, rows),
        lambda: [one.as_dict() for one in rows],
    )


def _checked(one: "Entry") -> str:
    if one.checked:
        return one.checked.isoformat()
    return _("全国统一") if one.national else _("从未")


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


@app.command("put", help=_("加一个电话，或改它；只改写出来的几项，号码变了要重新核对"))
def put(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help=_("名称"))],
    phone: Annotated[str | None, typer.Option("--phone", help=_("电话"))] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help=_("类别，代码或文字"), metavar=_("<类别>"))
    ] = None,
    second: Annotated[str | None, typer.Option("--second", help=_("备用电话"))] = None,
    hours: Annotated[str | None, typer.Option("--hours", help=_("时间"))] = None,
    note: Annotated[str | None, typer.Option("--note", help=_("备注"))] = None,
    key: Annotated[
        str, typer.Option("--key", help=_("这次操作的 UUID；重复执行不会做两次"), metavar="<UUID>")
    ] = "",
) -> None:
    from wuye_tui.registers import directory
    from wuye_tui.rules.directory import GROUPS

    context: Context = ctx.obj
    groups = {said: str(code) for code, word in GROUPS.items() for said in (code, word, _(word))}
    told = {"phone": phone, "second": second, "hours": hours, "note": note}
    given = {field: value for field, value in told.items() if value is not None}
    if kind is not None:
        given["kind"] = groups.get(kind, kind)
    desk = context.desk()
    done = desk.perform("directory.set", lambda act: directory.put(act, name, **given), key_of(key))
    if context.json:
        output.emit(done, True)
    else:
        output.emit(_("{name} {phone} 已写进通讯录。").format(**done), False)


@app.command("remove", help=_("从通讯录拿掉一个电话，写明为什么"))
def remove(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help=_("名称"))],
    reason: Annotated[str, typer.Option("--reason", help=_("为什么不再用"))],
    key: Annotated[
        str, typer.Option("--key", help=_("这次操作的 UUID；重复执行不会做两次"), metavar="<UUID>")
    ] = "",
) -> None:
    from wuye_tui.registers import directory

    context: Context = ctx.obj
    desk = context.desk()
    done = desk.perform(
        "directory.remove", lambda act: directory.remove(act, name, reason), key_of(key)
    )
    if context.json:
        output.emit({**done, "reason": reason.strip()}, True)
    else:
        output.emit(_("{name} 已从通讯录拿掉。").format(name=done["name"]), False)
