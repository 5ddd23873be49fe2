"""Cars in the way: plates as people say them, and what is about a car."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from wuye_tui.rules.line import parse

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 19, 10, 20, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("挪车 F61902", "car F61902"),
        ("挪车f61902", "car F61902"),
        ("AF61902 挡住车库了", "car AF61902"),
        ("挪车 61902", "car 61902"),
        ("挪车 尾号902", "car 902"),
        ("车牌A12345 让他挪一下", "car A12345"),
        ("3-1-502 A8M166挡路了", "car A8M166"),
        ("浙A12345 挡路了让他挪一下", "car 浙A12345"),
        ("浙A12345 堵在5栋门口", "car 浙A12345"),
        ("浙A12345占了我车位 让他挪一下", "car 浙A12345"),
        ("浙A12345 开走", "car 浙A12345"),
        ("有车堵在5栋门口 挪车", "car "),
        ("有车挡在5栋门口", "car "),
        ("一辆白色的车挡住我家门", "car "),
        # no car, or no plate
        ("挪车 13812345678", "car "),
        ("3-1-502 挪车", "car "),
        ("投诉 粤B12345 乱停", "complaint 粤B12345"),
        ("3-1-502 WIFI密码A12345 上不了网", "repair "),
        ("3-1-502 车库地漏堵了", "repair "),
        ("3-1-502 门堵住了 打不开", "repair "),
        ("3-1-502 灯坏 配件号F61902", "repair "),
        ("地库C-112车位上方滴水", "repair "),
    ],
)
def test_a_plate_is_read_as_it_is_said(line: str, read: str) -> None:
    u = parse(line, NOW, SHANGHAI)
    assert f"{u.kind} {u.plate or ''}" == read
