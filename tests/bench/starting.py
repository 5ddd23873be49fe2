"""How soon the program answers: the first frame of the console, and the small answers of the line.

Processor time, not time on the wall: that is what a busy desk's computer has to give.
"""

import json
from pathlib import Path
from statistics import median

from tests.bench.page import Figure, Figures
from tests.bench.programs import command
from tests.bench.timing import COMPILED, LEAST, child_cpu, in_turn
from tests.ptys import Terminal


def figures(folder: Path) -> Figures:
    """Start, memory, `--version` and `--help`."""
    told = folder / "told"
    for program in ("paint_console", "paint_empty"):
        _painted(program, told)  # the first start compiles
    ours, floor = [], []
    for _ in range(LEAST):
        ours.append(_painted("paint_console", told))
        floor.append(_painted("paint_empty", told))
    beside = "an empty Textual application"
    for what, part, unit, goal in (
        ("start to first paint, processor time", "cpu", "ms", "<= 1.5x"),
        ("memory at first paint", "memory", "MB", "<= 60 MB"),
    ):
        yield Figure(
            what,
            median(run[part] for run in ours),
            median(run[part] for run in floor),
            goal,
            beside,
            unit,
        )
    for option in ("--version", "--help"):
        cpu, bare = in_turn(
            lambda run: child_cpu(*run.split("|")), f"-m|wuye_tui|{option}", "-c|import typer"
        )
        yield Figure(f"wuye {option}, processor time", cpu, bare, "<= 2x", "python -c import typer")


def _painted(program: str, told: Path) -> dict[str, float]:
    told.unlink(missing_ok=True)
    with Terminal(command(program, str(told)), size=(80, 24), **COMPILED) as terminal:
        terminal.status()
    found: dict[str, float] = json.loads(told.read_text("ascii"))
    return found
