"""`wuye upgrade`: backs up, then migrates."""

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.nouns import about
from wuye_tui.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=about("upgrade"))
def main(ctx: typer.Context) -> None:
    from wuye_tui.registers.office import upgrade

    context: Context = ctx.obj
    done = upgrade(context.settings())
    if context.json:
        output.emit({"before": done.before, "after": done.after, "backup": done.backup}, True)
    elif done.before == done.after:
        output.emit(_("数据库已经是最新的（{revision}）。").format(revision=done.after), False)
    else:
        output.emit(
            _("已从 {before} 升级到 {after}。").format(before=done.before, after=done.after), False
        )
