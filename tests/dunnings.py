"""Units that owe and are reminded: what the tests of arrears begin with."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.billing import CASHIER, CLERK, NOVEMBER, OCTOBER, paid, priced, run
from wuye_tui.desk import Desk
from wuye_tui.registers import arrears
from wuye_tui.rules.refusals import GuardRefused

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
