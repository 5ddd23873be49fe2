"""An office's own copies of what it may edit: laid into its folder once, and never overwritten.

Beside them lies, hidden, what came with the program when each was copied. So it can be told what a
new version of the program has changed, whatever the office has written into its own since.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from importlib.resources import files
from pathlib import Path
from typing import Final

from wuye_tui.rules.errors import NotFound, Refused
from wuye_tui.words import _

EDITED: Final = (
    "tariff.csv", "directory.csv", "directory.toml", "posts.csv", "duties.toml", "checklists.toml",
    "phrases.toml", "callbacks.toml", "emergencies.toml", "signs.toml", "night.toml", "fees.toml",
    "dunning.toml", "patrol.toml", "spending.toml", "books.toml", "invoices.toml",
    "retention.toml",
    "calendar/office.toml",
    "rosters/desk.toml", "rosters/night.toml", "rosters/guards.toml", "rosters/cleaning.toml",
    "rosters/duty_manager.toml",
    "layouts/slip.txt", "layouts/order.txt", "layouts/task.txt", "layouts/complaint.txt",
    "layouts/record.txt", "layouts/service.txt", "layouts/handover.txt", "layouts/calls.txt",
    "layouts/night.txt", "layouts/information.txt", "layouts/receipt.txt",
    "layouts/refund.txt", "layouts/incident.txt", "layouts/dutylog.txt",
)  # fmt: skip
"""The files that are an office's to edit, as they are called in its `data` folder."""
HIDDEN: Final = ".wuye"
"""The folder inside `data` where the originals lie."""


class NotEditable(NotFound):
    """No file of this name is an office's to edit."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("没有「{name}」这个资料文件，能改的是：{known}。").format(
                name=name, known=" ".join(EDITED)
            )
        )


@dataclass(frozen=True)
class Copy:
    """One file of an office: whether it is there, whether the office has changed it, and whether
    the program has since.
    """

    name: str
    is_there: bool
    is_edited: bool
    has_news: bool


class CannotLay(Refused):
    """The office's folder cannot be written."""

    exit_status = 2

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("写不了 {path}，请看看这个文件夹的权限，或磁盘是否已满。").format(path=path)
        )


def lay_out(home: Path) -> tuple[str, ...]:
    """Copies what is not there yet, and returns the names. Raises CannotLay."""
    laid = []
    for name in EDITED:
        own, base = _own(home, name), _base(home, name)
        if not own.exists():
            _put(own, shipped(name))
            laid.append(name)
        if not base.exists():
            _put(base, shipped(name))
    return tuple(laid)


def copies(home: Path) -> Iterator[Copy]:
    """Every file that may be edited, as it stands here."""
    for name in EDITED:
        own, base = _read(_own(home, name)), _read(_base(home, name))
        ours = shipped(name)
        before = ours if base is None else base
        yield Copy(name, own is not None, own not in (None, before), ours != before)


def changes(home: Path, name: str) -> list[str]:
    """What the program has changed in a file since it was copied here, line by line with signs.
    Raises NotEditable.
    """
    known(name)
    before = _read(_base(home, name))
    if before is None:
        return []
    old, new = (
        text.decode("utf-8-sig", "replace").splitlines() for text in (before, shipped(name))
    )
    return list(unified_diff(old, new, lineterm="", n=1))[2:]


def take(home: Path, name: str) -> Path | None:
    """Puts the program's file in the place of the office's own, which is kept beside the originals;
    its path, or None where there was none. Raises NotEditable and CannotLay.
    """
    known(name)
    own, kept = _own(home, name), None
    if (before := _read(own)) is not None and before != shipped(name):
        kept = _base(home, f"{name}.before")
        _put(kept, before)
    _put(own, shipped(name))
    keep(home, name)
    return kept


def keep(home: Path, name: str) -> None:
    """The office's own stays as it is, and what the program has changed is seen. Raises NotEditable
    and CannotLay.
    """
    known(name)
    _put(_base(home, name), shipped(name))


def known(name: str) -> None:
    """Raises NotEditable for what is none of the files."""
    if name not in EDITED:
        raise NotEditable(name)


def shipped(name: str) -> bytes:
    """The file as it comes with this program."""
    return files("data").joinpath(*name.split("/")).read_bytes()


def _own(home: Path, name: str) -> Path:
    return home.joinpath("data", *name.split("/"))


def _base(home: Path, name: str) -> Path:
    return home.joinpath("data", HIDDEN, *name.split("/"))


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _put(path: Path, content: bytes) -> None:
    aside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as why:
        raise CannotLay(path) from why
