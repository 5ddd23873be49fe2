"""Parking spaces and plates as people type them (KF-3.4): which words are the space, and when two
are the same one.
"""

import re
import unicodedata
from typing import Final

from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.units_text import find_plates
from wuye_tui.words import _

_DIGIT: Final = re.compile(r"\d")
_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_APART: Final = re.compile(r"[^\w-]|_|(?<!\d)-|-(?!\d)")


class SpaceNotSaid(UsageError):
    """A space that is paid for has a number: without it, it could be given away twice."""

    def __init__(self) -> None:
        super().__init__(_("请写明是哪个车位：--subject，例如 B-115。"))


class TwoPlates(UsageError):
    """A plate with the space, and another one beside it."""

    def __init__(self, one: str, other: str) -> None:
        told = _("车牌写了两个：{one} 和 {other}，请只留一个。")
        super().__init__(told.format(one=one, other=other))


def space_and_plate(subject: str, plate: str = "") -> tuple[str, str]:
    """The space, and the plate of the car on it; both may stand in the one text. Raises
    SpaceNotSaid, TwoPlates.
    """
    space, beside = parted(subject)
    said = " ".join(plate.split())
    if not space:
        raise SpaceNotSaid
    if said and beside and space_key(said) != space_key(beside):
        raise TwoPlates(beside, said)
    return space, said or beside


def parted(subject: str) -> tuple[str, str]:
    """The space and the plate of one text, wherever the plate stands in it; where none is known as
    one, the first word with a digit is the end of the space: 地下 B-115, and what follows its car.
    """
    text = " ".join(unicodedata.normalize("NFKC", subject).split())
    if plates := find_plates(text):
        one = plates[0]
        return " ".join((text[: one.start] + " " + text[one.end :]).split()), one.value
    words = text.split()
    ends = next((n for n, word in enumerate(words, 1) if _DIGIT.search(word)), len(words))
    return " ".join(words[:ends]), " ".join(words[ends:])


def space_key(space: str) -> str:
    """What two writings of a space have in common: neither blanks nor dashes, case nor width tell
    them apart. Only what stands between two digits does: B1-15 is not B115.
    """
    plain = unicodedata.normalize("NFKC", space).casefold()
    return _APART.sub("", _BETWEEN_DIGITS.sub("-", plain))
