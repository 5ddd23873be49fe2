"""Who may see what units owe and pay (FW-1.6): the counter, lists and statements ask here."""

from wuye_tui.desk import Desk
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.rights import Right
from wuye_tui.words import _


def admit(desk: Desk) -> None:
    """Raises NotAllowed for whoever neither takes money nor answers those who ask what they owe,
    and NobodyActs where nobody says who they are.
    """
    who = desk.actor()
    if not who.may(Right.ACCOUNTS):
        raise NotAllowed(who.name, _("看欠费、收款"), Right.ACCOUNTS, "FW-1.6")
