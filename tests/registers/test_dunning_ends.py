"""Promises, and what ends a dunning (FW-13, FW-4.1): what comes back, and what ends by itself."""

from datetime import date

import pytest

from tests.billing import A_MONTH, CASHIER, CLERK, MANAGER, charged, in_order, paid
from tests.dunnings import UNIT, desk_, here, paying, refuses, reminded, row_of
from tests.factories import (
    local,
    move_to,
    overdue,
    refused,
    rows_of,
    running,
    runs,
    situation,
    steps,
    taken,
    undone,
)
from tests.registers.test_site_in_every_query import watched, without_site
from wuye_tui.desk import Desk
from wuye_tui.registers import arrears, counter, giving_back, ticking
from wuye_tui.registers.overview import running_clocks
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.store.tables import Matter

__all__ = ["desk_", "here"]


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
        "bills.waive",
        lambda act: giving_back.waive(act, card, 2 * A_MONTH, "误收", MANAGER, (MANAGER,)),
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
