"""One page of figures: each beside the floor that was measured in the same minute."""

from collections.abc import Iterator
from dataclasses import dataclass

HEAD = ("what", "figure", "floor", "ratio", "goal", "what the floor is")
WIDTHS = (48, 9, 9, 7)
GOAL = 20


@dataclass(frozen=True)
class Figure:
    """What was measured, in milliseconds unless `unit` says otherwise; `floor` 0 for a bare count.

    `floor_is` says what was measured beside it.
    """

    what: str
    value: float
    floor: float = 0.0
    goal: str = ""
    floor_is: str = ""
    unit: str = "ms"

    def cells(self) -> tuple[str, ...]:
        """The figure as one row of the page."""
        ratio = f"{self.value / self.floor:.1f}x" if self.floor else ""
        floor = _shown(self.floor, self.unit) if self.floor else ""
        value = _shown(self.value, self.unit)
        return (self.what, value, floor, ratio, self.goal, self.floor_is)


Figures = Iterator[Figure]


def row(cells: tuple[str, ...]) -> str:
    """The cells under their headings; numbers end where the others end."""
    what, *numbers, goal, floor_is = cells
    measured = "".join(f" {cell:>{width}}" for cell, width in zip(numbers, WIDTHS[1:], strict=True))
    return f"{what:<{WIDTHS[0]}}{measured}  {goal:<{GOAL}} {floor_is}".rstrip()


def _shown(value: float, unit: str) -> str:
    digits = 0 if value >= 100 or float(value).is_integer() else 1 if value >= 10 else 2
    small = 0 < value < 0.1 and unit == "ms"
    return f"{value * 1000:.0f} us" if small else f"{value:.{digits}f} {unit}".rstrip()
