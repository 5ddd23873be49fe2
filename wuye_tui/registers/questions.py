"""Questions that nobody could answer yet: they wait in the register until somebody has (FW-1.1).

A call that asked and got no answer (停水到几点, and no notice says it) is counted as an enquiry
like any other, but stands among what is still to be done, at every duty.
"""

from sqlalchemy import or_
from sqlmodel import col

from wuye_tui.desk import Desk
from wuye_tui.registers import contacts
from wuye_tui.registers.contact_rows import ContactRow
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.line_kinds import Kind
from wuye_tui.rules.line_outcomes import UNANSWERED, begins
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Contact
from wuye_tui.words import _


class NotOpen(Refused):
    """The call is no question, or it has been answered."""

    def __init__(self, number: str) -> None:
        super().__init__(_("{number} 没有等着答复的问题，不用再记。").format(number=number))


def waiting(desk: Desk, limit: int = 100) -> list[ContactRow]:
    """The questions of the last 30 days that nobody has answered, oldest first."""
    outcome = col(Contact.outcome)
    still = or_(outcome == UNANSWERED, outcome.startswith(f"{UNANSWERED}+"))
    return contacts.recent(desk, still, limit)


def answered(act: Act, number: str) -> Result:
    """Notes that whoever asked has been told by now. Raises NotAllowed, UnknownContact, NotOpen."""
    contacts.require_desk(act, _("记答复"))
    call = contacts.locked(act, number)
    if begins(call.outcome) != UNANSWERED:
        raise NotOpen(number)
    contacts.mark(act, call, Kind.ENQUIRY.value + call.outcome.removeprefix(UNANSWERED))
    return {"contact": number}
