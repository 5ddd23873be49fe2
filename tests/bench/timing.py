"""Clocks: two ways of doing a thing taken turn about, and what a child process has used."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
LEAST = 5  # runs behind every median
# An installed program is compiled; an environment that forbids it would have only ours compiled
# anew at every start.
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}


def milliseconds(work: Callable[[], object]) -> float:
    """How long it took by the clock on the wall."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def worked(work: Callable[[], T]) -> tuple[float, T]:
    """How much processor time this process spent on it, in milliseconds, and what came of it."""
    begun = time.process_time()
    found = work()
    return (time.process_time() - begun) * 1000, found


def beside(
    ours: Callable[[], object], floor: Callable[[], object], times: int
) -> tuple[list[float], list[float]]:
    """Both in turn, so that a busy machine is busy for both; milliseconds of each run."""
    assert times >= LEAST
    pairs = [(milliseconds(ours), milliseconds(floor)) for _ in range(times)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def centile(values: Sequence[float], hundredth: int) -> float:
    """The value that so many of a hundred do not exceed."""
    return quantiles(values, n=100, method="inclusive")[hundredth - 1]


def child_cpu(*arguments: str) -> float:
    """Processor time of `python ...`, its own children included, in milliseconds."""
    child = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUTF8": "1", **COMPILED},
    )
    assert child.stderr is not None
    said = child.stderr.read()
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = status
    child.stderr.close()
    assert status == 0, said.decode()
    return (used.ru_utime + used.ru_stime) * 1000


def in_turn(
    measure: Callable[[str], float], ours: str, floor: str, times: int = LEAST
) -> tuple[float, float]:
    """Medians of two things named for the same measure, taken turn about."""
    pairs = [(measure(ours), measure(floor)) for _ in range(times)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def cpu_share(pids: Sequence[int], seconds: float) -> list[float]:
    """What part of one processor each of these used over the same stretch, in percent."""
    before = [_ticks(pid) for pid in pids]
    begun = time.perf_counter()
    time.sleep(seconds)
    lasted = time.perf_counter() - begun
    rate = os.sysconf("SC_CLK_TCK")
    after = [_ticks(pid) for pid in pids]
    return [(b - a) / rate / lasted * 100 for a, b in zip(before, after, strict=True)]


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])  # user and system
