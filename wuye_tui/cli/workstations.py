"""`wuye workstations`: the machines at which a PIN suffices; anywhere else a password is asked."""

from typing import Annotated

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.words import _

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help=_("登记的工作站：在这些电脑上用密码登录，别处要用口令"),
)


@app.command("enrol", help=_("登记这台电脑：以后在这里用密码就能登录"))
def enrol(
    ctx: typer.Context, name: Annotated[str, typer.Argument(help=_("叫什么，例如 前台1"))]
) -> None:
    from wuye_tui.registers import workstations

    context: Context = ctx.obj
    desk = context.desk()
    done = workstations.enrol(desk, name)
    told = _("已登记「{name}」：在这台电脑上用密码就能登录。").format(name=done["name"])
    output.emit(done if context.json else told, context.json)
    if done["first"]:
        told = _("从现在起没有登记的电脑要用口令登录：给要在别处登录的人 wuye staff set-password。")
        output.say(told)


@app.command("list", help=_("登记过的工作站，哪一台是这台"))
def list_(
    ctx: typer.Context,
    everyone: Annotated[bool, typer.Option("--all", help=_("撤销了的也列"))] = False,
) -> None:
    from wuye_tui.registers import workstations

    context: Context = ctx.obj
    desk = context.reading()
    rows = workstations.listed(desk, everyone)
    if context.json:
        output.emit(context.zoned(rows, desk.zone), True)
        return
    shown = [
        {
            **row,
            "enrolled_at": context.when(row["enrolled_at"], desk.zone),
            "revoked_at": row["revoked_at"] and context.when(row["revoked_at"], desk.zone),
        }
        for row in rows
    ]
    columns = [
        output.Column(_("名称"), "name"),
        output.Column(_("这台"), "here"),
        output.Column(_("登记"), "enrolled_at"),
        output.Column(_("由谁"), "by"),
    ]
    if everyone:
        columns += [
            output.Column(_("撤销"), "revoked_at"),
            output.Column(_("由谁撤销"), "revoked_by"),
        ]
    output.table(shown, columns)


@app.command("revoke", help=_("撤销一台：从现在起在那里密码不够，要用口令"))
def revoke(ctx: typer.Context, name: Annotated[str, typer.Argument(help=_("名称"))]) -> None:
    from wuye_tui.registers import workstations

    context: Context = ctx.obj
    done = context.desk().perform("workstations.revoke", lambda act: workstations.revoke(act, name))
    told = _("已撤销「{name}」。").format(name=done["name"])
    output.emit(done if context.json else told, context.json)
