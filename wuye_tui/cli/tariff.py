"""`wuye tariff`: the published prices of repairs."""

from typing import Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.importing import DryRun, File, Sheet, SkipBad, import_file
from wuye_tui.cli.listing import Listing, listing
from wuye_tui.cli.wording import word_of
from wuye_tui.rules.locale import in_yuan
from wuye_tui.words import _

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("维修收费标准")
)


@app.command("import", help=_("从表格导入；同一份再导一次不会有变化"))
def import_(
    ctx: typer.Context,
    file: File,
    skip_bad: SkipBad = False,
    dry_run: DryRun = False,
    sheet: Sheet = "",
) -> None:
    import_file(ctx.obj, "tariff", file, skip_bad, dry_run, sheet)


@app.command("list", help=_("列出收费项目"))
@listing
def list_(ctx: typer.Context) -> Listing:
    from wuye_tui.intake.terms import CATEGORIES
    from wuye_tui.registers.tariff import list_tariff

    context: Context = ctx.obj
    rows = list_tariff(context.desk(acting=False))

    def words(row: dict[str, Any]) -> dict[str, Any]:
        category = word_of(CATEGORIES.words, row["category"])
        return {**row, "price": in_yuan(int(row["price_fen"])), "category": category}

    return Listing(
        _("收费标准表"),
        [
            output.Column(_("代码"), "code"),
            output.Column(_("项目"), "name", fold=True),
            output.Column(_("类别"), "category"),
            output.Column(_("单位"), "unit"),
            output.Column(_("人工(元)"), "price", right=True),
            output.Column(_("材料"), "material"),
        ],
        lambda: map(words, rows),
        lambda: rows,
        [output.Column(_("关键词"), "keywords")],
    )
