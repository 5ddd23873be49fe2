"""Arrears and dunning at a desk (FW-13, FW-4.1, KF-3.4): who owes, what is said, what was promised,
what is seen first, and what ends by itself when it is paid.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.billing import (
    A_MONTH,
    CASHIER,
    CLERK,
    HOMES,
    MANAGER,
    NOVEMBER,
    OCTOBER,
    charged,
    in_order,
    owes,
    paid,
    priced,
    run,
)
from tests.desks import THURSDAY, second_desk, settings_for
from tests.factories import (
    local,
    matter,
    move_to,
    overdue,
    refused,
    rows_of,
    running,
    runs,
    situation,
    started,
    steps,
    taken,
    undone,
)
from tests.registers.test_site_in_every_query import watched, without_site
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import arrears, bills, counter, giving_back, home_visits, ticking
from wuye_tui.registers.overview import running_clocks
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import UnknownUnit
from wuye_tui.rules.refusals import GuardRefused, MissingAnswer, NoRight, UnknownMatter
from wuye_tui.settings import DATABASE
from wuye_tui.store.tables import Matter

UNIT = "3-1-502"
FINANCE, DESK_MANAGER = CASHIER, "KF04"


@pytest.fixture
def desk_(any_desk: Desk) -> Desk:
    """The clerk's desk; October and November are billed, October was due on the 25th and is 25 days
    overdue. It is 19 November, 10:20.
    """
    return billed(any_desk)


@pytest.fixture
def here(desk: Desk) -> Desk:
    """The same where the database does not matter."""
    return billed(desk)


def billed(desk: Desk) -> Desk:
    cashier = priced(desk)
    run(cashier, OCTOBER)
    run(cashier, NOVEMBER)
    return cashier.as_staff(CLERK)


def reminded(desk: Desk, unit: str = UNIT, way: str = "phone", **given: Any) -> str:
    told = {"way": way, "text": "说月底来交", **given}
    done = desk.perform("dunning.remind", lambda act: arrears.remind(act, unit, **told))
    return str(done["number"])


def refuses(work: Callable[[], Any]) -> tuple[str, str]:
    """The guard that refuses, and what it says."""
    with pytest.raises(GuardRefused) as refusal:
        work()
    return refusal.value.guard, str(refusal.value)


def row_of(desk: Desk, unit: str = UNIT) -> Any:
    return next((one for one in arrears.arrears(desk).rows if one.unit == unit), None)


def paying(desk: Desk, fen: int, unit: str = UNIT) -> None:
    paid(desk.as_staff(CASHIER), unit, ("cash", fen))


# The list


@pytest.mark.clause("FW-13", "KF-3.4")
def test_units_that_owe_stand_with_the_longest_overdue_first(desk_: Desk) -> None:
    paying(desk_, A_MONTH, "5-1-101")
    paying(desk_, 2 * A_MONTH, "3-1-501")
    charged(desk_.as_staff(CASHIER), "6-1-301", 1500)
    move_to(desk_, "2026-12-24 10:00")
    found = arrears.arrears(desk_)
    assert [(one.unit, one.days, one.open_fen, one.overdue_fen) for one in found.rows] == [
        (UNIT, 60, 2 * A_MONTH, 2 * A_MONTH),
        ("3-2-502", 60, 2 * A_MONTH, 2 * A_MONTH),
        ("6-1-301", 60, 2 * A_MONTH + 1500, 2 * A_MONTH + 1500),
        ("12-1-1203", 60, 2 * A_MONTH, 2 * A_MONTH),
        ("5-1-101", 29, A_MONTH, A_MONTH),
    ]
    # October 60 days, November 29, the card 35: charged on 19 November.
    (six,) = (one for one in found.rows if one.unit == "6-1-301")
    assert six.ages == (0, A_MONTH, A_MONTH + 1500, 0, 0, 0)
    assert (six.due, six.late_fen) == (date(2026, 10, 25), 329), "30 days of 0.05 % of 219.28"
    assert (found.units, found.left_out, found.total.ages) == (
        5, 0, (0, 5 * A_MONTH, 4 * A_MONTH + 1500, 0, 0, 0),
    )  # fmt: skip
    assert found.total.late_fen == sum(one.late_fen for one in found.rows) == 4 * 329


@pytest.mark.clause("FW-13")
def test_a_part_of_them_is_listed_and_the_last_row_is_of_all(here: Desk) -> None:
    paying(here, A_MONTH, "5-1-101")
    assert [one.unit for one in arrears.arrears(here, building="3栋").rows] == [
        "3-1-501", "3-1-502", "3-2-502",
    ]  # fmt: skip
    assert [one.unit for one in arrears.arrears(here, building="3-2").rows] == ["3-2-502"]
    few = arrears.arrears(here, limit=2)
    assert (len(few.rows), few.left_out, few.total.open_fen) == (2, 4, 11 * A_MONTH)
    for over, many in ((None, 6), (0, 5), (24, 5), (25, 0)):
        assert arrears.arrears(here, over).units == many, over
    with pytest.raises(home_visits.UnknownBuilding):
        arrears.arrears(here, building="99")


@pytest.mark.clause("FW-4.1")
def test_what_is_not_published_waived_or_a_repairs_is_no_arrear(here: Desk) -> None:
    cashier = here.as_staff(CASHIER)
    before = arrears.arrears(here).total.open_fen
    lines = [one for one in rows_of(cashier, bills.Charge) if one.period == "2026-11"]

    def in_preparation(act: Any) -> dict[str, Any]:
        number = lines[0].run
        act.update(bills.BillRun, {"number": number, "state": bills.PREPARING})
        return {}

    cashier.perform("test", in_preparation)
    assert arrears.arrears(here).total.open_fen == before - 6 * A_MONTH
    cashier.perform("test", lambda act: act.update(
        bills.BillRun, {"number": lines[0].run, "state": bills.PUBLISHED}) or {})  # fmt: skip
    charge = owes(here, UNIT).owed[0].debt.charge
    cashier.perform(
        "bills.waive", lambda act: giving_back.waive(act, charge, A_MONTH, "质量问题", MANAGER)
    )
    assert row_of(here).ages == (A_MONTH, 0, 0, 0, 0, 0)
    assert row_of(here).days == 0


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("pay"), st.sampled_from(HOMES), st.integers(1, 60_000)),
        st.tuples(st.just("charge"), st.sampled_from(HOMES), st.integers(1, 9_999)),
        st.tuples(st.just("wait"), st.integers(1, 50), st.just(0)),
    ),
    max_size=8,
)


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(moves=MOVES)
@pytest.mark.clause("FW-4.1")
def test_the_list_and_the_account_agree_to_the_fen(
    moves: list[tuple[str, Any, int]], office_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "one"
    folder.mkdir(mode=0o700, exist_ok=True)
    copyfile(office_file, folder / DATABASE)
    clock = StoppedClock(THURSDAY)
    desk = billed(open_desk(settings_for(folder), clock).as_staff(CLERK))
    for what, who, fen in moves:
        if what == "wait":
            clock.advance(who * 86400)
        elif what == "charge":
            charged(desk.as_staff(CASHIER), who, fen)
        else:
            paid(desk.as_staff(CASHIER), who, ("wechat", fen), prepay=True)
    found = {one.unit: one for one in arrears.arrears(desk).rows}
    for unit in HOMES:
        account, row = owes(desk, unit), found.get(unit)
        assert account.open_fen == (row.open_fen if row else 0)
        assert account.late_fen == (row.late_fen if row else 0)
    whole = owes(desk, *HOMES)
    total = arrears.arrears(desk).total
    assert (total.open_fen, total.late_fen) == (whole.open_fen, whole.late_fen)
    desk.engine.dispose()


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


# What was promised


@pytest.mark.clause("FW-13")
def test_a_promise_comes_back_exactly_when_its_day_is_over(desk_: Desk) -> None:
    number = reminded(desk_)
    desk_.perform(
        "x", lambda act: arrears.take(act, UNIT, "promise", until="2026-11-25", amount="100")
    )
    (run_,) = runs(desk_, number, "promise")
    assert local(desk_, run_.due) == "2026-11-25 23:59:59"
    row = row_of(desk_).dunned
    assert (row.state, row.promised, row.promised_fen, row.late) == (
        "promised", date(2026, 11, 25), 10_000, False,
    )  # fmt: skip
    move_to(desk_, "2026-11-25 23:59:59")
    assert overdue(desk_, number) == set()
    assert not row_of(desk_).dunned.late
    assert ticking.tick(desk_.as_staff(CLERK)) is not None
    move_to(desk_, "2026-11-26 00:00:00")
    assert overdue(desk_, number) == {"promise"}
    assert row_of(desk_).dunned.late
    fired = [(one.what, one.number, one.name) for one in ticking.tick(desk_)]
    assert ("late", number, "promise") in fired
    (first,) = [one for one in queue(desk_, Wanted("dunning")) if one.number == number]
    assert (first.due.name, first.due.clause) == ("promise", "FW-13")  # type: ignore[union-attr]
    assert number in [one.number for one in running_clocks(desk_, overdue=True)]
    move_to(desk_, "2026-11-26 09:00")
    assert reminded(desk_, way="visit") == number
    assert running(desk_, number) == set()
    assert row_of(desk_).dunned.promised is None
    assert in_order(desk_)


@pytest.mark.clause("FW-13")
def test_whoever_promised_is_left_alone_and_may_promise_another_day(here: Desk) -> None:
    number = reminded(here)
    taken(here, number, "promise", until="2026-11-25")
    assert situation(here, number).facts["amount"] == A_MONTH, "all that is overdue"
    move_to(here, "2026-11-24 10:00")
    assert refuses(lambda: reminded(here, way="visit"))[0] == "still_promised"
    assert refused("FW-13", here, number, "promise", until="2026-11-23") == "past"
    taken(here, number, "promise", until="明天9点")
    undone(here, number)
    taken(here, number, "promise", until="2026-11-30")
    assert [local(here, one.due)[:10] for one in runs(here, number, "promise")][-1] == "2026-11-30"
    assert running(here, number) == {"promise"}


# What ends by itself


@pytest.mark.clause("FW-4.1", "FW-13")
def test_a_payment_of_all_that_is_overdue_ends_it_and_a_part_does_not(desk_: Desk) -> None:
    number, other = reminded(desk_), reminded(desk_, "3-1-501")
    taken(desk_, number, "promise", until="2026-11-25")
    paying(desk_, A_MONTH - 1)
    assert arrears.settle_paid(desk_) == 0
    assert refused("FW-4.1", desk_, number, "paid") == "still_owed"
    paying(desk_, 1)
    assert arrears.settle_paid(desk_) == 1
    was = situation(desk_, number)
    assert (was.state, was.outcome, steps(desk_, number)[-1].by) == ("paid", "paid", "system")
    assert [was.facts[name] for name in ("owed_fen", "overdue_fen")] == [A_MONTH, 0]
    assert running(desk_, number) == set()
    assert situation(desk_, other).state == "reminded"
    assert arrears.settle_paid(desk_) == 0
    assert row_of(desk_).dunned is None
    assert in_order(desk_)


@pytest.mark.clause("FW-4.1")
def test_whatever_settles_the_debt_ends_it_and_the_next_debt_begins_another(here: Desk) -> None:
    cashier = here.as_staff(CASHIER)
    first = reminded(here)
    paid(cashier, UNIT, ("cash", 3 * A_MONTH), prepay=True)
    assert arrears.settle_paid(here) == 1
    card = charged(cashier, UNIT, 3 * A_MONTH)["charge"]
    move_to(here, "2026-11-20 10:00")
    assert refuses(lambda: reminded(here))[0] == "too_soon", "by telephone yesterday"
    second = reminded(here, way="visit")
    assert second != first
    counter.use_all_prepaid(cashier)
    assert arrears.settle_paid(here) == 0
    cashier.perform(
        "bills.waive", lambda act: giving_back.waive(act, card, 2 * A_MONTH, "误收", MANAGER)
    )
    assert arrears.settle_paid(here) == 1
    assert {one.state for one in rows_of(here, Matter, Matter.kind == "dunning")} == {"paid"}


@pytest.mark.clause("FW-4.1")
def test_the_desk_may_end_it_by_hand(here: Desk) -> None:
    number = reminded(here)
    paying(here, A_MONTH)
    here.perform("x", lambda act: arrears.take(act, UNIT, "paid"))
    assert situation(here, number).state == "paid"
    assert arrears.settle_paid(here) == 0


def test_every_question_names_the_site_and_reads_no_settled_charge(here: Desk) -> None:
    with watched() as sent:
        reminded(here)
        arrears.arrears(here, 0, "3")
        arrears.show(here, UNIT)
        arrears.notices(here, "3")
        paying(here, A_MONTH)
        arrears.settle_paid(here)
    assert [wrong for one in sent if (wrong := without_site(one))] == []
    sums = [one for one in sent if "GROUP BY charge.unit" in one]
    assert sums
    assert all("settled_fen > " in one and "charge.run IN" in one for one in sums)


@pytest.mark.clause("FW-13")
def test_the_clockwork_ends_what_is_paid_before_it_calls_a_promise_late(here: Desk) -> None:
    first = reminded(here)
    move_to(here, "2026-11-20 10:00")
    arrears_promised(here, date(2026, 11, 20))
    paid(here.as_staff(CASHIER), UNIT, ("cash", 3 * A_MONTH), prepay=True)
    move_to(here, "2026-11-21 09:30")
    assert not any(one.number == first for one in ticking.tick(here))
    assert {one.state for one in rows_of(here, Matter, Matter.kind == "dunning")} == {"paid"}


def arrears_promised(desk: Desk, day: date) -> None:
    """A promise to pay on a day."""
    desk.perform(
        "dunning.promise", lambda act: arrears.take(act, UNIT, "promise", until=day.isoformat())
    )
