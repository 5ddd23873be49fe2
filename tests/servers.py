"""A private server that is stopped and started under the desks, or asks for passwords on a port."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.postgres import ROLE, PgServer

_HBA = """local all {role} trust
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
"""


class DeskServer(PgServer):
    """A server that may be stopped while desks work, with further settings of its own."""

    def __init__(self, settings: str = "") -> None:
        self._more = settings
        super().__init__()

    def go_down(self, mode: str) -> None:
        """Stops it: `fast` ends every session, `immediate` as a power cut ends the server."""
        self.control("stop", "-m", mode, "-t", "60")

    def come_up(self) -> None:
        """Starts it again."""
        self.control("start", "-l", str(self.folder / "log"), "-t", "60")

    def control(self, *words: str) -> str:
        """Runs pg_ctl as the server's account, and returns what it said."""
        data = ["-D", str(self.folder / "data"), "-w", "-s"]
        return self.run_as_server(str(self.binaries / "pg_ctl"), *data, *words)

    def run_as_server(self, *command: str) -> str:
        """Runs a command as the server's account; it has to succeed."""
        process = self._spawn(list(command))
        if process.stdin is not None:
            process.stdin.close()
            process.stdin = None
        assert process.wait() == 0, (command, process.stdout and process.stdout.read())
        return ""

    @property
    def said(self) -> str:
        """The server's log."""
        return (self.folder / "log").read_text("utf-8", "replace")

    def run(self, statement: str, database: str = "postgres") -> None:
        """Runs a statement as the server's superuser."""
        where = f"host={self.folder} user={ROLE} dbname={database}"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _prepare(self) -> None:
        super()._prepare()
        with (self.folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(self._more)


class StrictServer(DeskServer):
    """It listens on a port of this machine and asks everybody but its superuser for a password."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        super().__init__(f"listen_addresses = '127.0.0.1'\nport = {self.port}\n")

    def _prepare(self) -> None:
        super()._prepare()
        (self.folder / "data" / "pg_hba.conf").write_text(_HBA.format(role=ROLE))

    def run(self, statement: str, database: str = "postgres") -> None:
        """Runs a statement as the server's superuser."""
        where = f"host={self.folder} port={self.port} user={ROLE} dbname={database}"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def owned(self, *roles: str, password: str) -> Iterator[str]:
        """The address of an empty database that belongs to the first of these roles, which are made
        with this password. The address holds none.
        """
        name, owner = f"wuye_{uuid4().hex[:8]}", roles[0]
        for role in roles:
            made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
            self.run(made.format(sql.Identifier(role), sql.Literal(password)).as_string())
        self.run(f"CREATE DATABASE {name} OWNER {owner} TEMPLATE template0")
        yield f"postgresql+psycopg://{owner}@127.0.0.1:{self.port}/{name}"
        self.run(f"DROP DATABASE {name} (FORCE)")
        for role in roles:
            self.run(f"DROP ROLE {role}")
