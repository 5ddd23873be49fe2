"""What to say on the telephone is one key away from the line (KF-16, LY-4.1.4)."""

import pytest

from tests.screens.consoles import console, on_duty
from wuye_tui.desk import Desk


@pytest.mark.clause("KF-16", "LY-4.1.4")
async def test_f1_at_the_line_says_what_to_say_in_the_offices_name(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("f2", "f1")
        assert "您好，思兰雅苑物业服务中心，我是李晓燕" in seen.text
        assert "不说：喂，找谁？" in seen.text
        await seen.press("escape", "f3", "f1")
        assert "物业服务中心，我是" not in seen.text


@pytest.mark.clause("KF-15")
async def test_whoever_begins_a_duty_is_told_to_look_at_themselves_first(desk: Desk) -> None:
    async with console(desk) as seen:
        await seen.press("f10")
        await seen.type("开始值班")
        await seen.press("enter")
        assert "开始值班。上岗自检：" in seen.screen.news
        assert "工牌" in seen.screen.news
        await seen.press("f1")
        assert "KF-15" in seen.text
