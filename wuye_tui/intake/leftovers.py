"""The rows that were not taken, written to a file that can be corrected and imported again."""

import csv
import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from wuye_tui.intake.cells import shown
from wuye_tui.intake.formulas import guarded
from wuye_tui.intake.layouts import REASON
from wuye_tui.intake.reading import Intake
from wuye_tui.rules.text import BAD
from wuye_tui.words import _


def write_bad_rows(path: Path, intake: Intake[Any]) -> int:
    """Writes every bad row once, in the columns of its own file with the reasons behind.

    The CSV has a byte order mark, so that spreadsheet programs read the Chinese, and no cell that
    they would reckon or change. It is written whole or not at all, readable by its owner alone, and
    replaces what was there. Returns the number of rows. Raises OSError.
    """
    reasons: dict[int, list[str]] = {}
    for bad in intake.bad:
        reasons.setdefault(bad.row_number, []).append(f"{bad.column}: {bad.reason}")
    kept = [at for at, word in enumerate(intake.header) if word != _(REASON)]
    table = [[*(intake.header[at] for at in kept), _(REASON)]]
    for number, why in sorted(reasons.items()):
        cells = [_text(intake, number, at) for at in kept]
        table.append([*cells, " ".join(why)])
    _write(path, [[guarded(cell) for cell in row] for row in table])
    return len(table) - 1


def _text(intake: Intake[Any], number: int, at: int) -> str:
    cells = intake.originals.get(number, [])
    return BAD.sub("?", shown(cells[at]).strip()) if at < len(cells) else ""


def _write(path: Path, table: list[list[str]]) -> None:
    with NamedTemporaryFile(
        "w", encoding="utf-8-sig", newline="", dir=path.parent, prefix=".", delete=False
    ) as file:
        try:
            csv.writer(file).writerows(table)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
