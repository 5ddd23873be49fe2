"""`wuye units`: homes, shops and parking spaces."""

from pathlib import Path
from typing import Annotated

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.importing import import_file
from wuye_tui.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("房号"))


@app.command("import", help=_("从表格导入；同一份再导一次不会有变化"))
def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help=_(".xlsx 或 .csv 文件"))],
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help=_("坏行另存，其余导入"))] = False,
) -> None:
    import_file(ctx.obj, "units", file, skip_bad)


@app.command("list", help=_("列出房号"))
def list_(ctx: typer.Context, limit: Annotated[int, typer.Option("--limit", min=1)] = 2000) -> None:
    from wuye_tui.registers.units import list_units

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    rows = list_units(desk, limit)
    if context.json:
        output.emit(rows, True)
        return
    output.table(
        rows,
        [
            output.Column(_("房号"), "label"),
            output.Column(_("类别"), "kind"),
            output.Column(_("现状"), "status"),
            output.Column(_("保修到"), "warranty_until"),
        ],
    )


@app.command("show", help=_("一个房号：住户、未结的单、提示"))
def show(ctx: typer.Context, unit: Annotated[str, typer.Argument(help=_("房号"))]) -> None:
    from wuye_tui.registers.units import show_unit

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    output.emit(context.zoned(show_unit(desk, unit), desk.zone), context.json)
