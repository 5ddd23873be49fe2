"""Whose the columns of one row are where their names alone do not say it.

Of two people in a row each has the telephone that stands behind the name, and the tenant or member
has the day of moving out. A day that only tenants
or only owners have is theirs, and never becomes another's. 与户主关系 is what a member of the
family is to the owner beside them, and never what the owner is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from wuye_tui.intake.meanings import WHOSE, Meaning, bare, is_new, is_stranger
from wuye_tui.intake.terms import PersonRole

_DAYS: Final = ("since", "until")
_BESIDE_OWNERS: Final = (PersonRole.TENANT, PersonRole.FAMILY)
_PHONES: Final = ("phone", "phone2")
_RELATION: Final = "关系"
_DRIVER: Final = "车主"
_CONTACTS: Final = ("联系人", "联络人")


@dataclass
class Settled:
    """The meanings of all columns, and the role of the first name.

    `only` are the columns of days that hold for rows of one role; `nobodys` is the name of a day
    which nobody in the file can have, and of whom it is.
    """

    meanings: dict[int, Meaning]
    main: PersonRole | None
    only: dict[int, PersonRole] = field(default_factory=dict)
    nobodys: tuple[str, PersonRole] | None = None


def settled(words: Sequence[str], meanings: Mapping[int, Meaning], of_people: bool) -> Settled:
    """Gives every column to somebody, as far as it can be told."""
    mine = _of_the_home(words, _drivers(words, meanings)) if of_people else dict(meanings)
    names = {at: whose for at, (name, whose) in sorted(mine.items()) if name == "name"}
    main = next(iter(names.values()), None)
    found = Settled(dict(mine), main)
    named = set(names.values())
    _relation(found, words, names)
    roles = any(name == "role" for name, _whose in found.meanings.values())
    for at, (name, whose) in sorted(mine.items()):
        if name in _PHONES and whose is None and len(named) > 1:
            before = [names[there] for there in names if there < at]
            found.meanings[at] = name, before[-1] if before else main
        elif name == "until" and whose is None and of_people:
            before = [names[there] for there in names if there < at]
            left = before[-1] if before else main
            found.meanings[at] = name, left if left in _BESIDE_OWNERS else None
        elif name in _DAYS and whose and names and whose not in named:
            _day(found, at, words[at], named, roles)
    return found


def _drivers(words: Sequence[str], meanings: Mapping[int, Meaning]) -> Mapping[int, Meaning]:
    """The meanings of a list of cars: 车主 is the name where no other column is; otherwise 车主电话
    is nobody's of the home.
    """
    if any(name == "name" for name, _whose in meanings.values()):
        theirs = {at for at in meanings if bare(words[at]).startswith(_DRIVER)}
        return {
            at: found
            for at, found in meanings.items()
            if found[0] not in _PHONES or at not in theirs
        }
    return {
        at: ("name", whose) if name == "driver" else (name, whose)
        for at, (name, whose) in meanings.items()
    }


def _of_the_home(words: Sequence[str], meanings: Mapping[int, Meaning]) -> dict[int, Meaning]:
    """The meanings without those of people who are none of the home: the telephone behind 负责人
    is that person's, and so are 联系人 behind 装修公司 and the telephone behind 原业主 or 车主. Of
    two telephones the new one counts.
    """
    found = dict(sorted(meanings.items()))
    several = sum(name == "name" for name, _whose in found.values()) > 1
    stranger, new = False, {found[at] for at in found if is_new(words[at])}
    for at, word in enumerate(words):
        if not word:
            continue
        name, whose = found.get(at, ("", None))
        contact = name == "name" and several and bare(word) in _CONTACTS
        foreign = whose is None and stranger and (name in _PHONES or contact)
        if foreign or ((name, whose) in new and not is_new(word)):
            del found[at]
        stranger = (stranger and contact) or name in ("former", "driver") or is_stranger(word)
    return found


def _relation(found: Settled, words: Sequence[str], names: Mapping[int, PersonRole | None]) -> None:
    """Gives 关系 to the family beside an owner, or to the one behind whose name it stands. What an
    emergency contact is to the owner is kept nowhere.
    """
    at = next((at for at, (name, _whose) in found.meanings.items() if name == "role"), -1)
    if at < 0 or len(set(names.values())) < 2 or _RELATION not in words[at]:
        return
    before = [names[there] for there in names if there < at]
    owners = found.main in (None, PersonRole.OWNER)
    family = owners and PersonRole.FAMILY in names.values()
    whose = PersonRole.FAMILY if family else before[-1] if before else found.main
    if whose is PersonRole.EMERGENCY:
        del found.meanings[at]
    elif whose is not found.main:
        found.meanings[at] = "role", whose


def _day(found: Settled, at: int, word: str, named: set[PersonRole | None], roles: bool) -> None:
    """A day of a role that no name has: of rows which say that they are of it, of everybody in a
    list that does not say who they are, or of nobody.
    """
    name, whose = found.meanings[at]
    if whose is None:
        return
    if roles:
        found.only[at] = whose
        found.meanings[at] = name, None
    elif named == {None} and found.main in (None, whose):
        found.main = whose
    elif not WHOSE.match(bare(word)):
        found.nobodys = found.nobodys or (word, whose)
