"""Formulas that no program has reckoned: where they matter the row is refused, never blank."""

import pytest

from tests.intake.books import built, cell, sheet
from wuye_tui.intake.sheets import read_rows, write_bad_rows

NAMES = '<row r="1">' + cell("A1", "房号") + cell("B1", "面积") + cell("C1", "备注") + "</row>"
EMPTY = ("<v />", "<v/>", "<v></v>")


def units(path, place, kind, empty):
    room = cell("A2", "3-1-502") if place != "A2" else ""
    formula = f'<c r="{place}"{kind}><f>D2+E2</f>{empty}</c>'
    rest = "" if place in ("A2", "C2") else cell("C2", "x")
    path = path / "u.xlsx"
    built(rows=sheet(f'{NAMES}<row r="2">{room}{formula}{rest}</row>'))(path)
    return read_rows(path, "units")


@pytest.mark.parametrize("empty", EMPTY)
@pytest.mark.parametrize("kind", ["", ' t="n"', ' s="3"'])
def test_an_area_that_was_never_reckoned_is_no_blank(tmp_path, empty, kind):
    intake = units(tmp_path, "B2", kind, empty)
    assert (intake.good, [(bad.row_number, bad.column) for bad in intake.bad]) == (
        (),
        [(2, "面积")],
    )
    assert "公式" in intake.bad[0].reason
    assert write_bad_rows(tmp_path / "bad.csv", intake) == 1
    assert read_rows(tmp_path / "bad.csv", "units").good == ()


@pytest.mark.parametrize("empty", EMPTY)
def test_a_column_that_is_not_used_may_hold_anything(tmp_path, empty):
    assert [row.label for row in units(tmp_path, "C2", "", empty).good] == ["3-1-502"]


def test_a_formula_that_came_to_an_empty_text_is_blank(tmp_path):
    (row,) = units(tmp_path, "B2", ' t="str"', "<v></v>").good
    assert row.area_centi is None
