"""Paper that goes out: to a printer of the system, to a device, or into a file that is kept.

What cannot be sent is never lost: the file stays where it is, and the refusal names it.
"""

import errno
import os
import select
import socket
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Final

from wuye_tui.paper.files import whole
from wuye_tui.rules.errors import Refused
from wuye_tui.words import N_, _

FOLDER: Final = "paper"
"""Where in the office's folder what is printed lies until it has been sent."""
_SECONDS: Final = 30  # for as long as a printer may take nothing
_NEEDLES: Final = "escp:"
_SILENT: Final = N_("连不上，或没有应答")
_WHY: Final = {
    errno.ENOENT: N_("不在这台电脑上"),
    errno.ENXIO: N_("没有接上"),
    errno.EACCES: N_("没有权限"),
    errno.EBUSY: N_("正忙"),
}


class NotPrinted(Refused):
    """The printer or the device is not there, or takes nothing; the file is kept."""

    exit_status = 5

    def __init__(self, whither: str, why: str, kept: Path) -> None:
        self.kept = kept
        told = _("没有打出来：{whither} {why}。文件留在 {path}，打印机好了再打，或换一台。")
        super().__init__(told.format(whither=whither or _("默认打印机"), why=why, path=kept))


@dataclass(frozen=True)
class Outlet:
    """Where paper comes out: a printer of the system, its usual one where `name` is empty, or a
    device; and whether it takes ESC/P instead of PDF.
    """

    name: str = ""
    is_device: bool = False
    escp: bool = False

    @property
    def ending(self) -> str:
        """What is sent there."""
        return ".escp" if self.escp else ".pdf"

    def take(self, path: Path, title: str = "") -> None:
        """Sends a file of this ending. Raises NotPrinted."""
        if self.is_device:
            pour(path, self.name)
        else:
            send(path, self.name, raw=self.escp, title=title)


def outlet(named: str, escp: bool = False) -> Outlet:
    """What the name of a printer means, as the office writes it in `config.toml`: `laser` of the
    system, `escp:needle` the same for needles, `/dev/usb/lp0` and `192.168.1.9:9100` a device,
    which is taken to have needles.
    """
    plain = named.removeprefix(_NEEDLES)
    host, _colon, port = plain.rpartition(":")
    is_device = plain.startswith("/") or bool(host and port.isdecimal())
    return Outlet(plain, is_device, escp or is_device or plain != named)


def keep(home: Path, name: str, content: bytes) -> Path:
    """Puts what is to be printed into the office's folder; one of the same name is replaced. Raises
    CannotWrite.
    """
    folder = home / FOLDER
    with suppress(OSError):  # writing the file says it
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    whole(path, content, force=True)
    return path


def send(path: Path, printer: str = "", *, raw: bool = False, title: str = "") -> None:
    """Hands a file to a printer of the system, the usual one where none is named; `raw` sends it as
    it is. Raises NotPrinted.
    """
    command = which("lp")
    if command is None:
        raise NotPrinted(printer, _("这台电脑没有打印服务（lp）"), path)
    line = [command, *(["-d", printer] if printer else []), *(["-o", "raw"] if raw else [])]
    line += ["-t", title or path.name, "--", str(path)]
    try:
        done = subprocess.run(  # noqa: S603 - the system's own, and no shell
            line, capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NotPrinted(printer, _("打印服务没有应答"), path) from error
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())
        raise NotPrinted(printer, said or _("打印服务拒收"), path)


def pour(path: Path, device: str) -> None:
    """Sends a file as it is to a device (`/dev/usb/lp0`) or over the network (`192.168.1.9:9100`).
    Raises NotPrinted, where nothing is taken for half a minute too.
    """
    host, colon, port = device.rpartition(":")
    try:
        content = path.read_bytes()
        if colon and port.isdecimal() and "/" not in device:
            with socket.create_connection((host.strip("[]"), int(port)), _SECONDS) as line:
                line.sendall(content)
        else:
            _write(Path(device), content)
    except (OSError, ValueError, OverflowError) as error:
        why = _(_WHY.get(error.errno or 0, _SILENT)) if isinstance(error, OSError) else _(_SILENT)
        raise NotPrinted(device, why, path) from error


def _write(device: Path, content: bytes) -> None:
    """All of it, without ever waiting for good; nothing is made where there is no device."""
    if not device.exists() or device.is_file() or device.is_dir():
        raise FileNotFoundError(errno.ENOENT, "", device)
    handle = os.open(device, os.O_WRONLY | os.O_NONBLOCK)
    try:
        left = memoryview(content)
        while left:
            _reads, writes, _faults = select.select([], [handle], [], _SECONDS)
            if not writes:
                raise TimeoutError(errno.ETIMEDOUT, "")
            with suppress(BlockingIOError):
                left = left[os.write(handle, left) :]
    finally:
        os.close(handle)
