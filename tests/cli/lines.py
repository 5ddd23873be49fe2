"""Command lines typed at an office: run in this process, with their streams and exit status."""

import json
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.desks import THURSDAY
from wuye_tui import words as words_
from wuye_tui.cli.main import run
from wuye_tui.settings import DATABASE


@dataclass(frozen=True)
class Ran:
    """What a command line left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document it has to be."""
        return json.loads(self.out)


class Office:
    """An office folder, the time there, and whoever types."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self.now: datetime = THURSDAY
        self.staff = "KF01"
        self._capsys = capsys

    def type(self, *words: str, staff: str = "", json: bool = False) -> Ran:
        """Runs one command line, ten seconds after the one before."""
        self.now += timedelta(seconds=10)
        line = [*words, "--home", str(self.home), "--now", self.now.isoformat()]
        line += ["--as", staff or self.staff, *(["--json"] if json else [])]
        self._capsys.readouterr()
        status = run(line)
        words_.speak("zh")  # a line with --lang is for itself alone
        read = self._capsys.readouterr()
        return Ran(status, read.out, read.err)

    def done(self, *words: str, staff: str = "") -> Any:
        """Runs a command that has to succeed; its JSON."""
        ran = self.type(*words, staff=staff, json=True)
        assert ran.status == 0, ran.err
        return ran.json


@pytest.fixture
def typed(office_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """The training office of `tests.desks`, at a command line."""
    home = tmp_path / "office"
    home.mkdir(mode=0o700)
    shutil.copyfile(office_file, home / DATABASE)
    return Office(home, capsys)
