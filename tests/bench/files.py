"""Files that come in: an import beside reading the same file and inserting the same rows bare."""

import sqlite3
from pathlib import Path
from statistics import median
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.bench.maker import Size, big_office, label, name, phone
from tests.bench.page import Figure, Figures
from tests.bench.timing import LEAST, milliseconds
from wuye_tui.desk import Desk
from wuye_tui.intake.sheets import read_rows
from wuye_tui.registers import imports
from wuye_tui.registers.people import keys_of, phone_tail

PEOPLE = 20_000


def figures(folder: Path) -> Figures:
    """The import of a workbook of people into an office that has the units and nobody in them."""
    book = _workbook(folder / "people.xlsx")
    turns = [_turn(folder / f"office{turn}", book) for turn in range(LEAST)]
    yield Figure(
        f"import of {PEOPLE:,} people",
        median(turn[0] for turn in turns) / 1000,
        median(turn[1] for turn in turns) / 1000,
        "<= 3x",
        "calamine, and the bare inserts",
        "s",
    )


def _turn(folder: Path, book: Path) -> tuple[float, float]:
    desk = big_office(folder, Size(people=0, matters=0, contacts=0, open=0, units=PEOPLE))
    ours = milliseconds(lambda: _import(desk, book))
    floor = milliseconds(lambda: _by_hand(folder / "bare.db", book))
    desk.engine.dispose()
    return ours, floor


def _workbook(path: Path) -> Path:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ("房号", "姓名", "身份", "电话"))
        for n in range(PEOPLE):
            sheet.write_row(n + 1, 0, (label(n), name(n), "业主", phone(n)))
    return path


def _import(desk: Desk, book: Path) -> None:
    intake: Any = read_rows(book, "people", desk.reference)
    plan = imports.plan(desk, intake)
    done = desk.perform("people.import", lambda act: imports.apply(act, plan), system=True)
    assert done["new"] == PEOPLE, done


def _by_hand(file: Path, book: Path) -> None:
    """The same rows in the same three tables with the same indexes, and nothing looked at."""
    read = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()[1:]
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
