"""The server is stopped and started under a console in a real terminal: a word on the status line.

Whoever types goes on typing. What is saved meanwhile is refused in one sentence and stays in the
form; when the server is back, the console goes on by itself and the same key saves once.
"""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from tests.desks import THURSDAY, found_office, settings_for
from tests.lossy import Line, line_to
from tests.postgres import ROLE
from tests.screens.consoles import on_duty
from tests.servers import DeskServer
from tests.tmux import NOW, Tmux
from wuye_tui.desk import Desk
from wuye_tui.registers.checking import check
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.engine import open_engine

LINE = "3-1-502 厨房水管漏水"
CUT = " 断线 "

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.pg,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux on this machine"),
]


@pytest.fixture
def server() -> Iterator[DeskServer]:
    with DeskServer() as private:
        yield private


@pytest.fixture
def at_server(server: DeskServer, tmp_path: Path) -> Iterator[Desk]:
    """An office on a server that may be stopped; its clerk on duty."""
    with server.database() as url:
        settings = replace(settings_for(tmp_path), database_url=url)
        desk = on_duty(found_office(settings, StoppedClock(THURSDAY)))
        yield desk
        desk.engine.dispose()


@pytest.fixture
def line(server: DeskServer) -> Iterator[Line]:
    """What the console reaches the server by."""
    with line_to(server.folder) as found:
        yield found


@pytest.fixture
def terminal(at_server: Desk, line: Line) -> Iterator[Tmux]:
    """The console of this office."""
    found, settings = Tmux(), at_server.settings
    database = make_url(settings.database_url).database
    found.start(
        sys.executable, "-m", "wuye_tui", "--home", str(settings.home), "--as", "KF01",
        "--db", f"postgresql+psycopg://{ROLE}@127.0.0.1:{line.port}/{database}", "--now", NOW,
    )  # fmt: skip
    found.wait_for("李晓燕")
    yield found
    found.end()


def top(terminal: Tmux) -> str:
    return f"{terminal.text.splitlines()[0]} "


def steps(desk: Desk) -> list[str]:
    (row,) = queue(desk, Wanted())
    return [line.step.verb for line in show(desk, row.number).history]


@pytest.mark.parametrize("mode", ["fast", pytest.param("immediate", marks=pytest.mark.slow)])
def test_a_form_half_filled_in_outlives_a_restart_and_is_saved_once(
    server: DeskServer, at_server: Desk, terminal: Tmux, mode: str
) -> None:
    terminal.type(LINE)
    terminal.wait_for("陈立 业主")
    terminal.press("Enter")
    terminal.wait_for("已开单")
    terminal.press("F7")
    terminal.wait_for("通知了谁")
    assert CUT not in top(terminal)
    server.go_down(mode)
    terminal.wait_until(lambda: CUT in top(terminal))
    terminal.press("Up", "Up", "Up", "C-u")
    terminal.type("王工")
    terminal.wait_for("王工")
    terminal.press("F7")
    shown = terminal.wait_for("重试不会重复登记")
    assert "连不上数据库" in shown
    assert "王工" in shown
    terminal.press("F2")
    terminal.type("另一个电话")
    terminal.wait_for("另一个电话")
    server.come_up()
    terminal.wait_until(lambda: CUT not in top(terminal))
    shown = terminal.wait_for("数据库又能用了")
    assert "王工" in shown
    assert "另一个电话" in shown
    assert steps(at_server) == ["register", "issue"], "nothing was saved while it was away"
    terminal.press("F3", "F7")
    terminal.wait_for("已通知，")
    assert steps(at_server) == ["register", "issue", "notify"]
    assert show(at_server, queue(at_server, Wanted())[0].number).situation.facts["whom"] == "王工"
    assert check(at_server).clean
    assert " 来电 另一个电话" in terminal.text


@pytest.mark.parametrize("mode", [pytest.param("fast", marks=pytest.mark.slow), "immediate"])
def test_a_call_under_way_when_the_server_goes_is_registered_once(
    server: DeskServer, at_server: Desk, terminal: Tmux, mode: str
) -> None:
    """It waits for another desk's lock when the server goes: refused, and then saved by Enter."""
    terminal.type(LINE)
    terminal.wait_for("陈立 业主")
    other = open_engine(at_server.settings.database_url)
    with other.connect() as holder:
        holder.execution_options(wuye_writes=True)
        holder.execute(text("LOCK TABLE matter IN ACCESS EXCLUSIVE MODE"))
        terminal.press("Enter")
        terminal.wait_for("数据库正忙，正在等它")
        server.go_down(mode)
        holder.invalidate()
    terminal.wait_for("重试不会重复登记")
    terminal.wait_until(lambda: CUT in top(terminal))
    assert LINE in terminal.text
    server.come_up()
    terminal.wait_until(lambda: CUT not in top(terminal))
    assert queue(at_server, Wanted()) == []
    terminal.press("Enter")
    terminal.wait_for("已开单")
    assert [row.words for row in queue(at_server, Wanted())] == ["厨房水管漏水"]
    assert check(at_server).clean
    other.dispose()


def test_an_act_whose_answer_was_lost_is_not_done_twice(
    server: DeskServer, at_server: Desk, line: Line, terminal: Tmux
) -> None:
    """The commit arrives and its answer does not: the server is asked again, and says so."""
    terminal.type(LINE)
    terminal.wait_for("陈立 业主")
    line.is_armed = True
    terminal.press("Enter")
    terminal.wait_for("已开单")
    assert line.cuts == 1
    assert len(queue(at_server, Wanted())) == 1
    assert check(at_server).clean
