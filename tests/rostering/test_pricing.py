"""One person's cheapest schedule is that of trying every schedule there is."""

from itertools import product
from random import Random

import pytest

from wuye_tui.rostering.benchmark import judge
from wuye_tui.rostering.instances import OFF, Instance, Person, Shift

pytest.importorskip("ortools", reason="the roster solver's libraries are not installed here")
np = pytest.importorskip("numpy", reason="the roster solver's libraries are not installed here")

DAYS = 7


def some(chance: Random) -> Instance:
    """Three people of rules by chance; lengths of shifts alike, of two sorts, or all different."""
    lengths = chance.choice([(480, 480), (480, 600), (300, 480)])
    shifts = (Shift("E", lengths[0], frozenset()), Shift("L", lengths[1], frozenset({0})))
    longest, rests = chance.randint(2, 5), chance.randint(1, 3)
    people = tuple(
        Person(
            str(who),
            (chance.randint(0, 5), chance.randint(0, 3)),
            chance.choice([1900, 2400]),
            chance.choice([0, 480, 960]),
            longest,
            chance.randint(1, 2) if who == 2 else 2,
            rests,
            chance.randint(0, 1),
            frozenset(chance.sample(range(DAYS), who)),
        )
        for who in range(3)
    )
    return Instance("", DAYS, shifts, people, {}, {}, {})


@pytest.mark.parametrize("seed", range(12))
def test_it_is_the_best_of_all(seed: int) -> None:
    from wuye_tui.rostering.costs import Costs
    from wuye_tui.rostering.pricing import Pricing

    chance = Random(seed)
    instance = some(chance)
    prices = np.random.default_rng(seed).integers(-9, 6, (DAYS, 2, 3)).astype(float)
    cost = Costs(instance).base + prices
    found = Pricing(instance, range(3)).all(cost)
    for who, person in enumerate(instance.people):
        alone = Instance("", DAYS, instance.shifts, (person,), {}, {}, {})
        worth = [
            sum(prices[day, kind, who] for day, kind in enumerate(days) if kind != OFF)
            for days in product((OFF, 0, 1), repeat=DAYS)
            if not judge(alone, (days,)).breaches
        ]
        least, days = found[who]
        assert least == min(worth, default=np.inf)
        if worth:
            assert not judge(alone, (days,)).breaches
