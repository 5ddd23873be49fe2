"""`wuye bills opening`: shown first, written if it agrees to the fen, and never twice (FW-4.3)."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.lines import Office, typed
from tests.intake.books import book, text

__all__ = ["typed"]

NAMES = ("序号", "房号", "收费项目", "账期", "欠费金额", "到期日", "预存", "押金")
ROWS = (
    (1, "3-1-502", "物业服务费", "2026年3月", "２１９．２８", "2026-03-25", "", ""),
    (2, "3-1-502", "水费", 202604, 30, "", "", ""),
    (3, "3-1-501", "", "", "", "", "￥800", ""),
    (4, "5-1-101", "装修押金", "", "", "", "", "2,000.00"),
    (),
    ("合计", "", "", "", 249.28, "", 800, 2000),
)
SUMS = ("--total", "249.28", "--prepaid", "８００", "--deposits", "2,000")


@pytest.fixture(autouse=True)
def cashier(typed: Office) -> None:
    typed.staff = "SF01"


def sheet(folder: Path, *rows: Any) -> str:
    rows = (("期初余额",), ("2026 年 10 月 31 日",), NAMES, *(rows or ROWS))
    return str(book(folder / "期初.xlsx", rows))


@pytest.mark.clause("FW-4.3")
def test_without_the_totals_it_only_shows(typed: Office, tmp_path: Path) -> None:
    ran = typed.type("bills", "opening", sheet(tmp_path))
    assert ran.status == 0, ran.err
    for said in (
        "第 3 行是列名，认出：房号、收费项目、账期、欠费金额、到期(到期日)、预存、押金",
        "没有用到的列：序号",
        "略过的说明、合计等行：9",
        "将新增 4，更新 0，不变 0，坏行 0",
        "第 4 行 3-1-502 物业服务费 2026-03 219.28：新增",
        "第 6 行 3-1-501 800.00：新增",
        "欠费 2 笔 249.28元，预存 800.00元，押金 2,000.00元。",
    ):
        assert said in ran.err, ran.err
    assert ("什么也没有改" in ran.out, "--total" in ran.out) == (True, True)
    assert typed.done("payments", "owed", "3-1-502")["open_fen"] == 0
    again = typed.type("bills", "opening", sheet(tmp_path), "--dry-run", *SUMS)
    assert (again.status, again.out.strip()) == (0, "只是看看，什么也没有改。")
    off = typed.type("bills", "opening", sheet(tmp_path), "--dry-run", "--total", "249.28")
    assert (off.status, "预存：表里 800.00元，您写的 0.00元" in off.err) == (1, True)


@pytest.mark.clause("FW-4.3")
def test_with_them_it_is_written_once_and_every_list_has_it(typed: Office, tmp_path: Path) -> None:
    path = sheet(tmp_path)
    ran = typed.type("bills", "opening", path, *SUMS, "--day", "2026-11-01")
    assert (ran.status, ran.out.strip()) == (
        0,
        "期初已记：欠费 2 笔 249.28元，预存 800.00元，押金 2,000.00元。（QC-20261119-001）",
    ), ran.err
    owed = typed.done("payments", "owed", "3-1-502", "3-1-501", "5-1-101")
    assert [(one["fee"], one["period"], one["due"], one["open_fen"]) for one in owed["owed"]] == [
        ("management", "2026-03", "2026-03-25", 21_928),
        ("water", "2026-04", "2026-04-30", 3000),
    ]
    assert (owed["prepaid_fen"], owed["deposits"]) == (80_000, {"decoration_deposit": 200_000})
    assert "期初" in typed.type("payments", "statement", "3-1-501").out
    (arrear,) = typed.done("arrears", "list")["arrears"]
    assert (arrear["unit"], arrear["overdue_fen"]) == ("3-1-502", 24_928)
    assert typed.done("bills", "report")[-1]["billed_fen"] == 24_928
    assert typed.done("check")["clean"]
    again = typed.type("bills", "opening", path, *SUMS)
    assert (again.status, "有 4 行不能记" in again.err) == (3, True)
    assert again.err.count("已经记过了（QC-20261119-001）") == 4
    assert "第 4 行 欠费金额「219.28」" in again.err
    assert typed.done("payments", "owed", "3-1-502")["open_fen"] == 24_928


def test_the_same_key_again_says_what_was_written(typed: Office, tmp_path: Path) -> None:
    line = (
        "bills",
        "opening",
        sheet(tmp_path),
        *SUMS,
        "--key",
        "12345678-1234-4234-8234-123456789012",
    )
    first = typed.type(*line)
    again = typed.type(*line)
    assert (again.status, again.out, again.err) == (0, first.out, "")
    assert typed.done("payments", "owed", "3-1-502")["open_fen"] == 24_928
    assert typed.done(*line)["number"] == "QC-20261119-001"


@pytest.mark.parametrize(
    ("sums", "status", "told"),
    [
        (("--total", "249.27", *SUMS[2:]), 1, "表里 249.28元，您写的 249.27元，差 0.01元"),
        (("--total", "249.28"), 1, "押金：表里 2,000.00元，您写的 0.00元，差 2,000.00元"),
        (("--total", "249.281"), 2, "最多两位小数"),
        (("--total=-249.28",), 2, "负数"),
        (("--total", "很多"), 2, "不是金额"),
        ((*SUMS, "--day", "2026-11-20"), 2, "还没有到"),
        ((*SUMS, "--skip-bad"), 2, "一行也不能跳过"),
    ],
)
def test_what_does_not_agree_gets_one_sentence_and_writes_nothing(
    typed: Office, tmp_path: Path, sums: tuple[str, ...], status: int, told: str
) -> None:
    ran = typed.type("bills", "opening", sheet(tmp_path), *sums, "--quiet")
    assert (ran.status, told in ran.err, ran.err.count("\n")) == (status, True, 1), ran.err
    assert typed.done("payments", "owed", "3-1-502", "3-1-501")["prepaid_fen"] == 0
    assert typed.done("check")["clean"]


def test_every_bad_row_is_told_and_none_is_skipped(typed: Office, tmp_path: Path) -> None:
    bad = (
        (5, "9-9-909", "水费", "2026-03", 5, "", "", ""),
        (6, "3-2-502", "宽带费", "2026-03", 5, "", "", ""),
        (7, "3-2-502", "水费", "去年", 1.234, "", "", ""),
        (8, "3-1-502", "水费", "2026-04", 30, "", "", ""),
    )
    ran = typed.type("bills", "opening", sheet(tmp_path, *ROWS[:4], *bad), *SUMS)
    assert (ran.status, "有 4 行不能记，所以一行也没有记" in ran.err) == (3, True)
    for said in (
        "第 8 行 房号「9-9-909」：",
        "第 9 行 收费项目「宽带费」：",
        "第 10 行 账期「去年」：",
        "第 10 行 欠费金额「1.234」：",
        "第 11 行 欠费金额「30.00」：与第 5 行",
    ):
        assert said in ran.err, ran.err
    assert "欠费 2 笔 249.28元" in ran.err, "of what could be taken"
    assert "--skip-bad" not in ran.err
    assert [one.name for one in tmp_path.glob("*-bad*")] == []
    assert typed.done("payments", "owed", "3-1-502")["open_fen"] == 0


def test_a_csv_in_gb18030_and_json(typed: Office, tmp_path: Path) -> None:
    rows = [("房号", "项目", "月份", "欠费"), ("3-1-502", "水费", "2026-03", "30")]
    path = str(text(tmp_path / "o.csv", rows, "gb18030"))
    looked = typed.done("bills", "opening", path)
    assert (looked["dry_run"], looked["charges"], looked["owed_fen"]) == (True, 1, 3000)
    done = typed.done("bills", "opening", path, "--total", "30")
    assert (done["number"], done["bad"]) == ("QC-20261119-001", [])


def test_in_a_terminal_it_asks_and_no_is_no(
    typed: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    ran = typed.type("bills", "opening", sheet(tmp_path), *SUMS)
    assert (ran.status, "没有导入" in ran.err) == (2, True)
    assert typed.type("bills", "opening", sheet(tmp_path), *SUMS, "--yes").status == 0


def test_the_desk_may_not(typed: Office, tmp_path: Path) -> None:
    ran = typed.type("bills", "opening", sheet(tmp_path), *SUMS, staff="KF01")
    assert (ran.status, ran.err.startswith("FW-4.3: ")) == (1, True), ran.err


def test_the_help_of_bills_loads_no_database_and_no_spreadsheet() -> None:
    code = (
        "import sys; from wuye_tui.cli.main import run; run(['bills', '--help']);"
        "print([one for one in ('sqlalchemy', 'python_calamine') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
