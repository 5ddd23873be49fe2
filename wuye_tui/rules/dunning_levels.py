"""The levels of dunning 催缴 as the office has them (FW-13, KF-3.4): from how many days overdue
each may come, by which ways, and what is said. They are its own `data/dunning.toml`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wuye_tui.words import N_, _

FIRST, AGAIN, LETTER, LAWYER = "first", "again", "letter", "lawyer"
LEVELS: Final = (FIRST, AGAIN, LETTER, LAWYER)
USUAL_WORDS: Final = (N_("首次提醒"), N_("再次提醒"), N_("催缴函"), N_("律师函"))
"""The levels in their order; the letter is level 2."""
SPOKEN: Final = (
    ("phone", N_("电话")),
    ("wechat", N_("微信")),
    ("visit", N_("上门")),
    ("notice", N_("门上通知")),
)
WRITTEN: Final = (("hand", N_("当面递交")), ("post", N_("邮寄")))
WAYS_OF: Final = {FIRST: SPOKEN, AGAIN: SPOKEN, LETTER: WRITTEN, LAWYER: WRITTEN}
BLANKS: Final = ("room", "name", "amount", "months", "office")
"""What the words of a level leave a place for, `{room}`."""
ON_DOORS: Final = ("room", "amount", "office", "day")
"""The same on a notice for a door: nobody's name, and nothing but the sum."""


def filled(words: Sequence[str], blanks: Mapping[str, str]) -> tuple[str, ...]:
    """The words with what is known put into their places, each once: braces in a name stay."""

    def known(found: re.Match[str]) -> str:
        return blanks.get(found[1], found[0])

    return tuple(re.sub(r"\{(\w+)\}", known, one) for one in words)


@dataclass(frozen=True)
class Level:
    """One level of dunning, as the office has it: from how many days overdue on, by which ways,
    what to say and what never.
    """

    code: str
    word: str
    after_days: int
    ways: tuple[str, ...]
    say: tuple[str, ...]
    never: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """What it is called on a screen: in the language in force, if it has its usual word."""
        return _(self.word)


@dataclass(frozen=True)
class Dunning:
    """The levels in their order, after how many days the same way may be taken again, and the
    lines of a notice for a door.
    """

    levels: tuple[Level, ...] = ()
    again_days: int = 0
    notice: tuple[str, ...] = ()

    def level(self, code: str) -> Level | None:
        """The level of a code."""
        return next((one for one in self.levels if one.code == code), None)

    def following(self, last: str) -> Level | None:
        """The level after the one that was reached, "" for none; the last one follows itself."""
        at = LEVELS.index(last) + 1 if last in LEVELS else 0
        return self.level(LEVELS[min(at, len(LEVELS) - 1)])

    def due_now(self, last: str, days: int) -> Level | None:
        """Whose words to say so many days overdue: those of the level that follows, once it may
        come, otherwise still those of the last.
        """
        after = self.following(last)
        return after if not last or (after and after.after_days <= days) else self.level(last)
