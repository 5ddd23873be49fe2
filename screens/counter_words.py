"""Words of what was done at the counter besides a payment."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from screens.billing_words import done_lines
from screens.widgets.painted import Line
from wuye_tui.rules.locale import amount
from wuye_tui.rules.money import capitals
from wuye_tui.rules.receipts import MEANS_WORDS
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from screens.asking_billing import Less
    from screens.asking_counter import CounterSheet

_WRITTEN = {
    "deposit": N_("{unit} 收押金 {sum}（{capitals}），收据 {receipt}。按 F8 打印收据。"),
    "refund": N_("{unit} 已退 {sum}，退款单 {number}。按 F8 打印，请本人签收。"),
    "refund_receipt": N_("收据 {receipt} 已退 {sum}，退款单 {number}。按 F8 打印，请本人签收。"),
    "waive": N_("{unit} 已减免 {sum}（{number}）。"),
    "charge": N_("{unit} 已加收 {sum}（{number}），在欠费清单里。"),
    "reverse": N_("{unit} 已冲销 {sum}（{number}）。"),
    "register": N_("{unit} 已提醒，记在 {number}；住户答应哪天缴，按 F8 记下。"),
}


def written_words(sheet: "CounterSheet", done: Mapping[str, Any], less: "Less | None") -> str:
    """What is said when a form of the counter is saved."""
    if sheet.row.verb == "no_late":
        told = _("{name} 批准：这次收款不收违约金，没收清的以后还算。按 F7 收款。")
        return told.format(name=less.name if less else "")
    fen = int(done.get("amount_fen") or 0)
    return _(_WRITTEN[sheet.row.verb]).format(
        unit=done.get("unit") or " ".join(sheet.units),
        sum=amount(fen),
        capitals=capitals(fen),
        receipt=done.get("receipt", ""),
        number=done.get("number", ""),
    )


def taken_lines(given: Mapping[str, Any], done: Mapping[str, Any]) -> list[Line]:
    """A deposit where it stands until the next money."""
    means = _(MEANS_WORDS[str(given["means"])])
    return done_lines({**done, "change_fen": 0}, means)
