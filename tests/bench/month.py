"""The training office made anew: a month of acts, each a transaction with its audit line."""

from pathlib import Path

from tests.bench.page import Figure, Figures
from tests.bench.timing import milliseconds
from tests.desks import THURSDAY
from wuye_tui import demo
from wuye_tui.settings import load


def figures(folder: Path) -> Figures:
    """`wuye demo` without its console."""
    settings = load(home=str(folder / "demo"), now=THURSDAY.isoformat(), environ={})
    taken = milliseconds(lambda: demo.make(settings))
    yield Figure("demo month, 1,200 units", taken / 1000, goal="<= 60 s", unit="s")
