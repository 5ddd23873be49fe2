"""Money in whole fen: reading, showing, multiplying, sharing out, and writing in capitals.

There are no floats and no cents lost here: a line is rounded once, when it becomes a line, and
the parts of a split always sum to the whole.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from wuye_tui.rules.errors import UsageError
from wuye_tui.words import _

MAX_FEN = 10**12
"""Ten thousand million yuan. More than that is a slip of the finger."""

_PLAIN = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_GROUPED = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?")


class NotAnAmount(UsageError):
    """What was typed is no amount of money."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            _("「{typed}」不是金额。请输入以元为单位的数字，例如 1234.50。").format(typed=typed)
        )


class MisplacedComma(UsageError):
    """A comma that parts no thousands: it may have been meant as the decimal point."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            _("「{typed}」的逗号不在千位上。请去掉逗号，小数点用「.」，例如 1234.50。").format(
                typed=typed
            )
        )


class NegativeAmount(UsageError):
    """An amount below zero, where only an amount of money makes sense."""

    def __init__(self, shown: str) -> None:
        super().__init__(
            _("金额「{shown}」是负数。请输入正数；退款、冲销请用相应的功能。").format(shown=shown)
        )


class TooPreciseAmount(UsageError):
    """More than two decimals."""

    def __init__(self, typed: str) -> None:
        super().__init__(_("金额「{typed}」最多两位小数，到分为止。请改正。").format(typed=typed))


class TooLargeAmount(UsageError):
    """More than MAX_FEN."""

    def __init__(self, shown: str) -> None:
        super().__init__(
            _("金额「{shown}」超过 {limit} 元的上限。请核对位数。").format(
                shown=shown[:24], limit=yuan(MAX_FEN)
            )
        )


class NothingToSplitBy(UsageError):
    """A split without a single weight above zero, or with one below it."""

    def __init__(self) -> None:
        super().__init__(_("分摊的权重不能有负数，也不能全部为零。请先核对面积或户数。"))


def yuan(fen: int) -> str:
    """Fen as yuan for a person: 123450 is '1,234.50'."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02}"


def parse_yuan(text: str) -> int:
    """The fen of an amount that was typed in yuan, such as '1,234.5', '￥12' or '１２元'.

    Raises a UsageError with its own words for what is no amount, has a comma out of place, is
    negative, has more than two decimals, or is above MAX_FEN.
    """
    plain = _narrow(text).strip()
    bare = plain.removeprefix("¥").removesuffix("元").strip()
    found = _PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare)
    if found is None:
        raise _not_an_amount(text, bare)
    whole, decimals = found[1].replace(",", "").lstrip("0"), found[2] or ""
    if len(decimals) > 2:
        raise TooPreciseAmount(text)
    # Python itself refuses to read thousands of digits, so their number is looked at first.
    if len(whole) > len(str(MAX_FEN)):
        raise TooLargeAmount(text)
    fen = int(f"{whole or 0}{decimals:0<2}")
    if fen > MAX_FEN:
        raise TooLargeAmount(text)
    return fen


def _not_an_amount(typed: str, bare: str) -> UsageError:
    """The refusal that says what is wrong with it."""
    without_commas = bare.replace(",", "")
    if _PLAIN.fullmatch(without_commas):
        return MisplacedComma(typed)
    if without_commas[:1] in {"-", "−"} and _PLAIN.fullmatch(without_commas[1:]):
        return NegativeAmount(typed)
    return NotAnAmount(typed)


def _narrow(text: str) -> str:
    """Full-width characters as plain ones. Not NFKC for all: it would read 5² as 52."""
    return "".join(
        unicodedata.normalize("NFKC", char) if unicodedata.east_asian_width(char) == "F" else char
        for char in text
    )


def line_total(unit_price_ten_thousandths: int, quantity: Decimal) -> int:
    """The fen of one line: unit price (in 1/10000 yuan) times quantity, rounded half up once.

    Exact however many decimals the quantity has; below zero, half goes away from zero.
    """
    top, bottom = quantity.as_integer_ratio()
    product, unit = unit_price_ten_thousandths * top, 100 * bottom
    rounded = (2 * abs(product) + unit) // (2 * unit)
    return -rounded if product < 0 else rounded


def split(fen: int, weights: Sequence[int]) -> list[int]:
    """Shares `fen` out by `weights`, one part for each; the parts sum to `fen`.

    What rounding leaves goes, a fen each, to the parts with the largest remainders, and among
    equals to the earlier one. A part of weight zero gets nothing; a negative whole is shared out
    like the positive one. Raises NothingToSplitBy.
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise NothingToSplitBy
    sign, whole = (-1 if fen < 0 else 1), abs(fen)
    parts = [whole * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: -(whole * weights[at] % total))
    for at in by_remainder[: whole - sum(parts)]:
        parts[at] += 1
    return [sign * part for part in parts]


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ("亿", "万", "")


def capitals(fen: int, currency: str = "") -> str:
    """The amount in Chinese capitals, as vouchers want it: 伍角整, 壹仟陆佰捌拾元零叁角贰分.

    整 stands after yuan and after jiao, never after fen; every gap of zeros between two digits
    is read as one 零, also where the rule (会计基础工作规范, 52) would let it be left out. Where
    the form does not have it printed, the name of the currency goes in front: `currency` 人民币.
    Raises NegativeAmount and TooLargeAmount.
    """
    if fen < 0:
        raise NegativeAmount(yuan(fen))
    if fen > MAX_FEN:
        raise TooLargeAmount(yuan(fen))
    if fen == 0:
        return f"{currency}零元整"
    whole, rest = divmod(fen, 100)
    jiao, last = divmod(rest, 10)
    words = f"{_whole_capitals(whole)}元" if whole else ""
    # The last digit written before the jiao, or before the fen where there is no jiao.
    gap = "零" if words and (whole % 10 == 0 or jiao == 0) else ""
    if jiao:
        words += f"{gap}{_DIGITS[jiao]}角"
        gap = ""
    words += f"{gap}{_DIGITS[last]}分" if last else "整"
    return currency + words


def _whole_capitals(number: int) -> str:
    """A whole number above zero and below 10**12 in capitals."""
    words, gap = "", False
    digits = f"{number:012}"
    for group, name in enumerate(_GROUPS):
        four = digits[4 * group : 4 * group + 4]
        for digit, place in zip(four, _PLACES, strict=True):
            if digit == "0":
                gap = bool(words)
                continue
            words += ("零" if gap else "") + _DIGITS[int(digit)] + place
            gap = False
        words += name if int(four) else ""
    return words
