"""The console in a real terminal: from a key on the wire to the painted answer on the wire."""

import asyncio
import re
import tempfile
import time
from pathlib import Path
from statistics import median
from threading import Thread

from screens.offers import english
from tests.bench.maker import label, typed
from tests.bench.page import Figure, Figures
from tests.bench.programs import PAGE_SIZE, command
from tests.bench.timing import centile, cpu_share
from tests.desks import THURSDAY, found_office, settings_for
from tests.ptys import Terminal
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock

SIZE = (120, 40)
LINE = "20-1-101 chufang shuilongtou loushui"
F2, F3, F7, F10, ESCAPE = b"\x1bOQ", b"\x1bOR", b"\x1b[18~", b"\x1b[21~", b"\x1b"
ENTER, FIND, WIPE = b"\r", b"\x06", b"\x15"
BETWEEN_KEYS = 0.12  # seconds; the line is read after 0.08 without a key
QUIET = 0.5
TURNS = 7
IDLE = 10.0
SETTLED = 10.0
HOUR = 3600  # beats of the screen, a second apart for those who sit at it
CALLS = 20  # three times what the busiest hour has
BEATS_A_SECOND = 30
_CONTROL = re.compile(r"\x1b\[[0-9;?<>=]*[A-Za-z]")


class Watched(Terminal):
    """A terminal whose clock is read when words appear on it."""

    def __enter__(self) -> "Watched":
        return self

    def after(self, keys: bytes, words: str, seconds: float = 20) -> float:
        """Milliseconds from these keys until the words have been painted."""
        self.written = b""
        begun = time.perf_counter()
        self.type(keys)
        self.shows(words, seconds)
        return (time.perf_counter() - begun) * 1000

    def shows(self, words: str, seconds: float = 20) -> None:
        """Waits until the words have been painted, whatever colours lie between them."""
        self._read_until(lambda: words in _CONTROL.sub("", self.text), seconds)
        assert words in _CONTROL.sub("", self.text), f"{words!r} was not painted"

    def rest(self, seconds: float) -> None:
        """Lets the program run on, its output taken away."""
        self._read_until(lambda: False, seconds)


def figures(desk: Desk) -> Figures:
    """Echo, F-keys, news and idling, on a big office with 300 open matters."""
    now = desk.now().astimezone(desk.zone).strftime("%Y-%m-%d %H:%M:%S")
    env = {"WUYE_HOME": str(desk.settings.home), "WUYE_STAFF": "KF01", "WUYE_NOW": now}
    with Watched(command("console"), size=SIZE, **env) as console:
        console.shows("PG-001", 30)
        console.rest(2)
        yield from _echo(console)
        yield from _other_screen(console)
        yield from _news(console, desk)
        yield from _idle(console)


def _echo(console: Watched) -> Figures:
    with Watched(command("empty_input"), size=SIZE) as bare:
        bare.shows("ready")
        ours, floor = [], []
        for end in range(1, len(LINE) + 1):
            shown = LINE[:end][-4:]  # enough to tell it from the rest of the screen
            ours.append(console.after(LINE[end - 1].encode(), shown))
            floor.append(bare.after(LINE[end - 1].encode(), shown))
            console.rest(BETWEEN_KEYS)
            bare.rest(BETWEEN_KEYS / 4)
    what = "key to echo in the intake line, "
    yield Figure(what + "p95", centile(ours, 95), centile(floor, 95), "< 50 ms", "an empty Input")
    yield Figure(what + "median", median(ours), median(floor), "", "an empty Input")


def _other_screen(console: Watched) -> Figures:
    """Each F-key by the words that stand only where it leads."""
    with Watched(command("two_modes"), size=SIZE) as bare:
        bare.shows("ready")
        taken: dict[str, list[float]] = {"F10": [], "F2": [], "F3": [], "": []}
        for _ in range(TURNS):
            for terminal, key, words, name in (
                (console, F10, "Ctrl+Q", "F10"),
                (bare, F10, "the other", ""),
                (console, F3, "看单", "F3"),
                (console, F2, "登记", "F2"),
            ):
                taken[name].append(terminal.after(key, words))
                terminal.rest(QUIET)
                if key == F10:
                    terminal.type(ESCAPE)
                    terminal.rest(QUIET)
    floor = median(taken.pop(""))
    for name, what in (
        ("F10", "F10 until the commands are painted"),
        ("F2", "F2 from the queue until the line is ready"),
        ("F3", "F3 from the line until the queue is ready"),
    ):
        yield Figure(what, median(taken[name]), floor, "<= 1.5x, < 150 ms", "two empty modes")


def _news(console: Watched, desk: Desk) -> Figures:
    waited = []
    for _ in range(TURNS):
        console.rest(0.3)
        console.written = b""
        number = str(typed(desk)["number"])
        begun = time.perf_counter()
        console.shows(f"PG-{number[-3:]}")
        waited.append(time.perf_counter() - begun)
    yield Figure(f"another process's act seen, worst of {TURNS}", max(waited), 0, "< 1 s", unit="s")


def _idle(console: Watched) -> Figures:
    with Watched(command("empty"), size=SIZE) as bare:
        bare.rest(2)
        console.rest(SETTLED)  # what others did just now is read and shown by then
        resting = [Thread(target=one.rest, args=(IDLE + 1,)) for one in (console, bare)]
        for thread in resting:
            thread.start()
        ours, floor = cpu_share([console.process.pid, bare.process.pid], IDLE)
        for thread in resting:
            thread.join()
    yield Figure(
        "idle console, share of a processor", ours, floor, "< 3 %", "an empty application", "%"
    )


def hour(desk: Desk) -> Figures:
    """Memory after a busy hour: its beats gone through faster, calls from the line to the notice to
    Engineering, the slip read, commands and people looked for.
    """
    now = desk.now().astimezone(desk.zone).strftime("%Y-%m-%d %H:%M:%S")
    env = {"WUYE_HOME": str(desk.settings.home), "WUYE_STAFF": "KF01", "WUYE_NOW": now}
    with Watched(command("console_beating", str(BEATS_A_SECOND)), size=SIZE, **env) as console:
        console.shows("PG-001", 30)
        console.rest(2)
        begun = time.monotonic()
        first = _memory(console)
        for n in range(CALLS):
            line = f"{label(n * 11)} 厨房水管漏水 马上".encode()
            for keys in (F2, WIPE, line, ENTER, F7, ENTER, F3, ENTER, ESCAPE, F10, ESCAPE,
                         FIND, b"wei", ESCAPE):  # fmt: skip
                console.type(keys)
                console.rest(QUIET if keys == ESCAPE else BETWEEN_KEYS * 2)
            console.written = b""
        console.rest(max(0.0, HOUR / BEATS_A_SECOND - (time.monotonic() - begun)))
        console.written = b""
        console.type(F10)
        console.shows("Ctrl+Q")  # it is still there
        goal, beside = "<= 140 MB", "the same before it"
        yield Figure(f"memory after {CALLS} calls and an hour of beats",
                     _memory(console), first, goal, beside, "MB")  # fmt: skip


def _memory(terminal: Watched) -> float:
    """What the program holds of the machine's memory, in MB."""
    pages = int(Path(f"/proc/{terminal.process.pid}/statm").read_text("ascii").split()[1])
    return pages * PAGE_SIZE / 2**20


def keys() -> Figures:
    """Keys beyond the words, from a line to a slip that the workshop knows of; then of every step
    of the job off the tariff, counted as its walk counts them. Exact, and no times.
    """
    for what, rings in (("a typed", False), ("a ringing", True)):
        with tempfile.TemporaryDirectory() as folder:
            desk = found_office(settings_for(Path(folder)), StoppedClock(THURSDAY))
            counted = asyncio.run(_keys(desk, rings))
            yield Figure(f"keys from {what} line to a notified slip", counted, 0, "<= 12", unit="")
    with tempfile.TemporaryDirectory() as folder:
        clock = StoppedClock(THURSDAY)
        yield from _steps(found_office(settings_for(Path(folder)), clock), clock)


def _steps(desk: Desk, clock: StoppedClock) -> Figures:
    from tests.screens.job_walked import walk

    done = asyncio.run(walk(desk.as_staff("KF01"), clock))
    for name, beyond in done.steps:
        word = english(name)
        yield Figure(f"keys beyond its words: {word}", beyond, 0, "1 for a plain step", unit="")
    yield Figure("keys between these steps", done.between, 0, "", unit="")


async def _keys(desk: Desk, rings: bool) -> int:
    from tests.screens.consoles import console, on_duty
    from wuye_tui.registers import ringing

    async with console(on_duty(desk)) as seen:
        if rings:
            desk.perform("call.ring", lambda act: ringing.ring(act, "13800001234"), system=True)
            await seen.beat()
            await seen.press("enter")
        await seen.type("3-1-502 厨房水管漏水 马上")
        await seen.press("enter", "f7", "enter")
        assert "已通知" in seen.news, seen.news
        return seen.keys
