"""What `wuye check` finds in a backup that was just made: one may be whole, and its texts changed.

A copy of the backup is looked at, never the database itself: where SQLite does not write ahead,
whoever reads for long keeps everybody waiting who saves.
"""

from dataclasses import replace
from pathlib import Path

from wuye_tui.desk import Desk
from wuye_tui.registers import backup_notes, backups
from wuye_tui.registers.checking import check
from wuye_tui.rules.errors import DeskError, StoreError
from wuye_tui.store.backup import unpacked
from wuye_tui.store.drivers import translate
from wuye_tui.store.engine import open_engine


def look(desk: Desk, made: Path) -> list[str]:
    """The findings, noted for those who have to know; none once there are none. That it could not
    be looked at is one as well. The backup stays what it is.
    """
    try:
        found = _found(desk, made)
    except OSError as error:
        found = [str(translate(error, str(made)) or error)]
    except DeskError as error:
        if isinstance(error, StoreError) and error.passes:
            return []  # somebody else looks
        found = [str(error)]
    backup_notes.note_findings(desk.settings, backups.now_of(desk), found)
    return found


def _found(desk: Desk, made: Path) -> list[str]:
    settings = desk.settings
    assert settings.database_file
    key = backups.key_file(settings, settings.backup_key)
    with unpacked(made, settings.database_file.parent, key) as copied:
        engine = open_engine(f"sqlite:///{copied}")
        try:
            return check(replace(desk, engine=engine)).findings
        finally:
            engine.dispose()
