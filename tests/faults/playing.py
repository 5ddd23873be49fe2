"""Kills whoever plays the plays: each act by its name, at a moment of its own length."""

import os
import random
import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from tests.desks import THURSDAY, settings_for
from tests.faults.handing import _last
from tests.faults.killing import Report, _judge, one_life, read_lines
from tests.faults.plays import PLAYS, Play
from tests.faults.typist import Typist, tell_all
from wuye_tui.desk import open_desk
from wuye_tui.registers import backups, contacts
from wuye_tui.rules.clock import StoppedClock

MARGIN = 1.2  # a kill comes up to so many lengths of an act after its beginning


def kill_plays(office: Path, workshop: Path, kills: int, seed: int = 1) -> Report:
    """Kills plays so many times, act by act, each on a copy of the office in a folder of its own.

    `office` is a folder with a founded office. AssertionError where a play does other acts than it
    says.
    """
    chance, report = random.Random(seed), Report()  # not a secret
    targets = cycle(_targets())
    ready: dict[str, Path] = {}
    lengths: dict[tuple[str, str], float] = {}
    for n in range(kills):
        play, what = next(targets)
        if play.name not in ready:
            ready[play.name] = _made_ready(play, office, workshop)
            lengths |= _played(play, ready[play.name], workshop)
        home = workshop / "life"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(ready[play.name], home)
        wait = chance.random() * lengths[play.name, what] * MARGIN
        acked, pending = one_life(partial(_live, play, home), what, wait)
        report.kills += 1
        _look(home, report, acked, pending, n)
    return report


def _targets() -> list[tuple[Play, str]]:
    """Every act, once a play that does it; the first plays' are not alone in the first kills."""
    rest = [[(play, what) for what in play.acts] for play in PLAYS]
    found = []
    while any(rest):
        for acts in rest:
            found += acts[:1]
            del acts[:1]
    return found


def _made_ready(play: Play, office: Path, workshop: Path) -> Path:
    home = workshop / f"ready {play.name}"
    shutil.copytree(office, home)
    play.ready(Typist(home))
    return home


def _played(play: Play, ready: Path, workshop: Path) -> dict[tuple[str, str], float]:
    """Plays it in peace; how long each of its acts takes the first time, in seconds."""
    home = workshop / "peace"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(ready, home)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _live(play, home, writer)
    os.close(writer)
    began: dict[str, float] = {}
    lengths: dict[tuple[str, str], float] = {}
    with os.fdopen(reader, "rb") as pipe:
        for line in read_lines(pipe):
            what = line["what"]
            if "result" in line:
                lengths.setdefault((play.name, what), time.monotonic() - began[what])
            else:
                began[what] = time.monotonic()
    os.waitpid(child, 0)
    done = {what for _name, what in lengths}
    assert done == set(play.acts), f"{play.name}: {done ^ set(play.acts)}"
    return lengths


def _live(play: Play, home: Path, pipe: int) -> None:
    """The process that plays, until it is killed or has done."""
    try:
        with ExitStack() as stack:
            patched = stack.enter_context(pytest.MonkeyPatch.context())
            tell_all(pipe, patched)
            play.done(Typist(home))
    except BaseException as error:  # whatever it is, the parent must not wait for ever
        os.write(2, f"{play.name}: {error!r}\n".encode())
    finally:
        os._exit(0)


def _look(home: Path, report: Report, acked: list[dict[str, Any]], pending: Any, n: int) -> None:
    """What is left is judged, and work goes on in it."""
    settings, clock = settings_for(home), StoppedClock(THURSDAY)
    clock.set(_last(settings, clock))
    _go_on(home, clock)
    _judge(settings, clock, report, acked, pending, last=True)


def _go_on(home: Path, clock: StoppedClock) -> None:
    clock.advance(1)
    desk = open_desk(settings_for(home), clock).as_staff("KF02")
    desk.perform(
        "call.add",
        lambda act: {
            "contact": contacts.register(
                act, channel="phone", category="enquiry", words="问路"
            ).number
        },
    )
    desk.engine.dispose()


def kill_backups(office: Path, workshop: Path, kills: int, seed: int = 1) -> tuple[int, list[str]]:
    """Kills the making of a backup so many times: a backup that has its name is whole, and the
    next one is not in its way. Returns how many kills came before it had its name, and what is
    wrong.
    """
    chance, wrong, without = random.Random(seed), [], 0  # not a secret
    home = workshop / "backed up"
    shutil.copytree(office, home)
    whole = _timed(partial(_back_up, home, "peace"))  # with what is loaded the first time
    (home / "backups" / "peace.db").unlink()
    whole = max(_timed(partial(_apart, partial(_back_up, home, "peace"))), whole / 4)
    for n in range(kills):
        child = os.fork()
        if child == 0:
            _ended(partial(_back_up, home, f"{n}"))
        time.sleep(chance.random() * whole * 2)  # the moment of the kill
        os.kill(child, 9)
        os.waitpid(child, 0)
        named = home / "backups" / f"{n}.db"
        without += not named.exists()
        for path in sorted((home / "backups").glob("*.db")):
            try:
                backups.verify(settings_for(home), path)
            except Exception as error:  # whatever it says, it is no backup
                wrong.append(f"{path.name}: {error!r}")
        for path in (home / "backups").iterdir():
            path.unlink()
    return without, wrong


def _back_up(home: Path, name: str) -> None:
    desk = open_desk(settings_for(home), StoppedClock(THURSDAY))
    backups.create(desk, home / "backups" / f"{name}.db")
    desk.engine.dispose()


def _apart(work: Callable[[], None]) -> None:
    child = os.fork()
    if child == 0:
        _ended(work)
    os.waitpid(child, 0)


def _timed(work: Callable[[], None]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def _ended(work: Callable[[], None]) -> None:
    try:
        work()
    finally:
        os._exit(0)
