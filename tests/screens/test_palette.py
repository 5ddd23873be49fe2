"""The palette is found by what people call things: Chinese, initials, English, in either language.

- every command and every step is found by its Chinese word, its initials and its English words
- whichever language the screen speaks
"""

import unicodedata
from collections.abc import Iterator

import pytest
from pypinyin import Style, pinyin

from screens.commands import in_palette
from screens.initials import begin, initials
from screens.offers import english, everything
from tests.screens.consoles import console, on_duty, registered
from wuye_tui import words
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.procedures import PROCEDURES


@pytest.fixture(params=["zh", "en"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    words.speak(request.param)
    yield request.param
    words.speak("zh")


def by_id(typed: str) -> set[str]:
    return {one.id for one in everything(None, [], True) if one.matches(typed)}


def test_every_command_is_found_by_every_name(spoken: str) -> None:
    missed = []
    for command in in_palette():
        name = f"cmd:{command.id}"
        typed = [command.word, initials(command.word), english(command.word).lower()]
        typed += [command.id.replace("_", " ")]
        missed += [(name, one) for one in typed if name not in by_id(one)]
    assert missed == []


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("锁屏", "cmd:lock"), ("sp", "cmd:lock"), ("lock", "cmd:lock"), ("LOCK", "cmd:lock"),
        ("撤回", "cmd:undo"), ("ch", "cmd:undo"), ("undo", "cmd:undo"),
        ("退出", "cmd:quit"), ("tc", "cmd:quit"), ("quit", "cmd:quit"),
        ("演练时间", "cmd:clock"), ("sdylsj", "cmd:clock"), ("clock", "cmd:clock"),
    ],
)  # fmt: skip
def test_as_people_type_it(spoken: str, typed: str, id: str) -> None:  # noqa: A002
    assert id in by_id(typed)


async def test_a_step_is_found_by_its_english_name_too(desk: Desk, clock: StoppedClock) -> None:
    registered(desk, clock, "阳台的架子掉了")
    async with console(on_duty(desk)) as seen:
        await seen.press("f3")
        steps = list(seen.screen.slip.steps) if seen.screen.slip else []
        assert steps
        await seen.press("f10")
        for row in steps:
            for typed in (
                row.word,
                initials(row.word),
                row.verb.replace("_", " "),
                english(row.word),
            ):
                seen.screen.choose.field.value = typed
                await seen.settle()
                found = [one.id for one in seen.screen.choose.offered]
                assert any(one.endswith(f"/{row.verb}") for one in found), (row.verb, typed)


def test_every_reading_of_a_command_s_characters_finds_it() -> None:
    def letters(character: str) -> set[str]:
        if character.isascii():
            return {character.lower()} if character.isalnum() else set()
        found = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
        return {unicodedata.normalize("NFD", reading)[0] for reading in found}

    said = {command.word for command in in_palette()}
    said |= {row.word for cycle in PROCEDURES.values() for row in cycle.rows}
    for word in sorted(said):
        kept = [letters(character) for character in word if letters(character)]
        for place, readings in enumerate(kept):
            usual = initials(word)
            for letter in readings:
                typed = usual[:place] + letter + usual[place + 1 :]
                assert begin(word, typed), (word, typed)
    assert begin("只看超时", "zkcs")
    assert not begin("只看超时", "zkcx")
    assert not begin("只看", "zkcs"), "longer than the word"


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("收费标准", "cmd:prices"), ("sfbz", "cmd:prices"), ("prices", "cmd:prices"),
        ("规程条款", "cmd:rules"), ("gctk", "cmd:rules"), ("rules", "cmd:rules"),
        ("回访", "cmd:callbacks"), ("hf", "cmd:callbacks"), ("callbacks", "cmd:callbacks"),
        ("换颜色", "cmd:theme"), ("hys", "cmd:theme"), ("theme", "cmd:theme"),
        ("删电话", "cmd:strike"), ("通讯录", "cmd:directory"), ("directory", "cmd:directory"),
        ("群发", "cmd:paste"), ("登记变化", "cmd:change"), ("开部门派工单", "cmd:order"),
        ("order", "cmd:order"), ("人手", "cmd:workers"), ("workers", "cmd:workers"),
        ("归档", "cmd:archive"), ("gd", "cmd:archive"), ("archive", "cmd:archive"),
        ("主管", "cmd:supervisor"), ("zg", "cmd:supervisor"), ("supervisor", "cmd:supervisor"),
        ("未接来电", "cmd:missed"), ("missed", "cmd:missed"),
    ],
)  # fmt: skip
def test_every_list_and_setting_is_found_in_both_languages(
    spoken: str,
    typed: str,
    id: str,  # noqa: A002
) -> None:
    assert id in by_id(typed)


def test_a_key_of_one_list_alone_is_not_told_as_the_key_of_the_command() -> None:
    keys = {one.id: one.mark for one in everything(None, [], False)}
    assert keys["cmd:change"] == ""
    assert keys["cmd:undo"] == "Ctrl+Z"
