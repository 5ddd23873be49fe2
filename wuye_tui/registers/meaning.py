"""What a typed line means in an office: the slip, order or step that it would become.

`proposals` makes it from the line and the registers; `taking_down` writes it.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from wuye_tui.registers.cars import Car
from wuye_tui.registers.lookups import Resident, UnitFound
from wuye_tui.registers.notices import Notice
from wuye_tui.rules.answers import TariffItem
from wuye_tui.rules.channels import PHONE
from wuye_tui.rules.faults import Fault, find_emergency, find_faults, is_alike, is_same
from wuye_tui.rules.home import are_apart
from wuye_tui.rules.line import Kind, Understood
from wuye_tui.rules.line_danger import find_crime
from wuye_tui.rules.line_kept import given_up
from wuye_tui.rules.line_kinds import ABOUT_A_SLIP, REPAIRED, kinds
from wuye_tui.rules.line_orders import is_ordered
from wuye_tui.rules.line_progress import may_ask_progress
from wuye_tui.rules.repairs import REPAIR
from wuye_tui.rules.units_text import Caller, What, bare_name, fold

CATEGORY = {
    Kind.REPAIR: "repair",
    Kind.EMERGENCY: "help",
    # About a slip that is open already, and no new repair: `contacts` counts them by their outcome.
    Kind.URGE: "enquiry",
    Kind.CANCEL: "enquiry",
    Kind.REBOOK: "enquiry",
    Kind.COMPLAINT: "complaint",
    Kind.ENQUIRY: "enquiry",
    Kind.PRAISE: "praise",
    Kind.CAR: "help",
    Kind.BOOKING: "booking",
    Kind.SUGGESTION: "suggestion",
    Kind.GUARD: "help",
    Kind.OTHER: "other",
}

_DONE = frozenset({"finished", "returned", "verified"})  # a fault that comes back is rework


@dataclass(frozen=True)
class OpenMatter:
    """An open matter of the caller's unit."""

    number: str
    kind: str
    state: str
    words: str
    next_due: datetime | None

    @property
    def is_done(self) -> bool:
        """Whether nobody works on it any more, though it has not been closed."""
        return self.state in _DONE


@dataclass(frozen=True)
class Proposal:
    """What a line means in this office, and what would be written."""

    understood: Understood
    typed_unit: str = ""
    unit: UnitFound | None = None
    choices: tuple[str, ...] = ()
    place: str = ""
    home: str = ""  # of whoever reports something in a public place from there
    residents: tuple[Resident, ...] = ()
    open_matters: tuple[OpenMatter, ...] = ()
    charge: str = ""
    tariff: str = ""
    tariff_name: str = ""
    on_top: tuple[TariffItem, ...] = ()  # the supplements of the hour somebody is wanted at
    asks: tuple[str, ...] = ()
    channel: str = PHONE  # by which the call came
    cars: tuple[Car, ...] = ()  # whose plate was said
    ring: str = ""  # the line that rang, if one did
    left: str = ""  # the call that the night has left, if it is that one
    off: tuple[Notice, ...] = ()  # the notices of a supply that is off, which it asks about
    unnoticed: str = ""  # the code of a supply that is off as it says, and no notice about it
    homes_off: int = 0  # the homes that said the same within the hour, this one among them
    postponed: bool = False  # it is to be left for the morning (KF-8)
    told: str = ""  # who has been told of it at night, and nothing else is opened (KF-7)
    taken: bool = False  # whoever writes it down goes and repairs it now (KF-7)
    broken: "Proposal | None" = None  # the repair that stands beside a complaint
    elsewhere: tuple[str, ...] = ()  # where such a supply is off by a notice, and not the caller's
    known: str = ""  # the answer to the question, where the registers have it
    subject: str = ""  # the staff number of whoever is complained of
    subject_name: str = ""

    @property
    def opens_beside(self) -> "Proposal | None":
        """The repair whose slip would be opened with a complaint; none where a slip
        may be open about the same fault already.
        """
        beside = self.broken if self.opens_complaint else None
        return beside if beside and beside.opens_slip and not beside.alike else None

    @property
    def opens_complaint(self) -> bool:
        """Whether it would be taken down as a complaint (FW-2.2)."""
        return not self.postponed and self.understood.kind is Kind.COMPLAINT

    @property
    def opens_order(self) -> bool:
        """Whether it would be made out to a department: a service, a hotline's."""
        return not self.postponed and is_ordered(self.understood.kind, self.channel)

    @property
    def is_answered_later(self) -> bool:
        """Whether somebody waits for an answer then: a complaint's, or an order's."""
        return self.opens_complaint or self.opens_order

    @property
    def verb(self) -> str:
        """The step that would be taken of the slip that the line is about.

        A slip that can no longer be cancelled or rebooked, and one that is to be rebooked to no
        time, gets the words instead: whoever has it must know of them.
        """
        kind, about = self.understood.kind, self.about
        if about is None or not self.asks_about_a_slip:
            return ""
        timed = kind is not Kind.REBOOK or self.understood.appointment is not None
        open_ = timed and REPAIR.row(kind.value, about.state) is not None
        return kind.value if open_ else "join"

    @property
    def asks_about_a_slip(self) -> bool:
        """Whether it urges, cancels or rebooks, found or not."""
        return self.understood.kind in ABOUT_A_SLIP

    @property
    def opens_slip(self) -> bool:
        """Whether a repair slip would be made out."""
        return not self.postponed and self.understood.kind in REPAIRED

    @property
    def candidates(self) -> tuple[OpenMatter, ...]:
        """The slips that it may be about. Where a cancelling names a trade, those of it alone: what
        nobody spoke of is not cancelled.
        """
        if self.understood.kind is Kind.CANCEL and self._named and not self.understood.slip:
            return tuple(one for one in self.repairs if self._names_trade(one))
        return self.repairs

    @property
    def _named(self) -> tuple[Fault, ...]:
        """The faults that the line is about; of a cancelling, not those that are to be repaired."""
        u = self.understood
        return given_up(u.line, u.faults) if u.kind is Kind.CANCEL else u.faults

    @property
    def about(self) -> OpenMatter | None:
        """The slip that an urge, a cancelling or a rebooking is about, when only one can be: of
        several, the only one about a trade that the line names; of several of that trade, the only
        one that is still worked on.
        """
        said = self.understood.slip
        found = [one for one in self.candidates if not said or one.number.endswith(said)]
        if len(found) > 1:
            found = [one for one in found if self._names_trade(one)]
        if len(found) > 1:
            found = [one for one in found if not one.is_done]
        return found[0] if len(found) == 1 else None

    @property
    def repairs(self) -> tuple[OpenMatter, ...]:
        """The open slips: those still worked on before those that are done, of these the ones of a
        trade that the line names, then those for which a clock runs, then the youngest.
        """
        found = (one for one in reversed(self.open_matters) if one.kind == "repair")
        return tuple(sorted(found, key=self._likely))

    def _likely(self, matter: OpenMatter) -> tuple[bool, bool, bool]:
        return matter.is_done, not self._names_trade(matter), matter.next_due is None

    @property
    def alike(self) -> tuple[OpenMatter, ...]:
        """The slips still worked on that may be of this very fault, the youngest first; none for
        an emergency, which is never a further word about something else.
        """
        faults = self.understood.faults
        if not (self.opens_slip and faults) or self.understood.emergency:
            return ()
        return like(self.open_matters, faults[0], self.understood.words)

    @property
    def keeps_more(self) -> bool:
        """Whether the slip that would be cancelled has a fault of another trade than the line
        names: cancelling it would leave that one undone.
        """
        if self.verb != "cancel" or self.about is None:
            return False
        held = (found.fault for found in find_faults(fold(self.about.words)))
        named = [any(is_same(fault, one) for one in self._named) for fault in held]
        return any(named) and not all(named)

    def _names_trade(self, matter: OpenMatter) -> bool:
        held = [found.fault for found in find_faults(fold(matter.words))]
        return any(is_same(fault, one) for fault in held for one in self._named)


def like(found: tuple[OpenMatter, ...], fault: Fault, words: str) -> tuple[OpenMatter, ...]:
    """The repairs of them that may be of this fault, told in these words, and are not done, the
    youngest first: of the same trade, and not each in another room of the home.
    """
    repairs = (one for one in reversed(found) if one.kind == "repair" and not one.is_done)
    return tuple(
        one for one in repairs if is_alike(fault, one.words) and not are_apart(words, one.words)
    )


def known_by_tail(found: Proposal) -> Proposal:
    """The number that ends as was said, if one of the unit's does, and whose it is unless another
    name was said; else the end is kept as said, and whoever goes there can ask.
    """
    u = found.understood
    if not u.tail:
        return found
    same = {(one.name, one.phone) for one in found.residents if one.phone.endswith(u.tail)}
    if len(same) != 1:
        return replace(found, understood=replace(u, words=" ".join([*u.said(What.TAIL), u.words])))
    name, phone = same.pop()
    said = (
        u.caller
        if u.caller and u.caller.name
        else Caller(name, u.caller.role if u.caller else None)
    )
    return replace(found, understood=replace(u, caller=said, phone=phone))


def named_first(found: Proposal) -> Proposal:
    """One of the unit's whose name the words begin with is the caller, and their name no fault."""
    u = found.understood
    first, _blank, rest = u.words.partition(" ")
    named = next((one for one in found.residents if one.name == bare_name(first)), None)
    if named is None or not rest or (u.caller and u.caller.name):
        return found
    caller = Caller(named.name, u.caller.role if u.caller else None)
    return replace(found, understood=replace(u, caller=caller, words=rest))


def told_again(found: Proposal) -> Proposal:
    """A report that as well may be a question urges the slip that is open about the same fault:
    灯坏了什么时候能来 where the light was reported before.
    """
    u = found.understood
    if u.kind is not Kind.REPAIR or u.appointment or not found.alike:
        return found
    if not may_ask_progress(fold(u.line)):
        return found
    return replace(found, understood=replace(u, kind=Kind.URGE))


def category_of(words: str) -> str:
    """The category that a call in these words is counted under."""
    folded = fold(words)
    if find_emergency(folded) or find_crime(folded):
        return CATEGORY[Kind.EMERGENCY]
    return CATEGORY[next(iter(kinds(folded, find_faults(folded))))]


def trade_of(words: str) -> str:
    """The trade that words are about; empty where nothing is said of a fault."""
    found = find_faults(fold(words))
    return found[0].fault.category if found else ""


def caller_of(proposal: Proposal) -> str:
    """Who calls: the name that was said, or the only resident of the role that was (业主问..)."""
    said = proposal.understood.caller
    if said is None or said.name or said.role is None:
        return said.name if said else ""
    named = {one.name for one in proposal.residents if one.role == said.role.value}
    return named.pop() if len(named) == 1 else ""


def payer_of(proposal: Proposal) -> str:
    """Who pays when it is not the caller: the resident of that role, or the role's own word."""
    role = proposal.understood.payer
    if role is None:
        return ""
    named = [person.name for person in proposal.residents if person.role == role.value]
    return named[0] if named else role.value
