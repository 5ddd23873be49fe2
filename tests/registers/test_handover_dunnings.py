"""The dunnings of a handover are one item (KF-10, FW-13): how many, and who has promised to pay by
the day on which the next duty ends.
"""

from datetime import date

import pytest

from tests.billing import in_order
from tests.dunnings import billed, desk_, here, reminded
from tests.factories import gave, handed_over, move_to, on_duty, received, situation, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import arrears, handovers
from wuye_tui.registers.handover_items import GROUP, ONE, Item

__all__ = ["desk_", "here"]
UNITS = ("3-1-501", "3-1-502", "3-2-502", "5-1-101")


def dunned(desk: Desk) -> list[Item]:
    return [one for one in handovers.now(desk).handed.items if one.kind == "dunning"]


def promised(desk: Desk, unit: str, day: date) -> None:
    desk.perform(
        "dunning.promise", lambda act: arrears.take(act, unit, "promise", until=day.isoformat())
    )


@pytest.fixture
def dunning(desk_: Desk) -> Desk:
    """The morning duty of 19 November, in which four units are reminded."""
    on_duty(desk_, "KF01")
    for unit in UNITS:
        reminded(desk_, unit)
    return desk_


@pytest.mark.clause("KF-10")
def test_all_that_are_open_are_one_item_of_the_others(dunning: Desk) -> None:
    (item,) = dunned(dunning)
    assert (item.weight, item.why, item.words, item.number) == (GROUP, (), "4 户在催", "")
    assert not any("dunning" in key for key in handovers.now(dunning).unseen)
    assert len(arrears.arrears(dunning).rows) == 6


@pytest.mark.clause("KF-10", "FW-13")
def test_who_promised_to_pay_by_the_end_of_the_next_duty_is_named_and_looked_at(
    dunning: Desk,
) -> None:
    for unit, day in (("3-1-502", 19), ("3-2-502", 20), ("5-1-101", 21)):
        promised(dunning, unit, date(2026, 11, day))
    (item,) = dunned(dunning)  # noon ends on the 19th
    assert item.words == "4 户在催，答应缴、要跟的：3-1-502 11-19"
    assert (item.weight, item.why) == (ONE, ("promised",))
    move_to(dunning, "13:40")
    handed_over(dunning, "KF02")
    (item,) = dunned(dunning)  # the night ends on the 20th
    assert item.words == "4 户在催，答应缴、要跟的：3-1-502 11-19、3-2-502 11-20"
    first = item.key
    move_to(dunning, "2026-11-20 00:00:01")
    (item,) = dunned(dunning)
    assert item.words == "4 户在催，答应缴、要跟的：3-1-502 11-19 没有缴、3-2-502 11-20"
    assert (item.why, item.key) == (("overdue", "promised"), first), "it is late by the clock alone"


@pytest.mark.clause("KF-10", "KF-12")
def test_a_promise_after_the_relief_has_looked_is_looked_at_again(dunning: Desk) -> None:
    promised(dunning, "3-1-502", date(2026, 11, 19))
    move_to(dunning, "11:50")
    number = gave(dunning)
    seen = handovers.now(dunning.as_staff("KF02")).unseen
    taken(dunning, number, "acknowledge", staff="KF02", items=seen, group=True)
    assert not any("dunning" in key for key in handovers.now(dunning).unseen)
    promised(dunning, "3-2-502", date(2026, 11, 19))
    (key,) = handovers.now(dunning).unseen
    assert key.startswith("dunning:")
    received(dunning, number, "KF02")


@pytest.mark.clause("KF-10")
def test_what_was_handed_over_is_read_again_as_it_stood(dunning: Desk) -> None:
    promised(dunning, "3-1-502", date(2026, 11, 19))
    (was,) = dunned(dunning)
    move_to(dunning, "11:50")
    number = handed_over(dunning, "KF02")
    facts = situation(dunning, number).facts
    assert facts["dunnings"] == {"many": 4, "named": ["CJ-20261119-002:2"]}
    promised(dunning, "3-1-502", date(2026, 11, 30))
    reminded(dunning, "12-1-1203")
    (then,) = [one for one in handovers.handed(dunning, facts).items if one.kind == "dunning"]
    assert (then.words, then.key, then.weight, then.why) == (was.words, was.key, ONE, ("promised",))
    assert then.words == "4 户在催，答应缴、要跟的：3-1-502 11-19"
    assert in_order(dunning)


def test_of_many_some_are_named_and_all_are_counted(
    here: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wuye_tui.registers.handover_dunnings.NAMED", 2)
    on_duty(here, "KF01")
    for unit in UNITS:
        reminded(here, unit)
        promised(here, unit, date(2026, 11, 19))
    (item,) = dunned(here)
    assert item.words == "4 户在催，答应缴、要跟的：3-1-501 11-19、3-1-502 11-19 等 4 户"
    assert len(item.named) == 4


def test_where_nobody_is_dunned_nothing_is_said(desk: Desk) -> None:
    billed(desk)
    on_duty(desk, "KF01")
    assert dunned(desk) == []
    assert "dunnings" not in situation(desk, handed_over(desk, "KF02")).facts
