"""Units as the desk sees them.

* listed as people count: 2 before 10
* one is shown with its people, telephones masked, its flags, warranty, and what is open there
* a label, a room in any spelling, or a parking space; what is ambiguous is asked back
"""

from datetime import date

import pytest

from tests.desks import THURSDAY
from tests.factories import a_repair, taken
from tests.hostile import HOSTILE
from wuye_tui.desk import Desk
from wuye_tui.registers.at_hand import Is
from wuye_tui.registers.search import search
from wuye_tui.registers.units import list_units, show_unit
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import AmbiguousUnit, UnknownUnit
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Person, Unit, UnitPerson
from wuye_tui.store.tables.base import new_id


@pytest.fixture
def units(any_desk: Desk) -> Desk:
    """Some more units, one with a VIP, a dog, and somebody who has moved out."""
    any_desk.perform("seed", build)
    return any_desk


def build(act: Act) -> Result:
    parts = (("10", "1", "101"), ("3", "10", "201"), ("3", "2", "1001"), ("B", "", "1203"))
    for building, entrance, room in parts:
        label = "-".join(part for part in (building, entrance, room) if part)
        act.add(
            Unit(
                site=act.site, id=new_id(), label=label, building=building, entrance=entrance,
                room=room, flags=["vip", "dog"] if building == "B" else [], area_centi=8953,
            )
        )  # fmt: skip
    shop = Unit(
        site=act.site, id=new_id(), label="S1-8", building="S1", room="8", kind="shop", flags=[]
    )
    one = Person(site=act.site, id=new_id(), name="前租客", phone="13911110000")
    act.add(shop, one)
    act.session.flush()
    act.add(
        UnitPerson(
            site=act.site, unit=shop.id, person=one.id, role="tenant", until=date(2026, 1, 1)
        )
    )
    return {}


def test_floor_3a_is_listed_and_searched_between_the_third_and_the_fifth(any_desk: Desk) -> None:
    rooms = ("101", "304", "3A01", "3A02", "501", "1201", "12A01", "1301")

    def floors(act: Act) -> Result:
        act.add(
            *(
                Unit(site=act.site, id=new_id(), label=f"9-1-{room}", building="9", entrance="1",
                     room=room, flags=[])
                for room in reversed(rooms)
            )
        )  # fmt: skip
        return {}

    any_desk.perform("seed", floors)
    labels = [f"9-1-{room}" for room in rooms]
    assert [unit["label"] for unit in list_units(any_desk) if unit["label"] in labels] == labels
    assert [hit.unit for hit in search(any_desk, "9-1-") if hit.what is Is.UNIT] == labels
    for typed in ("9-1-3A01", "9栋1单元3A01室", "3A01", "3a01室", "9-3A01"):
        assert search(any_desk, typed)[0].unit == "9-1-3A01"


@pytest.mark.parametrize("typed", ["S-03", "S03", "s3", "商铺03", "商铺3号", "底商3"])
def test_a_shop_is_found_however_it_is_called(any_desk: Desk, typed: str) -> None:
    def shop(act: Act) -> Result:
        act.add(
            Unit(site=act.site, id=new_id(), label="S-03", building="S", room="03", kind="shop",
                 flags=[]),
        )  # fmt: skip
        return {}

    any_desk.perform("seed", shop)
    assert show_unit(any_desk, typed)["label"] == "S-03"
    assert search(any_desk, typed)[0].unit == "S-03"


def test_units_are_listed_as_people_count(units: Desk) -> None:
    assert [unit["label"] for unit in list_units(units)] == [
        "3-1-501", "3-1-502", "3-2-502", "3-2-1001", "3-10-201", "5-1-101", "6-1-301", "B-1203",
        "10-1-101", "12-1-1203", "S1-8",
    ]  # fmt: skip
    assert {unit["label"]: unit["people"] for unit in list_units(units)} == {
        "3-1-501": 1, "3-1-502": 1, "3-2-502": 1, "3-2-1001": 0, "3-10-201": 0, "5-1-101": 1,
        "6-1-301": 0, "B-1203": 0, "10-1-101": 0, "12-1-1203": 1, "S1-8": 0,
    }  # fmt: skip
    assert len(list_units(units, limit=3)) == 3
    assert list_units(units, limit=0) == list_units(units, limit=-1) == []


def test_a_unit_is_shown_with_its_people_and_their_telephones_masked(units: Desk) -> None:
    shown = show_unit(units, "3栋1单元502")
    assert shown["label"] == "3-1-502"
    assert [(one["name"], one["role"], one["phone"]) for one in shown["people"]] == [
        ("陈立", "owner", "138****1234")
    ]
    assert "13800001234" not in str(shown)
    assert show_unit(units, "s1-8")["people"] == [], "whoever has moved out is nobody's business"


def test_what_the_desk_must_know_is_shown(units: Desk) -> None:
    shown = show_unit(units, "B座1203")
    assert shown["flags"] == ["vip", "dog"]
    assert (shown["kind"], shown["status"], shown["area_centi"]) == ("home", "occupied", 8953)


def test_a_warranty_ends_after_its_last_day(desk: Desk, clock: StoppedClock) -> None:
    assert show_unit(desk, "5-1-101")["in_warranty"] is True
    assert show_unit(desk, "3-1-502")["in_warranty"] is False
    last = THURSDAY.replace(year=2027, month=6, day=30, hour=23, minute=59)
    clock.advance((last - THURSDAY).total_seconds())
    assert show_unit(desk, "5-1-101")["in_warranty"] is True
    clock.advance(60)
    assert show_unit(desk, "5-1-101")["in_warranty"] is False


def test_what_is_open_there_is_shown_and_what_is_closed_is_not(
    any_desk: Desk, clock: StoppedClock
) -> None:
    first = a_repair(any_desk, text="阳台漏水")
    clock.advance(60)
    second = a_repair(any_desk, text="厨房灯不亮")
    a_repair(any_desk, unit="3-2-502", text="别家的事")
    taken(any_desk, second, "cancel", said="自己修好了")
    shown = show_unit(any_desk, "3-1-502")["open"]
    assert [(matter["number"], matter["summary"]) for matter in shown] == [(first, "阳台漏水")]
    assert (shown[0]["kind"], shown[0]["state"]) == ("repair", "registered")
    assert shown[0]["due_at"] is not None


def test_what_is_no_unit_or_several_is_said(desk: Desk) -> None:
    with pytest.raises(AmbiguousUnit) as several:
        show_unit(desk, "3-502")
    assert several.value.choices == ["3-1-502", "3-2-502"]
    for typed in ("9-9-999", "", "%", "3-1-50%"):
        with pytest.raises(UnknownUnit):
            show_unit(desk, typed)


def test_no_text_is_another_error(any_desk: Desk) -> None:
    for text in HOSTILE.values():
        with pytest.raises(UnknownUnit):
            show_unit(any_desk, text)
