"""The row of column names: found below titles and covers, in one row or in two.

In a list of people the columns of one row may be about several: 业主姓名, 业主电话, 租户姓名,
租户电话. What belongs together is told by how the names begin, or by the group title above them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from wuye_tui.intake.cells import shown
from wuye_tui.intake.errors import DayOfNobody, MissingColumns, NoHeader, OtherTable, TwiceTheColumn
from wuye_tui.intake.grid import Cell, NumberedRow
from wuye_tui.intake.layouts import LAYOUTS, REASON, TABLES
from wuye_tui.intake.meanings import WHOSE, Meaning, bare, is_divided, meaning
from wuye_tui.intake.terms import ROLES, PersonRole, fold
from wuye_tui.intake.whose import settled
from wuye_tui.rules.text import visible
from wuye_tui.words import _, listed

WITHIN: Final = 10
"""The row of column names is looked for among so many rows."""

_LONGEST: Final = 100
_SHOWN: Final = 12  # column names in a refusal
_OF_THE_ROOM: Final = ("building", "entrance", "room")


@dataclass(frozen=True)
class Header:
    """The row of column names: where it stands, its words, and what was understood of them.

    `role` is what the columns say about the person they describe. `further` are the columns of
    other people in the same row. `only` are the days that whoever is not of that role cannot have;
    `nobodys` is the name of one that nobody in the file can have.
    """

    row_number: int
    words: tuple[str, ...]
    places: Mapping[str, int]  # field -> index of its column
    twice: tuple[str, ...] = ()  # two names of one field
    role: PersonRole | None = None
    further: Mapping[PersonRole, Mapping[str, int]] = field(default_factory=dict)
    only: Mapping[str, PersonRole] = field(default_factory=dict)
    nobodys: tuple[str, PersonRole] | None = None

    def word(self, name: str) -> str:
        """The column's name as it stands in the file."""
        return self.words[self.places[name]]

    @property
    def columns(self) -> dict[str, str]:
        """The name of each field's column, the row's own person before others."""
        found = {name: self.word(name) for name in self.places}
        for places in self.further.values():
            found |= {name: self.words[at] for name, at in places.items() if name not in found}
        return found

    @property
    def known(self) -> frozenset[int]:
        """The columns that are understood."""
        further = (at for places in self.further.values() for at in places.values())
        return frozenset((*self.places.values(), *further))

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names that mean nothing here, and whose columns are left alone."""
        known = self.known
        return tuple(
            word
            for at, word in enumerate(self.words)
            if word and at not in known and word != _(REASON)
        )

    @property
    def spoken(self) -> tuple[str, ...]:
        """The names as they say all by themselves, without the group titles above them."""
        words = list(self.words)
        mine = {"name": self.places["name"]} if "name" in self.places else {}
        main = {self.role: mine} if self.role not in (None, PersonRole.OWNER) else {}
        for role, places in (*main.items(), *self.further.items()):
            for at in places.values():
                begins = WHOSE.match(bare(words[at]))
                if role and (begins is None or begins.lastgroup != role):
                    words[at] = f"{ROLES.words[role]}{words[at]}"
        return tuple(words)

    @property
    def people(self) -> tuple["Header", ...]:
        """One header for everybody whom a row describes, this one first."""
        room = {name: self.places[name] for name in _OF_THE_ROOM if name in self.places}
        return (
            self,
            *(
                replace(self, places={**room, **places}, role=role, further={}, only={})
                for role, places in self.further.items()
            ),
        )


def find_header(top: Sequence[NumberedRow], noun: str, name: str) -> Header:
    """The row of `top` that understands most columns, those that are needed before all.

    Raises OtherTable, NoHeader, MissingColumns or TwiceTheColumn with the file's `name`.
    """
    needed = _needed(noun)
    best = _best(top, noun)
    _refuse_other(top, noun, best, name)
    missing = [title for field_, title in needed.items() if field_ not in best.places]
    if missing and len(best.places) < 2:
        raise NoHeader(name, within=WITHIN, needed=listed(needed.values()))
    if missing:
        raise MissingColumns(name, row=best.row_number, missing=listed(missing))
    if best.twice:
        raise TwiceTheColumn(name, first=best.twice[0], second=best.twice[1])
    if best.nobodys:
        word, role = best.nobodys
        raise DayOfNobody(name, column=word, role=_(ROLES.words[role]))
    return best


def has_header(top: Sequence[NumberedRow], noun: str) -> bool:
    """Whether all that a noun's file needs is there."""
    return _needed(noun).keys() <= _best(top, noun).places.keys()


def _needed(noun: str) -> dict[str, str]:
    """The titles of the columns that a noun's file must have, by field."""
    return {column.field: _(column.title) for column in LAYOUTS[noun] if column.needed}


def _best(top: Sequence[NumberedRow], noun: str) -> Header:
    needed = _needed(noun).keys()
    fields = _fields(noun)
    titles = {column.field: fold(column.title) for column in LAYOUTS[noun]}
    above: Sequence[Sequence[Cell]] = [[], *(cells for _number, cells in top)]
    found = [
        _understood(number, cells, over, fields, titles, noun == "people")
        for (number, cells), over in zip(top, above, strict=False)
    ]
    best = max(
        found,
        key=lambda header: (needed <= header.places.keys(), len(header.known)),
        default=Header(0, (), {}),
    )
    below = next((one for one in found if one.row_number == best.row_number + 1), best)
    return below if needed <= below.places.keys() and _divides(best, below) else best


def _divides(upper: Header, lower: Header) -> bool:
    """Whether the next row belongs to the names, and says which part of an area a column is."""
    group = ""
    for over, word in zip(upper.words, lower.words, strict=False):
        group = over or group
        if is_divided(bare(word), bare(group)):
            return True
    return False


def _refuse_other(top: Sequence[NumberedRow], noun: str, own: Header, name: str) -> None:
    """Stops a file that is whole for another noun and says nothing more to this one.

    One list of homes and residents together is right for both: each finds columns of its own.
    """
    whole = _needed(noun).keys() <= own.places.keys()
    found = {
        other: header
        for other in LAYOUTS
        if other != noun
        and _needed(other).keys() <= (header := _best(top, other)).places.keys()
        and len(header.places) > len(own.places)
        and (not whole or own.known <= header.known)
    }
    if not found:
        return
    likely = max(found, key=lambda other: len(found[other].places))
    words = [word for word in found[likely].words if word][:_SHOWN]
    raise OtherTable(
        name,
        table=_(TABLES[noun]),
        needed=listed(_needed(noun).values()),
        found=listed(words),
        other=_(TABLES[likely]),
        noun=likely,
    )


def _fields(noun: str) -> dict[str, str]:
    return {
        alias: column.field
        for column in LAYOUTS[noun]
        for alias in (fold(column.title), fold(_(column.title)), *column.names.split())
    }


def _understood(
    number: int,
    cells: Sequence[Cell],
    above: Sequence[Cell],
    fields: Mapping[str, str],
    titles: Mapping[str, str],
    of_people: bool,
) -> Header:
    words, over = [_word(cell) for cell in cells], [_word(cell) for cell in above]
    words += [""] * (len(over) - len(words))
    over += [""] * (len(words) - len(over))
    group = ""
    meanings: dict[int, Meaning] = {}
    for at, word in enumerate(words):
        group = over[at] or group
        if not word and bare(over[at]) in fields:  # a name beside the group titles
            words[at] = word = over[at]
        found = meaning(bare(word), bare(group), fields, of_people) if word else None
        if found:
            meanings[at] = found
    exact = {at for at, (name, _whose) in meanings.items() if bare(words[at]) == titles[name]}
    return _placed(number, tuple(words), meanings, exact)


def _placed(
    number: int, words: tuple[str, ...], meanings: Mapping[int, Meaning], exact: set[int]
) -> Header:
    """The first name's owner is the row's own person; the others are further people.

    Of two columns for one field the one counts that is called just so, the other is left alone;
    of two telephones the second helps out. Otherwise nobody can say which is meant.
    """
    found = settled(words, meanings)
    main = found.main
    places: dict[str, int] = {}
    further: dict[PersonRole, dict[str, int]] = {}
    twice: tuple[str, ...] = ()
    for at, (name, whose) in found.meanings.items():
        # Where the first name is just 姓名, 业主电话 is that person's.
        mine = whose in (None, main) or (main is None and whose is PersonRole.OWNER)
        there = places if mine or whose is None else further.setdefault(whose, {})
        if name not in there:
            there[name] = at
        elif (at in exact) != (there[name] in exact):
            there[name] = at if at in exact else there[name]
        elif name == "phone" and "phone2" not in there:
            there["phone2"] = at
        else:
            twice = twice or (words[there[name]], words[at])
    named = {role: columns for role, columns in further.items() if "name" in columns}
    return Header(number, words, places, twice, main, named, found.only, found.nobodys)


def _word(cell: Cell) -> str:
    return visible(" ".join(shown(cell)[:_LONGEST].split()))
