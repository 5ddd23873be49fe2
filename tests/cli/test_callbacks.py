"""`wuye callbacks`: the month in figures and in files, what is due, whose turn it is.

* every figure opens its list, and every form of the summary says the same
* a month to come and what is no month are wrong usage; an empty month says that it is
* opinions are printed for whoever may call back, and for nobody else
"""

import csv
import io
import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.cli.lines import Office, typed
from tests.desks import THURSDAY, settings_for
from tests.factories import SHANGHAI
from tests.registers.months_called import NOVEMBER, called_through
from wuye_tui.desk import open_desk
from wuye_tui.paper import fonts
from wuye_tui.rules.callback_figures import FIGURES
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import DATABASE

__all__ = ["typed"]

SUMMARY = ("callbacks", "summary", "--month", "2026-11")


@pytest.fixture(scope="module")
def month_file(office_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office's database after a month of callbacks of every outcome."""
    home = tmp_path_factory.mktemp("month")
    shutil.copyfile(office_file, home / DATABASE)
    desk = open_desk(settings_for(home), StoppedClock(THURSDAY)).as_staff("KF01")
    called_through(desk)
    desk.engine.dispose()
    return home / DATABASE


@pytest.fixture
def month(typed: Office, month_file: Path) -> Office:
    """The training office at the end of that month."""
    shutil.copyfile(month_file, typed.home / DATABASE)
    typed.now = datetime(2026, 11, 30, 10, 0, tzinfo=SHANGHAI)
    return typed


@pytest.mark.clause("BX-18", "NB-2")
def test_the_month_as_json_has_each_figure_with_its_definition_and_the_month_before(
    month: Office,
) -> None:
    found = month.done(*SUMMARY)
    assert (found["month"], found["before"], found["empty"]) == ("2026-11", "2026-10", False)
    assert {one["code"]: one["count"] for one in found["figures"]} == NOVEMBER
    assert [one["definition"] for one in found["figures"]] == [one.about for one in FIGURES]
    rate = next(one for one in found["figures"] if one["code"] == "rate")
    assert (rate["of"], rate["percent"], rate["before_percent"]) == (7, 57.1, 100.0)
    assert len(found["callbacks"]) == NOVEMBER["due"] + NOVEMBER["visits"]
    assert {one["opinion"] for one in found["opinions"]} >= {"师傅很准时", "楼道灯一直不亮"}
    late = next(one for one in found["callbacks"] if one["late"])
    assert late["due_at"] == "2026-11-09T10:00:00+08:00"


@pytest.mark.parametrize("figure", [one.code for one in FIGURES])
def test_each_figure_opens_its_list(month: Office, figure: str) -> None:
    listed = month.done(*SUMMARY, "--figure", figure)
    assert len(listed) == NOVEMBER[figure]


def test_a_terminal_shows_figures_definitions_groups_and_opinions_in_full(month: Office) -> None:
    ran = month.type(*SUMMARY)
    assert ran.status == 0
    assert "57.1% (4/7)" in ran.out
    assert "应回访里，过了到期时间才打通" in ran.out.replace("\n", "").replace(" ", "")
    assert "李强" in ran.out
    assert "[b]地上全是水，没人擦[/b]（另开GD-" in ran.out.replace("\n  ", "")


def test_opinions_are_kept_from_whoever_may_not_call_back(month: Office) -> None:
    ran = month.type(*SUMMARY, staff="GC03")
    assert (ran.status, "没人擦" in ran.out) == (0, False)
    assert "3 条意见" in ran.err
    told = month.type(*SUMMARY, staff="GC03", json=True)
    assert "没人擦" not in told.out
    assert sum(one["opinion_given"] for one in told.json["opinions"]) == 3


def test_a_workbook_has_a_sheet_for_each_part(month: Office, tmp_path: Path) -> None:
    path = tmp_path / "callbacks.xlsx"
    assert month.type(*SUMMARY, "-o", str(path)).status == 0
    book = load_workbook(path)
    assert [sheet.title for sheet in book] == [
        "2026-11 回访月报", "按部门", "按类别", "按维修工", "意见和看法", "回访",
    ]  # fmt: skip
    figures = [[cell.value for cell in row] for row in book["2026-11 回访月报"].iter_rows()]
    assert figures[0] == ["项目", "2026-11", "2026-10", "怎么算的"]
    assert figures[2] == ["应回访", 7, 1, FIGURES[1].about]
    assert book["回访"].max_row == 1 + NOVEMBER["due"] + NOVEMBER["visits"]
    assert book["意见和看法"].max_row == 1 + 3


def test_other_forms_say_the_same(month: Office, tmp_path: Path) -> None:
    for ending in ("csv", "json", "pdf"):
        assert month.type(*SUMMARY, "-o", str(tmp_path / f"a.{ending}")).status == 0
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"), newline="")))
    assert rows[0] == ["2026-11 回访月报"]
    assert rows[5][:2] == ["超时回访", "1"]
    heads = ["按部门", "按类别", "按维修工", "意见和看法", "回访"]
    assert [rows[n + 1][0] for n, row in enumerate(rows) if not row] == heads
    assert rows[rows.index(["按维修工"]) + 1][:2] == ["维修工", "问到"]
    assert any("没人擦" in cell for row in rows[rows.index(["意见和看法"]) :] for cell in row)
    assert len(rows) - rows.index(["回访"]) - 2 == NOVEMBER["due"] + NOVEMBER["visits"]
    document = json.loads((tmp_path / "a.json").read_bytes())
    assert {one["code"]: one["count"] for one in document["figures"]} == NOVEMBER
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages)
    text = text.replace("\0", "")  # the reader's, between the halves of each character
    assert "57.1%" in text
    assert "没人擦" in text
    assert text.index("2026-11 回访月报") < text.index("怎么算的") < text.index("按部门")
    again = month.type(*SUMMARY, "-o", str(tmp_path / "a.pdf"))
    assert (again.status, "--force" in again.err) == (2, True)
    odd = month.type(*SUMMARY, "-o", str(tmp_path / "a.docx"))
    assert (odd.status, ".pdf" in odd.err) == (2, True)


def test_without_a_chinese_font_no_paper_is_made_and_it_says_what_to_do(
    month: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_asked", lambda *_given, **_more: None)
    ran = month.type(*SUMMARY, "-o", str(tmp_path / "a.pdf"))
    assert (ran.status, "fonts-noto-cjk" in ran.err) == (5, True)  # as where a form is printed
    assert list(tmp_path.glob("a*")) == []


@pytest.mark.parametrize(
    ("typed_month", "said"),
    [("2026-12", "2026-11"), ("2026-13", "2026-10"), ("上个月", "2026-10"), ("2026-10-01", "")],
)
def test_a_month_to_come_and_what_is_no_month_are_refused(
    month: Office, typed_month: str, said: str
) -> None:
    ran = month.type("callbacks", "summary", "--month", typed_month)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_a_figure_that_there_is_not_names_those_that_there_are(month: Office) -> None:
    ran = month.type(*SUMMARY, "--figure", "tea")
    assert ran.status == 2
    assert all(one.code in ran.err for one in FIGURES)


def test_without_a_month_it_is_the_one_before(month: Office) -> None:
    assert month.done("callbacks", "summary")["month"] == "2026-10"


@pytest.mark.clause("BX-18")
def test_a_month_without_data_is_empty_and_says_so(month: Office, tmp_path: Path) -> None:
    said = "2025-03 没有回访，也没有修完的维修单：所有的数都是零。"
    ran = month.type("--quiet", "callbacks", "summary", "--month", "2025-03")
    assert (ran.status, said in ran.out) == (0, True)
    found = month.done("callbacks", "summary", "--month", "2025-03")
    assert (found["empty"], found["note"]) == (True, said)
    assert {one["count"] for one in found["figures"]} == {0}
    for ending in ("xlsx", "csv", "json", "pdf"):
        path = tmp_path / f"a.{ending}"
        assert month.type("callbacks", "summary", "--month", "2025-03", "-o", str(path)).status == 0
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"), newline="")))
    assert rows[1] == [said]
    assert "无 (0/0)" in {cell for row in rows for cell in row}
    assert not any(cell.startswith("'") for row in rows for cell in row)
    sheet = load_workbook(tmp_path / "a.xlsx")["2025-03 回访月报"]
    assert said in {row[0].value for row in sheet.iter_rows()}
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages)
    assert said.replace(" ", "") in text.replace("\0", "").replace(" ", "").replace("\n", "")


@pytest.mark.clause("BX-17")
def test_what_is_due_says_whom_to_call_what_to_ask_and_how(month: Office) -> None:
    ran = month.type("callbacks", "due")
    assert ran.status == 0
    assert "思兰雅苑物业服务中心，我是李晓燕" in ran.err
    assert "满意度（满意、基本满意、不满意）" in ran.err
    found = month.done("callbacks", "due")
    assert [one["due_at"] for one in found] == sorted(one["due_at"] for one in found)
    assert found[0]["late"] is True
    assert found[0]["phone"] == "138****1234"
    assert {one["regular"]: one["ask"] for one in found} == {
        False: ["satisfaction", "opinion"],
        True: ["satisfaction", "opinion", "how"],
    }


def test_at_night_it_says_that_nobody_is_called(month: Office) -> None:
    month.now = month.now.replace(hour=21)
    assert "不打回访电话" in month.type("callbacks", "due").err
    assert all(one["quiet"] for one in month.done("callbacks", "due"))


def test_tries_stand_beside_what_is_due(month: Office) -> None:
    number = month.done("callbacks", "due")[0]["number"]
    month.done("callbacks", "try", number, "--note", "关机")
    month.done("callbacks", "try", number, "--note", "占线")
    month.done("callbacks", "undo", number)
    (row,) = [one for one in month.done("callbacks", "due") if one["number"] == number]
    assert [one["note"] for one in row["tries"]] == ["关机"]
    month.done("callbacks", "record", number, "--satisfaction", "满意")
    assert number not in {one["number"] for one in month.done("callbacks", "due")}


@pytest.mark.clause("FW-3.1")
def test_a_home_s_turn_is_planned_opened_answered_and_counted(month: Office) -> None:
    month.now = datetime(2027, 12, 1, 10, 0, tzinfo=SHANGHAI)
    planned = month.done("callbacks", "plan", "--count", "9")
    # 5-1-101 and 3-2-502 have an open visit, 6-1-301 has nobody to call; the longest ago first.
    assert [home["unit"] for home in planned] == ["3-1-501", "12-1-1203"]
    assert planned[0]["days"] > 365
    opened = month.done("callbacks", "visit", "3-1-501")
    assert (opened["state"], opened["number"][:3]) == ("due", "HF-")
    shown = month.done("callbacks", "show", opened["number"])
    assert (shown["person"], shown["origin"]) == ("林芳", "regular")
    (clock,) = shown["deadlines"]
    assert (clock["clause"], clock["due_at"]) == ("FW-3.1", "2027-12-31T20:00:00+08:00")
    again = month.type("callbacks", "visit", "3-1-501")
    assert (again.status, opened["number"] in again.err) == (1, True)
    assert again.err.startswith("FW-3.1: ")
    month.done("callbacks", "reach", opened["number"], "--satisfaction", "满意", "--how", "上门")
    (figure,) = [
        one
        for one in month.done("callbacks", "summary", "--month", "2027-12")["figures"]
        if one["code"] == "visited"
    ]
    assert figure["count"] == 1
    assert [home["unit"] for home in month.done("callbacks", "plan")] == ["12-1-1203"]


def test_a_building_that_there_is_not_is_no_empty_plan(month: Office) -> None:
    assert month.type("callbacks", "plan", "--building", "3栋").status == 0
    ran = month.type("callbacks", "plan", "--building", "99")
    assert (ran.status, "99" in ran.err) == (4, True)
    assert month.type("callbacks", "visit", "9-9-999").status == 4
    assert month.type("callbacks", "plan", "--count", "0").status == 2


def test_the_interval_is_the_office_s_own(month: Office) -> None:
    own = month.home / "data"
    own.mkdir(exist_ok=True)
    assert month.done("callbacks", "plan") == []
    (own / "callbacks.toml").write_text("visit_days = 3\n", "utf-8")
    assert [home["unit"] for home in month.done("callbacks", "plan")] != []
    (own / "callbacks.toml").write_text("visit_days = 0\n", "utf-8")
    ran = month.type("callbacks", "plan")
    assert (ran.status, "callbacks.toml" in ran.err) == (3, True)
