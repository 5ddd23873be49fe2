"""Which form of the counter: the lists behind F9 for deposits and refunds, and for what is let off,
charged once or taken back (FW-4.1, FW-4.3, KF-3.4, BX-16).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work

from screens import asking_counter
from screens.base import console
from screens.billing_forms import BillingForms
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.locale import amount
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.widgets.choose import Choose, Option
    from wuye_tui.registers.slip_debts import SlipDebt

HELD, LESS, BACK, SLIPS = "billing_held", "billing_less", "billing_back", "billing_slips"
PAY = "pay"  # the step of a repair slip that takes its money


class BillingOffers(BillingForms):
    """The two lists, and what is chosen there."""

    def more_to_do(self) -> "list[Option]":
        """And the two lists of what needs a form."""
        from screens.widgets.choose import Option

        held, less = _("收押金；退预存、押金、收据"), _("不收违约金、减免、加收、冲销")
        return [
            *super().more_to_do(),
            Option("bill:held", _("押金、退款"), held),
            Option("bill:less", _("减免、加收"), less, "KF-3.4"),
            *(
                [Option("bill:slip", _("收维修费"), self._slips_note, "BX-16")]
                if self._slips
                else []
            ),
        ]

    @property
    def _slips(self) -> "tuple[SlipDebt, ...]":
        """The repairs of the account at hand that are not paid."""
        return self._board.account.slips if self._board is not None else ()

    @property
    def _slips_note(self) -> str:
        return _("{n} 张单没收，共 {sum}").format(
            n=len(self._slips), sum=amount(sum(one.fen for one in self._slips))
        )

    def do_more(self, name: str) -> None:
        """One of these."""
        match name:
            case "held":
                self._offer_held()
            case "less":
                self._offer_less()
            case "slip":
                self._offer_slips()
            case _:
                super().do_more(name)

    def _offer_slips(self) -> None:
        """Of one slip its form at once."""
        from screens.widgets.choose import Option

        if len(self._slips) == 1:
            self.open_form(self._slips[0].number, PAY)
            return
        options = [Option(f"bill:{one.number}", one.number, amount(one.fen)) for one in self._slips]
        self._offer(SLIPS, _("收哪一张单的维修费？"), options)

    def _offer_held(self) -> None:
        from screens.widgets.choose import Option

        options = [
            Option("bill:deposit", _("收押金"), _("开收据；不算收入")),
            Option("bill:refund", _("退预存、押金"), _("要第二个人的密码"), "BX-16"),
            Option("bill:receipt", _("退已日结的收据"), _("要第二个人的密码"), "FW-4.3"),
        ]
        self._offer(HELD, _("押金、退款"), options, numbers=True)

    def _offer_less(self) -> None:
        from screens.widgets.choose import Option

        late = Option("bill:no_late", _("不收违约金"), _("写明原因；批准的人签字"), "KF-3.4")
        if self.less is not None:
            late = Option("bill:late", _("照收违约金"), self.less.why, "KF-3.4")
        options = [
            late,
            Option("bill:waive", _("减免一笔"), _("选中的这一笔；批准的人签字"), "KF-3.4"),
            Option("bill:charge", _("加收一笔"), _("门禁卡等，一次一笔")),
            Option("bill:reverse", _("冲销一笔"), _("选中的这一笔记错了；两个人签"), "BX-16"),
        ]
        self._offer(LESS, _("减免、加收"), options, numbers=True)

    def on_choose_chosen(self, event: "Choose.Chosen") -> None:
        """What was chosen."""
        name = event.id.partition(":")[2]
        acts: dict[str, Callable[[], object]] = {
            "deposit": self.action_bill_deposit,
            "refund": self.action_bill_refund,
            "receipt": self._offer_given,
            "no_late": self._leave_out,
            "late": self._take_late,
            "charge": lambda: self._open_counter("charge"),
            "waive": lambda: self._open_of_charge("waive"),
            "reverse": lambda: self._open_of_charge("reverse"),
        }
        if event.list in (HELD, LESS, BACK, SLIPS):
            event.prevent_default().stop()
            self.close_panel("choose")
        if event.list == SLIPS:
            self.open_form(name, PAY)
        elif event.list == BACK:
            self._open_counter("refund_receipt", name)
        elif event.list in (HELD, LESS):
            acts[name]()

    def action_bill_deposit(self) -> None:
        """A deposit of the account at hand."""
        self._open_counter("deposit")

    @work(group="billing")
    async def action_bill_refund(self) -> None:
        """What the office holds of the account at hand is given back, if it holds anything."""
        board = self._board
        held = board is not None and (any(board.account.prepaid.values()) or board.deposits)
        if self._units and not held:
            self.say(_("没有预存，也没有押金可退；退收据选「退已日结的收据」。"), refused=True)
        else:
            self._open_counter("refund")

    @work(group="billing")
    async def _offer_given(self) -> None:
        from screens.receipt_words import given_words
        from screens.widgets.choose import Option

        if not self._is_of_account():
            return
        try:
            found = await console(self).ask(asking_counter.given_receipts, self._units)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        zone = console(self).desk.zone
        options = [
            Option(f"bill:{one.number}", one.number, given_words(one, zone)) for one in found
        ]
        if options:
            self._offer(BACK, _("退哪一张？"), options)
        else:
            told = _("这一户没有已日结而能退的收据；今天的用「作废收据」。")
            self.say(told, clause="FW-4.3", refused=True)

    def _leave_out(self) -> None:
        if self._board is not None and not self._board.account.late_fen:
            self.say(_("没有违约金，不用免。"), refused=True)
        else:
            self._open_counter("no_late")

    def _take_late(self) -> None:
        self.less = None
        self.keep_bill()
        self._paint_board()
        self.say(_("违约金照收。"))

    def _open_of_charge(self, verb: str) -> None:
        here = self.bill_pane.owed.chosen
        if self._units and here is None:
            self.say(_("没有欠费，没有可以改的账。"), refused=True)
        else:
            self._open_counter(verb, here.key if here is not None else "")
