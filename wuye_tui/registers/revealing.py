"""One matter seen with whole numbers: an act with a reason, which names no number."""

from wuye_tui.desk import Desk
from wuye_tui.registers.people import give_reason, may_see_numbers
from wuye_tui.registers.seeing import may_see
from wuye_tui.registers.steps import find_matter
from wuye_tui.rules.refusals import UnknownMatter


def reveal_matter(desk: Desk, typed: str, reason: str) -> str:
    """Writes down that whoever sits here sees the numbers of a matter, and why; the matter's own
    number. Raises NotAllowed, NoReason, UnknownMatter.
    """
    with desk.act("slips.reveal") as act:
        may_see_numbers(act)
        give_reason(act, reason)
        head = find_matter(act.session, act.site, typed)
        if not may_see(head.about, act.by.number):
            raise UnknownMatter(typed)
        act.result |= {"seen": 1, "numbers": [head.number]}
        return str(head.number)
