import random
from collections.abc import Iterator
from timeit import repeat

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widgets import Button, DataTable, Input, Label, OptionList, Static, TextArea

from screens import guard
from tests.hostile import ACTING, PLAIN, leaks
from tests.ptys import Terminal
from wuye_tui.rules.text import bad_character

ANY_TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("\x1b\x9b\u202e\u200d\ufe0f\u00ad\u3164\ud83d👨❤水a"),
    ),
    max_size=40,
)


@pytest.fixture(autouse=True)
def _guarded() -> Iterator[None]:
    unguarded = Strip.render
    guard.install()
    yield
    Strip.render = unguarded  # type: ignore[method-assign]


@given(ANY_TEXT)
@example("张\u200d敏水")  # measured as 4 cells, since the joiner hides one that a terminal draws
@example("\U0001f468\u200d\u00ad\u200d\u202e水")
def test_nothing_that_acts_passes_and_no_cell_is_gained_or_lost(text: str) -> None:
    safe = guard.harmless(text)
    assert not bad_character().search(safe)
    assert cell_len(safe) == cell_len(text)


@pytest.mark.parametrize("payload", PLAIN.values(), ids=PLAIN)
def test_good_text_passes_untouched(payload: str) -> None:
    assert guard.harmless(payload) is payload


def test_a_link_that_acts_is_taken_off_and_a_good_one_stays() -> None:
    console = Console(color_system="truecolor", force_terminal=True)
    bad = Strip([Segment("单据", Style(bold=True, link="x\x1b\\\x1b]0;MARK\x07"))])
    good = Strip([Segment("单据", Style(link="https://example.org"))])
    assert "MARK" not in bad.render(console)
    assert "https://example.org" in good.render(console)


def test_the_strip_itself_stays_as_it_was_for_whoever_cuts_it_next() -> None:
    strip = Strip([Segment("a\x1b[2Jb"), Segment("水\u00ad")])
    assert strip.render(Console()) == "a[2Jb水?"
    assert strip.text == "a\x1b[2Jb水\u00ad"
    assert strip.crop(0, 2).render(Console()) == "a["


def test_installing_twice_is_installing_once() -> None:
    once = Strip.render
    guard.install()
    assert Strip.render is once


def test_a_good_segment_costs_less_than_a_microsecond() -> None:
    style = Style.parse("red on blue")
    letters = [Segment(text, style) for text in ("3-1-502 ", "厨房水龙头漏水，请尽快", " " * 20)]
    segments = random.Random(7).choices(letters, k=90)
    console = Console()

    def cost() -> float:
        return min(repeat(lambda: Strip(segments).render(console), number=20, repeat=7)) / 20

    guarded = cost()
    Strip.render = guard._render  # type: ignore[method-assign]
    assert (guarded - cost()) / len(segments) < 1e-6


class Wall(App[None]):
    """Every kind of widget that shows a text from a record, in one screen."""

    def compose(self) -> ComposeResult:
        yield Static(id="static", markup=False)
        yield Label(id="label", markup=False)
        yield Input(id="value")
        yield Input(id="placeholder")
        yield Button(id="button")
        yield OptionList(id="options", markup=False)
        yield TextArea(id="area")
        yield DataTable(id="table")

    def paint(self, payload: str) -> str:
        """Shows the payload everywhere and returns what the terminal would be sent."""
        self.query_one("#static", Static).update(payload)
        self.query_one("#label", Label).update(Text(payload))
        self.query_one("#value", Input).value = payload
        self.query_one("#placeholder", Input).placeholder = payload
        self.query_one("#button", Button).label = Text(payload)
        options = self.query_one("#options", OptionList)
        options.clear_options()
        options.add_option(payload)
        self.query_one("#area", TextArea).text = payload
        table: DataTable[Text] = self.query_one("#table", DataTable)
        table.clear(columns=True)
        table.add_columns(Text(payload), "b")
        table.add_row(Text(payload), Text(payload + "b"))
        table.border_title = Text(payload)
        self.notify(payload, title=payload, markup=False)
        return payload


def sent(app: App[None]) -> str:
    update = app.screen._compositor.render_full_update()
    return update.render_segments(app.console)


@pytest.mark.parametrize("guarded", [True, False])
async def test_it_is_the_guard_that_keeps_payloads_of_widgets_from_the_terminal(
    guarded: bool,
) -> None:
    if not guarded:
        Strip.render = guard._render  # type: ignore[method-assign]
    names = {"red", "clipboard", "C1 CSI", "right to left override", "tag characters"}
    app = Wall()
    app.console = Console(force_terminal=True, color_system="truecolor", width=120)
    leaked = set()
    async with app.run_test(size=(120, 60), notifications=True) as pilot:
        for name in names:
            app.paint(ACTING[name])
            await pilot.pause()
            leaked |= {name} if leaks(sent(app), ACTING[name]) else set()
    assert leaked == (set() if guarded else names)


REAL = """
import sys
sys.path.insert(0, sys.argv[1])
from screens import terminal
terminal.prepare()
from screens import guard
guard.install()
from tests.hostile import ACTING, PLAIN
from tests.screens.test_guard import Wall

class Real(Wall):
    def on_mount(self):
        self.left = [*ACTING.values(), *(PLAIN[name] for name in sys.argv[2:])]
        self.step()

    def step(self):
        if not self.left:
            self.exit()
            return
        self.paint(self.left.pop(0))
        self.call_after_refresh(self.step)

Real().run(mouse=False)
print("ENDED")
"""


@pytest.mark.e2e
def test_no_payload_reaches_a_real_terminal(project: str) -> None:
    shown = ("swallowed tag", "full text search", "rare name", "family emoji")
    with Terminal(REAL, project, *shown, size=(120, 60)) as terminal:
        assert terminal.status(60) == 0
        assert "ENDED" in terminal.text
        assert [name for name, payload in ACTING.items() if leaks(terminal.text, payload)] == []
        assert all(PLAIN[name] in terminal.text for name in shown)
        assert "收据001" in terminal.text
        assert "\x1b[>25u" not in terminal.text


@pytest.fixture
def project(request: pytest.FixtureRequest) -> str:
    return str(request.config.rootpath)
