"""One matter whole: its facts, history, clocks, signatures, visits, and the steps open now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row as SqlRow
from sqlalchemy import and_, bindparam, select
from sqlmodel import Session, col

from wuye_tui.desk import Desk, actor
from wuye_tui.registers import records
from wuye_tui.registers.queue import clock_word, staff_names
from wuye_tui.registers.seeing import calls_seen_by, may_see, seen_by
from wuye_tui.registers.steps import as_step, find_head, stored_steps
from wuye_tui.rules.folding import Situation, Step, fold
from wuye_tui.rules.lifecycle import Case, Facts, Guard, Lifecycle, Row
from wuye_tui.rules.offering import barred, offered, withheld
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.refusals import UnknownMatter
from wuye_tui.rules.running import Running, clocks
from wuye_tui.rules.signs import WarningSign, signs_for
from wuye_tui.rules.text import masked_phone
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Contact, ContactMatter, Matter, Receipt, ReceiptVoid, Signature
from wuye_tui.words import N_

PHONES = frozenset({"phone", "joined_phone"})
_matter, _signed, _call, _about = (
    table_of(kind).c for kind in (Matter, Signature, Contact, ContactMatter)
)
# Made once: a thousand matters are read one after the other.
_CHILDREN = (
    select(_matter.number)
    .where(_matter.site == bindparam("site"), _matter.parent == bindparam("parent"), seen_by())
    .order_by(_matter.number)
)
_CALLS = (
    select(_call.rang, _call.number)
    .join_from(
        table_of(Contact),
        table_of(ContactMatter),
        and_(_about.site == _call.site, _about.contact == _call.id),
    )
    .where(_call.site == bindparam("site"), _about.matter == bindparam("matter"), calls_seen_by())
)
_SIGNED = (
    select(table_of(Signature))
    .where(_signed.site == bindparam("site"), _signed.matter == bindparam("matter"))
    .order_by(_signed.n)
)


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
    names: dict[str, str]
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

        Telephone numbers are whole only with `full`: for somebody who has proved who they are.
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
                    "said": one.said,
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
    return {
        name: masked_phone(str(value)) if name in PHONES else value for name, value in facts.items()
    }


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


def show(
    desk: Desk, number: str, *, offers: bool = True, names: Mapping[str, str] | None = None
) -> MatterView:
    """One matter whole. Without `offers` it is not asked what may be done next: paper needs no
    keys. `names` are those of the staff, where they are known already. Raises UnknownMatter, also
    for whoever it is about (FW-M.9).
    """
    with desk.read() as session:
        matter = find_head(session, desk.site, number)
        if not may_see(matter.about, desk.staff):
            raise UnknownMatter(number)
        rows = stored_steps(session, desk.site, matter.id)
        signatures = _signatures(session, desk.site, matter.id, rows)
        of_it = {"site": desk.site, "parent": matter.number, "viewer": desk.staff}
        children = session.connection().execute(_CHILDREN, of_it).scalars().all()
        contacts = _contacts(session, desk, matter.id)
        receipts = _receipts(session, desk.site, matter.number) if matter.kind == "repair" else ()
        known = dict(names) if names is not None else staff_names(session, desk.site)
        who = actor(session, desk, desk.staff) if desk.staff and offers else None
        cycle = procedure(matter.kind)
        awaited = records.awaited(session, desk.site, cycle, matter.number) if who else frozenset()
    steps = [as_step(row, more) for row, more in rows]
    situation, runs = fold(cycle, steps), clocks(cycle, steps, desk.calendar)
    undone = {step.undoes for step in steps if step.undoes}
    now = desk.now()
    overdue = frozenset(run.name for run in runs if run.ended is None and run.late(now))
    following: tuple[Row, ...] = ()
    bars: dict[str, Guard] = {}
    unseen: tuple[tuple[Row, Guard], ...] = ()
    if who is not None:
        local = now.astimezone(desk.zone)
        case = Case(situation, {}, who, who, now, now, local, overdue=overdue, awaited=awaited)
        following, bars = offered(cycle, case), barred(cycle, case)
        unseen = withheld(cycle, case)
    history = tuple(
        HistoryLine(
            step, _word(cycle, step), known.get(step.by, step.by), row.doer, step.n in undone
        )
        for step, (row, _more) in zip(steps, rows, strict=True)
    )
    return MatterView(
        matter.id,
        matter.number,
        matter.kind,
        cycle,
        situation,
        matter.parent,
        matter.origin,
        tuple(children),
        contacts,
        history,
        runs,
        signatures,
        following,
        bars,
        known,
        now,
        tuple(signs_for(desk.reference.signs, situation.facts)) if cycle.kind == "repair" else (),
        receipts,
        unseen,
    )


def _receipts(session: Session, site: str, source: str) -> tuple[Receipted, ...]:
    number, fen = col(Receipt.number), col(Receipt.fen)
    voided = and_(col(ReceiptVoid.site) == site, col(ReceiptVoid.number) == number)
    found = session.execute(
        select(number, fen, col(ReceiptVoid.number).is_not(None))
        .outerjoin(ReceiptVoid, voided)
        .where(col(Receipt.site) == site, col(Receipt.source) == source)
        .order_by(number)
    )
    return tuple(Receipted(*row) for row in found)


def _contacts(session: Session, desk: Desk, matter: str) -> tuple[str, ...]:
    """The calls that opened, joined or asked about a matter, in their order."""
    asked = {"site": desk.site, "matter": matter, "viewer": desk.staff}
    found = session.connection().execute(_CALLS, asked)
    # Ordered here: SQLite would go through all the calls there are in their order.
    return tuple(row.number for row in sorted(found.all()))


def _word(cycle: Lifecycle, step: Step) -> str:
    named = cycle.rows_named(step.verb)
    return named[0].word if named else N_("撤回")


def _signatures(
    session: Session, site: str, matter: str, rows: list[tuple[SqlRow[Any], dict[str, Any]]]
) -> tuple[Signed, ...]:
    said = {row.n: more for row, more in rows}
    undone = {row.undoes for row, _more in rows if row.undoes}
    found = session.connection().execute(_SIGNED, {"site": site, "matter": matter})
    return tuple(
        Signed(
            s.n,
            s.role,
            str(said[s.n].get(f"signed_{s.role}", s.staff)),
            s.how,
            s.at,
            str(said[s.n].get(f"refused_{s.role}", "")),
            s.n in undone,
        )
        for s in found
    )
