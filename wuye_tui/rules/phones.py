"""What a telephone number is: one rule for files that come in, forms, commands and the line.

A file with residents holds mobile numbers and fixed lines with their area; whoever calls may also
stand at a service number, an extension or a foreign line. An identity number is none of them.
"""

import re
from typing import Final

from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.text import Field, code, masked_identity
from wuye_tui.words import _

_MOBILE: Final = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")
_LANDLINE: Final = re.compile(
    r"\(?(0(?:10|2[0-9]|[3-9][0-9]{2}))\)?-?([1-9][0-9]{6,7})(?:[-转]([0-9]{1,6}))?"
)
_EIGHT: Final = re.compile("010|02[0-9]")  # areas whose numbers have eight digits
_SERVICE: Final = re.compile(r"[1-9][0-9]{2,7}|[48]00-?[0-9]{3}-?[0-9]{4}")
_WITH_EXTENSION: Final = re.compile(rf"(?:{_SERVICE.pattern})(?:-|#|转分机|转|分机)[0-9]{{1,6}}")
_ABROAD: Final = re.compile(r"(?:\+|00)[1-9][0-9]{6,13}")
_SEVERAL: Final = re.compile(r"[、,，;；/|或和\n]+")
_SET_APART: Final = re.compile("[ -]")
_BRACKETS: Final = re.compile("[ ()-]")
_IN_FRONT: Final = re.compile(
    r"[0-9]{1,3}?(1[3-9][0-9]{9}|0(?:10|2[0-9]|[3-9][0-9]{2})[1-9][0-9]{6,7})"
)
_DIGITS: Final = re.compile(r"(?:\+|00)?([1-9][0-9]{6,13})")


class NotDialled(UsageError):
    """Words, or the number of something else, where a telephone number was asked for."""

    def __init__(self, word: str) -> None:
        told = _("{word}写的不是能拨的号码，请只写手机号、带区号的座机，或 95598 这样的短号。")
        super().__init__(told.format(word=word or _("电话")))


def short_of(typed: str) -> str:
    """The area of a fixed line that lacks its eighth digit; empty for every other number."""
    line = _LANDLINE.fullmatch(typed)
    return line[1] if line and _EIGHT.fullmatch(line[1]) and len(line[2]) < 8 else ""


def own(typed: str) -> str:
    """A mobile number as 11 digits, a fixed line as 0571-88157788 or 0571-88157788-801; empty for
    what is neither. `typed` has no blanks.
    """
    mobile = _MOBILE.fullmatch(typed.replace("-", ""))
    if mobile:
        return mobile[1]
    line = _LANDLINE.fullmatch(typed)
    if line is None or short_of(typed):
        return ""
    return "-".join(part for part in line.groups() if part)


def is_service(typed: str) -> bool:
    """Whether it is a short number or one of a firm: 110, 95598, 8001, 400-820-8820."""
    return _SERVICE.fullmatch(typed) is not None


def is_dialled(typed: str) -> bool:
    """Whether one number can be dialled, from here or to abroad. `typed` has no blanks."""
    return bool(
        own(typed)
        or _LANDLINE.fullmatch(typed)  # one digit short: still the best that a caller has left
        or is_service(typed)
        or _WITH_EXTENSION.fullmatch(typed)
        or _ABROAD.fullmatch(_BRACKETS.sub("", typed))
    )


def given(typed: str, word: str = "") -> str:
    """The telephone of somebody as it is stored, as it was typed; several may be parted by / or 、.

    Raises BadText, TooLong and NotDialled.
    """
    said = code(typed, Field.PHONE, word)
    if said and (_is_identity(said) or not all(map(_is_one, _SEVERAL.split(said)))):
        raise NotDialled(word)
    return said


def heard(digits: str) -> str:
    """What a telephone system tells of a line, as a number that is taken everywhere: one with the
    digit for an outside line in front without it; empty for what nobody could call back.
    """
    bare = _BRACKETS.sub("", digits)
    if is_dialled(bare) and not _is_identity(bare):
        return digits
    if inside := _IN_FRONT.fullmatch(bare):
        return inside[1]
    abroad = _DIGITS.fullmatch(bare)
    return f"+{abroad[1]}" if abroad else ""


def _is_one(part: str) -> bool:
    """One number with its blanks, or several with blanks between them."""
    return is_dialled("".join(part.split())) or (
        bool(part.strip()) and all(map(is_dialled, part.split()))
    )


def _is_identity(said: str) -> bool:
    bare = _SET_APART.sub("", said)
    return masked_identity(bare) != bare
