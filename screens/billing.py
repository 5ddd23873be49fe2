"""The counter at the console (FW-4.1): whose account it is, and what they owe.

What is ticked and typed of an account stays with it, on disk too: a call in between, another
account or a crash costs none of it.
"""

import re
from typing import TYPE_CHECKING, Any, cast
from unicodedata import normalize

from textual import work
from textual.widget import Widget

from screens import asking_billing
from screens.base import console
from screens.commands import BILL_FIND, BILLING, CHOOSE, LINE, PANE, PAPER, PAYING
from screens.drafts import Draft
from screens.overviews import Overviews
from screens.widgets.pane import Pane
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screens.asking_billing import Board, Choice, Less
    from screens.widgets.billing_pane import BillingPane, BillList, FindBox
    from screens.widgets.choose import Choose, Option
    from screens.widgets.entries import EntriesPane

PLACES = (BILL_FIND, BILLING, PAYING)
KEPT = "billing"  # the draft of what is looked for; those of accounts have their units behind it
WHO = "billing_who"  # the list of those that may be meant
LISTS = "billing_"  # how the names of the counter's lists to choose from begin
OVER = (BILLING, "choose", "help", PAPER)  # the panels of the counter, and those over it
_PARTS = re.compile(r"[,、;]+")


class Billing(Overviews):
    """The line, the list, and what is ticked there."""

    def __init__(self) -> None:
        super().__init__()
        self._board: Board | None = None
        self._units: tuple[str, ...] = ()
        self._beside = ""  # the unit at hand elsewhere, while money is half typed here
        self.less: Less | None = None  # that the next payment of this account has no late fees

    def panels(self) -> list[Widget]:
        """The counter."""
        from screens.widgets.billing_pane import BillingPane  # not needed for the first paint

        return [*super().panels(), BillingPane(id=BILLING)]

    @property
    def bill_pane(self) -> "BillingPane":
        """The counter."""
        return cast("BillingPane", self.part(BILLING))

    @property
    def place(self) -> str:
        """Line, list and money each have keys of their own."""
        found = super().place
        if found != BILLING or self.focused is None:
            return found
        inside = {node.id for node in self.focused.ancestors_with_self}
        return BILL_FIND if "bill-find" in inside else PAYING if "paying" in inside else BILLING

    async def read_more(self) -> None:
        """What is owed follows every act of anybody."""
        await super().read_more()
        self._tell_drafts()
        if self.is_up(BILLING) and self._units:
            await self._read_board()

    def tell_keys(self) -> None:
        """No slip of somebody else's stands beside an account."""
        super().tell_keys()
        side = self.part("side")
        if side is not None:
            side.set_class(self.is_up(BILLING) and self.panel in OVER, "-counter")

    # Whose account

    @work(group="billing")
    async def action_billing(self) -> None:
        """F6: the account of the unit at hand, or the one that was there; from there the line."""
        if self.form_first():
            return
        pane, unit = self.bill_pane, self._unit_at_hand()
        if self.place in PLACES:
            await self._go_on_to_another()
            return
        if self.panel == CHOOSE and self.choose.list_id.startswith(LISTS):
            self.choose.field.focus()
            return
        other = () if self._is_pending else ((unit,) if unit else ())
        wanted = self._left_over() or other
        is_new = bool(wanted) and wanted != self._units
        if not (await self._show(wanted) if is_new else await self._may_look()):
            return
        if self._units and not is_new:
            await self._read_board()
        while self.is_up(BILLING) and self.panel != BILLING and self.place in (PANE, PAPER):
            self.close_panel(self.panel)  # what was opened over it and is only read
        if self.panel != BILLING:
            self.close_panel(BILLING)  # it is not twice among what is covered
        self.open_panel(BILLING, pane.start if is_new else pane.target)
        self.tell_keys()
        self._beside = unit if (unit,) != self._units else ""
        if self._beside and self._is_pending:
            told = _("{unit} 的还没收完，打的都在；看 {other} 就再按一次 F6。")
            unit = pane.find.value.strip() if self._looked_for else " ".join(self._units)
            self.say(told.format(unit=unit, other=self._beside))

    def open_panel(self, panel: str, target: Widget | None) -> None:
        """What was refused at the counter is past under a form, or what is read."""
        if self.is_up(BILLING) and panel not in (self.panel, CHOOSE):
            self.unsay_refusal()
        super().open_panel(panel, target)

    def _offer(
        self, list_id: str, title: str, options: "Sequence[Option]", typed: str = "", **given: Any
    ) -> None:
        """And under a list of the counter; why one asks is said after it is offered."""
        if list_id.startswith(LISTS):
            self.unsay_refusal()
        super()._offer(list_id, title, options, typed, **given)

    def form_first(self) -> bool:
        """Whether a form that is half filled in here has been come back to instead."""
        return False

    async def _go_on_to_another(self) -> None:
        beside, self._beside = self._beside, ""
        if beside:
            if await self._show((beside,)):
                self.bill_pane.start.focus()
        else:
            self.on_bill_list_back()
            if others := [one for one in self._half_done if one != self._draft_name]:
                units = listed(one.partition(":")[2] for one in others)
                self.say(_("还没收完的：{units}。打的都在。").format(units=units))

    def _unit_at_hand(self) -> str:
        """The unit of the line, of the call in hand, of the row or of the slip in sight."""
        unit = ""
        match self.place:
            case "calls":
                unit = self.calls.row.unit if self.calls.row is not None else ""
            case "found":
                unit = self.found.chosen.unit if self.found.chosen is not None else ""
            case _ if self.place != LINE and self.slip and self.slip.view.number == self.meant:
                unit = str(self.slip.view.situation.facts.get("unit") or "")
        caller = self._in_hand.unit if self._in_hand else ""
        return unit or self.line_unit or caller

    async def _may_look(self) -> bool:
        try:
            await console(self).ask(asking_billing.admit)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return False
        return True

    def on_find_box_asked(self, event: "FindBox.Asked") -> None:
        """Enter: whose account?"""
        if event.words:
            self._look_for_account(event.words)
        else:
            self.say(_("打房号、姓名、拼音首字母、电话尾号或车牌，回车。"), refused=True)

    @work(group="billing")
    async def _look_for_account(self, typed: str) -> None:
        parts = [one.strip() for one in _PARTS.split(normalize("NFKC", typed)) if one.strip()]
        try:
            units, choices = await console(self).ask(asking_billing.meant, parts or [typed])
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        if units:
            await self._show(units)
        elif choices:
            self._offer_units(choices)
        else:
            self.say(_("没有找到「{words}」。").format(words=typed), refused=True)

    def _offer_units(self, choices: "Sequence[Choice]") -> None:
        from screens.widgets.choose import Option

        options = [
            Option(f"unit:{one.unit}", f"{one.unit} {one.name}", one.note) for one in choices
        ]
        self._offer(WHO, _("哪一户？"), options, numbers=True)

    def on_choose_chosen(self, event: "Choose.Chosen") -> None:
        """One of those that may be meant."""
        if event.list == WHO:
            event.prevent_default().stop()
            self.close_panel("choose")
            self._show_one(event.id.partition(":")[2])

    @work(group="billing")
    async def _show_one(self, unit: str) -> None:
        await self._show((unit,))

    async def _show(self, units: "tuple[str, ...]") -> bool:
        """The account of these units, with what was ticked and typed of it before."""
        before, self._units = self._units, units
        if not await self._read_board(first=True):
            self._units = before
            return False
        pane, kept = self.bill_pane, console(self).spool.get(self._draft_name).answers
        pane.find.value = " ".join(units)
        pane.find.cursor_position = len(pane.find.value)
        pane.owed.tick(str(one) for one in kept.get("ticked", ()))
        pane.done.show(())
        self.fill_money(kept)
        self._paint_board()
        if self.place == BILL_FIND:
            pane.start.focus()
        self.unsay_refusal()
        return True

    def fill_money(self, kept: "dict[str, Any]") -> None:
        """What was typed of the money of this account before."""

    # What is owed

    async def _read_board(self, first: bool = False) -> bool:
        units = self._units
        try:
            found = await console(self).ask(asking_billing.board, units)
        except DeskError as error:
            if not first:
                self.close_panel(BILLING)  # somebody else sits here, who may not see it
            self.say(sentence(error), clause=error.clause, refused=True)
            return False
        if units == self._units:  # nobody went on to another account meanwhile
            self._board = found
            self._paint_board(first)
        return True

    def _paint_board(self, first: bool = False) -> None:
        from screens import billing_words

        board, pane = self._board, self.bill_pane
        if board is None:
            return
        cells = pane.owed.size.width or self.size.width
        ticked = [] if first else self._ticked
        several = len(board.account.units) > 1
        pane.head.show([billing_words.head(board, cells)])
        rows = billing_words.entries(board, cells)
        names = billing_words.names_of(board)
        heads = [billing_words.columns(several, cells, names)] if rows else []
        pane.owed.load(billing_words.title(board, ticked, self.less), rows, first, heads)
        wanted = billing_words.sum_of(board, ticked, self.less is None)
        is_less = wanted != billing_words.sum_of(board, ticked)
        pane.paying.propose(wanted, board.payer, is_less)
        self.tell_keys()

    @property
    def _ticked(self) -> list[str]:
        """The charges that are ticked."""
        return [one.key for one in self.bill_pane.owed.ticked]

    def on_bill_list_resized(self) -> None:
        """Another width has room for longer names."""
        self._paint_board()

    def on_entries_pane_changed(self, event: "EntriesPane.Changed") -> None:
        """A tick more: it is kept, and the heading says what they come to."""
        if event.pane == "bill-list":
            event.prevent_default().stop()
            self.keep_bill()
            self._paint_board()

    def on_bill_list_typed(self, event: "BillList.Typed") -> None:
        """A room that is typed over the list is somebody else's."""
        field = self.bill_pane.find
        field.focus()
        field.value = ""
        field.paste(event.words)

    def on_bill_list_back(self) -> None:
        """Esc: one step back, to the line."""
        self.bill_pane.find.focus()
        self.bill_pane.find.select_all()

    def on_find_box_down(self) -> None:
        """To the list, which is theirs who are looked for."""
        if not self.look_for_typed():
            self.bill_pane.owed.focus()

    def look_for_typed(self) -> bool:
        """Whether somebody else stands in the line than in the list; then they are looked for."""
        if self._looked_for:
            self._look_for_account(self.bill_pane.find.value.strip())
        return self._looked_for

    @property
    def _looked_for(self) -> bool:
        return self.bill_pane.find.value.strip() not in ("", " ".join(self._units))

    def on_find_box_left(self) -> None:
        """Esc in the line: enough."""
        self.close_panel(BILLING)

    def on_bill_list_whole(self) -> None:
        """Enter: all that is known of the charge of the cursor."""
        from screens.billing_words import charge_lines

        board, here = self._board, self.bill_pane.owed.chosen
        if board is None or here is None:
            return
        one = next(one for one in board.account.owed if one.debt.charge == here.key)
        pane = self.query_one("#help", Pane)
        pane.print(lambda width: charge_lines(one, board.today, width), anew=True)
        self.open_panel("help", pane)

    # What is kept

    @property
    def _draft_name(self) -> str:
        return f"{KEPT}:{' '.join(self._units)}"

    @property
    def _is_pending(self) -> bool:
        """Whether something is ticked or typed here that is not finished."""
        paying = self.bill_pane.paying
        typed = paying.is_touched or paying.display or self.less is not None
        return self._looked_for or bool(self._ticked) or typed

    @property
    def _half_done(self) -> list[str]:
        """The drafts of accounts, each named by its units."""
        return [name for name in console(self).spool if name.startswith(f"{KEPT}:")]

    def _tell_drafts(self) -> None:
        self.status.amend(draft_bill=bool(self._half_done))

    def bill_typed(self) -> "dict[str, Any]":
        """What of this account is not finished; empty for nothing."""
        ticked = self._ticked
        return {"ticked": ticked} if ticked else {}

    def keep_bill(self) -> None:
        """Into the drafts, as it stands."""
        spool, typed = console(self).spool, self.bill_typed()
        draft = spool.get(self._draft_name)
        if typed or draft.key:
            draft.answers = typed
            spool.put(self._draft_name, draft)
        else:
            spool.drop(self._draft_name)
        units = list(self._units)
        if typed:
            spool.put(KEPT, Draft({"units": units}))
        elif spool.get(KEPT).answers.get("units") == units:
            spool.drop(KEPT)
        self._tell_drafts()

    def _left_over(self) -> "tuple[str, ...]":
        """The account that was in hand when the console ended."""
        kept = console(self).spool.get(KEPT).answers.get("units", ())
        return () if self._units else tuple(str(one) for one in kept)

    @property
    def is_at_counter(self) -> bool:
        """Whether the keys go to the counter."""
        return self.place in PLACES

    def say_no_way_back(self) -> None:
        """Ctrl+Z here takes back no slip that nobody sees, and money only a void does."""
        self.say(_("收款不能撤回：收错了按 F9 作废收据。"), clause="BX-16", refused=True)
