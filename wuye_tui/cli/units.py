"""`wuye units`: homes, shops and parking spaces."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.importing import DryRun, File, Sheet, SkipBad, import_file
from wuye_tui.cli.listing import Limit, Listing, listing
from wuye_tui.cli.wording import state_of, word_of
from wuye_tui.rules.refusals import shown
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Desk

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("房号"))


@app.command("import", help=_("从表格导入；同一份再导一次不会有变化"))
def import_(
    ctx: typer.Context,
    file: File,
    skip_bad: SkipBad = False,
    dry_run: DryRun = False,
    sheet: Sheet = "",
) -> None:
    import_file(ctx.obj, "units", file, skip_bad, dry_run, sheet)


@app.command("list", help=_("列出房号"))
@listing
def list_(ctx: typer.Context, limit: Limit = None) -> Listing:
    from wuye_tui.registers.units import list_units

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    rows = list_units(desk, context.most(limit, 2000))
    return Listing(
        _("房号表"),
        [
            output.Column(_("房号"), "label"),
            output.Column(_("类型"), "kind"),
            output.Column(_("状态"), "status"),
            output.Column(_("住户"), "people", right=True),
            output.Column(_("保修期至"), "warranty_until"),
            output.Column(_("标记"), "flags", fold=True),
        ],
        lambda: ({**row, **_in_words(row), "area": _area(row)} for row in rows),
        lambda: rows,
        [output.Column(_("建筑面积"), "area")],
    )


@app.command("show", help=_("一个房号：住户、未结的单、提示"))
def show(ctx: typer.Context, unit: Annotated[str, typer.Argument(help=_("房号"))]) -> None:
    from wuye_tui.registers.units import show_unit

    context: Context = ctx.obj
    desk = context.reading()
    found = show_unit(desk, unit)
    if context.json:
        output.emit(context.zoned(found, desk.zone), True)
    else:
        _print_unit(desk, found)


def _area(unit: dict[str, Any]) -> float | None:
    """In square metres."""
    return unit["area_centi"] / 100 if unit["area_centi"] else None


def _in_words(unit: dict[str, Any]) -> dict[str, Any]:
    """What of a unit is kept as codes."""
    from wuye_tui.intake.terms import FLAGS, KINDS, STATUSES

    return {
        "kind": word_of(KINDS.words, unit["kind"]),
        "status": word_of(STATUSES.words, unit["status"]),
        "flags": listed(word_of(FLAGS.words, flag) for flag in unit["flags"]),
    }


def _print_unit(desk: "Desk", unit: dict[str, Any]) -> None:
    words, area = _in_words(unit), unit["area_centi"]
    output.emit(
        {
            _("房号"): unit["label"],
            _("类型"): words["kind"],
            _("状态"): words["status"],
            _("建筑面积"): _("{area} 平方米").format(area=f"{area / 100:.2f}") if area else "",
            _("保修期至"): _warranty(unit),
            _("标记"): words["flags"],
        },
        False,
    )
    if unit["people"]:
        _print_people(unit["people"])
    if unit["open"]:
        _print_open(desk, unit["open"])


def _print_people(people: list[dict[str, Any]]) -> None:
    from wuye_tui.intake.terms import ROLES

    output.heading(_("住户"))
    output.table(
        [{**one, "role": word_of(ROLES.words, one["role"])} for one in people],
        [
            output.Column(_("姓名"), "name", fold=True),
            output.Column(_("身份"), "role"),
            output.Column(_("电话"), "phone"),
            output.Column(_("车牌号"), "plate"),
            output.Column(_("入住日期"), "since"),
        ],
    )


def _print_open(desk: "Desk", matters: list[dict[str, Any]]) -> None:
    output.heading(_("未结的单"))
    output.table(
        [
            {
                **one,
                "state": state_of(one["kind"], one["state"]),
                "opened": shown(one["opened_at"], desk.zone),
                "due": shown(one["due_at"], desk.zone) if one["due_at"] else "",
            }
            for one in matters
        ],
        [
            output.Column(_("单号"), "number"),
            output.Column(_("状态"), "state"),
            output.Column(_("登记时间"), "opened"),
            output.Column(_("到期"), "due"),
            output.Column(_("内容"), "summary", fold=True),
        ],
    )


def _warranty(unit: dict[str, Any]) -> str:
    if not unit["warranty_until"]:
        return ""
    until = str(unit["warranty_until"])
    return until if unit["in_warranty"] else _("{until}（已过保修期）").format(until=until)
