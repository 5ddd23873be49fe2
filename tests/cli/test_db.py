"""An office on PostgreSQL, founded from the command line: what is wrong is said, and whose it is.

- no server, no database, a wrong password, no right, not empty: each has a sentence of its own
- a password is never printed, logged or shown, and a file that shows it to others is told
- where the database is, is kept for later runs, readable by its owner alone
- the desks' role works, and changes nothing that may only be added to
- from SQLite to PostgreSQL and back, wholly or not at all
"""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.lines import Office, typed
from tests.servers import StrictServer
from wuye_tui.cli.main import run
from wuye_tui.settings import CONFIG, DATABASE, load

__all__ = ["typed"]

SECRET = "s3cr/t#p@ss"  # what make_url and shells stumble over
ASKED = ("--site", "思兰雅苑", "--admin", "XZ01", "--name", "张敏")
pytestmark = pytest.mark.pg


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """A folder in which nothing has been founded."""
    return Office(tmp_path / "office", capsys)


@pytest.fixture(scope="module")
def strict() -> Iterator[StrictServer]:
    """A server on a port that asks for passwords, as one in an office does."""
    with StrictServer() as server:
        yield server


@pytest.fixture
def wanted(strict: StrictServer) -> Iterator[str]:
    """A database of `owner`, whose password is SECRET; the address has no password."""
    with strict.owned("owner", "desk_role", password=SECRET) as url:
        yield url


def refused(office: Office, url: str, *says: str) -> None:
    """One sentence, exit 5, nothing of the password, nothing kept."""
    ran = office.type("init", "--training", *ASKED, "--db", url)
    assert ran.status == 5, ran
    assert ran.out == ""
    lines = [line for line in ran.err.splitlines() if "本机别的用户看得到" not in line]
    assert len(lines) == 1, lines
    for words in says:
        assert words in lines[0]
    silent(office, ran.err)
    assert not (office.home / CONFIG).exists()


def silent(office: Office, *said: str) -> None:
    log = office.home / "wuye.log"
    for words in (*said, log.read_text() if log.exists() else ""):
        assert "s3cr" not in words
        assert "p@ss" not in words


def test_what_is_wrong_has_a_sentence_of_its_own(
    strict: StrictServer, wanted: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    quoted = "s3cr%2Ft%23p%40ss"
    by_password = wanted.replace("owner@", f"owner:{quoted}@")
    refused(office, "postgresql+psycopg://owner@127.0.0.1:1/wuye", "连不上", "127.0.0.1:1/wuye")
    refused(office, wanted, "用户名或密码", "~/.pgpass")
    refused(office, wanted.replace("owner@", "owner:wrong-s3cr@"), "用户名或密码")
    refused(office, wanted.replace("owner@", "nobody:x@"), "用户名或密码")
    refused(office, by_password.rpartition("/")[0] + "/nothing", "没有数据库", "createdb")
    refused(office, by_password + "?sslmode=require", "加密")
    refused(office, by_password + "?hallo=1", "数据库地址看不懂")
    refused(office, "postgresql+psycopg://?service=nowhere", "service=nowhere", "pg_service.conf")
    refused(office, "postgresql+psycopg://owner:s3cr@127.0.0.1:port/x", "数据库地址看不懂")
    strict.run(f"CREATE ROLE visitor LOGIN PASSWORD '{SECRET}'")
    refused(office, by_password.replace("owner:", "visitor:"), "不许这个用户")
    strict.run("CREATE TABLE theirs (n int)", wanted.rpartition("/")[2])
    refused(office, by_password, "别的程序的数据")
    strict.run("DROP ROLE visitor")


def test_an_office_is_founded_by_a_password_file_and_found_again(
    wanted: str, office: Office, strange_machine: Path
) -> None:
    passfile = strange_machine / ".pgpass"
    passfile.write_text(f"*:*:*:owner:{SECRET}\n")
    passfile.chmod(0o600)
    ran = office.type("init", "--training", *ASKED, "--db", wanted)
    assert ran.status == 0, ran.err
    assert "127.0.0.1" in ran.err
    kept = office.home / CONFIG
    assert load(str(office.home), environ={}).database_url == wanted
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert office.type("status").status == 0
    assert office.done("db", "show")["user"] == "owner"
    assert not (office.home / DATABASE).exists()
    assert "已经有" in office.type("init", "--training", *ASKED).err
    passfile.chmod(0o644)
    ran = office.type("status")
    assert ran.status == 5, "libpq does not use a password file that others can read"
    assert f"chmod 600 {passfile}" in ran.err.splitlines()[0]
    silent(office, ran.err, kept.read_text())


def test_a_service_file_serves_and_is_told_when_others_can_read_it(
    wanted: str, office: Office, strange_machine: Path
) -> None:
    service = strange_machine / ".pg_service.conf"
    host, port = wanted.partition("@")[2].partition("/")[0].split(":")
    name = wanted.rpartition("/")[2]
    service.write_text(
        f"[wuye]\nhost={host}\nport={port}\ndbname={name}\nuser=owner\npassword={SECRET}\n"
    )
    service.chmod(0o600)
    url = "postgresql+psycopg://?service=wuye"
    ran = office.type("init", "--training", *ASKED, "--db", url)
    assert ran.status == 0, ran.err
    assert "chmod" not in ran.err
    assert office.done("db", "show")["place"] == "service=wuye"
    service.chmod(0o640)
    ran = office.type("status")
    assert ran.status == 0
    assert f"chmod 600 {service}" in ran.err
    silent(office, ran.err, ran.out)


def test_a_password_in_the_address_is_kept_for_the_owner_alone_and_never_shown(
    wanted: str, office: Office
) -> None:
    url = wanted.replace("owner@", "owner:s3cr%2Ft%23p%40ss@")
    ran = office.type("init", "--training", *ASKED, "--db", url)
    assert ran.status == 0, ran.err
    assert "本机别的用户看得到" in ran.err
    silent(office, ran.err, ran.out)
    ran = office.type("db", "show")
    assert "owner@" in ran.out
    silent(office, ran.out, ran.err)
    kept = office.home / CONFIG
    kept.chmod(0o644)
    ran = office.type("status")
    assert f"chmod 600 {kept}" in ran.err
    silent(office, ran.out, ran.err)


def test_what_else_config_says_stays_when_the_database_is_kept(
    wanted: str, office: Office, strange_machine: Path
) -> None:
    office.home.mkdir()
    (office.home / CONFIG).write_text('# ours\nlanguage = "en"\n  database_url="sqlite:////x"\n')
    passfile = strange_machine / ".pgpass"
    passfile.write_text(f"*:*:*:owner:{SECRET}\n")
    passfile.chmod(0o600)
    assert office.type("init", "--training", *ASKED, "--db", wanted).status == 0
    kept = (office.home / CONFIG).read_text()
    assert kept == f'database_url = "{wanted}"\n# ours\nlanguage = "en"\n'


def test_a_second_computer_of_a_real_office_is_enrolled_with_a_password(
    wanted: str,
    tmp_path: Path,
    strange_machine: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    passfile = strange_machine / ".pgpass"
    passfile.write_text(f"*:*:*:owner:{SECRET}\n")
    passfile.chmod(0o600)
    first, other = tmp_path / "first", tmp_path / "other"
    monkeypatch.setenv("WUYE_PIN", "682047")
    monkeypatch.setenv("WUYE_NEW_PIN", "682047")
    monkeypatch.setenv("WUYE_NEW_PASSWORD", "三号楼的猫爱晒太阳")
    calls = ["calls", "list", "--as", "XZ01"]
    assert run(["init", *ASKED, "--db", wanted, "--home", str(first)]) == 0
    assert run(["staff", "set-password", "XZ01", "--as", "XZ01", "--home", str(first)]) == 0
    assert run(["db", "use", wanted, "--home", str(other)]) == 0
    capsys.readouterr()
    assert run([*calls, "--home", str(other)]) == 2
    assert "要用口令" in capsys.readouterr().err
    monkeypatch.setenv("WUYE_PASSWORD", "三号楼的猫爱晒太阳")
    assert run(["workstations", "enrol", "前台2", "--as", "XZ01", "--home", str(other)]) == 0
    monkeypatch.delenv("WUYE_PASSWORD")
    assert run([*calls, "--home", str(other)]) == 0
