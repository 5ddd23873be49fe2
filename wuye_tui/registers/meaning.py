"""What a typed line means in an office: the slip, order or step that it would become.

`proposals` makes it from the line and the registers; `taking_down` writes it.
"""

from dataclasses import dataclass
from datetime import datetime

from wuye_tui.registers.cars import Car
from wuye_tui.registers.lookups import Resident, UnitFound
from wuye_tui.registers.notices import Notice
from wuye_tui.rules.channels import PHONE
from wuye_tui.rules.faults import find_faults
from wuye_tui.rules.line import Kind, Understood
from wuye_tui.rules.line_kinds import ABOUT_A_SLIP, REPAIRED, kinds
from wuye_tui.rules.line_orders import is_ordered
from wuye_tui.rules.repairs import REPAIR
from wuye_tui.rules.units_text import fold

CATEGORY = {
    Kind.REPAIR: "repair",
    Kind.EMERGENCY: "help",
    Kind.URGE: "repair",
    Kind.CANCEL: "repair",
    Kind.REBOOK: "repair",
    Kind.COMPLAINT: "complaint",
    Kind.ENQUIRY: "enquiry",
    Kind.PRAISE: "praise",
    Kind.CAR: "help",
    Kind.BOOKING: "booking",
    Kind.SUGGESTION: "suggestion",
    Kind.OTHER: "other",
}


@dataclass(frozen=True)
class OpenMatter:
    """An open matter of the caller's unit."""

    number: str
    kind: str
    state: str
    words: str
    next_due: datetime | None


@dataclass(frozen=True)
class Proposal:
    """What a line means in this office, and what would be written."""

    understood: Understood
    typed_unit: str = ""
    unit: UnitFound | None = None
    choices: tuple[str, ...] = ()
    place: str = ""
    residents: tuple[Resident, ...] = ()
    open_matters: tuple[OpenMatter, ...] = ()
    charge: str = ""
    tariff: str = ""
    tariff_name: str = ""
    asks: tuple[str, ...] = ()
    channel: str = PHONE  # by which the call came
    cars: tuple[Car, ...] = ()  # whose plate was said
    ring: str = ""  # the line that rang, if one did
    left: str = ""  # the call that the night has left, if it is that one
    off: tuple[Notice, ...] = ()  # the notices of a supply that is off, which it asks about
    postponed: bool = False  # it is to be left for the morning (KF-8)

    @property
    def opens_order(self) -> bool:
        """Whether it would be made out to a department: a complaint, a service, a hotline's."""
        return not self.postponed and is_ordered(self.understood.kind, self.channel)

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
    def about(self) -> OpenMatter | None:
        """The slip that an urge, a cancelling or a rebooking is about, when only one can be: of
        several, the only one about a trade that the line names.
        """
        said = self.understood.slip
        found = [one for one in self.repairs if not said or one.number.endswith(said)]
        if len(found) > 1:
            found = [one for one in found if self._names_trade(one)]
        return found[0] if len(found) == 1 else None

    @property
    def repairs(self) -> tuple[OpenMatter, ...]:
        """The open slips, those first that are about a trade that the line names."""
        found = (matter for matter in self.open_matters if matter.kind == "repair")
        return tuple(sorted(found, key=lambda one: not self._names_trade(one)))

    @property
    def alike(self) -> tuple[OpenMatter, ...]:
        """The unit's open slips about the same trade: perhaps of this very fault."""
        wanted = self.understood.category or ""
        return of_trade(self.open_matters, wanted) if self.opens_slip else ()

    def _names_trade(self, matter: OpenMatter) -> bool:
        return trade_of(matter.words) in {fault.category for fault in self.understood.faults}


def of_trade(found: tuple[OpenMatter, ...], trade: str) -> tuple[OpenMatter, ...]:
    """The repairs of them that are of this trade; none where it is not known."""
    repairs = (matter for matter in found if matter.kind == "repair" and trade)
    return tuple(matter for matter in repairs if trade_of(matter.words) == trade)


def category_of(words: str) -> str:
    """The category that a call in these words is counted under."""
    folded = fold(words)
    return CATEGORY[next(iter(kinds(folded, find_faults(folded))))]


def trade_of(words: str) -> str:
    """The trade that words are about; empty where nothing is said of a fault."""
    found = find_faults(fold(words))
    return found[0].fault.category if found else ""


def payer_of(proposal: Proposal) -> str:
    """Who pays when it is not the caller: the resident of that role, or the role's own word."""
    role = proposal.understood.payer
    if role is None:
        return ""
    named = [person.name for person in proposal.residents if person.role == role.value]
    return named[0] if named else role.value
