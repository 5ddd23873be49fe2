"""The search asks the database in ways that an index answers, however many people there are.

What it finds is told in test_people; here is how.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text

from tests.desks import found_office, settings_for
from wuye_tui.desk import Desk
from wuye_tui.registers import people

Asked = list[tuple[str, Any]]


@contextmanager
def asked_of(desk: Desk) -> Iterator[Asked]:
    """Every statement with its values that is sent while it lasts."""
    sent: Asked = []

    def look(_c: Any, _cursor: Any, statement: str, values: Any, _x: Any, _many: bool) -> None:
        sent.append((statement, values))

    event.listen(desk.engine, "before_cursor_execute", look)
    yield sent
    event.remove(desk.engine, "before_cursor_execute", look)


def plans(desk: Desk, typed: str) -> list[str]:
    """How SQLite goes about each statement of a search."""
    with asked_of(desk) as sent:
        people.find(desk, typed)
    with desk.read() as session:
        connection = session.connection()
        return [
            row[3]
            for statement, values in sent
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]


@pytest.mark.parametrize(
    ("typed", "index"),
    [
        ("chenli", "person_key"),
        ("1234", "ix_person_phone"),
        ("1203", "ix_unit_number"),
        ("粤B12345", "ix_person_plate"),
        ("陈立", "ix_person_name"),
        ("3-1-502", "unit_person"),
    ],
)
def test_every_way_of_finding_has_its_index(desk: Desk, typed: str, index: str) -> None:
    found = plans(desk, typed)
    assert any(index in plan for plan in found), found
    assert not [plan for plan in found if plan.startswith("SCAN")]


def test_a_room_number_does_not_go_through_all_the_labels(desk: Desk) -> None:
    searched = [plan for plan in plans(desk, "1203") if plan.startswith("SEARCH unit ")]
    assert all("site=? AND" in plan for plan in searched), searched


@pytest.mark.parametrize("typed", ["zzz", "z", "Zz", "9999", "%", "_", "/", "粤_12345", "Sm%th"])
def test_what_is_typed_means_itself(any_desk: Desk, typed: str) -> None:
    assert people.find(any_desk, typed) == []


def test_latin_letters_are_found_however_they_are_written(any_desk: Desk) -> None:
    def christen(act: Any) -> dict[str, Any]:
        act.session.execute(text("UPDATE person SET name = 'Ann_Smith' WHERE name = '陈立'"))
        return {}

    any_desk.perform("test", christen)
    for typed in ("smith", "ANN_S", "nn_sm"):
        assert [one["name"] for one in people.find(any_desk, typed)] == ["Ann_Smith"]
    assert people.find(any_desk, "AnnxS") == []


def test_two_offices_ask_with_the_same_statements(desk: Desk, clock: Any, tmp_path: Any) -> None:
    other = found_office(settings_for(tmp_path / "other"), clock)
    with asked_of(desk) as here:
        people.find(desk, "cl")
    with asked_of(other) as there:
        people.find(other, "hl")
    other.engine.dispose()
    assert {sql for sql, _values in here} == {sql for sql, _values in there}


@pytest.mark.parametrize(("typed", "most"), [("3-1-502", 1), ("1234", 3)])
def test_a_key_that_is_struck_asks_few_questions(desk: Desk, typed: str, most: int) -> None:
    with asked_of(desk) as sent:
        assert people.find(desk, typed)
    assert len(sent) <= most, [statement for statement, _values in sent]
