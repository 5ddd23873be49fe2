"""The registers' door for text: what may come in, how long it may be, how it is shown safely.

Nothing that steers a terminal, turns the reading direction round or cannot be seen gets into a
record: two names that look alike must be alike, and no note may write on the screen by itself.
What lies in a record all the same (an old import, a hand-edited file) is shown by `visible`.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from wuye_tui.rules.errors import UsageError
from wuye_tui.words import N_, _

_NEVER = (
    "\x00-\x1f\x7f-\x9f"  # C0, DEL, C1: these steer terminals
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0"  # invisible fillers
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # of old scripts and music
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls
    "\u200b\u200c\u2060-\u2065\u206a-\u206f\ufeff"  # zero width
    "\u2028\u2029\ufff0-\ufffb"  # separators and annotations
    "\ufdd0-\ufdef\ufffd-\uffff"  # "could not be decoded", and no characters at all
    "\ud800-\udfff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # lone surrogates, tag characters
    # No characters either: the last two of every plane.
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
)
_EMOJI = (
    "\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_EMOJI_SELECTORS = "\ufe0e\ufe0f"
_GLYPH_SELECTORS = "\ufe00-\ufe0d\U000e0100-\U000e01ef"
_MARKS = (
    "\u0300-\u034e\u0350-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0483-\u0489\u2de0-\u2dff\u302a-\u302d\u3099\u309a"  # Cyrillic, Chinese tones, kana
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"  # Arabic
    "\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u0816-\u082d\u0859-\u085b\u0898-\u089f"
    "\u08ca-\u08e1\u08e3-\u0902\u093a\u093c\u0941-\u0948\u094d\u0951-\u0957\u0962\u0963"  # of India
    "\u0981\u09bc\u09c1-\u09c4\u09cd\u0a3c-\u0a51\u0abc\u0ac1-\u0acd\u0b3c\u0b41-\u0b44\u0b4d\u0bc0"
    "\u0bcd\u0c3c-\u0c40\u0c46-\u0c56\u0cbc\u0cbf\u0cc6\u0ccc\u0ccd\u0d3b\u0d3c\u0d41-\u0d44\u0d4d"
    "\u0dca-\u0dd6\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd"  # Thai, Lao
    "\u0f18\u0f19\u0f35\u0f37\u0f39\u0f71-\u0f84\u0f86\u0f87\u0f8d-\u0fbc\u0fc6"  # Tibetan
    "\u102d-\u1030\u1032-\u1037\u1039\u103a\u103d\u103e\u17b7-\u17bd\u17c6\u17c9-\u17d3"  # Burmese
)

SUSPECT: Final = re.compile(f"[{_NEVER}\u200d{_EMOJI_SELECTORS}{_GLYPH_SELECTORS}{_MARKS}]")
"""A quick first look: a text without any of these is good. One with them may still be good."""

_DASHES: Final = re.compile("[\u2010-\u2015\u2212]+")
_PHONE: Final = re.compile(r"\d{7,}|(?:86[ -]?)?\d(?:[ -]?\d){5,11}")
_D: Final = "[0-9\uff10-\uff19]"  # people type full-width digits too
_AMONG_WORDS: Final = re.compile(
    rf"(?<!{_D})(?:(?:\+?86[ .-]?)?[1\uff11][3-9\uff13-\uff19]{_D}(?:[ .-]?{_D}){{8}}"
    rf"|(?<![0-9-])0[0-9]{{2,3}}-?[1-9][0-9]{{6,7}})(?!{_D})"
)
_BORN: Final = (
    "(?:18|19|20|\uff11\uff18|\uff11\uff19|\uff12\uff10)"
    f"{_D}{{2}}[ -]?[01\uff10\uff11]{_D}[0-3\uff10-\uff13]{_D}"
)
# An identity number: its region, a birthday, three digits and one to check them; or the old form.
_IDENTITY: Final = re.compile(
    f"(?<!{_D})[1-9\uff11-\uff19]{_D}{{5}}[ -]?"
    f"(?:{_BORN}[ -]?{_D}{{3}}(?:{_D}|[Xx\uff38\uff58])|{_D}{{2}}[01]{_D}[0-3]{_D}{{4}})(?!{_D})"
)
_BLANKS: Final = " \t\n\u00a0\u3000"


@cache
def bad_character() -> re.Pattern[str]:
    """One character that never gets into a record nor out to a terminal. Newline and tab included.

    Read when it is first needed, which is after the first paint.
    """
    return re.compile(
        f"[{_NEVER}]"
        # The joiner belongs between two emoji, a selector behind what it selects; elsewhere they
        # would make a second name that looks like the first.
        f"|(?<![{_EMOJI}{_EMOJI_SELECTORS}])\u200d|\u200d(?![{_EMOJI}])"
        f"|(?<![{_EMOJI}0-9#*\u00a9\u00ae])[{_EMOJI_SELECTORS}]"
        f"|(?<![{_HAN}])[{_GLYPH_SELECTORS}]"
        # A fifth accent on one letter is a tower over the lines above it.
        f"|(?<=[{_MARKS}]{{4}})[{_MARKS}]"
    )


class Field(StrEnum):
    """The kinds of text that people type, each with its own limit."""

    NAME = "name"
    PHONE = "phone"
    ROOM = "room"
    PLACE = "place"
    ADDRESS = "address"
    LINE = "line"
    SUMMARY = "summary"
    WORDS = "words"
    LOG = "log"
    REASON = "reason"
    NOTE = "note"
    TITLE = "title"
    NUMBER = "number"
    CODE = "code"
    PLATE = "plate"
    IDENTITY = "identity"
    SEARCH = "search"


@dataclass(frozen=True)
class Limit:
    """How a field is called on the screen, its most characters, and whether it has lines."""

    word: str
    most: int
    many_lines: bool = False


LIMITS: Final[dict[Field, Limit]] = {
    Field.NAME: Limit(N_("姓名"), 40),
    Field.PHONE: Limit(N_("电话"), 30),
    Field.ROOM: Limit(N_("房号"), 20),
    Field.PLACE: Limit(N_("地点"), 100),
    Field.ADDRESS: Limit(N_("地址"), 200),
    Field.LINE: Limit(N_("来电内容"), 500),
    Field.SUMMARY: Limit(N_("摘要"), 200),
    Field.WORDS: Limit(N_("正文"), 2000, many_lines=True),
    Field.LOG: Limit(N_("值班记录"), 4000, many_lines=True),
    Field.REASON: Limit(N_("原因"), 500),
    Field.NOTE: Limit(N_("备注"), 500),
    Field.TITLE: Limit(N_("名称"), 100),
    Field.NUMBER: Limit(N_("编号"), 40),
    Field.CODE: Limit(N_("代码"), 20),
    Field.PLATE: Limit(N_("车牌"), 20),
    Field.IDENTITY: Limit(N_("证件号"), 40),
    Field.SEARCH: Limit(N_("查找内容"), 100),
}


class BadText(UsageError):
    """A character that may not come in. `position` counts from 1 in what was typed."""

    def __init__(self, word: str, character: str, position: int) -> None:
        self.character = character
        self.position = position
        super().__init__(
            _("{word}的第 {position} 个字符 {code} 不能使用。请删掉它，重新输入。").format(
                word=word, position=position, code=f"U+{ord(character):04X}"
            )
        )


class TooLong(UsageError):
    """More characters than the field holds."""

    def __init__(self, word: str, length: int, most: int) -> None:
        self.length = length
        self.most = most
        super().__init__(
            _("{word}有 {length} 个字，最多 {most} 个字。请写短一些。").format(
                word=word, length=length, most=most
            )
        )


def clean(text: str, field: Field, word: str = "") -> str:
    """The text as it is stored: composed (NFC), blanks cut off both ends, tabs as spaces.

    `word` replaces the field's own name in a refusal. Raises BadText and TooLong.
    """
    limit = LIMITS[field]
    called = word or _(limit.word)
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = plain.strip(_BLANKS)
    # Composing makes text shorter, at most to a quarter; what is longer is refused unread.
    if len(kept) > 4 * limit.most:
        raise TooLong(called, len(kept), limit.most)
    _refuse_bad(kept, plain.find(kept), called, limit.many_lines)
    kept = unicodedata.normalize("NFC", kept)
    if len(kept) > limit.most:
        raise TooLong(called, len(kept), limit.most)
    return kept


def code(text: str, field: Field, word: str = "") -> str:
    """A phone, room, plate or code as it is stored: full-width forms become ASCII (NFKC) first."""
    if len(text) > 4 * LIMITS[field].most:  # a compatibility form may unfold into 18 characters
        return clean(text, field, word)
    return clean(_DASHES.sub("-", unicodedata.normalize("NFKC", text)), field, word)


def visible(text: str, lines: bool = False) -> str:
    """The text as it may be printed: what would act or hide is spelled out, `<1B>`, `<202E>`.

    A tab is a space. A newline stays with `lines`, otherwise it is ` / `, so that one record
    stays one line.
    """
    if not SUSPECT.search(text):
        return text
    parts = text.replace("\r\n", "\n").replace("\t", " ").split("\n")
    return ("\n" if lines else " / ").join(bad_character().sub(_stand_in, part) for part in parts)


def masked_phone(phone: str) -> str:
    """The number with the four digits before the last four hidden: `138****5678`.

    Separators and area codes stay. Numbers of five digits and fewer are services: they stay whole.
    An identity number that somebody wrote in its place is hidden as one.
    """
    if len(phone) == 11 and phone.isdecimal():  # a mobile number, as nearly all are
        return f"{phone[:3]}****{phone[7:]}"
    return _PHONE.sub(_masked, masked_identity(phone))


def masked_words(words: str) -> str:
    """The same for telephone numbers that somebody wrote among words, and for identity numbers, of
    which three digits stay in front and two behind; rooms stay as they are.
    """
    return _AMONG_WORDS.sub(_masked, masked_identity(words))


def masked_identity(words: str) -> str:
    """Identity numbers among words alone; telephones stay."""
    return _IDENTITY.sub(_hidden_identity, words)


def masked_name(name: str) -> str:
    """The first character of a name, and a star for each further one: `陈*`."""
    return name[:1] + "*" * (len(name) - 1)


def masked_plate(plates: str) -> str:
    """Number plates parted by blanks, of each the middle hidden: `浙A***00`."""
    return " ".join(
        one[:2] + "*" * max(0, len(one) - 4) + one[-2:] if len(one) > 4 else "*" * len(one)
        for one in plates.split()
    )


def _refuse_bad(text: str, offset: int, word: str, many_lines: bool) -> None:
    for found in bad_character().finditer(text):
        if not (many_lines and found.group() == "\n"):
            raise BadText(word, found.group(), offset + found.start() + 1)


def _stand_in(found: re.Match[str]) -> str:
    return f"<{ord(found.group()):02X}>"


def _hidden_identity(found: re.Match[str]) -> str:
    number = found.group()
    return number[:3] + "*" * (len(number) - 5) + number[-2:]


def _masked(found: re.Match[str]) -> str:
    number = found.group()
    digits = [place for place, character in enumerate(number) if character.isdigit()]
    hidden = set(digits[-8:-4])
    return "".join("*" if place in hidden else c for place, c in enumerate(number))
