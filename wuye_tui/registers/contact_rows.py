"""One line of the register of calls, and the words of what it may be."""

from dataclasses import dataclass
from datetime import datetime

from wuye_tui.rules.line_outcomes import PROGRESS, UNANSWERED, begins, counted_as
from wuye_tui.rules.nights import settled, told
from wuye_tui.words import N_

CATEGORIES: dict[str, str] = {
    "repair": N_("报修"),
    "complaint": N_("投诉"),
    "enquiry": N_("咨询"),
    "suggestion": N_("建议"),
    "help": N_("求助"),
    "booking": N_("预订服务"),
    "praise": N_("表扬"),
    "other": N_("其他"),
}
COUNTED_AS: dict[str, str] = {**CATEGORIES, PROGRESS: N_("跟单")}
"""What calls are counted as: their categories, and apart from these whoever urges, moves or cancels
what was reported before, which for other programs is an enquiry.
"""
MISSED = "missed"
"""A ringing line that nobody has called back: its state, and where it stands among the calls, its
outcome.
"""
TOMORROW = "tomorrow"
"""The outcome of what the night has left for the morning (KF-8), until somebody takes it up."""
WITHDRAWN = "withdrawn"
"""The outcome of a call that was mistyped and taken back at once; it is counted nowhere."""


@dataclass(frozen=True)
class ContactRow:
    """One line of the register of calls."""

    number: str
    channel: str
    category: str
    rang: datetime
    unit: str
    name: str
    phone: str
    words: str
    by: str
    by_name: str
    outcome: str
    matters: tuple[str, ...]
    rings: int = 0
    answered: datetime | None = None

    @property
    def counted_as(self) -> str:
        """Of `COUNTED_AS` what it is."""
        return counted_as(self.category, self.outcome)

    @property
    def is_answered(self) -> bool:
        """Whether it is a question that was answered."""
        return self.counted_as == "enquiry" and begins(self.outcome) != UNANSWERED

    @property
    def is_unanswered(self) -> bool:
        """Whether it is a question that still waits for its answer."""
        return begins(self.outcome) == UNANSWERED

    @property
    def beside(self) -> tuple[str, ...]:
        """The categories of what came up beside it (顺便问物业费)."""
        return tuple(part for part in self.outcome.split("+")[1:] if part in CATEGORIES)

    @property
    def counts(self) -> tuple[str, ...]:
        """All that it is counted as, each once: itself, and what came up beside it."""
        return tuple(dict.fromkeys((self.counted_as, *self.beside)))

    @property
    def is_left(self) -> bool:
        """Whether the night has left it for the morning, and nobody has taken it up; whoever was
        told of it may have it in hand.
        """
        return self.outcome == TOMORROW or bool(self.told)

    @property
    def told(self) -> str:
        """The code of whoever was told at night, while it still waits (KF-7)."""
        return told(self.outcome)

    @property
    def settled(self) -> str:
        """The code of whoever was told at night and settled it."""
        return settled(self.outcome)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back at once by whoever had written it down."""
        return self.outcome == WITHDRAWN

    @property
    def is_missed(self) -> bool:
        """Whether it is a ringing line that was missed, and not a call that was taken."""
        return self.outcome == MISSED
