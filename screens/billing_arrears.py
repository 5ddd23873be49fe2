"""Arrears at the counter (FW-13, KF-3.4): who owes, what to say to one unit, and what it said."""

from typing import TYPE_CHECKING, cast

from textual import work
from textual.widget import Widget

from screens import asking_arrears
from screens.asking_counter import REMIND
from screens.base import console
from screens.billing_forms import KIND
from screens.billing_hands import BillingHands
from screens.commands import ARREARS, BILLING, LINE, PANE
from screens.widgets.painted import Line
from screens.widgets.pane import Pane, Printed
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.acting import Way
    from screens.asking_arrears import Dunning
    from screens.widgets.arrears_list import ArrearsList
    from screens.widgets.choose import Choose, Option
    from wuye_tui.desk import Result
    from wuye_tui.registers.arrears_rows import Arrears

WHOM, DO = "billing_whom", "billing_dun"  # the lists to choose from
BEFORE = 5  # things stand before these, whatever there is besides: a digit always means the same


class BillingArrears(BillingHands):
    """The list, the words of one unit, and the steps."""

    def __init__(self) -> None:
        super().__init__()
        self._owing: Arrears | None = None
        self._dunning: tuple[Printed, Dunning] | None = None  # the one that was read last

    def panels(self) -> list[Widget]:
        """The list."""
        from screens.widgets.arrears_list import ArrearsList  # not needed for the first paint

        return [*super().panels(), ArrearsList(id=ARREARS)]

    @property
    def arrears_pane(self) -> "ArrearsList":
        """The list."""
        return cast("ArrearsList", self.part(ARREARS))

    async def read_more(self) -> None:
        """Both follow every act of anybody."""
        await super().read_more()
        if self.is_up(ARREARS):
            await self._read_arrears()
        if self.is_up("help") and (read := self._dunning_read) is not None:
            await self._read_dunning(read.shown.unit)

    # Keys

    @property
    def _dunning_read(self) -> "Dunning | None":
        """The dunning that is read, though something may lie over it."""
        read = self._dunning
        is_read = read is not None and self.query_one("#help", Pane).is_printed(read[0])
        return read[1] if read is not None and is_read else None

    @property
    def dunning_in_sight(self) -> "Dunning | None":
        """The dunning that has the keys."""
        return self._dunning_read if self.panel == "help" and self.place == PANE else None

    @property
    def has_own_keys(self) -> bool:
        """F7 and F8 are those of the list, and of the dunning that is read."""
        is_ours = self.place == ARREARS or self.dunning_in_sight is not None
        return is_ours or super().has_own_keys

    def key_words(self, place: str) -> dict[str, str]:
        """What F7 and F8 do there."""
        words = super().key_words(place)
        if place == ARREARS:
            words["main"], words["steps"] = _("催缴"), ""
        elif place == PANE and self.dunning_in_sight is not None:
            words["main"], words["steps"] = _("提醒"), _("其他步骤")
        return words

    def own_main(self) -> None:
        """F7: the words for the unit of the cursor; from there the reminder."""
        if self.place == ARREARS:
            if self.arrears_pane.chosen is not None:
                self._show_dunning(self.arrears_pane.chosen.key)
        elif (found := self.dunning_in_sight) is not None:
            self._remind(found)
        else:
            super().own_main()

    def own_steps(self) -> None:
        """F8: every other step."""
        if (found := self.dunning_in_sight) is not None:
            self._offer_dunning(found)
        elif self.place != ARREARS:
            super().own_steps()

    @property
    def way_to_steps(self) -> str | None:
        """Here too the keys are no steps of the slip."""
        is_ours = self.place == ARREARS or self.dunning_in_sight is not None
        return None if is_ours else super().way_to_steps

    def way_to(self, number: str) -> "Way":
        """At the counter no key leads to the next step of a slip."""
        at_counter = self.is_at_counter or self.place == ARREARS or self.dunning_in_sight
        return ("", "") if at_counter else super().way_to(number)

    def tell_keys(self) -> None:
        """No slip of somebody else's stands beside the list or a form of the counter."""
        super().tell_keys()
        side, panel = self.part("side"), self.panel
        is_ours = panel in (ARREARS, "help") and self.is_up(ARREARS)
        if side is not None and (is_ours or (panel == "form-box" and self.counter_form)):
            side.set_class(True, "-counter")

    def _tab(self, place: str) -> str:
        is_ours = self.panel in (ARREARS, "help", "choose") and self.is_up(ARREARS)
        return "billing" if is_ours and place != LINE else super()._tab(place)

    # The list

    def more_to_do(self) -> "list[Option]":
        """And what is done about arrears."""
        from screens.widgets.choose import Option

        found = super().more_to_do()
        here = Option("bill:dun", _("催缴这一户"), _("先看投诉；怎么说、答应了哪天"), "KF-3.4")
        whole = Option("bill:arrears", _("欠费名单"), _("逾期最久的在前；回车看账"), "FW-13")
        return [*found[:BEFORE], here, whole, *found[BEFORE:]]

    def do_more(self, name: str) -> None:
        """One of these."""
        match name:
            case "dun":
                self._dun_here()
            case "arrears":
                self.action_arrears_list()
            case _:
                super().do_more(name)

    @work(group="billing")
    async def action_arrears_list(self) -> None:
        """Who owes, the longest overdue first."""
        if await self._read_arrears(first=not self.arrears_pane.chosen):
            self.open_panel(ARREARS, self.arrears_pane)
            self.tell_keys()

    async def _read_arrears(self, first: bool = False) -> bool:
        try:
            found = await console(self).ask(asking_arrears.listed)
        except DeskError as error:
            self.close_panel(ARREARS)
            self.say(sentence(error), clause=error.clause, refused=True)
            return False
        self._owing = found
        self._list_arrears(first)
        return True

    def _list_arrears(self, first: bool = False) -> None:
        from screens.arrears_words import list_entries, list_head, list_title

        found, cells = self._owing, self.arrears_pane.size.width or self.size.width
        if found is not None:
            heads = [list_head(cells)] if found.rows else []
            entries = list_entries(found, cells)
            self.arrears_pane.load(list_title(found), entries, first, heads)

    def on_arrears_list_resized(self) -> None:
        """Another width has room for other columns."""
        self._list_arrears()

    def on_arrears_list_account(self, event: "ArrearsList.Account") -> None:
        """Enter: the account. The cursor stays for the next time."""
        self._go_to_account(event.unit)

    @work(group="billing")
    async def _go_to_account(self, unit: str) -> None:
        if await self._show((unit,)):
            self.close_panel(ARREARS)
            if self.panel != BILLING:
                self.close_panel(BILLING)  # it is not twice among what is covered
                self.open_panel(BILLING, self.bill_pane.start)
            self.bill_pane.start.focus()
            self.tell_keys()

    def on_arrears_list_gone(self) -> None:
        """Esc."""
        self.close_panel(ARREARS)

    # One unit

    def _dun_here(self) -> None:
        from screens.widgets.choose import Option

        here = self.bill_pane.owed.chosen
        if not self._is_of_account():
            return
        if len(self._units) == 1 or here is None:
            self._show_dunning(self._units[0])
            return
        options = [Option(f"bill:{one}", one) for one in self._units]
        self._offer(WHOM, _("催缴哪一户？"), options, numbers=True)

    @work(group="billing")
    async def _show_dunning(self, unit: str) -> None:
        if await self._read_dunning(unit, anew=True):
            self.open_panel("help", self.query_one("#help", Pane))
            self.tell_keys()

    async def _read_dunning(self, unit: str, anew: bool = False) -> bool:
        from screens.arrears_words import dunning_lines

        try:
            found = await console(self).ask(asking_arrears.dunning, unit)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return False
        zone = console(self).desk.zone

        def printed(width: int) -> list[Line]:
            return dunning_lines(found, zone, width)

        self._dunning = printed, found
        self.query_one("#help", Pane).print(printed, anew=anew)
        return True

    def _remind(self, found: "Dunning") -> None:
        if found.slip is None:
            self.open_form("", REMIND, kind=f"{KIND}:{found.shown.unit}:")
        elif found.may_remind:
            self.open_form(found.number, asking_arrears.AGAIN)
        else:
            self._offer_dunning(found)

    def _offer_dunning(self, found: "Dunning") -> None:
        """The steps that are open, and the complaints to be seen first."""
        from screens.offers import steps
        from screens.widgets.choose import Option

        options = [
            Option(f"see:{number}", _("看投诉 {number}").format(number=number), about)
            for number, about in found.complaints.items()
        ]
        options += steps(found.slip)
        if options:
            title = _("{unit} 催缴：做哪一步？").format(unit=found.shown.unit)
            self._offer(DO, title, options, numbers=True)
        else:
            told = _("{unit} 还没有在催：先按 F7 提醒，再记住户答应了什么。")
            self.say(told.format(unit=found.shown.unit), clause="FW-13", refused=True)

    async def _after(self, result: "Result") -> None:
        """What was written of a dunning that is read here is said so: its next step is up to the
        day that was promised, or to the resident.
        """
        await super()._after(result)
        number, verb = str(result.get("number") or ""), str(result.get("verb") or "")
        if self._dunning_read is not None and self._dunning_read.number == number:
            from screens.taking_back import step_named

            word, _state = step_named(number, verb)
            self._of_matter = None
            self.say(_("{number} 已记下「{step}」。").format(number=number, step=word))

    def on_choose_chosen(self, event: "Choose.Chosen") -> None:
        """A unit, a complaint, a step."""
        kind, _colon, name = event.id.partition(":")
        if event.list not in (WHOM, DO):
            return
        event.prevent_default().stop()
        self.close_panel("choose")
        if event.list == WHOM:
            self._show_dunning(name)
        elif kind == "see":
            self.open_slip(name)
        else:
            number, _slash, verb = name.partition("/")
            self.open_form(number, verb)
