"""Rosters: how soon the guards have a first one, how far the best is from the bound, and the public
instances that lie here, or in the folder that WUYE_INSTANCES names.
"""

import os
import time
from pathlib import Path

from tests.bench.page import Figure, Figures
from tests.rostering.asking import DECEMBER, guards
from wuye_tui.rostering.drawing import draw
from wuye_tui.rostering.instances import read
from wuye_tui.rostering.solving import solve
from wuye_tui.rules.roster_checks import check, spread

SECONDS, GUARDS = 60, 45
HERE = Path(__file__).parents[1] / "rostering" / "instances"
BEST = {1: 607, 2: 828, 3: 1001, 4: 1716, 5: 1143, 6: 1950, 7: 1056, 8: 1300, 9: 439, 10: 4631}


def figures() -> Figures:
    """The guards of December, then each instance beside the best that is known."""
    yield from _guards()
    folder = Path(os.environ.get("WUYE_INSTANCES", HERE))
    for number, best in BEST.items():
        file = folder / f"Instance{number}.txt"
        if file.exists():
            begun = time.perf_counter()
            found = solve(read(file), seconds=SECONDS, seed=0, workers=2)
            took = time.perf_counter() - begun
            what = f"instance {number}, {took:.1f} s, bound {found.bound}"
            yield Figure(what, found.objective, best, "", "the best known", unit="")


def _guards() -> Figures:
    asked, first = guards(GUARDS, DECEMBER), list[float]()
    begun = time.perf_counter()

    def told(_objective: int, _bound: int, _spent: float) -> None:
        if not first:
            first.append(time.perf_counter() - begun)

    drawn = draw(asked, SECONDS, workers=2, told=told)
    assert check(asked, drawn.cells) == []
    yield Figure(f"a first roster of {GUARDS} guards", first[0], 0, "<= 5 s", unit="s")
    yield Figure("the best of them", drawn.objective, drawn.bound, "<= 1.02x", "the bound", unit="")
    apart = spread(asked, drawn.cells)
    for name in ("nights", "weekends"):
        yield Figure(f"{name} differ by at most", apart[name].apart, 0, "<= 1", unit="")
