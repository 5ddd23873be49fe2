"""Aging: every debt in one bucket, by the days since it was due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.rules.aging import AGE_WORDS, AGES, age_of, aged

TODAY = date(2026, 7, 19)


@pytest.mark.parametrize(
    ("late", "bucket"),
    [
        (-400, 0),
        (-1, 0),
        (0, 0),  # today is still in time
        (1, 1),
        (30, 1),
        (31, 2),
        (60, 2),
        (61, 3),
        (90, 3),
        (91, 4),
        (180, 4),
        (181, 5),
        (4000, 5),
    ],
)
def test_a_debt_moves_on_the_day_after_its_bucket_is_full(late: int, bucket: int) -> None:
    assert age_of(TODAY - timedelta(days=late), TODAY) == bucket


def test_a_bucket_is_called_by_its_days() -> None:
    assert len(AGE_WORDS) == len(AGES) + 2
    for most, word, after in zip(AGES, AGE_WORDS[1:], AGE_WORDS[2:], strict=False):
        assert f"-{most} " in word
        assert f" {most + 1}-" in after or f"超过 {most} " in after


def test_the_debts_of_a_home_stand_in_their_buckets() -> None:
    items = [
        (date(2026, 7, 31), 65_783),
        (date(2026, 6, 30), 21_928),  # 19 days
        (date(2026, 6, 19), 100),  # 30 days
        (date(2026, 3, 31), 65_783),  # 110 days
        (date(2025, 12, 31), 65_782),  # 200 days
    ]
    assert aged(items, TODAY) == [65_783, 22_028, 0, 0, 65_783, 65_782]
    assert aged([], TODAY) == [0, 0, 0, 0, 0, 0]


@given(st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2027, 1, 1)), st.integers(0, 10**7))))
def test_every_fen_is_in_one_bucket_and_ages_only_forward(items: list[tuple[date, int]]) -> None:
    sums = aged(items, TODAY)
    assert sum(sums) == sum(fen for _due, fen in items)
    tomorrow = aged(items, TODAY + timedelta(days=1))
    for bucket in range(len(AGE_WORDS)):
        assert sum(tomorrow[bucket:]) >= sum(sums[bucket:])
