"""What somebody finds who looks after things: in order, put right on the spot, or a task (ZB-4.7).

Patrols and the duty manager's log ask the same questions and refuse the same.
"""

from dataclasses import replace

from wuye_tui.rules.lifecycle import Ask, Case, Facts, Guard, Kind
from wuye_tui.rules.tasks import DEPARTMENT, UNTIL
from wuye_tui.words import N_

ROOM = "room"


def wrong(facts: Facts) -> bool:
    """Something was found that is not in order."""
    return facts.get("sound") is False


def unsound(facts: Facts) -> bool:
    """The same, or nobody has said that all is in order."""
    return facts.get("sound") is not True


SPOT = Ask("spot", Kind.SPOT, N_("哪一处"))
SOUND = Ask("sound", Kind.FLAG, N_("正常"))
FOUND = Ask("found", Kind.WORDS, N_("发现什么"), when=wrong, personal=True)
SETTLED = Ask("settled", Kind.FLAG, N_("当场已解决"), needed=False, when=wrong)
TO_DEPARTMENT = replace(DEPARTMENT, needed=False, when=wrong, wanted=True)
TO_BE_DONE = replace(UNTIL, when=wrong)
REPORTED_TO = Ask(
    "reported_to", Kind.NAME, N_("立即报告了谁"), needed=False, when=unsound, personal=True
)


def _unsent(case: Case) -> bool:
    given = case.given
    return wrong(given) and not (given.get("settled") or given.get("department"))


def _unreported(case: Case) -> bool:
    """In a room with machines whoever finds something wrong reports it before anything else."""
    given = case.given
    in_room = given.get("spot_sort") == ROOM
    return in_room and given.get("sound", False) is False and not given.get("reported_to")


UNSENT = Guard(
    "unsent", "ZB-4.7", N_("发现的问题要写明派给哪个部门整改；当场已经解决的，请注明。"), _unsent
)
UNREPORTED = Guard(
    "unreported", "SB-1", N_("机房里发现异常要立即报告，请写明报告了谁。"), _unreported
)
