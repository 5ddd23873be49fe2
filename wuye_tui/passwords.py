"""Where passwords of the database lie, and whether others can read them.

Only names of files are told, never what stands in them. An address is shown by `bare` alone.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qsl

from wuye_tui.settings import CONFIG, Settings
from wuye_tui.words import _

_OTHERS = 0o077
# Greedy: whatever a password may hold, an @ too, ends before the last one.
_ADDRESS = re.compile(r"(?P<kind>\w[\w+]*://)(?P<user>[^:/@]*)(?P<password>:.*)?@(?P<rest>[^@]*)")
_SECRET = ("password", "passwd")


def bare(url: str) -> str:
    """The same address without its password, fit to be shown."""
    found = _ADDRESS.fullmatch(url)
    shown = f"{found['kind']}{found['user']}@{found['rest']}" if found else url
    place, mark, query = shown.partition("?")
    asked = [one for one in query.split("&") if one.partition("=")[0] not in _SECRET]
    return place + (mark + "&".join(asked) if any(asked) else "")


def holds_password(url: str) -> bool:
    """Whether a password stands in the address itself."""
    found = _ADDRESS.fullmatch(url)
    names = (one.partition("=")[0] for one in url.partition("?")[2].split("&"))
    return bool(found and found["password"]) or any(name in _SECRET for name in names)


def exposed(
    settings: Settings, given: str = "", environ: Mapping[str, str] | None = None
) -> Iterator[str]:
    """One sentence for each password that others on this machine can read: in files whose rights
    are too wide, and in `given`, the address as it was typed on the command line.
    """
    if not settings.database_url.startswith("postgres"):
        return
    env = os.environ if environ is None else environ
    if given and holds_password(given):
        yield _("命令行里的密码，本机别的用户看得到：请写进 ~/.pgpass，地址里不写密码。")
    for path in _files(settings, env):
        if _is_open(path):
            told = _("「{path}」里有数据库密码，别人也读得到，请运行 chmod 600 {path}。")
            yield told.format(path=path)


def _files(settings: Settings, env: Mapping[str, str]) -> Iterator[Path]:
    config = settings.home / CONFIG
    if _says(config, _SECRET) or _has_address(config):
        yield config
    home = Path(env.get("HOME", "") or Path.home())
    yield Path(env.get("PGPASSFILE", "") or home / ".pgpass")
    query = dict(parse_qsl(settings.database_url.partition("?")[2]))
    if passfile := query.get("passfile"):
        yield Path(passfile)
    service = Path(env.get("PGSERVICEFILE", "") or home / ".pg_service.conf")
    if _says(service, ("password",)):
        yield service


def _has_address(config: Path) -> bool:
    """Whether config.toml has an address with a password in it."""
    words = _read(config).replace('"', " ").replace("'", " ").split()
    return any(holds_password(word) for word in words if word.startswith("postgres"))


def _says(path: Path, names: tuple[str, ...]) -> bool:
    lines = (line.partition("=")[0].strip() for line in _read(path).splitlines())
    return any(line in names for line in lines)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def _is_open(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & _OTHERS)
    except OSError:
        return False
