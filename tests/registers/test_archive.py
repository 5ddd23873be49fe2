"""The archive (XX-4.3.8, XX-4.3.10): what goes in, what is sent back, what changes no more."""

from typing import Any

import pytest
from sqlalchemy import event, update
from sqlmodel import col

from tests.factories import (
    a_repair,
    children,
    matter,
    move_to,
    offers,
    on_duty,
    rows_of,
    situation,
    started,
    taken,
    undone,
    walk_to,
)
from wuye_tui.desk import Desk
from wuye_tui.registers import archive, contacts, hearing, proposals, unfiled, withdrawing
from wuye_tui.registers.checking import check
from wuye_tui.registers.queue import Wanted, counts, queue
from wuye_tui.registers.ticking import tick
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.refusals import Archived, GuardRefused, NoRight
from wuye_tui.rules.weeks import BadWeek, days_of, week_of
from wuye_tui.store import engine as store
from wuye_tui.store.tables import DeadlineRow, Firing, Private

RETURNED: dict[str, Any] = {"return": {"register_line": "12"}}
ARCHIVIST = "XZ01"  # this office has none: Administration keeps the files


def closed(desk: Desk, **given: Any) -> str:
    """A slip with its red line, and whole unless something else is given."""
    number = a_repair(desk, upto="finished", **given)
    walk_to(desk, number, "closed", **RETURNED)
    return number


def lacks(desk: Desk, number: str) -> list[str]:
    return [lack.name for lack in archive.show_kept(desk, number).lacks]


def in_archive(desk: Desk, number: str) -> None:
    taken(desk, number, "archive", staff=ARCHIVIST)


@pytest.mark.clause("XX-4.3.8")
def test_a_slip_with_its_red_line_is_filed_and_was_over_when_it_was_closed(
    any_desk: Desk, clock: StoppedClock
) -> None:
    desk = any_desk
    number = closed(desk)
    over = matter(desk, number).closed
    clock.advance(2 * 86400)
    in_archive(desk, number)
    row = matter(desk, number)
    assert (row.state, row.closed, row.outcome) == ("archived", over, "done")
    assert situation(desk, number).facts["file_week"] == "2026-W47"
    assert check(desk).findings == []


@pytest.mark.clause("XX-4.3.10")
def test_each_thing_that_is_missing_is_named_with_its_clause(desk: Desk) -> None:
    number = a_repair(desk, upto="closed", unit="6-1-301")  # nobody is known there
    assert lacks(desk, number) == ["nameless", "phoneless", "register_line"]
    with pytest.raises(GuardRefused) as refusal:
        in_archive(desk, number)
    assert (refusal.value.guard, refusal.value.clause) == ("nameless", "XX-4.2.2")
    mended: dict[str, Any] = {"caller": "住户", "no_phone": "本人不肯留", "mended": "问过住户"}
    taken(desk, number, "complete", register_line="7", **mended)
    assert lacks(desk, number) == []
    in_archive(desk, number)


@pytest.mark.clause("XX-4.3.10")
def test_a_slip_that_was_called_off_needs_its_copies_back(desk: Desk) -> None:
    number = a_repair(desk, upto="assigned")
    taken(desk, number, "cancel", said="自己修好了")
    assert lacks(desk, number) == ["copies"]
    taken(desk, number, "complete", copies_back=True, mended="二、三联收回来了")
    in_archive(desk, number)


@pytest.mark.clause("XX-4.3.10")
def test_what_is_sent_back_waits_for_the_desk_and_is_filed_after_that(desk: Desk) -> None:
    number = closed(desk)
    taken(desk, number, "send_back", staff=ARCHIVIST, back_why="业主签字看不清")
    assert lacks(desk, number) == ["sent_back"]
    assert archive.show_kept(desk, number).sent_back == "业主签字看不清"
    with pytest.raises(GuardRefused):
        in_archive(desk, number)
    late = {"late_signature": True, "resident": "陈立", "mended": "业主重新签过"}
    taken(desk, number, "complete", staff="KF02", **late)
    in_archive(desk, number)
    assert check(desk).findings == []


@pytest.mark.clause("XX-4.3.10")
def test_there_is_nothing_to_mend_where_nothing_is_missing(desk: Desk) -> None:
    number = closed(desk)
    assert offers(desk, number, "KF01") == ["pay"]  # the money may still come
    with pytest.raises(GuardRefused):
        taken(desk, number, "complete", mended="改几个字")


@pytest.mark.clause("XX-4.3.8")
def test_only_the_archivist_files(desk: Desk) -> None:
    number = closed(desk)
    for staff in ("KF01", "KF03", "GC01", "ZJ01"):
        with pytest.raises(NoRight):
            taken(desk, number, "archive", staff=staff)


@pytest.mark.clause("XX-4.3.10")
@pytest.mark.parametrize(
    ("verb", "given"),
    [
        ("note", {"note": "再写一句"}),
        ("urge", {}),
        ("join", {"said": "又来问"}),
        ("correct", {"phone": "13800009999"}),
        ("rework", {"why": "又坏了"}),
        ("cancel", {"said": "不修了"}),
        ("complete", {"mended": "再改"}),
        ("send_back", {"back_why": "再看"}),
        ("archive", {}),
        ("close", {}),
    ],
)
def test_nothing_of_it_changes_any_more(desk: Desk, verb: str, given: dict[str, Any]) -> None:
    number = closed(desk)
    in_archive(desk, number)
    before = matter(desk, number).model_dump()
    with pytest.raises(Archived) as refusal:
        taken(desk, number, verb, staff=ARCHIVIST, **given)
    assert refusal.value.clause == "XX-4.3.10"
    with pytest.raises(Archived):
        undone(desk, number, staff=ARCHIVIST)
    assert matter(desk, number).model_dump() == before
    assert offers(desk, number, ARCHIVIST) == []


@pytest.mark.clause("XX-4.3.10")
def test_the_call_of_an_archived_slip_is_not_taken_back(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk, "KF01")
    found = hearing.understand(desk, "3-1-502 厨房水管漏水")
    call = desk.perform("call.line", lambda act: proposals.accept(act, found))
    number = str(call["number"])
    taken(desk, number, "cancel", said="自己好了")
    in_archive(desk, number)
    for seen in ({number: situation(desk, number).last}, {}):
        with pytest.raises(Archived):
            desk.perform(
                "undo", lambda act, seen=seen: withdrawing.withdraw(act, call["contact"], seen)
            )
    assert contacts.show(desk, str(call["contact"])).outcome != contacts.WITHDRAWN


def test_words_about_people_can_be_erased_from_an_archived_record(desk: Desk) -> None:
    number = closed(desk)
    in_archive(desk, number)
    gone = {"name": "", "phone": "", "phone_tail": "", "address": "", "words": "", "more": {}}
    with store.write(desk.engine) as session:
        session.execute(
            update(Private)
            .where(col(Private.site) == desk.site, col(Private.owner) == matter(desk, number).id)
            .values(**gone, erased=desk.now())
        )
    assert check(desk).findings == []
    assert matter(desk, number).state == "archived"
    assert archive.show_kept(desk, number).lacks == ()


@pytest.mark.clause("XX-4.3.8")
def test_callbacks_and_orders_are_filed_too(desk: Desk) -> None:
    number = closed(desk)
    (callback,) = children(desk, number, "callback")
    in_archive(desk, callback.number)
    order = started(desk, "order", department="cleaning", text="大堂地面有水", place="大堂")
    taken(desk, order["number"], "cancel", why="已有人处理")
    in_archive(desk, str(order["number"]))
    assert {matter(desk, one).state for one in (callback.number, str(order["number"]))} == {
        "archived"
    }


@pytest.mark.clause("BX-18")
def test_a_dissatisfied_resident_without_a_word_is_asked_about_before_filing(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    (callback,) = children(desk, number, "callback")
    taken(desk, callback.number, "reach", staff="KF05", satisfaction="dissatisfied")
    assert lacks(desk, callback.number) == ["opinion"]
    taken(desk, callback.number, "complete", opinion="嫌来得慢", mended="又打了一次电话")
    in_archive(desk, callback.number)


# The week


@pytest.mark.clause("XX-4.3.8")
def test_the_weeks_records_are_filed_in_one_act_and_the_rest_is_named(any_desk: Desk) -> None:
    desk = any_desk
    whole = [closed(desk) for _ in range(3)]
    lacking = a_repair(desk, upto="closed")
    filed = archive.file_week(desk.as_staff(ARCHIVIST), "2026-w47")
    assert set(whole) < set(filed.taken)
    assert [(one.number, one.lacks[0].name) for one in filed.left] == [(lacking, "register_line")]
    assert matter(desk, lacking).state == "closed"
    assert check(desk).findings == []
    with pytest.raises(archive.NothingReady):
        archive.file_week(desk.as_staff(ARCHIVIST))


@pytest.mark.clause("XX-4.3.10")
def test_what_changed_meanwhile_is_left_and_the_others_are_filed(desk: Desk) -> None:
    first, second = closed(desk), closed(desk)
    seen = {number: situation(desk, number).last for number in (first, second)}
    taken(desk, first, "send_back", staff=ARCHIVIST, back_why="缺签字")
    at = desk.as_staff(ARCHIVIST)
    result = at.perform("archive.week", lambda act: archive.take_in(act, seen))
    assert (list(result["together"]), result["kept"]) == ([second], [first])
    with pytest.raises(DeskError):
        at.perform("archive.week", lambda act: archive.take_in(act, {first: seen[first]}))


def test_records_of_a_later_week_are_not_filed_with_an_earlier_one(
    desk: Desk, clock: StoppedClock
) -> None:
    first = closed(desk)
    move_to(desk, "2026-11-24 10:00")
    second = closed(desk)
    assert {one.number for one in unfiled.records(desk, "2026-W47") if one.kind == "repair"} == {
        first
    }
    found = [one for one in unfiled.records(desk) if one.kind == "repair"]
    assert [(one.number, one.week) for one in found] == [(first, "2026-W47"), (second, "2026-W48")]


@pytest.mark.clause("XX-4.3.8")
def test_the_weeks_file_stands_in_the_queue_from_friday_noon_and_is_due_on_sunday(
    any_desk: Desk, clock: StoppedClock
) -> None:
    desk = any_desk
    closed(desk)
    move_to(desk, "2026-11-20 11:59")
    tick(desk)
    assert queue(desk, Wanted("weekfile")) == []
    move_to(desk, "2026-11-20 12:00")
    assert [one.what for one in tick(desk)].count("opened") >= 1
    tick(desk)
    (row,) = queue(desk, Wanted("weekfile"))
    assert row.due is not None
    assert (row.due.clause, row.due.due.astimezone(desk.zone).strftime("%a %H:%M")) == (
        "XX-4.3.8",
        "Sun 17:30",
    )
    filed = archive.file_week(desk.as_staff(ARCHIVIST))
    assert filed.closing == row.number
    facts = situation(desk, row.number).facts
    assert (facts["filed"], facts["left"]) == (len(filed.taken), 0)
    assert matter(desk, row.number).next_due is None
    assert check(desk).findings == []


def test_a_week_in_which_no_program_ran_gets_its_file_afterwards(
    desk: Desk, clock: StoppedClock
) -> None:
    closed(desk)
    move_to(desk, "2026-11-20 12:00")
    tick(desk)
    move_to(desk, "2026-11-25 10:00")
    closed(desk)
    move_to(desk, "2026-12-02 10:00")
    tick(desk)
    keys = sorted(row.key for row in rows_of(desk, Firing) if row.key.startswith("weekfile:"))
    assert keys == ["weekfile:2026-W47", "weekfile:2026-W48"]
    late = queue(desk, Wanted("weekfile"))[-1]
    assert late.due is not None
    assert late.due.due < desk.now()


def test_filing_is_not_counted_among_what_is_open(desk: Desk) -> None:
    number = closed(desk)
    before = counts(desk)
    in_archive(desk, number)
    assert counts(desk) == before
    running = [row for row in rows_of(desk, DeadlineRow) if row.ended is None]
    assert [row.name for row in running if row.matter == matter(desk, number).id] == []


def test_hundreds_are_filed_with_few_questions(desk: Desk) -> None:
    """Reading them costs a question for hundreds, and writing each only what it has to."""
    numbers = [closed(desk) for _ in range(6)]
    seen = {number: situation(desk, number).last for number in numbers}
    asked: list[str] = []

    @event.listens_for(desk.engine, "before_cursor_execute")
    def _(_c: Any, _k: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    at = desk.as_staff(ARCHIVIST)
    at.perform("archive.week", lambda act: archive.take_in(act, seen))
    reading = [one for one in asked if one.startswith("SELECT") and "step" in one]
    assert len(reading) == 1
    writing = [one for one in asked if one.startswith(("INSERT", "UPDATE"))]
    assert len(writing) <= 2 * len(numbers) + 6


def test_a_week_is_written_as_the_calendar_numbers_it() -> None:
    monday, sunday = days_of("2026-w1")
    assert (monday.isoformat(), sunday.isoformat()) == ("2025-12-29", "2026-01-04")
    assert week_of(sunday) == "2026-W01"
    for typed in ("", "47", "2026-W54", "2026-11", "上周"):
        with pytest.raises(BadWeek):
            days_of(typed)
