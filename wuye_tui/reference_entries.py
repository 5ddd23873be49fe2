"""How each entry of the office's files is read: cards, phrases, duties, signs, checklists.

`reference` is the one reader of the files; here stands what their entries become, and what is wrong
with one that cannot be used.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from wuye_tui.rules.dutyplans import A_DAY, LEVELS, DutyPlan
from wuye_tui.rules.errors import BadFile
from wuye_tui.rules.nights import Told
from wuye_tui.rules.rights import Hat
from wuye_tui.rules.signs import WarningSign
from wuye_tui.words import _

DUTIES = "duties.toml"


class BadReference(BadFile):
    """A file of reference data cannot be used. `number` is the line in it, 0 where it is not known,
    and `why` what is wrong there.
    """

    def __init__(self, name: str, why: str, number: int = 0) -> None:
        self.why, self.number = why, number
        super().__init__(
            _("资料文件 {name} 写错了：{why}。请改正后再试。").format(name=name, why=why)
        )


@dataclass(frozen=True)
class Call:
    """Somebody to call: the number, or the entry of the directory where it stands."""

    who: str
    number: str
    entry: str


@dataclass(frozen=True)
class Place:
    """Where something is; empty `at` has not been written down yet. `building` names those where it
    is so, by blanks, and is empty for the whole estate.
    """

    what: str
    building: str
    at: str


@dataclass(frozen=True)
class Card:
    """What to do in one kind of emergency (NB-3, SB-4, FW-M.2.1), in the order of the file.

    `say` is to be said again every `minutes` minutes, 0 where nothing is.
    """

    word: str
    clause: str
    call: tuple[Call, ...]
    ask: tuple[str, ...]
    never: tuple[str, ...]
    places: tuple[Place, ...]
    minutes: int
    say: str

    def places_at(self, building: str) -> list[Place]:
        """The places that matter there, the building's own first; all of them where it is not known
        which building it is.
        """
        own = [one for one in self.places if building in one.building.split()]
        return [*own, *(one for one in self.places if not one.building or not building)]


def building_of(where: str) -> str:
    """The building of a unit's label or of a public place (3-1-502, 5栋大堂); empty if none is."""
    found = re.match(r"([0-9A-Z]{1,2})(?:-|栋|座)", where)
    return found.group(1) if found else ""


@dataclass(frozen=True)
class Phrase:
    """What to say at one moment of a call, and what never (KF-16, LY-4.1.4). `moment` is a code by
    which the program finds it: `callback` after a job, `complaint` after an answer to a complaint,
    `visit` for a home's turn; empty for most.
    """

    when: str
    clause: str
    say: tuple[str, ...]
    never: tuple[str, ...]
    moment: str = ""

    def spoken(self, office: str, name: str) -> tuple[str, ...]:
        """What to say, in the office's and the speaker's name."""
        return tuple(
            words.replace("{office}", office).replace("{name}", name) for words in self.say
        )


@dataclass(frozen=True)
class Numbers:
    """How the directory is kept right (XX-4.1.4): after how many days a number is to be tried
    again, and the numbers of the whole country, which never are.
    """

    check_after_days: int
    national: frozenset[str]


@dataclass(frozen=True)
class Tool:
    """A tool that is counted at each handover of the post that keeps it: how many there should be
    (KF-11).
    """

    name: str
    count: int
    note: str
    post: str = "desk"


@dataclass(frozen=True)
class Checklists:
    """What is gone through at a handover: the items by list, and the tools. `one_by_one` are the
    items of any list that are acknowledged one by one, such as money and keys.
    """

    items: Mapping[str, tuple[str, ...]]
    tools: tuple[Tool, ...]
    one_by_one: frozenset[str] = frozenset()

    def item(self, place: str) -> str:
        """The words of an item by its list and its place there, `desk.4`; "" where it is gone."""
        name, _dot, n = place.rpartition(".")
        items = self.items.get(name, ())
        return items[int(n) - 1] if n.isdigit() and 0 < int(n) <= len(items) else ""

    def tools_of(self, post: str) -> dict[str, int]:
        """How many of each tool a post should have."""
        return {tool.name: tool.count for tool in self.tools if tool.post == post}


def read_plan(entry: Mapping[str, Any]) -> DutyPlan:
    """One duty of `duties.toml`. Raises BadReference."""
    try:
        return DutyPlan(
            post=entry["post"],
            name=entry["name"],
            word=entry["word"],
            starts=time.fromisoformat(entry["starts"]),
            ends=time.fromisoformat(entry["ends"]),
            lends=tuple(entry.get("lends", ())),
            held_by=_among("held_by", entry.get("held_by", ()), [hat.value for hat in Hat]),
            level="".join(_among("level", str(entry.get("level", "")), LEVELS)),
            checklist=str(entry.get("checklist", entry["post"])),
            relief=_minutes(entry, "relief"),
            handover_within=_minutes(entry, "handover_within"),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise BadReference(DUTIES, repr(error)) from error


def _among(name: str, given: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    for one in given:
        if one not in known:
            why = _("{name} 里不能写「{one}」，能写的是：{known}")
            told = why.format(name=name, one=str(one)[:40], known=" ".join(known))
            raise BadReference(DUTIES, told)
    return tuple(given)


def _minutes(entry: Mapping[str, Any], name: str) -> int | None:
    found = entry.get(name)
    if found is not None and (type(found) is not int or not 0 <= found < A_DAY):
        raise BadReference(DUTIES, _("{name} 要写一天之内的整数分钟").format(name=name))
    return found


def read_phrase(entry: Mapping[str, Any]) -> Phrase:
    """One phrase of `phrases.toml`. Raises BadReference."""
    try:
        return Phrase(
            when=str(entry["when"]),
            clause=str(entry["clause"]),
            say=tuple(str(words) for words in entry["say"]),
            never=tuple(str(words) for words in entry.get("never", ())),
            moment=str(entry.get("moment", "")),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise BadReference("phrases.toml", repr(error)) from error


def read_sign(entry: Mapping[str, Any]) -> WarningSign:
    """One sign of `signs.toml`. Raises BadReference."""
    try:
        words = tuple(str(word) for word in entry["words"])
        if not all(words):
            raise BadReference("signs.toml", _("words 里不能有空的词，不然每张单都要带牌子"))
        public = bool(entry.get("public", False))
        return WarningSign(str(entry["sign"]), str(entry["where"]), words, public)
    except (KeyError, TypeError, AttributeError) as error:
        raise BadReference("signs.toml", repr(error)) from error


def read_told(entry: Mapping[str, Any]) -> Told:
    """One who is told at night, of `night.toml`. Raises BadReference."""
    try:
        code = str(entry["to"])
        if not re.fullmatch(r"[a-z][a-z_]*", code):
            why = _("to 只能用小写字母和下划线：{code}").format(code=code)
            raise BadReference("night.toml", why)
        words = tuple(str(word) for word in entry.get("words", ()))
        if not all(words):
            raise BadReference("night.toml", _("words 里不能有空的词，不然每个来电都算它的"))
        return Told(code, str(entry["word"]), str(entry.get("entry", "")), words)
    except (KeyError, TypeError, AttributeError) as error:
        raise BadReference("night.toml", repr(error)) from error


def read_checklists(found: Mapping[str, Any]) -> Checklists:
    """The lists and tools of `checklists.toml`. Raises BadReference."""
    try:
        tools = tuple(
            Tool(
                str(one["name"]),
                int(one["count"]),
                str(one.get("note", "")),
                str(one.get("post", "desk")),
            )
            for one in found.get("tool", ())
        )
        if low := next((tool.name for tool in tools if tool.count < 1), ""):
            raise BadReference("checklists.toml", _("「{name}」的 count 要大于 0").format(name=low))
        items = {
            str(one["post"]): tuple(str(item) for item in one["items"])
            for one in found.get("checklist", ())
        }
        singly = {str(item) for one in found.get("checklist", ()) for item in one.get("one", ())}
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadReference("checklists.toml", repr(error)) from error
    return Checklists(items, tools, frozenset(singly))


def read_card(entry: Mapping[str, Any]) -> Card:
    """One card of `emergencies.toml`. Raises BadReference."""
    try:
        repeat = entry.get("repeat", {})
        return Card(
            word=str(entry["word"]),
            clause=str(entry["clause"]),
            call=tuple(
                Call(str(one["who"]), str(one.get("number", "")), str(one.get("entry", "")))
                for one in entry["call"]
            ),
            ask=tuple(str(words) for words in entry["ask"]),
            never=tuple(str(words) for words in entry["never"]),
            places=tuple(
                Place(str(one["what"]), str(one.get("building", "")), str(one.get("at", "")))
                for one in entry.get("places", ())
            ),
            minutes=int(repeat.get("minutes", 0)),
            say=str(repeat.get("say", "")),
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadReference("emergencies.toml", repr(error)) from error
