"""One private PostgreSQL server, from the system's own binaries, for as long as a session asks.

It listens on a socket in a folder of its own and on no port, so that it is in nobody's way and
nobody else reaches it. A small shell holds it: when the process that started it ends, for whatever
reason, kill -9 included, the shell's standard input closes, and it stops the server and takes the
folder away.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Self
from uuid import uuid4

import psycopg
from psycopg import sql

ROLE = "desk"
REQUIRED = os.environ.get("WUYE_REQUIRE_PG") == "1"  # read before the tests clear the environment

# fsync off: a test server need not outlive a power cut. Commits stay synchronous, because tests
# that stop the server hard ask what a commit is worth. The zone is an office's, not UTC.
SETTINGS = """
listen_addresses = ''
fsync = off
full_page_writes = off
shared_buffers = 16MB
max_connections = 60
timezone = 'Asia/Shanghai'
"""

HOLD = """
"$1/pg_ctl" -D "$2/data" -l "$2/log" -w -s -t 60 start && echo ready
read -r _
"$1/pg_ctl" -D "$2/data" -w -s -m immediate stop
rm -rf "$2"
"""


class NoServer(Exception):
    """There is no PostgreSQL server here, or it does not start; the sentence says why."""


class PgServer:
    """A running server; `with PgServer() as server` stops it and removes everything of it."""

    def __init__(self) -> None:
        self.binaries = find_binaries()
        self.account = unprivileged_account()
        self.folder = Path(tempfile.mkdtemp(prefix="wuye-pg-", dir=_open_temp_folder()))
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        try:
            self._prepare()
            self._holder = self._start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg://{ROLE}@/{database}?host={self.folder}"

    def create(self, database: str, like: str = "template0") -> None:
        """Makes an empty database, or a copy of one that nobody is connected to."""
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._run(create.format(sql.Identifier(database), sql.Identifier(like)))

    def seal(self, database: str) -> None:
        """Lets nobody in any more and ends who is still connected: now it can be copied."""
        name = sql.Identifier(database)
        self._run(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
        end = "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE datname = {}"
        self._run(sql.SQL(end).format(sql.Literal(database)))

    def drop(self, database: str) -> None:
        """Drops a database, whoever is still connected to it."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(sql.Identifier(database)))

    @contextmanager
    def database(self, like: str = "template0") -> Iterator[str]:
        """The URL of a database of its own, empty or a copy; it is dropped at the end."""
        name = f"desk_{uuid4().hex[:12]}"
        self.create(name, like)
        yield self.url(name)
        self.drop(name)

    def stop(self) -> None:
        """Stops the server at once and removes its folder."""
        self._holder.communicate("\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def _run(self, statement: sql.Composed) -> None:
        where = f"host={self.folder} user={ROLE} dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement)

    def _prepare(self) -> None:
        data = self.folder / "data"
        initdb = [str(self.binaries / "initdb"), "-D", str(data), "-U", ROLE, "--auth=trust"]
        options = ["--no-sync", "--encoding=UTF8", "--locale=C"]
        process = self._spawn(initdb + options)
        said, _ = process.communicate()
        if process.returncode:
            raise NoServer(f"initdb: {said.strip()}")
        with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(f"{SETTINGS}unix_socket_directories = '{self.folder}'\n")

    def _start(self) -> "subprocess.Popen[str]":
        where = [str(self.binaries), str(self.folder)]
        holder = self._spawn(["/bin/sh", "-c", HOLD, "hold", *where])
        assert holder.stdout is not None
        said = holder.stdout.readline()
        if said != "ready\n":
            log = self.folder / "log"
            said += log.read_text("utf-8", "replace") if log.exists() else ""
            holder.communicate("\n")
            raise NoServer(f"pg_ctl: {said.strip()[-800:]}")
        return holder

    def _spawn(self, command: list[str]) -> "subprocess.Popen[str]":
        """Starts a command as the server's account, out of reach of the terminal's Ctrl-C."""
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            start_new_session=True,
            user=self.account.pw_uid if self.account else None,
            group=self.account.pw_gid if self.account else None,
            extra_groups=[] if self.account else None,
        )


@cache
def find_binaries() -> Path:
    """The folder with initdb and pg_ctl: PATH, pg_config, Debian's folders, the newest first."""
    places = []
    if on_path := shutil.which("initdb"):
        places.append(Path(on_path).resolve().parent)
    if pg_config := shutil.which("pg_config"):
        asked = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        places.append(Path(asked.stdout.strip()))
    versions = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    places += sorted(versions, key=lambda folder: folder.parent.name.zfill(4), reverse=True)
    for place in places:
        if all((place / name).is_file() for name in ("initdb", "pg_ctl", "postgres")):
            return place
    raise NoServer("no initdb, pg_ctl and postgres on this machine; install the package postgresql")


def unprivileged_account() -> pwd.struct_passwd | None:
    """Whom the server runs as: ourselves (None), or for root an account without rights."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServer("PostgreSQL refuses to run as root, and there is no account postgres or nobody")


def _open_temp_folder() -> str:
    """A folder that another account can enter; root's own TMPDIR often is not. Socket paths are
    limited to about 100 bytes, one more reason to stay away from pytest's deep folders.
    """
    return "/tmp" if os.geteuid() == 0 else tempfile.gettempdir()
