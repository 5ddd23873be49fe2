"""An import says what it has understood and what would change before it changes anything."""

import io
from pathlib import Path

import pytest

from tests.cli.lines import Office, typed
from tests.intake.books import book
from tests.intake.oldbooks import old

__all__ = ["typed"]

NAMES = ("序号", "房号", "业主姓名", "联系电话")
ROWS = (
    (1, "3-1-502", "陈立", "13911112222"),
    (2, "3-2-502", "仇英", "13800001007/13900002222"),
    ("合计", "", "2 人", ""),
)


@pytest.fixture
def people(tmp_path: Path) -> str:
    return str(book(tmp_path / "业主.xlsx", [("业主清册",), NAMES, *ROWS]))


class Terminal(io.StringIO):
    """Somebody sits there, and answers this."""

    def isatty(self) -> bool:
        return True


def answering(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(words))


def test_what_was_understood_and_would_change_is_shown_first(typed: Office, people: str) -> None:
    ran = typed.type("people", "import", people, "--dry-run", staff="ZJ01")
    assert ran.status == 0, ran.err
    for said in (
        "表「数据」第 2 行是列名，认出：房号、姓名(业主姓名)、电话(联系电话)",
        "没有用到的列：序号",
        "略过的说明、合计等行：5",
        "第 4 行 联系电话「138****1007/139****2222」",
        "第 4 行 3-2-502 仇英 业主：新增",
    ):
        assert said in ran.err
    assert "什么也没有改" in ran.out
    assert typed.done("people", "find", "仇英") == []


def test_a_changed_value_is_shown_old_and_new_with_its_number_masked(
    typed: Office, tmp_path: Path
) -> None:
    path = str(book(tmp_path / "p.xlsx", [NAMES[1:], ("3-1-502", "陈立", "13911112222")]))
    typed.done("people", "import", path, staff="ZJ01")
    book(Path(path), [NAMES[1:], ("3-1-502", "陈立", "13955556666")])
    ran = typed.type("people", "import", path, "--dry-run", staff="ZJ01")
    assert "第 2 行 3-1-502 陈立 联系电话：139****2222 -> 139****6666" in ran.err


def test_units_show_their_values_in_words(typed: Office, tmp_path: Path) -> None:
    path = str(book(tmp_path / "u.xlsx", [("房号", "状态", "面积"), ("3-1-502", "出租", 99.5)]))
    ran = typed.type("units", "import", path, staff="ZJ01")
    assert ran.status == 0
    assert "状态：自住 -> 出租" in ran.err
    assert "-> 99.50" in ran.err


def test_in_a_terminal_it_asks_and_no_is_no(
    typed: Office, people: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, "n\n")
    ran = typed.type("people", "import", people, staff="ZJ01")
    assert (ran.status, "没有导入" in ran.err) == (2, True)
    assert typed.done("people", "find", "仇英") == []
    answering(monkeypatch, "y\n")
    ran = typed.type("people", "import", people, staff="ZJ01")
    assert (ran.status, "导入吗" in ran.err) == (0, True)
    assert [row["unit"] for row in typed.done("people", "find", "仇英")] == ["3-2-502"]
    answering(monkeypatch, "")
    again = typed.type("people", "import", people, staff="ZJ01")
    assert (again.status, "导入吗" in again.err) == (0, False), "nothing to ask about"


def test_yes_and_no_terminal_go_on(
    typed: Office, people: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, "n\n")
    assert typed.type("people", "import", people, "--yes", staff="ZJ01").status == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    more = str(book(tmp_path / "m.xlsx", [NAMES[1:], ("3-2-502", "沈周", "")]))
    assert typed.type("people", "import", more, staff="ZJ01").status == 0


def test_json_says_all_of_it(typed: Office, people: str) -> None:
    looked = typed.type("people", "import", people, "--dry-run", staff="ZJ01", json=True)
    assert looked.json["dry_run"] is True
    done = typed.done("people", "import", people, staff="ZJ01")
    assert (done["sheet"], done["header_row"], done["new"]) == ("数据", 2, looked.json["new"])
    assert done["unknown_columns"] == ["序号"]
    assert done["notes"] == [5]
    assert [remark["row"] for remark in done["remarks"]] == [4]
    assert {"row": 4, "who": "3-2-502 仇英", "field": "role", "old": None, "new": "owner"} in done[
        "examples"
    ]


def test_bad_rows_are_told_and_a_look_has_their_status(typed: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "p.xlsx", [NAMES[1:], ("9-9-909", "仇英", "")])
    ran = typed.type("people", "import", str(path), "--dry-run", staff="ZJ01")
    assert (ran.status, "第 2 行 房号「9-9-909」" in ran.err) == (3, True)
    ran = typed.type("people", "import", str(path), "--dry-run", "--skip-bad", staff="ZJ01")
    assert ran.status == 0
    assert not (tmp_path / "p-bad.csv").exists()


def test_bad_rows_never_replace_those_that_somebody_is_mending(
    typed: Office, tmp_path: Path
) -> None:
    path = book(tmp_path / "p.xlsx", [NAMES[1:], ("9-9-909", "仇英", "")])
    for name in ("p-bad.csv", "p-bad-2.csv", "p-bad-3.csv"):
        ran = typed.type("people", "import", str(path), "--skip-bad", staff="ZJ01")
        assert (ran.status, name in ran.err) == (0, True)
        assert "仇英" in (tmp_path / name).read_text("utf-8-sig")
        (tmp_path / name).write_text("仇英，正在改", "utf-8-sig")


def test_what_is_bad_still_is_numbered_and_not_called_bad_again(
    typed: Office, tmp_path: Path
) -> None:
    path = book(tmp_path / "p.xlsx", [NAMES[1:], ("9-9-909", "仇英", "")])
    names = ("p-bad.csv", "p-bad-2.csv", "p-bad-3.csv")
    for given, made in zip((path.name, *names), names, strict=False):
        ran = typed.type("people", "import", str(tmp_path / given), "--skip-bad", staff="ZJ01")
        assert (ran.status, made in ran.err) == (0, True)
        assert "仇英" in (tmp_path / made).read_text("utf-8-sig")
    assert sorted(one.name for one in tmp_path.glob("*-bad*")) == sorted(names)


def test_a_building_whose_units_are_missing_is_told_in_one_line(
    typed: Office, tmp_path: Path
) -> None:
    rows = [(f"77-1-{floor}01", "仇英", "") for floor in range(1, 31)]
    path = book(tmp_path / "p.xlsx", [NAMES[1:], *rows, ("3-1-999", "唐寅", "")])
    ran = typed.type("people", "import", str(path), "--dry-run", staff="ZJ01")
    assert ran.status == 3
    (told,) = (line for line in ran.err.splitlines() if "77" in line)
    assert told.startswith("第 2-31 行 房号「77-1-101」等 30 行：")
    assert "没有 77 栋" in told
    assert "第 32 行 房号「3-1-999」：房号表里没有「3-1-999」。请改正房号；" in ran.err


def test_what_is_not_kept_of_many_rows_is_told_in_one_line(typed: Office, tmp_path: Path) -> None:
    rows = [(f"3-1-{at}", "仇英", "13800001007", f"139000022{at}") for at in range(11, 42)]
    path = book(tmp_path / "p.xlsx", [("房号", "姓名", "电话", "备用电话"), *rows])
    told = typed.type("people", "import", str(path), "--dry-run", staff="ZJ01").err.splitlines()
    (line,) = (line for line in told if "只有一个号码的位置" in line)
    assert line.startswith("第 2-32 行 备用电话「139****2211」等 31 行：")


def test_only_cells_that_hold_the_same_are_told_together(typed: Office, tmp_path: Path) -> None:
    same = [(f"3-1-{room}", "装修中") for room in range(101, 132)]
    other = [(f"3-2-{room}", f"状态{room}") for room in range(101, 132)]
    path = book(tmp_path / "u.xlsx", [("房号", "状态"), *same, *other])
    told = typed.type("units", "import", str(path), "--dry-run", staff="ZJ01").err.splitlines()
    assert sum("装修中" in line for line in told) == 1
    assert sum("状态1" in line for line in told) == len(other)


def test_very_many_cells_of_one_fault_are_told_together_whatever_they_hold(
    typed: Office, tmp_path: Path
) -> None:
    rows = [(f"幢{at}", "仇英", "吕磊") for at in range(2, 62)]
    path = book(tmp_path / "p.xlsx", [("房号", "业主", "租户"), *rows])
    told = typed.type("people", "import", str(path), "--dry-run", staff="ZJ01").err.splitlines()
    (line,) = (line for line in told if "看不懂这个房号" in line)
    assert line.startswith("第 2-61 行 房号「幢2」等 60 行："), (
        "each row once, though of two people"
    )


BAD = {
    "units": (("房号", "建筑面积"), ("3-1-502", "很大"), ("很大", "90")),
    "people": (("房号", "姓名", "电话"), ("3-1-502", "仇英", "12"), ("12", "13800001007")),
    "staff": (("工号", "姓名", "岗位"), ("KF88", "仇英", "宇航员"), ("宇航员", "客服专员")),
    "tariff": (("编号", "项目", "人工费"), ("SX-88", "换阀", "三十"), ("三十", "30")),
    "directory": (("名称", "电话"), ("维保公司", "某号"), ("某号", "023-55501001")),
}


@pytest.mark.parametrize("noun", BAD)
def test_bad_rows_of_every_noun_come_back_corrected_from_an_old_workbook(
    typed: Office, tmp_path: Path, noun: str
) -> None:
    names, row, (wrong, right) = BAD[noun]
    path = old(tmp_path / "旧.xls", [("台账",), names, row])
    ran = typed.type(noun, "import", str(path), "--skip-bad", staff="ZJ01")
    assert ran.status == 0, ran.err
    bad = tmp_path / "旧-bad.csv"
    bad.write_text(bad.read_text("utf-8-sig").replace(wrong, right, 1), "utf-8-sig")
    done = typed.done(noun, "import", str(bad), staff="ZJ01")
    assert done["new"] + done["changed"] == 1, done
    assert done["bad"] == []


def test_another_sheet_is_imported_by_its_name(typed: Office, tmp_path: Path) -> None:
    path = str(book(tmp_path / "p.xlsx", [NAMES[1:], ("3-2-502", "沈周", "")]))
    ran = typed.type("people", "import", path, "--sheet", "没有", staff="ZJ01")
    assert (ran.status, "数据" in ran.err) == (3, True)
    assert typed.type("people", "import", path, "--sheet", "数据", staff="ZJ01").status == 0


def test_columns_of_everybody_in_a_row_are_among_those_that_were_understood(
    typed: Office, tmp_path: Path
) -> None:
    names = ("房号", "户主", "成员姓名", "与户主关系", "电话")
    path = str(book(tmp_path / "m.xlsx", [names, ("3-1-502", "陈立", "仇英", "妻", "")]))
    ran = typed.type("people", "import", path, "--dry-run", staff="ZJ01")
    assert "认出：房号、姓名(户主)、姓名(成员姓名)、身份(与户主关系)、电话(家属电话)" in ran.err
    looked = typed.type("people", "import", path, "--dry-run", staff="ZJ01", json=True)
    assert {"field": "name", "column": "成员姓名"} in looked.json["used_columns"]
