"""What is told of arrears: a unit's dunning, what it owes, all of them, a notice for a door."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wuye_tui.registers.owed import Account
from wuye_tui.rules.dunning_levels import Level


@dataclass(frozen=True)
class Dunned:
    """How far a unit's dunning has come: `level` the highest reached, `verb` the last step and the
    office's day of it, `promised` the day of a promise that is the last word, `late` whether that
    day is over.
    """

    number: str
    state: str
    level: str
    verb: str
    day: date
    promised: date | None
    promised_fen: int
    late: bool

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "number": self.number,
            "state": self.state,
            "level": self.level,
            "last": self.verb,
            "last_day": self.day,
            "promised_day": self.promised,
            "promised_fen": self.promised_fen,
            "promise_late": self.late,
        }


@dataclass(frozen=True)
class Arrear:
    """What one unit owes: `ages` by AGE_WORDS, `due` the oldest due day of what is overdue; its
    dunning, and its open complaints, of whatever they are, that whoever looks may see.
    """

    unit: str
    ages: tuple[int, ...]
    late_fen: int
    due: date | None
    days: int
    dunned: Dunned | None
    complaints: tuple[str, ...]

    @property
    def open_fen(self) -> int:
        """All that is open, late fees not counted."""
        return sum(self.ages)

    @property
    def overdue_fen(self) -> int:
        """What of it is overdue."""
        return sum(self.ages[1:])

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "unit": self.unit,
            "open_fen": self.open_fen,
            "overdue_fen": self.overdue_fen,
            "late_fen": self.late_fen,
            "ages_fen": list(self.ages),
            "oldest_due": self.due,
            "days_overdue": self.days,
            "dunning": self.dunned.as_dict() if self.dunned else None,
            "complaints": list(self.complaints),
        }


@dataclass(frozen=True)
class Arrears:
    """The units that owe, most days overdue first. `total` is of all that were asked for, those not
    listed as well: so many units, and what they owe together.
    """

    day: date
    rows: tuple[Arrear, ...]
    units: int
    total: Arrear

    @property
    def left_out(self) -> int:
        """How many units are not listed."""
        return self.units - len(self.rows)

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        total = {"open_fen", "overdue_fen", "late_fen", "ages_fen"}
        sums = {name: fen for name, fen in self.total.as_dict().items() if name in total}
        return {
            "day": self.day,
            "arrears": [one.as_dict() for one in self.rows],
            "total": {"units": self.units, **sums},
            "left_out": self.left_out,
        }


@dataclass(frozen=True)
class Shown:
    """One unit: its debts, its dunning, and what to say to it now. `level` is the one whose words
    these are, `following` the one after the last step, and `from_day` when that may come.
    """

    unit: str
    account: Account
    dunned: Dunned | None
    complaints: tuple[str, ...]
    level: Level | None
    following: Level | None
    from_day: date | None
    say: tuple[str, ...]
    never: tuple[str, ...]
    quiet: bool

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "unit": self.unit,
            **self.account.as_dict(),
            "dunning": self.dunned.as_dict() if self.dunned else None,
            "complaints": list(self.complaints),
            "level": self.level.code if self.level else "",
            "next_level": self.following.code if self.following else "",
            "next_day": self.from_day,
            "ways": list(self.level.ways) if self.level else [],
            "say": list(self.say),
            "never": list(self.never),
            "quiet": self.quiet,
        }


@dataclass(frozen=True)
class DoorNotice:
    """What is put on one door: the unit and what is overdue, and nobody's name."""

    unit: str
    overdue_fen: int
    text: str
    complaints: tuple[str, ...]
    promised: date | None

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {"unit": self.unit, "overdue_fen": self.overdue_fen, "text": self.text}
