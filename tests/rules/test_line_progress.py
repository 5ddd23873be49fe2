"""How far is my repair? Urged, whatever the words; and what only sounds like it is a new repair."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from wuye_tui.rules.line import Kind, parse
from wuye_tui.rules.line_progress import may_ask_progress

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 19, 10, 20, tzinfo=SHANGHAI)

URGED = """
    我报的厨房水管修到哪一步了|昨天报的门锁修到哪了|到哪一步了|单子到哪一步了|我家的单到哪了
    师傅到哪了|师傅走到哪了|处理到什么程度了|现在到第几步了|修到什么阶段了|弄到哪一步
    修好没有|修好了没|修好了吗|水管修好没|灯换好了吗|马桶疏通好了没有|好了没有|修了没|派人了没有
    安排师傅了吗|派单了吗|师傅出发了没|师傅来了吗|人到了没有|处理完了吗|配件买好了没
    什么时候能修好|什么时候修|几时来|几点来|多久能来|师傅什么时候来|什么时候才来|哪天能修
    今天能修好吗|多长时间能弄好|什么时候轮到我家
    水管什么时候来修 还没来|师傅什么时候来 水都漏出来了还没来|报修没水什么时候来人 还没来
    还没来|师傅还没到|怎么还没来修|怎么还不来|还不派人|到现在没人来|到现在都没来|一直没人来修
    迟迟不来|还没人联系我|上午报的漏水师傅还没到|门锁还没修|空调还没修好|说好9点来的没来
    约好的师傅没来|报的漏水什么时候来修
    有没有人来|有没有人处理|有没有进展|有结果了吗|有消息没|有没有安排|进展如何|维修进度
    处理得怎么样|修得怎么样了|弄得咋样了|昨天报修的怎么样了|那张单怎么样了
    报了没人管|报了三天没人来|报修两天了没人理|报过修了没下文|说了几次了|打过电话了没动静
    等了一上午|等了半天没见人|在家等了一天|我等到现在|等师傅等到中午|人呢|师傅呢|不见人
    昨天报的灯呢|上次登记的门禁什么时候修|水管漏水报了还没修|灯坏了怎么还没人来|停电报了没人修
"""
OTHERS = """
    repair 门铃不响没人来看过|水管什么时候坏的不知道|修好了没两天又坏了|换了灯泡没反应
    repair 水龙头漏水什么时候能来修|灯坏了没人修|马桶堵了几点能来|电梯半天不来 按了没反应
    repair 电梯一直没来 按钮不亮|师傅来过又漏了|上次修的还是漏|灯修好了没多久又不亮|门锁坏了请派人来
    repair 厕所门打不开 老人在里面出不来
    repair 空调不制冷 能修吗|换好的龙头又滴水|热水器打不着火等半天才出热水|刚修好的灯又闪
    repair 家里停水 水还没来|没来电 跳闸了|漏水漏到哪里不知道|打不开门 人在外面等|下水堵了 水到处流
    repair 窗户关不上 有没有师傅会修|换灯泡|门铃坏了还没买新的|暖气不热 一直没热|厨房灯一直闪
    repair 保修期还没到 水管坏了|马桶一直流水|下午3点来修门锁|楼道灯坏了好几天
    enquiry 押金退到哪一步了?|发票开好了吗|装修手续办好了没有|停水了吗 几点来水|停电什么时候来电
    enquiry 2栋水什么时候来|3栋电几点来|网络什么时候恢复
    enquiry 水什么时候来啊 还没来|什么时候来水 还没来|电几点来啊 到现在还没来
    enquiry 网什么时候恢复 都还没来
    repair 修好了又坏了 谢谢|灯没修好 谢谢|马桶堵了 谢谢|师傅来过了 灯还是不亮 谢谢
    repair 修好了灯但是门坏了
    repair 上次修好了现在又漏|师傅修好了水管 另外灯坏了 谢谢
    praise 师傅来过了修好了谢谢|修好了 谢谢师傅|水管修好了谢谢|漏水处理好了 感谢|灯换好了 辛苦了
    other 师傅来过了修好了|水管修好了
    enquiry 物业费怎么交|换锁芯多少钱|快递什么时候到|什么时候交物业费
    complaint 投诉保洁没来|楼道没人打扫|垃圾没人清
    praise 师傅修得怎么样都好 很满意
    other 快递还没来|钥匙丢了
"""


def said(table: str, kind: str = "") -> list[str]:
    rows = [row.strip() for row in table.strip().splitlines()]
    meant = [row.removeprefix(kind).strip() for row in rows if row.startswith(kind)]
    return [line for row in meant for line in row.split("|")]


COUNTER = [
    (line, kind)
    for kind in ("repair", "enquiry", "complaint", "praise", "other")
    for line in said(OTHERS, kind)
]


def kind_of(line: str) -> Kind:
    return parse(line, NOW, SHANGHAI).kind


@pytest.mark.parametrize("line", said(URGED))
def test_whoever_asks_how_far_it_is_urges(line: str) -> None:
    assert kind_of(f"3-1-502 {line}") is Kind.URGE


@pytest.mark.parametrize(("line", "kind"), COUNTER)
def test_what_only_sounds_like_it_is_no_urging(line: str, kind: str) -> None:
    assert kind_of(f"3-1-502 {line}").value == kind


@pytest.mark.parametrize(
    ("line", "may"),
    [
        ("水龙头漏水什么时候能来修", True),
        ("灯坏了没人修", True),
        ("马桶堵了几点能来", True),
        ("门铃不响没人来看过", False),
        ("水管什么时候坏的不知道", False),
        ("停水什么时候来", False),
    ],
)
def test_what_may_be_told_for_the_first_time(line: str, may: bool) -> None:
    assert may_ask_progress(line) is may


def test_the_tables_are_as_long_as_they_should_be() -> None:
    assert len(said(URGED)) >= 60
    assert len(COUNTER) >= 30
