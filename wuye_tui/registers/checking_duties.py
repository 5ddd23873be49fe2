"""Duties looked at again: whoever took one over began in the very second in which it ended."""

from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, bindparam, select

from wuye_tui.registers.checking_findings import Findings
from wuye_tui.registers.duty_rows import CONTINUED, FORCED, HANDED_OVER
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Duty, Handover, Matter
from wuye_tui.words import _

_duty, _handover, _matter = (table_of(kind).c for kind in (Duty, Handover, Matter))
_DUTIES = (
    select(table_of(Duty))
    .where(_duty.site == bindparam("site"))
    .order_by(_duty.post, _duty.started, _duty.id)
)
_DONE = (
    select(_matter.number, _handover.duty, _handover.giver, _handover.taker, _handover.ended)
    .join_from(
        table_of(Handover),
        table_of(Matter),
        (_matter.site == _handover.site) & (_matter.id == _handover.matter),
    )
    .where(_handover.site == bindparam("site"), _handover.ended.is_not(None), _handover.taker != "")
)


def check_duties(connection: Connection, site: str, findings: Findings) -> None:
    """Every handover that was accepted, or forced, has two duties that touch in one second; no duty
    of a post overlaps the next, and none says that it came from a handover that there is not.
    """
    duties = connection.execute(_DUTIES, {"site": site}).all()
    by_id = {duty.id: duty for duty in duties}
    by_handover = {duty.via: duty for duty in duties if duty.began in (HANDED_OVER, FORCED)}
    for number, before, giver, taker, at in connection.execute(_DONE, {"site": site}):
        gave, took = by_id.get(before), by_handover.pop(number, None)
        if gave is None or took is None or not _touch(gave, took, (giver, taker, at)):
            findings.add(_("{number} 前后两班接不上。").format(number=number))
    for number in by_handover:
        findings.add(_("有一班说是从 {number} 接的，没有这张交接班。").format(number=number))
    for one, after in pairwise(duties):
        if one.post != after.post:
            continue
        overlap = one.ended is None or one.ended > after.started
        alone = after.began == CONTINUED and (one.staff, one.ended) != (after.staff, after.started)
        if overlap or alone:
            told = _("岗位 {post} 从 {at} 起的一班和前一班对不上。")
            findings.add(told.format(post=after.post, at=after.started.isoformat()))
    findings.count("duties", len(duties))


def _touch(gave: Any, took: Any, told: tuple[str, str, Any]) -> bool:
    """Whether one followed the other as the handover says: by whom, to whom, and when."""
    ended, began = (gave.post, gave.staff, gave.ended), (took.post, took.staff, took.started)
    giver, taker, at = told
    return ended == (took.post, giver, at) and began == (gave.post, taker, at)
