"""A disk that fails in the middle of acts: one of its writes, truncations or syncs, or all of them
from there on.

    python -m tests.faults.failing HOME RUNS [folder]

Behind the shim; prints one JSON document. With `folder` the last sync of the folder fails besides,
once and for ever. What was acknowledged must be there, what was refused
must not, and when the disk is well again the same key saves it once.
"""

import errno
import json
import logging
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from ctypes import CDLL
from functools import partial
from itertools import count, islice, product
from pathlib import Path
from typing import Any

from tests.desks import THURSDAY, settings_for
from tests.faults.killing import _line_work, _saved
from tests.faults.shim import loaded, watch
from tests.faults.writing import pay, set_mode
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import contacts, matters
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import StoreError
from wuye_tui.store.acts import Act, Result, new_key
from wuye_tui.store.faults import DatabaseUnsure

Work = Callable[[Act], Result]
PLACES, LAST = 60, 45  # in each act: its last 45 calls, and 15 before them
MOST = 12  # acts, if the disk never fails
NEVER = 1_000_000_000
KINDS = 7
AFTERWARDS = 2  # acts that are tried while the disk may still be failing


def runs(many: int) -> list[tuple[int, int, bool, str]]:
    """At which place what fails, once or for ever, in which journal: `many` of 480, evenly."""
    every = list(
        product(range(PLACES), (errno.ENOSPC, errno.EIO), (False, True), ("delete", "wal"))
    )
    step = len(every) // many
    return [every[n * step + n * 3 % min(step, 8)] for n in range(many)]


def call_at(place: int, calls: int, mode: str = "delete") -> int:
    """The number of the call that fails, of so many that the act makes; the last two places are
    the syncs of the folder, counted by themselves. With a log there is one, when it is made.
    """
    if place >= PLACES - 2:
        return -1 if mode == "wal" else place - PLACES
    last = min(LAST, calls * LAST // PLACES)
    early = PLACES - LAST
    if place < early:
        return 1 + place * (calls - last) // early
    return calls - last + 1 + (place - early) * (last - 1) // (LAST - 1)


def acts(desk: Desk) -> Iterator[tuple[Desk, str, Work]]:
    """Acts of several kinds, each whole by itself."""
    clerk = desk.as_staff("KF01")
    leak = {"unit": "3-1-502", "text": "厨房水龙头漏水"}
    dirty = {"unit": "3-1-502", "text": "楼道没人打扫"}
    for n in count():
        yield clerk, "call.line", _line_work(desk)
        yield clerk, "repair.register", lambda act: matters.start(act, "repair", "register", **leak)
        yield clerk, "call.add", lambda act, n=n: _call(act, n)
        yield from _paying(desk)
        yield (
            clerk,
            "complaint.register",
            lambda act: matters.start(act, "complaint", "register", **dirty),
        )


def _paying(desk: Desk) -> Iterator[tuple[Desk, str, Work]]:
    given: list[tuple[Desk, str, Work]] = []

    def keep(at: Desk, what: str, work: Work) -> Result:
        given.append((at, what, work))
        return {"receipt": ""}

    pay(desk, keep)
    yield from (given[0], given[1], given[4])


def _call(act: Act, n: int) -> Result:
    made = contacts.register(act, channel="phone", category="enquiry", words=f"问物业费 {n}")
    return {"contact": made.number}


def begun(folder: Path, library: CDLL, kind: int, mode: str) -> tuple[Desk, Iterator[Any]]:
    """A desk behind the shim, and its acts from this kind on."""
    set_mode(mode)
    watch(library, folder)
    desk = open_desk(settings_for(folder), StoppedClock(THURSDAY))
    return desk, iter(list(islice(acts(desk), kind, kind + MOST)))  # read while the disk is well


def calls_of(folder: Path, library: CDLL, kind: int, mode: str) -> dict[str, Any]:
    """How many calls an act of this kind makes."""
    _desk, todo = begun(folder, library, kind, mode)
    at, what, work = next(todo)
    library.shim_fail(NEVER, errno.EIO, 0)
    at.perform(what, work, new_key())
    return {"calls": library.shim_calls()}


def one_run(
    folder: Path, library: CDLL, run: tuple[int, int, bool, str], calls: int
) -> dict[str, Any]:
    """One disk that fails once: what went wrong, each as a list of words."""
    place, with_, sticky, mode = run
    desk, todo = begun(folder, library, place % KINDS, mode)
    found: dict[str, Any] = {"untold": [], "lost": [], "refused yet saved": [], "stuck": []}
    acked: dict[str, Result] = {}
    refused: dict[str, tuple[Desk, str, Work]] = {}
    errors: Counter[str] = Counter()
    unsure: set[str] = set()  # told that it is there and may be lost
    library.shim_fail(call_at(place, calls, mode), with_, int(sticky))
    after = 0
    while after <= AFTERWARDS and len(acked) + len(refused) < MOST:
        one, key = next(todo), new_key()
        after += bool(library.shim_hits())
        try:
            acked[key] = one[0].perform(one[1], one[2], key)
        except StoreError as error:
            refused[key] = one
            errors[type(error).__name__] += 1
            if isinstance(error, DatabaseUnsure):
                unsure.add(key)
        except Exception as error:  # anything else is what this looks for
            refused[key] = one
            found["untold"].append(f"{one[1]}: {error!r}")
    found["hits"] = library.shim_hits()
    library.shim_fail(0, 0, 0)
    saved = _saved(desk, [*acked, *refused])
    found["lost"] += [key for key in acked if saved.get(key) != acked[key]]
    found["refused yet saved"] += [
        one[1] for key, one in refused.items() if (key in saved) != (key in unsure)
    ]
    for key, (at_desk, what, work) in refused.items():
        try:
            at_desk.perform(what, work, key)
            acked[key] = at_desk.perform(what, _never, key)
        except Exception as error:
            found["stuck"].append(f"{what}: {error!r}")
    saved = _saved(desk, list(acked))
    found["lost"] += [key for key in acked if saved.get(key) != acked[key]]
    found["findings"] = check(desk).findings
    desk.engine.dispose()
    return {**found, "acknowledged": len(acked), "errors": dict(errors)}


def _never(act: Act) -> Result:
    raise AssertionError(act.key)


def main() -> None:
    home, many = Path(sys.argv[1]), int(sys.argv[2])
    logging.disable()
    library, folder = loaded(), home.with_name("failing")
    total: dict[str, Any] = {"runs": 0, "acknowledged": 0, "hits": 0, "errors": Counter()}
    calls: dict[tuple[int, str], int] = {}
    folders = [(PLACES - 1, errno.EIO, sticky, "delete") for sticky in (False, True)]
    for run in [*runs(many), *(folders if sys.argv[3:] == ["folder"] else ())]:
        kind, mode = run[0] % KINDS, run[3]
        if (kind, mode) not in calls:
            _fresh(home, folder)
            found = _apart(partial(calls_of, folder, library, kind, mode))
            calls[kind, mode] = found["calls"]
        _fresh(home, folder)
        found = _apart(partial(one_run, folder, library, run, calls[kind, mode]))
        total["runs"] += 1
        total["acknowledged"] += found.pop("acknowledged")
        total["hits"] += bool(found.pop("hits"))
        total["errors"].update(found.pop("errors"))
        for name, words in found.items():
            total.setdefault(name, []).extend(f"{run}: {one}" for one in words)
    print(json.dumps(total, ensure_ascii=False))


def _fresh(home: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(home, folder)


def _apart(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """In a process of its own, which leaves nothing behind in this one."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            said = json.dumps(work(), ensure_ascii=False)
        except BaseException as error:  # whoever waits has to be told
            said = json.dumps({"died": [repr(error)], "acknowledged": 0, "hits": 0, "errors": {}})
        with os.fdopen(writer, "w") as pipe:
            pipe.write(said)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    found: dict[str, Any] = json.loads(said)
    return found


if __name__ == "__main__":
    main()
