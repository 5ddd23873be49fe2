"""Words that say that it is the same fault still, or again."""

import pytest

from wuye_tui.rules.line_again import says_again


@pytest.mark.parametrize(
    "line",
    [
        "9-1-1102 门锁还是打不开", "3-1-502 厨房又漏水了", "厨房还在漏", "马桶又堵了", "灯还不亮",
        "修了以后仍然漏水", "门还打不开", "上次没修好 还漏",
    ],
)  # fmt: skip
def test_the_same_again(line: str) -> None:
    assert says_again(line)


@pytest.mark.parametrize(
    "line",
    ["3-1-502 厨房水管漏水", "灯坏了还有马桶堵了", "楼道又脏又臭", "还要换个灯泡", "门锁打不开"],
)
def test_the_first_time(line: str) -> None:
    assert not says_again(line)
