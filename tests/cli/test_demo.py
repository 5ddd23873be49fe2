"""`wuye demo`: the training office is made once, kept, and says what it is about to do."""

from pathlib import Path

import pytest

from tests.cli.lines import Office
from wuye_tui.cli import output


def test_it_is_made_once_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = Office(tmp_path / "office", capsys)
    assert office.done("demo", "--days", "0")["office"] == "思兰雅苑"
    made = (tmp_path / "office" / "wuye.db").stat().st_mtime_ns
    assert office.done("demo", "--days", "30")["office"] == "思兰雅苑"
    assert (tmp_path / "office" / "wuye.db").stat().st_mtime_ns == made
    assert office.done("check")["clean"]


class _Terminal:
    def __init__(self) -> None:
        self.written = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        self.written += text

    def flush(self) -> None:
        pass


def test_how_far_it_has_come_is_told_in_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output.progress("正在建立", 0.5)
    assert capsys.readouterr().err == ""
    terminal = _Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    output.progress("正在建立", 0.5)
    assert terminal.written == "\r\x1b[K正在建立  50%"
    output.progress("正在建立", 1)
    assert terminal.written.endswith("\r\x1b[K")
