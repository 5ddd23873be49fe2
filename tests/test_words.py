"""Both languages are complete: Chinese is the message itself, English is in the catalogue.

- every sentence of the program is in the catalogue, translated, with the same values in it
- no glyph that Chinese terminals may draw two cells wide where one was counted
"""

import re

import pytest

from tests.words import catalogue, spoken
from wuye_tui import words

_VALUES = re.compile(r"\{(\w+)[^}]*\}")
# Ambiguous-width characters that must not be in what the program itself says.
_AMBIGUOUS = re.compile("[…—“”‘’·×→←●○▲△℃°①-⑩─-╿]")


def test_every_sentence_is_translated() -> None:
    known = catalogue()
    missing = sorted(
        {m for m, _ in spoken() if not (known.get(m) and known.get(m).string)}  # type: ignore[union-attr]
    )
    assert missing == []


def test_a_translation_fills_in_the_same_values() -> None:
    for message in catalogue():
        if message.id and message.string:
            assert set(_VALUES.findall(str(message.id))) == set(
                _VALUES.findall(str(message.string))
            ), message.id


def test_the_program_uses_no_glyph_of_ambiguous_width() -> None:
    found = {m: place for m, place in spoken() if _AMBIGUOUS.search(m)}
    assert found == {}
    assert [m.id for m in catalogue() if _AMBIGUOUS.search(str(m.string))] == []


@pytest.fixture
def english() -> object:
    words.speak("en")
    yield
    words.speak("zh")


@pytest.mark.usefixtures("english")
def test_an_error_speaks_the_language_in_force() -> None:
    from wuye_tui.rules.errors import UnknownUnit

    assert "3-1-502" in str(UnknownUnit("9-9-9"))
    assert not re.search("[\u4e00-\u9fff]", str(UnknownUnit("9-9-9")))


def test_names_stand_beside_each_other_as_the_language_in_force_sets_them() -> None:
    assert words.beside("李晓燕", "", "上午班") == "李晓燕上午班"
    with words.speaking("en"):
        assert words.beside("李晓燕", "", "Morning") == "李晓燕 Morning"


def test_a_translation_keeps_the_blanks_that_hold_its_words_apart_from_their_neighbours() -> None:
    """Labels are put together on a line: without them `Phone` and a name become one word."""
    lost = [
        (m.id, m.string)
        for m in catalogue()
        if m.id and any(a > b for a, b in zip(_blanks(m.id), _blanks(m.string), strict=True))
    ]
    assert lost == []


def _blanks(said: object) -> tuple[bool, bool]:
    return str(said).startswith(" "), str(said).endswith(" ")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_question_fits_before_its_field(language: str) -> None:
    from screens.asking import Sheet
    from screens.sheet import questions
    from screens.widgets.form_row import WORD
    from wuye_tui.rules.procedures import PROCEDURES
    from wuye_tui.rules.widths import width

    words.speak(language)
    try:
        asked = [
            words._(one.word)
            for cycle in PROCEDURES.values()
            for row in cycle.rows
            for one in questions(Sheet(None, row, (), ()), "")
        ]
    finally:
        words.speak("zh")
    assert [word for word in asked if width(word) > WORD] == []
