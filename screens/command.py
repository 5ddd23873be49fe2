"""One command of the table, and the key that is in force for it: its own, or the office's."""

from collections.abc import Mapping
from dataclasses import dataclass

from wuye_tui.words import N_, _

_moved: dict[str, str] = {}  # by command, from the office's `keys.toml`
_NAMES = {
    "pageup": "PgUp", "pagedown": "PgDn", "escape": "Esc", "enter": "Enter", "space": "Space",
    "up": N_("上"), "down": N_("下"), "left": N_("左"), "right": N_("右"),
    "home": "Home", "end": "End", "tab": "Tab",
    "slash": "/",
    **{f"f{n + 12}": f"Shift+F{n}" for n in range(1, 9)},  # as terminals send them
}  # fmt: skip


@dataclass(frozen=True)
class Command:
    """One thing a key does. `bar` is its place on the bar of keys from the left, 0 for none."""

    id: str
    keys: str  # as Textual names them, by commas; the first is the one that people are told
    word: str
    help: str
    where: tuple[str, ...]
    bar: int = 0
    first: bool = False  # comes before the field that has the focus
    palette: bool = False
    more: str = ""  # further keys, never told: full-width twins and extras
    opens: str = ""  # of a digit of the second row of tabs: the command that it stands for

    @property
    def held(self) -> str:
        """The keys in force: those of the office's `keys.toml`, otherwise `keys`."""
        return _moved.get(self.id, self.keys)

    @property
    def key(self) -> str:
        """The key as people call it: F7, Ctrl+Z, Enter; empty where there is none."""
        return spoken(self.held.split(",")[0])


def remap(keys: Mapping[str, str]) -> None:
    """From now on these commands are told by these keys; the others by their own again."""
    _moved.clear()
    _moved.update(keys)


def has_moved() -> bool:
    """Whether the office has put any key in another's place."""
    return bool(_moved)


def spoken(key: str) -> str:
    """A key as it stands on the keyboard."""
    parts = key.split("+")
    return "+".join(_(_NAMES[part]) if part in _NAMES else part.capitalize() for part in parts)
