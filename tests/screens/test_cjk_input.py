from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from screens.widgets.cjk_input import CjkInput, sync_ime
from wuye_tui.rules.text import LIMITS, Field


class Desk(App[None]):
    CSS = "Static { height: 1; }"
    BINDINGS = [Binding("ctrl+z", "take_back", "take back"), Binding("space", "tick", "tick")]

    def __init__(self, **given: object) -> None:
        super().__init__()
        self.given = given
        self.told: list[object] = []
        self.taken_back = 0

    def compose(self) -> ComposeResult:
        yield Static("一行")
        yield CjkInput(id="line", **self.given)  # type: ignore[arg-type]

    def on_cjk_input_overflow(self, message: CjkInput.Overflow) -> None:
        self.told.append(("overflow", message.dropped, message.most))

    def on_cjk_input_scrubbed(self, message: CjkInput.Scrubbed) -> None:
        self.told.append(("scrubbed", message.dropped))

    def action_take_back(self) -> None:
        self.taken_back += 1

    @property
    def line(self) -> CjkInput:
        return self.query_one(CjkInput)


async def typed(pilot: Pilot[None], text: str) -> None:
    """Commits a text as an input method does: one key after the other, in one burst."""
    for character in text:
        pilot.app.screen.focused.post_message(events.Key("commit", character))  # type: ignore[union-attr]
    await pilot.pause()


async def pasted(pilot: Pilot[None], text: str) -> None:
    pilot.app.screen.focused.post_message(events.Paste(text))  # type: ignore[union-attr]
    await pilot.pause()


async def test_a_commit_of_many_han_arrives_whole_with_its_punctuation() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await typed(pilot, "3-1-502，厨房水龙头漏水：急。")
        assert app.line.value == "3-1-502，厨房水龙头漏水：急。"


async def test_a_full_width_space_is_a_space_and_ticks_nothing() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await typed(pilot, "张\u3000敏\u00a0")
        assert app.line.value == "张 敏 "


async def test_a_first_key_never_replaces_what_stands_in_the_field() -> None:
    app = Desk(value="张")
    async with app.run_test() as pilot:
        await typed(pilot, "敏")
        assert app.line.value == "张敏"
        assert app.line.size.height == 1


async def test_a_paste_of_many_lines_becomes_one_line() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pasted(pilot, "\n3-1-502\r\n厨房\t漏水\n\n急\n")
        assert app.line.value == "3-1-502 厨房 漏水  急"
        assert app.told == []


async def test_a_paste_goes_into_the_place_of_the_selection() -> None:
    app = Desk(value="三栋漏水")
    async with app.run_test() as pilot:
        app.line.cursor_position = 0
        await pilot.press("shift+right", "shift+right")
        await pasted(pilot, "五栋")
        assert app.line.value == "五栋漏水"
        await pasted(pilot, "")
        assert app.line.value == "五栋漏水"


async def test_a_paste_too_long_goes_in_to_the_limit_and_the_rest_is_told() -> None:
    app = Desk(field=Field.NAME, value="张敏")
    async with app.run_test() as pilot:
        await pasted(pilot, "水" * 1_000_000)
        most = LIMITS[Field.NAME].most
        assert app.line.value == "张敏" + "水" * (most - 2)
        assert app.told == [("overflow", 1_000_000 - most + 2, most)]
        assert app.line.cursor_position == most


async def test_typing_beyond_the_limit_is_told_too() -> None:
    app = Desk(max_length=2)
    async with app.run_test() as pilot:
        await typed(pilot, "张敏敏")
        assert app.line.value == "张敏"
        assert app.told == [("overflow", 1, 2)]


async def test_what_may_not_come_in_is_left_out_of_a_paste_and_told() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pasted(pilot, "\ufeff张敏\u200b\x1b[31m\u202e")
        assert app.line.value == "张敏[31m"
        assert app.told == [("scrubbed", 4)]


async def test_the_application_s_own_clipboard_goes_by_the_same_rules() -> None:
    app = Desk(max_length=3)
    async with app.run_test() as pilot:
        app.copy_to_clipboard("一\n二三")
        await pilot.press("ctrl+v")
        assert app.line.value == "一 二"
        assert app.told == [("overflow", 1, 3)]


async def test_ctrl_z_takes_back_the_field_s_own_edits_before_the_desk_s() -> None:
    app = Desk(value="三栋")
    async with app.run_test() as pilot:
        await pasted(pilot, "一单元")
        await pilot.press("home", "delete")
        assert app.line.value == "栋一单元"
        await pilot.press("ctrl+z")
        assert (app.line.value, app.line.cursor_position) == ("三栋一单元", 0)
        await pilot.press("ctrl+z")
        assert (app.line.value, app.line.cursor_position) == ("三栋", 2)
        assert app.taken_back == 0
        await pilot.press("ctrl+z")
        assert (app.line.value, app.taken_back) == ("三栋", 1)


async def test_typing_is_taken_back_in_runs_and_not_letter_by_letter() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await typed(pilot, "厨房水龙头漏水请尽快")
        await pilot.press("ctrl+z")
        assert app.line.value == "厨房水龙头漏水请"
        await pilot.press("ctrl+z")
        assert app.line.value == ""
        await typed(pilot, "一二")
        await pilot.press("left")
        await typed(pilot, "三")
        await pilot.press("ctrl+z")
        assert app.line.value == "一二"


async def test_there_is_no_way_back_into_the_text_of_another_record() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await typed(pilot, "张敏的电话")
        app.line.value = "李强"
        await pilot.press("ctrl+z")
        assert (app.line.value, app.taken_back) == ("李强", 1)


async def test_a_pin_is_not_kept_for_undo() -> None:
    app = Desk(password=True)
    async with app.run_test() as pilot:
        await typed(pilot, "123456")
        await pilot.press("ctrl+u", "ctrl+z")
        assert app.line.value == ""
        assert app.line._past == []


async def test_long_editing_keeps_a_bounded_past() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        for _round in range(150):
            app.line.insert("xy", 0)
        await pilot.pause()
        assert len(app.line._past) == 100


async def test_the_caret_of_the_terminal_is_where_the_next_character_goes() -> None:
    app = Desk(value="张敏")
    async with app.run_test() as pilot:
        sync_ime(app)
        for keys, column in (("", 4), ("left", 2), ("home", 0), ("end", 4)):
            if keys:
                await pilot.press(keys)
            assert app.cursor_position == Offset(column, 1)
        await pilot.press("ctrl+u")
        assert app.cursor_position == Offset(0, 1)


async def test_the_caret_follows_into_a_dialog_back_out_and_down_with_the_layout() -> None:
    class Ask(ModalScreen[None]):
        CSS = "Input { margin: 5 0 0 7; width: 20; }"

        def compose(self) -> ComposeResult:
            yield CjkInput("五栋")

    app = Desk(value="张敏")
    async with app.run_test() as pilot:
        await app.push_screen(Ask())
        await pilot.pause()
        sync_ime(app)
        assert app.cursor_position == Offset(7 + 4, 5)
        app.pop_screen()
        await pilot.pause()
        sync_ime(app)
        assert app.cursor_position == Offset(4, 1)
        await app.mount(Static("通知"), before=app.line)
        await pilot.pause()
        sync_ime(app)
        assert app.cursor_position == Offset(4, 2)
        app.set_focus(None)
        sync_ime(app)


async def test_it_stays_an_input_for_everything_else() -> None:
    app = Desk(value="12", type="integer", max_length=0)
    async with app.run_test() as pilot:
        await typed(pilot, "3x")
        assert isinstance(app.line, Input)
        assert app.line.value == "123"
