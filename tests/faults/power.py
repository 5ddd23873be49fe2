"""Power cuts: a desk at work behind the shim, and every image that a cut may have left of it."""

import shutil
from pathlib import Path

from tests.faults.replay import Cuts, cut
from tests.faults.shim import run_behind
from wuye_tui.settings import DATABASE

WHOLE = 50  # one cut in so many is looked at by the whole check; all the others by a quick one


def cut_power(
    office: Path, workshop: Path, cuts: int, mode: str = "program", acts: int = 300, every: int = 0
) -> Cuts:
    """Lets a desk do so many acts with a journal of this mode (`writing.MODES`), and cuts the power
    so many times. NoCompiler where the shim cannot be made.
    """
    home, journal = workshop / f"power {mode}", workshop / f"journal {mode}"
    shutil.copytree(office, home)
    # The locks of the founding are no part of the disk that is looked at.
    there = {DATABASE: (home / DATABASE).read_bytes()}
    run_behind("tests.faults.writing", str(home), str(journal), mode, str(acts))
    found = cut(home, there, journal, cuts, every or WHOLE)
    journal.unlink()
    return found
