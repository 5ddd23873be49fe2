"""Who of a shift stands at which post."""

from collections import Counter
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from tests.rostering.asking import day, guards
from wuye_tui.rostering.facts import Facts
from wuye_tui.rostering.measures import Hold
from wuye_tui.rostering.posts import given_out, matched
from wuye_tui.rules.rosters import Asked, Cell

squares = st.integers(1, 5).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(-50, 50), min_size=n, max_size=n), min_size=n, max_size=n
    )
)


@given(squares)
def test_the_cheapest_way_of_all(costs: list[list[int]]) -> None:
    found = matched(costs)
    every = permutations(range(len(costs)))
    assert sorted(found) == list(range(len(costs)))
    assert sum(row[at] for row, at in zip(costs, found, strict=True)) == min(
        sum(row[at] for row, at in zip(costs, way, strict=True)) for way in every
    )


def early(asked: Asked) -> tuple[Facts, list[Hold]]:
    """The same people in every early shift of the month, as many as it needs."""
    facts = Facts(asked)
    holds, numbers = [], sorted(facts.people, key=lambda n: (not facts.people[n].qualifications, n))
    for at in range(len(facts.days)):
        free = list(numbers)
        for role in sorted(
            (r for r in facts.roles if r.shift == "early"), key=lambda r: len(r.able)
        ):
            for number in [n for n in free if n in role.able][: facts.heads(at, role)]:
                holds.append(Hold(number, at, role))
                free.remove(number)
    return facts, holds


def test_everybody_is_at_each_post_about_as_often() -> None:
    facts, holds = early(guards(45))
    cells = given_out(facts, holds)
    by_day = Counter((cell.day, cell.post) for cell in cells)
    assert all(by_day[day(n), post] == 2 for n in range(1, 32) for post in ("东门", "西门"))
    at_gate = Counter(cell.staff for cell in cells if cell.post == "东门")
    assert max(at_gate.values()) - min(at_gate.values()) <= 1


def test_a_post_that_was_published_stays() -> None:
    facts, holds = early(guards(45))
    first = given_out(facts, holds)
    told = [Cell(one.day, one.shift, one.post, one.staff) for one in first if one.day > day(15)]
    again, holds = early(guards(45, published=told))
    assert set(told) <= set(given_out(again, holds))
