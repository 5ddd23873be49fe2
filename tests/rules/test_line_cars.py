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
        ("地库有辆浙AD12086停在我车位上，占了我的车位", "car 浙AD12086"),
        ("有车停在我家车位", "car "),
        ("车位被占了", "car "),
        ("3-1-502 车位被别人占了", "car "),
        ("3-1-502 我的车位被一辆白色奔驰停了", "car "),
        ("浙A12345停在3-1-502车位", "car 浙A12345"),
        ("3-1-502 我车位上停了一辆车", "car "),
        ("3-1-502 有车占了我家车位", "car "),
        ("有辆F61902停在我车位", "car F61902"),
        ("3-1-502 浙A12345停我车位了", "car 浙A12345"),
        ("3-1-502 浙AD12086占着我家的固定车位", "car 浙AD12086"),
        ("3-1-502 有车停在我家门口", "car "),
        ("有车堵在5栋门口 挪车", "car "),
        ("有车挡在5栋门口", "car "),
        ("一辆白色的车挡住我家门", "car "),
        ("消防通道堵了 一辆白车", "car "),
        ("消防通道被一辆面包车堵了", "car "),
        ("车库门口有辆车堵了", "car "),
        ("一辆货车堵了消防通道", "car "),
        # no car, or no plate
        ("消防通道堵了 一堆杂物", "repair "),
        ("车库门口下水道堵了", "repair "),
        ("路口堵车", "other "),
        ("挪车 13812345678", "car "),
        ("3-1-502 挪车", "car "),
        ("投诉 粤B12345 乱停", "complaint 粤B12345"),
        ("3-1-502 WIFI密码A12345 上不了网", "repair "),
        ("3-1-502 车库地漏堵了", "repair "),
        ("3-1-502 门堵住了 打不开", "repair "),
        ("3-1-502 灯坏 配件号F61902", "repair "),
        ("地库C-112车位上方滴水", "repair "),
        ("3-1-502 投诉有车占我车位", "complaint "),
        ("3-1-502 杂物占了我的车位", "complaint "),
        ("3-1-502 车位老是被占", "complaint "),
        ("3-1-502 有人占用消防通道", "complaint "),
        ("3-1-502 我的车停在车位上被刮了", "other "),
        ("3-1-502 车位灯坏了", "repair "),
        ("3-1-502 停在我家这层的电梯坏了", "repair "),
        ("3-1-502 车位地锁坏了", "repair "),
        ("3-1-502 车位漏水滴到我车上", "repair "),
    ],
)
def test_a_plate_is_read_as_it_is_said(line: str, read: str) -> None:
    u = parse(line, NOW, SHANGHAI)
    assert f"{u.kind} {u.plate or ''}" == read
