"""One page of figures: each beside the floor that was measured in the same minute."""

from collections.abc import Iterator
from dataclasses import dataclass

HEAD = ("what", "figure", "floor", "ratio", "goal")
WIDTHS = (50, 12, 12, 7, 0)


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
        return (self.what, _shown(self.value, self.unit), floor, ratio, self.goal)


@dataclass(frozen=True)
class NotYet:
    """A figure that cannot be measured yet, and why."""

    what: str
    why: str

    def cells(self) -> tuple[str, ...]:
        """The figure as one row of the page."""
        return (self.what, "not yet", "", "", self.why)


Figures = Iterator[Figure | NotYet]


def row(cells: tuple[str, ...]) -> str:
    """The cells under their headings; numbers end where the others end."""
    first, *rest = cells
    parts = [f"{first:<{WIDTHS[0]}}"]
    parts += [
        f"{cell:>{width}}" if width else f"  {cell}"
        for cell, width in zip(rest, WIDTHS[1:], strict=True)
    ]
    return "".join(parts).rstrip()


def _shown(value: float, unit: str) -> str:
    digits = 0 if value >= 100 or float(value).is_integer() else 1 if value >= 10 else 2
    small = 0 < value < 0.1 and unit == "ms"
    return f"{value * 1000:.0f} us" if small else f"{value:.{digits}f} {unit}".rstrip()
