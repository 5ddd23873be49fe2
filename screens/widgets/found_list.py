"""What the search has found: people, units, slips and calls, one line each that says what it is."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from screens.base import console
from screens.commands import FOUND, bindings
from screens.widgets.listing import Listing
from screens.widgets.painted import Line, Span, fit, line
from screens.wording import ROLES, clock, short_number
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from wuye_tui.registers.search import Hit

WHAT = {"person": N_("住户"), "unit": N_("房号"), "slip": N_("单"), "call": N_("来电")}
LABEL_CELLS, NAME_CELLS = 13, 9


class FoundList(Listing["Hit"]):
    """The hits, the best first."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FOUND)]
    TITLE = N_("查找")
    LABEL = N_("找什么")
    HINT = N_("房号、姓名、拼音、电话尾号、车牌、单号、单上的字")

    def __init__(self, **given: str) -> None:
        super().__init__(**given)
        self.answered = ""  # the words that the list is the answer to

    def name_of(self, item: "Hit") -> str:
        """A hit by all that it has."""
        return f"{item.what}/{item.code or item.number}/{item.unit}/{item.name}/{item.role}"

    def row(self, item: "Hit", width: int) -> Line:  # noqa: ARG002 - the line is cut anyway
        """The hit in one line."""
        kind = (fit(_(WHAT[item.what]), 5), "label")
        return line(kind, *self._said(item))

    def _said(self, item: "Hit") -> list[Span]:
        match item.what.value:
            case "unit":
                return [(item.unit, "strong")]
            case "person":
                return self._person(item)
            case "slip":
                return self._slip(item)
        return self._call(item)

    def _person(self, item: "Hit") -> list[Span]:
        role = _(ROLES.get(item.role, item.role))
        return [
            (fit(item.name, NAME_CELLS), "strong"),
            (fit(item.unit or _("无房号"), LABEL_CELLS), ""),
            (fit(role, 11), ""),
            (item.phone, ""),
            (f"  {item.plate}" if item.plate else "", ""),
        ]

    def _slip(self, item: "Hit") -> list[Span]:
        state = (fit(_(item.state), 11), "" if item.open else "dim")
        return [
            (fit(self._short(item.number), NAME_CELLS), "strong"),
            (fit(item.unit, LABEL_CELLS), ""),
            state,
            (" ".join(part for part in (item.name, item.words) if part), ""),
        ]

    def _call(self, item: "Hit") -> list[Span]:
        desk = console(self).desk
        at = clock(item.at, desk.zone, desk.now()) if item.at else ""
        led = self._short(item.number) if item.number else _("没有开单")
        said = " ".join(part for part in (item.name, item.phone, item.words) if part)
        return [
            (fit(self._short(item.code), NAME_CELLS), "strong"),
            (fit(item.unit, LABEL_CELLS), ""),
            (fit(f"{at} {led}", 21), ""),
            (said, ""),
        ]

    def _short(self, number: str) -> str:
        desk = console(self).desk
        return short_number(number, desk.now().astimezone(desk.zone).date())
