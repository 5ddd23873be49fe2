"""A time typed into a form: until three is three, and a sentence is no time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from screens.moments import read
from wuye_tui.rules.clock import UnreadableMoment

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 19, 2, 20, tzinfo=UTC)  # 10:20 in the office


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("下午三点", "15:00"), ("下午三点前", "15:00"), ("三点前", "15:00"),
        ("今天下午6点前", "18:00"), ("15:30", "15:30"), ("下午3点后", "15:00"),
    ],
)  # fmt: skip
def test_until_three_is_three(typed: str, clock: str) -> None:
    assert f"{read(typed, NOW, ZONE).astimezone(ZONE):%H:%M}" == clock


@pytest.mark.parametrize("typed", ["三点前恢复供水请大家储水", "不知道", "下午三点左右吧大概"])
def test_a_sentence_around_a_time_is_no_time(typed: str) -> None:
    with pytest.raises(UnreadableMoment):
        read(typed, NOW, ZONE)
