"""The patrol plan of an office, `patrol.toml`: what comes with the program, and what is refused."""

from datetime import time
from typing import Any

import pytest

from wuye_tui.reference import Reference
from wuye_tui.rules.patrol_plan import POWER, BadPlan, plan_of

DUTIES = ("day", "rest")
POST = {"code": "desk", "name": "前台"}
ROOM = {
    "code": "power",
    "name": "配电房",
    "trade": "power",
    "times": ["08:00"],
    "readings": ["负荷"],
}
PLACE = {"code": "roof", "name": "天台门", "signs": ["天台重地，非请勿进"]}


def document(**changed: Any) -> dict[str, Any]:
    usual = {"hours": 4, "duty": "day", "post": [POST], "room": [ROOM], "place": [PLACE]}
    return {**usual, **changed}


@pytest.mark.clause("ZB-4.3a", "ZB-4.3b", "BZ-4.1", "SB-2")
def test_the_plan_that_comes_with_the_program_asks_what_the_regulations_ask() -> None:
    plan = Reference().patrol
    assert plan.hours == 4
    posts = {spot.name for spot in plan.posts}
    assert {"前台", "监控中心", "样板房"} <= posts
    assert sum(name.endswith("岗") for name in posts) >= 1
    signs = {sign for spot in plan.places for sign in spot.signs}
    assert {"天台重地，非请勿进", "消防疏散示意图", "高空抛物、手下留人", "限高"} <= signs
    (power,) = [room for room in plan.rooms if room.trade == POWER]
    assert {"负荷", "信号"} <= set(power.readings)
    assert len(power.times) > 1


def test_a_spot_is_found_by_its_code_and_by_its_name() -> None:
    plan = plan_of(document(), DUTIES)
    for typed in ("desk", "DESK", " 前台 "):
        found = plan.find(typed)
        assert found is not None
        assert found.code == "desk"
    assert plan.find("车库") is None


def test_times_are_in_their_order() -> None:
    plan = plan_of(document(room=[{**ROOM, "times": ["20:00", "04:00"]}]), DUTIES)
    assert plan.rooms[0].times == (time(4), time(20))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"hours": 0}, "hours"),
        ({"hours": 25}, "hours"),
        ({"hours": True}, "hours"),
        ({"hours": "4"}, "hours"),
        ({"duty": "noon"}, "'noon'"),
        ({"post": []}, "[[post]]"),
        ({"post": [POST, POST]}, "'desk'"),
        ({"post": [POST, {"code": "two", "name": "前台"}]}, "'前台'"),
        ({"post": [{"code": "前台", "name": "前台"}]}, "'前台'"),
        ({"post": [{"code": "desk", "name": " "}]}, "'desk'"),
        ({"room": [{**ROOM, "trade": "gas"}]}, "'gas'"),
        ({"room": [{**ROOM, "times": ["25:00"]}]}, "'25:00'"),
        ({"room": [{**ROOM, "times": []}]}, "times"),
        ({"room": [{**ROOM, "times": "08:00"}]}, "times"),
        ({"room": [{**ROOM, "within": 0}]}, "within"),
        ({"room": [{**ROOM, "within": True}]}, "within"),
        ({"room": [{**ROOM, "readings": []}]}, "SB-2"),
        ({"place": [{**PLACE, "signs": []}]}, "signs"),
        ({"place": [{**PLACE, "signs": [1]}]}, "signs"),
    ],
)
def test_a_plan_that_cannot_be_used_says_what_is_wrong(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(BadPlan) as told:
        plan_of(document(**changed), DUTIES)
    assert says in str(told.value)


@pytest.mark.parametrize("missing", ["hours", "duty"])
def test_what_a_plan_cannot_do_without(missing: str) -> None:
    whole = document()
    del whole[missing]
    with pytest.raises(KeyError):
        plan_of(whole, DUTIES)
