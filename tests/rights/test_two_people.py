"""What takes two people is refused to one, though they wear every hat there is.

The rest of the list is in docs/security.md, each with its test.
"""

import pytest

from tests.billing import CASHIER, MANAGER, NOVEMBER, charged, priced, run
from tests.factories import a_repair, rows_of, situation, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import bill_withdrawal, giving_back, spending
from wuye_tui.registers.signing import AloneLess, AloneVoid
from wuye_tui.rules.answers import SameSigner
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.payments import Tender
from wuye_tui.rules.refusals import GuardRefused
from wuye_tui.rules.rights import Hat
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Charge, Staff

EVERY = [hat.value for hat in Hat if hat is not Hat.SYSTEM]


def wearing_all(desk: Desk, number: str) -> Desk:
    """The desk, after somebody has been given every hat of the office."""

    def change(act: Act) -> Result:
        act.session.get_one(Staff, (act.site, number)).hats = EVERY
        return {}

    desk.perform("seed", change, system=True)
    return desk


@pytest.mark.clause("XX-4.2.5")
def test_nobody_verifies_a_repair_of_their_own(desk: Desk) -> None:
    number = a_repair(wearing_all(desk, "GC03"), upto="returned")
    with pytest.raises(GuardRefused) as refused:
        taken(desk, number, "verify", staff="GC03", finding="已修好")
    assert refused.value.clause == "XX-4.2.5"
    assert situation(desk, number).state == "returned"
    taken(desk, number, "verify", staff="KF05", finding="已修好")


@pytest.mark.clause("BX-13")
def test_a_refusal_on_the_spot_takes_worker_and_supervisor(desk: Desk) -> None:
    number = a_repair(wearing_all(desk, "GC03"), upto="on_site")
    alone = {"why": "嫌贵", "worker_sign": "GC03", "supervisor": "GC03"}
    with pytest.raises(SameSigner):
        taken(desk, number, "refuse", staff="GC03", **alone)
    with pytest.raises(DeskError):
        taken(desk, number, "refuse", staff="GC03", why="嫌贵", worker_sign="GC03")
    assert situation(desk, number).state == "on_site"
    taken(desk, number, "refuse", staff="GC03", **{**alone, "supervisor": "GC01"})


@pytest.mark.clause("KF-3.4")
def test_nobody_charges_less_alone(desk: Desk) -> None:
    cashier = wearing_all(desk, CASHIER).as_staff(CASHIER)
    charged(cashier, "3-1-502", 1000)
    (charge,) = (row.id for row in rows_of(cashier, Charge))
    for by, proven in ((CASHIER, (CASHIER,)), (MANAGER, ())):
        with pytest.raises(AloneLess):
            cashier.perform(
                "waive",
                lambda act, by=by, proven=proven: giving_back.waive(
                    act, charge, 100, "协商", by, proven
                ),
            )


@pytest.mark.clause("FW-4.3")
def test_nobody_takes_a_run_or_an_outlay_back_alone(desk: Desk) -> None:
    cashier = priced(wearing_all(desk, CASHIER))
    number = run(cashier, NOVEMBER)["number"]
    kind, money = cashier.reference.spending[0], Tender("cash", 100)
    done = cashier.perform("spend", lambda act: spending.spend(act, kind, money, "灯泡"))
    spent = str(done["number"])
    for by, proven in ((CASHIER, (CASHIER,)), (MANAGER, ())):
        with pytest.raises(AloneVoid):
            cashier.perform(
                "withdraw",
                lambda act, by=by, proven=proven: bill_withdrawal.withdraw(
                    act, number, "错了", by, proven
                ),
            )
        with pytest.raises(AloneVoid):
            cashier.perform(
                "unspend",
                lambda act, by=by, proven=proven: spending.unspend(act, spent, "记错", by, proven),
            )
