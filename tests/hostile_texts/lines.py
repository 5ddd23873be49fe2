"""Every argument and option of every command, given every string; run in this process.

The rest of a line is only what the command needs, in its usual form: a line that is refused for
another reason first proves that it neither breaks nor acts, and the questions of the procedures,
which have most of the options, are gone through by themselves in `asked`.
"""

import contextlib
import io
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from tests.desks import THURSDAY
from tests.hostile import EVERY
from tests.hostile_texts.looking import Figures
from wuye_tui import words
from wuye_tui.cli import main
from wuye_tui.cli.nouns import NOUNS, PLAIN

GOOD = {0, 1, 2, 3, 4, 5}
NOT_RUN = {
    ("demo", ""): "makes a whole office",
    ("init", ""): "has a run of its own",
    ("rosters", "bench"): "reads problems of other people's, for minutes",
    ("backup", "restore"): "would put another database in place",
}
# Where a text is a file of the machine, nothing may be written outside the folder of the run.
_PATHS = {"-o", "--device", "--printer", "--rules", "file"}
_USUAL = {
    "number": "PG-20261119-001",
    "numbers": "PG-20261119-001",
    "unit": "3-1-502",
    "units": "3-1-502",
    "--unit": "3-1-502",
    "--month": "2026-11",
    "--period": "2026-11",
    "--day": "2026-11-19",
    "--from": "2026-11-01",
    "--to": "2026-11-30",
    "--kind": "desk",
    "--text": "灯坏",
    "line": "灯坏",
    "--name": "王芳",
    "name": "slip",
    "fee": "management",
    "code": "space",
    "--price": "1.00",
    "--amount": "1.00",
    "--pay": "cash=1.00",
    "--cash": "0",
    "--number": "X1",
    "--post": "客服专员",
    "--staff": "KF01",
    "--with": "KF02",
    "--shift": "day",
    "--department": "engineering",
    "--reason": "核对",
    "text": "陈立",
    "about": "PG-20261119-001",
    "--invoice": "12345678",
}


@dataclass(frozen=True)
class Ran:
    """What a line left behind: its status, and what the terminal got, as text."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Place:
    """One argument or option of one command, and the words that lead to it."""

    noun: str
    verb: str
    option: str
    before: tuple[str, ...]

    @property
    def name(self) -> str:
        """As it is said in a list of what is wrong."""
        return " ".join(filter(None, ("wuye", self.noun, self.verb, self.option)))

    def line(self, text: str) -> list[str]:
        """The command line with this text in this place."""
        if self.option.startswith("-"):
            return [
                *self.before,
                f"{self.option}={text}" if self.option[1] == "-" else self.option,
                *([text] if self.option[1] != "-" else []),
            ]
        return [*self.before, "--", text] if text.startswith("-") else [*self.before, text]


def typed(home: Path, line: Sequence[str], staff: str = "XZ01", now: str = "") -> Ran:
    """Runs one command line at an office, its streams those of a program that is looked at."""
    tail = ["--home", str(home), "--as", staff, "--now", now or THURSDAY.isoformat()]
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main.run([*_options_first(line, tail)])
    words.speak("zh")
    read = [stream.detach().getvalue().decode("utf-8") for stream in (out, err)]
    return Ran(status, *read)


def _options_first(line: Sequence[str], tail: list[str]) -> list[str]:
    """The office's own options before what stops options from being read."""
    at = list(line).index("--") if "--" in line else len(line)
    return [*line[:at], *tail, *line[at:]]


def commands() -> Iterator[tuple[str, str, Any]]:
    """Every command with its noun and verb."""
    for noun in PLAIN:
        yield noun, "", main.load(noun)
    for noun in NOUNS:
        for verb, command in main.load(noun).commands.items():
            yield noun, verb, command


def kind_of(option: Any) -> str:
    """What a parameter is read as: str, int, bool, Path, list."""
    annotation = option.type_descriptor.annotation
    return str(getattr(annotation, "__name__", annotation))


def places() -> Iterator[Place]:
    """Every parameter that takes a text."""
    for noun, verb, command in commands():
        if (noun, verb) in NOT_RUN:
            continue
        needed = [one for one in command.params if one.required]
        for one in command.params:
            if kind_of(one) == "bool" or one.opts[0] == "--key":
                continue
            before = [noun, *([verb] if verb else [])]
            for other in needed:
                if other is not one:
                    name = other.opts[-1]
                    usual = _USUAL.get(name, "x")
                    before += [f"{name}={usual}"] if name.startswith("--") else [usual]
            yield Place(
                noun,
                verb,
                one.opts[-1] if one.opts[-1].startswith("-") else one.opts[0],
                tuple(before),
            )


def say_everything(
    home: Path, folder: Path, each: int, strings: Mapping[str, str] = EVERY
) -> Figures:
    """Each place is given `each` strings, the next place the next ones, so that all come round.

    `folder` is where whatever a line writes may lie.
    """
    figures = Figures(strings=len(strings))
    turn = cycle((name, text) for name, text in strings.items() if len(text) <= 5000)
    previous = Path.cwd()
    os.chdir(folder)
    stdin, sys.stdin = sys.stdin, io.StringIO()
    try:
        for place in places():
            figures.places_in += 1
            for _ in range(each):
                name, text = next(turn)
                if place.option in _PATHS and not _is_inside(text):
                    continue
                _say(figures, home, place, name, text)
    finally:
        os.chdir(previous)
        sys.stdin = stdin
    return figures


def _is_inside(text: str) -> bool:
    return not (set("/\\~:") & set(text) or ".." in text) and bool(text.strip())


def _say(figures: Figures, home: Path, place: Place, name: str, text: str) -> None:
    where = f"{place.name} <- {name}"
    figures.tried += 1
    try:
        ran = typed(home, place.line(text))
    except Exception as crash:
        figures.note("crashes", f"{where}: {type(crash).__name__} {crash}")
        return
    if ran.status not in GOOD:
        figures.note("crashes", f"{where}: status {ran.status}: {ran.err[:120]}")
    figures.look(ran.out, where)
    if ran.status in (2, 4):
        figures.sentence(ran.err, where)
    else:
        figures.kept += ran.status == 0
        figures.look(ran.err, where)
