"""The money at the counter: how much, by which means, what was handed over and what goes back.

It takes nothing itself. `Take` says that it is all there; whatever is refused leaves it as it is.
"""

from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from screens.commands import PAYING, bindings
from screens.tendering import CASH, means_and_sums, read_money
from screens.widgets.cjk_input import CjkInput
from screens.widgets.means_row import MeansRow
from screens.widgets.painted import Line, Painted, Span, line
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.locale import amount
from wuye_tui.rules.money import capitals, parse_yuan, yuan
from wuye_tui.rules.payments import Tender
from wuye_tui.rules.text import Field
from wuye_tui.words import _


class More(Message, namespace="billing"):
    """F9 anywhere at the counter: what else there is to do."""


class PayingBox(Vertical):
    """Three rows under a title, one that Enter does not go to, and one that says what comes of
    them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PAYING)]
    DEFAULT_CSS = """
    PayingBox { height: auto; background: $surface; }
    PayingBox Horizontal { height: 1; }
    PayingBox .pay-label { width: 11; }
    PayingBox CjkInput { width: 26; }
    PayingBox .pay-note { width: 1fr; height: 1; }
    """

    class Typed(Message):
        """Something of it is another."""

    class Take(Message):
        """Enter on the last row: to be taken."""

    class Left(Message):
        """Esc: not now; what is typed stays."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.wanted = 0  # fen: what is proposed
        self._usual_payer = ""
        self.is_less = False  # no late fees: somebody has allowed it

    def compose(self) -> ComposeResult:
        """Title, how much, how, what was handed over, what comes of it."""
        yield Painted(line(), id="pay-title")
        with Horizontal():
            yield Painted(line((_(" 收多少"), "label")), classes="pay-label")
            yield CjkInput(id="pay-sum", field=Field.SEARCH)
            yield Painted(line(), id="pay-capitals", classes="pay-note")
        with Horizontal():
            yield Painted(line((_(" 怎样付"), "label")), id="pay-how", classes="pay-label")
            yield MeansRow(id="pay-means")
        with Horizontal():
            yield Painted(line((_(" 给了多少"), "label")), classes="pay-label")
            yield CjkInput(id="pay-given", field=Field.CODE)
            yield Painted(line(), id="pay-change", classes="pay-note")
        with Horizontal():
            yield Painted(line((_(" 付款人"), "label")), classes="pay-label")
            yield CjkInput(id="pay-payer", field=Field.NAME)
            yield Painted(line(), id="pay-payer-note", classes="pay-note")
        yield Painted(line(), id="pay-remark")

    def focus(self, scroll_visible: bool = True) -> "PayingBox":
        """The focus goes to the sum."""
        self.sum_field.focus(scroll_visible)
        return self

    @property
    def sum_field(self) -> CjkInput:
        """How much; nothing typed there is what is proposed."""
        return self.query_one("#pay-sum", CjkInput)

    @property
    def given_field(self) -> CjkInput:
        """How much cash was handed over; nothing typed there is neither more nor less."""
        return self.query_one("#pay-given", CjkInput)

    @property
    def payer_field(self) -> CjkInput:
        """Whose name the receipt has; nothing typed there is whoever pays usually."""
        return self.query_one("#pay-payer", CjkInput)

    @property
    def payer(self) -> str:
        """Whose name the receipt has; "" where nobody is known."""
        return self.payer_field.value.strip() or self._usual_payer

    @property
    def row(self) -> MeansRow:
        """By which means."""
        return self.query_one(MeansRow)

    @property
    def is_touched(self) -> bool:
        """Whether anything is typed or chosen."""
        typed = self.sum_field.value or self.given_field.value or self.payer_field.value
        return bool(typed or self.row.means != CASH)

    def fill(self, said: str = "", means: str = CASH, given: str = "", payer: str = "") -> None:
        """Puts in what was typed before."""
        fields = (self.sum_field, self.given_field, self.payer_field)
        for field, words in zip(fields, (said, given, payer), strict=True):
            field.value = words
            field.cursor_position = len(words)
        self.row.means = means
        self.paint()

    def typed(self) -> dict[str, str]:
        """The same as it stands."""
        given, payer = self.given_field.value, self.payer_field.value
        said = self.sum_field.value
        return {"said": said, "means": self.row.means, "given": given, "payer": payer}

    def change_from(self, paid: int) -> None:
        """What was typed for the sum is the cash that was handed over: the sum is the proposed."""
        self.fill("", CASH, yuan(paid), self.payer_field.value)

    @property
    def is_last(self) -> bool:
        """Whether Enter takes it: the keys go to the last row, or to the payer below it."""
        last = self.given_field if self._has_cash else self.row
        return self.screen.focused in (last, self.payer_field)

    def propose(self, wanted: int, payer: str = "", less: bool = False) -> None:
        """What is to be paid now, in fen, by whom usually, and whether without late fees."""
        self.wanted, self._usual_payer, self.is_less = wanted, payer, less
        self.payer_field.placeholder = payer
        self.sum_field.placeholder = yuan(wanted) if wanted else _("存多少")
        self.given_field.placeholder = _("正好就空着")
        self.paint()

    def tenders(self) -> tuple[Tender, ...]:
        """What is paid and how. Raises what `read_money` refuses."""
        return read_money(self.sum_field.value, self.row.means, self.wanted)

    def handed(self) -> int | None:
        """The cash that was handed over, in fen; None where nothing is said. Raises what
        `parse_yuan` refuses.
        """
        typed = self.given_field.value.strip()
        return parse_yuan(typed) if typed and self._has_cash else None

    @property
    def _read(self) -> tuple[Tender, ...]:
        """The same while it is being typed: nothing where it cannot be read yet."""
        try:
            return self.tenders()
        except DeskError:
            return ()

    @property
    def _has_cash(self) -> bool:
        read = self._read
        return any(one.means == CASH for one in read) if read else self.row.means == CASH

    # Keys

    def on_input_changed(self, event: Input.Changed) -> None:
        """Every key."""
        event.stop()
        self.paint()
        self.post_message(self.Typed())

    def on_means_row_changed(self, event: MeansRow.Changed) -> None:
        """Another means."""
        event.stop()
        self.paint()
        self.post_message(self.Typed())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self.action_pay_next()

    def action_pay_next(self) -> None:
        """Enter: the next row; on the last one it is taken. A sum that cannot be read is no sum."""
        is_unread = self.screen.focused is self.sum_field and not self._read
        if self.is_last or is_unread:
            self.post_message(self.Take())
        else:
            self.action_pay_field(1)

    def action_pay_field(self, way: int) -> None:
        """The next row or the one before."""
        rows: list[Widget] = [self.sum_field, self.row]
        rows += [self.given_field] if self._has_cash else []
        rows.append(self.payer_field)
        here = self.screen.focused
        place = rows.index(here) if here in rows else 0
        rows[(place + way) % len(rows)].focus()

    def action_pay_left(self) -> None:
        """Esc."""
        self.post_message(self.Left())

    def action_billing_more(self) -> None:
        """F9."""
        self.post_message(More())

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """The row that has the keys is marked."""
        self.paint()

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """It has them no more."""
        self.paint()

    # What is seen

    def paint(self) -> None:
        """Shows what comes of what is typed."""
        read = self._read
        paid = sum(one.fen for one in read)
        named = means_and_sums(read) if any(c.isalpha() for c in self.sum_field.value) else ""
        self.row.named = named
        self.query_one("#pay-title", Painted).show([self._title()])
        how = _(" 怎样付")
        how = f">{how[1:]}" if self.row.has_focus else how
        self.query_one("#pay-how", Painted).show([line((how, "label"))])
        words: list[Span] = [(f" {capitals(paid)}", "")] if paid else []
        self.query_one("#pay-capitals", Painted).show([line(*words)])
        self.query_one("#pay-change", Painted).show([line(*self._change(read))])
        note = "" if self.payer_field.value else _(" 写在收据上；要改按下键到这一栏")
        self.query_one("#pay-payer-note", Painted).show([line((note, "dim"))])
        self.query_one("#pay-remark", Painted).show([self._remark(paid, len(read))])

    def _title(self) -> Line:
        told = _(" 收款：要收 {sum}").format(sum=amount(self.wanted))
        told = told if self.wanted else _(" 收款：没有欠费，收的存作预存")
        less = _("，不收违约金") if self.is_less else ""
        return line((told, "title"), (less, "soon"), ground="title")

    def _change(self, read: tuple[Tender, ...]) -> list[Span]:
        cash = sum(one.fen for one in read if one.means == CASH)
        if not self._has_cash:
            return [(_(" 不收现金，不用填"), "dim")]
        try:
            given = self.handed()
        except DeskError:
            return []
        if given is None or not cash:
            return []
        if given < cash:
            return [(_(" 还少 {sum}").format(sum=amount(cash - given)), "late")]
        back = _("找零 {sum}").format(sum=amount(given - cash))
        return [(f" {back} ", "chosen")]

    def _remark(self, paid: int, many: int) -> Line:
        left = self.wanted - paid
        if many > 1:
            told = _(" 一共 {sum}").format(sum=amount(paid))
            told += _("，还剩 {sum} 没收").format(sum=amount(left)) if left > 0 else ""
            return line((told, "soon"))
        if paid and left > 0:
            return line((_(" 只收一部分：还剩 {sum} 没收").format(sum=amount(left)), "soon"))
        if self.wanted and left < 0:
            told = _(" 比要收的多 {sum}：收的时候会问找零还是存作预存")
            return line((told.format(sum=amount(-left)), "soon"))
        return line((_(" 回车一栏一栏往下；F7 马上收款"), "dim"))
