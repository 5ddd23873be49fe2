"""Every bad file imported by a process of its own: `python -m tests.intake.alone [WORD ...]`.

It prints a page; with words, only of the files whose names have one. What is asked of each: one
line on standard error, exit status 3, at most 2 s of processor time and 200 MB of memory, and an
office whose database is the same to the byte. A process that takes more is ended by its limits. The
processes are forked from one that has the program loaded, and what it holds is counted in.
"""

import hashlib
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.desks import THURSDAY, found_office, settings_for
from tests.intake.books import Make
from wuye_tui.rules.clock import StoppedClock

SECONDS = 2
MEGABYTES = 200
_LIMIT = MEGABYTES << 20


@dataclass(frozen=True)
class Ran:
    """What importing one file has cost, and what was said."""

    name: str
    status: int
    said: str
    seconds: float
    megabytes: float
    untouched: bool

    @property
    def good(self) -> bool:
        """Whether it is as it should be."""
        return (
            self.status == 3
            and len(self.said.splitlines()) == 1
            and self.said.rstrip().endswith("。")
            and self.seconds <= SECONDS
            and self.megabytes <= MEGABYTES
            and self.untouched
        )

    @property
    def row(self) -> str:
        """One line of the page."""
        mark = "  " if self.good else "!!"
        cost = f"{self.seconds:5.2f} s {self.megabytes:4.0f} MB"
        return f"{mark} {cost}  {self.name}: {self.said.strip()}"


def bad_files() -> dict[str, tuple[str, Make]]:
    """Every bad file that the tests know: by its name, how it is called and how it is made."""
    from tests.intake.test_bad_texts import TEXTS
    from tests.intake.test_bad_workbooks import WORKBOOKS
    from tests.intake.test_hostile_old_workbooks import OLD
    from tests.intake.test_hostile_workbooks import HOSTILE

    tables = (("csv", TEXTS), ("xlsx", WORKBOOKS), ("xlsx", HOSTILE), ("xls", OLD))
    return {
        f"{ending}, {name}": (f"名册.{ending}", make)
        for ending, table in tables
        for name, (make, _refusal) in table.items()
    }


def run_all(folder: Path, words: Sequence[str]) -> Iterator[Ran]:
    """Imports each into an office of its own folder, in a process of its own."""
    home = folder / "office"
    desk = found_office(settings_for(home), StoppedClock(THURSDAY))
    desk.engine.dispose()
    for name, (called, make) in bad_files().items():
        path = folder / called
        if words and not any(word in name for word in words):
            continue
        _made(make, path)
        yield _ran(name, path, home, folder / "said.txt")
        path.unlink()


def _made(make: Make, path: Path) -> None:
    """Made in a process of its own, too: what a big one takes is not held against the import."""
    child = os.fork()
    if not child:
        make(path)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0, path


def _ran(name: str, path: Path, home: Path, said: Path) -> Ran:
    before = _digest(home)
    child = os.fork()
    if not child:
        _import(path, home, said)
    _pid, status, used = os.wait4(child, 0)
    return Ran(
        name,
        os.waitstatus_to_exitcode(status),
        said.read_text("utf-8"),
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / 1024,
        _digest(home) == before,
    )


def _import(path: Path, home: Path, said: Path) -> None:
    status = 70
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_DATA, (_LIMIT, _LIMIT))
        sys.stderr = said.open("w", encoding="utf-8")
        os.dup2(sys.stderr.fileno(), 2)
        from wuye_tui.cli.main import run

        line = ["people", "import", str(path), "--home", str(home), "--as", "XZ01"]
        status = run([*line, "--now", THURSDAY.isoformat()])
        sys.stderr.flush()
    finally:
        os._exit(status)


def _digest(home: Path) -> str:
    """The database and whatever lies beside it, but for the log."""
    found = hashlib.sha256()
    for path in sorted(home.rglob("*")):
        if path.is_file() and path.suffix in (".db", ".sqlite", ".db-wal", ".db-journal"):
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def _load() -> None:
    """What every command loads before it looks at its file."""
    import wuye_tui.cli.main
    import wuye_tui.intake.sheets
    import wuye_tui.registers.imports

    assert wuye_tui.cli.main


def main() -> int:
    """Prints the page; 1 if anything is not as it should be."""
    _load()
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for ran in run_all(Path(folder), sys.argv[1:]):
            rows.append(ran)
            print(ran.row, flush=True)
        shutil.rmtree(Path(folder) / "office")
    worst = max(rows, key=lambda ran: ran.seconds), max(rows, key=lambda ran: ran.megabytes)
    print(f"\n{len(rows)} files, {sum(not ran.good for ran in rows)} not as they should be;")
    print(f"slowest {worst[0].seconds:.2f} s ({worst[0].name}),")
    print(f"most memory {worst[1].megabytes:.0f} MB ({worst[1].name})")
    return int(not all(ran.good for ran in rows))


if __name__ == "__main__":
    sys.exit(main())
