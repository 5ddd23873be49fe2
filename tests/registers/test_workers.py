"""Who has what in hand: on site since when, what is late, who waits for them and when."""

from datetime import timedelta
from typing import Any

from sqlalchemy import event

from tests.registers.test_site_in_every_query import watched, without_site
from tests.screens.consoles import on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import matters
from wuye_tui.registers.workers import Stand, Worker, busy, workers
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.procedures import PROCEDURES


def assigned(desk: Desk, clock: StoppedClock, worker: str = "GC03", **given: Any) -> str:
    clock.advance(1)
    started = desk.perform(
        "repair.register",
        lambda act: matters.start(act, "repair", unit="3-1-502", text="厨房水管漏水", **given),
    )
    number = str(started["number"])
    taken(desk, number, "issue", charge="paid", tariff="SX-03")
    taken(desk, number, "notify", whom="工程部", how="phone")
    taken(desk, number, "collect", collector="GC03")
    taken(desk, number, "assign", worker=worker, doer="GC01")
    return number


def of(desk: Desk, number: str) -> Worker:
    return next(one for one in workers(desk) if one.number == number)


def test_the_free_ones_stand_first_and_who_repairs_nothing_is_not_there(
    any_desk: Desk, clock: StoppedClock
) -> None:
    assigned(on_duty(any_desk), clock)
    found = workers(any_desk)
    assert found[-1].number == "GC03"
    assert {one.stand for one in found[:-1]} == {Stand.FREE}
    assert "SF01" not in {one.number for one in found}


def test_somebody_on_site_is_said_to_be_there_since_they_came(
    desk: Desk, clock: StoppedClock
) -> None:
    number = assigned(on_duty(desk), clock)
    clock.advance(120)
    taken(desk, number, "arrive")
    came = clock.now()
    clock.advance(900)
    worker = of(desk, "GC03")
    assert worker.site is not None
    assert (worker.stand, worker.site.number, worker.site.arrived) == (Stand.ON_SITE, number, came)


def test_an_appointment_is_the_next_one_and_what_has_run_out_is_overdue(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    soon = clock.now() + timedelta(hours=2)
    later = assigned(desk, clock, at=(soon + timedelta(hours=3)).isoformat())
    first = assigned(desk, clock, at=soon.isoformat())
    worker = of(desk, "GC03")
    assert worker.appointment is not None
    assert (worker.appointment.number, worker.appointment.at) == (first, soon)
    assert worker.overdue(clock.now()) == []
    clock.advance(2 * 3600 + 1)
    assert [job.number for job in of(desk, "GC03").overdue(clock.now())] == [first]
    assert {job.number for job in worker.jobs} == {first, later}


def test_what_is_held_or_done_keeps_nobody_busy(desk: Desk, clock: StoppedClock) -> None:
    number = assigned(on_duty(desk), clock)
    assert of(desk, "GC03").stand is Stand.BUSY
    taken(desk, number, "hold", hold="parts")
    held = of(desk, "GC03")
    assert (held.stand, len(held.jobs)) == (Stand.FREE, 1)


def test_whoever_is_busy_is_known_where_somebody_is_sent_and_nowhere_else(
    desk: Desk, clock: StoppedClock
) -> None:
    assigned(on_duty(desk), clock)
    repair = PROCEDURES["repair"]
    assert set(busy(desk, repair.rows_named("assign")[0])) == {"GC03"}
    assert busy(desk, repair.rows_named("arrive")[0]) == {}


def test_it_takes_few_questions_however_many_jobs_there_are(
    desk: Desk, clock: StoppedClock
) -> None:
    asked: list[str] = []
    event.listen(
        desk.engine, "before_cursor_execute", lambda _c, _u, sql, *_rest: asked.append(sql)
    )
    on_duty(desk)
    numbers = []
    for n in range(3):
        numbers.append(assigned(desk, clock))
        asked.clear()
        workers(desk)
        counted = sum(sql.lstrip().upper().startswith("SELECT") for sql in asked)
        assert counted <= 4, (n, asked)


def test_every_question_names_its_site(desk: Desk, clock: StoppedClock) -> None:
    assigned(on_duty(desk), clock)
    with watched() as sent:
        workers(desk)
    assert [without_site(one) for one in sent if without_site(one)] == []
    assert any("visit" in one for one in sent)


def test_a_registered_slip_is_nobodys(desk: Desk, clock: StoppedClock) -> None:
    registered(on_duty(desk), clock, "灯不亮")
    assert all(worker.jobs == () for worker in workers(desk))
