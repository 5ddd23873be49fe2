"""On the command line, too, what was saved once is saved once, whatever became of the answer."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.desks import settings_for
from tests.lossy import Line, line_to
from tests.postgres import ROLE, PgServer
from wuye_tui.cli.main import run
from wuye_tui.desk import Desk
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.settings import Settings

pytestmark = pytest.mark.pg
SAID = ["repairs", "register", "--unit", "3-1-502", "--text", "厨房水管漏水"]


@pytest.fixture
def line(pg_server: PgServer) -> Iterator[Line]:
    with line_to(pg_server.folder) as found:
        yield found


@pytest.fixture
def typed(pg_desk: Desk, line: Line, tmp_path: Path) -> list[str]:
    """The rest of a line that reaches the office by that way, armed."""
    settings: Settings = replace(settings_for(tmp_path / "office"))
    database = make_url(pg_desk.settings.database_url).database
    url = f"postgresql+psycopg://{ROLE}@127.0.0.1:{line.port}/{database}"
    line.is_armed = True
    now = pg_desk.now().isoformat()
    return ["--home", str(settings.home), "--db", url, "--as", "KF01", "--now", now]


def test_an_answer_that_was_lost_is_asked_for(
    pg_desk: Desk, line: Line, typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*SAID, *typed]) == 0
    assert line.cuts == 1
    (row,) = queue(pg_desk, Wanted())
    assert row.number in capsys.readouterr().out


def test_where_nobody_answers_any_more_the_same_key_saves_once(
    pg_desk: Desk, line: Line, typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    line.stays_cut = True
    assert run([*SAID, *typed]) == 5
    told = capsys.readouterr().err
    found = re.search(r"不知道这一次存了没有。再试时加 --key ([0-9a-f-]{36})，", told)
    assert found, told
    assert line.cuts == 1
    line.stays_cut = False
    assert run([*SAID, "--key", found[1], *typed]) == 0
    assert len(queue(pg_desk, Wanted())) == 1


def test_what_was_not_begun_is_said_without_a_key(
    line: Line, typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    line.is_armed, line.stays_cut, line.cuts = False, True, 1
    assert run([*SAID, *typed]) == 5
    told = capsys.readouterr().err
    assert "连不上数据库" in told
    assert "--key" not in told
