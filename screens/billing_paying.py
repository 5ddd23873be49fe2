"""Money taken at the counter (FW-4.1, FW-1.6): F7 opens the three rows, Enter goes down them, the
last one takes it.
"""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from textual import work

from screens import asking_billing
from screens.base import console
from screens.billing import PLACES, Billing
from screens.commands import BILL_FIND, BILLING, PANE, PAPER, PAYING
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.asking_billing import Payment
    from screens.widgets.choose import Choose
    from screens.widgets.means_row import MeansRow
    from wuye_tui.desk import Result

OVER = "billing_over"  # the list that asks what becomes of what is more than is owed
CHANGE, PREPAY = "change", "prepay"


class BillingPaying(Billing):
    """The three rows, and the act."""

    def __init__(self) -> None:
        super().__init__()
        self.receipt = ""  # the last one that was issued here, or the last refund
        self._refused_money: dict[str, str] = {}  # what the last refusal of money was about

    # Keys

    @property
    def has_own_keys(self) -> bool:
        """F7 and F8 are the counter's while it has the focus, or what lies over it to be read."""
        return super().has_own_keys or self.place in PLACES or self._is_read

    @property
    def _is_read(self) -> bool:
        """Whether something lies over the counter that is only read: no slip is to be seen."""
        return self.panel == "help" and self.place == PANE and self.is_up(BILLING)

    @property
    def receipt_in_sight(self) -> str:
        """The receipt, or the refund, that F8 prints."""
        return "" if self._is_read else self.receipt

    def key_words(self, place: str) -> dict[str, str]:
        """What F7 and F8 do at the counter."""
        words = super().key_words(place)
        if place == PANE and self._is_read:
            words["main"], words["steps"] = "", print_word(self.receipt_in_sight)
        elif place == PAPER and self.is_up(BILLING):
            words["main"] = words["steps"] = ""  # a receipt is no slip
        if place in PLACES:
            words["main"] = _("收款") if self._units else ""
            words["steps"] = print_word(self.receipt)
            words["charge"] = words["mark"] = ""
            if self.bill_pane.owed.chosen is not None:
                words["charge"], words["mark"] = _("看一笔"), _("打勾")
            last = self.bill_pane.paying.is_last
            words["pay_next"] = _("收款") if place == PAYING and last else _("下一栏")
        return words

    @property
    def way_to_steps(self) -> str | None:
        """At the counter the keys are its own."""
        return None if self.place in PLACES else super().way_to_steps

    def own_main(self) -> None:
        """F7: the rows for the money; with them open it is taken."""
        if self._is_read:
            self.say(_("先按 Esc 返回，再按 F7 收款。"), refused=True)
        elif self.place == PAYING:
            self.take_money()
        elif self.place in PLACES:
            self._open_money()
        else:
            super().own_main()

    def own_steps(self) -> None:
        """F8: the receipt, to be looked at and printed."""
        if self.place not in PLACES and not self._is_read:
            super().own_steps()
        elif number := self.receipt_in_sight:
            self.show_form(paper_of(number))
        else:
            self.say(_("还没有收据：先按 F7 收款；今天开过的按 F9。"), refused=True)

    # The rows

    def _open_money(self) -> None:
        board, pane = self._board, self.bill_pane
        if self.place == BILL_FIND and self.look_for_typed():
            return  # nobody's money is taken for somebody else's account
        if board is None or not self._units:
            self.say(_("先打房号，回车，再按 F7 收款。"), refused=True)
        elif board.refusal is not None:
            self.say(sentence(board.refusal), clause=board.refusal.clause, refused=True)
        else:
            pane.done.show(())
            pane.paying.display = True
            pane.paying.focus()
            self.unsay_refusal()
            self.keep_bill()

    def fill_money(self, kept: dict[str, Any]) -> None:
        """What was typed of this account's money before; the rows are open where they were."""
        money, less = kept.get("money") or {}, kept.get("less")
        self.less = asking_billing.Less(**less) if less else None
        box = self.bill_pane.paying
        box.fill(**{name: str(said) for name, said in money.items()})
        box.display = bool(money)

    def bill_typed(self) -> dict[str, Any]:
        """The money too."""
        box, typed = self.bill_pane.paying, super().bill_typed()
        if box.display or box.is_touched:
            typed["money"] = box.typed()
        if self.less is not None:
            typed["less"] = asdict(self.less)
        return typed

    def on_paying_box_typed(self) -> None:
        """Every key is kept, and what was refused of other words is past."""
        if self.bill_pane.paying.typed() != self._refused_money:
            self.unsay_refusal()
        self.keep_bill()
        self.tell_keys()

    def on_paying_box_left(self) -> None:
        """Esc: back to the list; what is typed stays."""
        pane = self.bill_pane
        pane.paying.display = False
        pane.owed.focus()
        self.keep_bill()
        if pane.paying.is_touched:
            self.say(_("打的都留着：再按 F7 还在。"))

    def on_means_row_refused(self, event: "MeansRow.Refused") -> None:
        """Nothing that is typed goes by in silence."""
        told = _("这里按 1 到 5 选怎样付；改金额按上键。")
        if event.is_named:
            told = _("上面已经写明怎样付：要改就按上键，在那一行改。")
        self.say(told, refused=True)

    # The act

    def on_paying_box_take(self) -> None:
        """Enter on the last row."""
        self.take_money()

    def take_money(self, prepay: bool = False) -> None:
        """Takes what the rows say, if they can be read."""
        box = self.bill_pane.paying
        try:
            tenders = box.tenders()
        except DeskError as error:
            self._refuse_money(error)
            box.sum_field.focus()
            return
        try:
            given = box.handed()
        except DeskError as error:
            self._refuse_money(error)
            box.given_field.focus()
            return
        charges = tuple(self._ticked)
        less = self.less if box.is_less else None
        why, approver = (less.why, less.approver) if less else ("", "")
        proven = (approver,) if less and less.signed else ()
        payment = asking_billing.Payment(
            self._units, tenders, charges, prepay, given, box.payer, why, approver, proven
        )
        if self._may_send():
            self._take(payment)

    def _refuse_money(self, error: DeskError) -> None:
        self._refused_money = self.bill_pane.paying.typed()
        self.say(sentence(error), clause=error.clause, refused=True)

    @work(group="save")
    async def _take(self, payment: "Payment") -> None:
        from wuye_tui.rules.payments import MoreThanOwed

        app, name = console(self), self._draft_name
        draft = app.spool.get(name)
        words = json.dumps(payment.said)
        try:
            if await self._saved_before(draft, words):
                return
            key = draft.key_for(words)
            draft.answers = self.bill_typed()
            app.spool.put(name, draft)
            await app.write_drafts()
            done = await app.ask(asking_billing.take, payment, key)
        except MoreThanOwed as error:
            self._ask_over(payment)
            self._refuse_money(error)
            return
        except DeskError as error:
            self._refuse_money(error)
            return
        finally:
            self._sent()
        app.spool.drop(name)
        await self._was_paid(payment, done)

    async def _was_paid(self, payment: "Payment", done: "Result") -> None:
        from screens.billing_words import done_lines, taken_words
        from screens.tendering import means_and_sums
        from wuye_tui.rules.receipts import MEANS_WORDS

        pane, tenders = self.bill_pane, payment.tenders
        means = means_and_sums(tenders) if len(tenders) > 1 else _(MEANS_WORDS[tenders[0].means])
        self.receipt = str(done["receipt"])
        was_there = self.place == PAYING or self.place == "choose"
        if payment.units == self._units:
            pane.owed.untick()
            self.less = None
            pane.paying.fill()
            pane.paying.display = False
            self.keep_bill()
            if was_there:
                pane.owed.focus()
        await self.reload()
        if payment.units == self._units:
            pane.done.show(done_lines(done, means))
        self.say(taken_words(payment, done))
        self.tell_keys()

    # More than is owed

    def _ask_over(self, payment: "Payment") -> None:
        from screens.widgets.choose import Option
        from wuye_tui.rules.locale import amount

        wanted, paid = self.bill_pane.paying.wanted, sum(one.fen for one in payment.tenders)
        options = []
        if wanted and {one.means for one in payment.tenders} == {"cash"}:
            words = _("找零 {sum}").format(sum=amount(paid - wanted))
            options.append(
                Option(f"{OVER}:{CHANGE}", words, _("只收 {sum}").format(sum=amount(wanted)))
            )
        more = amount(paid - wanted)
        options.append(Option(f"{OVER}:{PREPAY}", _("存作预存"), _("存 {sum}").format(sum=more)))
        options.append(Option(f"{OVER}:", _("不收了，回去改"), _("打的都留着")))
        title = _("多 {sum}，怎么办？").format(sum=more)
        self._offer(OVER, title, options, numbers=True)

    def on_choose_chosen(self, event: "Choose.Chosen") -> None:
        """What becomes of it."""
        if event.list != OVER:
            return
        event.prevent_default().stop()
        self.close_panel("choose")
        box, answer = self.bill_pane.paying, event.id.partition(":")[2]
        if answer == CHANGE:
            paid = sum(one.fen for one in box.tenders())
            box.change_from(paid)
            self.keep_bill()
            self.take_money()
        elif answer == PREPAY:
            self.take_money(prepay=True)


def paper_of(number: str) -> str:
    """The paper of a receipt or a refund, as it is asked for."""
    from wuye_tui.rules.accounts import PREFIXES, REFUND  # not needed for the first paint

    return f"{'refund' if number.startswith(f'{PREFIXES[REFUND]}-') else 'receipt'}/{number}"


def print_word(number: str) -> str:
    """What the key that prints it is called; nothing where there is none."""
    if not number:
        return ""
    return _("打印退款单") if paper_of(number).startswith("refund") else _("打印收据")
