"""Which passwords may be chosen: eight characters and more, and none that would be tried first.

A password is asked for where no enrolled workstation stands in for it (ASVS 6.2.1). Nothing is said
of what it is made of, and nobody has to change it after a while (ASVS 6.2.5, 6.2.10).
"""

import string
from collections.abc import Container, Iterable
from typing import Final

from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.pins import plain, says_again
from wuye_tui.rules.text import bad_character
from wuye_tui.words import _

SHORTEST: Final = 8
LONGEST: Final = 128

_FEW: Final = 4  # different characters
_LEFT: Final = 5  # characters that must be left without what everybody knows
_PIECE: Final = 3  # what is known must be so long, or it is in every other word
_AROUND: Final = string.digits + string.punctuation + " "  # what people put round a word
_EVERYBODYS: Final = ("wuye", "wuye-tui", "物业", "password", "密码", "口令")
_RUNS: Final = (
    *("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz"),
    *("qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"),
)


class PasswordTooShort(UsageError):
    """Fewer characters than ASVS 6.2.1 asks for."""

    def __init__(self) -> None:
        super().__init__(_("口令至少 {least} 位，请加长后再试。").format(least=SHORTEST))


class PasswordTooLong(UsageError):
    """More than is kept: refused, never cut."""

    def __init__(self) -> None:
        super().__init__(_("口令最多 {most} 位，请改短后再试。").format(most=LONGEST))


class PasswordUnusable(UsageError):
    """A character that a keyboard does not give, or not every time."""

    def __init__(self) -> None:
        super().__init__(_("口令里有看不见的字符，请用汉字、数字、字母和常用符号。"))


class PasswordTooEasy(UsageError):
    """One of the first that anybody would try."""

    def __init__(self) -> None:
        super().__init__(_("这个口令太常见，容易猜到，请换一个；一句自己记得住的话也可以。"))


class PasswordIsOwn(UsageError):
    """Little more than a name or a number that everybody knows."""

    def __init__(self) -> None:
        told = _("口令不能用自己的工号、电话、姓名或小区名称，请换一个。")
        super().__init__(told)


def plain_password(password: str) -> str:
    """The same password however the input method writes it; nothing is cut off."""
    return plain(password, LONGEST)


def refuse_weak_password(password: str, common: Container[str], *own: str) -> None:
    """Raises the sentence for a password that is too short, too long, or soon guessed.

    `common` are those that are tried first; `own` is what is known of the person and the office:
    number, telephone, names.
    """
    chosen = plain_password(password)
    if bad_character().search(chosen):
        raise PasswordUnusable
    if len(chosen) < SHORTEST:
        raise PasswordTooShort
    if len(chosen) > LONGEST:
        raise PasswordTooLong
    said = chosen.casefold()
    if _is_known(said, own):
        raise PasswordIsOwn
    if _is_easy(said, common):
        raise PasswordTooEasy


def _is_known(said: str, own: Iterable[str]) -> bool:
    """Whether it is a telephone or a part of one, or little is left without what is known."""
    pieces = {plain(one, LONGEST).casefold() for one in own}
    if any(said in piece or (piece and says_again(said, piece)) for piece in pieces):
        return True
    theirs = _without(said, pieces)
    # What everybody knows hides nothing between the pieces of their own: wuyeKF01wuye.
    return theirs != said and _is_little(_without(said, {*pieces, *_EVERYBODYS}))


def _without(said: str, pieces: Iterable[str]) -> str:
    """What is left of it without these pieces, the longest first."""
    for piece in sorted(pieces, key=len, reverse=True):
        if len(piece) >= _PIECE or (piece and not piece.isascii()):
            said = said.replace(piece, "")
    return said


def _is_little(left: str) -> bool:
    return len(left.strip(_AROUND)) < _LEFT


def _is_easy(said: str, common: Container[str]) -> bool:
    core = said.strip(_AROUND)
    left = _without(said, _EVERYBODYS)
    return (
        len(set(said)) < _FEW
        or said in common
        or core in common
        or (left != said and _is_little(left))
        or any(said in run or said in run[::-1] for run in _RUNS)
        or any(says_again(said, said[:size]) for size in range(1, len(said) // 2 + 1))
    )
