"""The screen as it lives: a beat a second, other people's acts within a second, the slip in sight.

Reading is done in threads; a database that cannot be read is said once, and once that it is back.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from textual import work

from screens import asking
from screens.asking import Picture, Slip
from screens.base import console
from screens.frame import STAYS, Frame
from screens.line_words import joinable
from screens.widgets.painted import Line, Painted
from screens.widgets.pane import Pane
from screens.widgets.queue_table import QueueTable
from screens.wording import is_late, price, sentence
from wuye_tui.rules.errors import BadFile, DeskError, NotFound
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.widgets.card import CardPane
    from wuye_tui.reference import Card
    from wuye_tui.registers.duties import DutyNow
    from wuye_tui.registers.queue import QueueRow

Action = Callable[[], None]
BEAT = 1.0  # seconds
TICK_EVERY = 5  # beats
DESK_POST = "desk"


class Watching(Frame):
    """What is shown follows the clock and the register."""

    def __init__(self) -> None:
        super().__init__()
        self.number = ""  # of the slip that keys act on
        self.slip: Slip | None = None
        self._picture: Picture | None = None
        self._beats = 0
        self._polling = False
        self._trouble = ""
        self._of_file = False  # the trouble is with a file of the office's own
        self._rung: set[tuple[str, str, datetime]] | None = None
        self._wanted: Action | None = None
        self._cards: Mapping[str, Card] = {}
        self._cards_told = ""
        self.person = ""
        self.title = ""  # what they are to the office

    def on_mount(self) -> None:
        """Focus first, so that typing can begin with the first paint."""
        self.intake.field.focus()
        self.set_interval(BEAT, self.beat)

    def beat(self) -> None:
        """Once a second: the time that is left, and a look whether anybody did anything."""
        if not console(self).is_open:
            return
        self._beats += 1
        self.queue.beat(console(self).desk.now())
        self._tell_status()
        self._paint_slip()
        self.show_card()
        self.beat_more()
        if not self._polling:
            self._poll(self._beats % TICK_EVERY == 1)

    @work(exclusive=True, group="refresh")
    async def refresh_all(self) -> None:
        """Reads everything anew."""
        await self.reload()

    async def reload(self) -> None:
        """The queue, the duties, and the slip in sight."""
        from screens.slip_words import event_lines  # not needed for the first paint

        try:
            picture = await console(self).ask(asking.picture)
        except DeskError as error:
            self._in_trouble(error)
            return
        self._out_of_trouble()
        if self._picture is not None and picture.beat < self._picture.beat:
            return  # read before an act that has been shown already
        if picture.behind and not (self._picture and self._picture.behind):
            self.say(picture.behind, refused=True, about=STAYS)
        self._picture = picture
        self.intake.price(
            {item.code: f"{item.code} {item.name} {price(item)}" for item in picture.priced}
        )
        desk = console(self).desk
        self.queue.load(picture.rows, desk.now(), desk.zone)
        self.query_one("#events", Painted).show(event_lines(picture.events, desk.now(), desk.zone))
        self._tell_status()
        await self._read_cards()
        await self._read_slip()
        await self.read_more()

    async def read_more(self) -> None:
        """What further parts of the screen read after every act of anybody."""

    def beat_more(self) -> None:
        """What further parts of the screen do once a second; it asks the database nothing."""

    async def _read_cards(self) -> None:
        """Whose number stands on them changes with the duties. An office's file that cannot be
        read is said once, and costs nothing but the cards.
        """
        try:
            self._cards = await console(self).ask(asking.cards)
        except DeskError as error:
            if self._cards_told != str(error):
                self._cards_told = str(error)
                self.say(sentence(error), refused=True)

    @property
    def emergency(self) -> str:
        """The kind of emergency that the line speaks of; while nothing is typed there, that of the
        slip in sight until its work is done. Empty if it is none.
        """
        proposal = self.intake.proposal
        kind = proposal.understood.emergency if proposal else None
        return kind.value if kind else self._danger

    @property
    def _danger(self) -> str:
        if self.slip is None or self.intake.words.strip() or self.panel not in ("queue", "slip"):
            return ""
        from wuye_tui.rules.repair_facts import danger  # not needed for the first paint

        now = self.slip.view.situation
        return danger(now.state, now.facts) if self.slip.view.number == self.queue.number else ""

    @property
    def emergency_at(self) -> str:
        """The unit or the public place that it is at; empty while it is not known."""
        proposal = self.intake.proposal
        if proposal is None:
            facts = self.slip.view.situation.facts if self.slip and self._danger else {}
            return str(facts.get("unit") or facts.get("place") or "")
        return proposal.unit.label if proposal.unit else proposal.place

    @property
    def card(self) -> "Card | None":
        """The card of the emergency that is in hand."""
        return self._cards.get(self.emergency)

    def show_card(self) -> None:
        """The card above the work, while there is an emergency; the help has it whole."""
        if (pane := self.part("card")) is not None:
            cast("CardPane", pane).tell(
                self.card if self.panel != "help" else None, self.emergency_at
            )

    @work(group="poll")
    async def _poll(self, tick: bool) -> None:
        self._polling = True
        try:
            fired = await console(self).ask(asking.tick) if tick else []
            beat = await console(self).ask(asking.heartbeat)
        except DeskError as error:
            self._in_trouble(error)
        else:
            seen = self._picture
            if seen is not None:  # while nothing was read, reading says whether it can be
                self._out_of_trouble()
            if seen is not None and beat == seen.beat + 1 and asking.only_told(fired):
                self._picture = replace(seen, beat=beat)  # rows turn late by the clock alone
            elif seen is None or beat != seen.beat:
                await self.reload()
        finally:
            self._polling = False

    def on_queue_table_selected(self, event: QueueTable.Selected) -> None:
        """Another matter."""
        event.stop()
        if event.number != self.number:
            # A matter's news name the key for its next step; another one has the cursor now.
            self.unsay(lambda about: "-" in about and about != event.number)
            self.look_at(event.number)

    @work(exclusive=True, group="slip")
    async def look_at(self, number: str) -> None:
        """Shows this slip."""
        self.number = number
        for pane in self._panes():
            pane.top = 0
        await self._read_slip()

    async def _read_slip(self) -> None:
        number = self.number
        try:
            found = await console(self).ask(asking.slip, number) if number else None
        except NotFound:  # whoever sits here now must not see it (FW-M.9)
            found = None
        except DeskError as error:
            self._in_trouble(error)
            self._wanted = None
            return
        if number == self.number:  # nobody went on meanwhile
            self.slip = found
            self.show_card()
            self._paint_slip()
            self.tell_keys()
            self._do_wanted()

    @property
    def is_sending(self) -> bool:
        """Whether an act is under way."""
        return False

    def with_slip(self, action: Action) -> None:
        """Does it to the slip of the cursor, as soon as that one has been read.

        A key that comes with the arrow must not hit the slip that was there before.
        """
        self._wanted = action
        self._do_wanted()

    @property
    def is_awaited(self) -> bool:
        """Whether a key waits for its slip to be read."""
        return self._wanted is not None

    def _do_wanted(self) -> None:
        number = self.slip.view.number if self.slip else ""
        if self._wanted is not None and number == self.queue.number and not self.is_sending:
            action, self._wanted = self._wanted, None
            action()

    def _panes(self) -> list[Pane]:
        return [self.part("side"), self.part("slip")]

    def _paint_slip(self) -> None:
        if not console(self).is_open:
            return
        for pane in self._panes():
            pane.print(self._printed_slip if self.slip else None)

    def _printed_slip(self, width: int) -> list[Line]:
        from screens.offers import step_word
        from screens.slip_words import Page, slip_lines

        desk = console(self).desk
        draft = self.draft_of(self.slip.view.number) if self.slip else ""
        half_filled = step_word(draft) if draft else ""
        page = Page(
            desk.zone,
            desk.now(),
            width - 1,
            self.intake.items,
            half_filled,
            self.way_to_steps,
            self.is_whole,
        )
        return slip_lines(self.slip, page) if self.slip else []

    @property
    def is_whole(self) -> bool:
        """Whether the numbers of the slip in sight are shown whole."""
        return False

    @property
    def way_to_steps(self) -> str | None:
        """The key before those of the steps of the slip in sight; None where they lead nowhere."""
        return ""

    @property
    def drafts(self) -> list[str]:
        """The names of the forms that are half filled in."""
        return [name for name in console(self).spool if "/" in name]

    def draft_of(self, number: str) -> str:
        """The name of the last draft of a matter's form; empty if there is none."""
        return next((name for name in reversed(self.drafts) if name.startswith(f"{number}/")), "")

    def _tell_status(self) -> None:
        desk = console(self).desk
        now = desk.now()
        rows = self._picture.rows if self._picture else []
        overdue = [row for row in rows if row.due and is_late(row.due.due, now)]
        self._ring(overdue)
        drafts = self.drafts
        self.queue.mark(name.partition("/")[0] for name in drafts)
        self.status.amend(
            office=desk.office.name,
            training=desk.office.training,
            person=self.person,
            title=self.title,
            duty=self._duty(),
            now=now,
            zone=desk.zone,
            overdue=len(overdue),
            callbacks=sum(row.kind == "callback" for row in overdue),
            first=next((row for row in rows if row.due), None),
            open=len(rows),
            known=self._picture is not None,
            draft_line=bool(self.intake.words.strip()),
            draft_forms=len(drafts),
        )

    def _duty(self) -> "DutyNow | None":
        duties = self._picture.duties if self._picture else []
        return next((duty for duty in duties if duty.post == DESK_POST), None)

    def _ring(self, overdue: "Iterable[QueueRow]") -> None:
        """One bell when a deadline passes; those that had passed before are only shown."""
        if self._picture is None:
            return
        passed = {(row.number, row.due.name, row.due.due) for row in overdue if row.due}
        if self._rung is not None and passed - self._rung:
            self.app.bell()
        self._rung = passed | (self._rung or set())

    def _in_trouble(self, error: DeskError) -> None:
        """Says it once, not with every beat; while nothing was read, in place of the queue too."""
        of_file = isinstance(error, BadFile)  # one that is mended may have a second fault
        kind = str(error) if of_file else type(error).__name__
        self.status.amend(is_cut=error.is_cut)
        if self._picture is None:
            self.queue.lack(sentence(error))
        if kind != self._trouble:
            self._trouble, self._of_file = kind, of_file
            self.say(sentence(error), clause=error.clause, refused=True, about=STAYS)

    def _out_of_trouble(self) -> None:
        self.status.amend(is_cut=False)
        if self._trouble:
            self._trouble = ""
            self.say(_("资料文件又能用了。") if self._of_file else _("数据库又能用了。"))

    def key_words(self, place: str) -> dict[str, str]:
        """F7 says which step it takes; F9 is there only when there is something to join."""
        words = dict(super().key_words(place))
        open_ = bool(self.slip and self.slip.view.following)
        if place != "form":
            usual = self.slip.usual if self.slip else None
            words["main"] = _(usual.word) if usual else _("下一步") if open_ else ""
        words["steps"] = _("其他步骤") if open_ else ""
        if self.draft_of(self.queue.number):
            words["open"] = _("接着填")
            if place != "form":
                words["main"] = _("接着填")
        proposal = self.intake.proposal
        words["join"] = _("并入") if proposal and joinable(proposal) else ""
        return words
