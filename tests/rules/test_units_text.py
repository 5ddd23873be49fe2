"""Small units of a typed line: who somebody is that was named."""

import pytest

from wuye_tui.rules.units_text import is_called


@pytest.mark.parametrize(
    ("caller", "name"),
    [
        ("陈立", "陈立"),
        ("陈先生", "陈立"),
        ("陈女士", "陈立"),
        ("陈立先生", "陈立"),
        (" 陈先生 ", "陈立"),
        ("欧阳老师", "欧阳锋"),
        ("Smith", "Smith"),
    ],
)
def test_a_name_in_full_or_a_surname_with_a_title_is_somebodys(caller: str, name: str) -> None:
    assert is_called(caller, name)


@pytest.mark.parametrize(
    ("caller", "name"),
    [
        ("小李", "李强"),  # may be anybody's: half the town is called so
        ("李先生", "陈立"),
        ("陈", "陈立"),
        ("先生", "陈立"),
        ("陈立军", "陈立"),
        ("陈立", "陈立军"),
        ("欧先生", "欧阳锋"),
        ("", "陈立"),
        ("陈先生", ""),
    ],
)
def test_what_may_be_another_is_not_taken_for_somebody(caller: str, name: str) -> None:
    assert not is_called(caller, name)
