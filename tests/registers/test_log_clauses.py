"""A line of the duty manager's log by its clauses.

* a call stays with whoever took it, also after the duty, until it is solved or accepted by another
* a complaint that was said to the duty manager is followed to its callback
* checks, signs, penalties and proposals are final at once; a correction names what it corrects
"""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import (
    answer_callbacks,
    children,
    move_to,
    offers,
    on_duty,
    refused,
    situation,
    started,
    steps,
    taken,
    undone,
)
from wuye_tui.desk import Desk
from wuye_tui.registers.checking import check
from wuye_tui.registers.dutylog import day_log
from wuye_tui.registers.log_lines import Line
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.registers.views import show
from wuye_tui.rules.entries import AREAS, CATEGORIES, ENTRY
from wuye_tui.rules.refusals import (
    GuardRefused,
    MissingAnswer,
    NoRight,
    NothingToUndo,
    OtherKind,
    UnknownMatter,
    WrongPerson,
)

MANAGER = "KF03"
CALL = {"category": "help", "text": "楼上漏水", "unit": "3-1-502"}


@pytest.fixture
def manager(any_desk: Desk) -> Desk:
    """The desk with 孙丽 at it, who has just taken over as duty manager."""
    on_duty(any_desk, MANAGER, "duty_manager")
    return any_desk.as_staff(MANAGER)


@pytest.fixture
def here(desk: Desk) -> Desk:
    """The same where the database does not matter."""
    on_duty(desk, MANAGER, "duty_manager")
    return desk.as_staff(MANAGER)


def called(desk: Desk, **given: Any) -> str:
    return str(started(desk, "entry", **{**CALL, **given})["number"])


def written(desk: Desk, **given: Any) -> Any:
    return started(desk, "entry", "write", **{"text": "见现场", **given})


def line(desk: Desk, number: str) -> Line:
    (found,) = [one for one in day_log(desk).lines if one.number == number]
    return found


@pytest.mark.clause("ZB-3.3")
def test_calls_help_complaints_and_reports_are_taken_down(manager: Desk) -> None:
    numbers = [called(manager, category=code) for code, _word in CATEGORIES]
    assert numbers[0] == "ZR-20261119-001"
    assert {code for code, _word in CATEGORIES} == {"call", "help", "complaint", "report"}
    log = day_log(manager)
    assert [(one.number, one.what) for one in log.lines] == list(
        zip(numbers, dict(CATEGORIES), strict=True)
    )
    assert situation(manager, numbers[0]).facts["phone"] == "13800001234"
    assert check(manager).findings == []


@pytest.mark.clause("ZB-3.3")
def test_nobody_writes_the_log_who_is_not_duty_manager(here: Desk) -> None:
    for other in ("KF01", "GC01", "ZX01"):
        with pytest.raises(NoRight):
            called(here.as_staff(other))
    called(here.as_staff("ZJ01"))


@pytest.mark.clause("ZB-3.4")
def test_every_call_and_what_became_of_it_stands_in_the_log(here: Desk) -> None:
    number = called(here)
    here.clock.set(here.now() + timedelta(minutes=9))  # type: ignore[attr-defined]
    taken(here, number, "note", note="已上门看过")
    (opened,) = taken(here, number, "order", department="engineering", task="查漏水")["opened"]
    one = line(here, number)
    assert [step.facts["note"] for step in one.notes] == ["已上门看过"]
    assert one.opened == (opened,)
    assert show(here, opened).situation.facts["text"] == "查漏水"
    assert show(here, opened).situation.state == "issued"


@pytest.mark.clause("ZB-3.5")
def test_only_whoever_took_it_solves_it_also_when_the_duty_is_over(here: Desk) -> None:
    number = called(here)
    on_duty(here, "KF04", "duty_manager")
    move_to(here, "18:30")
    on_duty(here, "KF04", "duty_manager")
    other = here.as_staff("KF04")
    solved = {"result": "修好了", "reply": "已电话告知"}
    assert refused("ZB-3.5", other, number, "solve", **solved) == "holder"
    assert "solve" not in offers(here, number, "KF04")
    assert "solve" in offers(here, number, MANAGER)
    taken(here, number, "solve", **solved)
    assert situation(here, number).state == "solved"


@pytest.mark.clause("ZB-3.5", "NB-2")
def test_handing_on_moves_it_only_when_the_other_accepts(manager: Desk) -> None:
    number = called(manager)
    with pytest.raises(WrongPerson):
        taken(manager, number, "hand_on", to_whom="ZX01", why="x")
    assert refused("NB-2", manager, number, "hand_on", to_whom=MANAGER, why="x") == "to_the_same"
    taken(manager, number, "hand_on", to_whom="KF01", why="归前台跟")
    assert situation(manager, number).received == MANAGER
    assert refused("ZB-3.5", manager.as_staff("KF02"), number, "accept") == "not_offered"
    taken(manager, number, "decline", staff="KF01", why="忙")
    taken(manager, number, "hand_on", to_whom="KF02", why="归前台跟")
    taken(manager, number, "accept", staff="KF02")
    now = situation(manager, number)
    assert (now.received, now.facts["hands"]) == ("KF02", 1)
    assert {row.holder for row in queue(manager, Wanted("entry"))} == {"KF02"}
    assert refused("ZB-3.5", manager, number, "solve", result="x", reply="x") == "holder"
    taken(manager, number, "solve", staff="KF02", result="已处理", reply="已告知")
    assert check(manager).findings == []


@pytest.mark.clause("ZB-3.5")
def test_the_caller_is_told_how_it_ended_where_one_is_known(here: Desk) -> None:
    number = called(here)
    with pytest.raises(MissingAnswer):
        taken(here, number, "solve", result="修好了")
    nobody = called(here, unit="", place="大堂")
    taken(here, nobody, "solve", result="修好了")


@pytest.mark.clause("ZB-3.5", "ZB-4.1")
def test_it_is_not_solved_while_what_it_opened_is_not_done(here: Desk) -> None:
    number = called(here, unit="", place="大堂")
    (task,) = taken(here, number, "task", department="cleaning", task="擦水")["opened"]
    assert refused("ZB-3.5", here, number, "solve", result="x") == "order_open"
    taken(here, task, "receive", staff="ZX01", department="ZX01")
    taken(here, task, "finish", staff="ZX01", result="已擦")
    assert refused("ZB-3.5", here, number, "solve", result="x") == "order_open"
    taken(here, task, "recheck", finding="干了")
    taken(here, number, "solve", result="已擦干")


@pytest.mark.clause("ZB-4.7")
def test_a_complaint_becomes_a_form_and_is_followed_to_the_callback(manager: Desk) -> None:
    number = called(manager, category="complaint", text="楼道没人打扫")
    (form,) = taken(manager, number, "complaint", level="ordinary")["opened"]
    assert form.startswith("TS-")
    seen = show(manager, form)
    assert (seen.parent, seen.situation.received) == (number, MANAGER)
    assert seen.situation.facts["text"] == "楼道没人打扫"
    assert refused("ZB-4.7", manager, number, "complaint") == "one_form"
    solved = {"result": "已打扫", "reply": "已告知"}
    assert refused("ZB-4.7", manager, number, "solve", **solved) == "complaint_open"
    taken(manager, form, "handle", apologised=True, remedy="叫人扫")
    taken(manager, form, "answer", said="已扫", cause="cleaning")
    taken(manager, form, "verify", staff="KF05", finding="干净")
    assert refused("ZB-4.7", manager, number, "solve", **solved) == "complaint_open"
    answer_callbacks(manager, form)
    taken(manager, form, "close", staff="KF01")
    taken(manager, number, "solve", **solved)
    assert check(manager).findings == []


@pytest.mark.clause("ZB-4.7", "FW-M.9")
def test_a_complaint_about_one_of_the_staff_is_the_managers_and_hidden_from_them(
    here: Desk,
) -> None:
    number = called(here, category="complaint", text="师傅骂人")
    (form,) = taken(here, number, "complaint", about="GC03", level="serious")["opened"]
    for one in (number, form):
        assert situation(here, one).received == "KF04"
        with pytest.raises(UnknownMatter):
            show(here.as_staff("GC03"), one)
    assert [one.number for one in day_log(here).lines] == [number]
    assert day_log(here.as_staff("GC03")).lines == ()


@pytest.mark.clause("ZB-4.5")
def test_each_area_is_checked_and_is_in_order_or_given_to_a_department(here: Desk) -> None:
    assert [code for code, _word in AREAS] == [
        "energy", "equipment", "environment", "discipline", "appearance",
    ]  # fmt: skip
    for code, _word in AREAS:
        number = str(written(here, sort="check", area=code, sound="yes")["number"])
        assert situation(here, number).state == "written"
    with pytest.raises(MissingAnswer):
        written(here, sort="check", sound="yes")
    with pytest.raises(MissingAnswer):
        written(here, sort="check", area="energy")


@pytest.mark.clause("ZB-4.5", "ZB-4.7")
def test_what_is_not_in_order_is_given_to_a_department_or_was_settled(here: Desk) -> None:
    wrong = {"sort": "check", "area": "energy", "sound": "no", "text": "车库白天亮灯"}
    with pytest.raises(GuardRefused) as told:
        written(here, **wrong)
    assert (told.value.guard, told.value.clause) == ("unsent", "ZB-4.7")
    assert "opened" not in written(here, **wrong, settled="yes")
    made = written(here, **wrong, department="engineering", spot="garage")
    (task,) = made["opened"]
    seen = show(here, task)
    assert (seen.parent, seen.situation.state) == (made["number"], "issued")
    facts = seen.situation.facts
    assert (facts["text"], facts["place"]) == ("车库白天亮灯", "车库岗")


@pytest.mark.clause("BZ-4.1")
def test_a_sign_that_is_soiled_torn_or_missing_is_replaced_by_somebody(here: Desk) -> None:
    sign = {"sort": "signs", "spot": "roof_doors", "sign": "天台重地，非请勿进"}
    assert "opened" not in written(here, **sign, sign_state="good")
    for state in ("soiled", "torn", "missing", "pointless"):
        with pytest.raises(GuardRefused) as told:
            written(here, **sign, sign_state=state)
        assert (told.value.guard, told.value.clause) == ("bad_sign", "BZ-4.1")
    made = written(here, **sign, sign_state="missing", department="administration")
    (task,) = made["opened"]
    assert situation(here, task).facts["place"] == "天台门"


@pytest.mark.clause("ZB-4.6")
def test_penalties_and_proposals_say_who_why_and_how_much(here: Desk) -> None:
    about = {"whom": "ZX01", "because": "离岗十分钟"}
    for missing in ("whom", "because", "fine"):
        given = {**about, "fine": "50"}
        del given[missing]
        with pytest.raises(MissingAnswer):
            written(here, sort="penalty", **given)
    penalty = str(written(here, sort="penalty", **about, fine="50")["number"])
    assert situation(here, penalty).facts["fine"] == 5000
    praise = str(
        written(here, sort="proposal", **about, proposed="通报表扬", reward="100")["number"]
    )
    assert [one.number for one in day_log(here).penalties] == [penalty, praise]
    assert situation(here, praise).facts["reward"] == 10_000


@pytest.mark.clause("ZB-3.4")
def test_what_is_written_is_final_and_a_correction_names_it(manager: Desk) -> None:
    wrong = str(written(manager, sort="note", text="巡到北门")["number"])
    before = steps(manager, wrong)
    with pytest.raises(NothingToUndo):
        undone(manager, wrong)
    assert ENTRY.rows_from("written") == ()
    move_to(manager, "2026-11-20 09:00")
    right = str(started(manager, "entry", "correct", which=wrong, text="是南门")["number"])
    assert steps(manager, wrong) == before
    assert show(manager, right).parent == wrong
    assert show(manager, wrong).children == (right,)
    (today,) = [one for one in day_log(manager).lines if one.verb == "correct"]
    assert (today.number, today.corrects) == (right, wrong)
    yesterday = day_log(manager, manager.calendar.day_of(before[0].happened)).lines
    (old,) = [one for one in yesterday if one.number == wrong]
    assert [(one.number, one.text) for one in old.corrections] == [(right, "是南门")]
    assert check(manager).findings == []


@pytest.mark.clause("ZB-3.4")
def test_only_a_line_of_the_log_is_corrected_and_one_that_there_is(here: Desk) -> None:
    with pytest.raises(UnknownMatter):
        started(here, "entry", "correct", which="ZR-20261119-009", text="x")
    patrol = str(started(here, "patrol", what="duty_manager")["number"])
    with pytest.raises(OtherKind) as told:
        started(here, "entry", "correct", which=patrol, text="x")
    assert told.value.clause == "ZB-3.4"
    hidden = called(here, category="complaint", text="师傅骂人")
    taken(here, hidden, "complaint", about=MANAGER)
    with pytest.raises(UnknownMatter):
        started(here, "entry", "correct", which=hidden, text="x")


def test_two_corrections_of_one_line_are_both_shown_beside_it(here: Desk) -> None:
    wrong = str(written(here, sort="note", text="一")["number"])
    for said in ("二", "三"):
        started(here, "entry", "correct", which=wrong, text=said)
    assert [one.text for one in line(here, wrong).corrections] == ["二", "三"]
    assert children(here, wrong, "entry")
