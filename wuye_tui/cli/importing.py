"""What `import` of every noun does: read, say what would change, write all of it or nothing."""

from pathlib import Path
from typing import Any

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.words import _


def import_file(context: Context, noun: str, file: Path, skip_bad: bool) -> None:
    """Imports a spreadsheet. Raises BadFile; every bad row is a line on standard error."""
    from wuye_tui.intake.sheets import read_rows, write_bad_rows
    from wuye_tui.registers import imports

    desk = context.desk()
    intake: Any = read_rows(file, noun, desk.reference)
    plan = imports.plan(desk, intake)
    for bad in plan.bad:
        output.say(bad.line)
    if plan.bad and skip_bad:
        target = file.with_name(f"{file.stem}-bad.csv")
        write_bad_rows(target, plan.intake)
        output.say(_("坏行已另存为 {path}，改好后可再导入。").format(path=target))
    done = desk.perform(f"{noun}.import", lambda act: imports.apply(act, plan, skip_bad=skip_bad))
    if context.json:
        output.emit({**plan.as_dict(), **done}, True)
        return
    bad_rows = len({bad.row_number for bad in plan.bad})
    output.emit(
        _("新增 {new}，更新 {changed}，不变 {unchanged}，坏行 {bad}。").format(
            new=done["new"], changed=done["changed"], unchanged=done["unchanged"], bad=bad_rows
        ),
        False,
    )
