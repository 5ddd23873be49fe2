"""From a typed line to what would be written, shown before it is; and the one act that writes it.

`understand` reads the line and the registers; `accept` writes contact, slip and steps together.
"""

from dataclasses import replace

from sqlalchemy import and_, select
from sqlmodel import Session, col

from wuye_tui.desk import Desk
from wuye_tui.registers import cars, complaints, contacts, homes, taking_down
from wuye_tui.registers.lookups import Registry, UnitFound
from wuye_tui.registers.meaning import (
    OpenMatter,
    Proposal,
    caller_of,
    known_by_tail,
    like,
    named_first,
    told_again,
)
from wuye_tui.registers.seeing import seen_by
from wuye_tui.rules import repair_facts as is_
from wuye_tui.rules.answers import TariffItem
from wuye_tui.rules.errors import AmbiguousUnit, UnknownUnit, UsageError
from wuye_tui.rules.faults import find_faults
from wuye_tui.rules.line import Kind, Understood, parse
from wuye_tui.rules.line_asks import Ask, unclear
from wuye_tui.rules.line_kinds import REPAIRED
from wuye_tui.rules.line_orders import is_ordered
from wuye_tui.rules.places import Place, is_everybodys, is_of_a_building, place_text
from wuye_tui.rules.procedures import QUEUED
from wuye_tui.rules.rooms import RoomRef, key, with_digits
from wuye_tui.rules.text import LIMITS, Field, TooLong
from wuye_tui.rules.units_text import What, compiled, fold
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Matter, Private
from wuye_tui.words import _

UNKNOWN_UNIT, UNKNOWN_TAIL, UNKNOWN_BLOCK = "unknown_unit", "unknown_tail", "unknown_block"
_GOES_THERE = REPAIRED | {Kind.GUARD}  # somebody is sent to the place that was said
_WHERE = (Ask.UNIT, Ask.BUILDING, Ask.ENTRANCE, Ask.WHERE)


class OtherUnit(UsageError):
    """The unit that was given is not the one that the line is about."""

    def __init__(self, said: str, given: str) -> None:
        super().__init__(
            _("这行话说的是 {said}，另外给的房号是 {given}，请改成一致再试。").format(
                said=said, given=given
            )
        )


def understand(desk: Desk, line: str, unit: str = "") -> Proposal:
    """What the line means: unit, people, open matters, charge and tariff; nothing is written.

    `unit` is the label that was picked where the line left it open, or that the line lacks. Raises
    UnknownUnit when there is none such, OtherUnit when the line is about another one.
    """
    with desk.read() as session:
        found = _with_repair(session, desk, _read(session, desk, line, unit))
        return complaints.with_subject(session, desk.site, found)


def _read(session: Session, desk: Desk, line: str, unit: str) -> Proposal:
    registry = Registry(session, desk.site)
    understood, mistyped = _parsed(desk, registry, line)
    plate = understood.plate
    known = cars.owners(session, desk.site, plate) if plate else ()
    asks = (*_unknown_block(registry, understood), *unclear(understood))
    found = Proposal(understood, asks=asks, cars=known)
    if mistyped and not unit:
        return replace(found, choices=mistyped, typed_unit=mistyped[0])
    if unit or understood.room:
        return _in_unit(session, desk, registry, found, unit)
    place = understood.place or Place("")
    if place.name:
        return _in_public(session, desk, found, place_text(place))
    if understood.kind is Kind.EMERGENCY and "unit" not in found.asks:
        # A whole building, or the whole estate, is place enough to send somebody to.
        return _in_public(session, desk, found, place_text(place) or _("全小区"))
    if understood.kind is Kind.GUARD and place_text(place):
        return _in_public(session, desk, found, place_text(place))
    if Ask.UNIT in found.asks and (offered := homes.offered(session, desk.site, understood)):
        return replace(found, choices=offered)
    if Ask.UNIT in found.asks and understood.tail:
        found = replace(found, asks=(UNKNOWN_TAIL, *found.asks))
    return known_by_tail(_named_slip(session, desk, found))


def _parsed(desk: Desk, registry: Registry, line: str) -> tuple[Understood, tuple[str, ...]]:
    """The line as understood; of a room with letters for digits also the unit that there is: it is
    asked whether that is meant.
    """
    limit = LIMITS[Field.LINE]
    if len(line) > 4 * limit.most:  # a page that was pasted: refused in the end, but read for long
        raise TooLong(_(limit.word), len(line), limit.most)
    said = parse(line, desk.now(), desk.zone, registry.is_room)
    straight = with_digits(line)
    if straight == fold(line) or (said.room and registry.units_like(said.room)):
        return said, ()
    meant = parse(straight, desk.now(), desk.zone, registry.is_room)
    units = registry.units_like(meant.room) if meant.room else []
    if not units:
        return said, ()
    return replace(meant, line=line), tuple(unit.label for unit in units)


def _unknown_block(registry: Registry, understood: Understood) -> tuple[str, ...]:
    """What is asked where a building or an entrance is said that no unit is of."""
    place = understood.place
    if place is None or not place.building or understood.kind not in _GOES_THERE:
        return ()
    return () if registry.has_block(place.building, place.entrance) else (UNKNOWN_BLOCK,)


def _in_unit(
    session: Session, desk: Desk, registry: Registry, was: Proposal, picked: str
) -> Proposal:
    asks = [ask for ask in was.asks if ask not in _WHERE]
    words, room = was.understood.words, was.understood.room
    typed = picked or (key(room) if room else "")
    try:
        unit = registry.find_room(room) if room and not picked else registry.find_unit(typed)
    except AmbiguousUnit as several:
        open_ = Ask.ENTRANCE if picked or (room and room.building) else Ask.BUILDING
        return replace(was, typed_unit=typed, choices=tuple(several.choices), asks=(open_, *asks))
    except UnknownUnit:
        if picked:
            raise
        if room and (near := registry.run_together(room)):
            labels = tuple(unit.label for unit in near)
            return replace(was, typed_unit=typed, choices=labels, asks=(Ask.ENTRANCE, *asks))
        return _nowhere(session, desk, was, typed, (UNKNOWN_UNIT, *asks))
    if room and picked:
        _refuse_other(registry, room, unit)
    today = desk.calendar.day_of(desk.now())
    warranty = unit.warranty_until is not None and unit.warranty_until >= today
    code = registry.likely_tariff(words, is_several(was.understood))
    found = replace(
        was,
        typed_unit=typed,
        unit=unit,
        residents=tuple(registry.residents(unit.id)),
        open_matters=_open_matters(session, desk, unit.label),
        charge=is_.WARRANTY if warranty else is_.PAID,
        tariff=code,
        tariff_name=registry.tariff(code).name if code else "",
        on_top=() if warranty else _on_top(registry, desk, was.understood),
        asks=tuple(asks),
    )
    found = known_by_tail(named_first(found))
    return _from_home(session, desk, found, unit) or told_again(found)


def _on_top(registry: Registry, desk: Desk, u: Understood) -> tuple[TariffItem, ...]:
    """The supplements of the hour at which somebody is wanted (BX-13); none where that is open."""
    if Kind.REPAIR not in (u.kind, *u.also) or u.when_open or u.past:
        return ()
    return registry.supplements(u.appointment.start if u.appointment else desk.now(), desk.zone)


def _from_home(session: Session, desk: Desk, was: Proposal, unit: UnitFound) -> Proposal | None:
    """A repair of what is everybody's, reported by somebody at home: theirs is the call alone.

    A place of a building that was not said is of theirs; one that was said is as it was said.
    """
    u, place = was.understood, was.understood.place
    if u.kind is not Kind.REPAIR or place is None or not is_everybodys(place, u.line):
        return None
    if is_of_a_building(place) and not place.building:
        building, _dash, _rest = unit.label.partition("-")
        place = Place(place.name, building, place.entrance or _entrance(unit))
    found = replace(was, unit=None, typed_unit="", home=unit.label, on_top=())
    return _in_public(session, desk, found, place_text(place))


def _with_repair(session: Session, desk: Desk, was: Proposal) -> Proposal:
    """A complaint with what is broken beside it, where somebody can go and repair it.

    What is only named (投诉电梯广告) is no repair, whatever else the line says of it.
    """
    u = was.understood
    if u.kind is not Kind.COMPLAINT or Kind.REPAIR not in u.also:
        return was
    if not any(found.trouble for found in find_faults(fold(u.words))):
        also = tuple(kind for kind in u.also if kind is not Kind.REPAIR)
        return replace(was, understood=replace(u, also=also))
    if not (was.unit or was.place):
        return was
    alone = replace(u, kind=Kind.REPAIR, also=(), words=_of_the_faults(u))
    beside = replace(was, understood=alone)
    if was.unit and (public := _from_home(session, desk, beside, was.unit)):
        beside = replace(public, understood=replace(public.understood, kind=Kind.REPAIR))
    return replace(was, broken=beside)


def _of_the_faults(understood: Understood) -> str:
    """What the slip says of a complaint's words: the worker who reads it is not told the rest."""
    said = compiled(r"[\s,，;；。!！]+").split(understood.words)
    kept = [part for part in said if any(fault.words in part for fault in understood.faults)]
    return " ".join(kept) or understood.words


def _entrance(unit: UnitFound) -> str | None:
    parts = unit.label.split("-")
    return parts[1] if len(parts) > 2 else None


def is_several(understood: Understood) -> bool:
    """Whether faults of more than one trade are reported in one line."""
    return len({fault.category for fault in understood.faults}) > 1


def _refuse_other(registry: Registry, room: RoomRef, picked: UnitFound) -> None:
    """A room of the line that is known must be the one that was picked, or may mean it."""
    if not room.building and picked.label.endswith(f"-{room.room}"):
        return  # more units may have the number than are offered
    meant = [unit.label for unit in registry.units_like(room)]
    if meant and picked.label not in meant:
        raise OtherUnit(key(room), picked.label)


def _nowhere(
    session: Session, desk: Desk, was: Proposal, typed: str, asks: tuple[str, ...]
) -> Proposal:
    """No such unit; a public place that the line names as well is where somebody can go."""
    place = was.understood.place
    if place and place.name:
        found = _in_public(session, desk, was, place_text(place))
        return replace(found, typed_unit=typed, asks=asks)
    return replace(was, typed_unit=typed, asks=asks)


def alike(desk: Desk, unit: str, words: str) -> tuple[OpenMatter, ...]:
    """The slips of a unit still worked on that may be of this fault. Raises NotFound."""
    with desk.read() as session:
        label = Registry(session, desk.site).unit(unit)
        faults = find_faults(fold(words))
        found = _open_matters(session, desk, label)
        return like(found, faults[0].fault, words) if faults else ()


def _in_public(session: Session, desk: Desk, was: Proposal, place: str) -> Proposal:
    registry = Registry(session, desk.site)
    code = registry.likely_tariff(was.understood.words, is_several(was.understood))
    found = replace(
        was,
        place=place,
        open_matters=_matters(session, desk, col(Matter.place) == place),
        charge=is_.PUBLIC,
        tariff=code,
        tariff_name=registry.tariff(code).name if code else "",
    )
    return told_again(known_by_tail(found))


def _named_slip(session: Session, desk: Desk, was: Proposal) -> Proposal:
    if not was.understood.slip:
        return was
    found = _matters(
        session, desk, col(Matter.number).endswith(was.understood.slip, autoescape=True)
    )
    return replace(was, open_matters=found)


_QUEUED = col(Matter.kind).in_(QUEUED)  # a line that rings is no matter to join


def _open_matters(session: Session, desk: Desk, label: str) -> tuple[OpenMatter, ...]:
    return _matters(session, desk, and_(col(Matter.unit) == label, _QUEUED))


def _matters(session: Session, desk: Desk, condition: object) -> tuple[OpenMatter, ...]:
    rows = session.execute(
        select(
            col(Matter.number),
            col(Matter.kind),
            col(Matter.state),
            col(Private.words),
            col(Matter.next_due),
        )
        .outerjoin(
            Private,
            and_(
                col(Private.site) == col(Matter.site),
                col(Private.owner) == col(Matter.id),
                col(Private.n) == 0,
            ),
        )
        .where(
            col(Matter.site) == desk.site,
            col(Matter.closed).is_(None),
            seen_by(desk.staff),
            condition,  # type: ignore[arg-type]
        )
        .order_by(col(Matter.opened))
        .limit(20)
    ).all()
    return tuple(OpenMatter(r.number, r.kind, r.state, r.words or "", r.next_due) for r in rows)


def untimed(proposal: Proposal) -> Proposal:
    """The same without an appointment that is over: its time stays in the words, as typed.

    For where nobody can be asked which time was meant; a desk that can ask is refused (BX-9).
    """
    understood = proposal.understood
    if not (understood.past and understood.appointment):
        return proposal
    if proposal.broken:
        proposal = replace(proposal, broken=untimed(proposal.broken))
    words = " ".join([understood.words, *understood.said(What.APPOINTMENT)]).strip()
    return replace(proposal, understood=replace(understood, words=words, appointment=None))


def accept(
    act: Act,
    proposal: Proposal,
    *,
    channel: str = "",
    charge: str = "",
    tariff: str = "",
    caller: str = "",
    phone: str = "",
) -> Result:
    """Writes what the proposal says, in this act: the contact, the slip, and its first steps.

    `charge`, `tariff` and `channel` win over what was proposed, `caller` and `phone` over what the
    line says.
    A complaint of what is broken opens complaint and slip; the result is the slip's, with the
    complaint's number under `opened`.
    A paid job without a tariff item is registered and left to be issued. Raises AmbiguousUnit
    while several units may be meant; Refused, UsageError or NotFound.
    """
    understood = proposal.understood
    if proposal.postponed:
        taking_down.refuse_emergency(understood, proposal.told)
    if proposal.choices:
        typed = proposal.typed_unit or understood.line
        raise AmbiguousUnit(typed, list(proposal.choices))
    caller = caller or caller_of(proposal)
    if proposal.postponed:
        return taking_down.leave(act, proposal, channel=channel, caller=caller, phone=phone)
    contact = taking_down.contact(act, proposal, channel or proposal.channel, caller, phone)
    caller = caller or contact.caller
    phone = phone or understood.phone or contact.phone
    result: Result = {"contact": contact.number, "number": "", "state": "", "n": 0}
    if proposal.opens_slip:
        result |= taking_down.open_slip(act, proposal, charge, tariff, caller, phone)
        contacts.link(act, contact, str(result["number"]), contacts.OPENED)
    elif proposal.opens_complaint:
        came = channel or proposal.channel
        result |= taking_down.open_complaint(act, proposal, came, caller, phone)
        contacts.link(act, contact, str(result["number"]), contacts.OPENED)
        if beside := proposal.opens_beside:
            slip = taking_down.open_slip(act, beside, charge, tariff, caller, phone)
            contacts.link(act, contact, str(slip["number"]), contacts.OPENED)
            result |= {**slip, "opened": [str(result["number"])]}  # its clock runs out first
    elif is_ordered(understood.kind, channel or proposal.channel):
        result |= taking_down.open_order(act, proposal, channel or proposal.channel, caller, phone)
        contacts.link(act, contact, str(result["number"]), contacts.OPENED)
    elif proposal.about and proposal.verb:
        result |= taking_down.take_about(act, proposal, proposal.about, caller)
        contacts.link(act, contact, proposal.about.number, contacts.ASKED)
    return result
