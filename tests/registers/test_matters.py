"""The one writer of steps: what start and take write, and what they refuse.

* numbers are gapless by the day they are recorded, and grow past 999
* words about people lie beside the record and nowhere else; a snapshot stays when people move
* an act is all or nothing, however many steps it takes, and leaves one audit line
* the desk may write down what others did; nobody else may, and nobody for somebody who may not
"""

import sqlite3
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from tests.factories import (
    PAID,
    a_repair,
    children,
    matter,
    move_to,
    on_duty,
    rows_of,
    signatures,
    situation,
    started,
    step_rows,
    steps,
    taken,
    walk_to,
)
from wuye_tui.desk import Desk, NobodyActs, NoLongerHere
from wuye_tui.registers import matters, views
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import AmbiguousUnit, UnknownUnit
from wuye_tui.rules.refusals import (
    GuardRefused,
    MissingAnswer,
    NoRight,
    NotRecorder,
    OutOfOrder,
    SeveralStaff,
    UnknownAnswer,
    UnknownMatter,
    UnknownStaff,
    UnknownTariff,
    UnknownVerb,
)
from wuye_tui.store import engine as store
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Audit, Matter, Person, Private, Series, Staff

# Tables that are about people; nothing that follows may be found in any other.
ABOUT_PEOPLE = {"private", "person", "person_key", "unit", "unit_person", "staff"}


def test_numbers_follow_one_another_and_begin_anew_every_day(desk: Desk) -> None:
    assert [a_repair(desk), a_repair(desk)] == ["PG-20261119-001", "PG-20261119-002"]
    move_to(desk, "23:59:59")
    assert a_repair(desk) == "PG-20261119-003"
    move_to(desk, "2026-11-20 00:00")
    assert a_repair(desk) == "PG-20261120-001"


def test_the_number_is_of_the_day_it_is_recorded_not_of_the_day_it_happened(
    desk: Desk, clock: StoppedClock
) -> None:
    happened = clock.now()
    move_to(desk, "2026-11-20 09:00")
    number = a_repair(desk, happened=happened, paper=True)
    assert number == "PG-20261120-001"
    assert matter(desk, number).opened == happened


def test_a_refused_report_uses_no_number(desk: Desk) -> None:
    with pytest.raises(GuardRefused):
        started(desk, "repair", text="没有房号")
    assert a_repair(desk) == "PG-20261119-001"


def test_numbers_grow_past_999(desk: Desk) -> None:
    a_repair(desk)
    with store.write(desk.engine) as session:
        session.execute(
            update(Series)
            .where(col(Series.site) == desk.site, col(Series.name) == "PG")
            .values(last=999)
        )
    assert a_repair(desk) == "PG-20261119-1000"


def test_each_kind_has_its_own_series(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    order = started(desk, "order", department="finance", text="发票")["number"]
    assert (number, order) == ("PG-20261119-001", "GD-20261119-001")
    assert children(desk, number, "callback")[0].number == "HF-20261119-001"


def test_a_step_says_when_it_happened_when_it_was_recorded_and_by_whom(
    desk: Desk, clock: StoppedClock
) -> None:
    duty = on_duty(desk, "KF01")
    number = a_repair(desk, upto="assigned")
    happened = clock.now()
    clock.advance(1800)
    taken(desk, number, "arrive", happened=happened, doer="吴刚", worker="吴刚")
    row = step_rows(desk, number)[-1]
    assert (row.verb, row.frm, row.to, row.clause) == ("arrive", "assigned", "on_site", "BX-8")
    assert (row.happened, row.recorded) == (happened, clock.now())
    assert (row.by, row.doer, row.duty) == ("KF01", "GC04", duty)


def test_a_number_is_found_however_it_was_typed(desk: Desk) -> None:
    number = a_repair(desk)
    assert taken(desk, f" {number.lower()} ", "issue", **PAID)["number"] == number


def test_what_is_not_there_is_said_with_what_to_do(desk: Desk) -> None:
    number = a_repair(desk, upto="collected")
    cases: list[tuple[type[Exception], str, dict[str, Any]]] = [
        (UnknownVerb, "repaint", {}),
        (UnknownStaff, "assign", {"staff": "GC01", "worker": "路人"}),
        (UnknownAnswer, "assign", {"staff": "GC01", "worker": "李强", "colour": "red"}),
        (MissingAnswer, "assign", {"staff": "GC01"}),
    ]
    for error, verb, given in cases:
        with pytest.raises(error):
            taken(desk, number, verb, **given)
    with pytest.raises(UnknownMatter) as missing:
        taken(desk, "PG-20261119-999", "issue", **PAID)
    assert missing.value.exit_status == 4
    with pytest.raises(UnknownTariff):
        taken(desk, a_repair(desk), "issue", charge="paid", tariff="ZZ-99")


def test_a_step_out_of_order_names_the_steps_that_can_follow(desk: Desk) -> None:
    number = a_repair(desk)
    with pytest.raises(OutOfOrder, match=r"现在是「已登记」，不能领单.*开派工单") as refused:
        taken(desk, number, "collect", collector="李强")
    assert refused.value.clause == "BX-6"


def test_a_step_out_of_order_names_none_that_cannot_be_taken_now(desk: Desk) -> None:
    number = a_repair(desk, upto="collected")
    view = views.show(desk, number)
    hidden = {
        row.word
        for row in view.cycle.rows_from("collected")
        if row.moves and not row.auto and any(guard.hides for guard in row.guards)
    }
    open_ = {row.word for row in view.following}
    assert hidden - open_, "the slip is on tariff: nothing to quote"
    with pytest.raises(OutOfOrder) as refused:
        taken(desk, number, "verify", staff="KF05")
    for word in hidden - open_:
        assert word not in str(refused.value)
    assert "派工" in str(refused.value)


def test_nobody_takes_a_step_that_only_another_step_may_take(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    with pytest.raises(UnknownVerb):
        taken(desk, number, "called_back")
    with pytest.raises(UnknownVerb):
        taken(desk, children(desk, number, "callback")[0].number, "void")


def test_who_may_not_is_told_who_may(desk: Desk) -> None:
    number = a_repair(desk)
    with pytest.raises(NoRight, match=r"陈静 不能开派工单，这一步由客服专员.*来做"):
        taken(desk, number, "issue", staff="SF01", **PAID)


def test_the_desk_writes_down_for_the_worker_and_the_worker_is_the_doer(desk: Desk) -> None:
    number = a_repair(desk, upto="assigned")
    taken(desk, number, "arrive")
    assert (step_rows(desk, number)[-1].by, step_rows(desk, number)[-1].doer) == ("KF01", "GC03")


def test_the_desk_does_not_write_down_what_the_other_may_not_do(desk: Desk) -> None:
    number = a_repair(desk, upto="assigned")
    with pytest.raises(NoRight, match="陈静 不能到场"):
        taken(desk, number, "arrive", doer="陈静")


def test_only_the_desk_writes_down_for_others(desk: Desk) -> None:
    number = a_repair(desk, upto="assigned")
    with pytest.raises(NoRight):
        taken(desk, number, "arrive", staff="SF01", doer="GC03")
    with pytest.raises(NotRecorder, match="不能替别人记"):
        taken(desk, number, "arrive", staff="GC04", doer="GC03")
    with pytest.raises(NoRight):
        taken(desk, number, "countersign", doer="GC01", supervisor="GC01")


def test_who_has_left_or_never_was_takes_no_step(desk: Desk) -> None:
    number = a_repair(desk)
    with store.write(desk.engine) as session:
        session.execute(
            update(Staff)
            .where(col(Staff.site) == desk.site, col(Staff.number) == "KF02")
            .values(active=False)
        )
    with pytest.raises(NoLongerHere, match="KF02"):
        taken(desk, number, "issue", staff="KF02", **PAID)
    with pytest.raises(NoLongerHere, match="KF99"):
        taken(desk, number, "issue", staff="KF99", **PAID)
    with pytest.raises(NobodyActs):
        taken(desk.as_staff(""), number, "issue", **PAID)


def test_two_people_of_one_name_are_told_apart_by_their_numbers(desk: Desk) -> None:
    with store.write(desk.engine) as session:
        session.add(Staff(site=desk.site, number="GC09", name="李强", hats=["maintainer"]))
    number = a_repair(desk, upto="collected")
    with pytest.raises(SeveralStaff, match="GC03、GC09。请写工号"):
        taken(desk, number, "assign", staff="GC01", worker="李强")
    taken(desk, number, "assign", staff="GC01", worker="gc09")
    assert matter(desk, number).worker == "GC09"


def test_a_unit_that_may_be_two_is_asked_about_and_one_that_is_none_refused(desk: Desk) -> None:
    with pytest.raises(AmbiguousUnit) as several:
        a_repair(desk, unit="3-502")
    assert several.value.choices == ["3-1-502", "3-2-502"]
    with pytest.raises(UnknownUnit):
        a_repair(desk, unit="9-1-101")


def test_name_and_phone_are_the_units_own_unless_they_are_given(desk: Desk) -> None:
    facts = situation(desk, a_repair(desk)).facts
    assert (facts["caller"], facts["phone"]) == ("陈立", "13800001234")
    facts = situation(desk, a_repair(desk, caller="保姆王姐", phone="13900000000")).facts
    assert (facts["caller"], facts["phone"]) == ("保姆王姐", "13900000000")


def test_the_likely_item_and_the_warranty_are_proposed_not_decided(desk: Desk) -> None:
    facts = situation(desk, a_repair(desk, unit="5-1-101", text="地漏堵了")).facts
    assert (facts["likely_tariff"], facts["warranty"]) == ("SX-02", True)
    assert "charge" not in facts


def test_a_slip_keeps_the_name_and_phone_of_its_day_when_people_move(desk: Desk) -> None:
    number = a_repair(desk)
    with store.write(desk.engine) as session:
        session.execute(
            update(Person).where(col(Person.site) == desk.site).values(name="新住户", phone="1")
        )
    (snapshot,) = rows_of(
        desk, Private, col(Private.owner) == matter(desk, number).id, col(Private.n) == 0
    )
    assert (snapshot.name, snapshot.phone, snapshot.address, snapshot.words) == (
        "陈立",
        "13800001234",
        "3-1-502",
        "厨房水龙头漏水",
    )
    assert snapshot.phone_tail == "43210000831"


def test_words_about_people_lie_beside_the_record_and_nowhere_else(desk: Desk) -> None:
    number = a_repair(desk, caller="陈立", contact="陈太太", payer="陈老先生", upto="assigned")
    taken(desk, number, "urge", said="催第二遍了")
    taken(desk, number, "note", note="家里有大狗")
    walk_to(desk, number, "working")
    taken(
        desk, number, "finish", lines="SX-01", tried=True, refused_why="嫌太贵", witness="邻居老张"
    )
    walk_to(desk, number, "closed")
    said = "陈立 陈太太 陈老先生 13800001234 厨房水龙头漏水 催第二遍了 家里有大狗 嫌太贵 邻居老张"
    found = every_text(desk)
    for words in said.split():
        assert {table for table, text in found if words in text} <= ABOUT_PEOPLE, words
        assert any(words in text for table, text in found if table == "private"), words


def every_text(desk: Desk) -> list[tuple[str, str]]:
    """Every value of every table as text, with the table's name."""
    assert desk.settings.database_file is not None
    database = sqlite3.connect(desk.settings.database_file)
    tables = [
        name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
    ]
    found = []
    for table in tables:
        for row in database.execute(f'SELECT * FROM "{table}"'):
            found += [(table, str(value)) for value in row]
    database.close()
    return found


def test_steps_of_one_act_are_saved_together_with_one_audit_line(desk: Desk) -> None:
    def work(act: Act) -> Result:
        number = matters.start(act, "repair", unit="3-1-502", text="水龙头漏水")["number"]
        matters.take(act, number, "issue", **PAID)
        return matters.take(act, number, "notify", whom="工程部", how="phone")

    before = len(rows_of(desk, Audit))
    number = desk.perform("line", work)["number"]
    assert situation(desk, number).state == "notified"
    assert len({row.act for row in step_rows(desk, number)}) == 1
    assert len(rows_of(desk, Audit)) == before + 1
    assert check(desk).findings == []


def test_when_the_last_step_of_an_act_is_refused_none_is_saved(desk: Desk) -> None:
    def work(act: Act) -> Result:
        number = matters.start(act, "repair", unit="3-1-502", text="水龙头漏水")["number"]
        matters.take(act, number, "issue", **PAID)
        return matters.take(act, number, "close")

    before = len(rows_of(desk, Audit))
    with pytest.raises(OutOfOrder):
        desk.perform("line", work)
    assert rows_of(desk, Matter) == []
    assert len(rows_of(desk, Audit)) == before
    assert a_repair(desk) == "PG-20261119-001"


def test_one_act_may_move_a_slip_and_its_callback_and_the_slip_again(desk: Desk) -> None:
    number = a_repair(desk, upto="verified")
    (callback,) = children(desk, number, "callback")

    def work(act: Act) -> Result:
        matters.take(act, number, "note", note="现在打电话")
        matters.take(act, callback.number, "reach", satisfaction="fair")
        return matters.take(act, number, "close")

    assert desk.perform("close", work)["state"] == "closed"
    assert [step.verb for step in steps(desk, number)][-3:] == ["note", "called_back", "close"]
    assert check(desk).findings == []


def test_what_is_stored_beside_the_steps_is_what_follows_from_them(desk: Desk) -> None:
    number = a_repair(desk, urgent=True, at="2026-11-20 09:00")
    for state in ("issued", "notified", "collected", "assigned", "on_site", "working", "finished"):
        walk_to(desk, number, state)
        assert check(desk).findings == [], state
    assert signatures(desk, number)[8, "resident"].staff == ""


def test_a_child_knows_its_parent_and_where_it_came_from(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    (callback,) = children(desk, number, "callback")
    assert (callback.parent, callback.origin) == (number, number)
    assert situation(desk, callback.number).facts["phone"] == "13800001234"
