"""kill -9 at a random moment: one process acts, another kills it, a third looks at what is left.

The acting process writes a line to a pipe before each act and another after it was acknowledged.
What was acknowledged must be there, with the result that was returned; what was not may be there
whole or not at all, and asking again with its key must not do it twice.
"""

import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import cycle
from typing import Any, BinaryIO

from sqlalchemy import select, text
from sqlmodel import col

from tests.faults.stories import STORIES, WHY, Move, Story
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import matters, proposals, ticking
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.procedures import kind_of
from wuye_tui.settings import Settings
from wuye_tui.store.acts import Act, Result, new_key
from wuye_tui.store.tables import Audit, Matter

Tell = Callable[[Desk, str, Any], Result]
_BEGUN = 2  # a line that says no more than key and name
LONGEST = 0.02  # seconds from the beginning of an act to the kill; an act takes about half


@dataclass
class Report:
    """Exact counts over all kills."""

    kills: int = 0
    acknowledged: int = 0
    saved_unacknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    interrupted: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)

    def line(self) -> str:
        """One line for a note."""
        return (
            f"{self.kills} kills, {self.acknowledged} acknowledged acts, "
            f"{len(self.lost)} lost, {len(self.doubled)} twice, {len(self.findings)} findings, "
            f"{self.saved_unacknowledged} saved before they could be acknowledged; "
            f"killed during {len(self.interrupted)} verbs of {len(self.taken)} taken"
        )


def kill_many(settings: Settings, start: datetime, kills: int, seed: int = 1) -> Report:
    """Kills a desk at work so many times, verb by verb; `start` is the office's time at first."""
    chance, report = random.Random(seed), Report()  # not a secret
    clock, targets = StoppedClock(start), cycle(sorted(_targets()))
    for number in range(kills):
        target = next(targets)
        work = partial(_work, settings, clock.now(), _targets()[target])
        acked, pending = one_life(work, target, chance.random() * LONGEST)
        clock.advance(3600 if clock.now().hour < 11 else 16 * 3600)  # people are called by day
        report.kills += 1
        _judge(settings, clock, report, acked, pending, last=number == kills - 1)
    return report


def _targets() -> dict[str, Story]:
    """Every act of every story, each with the first story that does it."""
    found: dict[str, Story] = {"call.line": STORIES[0]}
    for story in STORIES:
        for move in (story.first, *story.moves):
            found.setdefault(f"{story.kind}.{move.verb}", story)
    return found


def one_life(
    work: Callable[[int], None], target: str, wait: float
) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    """One life of a desk that does its `work` into a pipe, ended `wait` seconds after it began the
    target's act.

    Returns what it was told is saved, and the act it died in.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        work(writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        lines = _until(pipe, target)
        time.sleep(wait)  # the moment of the kill; nothing is waited for
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines += read_lines(pipe)
    acked = [line for line in lines if "result" in line]
    return acked, lines[-1] if len(lines[-1]) == _BEGUN else None


def read_lines(pipe: BinaryIO) -> Iterator[dict[str, Any]]:
    """What an acting process says; a line that was cut off says nothing."""
    for line in pipe:
        if line.endswith(b"}\n"):
            yield json.loads(line)


def _until(pipe: BinaryIO, target: str) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for line in read_lines(pipe):
        lines.append(line)
        if line["what"] == target and len(line) == _BEGUN:
            return lines
    raise AssertionError(f"the desk ended before {target}: {lines[-1:]}")


def _work(settings: Settings, now: datetime, story: Story, pipe: int) -> None:
    """The acting process: the story over and over, until it is killed."""
    try:
        clock = StoppedClock(now)
        desk = open_desk(settings, clock)
        _end_patrols(desk)
        while True:
            play(desk, clock, story, partial(telling, pipe))
    except BaseException as error:  # whatever it is, the parent must not wait for ever
        os.write(2, repr(error).encode())
    finally:
        os._exit(1)


def _end_patrols(desk: Desk) -> None:
    """Who was killed on the way round ends that patrol: nobody is on two at once (ZB-4.3a)."""
    with desk.read() as session:
        open_ = select(col(Matter.number), col(Matter.holder)).where(
            col(Matter.site) == desk.site,
            col(Matter.kind) == "patrol",
            col(Matter.state) == "walking",
        )
        left = session.execute(open_).all()
    end = Move("cancel", "", WHY)
    for number, staff in left:
        desk.as_staff(staff).perform("patrol.cancel", _step_work(number, end))


def play(desk: Desk, clock: StoppedClock, story: Story, tell: Tell) -> None:
    """A story once, each act through `tell`."""
    tell(desk.as_staff("KF01"), "call.line", _line_work(desk))
    ticking.tick(desk)
    first = story.first
    opened = tell(
        desk.as_staff(first.staff),
        f"{story.kind}.{first.verb}",
        lambda act: matters.start(act, story.kind, first.verb, auto=first.auto, **first.given),
    )
    number, children = str(opened["number"]), dict[str, str]()
    for move in story.moves:
        clock.advance(move.later)
        target = children[move.child] if move.child else number
        result = tell(
            desk.as_staff(move.staff), f"{story.kind}.{move.verb}", _step_work(target, move)
        )
        children |= {kind_of(one): one for one in result.get("opened", ())}


def _line_work(desk: Desk) -> Any:
    found = proposals.understand(desk, "3-1-501 厨房水龙头漏水 马上")
    return lambda act: proposals.accept(act, found)


def _step_work(number: str, move: Move) -> Any:
    return lambda act: matters.take(act, number, move.verb, **move.given)


def telling(pipe: int, desk: Desk, what: str, work: Any) -> Result:
    """One act, told to the pipe before it and after it was acknowledged."""
    return _tell(desk, pipe, what, work)


def _tell(desk: Desk, pipe: int, what: str, work: Any, *, relieving: bool = False) -> Result:
    key = new_key()
    os.write(pipe, (json.dumps({"key": key, "what": what}) + "\n").encode())
    result = desk.perform(what, work, key, relieving=relieving)
    line = json.dumps({"key": key, "what": what, "result": result}, ensure_ascii=False)
    os.write(pipe, (line + "\n").encode())
    return result


def _judge(
    settings: Settings,
    clock: StoppedClock,
    report: Report,
    acked: list[dict[str, Any]],
    pending: dict[str, Any] | None,
    last: bool,
) -> None:
    desk = open_desk(settings, clock)
    try:
        _wait_for_server(desk)
        saved = _saved(
            desk, [line["key"] for line in acked] + ([pending["key"]] if pending else [])
        )
        report.acknowledged += len(acked)
        for line in acked:
            report.taken[line["what"]] += 1
            if saved.get(line["key"]) != line["result"]:
                report.lost.append(f"{line['what']} {line['result'].get('number', '')}")
        if pending:
            report.interrupted[pending["what"]] += 1
            _ask_again(desk, report, pending, saved)
        if last or report.kills % 10 == 0:
            report.findings += check(desk).findings
    finally:
        desk.engine.dispose()


def _wait_for_server(desk: Desk) -> None:
    """A server may still be saving for whoever was killed: until it has noticed, nothing is
    decided.
    """
    if desk.engine.dialect.name != "postgresql":
        return
    others = text(
        "SELECT count(*), pg_sleep(0.005) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        " AND datname = current_database() AND backend_type = 'client backend'"
        " AND state IS DISTINCT FROM 'idle'"
    )
    with desk.read() as session:
        for _ in range(2000):
            if not session.execute(others).one()[0]:
                return
            session.rollback()
    raise AssertionError("a server goes on for somebody who was killed")


def _saved(desk: Desk, keys: list[str]) -> dict[str, Result]:
    with desk.read() as session:
        rows = session.execute(
            select(col(Audit.key), col(Audit.result)).where(
                col(Audit.site) == desk.site, col(Audit.key).in_(keys)
            )
        ).all()
    return {row.key: row.result for row in rows}


def _ask_again(
    desk: Desk, report: Report, pending: dict[str, Any], saved: dict[str, Result]
) -> None:
    """The desk that comes back asks with the same key: an act that was saved is not done twice."""
    if pending["key"] not in saved:
        return
    report.saved_unacknowledged += 1
    before = _count(desk)
    again = desk.as_staff("KF01").perform("again", _never, pending["key"])
    if again != saved[pending["key"]] or _count(desk) != before:
        report.doubled.append(str(pending["what"]))


def _never(act: Act) -> Result:
    raise AssertionError(act.key)


def _count(desk: Desk) -> int:
    with desk.read() as session:
        rows = session.execute(select(col(Matter.id)).where(col(Matter.site) == desk.site))
        return len(rows.all())
