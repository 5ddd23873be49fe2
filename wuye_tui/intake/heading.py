"""The row of column names once it is found, and what was understood of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from wuye_tui.intake.layouts import REASON
from wuye_tui.intake.meanings import WHOSE, bare, is_new
from wuye_tui.intake.terms import ROLES, PersonRole
from wuye_tui.words import _

STATE: Final = "state"
ENDS: Final = "ends"
_OF_ALL: Final = ("building", "entrance", "room", STATE, ENDS)


@dataclass(frozen=True)
class Header:
    """The row of column names: where it stands, its words, and what was understood of them.

    `role` is what the columns say about the person they describe. `further` are the columns of
    other people in the same row. `only` are the days that whoever is not of that role cannot have;
    `nobodys` is the name of one that nobody in the file can have. `gone` are the words of the
    column 状态 that say that somebody has gone, by whose they are.
    """

    row_number: int
    words: tuple[str, ...]
    places: Mapping[str, int]  # field -> index of its column
    twice: tuple[str, ...] = ()  # two names of one field
    role: PersonRole | None = None
    further: Mapping[PersonRole, Mapping[str, int]] = field(default_factory=dict)
    only: Mapping[str, PersonRole] = field(default_factory=dict)
    nobodys: tuple[str, PersonRole] | None = None
    gone: Mapping[str, PersonRole | None] = field(default_factory=dict)

    def word(self, name: str) -> str:
        """The column's name as it stands in the file."""
        return self.words[self.places[name]]

    @property
    def says_role(self) -> bool:
        """Whether a column, or the name's own, says what somebody is."""
        return self.role is not None or "role" in self.places

    @property
    def renews(self) -> bool:
        """Whether the file is about new telephones of people who are known."""
        return "phone" in self.places and is_new(self.word("phone"))

    @property
    def columns(self) -> dict[str, str]:
        """The name of each field's column, the row's own person before others."""
        found = {name: self.word(name) for name in self.places}
        for places in self.further.values():
            found |= {name: self.words[at] for name, at in places.items() if name not in found}
        return found

    @property
    def used(self) -> tuple[tuple[str, str], ...]:
        """The field and the name of every column that is read, those of further people, too."""
        spoken = self.spoken
        found = {at: (name, self.words[at]) for name, at in self.places.items()}
        for places in self.further.values():
            found |= {at: (name, spoken[at]) for name, at in places.items()}
        return tuple(found[at] for at in sorted(found))

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
            for at in (at for name, at in places.items() if name != "role"):
                begins = WHOSE.match(bare(words[at]))
                if role and (begins is None or begins.lastgroup != role):
                    words[at] = f"{ROLES.words[role]}{words[at]}"
        return tuple(words)

    @property
    def people(self) -> tuple["Header", ...]:
        """One header for everybody whom a row describes, this one first."""
        shared = {name: self.places[name] for name in _OF_ALL if name in self.places}
        return (
            self,
            *(
                replace(self, places={**shared, **places}, role=role, further={}, only={})
                for role, places in self.further.items()
            ),
        )
