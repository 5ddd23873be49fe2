"""What is derived from a matter's steps and stored for lists, clocks and reports.

It is never edited by hand, and `wuye check` derives it again to compare.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlmodel import SQLModel

from wuye_tui.registers.steps import batched
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.callbacks import is_regular
from wuye_tui.rules.folding import Situation, Step, Visit, fold
from wuye_tui.rules.lifecycle import Effect, Lifecycle
from wuye_tui.rules.repair_facts import EMERGENCY, URGENT, paid, total_fen
from wuye_tui.rules.running import Running
from wuye_tui.store.acts import Act
from wuye_tui.store.rows import Columns, table_of
from wuye_tui.store.tables import Callback, Complaint, DeadlineRow, Handover, Repair, VisitRow

StoredClocks = Mapping[tuple[str, int], Columns]
"""Each stored run of a clock by its name and the step that started it."""

OwnColumns = Callable[[Situation, Sequence[Running]], dict[str, Any]]

_MONEY = frozenset({Effect.CHARGE, Effect.WAIVE})
_clock, _visit = table_of(DeadlineRow).c, table_of(VisitRow).c
_CLOCKS = select(table_of(DeadlineRow)).where(
    _clock.site == bindparam("site"), _clock.matter == bindparam("matter")
)
_CLOCKS_OF = select(table_of(DeadlineRow)).where(
    _clock.site == bindparam("site"), _clock.matter.in_(bindparam("matters", expanding=True))
)
_VISITS_GONE = delete(table_of(VisitRow)).where(
    _visit.site == bindparam("site"), _visit.matter == bindparam("matter")
)


def matter_columns(after: Situation, runs: Iterable[Running]) -> dict[str, Any]:
    """A matter's own columns: where it stands, and what its facts say of it."""
    facts = after.facts
    running = [run.due for run in runs if run.ended is None and run.due is not None]
    return {
        "state": after.state,
        "hold": after.hold,
        "outcome": after.outcome,
        "closed": after.closed,
        "last": after.last,
        "last_move": after.last_move,
        "next_due": min(running, default=None),
        "holder": after.received,
        "worker": str(facts.get("worker", "")),
        "department": str(facts.get("department", "")),
        "unit": str(facts.get("unit", "")),
        "place": str(facts.get("place", "")),
        "about": str(facts.get("about", "")),
        "priority": EMERGENCY if facts.get("emergency") else URGENT if facts.get("urgent") else 0,
    }


def repair_columns(after: Situation) -> dict[str, Any]:
    """A repair slip's own columns."""
    facts = after.facts
    at = str(facts.get("at") or "")
    return {
        "charge": str(facts.get("charge", "")),
        "tariff": str(facts.get("tariff", "")),
        "at": datetime.fromisoformat(at) if at else None,
        "fee_fen": int(facts.get("charged_fen", 0) or 0),
        "copies": str(facts.get("copies", "")),
        "callback": str(facts.get("callback", "")),
        "emergency": str(facts.get("emergency", "")),
        "done": after.decided if after.outcome == "done" else None,
    }


def complaint_columns(after: Situation) -> dict[str, Any]:
    """A complaint's own columns."""
    facts = after.facts
    answered = str(facts.get("answered_at") or "")
    return {
        "level": str(facts.get("level", "")),
        "cause": str(facts.get("cause", "")),
        "hands": int(facts.get("hands", 0)),
        "answered": datetime.fromisoformat(answered) if answered else None,
    }


def callback_columns(after: Situation, runs: Sequence[Running]) -> dict[str, Any]:
    """A callback's own columns."""
    facts = after.facts
    return {
        "due": runs[0].due if runs else None,
        "worker": str(facts.get("done_by", "")),
        "satisfaction": str(facts.get("satisfaction", "")),
        "tries": len(facts.get("tried_on", ())),
        "regular": is_regular(facts),
    }


def handover_columns(after: Situation) -> dict[str, Any]:
    """A handover's own columns."""
    facts = after.facts
    moments = {"given": "given_at", "arrived": "arrived", "accepted": "accepted_at"}
    return {
        "post": str(facts.get("post", "")),
        "duty": str(facts.get("duty", "")),
        "giver": str(facts.get("giver", "")),
        "taker": str(facts.get("taker", "")),
        **{name: _moment(facts.get(fact)) for name, fact in moments.items()},
        "late": int(facts.get("late_minutes", 0)),
        "ended": after.closed,
    }


def _moment(stored: Any) -> datetime | None:
    return datetime.fromisoformat(str(stored)) if stored else None


OWN: Mapping[str, tuple[type[SQLModel], OwnColumns]] = {
    "repair": (Repair, lambda after, _runs: repair_columns(after)),
    "complaint": (Complaint, lambda after, _runs: complaint_columns(after)),
    "callback": (Callback, callback_columns),
    "handover": (Handover, lambda after, _runs: handover_columns(after)),
}
"""The kinds of matter that have a table of their own, and how its columns are derived."""


def charges(
    cycle: Lifecycle, steps: Sequence[Step], calendar: WorkingCalendar
) -> list[dict[str, Any]]:
    """What a matter has charged to its unit, in the order it was charged."""
    found: list[dict[str, Any]] = []
    for place, step in enumerate(steps, start=1):
        row = cycle.row(step.verb, step.frm)
        if row is None or not _MONEY.intersection(row.effects):
            continue
        if Effect.WAIVE in row.effects:
            found[-1:] = [{**one, "waived_fen": waived(one["fen"], step)} for one in found[-1:]]
        elif one := charge(step, fold(cycle, steps[:place]), calendar):
            found.append(one)
    return found


def charge(step: Step, after: Situation, calendar: WorkingCalendar) -> dict[str, Any] | None:
    """What a step charges to the unit, if it is a job that is paid for and has lines."""
    total, unit = total_fen(step.facts), str(after.facts.get("unit", ""))
    if not (paid(after.facts) and total and unit):
        return None
    return {
        "unit": unit,
        "fee": "repair",
        "period": calendar.day_of(step.happened).strftime("%Y-%m"),
        "fen": total,
        "waived_fen": 0,
        "at": step.happened,
    }


def waived(fen: int, step: Step) -> int:
    """How much of a charge a step lets off."""
    return fen - int(step.facts["fee_now"])


def stored_clocks(act: Act, matter: str) -> StoredClocks:
    """The clocks of a matter as they are stored."""
    asked = {"site": act.site, "matter": matter}
    found = act.session.connection().execute(_CLOCKS, asked).mappings()
    return {(row["name"], row["n"]): dict(row) for row in found}


def stored_clocks_of(act: Act, matters: Sequence[str]) -> dict[str, StoredClocks]:
    """The same of several matters, by their ids."""
    found: dict[str, dict[tuple[str, int], Columns]] = {}
    for part in batched(matters):
        asked = {"site": act.site, "matters": part}
        for row in act.session.connection().execute(_CLOCKS_OF, asked).mappings():
            found.setdefault(row["matter"], {})[row["name"], row["n"]] = dict(row)
    return dict(found)


def write_clocks(
    act: Act, matter: str, cycle: Lifecycle, runs: Sequence[Running], stored: StoredClocks
) -> StoredClocks:
    """Brings the stored clocks in line with those reckoned; returns what is stored now."""
    lengths = {rule.name: rule.length for rule in cycle.deadlines}
    now: dict[tuple[str, int], Columns] = {}
    for run in runs:
        key = (run.name, run.n)
        begun = stored.get(key) or {
            "site": act.site,
            "matter": matter,
            "name": run.name,
            "n": run.n,
            "clause": run.clause,
            "level": run.level,
            "amount": repr(lengths[run.name]),
            "rule": cycle.version,
            "started": run.started,
        }
        now[key] = {
            **begun,
            "due": run.due,
            "ended": run.ended,
            "void": run.void,
            "provisional": run.provisional,
            "calendar": act.calendar.version,
        }
    act.derive(DeadlineRow, *(row for key, row in now.items() if stored.get(key) != row))
    taken_back = [{"matter": matter, "name": name, "n": n} for name, n in stored.keys() - now]
    act.delete(DeadlineRow, *taken_back)
    return now


def write_visits(act: Act, matter: str, visits: Iterable[Visit]) -> None:
    """Writes the visits of a matter anew: few they are, and rarely does one begin or end."""
    act.session.execute(_VISITS_GONE, {"site": act.site, "matter": matter})
    act.insert(VisitRow, *({"matter": matter, **asdict(visit)} for visit in visits))
