"""Pictures of the screens for the README, from the snapshots that the tests compare: `make docs`.

The snapshots say how long a text is by its characters; a browser then squeezes Chinese onto
itself. Here the length is by cells, which is what a terminal does.
"""

import html
import re
from pathlib import Path

from wuye_tui.rules.widths import width

ROOT = Path(__file__).resolve().parent.parent
SNAPSHOTS = ROOT / "tests" / "screens" / "__snapshots__" / "test_readme_pictures"
PICTURES = ROOT / "docs" / "pictures"
SHOWN = (
    "line", "card", "choice", "slip", "steps", "form", "calls", "ringing", "emergency", "search",
    "prices", "notices", "directory", "workers", "ticked", "palette", "help", "lock",
)  # fmt: skip
_CELL = 12.2
_TEXT = re.compile(r'textLength="[\d.]+"([^>]*)>([^<]*)</text>')


def picture(name: str) -> str:
    """The snapshot of a screen as it may be shown anywhere."""
    svg = (SNAPSHOTS / f"test_picture[{name}].svg").read_text("utf-8")
    return _TEXT.sub(_by_cells, svg)


def _by_cells(found: re.Match[str]) -> str:
    cells = width(html.unescape(found.group(2)))
    return f'textLength="{cells * _CELL:g}"{found.group(1)}>{found.group(2)}</text>'


def make() -> None:
    """Writes every picture that the README shows."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name in SHOWN:
        (PICTURES / f"{name}.svg").write_text(picture(name), "utf-8")


if __name__ == "__main__":
    make()
