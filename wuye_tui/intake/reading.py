"""A file while it is read, row by row: what is a row, what a remark, what was said before."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, Final

from wuye_tui.intake.cells import shown
from wuye_tui.intake.days import year_first
from wuye_tui.intake.grid import Cell, NumberedRow, Sheet, is_blank
from wuye_tui.intake.heading import Header
from wuye_tui.intake.intakes import AnyRow, Intake
from wuye_tui.intake.layouts import LAYOUTS
from wuye_tui.intake.lines import LONGEST, NOWHERE, Around, BadRow, Line, says_nothing
from wuye_tui.intake.reasons import Repeated
from wuye_tui.intake.rooms import begins_otherwise, is_room
from wuye_tui.intake.titles import is_floor, is_remark, like_section, section
from wuye_tui.intake.typed_once import held_down
from wuye_tui.intake.usual import BEGINNINGS, Usual
from wuye_tui.words import _

_HAN: Final = re.compile("[\u4e00-\u9fff]")
_WORDS: Final = 10  # so many characters are no kind, status or post
_LONG_WORDS: Final = 20  # nor a room or a name
_SAME: Final[Mapping[str, tuple[str, Callable[[Any], Hashable]]]] = {
    "units": ("room", lambda row: row.label),
    "people": ("name", lambda row: (row.unit, row.name, row.phone, row.role, row.until)),
    "staff": ("number", lambda row: row.number or (row.name, row.phone)),
    "tariff": ("code", lambda row: row.code or (row.name,)),
    "directory": ("name", lambda row: row.name),
    "readings": ("value", lambda row: (row.unit, row.meter, row.fee, row.day, row.kind)),
    "opening": ("room", lambda row: row.row_number),  # of money nothing is passed over
}
"""What may stand in a file only once, and in which field a repetition is shown."""
_COLUMNS: Final = {
    "area_centi": "area",
    "price_fen": "price",
    "value_milli": "value",
    "before_milli": "before",
}  # the others are called alike
_MORE: Final = frozenset(("plate",))
"""Of what a further row adds to the first, there is room for all."""
_OFTEN: Final = 4
"""If of the rooms in two parts one of so many begins with another number than its building has,
they begin with the entrance."""


class Reading:
    """What has been read of a sheet so far."""

    def __init__(
        self,
        noun: str,
        header: Header,
        make: Callable[[Line], Sequence[AnyRow]],
        around: Around,
        lent: Mapping[int, frozenset[int]],
    ) -> None:
        self._noun, self._header, self._make = noun, header, make
        self._field, self._identity = _SAME[noun]
        self._field = self._field if self._field in header.places else "name"
        self._around, self._lent, self._entrance_first = around, lent, False
        self._known = sorted(header.known)
        self._rooms = "room" in header.places
        needed = (column.field for column in LAYOUTS[noun] if column.needed)
        self._needed = frozenset(header.places[field] for field in needed)
        self._seen: dict[Hashable, AnyRow] = {}
        self._nameless = [at for at, word in enumerate(header.words) if not word]
        self._filled: set[int] = set()
        self._good: list[AnyRow] = []
        self._bad: list[BadRow] = []
        self._told: list[BadRow] = []
        self._once: set[tuple[str, str, str]] = set()
        self._year_first: frozenset[int] = frozenset()
        self.notes: dict[int, list[Cell]] = {}
        self._repeated: list[int] = []
        self.originals: dict[int, list[Cell]] = {}
        self.rooms: dict[int, str] = {}

    def through(self, body: Sequence[NumberedRow]) -> None:
        """Reads all rows below the header."""
        titles = dict(self._titles(body)) if self._rooms else {}
        held = held_down(self._noun, self._header, body, self._lent, titles)
        body, self._lent = held.body, held.lent
        if self._rooms:
            self._entrance_first = self._begin_otherwise(body, titles)
            if self._entrance_first:
                self._around = replace(self._around, entrance_first=True)
        self._told += held.told
        self._year_first = year_first(self._header, body)
        end = self._tail(body)
        usual = Usual(self._header) if self._noun == "people" else None
        usual = usual if usual and usual.can else None
        for at, (number, values) in enumerate(body):
            if usual and self._quick(number, values, usual):
                self.originals[number] = values
            elif self._is_note(number, values, at >= end):
                self.notes[number] = values
            else:
                self._take(number, values)

    def intake(self, name: str, sheet: Sheet) -> Intake[AnyRow]:
        """What was read."""
        nameless = (
            _("第 {column} 列(没有列名)").format(column=at + 1) for at in sorted(self._filled)
        )
        return Intake(
            self._noun,
            name,
            self._header.columns,
            tuple(self._good),
            tuple(self._bad),
            (*self._header.unknown, *nameless),
            tuple(self.notes),
            tuple(self._repeated),
            tuple(self._told),
            self._header.spoken,
            self._header.row_number,
            self.originals,
            sheet.name,
            rooms=self.rooms,
            used=self._header.used,
        )

    def _begin_otherwise(self, body: Sequence[NumberedRow], titles: Mapping[int, str]) -> bool:
        known = bool(self._around.building) or "building" in self._header.places
        if not known and not any(titles.values()):
            return False
        said, around, at = list[bool](), self._around, self._header.places["room"]
        for number, values in body:
            around = Around(titles[number]) if number in titles else around
            room = values[at] if at < len(values) else ""
            if isinstance(room, str) and "-" in room:  # a line takes longer to make
                other = begins_otherwise(Line(number, self._header, values, around))
                said += [] if other is None else [other]
        return sum(said) * _OFTEN >= len(said) > 0 < sum(said)

    def _titles(self, body: Iterable[NumberedRow]) -> Iterator[tuple[int, str]]:
        """The lines between the rows that name a building, by their numbers; "" for unclear."""
        for number, values in body:
            if len(values) - values.count("") != 1:
                continue
            at, said = next((at, cell) for at, cell in enumerate(values) if cell != "")
            if not isinstance(said, str) or is_remark(said) or is_floor(said):
                continue
            found = section(said)
            if found is None and self._is_unclear(at, said):
                yield number, ""
            elif found and found[0]:
                yield number, found[0]

    @staticmethod
    def _tail(body: Sequence[NumberedRow]) -> int:
        """Where the rows end below which only single cells are filled: remarks, most likely."""
        at = len(body)
        while at:
            said = [cell for cell in body[at - 1][1] if not is_blank(cell)]
            if len(said) > 1 and not is_remark(said[0]):
                break
            at -= 1
        return at

    def _is_note(self, number: int, values: Sequence[Cell], in_tail: bool) -> bool:
        """Whether the row is about the list, or a title within it, and no row of the list."""
        first = values[0] if values else ""
        if not self._lent and self._is_usual(first, values):
            return False
        lent = self._lent.get(number, ())
        own = [at for at, cell in enumerate(values) if at not in lent and not is_blank(cell)]
        if not own:
            return True
        said = values[own[0]]
        if is_remark(said):
            return True
        if len(own) == 1 and self._rooms and isinstance(said, str):
            if self._section(said) or is_floor(said):
                return True
            self._unclear(own[0], said)
        if not any(at in self._known for at in own):
            return True  # a running number, filled in beforehand
        words = shown(said)
        alone = in_tail and len(own) == 1 and len(self._known) > 1 and bool(_HAN.search(words))
        return alone and len(words) > (_LONG_WORDS if own[0] in self._needed else _WORDS)

    def _is_usual(self, first: Cell, values: Sequence[Cell]) -> bool:
        """A quick first look: two known columns are filled, and nothing can be a remark."""
        if isinstance(first, str) and (not first or first[0] in BEGINNINGS or first.isspace()):
            return False
        known = self._known[:2]
        return (
            len(known) == 2
            and len(values) > known[1]
            and not any(is_blank(values[at]) for at in known)
        )

    def _section(self, said: str) -> bool:
        """Takes in a line between the rows that says of which building those below it are."""
        found = section(said)
        if found is None:
            return False
        building, entrance = found
        house = building or self._around.building
        self._around = Around(house, entrance, self._entrance_first)
        return True

    def _unclear(self, at: int, said: str) -> None:
        """After a line that could be about another building, none is in force any more."""
        if self._is_unclear(at, said):
            short = self._entrance_first or bool(self._around.building or self._around.unclear)
            self._around = Around(entrance_first=short, unclear=said.strip()[:LONGEST])

    def _is_unclear(self, at: int, said: str) -> bool:
        places = self._header.places
        own = at == places["room"] or at in self._known[:1] or at not in self._known
        return like_section(said, own and at != places.get("name")) and not is_room(said)

    def _take(self, number: int, values: list[Cell]) -> None:
        self.originals[number] = values
        if self._nameless or len(values) > len(self._header.words):
            outside = chain(self._nameless, range(len(self._header.words), len(values)))
            there = (at for at in outside if at < len(values))
            self._filled.update(at for at in there if not is_blank(values[at]))
        line = Line(
            number, self._header, values, self._around, once=self._once, year_first=self._year_first
        )
        fresh = self._make(line)
        if line.room and self._around != NOWHERE:
            self.rooms[number] = line.room
        if not line.bad and fresh:
            fresh = [row for row in fresh if self._is_new(line, row)]
            if not fresh and not line.bad:
                self._repeated.append(number)
        self._bad += line.bad
        self._told += line.told
        if not line.bad:
            self._good += fresh

    def _quick(self, number: int, values: list[Cell], usual: Usual) -> bool:
        """Keeps a row that can be read at once, if it is the first of its kind."""
        if usual.apart and self._around is not NOWHERE:
            return False
        row = usual.read(number, values, self._lent.get(number) if self._lent else None)
        if row is None or self._seen.setdefault(self._identity(row), row) is not row:
            return False
        self._good.append(row)
        return True

    def _is_new(self, line: Line, row: AnyRow) -> bool:
        before = self._seen.setdefault(self._identity(row), row)
        if before is row:
            return True
        more = False
        for name in row._fields:
            said = line.value(_COLUMNS.get(name, name))
            known, now = getattr(before, name), getattr(row, name)
            if now == known or name == "row_number" or says_nothing(said):
                continue
            if name not in _MORE:
                line.refuse(self._field, Repeated(before.row_number))
                return False
            more = True
        return more
