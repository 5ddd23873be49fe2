"""`wuye backup`: made while the office works, known to be good, and the way back."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.lines import Office, typed
from tests.desks import THURSDAY
from tests.postgres import PgServer
from wuye_tui.cli import backup as backup_lines
from wuye_tui.cli.main import run
from wuye_tui.registers import office
from wuye_tui.registers.backups import known
from wuye_tui.rules.clock import StoppedClock, SystemClock
from wuye_tui.settings import DATABASE, load

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


def test_what_a_restore_put_aside_is_put_back_by_the_same_command(typed: Office) -> None:
    made = typed.done("backup", "create")["file"]
    late = typed.done("calls", "add", "--line", LINE)["number"]
    aside = typed.done("backup", "restore", made, "--yes")["kept"]
    typed.done("calls", "add", "--line", "3-1-501 灯坏")
    typed.done("backup", "create", "-o", str(typed.home / "backups" / "between.db"))
    asked = typed.type("backup", "restore", aside)
    assert (asked.status, "--yes" in asked.err) == (2, True)
    assert "不是现在这个数据库的过去" in asked.err
    typed.done("backup", "restore", aside, "--yes")
    assert typed.type("repairs", "show", late).status == 0
    assert typed.done("check")["clean"]  # the backup of what came between is left out on purpose
    gone = typed.type("backup", "restore", f"{aside}.nowhere", "--yes")
    assert (gone.status, "没有备份文件" in gone.err) == (5, True)


@pytest.mark.parametrize("harm", [b"", b"Dear Sirs, " * 900, None])
def test_a_database_that_is_damaged_or_gone_names_the_newest_good_backup(
    typed: Office, tmp_path: Path, harm: bytes | None
) -> None:
    database = typed.home / DATABASE
    number = typed.done("calls", "add", "--line", LINE)["number"]
    for name in ("a.db", "b c.db"):
        made = typed.done("backup", "create", "-o", str(typed.home / "backups" / name))["file"]
    database.unlink()
    if harm is not None:
        database.write_bytes(harm)
    ran = typed.type("status")
    assert (ran.status, f"wuye backup restore '{made}'" in ran.err) == (5, True)
    assert ("不要运行 wuye init" in ran.err) is (harm is None)
    asked = typed.type("backup", "restore", made)
    assert ("读不了" in asked.err) is (harm is not None)
    assert "不是现在" not in asked.err
    assert typed.type("backup", "restore", made, "--yes").status == 0
    assert typed.type("repairs", "show", number).status == 0


def test_where_there_is_no_backup_the_sentence_names_none(typed: Office) -> None:
    database = typed.home / DATABASE
    database.write_bytes(b"")
    assert "wuye backup list" in typed.type("status").err
    database.unlink()
    assert "wuye init" in typed.type("status").err


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


WORDS = "correct horse battery"


def test_what_would_be_lost_is_told_before_anybody_is_asked(typed: Office) -> None:
    made = typed.done("backup", "create")
    for _n in range(2):
        typed.done("calls", "add", "--line", LINE)
    ran = typed.type("backup", "restore", made["file"])
    assert ran.status == 2
    first = made["audit_seq"] + 1
    assert f"最后 2 次操作：审计记录第 {first} 到 {first + 1} 条" in ran.err
    done = typed.done("backup", "restore", made["file"], "--yes")
    assert done["lost"] == {"first": first, "last": first + 1}
    assert typed.done("check")["clean"]


def test_one_of_another_office_is_told_as_that(typed: Office, tmp_path: Path) -> None:
    other = load(home=str(tmp_path / "other"), environ={})
    office.found(
        other, name="别处", admin="A001", admin_name="王", training=True,
        clock=StoppedClock(THURSDAY),
    )  # fmt: skip
    assert run(["backup", "create", "--home", str(other.home), "--quiet"]) == 0
    [(path, _manifest)] = known(other)
    ran = typed.type("backup", "restore", str(path))
    assert ran.status == 2
    assert "不是现在这个数据库的过去" in ran.err


def test_the_timer_makes_one_a_day(typed: Office) -> None:
    first = typed.done("backup", "auto")
    assert Path(first["file"]).is_file()
    again = typed.type("backup", "auto")
    assert (again.status, again.out) == (0, "")
    assert "23 小时" in again.err
    [row] = typed.done("backup", "list")
    assert (row["kind"], row["whole"], bool(row["verified"])) == ("auto", True, True)
    assert typed.done("status")["backup"]["last_verified_at"]


def test_the_timer_says_what_it_finds_and_a_clean_check_ends_it(typed: Office) -> None:
    typed.done("calls", "add", "--line", LINE)
    change = "UPDATE private SET address = ? WHERE owner = (SELECT id FROM contact)"
    with sqlite3.connect(typed.home / DATABASE) as raw:
        [(before,)] = raw.execute(change.replace("address = ?", "n = n") + " RETURNING address")
        raw.execute(change, ["3-1-501"])
    ran = typed.type("backup", "auto")
    assert (ran.status, "wuye check" in ran.err) == (0, True)
    note = typed.home / "backups" / "found.json"
    assert typed.type("check").status == 1
    assert note.exists()
    with sqlite3.connect(typed.home / DATABASE) as raw:
        raw.execute(change, [before])
    raw.close()
    assert typed.type("check").status == 0
    assert not note.exists()


def test_an_encrypted_copy_by_passphrase_and_by_key_file(
    typed: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = typed.type("backup", "create", "--encrypt")
    assert (refused.status, "WUYE_BACKUP_PASSPHRASE" in refused.err) == (2, True)
    inside = typed.type("backup", "key", "-o", str(typed.home / "a.key"))
    assert (inside.status, str(typed.home) in inside.err) == (2, True)
    key = tmp_path / "a.key"
    assert typed.done("backup", "key", "-o", str(key))["key"] == str(key)
    by_key = typed.done("backup", "create", "--encrypt", "--key", str(key))["file"]
    monkeypatch.setenv("WUYE_BACKUP_PASSPHRASE", "short")
    assert typed.type("backup", "create", "--encrypt").status == 2
    monkeypatch.setenv("WUYE_BACKUP_PASSPHRASE", WORDS)
    by_words = typed.done("backup", "create", "--encrypt", "-o", str(tmp_path / "b.db"))["file"]
    assert by_words.endswith("b.db.sealed")
    assert Path(by_words).stat().st_mode & 0o777 == 0o600
    assert typed.type("backup", "verify", by_words).status == 0
    assert typed.type("backup", "verify", by_key, "--key", str(key)).status == 0
    wrong = typed.type("backup", "restore", by_key, "--yes")
    assert wrong.status == 5
    assert "密钥或口令打不开" in wrong.err
    typed.done("calls", "add", "--line", LINE)
    before = (typed.home / DATABASE).read_bytes()
    monkeypatch.setenv("WUYE_BACKUP_PASSPHRASE", WORDS + "!")
    assert typed.type("backup", "restore", by_words, "--yes").status == 5
    assert (typed.home / DATABASE).read_bytes() == before
    assert typed.done("backup", "restore", by_key, "--key", str(key), "--yes")["kept"]
    assert typed.done("repairs", "list") == []


def test_where_the_office_has_a_key_one_by_hand_is_encrypted_too(
    typed: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "a.key"
    typed.done("backup", "key", "-o", str(key))
    (typed.home / "config.toml").write_text(f'backup_key = "{key}"\n', "utf-8")
    monkeypatch.setenv("WUYE_BACKUP_PASSPHRASE", WORDS)  # is for what is asked for, --encrypt
    made = typed.done("backup", "create", "-o", str(tmp_path / "a.db"))["file"]
    assert made.endswith("a.db.sealed")
    assert typed.type("backup", "verify", made, "--key", str(key)).status == 0
    plain = Path(typed.done("backup", "create", "--plain", "-o", str(tmp_path / "b.db"))["file"])
    assert plain.read_bytes().startswith(b"SQLite format 3")
    both = typed.type("backup", "create", "--plain", "--encrypt")
    assert (both.status, "--plain" in both.err) == (2, True)


def test_a_changed_byte_of_an_encrypted_copy_is_one_sentence(
    typed: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WUYE_BACKUP_PASSPHRASE", WORDS)
    made = Path(typed.done("backup", "create", "--encrypt")["file"])
    whole = bytearray(made.read_bytes())
    whole[-20] ^= 1
    made.write_bytes(bytes(whole))
    ran = typed.type("backup", "restore", str(made), "--yes")
    assert (ran.status, ran.err.count("\n")) == (5, 1)
    assert "换另一份备份" in ran.err


def test_a_passphrase_is_asked_for_twice(typed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    answers = iter([WORDS, WORDS + "x", WORDS, WORDS])
    monkeypatch.setattr(backup_lines.getpass, "getpass", lambda *_a, **_k: next(answers))
    assert typed.type("backup", "create", "--encrypt").status == 2
    assert typed.type("backup", "create", "--encrypt").status == 0


def test_status_and_check_say_that_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load(home=str(tmp_path / "real"), environ={})
    desk = office.found(
        settings, name="真的", admin="A001", admin_name="王", training=False, clock=SystemClock()
    )
    desk.engine.dispose()
    at = ["--home", str(settings.home)]
    assert run(["status", *at]) == 0
    assert "wuye backup auto" in capsys.readouterr().out
    assert run(["check", *at]) == 0  # a warning, and nothing wrong with the database
    assert "wuye backup auto" in capsys.readouterr().err
    assert run(["backup", "auto", *at]) == 0
    capsys.readouterr()
    for noun in ("status", "check"):
        assert run([noun, *at]) == 0
        read = capsys.readouterr()
        assert "wuye backup auto" not in read.out + read.err


def test_a_configured_folder_and_stamp_are_known(typed: Office) -> None:
    said = 'backup_folder = "elsewhere"\nbackup_stamp = "last"\nbackup_key = "k"\n'
    (typed.home / "config.toml").write_text(said, "utf-8")
    assert typed.type("config", "check").status == 0
    ran = typed.type("backup", "create", "--plain")
    assert (ran.status, str(typed.home / "elsewhere") in ran.err) == (5, True)
    (typed.home / "elsewhere").mkdir()
    made = Path(typed.done("backup", "create", "--plain")["file"])
    assert made.parent == typed.home / "elsewhere"


@pytest.mark.pg
def test_a_timer_at_a_server_does_nothing_and_says_so(
    pg_office: str, pg_server: PgServer, typed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pg_server.database(like=pg_office) as url:
        monkeypatch.setenv("WUYE_DATABASE_URL", url)
        ran = typed.type("backup", "auto")
        assert (ran.status, "服务器管理员" in ran.err) == (0, True)
        assert typed.done("status")["backup"] == {
            "last_verified_at": None, "by_server": True, "warning": None,
        }  # fmt: skip
        assert typed.type("backup", "create").status == 5
