"""The tariff as it is shown before a job begins."""

import pytest

from wuye_tui.desk import Desk
from wuye_tui.registers.tariff import list_tariff
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Tariff


@pytest.mark.clause("BX-13")
def test_every_item_is_listed_by_its_code_with_its_price_in_fen(any_desk: Desk) -> None:
    items = list_tariff(any_desk)
    assert [(item["code"], item["price_fen"]) for item in items] == [
        ("DX-01", 1550), ("SX-01", 3000), ("SX-02", 5000), ("SX-03", 4500),
    ]  # fmt: skip
    assert items[2]["keywords"] == ["地漏", "堵"]


def test_one_category_may_be_asked_for(desk: Desk) -> None:
    def publish(act: Act) -> Result:
        act.add(Tariff(site=act.site, code="GS-01", name="通下水", category="drain", price=600_000))
        return {}

    desk.perform("seed", publish)
    assert [item["code"] for item in list_tariff(desk, "drain")] == ["GS-01"]
    assert list_tariff(desk, "%") == []
