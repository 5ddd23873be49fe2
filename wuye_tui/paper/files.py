"""Files that go out: whole or not at all, never over an existing one unless told to."""

import os
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.words import _

_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


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


class NoFileName(UsageError):
    """A name that is a device on some machine, or has characters that nobody sees."""

    def __init__(self, name: str) -> None:
        told = _("文件名「{name}」用不了：有看不见的字符，或者在别的电脑上是设备名，请换一个。")
        super().__init__(told.format(name=name))


class CannotWrite(Refused):
    """The folder cannot be written, or the disk is full."""

    def __init__(self, path: Path) -> None:
        super().__init__(_("写不了 {path}，请换个位置，或看看磁盘是否已满。").format(path=path))


def refuse_existing(path: Path, force: bool) -> None:
    """Raises NoFileName and FileExists before anything long is begun."""
    if _DEVICE.fullmatch(path.name) or not path.name.isprintable():
        raise NoFileName(path.name)
    if os.path.exists(path) and not force:  # noqa: PTH110 - which raises for no name
        raise FileExists(path)


def whole(path: Path, content: bytes, force: bool = False) -> None:
    """Writes a file beside its place and moves it in: never half, private to the user."""
    refuse_existing(path, force)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except (OSError, ValueError) as error:
        with suppress(OSError, ValueError):
            aside.unlink(missing_ok=True)
        raise CannotWrite(path) from error
