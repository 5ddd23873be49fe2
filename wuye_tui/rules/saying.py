"""The answers of a step as people read them, the same on the screen and on the command line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from wuye_tui.rules.lifecycle import Ask, Kind
from wuye_tui.rules.locale import amount
from wuye_tui.rules.money import yuan
from wuye_tui.rules.repair_facts import OFF
from wuye_tui.words import N_, _, clauses

HOW_SIGNED: Final = {"pin": N_("密码"), "paper": N_("纸签"), "refused": N_("拒签")}
COPIES: Final = {
    "engineering": N_("一联前台，二三联工程部"),
    "desk": N_("一二联前台，三联工程部"),
    "void": N_("已作废，要重新打印"),
}


_CALLERS: Final = {"repair": N_("报修人"), "complaint": N_("投诉人"), "entry": N_("来电人")}


def caller_word(kind: str) -> str:
    """What whoever brought a matter of this kind is called, untranslated."""
    return _CALLERS.get(kind, N_("联系人"))


@dataclass(frozen=True)
class Teller:
    """How whoever tells says what stands for something else: an ISO moment, the number of a member
    of the staff, the code of a tariff item. A telephone number is said whole unless `phone` is
    given.
    """

    moment: Callable[[str], str]
    person: Callable[[str], str]
    item: Callable[[str], str]
    phone: Callable[[str], str] = str


def answer_words(ask: Ask, value: Any, tell: Teller) -> str:
    """An answer in words; money and quantities are stored in fen and minutes."""
    match ask.kind:
        case Kind.CHOICE:
            return _(dict(ask.choices).get(str(value), str(value)))
        case Kind.FLAG:
            return _("是") if value else _("否")
        case Kind.MONEY:
            return amount(int(value))
        case Kind.MINUTES:
            return _("{n}分钟").format(n=value)
        case Kind.MOMENT:
            return tell.moment(str(value)) if value else ""
        case Kind.STAFF | Kind.SIGNER:
            return tell.person(str(value))
        case Kind.TARIFF:
            return _("标准外") if value == OFF else tell.item(str(value))
        case Kind.LINES:
            return charge_lines(value)
        case Kind.PHONE:
            return tell.phone(str(value))
    return str(value)


def receipt_words(number: str, fen: int, void: bool) -> str:
    """A receipt in one word: its number, the amount, and whether it counts no more."""
    said = _("{number} {amount}").format(number=number, amount=amount(fen))
    return said + _("（作废）") if void else said


def charge_lines(lines: Any) -> str:
    """Charge lines and their sum in one text."""
    parts = [
        _("{what} x{n} {yuan}").format(
            what=one["what"], n=one["quantity"], yuan=yuan(int(one["fen"]))
        )
        for one in lines
    ]
    total = sum(int(one["fen"]) for one in lines)
    return _("{lines}；合计 {yuan}元").format(lines=clauses(parts), yuan=yuan(total))
