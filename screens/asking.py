"""The door from the screens to the registers: each function is one question or one act.

All of them are called in a thread, never in the event loop. The registers, and with them the
database libraries, are imported when the first one is called, which is after the first paint.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wuye_tui.desk import Desk, Result
    from wuye_tui.reference import Card, Clause
    from wuye_tui.registers.console import Colleague, Event, Priced
    from wuye_tui.registers.duties import DutyNow
    from wuye_tui.registers.meaning import Proposal
    from wuye_tui.registers.queue import QueueRow
    from wuye_tui.registers.ticking import Fired
    from wuye_tui.registers.views import MatterView
    from wuye_tui.registers.workers import Worker
    from wuye_tui.rules.lifecycle import Row
    from wuye_tui.rules.rights import Right
    from wuye_tui.rules.running import Running
    from wuye_tui.rules.signs import WarningSign


@dataclass(frozen=True)
class Picture:
    """The desk at one beat: queue, duties, tariff, and the act after which they were read."""

    beat: int
    rows: "list[QueueRow]"
    duties: "list[DutyNow]"
    priced: "tuple[Priced, ...]"
    events: "tuple[Event, ...]"
    behind: str = ""  # what to say of a clock that went back


@dataclass(frozen=True)
class Slip:
    """A matter with the step that is proposed, and the one that is waited for."""

    view: "MatterView"
    usual: "Row | None"
    awaited: "Row | None"
    limit: "Running | None"  # the clock that the usual step would end
    able: tuple[str, ...] = ()  # who may take the step that is waited for, by title and name
    to_ring: str = ""  # the worker who has it, and their number

    @property
    def steps(self) -> "list[Row]":
        """The steps open now: the usual one first, what ends the matter last, away from it."""
        final = self.view.cycle.final
        return sorted(
            self.view.following,
            key=lambda row: (row is not self.usual, row.moves and row.to in final, not row.moves),
        )


@dataclass(frozen=True)
class Sheet:
    """All that a form needs to know: the matter (None for a new one), the row, whom, what for."""

    view: "MatterView | None"
    row: "Row"
    colleagues: "tuple[Colleague, ...]"
    priced: "tuple[Priced, ...]"
    usual: bool = True  # the step that would be proposed
    secured: frozenset[str] = frozenset()  # others who may sign by their own PIN
    busy: "Mapping[str, Worker]" = field(default_factory=dict)  # by number, of a step that sends
    signs: "tuple[WarningSign, ...]" = ()  # the office's, of a step with which work begins

    @property
    def facts(self) -> Mapping[str, Any]:
        """What is known of the matter before the step."""
        return self.view.situation.facts if self.view else {}

    @property
    def number(self) -> str:
        """The matter's number, empty for a new one."""
        return self.view.number if self.view else ""

    @property
    def each(self) -> Mapping[str, int]:
        """The last step of each matter by its number, where the form is for several."""
        return {}

    @property
    def seen(self) -> int:
        """The last step that this sheet was made with."""
        return self.view.situation.last if self.view else 0

    def able(self, right: "Right | None") -> "list[Colleague]":
        """The colleagues who hold a right today; all of them where none is asked for."""
        from wuye_tui.registers import console

        return console.entitled(self.colleagues, right)

    def named(self, name: str, right: "Right | None") -> "list[Colleague]":
        """The same as they are offered in the answer `name`: the likeliest first."""
        from wuye_tui.registers import offered

        return offered.people(self.able(right), self.view, name, right)

    @property
    def notes(self) -> Mapping[str, str]:
        """What to say beside somebody who is offered, by number, where post and work in hand mean
        nothing here.
        """
        return {}

    @property
    def at_will(self) -> frozenset[str]:
        """The names of answers that nobody misses where they stand empty."""
        return frozenset()

    @property
    def items(self) -> "list[Priced]":
        """The tariff as it is offered: the item of the slip and those of its trade first."""
        from wuye_tui.registers import offered

        return offered.items(self.priced, self.facts)


@dataclass(frozen=True)
class Filled:
    """A form as it is saved: the answers, when it happened, and who did it."""

    given: Mapping[str, Any]
    happened: datetime | None = None
    doer: str = ""


@dataclass(frozen=True)
class Spoken:
    """What to say at one moment of a call, names filled in, and what never."""

    when: str
    clause: str
    say: tuple[str, ...]
    never: tuple[str, ...]


def warm_up() -> None:
    """Loads what the first form will need; in the thread that opens the desk."""
    from screens import lock
    from screens.widgets import step_form

    assert lock, step_form


def picture(desk: "Desk") -> Picture:
    """The queue and the duties."""
    from wuye_tui.registers import clock_behind, console, duties, queue

    beat = console.heartbeat(desk)
    return Picture(
        beat,
        queue.queue(desk),
        duties.now(desk),
        console.priced(desk),
        console.events(desk),
        clock_behind.warning(desk),
    )


def cards(desk: "Desk") -> "Mapping[str, Card]":
    """The cards of the emergencies by kind."""
    from wuye_tui.registers import console

    return console.cards(desk)


def heartbeat(desk: "Desk") -> int:
    """Grows with every act of every process."""
    from wuye_tui.registers import console

    return console.heartbeat(desk)


def tick(desk: "Desk") -> "list[Fired]":
    """Fires what is due."""
    from wuye_tui.registers import ticking

    return ticking.tick(desk)


def only_told(fired: "list[Fired]") -> bool:
    """Whether a tick has done something, and nothing but told of clocks that are over."""
    if not fired:
        return False
    from wuye_tui.registers.ticking import LATE

    return all(one.what == LATE for one in fired)


def slip(desk: "Desk", number: str) -> Slip:
    """One matter whole."""
    from wuye_tui.registers import console, views

    view = views.show(desk, number)
    usual = console.usual(view)
    limit = console.limit(view, usual) if usual else None
    awaited = console.awaited(view)
    able = console.able(desk, view, awaited) if awaited and usual is None else ()
    to_ring = console.to_ring(desk, str(view.situation.facts.get("worker", "")))
    return Slip(view, usual, awaited, limit, able, to_ring)


def sheet(desk: "Desk", number: str, verb: str) -> "Sheet | None":
    """What the form of a step needs; None when the step is not open any more."""
    from wuye_tui.registers import console, views

    view = views.show(desk, number)
    row = next((row for row in view.following if row.verb == verb), None)
    if row is None:
        return None
    usual = console.usual(view) is row
    return Sheet(view, row, console.colleagues(desk), console.priced(desk), usual)


def blank(desk: "Desk", kind: str, verb: str) -> Sheet:
    """What the form of a new matter needs."""
    from wuye_tui.registers import console
    from wuye_tui.rules.lifecycle import NEW
    from wuye_tui.rules.procedures import procedure

    row = procedure(kind).row(verb, NEW)
    assert row is not None
    return Sheet(None, row, console.colleagues(desk), console.priced(desk))


def understand(desk: "Desk", words: str, picked: str = "") -> "Proposal":
    """What a typed line means; `picked` counts only where the line leaves several units open."""
    from wuye_tui.registers.proposals import understand

    found = understand(desk, words)
    return understand(desk, words, picked) if picked in found.choices else found


def start_duty(desk: "Desk") -> "Result":
    """Begins the desk's duty of the hour for whoever sits there."""
    from wuye_tui.registers import duties

    return duties.begin(desk)


def self_check(desk: "Desk") -> Spoken | None:
    """What whoever begins a duty looks at first (KF-15); None where the office says nothing."""
    said = (one for one in desk.reference.phrases if one.moment == "start")
    one = next(said, None)
    return Spoken(one.when, one.clause, one.say, one.never) if one else None


def people(desk: "Desk") -> "tuple[Colleague, ...]":
    """The active staff."""
    from wuye_tui.registers import console

    return console.colleagues(desk)


def asked_of(desk: "Desk", number: str) -> str:
    """What this person has to give here: `pin`, `password`, or "" for nothing."""
    from wuye_tui.registers import sitting

    secret = sitting.asked(desk, number)
    return secret.name if secret is not None else ""


def authenticate(desk: "Desk", number: str, typed: str) -> "Desk":
    """The same desk with this person at it; a refusal for a wrong PIN or password."""
    from wuye_tui.registers import sitting

    return sitting.sit_down(desk, number, typed)


def is_here(desk: "Desk") -> bool:
    """Whether whoever sits here is on the active staff still."""
    from wuye_tui.registers.staff import is_active

    return is_active(desk, desk.staff)


def arrive(desk: "Desk", number: str) -> "Desk":
    """The same by what the settings have of them: password or PIN, whichever is asked for here."""
    from wuye_tui.registers import sitting

    settings = desk.settings
    secret = sitting.asked(desk, number)
    by_password = secret is not None and secret.name == "password"
    return sitting.sit_down(desk, number, settings.password if by_password else settings.pin)


def phrases(desk: "Desk") -> tuple[Spoken, ...]:
    """What to say on the telephone, in the office's name and that of whoever sits here."""
    from wuye_tui.registers import console

    here = next((one for one in console.colleagues(desk) if one.number == desk.staff), None)
    said = (
        (one, one.spoken(desk.office.name, here.name if here else ""))
        for one in desk.reference.phrases
    )
    return tuple(Spoken(one.when, one.clause, words, one.never) for one, words in said)


def clauses(desk: "Desk") -> "Mapping[str, Clause]":
    """Every clause by its id."""
    return desk.reference.clauses
