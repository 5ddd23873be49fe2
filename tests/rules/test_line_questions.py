"""Questions that ask for a number, for nothing, or for something else."""

import pytest

from wuye_tui.rules.line_questions import asks_nothing, asks_number, whose_number


@pytest.mark.parametrize("words", ["喂你好我想问一下", "我想问", "问个事", "有人吗", ""])
def test_somebody_who_only_wants_to_ask(words: str) -> None:
    assert asks_nothing(words)


@pytest.mark.parametrize("words", ["问一下物业费", "补门禁卡多少钱", "停水到几点"])
def test_what_is_asked_is_something(words: str) -> None:
    assert not asks_nothing(words)
    assert not asks_number(words)


def test_whose_number_is_asked_for() -> None:
    assert asks_number("请问电梯维保电话是多少")
    assert whose_number("请问电梯维保电话是多少").split() == ["电梯维保"]
