"""What is counted while a person's days go by: shifts by length, weekends, kinds with a limit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from math import gcd, inf
from typing import Any, Final

from wuye_tui.rostering.engines import arrays
from wuye_tui.rostering.instances import Instance, Person

_TIGHT: Final = 0.4  # a limit below this part of a person's most shifts is counted at once
_BY_LENGTH: Final = 2  # so many lengths of shifts are counted one by one; more of them as minutes


@dataclass(frozen=True)
class Dimension:
    """A count that only grows: by `steps[kind]` with a shift, up to `caps` of each person.

    Everybody starts so far from the top that the top is the own limit: nobody can go over it.
    `minutes` is the worth of one step; 0 where it says nothing about minutes.
    """

    steps: tuple[int, ...]
    caps: tuple[int, ...]
    minutes: int = 0

    @property
    def size(self) -> int:
        return max(self.caps) + 1

    def start(self, person: int) -> int:
        """Where this person's count begins; the person is told by the place in `caps`."""
        return self.size - 1 - self.caps[person]


def most_shifts(instance: Instance, person: Person) -> int:
    """An upper limit of the shifts that a person can work within the minutes."""
    shortest = min(one.minutes for one in instance.shifts) or 1
    return min(instance.days, person.most_minutes // shortest)


def counted_kinds(instance: Instance, person: Person) -> tuple[int, ...]:
    """The kinds whose limit is tight enough to be counted from the start."""
    top = most_shifts(instance, person)
    return tuple(k for k, most in enumerate(person.most) if 0 < most < top * _TIGHT)


def dimensions(
    instance: Instance, staff: Sequence[Person], counted: Iterable[int]
) -> tuple[Dimension, ...]:
    """All that is counted for these people, weekends first."""
    kinds, weekends = range(len(instance.shifts)), len(instance.weekends)
    most = tuple(min(one.most_weekends, weekends) for one in staff)
    dims = [Dimension((0,) * len(kinds), most), *_work(instance, staff)]
    for kind in counted:
        steps = tuple(int(one == kind) for one in kinds)
        caps = tuple(min(one.most[kind], instance.days) for one in staff)
        same = next((at for at, dim in enumerate(dims) if at and dim.steps == steps), None)
        if same is None:
            dims.append(Dimension(steps, caps))
        else:  # the only kind of its length: one count serves for both limits
            both = zip(dims[same].caps, caps, strict=True)
            limits = tuple(min(pair) for pair in both)
            dims[same] = Dimension(steps, limits, dims[same].minutes)
    return tuple(dims)


def _work(instance: Instance, staff: Sequence[Person]) -> list[Dimension]:
    lengths = sorted({one.minutes for one in instance.shifts})
    if lengths[0] and len(lengths) <= _BY_LENGTH:
        return [
            Dimension(
                tuple(int(one.minutes == length) for one in instance.shifts),
                tuple(min(one.most_minutes // length, instance.days) for one in staff),
                length,
            )
            for length in lengths
        ]
    unit = reduce(gcd, lengths) or 1
    top = instance.days * lengths[-1] // unit
    steps = tuple(one.minutes // unit for one in instance.shifts)
    return [Dimension(steps, tuple(min(one.most_minutes // unit, top) for one in staff), unit)]


def endings(dims: Sequence[Dimension], staff: Sequence[Person]) -> Any:
    """0 where the minutes are enough and not too many, else infinite; by dimensions, person."""
    np = arrays()
    shape = (*(dim.size for dim in dims), len(staff))
    total = np.zeros(shape)
    for at, dim in enumerate(dims):
        starts = np.array([dim.start(person) for person in range(len(staff))])
        done = (np.arange(dim.size)[:, None] - starts[None, :]) * dim.minutes
        wide = [1] * len(shape)
        wide[at], wide[-1] = dim.size, len(staff)
        total = total + done.reshape(wide)
    least = np.array([one.least_minutes for one in staff])
    most = np.array([one.most_minutes for one in staff])
    return np.where((total >= least) & (total <= most), 0.0, inf)
