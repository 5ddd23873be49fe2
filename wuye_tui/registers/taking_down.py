"""Writes down what a line means: the call, and the slip, complaint, order or step it becomes.

Each function is a part of one act; `proposals.accept` puts them together.
"""

from typing import Any

from wuye_tui.registers import contacts, matters, ringing
from wuye_tui.registers.known import NOTHING_ASKED
from wuye_tui.registers.lookups import contact_of
from wuye_tui.registers.meaning import CATEGORY, OpenMatter, Proposal, caller_of, payer_of
from wuye_tui.rules import repair_facts as is_
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.line import Kind, Understood
from wuye_tui.rules.line_orders import HOTLINE, department_of
from wuye_tui.rules.line_outcomes import UNANSWERED, off
from wuye_tui.rules.nights import TOLD
from wuye_tui.rules.rights import Right
from wuye_tui.rules.text import Field, clean
from wuye_tui.rules.units_text import What
from wuye_tui.store.acts import Act, Result
from wuye_tui.words import _


class NeverLeft(Refused):
    """An emergency is not left for the morning."""

    def __init__(self) -> None:
        super().__init__(_("紧急的事不能留到早上：先打电话叫人，再马上登记。"))


def refuse_emergency(understood: Understood, told: str = "") -> None:
    """NeverLeft where somebody must go now; that the guards were told of a theft is enough."""
    if understood.kind is Kind.EMERGENCY or (understood.kind is Kind.GUARD and not told):
        raise NeverLeft


def contact(
    act: Act, proposal: Proposal, channel: str, caller: str, phone: str
) -> contacts.Registered:
    """The call itself, or the one of the night that is taken up; what came up beside it is kept."""
    u = proposal.understood
    beside = [f"+{CATEGORY[kind]}" for kind in u.also if CATEGORY[kind] != CATEGORY[u.kind]]
    is_open = proposal.unnoticed or NOTHING_ASKED in proposal.asks
    became = UNANSWERED if is_open and u.kind is Kind.ENQUIRY else u.kind.value
    outcome = "".join([became, *dict.fromkeys(beside), off(proposal.unnoticed)])
    return contacts.taken_down(
        act,
        proposal.left,
        channel=channel,
        category=CATEGORY[u.kind],
        words=clean(u.line, Field.LINE),
        unit=proposal.home or _unit(proposal),
        caller=caller,
        phone=phone or u.phone or "",
        outcome=outcome,
        **ringing.heard(act, proposal.ring),
    )


def leave(
    act: Act, proposal: Proposal, *, channel: str = "", caller: str = "", phone: str = ""
) -> Result:
    """Writes the call down for the morning (KF-8): nothing is opened, and no clock runs yet. Where
    somebody was told of it at once (KF-7), the call says who.

    One that was left before stays that call, in the words it has now. Raises NeverLeft for an
    emergency.
    """
    u = proposal.understood
    refuse_emergency(u, proposal.told)
    outcome = f"{TOLD}{proposal.told}" if proposal.told else contacts.TOMORROW
    said: dict[str, Any] = {
        "category": CATEGORY[u.kind],
        "words": clean(u.line, Field.LINE),
        "unit": proposal.unit.label if proposal.unit else "",
        "caller": caller or caller_of(proposal),
        "phone": phone or u.phone or "",
        "outcome": outcome,
    }
    if proposal.left:
        call = contacts.take_up(act, proposal.left, **said)
    else:
        rang = ringing.heard(act, proposal.ring)
        call = contacts.register(act, channel=channel or proposal.channel, **said, **rang)
    return {"contact": call.number, "number": "", "state": "", "n": 0, "outcome": outcome}


def take_about(act: Act, proposal: Proposal, about: OpenMatter, caller: str) -> Result:
    """The step that the line means of the slip it is about, which keeps no number in its words."""
    u = proposal.understood
    said: dict[str, Any] = {"said": u.unnumbered}
    if proposal.verb == "rebook" and u.appointment:
        home = [person.name for person in proposal.residents]
        start, end = u.appointment
        said = {
            "at": start.isoformat(),
            "at_to": end.isoformat() if end else "",
            "asked_by": caller or next(iter(home), "") or _("来电人"),
        }
    elif proposal.verb == "urge":
        said = {"said": u.words or u.unnumbered}
    return matters.take(act, about.number, proposal.verb, **said)


def open_order(act: Act, proposal: Proposal, channel: str, caller: str, phone: str) -> Result:
    """Made out to the department that the words are for, and issued by who may (XX-4.1.3).

    The order has no column for a time: what was said of one stays in its words, and of a hotline's
    order its number and by when it wants an answer.
    """
    u = proposal.understood
    lost = "" if proposal.unit or proposal.place else proposal.typed_unit  # of a unit unknown here
    words = " ".join([lost, u.words, *u.said(What.APPOINTMENT)]).strip()
    result = matters.start(
        act,
        "order",
        origin="line",
        department=department_of(u.line, u.kind),
        text=u.line.strip() if channel == HOTLINE else words or u.line,
        unit=proposal.unit.label if proposal.unit else "",
        place="" if proposal.unit else proposal.place,
        caller=caller,
        phone=phone or u.phone or "",
    )
    if act.by.may(Right.DESK):
        result = matters.take(act, str(result["number"]), "issue")
    return result


def open_complaint(act: Act, proposal: Proposal, channel: str, caller: str, phone: str) -> Result:
    """Taken down as it was said, with the department that its words are for; about one of the staff
    where the words name them, and then the manager has it (FW-2.2, FW-M.9).
    """
    u = proposal.understood
    lost = "" if proposal.unit or proposal.place else proposal.typed_unit  # of a unit unknown here
    words = " ".join([lost, u.words, *u.said(What.APPOINTMENT)]).strip()
    return matters.start(
        act,
        "complaint",
        origin="line",
        department=department_of(u.line, u.kind),
        text=u.line.strip() if channel == HOTLINE else words or u.line,
        unit=proposal.unit.label if proposal.unit else "",
        place="" if proposal.unit else proposal.place,
        caller=caller,
        phone=phone or u.phone or "",
        about=proposal.subject,
    )


def _unit(proposal: Proposal) -> str:
    if proposal.unit:
        return proposal.unit.label
    return proposal.typed_unit if proposal.opens_slip and not proposal.place else ""


def open_slip(
    act: Act, proposal: Proposal, charge: str, tariff: str, caller: str, phone: str
) -> Result:
    """The repair slip, issued where nothing is left to be decided; at night taken at once by
    whoever writes it down, who signs for it by that (KF-7, SB-3).
    """
    u = proposal.understood
    if proposal.home and (known := contact_of(proposal.residents, caller)):
        caller, phone = caller or known.name, phone or u.phone or known.phone
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
    wanted: dict[str, Any] = {"tariff": item} if chosen == is_.PAID else {}
    number = str(result["number"])
    if proposal.taken:
        return matters.take(act, number, "take", charge=chosen, **wanted)
    ready = chosen and (chosen != is_.PAID or item) and u.kind is not Kind.EMERGENCY
    if ready:
        result = matters.take(act, number, "issue", charge=chosen, **wanted)
    return result
