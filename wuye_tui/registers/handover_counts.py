"""What a handover looks up: what was counted the last time, what is not explained or not looked at
yet, and whether whoever takes the duty may hold it (KF-5, KF-8, KF-10, KF-11).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import DESK_POST
from wuye_tui.registers import handover_dunnings, handover_list
from wuye_tui.registers.duty_rows import following, may_hold, running_duty
from wuye_tui.registers.handover_list import Source, taken
from wuye_tui.registers.steps import load_steps
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.folding import fold
from wuye_tui.rules.handovers import HANDOVER
from wuye_tui.rules.lifecycle import Case, Facts
from wuye_tui.rules.locale import amount
from wuye_tui.rules.refusals import HappenedTooLongAgo
from wuye_tui.store.acts import Act
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Handover
from wuye_tui.words import _, listed

_handover = table_of(Handover).c
_LAST = (
    select(_handover.matter)
    .where(
        _handover.site == bindparam("site"),
        _handover.post == bindparam("post"),
        _handover.accepted.is_not(None),
    )
    .order_by(_handover.accepted.desc(), _handover.matter.desc())
    .limit(1)
)
Looked = tuple[dict[str, Any], dict[str, Any]]


class NotOnTheList(UsageError):
    """Something was counted that the post does not keep."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(
            _("清单里没有「{name}」，要点的是：{known}。").format(name=name, known=listed(known))
        )


def last_facts(session: Session, site: str, post: str) -> Facts:
    """What the last accepted handover of a post says; nothing where there was none."""
    found = session.connection().execute(_LAST, {"site": site, "post": post}).scalar()
    return fold(HANDOVER, load_steps(session, site, found)).facts if found else {}


def expected(tools: Mapping[str, int], last: Facts) -> dict[str, int]:
    """How many of everything there should be: as many as were counted the last time (KF-11)."""
    return {**tools, **dict(last.get("counts", {}))}


def expected_cash(session: Session, site: str, duty: Any, last: Facts) -> int | None:
    """How much money there should be, in fen: what was counted the last time, and the cash that was
    taken since. None where nothing was ever counted nor taken.
    """
    if duty.post != DESK_POST:
        return int(last["cash"]) if "cash" in last else None
    if last:
        since = datetime.fromisoformat(str(last["accepted_at"]))
        cash = taken(session, site, since, str(last["duty"]), after=True).cash_fen
    else:
        cash = taken(session, site, duty.started, duty.id).cash_fen
    return None if "cash" not in last and not cash else int(last.get("cash", 0)) + cash


def count(act: Act, verb: str, case: Case) -> Looked:
    """The facts that a step takes down, and what only its guards look at."""
    return _OF[verb](act, case)


def _register(act: Act, case: Case) -> Looked:
    """Which duty it is that is handed over."""
    duty = running_duty(act, str(case.given["post"]))
    return {"duty": duty.id, "name": duty.name}, {}


def _count(act: Act, case: Case) -> Looked:
    facts, given = case.matter.facts, case.given["count"]
    post = str(facts["post"])
    last, tools = last_facts(act.session, act.site, post), act.reference.checklists.tools_of(post)
    should = expected(tools, last)
    known = {
        *should,
        *(item for items in act.reference.checklists.items.values() for item in items),
    }
    for name in given:
        if name not in known:
            raise NotOnTheList(name, list(should))
    whole = {**facts.get("counts", {}), **given}
    off = {
        name: [should[name], many] for name, many in whole.items() if should.get(name, many) != many
    }
    said = str(case.given.get("count_why") or "")
    new = [name for name in given if name in off]
    silent = [name for name in new if not said or (len(new) > 1 and name not in said)]
    told = [
        _("{name} 应有 {wanted}，实有 {many}").format(name=n, wanted=off[n][0], many=off[n][1])
        for n in silent
    ]
    return {"expected": should, "differences": off}, {"unexplained": told}


def _cash(act: Act, case: Case) -> Looked:
    duty = running_duty(act, str(case.matter.facts["post"]))
    last = last_facts(act.session, act.site, str(case.matter.facts["post"]))
    should = expected_cash(act.session, act.site, duty, last) if duty else None
    many = int(case.given["cash"])
    if should is None or should == many:
        return {"cash_expected": should}, {}
    told = _("应有 {wanted}，实有 {many}").format(wanted=amount(should), many=amount(many))
    silent = [] if case.given.get("cash_why") else [told]
    return {"cash_expected": should}, {"cash_off": silent}


def _give(act: Act, case: Case) -> Looked:
    """The list as references alone: nobody's words, and nothing that is about one of the staff."""
    facts = case.matter.facts
    post = str(facts["post"])
    tools = act.reference.checklists.tools_of(post)
    counts = facts.get("counts", {})
    duty = running_duty(act, post)
    if duty is None or duty.id != facts.get("duty"):
        return {}, {"gone": True}
    handed = handover_list.read(act.session, Source.of(act, ""), duty)
    last = last_facts(act.session, act.site, post)
    should = expected_cash(act.session, act.site, duty, last)
    frozen = {
        "handed_one": [item.key for item in handed.ones],
        "handed_group": [item.key for item in handed.group],
        "handed_overdue": handed.overdue,
        "receipts": handed.receipts.as_dict(),
        **handover_dunnings.taken_down(handed.items),
    }
    return frozen, {
        "uncounted": [name for name in tools if name not in counts],
        "cash_uncounted": bool(should) and "cash" not in facts,
    }


def _refuse_before(case: Case, verb: str) -> None:
    """A duty changes hands when it is written down: what was written before is the old one's."""
    if case.happened != case.recorded:
        raise HappenedTooLongAgo(HANDOVER.rows_named(verb)[0], 0)


def _accept(act: Act, case: Case) -> Looked:
    _refuse_before(case, "accept")
    facts = case.matter.facts
    post, who = str(facts["post"]), case.doer.number
    duty = running_duty(act, post, alone=True)
    if duty is None or duty.id != facts.get("duty"):
        return {}, {"gone": True}
    takes = following(act, post, duty.planned_end, who)
    handed = handover_list.read(act.session, Source.of(act, who), duty)
    unseen = handed.unseen(facts.get("seen", ()))
    group = handed.group and not facts.get("group_seen")
    return {"takes": takes.plan.name}, {
        "may_not": not may_hold(act.session, act.site, who, takes.plan),
        "unseen": [item.number or item.words for item in unseen],
        "unseen_group": [str(len(handed.group))] if group else [],
    }


def _force(act: Act, case: Case) -> Looked:
    """Whoever steps in need not be one who may hold it: somebody must."""
    _refuse_before(case, "force")
    facts = case.matter.facts
    duty = running_duty(act, str(facts["post"]), alone=True)
    return {}, {"gone": duty is None or duty.id != facts.get("duty")}


_OF: Final[Mapping[str, Callable[[Act, Case], Looked]]] = {
    "register": _register,
    "count": _count,
    "cash": _cash,
    "give": _give,
    "accept": _accept,
    "force": _force,
}
