"""Dunning at a desk (FW-13, KF-3.4): what is said, by whom and when, and what is seen first."""

from datetime import date
from typing import Any

import pytest

from tests.billing import A_MONTH, CASHIER, MANAGER, in_order
from tests.desks import second_desk
from tests.dunnings import (
    DESK_MANAGER,
    FINANCE,
    UNIT,
    desk_,
    here,
    paying,
    refuses,
    reminded,
    row_of,
)
from tests.factories import matter, move_to, refused, situation, started, steps, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import arrears
from wuye_tui.rules.errors import UnknownUnit
from wuye_tui.rules.refusals import MissingAnswer, NoRight, UnknownMatter

__all__ = ["desk_", "here"]


# What is said


@pytest.mark.clause("FW-13", "KF-3.4")
def test_a_unit_is_reminded_once_more_by_the_same_command(desk_: Desk) -> None:
    number = reminded(desk_)
    assert number == "CJ-20261119-001"
    facts = situation(desk_, number).facts
    kept = ("owed_fen", "overdue_fen", "late_fen", "days")
    assert [facts[name] for name in kept] == [2 * A_MONTH, A_MONTH, 0, 25]
    assert (facts["caller"], facts["phone"]) == ("陈立", "13800001234"), "whom to call"
    move_to(desk_, "2026-11-26 10:00")
    assert reminded(desk_, way="wechat") == number
    was = situation(desk_, number)
    assert [was.facts[name] for name in kept] == [2 * A_MONTH, 2 * A_MONTH, 22, 32]
    row = row_of(desk_).dunned
    assert (row.number, row.level, row.verb, row.day) == (
        number, "again", "remind", date(2026, 11, 26),
    )  # fmt: skip
    assert in_order(desk_)


@pytest.mark.clause("FW-13")
def test_of_a_unit_one_is_open_even_where_two_desks_begin_it(here: Desk) -> None:
    number = reminded(here)

    def anew(act: Any) -> Any:
        act.known[arrears.arrears_facts.UNIT] = UNIT
        return arrears.matters.start(
            act, "dunning", unit=UNIT, way="visit", text="再来", origin="arrears"
        )

    name, said = refuses(lambda: second_desk(here).perform("dunning.register", anew))
    assert (name, number in said) == ("already", True)


@pytest.mark.clause("FW-13")
def test_it_begins_for_a_unit_that_the_register_has_looked_up_and_not_otherwise(here: Desk) -> None:
    name, _said = refuses(
        lambda: started(here, "dunning", unit=UNIT, way="phone", text="没有查过欠费")
    )
    assert name == "nothing_overdue"
    with pytest.raises(UnknownUnit):
        reminded(here, "9-9-909")
    with pytest.raises(MissingAnswer):
        reminded(here, text="")


@pytest.mark.clause("FW-13")
def test_nothing_is_said_to_who_owes_nothing_overdue(here: Desk) -> None:
    paying(here, A_MONTH)
    assert row_of(here).open_fen == A_MONTH, "November is not due"
    assert refuses(lambda: reminded(here))[0] == "nothing_overdue"
    shown = arrears.show(here, UNIT)
    assert (shown.level, shown.say, shown.account.open_fen) == (None, (), A_MONTH)
    move_to(here, "2026-11-25 19:59")
    assert refuses(lambda: reminded(here))[0] == "nothing_overdue", "the due day is in time"
    move_to(here, "2026-11-26 09:00")
    assert reminded(here).startswith("CJ-20261126")


@pytest.mark.clause("FW-13")
def test_the_hours_the_days_and_the_ways(here: Desk) -> None:
    move_to(here, "20:00")
    assert refuses(lambda: reminded(here))[0] == "quiet"
    move_to(here, "19:59")
    number = reminded(here)
    move_to(here, "2026-11-21 19:59")
    assert refuses(lambda: reminded(here))[0] == "too_soon"
    assert refused("FW-13", here.as_staff(FINANCE), number, "letter", way="hand") == "early"
    move_to(here, "2026-11-22 09:00")
    reminded(here)
    move_to(here, "2026-11-23 10:00")
    assert refused("FW-13", here.as_staff(FINANCE), number, "letter", way="hand") == "early"
    move_to(here, "2026-11-24 10:00")
    taken(here, number, "letter", staff=FINANCE, way="hand")
    assert situation(here, number).state == "lettered"


@pytest.mark.clause("FW-13")
def test_the_clerk_reminds_and_finance_writes_and_the_manager_has_it_last(desk_: Desk) -> None:
    number = reminded(desk_)
    move_to(desk_, "2026-11-24 10:00")
    with pytest.raises(NoRight, match="李晓燕 不能发催缴函"):
        taken(desk_, number, "letter", way="post")
    with pytest.raises(NoRight):
        taken(desk_, number, "stop", staff=FINANCE, why="搬走")
    taken(desk_, number, "letter", staff=FINANCE, way="post", text="限15日")
    reminded(desk_, way="visit")
    assert situation(desk_, number).state == "lettered"
    taken(desk_, number, "manager", staff=FINANCE, to_whom=DESK_MANAGER)
    assert matter(desk_, number).worker == DESK_MANAGER
    move_to(desk_, "2027-01-23 10:00")
    with pytest.raises(NoRight):
        taken(desk_, number, "lawyer", staff=FINANCE, way="post")
    taken(desk_, number, "lawyer", staff=DESK_MANAGER, way="post")
    taken(desk_, number, "stop", staff=DESK_MANAGER, why="法院已受理")
    assert row_of(desk_).dunned.state == "stopped"
    with pytest.raises(arrears.NotDunned):
        desk_.perform("x", lambda act: arrears.take(act, UNIT, "dispute", text="不欠"))
    assert in_order(desk_)


@pytest.mark.clause("KF-3.4")
def test_finance_reminds_and_hears_a_promise_as_the_desk_does_and_the_night_does_not(
    desk_: Desk,
) -> None:
    finance, night = desk_.as_staff(FINANCE), desk_.as_staff("ZB01")
    with pytest.raises(NoRight, match="冯涛 不能首次提醒"):
        reminded(night)
    number = reminded(finance)
    taken(finance, number, "promise", until="2026-11-25")
    move_to(desk_, "2026-11-26 10:00")
    assert reminded(finance, way="visit") == number
    assert [step.by for step in steps(desk_, number)] == [FINANCE] * 3


@pytest.mark.clause("FW-13")
def test_the_words_to_say_now(here: Desk) -> None:
    shown = arrears.show(here, "3栋1单元502")
    assert shown.level is not None
    assert (shown.level.code, shown.quiet, shown.from_day) == ("first", False, date(2026, 10, 26))
    assert shown.say[0] == (
        "陈立您好，这里是思兰雅苑物业服务中心。提醒您一下，"
        "3-1-502 2026-10的费用 219.28元 已经到期，您看什么时候方便缴？"
    )
    assert "在业主群里、公告栏上点名" in shown.never
    number = reminded(here)
    after = arrears.show(here, number)
    assert after.level is not None
    assert (after.unit, after.level.code, after.dunned.number) == (UNIT, "again", number)  # type: ignore[union-attr]
    move_to(here, "2027-03-01 21:00")
    later = arrears.show(here, UNIT)
    assert later.quiet
    assert "2026-10、2026-11的费用 438.56元" in later.say[0]
    with pytest.raises(UnknownMatter):
        arrears.show(here, "CJ-20261119-999")


def test_many_months_are_named_from_which_to_which(here: Desk) -> None:
    class Of:
        def __init__(self, period: str) -> None:
            self.debt = self
            self.period = period

    named: Any = [Of(f"2026-{n:02d}") for n in (3, 1, 2)]
    assert arrears.months(named) == "2026-01、2026-02、2026-03"
    named += [Of("2026-07"), Of("2026-11-19")]  # a late fee has a day
    assert arrears.months(named) == "2026-01 至 2026-07 共 4 个月"


@pytest.mark.clause("FW-13")
def test_a_notice_for_a_door_has_the_room_and_the_sum_and_nobodys_name(here: Desk) -> None:
    paying(here, A_MONTH, "3-1-501")
    reminded(here, "3-2-502")
    here.perform("x", lambda act: arrears.take(act, "3-2-502", "promise", until="2026-11-28"))
    complaint = started(here, "complaint", text="收费不清楚", unit=UNIT)["number"]
    found = arrears.notices(here, "3")
    assert [(one.unit, one.overdue_fen) for one in found] == [
        ("3-1-502", A_MONTH), ("3-2-502", A_MONTH),
    ]  # fmt: skip
    first = found[0]
    assert "3-1-502" in first.text
    assert "219.28元" in first.text
    assert not any(name in first.text for name in ("陈立", "3-2-502", "2026-10", "438.56"))
    assert (first.complaints, found[1].promised) == ((complaint,), date(2026, 11, 28))


# What is seen first


@pytest.mark.clause("FW-13")
def test_a_complaint_is_shown_and_named_before_anybody_is_reminded(desk_: Desk) -> None:
    complaint = started(desk_, "complaint", text="电梯老坏，不该收这么多", unit=UNIT)["number"]
    assert row_of(desk_).complaints == (complaint,)
    assert arrears.show(desk_, UNIT).complaints == (complaint,)
    name, said = refuses(lambda: reminded(desk_))
    assert (name, complaint in said) == ("complained", True)
    other = started(desk_, "complaint", text="太吵", unit="3-1-501")["number"]
    assert refuses(lambda: reminded(desk_, knowing=other))[0] == "complained"
    number = reminded(desk_, knowing=complaint)
    assert steps(desk_, number)[0].facts["knowing"] == complaint
    assert refuses(lambda: reminded(desk_, way="visit"))[0] == "complained", "each time anew"
    taken(desk_, number, "dispute", text="不认这个数", complaint=complaint)
    assert situation(desk_, number).state == "disputed"
    assert in_order(desk_)


@pytest.mark.clause("FW-13")
def test_one_that_is_over_or_turned_out_to_be_about_something_else_is_in_nobodys_way(
    here: Desk,
) -> None:
    unclear = started(here, "complaint", text="楼道脏", unit=UNIT)["number"]
    taken(here, unclear, "handle", apologised=True, remedy="派人打扫")
    taken(here, unclear, "answer", said="已打扫", cause="cleaning")
    assert row_of(here).complaints == (unclear,), "it is open, and shown"
    reminded(here)
    about = started(here, "complaint", text="账单不对", unit=UNIT)["number"]
    taken(here, about, "handle", apologised=True, remedy="核对")
    taken(here, about, "answer", said="已核对", cause="charges")
    assert refuses(lambda: reminded(here, way="visit"))[0] == "complained"
    dropped = started(here, "complaint", text="算错", unit="3-2-502")["number"]
    taken(here, dropped, "cancel", why="住户撤回")
    assert row_of(here, "3-2-502").complaints == ()
    reminded(here, "3-2-502")


@pytest.mark.clause("FW-M.9")
def test_nobody_sees_one_about_themselves_in_the_list_or_in_the_steps(desk_: Desk) -> None:
    complaint = started(desk_, "complaint", text="收费员态度差", unit=UNIT, about=CASHIER,
                        staff=MANAGER)["number"]  # fmt: skip
    cashier = desk_.as_staff(CASHIER)
    assert row_of(cashier).complaints == ()
    assert arrears.show(cashier, UNIT).complaints == ()
    assert arrears.notices(cashier, "3")[1].complaints == ()
    assert row_of(desk_).complaints == (complaint,)
    assert row_of(desk_.as_staff("")).complaints == ()
    number = reminded(desk_, knowing=complaint)
    assert complaint not in str([step.facts for step in steps(desk_, number)])
    move_to(desk_, "2026-11-24 10:00")
    taken(cashier, number, "letter", way="hand")
    with pytest.raises(UnknownMatter):
        taken(cashier, number, "letter", way="post", knowing=complaint)
