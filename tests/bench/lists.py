"""Lists that go out: the register of calls as a workbook, beside the bare writer on its cells."""

import csv
from pathlib import Path
from statistics import median

import xlsxwriter

from tests.bench.page import Figure, Figures
from tests.bench.timing import LEAST, beside
from wuye_tui.cli.main import run
from wuye_tui.desk import Desk


def figures(desk: Desk, folder: Path) -> Figures:
    """The whole register, from the command to the file on disk."""
    home = str(desk.settings.home)
    book, text, bare = (folder / name for name in ("calls.xlsx", "calls.csv", "bare.xlsx"))

    def export(path: Path) -> None:
        line = ["calls", "list", "--home", home, "-o", str(path), "--force", "--quiet"]
        assert run(line) == 0

    export(text)
    with text.open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.reader(file))
    ours, floor = beside(lambda: export(book), lambda: _write(bare, cells), LEAST)
    yield Figure(
        f"XLSX of {len(cells) - 1:,} calls",
        median(ours) / 1000,
        median(floor) / 1000,
        "<= 1.5x",
        "the bare writer on the same cells",
        "s",
    )


def _write(path: Path, cells: list[list[str]]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as workbook:
        sheet = workbook.add_worksheet()
        for n, row in enumerate(cells):
            for at, words in enumerate(row):
                if words:
                    sheet.write_string(n, at, words)
