"""Whom a row of a file is about, among those of the same unit, name and role."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is in the register."""

    person: str
    phone: str
    plate: str
    since: date | None
    until: date | None


Pair = tuple[Any, Known | None]


def paired(group: list[Any], known: list[Known], today: date) -> Iterator[Pair]:
    """Each row with whom it is about, or somebody new.

    Whoever left on that very day first; then whoever lives there, by telephone before all; whoever
    has left and is not among them, with whoever left on another day.
    """
    living = _Shelf((one for one in known if one.until is None), lambda one: one.phone)
    gone = _Shelf((one for one in known if one.until is not None), lambda one: one.until)
    leave = list[Any]()
    for row in (row for row in group if leaves(row, today)):
        same = gone.take(row.until)
        if same is None:
            leave.append(row)
        else:
            yield row, same
    stay = [row for row in group if not leaves(row, today)]
    for rows in (stay, leave):
        others = list[Any]()
        for row in rows:
            same = living.take(row.phone)
            if same is None:
                others.append(row)
            else:
                yield row, same
        for row in others:
            yield row, living.any() or (gone.any() if rows is leave else None)


class _Shelf:
    """People who are taken one by one, by what they are known by or whoever is left."""

    def __init__(self, people: Iterable[Known], by: Callable[[Known], Hashable]) -> None:
        self._left = {one.person: one for one in people}
        self._known: dict[Hashable, list[Known]] = defaultdict(list)
        for one in reversed(self._left.values()):
            self._known[by(one)].append(one)

    def take(self, key: Hashable) -> Known | None:
        """The first of those who are known by this."""
        there = self._known.get(key, [])
        while there:
            one = there.pop()
            if self._left.pop(one.person, None):
                return one
        return None

    def any(self) -> Known | None:
        """Whoever is left, the first of them."""
        first = next(iter(self._left), None)
        return self._left.pop(first) if first is not None else None


def leaves(row: Any, today: date) -> bool:
    """Whether the row says of somebody that they have gone."""
    return row.until is not None and row.until <= today
