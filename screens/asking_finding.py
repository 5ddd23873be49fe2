"""The door of the search, the directory and the notices: each function is one question or one act.

Called in a thread, like everything in `asking`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zlib import crc32

from screens.asking import Sheet

if TYPE_CHECKING:
    from wuye_tui.desk import Desk, Result
    from wuye_tui.reference import Clause
    from wuye_tui.registers.at_hand import Hit
    from wuye_tui.registers.directory import Entry
    from wuye_tui.registers.notices import Notice


@dataclass(frozen=True)
class EntrySheet(Sheet):
    """What the form of an entry of the directory needs; `told` is what the directory says now."""

    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the directory says; `place` is the name of an entry that there is."""
        return self.told

    @property
    def seen(self) -> int:
        """Another number for another content, so that a draft knows what it was begun on."""
        return crc32(json.dumps(self.told, sort_keys=True).encode()) if self.told else 0


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


def entry_sheet(desk: "Desk", name: str, verb: str) -> EntrySheet:
    """What the form of an entry needs; of another one where the name is empty."""
    from wuye_tui.registers import directory
    from wuye_tui.rules.directory import PUT, REMOVE

    row = PUT if verb == PUT.verb else REMOVE
    if not name:
        return EntrySheet(None, row, (), ())
    entry = directory.entry(desk, name)
    told = {"place": entry.name, "kind": entry.group, "phone": entry.phone}
    told |= {"second": entry.second, "hours": entry.hours, "note": entry.note}
    return EntrySheet(None, row, (), (), told=told)


def write_number(
    desk: "Desk", sheet: Sheet, seen: int, given: Mapping[str, Any], key: str
) -> "Result":
    """Writes an entry down, or takes it out, as its form says; what was emptied is empty.

    Of an entry that there is, only what is other than the sheet said: the rest may have been
    changed by somebody else meanwhile. `seen` is that of the sheet on which the form was begun;
    raises EntryChanged where it is another one, and what the register raises.
    """
    from wuye_tui.registers import directory
    from wuye_tui.rules.directory import PUT

    there = sheet.facts
    name = str(there.get("place") or given.get("name", ""))
    if sheet.row.verb != PUT.verb:
        reason = str(given.get("reason", ""))
        return desk.perform(
            "directory.remove", lambda act: directory.remove(act, name, reason), key
        )
    asked = [ask.name for ask in PUT.ask if ask.name != "name"]
    told = {field: str(given.get(field, "")) for field in asked}
    if not there:
        return desk.perform("directory.set", lambda act: directory.add(act, name, **told), key)
    if seen != sheet.seen:
        raise directory.EntryChanged(name, there["phone"])
    told = {field: value for field, value in told.items() if value != there[field]}
    return desk.perform("directory.set", lambda act: directory.change(act, name, **told), key)


def clauses(desk: "Desk") -> "Mapping[str, Clause]":
    """Every clause by its id."""
    return desk.reference.clauses


def notices(desk: "Desk") -> "tuple[Notice, ...]":
    """The notices in force."""
    from wuye_tui.registers import notices

    return notices.current(desk)
