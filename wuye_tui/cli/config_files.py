"""`wuye config changes|take|keep`: the office's own files beside those of the program."""

from dataclasses import asdict
from typing import Annotated

import typer

from wuye_tui import own_data
from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.words import _

Named = Annotated[str, typer.Argument(help=_("资料文件，例如 phrases.toml"), metavar=_("<文件>"))]


def changes(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help=_("只看这一个"), metavar=_("<文件>"))] = "",
) -> None:
    context: Context = ctx.obj
    home = context.settings().home
    if name:
        lines = own_data.changes(home, name)
        document = {"file": name, "changes": lines}
        output.emit(document if context.json else "\n".join(lines), context.json)
        if not lines:
            output.say(_("{name} 在新版本里没有改。").format(name=name))
        return
    found = [*own_data.copies(home)]
    if context.json:
        output.emit([asdict(one) for one in found], True)
        return
    output.table(
        [
            {
                "name": one.name,
                "own": _("本单位改过") if one.is_edited else "" if one.is_there else _("还没有"),
                "news": _("新版本改过") if one.has_news else "",
            }
            for one in found
        ],
        [
            output.Column(_("文件"), "name"),
            output.Column(_("本单位的"), "own"),
            output.Column(_("程序带的"), "news"),
        ],
    )


def take(ctx: typer.Context, name: Named) -> None:
    context: Context = ctx.obj
    kept = own_data.take(context.settings().home, name)
    if kept is not None:
        output.say(_("原来的另存为 {path}。").format(path=kept))
    output.emit(_("{name} 已换成程序带的。").format(name=name), context.json)


def keep(ctx: typer.Context, name: Named) -> None:
    context: Context = ctx.obj
    own_data.keep(context.settings().home, name)
    output.emit(_("{name} 照本单位的用。").format(name=name), context.json)


def add_to(app: typer.Typer) -> None:
    """Puts these commands beside the check."""
    words = _("资料文件：本单位改过没有，新版本改了什么；写上文件名看逐行的不同")
    app.command("changes", help=words)(changes)
    app.command("take", help=_("用程序带的换掉本单位的；原来的另存在旁边"))(take)
    app.command("keep", help=_("本单位的不动；新版本改了什么，看过了"))(keep)
