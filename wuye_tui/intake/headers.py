"""The row of column names: found below titles and covers, in one row or in two.

In a list of people the columns of one row may be about several: 业主姓名, 业主电话, 租户姓名,
租户电话. What belongs together is told by how the names begin, or by the group title above them.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NoReturn

from wuye_tui.intake.cells import shown
from wuye_tui.intake.errors import (
    DayOfNobody,
    MissingColumns,
    NoHeader,
    OtherTable,
    StrangeHeader,
    TwiceTheColumn,
)
from wuye_tui.intake.grid import Cell, NumberedRow, is_blank
from wuye_tui.intake.heading import ENDS, STATE, Header
from wuye_tui.intake.layouts import LAYOUTS, OPENING, TABLES
from wuye_tui.intake.meanings import Meaning, bare, is_divided, meaning
from wuye_tui.intake.terms import ROLES, PersonRole, fold
from wuye_tui.intake.whose import Settled, settled
from wuye_tui.rules.text import visible
from wuye_tui.words import _, listed

WITHIN: Final = 10
"""The row of column names is looked for among so many rows."""

_LONGEST: Final = 100
_DIGIT: Final = re.compile("[0-9]")  # in rooms and telephones, which are nobody's to see
_SHORT: Final = 12  # characters of each
_SHOWN: Final = 12  # column names in a refusal


def find_header(top: Sequence[NumberedRow], noun: str, name: str) -> Header:
    """The row of `top` that understands most columns, those that are needed before all.

    Raises OtherTable, NoHeader, MissingColumns or TwiceTheColumn with the file's `name`.
    """
    needed = _needed(noun)
    best = _best(top, noun)
    _refuse_other(top, noun, best, name)
    missing = [title for field_, title in needed.items() if field_ not in best.places]
    if missing and len(_sure(best)) < 2:
        _refuse_strange(top, listed(needed.values()), name)
    if missing:
        seen = _seen(best.words)
        raise MissingColumns(name, row=best.row_number, missing=listed(missing), seen=seen)
    if best.twice:
        raise TwiceTheColumn(name, first=best.twice[0], second=best.twice[1])
    if best.nobodys:
        word, role = best.nobodys
        raise DayOfNobody(name, column=word, role=_(ROLES.words[role]))
    return best


def _refuse_strange(top: Sequence[NumberedRow], needed: str, name: str) -> NoReturn:
    """Names the words that stand where the names of the columns could be."""
    words = [(row, [_word(cell) for cell in cells if not is_blank(cell)]) for row, cells in top]
    names = [(row, said) for row, said in words if not any(map(_DIGIT.search, said))]
    row, likely = max(names, key=lambda one: len(one[1]), default=(0, []))
    if len(likely) < 2:
        raise NoHeader(name, within=WITHIN, needed=needed)
    raise StrangeHeader(name, row=row, seen=_seen(likely), needed=needed)


def _seen(words: Sequence[str]) -> str:
    return listed([word[:_SHORT] for word in words if word][:_SHOWN])


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
        if other not in (noun, OPENING)  # which is no noun to be sent to
        and _surely(other) <= (header := _best(top, other)).places.keys()
        and len(_sure(header)) > len(_sure(own))
        and (not whole or own.known <= _sure(header))
        and _is_likely(header)
    }
    if not found:
        return
    likely = max(found, key=lambda other: len(found[other].places))
    raise OtherTable(
        name,
        table=_(TABLES[noun]),
        needed=listed(_needed(noun).values()),
        found=_seen(found[likely].words),
        other=_(TABLES[likely]),
        noun=likely,
    )


def _surely(noun: str) -> set[str]:
    """The fields by which a file is known for another noun's: many lists have names and posts."""
    return {*_needed(noun), *({"number"} if noun == "staff" else ())}


def _sure(header: Header) -> frozenset[int]:
    """The columns that tell which table it is: 状态 stands in lists of every kind."""
    return header.known - {header.places.get(name, -1) for name in (STATE, ENDS)}


def _is_likely(header: Header) -> bool:
    """Whether half of the named columns are understood: a list of keys has rooms, too."""
    return 2 * len(header.known) >= sum(map(bool, header.words))


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
    return _placed(number, tuple(words), settled(words, meanings, of_people), exact)


def _placed(number: int, words: tuple[str, ...], found: Settled, exact: set[int]) -> Header:
    """The first name's owner is the row's own person; the others are further people.

    Of two columns for one field the one counts that is called just so, the other is left alone;
    of two telephones the second helps out. Otherwise nobody can say which is meant.
    """
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
        elif name in (STATE, ENDS):
            continue
        elif name == "phone" and "phone2" not in there:
            there["phone2"] = at
        else:
            twice = twice or (words[there[name]], words[at])
    named = {role: columns for role, columns in further.items() if "name" in columns}
    only = {name: found.only[at] for name, at in places.items() if at in found.only}
    return Header(number, words, places, twice, main, named, only, found.nobodys)


def _word(cell: Cell) -> str:
    return visible(" ".join(shown(cell)[:_LONGEST].split()))
