"""`make faults`: every harness, one after the other, and one page of what came of it.

    python -m tests.faults [SHARE [HARNESS]...]

Ends with 1 if anything acknowledged was lost, torn or done twice, if `wuye check` found anything,
or if a harness could not run. SHARE is how much of it is run, 1 if nothing is said; the harnesses
are named as the functions of `page`, all of them if none is.
"""

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import mkdtemp

from tests.faults.page import HARNESSES, Row, heading, printed
from tests.faults.workshop import Workshop


def main() -> int:
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    named = sys.argv[2:]
    chosen = [one for one in HARNESSES if not named or one.__name__ in named]
    for name in [one for one in os.environ if one.startswith(("WUYE_", "XDG_", "PG"))]:
        del os.environ[name]
    folder = Path(mkdtemp(prefix="wuye-faults-"))
    rows: list[Row] = []
    try:
        with ExitStack() as stack:
            shop = stack.enter_context(Workshop(folder))
            print("\n".join(heading()), flush=True)
            for harness in chosen:
                began = time.monotonic()
                row = _run(harness, shop, share)
                row.seconds = time.monotonic() - began
                rows.append(row)
                print(printed(row), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    bad = [row for row in rows if row.is_bad]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    seconds = sum(row.seconds for row in rows)
    print(f"{len(rows)} harnesses, {len(bad)} not as they should be; {seconds:.0f} s, {most} MiB")
    for row in bad:
        print(f"! {row.what}: {'; '.join(row.why)[:2000]}")
    return 1 if bad else 0


def _run(harness: Callable[[Workshop, float], Row], shop: Workshop, share: float) -> Row:
    try:
        return harness(shop, share)
    except (Exception, subprocess.SubprocessError) as error:  # a harness that breaks proves nothing
        said = " ".join((harness.__doc__ or "").split())
        return Row(said, why=[f"did not run: {type(error).__name__} {error}"])


if __name__ == "__main__":
    sys.exit(main())
