"""One matter whole: its facts, history, clocks, signatures, visits, and the steps open now."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from wuye_tui.desk import Desk, actor
from wuye_tui.registers import records, wholes
from wuye_tui.registers.queue import clock_word, staff_names
from wuye_tui.registers.steps import as_step, batched
from wuye_tui.registers.wholes import Whole
from wuye_tui.rules.folding import Situation, Step
from wuye_tui.rules.lifecycle import Case, Facts, Guard, Lifecycle, Row
from wuye_tui.rules.offering import barred, offered, withheld
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.running import Running, stand
from wuye_tui.rules.signs import WarningSign, signs_for
from wuye_tui.rules.text import masked_phone, masked_words
from wuye_tui.words import N_

PHONES = frozenset({"phone", "joined_phone"})


@dataclass(frozen=True)
class HistoryLine:
    """One step as people read it."""

    step: Step
    word: str
    by: str
    doer: str
    undone: bool


@dataclass(frozen=True)
class Signed:
    """One signature as people read it."""

    n: int
    role: str
    name: str
    how: str
    at: datetime
    why: str = ""  # of a refused one, with its witness
    undone: bool = False  # its step was taken back


@dataclass(frozen=True)
class Receipted:
    """A receipt of the matter, in the order of their numbers."""

    number: str
    fen: int
    void: bool


@dataclass(frozen=True)
class Waiting:
    """Somebody else who called about the same thing, and is to be told how it ended (XX-4.2.6)."""

    who: str
    phone: str
    said: str


@dataclass(frozen=True)
class MatterView:
    """Everything there is to see of a matter."""

    id: str
    number: str
    kind: str
    cycle: Lifecycle
    situation: Situation
    parent: str
    origin: str
    children: tuple[str, ...]
    contacts: tuple[str, ...]
    history: tuple[HistoryLine, ...]
    clocks: tuple[Running, ...]
    signatures: tuple[Signed, ...]
    following: tuple[Row, ...]
    barred: Mapping[str, Guard]
    names: Mapping[str, str]
    now: datetime
    signs: tuple[WarningSign, ...] = ()  # that this job needs (BZ-4.2)
    receipts: tuple[Receipted, ...] = ()
    withheld: tuple[tuple[Row, Guard], ...] = ()  # steps not offered now, and why

    @property
    def valid(self) -> list[Signed]:
        """The signatures of steps that count."""
        return [signed for signed in self.signatures if not signed.undone]

    @property
    def waiting(self) -> list[Waiting]:
        """Who is still to be told, in the order of their calls; names and numbers may be erased."""
        joined = set(self.situation.facts.get("waiting", ()))
        told = (line.step.facts for line in self.history if line.step.n in joined)
        return [
            Waiting(*(str(facts.get(name, "")) for name in ("joined_by", "joined_phone", "said")))
            for facts in told
        ]

    @property
    def running(self) -> list[Running]:
        """The clocks that run now, next due first; those standing still last."""
        live = [run for run in self.clocks if run.ended is None]
        return sorted(live, key=lambda run: (run.due is None, run.due or run.started))

    def word_of(self, run: Running) -> str:
        """The untranslated word of a clock."""
        return clock_word(self.kind, run.name)

    def staff_name(self, number: str) -> str:
        """A staff number as a name, for people."""
        return self.names.get(number, number)

    def as_dict(self, full: bool = True) -> dict[str, Any]:
        """The matter as `show --json` prints it; keys only ever grow.

        Numbers are whole only with `full`: for whoever has asked for them, by an act.
        """
        s = self.situation
        facts = s.facts if full else _masked(s.facts)
        return {
            "number": self.number,
            "kind": self.kind,
            "unit": facts.get("unit", ""),
            "place": facts.get("place", ""),
            "person": facts.get("caller", ""),
            "phone": facts.get("phone", ""),
            "summary": facts.get("text", ""),
            "department": facts.get("department", ""),
            "holder": s.received,
            "worker": facts.get("worker", ""),
            "opened_at": s.opened,
            "closed_at": s.closed,
            "origin": self.origin,
            "parent": self.parent,
            "children": list(self.children),
            "contacts": list(self.contacts),
            "state": s.state,
            "hold": s.hold,
            "outcome": s.outcome,
            "last": s.last,
            "charged_fen": int(facts.get("charged_fen", 0) or 0),
            "facts": dict(facts),
            "steps": [_step_dict(line, full) for line in self.history],
            "visits": [
                {"worker": v.worker, "arrived_at": v.arrived, "left_at": v.left, "why": v.why}
                for v in s.visits
            ],
            "deadlines": [_clock_dict(run, self.now) for run in self.clocks],
            "signatures": [
                {"n": g.n, "role": g.role, "name": g.name, "how": g.how, "at": g.at, "why": g.why}
                | {"undone": g.undone}
                for g in self.signatures
            ],
            "waiting": [
                {
                    "who": one.who,
                    "phone": one.phone if full else masked_phone(one.phone),
                    "said": one.said if full else masked_words(one.said),
                }
                for one in self.waiting
            ],
            "receipts": [
                {"number": one.number, "amount_fen": one.fen, "void": one.void}
                for one in self.receipts
            ],
            "signs": [{"sign": one.sign, "where": one.where} for one in self.signs],
            "next": [row.verb for row in self.following],
        }


def _masked(facts: Facts) -> dict[str, Any]:
    """Telephones, and numbers that somebody wrote among words."""
    masked = dict(facts)
    for name, value in facts.items():
        if isinstance(value, str):
            masked[name] = masked_phone(value) if name in PHONES else masked_words(value)
    return masked


def _step_dict(line: HistoryLine, full: bool) -> dict[str, Any]:
    step = line.step
    return {
        "n": step.n,
        "verb": step.verb,
        "from": step.frm,
        "to": step.to,
        "happened_at": step.happened,
        "recorded_at": step.recorded,
        "by": step.by,
        "doer": line.doer,
        "clause": step.clause,
        "facts": dict(step.facts) if full else _masked(step.facts),
        "undoes": step.undoes,
        "undone": line.undone,
    }


def _clock_dict(run: Running, now: datetime) -> dict[str, Any]:
    return {
        "name": run.name,
        "clause": run.clause,
        "level": run.level,
        "started_at": run.started,
        "due_at": run.due,
        "ended_at": run.ended,
        "late": run.late(now),
        "void": run.void,
        "provisional": run.provisional,
    }


def show(desk: Desk, number: str, *, offers: bool = True) -> MatterView:
    """One matter whole. Without `offers` it is not asked what may be done next: paper needs no
    keys. Raises UnknownMatter, also for whoever it is about (FW-M.9).
    """
    with desk.read() as session:
        (stored,) = wholes.read(session, desk.site, desk.staff, [number])
        who = actor(session, desk, desk.staff) if desk.staff and offers else None
        cycle = procedure(stored.head.kind)
        asked = stored.head.number if who else ""
        awaited = records.awaited(session, desk.site, cycle, asked)
        names = staff_names(session, desk.site)
    view = _view(desk, stored, names)
    if who is None:
        return view
    now = view.now
    overdue = frozenset(run.name for run in view.clocks if run.ended is None and run.late(now))
    local = now.astimezone(desk.zone)
    case = Case(view.situation, {}, who, who, now, now, local, overdue=overdue, awaited=awaited)
    return replace(
        view,
        following=offered(cycle, case),
        barred=barred(cycle, case),
        withheld=withheld(cycle, case),
    )


def show_several(
    desk: Desk, numbers: Sequence[str], names: Mapping[str, str]
) -> dict[str, MatterView]:
    """Several matters whole by their numbers, without what may be done next; `names` are those of
    the staff. So many at once as memory is to hold. Raises UnknownMatter.
    """
    found: dict[str, MatterView] = {}
    with desk.read() as session:
        for part in batched(numbers):
            for stored in wholes.read(session, desk.site, desk.staff, part):
                found[stored.head.number] = _view(desk, stored, names)
    return found


def _view(desk: Desk, stored: Whole, names: Mapping[str, str]) -> MatterView:
    head, cycle = stored.head, procedure(stored.head.kind)
    steps = [as_step(row, more) for row, more in stored.steps]
    situation, runs = stand(cycle, steps, desk.calendar)
    undone = {step.undoes for step in steps if step.undoes}
    history = tuple(
        HistoryLine(
            step, _word(cycle, step), names.get(step.by, step.by), row.doer, step.n in undone
        )
        for step, (row, _more) in zip(steps, stored.steps, strict=True)
    )
    signs = signs_for(desk.reference.signs, situation.facts) if cycle.kind == "repair" else ()
    return MatterView(
        head.id,
        head.number,
        head.kind,
        cycle,
        situation,
        head.parent,
        head.origin,
        tuple(stored.children),
        tuple(stored.contacts),
        history,
        runs,
        tuple(_signed(stored, undone)),
        (),
        {},
        names,
        desk.now(),
        tuple(signs),
        tuple(Receipted(*row) for row in stored.receipts),
    )


def _word(cycle: Lifecycle, step: Step) -> str:
    named = cycle.rows_named(step.verb)
    return named[0].word if named else N_("撤回")


def _signed(stored: Whole, undone: Container[int]) -> Iterator[Signed]:
    said = {row.n: more for row, more in stored.steps}
    for n, role, staff, how, at in stored.signed:
        name = str(said[n].get(f"signed_{role}", staff))
        yield Signed(n, role, name, how, at, str(said[n].get(f"refused_{role}", "")), n in undone)
