"""The duty manager's log of a day as a form (ZB-6): what the layout `dutylog` may say."""

from collections.abc import Iterator
from typing import Any, Final

from wuye_tui.desk import Desk
from wuye_tui.paper.books import day_of
from wuye_tui.paper.telling import Terms
from wuye_tui.registers.dutylog import day_log
from wuye_tui.registers.log_lines import DutyLog, Event, Line, Read, TaskLine
from wuye_tui.registers.patrols import PatrolDay, duty_day, spent
from wuye_tui.rules.entries import AREAS, ENTRY, SIGN_STATES
from wuye_tui.rules.incidents import SORTS as EVENTS
from wuye_tui.rules.locale import amount, whole_day
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.rules.patrol_time import MADE, MISSED
from wuye_tui.words import _, clauses, listed

_LISTS: Final = (
    "holders", "lines", "posts", "rounds", "patrols", "lacks", "tasks", "to_recheck", "rechecked",
    "events", "readings",
)  # fmt: skip
_WORDS: Final = ("day", "patrolled", "needed", "missed", "penalties")


def blank() -> dict[str, Any]:
    """The same facts, empty: what the layout is tried with."""
    return {name: [] for name in _LISTS} | dict.fromkeys(_WORDS, "")


def told(desk: Desk, terms: Terms, typed: str) -> dict[str, Any]:
    """A duty day: who held it, its lines with what corrects them, patrol, tasks, events, readings.
    The present one where no day is typed. Raises UnreadableMoment.
    """
    log = day_log(desk, day_of(typed, desk.zone) if typed else duty_day(desk))
    return {
        "day": whole_day(log.day),
        "holders": [
            {
                "word": _(one.word),
                "name": one.name,
                "since": terms.short(one.started),
                "until": terms.short(one.ended),
            }
            for one in log.holders
        ],
        "lines": [_line(one, log, terms) for one in log.lines],
        "penalties": str(len(log.penalties)),
        **_patrol(log.patrol, terms),
        "tasks": [_task(one, terms) for one in log.tasks],
        "to_recheck": [_task(one, terms) for one in log.to_recheck],
        "rechecked": [_task(one, terms) for one in log.rechecked],
        "events": [_event(one, terms) for one in log.events],
        "readings": [_reading(one, terms) for one in log.readings],
    }


def _line(one: Line, log: DutyLog, terms: Terms) -> dict[str, Any]:
    return {
        "number": one.number,
        "at": terms.short(one.at),
        "word": _(one.word),
        "where": one.where,
        "said": terms.words(clauses(_said(one, log))),
        "state": _(ENTRY.state_word(one.situation.state)),
        "holder": one.holder_name,
        "by": one.by_name,
        "corrects": one.corrects,
        "corrected_by": listed(later.number for later in one.corrections),
    }


def _said(one: Line, log: DutyLog) -> Iterator[str]:
    facts = one.situation.facts
    if one.corrects:
        yield _("更正 {number}").format(number=one.corrects)
    if whom := str(facts.get("whom", "")):
        yield log.names.get(whom, whom)
    for name, words in (("area", AREAS), ("sign_state", SIGN_STATES)):
        if code := str(facts.get(name, "")):
            yield _(dict(words).get(code, code))
    yield one.text
    yield from (str(facts[name]) for name in ("because", "proposed") if facts.get(name))
    yield from (amount(int(facts[name])) for name in ("fine", "reward") if facts.get(name))
    yield from (str(step.facts.get("note", "")) for step in one.notes)
    yield from (str(facts[name]) for name in ("result", "reply") if facts.get(name))
    for later in one.corrections:
        yield _("见更正 {number}：{text}").format(number=later.number, text=later.text)
    if one.opened:
        yield _("另开 {numbers}").format(numbers=listed(one.opened))


def _patrol(patrol: PatrolDay, terms: Terms) -> dict[str, Any]:
    return {
        "patrolled": spent(patrol.seconds),
        "needed": spent(patrol.needed),
        "lacks": list(patrol.lacks()),
        "missed": str(len(patrol.missed)),
        "patrols": [
            {
                "number": one.number,
                "by": one.by_name,
                "since": terms.short(one.began),
                "until": terms.short(one.ended),
                "visits": len(one.visits),
            }
            for one in patrol.patrols
        ],
        "posts": [
            {
                "name": one.spot.name,
                "at": terms.short(one.seen.at) if one.seen else "",
                "by": one.seen.by_name if one.seen else "",
                "found": _found(one.seen.sound, one.seen.found, terms) if one.seen else "",
            }
            for one in patrol.posts
        ],
        "rounds": [
            {
                "name": one.spot.name,
                "at": terms.short(one.at),
                "made": terms.short(one.made),
                "missed": _("漏巡") if one.stands == MISSED else "",
            }
            for one in patrol.rounds
            if one.stands in (MADE, MISSED)
        ],
    }


def _found(sound: bool, found: str, terms: Terms) -> str:
    return _("正常") if sound else terms.words(found)


def _task(one: TaskLine, terms: Terms) -> dict[str, Any]:
    facts = one.situation.facts
    department = str(facts.get("department", ""))
    state = _(one.state_word)
    return {
        "number": one.number,
        "parent": one.parent,
        "department": _(dict(DEPARTMENTS).get(department, department)),
        "where": str(facts.get("place") or facts.get("unit") or ""),
        "text": terms.words(str(facts.get("text", ""))),
        "until": terms.short(one.until),
        "state": _("{state}，返工 {n} 次").format(state=state, n=one.times) if one.times else state,
        "late": _("超时") if one.late else "",
        "result": terms.words(str(facts.get("result", ""))),
        "finding": terms.words(str(facts.get("finding", ""))),
    }


def _event(one: Event, terms: Terms) -> dict[str, Any]:
    facts = one.situation.facts
    return {
        "number": one.number,
        "at": terms.short(one.at),
        "word": _(dict(EVENTS).get(str(facts.get("sort", "")), "")),
        "text": terms.words(str(facts.get("text", ""))),
        "told_at": terms.short(one.told),
        "told_to": one.told_to,
    }


def _reading(one: Read, terms: Terms) -> dict[str, Any]:
    return {
        "number": one.number,
        "week": one.week,
        "reader": one.reader,
        "read": terms.short(one.read),
        "remarks": terms.words(str(one.situation.facts.get("remarks", ""))),
        "tasks": [_task(task, terms) for task in one.instructions],
    }
