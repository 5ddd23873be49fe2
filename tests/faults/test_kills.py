"""kill -9 in the middle of acts: nothing acknowledged is lost, nothing is half there or twice.

- a few kills in every run of the tests, 200 with `make faults`
- the stories behind it take every verb of every table
"""

import shutil
from pathlib import Path

import pytest

from tests.desks import THURSDAY, settings_for
from tests.faults.killing import Report, kill_many
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
    report = _killed(office_file, tmp_path, 20)
    assert report.kills == 20
    assert report.acknowledged > 20


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing(office_file: Path, tmp_path: Path) -> None:
    report = _killed(office_file, tmp_path, 200)
    # Otherwise the harness killed idle desks, or always before anything was written.
    assert sum(report.interrupted.values()) > 60
    assert len(report.interrupted) > 25


def test_the_stories_take_every_verb_a_desk_can_take_by_day() -> None:
    taken = {(story.kind, story.first.verb) for story in STORIES}
    taken |= {(move.child or story.kind, move.verb) for story in STORIES for move in story.moves}
    known = {
        (cycle.kind, row.verb)
        for cycle in PROCEDURES.values()
        for row in cycle.rows
        if not row.auto
    }
    # At night, after two working days, on three duties, and an order's other ends: see the walks.
    elsewhere = {("repair", "take"), ("repair", "countersign"), ("repair", "escalate")}
    elsewhere |= {("callback", "unreachable")}
    # And the visit to a home in its turn, which follows no slip.
    elsewhere |= {("callback", "visit"), ("callback", "cancel")}
    elsewhere |= {("order", verb) for verb in ("give_up", "urge", "note", "escalate")}
    elsewhere |= {("daycheck", "sign"), ("weekfile", "file")}  # which come round by themselves
    elsewhere |= {("reading", "instruct"), ("reading", "read")}
    # What is whole with its first step, and what a duty manager on duty does.
    elsewhere |= {("entry", "write"), ("entry", "correct"), ("task", "recheck"), ("task", "redo")}
    # Which is about what finance has charged, and needs it first.
    elsewhere |= {("dunning", verb) for kind, verb in known if kind == "dunning"}
    # Two people of the desk take their turns in a harness of their own.
    elsewhere |= {("handover", verb) for kind, verb in known if kind == "handover"}
    assert known - taken == elsewhere
