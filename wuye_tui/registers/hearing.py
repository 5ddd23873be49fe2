"""A line as it is heard at the desk: by which channel it came, which notice it asks about, and what
of it a form would ask.
"""

from collections.abc import Iterable
from dataclasses import replace

from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, known, notices, proposals, supplies
from wuye_tui.registers.cars import Car
from wuye_tui.registers.meaning import Proposal, payer_of
from wuye_tui.registers.notices import Notice
from wuye_tui.rules.channels import PHONE, first_word
from wuye_tui.rules.line_kinds import Kind
from wuye_tui.rules.line_supply import NETWORK, SUPPLIES, supply_of
from wuye_tui.rules.notices import SUBJECTS, asks_about
from wuye_tui.rules.units_text import Piece, What

_SUPPLIES = tuple(dict(SUBJECTS)[code] for code in ("water", "power", "gas"))
"""What goes off for a whole building, by its untranslated word: a fault at home sounds the same."""


def understand(desk: Desk, line: str, picked: str = "", *, picks: bool = True) -> Proposal:
    """What a line means that may begin with the channel it came by (微信 3-1-502 没水).

    `picked` counts only where the line leaves several units open, and always where it was given
    beside the line and not picked (`picks` is false). The words of the channel belong
    to none of the slip's; `understood.line` is the line as typed.
    """
    found = _heard(desk, line, picked, picks)
    u = found.understood
    supply = "" if found.choices else supply_of(u.line, u.kind, u.faults)
    if not supply and not any(asks_about(subject, line) for subject in _SUPPLIES):
        return known.answered(desk, found)
    in_force = notices.current(desk)
    told = asked(found, in_force)
    found = replace(found, off=tuple(one for one in told if one.subject in _SUPPLIES))
    if not supply or _is_told(found, supply, in_force):
        return found
    unit = found.unit.label if found.unit else ""
    about = (one for one in in_force if _is_of(supply, one))
    return replace(
        found,
        unnoticed=supply,
        homes_off=supplies.homes(desk, supply, unit),
        elsewhere=tuple(one.scope for one in about),
    )


def _is_told(found: Proposal, supply: str, in_force: Iterable[Notice]) -> bool:
    """Whether a notice speaks of the supply where the caller is, or may be."""
    return any(_is_of(supply, one) and _holds(one, found) for one in in_force)


def _is_of(supply: str, notice: Notice) -> bool:
    if supply == NETWORK:
        return "网" in notice.text + notice.say
    return notice.subject == SUPPLIES[supply]


def _holds(notice: Notice, found: Proposal) -> bool:
    """Whether a notice holds where the caller is, or somewhere in the building that was said."""
    if found.unit:
        return notice.concerns(found.unit.label)
    place = found.understood.place
    where = "-".join(filter(None, (place.building, place.entrance))) if place else ""
    return not where or notice.reaches(where)


def _heard(desk: Desk, line: str, picked: str, picks: bool) -> Proposal:
    channel, start = first_word(line)
    found = proposals.understand(desk, line[start:], "" if picks else picked)
    if picks and picked in found.choices:
        found = proposals.understand(desk, line[start:], picked)
    if not start:
        return found
    said = found.understood
    spans = tuple(Piece(p.start + start, p.end + start, p.what) for p in said.spans)
    return replace(found, channel=channel, understood=replace(said, line=line, spans=spans))


def by_fields(desk: Desk, proposal: Proposal) -> dict[str, str | bool]:
    """What a line says, by the questions of the form that registers a repair; moments as typed.

    What has no question of its own stays in the words: another matter, and a time that is over.
    """
    u = proposals.untimed(proposal).understood
    found: dict[str, str | bool] = {
        "unit": proposal.unit.label if proposal.unit else proposal.typed_unit,
        "place": "" if proposal.unit else proposal.place,
        "text": " ".join([u.words, *u.said(What.ALSO)]).strip(),
        "caller": u.caller.name if u.caller else "",
        "phone": u.phone or "",
        "payer": payer_of(proposal),
        "channel": proposal.channel if proposal.channel != PHONE else "",
    }
    if u.appointment:
        moments = {"at": u.appointment.start, "at_to": u.appointment.end}
        for name, moment in moments.items():
            if moment:
                found[name] = moment.astimezone(desk.zone).strftime("%Y-%m-%d %H:%M")
    if u.urgent:
        found["urgent"] = True
    return {name: answer for name, answer in found.items() if answer}


def speaks_of_another(proposal: Proposal, kind: str) -> bool:
    """Whether a line that was typed is about something else than an emergency of this kind."""
    u = proposal.understood
    if u.emergency is not None:
        return u.emergency.value != kind
    about = bool(u.faults or u.appointment or u.plate or u.slip)
    return about or u.kind not in (Kind.REPAIR, Kind.OTHER)


def cars_to_ring(desk: Desk, number: str) -> tuple[Car, ...]:
    """Whose cars a call that has been written down is about; the numbers in full, to ring them now.

    Raises UnknownContact.
    """
    return understand(desk, contacts.show(desk, number).words).cars


def asked(proposal: Proposal, in_force: Iterable[Notice]) -> tuple[Notice, ...]:
    """The notices that a line asks about, where it speaks of a place those that hold there.

    None while it is open which unit is meant, and none for an emergency: that is not answered by
    reading something out.
    """
    u = proposal.understood
    if proposal.choices or u.kind is Kind.EMERGENCY:
        return ()
    return tuple(
        notice
        for notice in in_force
        if asks_about(notice.subject, u.line) and _holds(notice, proposal)
    )
