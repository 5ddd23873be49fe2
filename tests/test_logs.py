import logging
import os
import re
import sqlite3
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import ACTING
from wuye_tui import logs
from wuye_tui.logs import close_log, course, error_id, failure, log, log_path, open_log
from wuye_tui.rules.errors import UnknownUnit
from wuye_tui.rules.text import bad_character


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Path]:
    yield open_log(tmp_path)
    close_log()


def filtered(message: str, *args: object) -> str:
    record = logging.LogRecord("wuye", logging.INFO, "", 0, message, args, None)
    assert logs.without_people(record)
    return record.getMessage()


def test_a_line_has_its_time_in_utc_and_the_file_is_the_owner_s_alone(written: Path) -> None:
    old = os.umask(0)
    try:
        log.info("desk opened, %d open matters", 12)
    finally:
        os.umask(old)
    (line,) = written.read_text().splitlines()
    at, level, process, name, words = line.split(" ", 4)
    assert abs(datetime.fromisoformat(at) - datetime.now(UTC)) < timedelta(minutes=1)
    assert (level, int(process), name) == ("INFO", os.getpid(), "wuye:")
    assert words == "desk opened, 12 open matters"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / logs.FILE
    path.write_text("old\n")
    path.chmod(0o644)
    open_log(tmp_path)
    log.info("started")
    close_log()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text().startswith("old\n")


def test_nothing_is_made_before_there_is_something_to_say(written: Path) -> None:
    assert not written.exists()
    assert log_path() == written


def test_without_a_log_nothing_is_written_anywhere(capfd: pytest.CaptureFixture[str]) -> None:
    assert log_path() is None
    log.warning("nobody hears")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "secret",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "１３８１２３４５６７８",
        "+8613812345678",
        "0531-88123456",
        "440106199001011234",
        "44010619900101123X",
        "440106 19900101 123x",
        "张敏",
        "厨房水管漏水",
    ],
)
def test_nobody_is_found_in_the_log_however_the_message_was_made(
    written: Path, secret: str
) -> None:
    log.error("could not save %s", secret)
    log.error("could not save %(who)s", {"who": secret})
    log.error(f"could not save {secret} at once")
    log.error("could not save %s", {"name": secret})
    log.error("could not save %r", secret)
    logging.getLogger("sqlalchemy.pool").error("[parameters: ('%s',)]" % secret)  # noqa: UP031
    text = written.read_text()
    assert len(text.splitlines()) == 6
    assert secret not in text
    assert not re.search(r"\d{7}", text)


def test_free_text_is_reduced_to_its_length_and_codes_stay() -> None:
    assert filtered("saved %s", "leaking tap in the kitchen") == "saved <text 26>"
    assert filtered("saved %s as %s", "张敏", "A001") == "saved <text 2> as A001"
    assert filtered("took %s n %d", "PG-20261121-004", 7) == "took PG-20261121-004 n 7"
    assert filtered("key %s", UUID(int=0x5F << 100)) == f"key {UUID(int=0x5F << 100)}"
    assert filtered("phone %s of %s", 13812345678, None) == "phone <text 11> of None"
    assert filtered("due %s", datetime(2026, 11, 21, tzinfo=UTC)).endswith(
        "2026-11-21 00:00:00+00:00"
    )
    assert filtered("value is 'VIP guest' here") == "value is <text 11> here"


def test_a_message_that_does_not_fit_its_values_is_still_a_line() -> None:
    assert filtered("two %s %s", "one") == "log message that does not fit its values"


@pytest.mark.parametrize("payload", ACTING.values(), ids=ACTING)
def test_no_text_can_make_a_second_line_or_act_on_who_reads(written: Path, payload: str) -> None:
    log.error("a %s", payload + "\n2026-01-01T00:00:00Z ERROR forged")
    log.error("b " + payload + "\r\nforged")
    lines = written.read_text(encoding="utf-8").split("\n")
    assert len(lines) == 3
    assert not any(bad_character().search(line) for line in lines)


@given(st.text(st.characters(exclude_categories=())))
def test_a_record_is_one_line_whatever_it_says(text: str) -> None:
    record = logging.LogRecord(
        "wuye", logging.INFO, "", 0, "%s|" + text.replace("%", ""), (text,), None
    )
    logs.without_people(record)
    line = logs._OneLine().format(record)
    assert line.isascii()
    assert line.isprintable()


def _raise(error: Exception) -> None:
    raise error


def test_an_exception_is_its_type_and_its_way_without_its_message(written: Path) -> None:
    resident = "张敏 13812345678"
    try:
        try:
            sqlite3.connect(":memory:").execute("select * from t where name = ?", (resident,))
        except sqlite3.Error as error:
            raise ValueError(resident) from error
    except ValueError as error:
        name = failure(error, "saving")
    (line,) = written.read_text().splitlines()
    assert f"unexpected failure in saving, error id {name} | ValueError at " in line
    assert "caused by sqlite3.OperationalError sqlite_errorname=SQLITE_ERROR at " in line
    assert re.search(r"ValueError at \S*test_logs:\d+ caused", line)
    assert "张敏" not in line
    assert "138" not in line.split("|")[1]


def test_the_desk_s_own_refusal_keeps_its_words_but_not_what_was_typed(written: Path) -> None:
    try:
        _raise(UnknownUnit("张敏 13812345678"))
    except UnknownUnit as error:
        failure(error, "intake")
    (line,) = written.read_text(encoding="utf-8").splitlines()
    assert "UnknownUnit (没有房号<text " in line
    assert "张敏" not in line
    assert "13812345678" not in line


def test_the_codes_of_an_operating_system_error_are_kept() -> None:
    assert course(OSError(28, "No space", "张敏.xlsx")) == "OSError errno=28 at nowhere"


def test_a_deep_recursion_stays_a_line_of_sane_length() -> None:
    def fall() -> None:
        fall()

    with pytest.raises(RecursionError) as fallen:
        fall()
    assert len(course(fallen.value)) < 3000


def test_error_ids_are_short_different_and_can_be_read_out() -> None:
    ids = {error_id() for _n in range(200)}
    assert len(ids) == 200
    assert all(re.fullmatch("[2-9A-HJ-NP-Z]{6}", name) for name in ids)


def test_a_full_log_is_turned_over_and_old_ones_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "ROTATE_BYTES", 2000)
    open_log(tmp_path)
    for n in range(400):
        log.info("line %d", n)
    close_log()
    files = sorted(tmp_path.glob("wuye.log*"))
    assert len(files) == 1 + logs.KEPT_FILES
    assert all(file.stat().st_size <= 2000 for file in files)
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_when_another_program_turns_the_log_over_this_one_follows(written: Path) -> None:
    log.info("before")
    written.rename(written.with_suffix(".log.1"))
    log.info("after")
    assert "after" in written.read_text()
    written.unlink()
    log.info("again")
    assert "again" in written.read_text()


def test_a_log_that_cannot_be_written_stops_nobody(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    open_log(tmp_path / "gone")
    log.error("lost")
    close_log()
    assert capfd.readouterr() == ("", "")


def test_opening_again_moves_the_log_and_does_not_double_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    open_log(tmp_path / "a")
    second = open_log(tmp_path / "b")
    log.info("once")
    close_log()
    assert len(second.read_text().splitlines()) == 1
    assert not (tmp_path / "a" / logs.FILE).exists()


def test_the_name_of_a_failure_is_never_taken_for_a_telephone(written: Path) -> None:
    for _n in range(400):
        name = error_id()
        log.error("%s KeyError", name)
        assert name in written.read_text("utf-8").splitlines()[-1]
