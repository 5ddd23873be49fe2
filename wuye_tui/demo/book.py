"""What is said on the telephone of the training office, and who says it: `data/demo/life.toml`.

A line is made as a receptionist types it: the room first, in one of its spellings, few blanks.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from random import Random
from typing import Any


@dataclass(frozen=True)
class Somebody:
    """One of a home; `phone` is empty where the list has none."""

    name: str
    role: str
    phone: str
    plate: str


@dataclass(frozen=True)
class Home:
    """A home or shop that calls."""

    label: str
    building: str
    entrance: str
    room: str
    people: tuple[Somebody, ...]


@dataclass(frozen=True)
class Fault:
    """A row of faults: how it is told, what the worker sees, and what it costs."""

    say: Sequence[str]
    damage: Sequence[str]
    minutes: int
    share: int = 1
    place: Sequence[str] = ()
    lines: Sequence[str] = ()
    off: bool = False
    night: bool = False
    free: bool = False
    who: str = ""


@dataclass(frozen=True)
class Now:
    """Something half done at the present: `before` minutes ago, brought as far as `upto`."""

    before: float
    line: str
    upto: str
    always: bool = False  # with a month behind it, too: it is overdue


class Book:
    """The phrases and shares of the file."""

    def __init__(self) -> None:
        text = files("data").joinpath("demo", "life.toml").read_text("utf-8")
        document = tomllib.loads(text)
        self.shares: Mapping[str, int] = document["shares"]
        self._first: Mapping[str, int] = document["first"]
        self._today: Mapping[str, int] = document["today"]
        self.lines: Mapping[str, list[str]] = document["lines"]
        self.notices: list[dict[str, Any]] = document["notice"]
        self.present = [Now(**row) for row in document["present"]]
        self.faults = {
            sort: [Fault(**row) for row in document[sort]]
            for sort in ("home", "public", "shared", "rain", "heating")
        }

    def fault(self, draw: Random, sort: str) -> Fault:
        """One of the faults, by its share."""
        rows = self.faults[sort]
        return draw.choices(rows, [row.share for row in rows])[0]

    def kind(self, draw: Random) -> str:
        """What a call is about, by its share."""
        return draw.choices(list(self.shares), list(self.shares.values()))[0]

    def phrase(self, draw: Random, name: str) -> str:
        """One of the phrases of this name."""
        return draw.choice(self.lines[name])

    def channel(self, draw: Random) -> str:
        """The first word of a line, which says how it came; empty by telephone."""
        return draw.choices(list(self._first), list(self._first.values()))[0]

    def later_today(self, draw: Random, hour: int) -> str:
        """An appointment for the same day, as said at this hour; empty late in the day."""
        fits = [said for said, since in self._today.items() if hour - 4 < since <= hour]
        return draw.choice(fits) if fits else ""


def homes_of(units: Iterable[Any], people: Iterable[Any]) -> tuple[Home, ...]:
    """Whoever may call, from the rows of the two spreadsheets: nobody calls from a parking space or
    from an empty home.
    """
    living: dict[str, list[Somebody]] = {}
    for row in people:
        one = Somebody(row.name, str(row.role), row.phone, row.plate)
        living.setdefault(row.unit, []).append(one)
    return tuple(
        Home(row.label, row.building, row.entrance, row.room, tuple(living[row.label]))
        for row in units
        if row.label in living and str(row.status) != "vacant"
    )


def spelled(draw: Random, home: Home) -> str:
    """A room as one of its usual spellings."""
    b, e, room = home.building, home.entrance, home.room
    if not e:
        return draw.choice((f"{b}-{room}", f"{b}座{room}"))
    usual = f"{b}-{e}-{room}"
    others = (f"{b}#{e}-{room}", f"{b}栋{e}单元{room}", f"{b}号楼{e}单元{room}室")
    return usual if draw.random() < 0.7 else draw.choice(others)


def caller(draw: Random, home: Home) -> Somebody:
    """Who calls from a home: no emergency contact does."""
    return draw.choice([one for one in home.people if one.role != "emergency"])
