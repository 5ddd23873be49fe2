"""The screen of First light: every command of the table, and what the palette offers."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType

from screens import asking
from screens.asking_dispatch import JOINED
from screens.base import console
from screens.commands import (
    CALLBACKS,
    CALLS,
    DESK,
    FORM,
    LINE,
    NOTICES,
    PANE,
    PAPER,
    QUEUE,
    bindings,
)
from screens.eyes import Eyes
from screens.frame import SearchBox
from screens.parts import PARTS, UNITS
from screens.printing import FORMS
from screens.reaching import PALETTE
from screens.widgets.intake_bar import IntakeBar
from screens.widgets.painted import Line
from screens.widgets.pane import Pane
from screens.widgets.queue_table import QueueTable
from screens.wording import full_number, sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.widgets.choose import Choose

STEPS, CLOCK = "steps", "clock"
WITHHELD = "withheld"  # a step that is looked for, and not offered


class Dispatch(Eyes):
    """One action for each command that works everywhere, and the answers of the panels."""

    # Here and not in the frame: Textual reads them again for each class that is built on it.
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(DESK)]

    def action_work(self) -> None:
        """F3: the slips, or the form that is being filled in, after a restart too; never a list
        that lies over them, which Esc leads back to.
        """
        self.close_lists()
        if self.panel == "queue" and self.place == LINE and self.left_open:
            self.go_on(self.left_open)
        self.focus_work()

    def action_main(self) -> None:
        """F7: makes a slip of the line; saves the form that is being filled in; otherwise the next
        step of what is ticked, or of the slip.
        """
        form = self.form if self.means_form and not self.is_sending else None
        if self.line_has_key:
            self.intake.action_submit()  # what the line speaks of, not what its card covers
        elif form is not None and not form.is_saved:
            form.save_by_key()
        elif self.has_own_keys:
            self.own_main()
        elif self.place == CALLS and self.calls.row is not None and self.calls.row.is_left:
            self.make_of_left(self.calls.row)
        elif self.is_joint:
            self.take_together(usual=True)
        else:
            self.with_meant(self._next_step)

    def _next_step(self) -> None:
        slip = self.slip
        if slip is not None and (draft := self.draft_of(slip.view.number)):
            self.go_on(draft)  # an emergency that was put aside is not an ordinary slip
        elif slip is not None and slip.usual is not None:
            self.open_form(slip.view.number, slip.usual.verb)
        else:
            self._offer_steps()

    def action_save(self) -> None:
        """Ctrl+S: saves the form."""
        if self.form is not None and self.place == FORM:
            self.form.action_save()

    def action_steps(self) -> None:
        """F8: every step that is open now, to all that is ticked or to the slip."""
        if self.has_own_keys:
            self.own_steps()
        elif self.is_joint:
            self.take_together(usual=False)
        else:
            self.with_meant(self._offer_steps)

    def action_join(self) -> None:
        """F9: the line joins an open slip."""
        self.intake.action_join()

    def action_palette(self) -> None:
        """F10: everything, by its words."""
        from screens.dispatch_words import half_filled_together  # not needed for the first paint
        from screens.offers import everything, half_filled, step_word

        desk = console(self).desk
        today = desk.now().astimezone(desk.zone).date()
        rows = self.queue.every
        drafts = [
            half_filled_together(name, step_word(name), today)
            if JOINED in name
            else half_filled(name, rows, today)
            for name in self.drafts
        ]
        options = everything(self.slip, drafts, desk.office.training)
        nothing = _("没有这样的命令；要看某张单就打它的单号，回车。")
        self.open_panel("choose", self.choose.field)
        self.choose.offer(PALETTE, _("命令"), options, nothing=nothing)

    def action_help(self) -> None:
        """F1: the keys here, and the clause in question."""
        self._show_help(self.place)

    def action_lock(self) -> None:
        """F12: away from the desk, or somebody else."""
        self.keep_all()
        self.show_lock(console(self).desk.staff)

    def action_filter(self) -> None:
        """Ctrl+F: part of the queue."""
        field = self.query_one(SearchBox)
        field.display = True
        self.open_panel("queue", field)

    def action_undo(self) -> None:
        """Ctrl+Z, where no field has anything to take back. While words stand in the line it is
        theirs: the call before was another caller's.
        """
        if self.place == LINE and self.intake.words.strip():
            told = _("来电这一行还有字，没有撤回别的：要撤回上一件，先按 Esc，再按 Ctrl+Z。")
            self.say(told, refused=True, about=LINE)
        elif self.is_at_counter:
            self.say_no_way_back()
        else:
            self.take_back()

    def action_refresh(self) -> None:
        """Ctrl+R."""
        self.refresh_all()

    def action_quit(self) -> None:
        """Ctrl+Q: what is half typed is kept, so nothing is asked."""
        self.keep_all()
        self.app.exit(0)

    # What the panels say

    @on(SearchBox.Changed, "#filter")
    def _search(self, event: SearchBox.Changed) -> None:
        """The search follows every key."""
        self.queue.filter(event.value)

    @on(SearchBox.Submitted, "#filter")
    def _found(self, event: SearchBox.Submitted) -> None:
        """Enter: to the slip that was found, or to the one whose number was typed."""
        if self.queue.rows or not event.value.strip():
            self.queue.focus()
        else:
            self._look_up(event.value)

    def on_search_box_cleared(self) -> None:
        """Esc: all of them again."""
        self.clear_search()
        self.close_panel("queue")
        if self.panel == "queue":
            self.queue.focus()

    def on_intake_bar_left(self, event: IntakeBar.Left) -> None:
        """From the line to what lies below."""
        event.stop()
        self.focus_work()

    def on_queue_table_opened(self, event: QueueTable.Opened) -> None:
        """Enter on a line of the queue: the slip whole, and over it the form that waits."""
        event.stop()
        self._show_slip()
        if draft := self.draft_of(event.number):
            self.go_on(draft)

    def on_pane_left(self, event: Pane.Left) -> None:
        """Read enough."""
        event.stop()
        if self.panel in ("slip", "help", PAPER) and self.place in (PANE, PAPER):
            self.close_panel(self.panel)
        else:
            self.focus_work()

    def on_choose_cancelled(self, event: "Choose.Cancelled") -> None:
        """Nothing was chosen."""
        event.stop()
        self.close_panel("choose")

    def on_choose_chosen(self, event: "Choose.Chosen") -> None:
        """A step, a command, a draft; or only words."""
        event.stop()
        self.close_panel("choose")
        kind, _colon, name = event.id.partition(":")
        if not event.id:
            self._typed(event.list, event.typed)
        elif kind in ("step", "draft"):
            self.go_on(name)
        elif kind == WITHHELD:
            self._say_no(name)
        elif kind == PARTS:
            self.choose_part(name)
        elif kind == FORMS:
            self.show_form(name)
        elif kind == "cmd":
            self._command(name)

    def _say_no(self, verb: str) -> None:
        """Why a step is not open, with its clause: the help has it whole."""
        found = self.slip.view.withheld if self.slip else ()
        for row, guard in found:
            if row.verb == verb:
                told = _("现在不能「{step}」：{why}").format(step=_(row.word), why=_(guard.word))
                self.say(told, clause=guard.clause, refused=True)

    def _command(self, name: str) -> None:
        if name == "clock":
            ask = _("演练时间改到几点？写成 17:50、明天9点 或 2026-11-21 17:50，回车。")
            self.open_panel("choose", self.choose.field)
            self.choose.offer(CLOCK, _("设定演练时间"), [], nothing=ask)
        elif "(" in name:
            self.call_later(self.run_action, name)
        else:
            getattr(self, f"action_{name}")()

    def _typed(self, list_id: str, typed: str) -> None:
        if list_id == CLOCK:
            self.set_clock(typed)
        elif list_id == UNITS:
            self.choose_part("unit", typed)
        elif list_id == PALETTE:
            self._look_up(typed)

    def action_duty(self) -> None:
        """From now on whoever sits here holds the desk."""
        self.start_duty()

    def action_go_on(self) -> None:
        """The same person goes on with the next duty."""
        self.start_duty()

    def action_theme(self) -> None:
        """The next look, from now on and with the next start."""
        self.next_theme()

    # Questions that take a while

    def _offer_steps(self) -> None:
        from screens.offers import steps, steps_title, withheld

        assert self.slip is not None
        options = steps(self.slip)
        if not options:
            told = _("{number} 没有您现在能走的步骤。")
            if self.slip.view.situation.state in self.slip.view.cycle.final:
                told = _("{number} 已经结束了：用上下键选一张。")
            self.say(told.format(number=self.slip.view.number), refused=True)
            return
        self.open_panel("choose", self.choose.field)
        title, absent = steps_title(self.slip), withheld(self.slip)
        self.choose.offer(STEPS, title, options, numbers=True, absent=absent)

    def _show_slip(self) -> None:
        if self.is_wide:
            self.query_one("#side", Pane).focus()
        else:
            self.open_panel("slip", self.query_one("#slip", Pane))
        self._paint_slip()

    @work(exclusive=True, group="help")
    async def _show_help(self, place: str) -> None:
        from screens.help_words import help_lines
        from screens.widgets.card import WHOLE, card_lines

        card, where = self.card, self.emergency_at
        row = next((one for one in self.queue.every if one.number == self.meant), None)
        form = self.form if place == FORM else None
        clock = (
            row.due.clause if row and row.due and place in (QUEUE, PANE, NOTICES, CALLBACKS) else ""
        )
        wanted = [form.clause if form else "", self.clause, clock]
        try:
            known = await console(self).ask(asking.clauses)
            spoken = await console(self).ask(asking.phrases) if place == LINE else ()
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return
        pane = self.query_one("#help", Pane)

        def printed(width: int) -> list[Line]:
            first = card_lines(card, width, WHOLE, where) if card else []
            return [*first, *help_lines(place, wanted, known, width, spoken)]

        pane.print(printed, anew=True)
        self.open_panel("help", pane)

    @work(exclusive=True, group="look")
    async def _look_up(self, typed: str) -> None:
        desk = console(self).desk
        number = full_number(typed, desk.now().astimezone(desk.zone).date())
        try:
            await console(self).ask(asking.slip, number)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return
        self.queue.select(number)
        await self.look_at(number).wait()
        self._show_slip()
