"""`wuye backup`: made while the office works, known to be good, and the way back."""

from pathlib import Path

import pytest

from tests.cli.lines import Office, typed
from wuye_tui.settings import DATABASE

__all__ = ["typed"]
LINE = "3-1-502 厨房水龙头漏水 马上"


def test_what_a_backup_holds_comes_back_and_what_was_there_is_kept(
    typed: Office, tmp_path: Path
) -> None:
    first = typed.done("calls", "add", "--line", LINE)["number"]
    made = typed.done("backup", "create")["file"]
    second = typed.done("calls", "add", "--line", "3-1-501 灯坏")["number"]
    done = typed.done("backup", "restore", made, "--yes")
    assert typed.type("repairs", "show", first).status == 0
    assert typed.type("repairs", "show", second).status == 4
    assert typed.type("check").status == 0
    kept = Path(done["kept"])
    assert kept.is_file()
    kept.rename(typed.home / DATABASE)
    assert typed.type("repairs", "show", second).status == 0


def test_the_list_says_which_backups_are_good(typed: Office) -> None:
    made = Path(typed.done("backup", "create")["file"])
    assert [row["whole"] for row in typed.done("backup", "list")] == [True]
    assert typed.type("backup", "verify", str(made)).status == 0
    made.write_bytes(made.read_bytes()[:-1] + b"x")
    assert [row["whole"] for row in typed.done("backup", "list")] == [False]
    assert "不能用" in typed.type("backup", "list").out
    assert typed.type("backup", "verify", str(made)).status == 5


def test_a_bad_backup_replaces_nothing(typed: Office) -> None:
    made = Path(typed.done("backup", "create")["file"])
    made.write_bytes(b"")
    before = (typed.home / DATABASE).read_bytes()
    ran = typed.type("backup", "restore", str(made), "--yes")
    assert ran.status == 5
    assert "换另一份备份" in ran.err
    assert (typed.home / DATABASE).read_bytes() == before


def test_a_restore_is_agreed_to(typed: Office) -> None:
    made = typed.done("backup", "create")["file"]
    ran = typed.type("backup", "restore", made)
    assert ran.status == 2
    assert "--yes" in ran.err


@pytest.mark.parametrize("content", [b"", b"Dear Sirs, " * 900])
def test_the_sentence_of_a_damaged_database_leads_back_to_work(
    typed: Office, content: bytes
) -> None:
    number = typed.done("calls", "add", "--line", LINE)["number"]
    made = typed.done("backup", "create")["file"]
    (typed.home / DATABASE).write_bytes(content)
    ran = typed.type("status")
    assert ran.status == 5
    assert "wuye backup restore" in ran.err
    assert typed.type("backup", "restore", made, "--yes").status == 0
    assert typed.type("repairs", "show", number).status == 0
