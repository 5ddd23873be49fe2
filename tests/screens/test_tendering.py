"""Money as it is typed at the counter: one amount, several means, or a means for all of it."""

import pytest

from screens.tendering import Unreadable, means_and_sums, means_named, read_money
from screens.wording import sentence
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.money import NegativeAmount, NotAnAmount, TooPreciseAmount
from wuye_tui.rules.payments import MoreThanOwed, NothingPaid, UnknownMeans

WANTED = 551_18


@pytest.mark.parametrize(
    ("typed", "paid"),
    [
        ("", [("card", WANTED)]),
        ("  ", [("card", WANTED)]),
        ("200", [("card", 200_00)]),
        ("￥1,234.5元", [("card", 1234_50)]),
        ("１２０．５０", [("card", 120_50)]),
        ("微信", [("wechat", WANTED)]),
        ("wx", [("wechat", WANTED)]),
        ("现金100 微信50", [("cash", 100_00), ("wechat", 50_00)]),
        ("现金100微信50", [("cash", 100_00), ("wechat", 50_00)]),
        ("现金：１００元，支付宝：５０．５元", [("cash", 100_00), ("alipay", 50_50)]),
        ("100现金+50转账", [("cash", 100_00), ("transfer", 50_00)]),
        ("现金100和微信50", [("cash", 100_00), ("wechat", 50_00)]),
        ("cash 1,000.00, card 2", [("cash", 1000_00), ("card", 2_00)]),
        ("xj10 sk20 wx30 zfb40 zz50", [
            ("cash", 10_00), ("card", 20_00), ("wechat", 30_00), ("alipay", 40_00),
            ("transfer", 50_00),
        ]),
    ],
)  # fmt: skip
def test_what_is_typed_is_read(typed: str, paid: list[tuple[str, int]]) -> None:
    assert [(one.means, one.fen) for one in read_money(typed, "card", WANTED)] == paid


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("120.505", TooPreciseAmount),
        ("现金1.005 微信2", TooPreciseAmount),
        ("-5", NegativeAmount),
        ("现金-5", NegativeAmount),
        ("100 50", NotAnAmount),
        ("现金100 50", Unreadable),
        ("现金 微信", Unreadable),
        ("现金100 微信", Unreadable),
        ("现金(100)", Unreadable),
        ("支票100", UnknownMeans),
        ("一百二", UnknownMeans),
    ],
)
def test_what_cannot_be_read_is_refused_in_its_own_words(
    typed: str, error: type[UsageError]
) -> None:
    with pytest.raises(error) as refused:
        read_money(typed, "cash", WANTED)
    assert str(refused.value)


def test_where_nothing_is_owed_nothing_is_proposed() -> None:
    with pytest.raises(NothingPaid):
        read_money("", "cash", 0)


def test_a_means_is_named_as_people_name_it() -> None:
    assert [means_named(one) for one in ("现金", "微", "支付", "Alipay", "ZZ")] == [
        "cash", "wechat", "alipay", "alipay", "transfer",
    ]  # fmt: skip
    tenders = read_money("现金100 微信50", "cash", WANTED)
    assert means_and_sums(tenders) == "现金 100.00、微信 50.00"


def test_the_console_names_no_option_of_the_command_line() -> None:
    assert "--prepay" in str(MoreThanOwed(2, 1))
    assert sentence(MoreThanOwed(200, 100)) == (
        "收 2.00元，只欠 1.00元，多 1.00元：找给业主，或者存作预存。"
    )
