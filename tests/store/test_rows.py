"""Rows written by their columns: the same checks and the same results on both databases.

* a column that a row leaves out has its default, an append-only one must be there
* a row in the place of another takes all of it
* the columns' types still refuse what they refuse
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from tests.factories import a_repair, matter, rows_of
from wuye_tui.desk import Desk
from wuye_tui.store.acts import Act
from wuye_tui.store.tables import Private, StepRow, Tariff

LAMP: dict[str, Any] = {"code": "X-1", "name": "换灯", "price": 1}


@pytest.fixture
def act(any_desk: Desk) -> Iterator[Act]:
    """An act that nothing is kept of."""

    class NotKept(Exception):
        pass

    with suppress(NotKept), any_desk.act("test") as begun:
        yield begun
        raise NotKept


def item(act: Act) -> Tariff | None:
    act.session.expire_all()
    found: Tariff | None = act.session.get(Tariff, (act.site, "X-1"))
    return found


def test_a_row_has_the_defaults_of_what_it_leaves_out(act: Act) -> None:
    act.insert(Tariff, LAMP)
    found = item(act)
    assert found is not None
    assert (found.name, found.category, found.valid_from) == ("换灯", "", None)


def test_a_key_that_is_taken_is_refused(act: Act) -> None:
    act.insert(Tariff, LAMP)
    with pytest.raises(IntegrityError):
        act.insert(Tariff, LAMP)


def test_an_update_changes_what_it_names_and_nothing_else(act: Act) -> None:
    act.insert(Tariff, *({**LAMP, "code": code, "category": "电"} for code in ("X-1", "X-2")))
    act.update(Tariff, {"code": "X-1", "price": 2})
    found = item(act)
    assert found is not None
    assert (found.price, found.category) == (2, "电")
    other = act.session.get_one(Tariff, (act.site, "X-2"))
    assert other.price == 1


def test_a_row_in_the_place_of_another_takes_all_of_it(act: Act) -> None:
    act.upsert(Tariff, {**LAMP, "category": "电"})
    act.upsert(Tariff, {**LAMP, "price": 3})
    found = item(act)
    assert found is not None
    assert (found.price, found.category) == (3, "")


def test_of_two_rows_with_one_key_the_later_stays(act: Act) -> None:
    act.upsert(Tariff, {**LAMP, "price": 2}, {**LAMP, "price": 3})
    found = item(act)
    assert found is not None
    assert found.price == 3


def test_only_the_rows_with_these_keys_are_taken_away(act: Act) -> None:
    act.insert(Tariff, LAMP, {**LAMP, "code": "X-2"})
    act.delete(Tariff, {"code": "X-1"})
    assert item(act) is None
    assert act.session.get(Tariff, (act.site, "X-2")) is not None


def test_nothing_to_write_is_no_statement(act: Act) -> None:
    act.insert(Tariff)
    act.update(Tariff)
    act.delete(Tariff)
    assert item(act) is None


def test_an_object_that_a_row_belongs_to_goes_first(act: Act) -> None:
    act.add(Tariff(site=act.site, **LAMP))
    act.update(Tariff, {"code": "X-1", "price": 5})
    found = item(act)
    assert found is not None
    assert found.price == 5


def test_a_moment_without_a_zone_is_refused(any_desk: Desk) -> None:
    private = {"owner": "o", "n": 0, "salt": "", "more": {}}
    with pytest.raises(ValueError), any_desk.act("test") as act:
        act.insert(Private, {**private, "erased": datetime(2026, 11, 19)})  # noqa: DTZ001
    assert rows_of(any_desk, Private) == []


def test_a_name_that_is_no_column_is_not_passed_over(act: Act) -> None:
    act.insert(Tariff, LAMP)
    for write in (act.insert, act.upsert, act.update):
        with pytest.raises(AssertionError, match="prise"):
            write(Tariff, {"code": "X-1", "name": "换灯", "prise": 2})


def test_rows_that_are_written_together_name_the_same_columns(act: Act) -> None:
    with pytest.raises(AssertionError):
        act.insert(Tariff, LAMP, {**LAMP, "code": "X-2", "category": "电"})


def test_an_append_only_row_must_be_whole(desk: Desk) -> None:
    number = a_repair(desk)
    with pytest.raises(AssertionError), desk.act("test") as act:
        act.insert(StepRow, {"matter": matter(desk, number).id, "n": 2})


def test_what_is_derived_is_written_at_the_end_and_only_what_was_said_last(any_desk: Desk) -> None:
    with any_desk.act("test") as act:
        act.derive(Tariff, LAMP)
        act.derive(Tariff, {**LAMP, "price": 2}, {**LAMP, "code": "X-2"})
        act.delete(Tariff, {"code": "X-2"})
        assert item(act) is None
    written = {row.code: row.price for row in rows_of(any_desk, Tariff)}
    assert written["X-1"] == 2
    assert "X-2" not in written


def test_rows_with_other_columns_come_through_another_statement(act: Act) -> None:
    act.insert(Tariff, LAMP)
    act.insert(Tariff, {**LAMP, "code": "X-2", "category": "电", "unit_word": "个"})
    other = act.session.get_one(Tariff, (act.site, "X-2"))
    assert (other.category, other.unit_word, other.material) == ("电", "个", "")
