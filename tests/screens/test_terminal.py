import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from screens import terminal
from tests.ptys import Terminal
from wuye_tui.words import _

PROJECT = str(Path(__file__).parents[2])
APP = """
import sys
sys.path.insert(0, sys.argv[1])
from screens import terminal
terminal.prepare()
from textual.app import App
from screens.crash import SafeApp
from screens.widgets.cjk_input import CjkInput

class Desk(SafeApp):
    def compose(self):
        yield CjkInput()
    def on_ready(self):
        sys.__stderr__.write("\\x1b]0;READY\\x07")
        sys.__stderr__.flush()
    def on_input_submitted(self, message):
        self.exit(message=repr(message.value))

sys.exit(Desk().launch())
"""


@pytest.mark.e2e
def test_bytes_of_another_encoding_and_old_mouse_reports_do_not_end_the_desk() -> None:
    with Terminal(APP, PROJECT) as desk:
        desk.wait_for("READY")
        desk.type("你好".encode("gbk") + b"\x1b[M \xf7!")
        desk.type("厨房水龙头".encode())
        desk.wait_for("厨房水龙头")
        desk.type(b"\r")
        assert desk.status() == 0
        assert "<FFFD>厨房水龙头" in desk.text.rsplit("\x1b", 1)[-1]
        assert "\x1b[>25u" not in desk.text


@pytest.mark.e2e
def test_a_locale_that_lacks_characters_gives_question_marks_and_no_dead_screen() -> None:
    with Terminal(APP, PROJECT, PYTHONIOENCODING="ascii", PYTHONUTF8="0") as desk:
        desk.wait_for("READY")
        desk.type("漏水 tap\r".encode())
        assert desk.status() == 0
        assert "??" in desk.text


@pytest.mark.parametrize("n", range(1, 7))
def test_shift_and_a_function_key_are_what_xterm_sends_for_them(n: int) -> None:
    sent = b"\x1b[1;2" + b"PQRS"[n - 1 : n] if n < 5 else (b"\x1b[15;2~", b"\x1b[17;2~")[n - 5]
    (event,) = XTermParser().feed(terminal._Decoder().decode(sent))
    assert isinstance(event, events.Key)
    assert event.key == f"f{n + 12}", "Shift+F3 is no report of where the cursor is"


def test_half_a_character_waits_for_its_other_half() -> None:
    decode = terminal._Decoder().decode
    bytes_ = "水".encode()
    assert decode(bytes_[:1]) + decode(bytes_[1:]) == "水"
    assert decode(b"\xff\xfe a") == "\ufffd\ufffd a"


def test_a_line_that_reads_as_endless_nothing_is_taken_as_hung_up_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda *given: sent.append(given))
    decode = terminal._Decoder().decode
    for _n in range(3):
        assert decode(b"") == ""
    assert sent == [(os.getpid(), signal.SIGHUP)]
    assert terminal._Decoder().decode(b"", True) == ""
    assert len(sent) == 1


def test_kitty_keys_are_off_even_where_textual_was_imported_first() -> None:
    code = (
        "import textual.drivers.linux_driver as d\n"
        "from textual import constants\n"
        "assert not constants.DISABLE_KITTY_KEY\n"
        "from screens.terminal import prepare\n"
        "prepare(); prepare()\n"
        "assert d.constants.DISABLE_KITTY_KEY\n"
        "assert d.getincrementaldecoder('utf-8')().decode(b'\\xff') == '\\ufffd'\n"
    )
    env = {key: value for key, value in os.environ.items() if key != "TEXTUAL_DISABLE_KITTY_KEY"}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=PROJECT, env=env)


def test_without_a_terminal_the_console_says_so_and_does_not_hang() -> None:
    code = "from screens.terminal import demand\ndemand()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    assert "NoTerminal" in done.stderr.decode()
    assert terminal.NoTerminal.exit_status == 2


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", []),
        ("gbk", ["终端编码是 gbk，中文会显示错。请改成 UTF-8，例如 LANG=zh_CN.UTF-8。"]),
    ],
)
def test_what_should_be_changed_about_the_terminal_is_said(encoding: str, said: list[str]) -> None:
    code = (
        "import sys\nsys.path.insert(0, sys.argv[1])\n"
        "from screens.terminal import advice, demand\n"
        "demand()\nprint(ascii(advice()))"
    )
    with Terminal(code, PROJECT, PYTHONIOENCODING=encoding) as there:
        assert there.status() == 0
        assert there.text.strip() == ascii([_(line) for line in said])


def test_from_60x20_on_a_terminal_is_large_enough() -> None:
    assert terminal.too_small(60, 20) == terminal.too_small(200, 60) == ""
    assert terminal.too_small(59, 20) == "建议 80x24 以上，现在终端只有 59x20。"
    assert terminal.too_small(60, 19) == "建议 80x24 以上，现在终端只有 60x19。"
