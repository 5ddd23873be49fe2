"""Calls: the same question again with one key, this duty's register, a repair by fields."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from textual import work
from textual.widget import Widget

from screens import asking_calls
from screens.asking_calls import Asker
from screens.base import console
from screens.cards import Cards
from screens.commands import LINE as AT_LINE
from screens.drafts import LINE, Draft
from screens.forms import NEW
from screens.line_counted import counted_words, many_without
from screens.line_words import whom_to_ring
from screens.taking_back import Sent
from screens.widgets.intake_bar import IntakeBar
from screens.widgets.queue_table import QueueTable
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError, NotFound
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.widgets.calls_list import CallsList
    from screens.widgets.choose import Choose, Option
    from wuye_tui.desk import Result
    from wuye_tui.registers.meaning import Proposal
    from wuye_tui.registers.notices import Notice

REGISTER = "register"
BY_FIELDS = f"{NEW}/{REGISTER}"  # the draft of the form for a new repair
NOTICES, ROOM, NO_ROOM = "notices", "room/", "no_room"


class Calls(Cards):
    """What lies under the line while somebody is on the telephone."""

    def panels(self) -> list[Widget]:
        """The register of this duty."""
        from screens.widgets.calls_list import CallsList  # not needed for the first paint

        return [*super().panels(), CallsList(id="calls")]

    @property
    def calls(self) -> "CallsList":
        """The register of this duty."""
        found: Any = self.query_one("#calls")
        return cast("CallsList", found)

    async def read_more(self) -> None:
        """The register, while it is looked at."""
        await super().read_more()
        if self.is_up("calls"):
            try:
                await self._read_calls()
            except DeskError as error:
                self._in_trouble(error)

    # The same question again

    def on_intake_bar_answered(self, event: IntakeBar.Answered) -> None:
        """F9: the caller was answered in the words of the notice."""
        event.stop()
        self._choose_notice(self.asked_notices())

    def action_answer(self) -> None:
        """The same from the palette, for whatever the notice is about."""
        label = self.line_unit
        holding = [one for one in self.in_force if not label or one.concerns(label)]
        self._choose_notice(self.asked_notices() or holding)

    def _choose_notice(self, notices: "Sequence[Notice]") -> None:
        from screens.widgets.choose import Option

        if not notices:
            self.say(_("现在没有这一户的通知；问的事请直接登记。"), refused=True)
        elif len(notices) == 1:
            self._answer_by(notices[0].number)
        else:
            options = [
                Option(f"notice:{one.number}", f"{_(one.subject)} {one.scope}", one.answer)
                for one in notices
            ]
            self._offer(NOTICES, _("按哪个通知回答的？"), options, numbers=True)

    def _answer_by(self, number: str) -> None:
        """For the unit of the line; for none if the line asks; otherwise the room is asked."""
        proposal = self.intake.proposal if self.intake.is_read else None
        if proposal is None or not (self.line_unit or self.asked_notices()):
            self._ask_room(number)
        elif self._may_send():
            asker = self.asker(proposal, self.line_unit)
            self._answer(number, asker, proposal.understood.line)

    def asker(self, proposal: "Proposal | None", unit: str) -> Asker:
        """Who asks, as far as the line says."""
        if proposal is None:
            return Asker(unit)
        u = proposal.understood
        caller = u.caller.name if u.caller else ""
        return Asker(unit, caller, u.phone or "", proposal.channel, u.line)

    def line_answered(self) -> None:
        """The words of the line have been written down with an answer."""

    def beside_words(self) -> dict[str, Any]:
        """What the form takes over from the line beside its words."""
        return {}

    def _ask_room(self, number: str, typed: str = "") -> None:
        from screens.widgets.choose import Option

        subject = next((_(one.subject) for one in self.in_force if one.number == number), number)
        title = _("{subject}：哪一户问的？打房号。").format(subject=subject)
        nobody = [Option(f"{NO_ROOM}:{number}", _("没有说哪一户"))]
        told = _("回车就按这一户记一位。")
        self._offer(f"{ROOM}{number}", title, nobody, typed=typed, nothing=told)

    def _offer(
        self, list_id: str, title: str, options: "Sequence[Option]", typed: str = "", **given: Any
    ) -> None:
        """Offers these. Another list may have been closed just now: what had the focus under it has
        it again first, and will have it once more.
        """

        def offer() -> None:
            self.open_panel("choose", self.choose.field)
            self.choose.offer(list_id, title, options, **given)
            self.choose.field.value = typed
            self.choose.field.cursor_position = len(typed)

        self.app.call_later(offer)

    def on_choose_chosen(self, event: "Choose.Chosen") -> None:
        """A notice, or the room that asked about it."""
        kind, _colon, number = event.id.partition(":")
        if event.list == NOTICES and kind == "notice":
            self._answer_by(number)
        elif event.list.startswith(ROOM):
            number, unit = event.list.removeprefix(ROOM), "" if kind == NO_ROOM else event.typed
            if self._may_send():
                self._answer(number, self.asker(None, unit), "")
            else:
                self._ask_room(number, unit)

    @work(group="line")
    async def _answer(self, number: str, asker: Asker, words: str) -> None:
        """Counts it; `words` are the line that goes with it, if any does."""
        app = console(self)
        draft = app.spool.get(LINE) if words else Draft()
        try:
            if await self._saved_before(draft, f"{words}|{number}"):
                return
            key = draft.key_for(f"{words}|{number}")
            await app.write_drafts()
            done = await app.ask(asking_calls.answer, number, asker, key)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            if not words:
                self._ask_room(number, asker.unit)
            return
        finally:
            self._sent()
        sent = Sent(LINE, draft, bool(asker.left)) if words else None
        self.was_taken({}, str(done["contact"]), sent)
        if words:
            self.line_answered()
            app.spool.drop(LINE)
            self.intake.taken(words)
            self.keep_line()
        await self.reload()
        self._say_answered(number)

    def _say_answered(self, number: str) -> None:
        found = next((one for one in self.in_force if one.number == number), None)
        if found is not None:
            told = _("{subject}，第 {n} 位：已按通知回答，没有开单。")
            self.say(told.format(subject=_(found.subject), n=found.asked))

    async def _after(self, result: "Result") -> None:
        """An enquiry is answered and counted, and a car's owner can be rung now; the others say
        what they did themselves.
        """
        await super()._after(result)
        if not result.get("contact"):
            return
        try:
            if not result.get("number"):
                await self._count(str(result["contact"]))
            cars = await console(self).ask(asking_calls.cars_to_ring, str(result["contact"]))
            supply, homes = await console(self).ask(asking_calls.supply_off, str(result["contact"]))
        except NotFound:  # a complaint about whoever has just taken it down (FW-M.9)
            return
        except DeskError as error:
            self._in_trouble(error)
            return
        if cars:
            self.say(" ".join([*(whom_to_ring(car, car.phone) for car in cars), self.news]))
        if told := many_without(supply, homes):
            self.say(f"{told} {self.news}")

    async def _count(self, contact: str) -> None:
        duty = self._duty()
        counted = await console(self).ask(
            asking_calls.counted, contact, duty.started if duty else None
        )
        if told := counted_words(contact, *counted):
            self.say(told)

    # The register of this duty

    def action_line(self) -> None:
        """F2: the line, from anywhere, as it was; there already, what was taken down this duty."""
        if self.place != AT_LINE:
            self.intake.field.focus()
        elif not console(self).is_open:
            return
        elif self.panel == "calls":
            self.close_calls()
        else:
            self.card_aside = True
            self._show_calls(to_list=False)

    def action_calls(self) -> None:
        """The register, from the palette."""
        self._show_calls(to_list=True)

    def close_calls(self) -> None:
        """The register gives way to what it covers."""
        self.card_aside = False
        self.close_panel("calls")
        self.paint_unit()

    @work(exclusive=True, group="calls")
    async def _show_calls(self, to_list: bool) -> None:
        try:
            await self._read_calls()
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return
        self.open_panel("calls", self.calls if to_list else None)
        self.paint_unit()

    async def _read_calls(self) -> None:
        duty, desk = self._duty(), console(self).desk
        read = await console(self).ask(asking_calls.of_duty, duty.started if duty else None)
        self.calls.load(read, desk.now(), desk.zone)

    def on_calls_list_left(self) -> None:
        """Looked enough."""
        self.close_calls()

    def on_calls_list_opened(self, event: "CallsList.Opened") -> None:
        """The slip of a call, as it opens from the queue."""
        event.stop()
        number = next(iter(event.row.matters), "")
        if not number:
            self.say(_("这个来电没有开单。"))
            return
        self.queue.select(number)
        self.post_message(QueueTable.Opened(number))

    def key_words(self, place: str) -> dict[str, str]:
        """F2 at the line shows this duty's register, and takes it away again."""
        words = super().key_words(place)
        if place == AT_LINE:
            words["line"] = _("收起") if self.panel == "calls" else _("本班")
        return words

    # By fields

    def action_new(self) -> None:
        """Ctrl+N: a repair by fields, with what the line holds already."""
        if self.intake.words.strip():
            self._carry(self.intake.words)
        else:
            self._tell_whose()
            self.open_form("", REGISTER)

    def _tell_whose(self) -> None:
        """A form that was left half filled in is another caller's more often than not."""
        name, spool = f"{NEW}/{REGISTER}", console(self).spool
        if name not in spool or (self.form is not None and self.form.draft_name == name):
            return
        before = spool.get(name).answers
        said = " ".join(
            str(before[asked]) for asked in ("unit", "place", "caller", "text") if before.get(asked)
        )
        if said:
            told = _("这一张没登记完：{said}。别的来电按 F2 打一句话，或先 F10「丢掉草稿」。")
            self.say(told.format(said=said))

    @work(group="line")
    async def _carry(self, words: str) -> None:
        """Moves the line into the form, unless that is half filled in for somebody else."""
        app = console(self)
        if BY_FIELDS in app.spool:
            told = _("先登记完这一张：它是填了一半的；来电那一行的字还在。")
            self.say(told, refused=True)
        else:
            try:
                answers = await app.ask(asking_calls.by_fields, words, self.intake.picked)
            except DeskError as error:
                self.say(sentence(error), clause=error.clause, refused=True)
                return
            if self.form is not None and self.form.draft_name == BY_FIELDS:
                await self.close_form().wait()
            app.spool.put(BY_FIELDS, Draft({**answers, **self.beside_words()}))
            self.intake.taken(words)
            self.keep_line()
        self.open_form("", REGISTER)
