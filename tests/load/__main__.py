"""`python -m tests.load [--seconds 600] [--pace 0.4]`: eight desks at once; `make load`."""

import os

os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"  # before anything imports Textual

import argparse
import sys
import tempfile
from pathlib import Path

from tests.load.running import run


def main() -> int:
    """Prints the page; 1 where anything was lost, found, or told to people."""
    words = argparse.ArgumentParser(prog="python -m tests.load")
    words.add_argument("--seconds", type=float, default=600)
    words.add_argument("--pace", type=float, default=0.4, help="seconds before an act, on average")
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="wuye-load-") as folder:
        report = run(given.seconds, given.pace, Path(folder))
    sys.stdout.write(report.page() + "\n")
    return 0 if report.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
