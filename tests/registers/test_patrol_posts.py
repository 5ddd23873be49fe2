"""What a patrol visits (ZB-4.3b, ZB-4.3c, SB-1, SB-2), and what becomes of what it finds (ZB-4.7).

* each post once in the working duty, its record signed
* in rooms readings, reports and tickets are asked, and rounds are due at set times
"""

import pytest

from tests.factories import move_to, refused, signatures, situation, started, taken
from tests.watching import MANAGER, begun, managing, visited
from wuye_tui.desk import Desk
from wuye_tui.registers.checking import check
from wuye_tui.registers.patrols import patrol_day
from wuye_tui.registers.sign_checks import sign_checks
from wuye_tui.registers.views import show
from wuye_tui.rules.patrol_time import MADE, MISSED
from wuye_tui.rules.refusals import GuardRefused, MissingAnswer, UnknownSpot, WrongPerson


@pytest.fixture
def manager(any_desk: Desk) -> Desk:
    """孙丽, duty manager since 08:30; it is 10:20."""
    return managing(any_desk)


@pytest.fixture
def here(desk: Desk) -> Desk:
    """The same where the database does not matter."""
    return managing(desk)


@pytest.mark.clause("ZB-4.3b")
def test_each_post_is_visited_once_in_the_working_duty(manager: Desk) -> None:
    number = begun(manager)
    wanted = {spot.code for spot in manager.reference.patrol.posts}
    assert {spot.code for spot in patrol_day(manager).unvisited} == wanted
    visited(manager, number, "desk")
    visited(manager, number, "监控中心")
    left = {spot.code for spot in patrol_day(manager).unvisited}
    assert left == wanted - {"desk", "control_room"}
    for code in sorted(left):
        visited(manager, number, code)
    assert patrol_day(manager).unvisited == ()
    with pytest.raises(UnknownSpot):
        visited(manager, number, "屋顶")


@pytest.mark.clause("ZB-4.3c")
def test_at_each_post_its_record_is_signed_with_the_time(here: Desk) -> None:
    number = begun(here)
    done = visited(here, number, "gate_south")
    signed = signatures(here, number)[done["n"], "checker"]
    assert (signed.staff, signed.how, signed.at) == (MANAGER, "pin", here.now())
    with pytest.raises(WrongPerson):
        visited(here, number, "gate_north", checker="SF01")
    post = next(one for one in patrol_day(here).posts if one.spot.code == "gate_south")
    assert post.seen is not None
    assert (post.seen.at, post.seen.by, post.seen.number) == (here.now(), MANAGER, number)


@pytest.mark.clause("ZB-4.7")
def test_a_finding_becomes_a_task_in_one_step(manager: Desk) -> None:
    number = begun(manager)
    wrong = {"sound": False, "found": "道闸关不严"}
    with pytest.raises(GuardRefused) as told:
        visited(manager, number, "garage", **wrong)
    assert (told.value.guard, told.value.clause) == ("unsent", "ZB-4.7")
    with pytest.raises(MissingAnswer):
        visited(manager, number, "garage", sound=False, department="guards")
    assert "opened" not in visited(manager, number, "garage", **wrong, settled=True)
    (task,) = visited(manager, number, "garage", **wrong, department="guards")["opened"]
    given = {"department": "cleaning", "task": "大堂有水", "place": "5栋大堂"}
    (other,) = taken(manager, number, "finding", **given)["opened"]
    facts = situation(manager, task).facts
    assert (facts["department"], facts["place"], facts["text"]) == (
        "guards",
        "车库岗",
        "道闸关不严",
    )
    assert situation(manager, other).facts["place"] == "5栋大堂"
    assert show(manager, number).children == (task, other)
    assert check(manager).findings == []


@pytest.mark.clause("SB-1")
def test_in_a_room_what_is_abnormal_is_reported_at_once(here: Desk) -> None:
    number = begun(here.as_staff("SB01"), what="equipment")
    worker = here.as_staff("SB01")
    wrong = {"sound": False, "found": "漏水", "department": "engineering", "readings": "0.3MPa"}
    with pytest.raises(GuardRefused) as told:
        visited(worker, number, "pump_room", **wrong)
    assert (told.value.guard, told.value.clause) == ("unreported", "SB-1")
    given = {"department": "engineering", "task": "漏水", "spot": "pump_room"}
    assert refused("SB-1", worker, number, "finding", **given) == "unreported"
    taken(worker, number, "finding", **given, reported_to="王建国")
    visited(worker, number, "pump_room", **wrong, reported_to="王建国")
    seen = patrol_day(here).patrols[0].visits[0]
    assert (seen.reported_to, seen.readings) == ("王建国", "0.3MPa")


@pytest.mark.clause("SB-2")
def test_in_the_power_room_load_and_signals_are_read_and_nothing_is_switched_without_a_ticket(
    here: Desk,
) -> None:
    worker = here.as_staff("SB01")
    number = begun(worker, what="power")
    with pytest.raises(GuardRefused) as told:
        visited(worker, number, "power_room")
    assert (told.value.guard, told.value.clause) == ("unread", "SB-2")
    read = {"readings": "负荷 320A，信号正常，保护正常"}
    with pytest.raises(GuardRefused) as told:
        visited(worker, number, "power_room", **read, switched="2号进线合闸")
    assert (told.value.guard, told.value.clause) == ("no_ticket", "SB-2")
    visited(worker, number, "power_room", **read, switched="2号进线合闸", ticket="CZ-018")
    visited(worker, number, "lift_room")


@pytest.mark.clause("SB-1", "SB-2")
def test_rounds_are_due_made_and_missed_by_the_set_times(here: Desk) -> None:
    worker = here.as_staff("SB01")
    move_to(here, "14:30")
    number = begun(worker, what="power")
    visited(worker, number, "power_room", readings="320A")
    move_to(here, "17:30")
    stands = {
        (one.spot.code, f"{one.at.astimezone(here.zone):%H:%M}"): one.stands
        for one in patrol_day(here).rounds
    }
    assert stands["power_room", "14:00"] == MADE
    assert stands["pump_room", "15:00"] == MISSED
    assert stands["power_room", "20:00"] == "coming"
    assert stands["pump_room", "09:00"] == MISSED
    assert [one.spot.code for one in patrol_day(here).missed].count("pump_room") == 2
    assert ("power_room", "08:00") in stands, "of the next morning, before the day is over"


@pytest.mark.clause("BZ-4.1")
def test_the_signs_of_each_place_are_known_by_when_they_were_looked_at(manager: Desk) -> None:
    def of(code: str) -> list[tuple[str, str]]:
        return [(one.sign, one.state) for one in sign_checks(manager) if one.place.code == code]

    assert of("machine_doors") == [("机房名称", ""), ("机房重地、非请勿进", "")]
    number = begun(manager)
    visited(manager, number, "machine_doors")
    assert of("machine_doors") == [("机房名称", "good"), ("机房重地、非请勿进", "good")]
    move_to(manager, "11:00")
    torn = {"sort": "signs", "spot": "machine_doors", "sign": "机房名称", "sign_state": "torn"}
    started(manager, "entry", "write", text="名称牌裂了", department="administration", **torn)
    assert of("machine_doors") == [("机房名称", "torn"), ("机房重地、非请勿进", "good")]
    (bad,) = [one for one in sign_checks(manager) if one.is_bad]
    assert bad.at == manager.now()
    wrong = {"sound": False, "found": "牌子歪了", "settled": True}
    visited(manager, number, "roof_doors", **wrong)
    assert of("roof_doors") == [("天台重地，非请勿进", "")]
    move_to(manager, "2026-12-25 09:00")
    assert not any(one.at for one in sign_checks(manager)), "that was too long ago"
