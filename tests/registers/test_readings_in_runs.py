"""Readings that arrive while a month's bills are being prepared (FW-4.2): nothing of them is lost,
and no bill has half of them.
"""

from datetime import date
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import text

from tests.billing import CASHIER, OCTOBER, in_order, run
from tests.desks import second_desk
from tests.factories import rows_of
from tests.registers.test_meter_changes import HALLOWEEN, cashier, corrected, with_a_meter
from tests.registers.test_meters import kept
from wuye_tui.desk import Act, Desk, Result
from wuye_tui.registers import bill_inputs, bills, meter_changes, meters
from wuye_tui.registers.meter_refusals import AlreadyCharged
from wuye_tui.rules.meters import REGULAR
from wuye_tui.store.tables import Charge, Meter, MeterReading

__all__ = ["cashier"]


@pytest.mark.clause("FW-4.1", "FW-4.2")
def test_a_reading_that_arrives_in_a_run_is_kept_and_the_run_charges_nothing(cashier: Desk) -> None:
    late = cashier.as_staff(CASHIER)

    def arrives(_many: int) -> None:
        corrected(late, HALLOWEEN, 118_000)

    with pytest.raises(bill_inputs.InputsMoved, match="谁也不欠"):
        run(cashier, OCTOBER, told=arrives)
    assert rows_of(cashier, Charge) == []
    assert [one["state"] for one in bills.list_runs(cashier)] == ["abandoned"]
    assert kept(cashier)[-1][3] == 118_000, "what was read is not lost"
    run(cashier, OCTOBER)
    (line,) = [one for one in rows_of(cashier, Charge) if one.fee == "water"]
    assert line.fen == 18 * 400, "the whole of it, once"
    with pytest.raises(AlreadyCharged):
        corrected(cashier, HALLOWEEN, 119_000)
    assert in_order(cashier)


@pytest.mark.clause("FW-4.2")
@pytest.mark.parametrize("what", ["taken away", "factor", "another meter"])
def test_whatever_changes_what_was_used_stops_the_run(cashier: Desk, what: str) -> None:
    def changes(_many: int) -> None:
        def work(act: Act) -> Result:
            if what == "taken away":
                act.delete(
                    MeterReading, {"meter": "3-1-502 水", "day": date(2026, 9, 30), "kind": REGULAR}
                )
            elif what == "factor":
                act.update(Meter, {"number": "3-1-502 水", "factor": 20})
            else:
                act.insert(Meter, {"number": "E-9", "unit": "3-1-501", "fee": "water"})
            return {}

        cashier.perform("test", work)

    with pytest.raises(bill_inputs.InputsMoved):
        run(cashier, OCTOBER, told=changes)


@pytest.mark.pg
@pytest.mark.clause("FW-4.2")
def test_a_reading_that_is_not_saved_yet_when_the_run_is_published_stops_it_too(
    pg_desk: Desk, tmp_path: Path
) -> None:
    at = with_a_meter(pg_desk, tmp_path)
    inside = Event()

    def reads() -> None:
        def work(act: Act) -> Result:
            done = meter_changes.correct(act, "3-1-502", HALLOWEEN, 118_000, "抄错")
            inside.set()
            for _ in range(10_000):  # until the run waits to be published
                waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if act.session.execute(waits).scalar_one():
                    return done
            raise AssertionError("nobody waited")

        second_desk(at, CASHIER).perform("readings.correct", work)

    reader = Thread(target=reads)

    def arrives(_many: int) -> None:
        reader.start()
        assert inside.wait(20)

    with pytest.raises(bill_inputs.InputsMoved):
        run(at, OCTOBER, told=arrives)
    reader.join(20)
    assert kept(at)[-1][3] == 118_000
    assert run(at, OCTOBER, "water")["amount_fen"] == 18 * 400


def test_a_reading_of_a_month_to_come_stops_no_run(cashier: Desk) -> None:
    def arrives(_many: int) -> None:
        cashier.perform(
            "readings.add", lambda act: meters.add(act, "3-1-502", 118_000, date(2026, 11, 2))
        )

    assert run(cashier, OCTOBER, told=arrives)["lines"] == 7
