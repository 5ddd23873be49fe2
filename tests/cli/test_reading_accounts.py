"""Who may see what units owe, at the command line as at the counter (FW-1.6)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.billing import OCTOBER, priced, run
from tests.cli.lines import Office, typed
from tests.desks import THURSDAY, settings_for
from tests.factories import on_duty
from tests.registers.test_pins import CHEAP, PIN
from wuye_tui.cli.main import run as run_line
from wuye_tui.desk import Desk, NobodyActs, open_desk
from wuye_tui.registers import office, pins, seeing_accounts
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.rights import GRANTS, Hat, Right
from wuye_tui.store.tables import Staff

__all__ = ["typed"]
NIGHT, CLERK, CASHIER, MANAGER = "ZB01", "KF01", "SF01", "ZJ01"
LISTS = (
    ("payments", "owed", "3-1-502"),
    ("payments", "statement", "3-1-502"),
    ("arrears", "list"),
    ("arrears", "show", "3-1-502"),
    ("arrears", "notice", "--building", "3"),
    ("bills", "list"),
    ("bills", "show", "CP-20261119-001"),
    ("bills", "report"),
    ("bills", "day"),
    ("receipts", "list"),
)


@pytest.fixture
def billed(typed: Office) -> Office:
    """The training office with October billed."""
    desk = open_desk(settings_for(typed.home), StoppedClock(typed.now))
    run(priced(desk.as_staff(CLERK)), OCTOBER)
    desk.engine.dispose()
    return typed


@pytest.mark.clause("FW-1.6")
@pytest.mark.parametrize("line", LISTS, ids=" ".join)
def test_the_night_sees_no_accounts_and_the_desk_and_finance_do(
    billed: Office, line: tuple[str, ...]
) -> None:
    ran = billed.type(*line, staff=NIGHT)
    assert (ran.status, ran.out, ran.err[:7]) == (1, "", "FW-1.6:")
    assert "冯涛 不能看欠费、收款，由" in ran.err
    assert "维修工" not in ran.err
    for staff in (CLERK, CASHIER, MANAGER):
        ran = billed.type(*line, staff=staff)
        assert (ran.status, ran.out != "" or line[0] == "receipts") == (0, True), staff


@pytest.mark.clause("FW-1.6")
def test_the_right_is_that_of_the_desk_finance_and_whoever_leads_them(desk: Desk) -> None:
    assert GRANTS[Right.ACCOUNTS].isdisjoint(
        {Hat.NIGHT, Hat.MAINTAINER, Hat.TRADE_DUTY, Hat.GUARD, Hat.CLEANER, Hat.DUTY_MANAGER}
    )
    on_duty(desk.at(StoppedClock(THURSDAY + timedelta(hours=9))), NIGHT)
    with pytest.raises(NotAllowed):  # though the desk is theirs now
        seeing_accounts.admit(desk.as_staff(NIGHT))
    with pytest.raises(NobodyActs):
        seeing_accounts.admit(desk.as_staff(""))
    seeing_accounts.admit(desk.as_staff(CASHIER))


def nobody(home: Path, *line: str) -> int:
    return run_line([*line, "--home", str(home)])


@pytest.mark.parametrize("line", LISTS[:-1], ids=" ".join)
def test_where_people_practise_nobody_need_say_who_they_are(
    billed: Office, line: tuple[str, ...]
) -> None:
    assert nobody(billed.home, *line, "--now", billed.now.isoformat()) == 0


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """The folder of an office that is no training office, whose two people have the same PIN."""
    settings = settings_for(tmp_path / "real")
    known = {"pin_hash": pins.hash_pin(PIN, CHEAP)}
    who = {"admin": "XZ01", "admin_name": "张敏"}
    desk = office.found(settings, name="真的", training=False, **who, **known)
    guard = {"number": "BA01", "name": "刘洋", "hats": ["guard"], **known}
    desk.perform("seed", lambda act: act.insert(Staff, guard) or {}, system=True)
    desk.engine.dispose()
    return settings.home


@pytest.mark.clause("FW-1.6")
@pytest.mark.parametrize("line", [("arrears", "list"), ("bills", "report"), ("receipts", "list")])
def test_at_a_real_office_somebody_says_who_they_are_and_proves_it(
    real: Path, line: tuple[str, ...], capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert nobody(real, *line) == 2
    assert "请加 --as 工号" in capsys.readouterr().err
    assert nobody(real, "tariff", "list") == 0, "what is nobody's secret needs nobody"
    capsys.readouterr()
    assert nobody(real, *line, "--as", "XZ01") == 2
    assert "要密码" in capsys.readouterr().err
    monkeypatch.setenv("WUYE_PIN", PIN)
    assert nobody(real, *line, "--as", "XZ01") == 0
    assert nobody(real, *line, "--as", "BA01") == 1
    assert "刘洋 不能看欠费、收款" in capsys.readouterr().err
