"""Two who begin at the same second: one after the other, and nobody meets an error of the database.

* a post has one duty at a time, whoever began it and on whichever database (KF-4)
* an office is founded once; whoever comes second is told which office there is
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desks import found_office, second_desk, settings_for
from tests.factories import on_duty, rows_of
from tests.registers.test_keys_and_conflicts import at_once
from wuye_tui.desk import Desk
from wuye_tui.registers import duties, office
from wuye_tui.registers.checking import check
from wuye_tui.registers.duties import AlreadyOnDuty, HandOverFirst
from wuye_tui.registers.office import OfficeExists
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Duty, Office, Staff


def beginning(desk: Desk, gate: threading.Barrier) -> Callable[[], Result]:
    """Somebody who begins their duty when everybody's act has begun."""

    def start(act: Act) -> Result:
        with suppress(threading.BrokenBarrierError):  # they take turns: SQLite, or a second try
            gate.wait(0.5)
        return duties.start(act, desk)

    return lambda: desk.perform("duty.start", start, relieving=True)


def both_begin(one: Desk, other: Desk) -> list[Result | Exception]:
    gate = threading.Barrier(2)
    try:
        return at_once(beginning(one, gate), beginning(other, gate))
    finally:
        other.engine.dispose()


def open_duties(desk: Desk) -> list[Duty]:
    return [duty for duty in rows_of(desk, Duty) if duty.ended is None]


@pytest.mark.clause("KF-4")
def test_of_two_who_begin_the_first_duty_at_once_the_second_hands_over_first(
    any_desk: Desk,
) -> None:
    answers = both_begin(any_desk, second_desk(any_desk, "KF02"))
    (begun,) = (answer for answer in answers if isinstance(answer, dict))
    (refused,) = (answer for answer in answers if isinstance(answer, Exception))
    assert isinstance(refused, HandOverFirst)
    assert refused.clause == "KF-12"
    assert [duty.staff for duty in rows_of(any_desk, Duty)] == [begun["staff"]]
    assert check(any_desk).findings == []


@pytest.mark.clause("KF-4")
def test_whoever_begins_twice_at_once_is_told_that_it_runs(any_desk: Desk) -> None:
    answers = both_begin(any_desk, second_desk(any_desk, "KF01"))
    assert len([answer for answer in answers if isinstance(answer, dict)]) == 1
    (refused,) = (answer for answer in answers if isinstance(answer, Exception))
    assert isinstance(refused, AlreadyOnDuty)
    assert "KF01" in refused.line
    assert len(rows_of(any_desk, Duty)) == 1


@pytest.mark.clause("KF-12")
def test_nobody_begins_a_duty_that_somebody_else_holds(any_desk: Desk) -> None:
    on_duty(any_desk, "KF03")
    answers = both_begin(any_desk, second_desk(any_desk, "KF02"))
    assert [type(answer) for answer in answers] == [HandOverFirst, HandOverFirst]
    assert [duty.staff for duty in open_duties(any_desk)] == ["KF03"]


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def test_an_office_is_founded_once_whoever_else_founds_one(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, clock: StoppedClock
) -> None:
    settings = settings_for(tmp_path / "office")
    if kind == "postgresql":
        settings = replace(settings, database_url=request.getfixturevalue("pg_url"))

    def founding(name: str) -> Callable[[], Result]:
        def found() -> Result:
            desk = office.found(
                settings, name=name, admin="XZ01", admin_name="张敏", training=True, clock=clock
            )
            desk.engine.dispose()
            return {"name": desk.office.name}

        return found

    for _ in range(2):  # the tables there or not, it is the same
        answers = at_once(*map(founding, ("思兰雅苑", "别的小区", "第三家")))
        founded = [answer["name"] for answer in answers if isinstance(answer, dict)]
        refused = [answer for answer in answers if isinstance(answer, Exception)]
        assert {type(answer) for answer in refused} == {OfficeExists}
        assert len(founded) + len(refused) == 3
        if founded:
            (name,) = founded
        assert all(name in str(answer) for answer in refused)
    with pytest.raises(OfficeExists):
        found_office(settings, clock)


def test_an_office_has_one_administrator_when_it_is_founded(desk: Desk) -> None:
    assert len(rows_of(desk, Office)) == 1
    assert [who.number for who in rows_of(desk, Staff) if "admin" in who.hats] == ["XZ01"]
