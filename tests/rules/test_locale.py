"""Days and amounts in the language in force."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from wuye_tui.rules.locale import amount, whole_day, whole_moment
from wuye_tui.words import speak

NOON = datetime(2026, 11, 19, 4, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _chinese_again() -> Iterator[None]:
    yield
    speak("zh")


@pytest.mark.parametrize(
    ("language", "day", "moment", "money"),
    [
        ("zh", "2026年11月19日星期四", "2026年11月19日星期四 12:05", "1,234.50元"),
        ("en", "Thursday, 19 November 2026", "Thursday, 19 November 2026 12:05", "1,234.50 yuan"),
    ],
)
def test_a_day_a_moment_and_an_amount(language: str, day: str, moment: str, money: str) -> None:
    speak(language)
    assert whole_day(date(2026, 11, 19)) == day
    assert whole_moment(NOON, ZoneInfo("Asia/Shanghai")) == moment
    assert amount(123450) == money
