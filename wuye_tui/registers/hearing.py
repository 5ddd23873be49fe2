"""A line as it is heard at the desk: by which channel it came, which notice it asks about, and what
of it a form would ask.
"""

from collections.abc import Iterable
from dataclasses import replace

from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, proposals
from wuye_tui.registers.notices import Notice
from wuye_tui.registers.proposals import Proposal
from wuye_tui.rules.channels import PHONE
from wuye_tui.rules.line_kinds import Kind
from wuye_tui.rules.notices import asks_about
from wuye_tui.rules.units_text import Piece, What


def understand(desk: Desk, line: str, picked: str = "", *, picks: bool = True) -> Proposal:
    """What a line means that may begin with the channel it came by (微信 3-1-502 没水).

    `picked` counts only where the line leaves several units open, and always where it was given
    beside the line and not picked (`picks` is false). The words of the channel belong
    to none of the slip's; `understood.line` is the line as typed.
    """
    channel, start = contacts.first_word(line)
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
        "payer": proposals.payer_of(proposal),
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


def asked(proposal: Proposal, notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """The notices that a line asks about, where it speaks of a place those that hold there.

    None while it is open which unit is meant, and none for an emergency: that is not answered by
    reading something out.
    """
    u = proposal.understood
    if proposal.choices or u.kind is Kind.EMERGENCY:
        return ()
    place = u.place
    parts = (place.building, place.entrance) if place else ()
    where = proposal.unit.label if proposal.unit else "-".join(filter(None, parts))
    return tuple(
        notice
        for notice in notices
        if asks_about(notice.subject, u.line) and (not where or notice.concerns(where))
    )
