"""Files that come in: an import beside reading the same file and inserting the same rows bare."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.bench.maker import Size, big_office, label, name, phone
from tests.bench.page import Figure, Figures
from tests.bench.timing import LEAST, ROOT, worked
from tests.desks import THURSDAY, settings_for
from wuye_tui.desk import Desk, open_desk
from wuye_tui.intake.sheets import read_rows
from wuye_tui.registers import imports
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import DATABASE
from wuye_tui.store.sqlite import connect

PEOPLE = 50_000
FEW = 10_000
WIDE = (
    "序号", "楼栋", "单元", "房号", "姓名", "身份", "联系电话", "备用电话", "身份证号", "车牌号",
    "入住日期", "建筑面积", "状态", "籍贯", "工作单位", "备注",
)  # fmt: skip
# What the parent held counts in what the system says of a child, but not in its own status.
_MEASURED = """
import sys
from pathlib import Path
from wuye_tui.cli.main import run
status = run(sys.argv[1:])
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
sys.exit(status)
"""


def figures(folder: Path) -> Figures:
    """The import of a workbook of people into an office that has the units and nobody in them.

    Processor time of each part, because a busy machine makes the clock on the wall useless.
    """
    empty = folder / "empty"
    _office(empty).engine.dispose()
    books = {"4": _workbook(folder / "people.xlsx", PEOPLE), "16": _wide(folder / "wide.xlsx")}
    for columns, book in books.items():
        turns = [_turn(empty, folder / f"{columns}-{turn}", book) for turn in range(LEAST)]
        alone, read, plan, apply, bare = (median(part) / 1000 for part in zip(*turns, strict=True))
        what = f"import of {PEOPLE:,} people, {columns} columns"
        floor = "3x calamine, and the bare inserts"
        yield Figure(what, read + plan + apply, 3 * alone + bare, "<= 1x", floor, "s")
        yield Figure("  reading it", read, alone, "", "calamine alone", "s")
        yield Figure("  comparing it with the register", plan, unit="s")
        inserts = "the same rows in the same tables, bare"
        yield Figure("  writing it", apply, bare, "", inserts, "s")
    few = _workbook(folder / "few.xlsx", FEW)
    memory = [_memory(folder / f"memory{n}", book) for n, book in enumerate((few, *books.values()))]
    most = f"the same of {FEW:,} people"
    for columns, held in zip(books, memory[1:], strict=True):
        what = f"memory of it, {columns} columns"
        yield Figure(what, held, memory[0], "<= 300 MB", most, "MB")


def _turn(empty: Path, folder: Path, book: Path) -> tuple[float, ...]:
    """Calamine alone, reading, comparing, writing, the bare inserts: milliseconds."""
    alone, _cells = worked(lambda: _read(book))
    del _cells
    shutil.copytree(empty, folder)
    desk = open_desk(replace(settings_for(folder), staff="KF01"), StoppedClock(THURSDAY))
    read, intake = worked(lambda: read_rows(book, "people", desk.reference))
    plan, found = worked(lambda: imports.plan(desk, intake))
    apply, done = worked(
        lambda: desk.perform("import", lambda act: imports.apply(act, found), system=True)
    )
    assert done["new"] == PEOPLE, done
    desk.engine.dispose()
    bare = _bare(empty / DATABASE, folder / DATABASE, folder / "bare.db")
    shutil.rmtree(folder)
    return alone, read, plan, apply, bare


def _office(folder: Path) -> Desk:
    return big_office(folder, Size(people=0, matters=0, contacts=0, open=0, units=PEOPLE))


def _memory(folder: Path, book: Path) -> float:
    """The most that the command has held, in MB."""
    _office(folder).engine.dispose()
    line = ["people", "import", str(book), "--yes", "--home", str(folder), "--as", "XZ01"]
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *line, "--now", THURSDAY.isoformat()],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    return int(done.stdout.split()[-1]) / 1024


def _workbook(path: Path, people: int) -> Path:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ("房号", "姓名", "身份", "电话"))
        for n in range(people):
            sheet.write_row(n + 1, 0, (label(n), name(n), "业主", phone(n)))
    return path


def _wide(path: Path) -> Path:
    """A list as offices have it."""
    with xlsxwriter.Workbook(
        path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    ) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, WIDE)
        for n in range(PEOPLE):
            sheet.write_row(n + 1, 0, _wide_row(n))
    return path


def _wide_row(n: int) -> tuple[Any, ...]:
    building, entrance, room = label(n).split("-")
    since = date(2015 + n % 10, 1 + n % 12, 1 + n % 28)
    return (
        n + 1, int(building), int(entrance), room, name(n), "租客" if n % 5 == 0 else "业主",
        phone(n), "", f"330106{since:%Y%m%d}{n % 10_000:04d}" if n % 10 else "",
        f"浙A{n % 100_000:05d}" if n % 3 == 0 else "", since, 80.5 + n % 60, "在住", "浙江杭州", "",
        "常年出差，先打电话" if n % 20 == 0 else "",
    )  # fmt: skip


def _read(book: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()


def _bare(empty: Path, full: Path, file: Path) -> float:
    """Exactly the rows that were written, in a copy of the database as it was before them."""
    rows = {}
    with closing(sqlite3.connect(full)) as raw:
        raw.execute("ATTACH ? AS empty", (str(empty),))
        for table in ("person", "unit_person", "person_key"):
            fresh = f"rowid > (SELECT coalesce(max(rowid), 0) FROM empty.{table})"
            asked = f"SELECT * FROM main.{table} WHERE {fresh} ORDER BY rowid"
            rows[table] = raw.execute(asked).fetchall()
    shutil.copyfile(empty, file)
    with closing(connect(file, 0)) as raw:
        return worked(lambda: _insert(raw, rows))[0]


def _insert(raw: sqlite3.Connection, rows: Mapping[str, list[tuple[Any, ...]]]) -> None:
    raw.execute("BEGIN IMMEDIATE")
    for table, values in rows.items():
        marks = ", ".join("?" * len(values[0]))
        raw.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
    raw.execute("COMMIT")
