"""The form in which a procedure is written down: a table of rows, clocks, guards and questions.

One `Lifecycle` per kind of matter. Keys, command-line verbs, forms, help and diagrams are made
from these rows; to change a procedure is to change a row.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from wuye_tui.rules.duetime import Length
from wuye_tui.rules.rights import Actor, Right
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.rules.folding import Situation

Facts = Mapping[str, Any]
NEW = "new"
SAME = "@same"
NOTHING: Facts = MappingProxyType({})


def always(_: Facts) -> bool:
    """The condition of what has none."""
    return True


class Kind(StrEnum):
    """What an answer must be; who asks turns the typed words into it."""

    TEXT = "text"
    WORDS = "words"
    NAME = "name"
    PHONE = "phone"
    CHOICE = "choice"
    FLAG = "flag"
    MONEY = "money"  # int fen
    MINUTES = "minutes"
    MOMENT = "moment"  # ISO 8601 in UTC
    STAFF = "staff"  # a staff number
    TARIFF = "tariff"  # a tariff code, or "off"
    UNIT = "unit"  # a unit's label
    LINES = "lines"  # charge lines, each {code, what, quantity, fen}
    SIGNER = "signer"  # a name, or a staff number
    COUNTS = "counts"  # {name: how many}, each typed as 对讲机=6
    KEYS = "keys"  # codes, in a list
    SPOT = "spot"  # a post, room or place of the office's patrols; kept by name and by code
    MATTER = "matter"  # the number of another matter


@dataclass(frozen=True)
class Ask:
    """One question of a step: form field, command option and validation in one."""

    name: str
    kind: Kind
    word: str
    needed: bool = True
    when: Callable[[Facts], bool] = always
    choices: tuple[tuple[str, str], ...] = ()  # code, word
    personal: bool = False  # words about people, kept where they can be erased
    proposed: Callable[[Facts], str] = lambda _: ""  # what the form starts with
    right: Right | None = None  # what whoever is named must be allowed to do
    each: bool = False  # another answer for every matter: not asked where several are in hand
    wanted: bool = False  # a form stops here, though it may stay empty
    or_else: str = ""  # the question whose answer serves as well, if this one is only wanted
    kinds: tuple[str, ...] = ()  # of the matter that is named
    parent: bool = False  # the matter that is named becomes the parent of the one that is opened


@dataclass(frozen=True)
class Sign:
    """A signature that a step needs; `may_refuse` where a reason and a witness serve as well."""

    role: str
    word: str
    when: Callable[[Facts], bool] = always
    may_refuse: bool = False
    staff: bool = True  # an employee's signature; a resident's is a name only
    right: Right | None = None  # what the signer must be allowed to do
    own: bool = False  # whoever takes the step signs for it, unless somebody else is named
    of: str = ""  # the fact that names the department whose signature it is
    by_pin: bool = False  # by the signer's own PIN: a name on paper is not enough


@dataclass(frozen=True)
class Case:
    """All that a guard may look at: the matter so far, what is given now, who, and when."""

    matter: "Situation"
    given: Facts
    doer: Actor
    by: Actor
    happened: datetime
    recorded: datetime
    local: datetime  # `happened` in the office's own zone
    duty: str = ""
    signed: Mapping[str, str] = field(default_factory=dict)  # staff numbers by role
    named: bool = False  # the doer was named, and not taken for granted
    overdue: frozenset[str] = frozenset()  # names of this matter's clocks that have run out
    awaited: frozenset[str] = frozenset()  # numbers of what it waits for (`Lifecycle.awaits`)
    by_pin: frozenset[str] = frozenset()  # the roles that were signed by PIN
    looked: Facts = field(
        default_factory=dict
    )  # what the registers say of it, for a row that asks (`Effect.COUNT`)
    around: Facts = field(default_factory=dict)  # what registers know of other matters and duties

    @property
    def facts(self) -> Facts:
        """What would be known after the step."""
        return {**self.matter.facts, **self.given}


@dataclass(frozen=True)
class Guard:
    """A refusal that the regulations write: `refuses` says when, `word` says why.

    `naming` says of what, where the word leaves a place for it: {what}. `first` is for what the
    matter alone decides, before anything is filled in: the step that has to come before, empty if
    that is another matter's.
    """

    name: str
    clause: str
    word: str
    refuses: Callable[[Case], bool]
    hides: bool = False  # the step makes no sense then, and is not even offered
    first: str | None = None
    naming: Callable[[Case], Sequence[str]] | None = None

    def said(self, case: Case | None = None) -> str:
        """The refusal in words, in the language in force."""
        names = self.naming(case) if self.naming and case else ()
        return _(self.word).replace("{what}", listed(names) or "..")


@dataclass(frozen=True)
class Lack:
    """Something without which a record is unfinished or badly filled in (XX-4.3.10): `missing` says
    when it is not there, `word` what to do about it.

    `daily`: it can be seen while the matter is open, when the day's records are checked (BX-3.3).
    """

    name: str
    clause: str
    word: str
    missing: "Callable[[Situation], bool]"
    daily: bool = False

    def as_dict(self) -> dict[str, str]:
        """What is lacking as programs get it; the word in the language in force."""
        return {"name": self.name, "clause": self.clause, "word": _(self.word)}


class Effect(StrEnum):
    """The closed list of what a step may do besides being written down."""

    ARRIVE = "arrive"  # opens a visit
    DEPART = "depart"  # closes the open visit
    HOLD = "hold"
    RELEASE = "release"
    CHARGE = "charge"  # posts the charge lines to the unit's account
    WAIVE = "waive"  # replaces what was posted
    OPEN_CALLBACK = "open:callback"
    VOID_CALLBACK = "void:callback"
    OPEN_ORDER = "open:order"
    OPEN_DEPARTMENT = "open:department"  # an order to the department that the step names
    OPEN_LINKED = "open:linked"  # an order for what a dissatisfied resident says
    OPEN_TASK = "open:task"  # a task for the department that the step names; none without one
    OPEN_COMPLAINT = "open:complaint"  # the form of what was said to the duty manager
    TELL_PARENT = "tell:parent"
    RECEIPT = "receipt"  # a receipt with the next number of the year
    VOID_RECEIPT = "void:receipt"  # it counts no more; its number stays its own
    SNAPSHOT = "snapshot"  # unit, person and phone of the matter are taken anew
    COUNT = "count"  # how many records it is about, and how they stand, becomes part of the step
    RELIEVE = "relieve"  # ends the duty that is handed over, and begins the taker's


@dataclass(frozen=True)
class Row:
    """One step that a kind of matter can take.

    `together`: several matters may take it in one act, with one form and one signature, because
    whatever has to be answered has the same answer for all of them. What is found, charged or
    agreed to at one door never is; an optional question that differs (`Ask.each`) is left out.
    """

    verb: str
    word: str
    frm: str  # states: "a", "a-c" (a span in the order of the states), "new", joined by commas
    to: str  # a state, or "@same" when the matter does not move
    who: Right
    clause: str
    signs: tuple[Sign, ...] = ()
    ask: tuple[Ask, ...] = ()
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    sets: Callable[[Case], Facts] = lambda _: NOTHING  # what follows from the step by itself
    outcome: str = ""
    undo: bool = True
    backdate: int = 0  # seconds it may have happened before it is recorded
    relay: bool = False  # the desk may write it down when told by word of mouth or on paper
    auto: bool = False  # taken by another step's effect or by tick, never offered to a person
    prompt: str = ""  # what to say or to mind at this step
    instead: tuple[Callable[[Facts], bool], str] | None = None  # what to say where this is so
    together: bool = False
    tells: bool = False  # everybody who waits for the end is told it: the form names them

    @property
    def moves(self) -> bool:
        """Whether the step changes the state."""
        return self.to != SAME

    def said(self, facts: Facts) -> str:
        """The prompt for a matter of which this is known."""
        return self.instead[1] if self.instead and self.instead[0](facts) else self.prompt


@dataclass(frozen=True)
class Deadline:
    """A clock of a kind: what starts it, in which states it lives, how long it runs."""

    name: str
    word: str
    clause: str
    after: tuple[str, ...]  # the verbs that start it
    runs_in: str  # the states it lives in
    length: Length
    when: Callable[[Facts], bool] = always
    paused_by: frozenset[str] = frozenset()  # hold reasons
    ended_by: tuple[str, ...] = ()  # verbs that end it inside its states
    level: int = 0  # 0 the desk's own, 1 the supervisor's, 2 the manager's


@dataclass(frozen=True)
class Lifecycle:
    """A kind of matter: its number's prefix, its states in order, its rows and its clocks."""

    kind: str
    word: str
    prefix: str
    states: tuple[tuple[str, str], ...]  # code, word; in the order that spans use
    final: frozenset[str]
    rows: tuple[Row, ...]
    deadlines: tuple[Deadline, ...] = ()
    outcomes: tuple[tuple[str, str], ...] = ()
    version: str = "1"
    queued: bool = True  # whether the queue of open matters lists it
    straight: bool = True  # whether one of its steps usually follows the other to its end
    awaits: tuple[tuple[str, str], ...] = ()  # kinds it opens, and its wait's span of their states
    lacks: tuple[Lack, ...] = ()  # what its records are looked through for
    _spans: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)
    _found: dict[tuple[str, str], Row | None] = field(
        default_factory=dict, compare=False, repr=False
    )
    _named: dict[str, tuple[Row, ...]] = field(default_factory=dict, compare=False, repr=False)

    def span(self, text: str) -> frozenset[str]:
        """The states that `a-c`, `a,c` or `new` names. ValueError for a state there is not."""
        if text not in self._spans:
            order = [code for code, _ in self.states]
            found: set[str] = set()
            for part in (p.strip() for p in text.split(",")):
                first, _, last = part.partition("-")
                if part == NEW:
                    found.add(NEW)
                else:
                    found.update(order[order.index(first) : order.index(last or first) + 1])
            self._spans[text] = frozenset(found)
        return self._spans[text]

    def row(self, verb: str, state: str) -> Row | None:
        """The row that a verb means in a state, if it may be taken there."""
        asked = (verb, state)
        if asked not in self._found:
            named = (row for row in self.rows if row.verb == verb)
            self._found[asked] = next((row for row in named if state in self.span(row.frm)), None)
        return self._found[asked]

    def rows_from(self, state: str) -> tuple[Row, ...]:
        """Every row that leaves from a state or stays in it, in the table's order."""
        return tuple(row for row in self.rows if state in self.span(row.frm))

    def rows_named(self, verb: str) -> tuple[Row, ...]:
        """Every row of a verb."""
        if verb not in self._named:
            self._named[verb] = tuple(row for row in self.rows if row.verb == verb)
        return self._named[verb]

    def state_word(self, state: str) -> str:
        """The form's word for a state, untranslated; the code itself when there is none."""
        return dict(self.states).get(state, state)
