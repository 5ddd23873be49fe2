"""What the command line says when the database is not as it should be: one sentence, exit 5.

- gone, empty, not a database, cut short, of a newer program, of an older one
- nothing of the file is changed by being refused
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.lines import Office, typed
from wuye_tui.settings import DATABASE

__all__ = ["typed"]


def _gone(file: Path) -> None:
    file.unlink()


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _letter(file: Path) -> None:
    file.write_bytes(b"Dear Sirs, this is a letter. " * 200)


def _cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def _revision(revision: str) -> Callable[[Path], None]:
    def set_(file: Path) -> None:
        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.close()

    return set_


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (_gone, "wuye init"),
        (_empty, "wuye backup list"),
        (_letter, "wuye backup list"),
        (_cut_short, "wuye backup list"),
        (_revision("9999"), "9999"),
        (_revision("0000"), "wuye upgrade"),
    ],
    ids=["gone", "empty", "a letter", "cut short", "newer", "older"],
)
def test_a_broken_database_is_one_sentence_and_stays_as_it_is(
    typed: Office, damage: Callable[[Path], None], says: str
) -> None:
    file = typed.home / DATABASE
    damage(file)
    before = file.read_bytes() if file.exists() else None
    for line in (["status"], ["calls", "add", "--line", "3-1-502 厨房水管漏水"]):
        ran = typed.type(*line)
        assert ran.status == 5
        assert ran.out == ""
        assert says in ran.err
        assert len(ran.err.strip().splitlines()) == 1
    assert (file.read_bytes() if file.exists() else None) == before
