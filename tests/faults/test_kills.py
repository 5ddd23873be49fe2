"""kill -9 in the middle of acts: nothing acknowledged is lost, nothing is half there or twice.

- a few kills in every run of the tests, a thousand with `make faults`
- every act of the program and every verb of every table is killed by some story or play, or there
  is a reason why not
"""

import ast
import shutil
from pathlib import Path

from tests.desks import THURSDAY, settings_for
from tests.faults import handing, paying
from tests.faults.killing import Report, kill_many
from tests.faults.plays import PLAYS
from tests.faults.shim import ROOT
from tests.faults.stories import STORIES
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.settings import DATABASE


def _killed(office_file: Path, tmp_path: Path, kills: int) -> Report:
    folder = tmp_path / "office"
    folder.mkdir(mode=0o700)
    shutil.copyfile(office_file, folder / DATABASE)
    report = kill_many(settings_for(folder), THURSDAY, kills)
    print(report.line())
    assert report.lost == []
    assert report.doubled == []
    assert report.findings == []
    return report


def test_a_desk_killed_in_the_middle_of_its_work_loses_nothing(
    office_file: Path, tmp_path: Path
) -> None:
    report = _killed(office_file, tmp_path, 12)
    assert report.kills == 12
    assert report.acknowledged > 12


# What no story and no play does, and why.
_BY_ITSELF = "opened, ended or noted by another act that is killed"
_LIKE_THE_OTHERS = "one more step of a handover, written as those that are killed"
NOT_KILLED = {
    "callback.register": _BY_ITSELF,
    "callback.void": _BY_ITSELF,
    "complaint.called_back": _BY_ITSELF,
    "daycheck.register": _BY_ITSELF,
    "dunning.register": "the first reminder, which is dunning.remind",
    "entry.fall_short": _BY_ITSELF,
    "handover.cash": _LIKE_THE_OTHERS,
    "handover.clean_back": _LIKE_THE_OTHERS,
    "handover.note": _LIKE_THE_OTHERS,
    "handover.recall": _LIKE_THE_OTHERS,
    "handover.refuse": _LIKE_THE_OTHERS,
    "handover.runs_on": _BY_ITSELF,
    "handover.stays_on": _BY_ITSELF,
    "handover.void": _BY_ITSELF,
    "reading.register": _BY_ITSELF,
    "repair.called_back": _BY_ITSELF,
    "ring.again": _BY_ITSELF,
    "weekfile.register": _BY_ITSELF,
}
_SECRETS = ("pin", "password")  # whose tries are counted in acts of their own
_TABLES = ("directory", "people", "staff", "tariff", "units")  # what `f"{noun}.import"` brings in


def _killed_acts() -> set[str]:
    acts = {act for play in PLAYS for act in play.acts}
    for story in STORIES:
        acts.add(f"{story.kind}.{story.first.verb}")
        acts |= {f"{move.child or story.kind}.{move.verb}" for move in story.moves}
    acts |= set(paying.TARGETS) | set(handing.TARGETS)
    return acts | {f"handover.{verb}" for verb in ("count", "clean_ok", "acknowledge")}


def _acts_of_the_program() -> set[str]:
    """Every name that a desk performs, as the code writes it; the demonstration only plays."""
    found = {f"{noun}.import" for noun in _TABLES}
    for top in ("wuye_tui", "screens"):
        for path in (ROOT / top).rglob("*.py"):
            if "demo" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                match node:
                    case ast.Call(
                        func=ast.Attribute(attr="perform" | "act"),
                        args=[ast.Constant(value=str(name)), *_],
                    ):
                        found.add(name)
    return found


def test_every_act_and_every_verb_is_killed_or_has_a_reason() -> None:
    verbs = {f"{cycle.kind}.{row.verb}" for cycle in PROCEDURES.values() for row in cycle.rows}
    tries = {f"{what} {became}" for what in _SECRETS for became in ("tried", "accepted", "refused")}
    known = _acts_of_the_program() | verbs | tries
    assert len(known) > 200, "the names are not found any more"
    assert known - _killed_acts() == set(NOT_KILLED)
    # A name that the program does not know would be killed in vain.
    assert _killed_acts() - known == set()
