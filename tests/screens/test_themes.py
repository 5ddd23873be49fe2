"""The looks: readable by figures, told apart without colour, and kept at the workstation.

- text on its ground: 4.5 to 1 in every theme, 7 to 1 in that of high contrast and without colour
- NO_COLOR starts without colour, whatever was kept
- a theme that was chosen is there with the next start; a file that cannot be read costs nothing
"""

import json
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from screens.app import WuyeApp
from screens.themes import CONTRAST, DARK, FILE, LIGHT, PLAIN, THEMES, WORDS, keep, kept
from screens.widgets.painted import LOOKS
from tests.screens.consoles import console, on_duty
from wuye_tui.desk import Desk

GROUNDS = ("background", "surface", "panel")
LEAST = {DARK.name: 4.5, LIGHT.name: 4.5, CONTRAST.name: 7, PLAIN.name: 7}


def luminance(colour: Color) -> float:
    """WCAG 2.1, relative luminance."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def ratio(one: str, other: str) -> float:
    """WCAG 2.1, contrast ratio."""
    light, dark = sorted((luminance(Color.parse(c)) for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colour(theme: Theme, name: str) -> str:
    return str({**theme.variables, **vars(theme)}[name])


def test_the_ratio_is_that_of_the_standard() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_role_can_be_read_on_every_ground(theme: Theme) -> None:
    names = {"foreground", "text-disabled", *(look.colour for look in LOOKS.values())} - {""}
    poor = [
        (name, ground, round(ratio(colour(theme, name), colour(theme, ground)), 2))
        for name in sorted(names)
        for ground in GROUNDS
        if ratio(colour(theme, name), colour(theme, ground)) < LEAST[theme.name]
    ]
    assert poor == []


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_caret_and_a_selection_can_be_read(theme: Theme) -> None:
    caret = [colour(theme, f"input-cursor-{part}") for part in ("background", "foreground")]
    assert ratio(*caret) >= LEAST[theme.name]
    assert ratio(caret[0], theme.surface or "") >= 3, "the caret is seen on the line"
    selection = colour(theme, "input-selection-background")
    assert ratio(theme.foreground or "", selection) >= LEAST[theme.name]


def test_the_theme_without_colour_has_none() -> None:
    shades = {*PLAIN.variables.values(), *map(str, filter(None, (PLAIN.error, PLAIN.accent)))}
    shades |= {str(colour(PLAIN, ground)) for ground in GROUNDS}
    for shade in shades:
        red, green, blue = Color.parse(shade).rgb
        assert red == green == blue, shade


def test_no_two_roles_look_the_same_without_colour_where_that_matters() -> None:
    looks = [
        (look.bold, look.reverse, look.underline, look.strike)
        for name, look in LOOKS.items()
        if name in ("plain", "late", "cursor", "kept", "struck")
    ]
    assert len(set(looks)) == len(looks)


def test_a_theme_is_kept_at_the_workstation(tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    assert kept(drafts) == DARK.name
    keep(drafts, LIGHT.name)
    assert kept(drafts) == LIGHT.name
    assert json.loads((drafts / FILE).read_text()) == {"theme": LIGHT.name}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"theme": 7}', '{"theme": "textual-dark"}', "\0"])
def test_a_file_that_says_nothing_useful_keeps_nobody_from_work(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    assert kept(tmp_path) == DARK.name


def test_no_color_wins_over_what_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, LIGHT.name)
    monkeypatch.setenv("NO_COLOR", "1")
    assert kept(tmp_path) == PLAIN.name


async def test_the_palette_changes_the_look_for_this_start_and_the_next(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        for theme in (*THEMES[1:], THEMES[0], LIGHT):
            await seen.press("f10")
            await seen.type("换颜色")
            await seen.press("enter")
            assert seen.app.theme == theme.name
            assert WORDS[theme.name] in seen.news
    async with console(desk) as again:
        assert again.app.theme == LIGHT.name
    first = WuyeApp(lambda: desk, desk.settings.drafts)
    assert first.theme == LIGHT.name, "with the first paint already"
