"""An instance as arrays of costs, by day, kind and person."""

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Any

from wuye_tui.rostering.engines import arrays
from wuye_tui.rostering.instances import OFF, Instance

Days = tuple[int, ...]
"""One person's schedule: the kind of every day, or OFF."""


class Costs:
    """`base` is the cost of a shift by (day, kind, person), infinite where it may not be worked;
    `fixed` each person's cost of doing nothing; `wanted`, `under`, `over` are by (day, kind).
    """

    def __init__(self, instance: Instance) -> None:
        np = arrays()
        self.instance = instance
        days, kinds, people = instance.days, len(instance.shifts), len(instance.people)
        self.base = np.zeros((days, kinds, people))
        self.fixed = np.zeros(people)
        for (who, day, kind), weight in instance.on.items():
            self.base[day, kind, who] -= weight
            self.fixed[who] += weight
        for (who, day, kind), weight in instance.off.items():
            self.base[day, kind, who] += weight
        for who, one in enumerate(instance.people):
            self.base[sorted(one.off), :, who] = inf
            self.base[:, [kind for kind, most in enumerate(one.most) if not most], who] = inf
        self.wanted, self.under, self.over = (np.zeros((days, kinds)) for _each in range(3))
        for (day, kind), cover in instance.cover.items():
            self.wanted[day, kind] = cover.wanted
            self.under[day, kind], self.over[day, kind] = cover.under, cover.over

    def of(self, who: int, days: Days) -> int:
        """What a person's schedule costs by itself."""
        worked = (self.base[day, kind, who] for day, kind in enumerate(days) if kind != OFF)
        return round(float(self.fixed[who] + sum(worked)))

    def there(self, schedules: Iterable[Days]) -> Any:
        """How many work, by (day, kind)."""
        count = arrays().zeros(self.wanted.shape)
        for days in schedules:
            for day, kind in enumerate(days):
                if kind != OFF:
                    count[day, kind] += 1
        return count

    def total(self, schedule: Sequence[Days]) -> int:
        """The objective of a whole schedule."""
        np = arrays()
        lack = self.wanted - self.there(schedule)
        cover = float(np.where(lack > 0, lack * self.under, -lack * self.over).sum())
        return round(cover) + sum(self.of(who, days) for who, days in enumerate(schedule))

    def one_more(self, there: Any) -> Any:
        """What one more worker costs, by (day, kind), where so many are there already."""
        return arrays().where(there < self.wanted, -self.under, self.over)


def alone(costs: Costs, schedule: Mapping[int, Days]) -> int:
    """What these people's schedules cost by themselves, without the cover."""
    return sum(costs.of(who, days) for who, days in schedule.items())
