"""The demo office's December, with the real generator: every kind drawn up, published, swapped and
mended; exported and read in again; and the independent check finds nothing (KF-5, ZB-3.6, ZB-4.4).
"""

from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.lines import Office
from wuye_tui.demo import making
from wuye_tui.settings import load

pytestmark = pytest.mark.slow
pytest.importorskip("ortools")
KINDS = ("desk", "night", "guards", "cleaning", "duty-manager")
MONTH = ("--month", "2026-12")
NOW = datetime.fromisoformat("2026-11-25T10:00:00+08:00")


@pytest.fixture
def demo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """The demo office in November, Administration at its command line."""
    home = tmp_path / "demo"
    making.make(load(home=str(home), environ={"WUYE_NOW": NOW.isoformat()}), 0)
    office = Office(home, capsys)
    office.now, office.staff = NOW, "XZ01"
    return office


def clean(office: Office, kind: str, *file: str) -> bool:
    """Whether the independent check finds nothing in December, or in a file of it."""
    month = () if file else MONTH
    return bool(office.done("rosters", "check", *file, "--kind", kind, *month)["clean"])


@pytest.mark.clause("KF-5", "ZB-3.6", "ZB-4.4")
def test_december_of_the_demo_office_from_the_first_draft_to_the_wall(
    demo: Office, tmp_path: Path
) -> None:
    for kind in KINDS:
        line = ("rosters", "generate", "--kind", kind, *MONTH, "--seconds", "20", "--publish")
        done = demo.done(*line)
        assert done["gap"] <= 0.02, (kind, done)
        assert clean(demo, kind)
    demo.now = demo.now.replace(month=12, day=10)
    give = ("--kind", "night", "--shift", "night", "--why", "出差")
    shown = demo.done("rosters", "show", "--kind", "night", *MONTH)
    nights = [
        one for one in shown["cells"] if one["shift"] == "night" and one["day"] > "2026-12-11"
    ]
    swapped = None
    for cell in nights:
        asked = ("rosters", "stand-ins", *give[:4], "--day", cell["day"])
        able = [one["staff"] for one in demo.done(*asked) if one["may"]]
        if able:
            line = ("--day", cell["day"], "--staff", cell["staff"], "--with", able[0])
            swapped = demo.done("rosters", "swap", *give, *line)
            break
    assert swapped
    assert swapped["version"] == 2, "whoever is said to be able to is"
    for staff, ends in (("GC05", "2026-12-20"), ("ZX08", "2026-12-12"), ("JL01", "2026-12-12")):
        days = ("--from", "2026-12-10", "--to", ends, "--why", "病假")
        done = demo.done("rosters", "absent", "--staff", staff, *days)
        assert done["mended"]
        assert done["open"] == []
        assert all(one["changes"] == one["least"] for one in done["mended"])
    for kind in KINDS:
        assert clean(demo, kind)
        for ending in ("xlsx", "csv"):
            path = str(tmp_path / f"{kind}.{ending}")
            assert demo.type("rosters", "export", "--kind", kind, *MONTH, "-o", path).status == 0
            assert clean(demo, kind, path), path
    assert demo.done("check")["clean"]
    assert [one["staff"] for one in demo.done("rosters", "leaves")] == ["GC05", "JL01", "ZX08"]
