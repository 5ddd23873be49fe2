"""Who answers for a clock: the department whose work it times, and the person who does it."""

from typing import Final

SERVICE, ENGINEERING, MANAGEMENT = "service", "engineering", "management"
# Clocks of the desk's own work on a matter that another department has.
_AT_THE_DESK: Final = {
    "repair": frozenset({"slip", "notify", "refer"}),
    "order": frozenset({"refer"}),
}
# What is of one department by its kind, where the matter names none.
_BY_KIND: Final = {
    "repair": ENGINEERING,
    "callback": SERVICE,
    "dunning": SERVICE,
    "daycheck": SERVICE,
    "weekfile": SERVICE,
    "handover": SERVICE,
    "entry": MANAGEMENT,
    "incident": MANAGEMENT,
    "patrol": MANAGEMENT,
    "reading": MANAGEMENT,
}
# Before anybody is sent, the one who leads is waited for, and not the worker of another time.
# And whoever hands a duty over is not late when nobody comes to take it.
_BEFORE_SENDING: Final = frozenset({"assess", "assign", "countersign", "relief"})
# A callback is the desk's: whoever finished the work that it is about has no part in it.
_NOBODYS: Final = frozenset({"callback"})


def department_of(kind: str, clock: str, named: str) -> str:
    """The department of a clock; `named` is the one that the matter names, empty where none."""
    if clock in _AT_THE_DESK.get(kind, ()):
        return SERVICE
    return named or _BY_KIND.get(kind, SERVICE)


def person_of(kind: str, clock: str, worker: str, holder: str) -> str:
    """The staff number of whoever a clock times; empty where nobody has been sent yet."""
    if clock in _BEFORE_SENDING or kind in _NOBODYS:
        return ""
    if clock in _AT_THE_DESK.get(kind, ()) or kind not in ("repair", "order", "task"):
        return holder
    return worker
