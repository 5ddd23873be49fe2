"""What every test stands on: a machine that leaves no trace in it, and a database server."""

import gc
import os
import sys

# Where no bytecode is kept, each test process and each `wuye` of a test compiles everything anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# A seventh of the processor time went into looking through modules and tests for garbage.
gc.set_threshold(20_000, 10, 10)

# Before anything imports Textual or Typer, which read these once.
os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
for _name in ("NO_COLOR", "FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS", "COLUMNS", "LINES"):
    os.environ.pop(_name, None)

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from textual import _wait, constants

from tests import textual_once
from tests.postgres import REQUIRED, NoServer, PgServer

# The snapshot plugin has imported Textual before us.
constants.DISABLE_KITTY_KEY = True  # type: ignore[misc]
# How long the pilot waits to see that nothing goes on: half of a console test's time was spent so.
# What the tests rely on besides is in `tests/screens/consoles.py`.
_wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 0.008, 0.0008
textual_once.install()

pytest_plugins = ["tests.desks"]  # desks of a training office on a stopped clock

# The same examples everywhere: a test that fails on one machine fails on the next.
settings.register_profile("ci", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("ci")


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: nobody need look through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def strange_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs at home nowhere: no settings, drafts, language or servers of the one who
    runs it. Returns the empty home folder.
    """
    for name in os.environ:
        if name.startswith(("WUYE_", "XDG_", "PG")):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    return home


@pytest.fixture(scope="session")
def pg_server() -> Iterator[PgServer]:
    """A private PostgreSQL server, one a test process, started when a test first asks for it."""
    try:
        server = PgServer()
    except NoServer as reason:
        if REQUIRED:
            pytest.fail(f"PostgreSQL is required here (WUYE_REQUIRE_PG=1): {reason}")
        pytest.skip(f"PostgreSQL: {reason}")
    with server:
        yield server


@pytest.fixture
def pg_url(pg_server: PgServer) -> Iterator[str]:
    """The URL of a fresh, empty PostgreSQL database."""
    with pg_server.database() as url:
        yield url
