"""Where the office's folder lies, which database, which language, who acts: options, then WUYE_*.

`config.toml` in the office's folder holds what lasts (`database_url`, `language`, `lock_minutes`:
after so long without a key a console locks itself; `font`, `printer` and `paper`, for what is
printed; `backup_folder`, `backup_key`, `backup_stamp`, for backups); environment and command line
win over it.
"""

import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wuye_tui.rules.errors import BadFile, miswritten
from wuye_tui.words import LANGUAGES, _

DATABASE = "wuye.db"
CONFIG = "config.toml"
LONGEST_LOCK = 24 * 60  # minutes
_BACKUPS = ("backup_folder", "backup_key", "backup_stamp")
_TEXTS = ("database_url", "language", "font", "printer", "paper", *_BACKUPS)
_DATABASE_LINE = re.compile(r"\s*[\"']?database_url[\"']?\s*=")
KNOWN = (*_TEXTS, "lock_minutes")


class BadConfig(BadFile):
    """config.toml cannot be read. `number` is the line in it, 0 where none is to blame."""

    def __init__(self, path: Path, why: str, number: int = 0) -> None:
        self.path, self.why, self.number = path, why, number
        told = _("配置文件 {path} 写错了：{why}。请改正后再试。")
        if number:
            told = _("配置文件 {path} 第 {line} 行写错了：{why}。请改正后再试。")
        super().__init__(told.format(path=path, line=number, why=why))


class UnreadableConfig(BadFile):
    """Where config.toml would lie is no folder, or nobody but others may look into it."""

    def __init__(self, path: Path) -> None:
        told = _("读不了 {path}：「{folder}」要是一个文件夹，里面的文件这个用户要读得到。")
        super().__init__(told.format(path=path, folder=path.parent))


@dataclass(frozen=True)
class Settings:
    """What a process needs before it can open a desk."""

    home: Path
    database_url: str
    language: str = "zh"
    staff: str = ""
    pin: str = ""
    second_pin: str = ""  # of whoever else signs at this command line
    password: str = ""
    second_password: str = ""
    now: str = ""
    lock_minutes: int | None = None  # 0: never; None: whatever is usual at such an office
    font: str = ""  # the file of a Chinese font; empty: the machine's own
    printer: str = ""  # as the system calls it; empty: its usual one
    paper: str = "a4"  # what is in it
    backup_folder: str = ""  # of the automatic ones; empty: `backups` in the office's folder
    backup_key: str = ""  # the key file that they are encrypted with; empty: they are not
    backup_stamp: str = ""  # a file that whoever backs the server up touches each time
    backup_passphrase: str = ""  # for one command line

    @property
    def drafts(self) -> Path:
        """Where this workstation spools what is half typed; never in a shared database."""
        return self.home / "drafts"

    @property
    def database_file(self) -> Path | None:
        """The SQLite file, where the database is one."""
        prefix = "sqlite:///"
        return Path(self.database_url.removeprefix(prefix)) if _is_file(self) else None

    def moved_to(self, home: Path) -> "Settings":
        """The same for another office folder, with a database of its own."""
        return replace(self, home=home, database_url=_sqlite(home))


def _is_file(settings: Settings) -> bool:
    return settings.database_url.startswith("sqlite:///")


def _sqlite(home: Path) -> str:
    return f"sqlite:///{home / DATABASE}"


def usual_home() -> Path:
    """The user's data folder, where an office lives unless it is told otherwise."""
    from platformdirs import user_data_path

    return user_data_path("wuye", appauthor=False)


def load(
    home: str = "",
    database_url: str = "",
    language: str = "",
    staff: str = "",
    now: str = "",
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """The settings from options, environment and config.toml, in that order. Raises BadConfig."""
    env = os.environ if environ is None else environ
    chosen = home or env.get("WUYE_HOME", "")
    folder = Path(chosen).expanduser().absolute() if chosen else usual_home()
    config = _config(folder / CONFIG)
    url = database_url or env.get("WUYE_DATABASE_URL", "") or config.get("database_url", "")
    return Settings(
        home=folder,
        database_url=url or _sqlite(folder),
        language=language or env.get("WUYE_LANG", "") or config.get("language", "zh"),
        staff=staff or env.get("WUYE_STAFF", ""),
        pin=env.get("WUYE_PIN", ""),
        second_pin=env.get("WUYE_PIN2", ""),
        password=env.get("WUYE_PASSWORD", ""),
        second_password=env.get("WUYE_PASSWORD2", ""),
        now=now or env.get("WUYE_NOW", ""),
        lock_minutes=config.get("lock_minutes"),
        font=config.get("font", ""),
        printer=config.get("printer", ""),
        paper=config.get("paper", "") or "a4",
        backup_passphrase=env.get("WUYE_BACKUP_PASSPHRASE", ""),
        **{name: config.get(name, "") for name in _BACKUPS},
    )


def keep_database(settings: Settings) -> bool:
    """Writes into config.toml where the database is, for later runs; nothing where they would find
    it anyway. The file is its owner's alone from then on, since an address may hold a password.
    Whether it was written; OSError where it cannot be.
    """
    if load(str(settings.home), environ={}).database_url == settings.database_url:
        return False
    path = settings.home / CONFIG
    text = path.read_text("utf-8") if path.exists() else ""
    kept = [one for one in text.splitlines() if not _DATABASE_LINE.match(one)]
    written = "\n".join([f"database_url = {json.dumps(settings.database_url)}", *kept]) + "\n"
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{CONFIG}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(written)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return True


def _config(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8")
        document = tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UnreadableConfig(path) from error
    except UnicodeDecodeError as error:
        raise BadConfig(path, _("不是 UTF-8 的文本，请另存为 UTF-8")) from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else max(1, len(text.splitlines()))
        raise BadConfig(path, miswritten(text, line), line) from error
    for key in _TEXTS:
        if not isinstance(document.get(key, ""), str):
            raise BadConfig(path, _("{key} 要写成文字").format(key=key), line_of(text, key))
    if document.get("language", LANGUAGES[0]) not in LANGUAGES:
        why = _("language 可以写 {known}").format(known=" ".join(LANGUAGES))
        raise BadConfig(path, why, line_of(text, "language"))
    minutes = document.get("lock_minutes", 0)
    if type(minutes) is not int or not 0 <= minutes <= LONGEST_LOCK:
        why = _("lock_minutes 要写 0 到 {most} 的整数分钟，0 是不自动锁屏")
        raise BadConfig(path, why.format(most=LONGEST_LOCK), line_of(text, "lock_minutes"))
    return document


def line_of(text: str, name: str) -> int:
    """The line in which a TOML file writes a name, as a key or as a table; 1 if it is not found."""
    written = re.compile(rf"\s*\[*\s*[\"']?{re.escape(name)}[\"']?\s*(=|\]|\.)")
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if written.match(line)), 1)
