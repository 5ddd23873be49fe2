"""Every family of hostile strings at the doors, quickly; all of them everywhere is `test_all`."""

import shutil
from pathlib import Path

import pytest

from tests.hostile import ALL_ACTING, ALL_AWKWARD, ALL_PLAIN, EVERY
from tests.hostile_texts.asked import ask_everything
from tests.hostile_texts.awkward import tidy
from tests.hostile_texts.brought import bring_everything
from tests.hostile_texts.lines import typed
from tests.hostile_texts.looking import Figures, acting
from tests.hostile_texts.poisoned import poison
from tests.hostile_texts.told import Office, look_at_file
from wuye_tui.cli import tables
from wuye_tui.desk import Desk
from wuye_tui.rules.errors import UnknownUnit
from wuye_tui.rules.text import BadText, Field, TooLong, clean, visible
from wuye_tui.settings import DATABASE

FEW = {
    name: text for n, (name, text) in enumerate(EVERY.items()) if n % 25 == 0 and len(text) < 5000
}


def test_there_are_three_hundred_and_more_and_no_two_alike() -> None:
    assert len(EVERY) == len(set(EVERY.values())) >= 500
    assert len(ALL_ACTING) >= 150
    assert len(ALL_PLAIN) >= 250


@pytest.mark.parametrize("field", [Field.NAME, Field.WORDS, Field.NOTE])
def test_what_acts_comes_in_nowhere_and_goes_out_spelled(field: Field) -> None:
    for name, text in ALL_ACTING.items():
        with pytest.raises((BadText, TooLong)):
            clean(text, field)
        assert acting(text), f"{name}: the tests' own look has to know it, too"
        assert not acting(visible(text)), name


def test_what_is_plain_is_kept_and_shown_letter_for_letter() -> None:
    for name, text in ALL_PLAIN.items():
        assert clean(text, Field.NAME) == text == visible(text), name
        assert not acting(text), name


def test_what_is_awkward_is_tidied_or_refused() -> None:
    for name, text in ALL_AWKWARD.items():
        try:
            assert clean(text, Field.WORDS) == tidy(text), name
        except TooLong:
            assert len(tidy(text)) > 2000, name


def test_a_page_that_was_pasted_is_quoted_in_part_only() -> None:
    told = str(UnknownUnit("水" * 100_000))
    assert len(told) < 150
    assert "水.." in told
    assert len(str(UnknownUnit("」" * 100_000))) < 1300


def test_some_of_each_family_as_answers_and_in_files(desk: Desk, tmp_path: Path) -> None:
    figures = ask_everything(desk, FEW)
    figures.add(bring_everything(desk.as_staff("XZ01"), tmp_path, (".csv",), FEW))
    assert figures.problems == {}
    assert figures.places_in > 300
    assert figures.refused > 1000
    assert figures.kept > 1000


@pytest.mark.parametrize("word", ["\udcff", "张\ud83d", "x" * 300])
def test_half_characters_and_endless_names_are_one_sentence(
    office_file: Path, tmp_path: Path, word: str
) -> None:
    home = tmp_path / "office"
    home.mkdir(mode=0o700)
    shutil.copyfile(office_file, home / DATABASE)
    for line in (
        ["repairs", "show", word],
        ["units", "import", word],
        ["calls", "parse", word * 50],
    ):
        ran = typed(home, line)
        assert (ran.status in (0, 2, 3, 4), ran.status) == (True, ran.status), ran.err
        assert len(ran.err.splitlines()) <= 1
        assert not acting(ran.out + ran.err)


def test_what_lies_in_a_database_comes_out_harmless_and_the_look_would_notice(
    office_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "office"
    home.mkdir(mode=0o700)
    shutil.copyfile(office_file, home / DATABASE)
    poison(home)
    good, bad = Figures(), Figures()
    for figures in (good, bad):
        office = Office(home, tmp_path, figures, "")
        for line in (["staff", "list"], ["tariff", "list"], ["units", "show", "3-1-502"]):
            office.ask(*line, staff="KF01")
            office.ask(*line, "--json", staff="KF01")
        for ending in (".csv", ".xlsx"):
            office.file(ending, "staff", "list")
        monkeypatch.setattr(tables, "visible", lambda text, lines=False: text)
    assert good.problems == {}
    assert good.outputs > 30
    assert bad.escape_bytes > 0


def test_a_formula_in_a_file_would_be_noticed(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book, figures = Workbook(), Figures()
    book.active["A1"] = "=1+1"  # type: ignore[index]
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "a.csv").write_text("姓名\r\n=1+1\r\n", "utf-8-sig")
    for name in ("a.xlsx", "a.csv"):
        look_at_file(figures, tmp_path / name, name, [])
    assert figures.formulas == 2
