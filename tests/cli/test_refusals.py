"""What is refused at the command line: the clause, one sentence, the exit status, nothing lost.

* a step out of order, by somebody without the right, a wrong PIN for the fifth time
* the wrong spreadsheet, and one with bad rows; a locked database
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.lines import Office, typed
from wuye_tui.logs import log_path
from wuye_tui.settings import DATABASE
from wuye_tui.store.home import Patience

__all__ = ["typed"]
LINE = "3-1-502 厨房水龙头漏水 马上"
TARIFF = "编号,项目,类别,单位,人工费,材料,关键词\n"


def a_slip(office: Office) -> str:
    return str(office.done("calls", "add", "--line", LINE)["number"])


def test_a_step_out_of_order_says_what_comes_next(typed: Office) -> None:
    number = a_slip(typed)
    ran = typed.type("repairs", "close", number)
    assert ran.status == 1
    assert "现在是「已开单」" in ran.err
    assert "通知工程部" in ran.err
    assert typed.done("repairs", "show", number)["state"] == "issued"


def test_somebody_without_the_right_is_told_whose_it_is(typed: Office) -> None:
    ran = typed.type("repairs", "notify", a_slip(typed), "--whom", "王建国", staff="SF01")
    assert ran.status == 1
    assert ran.err.startswith("BX-5: 陈静")
    assert "客服专员" in ran.err


def test_whoever_may_do_it_but_not_write_it_down_for_another_is_told_so(typed: Office) -> None:
    number = a_slip(typed)
    typed.done("repairs", "notify", number, "--whom", "王建国", "--how", "phone")
    ran = typed.type("repairs", "collect", number, "--by", "GC03", "--name", "GC03", staff="GC04")
    assert ran.status == 1
    assert "不能替别人记" in ran.err


def test_the_fifth_wrong_pin_locks_even_the_right_one(
    typed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WUYE_NEW_PIN", "840275")
    assert typed.type("staff", "set-pin", "KF01").status == 0
    monkeypatch.setenv("WUYE_PIN", "111222")
    said = [typed.type("repairs", "note", "PG-20261119-001", "--note", "x") for _ in range(5)]
    assert {ran.status for ran in said} == {1}
    monkeypatch.setenv("WUYE_PIN", "840275")
    ran = typed.type("repairs", "list")
    assert ran.status == 0  # looking needs nobody
    refused = typed.type("calls", "add", "--line", LINE)
    assert refused.status == 1
    assert "840275" not in refused.err


def test_bad_rows_are_counted_as_rows_and_come_back_corrected(
    typed: Office, tmp_path: Path
) -> None:
    file = tmp_path / "tariff.csv"
    file.write_text(TARIFF + "SX-91,换阀,给水,个,30,,\n,,给水,个,x,,\n", "utf-8")
    ran = typed.type("tariff", "import", str(file), staff="ZJ01")
    assert ran.status == 3
    assert not [row for row in typed.done("tariff", "list") if row["code"] == "SX-91"]
    ran = typed.type("tariff", "import", str(file), "--skip-bad", staff="ZJ01")
    assert ran.status == 0, ran.err
    assert "坏行 1" in ran.out
    bad = tmp_path / "tariff-bad.csv"
    assert bad.exists()
    bad.write_text(TARIFF + "SX-92,换泵,给水,个,60,,\n", "utf-8")
    assert typed.type("tariff", "import", str(bad), staff="ZJ01").status == 0
    assert {"SX-91", "SX-92"} <= {row["code"] for row in typed.done("tariff", "list")}


def test_the_wrong_spreadsheet_is_one_clear_line(typed: Office, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(TARIFF + "SX-91,换阀,给水,个,30,,\n", "utf-8")
    ran = typed.type("units", "import", str(file), staff="ZJ01")
    assert ran.status == 3
    assert "收费标准" in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_a_locked_database_is_said_and_nothing_waits_for_ever(
    typed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Patience.__init__, "__defaults__", (0.1, 0.1, 0.1, 0.1, 0.1, 1))
    with closing(sqlite3.connect(typed.home / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ran = typed.type("calls", "add", "--line", LINE)
        other.execute("ROLLBACK")
    assert ran.status == 5
    assert len(ran.err.strip().splitlines()) == 1
    assert typed.type("calls", "add", "--line", LINE).status == 0


def test_what_goes_wrong_inside_is_logged_where_the_sentence_says(
    typed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_given: object) -> None:
        raise RuntimeError("13800001234")

    monkeypatch.setattr("wuye_tui.registers.overview.overview", broken, raising=False)
    monkeypatch.setattr("wuye_tui.registers.matters.start", broken)
    ran = typed.type("repairs", "register", "--place", "大堂", "--text", "灯不亮")
    assert ran.status == 70
    path = log_path()
    assert path is not None
    assert str(path) in ran.err
    written = path.read_text("utf-8")
    assert "RuntimeError" in written
    assert "13800001234" not in written


def test_the_audit_says_whose_pin_was_tried(typed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WUYE_NEW_PIN", "840275")
    assert typed.type("staff", "set-pin", "KF01").status == 0
    monkeypatch.setenv("WUYE_PIN", "111222")
    assert typed.type("calls", "add", "--line", LINE).status == 1
    monkeypatch.delenv("WUYE_PIN")
    (theirs,) = [one for one in typed.done("staff", "list") if one["number"] == "KF01"]
    told = [line for line in typed.type("audit", "show").out.splitlines() if "系统" in line]
    assert told
    assert all(theirs["name"] in line for line in told)
