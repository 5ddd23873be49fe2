"""Words of tables fit the columns that they stand in, at 80x24: nothing ends in two dots."""

import pytest
from rich.cells import cell_len

from screens.commands import COMMANDS
from screens.widgets import calls_list, queue_columns
from screens.widgets.notice_list import DEPARTMENT, SUBJECT, department
from screens.wording import hold_word
from wuye_tui.registers.contacts import CHANNELS, COUNTED_AS
from wuye_tui.rules.notices import SUBJECTS
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.repairs import REPAIR
from wuye_tui.words import _, speak

WIDTH = 80


@pytest.mark.parametrize("language", ["zh", "en"])
def test_headings_fit_their_columns(language: str) -> None:
    speak(language)
    try:
        state = queue_columns.longest_state()
        for _name, word, cells in queue_columns.columns(WIDTH, state, True):
            assert cell_len(_(word)) <= cells, word
        for _name, word, cells in calls_list._COLUMNS:
            assert not cells or cell_len(_(word)) <= cells, word
    finally:
        speak("zh")


def test_the_states_of_what_is_listed_fit() -> None:
    cells = queue_columns.longest_state()
    for cycle in (one for one in PROCEDURES.values() if one.queued):
        for _code, word in (*cycle.states, *cycle.outcomes):
            assert cell_len(word) <= cells, word
    holds = next(ask for ask in REPAIR.rows_named("hold")[0].ask if ask.name == "hold")
    for code, _word in holds.choices:
        assert cell_len(hold_word(code)) <= cells, code


def test_what_a_call_is_and_how_it_came_fit() -> None:
    wide = {name: cells for name, _word, cells in calls_list._COLUMNS}
    for word in CHANNELS.values():
        assert cell_len(word) <= wide["channel"], word
    for word in COUNTED_AS.values():
        assert cell_len(word) <= wide["category"], word


def test_what_a_notice_is_about_and_whose_it_is_fit() -> None:
    for _code, word in SUBJECTS:
        assert cell_len(word) <= SUBJECT, word
    for code, _word in DEPARTMENTS:
        assert cell_len(department(code)) <= DEPARTMENT, code


def test_no_key_and_no_verb_is_without_a_word() -> None:
    assert all(one.word and one.help for one in COMMANDS)
    for cycle in PROCEDURES.values():
        assert cycle.word
        assert all(row.word for row in cycle.rows), cycle.kind
        assert all(rule.word for rule in cycle.deadlines), cycle.kind
        assert all(word for _code, word in cycle.states), cycle.kind
        assert all(ask.word for row in cycle.rows for ask in row.ask), cycle.kind
        assert all(word for r in cycle.rows for ask in r.ask for _c, word in ask.choices)
