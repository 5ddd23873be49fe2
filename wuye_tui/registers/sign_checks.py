"""The signs that each place must bear (BZ-4.1): when each was last looked at, and how it was found.

A line of the log says how one sign is; a place that a patrol visited and found in order answers for
all of its signs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers.seeing import seen_by
from wuye_tui.registers.steps import steps_of
from wuye_tui.rules.entries import ENTRY, SIGNS
from wuye_tui.rules.folding import Step, effective
from wuye_tui.rules.patrol_plan import PLACE, Spot
from wuye_tui.rules.patrols import CANCELLED, PATROL
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Matter

DAYS = 31
"""So far back is looked for a check; a sign that nobody has looked at since is to be looked at."""

_matter = table_of(Matter).c
_LOOKED = (
    select(_matter.id, _matter.number, _matter.kind)
    .where(
        _matter.site == bindparam("site"),
        _matter.kind.in_((ENTRY.kind, PATROL.kind)),
        _matter.opened >= bindparam("since"),
        _matter.state != CANCELLED,
        seen_by(),
    )
    .order_by(_matter.opened, _matter.number)
)


@dataclass(frozen=True)
class SignCheck:
    """One sign of one place; `at` is None where nobody has looked at it lately, `state` the code of
    how it was found then.
    """

    place: Spot
    sign: str
    at: datetime | None = None
    state: str = ""
    number: str = ""

    @property
    def is_bad(self) -> bool:
        """Whether it was found soiled, torn, missing or pointless."""
        return self.state not in ("", "good")

    def as_dict(self) -> dict[str, Any]:
        """The sign for programs; keys only ever grow."""
        return {
            "place": self.place.code,
            "name": self.place.name,
            "sign": self.sign,
            "checked_at": self.at,
            "state": self.state,
            "number": self.number,
        }


def sign_checks(desk: Desk, days: int = DAYS) -> tuple[SignCheck, ...]:
    """Every sign of the office's plan, in its order, as it was found last in so many days."""
    with desk.read() as session:
        found = dict(_checks(session, desk, days))
    return tuple(
        SignCheck(place, sign, *found.get((place.code, sign), ()))
        for place in desk.reference.patrol.places
        for sign in place.signs
    )


def _checks(
    session: Session, desk: Desk, days: int
) -> Iterator[tuple[tuple[str, str], tuple[datetime, str, str]]]:
    """What each check says of a sign, the latest last."""
    since = desk.now() - timedelta(days=days)
    asked = {"site": desk.site, "since": since, "viewer": desk.staff}
    rows = session.connection().execute(_LOOKED, asked).all()
    steps = steps_of(session, desk.site, [row.id for row in rows])
    looked = [(step, row) for row in rows for step in effective(steps[row.id])]
    for step, row in sorted(looked, key=lambda one: one[0].happened):
        for sign, state in _seen(step, desk):
            yield sign, (step.happened, state, row.number)


def _seen(step: Step, desk: Desk) -> Iterator[tuple[tuple[str, str], str]]:
    facts = step.facts
    code = str(facts.get("spot_code", ""))
    if step.verb == "write" and facts.get("sort") == SIGNS:
        yield (code, str(facts.get("sign", ""))), str(facts.get("sign_state", ""))
    elif step.verb == "visit" and facts.get("spot_sort") == PLACE and facts.get("sound"):
        place = desk.reference.patrol.find(code)
        yield from (((code, sign), "good") for sign in (place.signs if place else ()))
