"""Two of everything: the same key twice, two desks at one slip, and times that do not fit.

* an act with a key that was used returns the first result and writes nothing more
* whoever saw less than the last move is refused, with who did what; a note refuses nobody
* a step happened between the last move and now, no longer ago than its row allows
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from queue import Queue

import pytest
from sqlalchemy import text

from tests.desks import second_desk
from tests.factories import (
    PAID,
    a_repair,
    children,
    matter,
    move_to,
    rows_of,
    situation,
    step_rows,
    steps,
    taken,
    undone,
)
from wuye_tui.desk import Desk
from wuye_tui.registers import matters
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.refusals import (
    ChangedMeanwhile,
    ClockWentBack,
    GuardRefused,
    HappenedInFuture,
    HappenedTooEarly,
    HappenedTooLongAgo,
    OutOfOrder,
)
from wuye_tui.store.acts import Act, Repeated, Result, new_key
from wuye_tui.store.tables import Audit, Matter

HOUR = 3600


def a_call(act: Act) -> Result:
    return matters.start(act, "repair", unit="3-1-502", text="水龙头漏水")


def at_once(*works: Callable[[], Result]) -> list[Result | Exception]:
    """What each of these gives when all begin at the same moment, in threads of their own."""
    gate = threading.Barrier(len(works))
    answers: Queue[tuple[int, Result | Exception]] = Queue()

    def run(at: int, work: Callable[[], Result]) -> None:
        gate.wait()
        try:
            answers.put((at, work()))
        except Exception as error:
            answers.put((at, error))

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    found = dict(answers.get(timeout=1) for _ in works)
    return [found[at] for at in range(len(works))]


def test_the_same_key_again_returns_the_first_result_and_writes_nothing(any_desk: Desk) -> None:
    key = new_key()
    first = any_desk.perform("repair.register", a_call, key)
    lines = len(rows_of(any_desk, Audit))
    assert any_desk.perform("repair.register", a_call, key) == first
    assert second_desk(any_desk).perform("repair.register", a_call, key) == first
    assert len(rows_of(any_desk, Audit)) == lines
    assert [found.number for found in rows_of(any_desk, Matter)] == [first["number"]]


def test_a_step_repeated_after_a_crash_is_taken_once(desk: Desk) -> None:
    number, key = a_repair(desk), new_key()
    first = taken(desk, number, "issue", key=key, **PAID)
    assert taken(desk, number, "issue", key=key, **PAID) == first
    assert len(steps(desk, number)) == 2


def test_what_was_refused_may_be_tried_again_with_its_key(desk: Desk) -> None:
    number, key = a_repair(desk), new_key()
    with pytest.raises(OutOfOrder):
        taken(desk, number, "collect", key=key, collector="李强")
    taken(desk, number, "issue", **PAID)
    assert taken(desk, number, "collect", key=key, collector="李强")["state"] == "collected"


def test_whoever_acts_without_perform_is_told_what_was_done(desk: Desk) -> None:
    key = new_key()
    first = desk.perform("repair.register", a_call, key)
    with pytest.raises(Repeated) as repeat, desk.act("repair.register", key):
        pytest.fail("the act was begun a second time")
    assert repeat.value.result == first


def test_two_desks_with_one_key_at_once_register_one_slip(any_desk: Desk) -> None:
    other, key = second_desk(any_desk), new_key()
    one, two = at_once(
        lambda: any_desk.perform("repair.register", a_call, key),
        lambda: other.perform("repair.register", a_call, key),
    )
    assert one == two
    assert [found.number for found in rows_of(any_desk, Matter)] == ["PG-20261119-001"]
    assert check(any_desk).findings == []


def test_two_desks_that_register_at_once_get_numbers_that_follow(any_desk: Desk) -> None:
    other = second_desk(any_desk)
    answers = at_once(
        *(
            partial(at.perform, "repair.register", a_call)
            for at in (any_desk, other, any_desk, other)
        )
    )
    numbers = sorted(answer["number"] for answer in answers if isinstance(answer, dict))
    assert numbers == [f"PG-20261119-00{n}" for n in (1, 2, 3, 4)]
    assert check(any_desk).findings == []


def test_of_two_desks_that_take_the_same_step_one_takes_it(any_desk: Desk) -> None:
    number, other = a_repair(any_desk), second_desk(any_desk)
    answers = at_once(
        lambda: taken(any_desk, number, "issue", seen=1, **PAID),
        lambda: taken(other, number, "issue", seen=1, charge="public"),
    )
    (refused,) = (answer for answer in answers if isinstance(answer, Exception))
    assert isinstance(refused, ChangedMeanwhile)
    assert len(steps(any_desk, number)) == 2
    assert check(any_desk).findings == []


@pytest.mark.pg
def test_two_desks_with_one_key_at_once_take_one_step(pg_desk: Desk) -> None:
    number, other, key = a_repair(pg_desk), second_desk(pg_desk), new_key()
    taking = threading.Event()

    def slowly(act: Act) -> Result:
        result = matters.take(act, number, "issue", **PAID)
        taking.set()
        wait_for_a_lock(pg_desk)
        return result

    def again() -> Result:
        taking.wait(10)
        return taken(other, number, "issue", key=key, **PAID)

    first, second = at_once(lambda: pg_desk.perform("issue", slowly, key), again)
    assert isinstance(first, dict)
    assert second == first


def wait_for_a_lock(desk: Desk) -> None:
    """Until another session of this database waits for a row that this one holds."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    until = time.monotonic() + 2
    with desk.engine.connect() as connection:
        while time.monotonic() < until:
            if connection.execute(waiting).scalar_one():
                return
            connection.rollback()


def test_whoever_saw_less_is_told_who_did_what_and_when(desk: Desk, clock: StoppedClock) -> None:
    number = a_repair(desk)
    clock.advance(60)
    taken(desk, number, "issue", **PAID)
    with pytest.raises(ChangedMeanwhile) as refused:
        taken(desk, number, "cancel", staff="KF02", seen=1, said="不用了")
    for words in (number, "李晓燕(KF01)", "11-19 10:21", "开派工单", "已开单"):
        assert words in str(refused.value)


def test_a_note_of_another_desk_refuses_nobody(desk: Desk) -> None:
    number = a_repair(desk)
    taken(desk, number, "note", staff="KF02", note="有狗")
    taken(desk, number, "urge", staff="KF02")
    assert taken(desk, number, "issue", seen=1, **PAID)["n"] == 4


def test_a_new_worker_is_something_that_must_have_been_seen(desk: Desk) -> None:
    number = a_repair(desk, upto="assigned")
    seen = situation(desk, number).last
    taken(desk, number, "assign", staff="GC01", worker="吴刚")
    with pytest.raises(ChangedMeanwhile, match="派工"):
        taken(desk, number, "arrive", seen=seen)


def test_whoever_does_not_say_what_they_saw_is_not_asked(desk: Desk) -> None:
    number = a_repair(desk)
    taken(desk, number, "issue", **PAID)
    assert taken(desk, number, "notify", staff="KF02", whom="工程部", how="phone")["n"] == 3


def test_a_callback_answered_meanwhile_does_not_stop_the_paper(desk: Desk) -> None:
    number = a_repair(desk, upto="returned")
    seen = situation(desk, number).last
    callback = children(desk, number, "callback")[0].number
    taken(desk, callback, "reach", staff="KF05", satisfaction="satisfied")
    taken(desk, number, "verify", staff="KF05", seen=seen, finding="已修好")


# When a step may have happened.


@pytest.mark.parametrize(("ago", "allowed"), [(12 * HOUR, True), (12 * HOUR + 60, False)])
def test_what_the_worker_radioed_is_typed_in_the_same_half_day(
    desk: Desk, clock: StoppedClock, ago: int, allowed: bool
) -> None:
    number = a_repair(desk, upto="assigned")
    clock.advance(13 * HOUR)
    happened = clock.now() - timedelta(seconds=ago)
    if allowed:
        taken(desk, number, "arrive", happened=happened)
        assert step_rows(desk, number)[-1].happened == happened
    else:
        with pytest.raises(HappenedTooLongAgo, match="12 小时"):
            taken(desk, number, "arrive", happened=happened)


def test_the_desks_own_steps_are_written_when_they_happen(desk: Desk, clock: StoppedClock) -> None:
    with pytest.raises(GuardRefused, match="当时登记"):
        a_repair(desk, happened=clock.now() - timedelta(seconds=60))
    number = a_repair(desk)
    clock.advance(120)
    with pytest.raises(HappenedTooLongAgo, match="要当时记录"):
        taken(desk, number, "hold", hold="parts", happened=clock.now() - timedelta(seconds=60))


def test_people_say_minutes_and_this_minute_is_now(desk: Desk) -> None:
    minute = move_to(desk, "10:20")
    move_to(desk, "10:20:45")
    number = a_repair(desk, happened=minute)
    assert matter(desk, number).opened == minute
    taken(desk, number, "note", note="有狗", happened=minute)


@pytest.mark.parametrize(("ago", "allowed"), [(24 * HOUR, True), (24 * HOUR + 60, False)])
def test_paper_of_an_outage_is_entered_within_a_day(
    desk: Desk, clock: StoppedClock, ago: int, allowed: bool
) -> None:
    happened = clock.now() - timedelta(seconds=ago)
    if allowed:
        number = a_repair(desk, paper=True, happened=happened)
        taken(desk, number, "issue", happened=happened + timedelta(minutes=2), **PAID)
        assert situation(desk, number).opened == happened
    else:
        with pytest.raises(HappenedTooLongAgo, match="24 小时"):
            a_repair(desk, paper=True, happened=happened)


def test_nothing_has_happened_that_is_still_to_come(desk: Desk, clock: StoppedClock) -> None:
    number = a_repair(desk, upto="assigned")
    with pytest.raises(HappenedInFuture, match="10:20"):
        taken(desk, number, "arrive", happened=clock.now() + timedelta(seconds=1))


def test_nobody_arrives_before_they_were_sent(desk: Desk, clock: StoppedClock) -> None:
    number = a_repair(desk, upto="collected")
    clock.advance(600)
    taken(desk, number, "assign", staff="GC01", worker="李强")
    clock.advance(600)
    with pytest.raises(HappenedTooEarly, match="10:30"):
        taken(desk, number, "arrive", happened=clock.now() - timedelta(seconds=700))


def test_two_moves_of_one_minute_stay_in_their_order(desk: Desk) -> None:
    move_to(desk, "10:29:30")
    number = a_repair(desk, upto="assigned")
    sent = move_to(desk, "10:30:40")
    taken(desk, number, "assign", staff="GC01", worker="吴刚")
    move_to(desk, "10:50")
    taken(desk, number, "arrive", happened=sent.replace(second=0))
    assert step_rows(desk, number)[-1].happened == sent


def test_whoever_was_not_at_home_was_not_before_the_worker_came_again(
    desk: Desk, clock: StoppedClock
) -> None:
    number = a_repair(desk, upto="assigned")
    clock.advance(600)
    taken(desk, number, "no_access", left_note=True)
    with pytest.raises(HappenedTooEarly):
        taken(desk, number, "arrive", happened=clock.now() - timedelta(seconds=300))


def test_nothing_is_written_while_the_computers_clock_is_behind_the_record(
    desk: Desk, clock: StoppedClock
) -> None:
    number = a_repair(desk)
    clock.advance(-1)
    with pytest.raises(ClockWentBack, match="10:20"):
        taken(desk, number, "issue", **PAID)
    clock.advance(1)
    taken(desk, number, "issue", **PAID)


def test_a_moment_without_a_zone_is_a_defect_of_the_program(desk: Desk) -> None:
    number = a_repair(desk, upto="assigned")
    with pytest.raises(ValueError):
        taken(desk, number, "arrive", happened=desk.now().replace(tzinfo=None))


def test_of_many_who_race_through_one_slip_every_step_is_taken_once(any_desk: Desk) -> None:
    number, other = a_repair(any_desk, upto="issued"), second_desk(any_desk)

    def race(at: Desk) -> Result:
        for verb, staff, given in (
            ("notify", "KF01", {"whom": "工程部", "how": "phone"}),
            ("collect", "KF01", {"collector": "李强"}),
            ("assign", "GC01", {"worker": "李强"}),
        ):
            with suppress(OutOfOrder):
                taken(at, number, verb, staff=staff, **given)
        return {}

    assert at_once(lambda: race(any_desk), lambda: race(other)) == [{}, {}]
    verbs = [step.verb for step in steps(any_desk, number)]
    assert verbs[:2] == ["register", "issue"]
    assert [verbs.count(verb) for verb in ("notify", "collect")] == [1, 1]
    assert situation(any_desk, number).state == "assigned"
    assert check(any_desk).findings == []


def test_a_taking_back_repeated_with_its_key_takes_back_one_step(desk: Desk) -> None:
    number, key = a_repair(desk, upto="notified"), new_key()

    def work(act: Act) -> Result:
        return matters.undo(act, number)

    first = desk.perform("undo", work, key)
    assert desk.perform("undo", work, key) == first
    assert situation(desk, number).state == "issued"
    assert undone(desk, number)["state"] == "registered"
