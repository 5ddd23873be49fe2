"""Which PINs may be chosen: six characters and more, and none that would be tried first."""

import unicodedata
from collections.abc import Iterable
from typing import Final

from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.text import bad_character
from wuye_tui.words import _

SHORTEST: Final = 6
LONGEST: Final = 64

_SILLY: Final = frozenset(
    {
        *("112233", "123321", "123654", "147147", "147258", "147369", "159357", "159753"),
        *("258369", "321654", "456123", "520131", "520520", "520521", "521521", "654123"),
        *("741852", "789456", "963852", "5201314", "7758521", "147258369"),
        *("qwerty", "asdfgh", "zxcvbn", "password", "admin123", "abc123", "a123456"),
        *("123456a", "qwe123", "woaini", "woaini1314"),
    }
)
_RUNS: Final = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz")
_FEW: Final = 3
_PIECE: Final = 3


class PinTooShort(UsageError):
    """Fewer characters than a stolen database would take days for."""

    def __init__(self) -> None:
        super().__init__(_("密码至少 {least} 位，请加长后再试。").format(least=SHORTEST))


class PinTooLong(UsageError):
    """More characters than anybody types."""

    def __init__(self) -> None:
        super().__init__(_("密码最多 {most} 位，请改短后再试。").format(most=LONGEST))


class PinUnusable(UsageError):
    """A character that a keyboard does not give, or not every time."""

    def __init__(self) -> None:
        super().__init__(_("密码里有看不见的字符，请用数字、字母和常用符号。"))


class PinTooEasy(UsageError):
    """One of the first that anybody would try."""

    def __init__(self) -> None:
        super().__init__(_("这个密码太容易猜到，请不要用连号、重复的数字或常见的组合。"))


class PinIsOwn(UsageError):
    """The person's own number, which everybody knows."""

    def __init__(self) -> None:
        super().__init__(_("密码不能用自己的工号、电话或姓名，请换一个。"))


def refuse_weak(pin: str, *own: str) -> None:
    """Raises the sentence for a PIN that is too short, too long, or among the first to be guessed.

    `own` is what is known of the person: staff number, telephone, name.
    """
    chosen = plain_pin(pin)
    if bad_character().search(chosen):
        raise PinUnusable
    if len(chosen) < SHORTEST:
        raise PinTooShort
    if len(chosen) > LONGEST:
        raise PinTooLong
    if _is_own(chosen, own):
        raise PinIsOwn
    if _is_silly(chosen):
        raise PinTooEasy


def plain_pin(pin: str) -> str:
    """The same PIN however the input method writes its digits: full-width forms become ASCII."""
    return plain(pin, LONGEST)


def plain(typed: str, longest: int) -> str:
    """The usual form of what was typed. What is far too long stays so, and is never cut to fit."""
    if len(typed) > 2 * longest:
        return typed[: 2 * longest]
    return unicodedata.normalize("NFKC", typed)


def _is_own(pin: str, own: Iterable[str]) -> bool:
    said = pin.casefold()
    return any(said in piece or says_again(said, piece) for piece in map(str.casefold, own))


def _is_silly(pin: str) -> bool:
    said = pin.casefold()
    return (
        said in _SILLY
        or len(set(said)) < _FEW
        or any(said in run for run in _RUNS)
        or any(says_again(said, said[:size]) for size in range(1, _PIECE + 1))
    )


def says_again(said: str, piece: str) -> bool:
    """Whether it is this piece, over and over: 123123, KF01KF01."""
    return bool(piece) and (piece * len(said))[: len(said)] == said
