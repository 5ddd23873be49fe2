"""A list of new telephones changes those of people who are known, and takes nobody in."""

from pathlib import Path

from tests.registers.test_imports import File
from wuye_tui.desk import Desk
from wuye_tui.registers.people import everybody

KNOWN = ("房号", "姓名", "身份", "电话")
NEW = ("房号", "姓名", "旧电话", "新电话")


def test_only_whoever_is_known_gets_a_new_telephone(desk: Desk, tmp_path: Path) -> None:
    file = File(desk, tmp_path)
    file.bring("units", ("房号",), ("9-1-501",))
    owner = ("9-1-501", "陶凤英", "业主", "13800001007")
    file.bring("people", KNOWN, owner, ("9-1-501", "吕磊", "租客", "13800001008"))
    plan = file.plan(
        "people",
        NEW,
        ("9-1-501", "陶凤英", "13800001007", "13900002221"),
        ("9-1-501", "吕磊", "13800001008", "13900002222"),
        ("9-1-501", "查无此人", "13800001009", "13900002223"),
    )
    assert (plan.new, plan.changed) == (0, 2), "the tenant is known as a tenant"
    assert [(bad.row_number, bad.column) for bad in plan.bad] == [(4, "姓名")]
    assert "没有登记这个人" in plan.bad[0].reason
    file.apply(plan, skip_bad=True)
    home = [one for one in everybody(file.desk) if one["unit"] == "9-1-501"]
    assert sorted(one["role"] for one in home) == ["owner", "tenant"]
