"""`wuye rosters check FILE`: what is told of a spreadsheet, and that a past month comes back."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.lines import Office, typed
from tests.cli.test_rosters import OF, drawn, office, out
from tests.rosters import NIGHT, write_rules

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


FIXED = '\n[[fixed]]\nstaff = "{}"\nshift = "night"\nweekdays = "一"\n'


def test_a_fixed_shift_of_nobody_is_found_by_the_check_of_the_files(office: Office) -> None:
    rules = NIGHT + FIXED.format("GC03") + FIXED.format("ZX099") + FIXED.format("KF01")
    path = write_rules(office.home, rules)
    ran = office.type("config", "check")
    lines = [n for n, line in enumerate(rules.splitlines(), 1) if "ZX099" in line or "KF01" in line]
    assert ran.status == 3
    assert ran.out.splitlines() == [
        f"data/rosters/night.toml 第 {n} 行：固定班的 {staff} 不在册，或者不归这张表排。"
        for n, staff in zip(lines, ("ZX099", "KF01"), strict=True)
    ]
    path.write_text(NIGHT + FIXED.format("GC03"), "utf-8")
    assert office.type("config", "check").status == 0


def test_without_a_database_the_check_of_the_files_leaves_people_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_rules(tmp_path, NIGHT + FIXED.format("ZX099"))
    ran = Office(tmp_path, capsys).type("config", "check")
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (NIGHT + FIXED.format("ZX099"), "my.toml 写的固定班是 ZX099，不在册"),
        (NIGHT.replace('posts = ["维修工"]', 'posts = ["潜水员"]'), "请核对 my.toml 的部门"),
    ],
)
def test_what_rules_of_a_file_ask_in_vain_is_told_with_the_name_of_that_file(
    office: Office, tmp_path: Path, rules: str, told: str
) -> None:
    path = tmp_path / "my.toml"
    path.write_text(rules, "utf-8")
    ran = office.type("rosters", "generate", *OF, "--rules", str(path))
    assert (ran.status, told in ran.err) == (1, True), ran.err
    assert "rosters/" not in ran.err


NUMBER, WORDS = "数字用半角单独写", "字要放在英文引号里，括号要成对"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("heads = 3个", NUMBER), ("heads = 3 人", NUMBER), ("heads = ３", NUMBER),
        ("heads = -1.5天", NUMBER), ("  heads= 50%", NUMBER),
        ("heads = 三", WORDS), ('heads = "3', WORDS), ("heads = 8:30", WORDS),
        ("heads = 2026-12-1", WORDS), ("heads = 3\nheads = 3", WORDS), ("heads = 3 # 3个 = ", ""),
    ],
)  # fmt: skip
def test_a_number_that_is_written_wrong_is_told_as_a_number(
    office: Office, written: str, told: str
) -> None:
    write_rules(office.home, NIGHT.replace("heads = 1", written))
    ran = office.type("config", "check")
    assert (told or "没有问题") in ran.out
    assert (NUMBER in ran.out) == (told == NUMBER)
