"""`wuye rosters check FILE`: what is told of a spreadsheet, and that a past month comes back."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.lines import Office, typed
from tests.cli.test_rosters import OF, drawn, office, out

__all__ = ["drawn", "office", "out", "typed"]

FILE = ("--kind", "night")


def test_faults_that_are_alike_are_named_first_and_then_counted(
    out: Office, tmp_path: Path
) -> None:
    path = tmp_path / "一个岗.csv"
    path.write_text("日期,班次,姓名\n2026-12-01,夜班,李强\n", "utf-8-sig")
    told = out.type("rosters", "check", str(path), *FILE)
    assert told.status == 1
    lacking = [line for line in told.out.splitlines() if "排了 0 人" in line]
    assert len(lacking) == 12, told.out
    assert "这样的还有 18 处，加 --json 可以看全。" in told.out
    whole = out.type("rosters", "check", str(path), *FILE, json=True).json
    assert sum(one["rule"] == whole["broken"][0]["rule"] for one in whole["broken"]) == 30
    rows = "".join(f"2026-12-{n:02},夜班,没人{n}\n" for n in range(1, 21))
    path.write_text(f"日期,班次,姓名\n{rows}", "utf-8-sig")
    told = out.type("rosters", "check", str(path), *FILE)
    assert told.out.count("能排的人里没有这个人") == 12
    assert "这样的还有 8 处" in told.out


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_past_month_comes_back_though_somebody_has_left_since(
    out: Office, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"十二月.{ending}"
    assert out.type("rosters", "export", *OF, "-o", str(path)).status == 0
    out.now += timedelta(days=60)
    before = out.done("rosters", "check", str(path), *FILE)
    assert before["clean"], before
    out.done("staff", "leave", "GC04")
    assert out.done("rosters", "check", str(path), *FILE) == before


def test_who_left_before_a_month_is_nobody_of_it(out: Office, tmp_path: Path) -> None:
    path = tmp_path / "二月.csv"
    path.write_text("日期,班次,姓名\n2027-02-01,夜班,吴刚\n", "utf-8-sig")
    out.now += timedelta(days=60)
    out.done("staff", "leave", "GC04")
    told = out.type("rosters", "check", str(path), *FILE)
    assert "能排的人里没有这个人" in told.out
    path.write_text("日期,班次,姓名\n2027-01-01,夜班,吴刚\n", "utf-8-sig")
    told = out.type("rosters", "check", str(path), *FILE)
    assert "能排的人里没有这个人" not in told.out
