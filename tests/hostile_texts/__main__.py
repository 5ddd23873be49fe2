"""All of it, as one page: `python -m tests.hostile_texts`. Its figures are those of `run`."""

import asyncio
import sys
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.desks import THURSDAY, found_office, settings_for
from tests.hostile import EVERY
from tests.hostile_texts.asked import ask_everything
from tests.hostile_texts.brought import bring_everything, read_everything, set_everything
from tests.hostile_texts.lines import say_everything, typed
from tests.hostile_texts.looking import Figures
from tests.hostile_texts.poisoned import Put, masked, plain, poison
from tests.hostile_texts.seen import see_everything
from tests.hostile_texts.told import Office, tell_everything
from wuye_tui.desk import open_desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.text import masked_words

EACH = 3  # strings in each place of a command line; all of them come round


def run(
    folder: Path, each: int = EACH, screens: bool = True, told: Callable[[str], None] = print
) -> Figures:
    """Everything in, everything out; minutes long. `told` hears of each part that is done."""
    figures = Figures(strings=len(EVERY))
    home, aside = folder / "office", folder / "aside"
    home.mkdir(mode=0o700)
    aside.mkdir()
    desk = found_office(settings_for(home), StoppedClock(THURSDAY)).as_staff("XZ01")
    for name, part in (
        ("questions of procedures", lambda: ask_everything(desk)),
        ("call line and search", lambda: read_everything(desk)),
        ("columns of imports", lambda: bring_everything(desk, aside)),
        ("settings", lambda: set_everything(home)),
        ("arguments and options", lambda: say_everything(home, aside, each)),
    ):
        figures.add(_told(name, part(), told))
    desk.engine.dispose()
    out = come_out(folder / "demo", aside, screens)
    return figures.add(_told("everything that comes out", out, told))


def come_out(home: Path, aside: Path, screens: bool = True) -> Figures:
    """A demo office of two days, its texts made hostile in the database, in every output."""
    made = typed(home, ["demo", "--days", "2"], staff="", now="")
    assert made.status == 0, made.err
    put, figures = poison(home), Figures()
    now = datetime.now().astimezone() + timedelta(minutes=5)
    office = Office(home, aside, figures, now.isoformat())
    tell_everything(office)
    _vanished(figures, put, office.shown)
    if screens:
        desk = open_desk(settings_for(home), StoppedClock(now)).as_staff("KF01")
        asyncio.run(see_everything(desk, figures))
        desk.engine.dispose()
    return figures


def _vanished(figures: Figures, put: list[Put], shown: list[str]) -> None:
    """A column of which something was shown has to have shown all its plain strings, whole."""
    everything, whole = set(shown), "\n".join(shown)
    columns: dict[str, list[tuple[Put, bool]]] = defaultdict(list)
    for one in filter(plain, put):
        if not masked(one):
            said = (one.text, masked_words(one.text))
            there = any(text in everything or text in whole for text in said)
            columns[one.column].append((one, there))
    for column, ones in columns.items():
        if any(there for _one, there in ones):
            for one, there in ones:
                figures.kept += there
                if not there:
                    figures.note("vanished", f"{column}: {one.name}")


def _told(name: str, part: Figures, told: Callable[[str], None]) -> Figures:
    what = {key: value for key, value in vars(part).items() if key != "problems" and value}
    told(f"{name}: {what}")
    return part


def main() -> int:
    """Prints the page; 1 where anything acted, broke or was lost."""
    with TemporaryDirectory() as made:
        figures = run(Path(made))
    for problem, count in figures.problems.most_common(60):
        print(f"!! {count} {problem[:300]}")
    told = {key: value for key, value in vars(figures).items() if key != "problems"}
    print(" ".join(f"{key} {value}" for key, value in told.items()))
    return 0 if figures.good else 1


if __name__ == "__main__":
    sys.exit(main())
