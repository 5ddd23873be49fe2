"""Where the office's folder lies, which database, which language, who acts: options, then WUYE_*.

`config.toml` in the office's folder holds what lasts (`database_url`, `language`); the environment
and the command line win over it.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from wuye_tui.rules.errors import BadFile
from wuye_tui.words import _

DATABASE = "wuye.db"


class BadConfig(BadFile):
    """config.toml cannot be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            _("配置文件 {path} 写错了：{why}。请改正后再试。").format(path=path, why=why)
        )


@dataclass(frozen=True)
class Settings:
    """What a process needs before it can open a desk."""

    home: Path
    database_url: str
    language: str = "zh"
    staff: str = ""
    pin: str = ""
    now: str = ""

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
    config = _config(folder / "config.toml")
    url = database_url or env.get("WUYE_DATABASE_URL", "") or config.get("database_url", "")
    return Settings(
        home=folder,
        database_url=url or _sqlite(folder),
        language=language or env.get("WUYE_LANG", "") or config.get("language", "zh"),
        staff=staff or env.get("WUYE_STAFF", ""),
        pin=env.get("WUYE_PIN", ""),
        now=now or env.get("WUYE_NOW", ""),
    )


def _config(path: Path) -> dict[str, str]:
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadConfig(path, str(error)) from error
    for key in ("database_url", "language"):
        if not isinstance(document.get(key, ""), str):
            raise BadConfig(path, _("{key} 要写成文字").format(key=key))
    return document
