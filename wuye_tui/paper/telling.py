"""What a form says of a matter: codes in words, moments in the office's zone, people by name.

Every fact is there under the name it has in the tables, so a layout serves any kind of matter; what
a matter does not have is empty.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cache, cached_property, lru_cache
from typing import Any, Final, NamedTuple

from wuye_tui.paper.layouts import Lenient
from wuye_tui.registers.views import HistoryLine, MatterView, Signed
from wuye_tui.rules import repair_facts as repair
from wuye_tui.rules.duetime import MINUTE, countdown, seconds_left
from wuye_tui.rules.lifecycle import Ask, Facts, Kind, Lifecycle
from wuye_tui.rules.money import capitals, yuan
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.running import Running
from wuye_tui.rules.saying import COPIES, HOW_SIGNED, Teller, answer_words, receipt_words
from wuye_tui.rules.text import masked_identity, masked_phone, masked_words
from wuye_tui.words import _, clauses, listed

DOOR: Final = frozenset({"agree", "refuse", "amend", "material", "no_access", "leave"})
"""The steps at which something is said at the door (BX-12 to BX-14, KF-17)."""
ENDS: Final = frozenset({"finish", "give_up", "refuse", "decline", "infeasible", "cancel"})
"""The steps with which the work is over, and which say what came of it."""
_SAID_AT_ENDS: Final = ("result", "why", "said")
_AT_THE_HEAD: Final = frozenset(
    {
        *("unit", "place", "text", "caller", "contact", "phone", "at", "at_to", "payer"),
        *("post", "urgent", "department", "emergency"),
    }
)


@dataclass(frozen=True)
class Terms:
    """With what codes are put into words: the zone, names by staff number, tariff items by code.
    `full` shows telephone numbers whole.
    """

    zone: tzinfo
    names: Mapping[str, str]
    items: Mapping[str, str]
    full: bool = False

    def moment(self, value: Any) -> str:
        """A moment, or a stored one, with its year; empty for none."""
        return _moment(value, self.zone) if value else ""

    def short(self, value: datetime | None) -> str:
        """The same without its year, for the lines of a history."""
        return self.moment(value)[5:]

    def person(self, number: str) -> str:
        """A member of the staff by name; whoever is none stays as written."""
        return self.names.get(number, number)

    def item(self, code: str) -> str:
        """An item of the tariff by its name."""
        return _("标准外") if code == repair.OFF else self.items.get(code, code)

    def phone(self, number: str) -> str:
        """A telephone number, whole or with its middle hidden; never an identity number."""
        return masked_identity(number) if self.full else masked_phone(number)

    def words(self, said: str) -> str:
        """Words as they were said, with or without the telephone numbers in them; never an identity
        number.
        """
        return masked_identity(said) if self.full else masked_words(said)

    def answer(self, ask: Ask, value: Any) -> str:
        """An answer as people read it; words of people with their numbers hidden unless `full`."""
        said = answer_words(ask, value, self._teller)
        return self.words(said) if ask.kind in (Kind.WORDS, Kind.TEXT) else said

    @cached_property
    def _teller(self) -> Teller:
        return Teller(self.moment, self.person, self.item, self.phone)


@lru_cache(maxsize=256)  # of one matter's steps many happen, and end clocks, at one moment
def _moment(value: Any, zone: tzinfo) -> str:
    at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return at.astimezone(zone).isoformat(" ", "minutes")[:16]


class Family:
    """What came of some matters: all of it is read at once, and only where a layout asks for it."""

    def __init__(
        self,
        views: Iterable[MatterView],
        read: Callable[[Sequence[str]], Mapping[str, MatterView]],
        terms: Terms,
    ) -> None:
        self._numbers = list(dict.fromkeys(child for view in views for child in view.children))
        self._read, self._terms = read, terms

    def of(self, view: MatterView) -> "Later":
        """What came of one of them, told when it is gone through."""
        children = view.children
        return Later(lambda: (told(self._children[child], self._terms) for child in children))

    @cached_property
    def _children(self) -> Mapping[str, MatterView]:
        return self._read(self._numbers)


class Later:
    """A list that is only made when a layout goes through it."""

    def __init__(self, make: Callable[[], Iterable[Any]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Any]:
        return iter(self._made)

    @cached_property
    def _made(self) -> list[Any]:
        return list(self._make())


def told(view: MatterView, terms: Terms, family: Iterable[Any] = ()) -> dict[str, Any]:
    """All that a layout may say of a matter, by name; moments are in words, money in yuan. `family`
    are the same of the matters that came of it.
    """
    s, facts = view.situation, view.situation.facts
    asks, words = _asks(view.kind), Lenient()
    for name, value in facts.items():
        if name in asks and value not in (None, "", []):
            words[name] = terms.answer(asks[name], value)
    signed = [(one, _signature(view, one, terms)) for one in view.valid]
    late = [(run, missed) for run in view.clocks if (missed := _missed(view, run))]
    besides = _AtSteps(
        [(one.n, told["told"]) for one, told in signed],
        [(run.ended, f"{_(view.word_of(run))} {missed}") for run, missed in late],
    )
    steps = [_step(view, line, terms, besides) for line in view.history]
    charged, lines = facts.get("charged_fen"), facts.get("lines") or ()
    total = repair.total_fen(facts)
    return {
        "number": view.number,
        "kind": view.kind,
        "word": _(view.cycle.word),
        "state": _(view.cycle.state_word(s.state)),
        "outcome": _(dict(view.cycle.outcomes).get(s.outcome, s.outcome)),
        "ended_why": _ended_why(view, terms),
        "hold": _(dict(repair.HOLDS).get(s.hold, s.hold)),
        "closed": bool(facts.get("red_line")),
        "urgent": bool(facts.get("urgent")),
        "emergency": words["emergency"],
        "opened_at": terms.moment(s.opened),
        "closed_at": terms.moment(s.closed),
        "holder": terms.person(s.received),
        "parent": view.parent,
        "children": listed(view.children),
        "contacts": listed(view.contacts),
        "where": str(facts.get("unit") or facts.get("place") or ""),
        "caller": str(facts.get("caller", "")),
        "contact": str(facts.get("contact", "")),
        "phone": terms.phone(str(facts.get("phone", ""))),
        "text": terms.words(str(facts.get("text", ""))),
        "appointment": _appointment(facts, terms) if view.kind == "repair" else words["at"],
        "worker": terms.person(str(facts.get("worker", ""))),
        "copies_are": _(COPIES.get(str(facts.get("copies", "")), "")),
        "void": facts.get("copies") == "void",
        "signs": listed(one.sign for one in view.signs),
        "receipts": listed(receipt_words(one.number, one.fen, one.void) for one in view.receipts),
        "public": repair.public(facts),
        "facts": words,
        "steps": steps,
        "door": [one for one in steps if one["verb"] in DOOR and one["said"] and not one["undone"]],
        "visits": [
            {
                "worker": terms.person(visit.worker),
                "arrived": terms.short(visit.arrived),
                "left": terms.short(visit.left),
                "why": _row_word(view.cycle, visit.why),
            }
            for visit in s.visits
        ],
        "lines": [
            {"what": one["what"], "quantity": one["quantity"], "yuan": yuan(int(one["fen"]))}
            for one in lines
        ],
        "total": yuan(total) if lines else "",
        "charged": yuan(int(charged)) if charged is not None else "",
        "charged_capitals": capitals(int(charged), "人民币") if charged is not None else "",
        "signatures": [told for _signed, told in signed],
        "signed": Lenient({one.role: told["told"] for one, told in signed}),
        "family": family,
        "clocks": [_clock(view, run, terms) for run in view.clocks],
    }  # fmt: skip


@cache
def _asks(kind: str) -> Mapping[str, Ask]:
    """Every question of a kind by its name; the first that asks it gives it its words."""
    found: dict[str, Ask] = {}
    for row in procedure(kind).rows:
        for ask in row.ask:
            found.setdefault(ask.name, ask)
    return found


def _appointment(facts: Facts, terms: Terms) -> str:
    start, end = (terms.moment(facts.get(name)) for name in ("at", "at_to"))
    if not start:
        return _("尽快")
    return _("{start} 到 {end}").format(start=start, end=end) if end else start


def _row_word(cycle: Lifecycle, verb: str) -> str:
    rows = cycle.rows_named(verb)
    return _(rows[0].word) if rows else verb


def _ended_why(view: MatterView, terms: Terms) -> str:
    """What the step said that ended the work: its result, or why there is none. Empty while the
    work goes on, and again after it was taken up anew; no other step's reason is ever meant.
    """
    order = [code for code, _word in view.cycle.states]
    end: HistoryLine | None = None
    for line in view.history:
        if line.undone or line.step.undoes:
            continue
        if line.step.verb in ENDS:
            end = line
        elif end and order.index(line.step.to) < order.index(end.step.to):
            end = None
    row = view.cycle.row(end.step.verb, end.step.frm) if end else None
    if end is None or row is None:
        return ""
    asks = {ask.name: ask for ask in row.ask}
    said = ((asks[name], end.step.facts.get(name)) for name in _SAID_AT_ENDS if name in asks)
    return next((terms.answer(ask, value) for ask, value in said if value), "")


class _AtSteps(NamedTuple):
    """What is said at the steps besides their answers: who signed at which of them, and by how much
    a clock was missed that ended at which moment.
    """

    signed: Sequence[tuple[int, str]]
    missed: Sequence[tuple[datetime | None, str]]


def _step(view: MatterView, line: HistoryLine, terms: Terms, besides: _AtSteps) -> dict[str, Any]:
    """One step: when it happened and when it was written down, by whom, and what was given."""
    step = line.step
    later = (step.recorded - step.happened).total_seconds() >= MINUTE
    doer = terms.person(line.doer or step.by)
    return {
        "n": step.n,
        "verb": step.verb,
        "word": _("撤回") if step.undoes else _(line.word),
        "happened": terms.short(step.happened),
        "recorded": terms.short(step.recorded),
        "later": terms.short(step.recorded) if later else "",
        "by": line.by if doer == line.by else _("{doer}（{by}记）").format(doer=doer, by=line.by),
        "doer": doer,
        "clause": step.clause,
        "undone": line.undone,
        "said": clauses(_said(view, line, terms, besides)),
    }


def _said(view: MatterView, line: HistoryLine, terms: Terms, besides: _AtSteps) -> Iterator[str]:
    step = line.step
    if step.undoes:
        yield _("撤回第 {n} 步").format(n=step.undoes)
    if line.undone:
        yield _("已撤回")
    row = view.cycle.row(step.verb, step.frm)
    for ask in row.ask if row else ():
        value = step.facts.get(ask.name)
        if value in (None, "", []) or (ask.kind is Kind.FLAG and not (value or ask.needed)):
            continue
        if step.n == 1 and ask.name in _AT_THE_HEAD and view.situation.facts.get(ask.name) == value:
            continue  # the head says it; what was corrected since is told here as it was first
        yield f"{_(ask.word)} {terms.answer(ask, value)}"
    yield from (told for n, told in besides.signed if n == step.n)
    if not line.undone:
        yield from (told for at, told in besides.missed if at == step.happened)


def _signature(view: MatterView, signed: Signed, terms: Terms) -> dict[str, str]:
    """Who signed as what, when and how; who would not, why and in whose sight."""
    step = next(one.step for one in view.history if one.step.n == signed.n)
    row = view.cycle.row(step.verb, step.frm)
    sign = next((sign for sign in row.signs if sign.role == signed.role), None) if row else None
    word, how = _(sign.word) if sign else signed.role, _(HOW_SIGNED.get(signed.how, signed.how))
    name = terms.person(signed.name)
    why = _("{how}：{why}").format(how=how, why=signed.why) if signed.why else how
    told = f"{word} {name}（{why}）" if name else f"{word} {why}"
    return {"word": word, "name": name, "how": why, "at": terms.short(signed.at), "told": told}


def _clock(view: MatterView, run: Running, terms: Terms) -> dict[str, str]:
    if run.ended is None:
        result = _("已超时") if run.late(view.now) else _("计时中") if run.due else _("暂停")
    else:
        result = _("不再适用") if run.void else _missed(view, run) or _("按时")
    return {
        "word": _(view.word_of(run)),
        "clause": run.clause,
        "since": terms.short(run.started),
        "due": terms.short(run.due),
        "ended": terms.short(run.ended),
        "result": result,
    }


def _missed(view: MatterView, run: Running) -> str:
    """By how much a clock was missed that has ended; nothing if it was not."""
    if run.due is None or run.ended is None or not run.late(view.now):
        return ""
    return countdown(seconds_left(run.due, run.ended))


def blank(names: Iterable[str] = ()) -> dict[str, Any]:
    """The same of a matter of which nothing is known: what a layout is tried with."""
    return {
        **dict.fromkeys((*_WORDS, *names), ""),
        **dict.fromkeys(_TRUTHS, False),
        **{name: [] for name in _LISTS},
        "facts": Lenient(),
        "signed": Lenient(),
    }


_TRUTHS: Final = ("closed", "urgent", "void", "public")
_LISTS: Final = ("family", "steps", "door", "visits", "lines", "signatures", "clocks")
_WORDS: Final = (
    "number", "kind", "word", "state", "outcome", "ended_why", "hold", "emergency", "opened_at",
    "closed_at", "holder", "parent", "children", "contacts", "where", "caller", "contact",
    "phone", "text", "appointment", "worker", "copies_are", "signs", "receipts",
    "total", "charged", "charged_capitals",
)  # fmt: skip
