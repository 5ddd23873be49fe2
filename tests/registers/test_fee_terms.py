"""The terms of single units: who may have less, whose a space is, and how a term ends (KF-3.4)."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.billing import (
    A_MONTH,
    CASHIER,
    CLERK,
    MANAGER,
    NOVEMBER,
    OCTOBER,
    in_order,
    owes,
    priced,
    run,
)
from tests.factories import rows_of
from wuye_tui.desk import Desk
from wuye_tui.registers import bills, fee_terms, fees
from wuye_tui.registers.signing import AloneLess, NoReason, WhyLess
from wuye_tui.rules.errors import UnknownUnit
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.spaces import SpaceNotSaid, TwoPlates
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Audit, FeeTerm, Private

UNIT, NEIGHBOUR = "3-1-502", "3-1-501"
NEW_YEAR = date(2026, 1, 1)
LESS: dict[str, Any] = {
    "percent": 50, "why": "空置", "approver": MANAGER, "proven": (MANAGER,),
}  # fmt: skip


def term(desk: Desk, *given: Any, **more: Any) -> Any:
    return desk.perform("fees.term", lambda act: fee_terms.add_term(act, *given, **more))


def end(desk: Desk, unit: str, fee: str, on: date, why: str = "住人了", **more: Any) -> Any:
    return desk.perform(
        "fees.end_term", lambda act: fee_terms.end_term(act, unit, fee, on, why, **more)
    )


def parked(desk: Desk) -> Desk:
    """The cashier's desk, with a price for spaces."""
    cashier = priced(desk)
    cashier.perform("fees.set", lambda act: fees.set_price(act, "parking", 800_000, NEW_YEAR))
    return cashier


def space(desk: Desk, unit: str, subject: str, begins: date = NEW_YEAR, **more: Any) -> Any:
    return term(desk, unit, "parking", "space", begins, subject=subject, **more)


@pytest.mark.clause("KF-3.4")
def test_whoever_pays_less_does_so_for_a_reason_that_a_manager_signed(desk: Desk) -> None:
    cashier = priced(desk)
    given = (UNIT, "management", "空置", date(2026, 10, 1))
    for wrong in ({"why": ""}, {"approver": ""}):
        with pytest.raises(WhyLess):
            term(cashier, *given, **{**LESS, **wrong})
    with pytest.raises(NotAllowed, match="批准少收"):
        term(cashier, *given, **{**LESS, "approver": CASHIER, "proven": (CASHIER,)})
    with pytest.raises(AloneLess, match="自己的密码"):
        term(cashier, *given, **{**LESS, "proven": ()})
    with pytest.raises(AloneLess):
        term(cashier.as_staff(MANAGER), *given, **LESS)
    assert rows_of(cashier, FeeTerm) == []
    term(cashier, *given, **LESS)
    (row,) = fee_terms.list_terms(cashier, UNIT)
    assert (row["share"], row["approver"]) == (5000, MANAGER)
    assert in_order(cashier)


@pytest.mark.parametrize("code", ["vacant", "discount"])
def test_less_says_how_much_is_charged(desk: Desk, code: str) -> None:
    cashier = priced(desk)
    with pytest.raises(fee_terms.ShareNotSaid, match="--percent"):
        term(cashier, UNIT, "management", code, NEW_YEAR, **{**LESS, "percent": None})
    assert rows_of(cashier, FeeTerm) == []


def test_a_space_has_its_price_and_no_percent_that_nobody_reckons_with(desk: Desk) -> None:
    cashier = parked(desk)
    with pytest.raises(fee_terms.SpaceIsWhole):
        space(cashier, UNIT, "B-115", **LESS)
    space(cashier, UNIT, "B-115", percent=100)


def test_a_parking_space_is_paid_for_once(desk: Desk) -> None:
    cashier = parked(desk)
    begins = date(2026, 10, 1)
    space(cashier, UNIT, "B-115", begins, ends=date(2026, 10, 20))
    with pytest.raises(fee_terms.SpaceTaken, match=UNIT):
        space(cashier, NEIGHBOUR, "B-115", begins)
    space(cashier, NEIGHBOUR, "B-115", date(2026, 10, 21))
    found = {one.fee: one.fen for one in bills.preview(cashier, OCTOBER).fees}
    assert found["parking"] == 8000 * 20 // 31 + 8000 * 11 // 31 + 1, "5161 and 2839: each rounded"


def test_a_space_given_up_and_taken_again_in_a_month_is_two_lines(desk: Desk) -> None:
    cashier = parked(desk)
    space(cashier, UNIT, "B-115", date(2026, 10, 1), ends=date(2026, 10, 10))
    space(cashier, UNIT, "B-115", date(2026, 10, 20))
    run(cashier, OCTOBER)
    lines = [one.debt for one in owes(cashier, UNIT).owed if one.debt.fee == "parking"]
    assert sorted(one.open_fen for one in lines) == [2581, 3097], "10 and 12 of 31 days"
    with pytest.raises(bills.NothingToBill):
        run(cashier, OCTOBER)
    assert in_order(cashier)


@pytest.mark.clause("KF-3.4")
@pytest.mark.parametrize(
    "typed", ["b115", "Ｂ－１１５", "B 115", "B-115 粤B67890", "粤B67890 b-115", "B–115 A88888"]
)
def test_a_space_is_the_same_however_it_is_written_and_whatever_car_stands_there(
    desk: Desk, typed: str
) -> None:
    cashier = parked(desk)
    space(cashier, UNIT, "B-115", plate="粤B12345")
    with pytest.raises(fee_terms.SpaceTaken, match=UNIT):
        space(cashier, NEIGHBOUR, typed)
    space(cashier, NEIGHBOUR, "B-11-5")
    assert in_order(cashier)


def test_space_and_plate_are_kept_apart_and_the_plate_not_in_the_record(desk: Desk) -> None:
    cashier = parked(desk)
    space(cashier, UNIT, "B-115 粤B12345")
    space(cashier, NEIGHBOUR, "地下 7", plate="粤B67890")
    found = {one["unit"]: (one["space"], one["plate"]) for one in fee_terms.list_terms(cashier)}
    assert found == {UNIT: ("B-115", "粤B12345"), NEIGHBOUR: ("地下 7", "粤B67890")}
    assert {row.subject for row in rows_of(cashier, FeeTerm)} == {"B-115", "地下 7"}
    assert in_order(cashier)


def test_a_space_without_its_number_could_be_given_away_twice(desk: Desk) -> None:
    cashier = parked(desk)
    for nothing in ("", "  ", "粤B12345"):
        with pytest.raises(SpaceNotSaid):
            space(cashier, UNIT, nothing)
    with pytest.raises(TwoPlates):
        space(cashier, UNIT, "B-1 粤B12345", plate="粤B12346")


@pytest.mark.parametrize("code", ["space", "nonsense", ""])
def test_a_term_that_makes_no_sense_is_refused(desk: Desk, code: str) -> None:
    cashier = priced(desk)
    with pytest.raises(fee_terms.UnknownTerm):
        term(cashier, UNIT, "management", code, NEW_YEAR)


# The end


@pytest.mark.clause("KF-3.4")
def test_a_term_ends_with_a_day_and_who_ended_it_stays(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    term(cashier, UNIT, "management", "vacant", date(2026, 10, 1), **LESS)
    run(cashier, OCTOBER)
    assert owes(cashier, UNIT).open_fen == A_MONTH // 2
    with pytest.raises(fee_terms.EndsInBilled, match="2026-10-31"):
        end(cashier, UNIT, "management", date(2026, 10, 30))
    with pytest.raises(NoReason, match="--why"):
        end(cashier, UNIT, "management", date(2026, 11, 15), why=" ")
    with pytest.raises(NotAllowed):
        end(cashier.as_staff(CLERK), UNIT, "management", date(2026, 11, 15))
    done = end(cashier, UNIT, "management", date(2026, 11, 15))
    assert (done["ends"], done["counted"]) == ("2026-11-15", True)
    (row,) = fee_terms.list_terms(cashier, UNIT)
    assert (row["begins"], row["ends"]) == (date(2026, 10, 1), date(2026, 11, 15))
    run(cashier, NOVEMBER)
    november = owes(cashier, UNIT).owed[-1].debt
    assert november.open_fen == 16446, "half of 219.275 for fifteen days, all of it for fifteen"
    with pytest.raises(fee_terms.NoSuchTerm, match="没有 2026-12-01 以后"):
        end(cashier, UNIT, "management", date(2026, 12, 1))
    with cashier.read() as session:
        audit = table_of(Audit).c
        line = session.execute(select(audit.by, audit.key).where(audit.what == "fees.end_term"))
        by, key = line.one()
        assert (by, session.get(Private, (cashier.site, key, 1)).words) == (CASHIER, "住人了")  # type: ignore[union-attr]
    assert in_order(cashier)


def test_an_end_never_makes_less_last_longer(desk: Desk) -> None:
    cashier = priced(desk)
    term(cashier, UNIT, "management", "vacant", date(2026, 12, 1), date(2026, 12, 31), **LESS)
    with pytest.raises(fee_terms.NoSuchTerm):
        end(cashier, UNIT, "management", date(2027, 6, 30))
    end(cashier, UNIT, "management", date(2026, 12, 10))


def test_what_was_wrong_and_is_not_billed_counts_on_no_day(desk: Desk) -> None:
    cashier = parked(desk)
    begins = date(2026, 12, 10)
    run(cashier, OCTOBER)
    term(cashier, UNIT, "management", "vacant", begins, **LESS)
    space(cashier, UNIT, "B-115", begins)
    end(cashier, UNIT, "management", date(2026, 10, 5))
    done = end(cashier, UNIT, "parking", date(2026, 12, 9), subject="b115")
    assert (done["ends"], done["counted"]) == ("2026-12-09", False)
    space(cashier, NEIGHBOUR, "B-115", begins)
    found = bills.preview(cashier, OCTOBER.later(2))
    assert [one.lines for one in found.fees if one.fee == "parking"] == [1]
    run(cashier, NOVEMBER)
    run(cashier, OCTOBER.later(2))
    december = {one.debt.fee: one.debt.open_fen for one in owes(cashier, UNIT).owed[-1:]}
    assert december == {"management": A_MONTH}
    assert in_order(cashier)


def test_of_several_it_is_said_which(desk: Desk) -> None:
    cashier = parked(desk)
    for subject in ("B-115", "B-116"):
        space(cashier, UNIT, subject)
    with pytest.raises(fee_terms.SeveralTerms, match=r"B-115.*B-116"):
        end(cashier, UNIT, "parking", date(2026, 12, 31))
    end(cashier, UNIT, "parking", date(2026, 12, 31), subject="B116")
    left = [one["space"] for one in fee_terms.list_terms(cashier) if one["ends"] is None]
    assert left == ["B-115"]
    with pytest.raises(fee_terms.UnknownTerm):
        end(cashier, UNIT, "parking", date(2026, 12, 31), code="nonsense")
    with pytest.raises(UnknownUnit):
        end(cashier, "99-9-999", "parking", date(2026, 12, 31))
