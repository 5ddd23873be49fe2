"""Files that come in: an import beside reading the same file and inserting the same rows bare."""

import sqlite3
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.bench.maker import Size, big_office, label, name, phone
from tests.bench.page import Figure, Figures
from tests.bench.timing import LEAST, ROOT, milliseconds
from tests.desks import THURSDAY
from wuye_tui.desk import Desk
from wuye_tui.intake.sheets import read_rows
from wuye_tui.registers import imports
from wuye_tui.registers.people import keys_of, phone_tail

PEOPLE = 50_000
FEW = 10_000
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
    """The import of a workbook of people into an office that has the units and nobody in them."""
    book = _workbook(folder / "people.xlsx", PEOPLE)
    turns = [_turn(folder / f"office{turn}", book) for turn in range(LEAST)]
    ours, floor, read = (median(turn[n] for turn in turns) / 1000 for n in range(3))
    what = f"import of {PEOPLE:,} people"
    yield Figure(what, ours, floor, "<= 3x", "calamine, and the bare inserts", "s")
    yield Figure(f"{what}, beside reading", ours, read, "", "calamine alone", "s")
    few = _workbook(folder / "few.xlsx", FEW)
    memory = [_memory(folder / f"memory{n}", path) for n, path in ((FEW, few), (PEOPLE, book))]
    most = f"the same of {FEW:,} people"
    yield Figure(f"memory of it, {PEOPLE:,} people", memory[1], memory[0], "<= 300 MB", most, "MB")


def _turn(folder: Path, book: Path) -> tuple[float, float, float]:
    desk = _office(folder)
    ours = milliseconds(lambda: _import(desk, book))
    floor = milliseconds(lambda: _by_hand(folder / "bare.db", book))
    read = milliseconds(lambda: _read(book))
    desk.engine.dispose()
    return ours, floor, read


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


def _import(desk: Desk, book: Path) -> None:
    intake: Any = read_rows(book, "people", desk.reference)
    plan = imports.plan(desk, intake)
    done = desk.perform("people.import", lambda act: imports.apply(act, plan), system=True)
    assert done["new"] == PEOPLE, done


def _read(book: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()


def _by_hand(file: Path, book: Path) -> None:
    """The same rows in the same three tables with the same indexes, and nothing looked at."""
    read = _read(book)[1:]
    raw = sqlite3.connect(file)
    raw.execute("PRAGMA synchronous=FULL")
    raw.executescript(
        "CREATE TABLE person (id PRIMARY KEY, name, phone, tail);"
        "CREATE INDEX t ON person (tail); CREATE INDEX n ON person (name, id);"
        "CREATE TABLE key (key, person, PRIMARY KEY (key, person));"
        "CREATE TABLE living (unit, person, role, PRIMARY KEY (unit, person, role));"
        "CREATE INDEX p ON living (person);"
    )
    with raw:
        raw.executemany(
            "INSERT INTO person VALUES (?, ?, ?, ?)",
            ((n, row[1], row[3], phone_tail(str(row[3]))) for n, row in enumerate(read)),
        )
        raw.executemany(
            "INSERT INTO key VALUES (?, ?)",
            ((key, n) for n, row in enumerate(read) for key in keys_of(str(row[1]))),
        )
        raw.executemany(
            "INSERT INTO living VALUES (?, ?, ?)",
            ((row[0], n, row[2]) for n, row in enumerate(read)),
        )
    raw.close()
