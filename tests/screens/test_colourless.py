"""NO_COLOR: not one colour code goes out, and everything is still told apart.

- in a real terminal only bold, underline, reverse and the red line's stroke are sent
- the row with the cursor, what is selected and a heading are seen by these alone
- an empty NO_COLOR asks for nothing
"""

import re

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from screens import terminal
from screens.colourless import Colourless
from screens.themes import DARK, THEMES
from tests.factories import a_repair
from tests.ptys import Terminal
from wuye_tui.desk import Desk

SGR = re.compile(r"\x1b\[([0-9;:]*)m")
BARE = {"", "0", "1", "4", "7", "9"}  # nothing, bold, underline, reverse, struck
RUNS = "import sys; from wuye_tui.cli.main import run; sys.exit(run([]))"
DOWN, F2, F3, F10, ESCAPE = b"\x1b[B", b"\x1bOQ", b"\x1bOR", b"\x1b[21~", b"\x1b"


def shown(desk: Desk, **env: str) -> str:
    """What reaches the terminal: a line typed, the queue gone down, the commands opened."""
    now = desk.now().astimezone(desk.zone).strftime("%Y-%m-%d %H:%M:%S")
    given = {"WUYE_HOME": str(desk.settings.home), "WUYE_STAFF": "KF01", "WUYE_NOW": now, **env}
    with Terminal(RUNS, size=(120, 40), **given) as console:
        console.wait_for("PG-002", 60)
        for keys, words in (
            ("3-1-502 厨房漏水".encode(), "厨房漏水"),
            (b"\x15", ""),
            (F3, "看单"),
            (DOWN, ""),
            (F10, "Ctrl+Q"),
        ):
            console.type(keys)
            console.wait_for(words, 30)
        console.type(ESCAPE)
        console.wait_for("看单")
        return console.text


def test_no_colour_code_reaches_a_terminal_that_wants_none(desk: Desk) -> None:
    for n in range(2):
        a_repair(desk, text=f"第{n}处漏水")
    sent = shown(desk, NO_COLOR="1")
    codes = {code for found in SGR.findall(sent) for code in re.split("[;:]", found)}
    assert codes <= BARE, codes - BARE
    assert {"1", "7"} <= codes
    rows = re.findall(r"\x1b\[([0-9;]*)m[^\x1b]*PG-00\d", sent)
    assert any({"1", "7"} <= set(codes.split(";")) for codes in rows), "the row with the cursor"
    assert any("7" not in codes.split(";") for codes in rows), "and the others"


def test_an_empty_one_asks_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for value, left in (("", None), ("1", "1"), ("0", "0")):  # any value that is not empty counts
        monkeypatch.setenv("NO_COLOR", value)
        terminal.prepare()
        assert terminal.os.environ.get("NO_COLOR") == left


@pytest.mark.parametrize("look", THEMES, ids=lambda look: look.name)
def test_grounds_are_told_apart_without_colour_whatever_the_look(look: Theme) -> None:

    ground = look.background or ""
    named = {
        "itself": ground,
        "surface": look.surface or "",
        "heading": look.panel or "",
        "selection": look.variables["input-selection-background"],
        "caret": look.variables["input-cursor-background"],
    }
    found = {
        name: seen(Style(color=look.foreground, bgcolor=one), ground) for name, one in named.items()
    }
    assert found == {
        "itself": (None, None),
        "surface": (None, None),
        "heading": (True, None),
        "selection": (None, True),
        "caret": (None, True),
    }


def seen(style: Style, ground: str) -> tuple[bool | None, bool | None]:
    """Whether words of a style are underlined or reversed on a widget of this ground."""
    (done,) = Colourless().apply([Segment("水", style)], Color.parse(ground))
    assert done.style is not None
    assert done.style.color is None
    assert done.style.bgcolor is None
    return done.style.underline, done.style.reverse


def test_what_is_bold_reversed_or_struck_in_any_case_stays_so() -> None:
    style = Style(color="#ff8a80", bold=True, reverse=True, strike=True, dim=True, meta={"row": 3})
    (done,) = Colourless().apply([Segment("水", style)], Color.parse(str(DARK.background)))
    kept = done.style
    assert kept is not None
    assert (kept.bold, kept.reverse, kept.strike, kept.dim) == (True, True, True, False)
    assert kept.meta == {"row": 3}
    assert Colourless().apply([Segment("\x1b[H", None)], Color.parse("#000000")) == [
        Segment("\x1b[H", None)
    ]
