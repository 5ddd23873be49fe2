"""Times that do not suit, callers in no hurry, and days of which any will do.

"Now" is Thursday 2026-11-19 10:20 in Shanghai, or 23:21 on that day.
"""

import pytest

from tests.rules.lines_read import NOW, SHANGHAI, local
from wuye_tui.rules.line import Understood, parse
from wuye_tui.rules.line_asks import unclear

NIGHT = NOW.replace(hour=23, minute=21)


def read(words: str, late: bool = False) -> Understood:
    return parse(f"3-1-502 灯坏 {words}", NIGHT if late else NOW, SHANGHAI)


def when(u: Understood) -> str:
    return f"{local(u.appointment.start)}-{local(u.appointment.end)}" if u.appointment else ""


@pytest.mark.parametrize(
    "words",
    ["别明天来 明天没人", "明天别来", "明天不要来", "不要明天来", "明天家里没人", "明天我不在家",
     "明天下午没空", "周六不方便", "明天有事", "明天要出差", "千万别下午来", "明天9点不在家"],
)  # fmt: skip
def test_a_time_that_is_refused_is_not_booked_and_another_is_asked_for(words: str) -> None:
    u = read(words)
    assert (u.appointment, u.at_once, unclear(u)) == (None, False, ["when"])
    assert u.words == f"灯坏 {words}"


@pytest.mark.parametrize(
    "words",
    ["不急", "有空来看下 不急", "不着急", "不太急", "方便的时候来", "有时间再来", "慢慢来",
     "晚点来 先打电话",
     "过会儿来", "什么时候来都行"],
)  # fmt: skip
def test_who_is_in_no_hurry_is_asked_when(words: str) -> None:
    u = read(words)
    assert (u.appointment, u.at_once, u.urgent, unclear(u)) == (None, False, False, ["when"])


@pytest.mark.parametrize(
    "words",
    ["", "急", "马上来", "尽快来", "明天没人修就投诉", "今天没人管", "今天出门发现的",
     "早上没人的时候坏的",
     "水流不急", "不急诊", "周末来都行 不急", "明天下午来 上午没人", "现在有空",
     "马上来 不急的灯先不修"],
)  # fmt: skip
def test_nothing_is_asked_of_whoever_refuses_nothing(words: str) -> None:
    assert "when" not in unclear(read(words))


@pytest.mark.parametrize(
    ("words", "expected", "left"),
    [
        ("明天下午两点前不要来", "11-20.14:00-", "灯坏"),
        ("明天9点前没人", "11-20.09:00-", "灯坏"),
        ("明天两点以前不在家", "11-20.14:00-", "灯坏"),
        ("别明天来 后天来", "11-21.08:30-11-21.18:00", "灯坏 别明天来"),
        ("明天没人 后天上午来", "11-21.08:30-11-21.12:00", "灯坏 明天没人"),
        ("不要上午来 下午来", "11-19.13:30-11-19.18:00", "灯坏 不要上午来"),
        ("明天9点前来", "11-20.08:30-11-20.09:00", "灯坏"),
        ("特别明天来", "11-20.08:30-11-20.18:00", "灯坏 特别"),
    ],
)
def test_what_suits_is_booked(words: str, expected: str, left: str) -> None:
    u = read(words)
    assert (when(u), u.words, unclear(u)) == (expected, left, [])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("周五周六都行", "11-20.08:30-11-21.18:00"),
        ("明天后天都行", "11-20.08:30-11-21.18:00"),
        ("明天或者后天来", "11-20.08:30-11-21.18:00"),
        ("周六、周日上午都可以", "11-21.08:30-11-22.12:00"),
        ("周四周五上午", "11-19.10:20-11-20.12:00"),
        ("周六周四都行", "11-21.08:30-11-26.18:00"),
        ("明天和后天下午3点后", "11-20.15:00-"),
        ("改到周五或周六", "11-20.08:30-11-21.18:00"),
        ("明天9点改到后天下午3点", "11-21.15:00-11-21.15:00"),
        ("明天9点 后天没人", "11-20.09:00-11-20.09:00"),
        ("周五没人 周六来", "11-21.08:30-11-21.18:00"),
    ],
)
def test_of_two_days_that_are_offered_none_is_left_out(words: str, expected: str) -> None:
    u = read(words)
    assert when(u) == expected
    assert unclear(u) == []


@pytest.mark.parametrize(
    ("words", "expected", "past"),
    [
        ("下午三点以后都在家", "11-19.15:00-", True),
        ("9点以后都在家", "11-19.09:00-", True),
        ("晚上7点以后来", "11-19.23:21-", False),
        ("明天下午三点以后都在家", "11-20.15:00-", False),
        ("凌晨两点来", "11-20.02:00-11-20.02:00", False),
        ("凌晨2点以后来", "11-20.02:00-", False),
        ("今晚 凌晨两点来", "11-20.02:00-11-20.02:00", False),
        ("今天凌晨两点来", "11-19.02:00-11-19.02:00", True),
        ("明天凌晨两点来", "11-20.02:00-11-20.02:00", False),
    ],
)
def test_at_night_what_is_over_is_asked_about_and_small_hours_are_to_come(
    words: str, expected: str, past: bool
) -> None:
    u = read(words, late=True)
    assert (when(u), u.past) == (expected, past)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("明天晚上7点以后来", "11-20.19:00-"),
        ("后天下午三点后来人在家", "11-21.15:00-"),
        ("下午三点后来修", "11-19.15:00-"),
        ("明天9点来 家里有人", "11-20.09:00-11-20.09:00"),
    ],
)
def test_nothing_of_a_time_is_left_behind(words: str, expected: str) -> None:
    u = read(words)
    assert (when(u), u.words.removesuffix(" 家里有人")) == (expected, "灯坏")


def test_what_happened_afterwards_is_no_window() -> None:
    assert "后来又漏了" in read("上午9点修过后来又漏了").words
