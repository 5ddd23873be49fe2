"""What a typed line says that a job costs: by any name of its thing, and what the night adds."""

import pytest

from wuye_tui.desk import Desk
from wuye_tui.registers.proposals import understand
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Tariff

ITEMS = (
    ("ST-02", "疏通地漏、面盆", "地漏 面盆堵"),
    ("ST-01", "疏通马桶", "马桶堵"),
    ("SX-06", "换面盆下水", "面盆下水"),
    ("FW-01", "夜间加收(20-8时)", ""),
    ("FW-02", "上门检测", "*"),
)


@pytest.fixture
def listed_items(desk: Desk) -> Desk:
    def publish(act: Act) -> Result:
        for code, name, keywords in ITEMS:
            row = {"code": code, "name": name, "price": 300_000, "keywords": keywords}
            act.add(Tariff(site=act.site, keys="", **row))
        return {}

    desk.perform("seed", publish)
    return desk


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("洗脸盆下水堵了", "ST-02"),
        ("台盆堵了", "ST-02"),
        ("面盆堵了", "ST-02"),
        ("坐便器堵了", "ST-01"),
        ("马桶又堵了", "ST-01"),
        ("洗手盆下水要换", "SX-06"),
        ("浴缸裂了", "FW-02"),
    ],
)
def test_a_thing_by_any_of_its_names_is_the_tariffs(
    listed_items: Desk, words: str, code: str
) -> None:
    assert understand(listed_items, f"3-1-502 {words}").tariff == code


@pytest.mark.clause("BX-13")
@pytest.mark.parametrize(
    ("words", "on_top"),
    [
        ("今晚9点来", ["FW-01"]),
        ("明天早上7点来", ["FW-01"]),
        ("明天9点来", []),
        ("", []),
        ("今晚9点 别来", []),
        ("明天晚上8点以后来", ["FW-01"]),
    ],
)
def test_what_the_night_costs_on_top_is_known_before_enter(
    listed_items: Desk, words: str, on_top: list[str]
) -> None:
    found = understand(listed_items, f"3-1-502 马桶堵了 {words}")
    assert [item.code for item in found.on_top] == on_top
    public = understand(listed_items, f"3-1-502 楼道灯坏了 {words}")
    assert public.on_top == ()
    assert understand(listed_items, f"3-1-502 问物业费 {words}").on_top == ()
