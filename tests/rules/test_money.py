"""Money: read strictly, rounded once, shared out whole, written in capitals by the rule."""

import unicodedata
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.money import (
    MAX_FEN,
    MisplacedComma,
    NegativeAmount,
    NotAnAmount,
    NothingToSplitBy,
    TooLargeAmount,
    TooPreciseAmount,
    capitals,
    line_total,
    parse_yuan,
    split,
    yuan,
)

amounts = st.integers(0, MAX_FEN)


@pytest.mark.parametrize(
    ("fen", "shown"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (123450, "1,234.50"),
        (-123450, "-1,234.50"),
        (-5, "-0.05"),
        (MAX_FEN, "10,000,000,000.00"),
    ],
)
def test_fen_are_shown_as_yuan(fen, shown):
    assert yuan(fen) == shown


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("0", 0),
        ("12", 1200),
        ("12.5", 1250),
        ("0.05", 5),
        ("007.50", 750),
        ("1,234.50", 123450),
        ("1234.50", 123450),
        ("1,000,000", 100000000),
        ("¥12.50", 1250),
        ("￥12.50", 1250),
        ("12.50元", 1250),
        (" ¥ 12.50 元 ", 1250),
        ("１２．５０", 1250),
        ("１，２３４．５０元", 123450),
        ("　１２　", 1200),
        ("10,000,000,000.00", MAX_FEN),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, fen):
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("12,34", MisplacedComma),
        ("1,23,4.5", MisplacedComma),
        ("1234,567", MisplacedComma),
        (",123", MisplacedComma),
        ("1，2", MisplacedComma),
        ("1e5", NotAnAmount),
        ("", NotAnAmount),
        ("元", NotAnAmount),
        ("-", NotAnAmount),
        (".5", NotAnAmount),
        ("5.", NotAnAmount),
        ("1.2.3", NotAnAmount),
        ("1.5,0", MisplacedComma),
        ("1 234", NotAnAmount),
        ("+5", NotAnAmount),
        ("nan", NotAnAmount),
        ("0x10", NotAnAmount),
        ("1_000", NotAnAmount),
        ("١٢", NotAnAmount),
        ("5²", NotAnAmount),
        ("①", NotAnAmount),
        ("十二", NotAnAmount),
        ("12元5", NotAnAmount),
        ("¥¥12", NotAnAmount),
        ("12\n13", NotAnAmount),
        ("-5", NegativeAmount),
        ("－5", NegativeAmount),
        ("−5", NegativeAmount),
        ("¥-1,234.5", NegativeAmount),
        ("-五", NotAnAmount),
        ("1.005", TooPreciseAmount),
        ("1.000", TooPreciseAmount),
        ("10000000000.01", TooLargeAmount),
        ("9" * 5000, TooLargeAmount),
    ],
)
def test_what_is_no_plain_amount_is_refused_with_words(typed, error):
    with pytest.raises(error) as refused:
        parse_yuan(typed)
    assert isinstance(refused.value, UsageError)
    assert refused.value.exit_status == 2
    assert len(str(refused.value)) > len(typed[:24])


@settings(max_examples=100, deadline=None)
@given(amounts)
def test_what_is_shown_can_be_typed_again(fen):
    shown = yuan(fen)
    assert parse_yuan(shown) == fen
    assert parse_yuan(f"￥{shown}元") == fen
    wide = shown.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert unicodedata.normalize("NFKC", wide) == shown
    assert parse_yuan(wide) == fen


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789.,-¥￥元 eE+（）①½２．，", max_size=12))
def test_whatever_is_typed_is_an_amount_or_a_refusal(typed):
    try:
        fen = parse_yuan(typed)
    except UsageError:
        return
    assert 0 <= fen <= MAX_FEN


@pytest.mark.parametrize(
    ("price", "quantity", "fen"),
    [
        (23500, "89.32", 20990),  # 2.35 yuan a square metre: 209.902
        (5469, "1", 55),  # 0.5469 yuan a kilowatt-hour
        (50, "1", 1),  # half a fen goes up
        (49, "1", 0),
        (25000, "0.002", 1),  # 0.005 yuan, which half-even would lose
        (10000, "2.675", 268),
        (10000, "0", 0),
        (10000, "-2.675", -268),  # a line taken back takes back the same
        (1, "0.00000000000000000000000000000000001", 0),
        (10000, "123456789.000000000000000000000000000000001", 12345678900),
    ],
)
def test_a_line_is_rounded_half_up_once(price, quantity, fen):
    assert line_total(price, Decimal(quantity)) == fen


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 10**9),
    st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=6),
)
def test_a_line_is_what_decimal_says(price, quantity):
    with localcontext(prec=60):
        exact = price * quantity / 100
        expected = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    assert line_total(price, quantity) == expected


@pytest.mark.parametrize(
    ("fen", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),  # among equals the earlier
        (100, [1, 1, 4], [17, 17, 66]),  # 16.67 16.67 66.67
        (101, [1, 2, 1], [25, 51, 25]),  # the largest remainder first
        (5, [0, 1, 0, 1], [0, 3, 0, 2]),  # who has no weight pays nothing
        (-100, [1, 1, 1], [-34, -33, -33]),  # the reversal of the first
        (0, [3, 4], [0, 0]),
        (7, [10], [7]),
    ],
)
def test_a_split_gives_the_remainder_to_named_parts(fen, weights, parts):
    assert split(fen, weights) == parts


@pytest.mark.parametrize("weights", [[], [0, 0], [3, -1], [-1]])
def test_a_split_by_nothing_is_refused(weights):
    with pytest.raises(NothingToSplitBy):
        split(100, weights)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(-MAX_FEN, MAX_FEN),
    st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(any),
)
def test_the_parts_sum_to_the_whole_and_are_fair_to_a_fen(fen, weights):
    parts = split(fen, weights)
    assert sum(parts) == fen
    total = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * total - fen * weight) < total
    assert split(-fen, weights) == [-part for part in parts]


CAPITALS = [
    (0, "零元整"),
    (1, "壹分"),
    (10, "壹角整"),
    (50, "伍角整"),
    (55, "伍角伍分"),
    (100, "壹元整"),
    (105, "壹元零伍分"),
    (110, "壹元壹角整"),
    (1000, "壹拾元整"),
    (1005, "壹拾元零伍分"),
    (1050, "壹拾元零伍角整"),
    (1110, "壹拾壹元壹角整"),
    (32504, "叁佰贰拾伍元零肆分"),
    (140950, "壹仟肆佰零玖元伍角整"),
    (168032, "壹仟陆佰捌拾元零叁角贰分"),
    (600714, "陆仟零柒元壹角肆分"),
    (1000705, "壹万零柒元零伍分"),
    (1640902, "壹万陆仟肆佰零玖元零贰分"),
    (10000000, "壹拾万元整"),
    (10700053, "壹拾万零柒仟元零伍角叁分"),
    (101001010, "壹佰零壹万零壹拾元零壹角整"),
    (10010000000, "壹亿零壹拾万元整"),
    (10000161114, "壹亿零壹仟陆佰壹拾壹元壹角肆分"),
    (10000000000, "壹亿元整"),
    (10000000001, "壹亿元零壹分"),
    (MAX_FEN, "壹佰亿元整"),
]


@pytest.mark.parametrize(("fen", "words"), CAPITALS)
def test_capitals_follow_the_rule_for_vouchers(fen, words):
    assert capitals(fen) == words


def test_the_name_of_the_currency_goes_in_front_where_the_form_lacks_it():
    assert capitals(1640902, "人民币") == "人民币壹万陆仟肆佰零玖元零贰分"
    assert capitals(0, "人民币") == "人民币零元整"


def test_capitals_are_refused_below_zero_and_beyond_the_limit():
    with pytest.raises(NegativeAmount, match=r"-0\.01"):
        capitals(-1)
    with pytest.raises(TooLargeAmount):
        capitals(MAX_FEN + 1)


VALUES = {"元": 100, "角": 10, "分": 1}
GROUPS = {"亿": 10**8, "万": 10**4}
PLACES = {"仟": 1000, "佰": 100, "拾": 10}


def read_capitals(words: str) -> int:
    """Reads capitals back by adding up, knowing nothing of how they are written."""
    fen = total = group = digit = 0
    for char in words.removesuffix("整"):
        if char in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(char)
        elif char in PLACES:
            group, digit = group + digit * PLACES[char], 0
        elif char in GROUPS:
            total, group, digit = total + (group + digit) * GROUPS[char], 0, 0
        else:
            fen, total, group, digit = fen + (total + group + digit) * VALUES[char], 0, 0, 0
    return fen


# Amounts full of zeros are where the rule is hard.
gappy = st.lists(st.sampled_from("0001259"), min_size=1, max_size=12).map(lambda d: int("".join(d)))


@settings(max_examples=300, deadline=None)
@given(amounts | gappy)
def test_capitals_say_the_amount_and_nothing_else(fen):
    words = capitals(fen)
    assert read_capitals(words) == fen
    assert words.endswith("整") == (fen % 10 == 0)
    assert "零零" not in words
    assert not words.startswith("零") or fen == 0


@settings(max_examples=200, deadline=None)
@given(gappy.filter(bool))
def test_every_gap_between_two_digits_has_one_zero(fen):
    digits = str(fen).rstrip("0")
    gaps = len([gap for gap in "".join("0" if d == "0" else " " for d in digits).split() if gap])
    assert capitals(fen).count("零") == gaps
