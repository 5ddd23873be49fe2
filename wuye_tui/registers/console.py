"""What only the console asks: is there news, who may be picked, which step comes next."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlmodel import col

from wuye_tui.desk import Desk
from wuye_tui.reference import Call, Card
from wuye_tui.registers import callbacks, contacts, directory, matters, ringing
from wuye_tui.registers.lookups import ANYTHING, contact_of
from wuye_tui.registers.meaning import CATEGORY, Proposal, category_of
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.seeing import hidden
from wuye_tui.registers.views import MatterView
from wuye_tui.rules.callbacks import CALLBACK
from wuye_tui.rules.channels import PHONE
from wuye_tui.rules.complaints import COMPLAINT
from wuye_tui.rules.entries import ENTRY
from wuye_tui.rules.incidents import INCIDENT
from wuye_tui.rules.lifecycle import Effect, Row
from wuye_tui.rules.line_kinds import Kind
from wuye_tui.rules.notices import NOTICE
from wuye_tui.rules.patrols import PATROL
from wuye_tui.rules.repairs import REPAIR
from wuye_tui.rules.rights import HAT_WORDS, Actor, Hat, Right, hats
from wuye_tui.rules.running import Running
from wuye_tui.rules.tasks import TASK
from wuye_tui.rules.text import Field, clean
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Audit, Duty, Matter, Staff, Tariff
from wuye_tui.words import _

EVENTS = 8
_NO_CALLS = frozenset(one.kind for one in (NOTICE, ENTRY, PATROL, INCIDENT, TASK))
WELL = frozenset({"", "done", "reached"})  # outcomes that the usual way leads to


@dataclass(frozen=True)
class Colleague:
    """One of the active staff as a pick list shows them; `jobs` are their open matters."""

    number: str
    name: str
    post: str
    jobs: int
    hats: frozenset[Hat]
    keys: str = ""  # pinyin and initials of the name, every reading, by blanks
    department: str = ""  # as the office's table of posts writes it

    @property
    def title(self) -> str:
        """What they are to the office, in words: their post, or else the first of their hats."""
        worn = next((hat for hat in Hat if hat in self.hats), None)
        return self.post or (_(HAT_WORDS[worn]) if worn else "")

    def may(self, right: Right) -> bool:
        """Whether one of their hats grants the right."""
        return Actor(self.number, self.name, self.hats).may(right)


@dataclass(frozen=True)
class Priced:
    """One item of the tariff as a pick list shows it; `price` in ten-thousandths of a yuan."""

    code: str
    name: str
    price: int
    keywords: str
    category: str = ""  # its trade

    @property
    def stands_in(self) -> bool:
        """Whether it is the item for what is not known yet, which the actual one replaces."""
        return ANYTHING in self.keywords.split()


@dataclass(frozen=True)
class Event:
    """One act that concerned a matter, as the list of the latest shows it."""

    at: datetime
    by: str
    number: str
    kind: str
    verb: str
    many: int = 1  # matters that took the step together


def events(desk: Desk, limit: int = EVENTS) -> tuple[Event, ...]:
    """The latest acts that took a step, newest first, whoever did them."""
    with desk.read() as session:
        rows = session.execute(
            select(col(Audit.at), col(Audit.by), col(Audit.result))
            .where(col(Audit.site) == desk.site)
            .order_by(col(Audit.seq).desc())
            .limit(4 * limit)
        ).all()
        names = staff_names(session, desk.site)
        numbers = [str(row.result.get("number", "")) for row in rows]
        unseen = hidden(session, desk.site, desk.staff, numbers)
    steps = [row for row in rows if row.result.get("number") and row.result.get("verb")]
    steps = [row for row in steps if row.result["number"] not in unseen]
    return tuple(
        Event(
            row.at,
            names.get(row.by, row.by),
            str(row.result["number"]),
            str(row.result["kind"]),
            str(row.result["verb"]),
            len(row.result.get("together") or ()) or 1,
        )
        for row in steps[:limit]
    )


def heartbeat(desk: Desk) -> int:
    """The number of the last audit line: it grows with every act of every process."""
    with desk.read() as session:
        last = session.execute(
            select(func.max(col(Audit.seq))).where(col(Audit.site) == desk.site)
        ).scalar_one_or_none()
    return int(last or 0)


def acknowledged(desk: Desk, key: str) -> Result | None:
    """The result of the act that was saved with this key, or None if none was."""
    with desk.read() as session:
        found: Result | None = session.execute(
            select(col(Audit.result)).where(col(Audit.site) == desk.site, col(Audit.key) == key)
        ).scalar_one_or_none()
    return found


def colleagues(desk: Desk) -> tuple[Colleague, ...]:
    """The active staff by number, with the hats that a running duty lends them."""
    with desk.read() as session:
        people = session.execute(
            select(
                col(Staff.number),
                col(Staff.name),
                col(Staff.post),
                col(Staff.hats),
                col(Staff.keys),
                col(Staff.department),
            )
            .where(col(Staff.site) == desk.site, col(Staff.active).is_(True))
            .order_by(col(Staff.number))
        ).all()
        busy = session.execute(
            select(col(Matter.worker), func.count())
            .where(
                col(Matter.site) == desk.site,
                col(Matter.closed).is_(None),
                col(Matter.worker) != "",
            )
            .group_by(col(Matter.worker))
        ).all()
        duties = session.execute(
            select(col(Duty.staff), col(Duty.post), col(Duty.name)).where(
                col(Duty.site) == desk.site, col(Duty.ended).is_(None)
            )
        ).all()
    jobs = {worker: int(number) for worker, number in busy}
    worn = {person.number: list(person.hats) for person in people}
    for duty in duties:
        worn.get(duty.staff, []).extend(desk.lends(duty.post, duty.name))
    return tuple(
        Colleague(
            p.number,
            p.name,
            p.post,
            jobs.get(p.number, 0),
            hats(worn[p.number]),
            p.keys,
            p.department,
        )
        for p in people
    )


def entitled(people: Iterable[Colleague], right: Right | None) -> list[Colleague]:
    """Those who hold a right today, by their post or a running duty, the least busy first.

    Everybody where no right is asked for.
    """
    able = (person for person in people if right is None or person.may(right))
    return sorted(able, key=lambda person: (person.jobs, person.number))


def able(desk: Desk, view: MatterView, row: Row) -> tuple[str, ...]:
    """Who may take a step of a matter, by title and name, whoever worked on it last: nobody signs
    off their own work (XX-4.2.5).
    """
    right = row.who
    people = entitled(colleagues(desk), right)
    workers = view.situation.workers
    found = (person for person in people if person.number not in workers)
    return tuple(f"{person.title} {person.name}".strip() for person in found)


def to_ring(desk: Desk, number: str) -> str:
    """Name and telephone of one of the staff; empty for nobody."""
    if not number:
        return ""
    with desk.read() as session:
        found = session.execute(
            select(col(Staff.name), col(Staff.phone)).where(
                col(Staff.site) == desk.site, col(Staff.number) == number
            )
        ).one_or_none()
    return " ".join(filter(None, found)) if found else ""


def cards(desk: Desk) -> Mapping[str, Card]:
    """The cards of the emergencies by kind; whoever holds a duty now stands on them by name and
    number, where a card names the duty's hat, otherwise the number that the directory has under
    the card's name for it. Raises BadReference.
    """
    with desk.read() as session:
        held = session.execute(
            select(col(Duty.post), col(Duty.name), col(Staff.name).label("who"), col(Staff.phone))
            .join(Staff, and_(col(Staff.site) == Duty.site, col(Staff.number) == Duty.staff))
            .where(col(Duty.site) == desk.site, col(Duty.ended).is_(None))
        ).all()
        listed = directory.numbers(session, desk.site)
    on_duty = {
        HAT_WORDS[hat]: (row.who, row.phone)
        for row in held
        for hat in hats(desk.lends(row.post, row.name))
    }
    return {
        kind: replace(card, call=tuple(_reached(call, on_duty, listed) for call in card.call))
        for kind, card in desk.reference.emergencies.items()
    }


def _reached(call: Call, on_duty: Mapping[str, tuple[str, str]], listed: Mapping[str, str]) -> Call:
    name, phone = on_duty.get(call.entry, ("", ""))
    who = f"{call.who} {name}" if name else call.who
    return replace(call, who=who, number=call.number or phone or listed.get(call.entry, ""))


def priced(desk: Desk) -> tuple[Priced, ...]:
    """Every item of the tariff by its code."""
    with desk.read() as session:
        rows = session.execute(
            select(
                col(Tariff.code),
                col(Tariff.name),
                col(Tariff.price),
                col(Tariff.keywords),
                col(Tariff.category),
            )
            .where(col(Tariff.site) == desk.site)
            .order_by(col(Tariff.code))
        ).all()
    return tuple(Priced(r.code, r.name, r.price, r.keywords, r.category) for r in rows)


def ahead(view: MatterView, rows: Collection[Row]) -> list[Row]:
    """Those of the rows that lead on in the usual way, the nearest state first.

    A step back is none of them, nor one that ends the matter badly or before its time; nor is
    filing what is over, for which the week's file is the way.
    """
    order = [code for code, _word in view.cycle.states]
    here = order.index(view.situation.state)
    if view.situation.state in view.cycle.final or not view.cycle.straight:
        return []

    def leads_on(row: Row) -> bool:
        if not row.moves or row.auto or row.outcome not in WELL:
            return False
        there = order.index(row.to)
        return there > here and (row.to not in view.cycle.final or there == here + 1)

    return sorted(filter(leads_on, rows), key=lambda row: order.index(row.to))


def usual(view: MatterView) -> Row | None:
    """The step to propose to whoever asks: the nearest one ahead, if any is open to them; before
    one that would be refused, the step that has to come first.
    """
    row = next(iter(ahead(view, view.following)), None)
    guard = view.barred.get(row.verb) if row else None
    if row is None:
        return _to_collect(view)
    if guard is None:
        return row
    return next((one for one in view.following if one.verb == guard.first), None)


def _to_collect(view: MatterView) -> Row | None:
    """The money that is due, for whoever has nothing else to do with the matter (FW-1.6)."""
    own = [row for row in view.following if row.who is not Right.ANYONE]
    return own[0] if len(own) == 1 and Effect.RECEIPT in own[0].effects else None


def awaited(view: MatterView) -> Row | None:
    """The nearest step ahead, whoever may take it."""
    return next(iter(ahead(view, view.cycle.rows_from(view.situation.state))), None)


def limit(view: MatterView, row: Row) -> Running | None:
    """The running clock that the step would end and that runs out first, if there is one."""
    rules = {rule.name: rule for rule in view.cycle.deadlines}
    to = row.to if row.moves else view.situation.state
    ends = (
        run
        for run in view.running
        if run.due is not None
        and (
            row.verb in rules[run.name].ended_by
            or to not in view.cycle.span(rules[run.name].runs_in)
        )
    )
    return next(ends, None)


def start_by_form(
    act: Act,
    kind: str,
    verb: str,
    given: Mapping[str, Any],
    happened: datetime | None,
    *,
    ring: str = "",
    left: str = "",
) -> Result:
    """Opens a matter and writes down the call that it came with (KF-6): as a repair with a slip,
    otherwise as what its words are about. `ring` is the line that rang, if one did, and `left` the
    call that the night has left, if it is that one. Raises TakenUp.

    A change that residents will ask about (XX-4.3.3) is told by a department, a regular visit
    (FW-3.1) is the desk's own call, and the duty manager's telephone has its own log (ZB-3.4): no
    caller is written down for them.
    """
    if kind == CALLBACK.kind:
        return callbacks.open_visit(act, happened=happened, **given)
    if kind in _NO_CALLS:
        return matters.start(act, kind, verb, happened=happened, origin="form", **given)
    words = str(given.get("text", ""))
    contact = contacts.taken_down(
        act,
        left,
        channel=str(given.get("channel") or PHONE),
        category=_category(kind, words, given),
        words=words,
        unit=str(given.get("unit", "")),
        caller=str(given.get("caller", "")),
        phone=str(given.get("phone", "")),
        outcome=kind,
        **ringing.heard(act, ring),
    )
    result = matters.start(act, kind, verb, happened=happened, origin="form", **given)
    contacts.link(act, contact, str(result["number"]), contacts.OPENED)
    return {"contact": contact.number, **result}


def _category(kind: str, words: str, given: Mapping[str, Any]) -> str:
    """A repair is one, a complaint too, and an emergency a call for help, as by the line."""
    if given.get("emergency"):
        return CATEGORY[Kind.EMERGENCY]
    if kind == COMPLAINT.kind:
        return CATEGORY[Kind.COMPLAINT]
    return CATEGORY[Kind.REPAIR] if kind == REPAIR.kind else category_of(words)


def join_call(act: Act, proposal: Proposal, number: str) -> Result:
    """Writes the call down and joins it to a slip that is open already, without a new one."""
    understood = proposal.understood
    said = clean(understood.words or understood.line, Field.WORDS)
    contact = contacts.taken_down(
        act,
        proposal.left,
        channel=proposal.channel,
        category="repair",
        words=understood.line,
        unit=proposal.unit.label if proposal.unit else proposal.home,
        caller=understood.caller.name if understood.caller else "",
        phone=understood.phone or "",
        outcome=contacts.JOINED,
        **ringing.heard(act, proposal.ring),
    )
    where = proposal.unit.label if proposal.unit else proposal.home
    caller = understood.caller.name if understood.caller else contact.caller
    known = contact_of(proposal.residents, caller) if where else None
    by = " ".join(filter(None, (where, caller or (known.name if known else ""))))
    phone = understood.phone or contact.phone or (known.phone if known else "")
    result = matters.take(act, number, "join", said=said, joined_by=by, joined_phone=phone)
    contacts.link(act, contact, number, contacts.JOINED)
    return {"contact": contact.number, **result}
