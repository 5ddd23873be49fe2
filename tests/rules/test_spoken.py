"""Times as receptionists say them. "Now" is Thursday 2026-11-19 10:20 in Shanghai."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.rules.spoken import Spoken, find_moment
from wuye_tui.rules.units_text import What

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 19, 10, 20, tzinfo=SHANGHAI)


def local(moment: datetime | None) -> str:
    return moment.astimezone(SHANGHAI).strftime("%m-%d %H:%M") if moment else ""


def said(text: str, now: datetime = NOW) -> Spoken:
    spoken = find_moment(text, now, SHANGHAI)
    assert spoken is not None
    return spoken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("明天9点", "11-20 09:00"),
        ("明天９点", "11-20 09:00"),
        ("明天9：30", "11-20 09:30"),
        ("明天09:30", "11-20 09:30"),
        ("明天9点半", "11-20 09:30"),
        ("明天9点一刻", "11-20 09:15"),
        ("明天9点三刻", "11-20 09:45"),
        ("明天9点05分", "11-20 09:05"),
        ("明天9点20", "11-20 09:20"),
        ("明天九点", "11-20 09:00"),
        ("明天九点十五分", "11-20 09:15"),
        ("明天十一点半左右", "11-20 11:30"),
        ("明天9时30分", "11-20 09:30"),
        ("明天的9点钟", "11-20 09:00"),
        ("明天,9点", "11-20 09:00"),
        ("明早9点", "11-20 09:00"),
        ("明晚8点", "11-20 20:00"),
        ("后天上午10点", "11-21 10:00"),
        ("大后天10点", "11-22 10:00"),
        ("3点", "11-19 15:00"),
        ("1点来", "11-19 13:00"),
        ("6点来", "11-19 18:00"),
        ("11点", "11-19 11:00"),
        ("12点", "11-19 12:00"),
        ("24点", "11-20 00:00"),
        ("21:00", "11-19 21:00"),
        ("下午一点", "11-19 13:00"),
        ("下午两点半", "11-19 14:30"),
        ("下午3点", "11-19 15:00"),
        ("晚上8点", "11-19 20:00"),
        ("晚8点", "11-19 20:00"),
        ("今晚8点半", "11-19 20:30"),
        ("晚上12点", "11-20 00:00"),
        ("中午12点半", "11-19 12:30"),
        ("中午1点", "11-19 13:00"),
        ("明天凌晨5点", "11-20 05:00"),
        ("周六9点半", "11-21 09:30"),
        ("周三三点", "11-25 15:00"),
        ("下周一9:30", "11-23 09:30"),
        ("下下周一9:30", "11-30 09:30"),
        ("礼拜天上午10点", "11-22 10:00"),
        ("11月22日9点", "11-22 09:00"),
        ("十一月二十二号下午三点", "11-22 15:00"),
        ("2026年12月1日上午9点", "12-01 09:00"),
        ("2026-11-22 14:00", "11-22 14:00"),
        ("11/22 14:00", "11-22 14:00"),
        ("11-22 9点", "11-22 09:00"),
        ("22号9点", "11-22 09:00"),
        ("二十号9点", "11-20 09:00"),
        ("31号9点", "12-31 09:00"),
        ("3号9点", "12-03 09:00"),
        ("1月5日9点", "01-05 09:00"),
        ("半小时后", "11-19 10:50"),
        ("一个半小时后来", "11-19 11:50"),
        ("两小时后", "11-19 12:20"),
        ("20分钟后到", "11-19 10:40"),
        ("约明天9点", "11-20 09:00"),
        ("明天厨房漏水9点来", "11-20 09:00"),
        ("9点 明天", "11-20 09:00"),
        ("明天8点多", "11-20 08:00"),
        ("明天9点75寸电视挂架", "11-20 09:00"),
        ("明天9点 65寸电视", "11-20 09:00"),
        ("11.22下午3点", "11-22 15:00"),
        ("明天9点改到下午3点", "11-20 15:00"),
        ("明天上午来不了 改3点", "11-20 15:00"),
    ],
)
def test_a_point_in_time_begins_and_ends_at_once(text: str, expected: str) -> None:
    spoken = said(text)
    assert local(spoken.start) == expected
    assert spoken.end == spoken.start
    assert not spoken.past


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("下午3点后", "11-19 15:00", ""),
        ("晚上7点以后在家", "11-19 19:00", ""),
        ("18:30之后", "11-19 18:30", ""),
        ("明天9点起", "11-20 09:00", ""),
        ("5点半之前", "11-19 10:20", "11-19 17:30"),
        ("明天8点前来", "11-20 07:00", "11-20 08:00"),
        ("下午2-4点之间", "11-19 14:00", "11-19 16:00"),
        ("3-5点", "11-19 15:00", "11-19 17:00"),
        ("明天9-11点", "11-20 09:00", "11-20 11:00"),
        ("明天10-2点", "11-20 10:00", "11-20 14:00"),
        ("明天上午9点到下午2点", "11-20 09:00", "11-20 14:00"),
        ("星期天下午两点到四点", "11-22 14:00", "11-22 16:00"),
        ("明天9:00-10:30", "11-20 09:00", "11-20 10:30"),
        ("下午两三点", "11-19 14:00", "11-19 15:00"),
        ("明天7、8点", "11-20 07:00", "11-20 08:00"),
        ("明天上午来不了 改下午", "11-20 13:30", "11-20 18:00"),
        ("下午", "11-19 13:30", "11-19 18:00"),
        ("上午来", "11-19 10:20", "11-19 12:00"),
        ("中午来", "11-19 12:00", "11-19 13:30"),
        ("晚上", "11-19 18:00", "11-19 21:00"),
        ("明天上午", "11-20 08:30", "11-20 12:00"),
        ("周六上午", "11-21 08:30", "11-21 12:00"),
        ("周六", "11-21 08:30", "11-21 18:00"),
        ("周末来", "11-21 08:30", "11-22 18:00"),
        ("明后天都可以", "11-20 08:30", "11-21 18:00"),
        ("11-22", "11-22 08:30", "11-22 18:00"),
        ("11月22号下午", "11-22 13:30", "11-22 18:00"),
        ("今天来人", "11-19 10:20", "11-19 18:00"),
        ("2小时内", "11-19 10:20", "11-19 12:20"),
    ],
)
def test_a_window_has_an_end_or_is_open(text: str, start: str, end: str) -> None:
    spoken = said(text)
    assert (local(spoken.start), local(spoken.end)) == (start, end)
    assert not spoken.past


@pytest.mark.parametrize(
    "text",
    [
        "", "厨房漏水", "尽快", "有空来看看", "晚点来", "早点来", "一会儿来", "等下来", "昨天报的",
        "昨天9点报的", "上周三来过", "上午报的", "早上发现的", "早上没水", "晚上灯不亮",
        "晚上 灯不亮", "每天晚上8点", "天天晚上8点吵", "漏了一下午", "漏了2小时", "漏了2小时后停了",
        "漏了一点水", "有两点建议", "有1点漏", "一点", "停水到下午6点", "从明天开始停水",
        "明天9点停水吗",
        "今天停水", "明天9点不在家", "明天有事", "说好9点来的还没来", "约的今天9点没来",
        "昨天约的9点",
        "2号电梯", "5号楼", "22号楼", "3-5个", "11-20个", "1-2楼", "后天花板漏水",
        "明天花板", "上次", "11-31", "8楼", "1.5匹", "220V", "应急灯不亮",
        "急诊", "不急",
        "不太急", "水流得急", "现在没水", "到现在还没来", "马上要溢出来了", "马上到期", "网速慢",
        "不用马上来",
        "差点摔倒", "快递", "点不着火", "灶3点火不着",
    ],
)  # fmt: skip
def test_what_is_no_wish_stays_in_the_words(text: str) -> None:
    assert find_moment(text, NOW, SHANGHAI) is None


@pytest.mark.parametrize(
    "text",
    [
        "25点", "99点", "明天25点", "下午30点来", "9点75分", "明天9点60", "9点 80分",
        "九点七十五分", "9:75", "25:30", "13月5号", "13月5号9点", "11月31日",
        "2月30号9点", "32号9点", "0月3号",
    ],
)  # fmt: skip
def test_a_time_that_no_clock_and_no_calendar_has_is_asked_about(text: str) -> None:
    spoken = said(f"漏水 {text} 急")
    assert [(p.what, p.start, p.end) for p in spoken.pieces if p.what is not What.URGENT] == [
        (What.IMPOSSIBLE, 3, 3 + len(text))
    ]
    assert (spoken.start, spoken.past) == (None, False)


@pytest.mark.parametrize(
    "text",
    [
        "昨天",
        "昨天9点",
        "前天下午",
        "昨晚",
        "大前天上午10点",
        "上周三",
        "昨天9点来",
        "昨天3点到5点",
    ],
)
def test_a_day_that_is_over_is_asked_about_where_nothing_follows(text: str) -> None:
    spoken = said(f"漏水 {text}。 急!")
    assert [(p.what, p.start, p.end) for p in spoken.pieces if p.what is not What.URGENT] == [
        (What.PAST, 3, 3 + len(text))
    ]
    assert spoken.start is None


@pytest.mark.parametrize(
    "text",
    [
        "昨天9点 漏水", "昨天9点开始漏水", "昨晚就坏了", "从昨天开始", "漏水 从昨天",
        "漏水 昨晚开始的", "发生在昨天9点", "漏水是昨天", "昨天9点来过",
        "漏水 上次", "漏水 前几天", "投诉 25点还在钻",
        "25点停水吗", "每天25点", "催单 昨天9点", "9点没来 昨天", "1225点", "积分1:75:3",
    ],
)  # fmt: skip
def test_when_it_happened_is_no_question(text: str) -> None:
    assert find_moment(text, NOW, SHANGHAI) is None


def test_a_day_that_is_over_is_no_question_beside_an_appointment() -> None:
    spoken = said("昨天9点 明天9点来 昨天")
    assert [piece.what for piece in spoken.pieces] == [What.APPOINTMENT]


@pytest.mark.parametrize(
    "text",
    ["装修太吵 中午还在钻", "投诉广场舞 晚上8点", "楼上噪音 下午", "催单 今天9点", "9点没来 催"],
)
def test_in_a_complaint_or_an_urging_a_time_is_part_of_the_story(text: str) -> None:
    assert find_moment(text, NOW, SHANGHAI) is None


def test_in_a_complaint_somebody_can_still_be_asked_to_come() -> None:
    assert local(said("楼上太吵 明天9点来看看").start) == "11-20 09:00"


@pytest.mark.parametrize(
    "text", ["9点", "今天9点", "9:30", "今天上午9点到10点", "早上8点来", "18号9点", "本周三下午"]
)
def test_a_time_that_is_over_is_asked_about(text: str) -> None:
    spoken = said(text)
    assert spoken.past
    assert spoken.start is not None
    assert spoken.start < NOW


def test_a_window_that_has_begun_is_not_over() -> None:
    spoken = said("上午来", NOW.replace(hour=11, minute=30))
    assert (local(spoken.start), local(spoken.end)) == ("11-19 11:30", "11-19 12:00")
    assert said("上午来", NOW.replace(hour=12, minute=0)).past


def test_a_weekday_said_on_that_day_is_today() -> None:
    assert local(said("周四下午3点").start) == "11-19 15:00"
    assert said("周四9点").past


def test_of_two_times_the_one_it_is_moved_to_counts() -> None:
    spoken = said("明天9点改到后天下午3点")
    assert spoken.moved
    assert local(spoken.start) == "11-21 15:00"


def test_a_time_that_does_not_suit_gives_way_to_the_one_that_does() -> None:
    assert local(said("明天9点不在家 后天9点来").start) == "11-21 09:00"


@pytest.mark.parametrize(
    "text",
    ["马上", "立刻", "马上来人", "赶紧派人来修", "快点来人看看", "快来", "速来", "现在来",
     "漏水 现在", "立即处理", "抓紧", "火速上门", "快快快", "尽快 马上"],
)  # fmt: skip
def test_at_once(text: str) -> None:
    spoken = said(text)
    assert spoken.at_once
    assert spoken.start is None


def test_an_appointment_wins_over_at_once_and_both_are_shown() -> None:
    spoken = said("马上 明天9点")
    assert not spoken.at_once
    assert local(spoken.start) == "11-20 09:00"
    assert [piece.what for piece in spoken.pieces] == [What.AT_ONCE, What.APPOINTMENT]


@pytest.mark.parametrize(
    "text",
    ["急", "急!", "急急急", "漏水,急。", "很急", "紧急", "加急", "业主着急", "十万火急", "漏水急",
     "急修", "急用水", "比较急"],
)  # fmt: skip
def test_urgent(text: str) -> None:
    spoken = said(text)
    assert spoken.urgent
    assert not spoken.at_once
    assert spoken.start is None


def test_pieces_are_positions_in_the_text_as_typed() -> None:
    text = "厨房漏水，明天９点来修。　急！"
    pieces = said(text).pieces
    assert [text[p.start : p.end] for p in pieces] == ["明天９点来修", "急"]
    assert text[slice(*said(text).span)] == "明天９点来修。　急"


def test_instants_are_utc_and_days_are_the_offices() -> None:
    late = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)  # 01:00 on Friday in Shanghai
    spoken = said("明天9点", late)
    assert spoken.start == datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
    assert spoken.start.utcoffset() == timedelta(0)


WORDS = [
    "25点", "13月5号", "9点75分", "九点七十五", "9:75", "32号", "昨天", "前天下午", "约", "改到",
    "明天", "下午", "9点", "3-5点", "后", "周六", "11月22日", "半小时后", "上午",
    "到", "来", "报的", "马上", "急", "不", "每天", "漏水", ",", "1", "一点", "2小时", " ",
]  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=8).map("".join)))
def test_any_text_is_read_without_a_complaint(text: str) -> None:
    spoken = find_moment(text, NOW, SHANGHAI)
    assert spoken == find_moment(text, NOW, SHANGHAI)
    if spoken is None:
        return
    assert all(0 <= p.start < p.end <= len(text) for p in spoken.pieces)
    assert not (spoken.at_once and spoken.start)
    if spoken.start and spoken.end:
        assert spoken.start <= spoken.end
