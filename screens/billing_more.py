"""What else there is to do at the counter: receipts of today, a void, a day and its close."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, cast

from textual import work

from screens import asking_billing
from screens.base import console
from screens.billing_paying import BillingPaying
from screens.drafts import Draft
from screens.widgets.painted import Line
from screens.widgets.pane import Pane, Printed
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.widgets.choose import Choose, Option
    from wuye_tui.desk import Desk
    from wuye_tui.rules.rights import Right

MORE, RECEIPTS, PRINT, VOID, WHY, DAY, COUNT, OFF, TAKER = (
    "billing_more", "billing_receipts", "billing_print", "billing_void", "billing_void_why",
    "billing_day", "billing_count", "billing_off", "billing_taker",
)  # fmt: skip


class BillingMore(BillingPaying):
    """The list of F9, and what is typed or chosen there."""

    def __init__(self) -> None:
        super().__init__()
        self._read_receipt: tuple[Printed, str] | None = None  # the last that was shown here
        self._to_void = ""  # the receipt whose reason is asked for
        self._day_closing: tuple[date, int] | None = None  # the day, and the cash that was counted
        self._refused_count = ""  # what was typed for the cash and could not be read
        self._cash_goes_to = ""  # who has it after the close, of those who may
        self._takers: list[tuple[str, str]] = []
        self._voiding, self._close_draft = Draft(), Draft()  # the keys that they are sent with

    def on_billing_more(self) -> None:
        """F9."""
        self._offer(MORE, _("收费"), self.more_to_do(), numbers=True)

    def more_to_do(self) -> "list[Option]":
        """What there is to choose from."""
        from screens.widgets.choose import Option

        return [
            Option("bill:receipts", _("今天的收据"), _("回车看一张，大写、作废没有")),
            Option("bill:void", _("作废收据"), _("收错了；要第二个人的密码"), "BX-16"),
            Option("bill:day", _("今天收了多少"), _("按人、按怎样付")),
            Option("bill:close", _("日结"), _("点清抽屉里的现金"), "FW-4.3"),
            Option("bill:print", _("打印"), _("今天的收据，选一张")),
        ]

    def on_choose_chosen(self, event: "Choose.Chosen") -> None:
        """What was chosen or typed."""
        name = event.id.partition(":")[2]
        answers: dict[str, Callable[[], object]] = {
            MORE: lambda: self.do_more(name),
            RECEIPTS: lambda: self._show_receipt(name),
            PRINT: lambda: self.show_form(f"receipt/{name}"),
            VOID: lambda: self._ask_why(name),
            WHY: lambda: self._void(self._to_void, event.typed),
            DAY: lambda: self._count_the_first(date.fromisoformat(name)),
            COUNT: lambda: self._drawer_counted(event.typed),
            OFF: lambda: self._close_the_day(event.typed),
            TAKER: lambda: self._handed_to(name),
        }
        if event.list in answers:
            event.prevent_default().stop()
            self.close_panel("choose")
            answers[event.list]()

    def on_choose_typed(self, event: "Choose.Typed") -> None:
        """What was refused of other figures is past."""
        if event.list == COUNT and self.choose.field.value != self._refused_count:
            self.unsay_refusal()

    def do_more(self, name: str) -> None:
        """One of these."""
        match name:
            case "receipts":
                self.action_receipts_today()
            case "void":
                self.action_void_receipt()
            case "day":
                self.action_day_taken()
            case "close":
                self.action_close_day()
            case _:
                self._offer_receipts(PRINT, _("打印哪一张？"), void=True)

    # Receipts

    def action_receipts_today(self) -> None:
        """Those of today, the latest first."""
        self._offer_receipts(RECEIPTS, _("今天的收据：看哪一张？"), void=True)

    def action_void_receipt(self) -> None:
        """Those in force whose day is not closed."""
        self._offer_receipts(VOID, _("作废哪一张？"), void=False)

    @work(group="billing")
    async def _offer_receipts(self, list_id: str, title: str, void: bool) -> None:
        from screens.receipt_words import receipt_words
        from screens.widgets.choose import Option

        desk = console(self).desk
        try:
            await console(self).ask(asking_billing.admit)
            asked = asking_billing.receipts if void else asking_billing.to_void
            found = await console(self).ask(asked)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        options = [
            Option(f"bill:{one.number}", one.number, receipt_words(one, desk.zone, desk.now()))
            for one in found
        ]
        if options:
            self._offer(list_id, title, options)
        else:
            self.say(_("今天还没有收据。"), refused=True)

    @work(group="billing")
    async def _show_receipt(self, number: str) -> None:
        from screens.receipt_words import receipt_lines

        zone = console(self).desk.zone
        try:
            found = await console(self).ask(asking_billing.receipt, number)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        pane = self.query_one("#help", Pane)

        def printed(width: int) -> list[Line]:
            return receipt_lines(found, zone, width)

        self._read_receipt = printed, number
        pane.print(printed, anew=True)
        self.open_panel("help", pane)
        self.tell_keys()

    @property
    def receipt_in_sight(self) -> str:
        """The one that is read, where one is."""
        read = self._read_receipt
        is_read = read is not None and self.panel == "help"
        if read is not None and is_read and self.query_one("#help", Pane).is_printed(read[0]):
            return read[1]
        return super().receipt_in_sight

    def _ask_why(self, number: str, typed: str = "") -> None:
        self._to_void = number
        title = _("为什么作废 {number}？").format(number=number)
        hint = _("打原因，回车，再由第二个人输密码。")
        self._offer(WHY, title, [], typed=typed, nothing=hint)

    @work(group="lock")
    async def _void(self, number: str, reason: str) -> None:
        second = await self.second_person(_("作废收据：第二个人签字"))
        if second is None:
            self._ask_why(number, reason)
            return
        key = self._voiding.key_for(f"{number}|{reason}|{second.staff}")
        try:
            await console(self).ask(asking_billing.void, second, number, reason, key)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        self.receipt = "" if self.receipt == number else self.receipt
        self.bill_pane.done.show(())
        await self.reload()
        self.say(_("收据 {number} 已作废，号不再用；钱要退给业主。").format(number=number))

    async def second_person(self, title: str, right: "Right | None" = None) -> "Desk | None":
        """The desk with whoever signs too, who proves who they are; whoever sits here stays. Only
        those are named who may: as the second person, where no other right is asked for.
        """
        from screens.lock import Lock  # not needed for the first paint
        from wuye_tui.rules.rights import Right

        try:
            able = await console(self).ask(asking_billing.signers, right or Right.SECOND)
        except DeskError:
            able = None  # then it is only a longer list
        lock = Lock("", title, able or (), only=able)
        return cast("Desk | None", await self.app.push_screen_wait(lock))

    # The day

    def action_day_taken(self) -> None:
        """What today has taken."""
        from screens.receipt_words import sheet_lines

        cells = self.size.width
        self._read(asking_billing.day_sheet, lambda found: sheet_lines(found, cells))

    @work(group="billing")
    async def action_close_day(self) -> None:
        """Closes a day: the earliest first, if several are open; the drawer is counted first."""
        from screens.receipt_words import day_options

        try:
            days = await console(self).ask(asking_billing.to_close)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        if len(days) > 1:
            self._offer(DAY, _("日结哪一天？从最早的结起"), day_options(days), numbers=True)
        else:
            self._count_for(days[0].day)

    @work(group="billing")
    async def _count_the_first(self, day: date) -> None:
        """Refused before anybody counts where an earlier day is open."""
        try:
            await console(self).ask(asking_billing.in_order, day)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        self._count_for(day)

    @work(group="billing")
    async def _count_for(self, day: date) -> None:
        self._takers = await console(self).ask(asking_billing.takers)
        self._day_closing = (day, 0)
        self._ask_count()

    def _ask_count(self, typed: str = "") -> None:
        assert self._day_closing is not None
        title = _("日结 {day}：点清抽屉里的现金").format(day=self._day_closing[0])
        self._offer(COUNT, title, [], typed=typed, nothing=_("打实有多少元，回车。"))

    def _drawer_counted(self, typed: str) -> None:
        from wuye_tui.rules.money import parse_yuan

        assert self._day_closing is not None
        try:
            self._day_closing = (self._day_closing[0], parse_yuan(typed))
        except DeskError as error:
            self._ask_count(typed)
            self._refused_count = typed
            self.say(sentence(error), refused=True)
            return
        self._cash_goes_to = ""
        if self._day_closing[1]:
            self._ask_whom()
        else:
            self._close_the_day()

    def _ask_whom(self) -> None:
        """Who has the cash from here on: it stays, is paid in, or somebody of finance takes it."""
        from screens.widgets.choose import Option
        from wuye_tui.registers.dayclose import BANK

        options = [
            Option("bill:", _("留在抽屉里"), _("还由自己保管")),
            Option(f"bill:{BANK}", _("缴存银行")),
            *(Option(f"bill:{number}", f"{name} {number}") for number, name in self._takers),
        ]
        self._offer(TAKER, _("现金交给谁？"), options, numbers=True)

    def _handed_to(self, name: str) -> None:
        self._cash_goes_to = name
        self._close_the_day()

    @work(group="save")
    async def _close_the_day(self, why: str = "") -> None:
        from wuye_tui.rules.locale import amount

        if self._day_closing is None or not self._may_send():
            return
        day, cash = self._day_closing
        to = self._cash_goes_to
        key = self._close_draft.key_for(f"{day}|{cash}|{why}|{to}")
        try:
            done, differs = await console(self).ask(
                asking_billing.close_day, day, cash, why, to, key
            )
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        finally:
            self._sent()
        if done is None:
            hint = _("打原因，回车；要再点一遍就按 Esc。")
            self._offer(OFF, _("和账上不一样，为什么？"), [], nothing=hint)
            if differs is not None:
                self.say(sentence(differs), clause=differs.clause, refused=True)
            return
        self._day_closing = None
        await self.reload()
        words = _("{day} 已日结，现金 {cash}（{number}）。后面收的算下一天。")
        told = words.format(day=day, cash=amount(cash), number=done["number"])
        if off := done["difference_fen"]:
            told += _("长短款 {off} 已记账。").format(off=amount(off))
        self.say(told)
