"""`wuye db`: where the database is, who may do what in it, and the way to another one."""

from dataclasses import asdict, replace
from typing import Annotated

import typer

from wuye_tui import settings as settings_
from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.passwords import bare
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help=_("数据库：在哪里、谁能做什么、换到另一个"),
)
_URL = typer.Argument(
    help=_("数据库地址：postgresql+psycopg://用户@主机/库名 或 sqlite:////文件夹/wuye.db")
)


class NotKept(DeskError):
    """The office's config.toml cannot be written."""

    def __init__(self, home: object) -> None:
        told = _("写不进 {home} 里的 config.toml，请检查权限；或每次加 --db 地址。")
        super().__init__(told.format(home=home))


@app.command("show", help=_("数据库在哪里，用的是什么用户"))
def show(ctx: typer.Context) -> None:
    from wuye_tui.registers.databases import look

    context: Context = ctx.obj
    found = look(context.settings())
    if context.json:
        output.emit(asdict(found), True)
        return
    shown = {_("地址"): found.url, _("表结构"): found.revision or _("还没有表")}
    if found.user:
        shown |= {_("用户"): found.user, _("服务器"): f"PostgreSQL {found.server}"}
    output.emit(shown, False)


@app.command("use", help=_("以后都用这个数据库：先打开看一看，再记进 config.toml"))
def use(ctx: typer.Context, url: Annotated[str, _URL]) -> None:
    from wuye_tui.desk import open_desk

    context: Context = ctx.obj
    settings = replace(context.settings(), database_url=url)
    desk = open_desk(settings)
    keep(settings)
    document = {"url": bare(url), "name": desk.office.name, "site": desk.site}
    told = _("以后都用「{name}」，数据库 {url}。").format(name=desk.office.name, url=bare(url))
    output.answer(document, context.json, told)


@app.command("grants", help=_("给前台用户刚好够用的权限：先打印，--apply 才执行"))
def grants(
    ctx: typer.Context,
    role: Annotated[str, typer.Option("--role", help=_("前台用户在服务器上的名字"))],
    apply: Annotated[bool, typer.Option("--apply", help=_("现在就执行，要用表的所有者"))] = False,
) -> None:
    from wuye_tui.registers.databases import rights

    context: Context = ctx.obj
    found = rights(context.settings(), role, apply)
    if context.json:
        output.emit({"role": role, "statements": found.statements, "applied": apply}, True)
    elif apply:
        told = _("「{role}」的权限已经给好：{n} 条。表升级以后会自动补。")
        output.emit(told.format(role=role, n=len(found.statements)), False)
    else:
        output.emit("\n".join(f"{statement};" for statement in found.statements), False)


@app.command("copy", help=_("整个拷贝到另一个空数据库，逐表核对，不对就一行不留"))
def copy(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(help=_("从哪里"), metavar="FROM")],
    target: Annotated[str, typer.Argument(help=_("到哪里：空库或还没有的文件"), metavar="TO")],
) -> None:
    from wuye_tui.registers import databases

    context: Context = ctx.obj
    done = databases.copy(source, target, output.progress)
    if context.json:
        output.emit({"from": bare(source), "to": bare(target), **asdict(done)}, True)
        return
    acts = sum(seq for seq, _head in done.heads.values())
    told = _("已拷贝 {tables} 张表 {rows} 行，逐行核对一致；审计记录 {acts} 条，链首尾相同。")
    counted = sum(done.rows.values())
    output.emit(told.format(tables=len(done.rows), rows=counted, acts=acts), False)
    if done.later:
        told = _("拷贝期间原库又有 {n} 次操作，没有拷过来：请让大家停下，删掉新库再拷一次。")
        output.say(told.format(n=done.later))
    output.say(_("改用它：wuye db use {url}").format(url=bare(target)))


def keep(settings: settings_.Settings) -> bool:
    """Writes down where the database is, for later runs. Raises NotKept."""
    try:
        return settings_.keep_database(settings)
    except OSError as error:
        raise NotKept(settings.home) from error
