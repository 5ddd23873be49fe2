"""`wuye audit`: the chain of acts, and its anchor."""

from pathlib import Path
from typing import Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.listing import Limit, Listing, listing
from wuye_tui.cli.wording import act_word
from wuye_tui.rules.rights import SYSTEM
from wuye_tui.words import _

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("审计记录")
)


@app.command("show", help=_("每次操作一条：谁、何时、做了什么"))
@listing
def show(
    ctx: typer.Context,
    since: Annotated[int, typer.Option("--from", min=0, help=_("从第几条；0 是最后若干条"))] = 0,
    limit: Limit = None,
) -> Listing:
    from wuye_tui.registers.overview import audit_lines
    from wuye_tui.registers.staff import list_staff

    context: Context = ctx.obj
    desk = context.reading()
    lines = audit_lines(desk, since, context.most(limit, 50))
    people = {person["number"]: person["name"] for person in list_staff(desk)}
    people[SYSTEM.number] = _("系统")

    def words(line: dict[str, Any]) -> dict[str, Any]:
        whose = str(line["result"].get("staff", ""))  # whose PIN was tried, who was refused
        return {
            **line,
            "when": context.when(line["at"], desk.zone),
            "by": people.get(line["by"], line["by"]),
            "what": act_word(line["what"]),
            "head": line["hash"][:12],
            "number": line["result"].get("number", ""),
            "whose": people.get(whose, whose),
        }

    return Listing(
        _("审计记录"),
        [
            output.Column("#", "seq", right=True),
            output.Column(_("时间"), "when"),
            output.Column(_("操作人"), "by", fold=True),
            output.Column(_("操作"), "what", fold=True),
            output.Column(_("谁的"), "whose", fold=True),
            output.Column(_("单号"), "number"),
            output.Column(_("校验值"), "head"),
        ],
        lambda: map(words, lines),
        lambda: context.zoned(lines, desk.zone),
    )


@app.command("export", help=_("把审计记录存成文件，最后一条的校验值可作为外部凭证"))
def export(
    ctx: typer.Context,
    file: Annotated[Path, typer.Option("-o", help=_("存成文件：.xlsx、.csv 或 .json"))],
    since: Annotated[int, typer.Option("--from", min=1, help=_("从第几条"))] = 1,
    force: Annotated[bool, typer.Option("--force", help=_("覆盖已有的文件"))] = False,
) -> None:
    from wuye_tui.paper.sheets import write_list
    from wuye_tui.registers.overview import audit_lines

    context: Context = ctx.obj
    desk = context.reading()
    lines = audit_lines(desk, since, 10_000_000)
    whole = context.zoned(lines, desk.zone)
    columns = [output.Column(key, key) for key in (whole[0] if whole else ())]
    write_list(file, _("审计记录"), columns, whole, lambda: whole, force)
    head = str(lines[-1]["hash"]) if lines else ""
    if context.json:
        output.emit({"file": file, "lines": len(lines), "head": head}, True)
    else:
        output.emit(
            _("已写入 {n} 条，最后一条 {head}。").format(n=len(lines), head=head[:16]), False
        )
