"""A thing by any of its names, and what is said between it and what is wrong with it."""

import pytest

from wuye_tui.rules.tariff_words import as_listed


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("洗脸盆下水堵了", "面盆堵了"),
        ("洗手池堵了", "面盆堵了"),
        ("台盆里面都堵了", "面盆堵了"),
        ("面盆堵了", "面盆堵了"),
        ("洗菜池下水道堵了", "水槽堵了"),
        ("马桶又堵了", "马桶堵了"),
        ("蹲坑堵了", "马桶堵了"),
        ("面盆下水漏水", "面盆下水漏水"),
        ("马桶水箱坏 地漏堵", "马桶水箱坏 地漏堵"),
        ("厨房下水堵了", "厨房下水堵了"),
        ("洗衣机不转", "洗衣机不转"),
    ],
)
def test_words_of_a_job_are_read_as_the_tariff_lists_them(words: str, listed: str) -> None:
    assert as_listed(words) == listed
