"""How each entry of the office's files is read: cards, phrases, duties, signs, checklists.

`reference` is the one reader of the files; here stands what their entries become, and what is wrong
with one that cannot be used.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wuye_tui.reference_values import SHOWN, Part
from wuye_tui.rules.dunning_levels import BLANKS, ON_DOORS, WAYS_OF, Dunning, Level
from wuye_tui.rules.dunning_levels import LEVELS as DUNNED
from wuye_tui.rules.dutyplans import A_DAY, LEVELS, DutyPlan
from wuye_tui.rules.fee_kinds import FeeKind, How, season_day
from wuye_tui.rules.nights import Told
from wuye_tui.rules.rights import Hat
from wuye_tui.rules.shares import Basis
from wuye_tui.rules.signs import WarningSign
from wuye_tui.words import _, listed

DUTIES = "duties.toml"
MOST_LATER = 12  # months after its period that a bill may be due


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


def read_plan(entry: Part) -> DutyPlan:
    """One duty of `duties.toml`. Raises BadReference."""
    post = entry.text("post")
    return DutyPlan(
        post=post,
        name=entry.text("name"),
        word=entry.text("word"),
        starts=entry.time("starts"),
        ends=entry.time("ends"),
        lends=entry.texts("lends", ()),
        held_by=_among(entry, "held_by", entry.texts("held_by", ()), [hat.value for hat in Hat]),
        level="".join(_among(entry, "level", entry.text("level", ""), LEVELS)),
        checklist=entry.text("checklist", post),
        relief=_minutes(entry, "relief"),
        handover_within=_minutes(entry, "handover_within"),
    )


def _among(entry: Part, name: str, given: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    for one in given:
        if one not in known:
            why = _("{name} 里不能写「{one}」，能写的是：{known}")
            told = why.format(name=name, one=one[:SHOWN], known=" ".join(known))
            raise entry.wrong(name, told)
    return tuple(given)


def _minutes(entry: Part, name: str) -> int | None:
    found = entry.said.get(name)
    if found is not None and (type(found) is not int or not 0 <= found < A_DAY):
        raise entry.wrong(name, _("{name} 要写一天之内的整数分钟").format(name=name))
    return found


def read_phrase(entry: Part) -> Phrase:
    """One phrase of `phrases.toml`. Raises BadReference."""
    return Phrase(
        when=entry.text("when"),
        clause=entry.text("clause"),
        say=entry.texts("say"),
        never=entry.texts("never", ()),
        moment=entry.text("moment", ""),
    )


def read_sign(entry: Part) -> WarningSign:
    """One sign of `signs.toml`. Raises BadReference."""
    words = entry.texts("words")
    if not all(words):
        raise entry.wrong("words", _("words 里不能有空的词，不然每张单都要带牌子"))
    public = entry.flag("public", False)
    return WarningSign(entry.text("sign"), entry.text("where"), words, public)


def read_fee(entry: Part) -> FeeKind:
    """One fee of `fees.toml`. Raises BadReference."""
    code, how, due = entry.text("code"), entry.text("how"), entry.whole("due", 0)
    if not re.fullmatch(r"[a-z][a-z_]*", code):
        raise entry.wrong("code", _("code 只能用小写字母和下划线：{code}").format(code=code))
    if how not in set(How):
        known = listed(one.value for one in How)
        raise entry.wrong("how", _("how 只能是 {known}").format(known=known))
    if not 0 <= due <= 31:
        raise entry.wrong("due", _("due 要写 1 到 31 的日子"))
    later = entry.whole("due_months", 0)
    if not 0 <= later <= MOST_LATER:
        raise entry.wrong("due_months", _("due_months 要写 0 到 12 个月"))
    basis = entry.text("basis", "")
    if how == How.POOL and basis not in set(Basis):
        known = listed(one.value for one in Basis)
        raise entry.wrong("basis", _("公摊要写 basis，只能是 {known}").format(known=known))
    rate, grace, cap = (entry.whole(name, 0) for name in ("rate", "grace", "cap"))
    if min(rate, grace, cap) < 0 or rate > 1_000_000:
        raise entry.wrong("rate", _("rate、grace、cap 不能是负数，rate 不能超过 1000000"))
    return FeeKind(
        code, entry.text("word"), How(how), entry.texts("kinds", ()), _season(entry), due,
        basis, entry.text("measure", ""), rate, grace, cap, later,
    )  # fmt: skip


def _season(entry: Part) -> tuple[tuple[int, int], tuple[int, int]] | None:
    days = entry.texts("season", ())
    if not days:
        return None
    try:
        begin, end = map(season_day, days)
    except ValueError as error:
        why = _('season 要写两个日子，例如 ["11-15", "03-15"]')
        raise entry.wrong("season", why) from error
    return begin, end


def read_told(entry: Part) -> Told:
    """One who is told at night, of `night.toml`. Raises BadReference."""
    code = entry.text("to")
    if not re.fullmatch(r"[a-z][a-z_]*", code):
        why = _("to 只能用小写字母和下划线：{code}").format(code=code)
        raise entry.wrong("to", why)
    words = entry.texts("words", ())
    if not all(words):
        raise entry.wrong("words", _("words 里不能有空的词，不然每个来电都算它的"))
    return Told(code, entry.text("word"), entry.text("entry", ""), words)


def read_dunning(found: Part) -> Dunning:
    """The levels and the notice of `dunning.toml`. Raises BadReference."""
    again, notice = found.whole("again_days"), found.texts("notice")
    if again < 0:
        raise found.wrong("again_days", _("again_days 不能是负数"))
    _refuse_blanks(found, "notice", notice, ON_DOORS)
    entries = found.parts("level", needed=True)
    if tuple(one.text("code") for one in entries) != DUNNED:
        why = _("四级要按这个顺序各写一段：{known}").format(known=" ".join(DUNNED))
        raise found.wrong("level", why)
    levels = tuple(map(_level, entries))
    for entry, one, before in zip(entries[1:], levels[1:], levels, strict=False):
        if one.after_days < before.after_days:
            why = _("after_days 不能比上一级「{word}」的少").format(word=before.word)
            raise entry.wrong("after_days", why)
    return Dunning(levels, again, notice)


def _level(entry: Part) -> Level:
    code, after, say = entry.text("code"), entry.whole("after_days"), entry.texts("say")
    if after < 1:
        raise entry.wrong("after_days", _("after_days 要写大于 0 的整数天"))
    known = [way for way, _word in WAYS_OF[code]]
    ways = _among(entry, "ways", entry.texts("ways"), known)
    if not ways or not say:
        raise entry.wrong("say" if ways else "ways", _("ways 和 say 至少各写一样"))
    _refuse_blanks(entry, "say", say, BLANKS)
    return Level(code, entry.text("word"), after, ways, say, entry.texts("never", ()))


def _refuse_blanks(entry: Part, name: str, words: Sequence[str], known: Sequence[str]) -> None:
    for blank in re.findall(r"\{([^{}]*)\}", " ".join(words)):
        if blank not in known:
            why = _("{name} 里不能写 {blank}，能写的是：{known}")
            braces = " ".join(f"{{{one}}}" for one in known)
            raise entry.wrong(
                name, why.format(name=name, blank=f"{{{blank[:SHOWN]}}}", known=braces)
            )


def read_checklists(found: Part) -> Checklists:
    """The lists and tools of `checklists.toml`. Raises BadReference."""
    tools = tuple(_tool(one) for one in found.parts("tool"))
    lists = found.parts("checklist")
    items = {one.text("post"): one.texts("items") for one in lists}
    singly = {item for one in lists for item in one.texts("one", ())}
    return Checklists(items, tools, frozenset(singly))


def _tool(entry: Part) -> Tool:
    name, count = entry.text("name"), entry.whole("count")
    if count < 1:
        raise entry.wrong("count", _("「{name}」的 count 要大于 0").format(name=name))
    return Tool(name, count, entry.text("note", ""), entry.text("post", "desk"))


def read_card(entry: Part) -> Card:
    """One card of `emergencies.toml`. Raises BadReference."""
    repeat = next(iter(entry.parts("repeat")), Part(entry.file, {}))
    return Card(
        word=entry.text("word"),
        clause=entry.text("clause"),
        call=tuple(
            Call(one.text("who"), one.text("number", ""), one.text("entry", ""))
            for one in entry.parts("call", needed=True)
        ),
        ask=entry.texts("ask"),
        never=entry.texts("never"),
        places=tuple(
            Place(one.text("what"), one.text("building", ""), one.text("at", ""))
            for one in entry.parts("places")
        ),
        minutes=repeat.whole("minutes", 0),
        say=repeat.text("say", ""),
    )
