"""Taking a step back, and holding a slip.

* only one's own last step is taken back, and only while it has not reached beyond the slip
* what was taken back leaves the clocks, visits and snapshot as if it had never been
* a hold stops exactly the clocks that name its reason, and gives back no more than it took
"""

import pytest
from sqlmodel import col

from tests.factories import (
    PAID,
    a_repair,
    children,
    local,
    matter,
    move_to,
    on_duty,
    overdue,
    rows_of,
    running,
    runs,
    situation,
    step_rows,
    taken,
    undone,
    walk_to,
)
from wuye_tui.desk import Desk
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.refusals import ChangedMeanwhile, ClockWentBack, GuardRefused, NothingToUndo
from wuye_tui.store.tables import Private, VisitRow

MINUTE, HOUR = 60, 3600


def test_the_last_step_is_taken_back_by_a_step_of_its_own(desk: Desk) -> None:
    number = a_repair(desk, upto="issued")
    result = undone(desk, number)
    assert (result["state"], result["verb"], result["n"]) == ("registered", "undo", 3)
    rows = step_rows(desk, number)
    assert [(row.verb, row.undoes) for row in rows] == [
        ("register", None),
        ("issue", None),
        ("undo", 2),
    ]
    assert (rows[-1].frm, rows[-1].to, rows[-1].clause) == ("issued", "registered", "BX-5")
    assert "charge" not in situation(desk, number).facts
    assert check(desk).findings == []


def test_clocks_are_as_if_the_step_had_never_been(desk: Desk, clock: StoppedClock) -> None:
    number = a_repair(desk)
    clock.advance(MINUTE)
    taken(desk, number, "issue", **PAID)
    clock.advance(4 * MINUTE)
    undone(desk, number)
    assert runs(desk, number, "notify") == []
    (slip,) = runs(desk, number, "slip")
    assert (local(desk, slip.due), slip.ended) == ("2026-11-19 10:23:00", None)
    assert "slip" in overdue(desk, number)
    assert local(desk, matter(desk, number).next_due) == "2026-11-19 10:23:00"


def test_a_visit_taken_back_is_no_visit(desk: Desk) -> None:
    number = a_repair(desk, upto="assigned")
    taken(desk, number, "arrive", staff="GC03")
    undone(desk, number, staff="GC03")
    assert situation(desk, number).visits == ()
    assert rows_of(desk, VisitRow) == []


def test_two_steps_are_taken_back_one_after_the_other(desk: Desk) -> None:
    number = a_repair(desk, upto="notified")
    assert undone(desk, number)["state"] == "issued"
    assert undone(desk, number)["state"] == "registered"
    with pytest.raises(NothingToUndo):
        undone(desk, number)


def test_after_a_taking_back_the_story_goes_on(desk: Desk) -> None:
    number = a_repair(desk, upto="issued")
    undone(desk, number)
    taken(desk, number, "issue", charge="public")
    walk_to(desk, number, "on_site")
    assert situation(desk, number).facts["charge"] == "public"
    assert "tariff" not in situation(desk, number).facts
    assert check(desk).findings == []


def test_nobody_takes_back_what_somebody_else_did(desk: Desk) -> None:
    number = a_repair(desk, upto="issued")
    with pytest.raises(NothingToUndo, match="它是别人做的"):
        undone(desk, number, staff="KF02")


@pytest.mark.parametrize("state", ["registered", "finished", "closed"])
def test_what_has_reached_beyond_the_slip_is_not_taken_back(desk: Desk, state: str) -> None:
    number = a_repair(desk, upto=state)
    who = {"registered": "KF01", "finished": "GC03", "closed": "KF05"}[state]
    with pytest.raises(NothingToUndo, match="已经生效"):
        undone(desk, number, staff=who)


def test_a_callback_that_was_answered_is_not_taken_back_with_the_step_before_it(desk: Desk) -> None:
    number = a_repair(desk, upto="returned")
    (callback,) = children(desk, number, "callback")
    taken(desk, callback.number, "reach", staff="KF05", satisfaction="satisfied")
    with pytest.raises(NothingToUndo):
        undone(desk, number, staff="GC01")


def test_whoever_saw_the_step_that_was_taken_back_has_to_look_again(desk: Desk) -> None:
    number = a_repair(desk, upto="issued")
    undone(desk, number)
    with pytest.raises(ChangedMeanwhile, match="撤回"):
        taken(desk, number, "cancel", staff="KF02", seen=2, said="不用了")


def test_whoever_wants_to_take_back_must_have_seen_the_last_move(desk: Desk) -> None:
    number = a_repair(desk, upto="issued")
    taken(desk, number, "notify", whom="工程部", how="phone")
    with pytest.raises(ChangedMeanwhile):
        undone(desk, number, seen=2)
    assert undone(desk, number, seen=3)["state"] == "issued"


def test_nothing_is_taken_back_while_the_computers_clock_is_behind(
    desk: Desk, clock: StoppedClock
) -> None:
    number = a_repair(desk, upto="issued")
    clock.advance(-MINUTE)
    with pytest.raises(ClockWentBack):
        undone(desk, number)


def test_a_correction_is_shown_at_once_and_taken_back_brings_the_old_words_back(desk: Desk) -> None:
    number = a_repair(desk)
    taken(desk, number, "correct", unit="3-1-501")
    assert shown(desk, number) == ("林芳", "13800002345", "3-1-501")
    undone(desk, number)
    assert shown(desk, number) == ("陈立", "13800001234", "3-1-502")
    assert matter(desk, number).unit == "3-1-502"


def shown(desk: Desk, number: str) -> tuple[str, str, str]:
    """The words about people that lists show of a slip."""
    own = col(Private.owner) == matter(desk, number).id
    (snapshot,) = rows_of(desk, Private, own, col(Private.n) == 0)
    return snapshot.name, snapshot.phone, snapshot.address


def test_a_hold_taken_back_has_held_up_nothing(desk: Desk, clock: StoppedClock) -> None:
    number = a_repair(desk, upto="assigned")
    taken(desk, number, "hold", hold="parts")
    assert runs(desk, number, "site")[0].due is None
    clock.advance(5 * MINUTE)
    undone(desk, number)
    assert local(desk, runs(desk, number, "site")[0].due) == "2026-11-19 10:30:00"
    assert matter(desk, number).hold == ""


# Which clocks of a slip on its way stand still while it is held for a reason.
STAND_STILL = {
    "parts": {"site"},
    "weather": {"site"},
    "nobody_home": {"site", "report"},
    "customer": {"site", "report", "unsolved"},
    "outside": set(),
    "other": set(),
}


@pytest.mark.parametrize("reason", STAND_STILL)
def test_a_hold_stops_the_clocks_that_name_its_reason(desk: Desk, reason: str) -> None:
    number = a_repair(desk, upto="assigned")
    taken(desk, number, "hold", hold=reason)
    still = {name for name in running(desk, number) if runs(desk, number, name)[0].due is None}
    assert still == STAND_STILL[reason]
    assert matter(desk, number).hold == reason


@pytest.mark.parametrize(("seconds", "late"), [(599, False), (600, False), (601, True)])
def test_after_a_hold_there_is_as_much_time_as_before_it(
    desk: Desk, clock: StoppedClock, seconds: int, late: bool
) -> None:
    number = a_repair(desk, upto="assigned")
    clock.advance(200)
    taken(desk, number, "hold", hold="weather")
    clock.advance(2 * HOUR)
    taken(desk, number, "resume")
    clock.advance(seconds - 200)
    taken(desk, number, "arrive")
    assert ("site" in overdue(desk, number)) is late


def test_the_customers_wish_puts_off_the_two_working_days(desk: Desk) -> None:
    number = a_repair(desk, upto="assigned")
    move_to(desk, "2026-11-20 10:20")
    taken(desk, number, "hold", hold="customer", until="2026-11-26 10:20")
    move_to(desk, "2026-11-26 10:20")
    taken(desk, number, "resume")
    (unsolved,) = runs(desk, number, "unsolved")
    assert local(desk, unsolved.due) == "2026-11-27 10:20:00"


def test_a_hold_until_a_moment_reminds_at_that_moment(desk: Desk) -> None:
    number = a_repair(desk, upto="assigned")
    taken(desk, number, "hold", hold="parts", until="2026-11-19 16:00")
    assert "resume" in running(desk, number)
    move_to(desk, "16:00")
    assert "resume" not in overdue(desk, number)
    move_to(desk, "16:00:01")
    assert "resume" in overdue(desk, number)
    taken(desk, number, "resume")
    assert "resume" not in running(desk, number)


def test_who_is_not_held_cannot_be_resumed(desk: Desk) -> None:
    number = a_repair(desk)
    with pytest.raises(GuardRefused, match="没有挂起"):
        taken(desk, number, "resume")


@pytest.mark.parametrize("state", ["on_site", "working"])
def test_work_releases_a_hold(desk: Desk, state: str) -> None:
    number = a_repair(desk, upto="assigned" if state == "on_site" else "on_site")
    taken(desk, number, "hold", hold="parts")
    walk_to(desk, number, state)
    assert matter(desk, number).hold == ""


def test_the_result_releases_a_hold_and_its_reminder(desk: Desk) -> None:
    number = a_repair(desk, upto="working")
    taken(desk, number, "hold", hold="customer", until="2026-11-20 09:00")
    walk_to(desk, number, "finished")
    assert matter(desk, number).hold == ""
    assert running(desk, number) == {"unsolved"}
    assert runs(desk, number, "unsolved")[0].due is not None


def test_after_the_work_the_desk_may_still_hold_the_paper(desk: Desk) -> None:
    number = a_repair(desk, upto="returned")
    taken(desk, number, "hold", hold="other", why="等负责人看")
    walk_to(desk, number, "verified")
    assert matter(desk, number).hold == "other"


def test_a_held_slip_with_no_running_clock_has_nothing_due(desk: Desk) -> None:
    move_to(desk, "22:00")
    on_duty(desk, "ZB01")
    number = a_repair(desk, staff="ZB01")
    taken(desk, number, "take", staff="ZB01", taker="冯涛", charge="public")
    taken(desk, number, "hold", staff="KF01", hold="customer")
    taken(desk, number, "countersign", staff="GC01", supervisor="GC01")
    assert matter(desk, number).next_due is None
    assert running(desk, number) == {"site", "report", "unsolved"}
