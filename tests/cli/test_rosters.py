"""Rosters by the command line (KF-5, ZB-3.6, ZB-4.4): drawn up, checked, published; swapped and
mended; shown and exported. The generator's place is taken by somebody who gives the nights out
in turn.
"""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.lines import Office, typed
from tests.rosters import ADMIN, DECEMBER, NIGHT, STAND_IN, changed, in_turn, on, place, write_rules
from wuye_tui.desk import open_desk
from wuye_tui.rostering.counting import Clash
from wuye_tui.rostering.engines import NoSolver
from wuye_tui.rostering.explaining import NoRoster
from wuye_tui.rules.rosters import Asked, Cell, Drawn, Leave
from wuye_tui.settings import load

__all__ = ["typed"]

OF = ("--kind", "night", "--month", "2026-12")
SWAP = ("rosters", "swap", "--kind", "night", "--shift", "夜班", "--why", "出差")
KEY = "12345678-1234-4234-8234-123456789012"


class Generator:
    """In turn, or what it is told to give; it takes down what it was asked."""

    def __init__(self) -> None:
        self.cells: list[Cell] = in_turn(DECEMBER)
        self.error: Exception | None = None
        self.given: dict[str, Any] = {}

    def draw(
        self, asked: Asked, seconds: float, seed: int, workers: int, told: Any, others: Any
    ) -> Drawn:
        self.given = {"asked": asked, "seconds": seconds, "seed": seed, "workers": workers}
        assert others
        if self.error:
            raise self.error
        told(12, 10, 0.5)
        return Drawn(tuple(self.cells), 12, 10, stopped=True, seed=seed, notes=("请人顶了。",))

    def mend(
        self, asked: Asked, absent: Leave, seconds: float, others: Sequence[Any], since: date
    ) -> Drawn:
        assert others
        assert since >= absent.begins
        if self.error:
            raise self.error
        cells = [
            one._replace(staff=STAND_IN)
            if one.staff == absent.staff and absent.begins <= one.day <= absent.ends
            else one
            for one in asked.published
        ]
        many = len(set(cells) - set(asked.published))
        return Drawn(tuple(cells), many, many)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Generator:
    made = Generator()
    monkeypatch.setattr("wuye_tui.rostering.drawing.draw", made.draw)
    monkeypatch.setattr("wuye_tui.rostering.mending.mend", made.mend)
    return made


@pytest.fixture
def office(typed: Office, drawn: Generator) -> Office:
    """Administration's, with the rules of the nights and everybody in their post."""
    assert drawn.error is None
    write_rules(typed.home)
    desk = open_desk(load(home=str(typed.home), environ={})).as_staff(ADMIN)
    desk.perform("test", place)
    desk.engine.dispose()
    typed.staff = ADMIN
    return typed


@pytest.fixture
def out(office: Office) -> Office:
    """The same with December published."""
    office.done("rosters", "generate", *OF, "--publish")
    return office


@pytest.mark.clause("KF-5", "ZB-3.6")
def test_a_roster_is_drawn_up_checked_published_listed_and_audited(
    office: Office, drawn: Generator
) -> None:
    ran = office.type("rosters", "generate", *OF, "--seconds", "7", "--seed", "3")
    assert ran.status == 0, ran.err
    assert "2026-12 夜间维修排好了，31 个班。（PB-20261119-001）" in ran.out
    assert "评分 12（越少越好），最好也不会少于 10，相差 20.0%。" in ran.out
    assert all(word in ran.out for word in ("没有算完就停了", "请人顶了。", "夜班最多差 1"))
    assert {**drawn.given, "asked": 0} == {"asked": 0, "seconds": 7, "seed": 3, "workers": 2}
    assert office.type("rosters", "show", *OF).status == 4
    number = "PB-20261119-001"
    assert "李强" in office.type("rosters", "show", *OF, "--number", number).out
    assert office.done("rosters", "publish", number)["version"] == 1
    assert office.done("rosters", "check", *OF)["clean"]
    (listed,) = office.done("rosters", "list")
    assert (listed["state"], listed["objective"], listed["stopped"]) == ("published", 12, True)
    assert "已发布" in office.type("rosters", "list").out
    again = office.type("rosters", "publish", number)
    assert (again.status, "第 1 版" in again.err) == (1, True)
    assert "发布排班" in office.type("audit", "show").out
    assert office.done("check")["clean"]


def test_what_everybody_sees_of_a_month_a_person_and_a_post(out: Office) -> None:
    out.staff = "KF01"
    grid = out.type("rosters", "show", *OF).out
    assert all(name in grid for name in ("李强", "吴刚", "冯涛"))
    own = out.type("rosters", "show", *OF, "--staff", "吴刚").out
    assert "12-02" in own
    assert "12-03" not in own
    post = out.type("rosters", "show", *OF, "--post", "前台").out.splitlines()
    assert len(post) == 32
    document = out.done("rosters", "show", *OF, "--staff", "GC04")
    assert {one["staff"] for one in document["cells"]} == {"GC04"}
    assert document["cells"][0]["name"] == "吴刚"
    assert document["version"] == 1


@pytest.mark.parametrize("ending", ["xlsx", "pdf", "ics", "csv", "txt"])
def test_a_roster_goes_into_a_file_and_over_none(out: Office, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"十二月.{ending}"
    ran = out.type("rosters", "export", *OF, "-o", str(path))
    assert ran.status == 0, ran.err
    assert path.stat().st_size > 300
    before = path.read_bytes()
    refused = out.type("rosters", "export", *OF, "-o", str(path))
    assert (refused.status != 0, path.read_bytes() == before) == (True, True)
    assert out.type("rosters", "export", *OF, "-o", str(path), "--force").status == 0
    odd = out.type("rosters", "export", *OF, "-o", str(tmp_path / "x.doc"))
    assert odd.status != 0


def test_a_file_that_cannot_be_written_is_told_before_the_work_is_done(
    office: Office, drawn: Generator, tmp_path: Path
) -> None:
    path = tmp_path / "there.csv"
    path.write_text("旧的", "utf-8")
    assert office.type("rosters", "generate", *OF, "-o", str(path)).status != 0
    assert drawn.given == {}
    assert office.done("rosters", "list") == []
    assert office.done("rosters", "generate", *OF, "-o", str(tmp_path / "new.csv"))["cells"] == 31
    assert "夜" in (tmp_path / "new.csv").read_text("utf-8-sig")


def test_what_is_exported_is_read_in_checked_and_kept(out: Office, tmp_path: Path) -> None:
    path = tmp_path / "贴墙.csv"
    out.type("rosters", "export", *OF, "-o", str(path))
    found = out.done("rosters", "check", str(path), "--kind", "night", "--keep")
    assert (found["clean"], found["cells"], found["month"]) == (True, 31, "2026-12")
    (draft,) = (one for one in out.done("rosters", "list") if one["state"] == "draft")
    assert (draft["number"], draft["basis"], draft["objective"]) == (found["number"], "file", None)
    words = path.read_text("utf-8-sig").replace("GC03", "GC04", 1).replace("李强", "吴刚", 1)
    path.write_text(words, "utf-8-sig")
    ran = out.type("rosters", "check", str(path), "--kind", "night", "--keep")
    assert ran.status == 1
    assert "吴刚" in ran.out
    assert len(out.done("rosters", "list")) == 2


def test_every_broken_rule_is_told_with_person_and_day(office: Office, drawn: Generator) -> None:
    drawn.cells = changed(in_turn(DECEMBER), 7, "GC04")
    ran = office.type("rosters", "generate", *OF, "--publish")
    assert ran.status == 1
    assert "不合规矩" in ran.err
    assert office.done("rosters", "list") == [], "neither kept nor published"
    number = office.done("rosters", "generate", *OF)["number"]
    ran = office.type("rosters", "publish", number)
    assert ran.status == 1
    assert "吴刚" in ran.out
    assert "2026-12-08" in ran.out


def test_where_there_is_no_roster_it_says_why_and_who_else_could_be_asked(
    office: Office, drawn: Generator
) -> None:
    office.done("rosters", "generate", *OF)
    asked = drawn.given["asked"]
    why = "12 月 24 日要 1 人，李强请假，一个人也没有。"
    clash = Clash("leave", why, ("GC03",), (on(DECEMBER, 24),))
    other = next(one for one in asked.people if one.number == STAND_IN)
    drawn.error = NoRoster(asked, (clash,), (other,))
    ran = office.type("rosters", "generate", *OF)
    assert ran.status == 1
    assert "李强请假" in ran.out
    assert ran.err.startswith("KF-5: ")
    assert "还可以请：何勇" in ran.err
    found = office.type("rosters", "generate", *OF, json=True)
    assert (found.status, found.json["clashes"][0]["days"]) == (1, ["2026-12-24"])
    assert found.json["others"] == [{"staff": STAND_IN, "name": "何勇"}]
    assert len(office.done("rosters", "list")) == 1


@pytest.mark.clause("ZB-4.4")
def test_a_night_is_swapped_and_listed_and_the_duties_say_who_comes(out: Office) -> None:
    line = (*SWAP, "--day", "2026-12-10", "--staff", "李强", "--with", "何勇")
    ran = out.type(*line)
    assert ran.status == 0, ran.err
    assert "2026-12-10 夜班由 李强 换给 何勇，2026-12 排班是第 2 版" in ran.out
    back = ("--back-day", "2026-12-30", "--back-shift", "night", "--key", KEY)
    line = (*SWAP, "--day", "2026-12-31", "--staff", "GC03", "--with", "冯涛", *back)
    assert out.done(*line) == out.done(*line), "the same key swaps once"
    assert len(out.done("rosters", "swaps")) == 2
    assert "出差" in out.type("rosters", "swaps").out
    half = out.type(*SWAP, "--day", "2026-12-13", "--staff", "GC03", "--with", "SB01", *back[:2])
    assert (half.status, "--back-shift" in half.err) == (2, True)
    broken = out.type(*SWAP, "--day", "2026-12-01", "--staff", "GC03", "--with", "GC04")
    assert broken.err.startswith("ZB-4.4: 这样换不行：")
    out.now = out.now.replace(month=12, day=10, hour=15)
    out.type("duties", "start", staff="KF01")
    assert "下一班 何勇" in out.type("duties", "now").out
    assert out.done("duties", "now")[0]["next"] == [STAND_IN]
    out.now = out.now.replace(hour=17, minute=30)
    late = out.type(*SWAP, "--day", "2026-12-10", "--staff", "SB01", "--with", "GC03")
    assert late.err.startswith("ZB-4.4: 2026-12-10 夜班已经开始")


@pytest.mark.clause("ZB-4.4")
def test_leave_is_written_listed_and_cancelled_and_an_absence_mended(
    out: Office, drawn: Generator
) -> None:
    leave = ("rosters", "leave", "--staff", "李强", "--why", "病假")
    ran = out.type(*leave, "--from", "2026-12-04", "--to", "2027-02-28")
    assert ran.status == 0, ran.err
    assert "从 2026-12-04 到 2027-02-28 请假，已记下。（QJ-20261119-001）" in ran.out
    assert "请用 wuye rosters absent 补上" in ran.err
    assert "病假" in out.type("rosters", "leaves").out
    assert out.type(*leave, "--from", "2026-12-05").status == 1
    out.done("rosters", "leave", "--cancel", "qj-20261119-001")
    absent = ("rosters", "absent", "--staff", "GC03", "--why", "发烧")
    ran = out.type(*absent, "--from", "2026-12-04", "--to", "2026-12-05")
    assert ran.status == 0, ran.err
    assert "2026-12 夜间维修排班改好了，是第 2 版：" in ran.out
    assert "- 2026-12-04 夜班 前台 李强" in ran.out
    assert "+ 2026-12-04 夜班 前台 何勇" in ran.out
    assert "改了 1 个班，不能再少了。" in ran.out
    drawn.error = NoSolver()
    ran = out.type(*absent, "--from", "2026-12-07")
    assert (ran.status, "补不上" in ran.out) == (1, True)
    assert len(out.done("rosters", "leaves")) == 3
    assert out.done("check")["clean"]


def test_a_wish_and_the_stand_ins_of_a_night(out: Office, drawn: Generator) -> None:
    wish = ("rosters", "wish", "--day", "2026-12-24", "--staff", "GC03")
    assert "不想上" in out.type(*wish).out
    out.done("rosters", "generate", *OF)
    assert [one.staff for one in drawn.given["asked"].wishes] == ["GC03"]
    assert out.done(*wish, "--cancel")["gone"] == 1
    asked = ("rosters", "stand-ins", "--kind", "night", "--day", "2026-12-10", "--shift", "night")
    found = {one["staff"]: one["may"] for one in out.done(*asked)}
    assert found == {"GC04": False, "ZB01": False, STAND_IN: True}
    assert "能" in out.type(*asked).out


def test_rules_of_a_file_are_used_and_what_is_wrong_with_them_is_told(
    office: Office, drawn: Generator, tmp_path: Path
) -> None:
    path = tmp_path / "试.toml"
    path.write_text(NIGHT.replace("heads = 1", "heads = -1"), "utf-8")
    ran = office.type("rosters", "generate", *OF, "--rules", str(path))
    assert (ran.status, "heads" in ran.err) == (3, True)
    assert drawn.given == {}
    path.write_text(NIGHT.replace("free = 4", "free = 9"), "utf-8")
    office.done("rosters", "generate", *OF, "--rules", str(path))
    assert drawn.given["asked"].kind.limits.free == 9
    tried = office.done("rosters", "list")[0]
    assert (tried["basis"], tried["state"]) == ("tried", "draft")
    ran = office.type("rosters", "publish", tried["number"])
    assert (ran.status, "按别的规矩试排" in ran.err) == (1, True)
    gone = office.type("rosters", "generate", *OF, "--rules", str(tmp_path / "gone.toml"))
    assert gone.status == 3


@pytest.mark.parametrize(
    ("line", "status", "told"),
    [
        (("generate", "--kind", "waiters", "--month", "2026-12"), 4, "没有「waiters」这种排班"),
        (("generate", "--kind", "night", "--month", "2026-13"), 2, "没有「2026-13」这个月"),
        (("generate", *OF, "--seconds", "0"), 2, "--seconds"),
        (("check", "--kind", "night"), 2, "--month"),
        (("check", "nowhere.xlsx", "--kind", "night"), 3, "nowhere.xlsx"),
        (("publish", "PB-1"), 4, "没有排班 PB-1"),
        (("leave", "--staff", "谁", "--from", "2026-12-01", "--why", "病"), 4, "没有「谁」"),
        (("leave", "--staff", "GC03", "--why", "病"), 2, "--from"),
        (("leave", "--cancel", "QJ-1"), 4, "没有请假 QJ-1"),
        (("absent", "--staff", "谁", "--why", "病"), 4, "没有「谁」"),
        (("wish", "--day", "2026-11-01", "--staff", "GC03"), 2, "已经到了"),
        (("stand-ins", *OF[:2], "--day", "2026-12-10", "--shift", "夜班"), 4, "还没有发布"),
        ((*SWAP[1:], "--day", "2026-12-32", "--staff", "GC03", "--with", "SB01"), 2, "2026-12-32"),
    ],
)
def test_bad_input_is_one_sentence(
    office: Office, line: Sequence[str], status: int, told: str
) -> None:
    ran = office.type("rosters", *line)
    assert (ran.status, told in ran.err) == (status, True), ran.err
    assert ran.out == ""
    assert len(ran.err.strip().splitlines()) == 1


def test_who_may_not_plan_is_told_before_anything_is_drawn_up(
    office: Office, drawn: Generator
) -> None:
    ran = office.type("rosters", "generate", *OF, staff="KF01")
    assert (ran.status, ran.err.startswith("KF-5: 李晓燕 不能排班")) == (1, True)
    assert drawn.given == {}


def test_nobody_missed_a_duty_is_an_empty_list(out: Office) -> None:
    assert out.done("rosters", "missed", "--month", "2026-12") == {"missed": [], "written": []}
    assert json.loads(json.dumps(out.done("rosters", "leaves"))) == []


@pytest.mark.clause("ZB-4.4")
def test_a_worker_swaps_with_a_colleague_who_is_there_to_agree(out: Office) -> None:
    line = (*SWAP, "--day", "2026-12-10", "--staff", "GC03", "--with", "SB01")
    assert out.done(*line, staff="GC03")["version"] == 2
    stranger = out.type(
        *SWAP, "--day", "2026-12-13", "--staff", "GC03", "--with", "SB01", staff="KF01"
    )
    assert (stranger.status, "替别人换班" in stranger.err) == (1, True)


@pytest.mark.clause("ZB-4.4")
def test_a_missed_night_is_listed_and_put_forward_by_the_manager(out: Office) -> None:
    out.now = out.now.replace(month=12, day=10, hour=17, minute=31)
    out.done("duties", "start", staff="ZB01")
    assert "排的是 李强" in out.type("duties", "now").out
    out.now = out.now.replace(day=11, hour=8, minute=31)
    force = ("duties", "force", "--why", "接班", "--staff", "KF01")
    assert out.type(*force, staff="KF03").status == 0
    month = ("rosters", "missed", "--month", "2026-12")
    assert "李强" in out.type(*month).out
    done = out.done(*month, "--put-forward", staff="ZJ01")
    (number,) = done["written"]
    assert number.startswith("ZR-")
    assert "已提请处理" in out.type(*month).out
    assert out.done(*month, "--put-forward", staff="ZJ01")["written"] == []
    assert out.done("check")["clean"]


@pytest.mark.clause("ZB-4.4")
def test_a_night_that_nobody_held_is_put_forward_only_when_its_person_is_named(out: Office) -> None:
    out.now = out.now.replace(month=12, day=10, hour=16, minute=31)
    out.done("duties", "start", staff="KF01")
    out.now = out.now.replace(day=11, hour=8, minute=31)  # the night between has no record
    force = ("duties", "force", "--why", "接班", "--staff", "KF01")
    assert out.type(*force, staff="KF03").status == 0
    month = ("rosters", "missed", "--month", "2026-12")
    assert "要核实：没有人接班的记录" in out.type(*month).out
    forward = out.type(*month, "--put-forward", staff="ZJ01")
    assert "核实了用 --staff 写明是谁" in forward.out + forward.err
    assert out.done(*month, "--day", "2026-12-09")["missed"] == []
    (one,) = out.done("rosters", "missed", "--day", "2026-12-10")["missed"]
    assert (one["unsure"], one["holder"]) == ("nobody", "")
    other = out.done(*month, "--put-forward", "--staff", "ZB01", staff="ZJ01")
    assert other == {"missed": [], "written": []}
    done = out.done(*month, "--put-forward", "--staff", one["name"], staff="ZJ01")
    assert len(done["written"]) == 1
    assert "已提请处理" in out.type(*month).out


@pytest.mark.clause("ZB-3.6")
def test_what_a_new_roster_changes_is_told_before_and_when_it_is_published(
    out: Office, drawn: Generator
) -> None:
    same = out.type("rosters", "generate", *OF)
    assert "和已发布的一样，谁的班都没有动。" in same.out
    drawn.cells = changed(in_turn(DECEMBER), 10, STAND_IN)
    ran = out.type("rosters", "generate", *OF)
    assert "新排给 1 个班，拿掉 1 个班，要告诉 2 人：李强、何勇。" in ran.out
    number = "PB-20261119-003"
    checked = out.type("rosters", "check", number.lower())
    assert (checked.status, "没有问题" in checked.out) == (0, True)
    told = out.type("rosters", "publish", number).out
    assert "和上一版比，2 人的班有变动，要告诉他们：李强(GC03)、何勇(SB01)。" in told
    assert "这一份没有算完就停了" in told
    assert "这一份没有算完就停了" in out.type("rosters", "show", *OF).err
    assert "生成（没有算完）" in out.type("rosters", "list").out


def test_a_draft_that_breaks_a_rule_is_told_by_its_number(office: Office, drawn: Generator) -> None:
    drawn.cells = in_turn(DECEMBER)[1:]
    office.done("rosters", "generate", *OF)
    ran = office.type("rosters", "check", "PB-20261119-001")
    assert (ran.status, "2026-12-01 「夜班」前台要 1 人，排了 0 人。" in ran.out) == (1, True)
    assert office.type("rosters", "check", "PB-20261119-009").status == 4


def test_what_is_wrong_on_days_that_are_over_is_told_apart(out: Office) -> None:
    write_rules(out.home, NIGHT.replace("heads = 1", "heads = 2"))
    out.now = out.now.replace(month=12, day=11)
    ran = out.type("rosters", "check", *OF)
    assert ran.status == 1
    assert "其中 10 处在已经过完的日子里，不妨碍发布。" in ran.err


def test_wishes_that_are_not_heard_are_told_and_what_is_not_known_of_a_year(office: Office) -> None:
    office.done("rosters", "wish", "--day", "2026-12-10", "--staff", "GC03")
    office.done("rosters", "wish", "--day", "12月12日", "--staff", "李 强")
    ran = office.type("rosters", "generate", *OF)
    assert "没有照顾到的 1 处：李强 12-10 想休。" in ran.out
    assert "工作日历" not in ran.out
    office.done("rosters", "publish", "PB-20261119-001")
    heard = {one["day"]: one["heard"] for one in office.done("rosters", "wishes")}
    assert heard == {"2026-12-10": False, "2026-12-12": True}
    assert "没有照顾到" in office.type("rosters", "wishes").out
    later = office.type("rosters", "generate", "--kind", "night", "--month", "2031-03")
    assert "还没有 2031 年的工作日历：节假日和工时先按平日算，公布以后请再核对。" in later.out


def test_empty_places_stand_on_the_sheet_and_an_absence_without_duties_says_so(
    out: Office, drawn: Generator
) -> None:
    drawn.error = NoSolver()
    said = out.type("rosters", "absent", "--staff", "KF01", "--why", "病假").out
    assert "这几天没有排他的班，排班不用改。" in said
    assert "还缺人" not in out.type("rosters", "show", *OF).out
    write_rules(out.home, NIGHT.replace("heads = 1", "heads = 2"))
    assert "还缺人：12-01 夜班 前台、12-02 夜班 前台" in out.type("rosters", "show", *OF).out
    assert "等 31 处" in out.type("rosters", "show", *OF).out


def test_whoever_leaves_the_staff_is_told_with_the_shifts_that_are_still_theirs(
    out: Office,
) -> None:
    told = out.type("staff", "leave", "GC03").out
    assert "GC03 已停用。名下还排着 11 个班：2026-12-01 夜班 前台" in told
    assert "请用 wuye rosters generate 重新生成" in told
    assert len(out.done("staff", "leave", "GC04")["duties"]) == 10


def test_bench_prints_objective_and_bound(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from wuye_tui.rostering import instances, solving

    problem = Path(__file__).parents[1] / "rostering" / "instances" / "Instance1.txt"
    empty = ((-1,) * instances.read(problem).days,) * len(instances.read(problem).people)

    def solve(instance: Any, seconds: float, seed: int, workers: int, told: Any) -> Any:
        assert (seconds, seed, workers) == (3, 9, 2)
        told(0.1, 700, float("-inf"))
        return solving.Solved(607, 600.5, empty)

    monkeypatch.setattr(solving, "solve", solve)
    line = ("rosters", "bench", str(problem), "--seconds", "3", "--seed", "9")
    ran = office.type(*line, json=True)
    assert (ran.json["bound"], ran.json["proved"]) == (600.5, False)
    assert ran.json["objective"] > 607, "what is printed is reckoned anew, not believed"
    assert "下界 600" in office.type(*line).out
    assert office.type("rosters", "bench", str(problem.parent / "none.txt")).status == 3
