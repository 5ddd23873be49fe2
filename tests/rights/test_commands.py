"""Hats by commands: whatever is no step of a procedure, for every hat and for nobody, at a real
office, by the real command line, as `commands.txt` says.

* every command that there is stands in the table, or is a step of a procedure
* whoever may not is refused for want of the right, before anything else, and the audit keeps it
* where somebody has to say who they are, nobody gets anything without, and a wrong PIN gets nothing
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel, col

from tests.desks import settings_for
from tests.registers.test_pins import CHEAP, PIN, WRONG
from tests.rights.matrix import OPEN, WORN, Command, commands, groups
from wuye_tui import words as words_
from wuye_tui.cli.main import load, run
from wuye_tui.cli.nouns import NOUNS, PLAIN
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import directory, duties, matters, office, pins
from wuye_tui.rules.procedures import NOUNS as KINDS
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.rights import Hat
from wuye_tui.settings import DATABASE
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Audit, Charge, Matter, Receipt, Staff, Unit
from wuye_tui.store.tables.base import new_id

GROUPS = groups()
COMMANDS = commands()
BARE = "BARE"  # who wears no hat
NAMED = [command for command in COMMANDS if command.group != OPEN]
IDS = [command.line.replace(" ", "_") for command in COMMANDS]
# What founds, repairs and teaches: for whoever has the machine, before anybody can log in.
OF_THE_MACHINE = {
    *(("init", ""), ("demo", ""), ("upgrade", ""), ("backup", "verify"), ("backup", "restore")),
    *(("backup", "key"), ("db", "show"), ("db", "use"), ("db", "grants"), ("db", "copy")),
    *(("config", "take"), ("config", "keep"), ("config", "changes"), ("rosters", "bench")),
}
# Held to in tests of their own, each for a reason.
ELSEWHERE = {
    *(("archive", "file"), ("archive", "send-back")),  # steps of what is filed
    *(("notices", "text"), ("rosters", "check")),  # a file, without a database of its own
    *(("rosters", "swap"), ("rosters", "publish")),  # one's own, and by kind
    *(("duties", "away"), ("duties", "back"), ("duties", "continue")),  # by whoever holds the duty
    *(("calls", "answer"), ("calls", "back")),  # steps of a ringing line
    *(("files", "open"), ("files", "show")),  # by two people, and for the asker alone
    *(("people", "erase"), ("retention", "apply")),  # by two people
}


def number(hat: Hat) -> str:
    return hat.value.upper().replace("_", "-")


def _seed(act: Act, hashed: str) -> Result:
    wearing = [(number(hat), [hat.value]) for hat in WORN] + [
        (BARE, []),
        ("KF09", ["clerk", "maintainer"]),
    ]
    for who, hats in wearing:
        act.add(Staff(site=act.site, number=who, name=f"某{who}", hats=hats, pin_hash=hashed))
    label = {"label": "3-1-502", "building": "3", "entrance": "1", "room": "502"}
    act.add(Unit(site=act.site, id=new_id(), flags=[], **label))
    return {}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a real office: somebody for each hat, a unit, a slip, a call."""
    settings = settings_for(tmp_path_factory.mktemp("rights") / "office")
    hashed = pins.hash_pin(PIN, CHEAP)
    who = {"admin": "XZ01", "admin_name": "张敏", "pin_hash": hashed}
    desk = office.found(settings, name="思兰雅苑", training=False, **who)
    desk.perform("seed", lambda act: _seed(act, hashed))
    at_desk = desk.as_staff(number(Hat.CLERK))
    words = {"unit": "3-1-502", "text": "厨房漏水"}
    at_desk.perform("repair.register", lambda act: matters.start(act, "repair", **words))
    at_desk.perform("seed", lambda act: directory.put(act, "消防", phone="119", kind="emergency"))
    duties.begin(desk.as_staff("KF09"))
    desk.engine.dispose()
    monkeypatch = pytest.MonkeyPatch()
    with monkeypatch.context() as patched:
        patched.setenv("WUYE_PIN", PIN)
        for line in (
            "payments take 3-1-502 --pay cash=100 --prepay",
            "bills charge 3-1-502 card --amount 10 --what 工本费",
        ):
            assert run([*line.split(), "--home", str(settings.home), "--as", "CASHIER"]) == 0
    return settings.home


@dataclass
class RealOffice:
    """A copy of it, and what a command line does there."""

    home: Path
    desk: Desk
    said: dict[str, str]

    def typed(self, command: Command, staff: str = "") -> tuple[int, int]:
        """Its exit status, and how many refusals for want of a right it left in the audit."""
        before = self.refusals(staff)
        words = [word.format(**self.said) for word in command.words]
        status = run([*words, "--home", str(self.home), *(["--as", staff] if staff else [])])
        words_.speak("zh")
        return status, self.refusals(staff) - before

    def refusals(self, staff: str) -> int:
        query = select(col(Audit.result)).where(
            col(Audit.site) == self.desk.site, col(Audit.what) == "right refused"
        )
        with self.desk.read() as session:
            found = session.execute(query).scalars().all()
        return sum(line["staff"] == staff for line in found)

    def acts(self) -> int:
        query = select(func.count()).where(col(Audit.site) == self.desk.site)
        with self.desk.read() as session:
            return int(session.execute(query).scalar_one())


@pytest.fixture
def at(real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RealOffice]:
    home = tmp_path / "office"
    home.mkdir(mode=0o700)
    shutil.copyfile(real / DATABASE, home / DATABASE)
    (home / "file.csv").write_text("工号,姓名\n", "utf-8")
    for name in ("WUYE_PIN", "WUYE_PIN2"):
        monkeypatch.setenv(name, PIN)
    monkeypatch.setenv("WUYE_NEW_PIN", "530718")
    monkeypatch.setenv("WUYE_NEW_PASSWORD", "三号楼的猫爱晒太阳")
    desk = open_desk(settings_for(home))
    said = {
        "unit": "3-1-502", "repair": _only(desk, Matter), "call": "LD-20261119-001",
        "receipt": _only(desk, Receipt), "charge": _only(desk, Charge, "id"),
        "run": "ZD-20261119-001", "file": str(home / "file.csv"), "out": str(home / "out"),
    }  # fmt: skip
    yield RealOffice(home, desk, said)
    desk.engine.dispose()


def _only(desk: Desk, table: type[SQLModel], column: str = "number") -> str:
    """What the only row of a table is called."""
    with desk.read() as session:
        return str(getattr(session.execute(select(table)).scalars().one(), column))


def test_every_command_stands_in_the_table_or_is_a_step() -> None:
    told = {command.name for command in COMMANDS} | OF_THE_MACHINE | ELSEWHERE
    there = {(noun, "") for noun in PLAIN}
    for noun in NOUNS:
        cycle = PROCEDURES.get(KINDS.get(noun, ""))
        steps = {row.verb.replace("_", "-") for row in cycle.rows} if cycle else set()
        of_all = {"verbs", "undo", "show", *steps} if cycle else set()
        there |= {(noun, verb) for verb in load(noun).commands if verb not in of_all}
    spelled = {
        ("callbacks", "record"),
        ("handovers", "clean"),
        ("log", "instruct"),
        ("log", "read"),
    }
    missing = sorted(there - told - spelled)
    assert missing == []
    assert {command.group for command in COMMANDS} <= {*GROUPS, OPEN}


@pytest.mark.parametrize("command", COMMANDS, ids=IDS)
def test_nobody_gets_what_somebody_must_answer_for(
    at: RealOffice, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    before = at.acts()
    status, _refused = at.typed(command)
    told = capsys.readouterr()
    if command.group == OPEN:
        assert status == 0 or "--as" not in told.err, told.err
        return
    assert status == 2
    assert "请加 --as 工号" in told.err, told.err
    assert told.out == ""
    assert at.acts() == before


@pytest.mark.parametrize("command", NAMED, ids=lambda command: command.line.replace(" ", "_"))
def test_those_who_may_not_are_refused_and_one_who_may_is_not(
    at: RealOffice, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    """The plainest of those who may not; the slow test asks all of them."""
    expected = GROUPS[command.group]
    refused = [hat for hat in (Hat.CLEANER, Hat.ADMIN, Hat.CLERK) if hat not in expected][:1]
    for who in [*map(number, refused), BARE] if refused else []:
        assert at.typed(command, who) == (1, 1), capsys.readouterr().err
    allowed = next(hat for hat in WORN if hat in expected)
    assert at.typed(command, number(allowed))[1] == 0, capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("command", NAMED, ids=lambda command: command.line.replace(" ", "_"))
def test_every_hat_by_every_command(
    at: RealOffice, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = []
    for hat in sorted(WORN, key=lambda hat: hat in GROUPS[command.group]):
        status, refused = at.typed(command, number(hat))
        may = hat in GROUPS[command.group]
        if refused != (not may) or (not may and status != 1):
            wrong.append((hat.value, status, refused, capsys.readouterr().err.strip()))
    assert wrong == []


@pytest.mark.parametrize(
    "command",
    [one for one in NAMED if one.words[1:2] in (("list",), ("show",), ("export",), ("leave",))],
    ids=lambda command: command.line.replace(" ", "_"),
)
def test_a_name_without_its_pin_gets_no_more_than_nobody(
    at: RealOffice,
    command: Command,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WUYE_PIN", WRONG)
    status, _refused = at.typed(command, number(Hat.ADMIN))
    told = capsys.readouterr()
    assert (status, told.out) == (1, "")
    assert "密码不对" in told.err
    monkeypatch.delenv("WUYE_PIN")
    status, _refused = at.typed(command, number(Hat.ADMIN))
    told = capsys.readouterr()
    assert (status, told.out) == (2, "")
    assert "WUYE_PIN" in told.err
