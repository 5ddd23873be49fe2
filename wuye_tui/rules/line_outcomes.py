"""What became of a call, as the register of calls notes it beside its category.

An outcome begins with what the line was (`repair`, `urge`, `answered`), and what else there was
follows behind a plus: another matter (`repair+enquiry`), a supply that is off (`repair+off:water`).
"""

from typing import Final

FOLLOWS: Final = ("urge", "cancel", "rebook")
"""What is about a slip that is open already: for other programs an enquiry, counted apart."""
PROGRESS: Final = "progress"
"""What these are counted as."""
UNANSWERED: Final = "unanswered"
"""A question that nobody could answer yet."""
_OFF: Final = "+off:"


def counted_as(category: str, outcome: str) -> str:
    """The category that a call is counted under, or `PROGRESS`."""
    return PROGRESS if begins(outcome) in FOLLOWS else category


def begins(outcome: str) -> str:
    """What the line was."""
    return outcome.partition("+")[0]


def off(supply: str) -> str:
    """What an outcome says of a supply that is off without a notice; empty for none."""
    return f"{_OFF}{supply}" if supply else ""


def is_off(outcome: str) -> str:
    """The supply that is off by this outcome; empty for none."""
    return outcome.partition(_OFF)[2].partition("+")[0]
