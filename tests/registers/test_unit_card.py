"""The unit's card: what whoever answers must know, and nothing of another unit."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from tests.factories import a_repair, started, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts
from wuye_tui.registers.unit_card import LAST, card
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import UnknownUnit


def called(desk: Desk, words: str, unit: str = "3-1-502") -> None:
    desk.perform(
        f"call {words}",
        lambda act: {
            "contact": contacts.register(
                act, channel="phone", category="enquiry", words=words, unit=unit
            ).number
        },
    )


def test_a_card_holds_what_is_the_units_own(any_desk: Desk) -> None:
    own, _other = a_repair(any_desk), a_repair(any_desk, unit="3-1-501")
    called(any_desk, "物业费怎么交")
    called(any_desk, "停车费怎么交", "3-1-501")
    found = card(any_desk, "3-1-502")
    assert [(one.name, one.role, one.phone) for one in found.people] == [
        ("陈立", "owner", "138****1234")
    ]
    assert [row.number for row in found.matters] == [own]
    assert [call.words for call in found.calls] == ["物业费怎么交"]
    assert (found.kind, found.status, found.flags) == ("home", "occupied", ())
    with pytest.raises(FrozenInstanceError):
        found.label = "3-1-501"  # type: ignore[misc]


def test_the_last_calls_stand_newest_first(desk: Desk, clock: StoppedClock) -> None:
    for n in range(LAST + 2):
        clock.advance(60)
        called(desk, f"第{n}次")
    assert [call.words for call in card(desk, "3-1-502").calls] == [
        f"第{n}次" for n in reversed(range(2, LAST + 2))
    ]


@pytest.mark.parametrize(("label", "holds"), [("3-1-502", True), ("5-1-101", False)])
def test_a_notice_stands_on_the_cards_of_where_it_holds(
    desk: Desk, label: str, holds: bool
) -> None:
    number = started(
        desk, "notice", subject="water", department="engineering", text="没水", scope="3栋"
    )["number"]
    taken(desk, number, "report", told_by="王建国", say="下午六点来水")
    assert [one.answer for one in card(desk, label).notices] == ["下午六点来水"] * holds
    taken(desk, number, "end")
    assert card(desk, label).notices == ()


@pytest.mark.parametrize(("day", "still"), [("2027-06-30", True), ("2027-07-01", False)])
def test_the_warranty_runs_through_its_last_day(
    desk: Desk, clock: StoppedClock, day: str, still: bool
) -> None:
    from tests.factories import move_to

    move_to(desk, f"{day} 10:00")
    found = card(desk, "5-1-101")
    assert (found.warranty_until, found.in_warranty) == (date(2027, 6, 30), still)


def test_there_is_no_card_of_a_unit_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(UnknownUnit):
        card(desk, "9-9-999")
