"""The training office 思兰雅苑: made once from its own spreadsheets, through the imports and verbs.

Whoever opens it finds a desk at work: slips in every state of a morning, some of them late.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from wuye_tui.desk import Desk, open_desk
from wuye_tui.intake.sheets import read_rows
from wuye_tui.registers import directory, duties, imports, matters, office, proposals
from wuye_tui.rules.clock import Clock, StoppedClock, SystemClock, parse_moment
from wuye_tui.settings import Settings
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.faults import DatabaseMissing

NAME = "思兰雅苑"
RECEPTIONIST, SUPERVISOR, WORKER = "KF01", "GC01", "GC03"
FILES = (
    ("staff", "demo/staff.xlsx"),
    ("units", "demo/units.xlsx"),
    ("people", "demo/people.xlsx"),
    ("tariff", "demo/tariff.csv"),
    ("directory", "directory.csv"),
)
TRIED = ("电梯救援", "燃气抢修", "供水", "监控室", "门岗")
"""Numbers that somebody has tried this morning; the others never were."""


def make(settings: Settings) -> bool:
    """Makes the office if it is not there; False when it was. Whole or not at all."""
    if _there(settings):
        return False
    target = settings.database_file
    _own_files(settings.home)
    if target is None:
        _fill(settings)
        return True
    workshop = settings.home / ".making"
    shutil.rmtree(workshop, ignore_errors=True)
    made = settings.moved_to(workshop)
    _fill(made).engine.dispose()
    assert made.database_file is not None
    made.database_file.replace(target)
    shutil.rmtree(workshop, ignore_errors=True)
    return True


def _own_files(home: Path) -> None:
    """What this office has written down of itself; what somebody has edited there stays."""
    for name in ("emergencies.toml",):
        own = home / "data" / name
        if not own.exists():
            own.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            own.write_bytes(files("data").joinpath("demo", name).read_bytes())


def _there(settings: Settings) -> bool:
    try:
        open_desk(settings).engine.dispose()
    except DatabaseMissing:
        return False
    return True


def _fill(settings: Settings) -> Desk:
    clock = _two_hours_ago(settings)
    desk = office.found(
        settings, name=NAME, admin="XZ01", admin_name="张敏", training=True, clock=clock
    )
    for noun, name in FILES:
        with as_file(files("data").joinpath(*name.split("/"))) as path:
            _import(desk, noun, path)
    _morning(desk.as_staff(RECEPTIONIST), clock)
    return desk


def _two_hours_ago(settings: Settings) -> StoppedClock:
    from wuye_tui.reference import Reference

    now: Clock = SystemClock()
    zone = Reference(settings.home).calendar.zone
    end = parse_moment(settings.now, zone) if settings.now else now.now()
    return StoppedClock(end - timedelta(hours=2))


def _import(desk: Desk, noun: str, path: Path) -> None:
    intake: Any = read_rows(path, noun, desk.reference)
    plan = imports.plan(desk, intake)
    desk.perform(f"{noun}.import", lambda act: imports.apply(act, plan))


def _morning(desk: Desk, clock: StoppedClock) -> None:
    """Two hours at the desk: what is said, and what Engineering does about it."""
    _do(desk, "duty.start", partial(duties.start, desk=desk))
    for name in TRIED:
        _do(desk, "directory.check", partial(directory.check, name=name))
    numbers = [_call(desk, clock, minutes, line) for minutes, line in _CALLS]
    for minutes, place, verb, given in _STEPS:
        clock.advance(minutes * 60)
        _do(desk, f"repair.{verb}", partial(_step, number=numbers[place], verb=verb, given=given))
    with suppress(duties.AlreadyOnDuty):  # the next duty may have begun meanwhile
        _do(desk, "duty.start", partial(duties.start, desk=desk))


def _call(desk: Desk, clock: StoppedClock, minutes: int, line: str) -> str:
    clock.advance(minutes * 60)
    found = proposals.understand(desk, line)
    done = _do(desk, "call.line", partial(proposals.accept, proposal=found))
    return str(done["number"])


def _step(act: Act, number: str, verb: str, given: dict[str, Any]) -> Result:
    return matters.take(act, number, verb, **given)


def _do(desk: Desk, what: str, work: Callable[[Act], Result]) -> Result:
    return desk.perform(what, work)


_TOLD = {"whom": "工程部", "how": "radio"}
_CALLS = (
    (1, "3-1-502 厨房水龙头漏水"),
    (4, "大堂灯不亮 5栋"),
    (5, "B座1203 空调不制冷 马上"),
    (3, "9-1-1102 门锁打不开 急"),
    (6, "8-1-906 洗手间灯坏"),
)
_STEPS: tuple[tuple[int, int, str, dict[str, Any]], ...] = (
    (1, 0, "notify", _TOLD),
    (2, 0, "collect", {"collector": WORKER}),
    (2, 0, "assign", {"worker": WORKER, "doer": SUPERVISOR}),
    (1, 1, "notify", _TOLD),
    (1, 3, "notify", _TOLD),
    (4, 0, "arrive", {}),
    (3, 3, "collect", {"collector": "GC04"}),
    (
        2,
        0,
        "agree",
        {"tariff_shown": "yes", "damage": "阀芯老化", "minutes": "20", "consent": "yes"},
    ),
    (3, 3, "assign", {"worker": "GC04", "doer": SUPERVISOR}),
    (18, 0, "finish", {"lines": "SX-01;龙头=45.00", "tried": "yes", "resident": "陈立"}),
)
