"""Pages of an office's file that are zeroed, exchanged, cut off or changed by a bit: what is said.

`wuye check` and `wuye status` answer in words, whatever the file is like, and write nothing in it.
Damage that nobody notices must lie where nothing is kept.
"""

import io
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tests.desks import THURSDAY
from wuye_tui.cli.main import run
from wuye_tui.settings import DATABASE

PAGE, BROKEN = 4096, 70  # bytes; the exit status of a program that went wrong itself


def zeroed(held: bytearray, chance: random.Random) -> None:
    begin = _page(held, chance)
    held[begin : begin + PAGE] = bytes(PAGE)


def exchanged(held: bytearray, chance: random.Random) -> None:
    one, other = _page(held, chance), _page(held, chance)
    if one == other or held[one : one + PAGE] == held[other : other + PAGE]:
        exchanged(held, chance)
        return
    first = held[one : one + PAGE]
    held[one : one + PAGE] = held[other : other + PAGE]
    held[other : other + PAGE] = first


def cut_off(held: bytearray, chance: random.Random) -> None:
    del held[chance.randrange(1, len(held)) :]


def sector_of_noise(held: bytearray, chance: random.Random) -> None:
    begin = chance.randrange(0, len(held) // 512) * 512
    held[begin : begin + 512] = chance.randbytes(512)


def one_bit(held: bytearray, chance: random.Random) -> None:
    held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)


WAYS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    zeroed,
    exchanged,
    cut_off,
    sector_of_noise,
    one_bit,
)


@dataclass
class Damages:
    """Exact counts over all damage."""

    damages: int = 0
    noticed: Counter[str] = field(default_factory=Counter)
    harmless: Counter[str] = field(default_factory=Counter)  # where nothing is kept
    unseen: Counter[str] = field(default_factory=Counter)
    numbered: int = 0  # questions of other commands that ended with an error's number
    findings: list[str] = field(default_factory=list)

    def words(self) -> str:
        """By the way of damage: noticed, in no use, unseen."""
        names = sorted({*self.noticed, *self.harmless, *self.unseen})
        said = ", ".join(
            f"{one} {self.noticed[one]}/{self.harmless[one]}/{self.unseen[one]}" for one in names
        )
        return f"{said}; {self.numbered} times `wuye status` gave an error number"


def damage(office: Path, workshop: Path, times: int, seed: int = 1) -> Damages:
    """Damages copies of an office at work so many times, in every way in turn."""
    chance, report = random.Random(seed), Damages()  # not a secret
    home, whole = workshop / "damaged", (office / DATABASE).read_bytes()
    kept = _kept(office / DATABASE)
    for n in range(times):
        way = WAYS[n % len(WAYS)]
        held = bytearray(whole)
        way(held, chance)
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(mode=0o700)
        (home / DATABASE).write_bytes(held)
        report.damages += 1
        name = way.__name__.replace("_", " ")
        status = max(_said(home, line, report, f"{n} {name}") for line in ("check", "status"))
        if (home / DATABASE).read_bytes() != held:
            report.findings.append(f"{n} {name}: written over")
        if status:
            report.noticed[name] += 1
        elif _kept(home / DATABASE) == kept:
            report.harmless[name] += 1
        else:
            report.unseen[name] += 1
    return report


def _said(home: Path, line: str, report: Damages, about: str) -> int:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = run([line, "--home", str(home), "--now", THURSDAY.isoformat()])
    if status == BROKEN and line != "check":  # which is what says what is damaged
        report.numbered += 1
    elif status >= BROKEN or (status and not (out.getvalue() + err.getvalue()).strip()):
        report.findings.append(f"{about}: {line} ended with {status} {err.getvalue()[-200:]}")
    if status not in (0, 1) and err.getvalue().count("\n") != 1:
        report.findings.append(f"{about}: {line} said {err.getvalue()[-300:]}")
    return int(status)


def _page(held: bytearray, chance: random.Random) -> int:
    return chance.randrange(0, len(held) // PAGE) * PAGE


def _kept(file: Path) -> str:
    """Everything that is kept in it, whatever page it lies on; "" where it cannot be read."""
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as plain:
            return sha256("\n".join(plain.iterdump()).encode()).hexdigest()
    except (sqlite3.Error, UnicodeDecodeError):
        return ""
