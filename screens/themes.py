"""The looks made by hand: dark for the night desk, light for a sunny counter, one of high contrast
for tired eyes and poor screens, and one that goes without any colour.

Which of them a workstation shows is kept beside its drafts: it belongs to the screen that stands
there, not to the office.
"""

import json
import os
from pathlib import Path
from typing import Final

from textual.theme import Theme

from wuye_tui.words import N_

DARK: Final = Theme(
    name="wuye-dark",
    dark=True,
    primary="#6ea8dc",
    secondary="#8fb8a8",
    accent="#e8c06a",
    warning="#e8c06a",
    error="#ff8a80",
    success="#8fd19e",
    foreground="#e4e7ea",
    background="#11161b",
    surface="#1a2129",
    panel="#26303a",
    variables={
        "quiet": "#98a3ae",
        "text-disabled": "#98a3ae",
        "input-cursor-background": "#e8c06a",
        "input-cursor-foreground": "#11161b",
        "input-selection-background": "#3d5a78",
    },
)
LIGHT: Final = Theme(
    name="wuye-light",
    dark=False,
    primary="#1f5b99",
    secondary="#2f6b58",
    accent="#7a4b00",
    warning="#7a4b00",
    error="#a81f19",
    success="#1f5c2b",
    foreground="#16191c",
    background="#fbfbf9",
    surface="#efefec",
    panel="#dcdfe3",
    variables={
        "quiet": "#525a62",
        "text-disabled": "#525a62",
        "input-cursor-background": "#16191c",
        "input-cursor-foreground": "#fbfbf9",
        "input-selection-background": "#b9d3ee",
    },
)
CONTRAST: Final = Theme(
    name="wuye-contrast",
    dark=True,
    primary="#9fd0ff",
    secondary="#a8f0d0",
    accent="#ffe14d",
    warning="#ffe14d",
    error="#ffb3ab",
    success="#9df2a8",
    foreground="#ffffff",
    background="#000000",
    surface="#0c0c0c",
    panel="#2a2a2a",
    variables={
        "quiet": "#d8d8d8",
        "text-disabled": "#d8d8d8",
        "input-cursor-background": "#ffe14d",
        "input-cursor-foreground": "#000000",
        "input-selection-background": "#00468c",
    },
)
# Black, white and greys: every state is a word besides, and what is chosen is reversed.
PLAIN: Final = Theme(
    name="wuye-plain",
    dark=True,
    primary="#ffffff",
    secondary="#ffffff",
    accent="#ffffff",
    warning="#ffffff",
    error="#ffffff",
    success="#ffffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#303030",
    variables={
        "quiet": "#d0d0d0",
        "text-disabled": "#d0d0d0",
        "input-cursor-background": "#ffffff",
        "input-cursor-foreground": "#000000",
        "input-selection-background": "#505050",
    },
)
THEMES: Final = (DARK, LIGHT, CONTRAST, PLAIN)
WORDS: Final = {
    DARK.name: N_("深色"),
    LIGHT.name: N_("浅色"),
    CONTRAST.name: N_("高对比"),
    PLAIN.name: N_("不用颜色"),
}
FILE: Final = "workstation.json"


def kept(folder: Path | None) -> str:
    """The theme to start with: the one that was chosen here last.

    Where the environment asks for no colour (NO_COLOR), it is the one without.
    """
    if os.environ.get("NO_COLOR"):
        return PLAIN.name
    try:
        document = json.loads((folder / FILE).read_text("utf-8")) if folder else {}
    except (OSError, ValueError):
        return DARK.name  # no reason to keep anybody from their work
    name = document.get("theme") if isinstance(document, dict) else None
    return str(name) if name in WORDS else DARK.name


def keep(folder: Path, name: str) -> None:
    """Starts with this theme from now on, at this workstation. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f"{FILE}.{os.getpid()}.new"
    fresh.write_text(json.dumps({"theme": name}), "utf-8")
    fresh.replace(folder / FILE)
