"""Every kind of matter the office knows: the list that all front ends are made from."""

from wuye_tui.rules.callbacks import CALLBACK
from wuye_tui.rules.complaints import COMPLAINT
from wuye_tui.rules.daychecks import DAYCHECK
from wuye_tui.rules.dunning import DUNNING
from wuye_tui.rules.entries import ENTRY
from wuye_tui.rules.handovers import HANDOVER
from wuye_tui.rules.incidents import INCIDENT
from wuye_tui.rules.lifecycle import Lifecycle
from wuye_tui.rules.notices import NOTICE
from wuye_tui.rules.orders import ORDER
from wuye_tui.rules.patrols import PATROL
from wuye_tui.rules.readings import READING
from wuye_tui.rules.repairs import REPAIR
from wuye_tui.rules.ringing import RINGING
from wuye_tui.rules.tasks import TASK
from wuye_tui.rules.weekfiles import WEEKFILE

PROCEDURES: dict[str, Lifecycle] = {
    cycle.kind: cycle
    for cycle in (
        *(REPAIR, ORDER, COMPLAINT, CALLBACK, NOTICE, RINGING, DAYCHECK, WEEKFILE),
        HANDOVER,
        *(ENTRY, PATROL, TASK, INCIDENT, READING),
        DUNNING,
    )
}
NOUNS: dict[str, str] = {
    "repairs": "repair",
    "orders": "order",
    "complaints": "complaint",
    "callbacks": "callback",
    "notices": "notice",
    "handovers": "handover",
    "log": "entry",
    "patrols": "patrol",
    "tasks": "task",
    "incidents": "incident",
    "arrears": "dunning",
}
QUEUED = tuple(kind for kind, cycle in PROCEDURES.items() if cycle.queued)


def procedure(kind: str) -> Lifecycle:
    """The table of a kind. KeyError for a kind that no procedure describes."""
    return PROCEDURES[kind]


def kind_of(number: str) -> str:
    """The kind a number belongs to by its prefix, or "" when none has it."""
    prefix = number.partition("-")[0].upper()
    for cycle in PROCEDURES.values():
        if cycle.prefix == prefix:
            return cycle.kind
    return ""
