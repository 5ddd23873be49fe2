"""Today and tonight, said when hardly anything is left of them: somebody is wanted soon."""

from datetime import datetime

import pytest

from tests.rules.lines_read import NOW, SHANGHAI, local
from wuye_tui.rules.line import Understood, parse
from wuye_tui.rules.line_asks import unclear
from wuye_tui.rules.units_text import What

EVENING = NOW.replace(hour=20, minute=57)


def read(words: str, now: datetime = EVENING) -> Understood:
    return parse(f"3-1-502 卫生间灯坏了，{words}", now, SHANGHAI)


def hours(u: Understood) -> str:
    assert u.appointment
    return f"{local(u.appointment.start)}-{local(u.appointment.end)}"


@pytest.mark.parametrize(
    "words",
    ["今天必须来人", "今天来", "今日上门", "今天之内来人", "今天一定来人", "今天必须修好", "当天来",
     "今晚来", "今晚", "今天晚上过来", "晚上来", "晚上上门", "今晚能来"],
)  # fmt: skip
@pytest.mark.parametrize("minute", ["20:02", "20:57", "20:59", "21:00", "22:40"])
def test_what_is_nearly_over_is_as_soon_as_possible(words: str, minute: str) -> None:
    hour, _colon, minutes = minute.partition(":")
    u = read(words, NOW.replace(hour=int(hour), minute=int(minutes)))
    assert (u.appointment, u.at_once, u.past, unclear(u)) == (None, True, False, [])
    assert u.words == f"卫生间灯坏了，{words}", "the slip still says that it is for today"
    assert words.startswith(u.said(What.TODAY))


@pytest.mark.parametrize(
    ("words", "now", "expected"),
    [
        ("今晚来", "10:20", "11-19 18:00-11-19 21:00"),
        ("今晚来", "17:59", "11-19 18:00-11-19 21:00"),
        ("今晚来", "18:30", "11-19 18:30-11-19 21:00"),
        ("晚上过来", "20:00", "11-19 20:00-11-19 21:00"),
        ("今天来人", "17:00", "11-19 17:00-11-19 18:00"),
        ("今天来人", "07:00", "11-19 08:30-11-19 18:00"),
        ("今天晚上9点以后在家", "20:57", "11-19 21:00-"),
        ("半夜来", "20:57", "11-19 20:57-11-20 00:00"),
        ("明天来", "20:57", "11-20 08:30-11-20 18:00"),
        ("今天来不了 明天上午来", "20:57", "11-20 08:30-11-20 12:00"),
        ("今天或者明天上午来", "20:57", "11-20 08:30-11-20 12:00"),
        ("今天晚上9点半来", "20:57", "11-19 21:30-11-19 21:30"),
        ("上午来", "11:30", "11-19 11:30-11-19 12:00"),
    ],
)
def test_what_is_still_to_come_is_an_appointment(words: str, now: str, expected: str) -> None:
    hour, _colon, minutes = now.partition(":")
    u = read(words, NOW.replace(hour=int(hour), minute=int(minutes)))
    assert hours(u).replace(".", " ") == expected
    assert (u.at_once, unclear(u)) == (False, [])


@pytest.mark.parametrize(
    "words",
    ["今天上午来", "今天下午来", "今天9点", "今天9点来", "今晚8点来", "今天中午来人", "下午来",
     "今晚之前来", "今天来，9点", "上午10点来"],
)  # fmt: skip
def test_a_time_that_is_really_over_is_still_asked_about(words: str) -> None:
    u = read(words)
    assert (u.past, u.at_once, unclear(u)) == (True, False, ["past"])


@pytest.mark.parametrize(
    "words", ["今天停水", "今晚才发现", "今天坏的", "晚上灯不亮", "今天没来人"]
)
def test_when_it_happened_is_no_haste(words: str) -> None:
    u = read(words)
    assert (u.appointment, u.at_once, u.past) == (None, False, False)


def test_a_new_time_that_is_over_is_asked_about() -> None:
    u = parse("3-1-502 改到今晚", EVENING.replace(hour=21, minute=30), SHANGHAI)
    assert (u.kind, unclear(u)) == ("rebook", ["past"])


@pytest.mark.parametrize("words", ["尽快来人", "今天尽快来", "尽快派人来"])
def test_nothing_of_a_word_of_haste_is_left_behind(words: str) -> None:
    u = read(words)
    assert (u.at_once, "尽" in u.words) == (True, False)
