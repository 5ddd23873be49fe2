"""Everything that comes out of an office at the command line: lists, records, files and forms."""

import csv
import io
import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.hostile_texts.lines import Ran, commands, typed
from tests.hostile_texts.looking import Figures
from wuye_tui.paper.forms import FORMS, Of
from wuye_tui.rules.errors import Forbidden
from wuye_tui.rules.procedures import NOUNS
from wuye_tui.settings import DATABASE

FORBIDDEN, ADMIN = Forbidden.exit_status, "XZ01"
ACTIVE = tuple("=+-@\t\r＝＋－＠")
_GIVEN = {
    "payments owed": ["3-1-502"],
    "payments statement": ["3-1-502"],
    "arrears show": ["3-1-502"],
    "arrears notice": ["--building", "3"],
    "bills vouchers": ["--for", "kingdee"],
    "callbacks summary": ["--month", "2026-11"],
}
_ROSTERS = {"rosters generate", "rosters export", "rosters stand-ins"}  # have no roster to show


class Office:
    """An office that is looked at from outside; what it told is kept in `shown`."""

    def __init__(self, home: Path, folder: Path, figures: Figures, now: str) -> None:
        self.home, self.folder, self.figures, self.now = home, folder, figures, now
        self.shown: list[str] = []

    def ask(self, *line: str, staff: str = "BJ01", told: bool = True) -> Ran:
        """Runs one line and looks at what the terminal gets."""
        where = "wuye " + " ".join(line[:3])
        try:
            ran = typed(self.home, line, staff, self.now)
        except Exception as crash:
            self.figures.note("crashes", f"{where}: {type(crash).__name__}: {crash}")
            return Ran(70, "", "")
        if ran.status not in range(6):
            self.figures.note("crashes", f"{where}: status {ran.status}: {ran.err[:200]}")
        self.figures.look(ran.out, where)
        self.figures.look(ran.err, f"{where} (standard error)")
        if ran.status == FORBIDDEN and staff != ADMIN:
            return self.ask(*line, staff=ADMIN, told=told)
        if told and "--json" in line and ran.status == 0:
            self.shown += flattened(json.loads(ran.out))
        elif told:
            self.shown.append(ran.out)
        return ran

    def file(self, ending: str, *line: str) -> None:
        """Has a list or a form written into a file and looks at every cell of it."""
        path = self.folder / f"out{ending}"
        path.unlink(missing_ok=True)
        where = f"wuye {' '.join(line[:3])} -o {ending}"
        ran = self.ask(*line, "-o", str(path), "--force", told=False)
        if ran.status == 0 and path.exists():
            look_at_file(self.figures, path, where, self.shown)


def look_at_file(figures: Figures, path: Path, where: str, shown: list[str]) -> None:
    """Counts what acts in a file, and the formulas in its cells."""
    ending = path.suffix
    if ending == ".json":
        shown += flattened(json.loads(path.read_bytes()))
        return  # a file for programs: JSON itself escapes what acts
    if ending == ".csv":
        text = path.read_text("utf-8-sig")
        figures.look(text.replace("\r\n", "\n"), where)
        for row in csv.reader(io.StringIO(text, newline="")):
            for cell in row:
                if cell.startswith(ACTIVE) and not _is_number(cell):
                    figures.note("formulas", f"{where}: {cell[:40]!r}")
                shown.append(cell.removeprefix("'"))
    elif ending == ".xlsx":
        for sheet in load_workbook(path).worksheets:
            figures.look(sheet.title, f"{where} title")
            for cells in sheet.iter_rows():
                for cell in cells:
                    if cell.data_type == "f" or cell.hyperlink:
                        figures.note("formulas", f"{where}: {str(cell.value)[:40]!r}")
                    if isinstance(cell.value, str):
                        figures.look(cell.value, where)
                        shown.append(cell.value)
    elif ending == ".pdf":
        content = path.read_bytes()
        if not content.startswith(b"%PDF") or b"/JavaScript" in content or b"/Launch" in content:
            figures.note("formulas", f"{where}: no plain PDF")
    else:
        text = path.read_text("utf-8")
        figures.look(text.replace("\r\n", "\n"), where)
        shown.append(text)


def flattened(document: Any) -> list[str]:
    """Every text of a JSON document, keys too."""
    if isinstance(document, dict):
        return [one for pair in document.items() for part in pair for one in flattened(part)]
    if isinstance(document, list):
        return [one for part in document for one in flattened(part)]
    return [document] if isinstance(document, str) else []


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def lists() -> Iterator[list[str]]:
    """Every command that shows a list and can put it into a file."""
    for noun, verb, command in commands():
        name = f"{noun} {verb}".strip()
        options = {option.opts[0] for option in command.params}
        needed = [option for option in command.params if option.required]
        is_act = "--key" in options or (noun in ("backup", "forms") and verb != "list")
        if (
            "-o" in options
            and not is_act
            and name not in _ROSTERS
            and (not needed or name in _GIVEN)
        ):
            yield [noun, *([verb] if verb else []), *_GIVEN.get(name, ())]


def tell_everything(office: Office, each: int = 1) -> None:
    """Asks for every list in every form, every `each`-th record, and every form on paper."""
    figures = office.figures
    stdin, sys.stdin = sys.stdin, io.StringIO()
    try:
        for line in lists():
            figures.places_out += 1
            office.ask(*line)
            office.ask(*line, "--json")
            office.ask(*line, "--lang", "en")
            for ending in (".csv", ".xlsx", ".json", ".pdf"):
                office.file(ending, *line)
        _records(office, each)
        _papers(office, each)
        for line in (
            ["status"], ["check"], ["duties", "now"], ["duties", "record"], ["patrols", "day"],
            ["supervisor", "show"], ["log", "show"], ["config", "check"], ["calls", "told-to"],
            ["handovers", "show"], ["rosters", "missed"],
        ):  # fmt: skip
            figures.places_out += 1
            office.ask(*line)
            office.ask(*line, "--json")
        for word in ("张", "陈", "k5k", "3-1-502", "=1+1"):
            office.ask("people", "find", word)
            office.ask("people", "find", word, "--json")
    finally:
        sys.stdin = stdin


def _numbers(office: Office, noun: str, each: int) -> list[str]:
    """The numbers of a noun's records, closed ones too, as they stand in the database."""
    asked = {
        "calls": "SELECT number FROM contact ORDER BY number",
        "receipts": "SELECT number FROM receipt ORDER BY number",
    }.get(noun, "SELECT number FROM matter WHERE kind = ? ORDER BY number")
    with closing(sqlite3.connect(office.home / DATABASE)) as base:
        found = base.execute(asked, (NOUNS[noun],) if "?" in asked else ()).fetchall()
    return [str(number) for (number,) in found][::each]


def _records(office: Office, each: int) -> None:
    for noun in ("calls", "receipts", *NOUNS):
        verb = "steps" if noun == "arrears" else "show"
        office.figures.places_out += 1
        for number in _numbers(office, noun, each):
            office.ask(noun, verb, number)
            office.ask(noun, verb, number, "--json")
    for unit in ("3-1-502", "1-1-101", "7-1-401"):
        office.ask("units", "show", unit)
        office.ask("units", "show", unit, "--json")


def _papers(office: Office, each: int) -> None:
    nouns = {kind: noun for noun, kind in NOUNS.items()}
    for form in FORMS.values() if isinstance(FORMS, dict) else FORMS:
        office.figures.places_out += 1
        if form.of is Of.MATTER:
            kinds = form.kinds or ("repair", "complaint", "callback")
            numbers = [n for kind in kinds for n in _numbers(office, nouns[kind], each)[:12]]
        elif form.of is Of.CALL:
            numbers = _numbers(office, "calls", each)[:12]
        elif form.of is Of.RECEIPT:
            numbers = _numbers(office, "receipts", each)[:12]
        else:
            numbers = [""]
        for number in numbers:
            line = ["forms", "print", form.name, *([number] if number else [])]
            for ending in (".txt", ".pdf"):
                office.file(ending, *line)
