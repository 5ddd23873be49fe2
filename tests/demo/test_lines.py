"""What is said on the telephone of the training office is understood as it is meant, unasked."""

from collections.abc import Iterator
from random import Random

import pytest

from wuye_tui.demo import calls
from wuye_tui.demo.book import Book, spelled
from wuye_tui.demo.life import Life
from wuye_tui.demo.making import fill
from wuye_tui.registers import hearing
from wuye_tui.registers.lookups import Registry
from wuye_tui.rules.line_kinds import Kind
from wuye_tui.settings import load

BOOK = Book()
NOW = "2026-11-19T10:20:00+08:00"
ROOMLESS = {"fee": ["fee_nobody"], "car": ["car_nobody"], "other": ["other_nobody"]}
KINDS = [
    (kind, name)
    for kind in calls.MEANT
    for name in {"progress": ["urge_order"]}.get(kind, [kind, *ROOMLESS.get(kind, [])])
]


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """The office at the end of two hours; nothing is written to it here."""
    folder = tmp_path_factory.mktemp("demo")
    made = fill(load(home=str(folder), now=NOW, environ={}), 0)
    yield made
    made.desk.engine.dispose()


def understood(life: Life, line: str, *kinds: Kind) -> None:
    found = hearing.understand(life.desk, line)
    assert calls.is_clear(found), (line, found.asks, found.choices)
    assert found.understood.kind in kinds, (line, found.understood.kind)


@pytest.mark.parametrize("sort", ["home", "shared", "rain", "heating"])
def test_whatever_breaks_at_home_is_a_repair_of_that_home(life: Life, sort: str) -> None:
    draw = Random(sort)
    for fault in BOOK.faults[sort]:
        for said in fault.say:
            home = draw.choice(life.homes)
            for when in ("", *BOOK.lines["times"], *BOOK.lines["hurry"]):
                line = f"{spelled(draw, home)} {said}{when}"
                understood(life, line, Kind.REPAIR)
                found = hearing.understand(life.desk, line)
                assert (found.home if sort == "shared" else found.unit.label) == home.label


def test_whatever_breaks_in_public_is_a_repair_of_that_place(life: Life) -> None:
    for fault in BOOK.faults["public"]:
        for place in fault.place:
            for said in fault.say:
                line = f"{place.format(b='5', e='2', floor=3)}{said}"
                understood(life, line, Kind.REPAIR)
                found = hearing.understand(life.desk, line)
                assert found.place
                assert found.unit is None


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_every_other_call_is_what_it_is_meant_for(life: Life, kind: str, name: str) -> None:
    draw = Random(name)
    for said in BOOK.lines[name]:
        home = draw.choice(life.homes)
        room = "" if name in ("fee_nobody", "car_nobody", "other_nobody") else spelled(draw, home)
        filled = calls.filled(life, said, home)
        understood(life, f"{room} {filled}".strip(), *calls.MEANT[kind])


def test_an_urging_is_about_the_slip_that_is_open(life: Life) -> None:
    for said in BOOK.lines["urge"]:
        line = f"9-1-1102 {said.format(what='门锁打不开')}"
        understood(life, line, Kind.URGE)
        about = hearing.understand(life.desk, line).about
        assert about is not None
        assert about.words == "门锁打不开"


def test_what_is_paid_for_is_in_the_tariff_or_quoted(life: Life) -> None:
    with life.desk.read() as session:
        registry = Registry(session, life.desk.site)
        for fault in BOOK.faults["home"]:
            for line in fault.lines:
                codes = [part.partition("*")[0] for part in line.split(";") if "=" not in part]
                assert all(registry.tariff(code).price for code in codes), line
                assert codes or fault.off, line


def test_nobody_is_promised_an_hour_of_the_same_day_too_late() -> None:
    assert BOOK.later_today(Random(1), 10)
    assert not BOOK.later_today(Random(1), 21)
