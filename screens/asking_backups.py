"""The door to the backups: how they stand, and one that is made beside the console, never in it."""

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from wuye_tui.logs import failure

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.backup_watch import Watch


def watch(desk: "Desk") -> "tuple[Watch, bool]":
    """How the backups stand, and whether whoever sits here has to know."""
    from wuye_tui.registers import backup_watch

    found = backup_watch.watch(desk)
    return found, bool(found.warning) and backup_watch.is_told(desk)


def start(desk: "Desk") -> "subprocess.Popen[bytes] | None":
    """Begins the daily backup as a process of its own, which outlives the console; None where it
    cannot be begun. Of several consoles that do so, one makes it.
    """
    line = [sys.executable, "-m", "wuye_tui", "backup", "auto", "--quiet"]
    environment = {
        **os.environ,
        "WUYE_HOME": str(desk.settings.home),
        "WUYE_DATABASE_URL": desk.settings.database_url,
    }
    for name in ("WUYE_STAFF", "WUYE_PIN", "WUYE_NOW"):
        environment.pop(name, None)
    try:
        return subprocess.Popen(  # noqa: S603 - our own program, with words of our own
            line,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        failure(error, "beginning a backup")
        return None
