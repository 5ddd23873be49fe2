"""What the log of a duty day tells: its lines, tasks, events and readings as they are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from wuye_tui.registers.patrols import PatrolDay
from wuye_tui.rules.entries import CATEGORIES, ENTRY, SORTS
from wuye_tui.rules.folding import Situation, Step
from wuye_tui.rules.tasks import TASK

WORDS: Mapping[str, str] = dict((*CATEGORIES, *SORTS))
"""What a line is about, untranslated, by its code."""


@dataclass(frozen=True)
class Holder:
    """Somebody who held the duty manager's post; `word` is untranslated."""

    staff: str
    name: str
    word: str
    started: datetime
    ended: datetime | None


@dataclass(frozen=True)
class Line:
    """One line of the log. `corrects` is the number of the line that it puts right; `corrections`
    are those that put this one right, whenever they were written; `opened` what came of it.
    """

    number: str
    verb: str
    what: str  # the code of its category or sort
    at: datetime
    by: str
    by_name: str
    holder: str
    holder_name: str
    situation: Situation
    notes: tuple[Step, ...] = ()
    corrects: str = ""
    corrections: tuple["Line", ...] = ()
    opened: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """What the line is, untranslated."""
        found = ENTRY.rows_named(self.verb)
        return WORDS.get(self.what) or (found[0].word if found else self.verb)

    @property
    def text(self) -> str:
        """What is written there."""
        return str(self.situation.facts.get("text", ""))

    @property
    def where(self) -> str:
        """The home or place it is about."""
        facts = self.situation.facts
        return str(facts.get("unit") or facts.get("place") or facts.get("spot") or "")

    @property
    def is_open(self) -> bool:
        """Whether somebody still answers for it (ZB-3.5)."""
        return self.situation.state == "open"

    def as_dict(self) -> dict[str, Any]:
        """The line for programs; keys only ever grow."""
        facts = self.situation.facts
        return {
            "number": self.number,
            "verb": self.verb,
            "what": self.what,
            "at": self.at,
            "by": self.by,
            "holder": self.holder,
            "offered_to": facts.get("offered_to", ""),
            "state": self.situation.state,
            "unit": self.where,
            "text": self.text,
            "result": facts.get("result", ""),
            "area": facts.get("area", ""),
            "sound": facts.get("sound"),
            "whom": facts.get("whom", ""),
            "fine_fen": facts.get("fine", 0),
            "proposed": facts.get("proposed", ""),
            "reward_fen": facts.get("reward", 0),
            "corrects": self.corrects,
            "corrected_by": [one.number for one in self.corrections],
            "opened": list(self.opened),
        }


@dataclass(frozen=True)
class TaskLine:
    """One task as the log tells it; `until` is when it is to be done, `late` whether that is over
    and the work is not done.
    """

    number: str
    parent: str
    at: datetime
    situation: Situation
    worker_name: str
    until: datetime | None
    done: datetime | None  # when the department said so last
    looked_at: datetime | None  # when it was last looked at again
    late: bool

    @property
    def state_word(self) -> str:
        """How it stands, untranslated."""
        return TASK.state_word(self.situation.state)

    @property
    def times(self) -> int:
        """How often it was not in order (ZB-4.10)."""
        return int(self.situation.facts.get("times", 0))

    def as_dict(self) -> dict[str, Any]:
        """The task for programs; keys only ever grow."""
        facts = self.situation.facts
        return {
            "number": self.number,
            "parent": self.parent,
            "opened_at": self.at,
            "department": facts.get("department", ""),
            "place": facts.get("place", ""),
            "text": facts.get("text", ""),
            "until": self.until,
            "done_at": self.done,
            "result": facts.get("result", ""),
            "rechecked_at": self.looked_at,
            "finding": facts.get("finding", ""),
            "state": self.situation.state,
            "times": self.times,
            "late": self.late,
        }


@dataclass(frozen=True)
class Event:
    """A sudden or major event; `told` is when the general manager was, None while not (ZB-4.2)."""

    number: str
    at: datetime
    situation: Situation
    told: datetime | None
    told_to: str
    due: datetime | None
    late: bool

    def as_dict(self) -> dict[str, Any]:
        """The event for programs; keys only ever grow."""
        facts = self.situation.facts
        return {
            "number": self.number,
            "sort": facts.get("sort", ""),
            "at": self.at,
            "text": facts.get("text", ""),
            "state": self.situation.state,
            "told_at": self.told,
            "told_to": facts.get("told_to", ""),
            "report_due_at": self.due,
            "late": self.late,
            "loss_fen": facts.get("loss", 0),
        }


@dataclass(frozen=True)
class Read:
    """One weekly reading with what it instructed."""

    number: str
    week: str
    situation: Situation
    due: datetime | None
    read: datetime | None
    reader: str
    instructions: tuple[TaskLine, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The reading for programs; keys only ever grow."""
        facts = self.situation.facts
        return {
            "number": self.number,
            "week": self.week,
            "due_at": self.due,
            "read_at": self.read,
            "reader": facts.get("signed_project_head", ""),
            "remarks": facts.get("remarks", ""),
            "instructions": [one.as_dict() for one in self.instructions],
        }


@dataclass(frozen=True)
class DutyLog:
    """A duty day whole: from the beginning of the working duty to that of the next."""

    day: date
    since: datetime
    until: datetime
    holders: tuple[Holder, ...]
    lines: tuple[Line, ...]
    patrol: PatrolDay
    tasks: tuple[TaskLine, ...]  # given in this day
    to_recheck: tuple[TaskLine, ...]  # done before it and not looked at again (ZB-4.10)
    rechecked: tuple[TaskLine, ...]  # looked at again in it
    events: tuple[Event, ...]
    readings: tuple[Read, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def penalties(self) -> tuple[Line, ...]:
        """Penalties and proposals for rewards (ZB-4.6)."""
        return tuple(one for one in self.lines if one.what in ("penalty", "proposal"))

    def as_dict(self) -> dict[str, Any]:
        """The day as `wuye log show --json` prints it; keys only ever grow."""
        return {
            "day": self.day.isoformat(),
            "since": self.since,
            "until": self.until,
            "holders": [
                {"staff": one.staff, "name": one.name, "from": one.started, "to": one.ended}
                for one in self.holders
            ],
            "lines": [one.as_dict() for one in self.lines],
            "patrol": self.patrol.as_dict(),
            "tasks": [one.as_dict() for one in self.tasks],
            "to_recheck": [one.as_dict() for one in self.to_recheck],
            "rechecked": [one.as_dict() for one in self.rechecked],
            "incidents": [one.as_dict() for one in self.events],
            "readings": [one.as_dict() for one in self.readings],
        }
