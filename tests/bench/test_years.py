"""An office of ten years that is made for measuring is a whole one: the bench measures nothing that
a real office would not have.

* `wuye check` finds it in order, on both databases, and they have the same chain
* what is edited in a copied row is found, so the check has really looked at the copies
* whatever is asked all day goes by an index that begins with the site, on both
* a copy has a home, a time and a number of its own, and what is due is reckoned for it
"""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.bench.hot import HOT
from tests.bench.plans import whole_tables
from tests.bench.years import TINY, opened, years
from tests.factories import rows_of
from tests.postgres import PgServer
from wuye_tui.desk import Desk
from wuye_tui.registers import duties
from wuye_tui.registers.checking import check
from wuye_tui.registers.queue import queue
from wuye_tui.rules.duetime import WorkingDays, reckon
from wuye_tui.settings import DATABASE
from wuye_tui.store.tables import Contact, DeadlineRow, Matter

ASKED = [(name, ask) for name, ask in HOT.items() if name != "typed line"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return years(tmp_path_factory.mktemp("years") / "office", TINY)


def test_it_is_in_order(office: Desk) -> None:
    found = check(office)
    assert found.findings == []
    assert found.counts["contacts"] == TINY.contacts
    assert found.counts["acts"] > 9000
    assert len(queue(office)) == TINY.open
    assert [(one.post, one.staff) for one in duties.now(office)] == [("desk", "KF01")]


@pytest.mark.slow
@pytest.mark.pg
def test_on_the_other_database_it_is_the_same(
    office: Desk, pg_server: PgServer, tmp_path: Path
) -> None:
    with pg_server.database() as url:
        other = years(tmp_path / "served", TINY, url)
        mine, theirs = check(office), check(other)
        odd = {name: whole_tables(other, partial(ask, other), forced=True) for name, ask in ASKED}
        other.engine.dispose()
    assert theirs.findings == []
    assert (mine.head, mine.counts) == (theirs.head, theirs.counts)
    assert not any(odd.values()), odd


@pytest.mark.parametrize(("name", "ask"), ASKED, ids=[name for name, _ask in ASKED])
def test_what_is_asked_all_day_is_found_by_an_index_of_the_site(
    office: Desk, name: str, ask: Callable[[Desk], object]
) -> None:
    assert whole_tables(office, lambda: ask(office), forced=True) == [], name


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        ("UPDATE deadline SET due = started WHERE name = 'unsolved'", "时限"),
        ("UPDATE balance SET fen = fen + 1 WHERE account = 'cash'", "余额"),
        ("UPDATE charge SET fen = fen + 1 WHERE run <> ''", "出账以后被改过"),
        ("UPDATE private SET name = '别人' WHERE n = 0", "文字"),
    ],
)
def test_an_edit_of_what_was_copied_is_found(
    office: Desk, tmp_path: Path, edit: str, found: str
) -> None:
    shutil.copytree(office.settings.home, tmp_path / "office")
    with closing(sqlite3.connect(tmp_path / "office" / DATABASE)) as raw, raw:
        assert raw.execute(edit).rowcount
    other = opened(tmp_path)
    assert any(found in one for one in check(other).findings)
    other.engine.dispose()


def test_every_copy_has_its_own(office: Desk) -> None:
    slips = [one for one in rows_of(office, Matter) if one.kind == "repair" and one.closed]
    assert len({one.number for one in slips}) == len({one.opened for one in slips}) == len(slips)
    assert len({one.unit for one in slips}) > TINY.units // 2
    calls = rows_of(office, Contact)
    assert len({one.number for one in calls}) == len(calls) == TINY.contacts


def test_what_is_due_by_working_days_is_reckoned_for_each(office: Desk) -> None:
    dues = [one for one in rows_of(office, DeadlineRow) if one.name == "unsolved"]
    apart = set()
    for one in dues:
        due = reckon(WorkingDays(2), one.started, (), office.calendar).at
        assert due is not None
        assert one.due == due
        apart.add((due - one.started).days)
    assert len(apart) > 2  # weekends, and holidays of a week
