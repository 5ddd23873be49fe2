"""`wuye readings` and `wuye fees pool`: what is shown before anything is written, and after."""

import io
from pathlib import Path
from typing import Any

import pytest

from tests.cli.lines import Office, typed
from tests.intake.books import book, text
from tests.intake.oldbooks import old

__all__ = ["typed"]

NAMES = ("序号", "房号", "表号", "类别", "上次读数", "本次读数", "抄表日期", "备注")
GOOD = (
    (1, "3-1-501", "", "水", 100, 112.5, "2026-10-31", ""),
    (2, "3-1-502", "B-17", "水", 99_990, 12, "2026-10-31", "过零"),
    ("合计", "", "", "", "", 124.5, "", ""),
)
BAD = (
    (3, "9-9-909", "", "水", 1, 2, "2026-10-31", ""),
    (4, "3-2-502", "", "水", 50, 49, "2026-10-31", ""),
)


@pytest.fixture(autouse=True)
def cashier(typed: Office) -> None:
    typed.staff = "SF01"


def sheet(folder: Path, *rows: Any, names: Any = NAMES) -> str:
    return str(book(folder / "抄表.xlsx", [("10 月抄表记录",), names, *rows]))


@pytest.mark.clause("FW-4.2")
def test_what_would_be_written_is_shown_first_and_the_same_again_changes_nothing(
    typed: Office, tmp_path: Path
) -> None:
    path = sheet(tmp_path, *GOOD)
    ran = typed.type("readings", "import", path, "--dry-run")
    assert ran.status == 0, ran.err
    for said in (
        "第 2 行是列名，认出：房号、表号、类别、上次读数、本次读数、抄表日期、备注",
        "没有用到的列：序号",
        "略过的说明、合计等行：5",
        "将新增 2，更新 0，不变 0，坏行 0",
        "第 3 行 3-1-501 水 112.5：新增",
        "第 3 行 上次读数「100」：登记里没有更早的读数，这一个记在 2026-09-30",
        "新登记 2 块表：3-1-501 水、B-17",
    ):
        assert said in ran.err
    assert "什么也没有改" in ran.out
    assert typed.done("readings", "list", "--month", "2026-10") == []
    ran = typed.type("readings", "import", path)
    assert (ran.status, ran.out.strip()) == (0, "新增 2，更新 0，不变 0，坏行 0。")
    ran = typed.type("readings", "import", path)
    assert ran.out.strip() == "新增 0，更新 0，不变 2，坏行 0。都已经登记过，什么也没有改。"
    assert "新登记" not in ran.err


def test_bad_rows_go_into_a_file_of_their_own_and_come_back_mended(
    typed: Office, tmp_path: Path
) -> None:
    path = sheet(tmp_path, *GOOD, *BAD)
    ran = typed.type("readings", "import", path)
    assert (ran.status, "有 2 行不能导入" in ran.err) == (3, True)
    assert "第 6 行 房号「9-9-909」" in ran.err
    assert "第 7 行 本次读数「49」" in ran.err
    ran = typed.type("readings", "import", path, "--skip-bad")
    assert (ran.status, "坏行 2" in ran.out) == (0, True), ran.err
    bad = tmp_path / "抄表-bad.csv"
    rest = bad.read_text("utf-8-sig")
    assert ("请注明「过零」" in rest, "先导入这一栋" in rest) == (True, True)
    bad.write_text(rest.replace(",49,", ",59,").replace("9-9-909", "5-1-101"), "utf-8-sig")
    done = typed.done("readings", "import", str(bad))
    assert (done["new"], done["made"], done["bad"]) == (2, 2, [])


def test_in_a_terminal_it_asks_and_no_is_no(
    typed: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    ran = typed.type("readings", "import", sheet(tmp_path, *GOOD))
    assert (ran.status, "没有导入" in ran.err) == (2, True)
    ran = typed.type("readings", "import", sheet(tmp_path, *GOOD), "--yes")
    assert ran.status == 0


def test_an_old_workbook_and_a_csv_in_gb18030_with_the_day_and_the_fee_said_beside(
    typed: Office, tmp_path: Path
) -> None:
    names, row = ("房号", "本期"), ("3-1-501", "１２")
    path = str(old(tmp_path / "旧.xls", [("台账",), names, row]))
    said = ("--fee", "水费", "--day", "2026-10-31")
    assert typed.type("readings", "import", path).status == 2
    assert typed.done("readings", "import", path, *said)["new"] == 1
    path = str(text(tmp_path / "r.csv", [names, row], "gb18030"))
    assert typed.done("readings", "import", path, *said)["unchanged"] == 1
    ran = typed.type("readings", "import", path, "--fee", "物业服务费", "--day", "2026-10-31")
    assert (ran.status, "不是按表收的" in ran.err) == (2, True)


def test_json_has_what_was_made_what_is_odd_and_who_is_missing(
    typed: Office, tmp_path: Path
) -> None:
    typed.done("readings", "import", sheet(tmp_path, *GOOD))
    row = (1, "3-1-501", "", "水", 111, 120, "2026-11-18", "")
    done = typed.done("readings", "import", sheet(tmp_path, row))
    assert done["meters"] == []
    assert done["missing"] == [{"fee": "water", "month": "2026-11", "meters": ["B-17"]}]
    assert [(one["row"], one["column"]) for one in done["remarks"]] == [(3, "上次读数")]
    ran = typed.type("readings", "import", sheet(tmp_path, row))
    assert "2026-11 还有 1 块表没有水费读数：B-17" in ran.err


def test_an_empty_file_and_one_of_residents_are_refused_in_a_sentence(
    typed: Office, tmp_path: Path
) -> None:
    empty = tmp_path / "空.csv"
    empty.write_bytes(b"")
    ran = typed.type("readings", "import", str(empty))
    assert (ran.status, ran.err.strip()) == (
        3,
        "「空.csv」是空的。请确认选对了文件，并已在表格软件里保存。",
    )
    other = book(tmp_path / "p.xlsx", [("房号", "姓名"), ("3-1-502", "仇英")])
    assert typed.type("readings", "import", str(other)).status == 3


def test_a_reading_by_hand_the_list_and_who_is_missing(typed: Office, tmp_path: Path) -> None:
    typed.done("readings", "import", sheet(tmp_path, *GOOD))
    ran = typed.type("readings", "add", "3-1-501", "１２０．２５", "--day", "2026-11-18")
    assert (ran.status, ran.out.strip()) == (
        0,
        "3-1-501 表 3-1-501 水：2026-11-18 读数 120.25，已登记。",
    )
    ran = typed.type("readings", "list")
    assert [line.split()[-2:] for line in ran.out.splitlines()[1:]] == [["120.25", "7.75"]], ran.out
    assert "3-1-501 水" in ran.out
    (row,) = typed.done("readings", "missing", "--month", "2026-11", "--fee", "water")
    assert (row["meter"], row["day"], row["value_milli"]) == ("B-17", "2026-10-31", 12_000)
    assert "B-17" in typed.type("readings", "missing").out
    found = typed.done("readings", "list", "--unit", "3-1-502")
    assert [(row["kind"], row["used_milli"]) for row in found] == [
        ("regular", None),
        ("rolled", 22_000),
    ]
    ran = typed.type("readings", "add", "B-17", "11.5", "--day", "2026-11-18")
    assert (ran.status, "请核对" in ran.err) == (2, True)
    assert typed.type("readings", "add", "B-17", "1.2345").status == 2
    assert typed.type("readings", "add", "B-17", "99.5").status == 0
    assert typed.type("readings", "add", "B-99", "1").status == 4
    for wrong in (("--", "B-17", "-5"), ("B-17", "5", "--kind", "猜的")):
        assert typed.type("readings", "add", *wrong).status == 2


def test_a_month_that_is_charged_refuses_and_names_the_run(typed: Office, tmp_path: Path) -> None:
    typed.done("fees", "set", "water", "--price", "3.5", "--from", "2026-01-01")
    typed.done("readings", "import", sheet(tmp_path, *GOOD))
    number = typed.done("bills", "run", "--period", "2026-10", "--publish")["number"]
    ran = typed.type("readings", "add", "B-17", "13", "--day", "2026-10-31")
    assert (ran.status, number in ran.err, "wuye bills charge" in ran.err) == (1, True, True)
    assert ran.err.startswith("FW-4.2: ")


@pytest.mark.clause("FW-4.1")
def test_a_pool_is_written_shown_replaced_and_listed(typed: Office) -> None:
    given = ("fees", "pool", "shared_power", "--period", "2026-10", "--basis", "unit")
    ran = typed.type(*given, "--amount", "1234.56")
    assert ran.status == 0, ran.err
    assert "2026-10 公共照明公摊（全部）1,234.56 元，按户由 6 户分摊。" in ran.out
    assert "3-1-501  205.76" in ran.out
    done = typed.done(*given, "--amount", "１００", "--building", "3")
    assert (done["units"], done["amount_fen"]) == (3, 10_000)
    listed = typed.type("fees", "pools")
    assert ("3 栋" in listed.out, "1,234.56" in listed.out) == (True, True)
    assert [row["fen"] for row in typed.done("fees", "pools")] == [123_456, 10_000]
    for wrong, status in (
        (("--amount", "1.234"), 2),
        (("--amount=-5",), 2),
        (("--amount", "5", "--building", "99"), 1),
        (("--amount", "5", "--basis", "area"), 1),
    ):
        assert typed.type(*given, *wrong).status == status, wrong
    assert typed.type(*given, "--amount", "5", staff="KF01").status == 1
