"""Tax invoices: what the list for the tax office's own system says of a receipt, and what is
written back from there (FW-4.3).

The office's rates and codes stand in `data/invoices.toml`. The desk issues no invoice; it knows
which receipts have one.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.money import yuan
from wuye_tui.words import _

BLANKS: Final = ("unit", "period", "receipt", "source")
"""What the remark of a line may name."""
CODE_DIGITS: Final = 19
_NUMBER: Final = re.compile(r"[0-9]{8,20}", re.ASCII)
_CREDIT: Final = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}", re.ASCII)
_LETTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z: they look like digits


class NotAnInvoice(UsageError):
    """What was typed is no number of an invoice."""

    def __init__(self, typed: str) -> None:
        told = _("「{typed}」不是发票号码，请照发票写 20 位数字（纸质发票 8 位以上）。")
        super().__init__(told.format(typed=typed[:40]))


class NotATaxNumber(UsageError):
    """What was typed is no unified social credit code: its last character proves the others."""

    def __init__(self, typed: str) -> None:
        told = _("「{typed}」不是统一社会信用代码：要 18 位，最后一位和前面的对得上。请再核对。")
        super().__init__(told.format(typed=typed[:40]))


@dataclass(frozen=True)
class Item:
    """How one fee is invoiced: its name on the invoice where it differs, rate, and the code of 19
    digits.
    """

    fee: str
    name: str
    rate: str
    code: str


@dataclass(frozen=True)
class Invoicing:
    """What the office has decided about invoices: whether prepayments have one, what the remark
    says, and each fee.
    """

    prepaid: bool
    remark: str
    items: Mapping[str, Item]


@dataclass(frozen=True)
class InvoiceLine:
    """One receipt's one item for the list; money in fen, tax included. `rate` and `code` are empty
    where the office has written none.
    """

    receipt: str
    day: str
    buyer: str
    tax_number: str
    unit: str
    fee: str
    item: str
    spec: str
    fen: int
    rate: str
    code: str
    remark: str

    def as_dict(self) -> dict[str, Any]:
        """All of it as text, the amount in yuan; keys only ever grow."""
        return {
            "receipt": self.receipt,
            "day": self.day,
            "buyer": self.buyer,
            "tax_number": self.tax_number,
            "unit": self.unit,
            "fee": self.fee,
            "item": self.item,
            "spec": self.spec,
            "amount": yuan(self.fen).replace(",", ""),
            "rate": self.rate,
            "code": self.code,
            "remark": self.remark,
        }


def invoice_number(typed: str) -> str:
    """The number of an invoice, 20 digits or of an older paper one at least 8. Raises
    NotAnInvoice.
    """
    plain = _plain(typed)
    if not _NUMBER.fullmatch(plain):
        raise NotAnInvoice(typed)
    return plain


def tax_number(typed: str) -> str:
    """A unified social credit code (GB 32100) in capitals; "" for none. Raises NotATaxNumber."""
    plain = _plain(typed).upper()
    if plain and not (_CREDIT.fullmatch(plain) and plain[-1] == _proof(plain)):
        raise NotATaxNumber(typed)
    return plain


def remark_of(template: str, said: Mapping[str, str]) -> str:
    """The remark of a line, one blank where something in it is empty."""
    words = template
    for name in BLANKS:
        words = words.replace(f"{{{name}}}", said.get(name, ""))
    return " ".join(words.split())


def left_without(lines: Collection[InvoiceLine]) -> list[str]:
    """The items for which the office has written no rate or code, each once."""
    return list(dict.fromkeys(one.item for one in lines if not (one.rate and one.code)))


def _plain(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).replace(" ", "").strip()


def _proof(code: str) -> str:
    total = sum(_LETTERS.index(one) * 3**n for n, one in enumerate(code[:-1]))
    return _LETTERS[-total % 31]
