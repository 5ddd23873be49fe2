"""The kinds that are shipped, drawn up for December with the staff of the training office."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.rostering.asking import DECEMBER, day
from wuye_tui.reference import Reference
from wuye_tui.rostering.drawing import draw
from wuye_tui.rostering.mending import mend
from wuye_tui.rules.rights import HAT_WORDS
from wuye_tui.rules.roster_checks import check, spread
from wuye_tui.rules.rosters import Asked, Leave, Person, RosterKind

pytest.importorskip("ortools", reason="the solver is an extra that an office installs")
STAFF = Path(__file__).parents[2] / "data" / "demo" / "staff.xlsx"
COLUMNS = ["工号", "姓名", "部门", "岗位", "职级", "兼任", "资质"]
KINDS = ("desk", "night", "cleaning", "duty_manager")


@cache
def rows() -> list[dict[str, str]]:
    sheet = CalamineWorkbook.from_path(STAFF).get_sheet_by_index(0).to_python()
    begins = next(n for n, row in enumerate(sheet) if row[0] == COLUMNS[0])
    return [dict(zip(COLUMNS, map(str, row), strict=False)) for row in sheet[begins + 1 :]]


def december(code: str) -> Asked:
    """What is asked of a kind, as the office's staff is written down."""
    reference = Reference()
    kind: RosterKind = reference.rosters[code]
    words = {word: hat.value for hat, word in HAT_WORDS.items()}
    people = []
    for row in rows():
        post = reference.posts.get(row["岗位"], {})
        hats = {*post.get("hats", "").split(), *(words.get(w, w) for w in row["兼任"].split("、"))}
        own = row["岗位"] in kind.posts or bool(hats & set(kind.hats))
        if own or row["岗位"] in kind.stand_in:
            has = frozenset(filter(None, row["资质"].split("、")))
            people.append(Person(row["工号"], row["姓名"], has, row["职级"], stand_in=not own))
    return Asked(kind, DECEMBER, people)


@pytest.mark.parametrize("code", KINDS)
def test_december_of_the_training_office(code: str) -> None:
    asked = december(code)
    found = draw(asked, 60)
    assert check(asked, found.cells) == []
    apart = spread(asked, found.cells)
    assert apart["nights"].apart <= 1
    assert apart["weekends"].apart <= 1
    # Somebody who has a shift in the middle of the month cannot come for three days.
    staff = next(cell.staff for cell in found.cells if cell.day == day(15))
    absent = Leave(staff, day(15), day(17))
    published = replace(asked, published=found.cells)
    mended = mend(published, absent, 5)
    after = replace(published, leaves=[absent], kept_until=day(14))
    assert check(after, mended.cells) == []
    lost = sum(cell.staff == staff and day(15) <= cell.day <= day(17) for cell in found.cells)
    assert mended.objective >= lost


@pytest.mark.slow
def test_december_of_the_guards() -> None:
    # Figures: a first roster in 5 s, within 2 % of the bound in 60 s on two cores.
    asked, heard = december("guards"), list[float]()
    found = draw(asked, 60, told=lambda _cost, _bound, spent: heard.append(spent))
    assert check(asked, found.cells) == []
    assert heard[0] < 5
    assert found.gap <= 0.02
    assert spread(asked, found.cells)["nights"].apart <= 1
