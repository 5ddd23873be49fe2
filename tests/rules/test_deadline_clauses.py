"""Each deadline clause of BX, XX and NB at its second: one before, at it, and one after.

Across holds, midnight, weekends, public holidays and make-up workdays; the due times are written
down by hand, as somebody with the regulation and a calendar reckons them.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.walking import BEGIN, CALENDAR, ZONE, story
from wuye_tui.rules.lifecycle import Lifecycle
from wuye_tui.rules.procedures import PROCEDURES, procedure
from wuye_tui.rules.running import Running, clocks

Told = tuple[str, str, dict[str, Any]]
SECOND = timedelta(seconds=1)
HOME = {"unit": "3-1-502", "text": "水龙头漏水"}
PAID, OFF = {"charge": "paid", "tariff": "SX-01"}, {"charge": "paid", "tariff": "off"}
WORKER = {"worker": "GC03"}


def when(typed: str) -> datetime:
    """A local moment: 11-19 10:20, or with seconds."""
    full = typed if typed.count(":") == 2 else f"{typed}:00"
    return datetime.strptime(f"2026-{full}", "%Y-%m-%d %H:%M:%S").replace(tzinfo=ZONE)


def told(cycle: Lifecycle, *steps: Told) -> list[Any]:
    minutes = ((when(at) - BEGIN).total_seconds() / 60 for at, _verb, _facts in steps)
    return story(
        cycle, *((m, verb, facts) for m, (_, verb, facts) in zip(minutes, steps, strict=True))
    )


def hold(at: str, why: str) -> Told:
    return at, "hold", {"hold": why}


def until(at: str) -> Told:
    return at, "resume", {}


def slip(moment: str, *verbs: str, **given: Any) -> list[Told]:
    """A slip that has come so far at this moment."""
    facts: dict[str, dict[str, Any]] = {
        "register": {**HOME, **given}, "issue": PAID, "assign": WORKER,
    }  # fmt: skip
    return [(moment, verb, facts.get(verb, {})) for verb in verbs]


def collected(moment: str, charge: dict[str, Any] = PAID, **given: Any) -> list[Told]:
    steps = slip(moment, "register", "issue", "notify", "collect", **given)
    return [(when_, verb, charge if verb == "issue" else facts) for when_, verb, facts in steps]


def received(at: str) -> list[Told]:
    facts = {"department": "cleaning", "text": "楼道脏"}
    return [(at, "register", facts), (at, "issue", {}), (at, "receive", {})]


@dataclass(frozen=True)
class At:
    """A clock, how it was started and held, when it is due, and the step that its task is."""

    clause: str
    name: str
    steps: list[Told]
    due: str
    done: tuple[tuple[str, dict[str, Any]], ...]
    kind: str = "repair"
    said: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.clause} {self.name} {self.said or self.steps[-1][0]}"


Done = tuple[tuple[str, dict[str, Any]], ...]
ISSUE: Done = (("issue", PAID),)
NOTIFY: Done = (("notify", {}),)
QUOTE: Done = (("quote", {"fee": 100}),)
ASSIGN: Done = (("assign", WORKER),)
ARRIVE: Done = (*ASSIGN, ("arrive", {}))
GIVE_UP: Done = (("give_up", {}),)
RETURN: Done = (*GIVE_UP, ("return", {}))
REASON: Done = (("hold", {"hold": "parts"}),)
SIGN: Done = (("countersign", {}),)
REACH: Done = (("reach", {}),)
SENT: Done = (("dispatch_now", WORKER), ("arrive", {}))
TAKEN: Done = (("take", {}), ("arrive", {}))
REPORT: Done = (("report", {}),)
SEND: Done = (("issue", {}),)

CASES = [
    # 3 minutes to write the slip, 2 more to tell Engineering: by day and night, Sundays, held.
    At("BX-5", "slip", slip("11-19 10:20", "register"), "11-19 10:23", ISSUE),
    At("BX-5", "slip", slip("11-19 23:58:30", "register"), "11-20 00:01:30", ISSUE),
    At("BX-5", "slip", slip("11-22 12:00", "register"), "11-22 12:03", ISSUE),
    At("BX-5", "slip", [*slip("11-19 10:20", "register"), hold("11-19 10:21", "parts")],
       "11-19 10:23", ISSUE, said="held"),
    At("BX-5", "notify", slip("11-19 10:22", "register", "issue"), "11-19 10:24", NOTIFY),
    At("BX-5", "notify", slip("11-19 23:59", "register", "issue"), "11-20 00:01", NOTIFY),
    # 10 minutes to be there; what stands in the way stops it, the resident's wish too.
    At("BX-8", "site", collected("11-19 10:20"), "11-19 10:30", ARRIVE),
    At("BX-8", "site", collected("11-19 23:55"), "11-20 00:05", ARRIVE),
    At("BX-8", "site", collected("11-21 23:55"), "11-22 00:05", ARRIVE, said="weekend"),
    At("BX-8", "site",
       [*collected("11-19 10:20"), hold("11-19 10:24", "parts"), until("11-20 15:00")],
       "11-20 15:06", ARRIVE, said="parts overnight"),
    At("BX-8", "site",
       [*collected("11-19 10:20"), hold("11-19 10:24", "other"), until("11-19 10:29")],
       "11-19 10:30", ARRIVE, said="held for another reason"),
    # 5 minutes before the appointment, whatever was held meanwhile.
    At("BX-9", "appointment", collected("11-19 10:20", at=when("11-20 09:00").isoformat()),
       "11-20 08:55", ARRIVE),
    At("BX-9", "appointment", collected("11-19 10:20", at=when("11-20 00:03").isoformat()),
       "11-19 23:58", ARRIVE, said="midnight"),
    At("BX-9", "appointment",
       [*collected("11-19 10:20", at=when("11-22 14:00").isoformat()),
        hold("11-19 11:00", "customer"), until("11-21 11:00")],
       "11-22 13:55", ARRIVE, said="held"),
    # 15 minutes to quote what is off the tariff.
    At("BX-10", "assess", collected("11-19 10:20", OFF), "11-19 10:35", QUOTE),
    At("BX-10", "assess", collected("11-19 23:50", OFF), "11-20 00:05", QUOTE),
    # 2 hours to name a worker, 4 to a result or a reason.
    At("XX-4.3.7a", "assign", collected("11-19 10:20"), "11-19 12:20", ASSIGN),
    At("XX-4.3.7a", "assign", collected("11-21 23:00"), "11-22 01:00", ASSIGN),
    At("XX-4.3.7c", "result", collected("11-19 10:20"), "11-19 14:20", REASON),
    At("XX-4.3.7c", "result", collected("11-19 22:00"), "11-20 02:00", GIVE_UP),
    # 2 working days before it goes to the manager.
    At("XX-4.3.11a", "unsolved", collected("11-19 10:00"), "11-23 10:00", RETURN,
       said="over the weekend"),
    At("XX-4.3.11a", "unsolved", collected("11-17 10:00"), "11-19 10:00", RETURN),
    At("XX-4.3.11a", "unsolved", collected("10-09 10:00"), "10-12 10:00", RETURN,
       said="make-up Saturday"),
    At("XX-4.3.11a", "unsolved", collected("09-30 10:00"), "10-09 10:00", RETURN,
       said="National Day"),
    At("XX-4.3.11a", "unsolved", collected("11-17 20:00"), "11-20 08:30", RETURN,
       said="at night: the next opening"),
    At("XX-4.3.11a", "unsolved",
       [*collected("11-17 10:00"), hold("11-17 12:00", "customer"), until("11-18 12:00")],
       "11-20 10:00", RETURN, said="the customer's wish"),
    At("XX-4.3.11a", "unsolved",
       [*collected("11-19 10:00"), hold("11-20 12:00", "customer"), until("11-22 12:00")],
       "11-24 08:30", RETURN, said="the customer's wish over a weekend, due in the night"),
    At("XX-4.3.11a", "unsolved",
       [*collected("11-17 10:00"), hold("11-17 12:00", "parts"), until("11-18 12:00")],
       "11-19 10:00", RETURN, said="parts are the office's own affair"),
    # The night's slip is countersigned the next working morning.
    At("BX-3.1", "countersign", slip("11-19 22:00", "register", "issue", "take"), "11-20 09:00",
       SIGN),
    At("BX-3.1", "countersign", slip("11-20 22:00", "register", "issue", "take"), "11-23 09:00",
       SIGN, said="Friday night"),
    At("BX-3.1", "countersign", slip("10-10 02:00", "register", "issue", "take"), "10-10 09:00",
       SIGN, said="make-up Saturday"),
    At("BX-3.1", "countersign", slip("11-19 09:00", "register", "issue", "take"), "11-20 09:00",
       SIGN, said="at the very second"),
    # The 24-hour repair line: there within 15 minutes of the report.
    At("NB-13", "report", slip("11-19 10:20", "register"), "11-19 10:35", SENT),
    At("NB-13", "report", slip("11-19 23:50", "register", "issue"), "11-20 00:05", TAKEN),
    At("XX-4.3.2", "refer", slip("11-20 23:30", "register"), "11-21 23:30", SENT),
    # Orders of departments.
    At("XX-4.3.2", "refer", received("11-20 10:00")[:1], "11-21 10:00", SEND, "order"),
    At("XX-4.3.7a", "assign", received("11-19 23:00"), "11-20 01:00", ASSIGN, "order"),
    At("XX-4.3.7c", "result", received("11-19 21:00"), "11-20 01:00", REASON,
       "order"),
    At("XX-4.3.11a", "unsolved", received("11-19 10:00"), "11-23 10:00", GIVE_UP, "order"),
    At("XX-4.3.11a", "unsolved", received("10-09 16:00"), "10-12 16:00", GIVE_UP, "order",
       said="make-up Saturday"),
    # 2 days to call back; nobody is rung in the night: the evening before.
    At("BX-17", "callback", [("11-19 14:00", "register", HOME)], "11-21 14:00", REACH, "callback"),
    At("BX-17", "callback", [("11-19 22:00", "register", HOME)], "11-21 20:00", REACH, "callback"),
    At("BX-17", "callback", [("11-19 03:00", "register", HOME)], "11-20 20:00", REACH, "callback"),
    At("BX-17", "callback", [("11-19 09:00", "register", HOME)], "11-21 09:00", REACH, "callback"),
    At("BX-17", "callback", [("11-19 08:59:59", "register", HOME)], "11-20 20:00", REACH,
       "callback"),
    # 4 hours for the department to say what is the matter.
    At("XX-4.3.3", "report", [("11-19 22:30", "register", {"text": "停水"})], "11-20 02:30",
       REPORT, "notice"),
]  # fmt: skip


def run_of(case: At, *more: Told) -> Running:
    cycle = procedure(case.kind)
    found = clocks(cycle, told(cycle, *case.steps, *more), CALENDAR)
    return next(run for run in found if run.name == case.name)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_is_due_at_the_second_that_the_clause_says(case: At) -> None:
    run, due = run_of(case), when(case.due)
    assert (run.clause, run.due, run.provisional) == (case.clause, due, False)
    assert [run.late(due + step * SECOND) for step in (-1, 0, 1)] == [False, False, True]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_was_done_a_second_late_is_late_for_good(case: At) -> None:
    due, later = when(case.due), when(case.due) + timedelta(days=40)
    for step, is_late in ((-1, False), (0, False), (1, True)):
        at = (due + step * SECOND).astimezone(ZONE).strftime("%m-%d %H:%M:%S")
        run = run_of(case, *((at, verb, facts) for verb, facts in case.done))
        assert run.ended == due + step * SECOND, "these steps are the clock's task"
        assert run.late(later) is is_late


@pytest.mark.clause(
    "BX-3.1", "BX-5", "BX-8", "BX-9", "BX-10", "BX-17", "NB-13", "XX-4.3.2", "XX-4.3.3",
    "XX-4.3.7a", "XX-4.3.7c", "XX-4.3.11a",
)  # fmt: skip
def test_no_clause_of_a_clock_is_left_out() -> None:
    kinds = ("repair", "order", "callback", "notice")
    named = {
        rule.clause
        for kind in kinds
        for rule in PROCEDURES[kind].deadlines
        if rule.name not in {"resume", "back", "ends", "visit"}  # moments that somebody named
    }
    assert {case.clause for case in CASES} == named
