"""Files that go out: whole or not at all, never over an existing one unless told to."""

import csv
import io
import json
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.words import _

_ACTS = ("=", "+", "-", "@", "\t", "\r")


class FileExists(Refused):
    """The file is there already."""

    exit_status = 2

    def __init__(self, path: Path) -> None:
        super().__init__(_("文件 {path} 已存在；要覆盖请加 --force。").format(path=path))


class UnknownEnding(UsageError):
    """The file's ending names no form that can be written."""

    def __init__(self, path: Path, known: Sequence[str]) -> None:
        super().__init__(
            _("不会写 {ending} 文件，可以用：{known}。").format(
                ending=path.suffix or path.name, known=" ".join(known)
            )
        )


class CannotWrite(Refused):
    """The folder cannot be written, or the disk is full."""

    def __init__(self, path: Path) -> None:
        super().__init__(_("写不了 {path}，请换个位置，或看看磁盘是否已满。").format(path=path))


def write_rows(path: Path, rows: Sequence[Mapping[str, Any]], force: bool = False) -> None:
    """Writes rows as `.json` or `.csv` by the file's ending. Raises Refused or UsageError."""
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise UnknownEnding(path, list(_WRITERS))
    whole(path, write(rows), force)


def whole(path: Path, content: bytes, force: bool = False) -> None:
    """Writes a file beside its place and moves it in: never half, private to the user."""
    if path.exists() and not force:
        raise FileExists(path)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise CannotWrite(path) from error


def _json(rows: Sequence[Mapping[str, Any]]) -> bytes:
    return json.dumps(list(rows), ensure_ascii=False, indent=1, default=_plain).encode() + b"\n"


def _csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    if rows:
        writer.writerow(rows[0].keys())
    for row in rows:
        writer.writerow([harmless(_cell(value)) for value in row.values()])
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet program shows and never runs."""
    return f"'{cell}" if cell.startswith(_ACTS) else cell


def _cell(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return "" if value is None else str(_plain(value) if isinstance(value, datetime) else value)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value))


_WRITERS: dict[str, Callable[[Sequence[Mapping[str, Any]]], bytes]] = {".json": _json, ".csv": _csv}
