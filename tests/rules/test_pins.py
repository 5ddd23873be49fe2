"""Which PINs may be chosen.

* six characters and more, up to 64, of any kind that a keyboard gives
* none that would be tried first: runs, repetitions, the well-known ones
* nothing of the person: staff number, telephone, name
* full-width digits are the same PIN as plain ones
"""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import ACTING
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.pins import (
    LONGEST,
    SHORTEST,
    PinIsOwn,
    PinTooEasy,
    PinTooLong,
    PinTooShort,
    PinUnusable,
    plain_pin,
    refuse_weak,
)


@pytest.mark.parametrize(
    "pin", ["730416", "７３０４１６", "correct horse battery staple", "窗前明月光疑是", "7K2-q9"]
)
def test_a_good_pin_passes(pin: str) -> None:
    refuse_weak(pin, "KF01", "13800001234", "李晓燕")


@pytest.mark.parametrize("pin", ["", "7", "73041", "７３０４１"])
def test_fewer_than_six_are_too_few(pin: str) -> None:
    with pytest.raises(PinTooShort) as refused:
        refuse_weak(pin)
    assert str(SHORTEST) in str(refused.value)


def test_sixty_four_are_enough() -> None:
    long = "4f7a2c9e" * 8
    assert len(long) == LONGEST
    refuse_weak(long)
    with pytest.raises(PinTooLong):
        refuse_weak(long + "1")
    with pytest.raises(PinTooLong):
        refuse_weak("4f7a2c9e" * 100_000)


@pytest.mark.parametrize(
    "pin",
    [
        "123456", "000000", "111111", "654321", "987654", "345678", "567890", "012345", "112233",
        "121212", "123123", "123321", "520520", "147258", "5201314", "999998", "１２３４５６",
        "abcdef", "ABCDEF", "qwerty", "Password", "abc123", "aaaaaaaaaaaaaaaaaaa", "20202020",
    ],
)  # fmt: skip
def test_what_would_be_tried_first_is_too_easy(pin: str) -> None:
    with pytest.raises(PinTooEasy):
        refuse_weak(pin)


@pytest.mark.parametrize(
    "pin", ["kf0100", "KF0100", "880123", "12345KF", "001234", "13800001234", "lixiaoyan"]
)
def test_nothing_of_the_person_will_do(pin: str) -> None:
    with pytest.raises((PinIsOwn, PinTooEasy)):
        refuse_weak(pin, "KF0100", "13800001234", "李晓燕", "lixiaoyan", "880123", "12345KF")


def test_a_short_number_over_and_over_is_ones_own_too() -> None:
    with pytest.raises(PinIsOwn):
        refuse_weak("KF01KF01", "KF01")
    refuse_weak("KF01-7304", "KF01")


@pytest.mark.parametrize("text", ACTING.values(), ids=ACTING)
def test_characters_that_nobody_can_see_are_refused_in_words(text: str) -> None:
    with pytest.raises(PinUnusable):
        refuse_weak("730416" + text)


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_text_passes_or_is_refused_in_words(pin: str, own: str) -> None:
    with suppress(UsageError):
        refuse_weak(pin, own)
        assert SHORTEST <= len(plain_pin(pin)) <= LONGEST
