"""What a roster changes of what people know already (ZB-3.6), and who has to be told."""

from collections.abc import Sequence
from typing import NamedTuple

from wuye_tui.rules.rosters import Asked, Cell


class Changes(NamedTuple):
    """Shifts that are given, and shifts that are taken; a changed post alone is neither."""

    given: tuple[Cell, ...]
    taken: tuple[Cell, ...]

    @property
    def staff(self) -> tuple[str, ...]:
        """Who has to be told, by their numbers."""
        return tuple(sorted({one.staff for one in (*self.given, *self.taken)}))


def changes(asked: Asked, cells: Sequence[Cell]) -> Changes:
    """What is different from the version in force; nothing where none is."""
    if not asked.published:
        return Changes((), ())
    before = {(one.day, one.shift, one.staff): one for one in asked.published}
    after = {(one.day, one.shift, one.staff): one for one in cells}
    return Changes(
        tuple(sorted(after[key] for key in after.keys() - before.keys())),
        tuple(sorted(before[key] for key in before.keys() - after.keys())),
    )
