"""What a patrol's guards ask of the registers: whose duty it was, and what else they walked."""

from datetime import datetime

from sqlalchemy import bindparam, or_, select

from wuye_tui.registers.records import Standing
from wuye_tui.rules.lifecycle import Facts
from wuye_tui.rules.patrol_plan import MANAGERS_POST
from wuye_tui.rules.patrols import CANCELLED, PATROL
from wuye_tui.store.acts import Act
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Duty, Matter

_duty, _matter = table_of(Duty).c, table_of(Matter).c
_HELD = (
    select(_duty.id)
    .where(
        _duty.site == bindparam("site"),
        _duty.post == MANAGERS_POST,
        _duty.staff == bindparam("who"),
        _duty.started <= bindparam("at"),
        or_(_duty.ended.is_(None), _duty.ended > bindparam("at")),
    )
    .order_by(_duty.started.desc())
    .limit(1)
)
_ENDED = select(_duty.ended).where(_duty.site == bindparam("site"), _duty.id == bindparam("id"))
# Another patrol of the same person: one that lies at a moment, or shares a second with a span.
_THEIRS = (
    select(_matter.number)
    .where(
        _matter.site == bindparam("site"),
        _matter.kind == PATROL.kind,
        _matter.holder == bindparam("who"),
        _matter.state != CANCELLED,
        _matter.number != bindparam("own"),
        or_(_matter.closed.is_(None), _matter.closed > bindparam("since")),
    )
    .limit(1)
)
_AT = _THEIRS.where(_matter.opened <= bindparam("until"))
_WITHIN = _THEIRS.where(_matter.opened < bindparam("until"))


def around(act: Act, before: Standing, who: str, when: datetime) -> Facts:
    """`duty`: the id of the duty manager's duty that somebody held then, "" for none; `duty_over`:
    it had ended then; `busy`: the number of another patrol of theirs at that time; `later_visit`: a
    visit of this one lies after that moment.
    """
    was = before.situation
    if not before.steps:
        held = act.session.execute(_HELD, {"site": act.site, "who": who, "at": when}).scalar()
        return {"duty": held or "", "busy": _busy(act, "", who, when, when)}
    duty = str(was.facts.get("duty_id", ""))
    asked = {"site": act.site, "id": duty}
    ended = act.session.execute(_ENDED, asked).scalar() if duty else None
    since = was.opened or when
    latest = max((step.happened for step in before.steps), default=when)
    return {
        "duty": duty,
        "duty_over": ended is not None and when > ended,
        "busy": _busy(act, before.head.number, was.received, since, when),
        "later_visit": latest > when,
    }


def _busy(act: Act, own: str, who: str, since: datetime, until: datetime) -> str:
    asked = {"site": act.site, "who": who, "own": own, "since": since, "until": until}
    question = _AT if since == until else _WITHIN
    return str(act.session.execute(question, asked).scalar() or "")
