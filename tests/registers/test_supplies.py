"""A supply that is off without a notice: nobody is answered, and many homes are not one fault."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.factories import started
from tests.registers.lines_taken import last, typed
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, hearing, supplies
from wuye_tui.rules.clock import StoppedClock


@pytest.mark.parametrize(
    ("line", "supply"),
    [
        ("3-1-502 怎么停水了", "water"),
        ("3-1-502 为什么没水了", "water"),
        ("1203 停水了吗 几点来水", "water"),
        ("3-1-502 没水了", "water"),
        ("3-1-502 停电了", "power"),
        ("3-1-502 什么时候来电", "power"),
        ("3-1-502 怎么没气了", "gas"),
        ("3-1-502 为什么暖气不热", ""),  # a repair with a trouble, asked about as one
        ("3-1-502 没暖气", "heating"),
        ("3-1-502 怎么断网了", ""),
        ("3-1-502 断网了", "net"),
        # a fault of one home, another question, another kind
        ("3-1-502 密码锁没电", ""),
        ("3-1-502 没电跳闸推不上", ""),
        ("3-1-502 没热水", ""),
        ("3-1-502 水费没交会停水吗", ""),
        ("3-1-502 厨房漏水", ""),
        ("3-1-502 投诉停水没人管", ""),
        ("3栋502 没水", ""),
    ],
)
def test_which_supply_is_off_without_a_notice(desk: Desk, line: str, supply: str) -> None:
    found = hearing.understand(desk, line)
    if supply or found.unnoticed not in ("heating", "net"):
        assert found.unnoticed == supply


def test_a_question_that_no_notice_answers_is_not_answered(any_desk: Desk) -> None:
    typed(any_desk, "3-1-502 怎么停水了")
    row = last(any_desk)
    assert (row.category, row.outcome, row.is_answered) == (
        "enquiry", "unanswered+off:water", False,
    )  # fmt: skip
    typed(any_desk, "3-1-502 问物业费")
    assert last(any_desk).is_answered
    assert contacts.counted(any_desk, last(any_desk).number, any_desk.now()) == ("enquiry", 2)


def test_a_notice_that_holds_there_leaves_nothing_open(desk: Desk) -> None:
    started(desk, "notice", subject="water", department="engineering", text="停水", scope="3栋")
    assert hearing.understand(desk, "3-1-502 怎么停水了").unnoticed == ""
    assert hearing.understand(desk, "5-1-101 怎么停水了").unnoticed == "water"
    started(desk, "notice", subject="other", department="engineering", text="断网检修")
    assert hearing.understand(desk, "5-1-101 断网了").unnoticed == ""


def test_homes_are_counted_once_by_supply_and_for_an_hour(
    any_desk: Desk, clock: StoppedClock
) -> None:
    for line in ("3-1-501 没水了", "3-1-501 怎么停水了", "3-2-502 停水了吗", "停水了吗"):
        typed(any_desk, line)
    typed(any_desk, "5-1-101 停电了")
    assert hearing.understand(any_desk, "3-1-502 没水了").homes_off == 3
    assert hearing.understand(any_desk, "3-1-501 没水了").homes_off == 2
    assert hearing.understand(any_desk, "没水了").homes_off == 2
    typed(any_desk, "3-1-502 怎么没水了")
    assert supplies.of_call(any_desk, last(any_desk).number) == ("water", 3)
    clock.advance(timedelta(minutes=61).total_seconds())
    assert hearing.understand(any_desk, "3-1-502 没水了").homes_off == 1


def test_it_is_counted_by_the_index_on_the_hour(desk: Desk) -> None:
    with desk.read() as session:
        plan = session.execute(
            text("EXPLAIN QUERY PLAN " + str(supplies._HOMES)),
            {"site": desk.site, "since": desk.now(), "unit": "", "off": "x", "unit_1": "",
             "off_1": "x"},
        ).all()  # fmt: skip
    assert any("ix_contact_rang" in row[3] for row in plan), plan
