"""A day is typed as people say it, and without its year it is the nearest one."""

from datetime import date

import pytest

from wuye_tui.rules.days import NoSuchDay, UnreadableDay, parse_day

TODAY = date(2026, 12, 10)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-05", date(2026, 12, 5)),
        ("2026/1/5", date(2026, 1, 5)),
        ("２０２６年１月５日", date(2026, 1, 5)),
        ("12-29", date(2026, 12, 29)),
        ("12月29日", date(2026, 12, 29)),
        (" 1月 3号", date(2027, 1, 3)),
        ("10-01", date(2026, 10, 1)),
        ("2-29", date(2028, 2, 29)),
        ("明天", date(2026, 12, 11)),
        ("大前天", date(2026, 12, 7)),
    ],
)
def test_a_day_is_read(typed: str, meant: date) -> None:
    today = date(2027, 12, 10) if typed == "2-29" else TODAY
    assert parse_day(typed, today) == meant


@pytest.mark.parametrize(
    "typed", ["", "下周", "12", "2026-12-05 09:00", "12-5-7", "二-三", "9" * 40]
)
def test_what_is_no_day_is_told_with_an_example(typed: str) -> None:
    with pytest.raises(UnreadableDay, match="12月5日"):
        parse_day(typed, TODAY)


@pytest.mark.parametrize("typed", ["2026-02-29", "2026-13-01", "11-31", "13月1日", "0-0"])
def test_a_day_that_no_calendar_has(typed: str) -> None:
    with pytest.raises(NoSuchDay, match=typed):
        parse_day(typed, TODAY)
