"""In which order a form offers people and items: who and what is most likely meant comes first."""

from collections.abc import Iterable, Mapping
from typing import Any

from wuye_tui.registers.console import Colleague, Priced
from wuye_tui.registers.views import MatterView
from wuye_tui.rules.orders import DEPARTMENTS, ORDER
from wuye_tui.rules.rights import Right

WORKER = "worker"  # what the question is called that asks who goes


def people(
    able: Iterable[Colleague], view: MatterView | None, name: str, right: Right | None
) -> list[Colleague]:
    """Those who may be named in the answer `name`, in the order in which they are offered.

    For an order those of the department it went to come first. Where somebody is sent to repair:
    whose job it is, then who has collected the slip (BX-6), then those who repair, the least busy
    first, then those who lead them (BX-7), and last whoever else may be named. `able` is in the
    order that is kept otherwise.
    """
    if view is not None and view.kind == ORDER.kind:
        code = str(view.situation.facts.get("department", ""))
        theirs = {code, dict(DEPARTMENTS).get(code, code)} - {""}
        return sorted(able, key=lambda person: person.department not in theirs)
    if name != WORKER and right is not Right.REPAIR:
        return list(able)
    first = _near(view) if view is not None else []

    def rank(person: Colleague) -> int:
        near = [n for n, one in enumerate(first) if one in (person.number, person.name)]
        if near:
            return near[0] - len(first)
        if person.may(Right.LEAD_REPAIRS):
            return 1
        return 0 if person.may(Right.REPAIR) else 2

    return sorted(able, key=rank)


def _near(view: MatterView) -> list[str]:
    """Whoever has to do with a slip already, by number or name, the nearest first."""
    collected = [signed.name for signed in view.valid if signed.role == "collector"]
    worker = str(view.situation.facts.get("worker", ""))
    return list(filter(None, (worker, *reversed(collected))))


def items(priced: Iterable[Priced], facts: Mapping[str, Any]) -> list[Priced]:
    """The tariff as it is offered: the item of the slip, those of its trade, then all others.

    The item for what is not known yet is not offered first: what was done takes its place.
    """
    every = list(priced)
    code = facts.get("tariff") or facts.get("likely_tariff")
    own = next((item for item in every if item.code == code and not item.stands_in), None)
    if own is None:
        return every
    trade = own.category or own.code.partition("-")[0]
    return sorted(
        every,
        key=lambda item: (
            item is not own,
            trade not in (item.category, item.code.partition("-")[0]),
        ),
    )
