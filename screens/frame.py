"""The frame of the screen: status, line, work area, news and keys; panels over one another.

The line is always there and no panel covers it, so a call can be taken with a form half filled in:
both keep their words and their cursor.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from screens.base import console
from screens.commands import (
    BILLING,
    BY_ID,
    CALLS,
    CHOOSE,
    COUNTED,
    DESK,
    FILTER,
    FORM,
    HANDOVER,
    LINE,
    LOG,
    LOOK,
    NIGHT,
    PANE,
    PAPER,
    QUEUE,
    RECORDS,
    STATUS,
    WORKERS,
    bindings,
    keyed,
)
from screens.laid import Laid
from screens.widgets.cjk_input import CjkInput
from screens.widgets.intake_bar import IntakeBar
from screens.widgets.key_bar import KeyBar
from screens.widgets.news import News
from screens.widgets.painted import Painted
from screens.widgets.pane import Pane
from screens.widgets.part_table import PartTable
from screens.widgets.status_line import StatusLine
from wuye_tui.rules.text import Field
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.widgets import choose
    from screens.widgets.step_form import StepForm

STAYS = "stays"  # what is said about the machine stays until it is over
CUT = "cut"  # that words were left out stays until those that are left are gone
WIDE, BROAD, HIGH = 110, 160, 35
FLAT, TINY = 12, 8  # under so many lines the line and the focus have what room there is
# A panel that is not named here has keys of its own, under its own name.
# The tab of a panel; any other is of the slips.
_TABS = {HANDOVER: "handover", NIGHT: "watch", BILLING: "billing"}
_OVER = (CHOOSE, PANE, PAPER)  # what is opened over the counter is of it
_PLACES = {
    "queue": QUEUE, "form-box": FORM, "choose": CHOOSE, "slip": PANE, "help": PANE, "calls": CALLS,
    "workers": WORKERS, "archive": RECORDS, "supervisor": RECORDS, "behind": RECORDS,
}  # fmt: skip


class SearchBox(CjkInput):
    """What to look for in the queue."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FILTER)]

    class Cleared(Message):
        """Looked enough."""

    def __init__(self, **given: Any) -> None:
        super().__init__(field=Field.SEARCH, **given)

    def action_found(self) -> None:
        """Enter."""
        self.post_message(self.Submitted(self, self.value))

    def action_clear(self) -> None:
        """Esc."""
        self.post_message(self.Cleared())


@dataclass(frozen=True)
class _Covered:
    """A panel under the one that is seen, and what had the focus when it was covered."""

    panel: str
    focused: Widget | None


class Frame(Laid[None]):
    """Where things stand and what has the focus; it asks and does nothing itself."""

    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (TINY, "-flat"), (FLAT, "-low"), (HIGH, "-high")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide"), (BROAD, "-broad")]

    def __init__(self) -> None:
        super().__init__()
        self.clause = ""  # of the last refusal
        self._cut_off = ""  # the sentence that said so last
        self._news_about = ("", ("", ""))  # what the last news are about, and the news
        self._covered: list[_Covered] = []
        self._last_at_work: Widget | None = None
        self._parts: dict[str, Any] = {}

    def compose(self) -> ComposeResult:
        """What the first paint shows, from the top to the bottom."""
        self._fit()
        yield StatusLine(id="status")
        yield IntakeBar(id="intake")
        switcher = ContentSwitcher(id="work", initial="queue")
        with Horizontal(id="body"), Vertical(id="left"), switcher, Vertical(id="queue"):
            yield PartTable(id="table")
        yield News(id="news")
        yield KeyBar(id="keys")

    def _fit(self) -> None:
        """Takes the terminal's size before there are parts: they need not be styled twice."""
        width, height = self.app.size
        fits = [
            [name for least, name in breaks if size >= least][-1:]
            for size, breaks in (
                (width, self.HORIZONTAL_BREAKPOINTS),
                (height, self.VERTICAL_BREAKPOINTS),
            )
        ]
        self.add_class(*chain(*fits))

    async def furnish(self) -> None:
        """Everything else, while the desk is being opened."""
        from screens.widgets.card import CardPane  # not needed for the first paint
        from screens.widgets.choose import Choose

        work = self.query_one("#work", ContentSwitcher)
        with self.app.batch_update():
            await self.query_one("#queue").mount(SearchBox(id="filter"), before=0)
            await self.query_one("#left").mount(CardPane(id="card"), before=0)
            own = (Vertical(id="form-box"), Choose(id="choose"), Pane(id="slip"), Pane(id="help"))
            for panel in (*own, *self.panels()):
                await work.add_content(panel)
            for strip in self.strips():
                await self.mount(strip, before="#intake")
            await self.query_one("#left").mount(Painted(id="events"))
            await self.query_one("#body").mount(Pane(id="side"))

    def panels(self) -> list[Widget]:
        """Further panels of the work area; each is seen by `open_panel` and its id."""
        return []

    def strips(self) -> list[Widget]:
        """What may stand between status and line, and take no room while it has nothing to say."""
        return []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Before the desk is open there is a line to type into, and the way out."""
        early = action in ("line", "quit") or action not in BY_ID
        return (early or console(self).is_open) and super().check_action(action, parameters)

    def part(self, name: str) -> Any:
        """The part of the screen with this id; None while it is not there.

        It is kept: looking through the whole screen several times a second costs a slow machine
        more than painting it.
        """
        found = self._parts.get(name)
        if found is None or not found.is_attached:
            found = self._parts[name] = next(iter(self.query(f"#{name}")), None)
        return found

    @property
    def status(self) -> StatusLine:
        """The two lines at the top."""
        return cast("StatusLine", self.part("status"))

    @property
    def intake(self) -> IntakeBar:
        """The line."""
        return cast("IntakeBar", self.part("intake"))

    @property
    def queue(self) -> PartTable:
        """The queue."""
        return cast("PartTable", self.part("table"))

    @property
    def choose(self) -> "choose.Choose":
        """The list to choose from."""
        found: Any = self.query_one("#choose")
        return cast("choose.Choose", found)

    @property
    def form(self) -> "StepForm | None":
        """The form that is open, covered or not."""
        box = self.part("form-box")
        found: Any = next((one for one in box.children if one.id == "form"), None) if box else None
        return cast("StepForm | None", found)

    @property
    def panel(self) -> str:
        """Which panel is seen in the work area."""
        return self.part("work").current or "queue"

    def is_up(self, panel: str) -> bool:
        """Whether a panel is seen, or comes back when what lies over it is done."""
        return panel == self.panel or any(one.panel == panel for one in self._covered)

    @property
    def place(self) -> str:
        """Where the focus is, as the table of commands calls it."""
        focused = self.focused
        if focused is None:
            return _PLACES.get(self.panel, self.panel)
        inside = {node.id for node in focused.ancestors_with_self}
        if "intake" in inside:
            return LINE
        if "status" in inside:
            return STATUS
        if "filter" in inside:
            return FILTER
        return PANE if "side" in inside else _PLACES.get(self.panel, self.panel)

    @property
    def is_wide(self) -> bool:
        """Whether the slip has its own place at the right."""
        return self.size.width >= WIDE

    def say(self, words: str, *, clause: str = "", refused: bool = False, about: str = "") -> None:
        """Says it on the line of news; it stays there until something else is said, or until what
        it is `about` is in hand no more: the number of a matter, or LINE for the words of the line.
        """
        if refused:
            self.clause = clause
        role = "late" if refused else "good"
        news = self.query_one(News)
        news.tell(keyed(words), role)
        self._news_about = (about, news.said)

    def is_news_about(self, about: str) -> bool:
        """Whether what was said last is about this, and still stands there."""
        return bool(about) and self._news_about == (about, self.query_one(News).said)

    def keep_news(self, about: str) -> None:
        """What was said stays, though what it is about has left the list of what is in hand."""
        if self.is_news_about(about):
            self._news_about = ("", self._news_about[1])

    def unsay(self, is_past: Callable[[str], bool]) -> None:
        """Takes back the news if what they are about is past; not those of somebody else's that
        stand before them for a while.
        """
        news = self.query_one(News)
        about, said = self._news_about
        if said == news.said and is_past(about):
            news.tell("", "good")

    def unsay_refusal(self) -> None:
        """A refusal is past when what it was about goes on; what the machine lacks is not."""
        if self.query_one(News).said[1] == "late":
            self.unsay(lambda about: about != STAYS)

    @property
    def news(self) -> str:
        """What was said last."""
        return self.query_one(News).said[0]

    def open_panel(self, panel: str, target: Widget | None) -> None:
        """Shows a panel over what is there, and gives it the focus."""
        if self.panel != panel:
            self._covered.append(_Covered(self.panel, self.focused))
            self.query_one("#work", ContentSwitcher).current = panel
        self.unsay(lambda about: about == COUNTED != self.panel)
        if target is not None:
            target.focus()

    def close_panel(self, panel: str) -> None:
        """Takes a panel away; what had the focus under it has it again."""
        if self.panel != panel:
            self._covered = [one for one in self._covered if one.panel != panel]
            return
        under = self._covered.pop() if self._covered else _Covered("queue", self.queue)
        self.query_one("#work", ContentSwitcher).current = under.panel
        self.unsay(lambda about: about == COUNTED != self.panel)
        if under.focused is self.status:
            self.status.rise()  # it takes the focus only when it is gone up to
        elif under.focused is not None and under.focused.is_attached and under.focused.focusable:
            self.set_focus(under.focused)  # at once: what opens next comes back to here
        else:
            self.focus_work()

    def focus_work(self) -> None:
        """To the work area: where the focus was in it, or where its panel begins."""
        last = self._last_at_work
        seen = self.query_one(f"#{self.panel}")
        if last is not None and last.is_attached and seen in last.ancestors_with_self:
            last.focus()
        elif self.panel == "form-box" and self.form is not None:
            self.form.enter()
        else:
            starts: dict[str, Any] = {"queue": self.queue, "choose": self.choose.field}
            starts.get(self.panel, seen).focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Another place: other keys, another tab."""
        if isinstance(event.widget, CjkInput):
            event.widget.cursor_blink = False  # or it would cost a slow line 6 KB every second
        work = self.query_one("#work")
        if work in event.widget.ancestors_with_self:
            self._last_at_work = event.widget
        if self.part("table") is not None:  # gone already, while the application ends
            self.tell_keys()

    def on_cjk_input_overflow(self, event: CjkInput.Overflow) -> None:
        """Nothing is cut off in silence."""
        told = _("最多 {most} 个字，后面的 {dropped} 个没有放进去。")
        words = told.format(most=event.most, dropped=event.dropped)
        self.say(words, refused=True, about=CUT)  # the words that are left are typed after it
        self._cut_off = self.news

    def on_cjk_input_scrubbed(self, event: CjkInput.Scrubbed) -> None:
        """Nor left out. A terminal without brackets brings one paste in pieces: that it was cut off
        is the worse news, and stays.
        """
        if self.news and self.news == self._cut_off:
            return
        told = _("粘贴的内容里有 {dropped} 个看不见的控制字符，已经去掉。")
        self.say(told.format(dropped=event.dropped), refused=True, about=CUT)

    def tell_keys(self) -> None:
        """Shows the keys of the place that has the focus, and its tab."""
        keys = self.part("keys")
        if keys is None:  # a question that was under way when the console ended
            return
        place = self.place
        keys.tell((place, DESK), self.key_words(place))
        self.status.amend(tab=self._tab(place))

    def _tab(self, place: str) -> str:
        """The command of the tab that is seen: the line, a panel, or what was opened over
        the log or the counter; any other is of the slips.
        """
        if place == LINE:
            return "line"
        if self.panel in _TABS:
            return _TABS[self.panel]
        if place == LOOK or self.is_up(LOG):
            return "watch"
        return "billing" if place in _OVER and self.is_up(BILLING) else "work"

    def key_words(self, place: str) -> Mapping[str, str]:
        """What some keys do just now, better than the table says it; empty hides the key."""
        return {"main": _("保存")} if place == FORM else {}
