"""What `import` of every noun does: read, say what would change, write all of it or nothing."""

import os
import re
import sys
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.rules.errors import UsageError
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.registers.imports import Plan

_BAD: Final = re.compile(r"(?:-bad(?:-[0-9]+)?)+$")
File = Annotated[Path, typer.Argument(help=_(".xlsx、.xls 或 .csv 文件"))]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help=_("坏行另存，其余导入"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=_("只说会改什么，什么也不改"))]
Sheet = Annotated[
    str, typer.Option("--sheet", help=_("导入哪一张表，默认第一张"), metavar=_("<表名>"))
]


class NotWanted(UsageError):
    """Somebody looked at what would change and did not want it."""

    def __init__(self) -> None:
        super().__init__(_("没有导入，什么也没有改。"))


def import_file(
    context: Context, noun: str, file: Path, skip_bad: bool, dry_run: bool, sheet: str
) -> None:
    """Imports a spreadsheet: first what was understood and would change, then, agreed to, the act.

    In a terminal it asks, unless `--yes` says so beforehand. Raises BadFile and NotWanted; every
    bad row is a line on standard error.
    """
    from wuye_tui.intake.sheets import read_rows, write_bad_rows
    from wuye_tui.registers import imports

    desk = context.desk()
    imports.admit(desk)  # what would change is nobody else's to see either
    intake: Any = read_rows(file, noun, desk.reference, sheet)
    plan = imports.plan(desk, intake)
    _show(context, plan)
    if plan.bad and not skip_bad:
        raise imports.ImportRefused(intake.name, plan.bad)
    if dry_run:
        _emit(context, {**plan.as_dict(), "dry_run": True}, _("只是看看，什么也没有改。"))
        return
    if plan.new + plan.changed and not _agreed(context):
        raise NotWanted
    if plan.bad:
        target = _beside(file)
        write_bad_rows(target, plan.intake)
        output.say(_("坏行已另存为 {path}，改好后可再导入。").format(path=target))
    done = desk.perform(f"{noun}.import", lambda act: imports.apply(act, plan, skip_bad=skip_bad))
    told = _("新增 {new}，更新 {changed}，不变 {unchanged}，坏行 {bad}。").format(
        new=done["new"],
        changed=done["changed"],
        unchanged=done["unchanged"],
        bad=len({bad.row_number for bad in plan.bad}),
    )
    _emit(context, {**plan.as_dict(), **done}, told)


def _beside(file: Path) -> Path:
    """Where the bad rows go: X-bad.csv, or X-bad-2.csv where somebody may be mending that.

    Of bad rows that are bad still, too: X-bad.csv has X-bad-2.csv.
    """
    stem = _BAD.sub("", file.stem) or file.stem
    names = chain(("-bad",), (f"-bad-{number}" for number in count(2)))
    return next(
        path for name in names if not os.path.lexists(path := file.with_name(f"{stem}{name}.csv"))
    )


def _show(context: Context, plan: "Plan[Any]") -> None:
    """What was understood and would change; JSON says it in its own way, the bad rows in both."""
    from wuye_tui.cli.previewing import preview, refusals

    if not context.json:
        for line in preview(plan):
            output.say(line)
    for line in refusals(plan.bad):
        output.say(line)


def _agreed(context: Context) -> bool:
    """Whether to go on: asked only where somebody can answer."""
    if context.yes or sys.stdin is None or not sys.stdin.isatty():
        return True
    sys.stderr.write(_("导入吗？[y/N] "))
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes", "是"}


def _emit(context: Context, document: dict[str, Any], words: str) -> None:
    output.emit(document if context.json else words, context.json)
