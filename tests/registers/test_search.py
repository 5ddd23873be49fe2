"""The search for everything: what is found by what, what comes first, and how it is asked."""

from typing import Any

import pytest
from sqlalchemy import event

from tests.factories import a_repair, move_to, started, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts
from wuye_tui.registers.at_hand import Hit, Is
from wuye_tui.registers.search import search
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Person, PersonKey


def found(desk: Desk, typed: str) -> list[tuple[str, str]]:
    """What is found, each by what it is and by the name that it goes by."""
    return [(hit.what.value, _called(hit)) for hit in search(desk, typed)]


def _called(hit: Hit) -> str:
    return {Is.PERSON: hit.name, Is.UNIT: hit.unit, Is.SLIP: hit.number}.get(hit.what, hit.code)


def named(desk: Desk, who: str, plate: str, *keys: str) -> None:
    """Gives somebody a plate and the keys of their name."""

    def write(act: Act) -> Result:
        person = act.session.query(Person).filter_by(site=act.site, name=who).one()
        person.plate = plate
        act.add(*(PersonKey(site=act.site, key=key, person=person.id) for key in keys))
        return {}

    desk.perform("test", write)


@pytest.mark.parametrize(
    "typed", ["3-1-502", "3栋1单元502", "3#1-502", "３－１－５０２", "三栋一单元502", "3-1502"]
)
def test_a_room_in_every_usual_spelling_is_the_unit_first_then_its_people(
    any_desk: Desk, typed: str
) -> None:
    number = a_repair(any_desk)
    assert found(any_desk, typed)[:3] == [("unit", "3-1-502"), ("person", "陈立"), ("slip", number)]


@pytest.mark.parametrize(
    "typed", ["陈立", "cl", "chenli", "chen", "1234", "13800001234", "渝A88888", "A8888"]
)
def test_a_person_by_name_initials_pinyin_phone_or_plate(any_desk: Desk, typed: str) -> None:
    named(any_desk, "陈立", "渝A88888", "cl", "chenli")
    hits = search(any_desk, typed)
    assert (hits[0].what, hits[0].name, hits[0].unit, hits[0].role) == (
        Is.PERSON,
        "陈立",
        "3-1-502",
        "owner",
    )
    assert hits[0].phone == "138****1234", "a number is never shown whole by searching"


@pytest.mark.parametrize(
    "typed", ["PG-001", "pg-001", "PG001", "001", "PG-20261119-001", "20261119-001"]
)
def test_a_slip_by_its_number_as_it_is_said(any_desk: Desk, typed: str) -> None:
    number = a_repair(any_desk)
    hit = search(any_desk, typed)[0]
    assert (hit.what, hit.number, hit.state, hit.open) == (Is.SLIP, number, "已登记", True)


def test_yesterday_s_slip_needs_its_day(any_desk: Desk, clock: StoppedClock) -> None:
    number = a_repair(any_desk, unit="6-1-301")
    move_to(any_desk, "2026-11-20 09:00")
    assert found(any_desk, "PG-001") == []
    for typed in ("PG19-001", "19-001", number):
        assert found(any_desk, typed) == [("slip", number)]


def test_words_of_what_is_open_find_it_until_it_is_closed(any_desk: Desk) -> None:
    number = a_repair(any_desk, text="阳台的架子掉了")
    notice = started(
        any_desk, "notice", subject="water", department="engineering", text="架空层停水"
    )
    assert found(any_desk, "架") == [("slip", number), ("slip", notice["number"])]
    taken(any_desk, number, "cancel", said="不修了")
    assert found(any_desk, "架子") == []
    assert found(any_desk, number) == [("slip", number)], "by its number it is found for ever"


def test_a_caller_whom_nobody_knows_is_found_by_the_phone_of_their_call(any_desk: Desk) -> None:
    said = {"channel": "phone", "category": "enquiry", "words": "问路", "phone": "13911112222"}
    call = any_desk.perform("call.add", lambda act: {"code": contacts.register(act, **said).number})
    hits = search(any_desk, "2222")
    assert [(hit.what, hit.code, hit.phone) for hit in hits] == [
        (Is.CALL, call["code"], "139****2222")
    ]
    assert found(any_desk, call["code"]) == [("call", call["code"])]


def test_a_number_of_a_room_offers_every_unit_that_has_it(any_desk: Desk) -> None:
    assert {("unit", "3-1-502"), ("unit", "3-2-502")} <= set(found(any_desk, "502"))
    assert {unit for what, unit in found(any_desk, "3-1-") if what == "unit"} == {
        "3-1-501",
        "3-1-502",
    }


def test_many_namesakes_leave_room_for_what_else_is_meant(any_desk: Desk) -> None:
    number = a_repair(any_desk, text="陈列柜坏了")
    assert ("slip", number) in [
        (hit.what.value, hit.number) for hit in search(any_desk, "陈", limit=3)
    ]


@pytest.mark.parametrize(
    "typed", ["", " ", "%", "_", "\x00", "'", "PG-", "-", "999999", "王" * 300]
)
def test_what_means_nothing_finds_nothing(any_desk: Desk, typed: str) -> None:
    a_repair(any_desk)
    assert search(any_desk, typed) == ()


@pytest.mark.parametrize(
    "typed",
    [
        "3-1-502",
        "3-1-",
        "502",
        "陈立",
        "chenli",
        "1234",
        "渝A88888",
        "PG-001",
        "001",
        "漏水",
        "LX-001",
    ],
)
def test_every_question_is_answered_by_an_index(desk: Desk, typed: str) -> None:
    a_repair(desk)
    sent: list[tuple[str, Any]] = []

    def look(_c: Any, _cursor: Any, statement: str, values: Any, _x: Any, _many: bool) -> None:
        sent.append((statement, values))

    event.listen(desk.engine, "before_cursor_execute", look)
    search(desk, typed)
    event.remove(desk.engine, "before_cursor_execute", look)
    assert sent
    with desk.read() as session:
        plans = [
            row[3]
            for statement, values in sent
            for row in session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", values
            )
        ]
    assert [plan for plan in plans if plan.startswith("SCAN")] == []
    ours = [plan for plan in plans if plan.startswith(("SEARCH matter", "SEARCH contact"))]
    whole = [plan for plan in ours if plan.endswith("(site=?)")]
    assert [plan for plan in whole if "ix_matter_queue" not in plan] == [], "only what is open"
