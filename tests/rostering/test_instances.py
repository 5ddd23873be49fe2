"""The public shift-scheduling format: read exactly, and a broken file told by its line."""

from pathlib import Path

import pytest

from wuye_tui.rostering.instances import BadInstance, Cover, Person, Shift, parse, read

FILES = Path(__file__).parent / "instances"
SMALL = """\
# a comment
SECTION_HORIZON
7

SECTION_SHIFTS
E,480,
L,600,E

SECTION_STAFF
A,E=7|L=2,2400,960,5,2,2,1
B,L=0|E=3,2400,0,5,1,1,1

SECTION_DAYS_OFF
A,0,6

SECTION_SHIFT_ON_REQUESTS
B,2,E,3

SECTION_SHIFT_OFF_REQUESTS
A,3,L,2

SECTION_COVER
0,E,2,100,1
4,L,1,50,7
"""


def test_every_field_comes_to_its_place() -> None:
    found = parse(SMALL)
    assert found.days == 7
    assert found.shifts == (Shift("E", 480, frozenset()), Shift("L", 600, frozenset({0})))
    assert found.people == (
        Person("A", (7, 2), 2400, 960, 5, 2, 2, 1, frozenset({0, 6})),
        Person("B", (3, 0), 2400, 0, 5, 1, 1, 1),
    )
    assert found.on == {(1, 2, 0): 3}
    assert found.off == {(0, 3, 1): 2}
    assert found.cover == {(0, 0): Cover(2, 100, 1), (4, 1): Cover(1, 50, 7)}
    assert found.weekends == ((5, 6),)


def test_line_ends_of_another_system_and_spaces_change_nothing() -> None:
    assert parse(SMALL.replace("\n", "\r\n").replace(",", " , ")) == parse(SMALL)


@pytest.mark.parametrize(("number", "people", "shifts", "cells"), [(1, 8, 1, 14), (2, 14, 2, 28)])
def test_public_instances_are_read(number: int, people: int, shifts: int, cells: int) -> None:
    found = read(FILES / f"Instance{number}.txt")
    sizes = found.days, len(found.people), len(found.shifts), len(found.cover)
    assert sizes == (14, people, shifts, cells)
    assert found.name == f"Instance{number}"


@pytest.mark.parametrize(
    ("was", "becomes", "line"),
    [
        ("SECTION_STAFF", "SECTION_STAF", 9),
        ("SECTION_COVER", "SECTION_STAFF", 22),
        ("# a comment", "7", 1),
        ("\n7\n", "\n7\n8\n", 4),
        ("\n7\n", "\n0\n", 3),
        ("\n7\n", "\nseven\n", 3),
        ("L,600,E", "L,600,X", 7),
        ("L,600,E", "L,600", 7),
        ("L,600,E", "E,600,E", 7),
        ("L,600,E", "L,1500,E", 7),
        ("A,E=7|L=2", "A,E=7", 10),
        ("A,E=7|L=2", "A,E=7|L", 10),
        ("A,E=7|L=2", "A,E=7|E=2", 10),
        ("A,E=7|L=2", "A,E=7|L=two", 10),
        ("2400,960,5,2", "900,960,5,2", 10),
        ("2400,960,5,2", "2400,960,5,6", 10),
        ("2400,960,5,2", "2400,960,0,0", 10),
        ("2400,960,5,2,2,1", "2400,960,5,2,2", 10),
        ("\nB,L=0", "\nA,L=0", 11),
        ("A,0,6", "A,0,7", 14),
        ("A,0,6", "C,0,6", 14),
        ("B,2,E,3", "B,2,D,3", 17),
        ("B,2,E,3", "B,2,E,3\nB,2,E,1", 18),
        ("A,3,L,2", "A,3,L,-2", 20),
        ("4,L,1,50,7", "0,E,1,50,7", 24),
        ("4,L,1,50,7", "4,L,1,50", 24),
    ],
)
def test_what_is_wrong_is_told_by_its_line(was: str, becomes: str, line: int) -> None:
    assert was in SMALL
    with pytest.raises(BadInstance) as told:
        parse(SMALL.replace(was, becomes, 1))
    assert told.value.number == line
    assert str(line) in str(told.value)


def test_a_missing_part_is_named() -> None:
    with pytest.raises(BadInstance, match="SECTION_COVER") as told:
        parse(SMALL[: SMALL.index("SECTION_COVER")])
    assert told.value.number == 0


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(b"SECTION_HORIZON\n\xff\xfe")
    with pytest.raises(BadInstance):
        read(path)
