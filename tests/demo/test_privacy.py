"""After a month at the training office: no telephone and no identity number where none may be.

Every list of the command line, as nobody and as somebody, in words, as JSON and as a file; every
kind of record shown; what is logged of a failure; and every row that the chain vouches for.
"""

import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from html import unescape
from importlib import import_module
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import typer

from wuye_tui import logs
from wuye_tui import words as words_
from wuye_tui.cli.main import run
from wuye_tui.cli.nouns import NOUNS, PLAIN
from wuye_tui.demo.life import Life
from wuye_tui.demo.making import fill
from wuye_tui.registers import contacts
from wuye_tui.registers.backups import FOLDER
from wuye_tui.settings import DATABASE, load
from wuye_tui.store.tables import APPEND_ONLY

NOW = "2026-11-21T17:50:00+08:00"
IDENTITY, PLANTED = "440106199001011234", "13911112222"
# Hexadecimal ids and hashes hold runs of digits; a telephone stands between other characters.
PERSONAL = re.compile(r"(?<![0-9a-fA-F])(?:1[3-9]\d{9}|\d{17}[\dXx])(?![0-9a-fA-F])", re.ASCII)
SLOW = partial(pytest.param, marks=pytest.mark.slow)
MAKES = {"init", "demo", "upgrade"}
ACTS = {"create", "start", "continue", "close-day", "apply", "sign", "week", "back", "force"}
# Whom the desk tells at night, for whoever may ring them: their number is the work at hand.
RUNG = ["calls", "told-to"]
SHOWN = {
    "repair": "repairs", "order": "orders", "complaint": "complaints", "callback": "callbacks",
    "notice": "notices", "handover": "handovers", "entry": "log", "patrol": "patrols",
    "task": "tasks", "incident": "incidents",
}  # fmt: skip


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    folder = tmp_path_factory.mktemp("demo")
    made = fill(load(home=str(folder), now=NOW, environ={}), 1)
    said = f"陈先生 电话{PLANTED} 证件{IDENTITY} 问停车费"
    made.desk.as_staff("KF01").perform(
        "call.add",
        lambda act: {
            "contact": contacts.register(
                act, channel="phone", category="enquiry", unit="3-1-502", phone=PLANTED, words=said
            ).number
        },
    )
    yield made
    made.desk.engine.dispose()


def typed(life: Life, *line: str) -> tuple[int, str]:
    """A command at that office: its status, and all that it wrote."""
    streams = io.StringIO(), io.StringIO()
    with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
        status = run([*line, "--home", str(life.desk.settings.home), "--now", NOW])
    words_.speak("zh")
    return status, "".join(stream.getvalue() for stream in streams)


def commands() -> Iterator[tuple[list[str], bool]]:
    """Every command that asks for nothing and changes nothing; whether it writes a file."""
    for noun in (*PLAIN, *NOUNS):
        if noun in MAKES:
            continue
        found: Any = typer.main.get_command(import_module(f"wuye_tui.cli.{noun}").app)
        verbs = getattr(found, "commands", {"": found})
        for verb, one in verbs.items():
            needs = any(p.param_type_name == "argument" and p.required for p in one.params)
            if not needs and verb not in ACTS:
                yield [noun, *([verb] if verb else [])], any(p.name == "out" for p in one.params)


def allowed(life: Life) -> frozenset[str]:
    """The numbers of services, which are there to be rung."""
    database = sqlite3.connect(life.desk.settings.home / DATABASE)
    rows = database.execute("SELECT phone, second FROM directory").fetchall()
    database.close()
    return frozenset(number for row in rows for number in row if number)


def words_of(path: Path) -> str:
    """All that a file says, its properties included."""
    if path.suffix == ".csv":
        return path.read_text("utf-8-sig")
    with ZipFile(path) as parts:
        said = " ".join(unescape(parts.read(name).decode("utf-8")) for name in parts.namelist())
    return re.sub(r"\d\.\d+", "", said)  # a rate is no telephone


@pytest.mark.parametrize("staff", [SLOW(""), "XZ01", SLOW("ZX01")])
def test_no_list_shows_a_number(life: Life, tmp_path: Path, staff: str) -> None:
    services, who = allowed(life), (("--as", staff) if staff else ())
    seen = kept = 0
    for line, writes in commands():
        for more in ((), ("--json",)):
            status, said = typed(life, *line, *more, *who)
            assert status != 70, (line, said)
            rung = line == RUNG and staff == "XZ01"
            assert rung or set(PERSONAL.findall(said)) <= services, (line, more)
            seen += status == 0
        for ending in ("csv", "xlsx") if writes else ():
            path = tmp_path / f"{'-'.join(line)}.{ending}"
            typed(life, *line, "-o", str(path), *who)
            if path.exists():
                assert set(PERSONAL.findall(words_of(path))) <= services, (line, ending)
                kept += 1
    assert seen > 60, "the commands were there"
    assert kept > 20 or staff != "XZ01", "the files were there"


def test_no_record_shows_a_number_that_was_not_asked_for(life: Life) -> None:
    database = sqlite3.connect(life.desk.settings.home / DATABASE)
    shown = 0
    for kind, noun in SHOWN.items():
        question = "SELECT number FROM matter WHERE kind = ? AND about = '' LIMIT 5"
        for (number,) in database.execute(question, (kind,)).fetchall():
            for more in ((), ("--json",)):
                status, said = typed(life, noun, "show", number, "--as", "KF01", *more)
                assert (status, PERSONAL.findall(said)) == (0, []), number
                shown += 1
    database.close()
    assert shown > 20
    number = _a_repair(life)
    status, said = typed(life, "repairs", "show", number, "--as", "KF01", "--full")
    assert (status, "原因" in said) == (2, True)
    status, said = typed(
        life, "repairs", "show", number, "--as", "KF01", "--full", "--reason", "回电"
    )
    assert status == 0
    assert PERSONAL.findall(said)


def _a_repair(life: Life) -> str:
    database = sqlite3.connect(life.desk.settings.home / DATABASE)
    row = database.execute(
        "SELECT m.number FROM matter m JOIN private p ON p.owner = m.id AND p.n = 0"
        " WHERE m.kind = 'repair' AND length(p.phone) = 11 LIMIT 1"
    ).fetchone()
    database.close()
    return str(row[0])


def test_what_the_chain_vouches_for_has_no_number(life: Life) -> None:
    database = sqlite3.connect(life.desk.settings.home / DATABASE)
    for table in APPEND_ONLY:
        for row in database.execute(f"SELECT * FROM {table}"):
            assert PERSONAL.findall(" ".join(map(str, row))) == [], table
    private = database.execute("SELECT phone, words FROM private").fetchall()
    database.close()
    assert PERSONAL.findall(str(private)), "it would be found"


def test_nothing_of_a_failure_is_in_the_log_or_lies_about(life: Life) -> None:
    home = life.desk.settings.home
    logs.open_log(home)
    try:
        raise ValueError(f"{PLANTED} {IDENTITY}")
    except ValueError as error:
        logs.failure(error, "console")
    logs.log.warning("somebody rang: %s, %s", PLANTED, IDENTITY)
    logs.close_log()
    assert (home / logs.FILE).read_text("utf-8")
    names = {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"}
    for path in home.rglob("*"):
        if FOLDER in path.relative_to(home).parts:
            continue  # copies of the database, in the office's own folder
        if path.is_file() and path.name not in names and "directory" not in path.name:
            text = path.read_bytes().decode("utf-8", "replace")
            assert PERSONAL.findall(text) == [], path.name
