"""Rosters as they are shown: whatever the layout, no shift is lost, doubled or put elsewhere."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rosters_shown import GUARDS, POSTS, SHIFTS, guards
from wuye_tui.rules import roster_sheets as sheets
from wuye_tui.rules.roster_sheets import Shown
from wuye_tui.rules.rosters import Cell, Need, Person, RosterKind, Shift

BASE = guards()
_cells = st.lists(
    st.builds(
        Cell,
        st.sampled_from(BASE.days),
        st.sampled_from(["early", "late", "night", "given_up"]),
        st.sampled_from(["", *POSTS, "门岗"]),
        st.sampled_from([*(one.number for one in BASE.people), "ZX99"]),
    ),
    unique=True,
    max_size=80,
)
rosters = st.builds(lambda cells: replace(BASE, cells=cells), _cells)


@given(rosters)
def test_every_shift_stands_once_in_the_grid_on_its_day_and_in_its_row(shown: Shown) -> None:
    found: list[Cell] = []
    for row in sheets.month_grid(shown):
        for day, cells in zip(shown.days, row.squares, strict=True):
            assert all((one.day, one.staff) == (day, row.person.number) for one in cells)
            found += cells
    assert sorted(found) == sorted(shown.cells)


@given(rosters)
def test_totals_are_those_of_the_shifts(shown: Shown) -> None:
    found = sheets.totals(shown)
    known = [one for one in shown.cells if one.shift != "given_up"]
    days = {(one.staff, one.day) for one in shown.cells}
    assert sum(one.days for one in found.values()) == len(days), "two shifts make one day"
    assert sum(one.minutes for one in found.values()) == 480 * len(known)
    assert sum(one.nights for one in found.values()) == sum(c.shift == "night" for c in known)
    weekends = [day for _staff, day in days if day.weekday() > 4]
    assert sum(one.weekends for one in found.values()) == len(weekends)


@given(rosters)
def test_the_posts_together_are_the_whole_roster(shown: Shown) -> None:
    names = {one.number: one.name for one in shown.people}
    found = [
        (one.day, one.shift, post, name)
        for post in sheets.posts(shown)
        for one in sheets.of_post(shown, post)
        for name in one.people
    ]
    wanted = [(c.day, c.shift, c.post, names.get(c.staff, c.staff)) for c in shown.cells]
    assert sorted(found) == sorted(wanted)


@given(rosters)
def test_a_person_s_shifts_follow_one_another(shown: Shown) -> None:
    for one in shown.people:
        turns = sheets.of_person(shown, one.number)
        begins = [turn.begins for turn in turns if turn.begins is not None]
        assert begins == sorted(begins)
        assert len(turns) == sum(cell.staff == one.number for cell in shown.cells)


@given(rosters, st.sampled_from(["", "ZX01", "ZX99"]), st.sampled_from(["", "东门"]))
def test_what_is_left_out_is_only_what_was_not_asked_for(
    shown: Shown, staff: str, post: str
) -> None:
    found = sheets.only(shown, staff, post)
    kept = [c for c in shown.cells if staff in ("", c.staff) and post in ("", c.post)]
    assert found.cells == kept
    rows = sheets.month_grid(found)
    assert sum(len(cells) for row in rows for cells in row.squares) == len(kept)


def test_a_night_ends_on_the_next_day_and_a_post_nobody_holds_is_told() -> None:
    day = BASE.days[0]
    shown = replace(BASE, cells=[Cell(day, "night", "东门", "ZX01")])
    (turn,) = sheets.of_person(shown, "ZX01")
    assert f"{turn.begins} {turn.ends}" == "2026-12-01 23:00:00 2026-12-02 07:00:00"
    first = [one for one in sheets.of_post(shown, "东门") if one.day == day]
    assert [(one.word, len(one.people)) for one in first] == [("早班", 0), ("中班", 0), ("夜班", 1)]


def test_who_has_left_and_a_shift_given_up_are_shown_by_what_is_known() -> None:
    shown = replace(BASE, cells=[Cell(BASE.days[0], "given_up", "", "ZX99")])
    last = sheets.month_grid(shown)[-1]
    assert (last.person.name, last.totals.days, last.totals.minutes) == ("ZX99", 1, 0)
    (turn,) = sheets.of_person(shown, "ZX99")
    assert (turn.word, turn.begins) == ("given_up", None)


def test_stand_ins_have_a_row_only_where_they_have_a_shift() -> None:
    people = [Person("A", "甲"), Person("B", "乙", stand_in=True), Person("C", "丙", stand_in=True)]
    shown = replace(BASE, people=people, cells=[Cell(BASE.days[0], "early", "东门", "C")])
    assert [row.person.number for row in sheets.month_grid(shown)] == ["A", "C"]


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        (("早班", "中班", "夜班"), "早中夜"),
        (("工作岗", "休息岗"), "工息"),  # 休 would say that it is a day off
        (("值班经理(日)", "值班经理(夜)"), "日夜"),
        (("上午班", "午间值班", "下午班"), "上午下"),
        (("班", "班"), "AB"),
    ],
)
def test_marks_are_told_apart(words: tuple[str, ...], marks: str) -> None:
    codes = ("a", "b", "c")
    shifts = [Shift(code, word, time(8), time(9)) for code, word in zip(codes, words, strict=False)]
    shown = replace(BASE, kind=replace(GUARDS, shifts=tuple(shifts), needs=()), cells=[])
    assert "".join(shown.marks[one.code] for one in shifts) == marks


def test_a_square_says_shift_and_post_in_short_and_as_programs_read_it() -> None:
    both = [Cell(BASE.days[0], "early", "东门", "ZX01"), Cell(BASE.days[0], "late", "", "ZX01")]
    assert sheets.square(BASE, both) == "早东中"
    assert sheets.square(BASE, both, whole=True) == "早班(东门)/中班"
    assert next(sheets.legend(BASE)) == ("早", "早班", "07:00-15:00")


def test_holidays_stand_out_and_make_up_days_do_not() -> None:
    holiday, make_up = date(2026, 12, 31), date(2026, 12, 26)
    shown = replace(guards(holidays=[holiday]), working=frozenset({make_up}))
    free = [day for day in shown.days if shown.is_free(day)]
    assert holiday in free
    assert make_up not in free
    assert shown.weekday(holiday) == "假"
    assert shown.weekday(make_up) == "六"


def test_what_is_asked_for_on_a_holiday_is_what_the_file_says_of_holidays() -> None:
    kind = RosterKind("k", "k", "", SHIFTS, (Need("early", 1, "东门", holidays=0),))
    day = BASE.days[0]
    shown = replace(BASE, kind=kind, cells=[], holidays=frozenset({day}))
    assert [one.day for one in sheets.of_post(shown, "东门")] == BASE.days[1:]


def test_people_are_found_by_number_before_name_and_all_of_a_name() -> None:
    people = [Person("A1", "李娜"), Person("A2", "李 娜"), Person("A3", "A2")]
    found = {
        typed: [one.number for one in sheets.called(people, typed)] for typed in ("李娜", "a2")
    }
    assert found == {"李娜": ["A1", "A2"], "a2": ["A2"]}
    assert sheets.called([Person("A1", "")], " ") == []
