"""The one writer of steps: every row of every procedure's table is taken here.

`start` opens a matter, `take` takes a step, `undo` takes the last one back. They are functions of
an act and compose; each returns the number, the step and the state that follow.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from wuye_tui.registers import counting, effects, records, snapshots, surroundings
from wuye_tui.registers.lookups import Registry, registry_of
from wuye_tui.registers.records import Standing
from wuye_tui.rules import refusals
from wuye_tui.rules.answers import Signed, take_answers
from wuye_tui.rules.clock import in_utc
from wuye_tui.rules.filing import ARCHIVED
from wuye_tui.rules.folding import UNDO, Situation, Step, effective, fold
from wuye_tui.rules.lifecycle import NEW, Case, Effect, Facts, Row
from wuye_tui.rules.offering import refusal, ways_on
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.rights import Actor
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Staff
from wuye_tui.words import _

Given = Mapping[str, Any]
NOBODY = Actor("", "", frozenset())


@dataclass(frozen=True)
class _Request:
    """What a step is asked with."""

    verb: str
    given: Given
    happened: datetime | None
    doer: str
    proven: Collection[str] = ()
    auto: bool = False
    parent: str = ""
    origin: str = ""


def start(
    act: Act,
    kind: str,
    verb: str = "register",
    *,
    happened: datetime | None = None,
    doer: str = "",
    proven: Collection[str] = (),
    parent: str = "",
    origin: str = "",
    auto: bool = False,
    **given: Any,
) -> Result:
    """Opens a matter with its first step. Raises Refused, UsageError or NotFound."""
    request = _Request(verb, given, happened, doer, proven, auto, parent, origin)
    return _step(act, Standing(procedure(kind)), request)


def take(
    act: Act,
    number: str,
    verb: str,
    *,
    seen: int | None = None,
    happened: datetime | None = None,
    doer: str = "",
    proven: Collection[str] = (),
    auto: bool = False,
    **given: Any,
) -> Result:
    """Takes a step of a matter.

    `seen` is the last step that the person saw: if the matter has moved since, ChangedMeanwhile
    says who did what. `doer` is the staff number of whoever really did it, where the desk writes
    it down for them. `proven` are the staff numbers of others who gave their PIN for it just now:
    what they sign counts as signed by PIN, and not on paper. `auto` lets another step's effect
    take what no person may. Raises Refused, UsageError or NotFound.
    """
    before = records.load(act, number)
    _refuse_stale(act, before, seen)
    return _step(act, before, _Request(verb, given, happened, doer, proven, auto))


def undo(act: Act, number: str, *, seen: int | None = None) -> Result:
    """Takes the last step back by a step of its own (NothingToUndo when it cannot be).

    The result has the verb of what was taken back under `undone`.
    """
    before = records.load(act, number)
    if before.situation.state == ARCHIVED:
        raise refusals.Archived(before.head.number)
    _refuse_stale(act, before, seen)
    _refuse_earlier_clock(act, before.steps)
    counted = effective(before.steps)
    last = counted[-1]
    row = before.cycle.row(last.verb, last.frm)
    word = _(row.word) if row else last.verb
    if row is None or not row.undo or row.auto:
        raise refusals.NothingToUndo(number, word, _("它已经生效，请改用更正、返修或备注"))
    if last.by != act.by.number:
        raise refusals.NothingToUndo(number, word, _("它是别人做的"))
    back = fold(before.cycle, [step for step in counted if step.n != last.n])
    step = Step(
        n=before.situation.last + 1,
        verb=UNDO,
        frm=before.situation.state,
        to=back.state,
        happened=act.now,
        recorded=act.now,
        by=act.by.number,
        facts={},
        clause=row.clause,
        undoes=last.n,
    )
    after = records.write(act, before, step, act.by.number, snapshot=True)
    return {**_result(before, step, after), "undone": last.verb}


def _refuse_stale(act: Act, before: Standing, seen: int | None) -> None:
    now = before.situation
    if seen is None or now.last_move <= seen:
        return
    step = next(step for step in before.steps if step.n == now.last_move)
    row = before.cycle.rows_named(step.verb)
    what = _(row[0].word) if row else _("撤回")
    raise refusals.ChangedMeanwhile(
        before.head.number,
        _name(act, step.by),
        what,
        refusals.shown(step.recorded, act.calendar.zone),
        _(before.cycle.state_word(now.state)),
    )


def _step(act: Act, before: Standing, asked: _Request) -> Result:
    cycle, situation = before.cycle, before.situation
    row = _row(act, before, asked)
    when = _when(act, row, situation, before.steps, asked.happened)
    registry = registry_of(act)
    who = _doer(act, row, registry, asked)
    today = act.calendar.day_of(act.now)
    filled = snapshots.fill(registry, row, asked.given, today)
    answers = take_answers(
        row,
        {**situation.facts, **filled.facts},
        filled.given,
        registry,
        act.calendar.zone,
        today,
        act.by.number,
        asked.proven,
    )
    parent = asked.parent or _named_parent(row, answers.facts)
    given = {**_inherited(act, parent), **filled.facts, **answers.facts}
    if who is NOBODY:
        who = _told_of(act, row, registry, situation, answers.signed)
    case = _case(act, before, asked, given, who, when, answers.signed)
    if Effect.COUNT in row.effects:
        counted = counting.count(act, before, row, case)
        case = replace(case, given={**given, **counted.facts}, looked=counted.looked)
    guard = refusal(row, case)
    if guard:
        raise refusals.GuardRefused(guard, case)
    if not before.steps:
        before = records.begin(act, cycle, parent, asked.origin)
    step = Step(
        n=situation.last + 1,
        verb=row.verb,
        frm=situation.state,
        to=row.to if row.moves else situation.state,
        happened=when,
        recorded=act.now,
        by=act.by.number,
        facts={**case.given, **row.sets(case)},
        clause=row.clause,
    )
    fresh = situation.state == NEW or snapshots.changes(row)
    after = records.write(act, before, step, who.number, answers, snapshot=fresh)
    done = effects.Done(act, _VERBS, before.head, step, after, case.signed)
    return {**_result(before, step, after), **effects.apply(row, done)}


def _named_parent(row: Row, given: Facts) -> str:
    """The matter that is named as the parent of the one that begins; "" where none is."""
    named = (given.get(ask.name) for ask in row.ask if ask.parent)
    return str(next(filter(None, named), ""))


def _inherited(act: Act, parent: str) -> dict[str, Any]:
    """Whom a matter is about that another opens, and who then holds it: nothing of a complaint is
    shown to the person complained of (FW-M.9).
    """
    was = records.load(act, parent).situation if parent else Situation()
    about = was.facts.get("about")
    return {"about": about, "holder": was.received} if about else {}


def _row(act: Act, before: Standing, asked: _Request) -> Row:
    named = [r for r in before.cycle.rows_named(asked.verb) if asked.auto or not r.auto]
    if not named:
        raise refusals.UnknownVerb(before.cycle, asked.verb)
    row = before.cycle.row(asked.verb, before.situation.state)
    if row is None:
        state, number = before.situation.state, before.head.number
        if state == ARCHIVED:
            raise refusals.Archived(number)
        if state == NEW:
            raise refusals.NothingOpened(before.cycle, asked.verb)
        case = _case(act, before, asked, {}, act.by, act.now, ())
        ways = ways_on(before.cycle, case)
        raise refusals.OutOfOrder(before.cycle, number, asked.verb, state, ways)
    return row


def _when(
    act: Act, row: Row, situation: Situation, steps: Sequence[Step], happened: datetime | None
) -> datetime:
    """When it happened: not to come, not before the last move, not longer ago than allowed."""
    zone = act.calendar.zone
    _refuse_earlier_clock(act, steps)
    if happened is None:
        return act.now
    happened = in_utc(happened)
    if happened > act.now:
        raise refusals.HappenedInFuture(row, refusals.shown(act.now, zone))
    if act.now - happened > timedelta(seconds=row.backdate) and not _same_minute(happened, act.now):
        raise refusals.HappenedTooLongAgo(row, row.backdate // 60)
    moved = situation.moved_at
    if situation.hold and Effect.RELEASE in row.effects:
        # What ends a hold did not happen before it began.
        moved = max(filter(None, (moved, situation.holds[-1].span.start)))
    if moved and happened < moved:
        if not _same_minute(happened, moved):
            raise refusals.HappenedTooEarly(row, refusals.shown(moved, zone))
        return moved  # people say minutes; the step before was in the same one
    return happened


def _refuse_earlier_clock(act: Act, steps: Sequence[Step]) -> None:
    if steps and act.now < steps[-1].recorded:
        raise refusals.ClockWentBack(refusals.shown(steps[-1].recorded, act.calendar.zone))


def _same_minute(one: datetime, other: datetime) -> bool:
    return one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)


def _doer(act: Act, row: Row, registry: Registry, asked: _Request) -> Actor:
    """Who really does the step; NoRight unless they may, or the desk may write it down for them."""
    if row.auto or asked.auto:
        return act.by
    if not asked.doer:
        if act.by.may(row.who):
            return act.by
        if not (row.relay and act.by.records):
            raise refusals.NoRight(row, act.by.name, row.who)
        return NOBODY
    number = registry.staff(asked.doer)
    if number != act.by.number and not (row.relay and act.by.records):
        if act.by.may(row.who):
            raise refusals.NotRecorder(row, act.by.name)
        raise refusals.NoRight(row, act.by.name, row.who)
    who = _staff_actor(act, number)
    if not who.may(row.who):
        raise refusals.NoRight(row, who.name, row.who)
    return who


def _told_of(
    act: Act, row: Row, registry: Registry, situation: Situation, signed: tuple[Signed, ...]
) -> Actor:
    """Who it was that the desk was told of: whoever signs, the worker whose job it is, or the only
    one who could have done it. NobodyNamed where it may have been several.
    """
    worker = str(situation.facts.get("worker", ""))
    named = [*(signature.staff for signature in signed), worker, *registry.only(row.who)]
    for number in filter(None, named):
        known = _staff_actor(act, number)
        if known.may(row.who):
            return known
    raise refusals.NobodyNamed(row)


def _staff_actor(act: Act, number: str) -> Actor:
    if number == act.by.number:
        return act.by
    found = registry_of(act).colleague(number)
    assert found is not None, number  # a number that a step has is somebody's
    return found


def _name(act: Act, number: str) -> str:
    found = act.session.execute(
        select(col(Staff.name)).where(col(Staff.site) == act.site, col(Staff.number) == number)
    ).scalar_one_or_none()
    return f"{found}({number})" if found else number


def _case(
    act: Act,
    before: Standing,
    asked: _Request,
    given: Facts,
    who: Actor,
    when: datetime,
    signed: tuple[Signed, ...],
) -> Case:
    overdue = frozenset(run.name for run in before.runs if not run.ended and run.late(act.now))
    return Case(
        matter=before.situation,
        given=given,
        doer=who,
        by=act.by,
        happened=when,
        recorded=act.now,
        local=when.astimezone(act.calendar.zone),
        duty=act.duty,
        overdue=overdue,
        awaited=records.awaited(act.session, act.site, before.cycle, before.head.number),
        signed={signature.role: signature.staff for signature in signed},
        by_pin=frozenset(one.role for one in signed if one.how == "pin"),
        named=bool(asked.doer),
        around={
            **surroundings.known(act, before, who.number, when),
            "pinless": surroundings.pinless(act, _to_prove(before, asked.verb, signed)),
        },
    )


def _to_prove(before: Standing, verb: str, signed: tuple[Signed, ...]) -> dict[str, str]:
    """Who signed by name what has to be signed by PIN."""
    row = before.cycle.row(verb, before.situation.state)
    roles = {sign.role for sign in row.signs if sign.by_pin} if row else set()
    return {one.role: one.staff for one in signed if one.role in roles and one.how != "pin"}


def _result(before: Standing, step: Step, after: Situation) -> Result:
    return {
        "number": before.head.number,
        "kind": before.cycle.kind,
        "n": step.n,
        "verb": step.verb,
        "state": after.state,
    }


class _Verbs:
    """The verbs that effects use on other matters."""

    @staticmethod
    def start(act: Act, kind: str, verb: str = "register", **given: Any) -> Result:
        return start(act, kind, verb, auto=True, **given)

    @staticmethod
    def take(act: Act, number: str, verb: str, **given: Any) -> Result:
        return take(act, number, verb, auto=True, **given)


_VERBS = _Verbs()
