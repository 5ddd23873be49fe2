"""What happens in the very second of a handover belongs to exactly one of the two duties.

* by the chain of acts: what stands before the acceptance is the old duty's, what stands after it
  the new one's, however many write at once
* whoever waited for the duty that was handed over finds the one that began
* two who accept at once: one does, and the other is told
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from tests.desks import second_desk
from tests.factories import rows_of, taken
from tests.registers.test_handovers import MORNING, ready
from tests.registers.test_keys_and_conflicts import at_once
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, handovers, matters
from wuye_tui.registers.checking import check
from wuye_tui.rules.errors import DeskError
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Audit, Contact, Duty

BEFORE, AFTER, MOST = 8, 5, 500  # calls of one desk around the handover, and at most


@contextmanager
def workstations(desk: Desk, *staff: str) -> Iterator[list[Desk]]:
    found = [second_desk(desk, number) for number in staff]
    yield found
    for one in found:
        one.engine.dispose()


def call(desk: Desk) -> Result:
    def work(act: Act) -> Result:
        made = contacts.register(act, channel="phone", category="enquiry", words="问物业费")
        return {"contact": made.number}

    return desk.perform("call.add", work)


def calling(desk: Desk, busy: threading.Event, done: threading.Event) -> Callable[[], Result]:
    """A desk at which the telephone never stands still, until after the handover."""

    def work() -> Result:
        rest = AFTER
        for n in range(MOST):
            call(desk)
            rest -= done.is_set()
            if n == BEFORE:
                busy.set()
            if not rest:
                break
        return {}

    return work


@pytest.mark.clause("KF-4", "KF-12")
def test_every_call_belongs_to_one_duty_while_the_desk_changes_hands(any_desk: Desk) -> None:
    number, busy, done = ready(any_desk), threading.Event(), threading.Event()
    (before,) = rows_of(any_desk, Duty)

    def accept() -> Result:
        busy.wait(20)
        try:
            return handovers.accept(relief, number)
        finally:
            done.set()

    with workstations(any_desk, "KF02", MORNING, "KF03", "KF02") as (relief, *others):
        answers = at_once(accept, *(calling(one, busy, done) for one in others))
    assert [one for one in answers if isinstance(one, Exception)] == []
    (after,) = (duty for duty in rows_of(any_desk, Duty) if duty.via == number)
    lines = rows_of(any_desk, Audit)
    (at,) = (line.seq for line in lines if line.what == "handover.accept")
    calls = [line for line in lines if line.what == "call.add"]
    assert len(calls) == len(rows_of(any_desk, Contact))
    wrong = [line.seq for line in calls if line.duty != (before if line.seq < at else after).id]
    assert wrong == []
    assert {line.seq > at for line in calls} == {True, False}
    duties = {row.number: row.duty for row in rows_of(any_desk, Contact)}
    assert all(duties[line.result["contact"]] == line.duty for line in calls)
    assert check(any_desk).findings == []


@pytest.mark.pg
def test_a_call_that_waited_for_the_handover_is_the_new_duty_s(pg_desk: Desk) -> None:
    number = ready(pg_desk)

    def accept() -> Result:
        def work(act: Act) -> Result:
            done = matters.take(act, number, "accept")
            inside.set()
            for _ in range(10_000):  # until the call waits for the duty that ends here
                waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if act.session.execute(waits).scalar_one():
                    return done
            raise AssertionError("nobody waited")

        return relief.perform("handover.accept", work, relieving=True)

    def late_call() -> Result:
        inside.wait(20)
        return call(other)

    inside = threading.Event()
    with workstations(pg_desk, "KF02", "KF03") as (relief, other):
        answers = at_once(accept, late_call)
    assert [one for one in answers if isinstance(one, Exception)] == []
    (after,) = (duty for duty in rows_of(pg_desk, Duty) if duty.via == number)
    assert [row.duty for row in rows_of(pg_desk, Contact)] == [after.id]


@pytest.mark.clause("KF-4")
def test_of_two_who_accept_at_once_one_does_and_the_other_is_told(any_desk: Desk) -> None:
    number = ready(any_desk)
    with workstations(any_desk, "KF02", "KF02") as desks:
        accepts = [lambda at=at: handovers.accept(at, number) for at in desks]
        answers = at_once(*accepts)
    refused = [one for one in answers if isinstance(one, Exception)]
    assert len(refused) == 1
    assert isinstance(refused[0], DeskError)
    assert number in str(refused[0])
    assert len([duty for duty in rows_of(any_desk, Duty) if duty.ended is None]) == 1
    assert check(any_desk).findings == []


@pytest.mark.clause("KF-4")
def test_of_an_acceptance_and_a_supervisor_who_steps_in_one_counts(any_desk: Desk) -> None:
    number = ready(any_desk)

    def step_in() -> Result:
        work = lambda act: handovers.step_in(act, why="晕倒")  # noqa: E731
        return above.perform("handover.force", work, relieving=True)

    with workstations(any_desk, "KF02", "KF03") as (relief, above):
        answers = at_once(lambda: handovers.accept(relief, number), step_in)
    began = [duty for duty in rows_of(any_desk, Duty) if duty.began != "start"]
    open_ = [duty for duty in rows_of(any_desk, Duty) if duty.ended is None]
    assert len(open_) == 1
    # Whoever steps in second does so from the relief, by a handover of its own.
    assert len(began) == len([one for one in answers if isinstance(one, dict)])
    assert check(any_desk).findings == []


def test_what_a_step_without_the_locks_of_the_front_door_does_is_whole_too(any_desk: Desk) -> None:
    """The generic step takes the duty for itself when it comes to it."""
    number = ready(any_desk)
    taken(any_desk, number, "accept", staff="KF02")
    assert len([duty for duty in rows_of(any_desk, Duty) if duty.ended is None]) == 1
    assert check(any_desk).findings == []
