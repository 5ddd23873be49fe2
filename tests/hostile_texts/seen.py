"""Every panel of the console over a poisoned office: what is painted has nothing that acts."""

from tests.hostile_texts.looking import Figures
from tests.screens.consoles import console
from wuye_tui.desk import Desk

KEYS = (
    "f1", "escape", "f2", "f2", "f3", "end", "enter", "escape", "f4", "f5", "f6", "f7", "f8", "f9",
    "f10", "escape", "ctrl+t", "escape", "ctrl+f", "escape", "ctrl+p", "escape", "f2",
)  # fmt: skip


async def see_everything(desk: Desk, figures: Figures, size: tuple[int, int] = (140, 45)) -> None:
    """Goes through the panels by their keys, and looks for hostile words in search and line."""
    async with console(desk, size) as seen:
        for key in KEYS:
            figures.places_out += 1
            await seen.press(key)
            figures.look(seen.text, f"screen after {key}")
        for line in ("7-1-401", "[VIP]", "=1+1", "张\u202e", "a" * 3000):
            await seen.type(line)
            figures.look(seen.text, f"screen, line {line[:12]!r}")
            await seen.press("escape")
            seen.screen.intake.field.value = ""
        await seen.press("ctrl+f")
        for line in ("k5k", "3-1", "'; DROP"):
            await seen.type(line)
            figures.look(seen.text, f"screen, search {line!r}")
