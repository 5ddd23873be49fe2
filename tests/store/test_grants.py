"""The desks' role on PostgreSQL: all of a day's work, and nothing beyond it.

- every act and every question of a whole day, its money and its rosters, and whole lives of slips
- what may only be added to cannot be changed by it, with the triggers and without them
- tables, triggers and rights are the owner's; an upgrade gives it the new tables as well
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql
from sqlalchemy import Engine, event

import wuye_tui
from tests.cli.test_db import SECRET
from tests.desks import THURSDAY, found_office, settings_for
from tests.faults.killing import _end_patrols, play
from tests.faults.stories import STORIES
from tests.registers.test_site_in_every_query import a_day, questions
from tests.servers import StrictServer
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import databases
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import Settings
from wuye_tui.store import grants, tables, upgrade
from wuye_tui.store.acts import Result
from wuye_tui.store.engine import exclusive, open_engine, rebuild
from wuye_tui.store.rows import table_of
from wuye_tui.store.server_faults import NoRight
from wuye_tui.store.tables import APPEND_ONLY

pytestmark = pytest.mark.pg
ROLE, BUSY = "Desk-1", "desk_2"  # the first has to be quoted


@pytest.fixture(scope="module")
def server() -> Iterator[StrictServer]:
    with StrictServer() as strict:
        yield strict


@pytest.fixture(scope="module")
def owner(server: StrictServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The settings of the owner of an office, whose desks' role has its rights; made once."""
    with founded(server, tmp_path_factory.mktemp("owner"), "wuye_owner", ROLE) as settings:
        yield settings


@pytest.fixture
def busy(server: StrictServer, tmp_path: Path) -> Iterator[Settings]:
    """The same of an office of one test alone."""
    with founded(server, tmp_path, "busy_owner", BUSY) as settings:
        yield settings


@contextmanager
def founded(server: StrictServer, folder: Path, owner: str, role: str) -> Iterator[Settings]:
    with server.owned(owner, password=SECRET) as url:
        server.run(f"""CREATE ROLE "{role}" LOGIN PASSWORD '{SECRET}'""")
        settings = replace(settings_for(folder), database_url=with_password(url))
        found_office(settings, StoppedClock(THURSDAY)).engine.dispose()
        databases.rights(settings, role, apply=True)
        yield settings
        server.run(f'DROP OWNED BY "{role}"', url.rpartition("/")[2])
        server.run(f'DROP ROLE "{role}"')


def with_password(url: str) -> str:
    return url.replace("@", ":s3cr%2Ft%23p%40ss@", 1)


def as_desk(settings: Settings) -> str:
    return settings.database_url.replace("wuye_owner", ROLE).replace("busy_owner", BUSY)


@pytest.fixture
def at_desk(busy: Settings, clock: StoppedClock) -> Iterator[Desk]:
    """A desk by its own role."""
    opened = open_desk(replace(busy, database_url=as_desk(busy)), clock).as_staff("KF01")
    yield opened
    opened.engine.dispose()


def statement(url: str, words: str) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(words.encode())


def test_a_whole_day_is_told_by_the_desks_role(at_desk: Desk) -> None:
    emptied: set[str] = set()

    def look(_c: Any, _cursor: Any, words: str, _p: Any, _x: Any, _many: bool) -> None:
        if words.startswith("DELETE FROM "):
            emptied.add(words.split()[2])

    event.listen(Engine, "before_cursor_execute", look)
    try:
        a_day(at_desk)
        questions(at_desk)
    finally:
        event.remove(Engine, "before_cursor_execute", look)
    assert check(at_desk).clean
    assert emptied <= grants.TAKEN_AWAY


def test_rows_may_be_taken_away_where_an_act_does_so_and_nowhere_else() -> None:
    code = "".join(path.read_text("utf-8") for path in Path(wuye_tui.__file__).parent.rglob("*.py"))
    named = re.findall(r"(?:\bact\.delete\(|\bdelete\(table_of\()([A-Z]\w+)", code)
    found = {table_of(getattr(tables, name)).name for name in named}
    belongings = {"person_key", "unit_person"}  # of whoever is erased, by a loop over both
    assert found | belongings == grants.TAKEN_AWAY


def test_whole_lives_of_slips_are_lived_by_the_desks_role(
    at_desk: Desk, clock: StoppedClock
) -> None:
    def tell(at: Desk, what: str, work: Any) -> Result:
        return at.perform(what, work)

    for story in STORIES:
        _end_patrols(at_desk)
        play(at_desk, clock, story, tell)
        clock.set(clock.now().replace(hour=2, minute=20) + timedelta(days=1))
    assert check(at_desk).clean


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_may_only_be_added_to_is_not_changed(owner: Settings, table: str) -> None:
    url = as_desk(owner)
    for words in (
        f"UPDATE {table} SET site = site",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
        f"ALTER TABLE {table} DISABLE TRIGGER USER",
        f"DROP TRIGGER {table}_append_only ON {table}",
        f"DROP TABLE {table}",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            statement(url, words)
    # Who may not grant is not refused: the server only says that nothing came of it.
    statement(url, f"GRANT UPDATE ON {table} TO current_user")
    # The owner may switch the guard off, and the desks still have no right to it.
    statement(owner.database_url, f"ALTER TABLE {table} DISABLE TRIGGER USER")
    with pytest.raises(errors.InsufficientPrivilege):
        statement(url, f"UPDATE {table} SET site = site")
    statement(owner.database_url, f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.parametrize(
    "words",
    [
        "CREATE TABLE mine (n int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION wuye_append_only() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NEW; END'",
        "UPDATE office SET training = NOT training",
        "DELETE FROM office",
        "DELETE FROM matter",
        "TRUNCATE unit CASCADE",
        "UPDATE alembic_version SET version_num = '0001'",
        "SET session_replication_role = replica",
        "ALTER TABLE matter ADD COLUMN mine text",
    ],
)
def test_what_else_is_the_owner_s(owner: Settings, words: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        statement(as_desk(owner), words)


def test_rights_are_printed_before_they_are_given_and_take_away_what_was_too_much(
    owner: Settings,
) -> None:
    printed = databases.rights(owner, ROLE, apply=False).statements
    assert any('GRANT SELECT, INSERT ON "public"."audit"' in one for one in printed)
    statement(owner.database_url, f'GRANT ALL ON ALL TABLES IN SCHEMA public TO "{ROLE}"')
    statement(as_desk(owner), "UPDATE audit SET site = site WHERE false")
    for one in printed:
        statement(owner.database_url, one)
    with pytest.raises(errors.InsufficientPrivilege):
        statement(as_desk(owner), "UPDATE audit SET site = site")
    assert databases.rights(owner, ROLE, apply=True).statements == printed


def test_a_superuser_an_owner_or_nobody_is_no_role_for_a_desk(
    owner: Settings, server: StrictServer
) -> None:
    for role in ("desk", "wuye_owner"):
        with pytest.raises(grants.RoleTooStrong):
            databases.rights(owner, role, apply=True)
    with pytest.raises(grants.NoSuchRole):
        databases.rights(owner, 'x"; DROP TABLE office; --', apply=True)


def test_on_sqlite_there_are_no_roles(desk: Desk) -> None:
    with pytest.raises(databases.ServersOnly):
        databases.rights(desk.settings, ROLE, apply=True)


def test_an_upgrade_gives_the_desks_the_new_table_too(busy: Settings) -> None:
    engine = open_engine(busy.database_url)
    with exclusive(engine), rebuild(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE newcomer (site text)")
        assert grants.renew(connection) == [BUSY]
    engine.dispose()
    statement(as_desk(busy), "INSERT INTO newcomer VALUES ('x')")
    with pytest.raises(errors.InsufficientPrivilege):
        statement(as_desk(busy), "DELETE FROM newcomer")


def test_the_desks_role_cannot_upgrade_and_says_whose_it_is(busy: Settings) -> None:
    statement(busy.database_url, "UPDATE alembic_version SET version_num = '0001'")
    engine = open_engine(as_desk(busy))
    with pytest.raises(NoRight, match="库的所有者"):
        upgrade.upgrade(engine, Path("/nowhere"))
    engine.dispose()


def test_names_are_quoted(owner: Settings) -> None:
    found = databases.rights(owner, ROLE, apply=False)
    quoted = sql.Identifier(ROLE).as_string()
    assert all(quoted in one for one in found.statements)


def test_somebody_else_gives_no_rights_and_is_told_so(busy: Settings) -> None:
    nobody = replace(busy, database_url=as_desk(busy))
    with pytest.raises(grants.NotTheOwner, match="所有者的地址"):
        databases.rights(nobody, BUSY, apply=True)
