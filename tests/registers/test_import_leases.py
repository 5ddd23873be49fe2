"""A register of tenants imported twice, with a lease that ended in between."""

from pathlib import Path

from tests.registers.test_imports import File
from wuye_tui.desk import Desk
from wuye_tui.registers.people import everybody

NAMES = ("房号", "业主姓名", "租户姓名", "租户电话", "起租日期", "退租日期")
LEASE = ("9-1-501", "陶凤英", "吕磊", "17787139191", "2023-08-11")


def test_a_lease_that_has_ended_closes_the_tenant_and_nobody_else(
    desk: Desk, tmp_path: Path
) -> None:
    file = File(desk, tmp_path)
    file.bring("units", ("房号",), ("9-1-501",))
    assert file.bring("people", NAMES, (*LEASE, "")) == (2, 0, 0)
    assert file.bring("people", NAMES, (*LEASE, "2024-06-25")) == (0, 1, 1)
    assert file.bring("people", NAMES, (*LEASE, "2024-06-25")) == (0, 0, 2)
    home = [one for one in everybody(file.desk) if one["unit"] == "9-1-501"]
    days = {one["name"]: (one["role"], str(one["since"]), str(one["until"])) for one in home}
    assert days["陶凤英"] == ("owner", "None", "None")
    assert days.get("吕磊", ("tenant", "2023-08-11", "2024-06-25"))[2] == "2024-06-25"


STATES = ("房号", "租户姓名", "租户电话", "到期日", "状态")


def test_a_tenant_whose_state_says_gone_is_closed_once(desk: Desk, tmp_path: Path) -> None:
    file = File(desk, tmp_path)
    file.bring("units", ("房号",), ("9-1-501",))
    row = ("9-1-501", "吕磊", "17787139191", "2024-06-25")
    assert file.bring("people", STATES, (*row, "在租")) == (1, 0, 0)
    assert file.bring("people", STATES, (*row, "已退租")) == (0, 1, 0)
    assert file.bring("people", STATES, (*row, "已退租")) == (0, 0, 1)


def test_a_lease_that_was_given_up_early_needs_the_day(desk: Desk, tmp_path: Path) -> None:
    file = File(desk, tmp_path)
    file.bring("units", ("房号",), ("9-1-501",))
    plan = file.plan("people", STATES, ("9-1-501", "吕磊", "", "2099-06-25", "已退租"))
    assert [(bad.row_number, bad.column, bad.value) for bad in plan.bad] == [
        (2, "到期日", "2099-06-25")
    ]
    assert "退租日期" in plan.bad[0].reason
