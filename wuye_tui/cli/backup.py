"""`wuye backup`: copies that are known to be good, and the way back to one."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.listing import Listing, listing
from wuye_tui.rules.errors import UsageError
from wuye_tui.words import _

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("备份和恢复")
)
_FILE = typer.Argument(help=_("备份文件"), metavar="FILE")


class NotAgreed(UsageError):
    """A restore that nobody has agreed to."""

    def __init__(self) -> None:
        super().__init__(_("恢复会换掉现在的数据库（原来的会留着），请加 --yes 再运行一次。"))


@app.command("create", help=_("备份一份，当场核对；别的窗口可以照常用"))
def create(
    ctx: typer.Context,
    target: Annotated[
        Path | None, typer.Option("-o", "--output", help=_("存到哪里；不写就存在资料夹的 backups/"))
    ] = None,
) -> None:
    from wuye_tui.registers import backups

    context: Context = ctx.obj
    path, manifest = backups.create(context.desk(acting=False), target)
    if context.json:
        output.emit({"file": path, "bytes": manifest.bytes, "sha256": manifest.sha256}, True)
    else:
        output.emit(str(path), False)


@app.command("list", help=_("资料夹里的备份，新的在前"))
@listing
def list_(ctx: typer.Context) -> Listing:
    from wuye_tui.registers import backups

    context: Context = ctx.obj
    rows: list[dict[str, Any]] = [
        {
            "file": path.name,
            "made": found.made if found else None,
            "bytes": path.stat().st_size,
            "whole": found is not None,
        }
        for path, found in backups.listed(context.settings())
    ]

    def words(row: dict[str, Any]) -> dict[str, Any]:
        made = f"{row['made']:%Y-%m-%d %H:%M} UTC" if row["made"] else ""
        return {**row, "made": made, "whole": _("完好") if row["whole"] else _("不能用")}

    return Listing(
        _("备份"),
        [
            output.Column(_("文件"), "file"),
            output.Column(_("时间"), "made"),
            output.Column(_("字节"), "bytes", right=True),
            output.Column(_("核对"), "whole"),
        ],
        lambda: map(words, rows),
        lambda: rows,
    )


@app.command("verify", help=_("核对一份备份是否完好"))
def verify(ctx: typer.Context, file: Annotated[Path, _FILE]) -> None:
    from wuye_tui.registers import backups

    context: Context = ctx.obj
    found = backups.verify(file)
    if context.json:
        output.emit({"file": file, "bytes": found.bytes, "revision": found.revision}, True)
    else:
        output.emit(_("备份完好。"), False)


@app.command("restore", help=_("从备份恢复；现在的数据库改名留在旁边"))
def restore(ctx: typer.Context, file: Annotated[Path, _FILE]) -> None:
    from wuye_tui.registers import backups

    context: Context = ctx.obj
    if not (context.yes or (sys.stdin.isatty() and _agreed())):
        raise NotAgreed
    kept = backups.put_back(context.settings(), file)
    if context.json:
        output.emit({"restored": file, "kept": kept}, True)
        return
    output.emit(_("已恢复。"), False)
    if kept:
        output.say(_("原来的数据库留在 {path}。").format(path=kept))


def _agreed() -> bool:
    sys.stderr.write(_("现在的数据库会换成这份备份，原来的改名留着。继续吗？[y/N] "))
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes", "是"}
