"""What is over, as people say it when they enter it later."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wuye_tui.rules.bygone import find_bygone
from wuye_tui.rules.clock import UnreadableMoment, UnreadablePast, parse_past

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 19, 10, 20, tzinfo=SHANGHAI)
DAY = timedelta(days=1)


def past(typed: str, now: datetime = NOW) -> str:
    moment = parse_past(typed, SHANGHAI, now.astimezone(UTC), DAY)
    assert moment.tzinfo is UTC
    return moment.astimezone(SHANGHAI).strftime("%m-%d %H:%M")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("昨晚11点", "11-18 23:00"),
        ("昨夜11点半", "11-18 23:30"),
        ("昨晚1点", "11-19 01:00"),
        ("昨晚12点", "11-19 00:00"),
        ("昨天9点", "11-18 09:00"),
        ("昨天 9:30", "11-18 09:30"),
        ("昨日下午3点", "11-18 15:00"),
        ("前天下午3点", "11-17 15:00"),
        ("大前天9点", "11-16 09:00"),
        ("刚才", "11-19 10:20"),
        ("刚刚", "11-19 10:20"),
        ("10分钟前", "11-19 10:10"),
        ("十分钟前", "11-19 10:10"),
        ("１０分钟前", "11-19 10:10"),
        ("120分钟以前", "11-19 08:20"),
        ("半小时前", "11-19 09:50"),
        ("半个钟头前", "11-19 09:50"),
        ("一个半小时前", "11-19 08:50"),
        ("2小时前", "11-19 08:20"),
        ("1小时30分钟前", "11-19 08:50"),
        ("一刻钟前", "11-19 10:05"),
        ("今早8点", "11-19 08:00"),
        ("凌晨2点", "11-19 02:00"),
        ("10:07", "11-19 10:07"),
        ("2026-11-18 23:00", "11-18 23:00"),
    ],
)
def test_what_has_happened_as_people_say_it(typed: str, meant: str) -> None:
    assert past(typed) == meant


def test_an_evening_typed_after_midnight_is_of_the_day_before() -> None:
    after = datetime(2026, 11, 19, 0, 30, tzinfo=SHANGHAI)
    assert past("晚上11点", after) == "11-18 23:00"
    assert past("11点半", after) == "11-18 11:30"
    assert past("昨晚11点", after) == "11-18 23:00"


@pytest.mark.parametrize("typed", ["昨晚", "昨天", "瞎写", "前", "昨天25点", "分钟前", "半"])
def test_what_says_no_moment_is_refused_with_examples_of_what_is_over(typed: str) -> None:
    with pytest.raises(UnreadablePast, match="昨晚11点、10分钟前") as refused:
        past(typed)
    assert str(refused.value).count("。") == 2, "one sentence, and what to write instead"


def test_what_is_to_come_is_left_for_the_step_to_refuse() -> None:
    assert past("明天9点") == "11-20 09:00"
    assert find_bygone("明天9点", NOW, SHANGHAI) is None


@settings(max_examples=60, deadline=None)
@given(
    typed=st.text("昨前大天晚夜今早上下午凌晨0123456789点半分钟个小时刻一二十:前刚才 ", max_size=9)
)
def test_nothing_that_is_typed_is_more_than_refused(typed: str) -> None:
    try:
        past(typed)
    except UnreadableMoment:
        return
    found = find_bygone(typed, NOW, SHANGHAI)
    assert found is None or found <= NOW + DAY
