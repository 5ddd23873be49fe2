"""Lines of a bill: whole months exact, broken ones by their days, rounded once, and explained."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.rules.fees import (
    MAX_PRICE,
    WHOLE,
    EndsBeforeItBegins,
    HoleInPrices,
    NegativePrice,
    NoPrice,
    NotAPrice,
    OverlappingPrices,
    Part,
    Price,
    Term,
    TooLargePrice,
    TooPrecisePrice,
    check_prices,
    parse_price,
    price_spans,
    price_words,
    reckon,
)
from wuye_tui.rules.money import MisplacedComma, line_total
from wuye_tui.rules.months import Month

DAY = timedelta(days=1)
HOME = 89_500  # 89.50 square metres
OLD = Price(date(2026, 1, 1), date(2026, 6, 12), 24_500)
NEW = Price(date(2026, 6, 13), None, 26_000)
JUNE = (date(2026, 6, 1), date(2026, 6, 30))

quantities = st.integers(0, 500_000)
amounts = st.integers(0, 200_000)
months = st.builds(Month, st.integers(2000, 2100), st.integers(1, 12))


def first(month: Month) -> date:
    return date(month.year, month.month, 1)


def always(price: int) -> list[Price]:
    return [Price(date(2000, 1, 1), None, price)]


@pytest.mark.parametrize(
    ("typed", "price"),
    [
        ("2.45", 24_500),
        ("0.5683", 5_683),
        ("0", 0),
        ("0.0001", 1),
        ("007.5", 75_000),
        ("2.4500", 24_500),
        ("２．４５", 24_500),
        ("　０．５６８３元 ", 5_683),
        ("￥2.45", 24_500),
        ("1,200.5", 12_005_000),
        ("100000", MAX_PRICE),
        ("000000000100000.0000", MAX_PRICE),
    ],
)
def test_prices_are_read_as_people_type_them(typed: str, price: int) -> None:
    assert parse_price(typed) == price


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", NotAPrice),
        ("元", NotAPrice),
        ("两块四", NotAPrice),
        (".5", NotAPrice),
        ("5.", NotAPrice),
        ("2.4.5", NotAPrice),
        ("1e2", NotAPrice),
        ("5²", NotAPrice),
        ("٢", NotAPrice),
        ("2.45\n2.60", NotAPrice),
        ("2,45", MisplacedComma),
        ("-2.45", NegativePrice),
        ("－2.45", NegativePrice),
        ("-x", NotAPrice),
        ("2.45001", TooPrecisePrice),
        ("2.45000", TooPrecisePrice),
        ("100000.0001", TooLargePrice),
        ("1000000", TooLargePrice),
        ("9" * 5000, TooLargePrice),
    ],
)
def test_what_is_no_price_is_refused_in_words(typed: str, error: type[UsageError]) -> None:
    with pytest.raises(UsageError) as refused:
        parse_price(typed)
    assert type(refused.value) is error
    assert typed[:20] in str(refused.value)
    assert len(str(refused.value)) < 80


@pytest.mark.parametrize(
    ("price", "shown"),
    [
        (24_500, "2.45"),
        (5_683, "0.5683"),
        (24_550, "2.455"),
        (20_000, "2.00"),
        (25_000, "2.50"),
        (1, "0.0001"),
        (0, "0.00"),
        (MAX_PRICE, "100,000.00"),
    ],
)
def test_prices_are_shown_without_needless_zeros(price: int, shown: str) -> None:
    assert price_words(price) == shown


@given(st.integers(0, MAX_PRICE))
def test_a_price_shown_can_be_typed_again(price: int) -> None:
    assert parse_price(price_words(price)) == price


def test_prices_that_follow_each_other_day_by_day_are_good_in_any_order() -> None:
    check_prices([])
    check_prices([NEW, OLD])
    check_prices([Price(date(2026, 6, 13), date(2026, 6, 13), 1), OLD])


def test_two_prices_for_a_day_are_refused_and_both_periods_are_named() -> None:
    late = Price(date(2026, 6, 12), None, 26_000)
    with pytest.raises(OverlappingPrices) as refused:
        check_prices([late, OLD])
    assert "2026-01-01 至 2026-06-12 与 2026-06-12 起 重叠" in str(refused.value)
    with pytest.raises(OverlappingPrices):
        check_prices([NEW, Price(date(2027, 1, 1), None, 1)])
    with pytest.raises(OverlappingPrices):
        price_spans([OLD, late], *JUNE)


def test_days_without_a_price_between_two_are_refused_and_named() -> None:
    with pytest.raises(HoleInPrices, match="2026-06-13 至 2026-06-14 没有单价"):
        check_prices([OLD, Price(date(2026, 6, 15), None, 26_000)])
    with pytest.raises(HoleInPrices, match="2026-06-13 至 2026-06-13 没有单价"):
        check_prices([OLD, Price(date(2026, 6, 14), None, 26_000)])


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    back = (date(2026, 6, 2), date(2026, 6, 1))
    with pytest.raises(EndsBeforeItBegins, match="2026-06-02 至 2026-06-01"):
        check_prices([Price(*back, 1)])
    with pytest.raises(EndsBeforeItBegins):
        price_spans([OLD], *back)
    with pytest.raises(EndsBeforeItBegins):
        reckon(HOME, [OLD], *JUNE, [Term(*back, 0, "")])


def test_days_are_cut_where_the_price_changes() -> None:
    assert price_spans([NEW, OLD], *JUNE) == [
        (date(2026, 6, 1), date(2026, 6, 12), 24_500),
        (date(2026, 6, 13), date(2026, 6, 30), 26_000),
    ]
    day = date(2026, 6, 12)
    assert price_spans([NEW, OLD], day, day) == [(day, day, 24_500)]


@pytest.mark.parametrize(
    ("prices", "day"),
    [
        ([], "2026-06-01"),
        ([OLD], "2026-06-13"),
        ([NEW], "2026-06-01"),
        ([OLD, Price(date(2026, 6, 14), None, 1)], "2026-06-13"),
        ([OLD, Price(date(2026, 6, 13), date(2026, 6, 29), 1)], "2026-06-30"),
        ([Price(date(2026, 1, 1), date(2026, 5, 31), 1)], "2026-06-01"),
        ([Price(date(2026, 7, 1), None, 1)], "2026-06-01"),
    ],
)
@pytest.mark.clause("KF-3.4")
def test_the_first_day_without_a_price_is_named(prices: list[Price], day: str) -> None:
    with pytest.raises(NoPrice, match=f"{day} 没有单价") as refused:
        price_spans(prices, *JUNE)
    assert isinstance(refused.value, Refused)
    assert refused.value.clause == "KF-3.4"


def test_a_whole_month_of_a_home_is_price_times_area() -> None:
    # 89.50 x 2.45 = 219.275: the half fen goes up.
    line = reckon(HOME, [OLD], date(2026, 2, 1), date(2026, 2, 28))
    assert line.fen == 21_928
    assert line.parts == (Part(date(2026, 2, 1), date(2026, 2, 28), 28, 28, 24_500, HOME, WHOLE),)
    assert line.words() == "89.50平方米 x 2.45元 x 1个月"


def test_a_quarter_is_rounded_once_and_not_by_the_month() -> None:
    # 219.275 x 3 = 657.825, where three rounded months would be 657.84.
    line = reckon(HOME, [OLD], date(2026, 1, 1), date(2026, 3, 31))
    assert line.fen == 65_783
    assert line.words() == "89.50平方米 x 2.45元 x 3个月"


def test_a_home_handed_over_in_the_middle_pays_from_that_day_on() -> None:
    # 12 of the 30 days of April: 219.275 x 12/30 = 87.71.
    line = reckon(HOME, [OLD], date(2026, 4, 19), date(2026, 4, 30))
    assert line.fen == 8_771
    assert line.words() == "89.50平方米 x 2.45元 x 12/30天"


def test_an_empty_home_pays_its_share_of_its_days() -> None:
    half = [Term(date(2026, 4, 19), None, 5_000, "空置")]
    line = reckon(HOME, [OLD], date(2026, 4, 19), date(2026, 4, 30), half)
    assert line.fen == 4_386  # 43.855
    assert line.words() == "89.50平方米 x 2.45元 x 12/30天 x 50%"


def test_a_new_price_in_the_middle_counts_by_days() -> None:
    # 89.5 x (2.45 x 12 + 2.60 x 18) / 30 = 227.33
    line = reckon(HOME, [NEW, OLD], *JUNE)
    assert line.fen == 22_733
    assert line.words() == "89.50平方米 x (2.45元 x 12/30天 + 2.60元 x 18/30天)"


def test_parts_of_two_months_weigh_by_the_length_of_each() -> None:
    # 300 yuan a space and month: 12/31 and 10/28 of it, 116.129 + 107.143 = 223.272.
    line = reckon(1_000, always(3_000_000), date(2026, 1, 20), date(2026, 2, 10))
    assert line.fen == 22_327
    assert line.words("个车位") == "1个车位 x (300.00元 x 12/31天 + 300.00元 x 10/28天)"
    # A leap February has 29: 300 x 10/29 = 103.448.
    assert reckon(1_000, always(3_000_000), date(2028, 2, 1), date(2028, 2, 10)).fen == 10_345


def test_where_terms_overlap_the_lowest_share_of_a_day_counts() -> None:
    terms = [
        Term(date(2026, 4, 1), date(2026, 4, 20), 7_000, "空置"),
        Term(date(2026, 4, 11), date(2026, 4, 15), 0, "停水减免"),
        Term(date(2026, 4, 14), date(2026, 4, 30), 9_000, "优惠"),
    ]
    line = reckon(30_000, always(10_000), date(2026, 4, 1), date(2026, 4, 30), terms)
    # One yuan a day: ten days at 70%, five free, five at 70%, ten at 90%.
    assert line.fen == 700 + 0 + 350 + 900
    shares = [(part.begins.day, part.ends.day, part.share) for part in line.parts]
    assert shares == [(1, 10, 7_000), (11, 15, 0), (16, 20, 7_000), (21, 30, 9_000)]
    assert reckon(30_000, always(10_000), date(2026, 4, 1), date(2026, 4, 30), terms[::-1]) == line


def test_a_share_is_said_without_needless_zeros() -> None:
    term = [Term(date(2026, 4, 1), None, 8_333, "")]
    line = reckon(120_000, always(20_000), date(2026, 4, 1), date(2026, 4, 30), term)
    assert line.words("户") == "120户 x 2.00元 x 1个月 x 83.33%"


def test_a_quantity_or_share_that_cannot_be_is_never_charged() -> None:
    with pytest.raises(AssertionError):
        reckon(-1, [OLD, NEW], *JUNE)
    with pytest.raises(AssertionError):
        reckon(HOME, [OLD, NEW], *JUNE, [Term(*JUNE, WHOLE + 1, "")])


@given(quantities, amounts, months)
def test_a_whole_month_is_the_line_of_its_price(quantity: int, price: int, month: Month) -> None:
    line = reckon(quantity, always(price), first(month), month.last_day)
    assert line.fen == line_total(price, Decimal(quantity) / 1000)


@given(quantities, amounts, months, st.sets(st.integers(2, 28), max_size=6))
def test_a_month_in_pieces_is_the_month_to_less_than_a_fen_a_piece(
    quantity: int, price: int, month: Month, cuts: set[int]
) -> None:
    begins = [first(month), *(first(month).replace(day=cut) for cut in sorted(cuts))]
    ends = [*(day - DAY for day in begins[1:]), month.last_day]
    pieces = [
        reckon(quantity, always(price), begin, end) for begin, end in zip(begins, ends, strict=True)
    ]
    whole = reckon(quantity, always(price), begins[0], ends[-1])
    assert abs(sum(piece.fen for piece in pieces) - whole.fen) < len(pieces)
    exact = sum(part.exact for piece in pieces for part in piece.parts)
    assert exact == whole.parts[0].exact


spans = st.tuples(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 120)).map(
    lambda found: (found[0], found[0] + found[1] * DAY)
)
terms_of_days = st.lists(
    st.builds(
        lambda days, open_, share: Term(days[0], None if open_ else days[1], share, ""),
        spans,
        st.booleans(),
        st.sampled_from([0, 3_000, 7_000, WHOLE]),
    ),
    max_size=4,
)


@given(quantities, amounts, spans, terms_of_days)
def test_a_line_is_the_sum_of_its_days_rounded_once(
    quantity: int, price: int, days: tuple[date, date], terms: list[Term]
) -> None:
    """Reckoned again day by day, knowing nothing of spans."""
    exact, day = Fraction(0), days[0]
    while day <= days[1]:
        shares = [
            term.share
            for term in terms
            if term.begins <= day and (term.ends is None or day <= term.ends)
        ]
        length = ((day.replace(day=1) + 31 * DAY).replace(day=1) - day.replace(day=1)).days
        share = min([*shares, WHOLE])
        exact += Fraction(price, 100) * Fraction(quantity, 1000) * Fraction(share, WHOLE) / length
        day += DAY
    line = reckon(quantity, always(price), *days, terms)
    assert -Fraction(1, 2) <= exact - line.fen < Fraction(1, 2)
    assert line.parts[0].begins == days[0]
    assert line.parts[-1].ends == days[1]
    for part, after in zip(line.parts, line.parts[1:], strict=False):
        assert part.ends + DAY == after.begins
        assert part.begins.month != after.begins.month or part.share != after.share


@given(quantities, amounts, spans)
def test_what_is_waived_costs_nothing(quantity: int, price: int, days: tuple[date, date]) -> None:
    assert reckon(quantity, always(price), *days, [Term(*days, 0, "")]).fen == 0


@given(quantities, amounts, spans, terms_of_days, st.integers(0, 5_000))
def test_more_area_or_a_higher_price_never_costs_less(
    quantity: int, price: int, days: tuple[date, date], terms: list[Term], more: int
) -> None:
    fen = reckon(quantity, always(price), *days, terms).fen
    assert reckon(quantity + more, always(price), *days, terms).fen >= fen
    assert reckon(quantity, always(price + more), *days, terms).fen >= fen


@given(quantities, amounts, spans, st.integers(-10, 130), terms_of_days)
def test_a_price_written_in_two_periods_changes_nothing(
    quantity: int, price: int, days: tuple[date, date], cut: int, terms: list[Term]
) -> None:
    middle = days[0] + cut * DAY
    two = [Price(middle, None, price), Price(date(2000, 1, 1), middle - DAY, price)]
    one = reckon(quantity, always(price), *days, terms)
    assert reckon(quantity, two, *days, terms) == one
