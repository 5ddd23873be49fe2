"""The door of what is seen whole: each function is one act, and what it opens.

Called in a thread, like everything in `asking`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wuye_tui.desk import Desk

PARTS = ("people", "cars", "terms")
"""What the console opens of an owner's file; the other parts are the command line's."""


@dataclass(frozen=True)
class OwnersFile:
    """A file that was opened: its number and unit, and by part what stands in it."""

    number: str
    unit: str
    parts: "Mapping[str, list[dict[str, Any]]]"


def reveal(desk: "Desk", number: str, reason: str) -> str:
    """The numbers of a matter are seen whole from now on for some seconds (see `rules.eyes`)."""
    from wuye_tui.registers.revealing import reveal_matter

    return reveal_matter(desk, number, reason)


def open_file(desk: "Desk", unit: str, purpose: str, second: "Desk", key: str) -> OwnersFile:
    """Opens an owner's file by the procedure (FW-6.3), and reads it."""
    from wuye_tui.registers import files

    signed = second.staff
    done = desk.perform(
        "files.open", lambda act: files.open_file(act, unit, purpose, signed, (signed,), PARTS), key
    )
    found = files.read(desk, str(done["number"]))
    parts = {part: found[part] for part in PARTS if part in found}
    return OwnersFile(found["number"], found["unit"], parts)
