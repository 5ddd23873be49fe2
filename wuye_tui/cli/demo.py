"""`wuye demo`: the training office 思兰雅苑, made once and kept; opens the console on it."""

import typer

from wuye_tui.cli import output
from wuye_tui.cli.console import open_console
from wuye_tui.cli.context import Context
from wuye_tui.cli.nouns import about
from wuye_tui.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=about("demo"))
def main(ctx: typer.Context) -> int:
    from wuye_tui.intake import demo

    context: Context = ctx.obj
    settings = context.settings()
    if not context.home and settings.home == _usual():
        context.home = str(settings.home / "demo")
        settings = context.settings()
    if demo.make(settings):
        output.say(_("已建立演练用的「思兰雅苑」，资料夹 {home}。").format(home=settings.home))
    context.staff = context.staff or settings.staff or demo.RECEPTIONIST
    return open_console(context)


def _usual() -> object:
    from wuye_tui.settings import usual_home

    return usual_home()
