"""A disk that fails in the middle of acts: the Nth write, truncation or sync, once or from then on.

    python -m tests.faults.failing HOME RUNS

Behind the shim; prints one JSON document. What was acknowledged must be there, what was refused
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
from itertools import count, product
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

Work = Callable[[Act], Result]
CALLS = 60  # the first so many writes, truncations and syncs
AFTERWARDS = 2  # acts that are tried while the disk may still be failing


def runs(many: int) -> list[tuple[int, int, bool, str]]:
    """Which call fails with what, once or for ever, in which journal: `many` of 480, evenly."""
    every = list(
        product(range(1, CALLS + 1), (errno.ENOSPC, errno.EIO), (False, True), ("delete", "wal"))
    )
    return [every[n * len(every) // many] for n in range(many)]


def acts(desk: Desk) -> Iterator[tuple[Desk, str, Work]]:
    """Acts of several kinds, each whole by itself."""
    clerk = desk.as_staff("KF01")
    leak = {"unit": "3-1-502", "text": "厨房水龙头漏水"}
    dirty = {"unit": "3-1-502", "text": "楼道没人打扫"}
    for n in count():
        yield clerk, "call.line", _line_work(desk)
        yield clerk, "repair.register", lambda act: matters.start(act, "repair", "register", **leak)
        yield clerk, "call.add", lambda act, n=n: _call(act, n)
        given: list[tuple[Desk, str, Work]] = []
        pay(desk, lambda *one: given.append(one) or {"receipt": ""})
        yield given[0]
        yield given[1]
        yield given[4]
        yield (
            clerk,
            "complaint.register",
            lambda act: matters.start(act, "complaint", "register", **dirty),
        )


def _call(act: Act, n: int) -> Result:
    made = contacts.register(act, channel="phone", category="enquiry", words=f"问物业费 {n}")
    return {"contact": made.number}


def one_run(folder: Path, library: CDLL, run: tuple[int, int, bool, str]) -> dict[str, Any]:
    """One disk that fails once: what went wrong, each as a list of words."""
    at, with_, sticky, mode = run
    set_mode(mode)
    watch(library, folder)
    desk = open_desk(settings_for(folder), StoppedClock(THURSDAY))
    found: dict[str, Any] = {"untold": [], "lost": [], "refused yet saved": [], "stuck": []}
    acked: dict[str, Result] = {}
    refused: dict[str, tuple[Desk, str, Work]] = {}
    errors: Counter[str] = Counter()
    todo = acts(desk)
    for _ in range(at % 7):
        next(todo)  # another kind of act is hit each time
    library.shim_fail(at, with_, int(sticky))
    after = 0
    while after <= AFTERWARDS:
        one, key = next(todo), new_key()
        after += bool(library.shim_hits())
        try:
            acked[key] = one[0].perform(one[1], one[2], key)
        except StoreError as error:
            refused[key] = one
            errors[type(error).__name__] += 1
        except Exception as error:  # anything else is what this looks for
            refused[key] = one
            found["untold"].append(f"{one[1]}: {error!r}")
    found["hits"] = library.shim_hits()
    library.shim_fail(0, 0, 0)
    saved = _saved(desk, [*acked, *refused])
    found["lost"] += [key for key in acked if saved.get(key) != acked[key]]
    found["refused yet saved"] += [one[1] for key, one in refused.items() if key in saved]
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
    for run in runs(many):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(home, folder)
        found = _apart(lambda run=run: one_run(folder, library, run))
        total["runs"] += 1
        total["acknowledged"] += found.pop("acknowledged")
        total["hits"] += bool(found.pop("hits"))
        total["errors"].update(found.pop("errors"))
        for name, words in found.items():
            total.setdefault(name, []).extend(f"{run}: {one}" for one in words)
    print(json.dumps(total, ensure_ascii=False))


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
