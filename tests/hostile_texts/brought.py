"""Every column of every table that is imported, every setting, the call line and the search."""

import csv
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.hostile import ALL_PLAIN, EVERY
from tests.hostile_texts.lines import GOOD, typed
from tests.hostile_texts.looking import Figures, acting
from wuye_tui import settings
from wuye_tui.desk import Desk
from wuye_tui.intake.layouts import LAYOUTS, OPENING
from wuye_tui.intake.sheets import read_rows, write_bad_rows
from wuye_tui.registers import imports, people
from wuye_tui.registers.hearing import understand
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.formulas import unguarded
from wuye_tui.rules.text import visible

LONGEST = 30_000  # of a cell; a spreadsheet has none longer
# A good row of each table; one column after the other is replaced.
ROWS: Mapping[str, Mapping[str, str]] = {
    "units": {
        "房号": "{room}",
        "建筑面积": "88.5",
        "类型": "住宅",
        "状态": "入住",
        "保修期至": "2030-01-01",
        "标记": "",
    },
    "people": {
        "房号": "{room}",
        "姓名": "仇英{n}",
        "身份": "业主",
        "电话": "13800001007",
        "车牌号": "",
    },
    "staff": {
        "工号": "ZZ{n}",
        "姓名": "仇英{n}",
        "部门": "客服部",
        "岗位": "客服专员",
        "职级": "D",
        "资质": "",
        "电话": "",
    },
    "tariff": {
        "编号": "ZZ-{n}",
        "项目": "换龙头",
        "类别": "水",
        "单位": "个",
        "人工费": "30",
        "材料": "另计",
        "关键词": "",
    },
    "directory": {
        "名称": "单位{n}",
        "类别": "其他",
        "电话": "110",
        "备用电话": "",
        "时间": "",
        "备注": "",
    },
    "readings": {
        "表号": "M{n}",
        "房号": "3-1-502",
        "类别": "水",
        "本次读数": "12",
        "抄表日期": "2026-11-19",
        "备注": "",
    },
    OPENING: {
        "房号": "3-1-502",
        "收费项目": "物业服务费",
        "账期": "2026-01",
        "欠费金额": "10",
        "预存": "",
        "押金": "",
    },
}


# What is kept letter for letter: the other columns are codes, or are taken apart.
MEANT = frozenset(("-", "--", "*", "\\"))  # cells that say there is nothing
LITERAL = (("directory", "时间"), ("directory", "备注"), ("tariff", "项目"), ("directory", "名称"))


def bring_everything(
    desk: Desk,
    folder: Path,
    endings: tuple[str, ...] = (".csv", ".xlsx"),
    strings: Mapping[str, str] = EVERY,
) -> Figures:
    """Each string in each column of each table: a bad row with its reason, or a good one."""
    figures = Figures(strings=len(strings))
    given = {name: text for name, text in strings.items() if 0 < len(text) <= LONGEST}
    for noun, columns in LAYOUTS.items():
        for column in columns:
            for ending in endings:
                figures.places_in += 1
                # Cells of several lines are in a file of their own: in CSV quotes may have lost
                # their partners there, and then the whole file is refused.
                for several in (False, True):
                    some = {n: t for n, t in given.items() if bool({*"\n\r"} & {*t}) is several}
                    _bring(figures, desk, folder / f"t{ending}", noun, column.title, some)
    return figures


def _bring(
    figures: Figures, desk: Desk, path: Path, noun: str, title: str, strings: Mapping[str, str]
) -> None:
    where = f"{noun} import {path.suffix} {title}"
    usual = {title: "", **ROWS[noun]}
    names = list(strings)
    rows = [
        [
            strings[name]
            if head == title
            else said.format(n=n, room=f"3-1-{101 + n}" if noun == "units" else "3-1-502")
            for head, said in usual.items()
        ]
        for n, name in enumerate(names)
    ]
    if path.suffix == ".csv":
        # NUL and bytes that are no UTF-8 make the whole file unreadable: tried elsewhere.
        kept = [
            n for n, row in enumerate(rows) if _is_utf8("".join(row)) and "\0" not in "".join(row)
        ]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([list(usual), *(rows[n] for n in kept)])
    else:
        kept = [n for n, row in enumerate(rows) if _is_utf8("".join(row))]
        with xlsxwriter.Workbook(
            path, {"strings_to_formulas": False, "strings_to_urls": False}
        ) as book:
            sheet = book.add_worksheet()
            for at, row in enumerate([list(usual), *(rows[n] for n in kept)]):
                for column, cell in enumerate(row):
                    sheet.write_string(at, column, cell)
    figures.tried += len(kept)
    try:
        intake: Any = read_rows(path, noun, desk.reference)
        if noun not in ("readings", OPENING):
            intake = imports.plan(desk, intake).intake
        write_bad_rows(path.with_name("bad.csv"), intake)
    except DeskError as refusal:
        figures.sentence(visible(refusal.line), where)
        return
    except Exception as crash:
        figures.note("crashes", f"{where}: {type(crash).__name__}: {crash}")
        return
    for row in intake.bad:
        figures.sentence(visible(row.line), where, (row.column,))
        if acting(row.value):
            figures.note("escape_bytes", f"{where}: the value that is shown")
    figures.kept += len(intake.good)
    if (noun, title) in LITERAL:
        refused = {row.row_number for row in intake.bad}
        taken = {part for row in intake.good for part in row if isinstance(part, str)}
        for at, n in enumerate(kept, start=2):
            name = names[n]
            is_guarded = path.suffix == ".csv" and unguarded(strings[name]) != strings[name]
            if is_guarded or strings[name] in MEANT:
                continue  # in CSV an apostrophe in front, or ="..", is how a program guards a text
            if name in ALL_PLAIN and (at in refused or strings[name] not in taken):
                figures.note("vanished", f"{where}: {name}")
    for row in intake.good:
        if found := [c for c in acting(str(tuple(row)).replace("\\u3000", "")) if c != "\n"]:
            figures.note("escape_bytes", f"{where}: taken, U+{ord(found[0]):04X}")
    figures.look(
        path.with_name("bad.csv").read_text("utf-8-sig").replace("\r\n", "\n"), f"{where}, bad rows"
    )


def set_everything(home: Path, strings: Mapping[str, str] = EVERY) -> Figures:
    """Each string as each setting: in the environment, in config.toml, and `wuye config check`."""
    figures = Figures(strings=len(strings))
    names = ("WUYE_DATABASE_URL", "WUYE_LANG", "WUYE_STAFF", "WUYE_PIN", "WUYE_NOW")
    for name in (*names, "WUYE_HOME"):
        figures.places_in += 1
        for what, text in strings.items():
            if "\0" in text or not _can_be_set(text):
                continue  # no environment holds these
            figures.tried += 1
            try:
                settings.load(
                    home="" if name == "WUYE_HOME" else str(home),
                    environ={name: text, "HOME": str(home)},
                )
            except DeskError as refusal:
                figures.sentence(visible(refusal.line), f"{name} {what}")
            except Exception as crash:
                figures.note("crashes", f"{name} {what}: {type(crash).__name__}: {crash}")
    config = home / settings.CONFIG
    for key in settings.KNOWN:
        figures.places_in += 1
        for n, (what, text) in enumerate(strings.items()):
            if len(text) > 5000:
                continue
            figures.tried += 1
            quoted = text if n % 2 else f'"{text}"'
            config.write_bytes(f"{key} = {quoted}\n".encode("utf-8", "surrogatepass"))
            try:
                settings.load(home=str(home), environ={})
            except DeskError as refusal:
                figures.sentence(visible(refusal.line), f"config {key} {what}")
            except Exception as crash:
                figures.note("crashes", f"config {key} {what}: {type(crash).__name__}: {crash}")
            if n % 9 == 0:
                ran = typed(home, ["config", "check"])
                figures.look(ran.out + ran.err, f"config check {key} {what}")
                if ran.status not in GOOD:
                    figures.note("crashes", f"config check {key} {what}: {ran.status}")
    config.unlink()
    return figures


def read_everything(desk: Desk, strings: Mapping[str, str] = EVERY) -> Figures:
    """Each string as a line of the telephone, alone and behind a room, and as what is sought."""
    figures = Figures(strings=len(strings), places_in=3)
    for what, text in strings.items():
        for line in (text, f"3-1-502 漏水 {text}"):
            figures.tried += 1
            try:
                understand(desk, line)
                figures.kept += 1
            except DeskError as refusal:
                figures.sentence(visible(refusal.line), f"line {what}")
            except Exception as crash:
                figures.note("crashes", f"line {what}: {type(crash).__name__}: {crash}")
        figures.tried += 1
        try:
            people.find(desk, text)
            figures.kept += 1
        except DeskError as refusal:
            figures.sentence(visible(refusal.line), f"search {what}")
        except Exception as crash:
            figures.note("crashes", f"search {what}: {type(crash).__name__}: {crash}")
    return figures


def _can_be_set(text: str) -> bool:
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        return False
    return True


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
