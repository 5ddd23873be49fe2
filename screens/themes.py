"""Two themes made by hand: dark for the night desk, light for a sunny counter."""

from typing import Final

from textual.theme import Theme

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
        "input-cursor-background": "#e8c06a",
        "input-cursor-foreground": "#11161b",
    },
)
LIGHT: Final = Theme(
    name="wuye-light",
    dark=False,
    primary="#1f5b99",
    secondary="#2f6b58",
    accent="#7a4b00",
    warning="#7a4b00",
    error="#b3211b",
    success="#22652f",
    foreground="#16191c",
    background="#fbfbf9",
    surface="#efefec",
    panel="#dcdfe3",
    variables={
        "quiet": "#5c656d",
        "input-cursor-background": "#16191c",
        "input-cursor-foreground": "#fbfbf9",
    },
)
THEMES: Final = (DARK, LIGHT)
