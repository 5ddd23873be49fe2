"""`wuye staff`: who works here, as what, their PINs and passwords."""

import getpass
import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.importing import DryRun, File, Sheet, SkipBad, import_file
from wuye_tui.cli.listing import Full, Listing, Reason, listing
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.text import masked_phone
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Desk

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("员工"))


class NewPinMissing(UsageError):
    """A new PIN is needed, and nobody can be asked for it."""

    def __init__(self) -> None:
        super().__init__(_("新密码请放在 WUYE_NEW_PIN 里，或在终端里运行。"))


class NewPasswordMissing(UsageError):
    """A new password is needed, and nobody can be asked for it."""

    def __init__(self) -> None:
        super().__init__(_("新口令请放在 WUYE_NEW_PASSWORD 里，或在终端里运行。"))


class PasswordsDiffer(UsageError):
    """The two passwords typed are not the same."""

    def __init__(self) -> None:
        super().__init__(_("两次输入的口令不一样，请重新运行。"))


@app.command("import", help=_("从表格导入；同一份再导一次不会有变化"))
def import_(
    ctx: typer.Context,
    file: File,
    skip_bad: SkipBad = False,
    dry_run: DryRun = False,
    sheet: Sheet = "",
) -> None:
    import_file(ctx.obj, "staff", file, skip_bad, dry_run, sheet)


@app.command("list", help=_("列出员工；电话只写头尾"))
@listing
def list_(
    ctx: typer.Context,
    everyone: Annotated[bool, typer.Option("--all", help=_("包括已经离职的"))] = False,
    full: Full = False,
    reason: Reason = "",
) -> Listing:
    from wuye_tui.registers.staff import list_staff, reveal_phones

    context: Context = ctx.obj
    desk = context.desk() if full else context.reading()
    if full:
        rows = reveal_phones(desk, reason, everyone)
    else:
        found = list_staff(desk, everyone)
        rows = [{**row, "phone": masked_phone(row["phone"])} for row in found]
    return Listing(
        _("员工表"),
        [
            output.Column(_("工号"), "number"),
            output.Column(_("姓名"), "name"),
            output.Column(_("部门"), "department_word"),
            output.Column(_("岗位"), "post"),
            output.Column(_("级别"), "level"),
            output.Column(_("职责"), "hats", fold=True),
        ],
        lambda: ({**row, "hats": _hats(row["hats"])} for row in rows),
        lambda: rows,
        [
            output.Column(_("电话"), "phone"),
            output.Column(_("资质"), "qualifications"),
            output.Column(_("在职"), "active"),
        ],
    )


def _hats(codes: list[str]) -> str:
    """The hats in words, always in the order of their own table."""
    from wuye_tui.rules.rights import HAT_WORDS, Hat, hats

    worn = hats(codes)
    return listed(_(HAT_WORDS[hat]) for hat in Hat if hat in worn)


@app.command("add", help=_("加一名员工"))
def add(
    ctx: typer.Context,
    number: Annotated[str, typer.Option("--number", help=_("工号"))],
    name: Annotated[str, typer.Option("--name", help=_("姓名"))],
    post: Annotated[str, typer.Option("--post", help=_("岗位，见 data/posts.csv"))],
    hats: Annotated[str, typer.Option("--hats", help=_("另兼的职责，逗号分开"))] = "",
    key: Annotated[
        str, typer.Option("--key", help=_("这次操作的 UUID；重复执行不会做两次"), metavar="<UUID>")
    ] = "",
) -> None:
    from wuye_tui.registers.staff import add as add_staff

    context: Context = ctx.obj
    chosen = key_of(key)
    desk = context.desk()
    extra = [hat for hat in hats.replace("，", ",").split(",") if hat.strip()]
    done = desk.perform(
        "staff.add", lambda act: add_staff(act, desk, number, name, post, hats=extra), chosen
    )
    if context.json:
        output.emit(done, True)
    else:
        output.emit(_("已加入 {number} {name}。").format(number=done["number"], name=name), False)


@app.command("set-pin", help=_("设定密码：管理员替人设，或自己换"))
def set_pin(ctx: typer.Context, number: Annotated[str, typer.Argument(help=_("工号"))]) -> None:
    from wuye_tui.registers.pins import set_pin as set_

    context: Context = ctx.obj
    desk = context.desk()
    new = os.environ.get("WUYE_NEW_PIN", "")
    if not new and not sys.stdin.isatty():
        raise NewPinMissing
    new = new or getpass.getpass(_("{number} 的新密码：").format(number=number), stream=sys.stderr)
    set_(desk, number, new, old=_old(context, desk, "pin"))
    output.say(_("{number} 的密码已设定。").format(number=number))


@app.command("set-password", help=_("设定口令：在没有登记的电脑上登录用；管理员替人设，或自己换"))
def set_password(
    ctx: typer.Context, number: Annotated[str, typer.Argument(help=_("工号"))]
) -> None:
    from wuye_tui.registers.passwords import set_password as set_

    context: Context = ctx.obj
    desk = context.desk()
    new = os.environ.get("WUYE_NEW_PASSWORD", "")
    if not new and not sys.stdin.isatty():
        raise NewPasswordMissing
    if not new:
        told = _("{number} 的新口令：").format(number=number)
        new = getpass.getpass(told, stream=sys.stderr)
        if getpass.getpass(_("再输一次："), stream=sys.stderr) != new:
            raise PasswordsDiffer
    set_(desk, number, new, old=_old(context, desk, "password"))
    output.say(_("{number} 的口令已设定。").format(number=number))


def _old(context: Context, desk: "Desk", name: str) -> str:
    """What whoever changes their own gives first: the first password is set by the PIN. Nothing
    where an administrator sets it.
    """
    from wuye_tui.desk import may
    from wuye_tui.registers import sitting
    from wuye_tui.rules.rights import Right

    if may(desk, Right.ADMINISTER):
        return ""
    return context.old(desk, name if sitting.has(desk, desk.staff, name) else "pin")


@app.command("leave", help=_("离职停用：这个工号不能再办事，办过的仍记在名下"))
def leave(ctx: typer.Context, number: Annotated[str, typer.Argument(help=_("工号"))]) -> None:
    from wuye_tui.cli.roster_words import cell_words, some
    from wuye_tui.registers.leaves import still_planned
    from wuye_tui.registers.staff import deactivate

    context: Context = ctx.obj
    desk = context.desk()
    done = desk.perform("staff.leave", lambda act: deactivate(act, number))
    left = still_planned(desk, str(done["number"]))
    told = _("{number} 已停用。").format(number=done["number"])
    if left:
        more = _(
            "名下还排着 {n} 个班：{duties}。请用 wuye rosters generate 重新生成，少动别人的；"
            "人不够、排不出来的，用 wuye rosters absent 先补能补的。"
        )
        words = some(cell_words(desk, one["kind"], one) for one in left)
        told += more.format(n=len(left), duties=words)
    output.emit({**done, "duties": left} if context.json else told, context.json)


@app.command("return", help=_("重新启用离职的工号"))
def return_(ctx: typer.Context, number: Annotated[str, typer.Argument(help=_("工号"))]) -> None:
    from wuye_tui.registers.staff import activate

    context: Context = ctx.obj
    done = context.desk().perform("staff.return", lambda act: activate(act, number))
    told = _("{number} 已启用。").format(number=done["number"])
    output.emit(done if context.json else told, context.json)
