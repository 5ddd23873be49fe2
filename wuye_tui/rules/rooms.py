"""Which room a call is about: room numbers in every usual spelling.

`3-1-502` is building 3, entrance 1, room 502; `9-1-3A01` is on floor 3A, which many estates have in
place of 4. What is not certainly a room is none: floors (8楼), amounts (2个), voltages (220V),
dates (11-20), times (9:30), telephone numbers and car plates are left alone.

A shop has no entrance and often no building: `S-03` is shop 3 of the estate, `A-S03` that of
building A, whatever they are called (商铺3号, 底商03, S03).
"""

from dataclasses import dataclass
from typing import Final

from wuye_tui.rules.units_text import NUMBER, compiled, digits, fold, mask, number


@dataclass(frozen=True)
class RoomRef:
    """A room as it was said: `entrance` None and `building` '' where they were not said."""

    building: str
    entrance: str | None
    room: str


@dataclass(frozen=True)
class Found:
    """A room at the characters `start` to `end` (exclusive) of the text."""

    ref: RoomRef
    start: int
    end: int


_B: Final = rf"(?P<b>{NUMBER}|[A-Za-z])"
_E: Final = rf"(?P<e>{NUMBER}|[A-Za-z])"
_DASH: Final = r"\s?(?:[-./]{1,2}|(?<=[0-9])一(?=[0-9]))\s?"
_HOUSE: Final = r"\s?(?:栋楼?|幢楼?|座|号楼|#楼?)[-\s]*"
_STAIR: Final = r"\s?(?:单元|门|梯|单)[-\s]*"
_NOT_BEFORE: Final = (
    r"(?<![0-9A-Za-z])(?:(?=[0-9A-Za-z])|(?<![一二三四五六七八九十百千]))"
    r"(?<![0-9][-/#.:])(?<![0-9]一)(?<!车位)(?<!泊位)第?"
)
# 3-1-502-1 is some other office's room; 3-1-502138.. is a room with a mobile number behind it.
_END: Final = (
    r"(?:[A-Da-d](?![A-Za-z0-9]))?"
    r"(?:(?![0-9]|-[0-9]{1,2}(?![0-9点:]))|(?=1[3-9][0-9]{9}(?![0-9])))"
)
# Without an entrance `3-500元` would be a room, too.
_NO_AMOUNT: Final = (
    r"(?![VvWw元块度平㎡吨米匹升斤页层年月日]|[kK][Ww]|[mc]m|毫米|号[楼线]"
    r"|只(?![有要是])|户(?![主内外型门])|\s?[车泊]位|个(?!人)|次(?!卧)|分(?!水)|天(?!花))"
)
_SUFFIX: Final = (
    r"(?:\s?(?:号房|室(?![内外])|房(?![门顶东间产屋主租子价里内客])|户(?![内外主型])"
    r"|号(?![房楼线表])))?"
)
_LETTERED: Final = "[1-9][0-9]?[A-Da-d][0-9]{1,2}"  # 3A01, on the floor between 3 and 5
_DIGITS: Final = "[1-9][0-9]{2,3}"
_NUMBERED: Final = rf"(?P<r>0?{_DIGITS}{_END})"
_ROOM: Final = rf"(?P<r>0?(?:{_DIGITS}|{_LETTERED}){_END})"
_ROOM_SAID: Final = (
    rf"(?P<r>0?(?:{_DIGITS}|{_LETTERED}){_END}|[零〇一二三四五六七八九幺]{{3,4}}(?![层楼栋幢]))"
)
_SPELLINGS: Final = (
    rf"{_NOT_BEFORE}{_B}(?:{_HOUSE}|\s?[号楼]\s?(?={NUMBER}\s?(?:单元|门)))"
    rf"{_E}{_STAIR}{_ROOM_SAID}",
    rf"{_NOT_BEFORE}{_B}(?:{_HOUSE}|{_DASH}){_E}(?:{_STAIR}|{_DASH}|#-?){_ROOM}",
    rf"{_NOT_BEFORE}{_B}{_HOUSE}(?P<e>){_ROOM_SAID}{_NO_AMOUNT}",
    rf"{_NOT_BEFORE}(?P<b>[0-9]{{1,2}}|[A-Za-z])-{{1,2}}(?P<e>){_ROOM}{_NO_AMOUNT}",
    # Glued, or with blanks: only where nothing else can be meant.
    rf"(?:^|(?<=[\s,;。]))(?P<b>[A-Da-d])(?P<e>){_NUMBERED}{_NO_AMOUNT}",
    rf"^\s*(?P<b>[0-9]{{1,2}}) {{1,2}}(?P<e>[0-9]{{1,2}}) {{1,2}}{_ROOM}{_NO_AMOUNT}",
)

# A number alone: nothing that counts, measures, dates or is dialled.
_ALONE: Final = (
    rf"(?P<r>0[1-9][0-9]{{2}}|{_DIGITS}|{_LETTERED}(?![A-Za-z])"
    r"|[零〇一二三四五六七八九幺]{3,4}(?![零〇一二三四五六七八九十百千万点层楼栋幢]))(?![0-9])"
)
_NO_NUMBER: Final = r"(?!(?:110|114|119|12[02]|20[2-9][0-9])(?![0-9号室]))"
_NO_MEASURE: Final = (
    rf"{_NO_AMOUNT}(?!\s?[元块个点时%℃])(?![-/.:][0-9A-Za-z])"
    r"(?![A-Za-z#+*胶路医多余几来套张件条名台栋幢座]|人(?!在)|号表|家[商店公]|小时|分钟|公[里斤分])"
)
_NUMBERS_ALONE: Final = (
    rf"^[\s\x00,]*(?:我是|我家是?|我住在?|这里是)?{_NO_NUMBER}{_ALONE}{_NO_MEASURE}{_SUFFIX}",
    rf"(?<![0-9A-Za-z零〇一二三四五六七八九幺十百千])(?<![0-9A-Za-z][-/#.:])(?<![共有近约达第号])"
    rf"{_ALONE}\s?(?:号?房(?![门顶东间产屋租子价里内客])|室(?![内外])|号?住户|号?(?=业主)"
    r"|号?户(?![内外主型口籍])|号?(?=家里)|号?家(?![家商店公具电]))",
)

SHOPS: Final = "S"
"""The building of a shop that is in none; before the number of one that is."""
_SHOP_SAID: Final = (
    rf"(?:{_NOT_BEFORE}(?:{_B}(?:{_HOUSE}|{_DASH}))(?:(?P<e>{NUMBER})(?:{_STAIR}|{_DASH}))?"
    r"|(?:^|(?<=[\s\x00,;:。!]))|(?<=我是)|(?<=这里是)|(?=[\u4e00-\u9fff]))"
    r"(?:(?:沿街)?(?:商铺|底商|门面房?|店铺|铺面|铺位)[-\s]*(?:[Ss]-?)?|[Ss]-?)"
    rf"(?P<n>[0-9]{{1,4}})(?![0-9A-Za-z]|[-/.:][0-9A-Za-z]|单元|[楼层]){_NO_MEASURE}(?:号(?:商铺|铺|店)?)?"
)


def find_rooms(text: str) -> list[Found]:
    """Every room in the text, in order, whatever its spelling."""
    rest, found = fold(text), []
    for pattern in _SPELLINGS:
        for m in compiled(pattern + _SUFFIX).finditer(rest):
            if ref := _ref(m["b"], m["e"], m["r"]):
                start = m.start() + len(m[0]) - len(m[0].lstrip())
                found.append(Found(ref, start, m.end()))
                rest = mask(rest, start, m.end())
    return sorted(found, key=lambda one: one.start)


def find_numbers(text: str) -> list[Found]:
    """Numbers that may be a room without its building: `502 漏水`, `502室`, `五零二业主`.

    Only the registry knows whether they are, and so with shops. Not 502胶, 110, 2026, nor any
    amount.
    """
    found = _shops(fold(text))
    for pattern in _NUMBERS_ALONE:
        for m in compiled(pattern).finditer(fold(text)):
            door = digits(m["r"]).upper().lstrip("0")
            if len(door) > 2:
                found.append(Found(RoomRef("", None, door), m.start("r"), m.end()))
    return sorted(found, key=lambda one: (one.start, -one.end))


def parse_room(text: str) -> RoomRef | None:
    """The room that a whole field names, or None if it says anything else or more."""
    bare = fold(text).strip(" \t\r\n,.;。?")
    found = find_rooms(bare) or _shops(bare)
    return found[0].ref if found and found[0].end - found[0].start == len(bare) else None


def _shops(folded: str) -> list[Found]:
    """Shops by their numbers, alone (S03) or of a building (A-S03)."""
    found = []
    for m in compiled(_SHOP_SAID).finditer(folded):
        door = f"{int(m['n']):02}"
        if door == "00" or (m["b"] and plain(m["b"]) == "0"):
            continue
        ref = RoomRef(SHOPS, None, door)
        if m["b"]:
            ref = RoomRef(plain(m["b"]), plain(m["e"]) if m["e"] else None, f"{SHOPS}{door}")
        found.append(Found(ref, m.start(), m.end()))
    return found


def is_shop(ref: RoomRef) -> bool:
    """Whether a room is spelled as a shop."""
    return ref.room.startswith(SHOPS) or (ref.building == SHOPS and not ref.entrance)


def key(ref: RoomRef) -> str:
    """The one spelling of a room: `3-1-502`, `B-1203`; with parts unsaid `3-502`, `502`."""
    return "-".join(part for part in (ref.building, ref.entrance, ref.room) if part)


def _ref(building: str, entrance: str, room: str) -> RoomRef | None:
    house, stair = plain(building), plain(entrance) if entrance else None
    door = digits(room).upper().lstrip("0")
    return RoomRef(house, stair, door) if house != "0" and stair != "0" and len(door) > 2 else None


def plain(text: str) -> str:
    """A building or an entrance as labels have it: `3` for 三, `B` for b."""
    return text.upper() if text.isascii() and text.isalpha() else str(number(text))


_LETTERS: Final = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
_MISTYPED: Final = (
    r"(?<![0-9A-Za-z-])(?=[0-9A-Za-z|-]*[0-9])[0-9OolI|]{1,2}-[0-9OolI|]{1,2}-[0-9OolI|]{3,4}"
    r"(?![0-9A-Za-z-])"
)


def with_digits(text: str) -> str:
    """The text with the letters of a room made the digits that they look like: 3-1-5O2, 3-l-502."""
    return compiled(_MISTYPED).sub(lambda m: m[0].translate(_LETTERS), fold(text))


def run_together(room: RoomRef) -> tuple[RoomRef, ...]:
    """What may be meant where the dash before the room was left out: 3-1502 is 3-1-502 perhaps."""
    if not room.building or room.entrance or not room.room.isdigit():
        return ()
    cuts = (cut for cut in (3, 4) if len(room.room) > cut)
    return tuple(RoomRef(room.building, room.room[:-cut], room.room[-cut:]) for cut in cuts)
