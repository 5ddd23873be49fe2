"""Every key once: the table, and what is made from it.

- no two commands of one place have one key, and each has its action
- what the bar of keys shows works; what works is on the bar, in the help or in the palette
- the palette's initials are those of the dictionary
- no key that an input method or a terminal swallows
"""

import pytest
from pypinyin import Style, pinyin

from screens.commands import (
    CALLS,
    COMMANDS,
    DESK,
    FILTER,
    FORM,
    FOUND,
    LINE,
    LOCK,
    NOTICES,
    NUMBERS,
    PANE,
    QUEUE,
    RECORDS,
    TABS,
    WORKERS,
    bar,
    of,
)
from screens.commands import CHOOSE as CHOOSING
from screens.dispatch import Dispatch
from screens.frame import SearchBox
from screens.help_words import help_lines
from screens.initials import initials
from screens.lock import Lock
from screens.reaching import Reaching
from screens.widgets.calls_list import CallsList
from screens.widgets.choose import Choose
from screens.widgets.entries import EntriesPane
from screens.widgets.found_list import FoundList
from screens.widgets.intake_bar import IntakeBar
from screens.widgets.key_bar import MOST
from screens.widgets.notice_list import NoticeList
from screens.widgets.number_list import NumberList
from screens.widgets.pane import Pane
from screens.widgets.queue_table import QueueTable
from screens.widgets.step_form import StepForm
from screens.widgets.workers import WorkersPane
from tests.screens.consoles import console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.procedures import PROCEDURES

OWNERS = {
    DESK: Dispatch, LINE: IntakeBar, QUEUE: QueueTable, FORM: StepForm,
    CHOOSING: Choose, PANE: Pane, FILTER: SearchBox, LOCK: Lock,
    FOUND: FoundList, NUMBERS: NumberList, NOTICES: NoticeList,
    CALLS: CallsList, WORKERS: WorkersPane, RECORDS: EntriesPane, TABS: Reaching,
}  # fmt: skip
SWALLOWED = ("alt+", "ctrl+enter", "ctrl+shift+", "f11", *(f"ctrl+{n}" for n in range(10)))


@pytest.mark.parametrize("place", OWNERS)
def test_no_two_commands_of_a_place_have_one_key(place: str) -> None:
    keys = [
        key
        for command in of(place, *([] if place == LOCK else [DESK]))
        for key in f"{command.keys},{command.more}".split(",")
        if key
    ]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


@pytest.mark.parametrize("place", OWNERS)
def test_every_command_has_its_action(place: str) -> None:
    for command in COMMANDS:
        if place in command.where:
            name = command.id.partition("(")[0]
            assert hasattr(OWNERS[place], f"action_{name}"), command.id


def test_no_key_is_one_that_never_arrives() -> None:
    keys = [key for command in COMMANDS for key in command.keys.split(",")]
    assert [key for key in keys if key.startswith(SWALLOWED)] == []
    bare = [key for key in keys if len(key) == 1 and not key.isdigit()]
    assert bare == [], "a bare letter is dead while the input method is on"


@pytest.mark.parametrize("place", [place for place in OWNERS if place != LOCK])
def test_every_key_is_in_the_help_of_its_place(place: str) -> None:
    shown = "\n".join(line.text for line in help_lines(place, (), {}, 100))
    for command in of(place, DESK):
        assert command.key in shown


def test_the_initials_are_those_of_the_dictionary() -> None:
    said = {row.word for cycle in PROCEDURES.values() for row in cycle.rows}
    said |= {command.word for command in COMMANDS if command.palette} | {"设定演练时间", "接着填"}
    said |= {"是", "否", "签了", "拒签"} | {
        word
        for cycle in PROCEDURES.values()
        for row in cycle.rows
        for ask in row.ask
        for _code, word in ask.choices
    }
    for words in sorted(said):
        ours = initials(words)
        han = [character for character in words if not character.isascii()]
        theirs = [pinyin(c, style=Style.NORMAL, heteronym=True)[0] for c in han]
        assert len(ours) == sum(c.isalnum() for c in words), words
        letters = [letter for letter, c in zip(ours, words, strict=True) if not c.isascii()]
        for letter, readings in zip(letters, theirs, strict=True):
            assert letter in {reading[0] for reading in readings}, words


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_the_bar_fits_and_shows_only_what_works(
    desk: Desk, clock: StoppedClock, size: tuple[int, int]
) -> None:
    registered(desk, clock, "厨房水管漏水")
    async with console(on_duty(desk), size) as seen:
        for keys in (
            (),
            ("f3",),
            ("f7",),
            ("escape", "f8"),
            ("escape", "f1"),
            ("escape", "ctrl+f"),
        ):
            await seen.press(*keys)
            place = seen.screen.place
            shown = seen.text.splitlines()[-1]
            keys_shown = [c for c in bar(place, DESK) if f" {c.key} " in shown]
            assert 3 <= len(keys_shown) <= MOST, (place, shown)


async def test_f2_to_f12_work_in_a_field_of_a_form(desk: Desk, clock: StoppedClock) -> None:
    registered(desk, clock, "阳台的架子掉了")
    async with console(on_duty(desk)) as seen:
        await seen.press("f7")
        for key, place in (
            ("f2", LINE),
            ("f3", FORM),
            ("f8", CHOOSING),
            ("escape", FORM),
            ("f10", CHOOSING),
            ("escape", FORM),
            ("f1", PANE),
            ("escape", FORM),
            ("ctrl+f", FOUND),
            ("escape", FORM),
        ):
            await seen.press(key)
            assert seen.screen.place == place, key


async def test_punctuation_of_an_input_method_works_outside_fields(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(desk, clock, "厨房水管漏水")
    async with console(on_duty(desk)) as seen:
        await seen.press("f3", "question_mark")
        assert "能按的键" in seen.text
        await seen.press("escape", "slash")
        assert seen.screen.place == FILTER
        await seen.press("slash")
        assert seen.screen.query_one(SearchBox).value == "/", "in a field it is a character"


async def test_f1_on_a_deadline_shows_its_clause_and_where_it_stands(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(desk, clock, "厨房水管漏水")
    async with console(on_duty(desk)) as seen:
        await seen.press("f3", "f1")
        assert "BX-5 工程管理部报修管理制度 第5条" in seen.text
