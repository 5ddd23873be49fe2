"""docs/server.md, command by command as it stands there, on a server of the test's own.

- the two roles, and a certificate by which a desk knows its server
- a dump and the way back from it
- a base backup, the log of everything since, a mistake; and the database as it was before it
"""

import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.desks import found_office, settings_for
from tests.factories import a_repair
from tests.postgres import ROLE, NoServer, find_binaries
from tests.servers import DeskServer
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import databases
from wuye_tui.registers.checking import check
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.server_faults import NotEncrypted, NotLetIn

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "server.md").read_text("utf-8")
pytestmark = pytest.mark.pg


def commands(name: str) -> str:
    """The block of the page that stands behind this comment."""
    found = re.search(rf"```sh\n# {name}\n(.*?)```", PAGE, re.DOTALL)
    assert found, name
    return found[1]


class Place:
    """The folders of the page, moved into one of the test's own."""

    def __init__(self, server: DeskServer) -> None:
        self.server = server
        self.archive, self.base = server.folder / "archive", server.folder / "base"
        self.restored = server.folder / "restored"

    def run(self, block: str) -> str:
        """A block of the page, run by a shell as the server's account."""
        moved = block
        for there, here in (
            ("/var/lib/postgresql/archive", self.archive),
            ("/var/backups/wuye", self.base),
            ("/var/lib/postgresql/restored", self.restored),
        ):
            moved = moved.replace(there, str(here))
        account = self.server.account
        done = subprocess.run(
            ["/bin/sh", "-eu", "-c", moved],
            cwd=self.server.folder,
            env={
                "PATH": f"{self.server.binaries}:/usr/bin:/bin", "LC_ALL": "C",
                "PGHOST": str(self.server.folder), "PGUSER": ROLE, "PGDATABASE": "postgres",
                "HOME": str(self.server.folder),
            },
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (moved, done.stdout, done.stderr)
        return done.stdout


@pytest.fixture
def place() -> Iterator[Place]:
    """A server that archives as the page says."""
    try:
        find_binaries()
    except NoServer as reason:
        pytest.skip(f"PostgreSQL: {reason}")
    with DeskServer() as server:
        found = Place(server)
        for folder in (found.archive, found.base):
            folder.mkdir()
            if server.account:
                os.chown(folder, server.account.pw_uid, server.account.pw_gid)
        found.run(commands("roles"))
        yield found


def office_at(place: Place, folder: Path, clock: StoppedClock) -> Desk:
    """An office of `wuye_owner`; `wuye_desk` may work at it."""
    url = place.server.url("wuye")
    settings = replace(settings_for(folder), database_url=url.replace(ROLE, "wuye_owner", 1))
    desk = found_office(settings, clock)
    databases.rights(settings, "wuye_desk", apply=True)
    return desk


@contextmanager
def opened(desk: Desk, url: str) -> Iterator[Desk]:
    there = open_desk(replace(desk.settings, database_url=url), desk.clock).as_staff("KF01")
    yield there
    there.engine.dispose()


def test_dumps_and_restores_as_the_page_says(
    place: Place, tmp_path: Path, clock: StoppedClock
) -> None:
    desk = office_at(place, tmp_path, clock)
    number = a_repair(desk)
    place.run(commands("dump").replace("/var/backups/", f"{place.base}/"))
    place.run(commands("restore a dump").replace("/var/backups/", f"{place.base}/"))
    with opened(desk, place.server.url("wuye_restored").replace(ROLE, "wuye_desk", 1)) as there:
        assert [row.number for row in queue(there, Wanted())] == [number]
        assert check(there).clean
        assert a_repair(there) > number
    desk.engine.dispose()


def test_recovers_to_a_moment_as_the_page_says(
    place: Place, tmp_path: Path, clock: StoppedClock
) -> None:
    desk = office_at(place, tmp_path, clock)
    place.run(commands("archive"))
    desk.engine.dispose()
    place.server.control("restart", "-l", str(place.server.folder / "log"))
    before = a_repair(desk)
    place.run(commands("base backup"))
    after = a_repair(desk)
    time.sleep(1.1)  # the moment is told in whole seconds
    moment = place.run("psql -d wuye -Atc \"SELECT date_trunc('second', now())\"").strip()
    time.sleep(1.1)
    mistake = a_repair(desk)
    place.run(commands("last log"))
    desk.engine.dispose()
    place.server.go_down("fast")
    place.run(commands("recover").replace("2026-11-21 17:49:00+08", moment))
    seq, _mark, _at = place.run(commands("look")).partition("|")
    with opened(desk, f"postgresql://{ROLE}@/wuye?host={place.server.folder}&port=5433") as there:
        assert sorted(row.number for row in queue(there, Wanted())) == sorted([before, after])
        assert check(there).clean
        assert check(there).seq == int(seq)
        assert a_repair(there) == mistake, "the number is given again: that act never was"
    place.run(commands("stop it"))
    place.server.come_up()
    assert mistake in [row.number for row in queue(desk, Wanted())], "the old one was not touched"
    desk.engine.dispose()


def test_a_desk_knows_its_server_by_the_certificate(
    place: Place, tmp_path: Path, clock: StoppedClock
) -> None:
    desk, data = office_at(place, tmp_path, clock), place.server.folder / "data"
    made = commands("certificate").replace("db.office.lan", "localhost")
    place.run(f"cd {data}\n{made}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place.server.run("ALTER SYSTEM SET listen_addresses = 'localhost'")
    place.server.run(f"ALTER SYSTEM SET port = {port}")
    (data / "pg_hba.conf").write_text("hostssl wuye wuye_owner,wuye_desk 127.0.0.1/32 trust\n")
    desk.engine.dispose()
    place.server.control("restart", "-l", str(place.server.folder / "log"))
    certificate = tmp_path / "server.crt"
    certificate.write_text((data / "server.crt").read_text())
    at = f"postgresql+psycopg://wuye_desk@localhost:{port}/wuye"
    with opened(desk, f"{at}?sslmode=verify-full&sslrootcert={certificate}") as there:
        with there.read() as session:
            mine = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
            assert session.execute(text(mine)).scalar_one() is True
        assert a_repair(there)
    other = tmp_path / "other.crt"
    place.run(f"cd {place.base}\n{made.rpartition('psql')[0]}")
    other.write_text((place.base / "server.crt").read_text())
    for asked, fault in (
        (f"?sslmode=verify-full&sslrootcert={other}", NotEncrypted),
        (f"?sslmode=verify-full&sslrootcert={tmp_path / 'nothing'}", NotEncrypted),
        ("?sslmode=disable", NotLetIn),
    ):
        with pytest.raises(fault):
            open_desk(replace(desk.settings, database_url=at + asked))
    other_name = at.replace("localhost", "127.0.0.1")
    asked = f"?sslmode=verify-full&sslrootcert={certificate}"
    with pytest.raises(NotEncrypted):
        open_desk(replace(desk.settings, database_url=other_name + asked))
