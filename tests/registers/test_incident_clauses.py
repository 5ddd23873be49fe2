"""Sudden and major events: nothing before the general manager knows (ZB-4.2), on BG-027."""

from datetime import timedelta

import pytest

from tests.factories import (
    a_repair,
    around,
    local,
    move_to,
    offers,
    overdue,
    refused,
    running,
    runs,
    situation,
    started,
    taken,
)
from tests.watching import MANAGER, managing
from wuye_tui.desk import Desk
from wuye_tui.registers.checking import check
from wuye_tui.registers.dutylog import day_log
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.registers.views import show
from wuye_tui.rules.incidents import INCIDENT
from wuye_tui.rules.refusals import MissingAnswer, NoRight, OtherKind, WrongPerson

TOLD = {"told_to": "ZJ01", "how": "phone"}
ENDED = {"result": "修好", "cause": "管道老化", "lessons": "换掉同批的"}


@pytest.fixture
def manager(any_desk: Desk) -> Desk:
    """孙丽, duty manager since 08:30; it is 10:20."""
    return managing(any_desk)


@pytest.fixture
def here(desk: Desk) -> Desk:
    """The same where the database does not matter."""
    return managing(desk)


def event(desk: Desk, **more: str) -> str:
    given = {"sort": "flood", "text": "5栋水管爆了", "place": "5栋", **more}
    return str(started(desk, "incident", **given)["number"])


@pytest.mark.clause("ZB-4.2", "ZB-6")
def test_from_the_first_word_to_the_end(manager: Desk) -> None:
    number = event(manager)
    assert number == "TF-20261119-001"
    (before,) = day_log(manager).events
    assert (before.told, before.late) == (None, False)
    taken(manager, number, "report", **TOLD, instructions="先关阀")
    taken(manager, number, "course", course="10:30 水停了")
    taken(manager, number, "measure", measure="抽水，清点损失")
    taken(manager, number, "assess", loss="1200", injured="无")
    assert refused("ZB-4.2", manager.as_staff("KF04"), number, "close") == "unhandled"
    for missing in ENDED:
        with pytest.raises(MissingAnswer):
            taken(manager, number, "handle", **{k: v for k, v in ENDED.items() if k != missing})
    taken(manager, number, "handle", **ENDED)
    with pytest.raises(NoRight):
        taken(manager, number, "close")
    taken(manager, number, "close", staff="KF04", opinion="同意")
    now = situation(manager, number)
    assert (now.state, now.facts["loss"]) == ("closed", 120_000)
    (line,) = day_log(manager).events
    assert (line.told, line.told_to) == (manager.now(), "高远")
    assert check(manager).findings == []


@pytest.mark.clause("ZB-4.2")
def test_nothing_but_the_report_and_a_note_is_written_before_it_is_reported(here: Desk) -> None:
    number = event(here)
    free = {"report", "note"}
    for verb in {row.verb for row in INCIDENT.rows} - {"register", *free}:
        row = INCIDENT.row(verb, "registered")
        assert row is not None, verb
        given = {ask.name: "1" for ask in row.ask}
        at = here.as_staff("KF04")
        assert refused("ZB-4.2", at, number, verb, **given) == "unreported", verb
    taken(here, number, "note", note="已叫人关阀")
    assert free <= set(offers(here, number, MANAGER))
    taken(here, number, "report", **TOLD)
    taken(here, number, "measure", measure="抽水")


@pytest.mark.clause("ZB-4.2")
def test_it_is_reported_to_the_general_manager_and_to_nobody_else(here: Desk) -> None:
    number = event(here)
    for other in ("KF04", "GC01"):
        with pytest.raises(WrongPerson):
            taken(here, number, "report", told_to=other, how="phone")


@around(600)
@pytest.mark.clause("ZB-4.2")
def test_the_report_is_counted_down_by_when_it_was_made(
    here: Desk, seconds: int, late: bool
) -> None:
    number = event(here)
    (run,) = runs(here, number, "report")
    made = run.started + timedelta(seconds=seconds)
    here.clock.set(made + timedelta(hours=2))  # type: ignore[attr-defined]
    assert running(here, number) == {"report"}
    (line,) = day_log(here).events
    assert line.late
    taken(here, number, "report", happened=made, **TOLD)
    assert ("report" in overdue(here, number)) == late
    assert local(here, run.due) == "2026-11-19 10:30:00"


@pytest.mark.clause("ZB-4.2", "NB-3")
def test_the_emergencys_own_slip_waits_for_nothing_and_the_event_names_it(here: Desk) -> None:
    slip = a_repair(here, staff="KF01", place="11栋2单元电梯", text="困人", unit="")
    number = event(here, linked=slip, sort="entrapment")
    assert show(here, number).parent == slip
    assert show(here, slip).children == (number,)
    called = {"emergency": "entrapment", "whom": "电梯救援", "how": "phone", "worker": "GC03"}
    taken(here, slip, "dispatch_now", staff="KF01", **called)
    assert refused("ZB-4.2", here, number, "measure", measure="救人") == "unreported"
    with pytest.raises(OtherKind):
        event(here, linked=number)


@pytest.mark.clause("ZB-4.2")
def test_it_is_urgent_in_the_queue_and_stands_in_the_log_until_it_is_closed(here: Desk) -> None:
    number = event(here)
    (row,) = queue(here, Wanted("incident"))
    assert (row.priority, row.due and row.due.clause) == (1, "ZB-4.2")
    taken(here, number, "report", **TOLD)
    move_to(here, "2026-11-21 09:00")
    assert [one.number for one in day_log(here).events] == [number]
    taken(here, number, "handle", **ENDED)
    taken(here, number, "close", staff="KF04")
    assert [one.number for one in day_log(here).events] == [number]
    move_to(here, "2026-11-22 09:00")
    assert day_log(here).events == ()
