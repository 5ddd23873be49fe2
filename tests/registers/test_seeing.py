"""Whoever is complained of neither holds nor sees it (FW-M.9), by whichever question they ask.

* straight to the manager, or above a manager; nobody else moves it
* no list, search, card, figure, slip, call or news shows it to them, nor to somebody unknown
* what it opened is kept from them like itself
* every question that reads matters is in the list of those that ask who looks
"""

import ast
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.factories import children, offers, on_duty, refused, rows_of, situation, started, taken
from tests.registers.lines_taken import typed
from wuye_tui.desk import Desk
from wuye_tui.registers import (
    callback_summary,
    callbacks,
    console,
    contacts,
    duties,
    handovers,
    lateness,
    load,
    overview,
    parts,
    printed,
    proposals,
    search,
    ticking,
    unfiled,
    unit_card,
    workers,
)
from wuye_tui.registers.checking import check
from wuye_tui.registers.contact_lists import UnknownContact
from wuye_tui.registers.queue import Wanted, counts, queue
from wuye_tui.registers.views import show
from wuye_tui.rules.callback_figures import BY_CODE
from wuye_tui.rules.months import Month
from wuye_tui.rules.refusals import UnknownMatter
from wuye_tui.store.tables import Contact, Matter

pytestmark = pytest.mark.clause("FW-M.9")
SAID = "吴刚修门锁时骂人"
LINE = f"3-1-502 投诉{SAID}"
WORKER, OTHER, MANAGER = "GC04", "GC03", "KF04"


def told(desk: Desk) -> tuple[str, str]:
    """A complaint about the worker 吴刚, typed as a line, with an order; the numbers of both."""
    number = str(typed(desk, LINE)["number"])
    manager = desk.as_staff(MANAGER)
    taken(manager, number, "refer", department="engineering", task="骂人的事，请工程主管查")
    (order,) = children(manager, number, "order")
    return number, order.number


def handed(desk: Desk) -> Any:
    """What the desk hands over, as whoever looks sees it."""
    if not duties.now(desk):
        on_duty(desk, "KF03")
    return handovers.now(desk).handed


_ALWAYS = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
QUESTIONS: dict[str, Callable[[Desk, str], Any]] = {
    "queue": lambda desk, _n: queue(desk, Wanted()),
    "list": lambda desk, _n: queue(desk, Wanted("complaint", open_only=False)),
    "orders": lambda desk, _n: queue(desk, Wanted("order", open_only=False)),
    "of the unit": lambda desk, _n: queue(desk, Wanted(unit="3-1-502")),
    "counted": lambda desk, _n: ("TS-", "骂人") if counts(desk).get("complaint") else (),
    "counted in parts": lambda desk, _n: ("TS-", "骂人") if parts.count(desk, parts.Part()) else (),
    "tally": lambda desk, _n: ("TS-", "骂人") if parts.tally(desk).states else (),
    "card": lambda desk, _n: unit_card.card(desk, "3-1-502"),
    "calls": lambda desk, _n: contacts.listed(desk),
    "whole calls": lambda desk, _n: contacts.revealed(desk, "核对"),
    "by number": lambda desk, n: search.search(desk, n),
    "by unit": lambda desk, _n: search.search(desk, "3-1-502"),
    "by words": lambda desk, _n: search.search(desk, "骂人"),
    "by phone": lambda desk, _n: search.search(desk, "1234"),
    "clocks": lambda desk, _n: overview.running_clocks(desk),
    "status": lambda desk, _n: overview.status(desk)["next_due"],
    "news": lambda desk, _n: console.events(desk),
    "workers": lambda desk, _n: workers.workers(desk),
    "load": lambda desk, _n: load.load(desk),
    "behind a figure": lambda desk, n: load.lines(desk, [n]),
    "handover": lambda desk, _n: handed(desk),
    "line": lambda desk, _n: proposals.understand(desk, "3-1-502 门锁坏了").open_matters,
    "slips on paper": lambda desk, _n: printed.numbers(desk, (), None, None),
    "complaints on paper": lambda desk, _n: printed.in_force(desk, "complaint", *_ALWAYS),
    "calls on paper": lambda desk, _n: [
        contacts.show(desk, one).words for one in printed.calls(desk, *_ALWAYS)
    ],
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_shows_it_to_the_one_complained_of(any_desk: Desk, name: str) -> None:
    number, order = told(any_desk)
    taken(any_desk.as_staff(MANAGER), order, "receive", department="GC01", assistant="KF05")
    taken(any_desk.as_staff("KF02"), order, "assign", worker=WORKER)
    anybody = repr(QUESTIONS[name](any_desk.as_staff(OTHER), number))
    assert any(part in anybody for part in ("TS-", "GD-", "骂人")), "the question would show it"
    theirs = repr(QUESTIONS[name](any_desk.as_staff(WORKER), number))
    assert not any(part in theirs for part in ("TS-", "GD-", "骂人")), theirs


@pytest.mark.parametrize(
    "name", ["queue", "list", "counted", "counted in parts", "calls", "by words", "clocks", "card"]
)
def test_nor_to_somebody_whom_nobody_knows(desk: Desk, name: str) -> None:
    number, _order = told(desk)
    shown = repr(QUESTIONS[name](desk.as_staff(""), number))
    assert not any(part in shown for part in ("TS-", "骂人")), shown


def test_it_is_not_there_for_them_to_open_or_to_take_a_step_of(any_desk: Desk) -> None:
    number, order = told(any_desk)
    (call,) = rows_of(any_desk, Contact)
    theirs = any_desk.as_staff(WORKER)
    for hidden in (number, order):
        with pytest.raises(UnknownMatter):
            show(theirs, hidden)
        with pytest.raises(UnknownMatter):
            taken(theirs, hidden, "note", note="不是我")
    with pytest.raises(UnknownContact):
        contacts.show(theirs, call.number)
    assert show(any_desk.as_staff(MANAGER), number).children == (order,)
    assert check(any_desk).findings == []


def test_it_is_the_managers_from_the_first_second(desk: Desk) -> None:
    number, _order = told(desk)
    assert show(desk, number).situation.received == MANAGER
    assert {row.holder for row in queue(desk, Wanted()) if row.number == number} == {MANAGER}
    assert set(offers(desk, number, "KF03")) == {"note", "urge"}
    assert refused("FW-M.9", desk, number, "handle", apologised=True, remedy="x") == "managers"


def test_one_about_the_manager_is_held_by_whoever_is_above(desk: Desk) -> None:
    number = str(started(desk, "complaint", text="经理说话难听", about=MANAGER)["number"])
    assert show(desk, number).situation.received == "ZJ01"
    with pytest.raises(UnknownMatter):
        show(desk.as_staff(MANAGER), number)


def test_whoever_takes_down_a_complaint_about_themselves_has_it_no_more(desk: Desk) -> None:
    number = str(started(desk, "complaint", text="前台不理人", about="KF01")["number"])
    with pytest.raises(UnknownMatter):
        show(desk, number)
    assert queue(desk, Wanted()) == []
    assert show(desk.as_staff("KF02"), number).situation.received == MANAGER
    assert check(desk).findings == []


def test_it_can_be_handed_to_anybody_but_the_one_complained_of(desk: Desk) -> None:
    number = str(started(desk, "complaint", text="前台不理人", about="KF02")["number"])
    manager = desk.as_staff(MANAGER)
    assert refused("FW-M.9", manager, number, "hand_on", to_whom="KF02", why="x") == "subject"
    taken(manager, number, "hand_on", to_whom="KF03", why="请主管查")
    taken(desk, number, "accept", staff="KF03")
    taken(desk, number, "handle", staff="KF03", apologised=True, remedy="已致歉")


def test_who_it_is_about_may_be_found_out_before_it_is_worked_on(desk: Desk) -> None:
    number = str(started(desk, "complaint", text="有个师傅骂人", unit="3-1-502")["number"])
    taken(desk, number, "judge", staff=MANAGER, level="serious", about=WORKER)
    now = situation(desk, number)
    assert (now.received, now.facts["about"]) == (MANAGER, WORKER)
    other = str(started(desk, "complaint", text="有个师傅骂人", unit="3-1-502")["number"])
    taken(desk, other, "handle", apologised=True, remedy="道歉")
    assert refused("FW-M.9", desk, other, "correct", about=WORKER) == "too_late"


def test_the_callback_and_what_comes_of_it_are_kept_from_them_too(desk: Desk) -> None:
    number = str(started(desk, "complaint", text=SAID, unit="3-1-502", about=WORKER)["number"])
    manager = desk.as_staff(MANAGER)
    taken(manager, number, "judge", level="serious")
    taken(manager, number, "handle", apologised=True, remedy="已道歉")
    given = {"said": "已批评", "cause": "attitude", "because": "急躁", "correction": "培训"}
    (callback,) = taken(manager, number, "answer", **given)["opened"]
    theirs, other = desk.as_staff(WORKER), desk.as_staff(OTHER)
    assert [one.number for one in callbacks.waiting(other)] == [callback]
    assert callbacks.waiting(theirs) == callbacks.waiting(desk.as_staff("")) == []
    opened = taken(desk, callback, "reach", satisfaction="dissatisfied", opinion="还是那样")
    followed = str(opened["opened"][0])
    for hidden in (callback, followed):
        with pytest.raises(UnknownMatter):
            show(theirs, hidden)
    month, figure = Month(2026, 11), BY_CODE["complaints_dissatisfied"]
    assert callback_summary.summary(theirs, month).value(figure.code).count == 1
    (line,) = callback_summary.counted(other, month, figure)
    assert (line.number, line.about, line.linked) == (callback, number, followed)
    assert callback_summary.counted(theirs, month, figure) == []
    assert [one.number for one in unfiled.records(other)] == [callback]
    assert unfiled.records(theirs) == []
    desk.clock.set(desk.now() + timedelta(days=9))  # type: ignore[attr-defined]
    assert followed in repr(lateness.lateness(other).departments)
    assert followed not in repr(lateness.lateness(theirs).departments)
    assert {row.about for row in rows_of(desk, Matter)} == {WORKER}
    assert check(desk).findings == []


def test_what_fires_is_not_told_to_them(desk: Desk) -> None:
    told(desk)
    desk.clock.set(desk.now() + timedelta(days=9))  # type: ignore[attr-defined]
    assert ticking.tick(desk.as_staff(WORKER)) == []
    told_twice = ticking.tick(desk.as_staff(OTHER))
    assert told_twice == [], "it has fired, though it was not told"


def test_a_surname_that_several_have_is_nobodys(desk: Desk) -> None:
    assert proposals.understand(desk, "3-1-502 投诉吴师傅骂人").subject == WORKER
    assert proposals.understand(desk, "3-1-502 投诉李师傅骂人").subject == ""
    assert proposals.understand(desk, "3-1-502 吴刚师傅 门锁坏了").subject == ""


# Modules that read matters and need not ask who looks, each with its reason.
EXEMPT = {
    "archive.py": "the week's file; records through `unfiled`, `load` and `show`, which ask",
    "day_records.py": "repairs alone, which are about nobody",
    "supervising.py": "repairs of the night alone, which are about nobody",
    "checking.py": "looks at everything and names no words",
    "checking_duties.py": "looks at handovers alone, which are about nobody",
    "checking_receipts.py": "looks at repairs alone, and names no words",
    "charge_register.py": "repairs alone, which are about nobody",
    "checking_matters.py": "looks at everything and names no words",
    "complaints.py": "counts, and names nobody",
    "contacts.py": "counts, and links what its own act opened",
    "handover_views.py": "handovers are about nobody; their list asks",
    "erasing.py": "names what is open through `hidden`, and otherwise counts",
    "retention.py": "counts, and names nobody",
    "effects.py": "acts for a step that was allowed",
    "log_weeks.py": "counts, and names nobody",
    "patrol_facts.py": "patrols are about nobody",
    "home_visits.py": "names homes and when they were called, and no matter",
    "held_cash.py": "repairs alone, which are about nobody",
    "order_figures.py": "counts, and names nobody",
    "night_record.py": "repairs alone, which are about nobody; its calls come from `contacts`",
    "nights.py": "repairs alone, which are about nobody",
    "notices.py": "notices are about nobody",
    "ringing.py": "lines that ring are about nobody",
    "steps.py": "reads for those who ask",
    "withdrawing.py": "through `records.load`, which asks",
    "derived.py": "writes",
}


def test_every_question_about_matters_asks_who_looks() -> None:
    folder = Path(console.__file__).parent
    asks, reads = set[str](), set[str]()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names = {alias.name for alias in node.names}
                if node.module == "wuye_tui.store.tables" and "Matter" in names:
                    reads.add(path.name)
                if node.module == "wuye_tui.registers.seeing":
                    asks.add(path.name)
    assert reads - asks - {"seeing.py"} <= set(EXEMPT)
    assert {"queue.py", "wholes.py", "records.py", "search_questions.py", "parts.py"} <= asks
