"""`wuye upgrade`: backs up, then migrates."""

from dataclasses import asdict

import typer

from wuye_tui import own_data
from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.nouns import about
from wuye_tui.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=about("upgrade"))
def main(ctx: typer.Context) -> None:
    from wuye_tui.registers.office import upgrade

    context: Context = ctx.obj
    settings = context.settings()
    done = upgrade(settings)
    own_data.lay_out(settings.home)
    news = [one.name for one in own_data.copies(settings.home) if one.has_news]
    if context.json:
        output.emit({**asdict(done), "data_changed": news}, True)
    elif done.before == done.after:
        output.emit(_("数据库已经是最新的（{revision}）。").format(revision=done.after), False)
    else:
        output.emit(
            _("已从 {before} 升级到 {after}。").format(before=done.before, after=done.after), False
        )
    if news:
        told = _("这个版本改了 {files}；本单位的没有动：wuye config changes 看不同。")
        output.say(told.format(files=" ".join(news)))
