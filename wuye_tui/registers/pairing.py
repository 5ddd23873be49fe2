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
    has left and is not among them, with whoever left on another day. A row that knows nothing of
    somebody's having left is about them, until it says that they have moved in since.
    """
    living = _Shelf((one for one in known if one.until is None), lambda one: one.phone)
    closed = [one for one in known if one.until is not None]
    gone = _Shelf(closed, lambda one: one.until)
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
            if rows is leave:
                yield row, living.any() or gone.any()
            else:
                yield row, _staying(row, living, closed)


def _staying(row: Any, living: "_Shelf", closed: list[Known]) -> Known | None:
    """Whoever lives there, unless the telephone is that of somebody who has left; or them."""
    before = [one for one in closed if not _is_back(row, one)]
    if row.phone and (same := next((one for one in before if one.phone == row.phone), None)):
        return living.take("") or same
    there = living.any()
    unsure = (one for one in before if not (row.phone and one.phone))
    return there or next(unsure, None)


def _is_back(row: Any, one: Known) -> bool:
    """Whether the row says that somebody who had left has moved in again."""
    return row.since is not None and one.until is not None and row.since > one.until


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


def has_left(row: Any, one: Known, today: date) -> bool:
    """Whether the register knows that somebody has gone, and the row does not."""
    return one.until is not None and not leaves(row, today)


def leaves(row: Any, today: date) -> bool:
    """Whether the row says of somebody that they have gone."""
    return row.until is not None and row.until <= today
