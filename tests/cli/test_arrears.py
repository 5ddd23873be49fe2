"""`wuye arrears`: the list and what it goes into, the words, the steps by room or number, notices.

* the list: words and JSON, totals last, a part of it, a file
* a step names a room or the number of the dunning; what is refused says its clause
* notices for doors, and the file with the levels
"""

import csv
import json
from typing import Any

import pytest

from tests.billing import A_MONTH, CASHIER, NOVEMBER, OCTOBER, priced, run
from tests.cli.lines import Office, typed
from tests.desks import settings_for
from wuye_tui.desk import open_desk
from wuye_tui.reference import Reference
from wuye_tui.rules.clock import StoppedClock

__all__ = ["typed"]
UNIT = "3-1-502"


@pytest.fixture
def office(typed: Office) -> Office:
    """The office with October and November billed; October is 25 days overdue."""
    desk = open_desk(settings_for(typed.home), StoppedClock(typed.now))
    cashier = priced(desk.as_staff("KF01"))
    run(cashier, OCTOBER)
    run(cashier, NOVEMBER)
    desk.engine.dispose()
    return typed


def remind(office: Office, *more: str, way: str = "phone", unit: str = UNIT) -> Any:
    return office.done("arrears", "remind", unit, "--way", way, "--text", "说月底来交", *more)


@pytest.mark.clause("FW-13")
def test_the_list_has_ages_steps_promises_complaints_and_a_total(office: Office) -> None:
    number = remind(office)["number"]
    office.done("arrears", "promise", UNIT, "--until", "2026-11-25", "--amount", "100")
    complaint = office.done("complaints", "register", "--text", "账单不对", "--unit", UNIT)
    found = office.done("arrears", "list", "--limit", "2", "--over", "0")
    assert [one["unit"] for one in found["arrears"]] == ["3-1-501", UNIT]
    assert found["total"] == {
        "units": 6, "open_fen": 12 * A_MONTH, "overdue_fen": 6 * A_MONTH, "late_fen": 0,
        "ages_fen": [6 * A_MONTH, 6 * A_MONTH, 0, 0, 0, 0],
    }  # fmt: skip
    assert (found["day"], found["left_out"]) == ("2026-11-19", 4)
    assert found["arrears"][1] == {
        "unit": UNIT,
        "open_fen": 2 * A_MONTH,
        "overdue_fen": A_MONTH,
        "late_fen": 0,
        "ages_fen": [A_MONTH, A_MONTH, 0, 0, 0, 0],
        "oldest_due": "2026-10-25",
        "days_overdue": 25,
        "dunning": {
            "number": number, "state": "promised", "level": "first", "last": "promise",
            "last_day": "2026-11-19", "promised_day": "2026-11-25", "promised_fen": 10_000,
            "promise_late": False,
        },
        "complaints": [complaint["number"]],
    }  # fmt: skip
    shown = office.type("arrears", "list", "--limit", "2")
    last = shown.out.splitlines()
    assert any(line.startswith("合计 6 户  2,631.36元") for line in last)
    assert f"有投诉 {complaint['number']}" in shown.out
    assert "只列了前 2 户，合计是全部 6 户的" in shown.err
    assert office.type("arrears", "list", "--over", "25").out == ""


@pytest.mark.clause("FW-13")
def test_a_list_in_a_file_is_whole_with_a_column_an_age(office: Office) -> None:
    remind(office)
    path = office.home / "欠费.csv"
    assert office.type("arrears", "list", "--building", "3", "-o", str(path)).status == 0
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert [row["房号"] for row in rows] == ["3-1-501", UNIT, "3-2-502", "合计 3 户"]
    assert (rows[1]["未逾期"], rows[1]["逾期 1-30 天"], rows[1]["逾期 31-60 天"]) == (
        "219.28", "219.28", "",
    )  # fmt: skip
    assert (rows[1]["最早到期"], rows[1]["最后一步"]) == ("2026-10-25", "2026-11-19 首次提醒")
    assert rows[3]["未收"] == "1315.68"
    as_json = office.home / "欠费.json"
    office.type("arrears", "list", "-o", str(as_json))
    assert json.loads(as_json.read_text("utf-8"))["total"]["units"] == 6
    assert office.type("arrears", "list", "--building", "77").status == 4


@pytest.mark.clause("FW-13")
def test_one_unit_is_shown_with_the_words_to_say_and_what_never(office: Office) -> None:
    ran = office.type("arrears", "show", "3栋1单元502")
    assert "合计" in ran.out
    assert "438.56元" in ran.out
    assert "首次提醒，可以用：电话、微信、上门、门上通知" in ran.err
    assert "  说：陈立您好" in ran.err
    assert "  不说：在业主群里、公告栏上点名" in ran.err
    number = remind(office)["number"]
    office.done("arrears", "promise", number, "--until", "2026-11-25")
    complaint = office.done("complaints", "register", "--text", "账单不对", "--unit", UNIT)[
        "number"
    ]
    ran = office.type("arrears", "show", number)
    assert f"{UNIT} 在催：{number}、2026-11-19 住户答应缴、2026-11-25 缴 219.28元" in ran.err
    assert f"有没办完的投诉：{complaint}，先看过再催。" in ran.err
    assert "住户答应 2026-11-25 缴，过了这天没缴再催。" in ran.err
    found = office.done("arrears", "show", UNIT)
    assert (found["level"], found["next_level"], found["next_day"]) == (
        "again", "again", "2026-11-09",
    )  # fmt: skip
    assert found["ways"] == ["phone", "wechat", "visit", "notice"]
    assert found["open_fen"] == 2 * A_MONTH
    assert found["say"][0].startswith("陈立您好")


@pytest.mark.clause("FW-13")
def test_a_step_names_a_room_or_a_number_and_a_refusal_its_clause(office: Office) -> None:
    ran = office.type("arrears", "promise", UNIT, "--until", "2026-11-25")
    assert (ran.status, "wuye arrears remind 3-1-502" in ran.err) == (4, True)
    ran = office.type("arrears", "remind", UNIT, "--way", "phone", "--text", "说月底来交")
    assert (ran.status, ran.out.strip()) == (0, "CJ-20261119-001")
    assert "现在是「已提醒」" in ran.err
    again = office.type("arrears", "remind", UNIT, "--way", "phone", "--text", "再说")
    assert (again.status, again.err[:6]) == (1, "FW-13:")
    assert "2026-11-22 以后" in again.err
    letter = office.type("arrears", "letter", UNIT, "--way", "hand")
    assert (letter.status, "李晓燕 不能发催缴函" in letter.err) == (1, True)
    early = office.type("arrears", "letter", UNIT, "--way", "hand", staff=CASHIER)
    assert (early.status, "催缴函要逾期满 30 天，现在是 25 天" in early.err) == (1, True)
    assert office.done("arrears", "dispute", UNIT, "--text", "没装地暖")["state"] == "disputed"
    assert office.done("arrears", "undo", UNIT)["state"] == "reminded"
    steps = office.type("arrears", "steps", UNIT)
    assert "首次提醒" in steps.out
    assert "怎样催 电话" in steps.out
    key = "0b6f9c1e-6b39-4d1c-9a6f-0f5d6f0c8f11"
    both = [remind(office, "--key", key, way="visit")["n"] for _time in range(2)]
    assert both[0] == both[1], "the same act twice is one step"


@pytest.mark.clause("FW-13")
def test_the_day_of_a_promise_is_asked_for_as_a_day(office: Office) -> None:
    told = office.type("arrears", "promise", "--help").out
    assert "这一天过完才算没有缴" in told
    assert "8:30" not in told
    verbs = {one["verb"] for one in office.done("arrears", "verbs")}
    assert {"register", "remind", "letter", "promise", "dispute", "manager", "paid", "stop"} < verbs


@pytest.mark.clause("FW-13")
def test_notices_for_the_doors_of_a_building(office: Office) -> None:
    complaint = office.done("complaints", "register", "--text", "账单不对", "--unit", UNIT)[
        "number"
    ]
    remind(office, unit="3-2-502")
    office.done("arrears", "promise", "3-2-502", "--until", "2026-11-25")
    path = office.home / "门上.txt"
    ran = office.type("arrears", "notice", "--building", "3", "-o", str(path))
    assert ran.status == 0
    assert f"{UNIT} 有没办完的投诉 {complaint}，先看过再贴。" in ran.err
    assert "3-2-502 答应 2026-11-25 缴，先不要贴。" in ran.err
    parts = path.read_text("utf-8").split("-" * 32)
    rooms = ("3-1-501", UNIT, "3-2-502")
    assert len(parts) == 3
    for room, part in zip(rooms, parts, strict=True):
        assert room in part
        assert "219.28元" in part
        assert not any(other in part for other in rooms if other != room)
    assert not any(name in path.read_text("utf-8") for name in ("陈立", "林芳", "黄磊"))
    assert office.type("arrears", "notice", "--building", "3", "-o", str(path)).status == 2
    other = path.with_suffix(".xlsx")
    ran = office.type("arrears", "notice", "--building", "3", "-o", str(other))
    assert (ran.status, ".txt" in ran.err, other.exists()) == (2, True, False)
    printed = office.type("arrears", "notice", "--building", "12")
    assert "12-1-1203 尊敬的业主（住户）：" in printed.out
    assert [one["unit"] for one in office.done("arrears", "notice", "--building", "5")] == [
        "5-1-101"
    ]


@pytest.mark.clause("FW-13")
def test_the_levels_are_the_offices_own_and_checked(office: Office) -> None:
    own = office.home / "data" / "dunning.toml"
    own.parent.mkdir(exist_ok=True)
    shipped = Reference().text("dunning.toml")
    own.write_text(shipped.replace('"phone", "wechat", "visit"', '"visit"', 1), "utf-8")
    ran = office.type("arrears", "remind", UNIT, "--way", "phone", "--text", "打电话")
    assert (ran.status, "这一级不用这种方式，可以用：上门、门上通知" in ran.err) == (1, True)
    assert office.type("config", "check").status == 0
    own.write_text(shipped.replace("after_days = 15", "after_days = 0"), "utf-8")
    ran = office.type("config", "check")
    lines = own.read_text("utf-8").splitlines()
    line = lines.index("after_days = 0") + 1
    assert f"data/dunning.toml 第 {line} 行：after_days 要写大于 0 的整数天。" in ran.out
