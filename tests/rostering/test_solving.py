"""The solver: known optima proved, one seed one way, a contradiction told, stopped in between."""

from pathlib import Path

import pytest

from wuye_tui.rostering.benchmark import judge
from wuye_tui.rostering.instances import parse, read

pytest.importorskip("ortools", reason="the roster solver's libraries are not installed here")

FILES = Path(__file__).parent / "instances"
PATIENCE = 60  # seconds at most; each is solved in about one, and ends when it is proved


@pytest.mark.parametrize(("number", "optimum"), [(1, 607), (2, 828)])
def test_small_instances_are_solved_and_proved(number: int, optimum: int) -> None:
    from wuye_tui.rostering.solving import solve

    instance = read(FILES / f"Instance{number}.txt")
    solved = solve(instance, PATIENCE)
    judged = judge(instance, solved.schedule)
    assert judged.breaches == ()
    assert judged.objective == solved.objective == optimum
    assert solved.proved


def test_one_worker_and_one_seed_go_one_way() -> None:
    from wuye_tui.rostering.solving import solve

    instance = read(FILES / "Instance2.txt")
    ways: list[list[tuple[float, float]]] = [[], []]
    for way in ways:
        solve(instance, PATIENCE, seed=3, workers=1, told=lambda _s, *rest, w=way: w.append(rest))
    assert ways[0] == ways[1]
    assert len(ways[0]) > 1


def test_the_bound_holds_for_what_is_found_first() -> None:
    from wuye_tui.rostering.solving import solve

    solved = solve(read(FILES / "Instance1.txt"), seconds=0)
    assert not judge(read(FILES / "Instance1.txt"), solved.schedule).breaches
    assert solved.objective >= 607 >= solved.bound


def test_stopping_keeps_the_best_so_far() -> None:
    from wuye_tui.rostering.incumbent import Incumbent
    from wuye_tui.rostering.solving import constructed

    best = Incumbent(read(FILES / "Instance2.txt"), PATIENCE)
    first = constructed(best.costs, seed=0)
    assert best.offer(first)
    assert not best.offer(first)  # no better than itself
    best.stop()
    assert best.over()
    assert best.schedule == first


def test_a_person_who_cannot_be_planned_is_named() -> None:
    from wuye_tui.rostering.solving import NoSchedule, solve

    text = (FILES / "Instance1.txt").read_text(encoding="utf-8")
    wrong = text.replace("C,D=14,4320,3360,5,2,2,1", "C,D=14,4320,3360,2,2,6,1")
    assert wrong != text
    with pytest.raises(NoSchedule, match="C"):
        solve(parse(wrong), PATIENCE)
