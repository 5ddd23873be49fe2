"""A refusal quotes what was typed, and no number of anybody whole: `error` of the table of eyes."""

import csv
from pathlib import Path

import pytest

from screens.wording import sentence
from tests.cli.lines import Office, typed
from tests.intake.books import book
from wuye_tui.cli import output
from wuye_tui.cli.main import NotKnown
from wuye_tui.registers.directory import EntryChanged
from wuye_tui.rules.errors import UnknownUnit
from wuye_tui.rules.refusals import UnknownStaff
from wuye_tui.store.faults import DatabaseUnreachable

__all__ = ["typed"]
IDENTITY, PHONE = "440106199001011234", "13912345678"
MASKED = {IDENTITY: "440*************34", PHONE: "139****5678"}
LINES = [
    ("people", "erase", "{}", "--reason", "本人要求", "--second", "ZJ01", "--yes"),
    ("calls", "add", "--unit", "{}", "--text", "漏水"),
    ("calls", "show", "{}"),
    ("repairs", "show", "{}"),
    ("units", "show", "{}"),
    ("directory", "check", "{}"),
]


@pytest.mark.parametrize("number", MASKED)
@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_what_was_typed_is_quoted_with_its_number_masked(
    typed: Office, line: tuple[str, ...], number: str
) -> None:
    staff = "KF04" if line[0] == "people" else ""
    ran = typed.type(*(word.format(number) for word in line), staff=staff)
    assert ran.status
    assert number not in ran.err + ran.out
    assert MASKED[number] in ran.err


@pytest.mark.parametrize("number", MASKED)
def test_a_number_in_the_place_of_a_staff_number_or_an_option_is_masked(
    typed: Office, number: str
) -> None:
    for ran in (
        typed.type("calls", "add", "--line", "3-1-502 漏水", staff=number),
        typed.type("repairs", "list", "--limit", f"x{number}"),
        typed.type("repairs", number),
    ):
        assert ran.status
        assert number not in ran.err + ran.out


@pytest.mark.parametrize("number", MASKED)
def test_the_console_says_a_refusal_with_its_numbers_masked(number: str) -> None:
    for error in (UnknownUnit(number), UnknownStaff(number)):
        assert MASKED[number] in sentence(error)
        assert number not in sentence(error)


def test_the_number_of_a_service_is_said_whole() -> None:
    assert "023-55501001" in sentence(EntryChanged("供水", "023-55501001"))


@pytest.mark.parametrize("json", [False, True])
def test_a_bad_row_is_told_masked_and_kept_whole(typed: Office, tmp_path: Path, json: bool) -> None:
    rows = [
        ("房号", "姓名", "电话", "身份"),
        ("3-1-502", "甲甲", IDENTITY, "业主"),
        ("3-1-502", "乙乙", "138123456789", "业主"),
        (PHONE, "丙丙", "", "业主"),
    ]
    path = book(tmp_path / "p.xlsx", rows)
    ran = typed.type("people", "import", str(path), "--dry-run", staff="ZJ01", json=json)
    for number in (IDENTITY, "138123456789", PHONE):
        assert number not in ran.err + ran.out
    assert "第 2 行 电话「440*************34」" in ran.err
    done = typed.type("people", "import", str(path), "--skip-bad", "--yes", staff="ZJ01", json=json)
    assert done.status == 0, done.err
    kept = list(csv.reader((tmp_path / "p-bad.csv").read_text("utf-8-sig").splitlines()))
    assert [row[2].lstrip("'") for row in kept[1:3]] == [IDENTITY, "138123456789"]
    assert kept[3][0].lstrip("'") == PHONE


def test_a_key_that_is_named_is_named_whole(capsys: pytest.CaptureFixture[str]) -> None:
    error = DatabaseUnreachable("localhost:5432/wuye")
    error.unsure = "5e7235b3-a6ce-4cc0-848a-b17371821541"  # one in 400 has what looks like a phone
    output.fail(NotKnown(error, again=True))
    assert f"--key {error.unsure}" in capsys.readouterr().err
