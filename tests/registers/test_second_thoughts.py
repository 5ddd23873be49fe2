"""What happens when a matter takes a turn: given up, begun again, dearer than thought, put off.

A turn must neither stop a slip for good nor give one matter two orders, and what was lent for a
duty counts as long as the duty runs.
"""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.factories import (
    OFF_TARIFF,
    a_repair,
    children,
    local,
    matter,
    move_to,
    on_duty,
    overdue,
    refused,
    runs,
    signatures,
    situation,
    started,
    taken,
    undone,
    walk_to,
)
from wuye_tui.desk import Desk
from wuye_tui.registers.checking import check
from wuye_tui.registers.parts import Part
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.registers.ticking import tick
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import DeskError, StoreError
from wuye_tui.rules.refusals import (
    BadAnswer,
    ChangedMeanwhile,
    GuardRefused,
    HappenedTooEarly,
    MissingSignature,
    NothingOpened,
    OutOfOrder,
    WrongPerson,
)

GIVE_UP = {"why": "要大修", "supervisor": "王建国"}


def an_order(desk: Desk) -> str:
    given = {"department": "cleaning", "text": "楼道垃圾没清", "caller": "陈立"}
    number = str(started(desk, "order", unit="3-1-502", **given)["number"])
    taken(desk, number, "issue")
    taken(desk, number, "receive", department="刘洋", assistant="周洁")
    return number


@pytest.mark.clause("BH-3.2")
def test_only_a_job_that_was_done_is_done_again_for_free(desk: Desk) -> None:
    number = a_repair(desk, upto="on_site")
    taken(desk, number, "refuse", staff="GC03", why="嫌贵", worker_sign="李强", supervisor="王建国")
    taken(desk, number, "return", staff="GC01")
    assert refused("BH-3.2", desk, number, "rework", staff="KF03", why="又想修了") == "not_done"


@pytest.mark.clause("XX-4.3.11b")
def test_a_second_attempt_may_be_taken_higher_though_the_first_one_was(
    desk: Desk, clock: StoppedClock
) -> None:
    number = a_repair(desk, upto="working")
    move_to(desk, "2026-11-23 11:00")
    taken(desk, number, "escalate")
    assert refused("XX-4.3.11b", desk, number, "escalate") == "escalated"
    walk_to(desk, number, "returned")
    taken(desk, number, "rework", staff="KF03", why="又漏了")
    move_to(desk, "2026-11-25 12:00")
    taken(desk, number, "escalate")
    assert len(children(desk, number, "order")) == 2


@pytest.mark.clause("BX-12", "BX-10")
def test_what_turns_out_to_be_off_the_tariff_is_priced_at_the_door_and_not_stuck_afterwards(
    desk: Desk,
) -> None:
    number = a_repair(desk, upto="on_site")
    taken(desk, number, "amend", staff="GC03", explained=True, **OFF_TARIFF)
    why = {"missing": "整段管子", "gets": "仓库", "back_at": "2026-11-20 9:00"}
    taken(desk, number, "leave", staff="GC03", **why)
    taken(desk, number, "assign", staff="GC01", worker="吴刚")
    assert situation(desk, number).facts["worker"] == "GC04"


@pytest.mark.clause("XX-4.3.7b")
def test_nobody_promises_to_come_back_in_the_past(desk: Desk) -> None:
    number = a_repair(desk, upto="working")
    past = {"missing": "阀芯", "gets": "仓库", "back_at": "2026-11-18 15:00"}
    assert refused("XX-4.3.7b", desk, number, "leave", staff="GC03", **past) == "past_return"


@pytest.mark.clause("BX-3.1")
def test_a_night_slip_is_not_cancelled_before_the_supervisor_has_signed_it(
    desk: Desk, clock: StoppedClock
) -> None:
    move_to(desk, "2026-11-19 22:00")
    on_duty(desk, "GC03")
    number = str(started(desk, "repair", staff="GC03", unit="3-1-502", text="漏水")["number"])
    taken(desk, number, "take", staff="GC03", charge="paid", tariff="SX-01")
    said = {"staff": "GC03", "said": "自己修好了"}
    assert refused("BX-3.1", desk, number, "cancel", **said) == "unsigned"
    # Until the morning it waits at the resident's wish, so that no clock turns red meanwhile.
    taken(desk, number, "hold", staff="GC03", hold="customer", why="自己修好了")
    move_to(desk, "2026-11-20 08:50")
    assert overdue(desk, number) == set()
    taken(desk, number, "countersign", staff="GC01", supervisor="王建国")
    taken(desk, number, "cancel", staff="KF01", said="自己修好了")
    assert matter(desk, number).state == "cancelled"


@pytest.mark.clause("XX-4.3.7b")
def test_the_day_until_which_an_order_waits_is_a_clock_too(desk: Desk, clock: StoppedClock) -> None:
    number = an_order(desk)
    taken(desk, number, "hold", hold="parts", until="2026-11-20 15:00")
    (run,) = runs(desk, number, "resume")
    assert local(desk, run.due) == "2026-11-20 15:00:00"
    move_to(desk, "2026-11-20 15:00:01")
    assert "resume" in overdue(desk, number)
    taken(desk, number, "resume")
    assert "resume" not in {run.name for run in runs(desk, number, "resume") if not run.ended}


@pytest.mark.clause("XX-4.3.11b")
def test_an_order_given_up_goes_to_the_top_and_from_there_nowhere_else(desk: Desk) -> None:
    number = an_order(desk)
    (above,) = taken(desk, number, "give_up", why="要外单位")["opened"]
    assert situation(desk, above).facts["taken_to"]
    taken(desk, above, "issue")
    taken(desk, above, "receive", department="刘洋", assistant="周洁")
    assert "opened" not in taken(desk, above, "give_up", why="没有预算")
    assert check(desk).findings == []


@pytest.mark.clause("BX-17")
def test_a_callback_says_whom_to_call_and_where_they_live(desk: Desk) -> None:
    number = a_repair(desk, upto="finished", caller="陈立")
    (callback,) = children(desk, number, "callback")
    facts = situation(desk, callback.number).facts
    assert (callback.unit, facts["caller"], facts["phone"]) == (
        "3-1-502",
        "陈立",
        situation(desk, number).facts["phone"],
    )


def test_the_hats_that_a_duty_lends_count_for_whoever_is_named(
    desk: Desk, clock: StoppedClock
) -> None:
    """The night's plumber is named as what the duty makes of him, no longer than it."""
    move_to(desk, "2026-11-19 22:00")
    number = a_repair(desk)
    given = {"emergency": "burst_pipe", "whom": "赵师傅", "how": "radio"}
    night = {"doer": "ZB01", "hold": "parts"}
    taken(desk, number, "dispatch_now", worker="李强", **given)
    with pytest.raises(DeskError):
        taken(desk, number, "hold", **night)
    on_duty(desk, "ZB01")
    taken(desk, number, "hold", **night)


def test_a_step_that_needs_a_matter_says_that_there_is_none_yet(desk: Desk) -> None:
    with pytest.raises(NothingOpened, match="请先登记"):
        started(desk, "repair", "issue", charge="public")


def test_who_gave_a_pin_for_it_signs_by_pin_and_anybody_else_on_paper(desk: Desk) -> None:
    one, other = (a_repair(desk, upto="notified") for _ in range(2))
    taken(desk, one, "collect", collector="李强", proven=("GC03",))
    taken(desk, other, "collect", collector="李强", proven=("GC04",))
    (by_pin,), (on_paper,) = signatures(desk, one).values(), signatures(desk, other).values()
    assert (by_pin.staff, by_pin.how) == ("GC03", "pin")
    assert (on_paper.staff, on_paper.how) == ("GC03", "paper")
    with pytest.raises(WrongPerson):
        taken(desk, a_repair(desk, upto="notified"), "collect", collector="KF02", proven=("KF02",))


@pytest.mark.pg
def test_a_callback_and_a_rework_at_the_same_moment_do_not_wait_for_each_other(
    pg_desk: Desk,
) -> None:
    """One goes from the callback to its slip, the other from the slip to its callback."""
    for _round in range(8):
        number = a_repair(pg_desk, upto="returned")
        (callback,) = children(pg_desk, number, "callback")
        said = both(
            lambda n=callback.number: taken(
                pg_desk, n, "reach", staff="KF05", satisfaction="satisfied"
            ),
            lambda n=number: taken(pg_desk, n, "rework", staff="KF03", why="又漏了"),
        )
        assert not [error for error in said if isinstance(error, StoreError)], said
        assert None in said  # one was first, and the other did or did not come in time
        assert all(e is None or isinstance(e, ChangedMeanwhile | OutOfOrder) for e in said)
    assert check(pg_desk).findings == []


def both(*works: Callable[[], Any]) -> list[Exception | None]:
    """What each raises when all begin at the same moment."""
    gate = threading.Barrier(len(works))
    said: list[Exception | None] = [None] * len(works)

    def run(n: int, work: Callable[[], Any]) -> None:
        gate.wait(20)
        try:
            work()
        except Exception as error:
            said[n] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return said


def test_whoever_took_the_call_answers_for_the_slip_to_its_end(desk: Desk) -> None:
    number = a_repair(desk, upto="finished", staff="KF02")
    found = matter(desk, number)
    assert (found.holder, found.worker) == ("KF02", "GC03")
    (callback,) = children(desk, number, "callback")
    seen = show(desk, number).as_dict()
    assert (seen["holder"], seen["worker"]) == ("KF02", "GC03")
    assert [row.number for row in queue(desk, Wanted(part=Part(holder="KF02")))] == [number]
    assert [row.number for row in queue(desk, Wanted(part=Part(worker="GC03")))] == [number]
    assert callback.holder == "GC03"


def test_signatures_of_a_step_that_was_taken_back_do_not_stand(desk: Desk) -> None:
    number = a_repair(desk, upto="on_site")
    signed = {"worker_sign": "李强", "supervisor": "王建国"}
    taken(desk, number, "refuse", staff="GC03", why="嫌贵", **signed)
    assert {one.role for one in show(desk, number).valid} >= set(signed)
    undone(desk, number, staff="GC03")
    assert not {one.role for one in show(desk, number).valid} & set(signed)
    assert set(signed) <= {one["role"] for one in show(desk, number).as_dict()["signatures"]}


EMERGENCY = {"emergency": "burst_pipe", "whom": "李强", "how": "radio", "worker": "李强"}


@pytest.mark.clause("NB-13", "BX-8")
def test_the_price_of_an_emergency_stops_none_of_its_clocks_and_nobody_going(
    desk: Desk, clock: StoppedClock
) -> None:
    given = {"unit": "3-1-502", "text": "爆管", **EMERGENCY}
    number = started(desk, "repair", "dispatch_now", **given)["number"]
    taken(desk, number, "write_up", **OFF_TARIFF)
    clock.advance(16 * 60)
    assert {"report", "site"} <= overdue(desk, number)
    taken(desk, number, "arrive", staff="GC03")
    told = {"tariff_shown": True, "damage": "爆管", "minutes": 60, "consent": True}
    taken(desk, number, "agree", staff="GC03", **told)
    why = {"missing": "整段管子", "gets": "仓库", "back_at": "2026-11-20 9:00"}
    taken(desk, number, "leave", staff="GC03", **why)
    taken(desk, number, "assign", staff="GC01", worker="吴刚")


@pytest.mark.clause("ZB-4.2")
def test_an_emergency_is_reported_even_when_it_is_called_off(desk: Desk) -> None:
    given = {"unit": "3-1-502", "text": "爆管", **EMERGENCY}
    number = started(desk, "repair", "dispatch_now", **given)["number"]
    assert refused("ZB-4.2", desk, number, "cancel", said="弄错了") == "unreported"
    taken(desk, number, "report", reported_to="高远", how="phone")
    taken(desk, number, "cancel", said="弄错了")


@pytest.mark.clause("BX-15")
def test_whoever_pays_signs_though_a_place_is_named_beside_the_home(desk: Desk) -> None:
    number = a_repair(desk, unit="3-1-502", place="楼道", upto="working")
    with pytest.raises(MissingSignature, match="业主签字"):
        taken(desk, number, "finish", staff="GC03", lines="SX-01", tried=True, inspector="GC01")


@pytest.mark.clause("BX-15")
def test_the_free_rework_of_a_public_job_is_inspected_like_the_first(desk: Desk) -> None:
    number = str(started(desk, "repair", unit="3-1-502", text="楼道灯不亮")["number"])
    taken(desk, number, "issue", charge="public")
    done = {"tried": True, "inspector": "GC01"}
    agree = {"damage": "灯坏", "minutes": 10}
    walk_to(desk, number, "returned", agree=agree, finish=done)
    taken(desk, number, "rework", staff="KF03", why="又不亮")
    walk_to(desk, number, "finished", agree=agree, finish=done)


@pytest.mark.clause("BX-9")
@pytest.mark.parametrize("at", [{"at": "2026-11-26 10:00"}, {}])
def test_an_appointment_does_not_end_before_it_begins(desk: Desk, at: dict[str, str]) -> None:
    with pytest.raises(GuardRefused, match="晚于"):
        started(desk, "repair", unit="3-1-502", text="漏水", at_to="2026-11-26 09:00", **at)


def test_a_hold_does_not_end_before_it_began(desk: Desk, clock: StoppedClock) -> None:
    number = a_repair(desk, upto="assigned")
    clock.advance(600)
    before = desk.now() - timedelta(minutes=5)
    taken(desk, number, "hold", staff="GC01", hold="parts")
    clock.advance(600)
    with pytest.raises(HappenedTooEarly):
        taken(desk, number, "arrive", staff="GC03", happened=before)


@pytest.mark.parametrize("typed", ["=5", " =5", "SX-01=5", "sx-01 = 5"])
def test_a_charge_line_has_a_name_and_the_tariffs_prices_are_the_tariffs(
    desk: Desk, typed: str
) -> None:
    number = a_repair(desk, upto="working")
    with pytest.raises(BadAnswer):
        taken(desk, number, "finish", staff="GC03", lines=typed, tried=True, resident="陈立")


@pytest.mark.clause("XX-4.3.11b")
def test_no_overdue_slip_waits_behind_the_hundred_before_it(
    desk: Desk, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wuye_tui.registers.ticking.BATCH", 2)
    numbers = {a_repair(desk, upto="collected") for _ in range(5)}
    move_to(desk, "2026-11-23 12:00")
    fired = {one.number for _ in range(3) for one in tick(desk) if one.what == "escalated"}
    assert fired == numbers


@pytest.mark.pg
def test_several_consoles_that_tick_at_one_second_tell_each_clock_once(pg_desk: Desk) -> None:
    number = a_repair(pg_desk)
    assert isinstance(pg_desk.clock, StoppedClock)
    pg_desk.clock.advance(181)
    fired: list[Any] = []
    said = both(*[lambda: fired.extend(tick(pg_desk))] * 4)
    assert said == [None] * 4
    assert [one.name for one in fired if one.number == number] == ["slip"]
