"""The rooms of a home."""

import pytest

from wuye_tui.rules.home import are_apart, rooms_named


def test_a_room_has_several_names() -> None:
    assert rooms_named("洗手间灯不亮") == rooms_named("厕所灯坏了")
    assert rooms_named("主卧卫生间漏水") > rooms_named("主卧漏水")


@pytest.mark.parametrize(
    ("ours", "theirs", "apart"),
    [
        ("客厅灯不亮", "洗手间灯不亮", True),
        ("客厅灯不亮", "灯不亮", False),
        ("客厅和主卧灯不亮", "主卧灯闪", False),
        ("厕所漏水", "卫生间漏水", False),
    ],
)
def test_a_fault_in_another_room_is_another_one(ours: str, theirs: str, apart: bool) -> None:
    assert are_apart(ours, theirs) is apart
