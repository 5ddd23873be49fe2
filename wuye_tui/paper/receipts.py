"""What receipts and refunds say on paper (BX-16, FW-4.3), and how the paper says which printing it
is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from wuye_tui.desk import Desk
from wuye_tui.paper.blocks import Block, Kind, Sheet
from wuye_tui.paper.forms import Of
from wuye_tui.paper.telling import Terms
from wuye_tui.registers import receipts, refunds, views
from wuye_tui.registers.receipt_lines import lines_of, means_words
from wuye_tui.registers.receipt_prints import Print
from wuye_tui.rules.money import capitals, yuan
from wuye_tui.rules.receipts import MEANS_WORDS
from wuye_tui.rules.text import visible
from wuye_tui.words import _, listed

COUNTED: Final = frozenset({Of.RECEIPT, Of.REFUND})
"""The forms of which every printing is counted."""
RECEIPT: Final = (
    "number", "source", "date", "payer", "unit", "means", "cashier", "void", "void_by", "total",
    "capitals", "reprint",
)  # fmt: skip
REFUND: Final = (
    "number", "receipt", "date", "payer", "unit", "means", "cashier", "second", "reason", "total",
    "capitals", "reprint",
)  # fmt: skip
"""What each may say besides its lines."""
MARKS: Final = "marks"
_CURRENCY: Final = "人民币"  # untranslated, and no blank between it and the amount: the bank's rule
Seen = Callable[[Sequence[str]], Mapping[str, views.MatterView]]


def receipt(
    desk: Desk, terms: Terms, seen: Seen, number: str, printing: Print | None
) -> dict[str, Any]:
    """What was taken, in figures and in capitals (BX-16): the lines of the slip, and in a line of
    its own what was let off. Where nobody was named who paid, whoever was to pay did, or else
    whoever called. Without a `printing` it is only looked at.
    """
    one = receipts.show(desk, number)
    slip: Mapping[str, Any] = {}
    means = _(MEANS_WORDS.get(one.means, one.means))
    if receipts.is_payment(one.source):
        lines, paid = lines_of(desk, one.source)
        means = means_words(paid)
    else:
        slip = seen([one.source])[one.source].situation.facts
        charged = slip.get("lines", ())
        lines = [(str(line["what"]), int(line["fen"])) for line in charged]
        off = one.fen - sum(fen for _what, fen in lines)
        lines += [(_("减免") if lines else _("维修费"), off)] if off else []
    by = _("{name}（代收费员）") if one.for_cashier else "{name}"
    reprint = _which(terms, printing)
    marks, void_by = [(Kind.WORDS, reprint)], ""
    if one.voided:
        told = _("作废：{at} {name}，第二人 {second}，原因：{why}")
        void_by = told.format(
            at=terms.moment(one.voided), name=one.voided_by_name, second=one.second_name,
            why=one.void_reason,
        )  # fmt: skip
        marks += [(Kind.STAMP, _("作废")), (Kind.WORDS, void_by)]
    elif back := refunds.refund_of(desk, one.source):
        marks += [(Kind.WORDS, _("已退款：{number}").format(number=back))]
    return {
        **_said(lines, one.fen),
        "number": one.number,
        "source": one.source,
        "date": terms.moment(one.at),
        "payer": one.payer or str(slip.get("payer") or slip.get("caller") or ""),
        "unit": listed(one.units),
        "means": means,
        "cashier": by.format(name=one.by_name),
        "void": terms.moment(one.voided) if one.voided else "",
        "void_by": void_by,
        "reprint": reprint,
        MARKS: marks,
    }


def refund(desk: Desk, terms: Terms, number: str, printing: Print | None) -> dict[str, Any]:
    """What was given back, of which receipt, why, and by which two (FW-4.3); room for whoever takes
    it to sign. Raises UnknownRefund.
    """
    one, reprint = refunds.show(desk, number), _which(terms, printing)
    return {
        **_said(one.lines, one.fen),
        "number": one.number,
        "receipt": one.receipt,
        "date": terms.moment(one.at),
        "payer": one.payer,
        "unit": one.unit,
        "means": means_words(one.means),
        "cashier": one.by_name,
        "second": one.second_name,
        "reason": one.reason,
        "reprint": reprint,
        MARKS: [(Kind.WORDS, reprint)],
    }


def stamped(sheets: Iterable[Sheet], marks: Iterable[tuple[Kind, str]]) -> list[Sheet]:
    """The sheets, each with all of these marks: an office's own layout may have no place for one,
    and no paper goes out without.
    """
    wanted = [Block(kind, (visible(words, lines=True),)) for kind, words in marks if words]
    return [_with(sheet, wanted) for sheet in sheets]


def _with(sheet: Sheet, wanted: Sequence[Block]) -> Sheet:
    missing = tuple(one for one in wanted if not any(_says(block, one) for block in sheet))
    head = next((n for n, block in enumerate(sheet, 1) if block.kind is Kind.TITLE), 0)
    return (*sheet[:head], *missing, *sheet[head:])


def _says(block: Block, mark: Block) -> bool:
    same = mark.kind is not Kind.STAMP or block.kind is Kind.STAMP
    return same and any(mark.cells[0] in cell for cell in block.cells)


def _which(terms: Terms, printing: Print | None) -> str:
    """Which printing it is; nothing of the original."""
    if printing is None:
        return _("预览，没有打印")
    if printing.n == 1:
        return ""
    told = _("重打 第{n}次 {at} {name}")
    return told.format(n=printing.n, at=terms.moment(printing.at), name=printing.by_name)


def _said(lines: Iterable[tuple[str, int]], fen: int) -> dict[str, Any]:
    return {
        "lines": [{"what": what, "yuan": yuan(one)} for what, one in lines],
        "total": yuan(fen),
        "capitals": capitals(fen, _CURRENCY),
    }
