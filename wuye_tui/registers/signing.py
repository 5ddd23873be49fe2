"""Who signs besides whoever acts: the second person of what is taken back (BX-16), and whoever
allows that less is charged (KF-3.4). Each proves with their own PIN that they are there.

`proven` are the numbers of those who did; both are somebody else than who acts, and why is said.
"""

from collections.abc import Collection

from wuye_tui.registers.lookups import Registry
from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.rights import Right
from wuye_tui.rules.text import Field, clean
from wuye_tui.store.acts import Act
from wuye_tui.words import _

REASON, WHY = "--reason", "--why"


class AloneVoid(Refused):
    """Nobody takes money or a charge back alone; `doing` says in words what was to be done."""

    def __init__(self, doing: str) -> None:
        told = _("{doing}要有第二个人用自己的密码签字，不能是自己。")
        super().__init__(told.format(doing=doing), "BX-16")


class AloneLess(Refused):
    """Nobody allows themselves to charge less, and a name alone allows nothing."""

    def __init__(self) -> None:
        told = _("少收要由批准的人用自己的密码签字，不能是自己。")
        super().__init__(told, "KF-3.4")


class WhyLess(UsageError):
    """Whoever charges less says why, and who allowed it."""

    def __init__(self) -> None:
        super().__init__(_("少收要写明原因和批准人：--why 和 --approver。"))


class NoReason(UsageError):
    """Whatever is taken back is taken back for a reason; `option` is where it is said."""

    def __init__(self, doing: str, option: str) -> None:
        told = _("{doing}要写明原因：{option}。")
        super().__init__(told.format(doing=doing, option=option))


def reason_of(said: str, doing: str, option: str) -> str:
    """The reason as it is kept. Raises NoReason, and what `clean` does."""
    reason = clean(said, Field.REASON)
    if not reason:
        raise NoReason(doing, option)
    return reason


def second_of(act: Act, second: str, proven: Collection[str], doing: str) -> str:
    """The number of the second person of an act of money. Raises AloneVoid, NotAllowed."""
    registry = Registry(act.session, act.site)
    other = registry.staff(second) if second else ""
    if not other or other == act.by.number or other not in proven:
        raise AloneVoid(doing)
    colleague = registry.colleague(other)
    if colleague is None or not colleague.may(Right.SECOND):
        name = colleague.name if colleague else other
        raise NotAllowed(name, _("签作废、退款"), Right.SECOND, "BX-16")
    return other


def allowed_by(
    registry: Registry, approver: str, why: str, proven: Collection[str], by: str
) -> str:
    """The number of whoever allowed that less is charged, for a reason; `by` is who acts. Raises
    WhyLess, NotAllowed, AloneLess, UnknownStaff.
    """
    if not why.strip() or not approver.strip():
        raise WhyLess
    number = registry.staff(approver)
    someone = registry.colleague(number)
    if someone is None or not someone.may(Right.ALLOW_LESS):
        name = someone.name if someone else approver
        raise NotAllowed(name, _("批准少收"), Right.ALLOW_LESS, "KF-3.4")
    if number == by or number not in proven:
        raise AloneLess
    return number
