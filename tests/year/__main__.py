"""`make year`: the whole training office's year, and one page of what it came to."""

import sys
import tempfile
import time
from pathlib import Path

from tests.year import dunning
from tests.year.books import Books
from tests.year.compared import month_agrees, sheet_of
from tests.year.living import Year
from wuye_tui.registers.checking import check
from wuye_tui.rules.money import yuan

FEES = Path("data/fees.toml")


def main() -> None:
    """Lives it, compares each month, and says what it came to; raises where anything differs."""
    begun, target = time.perf_counter(), Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder:
        year = Year(Path(folder))
        books, figures = Books(year.given, FEES), 0
        for month in year.months():
            figures += month_agrees(year, books, month)
            print(f"{month}  {figures:>7,} figures agree  {time.perf_counter() - begun:6.1f} s")
        assert check(year.desk).findings == []
        print(f"{len(year.given.units):,} units, {len(books.debts):,} charges, "
              f"{len(year.given.events):,} events; wuye check finds nothing")  # fmt: skip
        for fee, sums in books.by("fee").items():
            print(f"{fee:<20}", *(f"{yuan(fen):>14}" for fen in sums))
        print("dunning:", dict(dunning.steps(year)))
        print("refused:", *year.refused, sep="\n  ")
        if target:
            print(sheet_of(books, target))


main()
