"""`wuye log`, `patrols`, `tasks`, `incidents`: a duty day told by commands, and as one view.

* whoever holds the duty writes; a refusal names its clause; JSON keeps codes, words are for people
* the day is one document: lines with their corrections, patrol, tasks, events, readings
"""

from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.lines import Office, typed
from tests.desks import settings_for
from wuye_tui.desk import Act, Result, open_desk
from wuye_tui.registers import ticking
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.tables import Staff

__all__ = ["typed"]

MANAGER = "KF03"


@pytest.fixture
def on_duty(typed: Office) -> Office:
    """The office with 孙丽 as duty manager at the keyboard."""
    typed.staff = MANAGER
    typed.done("duties", "start", "--post", "duty_manager")
    return typed


def number_of(done: dict[str, str]) -> str:
    return done["number"]


@pytest.mark.clause("ZB-3.3", "ZB-3.4", "ZB-3.5")
def test_a_call_is_taken_down_handed_on_and_solved(on_duty: Office) -> None:
    call = ("--category", "help", "--text", "楼上漏水", "--unit", "3-1-502")
    number = number_of(on_duty.done("log", "register", *call))
    on_duty.done("log", "hand-on", number, "--to-whom", "KF01", "--why", "归前台")
    on_duty.done("log", "accept", number, staff="KF01")
    ran = on_duty.type("log", "solve", number, "--result", "x", "--reply", "x")
    assert ran.status == 1
    assert ran.err.startswith("ZB-3.5: ")
    on_duty.done("log", "solve", number, "--result", "已修", "--reply", "已告知", staff="KF01")
    shown = on_duty.done("log", "show", number)
    assert (shown["state"], shown["holder"]) == ("solved", "KF01")
    (line,) = on_duty.done("log", "show")["lines"]
    assert (line["number"], line["state"], line["what"]) == (number, "solved", "help")


@pytest.mark.clause("ZB-4.3a", "ZB-4.3b", "ZB-4.3c", "ZB-4.7", "ZB-4.10")
def test_a_patrol_its_finding_and_the_second_look(on_duty: Office) -> None:
    number = number_of(on_duty.done("patrols", "register", "--what", "duty_manager"))
    on_duty.done("patrols", "visit", number, "--spot", "desk", "--sound")
    found = ("--no-sound", "--found", "道闸关不严", "--department", "guards")
    visited = on_duty.done("patrols", "visit", number, "--spot", "车库岗", *found)
    (task,) = visited["opened"]
    on_duty.done("patrols", "finish", number)
    day = on_duty.done("patrols", "day")
    assert (day["needed_seconds"], day["patrolled_seconds"]) == (14_400, 30)
    assert {one["spot"] for one in day["posts"] if one["visited_at"]} == {"desk", "garage"}
    ran = on_duty.type("patrols", "day")
    assert "样板房" in ran.out
    assert "还差" in ran.out
    on_duty.done("tasks", "receive", task, "--name", "刘洋", staff="ZX01")
    on_duty.done("tasks", "finish", task, "--result", "已调好", staff="ZX01")
    assert on_duty.done("tasks", "due") == []
    on_duty.now = datetime.fromisoformat("2026-11-20T08:40:00+08:00")
    assert [one["number"] for one in on_duty.done("tasks", "due")] == [task]
    assert task in on_duty.type("tasks", "due").out
    on_duty.done("tasks", "recheck", task, "--finding", "关严了")
    log = on_duty.done("log", "show")
    assert [one["number"] for one in log["rechecked"]] == [task]
    assert on_duty.done("tasks", "due") == []


@pytest.mark.clause("ZB-4.2", "ZB-6")
def test_an_event_is_reported_before_it_is_written_on(on_duty: Office) -> None:
    event = ("--sort", "flood", "--text", "5栋水管爆了", "--place", "5栋")
    number = number_of(on_duty.done("incidents", "register", *event))
    assert "还没有报告总经理" in on_duty.type("log", "show").out
    ran = on_duty.type("incidents", "measure", number, "--measure", "抽水")
    assert ran.status == 1
    assert ran.err.startswith("ZB-4.2: ")
    on_duty.done("incidents", "report", number, "--told-to", "高远", "--how", "phone")
    on_duty.done("incidents", "measure", number, "--measure", "抽水")
    assert "已报告 高远" in on_duty.type("log", "show").out
    printed = on_duty.type("forms", "print", "BG-027", number)
    assert "事件报告表" in printed.out
    assert "抽水" in printed.out


def test_what_is_written_and_what_corrects_it_name_each_other(on_duty: Office) -> None:
    penalty = ("--sort", "penalty", "--whom", "刘洋", "--because", "离岗", "--fine", "100")
    wrong = number_of(on_duty.done("log", "write", *penalty, "--text", "离岗十分钟"))
    right = number_of(on_duty.done("log", "correct", "--which", wrong, "--text", "罚 50 元"))
    lines = {one["number"]: one for one in on_duty.done("log", "day")}
    assert lines[wrong]["corrected_by"] == [right]
    assert lines[wrong]["fine_fen"] == 10_000
    assert lines[right]["corrects"] == wrong
    out = on_duty.type("log", "show").out
    assert out.count(right) == 2
    assert out.count(wrong) == 2
    ran = on_duty.type("log", "correct", "--which", "ZR-20261119-099", "--text", "x")
    assert ran.status == 4


def test_the_lines_of_a_day_go_into_a_file(on_duty: Office, tmp_path: Path) -> None:
    on_duty.done("log", "write", "--sort", "note", "--text", "下雪")
    out = tmp_path / "log.csv"
    assert on_duty.type("log", "day", "-o", str(out)).status == 0
    assert "下雪" in out.read_text("utf-8-sig")
    assert on_duty.done("log", "day", "--day", "2026-11-18") == []
    assert on_duty.type("log", "day", "--day", "yesterday").status == 2


@pytest.mark.clause("ZB-3.7")
def test_the_weekly_reading_is_the_project_heads(on_duty: Office) -> None:
    on_duty.done("log", "write", "--sort", "note", "--text", "下雪")
    on_duty.now = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
    desk = open_desk(settings_for(on_duty.home), StoppedClock(on_duty.now))
    ticking.tick(desk)
    (reading,) = on_duty.done("log", "show")["readings"]
    assert (reading["week"], reading["read_at"]) == ("2026-W47", None)
    ran = on_duty.type("log", "read", reading["number"])
    assert ran.status == 1
    assert "项目负责人" in ran.err
    desk.perform("seed", head, system=True)
    on_duty.staff = "ZJ02"
    given = ("--department", "guards", "--task", "夜巡加一次")
    (task,) = on_duty.done("log", "instruct", reading["number"], *given)["opened"]
    on_duty.done("log", "read", reading["number"], "--remarks", "已阅")
    (reading,) = on_duty.done("log", "show")["readings"]
    assert (reading["remarks"], reading["instructions"][0]["number"]) == ("已阅", task)
    assert "方正 已批阅" in on_duty.type("log", "show").out
    desk.engine.dispose()


def head(act: Act) -> Result:
    act.add(Staff(site=act.site, number="ZJ02", name="方正", hats=["project_head"]))
    return {}


def test_the_plan_of_the_office_is_listed(typed: Office) -> None:
    spots = {one["code"]: one for one in typed.done("patrols", "plan")}
    assert spots["desk"]["clause"] == "ZB-4.3b"
    assert spots["power_room"]["clause"] == "SB-2"
    assert "天台重地，非请勿进" in spots["roof_doors"]["signs"]
    assert "监控中心" in typed.type("patrols", "plan").out


def test_a_fault_in_the_plan_is_told_with_its_line(typed: Office) -> None:
    own = typed.home / "data" / "patrol.toml"
    own.parent.mkdir(exist_ok=True)
    ours = (Path(__file__).parents[2] / "data" / "patrol.toml").read_text("utf-8")
    for wrong, by, says in (
        ('"14:00"', '"14:75"', "14:75"),
        ('trade = "power"', 'trade = "gas"', "gas"),
        ('duty = "day"', 'duty = "noon"', "noon"),
        ('code = "show_flat"', 'code = "desk"', "desk"),
        ('signs = ["严禁烟火"]', "signs = []", "signs"),
        ('name = "样板房"\n', "", "name"),
    ):
        assert wrong in ours
        text = ours.replace(wrong, by, 1)
        own.write_text(text, "utf-8")
        ran = typed.type("config", "check", json=True)
        assert ran.status == 3
        (fault,) = ran.json["faults"]
        assert fault["file"] == "data/patrol.toml"
        assert says in fault["why"]
        assert fault["line"] > 0
    own.write_text(ours, "utf-8")
    assert typed.type("config", "check").status == 0
