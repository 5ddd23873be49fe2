"""Opened files and erasures looked at again: every row for its act, and the seals of words."""

from sqlalchemy import Connection, bindparam, select

from wuye_tui.registers.checking_acts import Acts
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Erasure, FileOpening

_QUESTIONS = {
    table_of(kind).name: select(table_of(kind)).where(table_of(kind).c.site == bindparam("site"))
    for kind in (FileOpening, Erasure)
}


def check_privacy(connection: Connection, site: str, acts: Acts) -> None:
    """All of it."""
    for name, question in _QUESTIONS.items():
        for row in connection.execute(question, {"site": site}).mappings():
            acts.row(name, dict(row))
            acts.looked[row["number"], 0] = row["seal"]
