"""Meters: read strictly, past the last digit, across a new meter, and what looks odd."""

from datetime import date, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.meters import (
    INSTALLED,
    KIND_WORDS,
    ODD_WORDS,
    REGULAR,
    REMOVED,
    ROLLED,
    DidNotRoll,
    InstalledTwice,
    NoMeter,
    NotAReading,
    RanBackwards,
    Reading,
    RemovedTwice,
    TooLarge,
    TooPreciseReading,
    TwoOnADay,
    odd_use,
    parse_reading,
    reading_words,
    used,
)


def read(*shown: tuple[int, str, str]) -> list[Reading]:
    """Readings of July 2026 by day, as shown and of which kind."""
    return [Reading(date(2026, 7, day), parse_reading(value), kind) for day, value, kind in shown]


@pytest.mark.parametrize(
    ("typed", "milli"),
    [
        ("1234.5", 1_234_500),
        ("0", 0),
        ("0.001", 1),
        ("00123", 123_000),
        ("１２３４．５６７", 1_234_567),
        ("　12 ", 12_000),
        ("999999999.999", 999_999_999_999),
        ("0000000000001", 1_000),
    ],
)
def test_readings_are_read_as_people_type_them(typed: str, milli: int) -> None:
    assert parse_reading(typed) == milli


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", NotAReading),
        ("-5", NotAReading),
        ("12.", NotAReading),
        (".5", NotAReading),
        ("1,234", NotAReading),
        ("12 34", NotAReading),
        ("一百", NotAReading),
        ("5²", NotAReading),
        ("1e3", NotAReading),
        ("1.2345", TooPreciseReading),
        ("1.0000", TooPreciseReading),
        ("1000000000", TooLarge),
        ("9" * 5000, TooLarge),
    ],
)
def test_what_is_no_reading_is_refused_in_words(typed: str, error: type[UsageError]) -> None:
    with pytest.raises(UsageError) as refused:
        parse_reading(typed)
    assert type(refused.value) is error
    assert typed[:20] in str(refused.value)
    assert len(str(refused.value)) < 80


@given(st.integers(0, 10**12 - 1))
def test_a_reading_shown_can_be_typed_again(milli: int) -> None:
    shown = reading_words(milli)
    assert parse_reading(shown) == milli
    assert "." not in shown or not shown.endswith(("0", "."))


def test_a_month_is_the_difference_of_its_readings_times_the_factor() -> None:
    month = read((1, "1234.5", REGULAR), (31, "1300", REGULAR))
    assert used(month, 5, 1) == 65_500
    assert used(month, 5, 40) == 2_620_000  # through a transformer of 200/5


def test_readings_in_between_change_nothing_in_any_order() -> None:
    month = read((31, "1300", REGULAR), (1, "1234.5", REGULAR), (15, "1290", REGULAR))
    assert used(month, 5, 1) == 65_500


def test_one_reading_alone_is_no_use() -> None:
    assert used(read((1, "1234", REGULAR)), 5, 1) == 0
    assert used([], 5, 1) == 0


def test_past_the_last_digit_it_goes_on_from_zero() -> None:
    assert used(read((1, "99990", REGULAR), (31, "15.5", ROLLED)), 5, 1) == 25_500
    assert used(read((1, "9999.9", REGULAR), (31, "0", ROLLED)), 4, 1) == 100


def test_a_new_meter_goes_on_from_its_own_first_reading() -> None:
    month = read(
        (1, "5000", REGULAR), (12, "5030", REMOVED), (12, "2", INSTALLED), (31, "20", REGULAR)
    )
    assert used(month, 5, 1) == 48_000
    assert used(month[::-1], 5, 1) == 48_000


def test_a_meter_replaced_twice_a_month_still_adds_up() -> None:
    month = read(
        (1, "99980", REGULAR),
        (5, "3", ROLLED),
        (6, "4", REMOVED),
        (8, "0", INSTALLED),
        (20, "7", REMOVED),
        (20, "100", INSTALLED),
        (31, "101", REGULAR),
    )
    assert used(month, 5, 1) == 23_000 + 1_000 + 7_000 + 1_000


def test_a_reading_lower_than_the_one_before_must_be_explained() -> None:
    with pytest.raises(RanBackwards) as refused:
        used(read((1, "1300", REGULAR), (31, "1299.9", REGULAR)), 5, 1)
    assert "2026-07-31 的读数 1299.9 小于 2026-07-01 的 1300" in str(refused.value)
    assert KIND_WORDS[ROLLED] in str(refused.value)
    assert KIND_WORDS[REMOVED] in str(refused.value)
    with pytest.raises(RanBackwards):
        used(read((1, "1300", REGULAR), (31, "1299", REMOVED)), 5, 1)
    assert used(read((1, "1300", REGULAR), (31, "1300", REGULAR)), 5, 1) == 0


@pytest.mark.parametrize("after", ["1300", "1300.001"])
def test_a_meter_that_shows_no_less_has_not_gone_past_its_last_digit(after: str) -> None:
    with pytest.raises(DidNotRoll, match="没有过零"):
        used(read((1, "1300", REGULAR), (31, after, ROLLED)), 5, 1)


@pytest.mark.parametrize(
    "kinds",
    [
        (REGULAR, REGULAR),
        (REGULAR, REMOVED),
        (REMOVED, REMOVED),
        (INSTALLED, INSTALLED),
        (REMOVED, INSTALLED, REGULAR),
        (REMOVED, REMOVED, INSTALLED),
        (ROLLED, INSTALLED),
    ],
)
def test_a_day_has_one_reading_or_an_exchange(kinds: tuple[str, ...]) -> None:
    same = [Reading(date(2026, 7, 9), 1_000, kind) for kind in kinds]
    with pytest.raises(TwoOnADay, match="2026-07-09"):
        used([*read((1, "1", REGULAR)), *same], 5, 1)


@pytest.mark.parametrize(
    ("kinds", "error"),
    [
        ((REGULAR, REMOVED, REMOVED), RemovedTwice),
        ((REGULAR, INSTALLED), InstalledTwice),
        ((REGULAR, REMOVED, INSTALLED, INSTALLED), InstalledTwice),
        ((REGULAR, REMOVED, REGULAR), NoMeter),
        ((REMOVED, ROLLED), NoMeter),
    ],
)
def test_meters_go_out_and_in_by_turns(kinds: tuple[str, ...], error: type[UsageError]) -> None:
    readings = read(*((day, str(day), kind) for day, kind in enumerate(kinds, 1)))
    with pytest.raises(error, match=f"2026-07-0{len(kinds)}"):
        used(readings, 5, 1)


def test_a_reading_has_no_more_digits_than_the_meter() -> None:
    assert used(read((1, "9999.999", REGULAR)), 4, 1) == 0
    with pytest.raises(TooLarge, match="「10000」超过 4 位"):
        used(read((1, "10000", REGULAR)), 4, 1)


@given(
    st.lists(st.integers(0, 9_999_999), min_size=1, max_size=12),
    st.integers(0, 9_999_999),
    st.integers(1, 100),
    st.data(),
)
def test_however_a_meter_turns_what_ran_through_it_is_counted(
    runs: list[int], start: int, factor: int, data: st.DataObject
) -> None:
    """A meter of four digits that is watched, and now and then replaced by one set at random."""
    day, shown, turn = date(2026, 1, 1), start, 10_000_000
    readings = [Reading(day, shown, REGULAR)]
    for run in runs:
        day += timedelta(days=1)
        rolled, shown = divmod(shown + run, turn)
        if not rolled and data.draw(st.booleans()):
            readings.append(Reading(day, shown, REMOVED))
            shown = data.draw(st.integers(0, turn - 1))
            readings.append(Reading(day, shown, INSTALLED))
        else:
            readings.append(Reading(day, shown, ROLLED if rolled else REGULAR))
    assert used(data.draw(st.permutations(readings)), 4, factor) == factor * sum(runs)


@pytest.mark.parametrize(
    ("use", "earlier", "odd"),
    [
        (30_001, [10_000, 9_000, 11_000], "jump"),
        (30_000, [10_000, 9_000, 11_000], ""),  # just three times
        (10_000, [0, 0, 1_000], ""),  # ten units are little
        (10_001, [0, 0, 1_000], "jump"),  # an empty home in which water runs
        (15_001, [4_000, 6_001], ""),  # three times their middle is 15.0015
        (15_002, [4_000, 6_001], "jump"),
        (0, [6_000, 5_001, 4_000], "none"),
        (0, [6_000, 5_000, 4_000], ""),
        (0, [6_000, 4_001], "none"),
        (0, [6_000, 4_000], ""),
        (1, [6_000, 6_000], ""),
        (99_000, [], ""),
        (0, [], ""),
    ],
)
def test_a_use_unlike_the_earlier_ones_is_pointed_out(
    use: int, earlier: list[int], odd: str
) -> None:
    assert odd_use(use, earlier) == odd


@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**5), min_size=1, max_size=9))
def test_what_is_odd_goes_by_the_median(use: int, earlier: list[int]) -> None:
    odd = odd_use(use, earlier)
    assert odd in {"", *ODD_WORDS}
    assert (odd == "jump") == (use > 3 * median(earlier) and use > 10_000)
    assert (odd == "none") == (use == 0 and median(earlier) > 5_000)
    assert odd_use(use, earlier[::-1]) == odd
