"""The counter: a line for whose account it is, what they owe, and the money under it."""

from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget

from screens.commands import BILL_FIND, BILLING, bindings
from screens.widgets.cjk_input import CjkInput
from screens.widgets.entries import EntriesPane
from screens.widgets.painted import Line, Painted, line
from screens.widgets.paying_box import More, PayingBox
from wuye_tui.rules.text import Field
from wuye_tui.words import _

LIST = "bill-list"


class FindBox(CjkInput):
    """Whose account: a room or several, a name, its initials, the end of a number, a plate."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(BILL_FIND)]

    @dataclass
    class Asked(Message):
        """Enter."""

        words: str

    class Down(Message):
        """To the list."""

    class Left(Message):
        """Esc."""

    def action_owed_of(self) -> None:
        """Enter."""
        self.post_message(self.Asked(self.value.strip()))

    def action_to_owed(self) -> None:
        """Down."""
        self.post_message(self.Down())

    def action_bill_left(self) -> None:
        """Esc."""
        self.post_message(self.Left())

    def action_billing_more(self) -> None:
        """F9."""
        self.post_message(More())


class BillList(EntriesPane, can_focus=True, inherit_bindings=False):
    """What is owed. Characters that are typed here look for somebody else."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(BILLING)]
    DEFAULT_CSS = "BillList { height: 1fr; }"

    @dataclass
    class Typed(Message):
        """These are for the line above."""

        words: str

    class Back(Message):
        """Esc: somebody else."""

    class Resized(Message):
        """Another width cuts elsewhere."""

    def on_key(self, event: events.Key) -> None:
        """A room typed without going up to the line first."""
        bound = event.key in self.screen.active_bindings or (event.character or " ").isspace()
        if event.is_printable and not bound:
            event.prevent_default().stop()
            self.post_message(self.Typed(event.character or ""))

    def on_paste(self, event: events.Paste) -> None:
        """An input method brings words like this."""
        event.prevent_default().stop()
        self.post_message(self.Typed(event.text))

    def on_resize(self) -> None:
        """Columns and amounts stand elsewhere."""
        super().on_resize()
        self.post_message(self.Resized())

    class Whole(Message):
        """Enter: all that is known of the charge."""

    def action_charge(self) -> None:
        """Enter."""
        if self.chosen is not None:
            self.post_message(self.Whole())

    def action_bill_back(self) -> None:
        """Esc."""
        self.post_message(self.Back())

    def action_billing_more(self) -> None:
        """F9."""
        self.post_message(More())


class BillingPane(Vertical):
    """Line, heading, list; under it the money, or what was taken last."""

    DEFAULT_CSS = """
    BillingPane { height: 1fr; }
    BillingPane #bill-head { height: 1; }
    BillingPane #bill-done { height: auto; background: $surface; }
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._at: Widget | None = None  # what had the focus here last

    def compose(self) -> ComposeResult:
        """From the top to the bottom."""
        with Horizontal(classes="listing-line"):
            yield Painted(line((_(" 找住户 "), "label")), classes="listing-label")
            yield FindBox(
                id="bill-find",
                classes="listing-typed",
                field=Field.SEARCH,
                placeholder=_("房号、姓名、首字母、电话尾号、车牌；几套一起收就都打上"),
            )
        yield Painted(_nobody(), id="bill-head")
        yield BillList(id=LIST)
        yield Painted(id="bill-done")
        yield PayingBox(id="paying")

    def on_mount(self) -> None:
        """The money is asked for with its own key."""
        self.paying.display = False

    def begin_empty(self) -> None:
        """As it was before anybody was looked for."""
        self.paying.fill()
        self.paying.display = False
        self.find.value = ""
        self.head.show([_nobody()])
        self.owed.untick()
        self.owed.load([], [], True, [])
        self.done.show(())

    def focus(self, scroll_visible: bool = True) -> "BillingPane":
        """The focus goes to where it was here, or to the line."""
        self.target.focus(scroll_visible)
        return self

    @property
    def target(self) -> Widget:
        """What had the focus here last; the line at first, the list when the money is gone."""
        at = self._at
        if at is None or not at.is_attached:
            return self.find
        return self.owed if not self.paying.display and self.paying in at.ancestors else at

    @property
    def start(self) -> Widget:
        """Where an account begins: the money that was half typed, or else the list."""
        return self.paying.sum_field if self.paying.display else self.owed

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Whoever comes back is there again."""
        self._at = event.widget

    @property
    def find(self) -> FindBox:
        """The line."""
        return self.query_one(FindBox)

    @property
    def head(self) -> Painted:
        """Whose account it is."""
        return self.query_one("#bill-head", Painted)

    @property
    def owed(self) -> BillList:
        """What is owed."""
        return self.query_one(BillList)

    @property
    def done(self) -> Painted:
        """What was taken last."""
        return self.query_one("#bill-done", Painted)

    @property
    def paying(self) -> PayingBox:
        """The money."""
        return self.query_one(PayingBox)


def _nobody() -> Line:
    return line((_(" 还没有选哪一户"), "dim"), ground="title")
