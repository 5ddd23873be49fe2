import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.widgets import Static

from screens import crash
from screens.crash import SafeApp
from tests.ptys import Terminal
from wuye_tui.logs import close_log, open_log

PROJECT = str(Path(__file__).parents[2])
RESIDENT = "张敏 13812345678"
DESK = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from screens import terminal
terminal.prepare()
from textual.widgets import Static
from textual.message import Message
from screens import crash
from screens.crash import SafeApp
from wuye_tui.logs import open_log

HOME = Path(sys.argv[2])
open_log(HOME)

class Desk(SafeApp):
    def compose(self):
        yield Static("READY")

    def save(self):
        with (HOME / "draft").open("a") as draft:
            draft.write("saved\\n")

    def on_key(self, event):
        resident = "张敏 13812345678"
        way = {"m": self.message, "t": self.timer, "w": self.worker, "r": self.paint,
               "e": self.read, "o": self.lose, "d": self.both, "p": self.busy}.get(event.key)
        if way:
            way(resident)

    def message(self, resident):
        raise KeyError(resident)

    def timer(self, resident):
        self.set_timer(0.01, lambda: self.message(resident))

    def worker(self, resident):
        self.run_worker(lambda: self.message(resident), thread=True)

    def paint(self, resident):
        self.query_one(Static).update("[/" + resident)

    def read(self, resident):
        self._driver.process_message = lambda message: self.message(resident)
        sys.__stderr__.write("DEAF")
        sys.__stderr__.flush()

    def lose(self, resident):
        self._driver.process_message = lambda message: os.read(-1, 1)
        sys.__stderr__.write("DEAF")
        sys.__stderr__.flush()

    def busy(self, resident):
        self.set_interval(0.001, lambda: self.screen.refresh())
        sys.__stderr__.write("BUSY")
        sys.__stderr__.flush()

    def both(self, resident):
        self.timer(resident)
        self.message(resident)

%s
sys.exit(Desk().launch())
"""


@pytest.mark.e2e
@pytest.mark.parametrize("way", ["m", "t", "w", "r", "d"])
def test_a_defect_gives_the_terminal_back_and_names_an_error_id(tmp_path: Path, way: str) -> None:
    with Terminal(DESK % "", PROJECT, str(tmp_path), size=(200, 24)) as desk:
        before = desk.attributes()
        desk.wait_for("READY")
        desk.type(way.encode())
        assert desk.status() == 70
        assert desk.attributes() == before
        after = desk.text.split("\x1b[?1049l")[-1]
        log = (tmp_path / "wuye.log").read_text()
        name = log.split("error id ")[1].split(" ")[0]
        assert after.count(name) == 1
        assert f"值台程序出错，已经退出，错误号 {name}" in after
        assert "\x1b[?25h" in after
        for private in ("张敏", "13812345678", "Traceback", "resident"):
            assert private not in desk.text
            assert private not in log
    assert (tmp_path / "draft").read_text() == "saved\n"
    assert stat.S_IMODE((tmp_path / "wuye.log").stat().st_mode) == 0o600


@pytest.mark.e2e
def test_a_reader_of_the_keyboard_that_fails_ends_in_order_too(tmp_path: Path) -> None:
    with Terminal(DESK % "", PROJECT, str(tmp_path)) as desk:
        desk.wait_for("READY")
        desk.type(b"e")
        desk.wait_for("DEAF")
        desk.type(b"x")
        assert desk.status() == 70
        assert "错误号" in desk.text
        assert "张敏" not in desk.text


@pytest.mark.e2e
def test_a_keyboard_that_cannot_be_read_any_more_is_a_dropped_line(tmp_path: Path) -> None:
    with Terminal(DESK % "", PROJECT, str(tmp_path)) as desk:
        desk.wait_for("READY")
        desk.type(b"o")
        desk.wait_for("DEAF")
        desk.type(b"x")
        assert desk.status() == 129
    assert (tmp_path / "draft").read_text() == "saved\n"


@pytest.mark.e2e
def test_a_line_dropped_in_the_middle_of_painting_leaves_no_orphan(tmp_path: Path) -> None:
    with Terminal(DESK % "", PROJECT, str(tmp_path), size=(200, 60)) as desk:
        desk.wait_for("READY")
        desk.type(b"p")
        desk.wait_for("BUSY")
        desk.hang_up()
        assert desk.status() == 129
    assert (tmp_path / "draft").read_text() == "saved\n"


@pytest.mark.e2e
def test_a_defect_while_starting_is_told_the_same_way(tmp_path: Path) -> None:
    broken = "Desk.CSS = 'Static { colour: 13812345678; }'"
    with Terminal(DESK % broken, PROJECT, str(tmp_path)) as desk:
        assert desk.status() == 70
        assert desk.text.count("错误号") == 1
        assert "colour" not in desk.text


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_shutdown_saves_and_ends_in_order(
    tmp_path: Path, sent: signal.Signals, status: int
) -> None:
    with Terminal(DESK % "", PROJECT, str(tmp_path)) as desk:
        before = desk.attributes()
        desk.wait_for("READY")
        desk.process.send_signal(sent)
        assert desk.status() == status
        assert desk.attributes() == before
        assert "错误号" not in desk.text
    assert (tmp_path / "draft").read_text() == "saved\n"


@pytest.mark.e2e
def test_a_dropped_line_saves_and_leaves_no_orphan(tmp_path: Path) -> None:
    with Terminal(DESK % "", PROJECT, str(tmp_path)) as desk:
        desk.wait_for("READY")
        desk.hang_up()
        assert desk.status() == 129
    assert (tmp_path / "draft").read_text() == "saved\n"


@pytest.mark.e2e
def test_a_dropped_line_without_its_signal_is_noticed_too(tmp_path: Path) -> None:
    deaf = "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])"
    late = "os.kill = lambda pid, number: signal.raise_signal(signal.SIGTERM)"
    with Terminal(DESK % f"{deaf}; {late}", PROJECT, str(tmp_path)) as desk:
        desk.wait_for("READY")
        desk.hang_up()
        assert desk.status() in (129, 143)
    assert (tmp_path / "draft").read_text() == "saved\n"


class Fragile(SafeApp[None]):
    def __init__(self) -> None:
        super().__init__()
        self.saves = 0

    def compose(self) -> ComposeResult:
        yield Static("x")

    def save(self) -> None:
        self.saves += 1
        raise OSError(28, RESIDENT)

    def fall(self) -> None:
        raise KeyError(RESIDENT)


async def test_a_last_word_is_printed_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    app = Fragile()
    async with app.run_test():
        app.exit(message="草稿已保存 [/red]\x1b[2J" + "x" * 200)
    assert capsys.readouterr().err == "草稿已保存 [/red]<1B>[2J" + "x" * 200 + "\n"


async def test_a_draft_that_cannot_be_saved_hides_neither_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = open_log(tmp_path)
    app = Fragile()
    with pytest.raises(KeyError):  # noqa: PT012 - raised when the application ends
        async with app.run_test() as pilot:
            app.call_later(app.fall)
            await pilot.pause()
    close_log()
    lines = path.read_text().splitlines()
    assert ["KeyError at" in lines[0], "OSError errno=28" in lines[1], len(lines)] == [
        True,
        True,
        2,
    ]
    assert app.saves == 1
    assert app.return_code == 70
    assert RESIDENT not in capsys.readouterr().err


def test_what_draws_errors_is_not_loaded_until_there_is_one() -> None:
    """It takes long at every start; without it a picture of an error cannot be there either."""
    code = "import sys, screens.app; print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT
    )
    assert "screens.crash" in told.stdout.split()
    assert "rich.traceback" not in told.stdout.split()


def test_a_picture_of_an_error_tells_which_it_was() -> None:
    from rich.traceback import Traceback

    try:
        raise OSError(RESIDENT)
    except OSError as error:
        picture = Traceback.from_exception(type(error), error, error.__traceback__)
    assert crash.pictured(picture) == ["OSError"]
    assert crash.pictured("no picture") == []
