"""From a typed line to what would be written, shown before it is; and the one act that writes it.

`understand` reads the line and the registers; `accept` writes contact, slip and steps together.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlmodel import Session, col

from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, matters
from wuye_tui.registers.lookups import Registry, Resident, UnitFound
from wuye_tui.rules import repair_facts as is_
from wuye_tui.rules.errors import AmbiguousUnit, UnknownUnit, UsageError
from wuye_tui.rules.faults import find_faults
from wuye_tui.rules.line import Ask, Kind, Understood, parse, unclear
from wuye_tui.rules.procedures import QUEUED
from wuye_tui.rules.rooms import Place, RoomRef, key
from wuye_tui.rules.text import Field, clean
from wuye_tui.rules.units_text import What, fold
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Matter, Private
from wuye_tui.words import _

REPAIRS = frozenset({Kind.REPAIR, Kind.EMERGENCY})
ABOUT_A_SLIP = frozenset({Kind.URGE, Kind.CANCEL, Kind.REBOOK})
_CATEGORY = {
    Kind.REPAIR: "repair",
    Kind.EMERGENCY: "help",
    Kind.URGE: "repair",
    Kind.CANCEL: "repair",
    Kind.REBOOK: "repair",
    Kind.COMPLAINT: "complaint",
    Kind.ENQUIRY: "enquiry",
    Kind.PRAISE: "praise",
    Kind.OTHER: "other",
}
UNKNOWN_UNIT = "unknown_unit"
_WHERE = (Ask.UNIT, Ask.BUILDING, Ask.ENTRANCE)


class OtherUnit(UsageError):
    """The unit that was given is not the one that the line is about."""

    def __init__(self, said: str, given: str) -> None:
        super().__init__(
            _("这行话说的是 {said}，另外给的房号是 {given}，请改成一致再试。").format(
                said=said, given=given
            )
        )


@dataclass(frozen=True)
class OpenMatter:
    """An open matter of the caller's unit."""

    number: str
    kind: str
    state: str
    words: str
    next_due: datetime | None


@dataclass(frozen=True)
class Proposal:
    """What a line means in this office, and what would be written."""

    understood: Understood
    typed_unit: str = ""
    unit: UnitFound | None = None
    choices: tuple[str, ...] = ()
    place: str = ""
    residents: tuple[Resident, ...] = ()
    open_matters: tuple[OpenMatter, ...] = ()
    charge: str = ""
    tariff: str = ""
    tariff_name: str = ""
    asks: tuple[str, ...] = ()
    channel: str = "phone"  # by which the call came

    @property
    def opens_slip(self) -> bool:
        """Whether a repair slip would be made out."""
        return self.understood.kind in REPAIRS

    @property
    def about(self) -> OpenMatter | None:
        """The slip that an urge, a cancelling or a rebooking is about, when only one can be."""
        repairs = [matter for matter in self.open_matters if matter.kind == "repair"]
        said = self.understood.slip
        named = [matter for matter in repairs if said and matter.number.endswith(said)]
        found = named or repairs
        return found[0] if len(found) == 1 else None

    @property
    def alike(self) -> tuple[OpenMatter, ...]:
        """The unit's open slips about the same trade: perhaps of this very fault."""
        wanted = self.understood.category or ""
        return _of_trade(self.open_matters, wanted) if self.opens_slip else ()


def understand(desk: Desk, line: str, unit: str = "") -> Proposal:
    """What the line means: unit, people, open matters, charge and tariff; nothing is written.

    `unit` is the label that was picked where the line left it open, or that the line lacks. Raises
    UnknownUnit when there is none such, OtherUnit when the line is about another one.
    """
    with desk.read() as session:
        registry = Registry(session, desk.site)
        understood = parse(line, desk.now(), desk.zone, registry.is_room)
        found = Proposal(understood, asks=tuple(unclear(understood)))
        if unit or understood.room:
            return _in_unit(session, desk, registry, found, unit)
        place = understood.place or Place("")
        if place.name:
            return _in_public(session, desk, found, place_text(place))
        if understood.kind is Kind.EMERGENCY and "unit" not in found.asks:
            # A whole building, or the whole estate, is place enough to send somebody to.
            return _in_public(session, desk, found, place_text(place) or _("全小区"))
        return _named_slip(session, desk, found)


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
        return Proposal(was.understood, typed, choices=tuple(several.choices), asks=(open_, *asks))
    except UnknownUnit:
        if picked:
            raise
        return _nowhere(session, desk, was, typed, (UNKNOWN_UNIT, *asks))
    if room and picked:
        _refuse_other(registry, room, unit)
    today = desk.calendar.day_of(desk.now())
    warranty = unit.warranty_until is not None and unit.warranty_until >= today
    code = registry.likely_tariff(words)
    return Proposal(
        was.understood,
        typed,
        unit,
        residents=tuple(registry.residents(unit.id)),
        open_matters=_open_matters(session, desk.site, unit.label),
        charge=is_.WARRANTY if warranty else is_.PAID,
        tariff=code,
        tariff_name=registry.tariff(code).name if code else "",
        asks=tuple(asks),
    )


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
    return Proposal(was.understood, typed, asks=asks)


def alike(desk: Desk, unit: str, words: str) -> tuple[OpenMatter, ...]:
    """The open slips of a unit about the trade that these words are about. Raises NotFound."""
    with desk.read() as session:
        label = Registry(session, desk.site).unit(unit)
        return _of_trade(_open_matters(session, desk.site, label), _trade(words))


def _of_trade(found: tuple[OpenMatter, ...], trade: str) -> tuple[OpenMatter, ...]:
    repairs = (matter for matter in found if matter.kind == "repair" and trade)
    return tuple(matter for matter in repairs if _trade(matter.words) == trade)


def _trade(words: str) -> str:
    found = find_faults(fold(words))
    return found[0].fault.category if found else ""


def _in_public(session: Session, desk: Desk, was: Proposal, place: str) -> Proposal:
    registry = Registry(session, desk.site)
    code = registry.likely_tariff(was.understood.words)
    return Proposal(
        was.understood,
        place=place,
        open_matters=_matters(session, desk.site, col(Matter.place) == place),
        charge=is_.PUBLIC,
        tariff=code,
        tariff_name=registry.tariff(code).name if code else "",
        asks=was.asks,
    )


def _named_slip(session: Session, desk: Desk, was: Proposal) -> Proposal:
    if not was.understood.slip:
        return was
    found = _matters(
        session, desk.site, col(Matter.number).endswith(was.understood.slip, autoescape=True)
    )
    return Proposal(was.understood, open_matters=found, asks=was.asks)


def place_text(place: Place) -> str:
    """A public place as a slip writes it: 5栋2单元大堂."""
    building = place.building or ""
    tower = f"{building}栋" if building.isdigit() else f"{building}座" if building else ""
    return f"{tower}{f'{place.entrance}单元' if place.entrance else ''}{place.name}"


_QUEUED = col(Matter.kind).in_(QUEUED)  # a line that rings is no matter to join


def _open_matters(session: Session, site: str, label: str) -> tuple[OpenMatter, ...]:
    return _matters(session, site, and_(col(Matter.unit) == label, _QUEUED))


def _matters(session: Session, site: str, condition: object) -> tuple[OpenMatter, ...]:
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
        .where(col(Matter.site) == site, col(Matter.closed).is_(None), condition)  # type: ignore[arg-type]
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
    A paid job without a tariff item is registered and left to be issued. Raises AmbiguousUnit
    while several units may be meant; Refused, UsageError or NotFound.
    """
    understood = proposal.understood
    if proposal.choices:
        raise AmbiguousUnit(proposal.typed_unit, list(proposal.choices))
    caller = caller or (understood.caller.name if understood.caller else "")
    contact = contacts.register(
        act,
        channel=channel or proposal.channel,
        category=_CATEGORY[understood.kind],
        words=clean(understood.line, Field.LINE),
        unit=_unit(proposal),
        caller=caller,
        phone=phone or understood.phone or "",
        outcome=understood.kind.value,
    )
    result: Result = {"contact": contact.number, "number": "", "state": "", "n": 0}
    if proposal.opens_slip:
        result |= _open_slip(act, proposal, charge, tariff, caller, phone)
        contacts.link(act, contact, str(result["number"]), contacts.OPENED)
    elif understood.kind in ABOUT_A_SLIP and proposal.about:
        about = proposal.about
        verb = "urge" if understood.kind is Kind.URGE else "join"
        said = understood.words or understood.line
        result |= matters.take(act, about.number, verb, said=said)
        contacts.link(act, contact, about.number, contacts.ASKED)
    return result


def _unit(proposal: Proposal) -> str:
    if proposal.unit:
        return proposal.unit.label
    return proposal.typed_unit if proposal.opens_slip and not proposal.place else ""


def _open_slip(
    act: Act, proposal: Proposal, charge: str, tariff: str, caller: str, phone: str
) -> Result:
    u = proposal.understood
    given: dict[str, Any] = {
        "unit": _unit(proposal),
        "place": "" if proposal.unit else proposal.place,
        "text": u.words or u.line,
        "caller": caller,
        "phone": phone or u.phone or "",
        "payer": payer_of(proposal),
        "at": u.appointment.start.isoformat() if u.appointment else "",
        "at_to": u.appointment.end.isoformat() if u.appointment and u.appointment.end else "",
        "urgent": u.urgent,
    }
    result = matters.start(act, "repair", origin="line", **given)
    chosen, item = charge or proposal.charge, tariff or proposal.tariff
    ready = chosen and (chosen != is_.PAID or item) and u.kind is not Kind.EMERGENCY
    if ready:
        number = str(result["number"])
        wanted: dict[str, Any] = {"tariff": item} if chosen == is_.PAID else {}
        result = matters.take(act, number, "issue", charge=chosen, **wanted)
    return result


def payer_of(proposal: Proposal) -> str:
    """Who pays when it is not the caller: the resident of that role, or the role's own word."""
    role = proposal.understood.payer
    if role is None:
        return ""
    named = [person.name for person in proposal.residents if person.role == role.value]
    return named[0] if named else role.value
