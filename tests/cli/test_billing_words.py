"""What lists of money say, and where there is no room for it: prices, ages, levels, fees."""

import pytest

from tests.billing import A_MONTH, CASHIER, MANAGER, OCTOBER, owes, paid, priced, run
from tests.cli.lines import Office, typed
from tests.desks import settings_for
from tests.factories import move_to
from wuye_tui.cli import output
from wuye_tui.desk import Desk, open_desk
from wuye_tui.rules.clock import StoppedClock

__all__ = ["typed"]
UNIT = "3-1-502"


@pytest.fixture
def office(typed: Office) -> Office:
    """The office with October billed, which is overdue."""
    desk = open_desk(settings_for(typed.home), StoppedClock(typed.now))
    run(priced(desk.as_staff("KF01")), OCTOBER)
    desk.engine.dispose()
    typed.staff = CASHIER
    return typed


def test_a_price_says_what_it_is_for_one_of(typed: Office) -> None:
    shown = {line.split()[0]: line for line in typed.type("fees", "list").out.splitlines()}
    for fee, per in (
        ("management", "㎡每月"), ("parking", "车位每月"), ("heating", "㎡每季"), ("water", "吨"),
        ("electricity", "度"),
    ):  # fmt: skip
        assert f" {per} " in shown[fee]
    assert "·" not in shown["card"] + shown["shared_power"]


def test_ages_are_whole_or_not_there(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def heads(cells: int) -> list[str]:
        monkeypatch.setattr(output, "across", lambda: cells)
        lines = office.type("arrears", "list", "--over", "0").out.splitlines()
        assert len(lines) == 1 + 6 + 1, "a line a unit, and the total"
        return lines[0].split()

    assert ("账龄" in heads(140), "最早到期" in heads(140)) == (True, True)
    assert ("账龄" in heads(60), "最早到期" in heads(60)) == (False, False)


def test_levels_and_fees_have_english_names(office: Office) -> None:
    shown = office.type("arrears", "show", UNIT, "--lang", "en")
    assert "首次提醒" not in shown.err
    for line in (("payments", "owed", UNIT), ("readings", "list"), ("bills", "report")):
        assert "Tariff item" not in office.type(*line, "--lang", "en").out


@pytest.mark.clause("KF-3.4")
def test_late_fees_left_out_of_a_part_are_due_with_the_rest(desk: Desk) -> None:
    """What the words at the counter say of it is true."""
    cashier = priced(desk)
    run(cashier, OCTOBER)
    move_to(cashier, "2027-03-01 10:00")
    late = owes(cashier, UNIT).late_fen
    less = {"late_why": "老人", "approver": MANAGER, "proven": (MANAGER,)}
    paid(cashier, UNIT, ("cash", A_MONTH - 100), **less)
    assert 0 < owes(cashier, UNIT).late_fen <= late
    paid(cashier, UNIT, ("cash", 100), **less)
    assert (owes(cashier, UNIT).open_fen, owes(cashier, UNIT).late_fen) == (0, 0)
