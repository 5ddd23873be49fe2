"""`wuye demo`: the training office 思兰雅苑, made once and kept; opens the console on it."""

from typing import Annotated

import typer

from wuye_tui.cli import output
from wuye_tui.cli.console import open_console
from wuye_tui.cli.context import Context
from wuye_tui.cli.nouns import about
from wuye_tui.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=about("demo"))
def main(
    ctx: typer.Context,
    days: Annotated[
        int,
        typer.Option(
            "--days", min=0, max=60, help=_("以前有多少天的记录；0 只有刚过去的两小时"), metavar="N"
        ),
    ] = 30,
) -> int:
    from wuye_tui import demo

    context: Context = ctx.obj
    settings = context.settings()
    if not context.home and settings.home == _usual():
        context.home = str(settings.home / "demo")
        settings = context.settings()
    if demo.make(settings, days, _told):
        output.say(_("已建立演练用的「思兰雅苑」，资料夹 {home}。").format(home=settings.home))
    context.staff = context.staff or settings.staff or demo.RECEPTIONIST
    return open_console(context)


def _told(share: float) -> None:
    output.progress(_("正在建立演练用的「思兰雅苑」，只有第一次要等"), share)


def _usual() -> object:
    from wuye_tui.settings import usual_home

    return usual_home()
