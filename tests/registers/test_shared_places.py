"""What is everybody's is nobody's to pay, wherever it is reported from; several faults in one line.

- a lamp of the staircase or the road, reported from a home: public, free, the home is the caller's
- what a home has too, or what leaks into it, stays the home's
- faults of several trades: no item of the tariff stands for all of them
"""

import pytest

from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, proposals
from wuye_tui.registers.contacts import ContactRow
from wuye_tui.registers.views import show
from wuye_tui.rules.line import parse
from wuye_tui.rules.repair_facts import PAID, PUBLIC
from wuye_tui.store.tables import Tariff


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("3-1-502 路灯不亮", "路灯"),
        ("3-1-502 楼道灯不亮", "3栋1单元楼道"),
        ("3-1-502 电梯按钮坏了", "3栋1单元电梯"),
        ("3-1-502 地下车库进水", "地下车库"),
        ("3-1-502 5栋大堂灯不亮", "5栋大堂"),
        ("3-1-502 单元门关不上", "3栋1单元单元门"),
        ("3-1-502 单元门卡住了", "3栋1单元单元门"),
        ("3-1-502 一楼大厅漏水", "3栋1单元大厅"),
        ("3-1-502 5栋大厅门禁坏了", "5栋大厅"),
        ("3-1-502 单元门禁坏了", "3栋1单元门禁"),
        ("3-1-502 2单元电梯坏了", "3栋2单元电梯"),
        ("3-1-502 8楼走廊灯不亮", "3栋1单元走廊"),
        ("3-1-502 天台门锁坏了", "3栋1单元天台"),
        ("3-1-502 楼下健身器材坏了", "健身器材"),
        ("3-1-502 快递柜打不开", "快递柜"),
        ("3-1-502 5栋1单元单元们关不上了", "5栋1单元"),
    ],
)
def test_what_is_everybodys_is_free_and_the_home_is_the_callers(
    desk: Desk, line: str, place: str
) -> None:
    found = proposals.understand(desk, line)
    assert (found.charge, found.unit, found.home) == (PUBLIC, None, "3-1-502")
    assert (found.place, found.asks) == (place, ())
    done = desk.perform("call.add", lambda act: proposals.accept(act, found))
    facts = show(desk, str(done["number"])).situation.facts
    assert (facts.get("unit") or "", facts["place"]) == ("", found.place)
    assert (facts["caller"], facts["phone"]) == ("陈立", "13800001234"), "to be called back"
    (call,) = contacts.listed(desk)
    assert isinstance(call, ContactRow)
    assert call.unit == "3-1-502"


@pytest.mark.parametrize(
    "line",
    [
        "3-1-502 家里过道灯坏了", "3-1-502 走廊灯坏了", "3-1-502 外墙渗水进来",
        "3-1-502 楼顶漏水到我家", "3-1-502 大门锁坏了", "3-1-502 电梯卡刷不了",
        "3-1-502 大厅灯不亮", "3-1-502 二楼走廊灯不亮", "3-1-502 家里健身器材坏了",
        "3-1-502 天台漏水到家里", "3-1-502 楼顶太阳能坏了", "3-1-502 门禁坏了",
        "3-1-502 3栋1单元 大门锁坏了", "3-1-502 5栋邻居说漏水", "3-1-502 厨房漏水 5栋也漏",
        "3-1-502 3栋1单元水管漏水", "3-1-502 外墙空调外机响",
        "3-1-502 车库门禁卡刷不开", "3-1-502 花园水管漏水", "3-1-502 厨房水管漏水",
    ],
)  # fmt: skip
def test_what_a_home_has_too_stays_the_homes(desk: Desk, line: str) -> None:
    found = proposals.understand(desk, line)
    assert (found.unit.label if found.unit else "", found.home) == ("3-1-502", "")


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("大堂灯不亮", ("where",)), ("2单元电梯坏了", ("where",)), ("天台门锁坏了", ("where",)),
        ("路灯不亮", ()), ("健身器材坏了", ()), ("5栋大堂灯不亮", ()), ("投诉大堂灯不亮", ()),
        ("7栋大堂灯不亮", ("unknown_block",)), ("5栋9单元电梯坏了", ("unknown_block",)),
        ("七栋二单元 插座没电", ("unknown_block", "unit")),
    ],
)  # fmt: skip
def test_of_which_building_a_place_is_has_to_be_known(
    desk: Desk, line: str, asks: tuple[str, ...]
) -> None:
    found = proposals.understand(desk, line)
    assert (found.asks, found.understood.emergency) == (asks, None)


def test_a_complaint_about_the_staircase_is_the_homes_complaint(desk: Desk) -> None:
    found = proposals.understand(desk, "3-1-502 投诉楼道堆杂物")
    assert found.unit is not None
    assert found.opens_complaint


def test_no_item_of_one_fault_stands_for_several(desk: Desk) -> None:
    desk.perform(
        "seed",
        lambda act: (
            act.add(
                Tariff(
                    site=act.site,
                    code="FW-02",
                    name="上门检测",
                    price=200_000,
                    keywords="*",
                    keys="",
                )
            )
            or {}
        ),
    )
    assert proposals.understand(desk, "3-1-502 厨房漏水").tariff == "SX-03"
    several = proposals.understand(desk, "3-1-502 厨房漏水 卫生间灯不亮 门锁打不开")
    assert (several.charge, several.tariff) == (PAID, "FW-02")
    twice = proposals.understand(desk, "3-1-502 厨房漏水 卫生间也漏水")
    assert twice.tariff == "SX-03", "the same trade twice"


@pytest.mark.clause("NB-3")
@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("5栋电梯不动了 有人在里面", "entrapment"), ("电梯停了 人还在里面 3栋", "entrapment"),
        ("3栋电梯坏了人出不来", "entrapment"), ("3栋电梯里面灯不亮", ""),
        ("3栋电梯门关不上 人进不去", ""), ("5栋电梯里面有人吐了", "entrapment"),
    ],
)  # fmt: skip
def test_somebody_in_a_lift_that_stands_is_trapped(desk: Desk, line: str, kind: str) -> None:
    found = parse(line, desk.now(), desk.zone, lambda _room: True).emergency
    assert (found.value if found else "") == kind
