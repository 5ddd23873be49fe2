"""`wuye readings correct` and `meter-off`, and a change of meters in one row, as they are typed."""

from pathlib import Path

import pytest

from tests.cli.lines import Office, typed
from tests.intake.books import book

__all__ = ["typed"]
NAMES = ("房号", "类别", "上次读数", "本次读数", "抄表日期", "旧表止码", "新表起码", "新表号")


@pytest.fixture(autouse=True)
def cashier(typed: Office) -> None:
    typed.staff = "SF01"


@pytest.mark.clause("FW-4.2")
def test_a_change_of_meters_in_one_row_is_previewed_and_taken(
    typed: Office, tmp_path: Path
) -> None:
    rows = [
        NAMES,
        ("3-1-501", "水", 100, 112, "2026-10-31", "", "", ""),
        ("3-1-502", "水", 90, 4, "2026-10-31", 95, 1, "B-17"),
        ("3-2-502", "水", 50, 4, "2026-10-31", 55, "", ""),
    ]
    path = str(book(tmp_path / "抄表.xlsx", rows))
    ran = typed.type("readings", "import", path, "--skip-bad")
    assert ran.status == 0, ran.err
    for said in (
        "认出：房号、类别、上次读数、本次读数、抄表日期、旧表止码、新表起码、新表号",
        "第 3 行 旧表止码「95」：没有写换表日期，旧表止码和新表起码记在抄表日期的前一天。",
        "第 4 行 新表起码「」：换表要把旧表止码和新表起码都填上。",
    ):
        assert said in ran.err
    found = typed.done("readings", "list", "--unit", "3-1-502")
    assert [(one["meter"], one["day"], one["kind"], one["used_milli"]) for one in found] == [
        ("3-1-502 水", "2026-09-30", "regular", None),
        ("3-1-502 水", "2026-10-30", "removed", 5_000),
        ("B-17", "2026-10-30", "installed", None),
        ("B-17", "2026-10-31", "regular", 3_000),
    ]
    assert typed.done("readings", "list", "--unit", "3-2-502") == []


@pytest.mark.clause("FW-4.2")
def test_a_reading_is_corrected_deleted_and_its_meter_switched_off(typed: Office) -> None:
    for value, day in (("100", "2026-09-30"), ("110", "2026-10-31")):
        made = ("--kind", "installed") if value == "100" else ()
        ran = typed.type("readings", "add", "A-1", value, "--day", day, *made)
        assert ran.status == 4, "nobody knows the meter yet"
    path = typed.home / "抄表.csv"
    path.write_text(
        "房号,表号,类别,上次读数,本次读数,抄表日期\n3-1-502,A-1,水,100,110,2026-10-31\n", "utf-8"
    )
    typed.done("readings", "import", str(path))
    line = ("readings", "correct", "3-1-502", "--day", "2026-10-31")
    assert typed.type(*line, "--why", "抄错").status == 2, "neither a value nor --delete"
    assert typed.type(*line, "--value", "1", "--delete", "--why", "抄错").status == 2
    ran = typed.type(*line, "--value", "112.5")
    assert (ran.status, "请写明原因" in ran.err) == (2, True)
    ran = typed.type(*line, "--value", "112.5", "--why", "抄错")
    assert ran.out.strip() == "3-1-502 表 A-1：2026-10-31 的读数 110 已改成 112.5。"
    done = typed.done(*line, "--delete", "--why", "抄错")
    assert (done["before_milli"], done["value_milli"], "looked" in done) == (112_500, None, False)
    ran = typed.type(*line, "--delete", "--why", "抄错")
    assert (ran.status, "有读数的日子：2026-09-30" in ran.err) == (4, True)
    line = ("readings", "missing", "--month", "2026-11", "--fee", "water")
    assert [one["meter"] for one in typed.done(*line)] == ["A-1"]
    off = ("readings", "meter-off", "3-1-502", "water", "--day", "2026-11-02", "--why", "拆除")
    ran = typed.type(*off)
    assert ran.out.strip() == "3-1-502 表 A-1 从 2026-11-02 起停用，止码 100，以后不再提醒抄它。"
    assert typed.done(*line) == []
    again = typed.type(*off)
    assert (again.status, again.err[:7]) == (1, "FW-4.2:")
    assert typed.type("check").status == 0
