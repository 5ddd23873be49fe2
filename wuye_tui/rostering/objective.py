"""What is soft of a roster, as variables of the solver's model: `evening.py` says what it is."""

from typing import Any

from wuye_tui.rostering.evening import Soft
from wuye_tui.rostering.measures import APART, STEPS, Measure, step
from wuye_tui.rostering.model import Model


class Objective:
    """Adds it to a model of all people or of some, whose shares are still those among all."""

    def __init__(self, model: Model, soft: Soft) -> None:
        self.model, self.soft, self.facts = model, soft, model.facts
        self._terms = list[tuple[int, Any]]()
        self._base = 0
        for measure in soft.measures:
            self._share(measure)
        self._wishes()
        self._changes()
        for number, at, then, code in soft.cycles():
            if number in model.places:
                self._cycle(number, at, then, code)
        for number, _at, _role, one in model.every():
            if self.facts.is_other(number):
                self._terms.append((soft.stand_in, one))

    @property
    def total(self) -> Any:
        """What is to be as small as it can be."""
        return sum(weight * one for weight, one in self._terms) + self._base

    def _held(self, measure: Measure, number: str) -> list[tuple[Any, int]]:
        """Somebody's variables that count in a measure, and how much each."""
        found = list[tuple[Any, int]]()
        for at in sorted(measure.days):
            if self.soft.counts_days(measure):
                found += [(one, 1) for one in self.model.works(number, at)]
                continue
            for role, one in self.model.places[number].get(at, {}).items():
                if role.shift in measure.shifts:
                    found.append((one, self.soft.worth(measure, role.shift)))
        return found

    def _share(self, measure: Measure) -> None:
        cp, counts = self.model.model, dict[str, Any]()
        for number, share in self.soft.shares[measure.name].items():
            if number not in self.model.places:
                continue
            held = self._held(measure, number)
            most = -(-sum(many for _one, many in held) // measure.unit)
            over = self._steps(measure.weight, most - share)
            under = self._steps(measure.weight, share)
            count = sum(one * many for one, many in held)
            units = sum(over) - sum(under) + share
            if measure.unit == 1:
                cp.add(count == units)
            else:
                cp.add(count <= units * measure.unit)
                cp.add(count >= (units - 1) * measure.unit + 1)
            counts[number] = count
        if measure.unit == 1:
            self._apart(measure, counts)

    def _steps(self, weight: int, most: int) -> list[Any]:
        """Variables whose sum is how far somebody is from a share on one side of it."""
        cp = self.model.model
        side = [cp.new_bool_var("") for _n in range(min(most, STEPS))]
        for n, one in enumerate(side):
            self._terms.append((weight * step(n), one))
            if n:
                cp.add_implication(one, side[n - 1])
        if most > STEPS:
            rest = cp.new_int_var(0, most - STEPS, "")
            self._terms.append((weight * step(STEPS), rest))
            side.append(rest)
        return side

    def _apart(self, measure: Measure, counts: dict[str, Any]) -> None:
        """The biggest difference among people of the same availability, above one."""
        cp, before = self.model.model, self.soft.had[measure.name]
        for group in self.soft.alike[measure.name]:
            there = [number for number in group if number in counts]
            if len(there) < 2:
                continue
            least = min(before[number] for number in there)
            most = max(before[number] for number in there) + len(self.facts.days)
            low, high = cp.new_int_var(least, most, ""), cp.new_int_var(least, most, "")
            wide = cp.new_int_var(0, most - least, "")
            for number in there:
                cp.add(counts[number] + before[number] >= low)
                cp.add(counts[number] + before[number] <= high)
            cp.add(wide >= high - low - 1)
            self._terms.append((measure.weight * APART, wide))

    def _wishes(self) -> None:
        for wish in self.soft.wishes:
            if wish.staff not in self.model.places:
                continue
            weight = self.facts.kind.weights.wishes * wish.weight
            at, meant = self.facts.at(wish.day), (wish.shift,) if wish.shift else None
            if wish.off:
                self._terms += [(weight, one) for one in self.model.holds(wish.staff, at, meant)]
            else:
                held = self.model.holds(wish.staff, at, meant)
                met = held if meant else self.model.works(wish.staff, at)
                self._base += weight
                self._terms += [(-weight, one) for one in met]

    def _changes(self) -> None:
        weight = self.facts.kind.weights.changes
        for cell in self.soft.published:
            if cell.staff in self.model.places:
                held = self.model.holds(cell.staff, self.facts.at(cell.day), (cell.shift,))
                self._base += weight
                self._terms += [(-weight, one) for one in held]

    def _cycle(self, number: str, at: int, then: int, code: str) -> None:
        cp, facts = self.model.model, self.facts
        differs = cp.new_bool_var("")
        now = sum(self.model.holds(number, at, (code,)))
        before: Any = int(code in facts.known[number].get(then, ()))
        if then >= facts.opens:
            before = sum(self.model.holds(number, then, (code,)))
        for one in (now - before <= differs, before - now <= differs):
            if not isinstance(one, bool):
                cp.add(one)
        self._terms.append((facts.kind.weights.cycle, differs))
