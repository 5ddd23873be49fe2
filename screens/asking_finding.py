"""The door of the search, the directory and the notices: each function is one question or one act.

Called in a thread, like everything in `asking`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wuye_tui.desk import Desk, Result
    from wuye_tui.registers.directory import Entry
    from wuye_tui.registers.notices import Notice
    from wuye_tui.registers.search import Hit


def find(desk: "Desk", words: str) -> "tuple[Hit, ...]":
    """Whatever the words mean, the best first."""
    from wuye_tui.registers.search import search

    return search(desk, words)


def numbers(desk: "Desk") -> "tuple[Entry, ...]":
    """The directory."""
    from wuye_tui.registers import directory

    return directory.listing(desk)


def tried(desk: "Desk", name: str) -> "Result":
    """Notes that a number was tried now and is right."""
    from wuye_tui.registers import directory

    return desk.perform("directory.check", lambda act: directory.check(act, name))


def notices(desk: "Desk") -> "tuple[Notice, ...]":
    """The notices in force."""
    from wuye_tui.registers import notices

    return notices.current(desk)
