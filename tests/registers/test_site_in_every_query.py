"""Every statement on our tables names the site, for each table in it: offices never mix.

A whole day is told at one desk while every statement that reaches the database is looked at.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import SQLModel

from tests.billing import all_of_it
from tests.desks import found_office, settings_for
from tests.eyes import all_of_it as all_of_eyes
from tests.factories import (
    OFF_TARIFF,
    a_repair,
    answer_callbacks,
    charges,
    children,
    handed_over,
    move_to,
    on_duty,
    started,
    taken,
    undone,
    walk_to,
)
from tests.rosters import all_of_it as all_of_rosters
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import (
    archive,
    callback_summary,
    callbacks,
    checking,
    console,
    contacts,
    day_records,
    duties,
    dutylog,
    handovers,
    home_visits,
    lateness,
    load,
    log_board,
    overview,
    parts,
    people,
    proposals,
    queue,
    staff,
    supervising,
    tariff,
    ticking,
    unfiled,
    units,
    views,
)
from wuye_tui.rules.callback_figures import BY_CODE
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.months import Month

TABLES = frozenset(SQLModel.metadata.tables)
# Statements that may go without a site, each with its reason.
EXCEPTIONS = {
    "SELECT office.site, office.name, office.training, office.created FROM office": (
        "open_desk asks which site this is, and a database holds one"
    )
}
_SOURCE = re.compile(r'\b(?:FROM|JOIN|,)\s+"?(\w+)"?(?:\s+AS\s+"?(\w+)"?)?', re.IGNORECASE)
_WRITTEN = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)


def without_site(statement: str) -> str:
    """What is wrong with a statement; empty if every table of ours in it names its site."""
    plain = " ".join(statement.split())
    if plain in EXCEPTIONS:
        return ""
    written = _WRITTEN.match(plain)
    if written:
        if written[1] not in TABLES:
            return ""
        if plain.upper().startswith("INSERT"):
            columns = plain[plain.index("(") + 1 : plain.index(")")]
            return "" if "site" in columns.replace('"', "").split(", ") else plain
        where = plain.partition(" WHERE ")[2]
        return "" if f"{written[1]}.site = " in where else plain
    for table, alias in _SOURCE.findall(plain):
        name = alias or table
        if table in TABLES and not re.search(rf"\b{name}\.site = |= {name}\.site\b", plain):
            return plain
    return ""


@contextmanager
def watched() -> Iterator[list[str]]:
    """Every statement that is sent to any database while it lasts."""
    sent: list[str] = []

    def look(_c: Any, _cursor: Any, statement: str, _p: Any, _x: Any, _many: bool) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", look)
    yield sent
    event.remove(Engine, "before_cursor_execute", look)


def a_day(desk: Desk) -> None:
    """Slips of every kind of way, their children, and all that is asked about them."""
    on_duty(desk, "KF01")
    number = a_repair(desk, caller="陈立", upto="notified")
    undone(desk, number)
    walk_to(desk, number, "finished")
    taken(desk, number, "waive", staff="KF03", fee_now="1", why="协商")
    walk_to(desk, number, "verified")
    taken(desk, number, "rework", staff="KF03", why="又漏了")
    taken(desk, number, "arrive", staff="GC03")
    taken(desk, number, "agree", staff="GC03", damage="老化", minutes=5)
    taken(desk, number, "finish", staff="GC03", tried=True, resident="陈立")
    walk_to(desk, number, "verified")
    answer_callbacks(desk, number)
    walk_to(desk, number, "closed")
    handed_over(desk, "KF02")
    stepping = desk.as_staff("KF03")
    stepping.perform("force", lambda act: handovers.step_in(act, why="病了"), relieving=True)
    second = a_repair(desk, unit="3-1-501")
    taken(desk, second, "issue", **OFF_TARIFF)
    taken(desk, second, "correct", unit="3-2-502")
    taken(desk, second, "collect", collector="李强")
    taken(desk, second, "hold", hold="parts")
    assert charges(desk, number)
    assert children(desk, number, "callback")


def questions(desk: Desk) -> None:
    """What screens and commands ask."""
    queue.queue(desk)
    whole = parts.Part("KF01", "KF01", "GC03", "engineering", "3-2", "已登记", True, True)
    queue.queue(desk, queue.Wanted(kind="repair", unit="3-2-502", part=whole))
    parts.count(desk, whole)
    parts.tally(desk)
    queue.counts(desk)
    views.show(desk, "PG-20261119-001")
    duties.now(desk)
    duties.history(desk)
    handovers.now(desk)
    handovers.listed(desk)
    for typed in ("3-1-502", "陈立", "cl", "1234", "PG-20261119-001"):
        people.find(desk, typed)
    said = proposals.understand(desk, "3-1-502 厨房水管漏水 明天9点 急")
    desk.perform("line", lambda act: proposals.accept(act, said))
    contacts.listed(desk)
    overview.status(desk)
    overview.running_clocks(desk)
    overview.audit_lines(desk)
    console.heartbeat(desk)
    console.colleagues(desk)
    console.priced(desk)
    units.list_units(desk)
    units.show_unit(desk, "3-1-502")
    staff.list_staff(desk)
    tariff.list_tariff(desk)
    today = desk.calendar.day_of(desk.now())
    supervisor = desk.as_staff("KF03")
    supervisor.perform("daycheck.sign", lambda act: supervising.sign(act, today))
    day_records.check_of(desk, today)
    lateness.lateness(desk)
    load.lines(desk, load.load(desk).people[0].open)
    assert unfiled.records(desk, "2026-W47")
    archive.file_week(desk.as_staff("XZ01"))
    callbacks.waiting(desk)
    callbacks.repairs_before(desk, "3-1-502")
    home_visits.plan(desk)
    desk.perform("visit", lambda act: callbacks.open_visit(act, unit="12-1-1203"))
    callback_summary.summary(desk, Month(2026, 11))
    for figure in ("completed", "due"):
        callback_summary.counted(desk, Month(2026, 11), BY_CODE[figure])
    checking.check(desk)
    on_duty(desk, "KF04", "duty_manager")
    manager = desk.as_staff("KF04")
    patrol = str(started(manager, "patrol", what="duty_manager")["number"])
    taken(manager, patrol, "visit", spot="desk", sound="no", found="乱", department="service")
    taken(manager, patrol, "finish")
    line = str(started(manager, "entry", category="call", text="问路")["number"])
    started(manager, "entry", "correct", which=line, text="问电话")
    started(manager, "incident", sort="fire", text="冒烟", linked=line)
    dutylog.day_log(desk)
    log_board.board(desk)
    dutylog.to_recheck(desk)
    handovers.now(desk, "duty_manager")
    all_of_it(desk)
    all_of_rosters(desk)
    all_of_eyes(desk, "PG-20261119-001")
    move_to(desk, "2026-11-26 10:00")
    ticking.tick(desk)
    supervising.days_unsigned(desk)
    supervising.unsigned(desk)
    move_to(desk, "2026-11-27 13:00")
    ticking.tick(desk)
    archive.file_week(desk.as_staff("XZ01"))


def test_every_statement_names_the_site_of_every_table_in_it(desk: Desk) -> None:
    with watched() as sent:
        again = open_desk(desk.settings, desk.clock)
        a_day(desk)
        questions(desk)
        again.engine.dispose()
    ours = [statement for statement in sent if any(table in statement for table in TABLES)]
    assert len(ours) > 200
    assert {" ".join(statement.split()) for statement in sent} >= set(EXCEPTIONS)
    assert {wrong for wrong in map(without_site, ours) if wrong} == set()


@pytest.mark.pg
def test_on_postgresql_every_statement_names_its_site_too(pg_desk: Desk) -> None:
    with watched() as sent:
        a_day(pg_desk)
        questions(pg_desk)
    assert {wrong for wrong in map(without_site, sent) if wrong} == set()


def test_opening_a_desk_asks_for_its_one_office_and_nothing_else(desk: Desk) -> None:
    listed = [sql for sql in EXCEPTIONS if without_site(sql + " WHERE 1 = 1")]
    assert listed == list(EXCEPTIONS)  # a word more, and it is no exception


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT matter.id FROM matter WHERE matter.number = ?",
        "SELECT matter.id FROM matter JOIN step ON step.matter = matter.id WHERE matter.site = ?",
        "SELECT s.n FROM matter JOIN step AS s ON s.matter = matter.id WHERE matter.site = ?",
        "INSERT INTO step (matter, n) VALUES (?, ?)",
        'INSERT INTO "step" (matter, n) SELECT 1, 2',
        "UPDATE matter SET state=? WHERE matter.id = ?",
        "DELETE FROM deadline WHERE deadline.matter = ?",
        "SELECT count(*) FROM (SELECT matter.id FROM matter) AS x",
    ],
)
def test_what_forgets_the_site_is_found(statement: str) -> None:
    assert without_site(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT matter.id FROM matter WHERE matter.site = ? AND matter.number = ?",
        "SELECT 1 FROM matter JOIN step ON step.site = matter.site WHERE matter.site = ?",
        "INSERT INTO step (site, matter, n) VALUES (?, ?, ?)",
        "UPDATE matter SET state=? WHERE matter.site = ? AND matter.id = ?",
        "PRAGMA foreign_key_check",
        "SELECT version_num FROM alembic_version",
    ],
)
def test_what_names_the_site_is_let_pass(statement: str) -> None:
    assert without_site(statement) == ""


def test_two_offices_in_one_place_see_nothing_of_each_other(
    desk: Desk, clock: StoppedClock, tmp_path: Any
) -> None:
    other = found_office(settings_for(tmp_path / "other"), clock)
    a_repair(desk)
    assert queue.counts(other) == {"overdue": 0}
    assert other.site != desk.site
    other.engine.dispose()
