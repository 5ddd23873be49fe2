"""Somebody in a lift that stands, water that bursts out; and what is no alarm, or is over."""

import pytest

from tests.rules.lines_read import understood
from wuye_tui.rules.line import Emergency, Kind
from wuye_tui.rules.line_asks import unclear

TRAPPED = """
    电梯坏了，我妈在里面出不来|2号楼电梯坏了我妈在里面出不来|2号楼电梯门打不开，里面有个小孩在哭
    电梯停了，老人还在里面|电梯不动了我们出不来|我在电梯里出不去|电梯故障 孩子被关里面了
    电梯卡在3楼里面有两个孩子|我出不来了，电梯停了|电梯坏了 小孩在里头哭|电梯不动了里面在喊救命
    孩子在电梯里出不来了|3栋电梯停电了 邻居阿姨还在轿厢里
    3栋电梯困人，人救出来了吗|3栋电梯困人 人还没救出来|3栋电梯困人 出来了一个 还有两个在里面
    我是9栋1单元的，电梯停在8楼不动了里面关着人|8栋1单元电梯关着人|8栋1单元电梯里面关着两个人
    我被困在9栋1单元电梯里|被困在9栋2单元电梯里
    3栋电梯困人 人救不出来|3栋电梯困人什么时候能救出来|3栋电梯又困人了 上次的人刚出来
"""
NOBODY = """
    电梯坏了，钥匙掉在里面|电梯坏了我妈在家里下不来|电梯坏了师傅在里面修|电梯坏了，老人下不了楼
    电梯坏了 快递在里面拿不出来|电梯里有个灯坏了|2栋电梯里面有个小孩撒尿|电梯停了 奶奶在家出不了门
    3-1-502 房门打不开 小孩在里面出不来|3栋电梯关了|电梯门关着不开|电梯里灯关了|电梯关不上门
"""
OVER = """
    电梯困人解除了|3栋电梯困人解除了|3栋电梯里的人已经出来了|人救出来了|3栋电梯人放出来了
    电梯困人已经处理好了|被困的人都救出来了|3栋被困的老人救出来了，没事|人已经救出来了 谢谢
"""
BURST = """
    漏水很大，水喷出来了|水往外喷|水喷得到处都是|水管爆开|水一直往外涌|角阀崩了|水管爆开了
    龙头突然爆开了 水射到天花板|水表喷水|厨房软管爆了|水管喷出来了|水直往外飙
"""
NO_BURST = """
    花洒水喷出来很小|喷头坏了|水喷不出来|水小 喷得不远|门上水漆喷得不好|怕水管爆开|喷泉不喷水了
    昨天水管爆开了 现在好了|热水器水喷出来不热|水龙头出水喷得到处溅|不是水管爆开 就是漏水
"""


def rows(table: str) -> list[str]:
    return [line for row in table.strip().splitlines() for line in row.strip().split("|")]


@pytest.mark.parametrize("line", rows(TRAPPED))
def test_whoever_is_in_a_lift_that_stands_is_trapped(line: str) -> None:
    assert understood(line).emergency is Emergency.ENTRAPMENT


@pytest.mark.parametrize("line", rows(NOBODY))
def test_nobody_is_trapped_where_nobody_is_in_it(line: str) -> None:
    assert (understood(line).emergency, understood(line).kind) == (None, Kind.REPAIR)


@pytest.mark.parametrize("line", rows(OVER))
def test_that_somebody_is_out_is_noted_and_is_no_emergency(line: str) -> None:
    u = understood(line)
    assert (u.emergency, u.kind, u.also, unclear(u)) == (None, Kind.OTHER, (), [])


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("3栋电梯困人，人出来了，电梯还是不动", Kind.REPAIR),
        ("3栋电梯困人解除了 电梯门关不上", Kind.REPAIR),
        ("3栋电梯里的人出来了，不用来了", Kind.CANCEL),
        ("投诉3栋电梯困人 人救出来了没人道歉", Kind.COMPLAINT),
    ],
)
def test_that_somebody_is_out_may_be_told_beside_what_is_still_to_do(line: str, kind: Kind) -> None:
    assert (understood(line).emergency, understood(line).kind) == (None, kind)


def test_whoever_is_out_and_hurt_is_still_an_emergency() -> None:
    assert understood("3栋电梯困人，人救出来了但是晕倒了").emergency is Emergency.INJURY


@pytest.mark.parametrize("line", rows(BURST))
def test_water_that_bursts_out_is_a_burst_pipe(line: str) -> None:
    assert understood(f"3-1-502 {line}").emergency is Emergency.BURST_PIPE


@pytest.mark.parametrize("line", rows(NO_BURST))
def test_little_water_or_none_is_no_burst_pipe(line: str) -> None:
    assert understood(f"3-1-502 {line}").emergency is None
