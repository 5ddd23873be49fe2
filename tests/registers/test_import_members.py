"""A list of families: members come in, and the owner whom it names stays as known."""

from pathlib import Path

from tests.registers.test_imports import File
from wuye_tui.desk import Desk
from wuye_tui.registers.people import everybody

NAMES = ("房号", "户主", "成员姓名", "与户主关系", "电话")


def test_an_owner_who_is_only_named_is_unchanged(desk: Desk, tmp_path: Path) -> None:
    file = File(desk, tmp_path)
    file.bring("units", ("房号",), ("9-1-501",))
    file.bring("people", ("房号", "业主姓名", "电话"), ("9-1-501", "陶凤英", "13800001007"))
    row = ("9-1-501", "陶凤英", "吕磊", "妻", "17787139191")
    assert file.bring("people", NAMES, row) == (1, 0, 1)
    assert file.bring("people", NAMES, row) == (0, 0, 2)
    home = [one for one in everybody(file.desk) if one["unit"] == "9-1-501"]
    assert sorted((one["name"], one["role"]) for one in home) == [
        ("吕磊", "family"),
        ("陶凤英", "owner"),
    ]
