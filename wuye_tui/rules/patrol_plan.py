"""What is patrolled (ZB-4.3, BZ-4.1, SB-1, SB-2): the office's own posts, rooms and places.

The table is `data/patrol.toml`; here stands how it is read and when a round is due.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from wuye_tui.words import _

MANAGERS_POST: Final = "duty_manager"
POST, ROOM, PLACE = "post", "room", "place"
EQUIPMENT, POWER = "equipment", "power"
LONGEST: Final = 24  # hours that a plan can ask for
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,29}", re.ASCII)


class BadPlan(ValueError):
    """The office's file cannot be used; the words quote what is wrong, so that it is found."""

    def __init__(self, words: str, **quoted: object) -> None:
        super().__init__(words.format(**quoted))


@dataclass(frozen=True)
class Spot:
    """One thing to visit: a post, a room with machines, or a place with signs.

    `times` are when a room's rounds are due, each `within` so many minutes before or after;
    `readings` what is read there; `signs` what each place must bear (BZ-4.1).
    """

    code: str
    name: str
    sort: str
    trade: str = ""
    times: tuple[time, ...] = ()
    within: int = 30
    readings: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()

    @property
    def clause(self) -> str:
        """The clause by which it is visited."""
        if self.sort == ROOM:
            return "SB-2" if self.trade == POWER else "SB-1"
        return "ZB-4.3b" if self.sort == POST else "BZ-4.1"


@dataclass(frozen=True)
class PatrolPlan:
    """The whole of the file: `hours` of patrol in the working duty called `duty` of the duty
    manager's post, and all that is visited, in the file's order.
    """

    hours: float
    duty: str
    spots: tuple[Spot, ...]

    @property
    def posts(self) -> tuple[Spot, ...]:
        """What the duty manager visits at least once (ZB-4.3b)."""
        return tuple(one for one in self.spots if one.sort == POST)

    @property
    def rooms(self) -> tuple[Spot, ...]:
        """Where rounds are made (SB-1, SB-2)."""
        return tuple(one for one in self.spots if one.sort == ROOM)

    @property
    def places(self) -> tuple[Spot, ...]:
        """Which signs are where (BZ-4.1)."""
        return tuple(one for one in self.spots if one.sort == PLACE)

    def find(self, typed: str) -> Spot | None:
        """The one spot of this code or name."""
        plain = typed.strip()
        for spot in self.spots:
            if plain.casefold() == spot.code or plain == spot.name:
                return spot
        return None


def plan_of(document: Mapping[str, Any], duties: Collection[str]) -> PatrolPlan:
    """The plan as the file has it; `duties` are those of the duty manager's post. KeyError for a
    name that is not there, BadPlan for the rest.
    """
    hours, duty = document["hours"], str(document["duty"])
    if duty not in duties:
        raise BadPlan(_("duty 写的 '{duty}' 不是 duties.toml 里 duty_manager 的班次"), duty=duty)
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= LONGEST:
        raise BadPlan(_("hours 要写大于 0、不大于 {most} 的小时数"), most=LONGEST)
    spots = tuple(_spots(document))
    seen = set[str]()
    for said in (said for one in spots for said in (one.code, one.name)):
        if said in seen:
            raise BadPlan(_("'{said}' 写了两次，每一处的代码和名称都只能有一个"), said=said)
        seen.add(said)
    if not any(one.sort == POST for one in spots):
        raise BadPlan(_("至少要写一个 [[post]]，规程要求重要岗位每天巡到（ZB-4.3）"))
    return PatrolPlan(float(hours), duty, spots)


def _spots(document: Mapping[str, Any]) -> Iterator[Spot]:
    for sort in (POST, ROOM, PLACE):
        for entry in document.get(sort, ()):
            code, name = str(entry["code"]), str(entry["name"]).strip()
            if not _CODE.fullmatch(code):
                raise BadPlan(_("代码 '{code}' 只能用小写字母、数字、- 和 _"), code=code)
            if not name:
                raise BadPlan(_("'{code}' 的 name 不能空着"), code=code)
            yield _spot(sort, code, name, entry)


def _spot(sort: str, code: str, name: str, entry: Mapping[str, Any]) -> Spot:
    if sort == POST:
        return Spot(code, name, sort)
    if sort == PLACE:
        return Spot(code, name, sort, signs=_words(entry["signs"], code, "signs"))
    trade, within = str(entry["trade"]), entry.get("within", 30)
    if trade not in (EQUIPMENT, POWER):
        told = _("'{code}' 的 trade 是 '{trade}'，只能写 equipment 或 power")
        raise BadPlan(told, code=code, trade=trade)
    if isinstance(within, bool) or not isinstance(within, int) or not 1 <= within <= 720:
        raise BadPlan(_("'{code}' 的 within 要写 1 到 720 的整数分钟"), code=code)
    times = tuple(sorted(_time(one, code) for one in _words(entry["times"], code, "times")))
    readings = _words(entry.get("readings", ()), code, "readings", may_be_empty=True)
    if trade == POWER and not readings:
        raise BadPlan(_("配电房 '{code}' 要写 readings：抄哪些表（SB-2）"), code=code)
    return Spot(code, name, sort, trade, times, within, readings)


def _words(found: Any, code: str, name: str, may_be_empty: bool = False) -> tuple[str, ...]:
    is_list = isinstance(found, list | tuple) and all(isinstance(one, str) for one in found)
    words = tuple(one.strip() for one in found) if is_list else ("",)
    if not all(words) or not (words or may_be_empty):
        raise BadPlan(_("'{code}' 的 {name} 要写成一列字，不能空"), code=code, name=name)
    return words


def _time(typed: str, code: str) -> time:
    try:
        return time.fromisoformat(typed)
    except ValueError as wrong:
        told = _("'{code}' 的 times 里 '{typed}' 不是时间，要写成 08:00 这样")
        raise BadPlan(told, code=code, typed=typed) from wrong
