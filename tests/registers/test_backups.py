"""The daily backup: one a day whoever asks, old ones thinned, and a word to those who must know."""

import json
import os
import shutil
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.desks import second_desk
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import backup_look, backup_notes, backup_watch, backups, proposals
from wuye_tui.registers.backups import KeyBeside
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import DATABASE, Settings
from wuye_tui.store.faults import DatabaseFull
from wuye_tui.store.manifest import AUTO, BY_HAND, UPGRADE, manifest_path, read_manifest
from wuye_tui.store.sealing import make_key_file, passphrase
from wuye_tui.store.shelf import BackupFolderGone

DAY = timedelta(days=1)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """The desk of an office where nobody practises."""
    return replace(desk, office=replace(desk.office, training=False))


def ring(desk: Desk) -> None:
    found = proposals.understand(desk, "3-1-502 厨房水龙头漏水")
    desk.perform("call.add", lambda act: proposals.accept(act, found))


def names(desk: Desk) -> list[str]:
    return sorted(path.name for path in backups.folder(desk.settings).glob("*.db*"))


def with_config(desk: Desk, **said: str) -> Desk:
    return replace(desk, settings=replace(desk.settings, **said))


def test_it_is_made_when_it_is_due_and_not_before(office: Desk, clock: StoppedClock) -> None:
    done = backups.auto(office)
    assert done.path
    assert done.manifest
    assert (done.manifest.kind, done.manifest.verified) == (AUTO, clock.now())
    assert done.manifest.seq == check(office).seq
    clock.advance(22 * 3600)
    assert backups.auto(office).path is None
    clock.advance(3601)
    assert backups.auto(office).path
    assert len(backups.known(office.settings)) == 2


def test_one_by_hand_today_is_enough(office: Desk) -> None:
    backups.create(office)
    assert backups.auto(office).path is None


def _auto(settings: Settings, now: datetime) -> None:
    desk = open_desk(settings, StoppedClock(now))
    done = backups.auto(desk)
    raise SystemExit(3 if done.path else 0)


def test_of_several_desks_one_makes_it(office: Desk, clock: StoppedClock) -> None:
    office.engine.dispose()
    started = [
        get_context("fork").Process(target=_auto, args=(office.settings, clock.now()))
        for _n in range(4)
    ]
    for one in started:
        one.start()
    for one in started:
        one.join()
    assert sorted(str(one.exitcode) for one in started) == ["0", "0", "0", "3"]
    assert len(backups.known(office.settings)) == 1


def test_a_month_and_a_half_leaves_days_and_weeks_and_what_people_made(
    office: Desk, clock: StoppedClock, tmp_path: Path
) -> None:
    """Copies of one that was really made: what is thinned goes by the manifests alone."""
    by_hand, _manifest = backups.create(office)
    away, _manifest = backups.create(office, tmp_path / "stick" / "mine.db")
    upgrade, _manifest = backups.create(office, by_hand.with_name("before-upgrade.db"))
    _rewrite(upgrade, kind=UPGRADE)
    clock.advance(24 * 3600)
    first = backups.auto(office).path
    assert first
    folder = first.parent
    for n in range(1, 45):
        moment = clock.now() + n * DAY
        copied = folder / f"wuye-{moment:%Y%m%d-%H%M%S}.db"
        shutil.copyfile(first, copied)
        shutil.copyfile(manifest_path(first), manifest_path(copied))
        _rewrite(copied, made=moment.isoformat())
    clock.advance(45 * 24 * 3600)
    done = backups.auto(office)
    assert done.path in [path for path, _manifest in backups.known(office.settings)]
    left = [one.made for _path, one in backups.known(office.settings) if one.kind == AUTO]
    assert len(left) == 10  # 7 days, 3 further weeks (one of them with the last of a month)
    assert {(clock.now() - one).days for one in left} >= set(range(7))
    assert len(done.thinned) == 46 - len(left)
    for mine in (by_hand, away, upgrade):
        assert mine.exists()
        assert manifest_path(mine).exists()
    assert not [path for path in folder.glob("*.json") if not path.with_suffix("").exists()]


def _change(desk: Desk, words: str) -> None:
    """What was said in a call, behind our back: no trigger guards it, and sound pages hold it."""
    desk.engine.dispose()
    with sqlite3.connect(str(desk.settings.database_file)) as raw:
        raw.execute("UPDATE private SET words = ? WHERE owner = (SELECT id FROM contact)", [words])
    raw.close()


@pytest.mark.parametrize("sealed", [False, True])
def test_a_text_changed_behind_our_back_is_told_and_the_backup_is_made(
    office: Desk, tmp_path: Path, clock: StoppedClock, sealed: bool
) -> None:
    ring(office)
    if sealed:
        (tmp_path / "keys").mkdir()
        make_key_file(tmp_path / "keys" / "office.key")
        office = with_config(office, backup_key=str(tmp_path / "keys" / "office.key"))
    with office.read() as session:
        asked = text("SELECT words FROM private WHERE owner = (SELECT id FROM contact)")
        before = session.execute(asked).scalar_one()
    made = backups.auto(office).path
    assert made
    assert backup_look.look(office, made) == []
    assert not backup_watch.watch(office).warning
    _change(office, "别的")
    clock.advance(23 * 3600)
    made = backups.auto(office).path
    assert made
    bytes_ = made.read_bytes()
    [finding] = backup_look.look(office, made)
    told = backup_watch.watch(office)
    assert finding in told.warning
    assert (told.word, told.last) == ("核对有错", clock.now())
    assert made.read_bytes() == bytes_
    assert not (office.settings.home / ".check-place").exists()
    _change(office, before)
    clock.advance(23 * 3600)
    made = backups.auto(office).path
    assert made
    assert backup_look.look(office, made) == []
    assert not backup_watch.watch(office).warning


def test_desks_save_while_a_backup_is_looked_at(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring(office)
    made = backups.auto(office).path
    assert made

    def meanwhile(looked_at: Desk) -> object:
        with looked_at.read() as session:
            before = session.execute(text("SELECT count(*) FROM contact")).scalar_one()
            ring(office)
            assert session.execute(text("SELECT count(*) FROM contact")).scalar_one() == before
        return check(looked_at)

    monkeypatch.setattr(backup_look, "check", meanwhile)
    assert backup_look.look(office, made) == []
    assert check(office).clean


def _rewrite(path: Path, **said: str) -> None:
    beside = manifest_path(path)
    beside.write_text(json.dumps({**json.loads(beside.read_text("utf-8")), **said}), "utf-8")


def test_one_that_is_not_whole_is_neither_counted_nor_taken_away(
    office: Desk, clock: StoppedClock
) -> None:
    broken = backups.auto(office).path
    assert broken
    broken.write_bytes(broken.read_bytes()[:-1])
    assert backups.last_verified(office.settings, clock.now()) is None
    clock.advance(1)
    assert backups.auto(office).path
    assert broken.exists()


def test_one_of_a_clock_that_ran_ahead_proves_nothing(office: Desk, clock: StoppedClock) -> None:
    clock.advance(300 * 24 * 3600)
    backups.auto(office)
    clock.advance(-300 * 24 * 3600)
    assert backup_watch.watch(office).warning
    assert backups.auto(office).path
    assert not backup_watch.watch(office).warning
    assert backups.auto(office).path is None


def test_a_full_disk_is_told_the_last_good_one_stays_and_it_is_tried_again(
    office: Desk, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = backups.auto(office).path
    clock.advance(23 * 3600)
    before = names(office)
    with monkeypatch.context() as full:
        full.setattr("wuye_tui.store.backup.SPACE_NEEDED", 1 << 60)
        with pytest.raises(DatabaseFull):
            backups.auto(office)
    assert names(office) == before
    assert good
    assert backups.verify(office.settings, good)
    told = backup_watch.watch(office)
    assert "磁盘已满" in told.warning
    assert (told.word, told.is_due) == ("备份失败", False)
    clock.advance(3600)
    assert backup_watch.watch(office).is_due
    backups.auto(office)
    assert not backup_watch.watch(office).warning


def test_a_disk_that_is_not_there_is_told_and_nothing_is_made_in_its_place(
    office: Desk, tmp_path: Path, clock: StoppedClock
) -> None:
    mount = tmp_path / "stick"
    desk = with_config(office, backup_folder=str(mount / "wuye"))
    for make in (backups.auto, backups.create):
        with pytest.raises(BackupFolderGone, match=str(mount / "wuye")):
            make(desk)
        assert not mount.exists()
    told = backup_watch.watch(desk)
    assert (told.word, told.is_due) == ("备份失败", False)
    assert str(mount / "wuye") in told.warning
    (mount / "wuye").mkdir(parents=True)
    assert str(mount / "wuye") in backup_watch.watch(desk).warning  # until one has succeeded
    clock.advance(3600)
    assert backups.auto(desk).path
    assert not backup_watch.watch(desk).warning
    shutil.rmtree(mount)  # and it is told at once, though nothing has been tried since
    assert str(mount / "wuye") in backup_watch.watch(desk).warning
    backups.put_back(office.settings, backups.create(office)[0])
    backup_notes.note_restore(desk.settings, clock.now(), 0, [])
    assert not mount.exists()


def test_one_by_hand_ends_the_word_of_one_that_failed(
    office: Desk, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr("wuye_tui.store.backup.SPACE_NEEDED", 1 << 60)
        with pytest.raises(DatabaseFull):
            backups.auto(office)
    clock.advance(60)
    assert backup_watch.watch(office).word == "备份失败"
    backups.create(office)
    assert not backup_watch.watch(office).warning


def test_a_failure_is_its_owners_to_read_and_told_when_the_disk_takes_no_words_of_it(
    office: Desk, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup_notes.note_failure(office.settings, clock.now(), "没有做成。")
    note = backups.folder(office.settings) / backup_notes.FAILED
    assert note.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in note.parent.iterdir()] == [note.name]
    with monkeypatch.context() as full:
        full.setattr(os, "write", _no_room)
        backup_notes.note_failure(office.settings, clock.now(), "没有做成。")
    assert note.read_bytes() == b""
    _set(note, clock.now())
    assert backup_notes.failed(office.settings) == (clock.now(), "原因没能记下来，磁盘可能满了。")
    assert backup_watch.watch(office).word == "备份失败"


def _no_room(*_given: object) -> int:
    raise OSError(28, "No space left on device")


def test_told_when_the_last_verified_one_is_older_than_a_day(
    office: Desk, clock: StoppedClock
) -> None:
    assert backup_watch.watch(office).word == "没有备份"
    backups.auto(office)
    assert backup_watch.watch(office).warning == ""
    clock.advance(24 * 3600)
    assert backup_watch.watch(office).warning == ""
    clock.advance(1)
    told = backup_watch.watch(office)
    assert (told.word, told.is_due) == ("备份1天前", True)
    assert "24 小时前" in told.warning
    clock.advance(3 * 24 * 3600)
    assert "4 天前" in backup_watch.watch(office).warning


def test_where_people_practise_nothing_is_told(desk: Desk) -> None:
    told = backup_watch.watch(desk)
    assert (told.warning, told.word, told.is_due) == ("", "", False)


@pytest.mark.parametrize(
    ("number", "must"), [("KF01", False), ("KF03", True), ("XZ01", True), ("ZJ01", True),
                         ("GC03", False), ("", False)]
)  # fmt: skip
def test_administration_and_the_supervisor_are_told(office: Desk, number: str, must: bool) -> None:
    assert backup_watch.is_told(office.as_staff(number)) is must


def test_a_database_that_was_copied_back_by_hand_is_found(office: Desk) -> None:
    """Fault 15: it opens, it is whole, and it lacks what its own backups know of."""
    file = office.settings.database_file
    assert file
    ring(office)
    office.engine.dispose()
    old = file.with_name("old.db")
    shutil.copyfile(file, old)
    desk = second_desk(office)
    desk = replace(desk, office=office.office)
    ring(desk)
    made, manifest = backups.create(desk)
    assert check(desk).clean
    desk.engine.dispose()
    old.replace(file)
    desk = replace(second_desk(office), office=office.office)
    [finding] = check(desk).findings
    assert made.name in finding
    assert str(manifest.seq) in finding
    assert backup_watch.watch(desk).word == "库比备份旧"
    ring(desk)  # goes on where it should not: another line stands at that number
    assert check(desk).findings
    desk.engine.dispose()
    assert not backups.loss(office.settings, made).belongs


def test_what_a_restore_left_out_is_not_missed(office: Desk, clock: StoppedClock) -> None:
    early, _manifest = backups.create(office)
    clock.advance(60)
    ring(office)
    late, _manifest = backups.create(office)
    lost = backups.loss(office.settings, early)
    assert (lost.acts, lost.belongs, lost.known) == (1, True, True)
    assert lost.first == lost.last == check(office).seq
    office.engine.dispose()
    backups.put_back(office.settings, early)
    desk = second_desk(office)
    assert check(desk).clean
    assert late.exists()
    desk.engine.dispose()
    backups.put_back(office.settings, late)  # and it can be had back
    desk = second_desk(office)
    assert check(desk).clean
    assert check(desk).seq == lost.last


def test_the_chain_is_reckoned_again_up_to_the_anchor(office: Desk) -> None:
    """A line changed behind our back, triggers off: sound pages, and no backup of it is good."""
    ring(office)
    with office.engine.connect() as connection:
        dbapi = connection.connection.driver_connection
        assert dbapi is not None
        dbapi.execute("PRAGMA query_only=OFF")
        for (trigger,) in dbapi.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
        ).fetchall():
            dbapi.execute(f"DROP TRIGGER {trigger}")
        dbapi.execute("UPDATE audit SET what = 'nothing' WHERE seq = 1")
    with pytest.raises(Exception, match="wuye check"):
        backups.create(office)
    assert names(office) == []


def test_the_anchor_is_the_end_of_the_chain(office: Desk) -> None:
    ring(office)
    path, manifest = backups.create(office)
    looked = check(office)
    assert manifest.anchor == {"site": office.site, "audit": looked.seq, "head": looked.head}
    with office.read() as session:
        calls = session.execute(text("SELECT count(*) FROM contact")).scalar_one()
    assert manifest.counts["contact"] == calls == 1
    assert read_manifest(path).kind == BY_HAND


def test_the_office_says_where_and_with_which_key(
    office: Desk, tmp_path: Path, clock: StoppedClock
) -> None:
    key, elsewhere = tmp_path / "keys" / "office.key", tmp_path / "other disk"
    key.parent.mkdir()
    elsewhere.mkdir()
    make_key_file(key)
    desk = with_config(office, backup_folder=str(elsewhere), backup_key=str(key))
    done = backups.auto(desk)
    assert done.path
    assert done.path.parent == elsewhere
    assert done.path.name.endswith(".db.sealed")
    assert b"SQLite format" not in done.path.read_bytes()
    found = backups.key_file(desk.settings, str(key))
    assert backups.verify(desk.settings, done.path, found).seq == check(office).seq
    assert not backup_watch.watch(desk).warning
    clock.advance(DAY.total_seconds())
    key.unlink()
    with pytest.raises(Exception, match=r"office\.key"):
        backups.auto(desk)
    assert "office.key" in backup_watch.watch(desk).warning


def test_a_key_never_lies_beside_what_it_opens(office: Desk) -> None:
    for path in (office.settings.home / "a.key", backups.folder(office.settings) / "a.key"):
        with pytest.raises(KeyBeside):
            backups.new_key_file(office.settings, path)
        with pytest.raises(KeyBeside):
            backups.key_file(office.settings, str(path))
        assert not path.exists()


def test_no_plain_copy_stays_of_an_encrypted_one(office: Desk, tmp_path: Path) -> None:
    path, _manifest = backups.create(office, tmp_path / "a.db", passphrase("correct horse battery"))
    assert path.name == "a.db.sealed"
    plain = [
        found.relative_to(tmp_path).as_posix()
        for found in tmp_path.rglob("*")
        if found.is_file() and found.read_bytes()[:15] == b"SQLite format 3"
    ]
    assert plain == [f"office/{DATABASE}"]


@pytest.mark.pg
def test_a_server_is_its_administrators(pg_desk: Desk, tmp_path: Path) -> None:
    desk = replace(pg_desk, office=replace(pg_desk.office, training=False))
    assert backups.auto(desk).by_server
    told = backup_watch.watch(desk)
    assert (told.warning, told.is_due, told.by_server) == ("", False, True)
    assert check(desk).clean
    stamp = tmp_path / "last"
    desk = with_config(desk, backup_stamp=str(stamp))
    assert "还没有" in backup_watch.watch(desk).warning
    stamp.touch()
    _set(stamp, desk.now() - timedelta(hours=23))
    assert backup_watch.watch(desk).warning == ""
    _set(stamp, desk.now() - timedelta(hours=50))
    assert backup_watch.watch(desk).word == "备份2天前"
    assert str(stamp) in backup_watch.watch(desk).warning


def _set(path: Path, moment: datetime) -> None:
    os.utime(path, (moment.timestamp(), moment.timestamp()))
