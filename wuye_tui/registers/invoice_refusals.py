"""What is refused of tax invoices, and in which words."""

from datetime import date

from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.words import _


class AlreadyInvoiced(Refused):
    """The receipt has an invoice in force."""

    def __init__(self, receipt: str, invoice: str, day: date) -> None:
        told = _("收据 {receipt} 已经开过发票 {invoice}（{day}）；开错了先开红字（--red）再重开。")
        super().__init__(told.format(receipt=receipt, invoice=invoice, day=day), "FW-4.3")


class NothingInForce(Refused):
    """A red invoice takes back one that is in force, and there is none."""

    def __init__(self, receipt: str) -> None:
        told = _("收据 {receipt} 没有要冲的发票，不用登记红字。")
        super().__init__(told.format(receipt=receipt), "FW-4.3")


class NoSale(Refused):
    """The receipt is void, given back, or for nothing that is sold."""

    def __init__(self, receipt: str, why: str) -> None:
        told = _("收据 {receipt} 不开票：{why}。")
        super().__init__(told.format(receipt=receipt, why=why), "FW-4.3")


class AnotherInvoice(Refused):
    """The number stands for another invoice: of another day, or red and not blue."""

    def __init__(self, invoice: str, receipt: str, day: date) -> None:
        told = _(
            "发票 {invoice} 登记过：收据 {receipt}，{day}。日期、红字和这次不一样，请核对号码。"
        )
        super().__init__(told.format(invoice=invoice, receipt=receipt, day=day), "FW-4.3")


class DayToCome(UsageError):
    """An invoice is written back when it has been issued."""

    def __init__(self, day: date) -> None:
        super().__init__(_("{day} 还没有到，请写发票上的开票日期。").format(day=day))


class BuyerOfMany(UsageError):
    """A buyer is named of receipts that are named, too."""

    def __init__(self) -> None:
        super().__init__(_("写 --buyer、--tax-number 的时候，要写明是哪几张收据。"))
