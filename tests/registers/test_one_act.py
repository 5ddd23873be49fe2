"""Several verbs in one act: each knows what the one before it left, and nothing is asked twice.

* a typed line, from contact to audit line, is so many statements and no more
* steps of one act follow each other as steps of several do
* the words that lists show are the last ones said
"""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlmodel import col

from tests.factories import PAID, a_repair, matter, rows_of, situation, steps
from wuye_tui.desk import Desk
from wuye_tui.registers import matters, proposals, records
from wuye_tui.registers.checking import check
from wuye_tui.rules.refusals import OutOfOrder
from wuye_tui.store.acts import Act, Result, new_key
from wuye_tui.store.tables import Audit, Private, StepRow

MOST_STATEMENTS = 24


def statements(desk: Desk, work: Any) -> Counter[str]:
    """What the database was asked while this was done."""
    asked: Counter[str] = Counter()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked[" ".join(statement.split()[:3])] += 1

    event.listen(desk.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(desk.engine, "before_cursor_execute", note)
    return asked


def test_a_typed_line_asks_the_database_no_more_than_it_has_to(desk: Desk) -> None:
    line = proposals.understand(desk, "3-1-502 厨房水龙头漏水 马上")
    asked = statements(
        desk, lambda: desk.perform("call.add", lambda act: proposals.accept(act, line), new_key())
    )
    assert sum(asked.values()) <= MOST_STATEMENTS, asked
    assert check(desk).findings == []


def test_a_note_on_a_slip_does_not_touch_what_it_leaves_as_it_is(desk: Desk) -> None:
    number = a_repair(desk, upto="working")
    asked = statements(
        desk,
        lambda: desk.perform("n", lambda act: matters.take(act, number, "note", note="带梯子")),
    )
    assert not any(
        "visit" in what or "deadline" in what.split()[-1]
        for what in asked
        if not what.startswith("SELECT")
    ), asked


def test_steps_of_one_act_follow_each_other(any_desk: Desk) -> None:
    def night(act: Act) -> Result:
        number = str(matters.start(act, "repair", unit="3-1-502", text="漏水")["number"])
        matters.take(act, number.lower(), "issue", **PAID)
        matters.take(act, f" {number}", "notify", whom="工程部", how="phone")
        return matters.undo(act, number)

    number = str(any_desk.perform("night", night)["number"])
    assert [step.verb for step in steps(any_desk, number)] == [
        "register",
        "issue",
        "notify",
        "undo",
    ]
    assert situation(any_desk, number).state == matter(any_desk, number).state == "issued"
    [line] = rows_of(any_desk, Audit, col(Audit.what) == "night")
    assert {row.act for row in rows_of(any_desk, StepRow)} == {line.key}
    assert check(any_desk).findings == []


def test_a_step_out_of_order_in_the_same_act_is_refused_and_nothing_stays(desk: Desk) -> None:
    def wrong(act: Act) -> Result:
        number = str(matters.start(act, "repair", unit="3-1-502", text="漏水")["number"])
        return matters.take(act, number, "collect", collector="GC03")

    with pytest.raises(OutOfOrder):
        desk.perform("wrong", wrong)
    assert rows_of(desk, StepRow) == []
    assert rows_of(desk, Private) == []


def test_what_an_act_remembers_is_what_the_next_one_reads(any_desk: Desk) -> None:
    number = a_repair(any_desk, upto="assigned")
    with any_desk.act("note") as act:
        matters.take(act, number, "note", note="带梯子")
        matters.take(act, number, "hold", hold="parts")
        remembered = records.load(act, number)
    with any_desk.act("look") as act:
        assert records.load(act, number) == remembered


def test_the_words_that_lists_show_are_the_last_ones(any_desk: Desk) -> None:
    def corrected(act: Act) -> Result:
        number = str(matters.start(act, "repair", unit="3-1-502", text="漏水")["number"])
        return matters.take(act, number, "correct", caller="陈先生")

    number = str(any_desk.perform("x", corrected)["number"])
    found = matter(any_desk, number)
    with any_desk.read() as session:
        name = session.execute(
            select(col(Private.name)).where(col(Private.owner) == found.id, col(Private.n) == 0)
        ).scalar_one()
    assert name == "陈先生"
    assert check(any_desk).findings == []
