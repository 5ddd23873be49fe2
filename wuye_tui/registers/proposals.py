"""From a typed line to what would be written, shown before it is; and the one act that writes it.

`understand` reads the line and the registers; `accept` writes contact, slip and steps together.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlmodel import Session, col

from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, matters
from wuye_tui.registers.lookups import Registry, Resident, UnitFound
from wuye_tui.rules import repair_facts as is_
from wuye_tui.rules.errors import AmbiguousUnit, UnknownUnit
from wuye_tui.rules.line import Kind, Understood, parse, unclear
from wuye_tui.rules.rooms import Place, key
from wuye_tui.rules.text import Field, clean
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Matter, Private

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


def understand(desk: Desk, line: str, unit: str = "") -> Proposal:
    """What the line means: unit, people, open matters, charge and tariff; nothing is written.

    `unit` is the label that was picked where the line left it open.
    """
    understood = parse(line, desk.now(), desk.zone)
    with desk.read() as session:
        registry = Registry(session, desk.site)
        found = Proposal(understood, asks=tuple(unclear(understood)))
        typed = unit or (key(understood.room) if understood.room else "")
        if typed:
            return _in_unit(session, desk, registry, found, typed)
        if understood.place and understood.place.name:
            return _in_public(registry, found, understood.place)
        return _named_slip(session, desk, found)


def _in_unit(
    session: Session, desk: Desk, registry: Registry, was: Proposal, typed: str
) -> Proposal:
    asks = [ask for ask in was.asks if ask not in ("unit", "entrance")]
    words = was.understood.words
    try:
        unit = registry.find_unit(typed)
    except AmbiguousUnit as several:
        return Proposal(
            was.understood, typed, choices=tuple(several.choices), asks=("entrance", *asks)
        )
    except UnknownUnit:
        return Proposal(was.understood, typed, asks=("unknown_unit", *asks))
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


def _in_public(registry: Registry, was: Proposal, place: Place) -> Proposal:
    code = registry.likely_tariff(was.understood.words)
    return Proposal(
        was.understood,
        place=place_text(place),
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


def _open_matters(session: Session, site: str, label: str) -> tuple[OpenMatter, ...]:
    return _matters(session, site, col(Matter.unit) == label)


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


def accept(
    act: Act,
    proposal: Proposal,
    *,
    channel: str = "phone",
    charge: str = "",
    tariff: str = "",
    phone: str = "",
) -> Result:
    """Writes what the proposal says, in this act: the contact, the slip, and its first steps.

    `charge` and `tariff` win over what was proposed. A paid job without a tariff item is
    registered and left to be issued. Raises Refused, UsageError or NotFound.
    """
    understood = proposal.understood
    contact = contacts.register(
        act,
        channel=channel,
        category=_CATEGORY[understood.kind],
        words=clean(understood.line, Field.LINE),
        unit=_unit(proposal),
        caller=understood.caller.name if understood.caller else "",
        phone=phone or understood.phone or "",
        outcome=understood.kind.value,
    )
    result: Result = {"contact": contact.number, "number": "", "state": "", "n": 0}
    if proposal.opens_slip:
        result |= _open_slip(act, proposal, charge, tariff, phone)
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
    return proposal.typed_unit if proposal.opens_slip else ""


def _open_slip(act: Act, proposal: Proposal, charge: str, tariff: str, phone: str) -> Result:
    u = proposal.understood
    given: dict[str, Any] = {
        "unit": _unit(proposal),
        "place": "" if proposal.unit else proposal.place,
        "text": u.words or u.line,
        "caller": u.caller.name if u.caller else "",
        "phone": phone or u.phone or "",
        "payer": _payer(proposal),
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


def _payer(proposal: Proposal) -> str:
    """Who pays when it is not the caller: the resident of that role, or the role's own word."""
    role = proposal.understood.payer
    if role is None:
        return ""
    named = [person.name for person in proposal.residents if person.role == role.value]
    return named[0] if named else role.value
