"""The list behind F9 and the names of fees: a digit means the same always, no name is cut."""

import pytest

from screens import billing_words
from screens.widgets.painted import Line
from tests.factories import a_repair, on_duty
from tests.screens.consoles import Console, console
from tests.screens.counters import CASHIER, at, billed
from wuye_tui.desk import Desk

FIXED = (
    "今天的收据", "作废收据", "今天收了多少", "日结", "打印", "催缴这一户", "欠费名单",
    "押金、退款", "减免、加收",
)  # fmt: skip


@pytest.fixture
def counter(desk: Desk) -> Desk:
    """The cashier at a desk on duty, with bills out."""
    on_duty(desk, "KF01")
    return billed(desk).as_staff(CASHIER)


def offered(seen: Console) -> list[str]:
    return [one.words for one in seen.screen.choose.offered]


async def test_a_digit_of_f9_means_the_same_whatever_the_unit_owes(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen, "3-1-501")
        await seen.press("f9")
        assert tuple(offered(seen)) == FIXED
    a_repair(counter, upto="finished", staff="KF01")
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f9")
        found = offered(seen)
        assert tuple(found[:9]) == FIXED
        assert found[9:] == ["收维修费"]
        assert " 0 收维修费" in seen.text
        await seen.press("1")
        assert "今天还没有收据" in seen.news, "and waits for no second digit"


def test_a_long_name_of_a_fee_is_whole_where_there_is_room() -> None:
    wide: Line = billing_words.columns(False, 120, 40)
    assert wide.cells > billing_words.columns(False, 120, 10).cells
    assert billing_words.columns(False, 60, 40).cells <= 60
