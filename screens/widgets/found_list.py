"""What the search has found: people, units, slips and calls, one line each that says what it is."""

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import BindingType

from screens.base import console
from screens.commands import FOUND, bindings
from screens.widgets.listing import Listing
from screens.widgets.painted import Line, Span, fit, line, wrap
from screens.wording import ROLES, clock, short_number
from wuye_tui.rules.text import masked_words
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from wuye_tui.registers.at_hand import Hit

WHAT = {
    "person": N_("住户"), "unit": N_("房号"), "slip": N_("单"), "call": N_("来电"),
    "price": N_("收费"), "clause": N_("条款"), "number": N_("电话"),
    "staff": N_("同事"),
}  # fmt: skip
LABEL_CELLS, NAME_CELLS = 13, 9


_LEAST_KIND = 5  # cells of what a hit is


class FoundList(Listing["Hit"]):
    """The hits, the best first."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FOUND)]
    TITLE = N_("查找")
    LABEL = N_("找什么")
    HINT = N_("房号、姓名、拼音、电话、车牌、单号、收费项目、条款、单上的字")

    def __init__(self, **given: str) -> None:
        super().__init__(**given)
        self.answered = ""  # the words that the list is the answer to

    def name_of(self, item: "Hit") -> str:
        """A hit by all that it has."""
        return f"{item.what}/{item.code or item.number}/{item.unit}/{item.name}/{item.role}"

    def row(self, item: "Hit", width: int) -> Line:  # noqa: ARG002 - the line is cut anyway
        """The hit in one line."""
        cells = max(_LEAST_KIND, 1 + max(cell_len(_(word)) for word in WHAT.values()))
        kind = (fit(_(WHAT[item.what]), cells), "label")
        return line(kind, *self._said(item))

    def _said(self, item: "Hit") -> list[Span]:
        match item.what.value:
            case "unit":
                return [(item.unit, "strong")]
            case "person":
                return self._person(item)
            case "slip":
                return self._slip(item)
            case "price":
                name = (fit(item.name, 2 * NAME_CELLS), "strong")
                return [(fit(item.code, NAME_CELLS), ""), name, (price_words(item), "")]
            case "clause":
                return [(fit(item.code, NAME_CELLS), "strong"), (item.words, "")]
            case "staff":
                name, post = (fit(item.name, NAME_CELLS), "strong"), (fit(item.role, 14), "")
                return [name, (fit(item.code, 8), ""), post, (item.phone, "key")]
            case "number":
                return [
                    (fit(item.name, 15), "strong"),
                    (fit(item.phone, 14), "key"),
                    (" ".join(filter(None, (_(item.role), item.words))), "dim"),
                ]
        return self._call(item)

    def more(self, item: "Hit", width: int) -> list[Line]:
        """A clause whole, and where it stands; a price as it may be read out."""
        if item.what.value == "clause":
            head = line((f" {item.code} ", "title"), item.name, ground="title")
            return [head, *(line(f" {part}") for part in wrap(item.words, width - 1))]
        if item.what.value == "price":
            told = f"{item.name}  {price_words(item)}"
            return [line((f" {item.code} ", "title"), ground="title"), line((f" {told}", "strong"))]
        return []

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
            (masked_words(" ".join(part for part in (item.name, item.words) if part)), ""),
        ]

    def _call(self, item: "Hit") -> list[Span]:
        desk = console(self).desk
        at = clock(item.at, desk.zone, desk.now()) if item.at else ""
        led = self._short(item.number) if item.number else _("没有开单")
        said = " ".join(filter(None, (item.name, item.phone, masked_words(item.words))))
        return [
            (fit(self._short(item.code), NAME_CELLS), "strong"),
            (fit(item.unit, LABEL_CELLS), ""),
            (fit(f"{at} {led}", 21), ""),
            (said, ""),
        ]

    def _short(self, number: str) -> str:
        desk = console(self).desk
        return short_number(number, desk.now().astimezone(desk.zone).date())


def price_words(item: "Hit") -> str:
    """The price of an item of the tariff, for what, and whether material comes on top."""
    from wuye_tui.rules.money import yuan

    told = _("{price} 元/{per}") if item.per else _("{price} 元")
    price = told.format(price=yuan(item.fen), per=item.per)
    return f"{price}  {_('材料')}{_(item.role)}" if item.role else price
