"""Which clocks of a matter run, and when each is due.

* a clock lives only in its states, ends with the step that leaves them, is late for good
* doing a clock's verb again gains no time; only a new appointment starts its clock anew
* holds stop the clocks that name their reason, for as long as they last
* a clock that ceased to apply is void, unless it was late already
"""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.walking import BEGIN, CALENDAR, story, taking_back
from wuye_tui.rules.folding import Step
from wuye_tui.rules.repairs import REPAIR
from wuye_tui.rules.running import Running, clocks

Told = tuple[float, str, dict[str, Any]]
HOME = {"unit": "3-1-502", "text": "水龙头漏水"}
PAID, OFF = {"charge": "paid", "tariff": "SX-01"}, {"charge": "paid", "tariff": "off"}
SECOND = timedelta(seconds=1)
REGISTER: Told = (0, "register", HOME)
COLLECTED: list[Told] = [REGISTER, (1, "issue", PAID), (2, "notify", {}), (3, "collect", {})]
ASSIGNED: list[Told] = [*COLLECTED, (4, "assign", {"worker": "GC03"})]


def at(minutes: float) -> datetime:
    return BEGIN + timedelta(minutes=minutes)


def runs(name: str, *told: Told) -> list[Running]:
    return of(name, story(REPAIR, *told))


def of(name: str, way: list[Step]) -> list[Running]:
    return [run for run in clocks(REPAIR, way, CALENDAR) if run.name == name]


def booked(minutes: float) -> dict[str, str]:
    return {"at": at(minutes).isoformat()}


def test_a_clock_runs_from_its_verb_and_is_due_after_its_length() -> None:
    (slip,) = runs("slip", REGISTER)
    assert (slip.started, slip.due, slip.ended) == (at(0), at(3), None)
    assert (slip.clause, slip.level) == ("BX-5", 0)


def test_it_is_in_time_at_its_due_second_and_late_one_after() -> None:
    (slip,) = runs("slip", REGISTER)
    assert not slip.late(at(3))
    assert slip.late(at(3) + SECOND)


def test_it_ends_with_the_step_that_leaves_its_states() -> None:
    (slip,) = runs("slip", REGISTER, (2, "issue", PAID))
    assert (slip.ended, slip.void) == (at(2), False)
    assert not slip.late(at(600))


def test_what_was_done_late_stays_late() -> None:
    (slip,) = runs("slip", REGISTER, (4, "issue", PAID))
    assert slip.late(at(4))
    assert slip.late(at(600))


def test_it_goes_by_when_a_thing_happened_not_by_when_it_was_written() -> None:
    way = story(REPAIR, *ASSIGNED)
    typed_later = Step(
        6, "arrive", "assigned", "on_site", at(12), at(40), "KF01", {}, clause="BX-8"
    )
    (site,) = of("site", [*way, typed_later])
    assert not site.late(at(40))


def test_a_step_taken_back_takes_its_clocks_along_and_lets_the_old_ones_run_on() -> None:
    way = story(REPAIR, REGISTER, (2, "issue", PAID))
    way.append(taking_back(way, 5))
    assert of("notify", way) == []
    (slip,) = of("slip", way)
    assert (slip.due, slip.ended) == (at(3), None)


def test_to_dispatch_at_once_does_not_put_the_fifteen_minutes_off() -> None:
    (report,) = runs("report", REGISTER, (14, "dispatch_now", {"worker": "GC03"}))
    assert (report.n, report.started, report.due) == (1, at(0), at(15))


def test_an_emergency_without_a_slip_has_its_fifteen_minutes_from_the_dispatch() -> None:
    (report,) = runs("report", (0, "dispatch_now", {**HOME, "worker": "GC03"}))
    assert report.due == at(15)


def test_a_hold_stops_the_clocks_that_name_its_reason_and_no_other() -> None:
    held: list[Told] = [*ASSIGNED, (5, "hold", {"hold": "parts"})]
    assert runs("site", *held)[0].due is None
    assert runs("report", *held)[0].due == at(15)
    assert runs("unsolved", *held)[0].due is not None


def test_after_a_hold_the_rest_of_the_time_is_left() -> None:
    held: list[Told] = [*ASSIGNED, (5, "hold", {"hold": "weather"}), (65, "resume", {})]
    assert runs("site", *held)[0].due == at(3 + 10 + 60)


def test_a_hold_that_begins_after_the_due_second_mends_nothing() -> None:
    (site,) = runs("site", *ASSIGNED, (14, "hold", {"hold": "parts"}))
    assert site.due == at(13)
    assert site.late(at(14))


@pytest.mark.parametrize("reason", ["nobody_home", "customer", "parts", "weather"])
def test_what_holds_up_the_way_there_holds_up_the_ten_minutes(reason: str) -> None:
    assert runs("site", *ASSIGNED, (5, "hold", {"hold": reason}))[0].due is None


@pytest.mark.parametrize("reason", ["outside", "other"])
def test_other_reasons_hold_up_nothing(reason: str) -> None:
    assert runs("site", *ASSIGNED, (5, "hold", {"hold": reason}))[0].due == at(13)


def test_a_new_appointment_starts_its_clock_anew() -> None:
    first, second = runs(
        "appointment",
        (0, "register", {**HOME, **booked(120)}),
        *ASSIGNED[1:],
        (30, "rebook", booked(240)),
    )
    assert (first.due, first.ended, first.void) == (at(115), at(30), True)
    assert (second.n, second.due, second.ended) == (6, at(235), None)


def test_a_new_appointment_does_not_mend_the_one_that_was_missed() -> None:
    first, second = runs(
        "appointment",
        (0, "register", {**HOME, **booked(120)}),
        *ASSIGNED[1:],
        (130, "rebook", booked(240)),
    )
    assert not first.void
    assert first.late(at(500))
    assert not second.late(at(230))


def test_whoever_comes_in_time_and_finds_nobody_has_kept_the_appointment() -> None:
    (kept,) = runs(
        "appointment",
        (0, "register", {**HOME, **booked(120)}),
        *ASSIGNED[1:],
        (114, "no_access", {"left_note": True}),
    )
    assert (kept.ended, kept.void) == (at(114), False)
    assert not kept.late(at(600))


def test_a_clock_that_ceases_to_apply_in_time_is_void_and_never_late() -> None:
    (report,) = runs("report", REGISTER, (2, "issue", OFF))
    assert (report.ended, report.void) == (at(2), True)
    assert not report.late(at(600))


def test_the_promise_to_come_back_ends_when_somebody_comes_back() -> None:
    left: list[Told] = [
        *ASSIGNED,
        (10, "arrive", {}),
        (20, "leave", {"back_at": at(90).isoformat()}),
    ]
    assert runs("back", *left)[0].due == at(90)
    for verb in ("arrive", "no_access"):
        (back,) = runs("back", *left, (80, verb, {}))
        assert (back.ended, back.void) == (at(80), False)


QUOTED: list[Told] = [REGISTER, (1, "issue", OFF), (3, "collect", {}), (4, "quote", {})]
ON_SITE: list[Told] = [*ASSIGNED, (13, "arrive", {})]


@pytest.mark.parametrize(
    ("before", "verb"),
    [
        (ASSIGNED, "resume"),
        (ASSIGNED, "arrive"),
        (ASSIGNED, "give_up"),
        (ON_SITE, "agree"),
        (ON_SITE, "refuse"),
        ([*ON_SITE, (14, "agree", {})], "finish"),
        (QUOTED[:3], "infeasible"),
        (QUOTED, "decline"),
    ],
)
def test_a_hold_until_friday_reminds_on_friday_and_not_once_it_is_over(
    before: list[Told], verb: str
) -> None:
    friday = at(24 * 60)
    held: list[Told] = [*before, (20, "hold", {"hold": "parts", "until": friday.isoformat()})]
    assert runs("resume", *held)[0].due == friday
    (reminder,) = runs("resume", *held, (50, verb, {}))
    assert (reminder.ended, reminder.void) == (at(50), False)


@pytest.mark.parametrize("name", ["result", "unsolved"])
def test_what_is_sent_out_at_once_or_done_again_has_its_result_to_bring(name: str) -> None:
    sent: Told = (0, "dispatch_now", {**HOME, "worker": "GC03"})
    assert runs(name, sent)[0].started == at(0)
    again: list[Told] = [
        *ON_SITE,
        (14, "agree", {}),
        (15, "finish", {}),
        (16, "return", {}),
        (17, "verify", {}),
        (18, "rework", {}),
    ]
    first, second = runs(name, *again)
    assert first.ended is not None
    assert (second.started, second.ended) == (at(18), None)


def test_nobody_home_takes_the_place_of_the_hold_until_friday() -> None:
    friday = at(24 * 60).isoformat()
    (reminder,) = runs(
        "resume",
        *ASSIGNED,
        (5, "hold", {"hold": "parts", "until": friday}),
        (50, "no_access", {"left_note": True}),
    )
    assert reminder.ended == at(50)


def test_runs_come_in_the_order_in_which_they_started() -> None:
    found = clocks(REPAIR, story(REPAIR, *ASSIGNED), CALENDAR)
    assert [run.n for run in found] == sorted(run.n for run in found)


def test_a_clock_over_days_whose_calendar_is_not_published_says_so() -> None:
    way = story(REPAIR, *COLLECTED)
    far = timedelta(days=3650)
    moved = [
        Step(s.n, s.verb, s.frm, s.to, s.happened + far, s.recorded + far, s.by, s.facts)
        for s in way
    ]
    (unsolved,) = of("unsolved", moved)
    assert unsolved.provisional
    (slip,) = of("slip", way)
    assert not slip.provisional
