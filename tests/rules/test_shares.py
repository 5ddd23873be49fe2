"""Shared costs: whole to the fen, fair to a fen, and the same whoever comes first."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.rules.money import NothingToSplitBy
from wuye_tui.rules.shares import (
    BASIS_WORDS,
    Basis,
    NegativePool,
    NobodyToShare,
    Sharer,
    shared,
    without_weight,
)

sharers_of_a_building = st.dictionaries(
    st.sampled_from([f"3-1-{floor}0{door}" for floor in range(1, 19) for door in (1, 2)]),
    st.none() | st.integers(0, 300_000),
    min_size=1,
    max_size=20,
).map(lambda found: [Sharer(unit, weight) for unit, weight in found.items()])


def test_the_light_of_a_staircase_is_shared_by_area() -> None:
    # 100.00 yuan by 89.50, 120.00 and 65.30 square metres of 274.80: 32.569.., 43.668.., 23.762..
    homes = [Sharer("3-1-102", 120_000), Sharer("3-1-201", 65_300), Sharer("3-1-101", 89_500)]
    assert shared(10_000, homes) == [("3-1-101", 3257), ("3-1-102", 4367), ("3-1-201", 2376)]


def test_among_equals_the_fen_that_is_left_goes_to_the_unit_that_sorts_first() -> None:
    homes = [Sharer(unit, 1) for unit in ("3-1-301", "3-1-101", "3-1-201")]
    assert shared(100, homes) == [("3-1-101", 34), ("3-1-201", 33), ("3-1-301", 33)]
    assert shared(101, homes) == [("3-1-101", 34), ("3-1-201", 34), ("3-1-301", 33)]


def test_a_unit_without_weight_bears_nothing_and_is_listed() -> None:
    homes = [Sharer("1-1-102", None), Sharer("1-1-103", 5_000), Sharer("1-1-101", 0)]
    assert shared(100, homes) == [("1-1-101", 0), ("1-1-102", 0), ("1-1-103", 100)]
    assert without_weight(homes) == ["1-1-101", "1-1-102"]


@pytest.mark.parametrize("homes", [[], [Sharer("1-1-101", 0), Sharer("1-1-102", None)]])
def test_a_pool_that_nobody_bears_is_refused(homes: list[Sharer]) -> None:
    with pytest.raises(NobodyToShare, match=r"1,234\.50 元没有人分摊") as refused:
        shared(123_450, homes)
    assert isinstance(refused.value, Refused)
    assert refused.value.clause == "FW-4.1"


def test_a_pool_below_zero_is_refused() -> None:
    with pytest.raises(NegativePool, match=r"-0\.01 元是负数") as refused:
        shared(-1, [Sharer("1-1-101", 1)])
    assert isinstance(refused.value, UsageError)


def test_a_weight_below_zero_is_refused() -> None:
    with pytest.raises(NothingToSplitBy):
        shared(100, [Sharer("1-1-101", 3), Sharer("1-1-102", -1)])


def test_every_basis_has_its_word() -> None:
    assert [BASIS_WORDS[Basis(code)] for code in ("area", "unit", "meter")] == [
        "按面积",
        "按户",
        "按用量",
    ]


@given(st.integers(0, 10**9), sharers_of_a_building, st.data())
def test_the_parts_sum_to_the_pool_and_are_fair_in_any_order(
    fen: int, homes: list[Sharer], data: st.DataObject
) -> None:
    total = sum(home.weight or 0 for home in homes)
    if total == 0:
        with pytest.raises(NobodyToShare):
            shared(fen, homes)
        return
    parts = shared(fen, homes)
    assert sum(part for _unit, part in parts) == fen
    assert [unit for unit, _part in parts] == sorted(home.unit for home in homes)
    weights = {home.unit: home.weight or 0 for home in homes}
    for unit, part in parts:
        assert abs(part - Fraction(fen * weights[unit], total)) < 1
    assert shared(fen, data.draw(st.permutations(homes))) == parts
    assert set(without_weight(homes)) == {u for u, w in weights.items() if not w}


@given(st.integers(0, 10**6), st.permutations([("a", 3), ("a", 5), ("a", 3), ("b", 2), ("b", 2)]))
def test_a_unit_that_is_in_it_twice_gets_the_same_parts_in_any_order(
    fen: int, order: list[tuple[str, int]]
) -> None:
    parts = shared(fen, [Sharer(*one) for one in order])
    assert parts == shared(fen, [Sharer(*one) for one in sorted(order)])
