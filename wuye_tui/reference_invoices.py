"""How `invoices.toml` is read, and what is wrong with it."""

import re
from typing import Final

from wuye_tui.reference_values import SHOWN, Part
from wuye_tui.rules.invoices import BLANKS, CODE_DIGITS, Invoicing, Item
from wuye_tui.words import _

INVOICES: Final = "invoices.toml"
_RATE: Final = re.compile(r"[0-9]{1,2}(?:\.[0-9])?%|免税|不征税", re.ASCII)
_CODE: Final = re.compile(rf"[0-9]{{{CODE_DIGITS}}}", re.ASCII)


def read_invoices(found: Part) -> Invoicing:
    """How fees are invoiced. Raises BadReference."""
    remark = found.text("remark", "")
    for blank in re.findall(r"\{([^{}]*)\}", remark):
        if blank not in BLANKS:
            why = _("{name} 里不能写 {blank}，能写的是：{known}")
            known = " ".join(f"{{{one}}}" for one in BLANKS)
            raise found.wrong(
                "remark", why.format(name="remark", blank=f"{{{blank[:SHOWN]}}}", known=known)
            )
    items: dict[str, Item] = {}
    for entry in found.parts("item"):
        one = _item(entry)
        if one.fee in items:
            raise entry.wrong("fee", _("有两项的 fee 都是 {fee}").format(fee=one.fee))
        items[one.fee] = one
    return Invoicing(found.flag("prepaid", False), remark, items)


def _item(entry: Part) -> Item:
    rate, code = entry.text("rate"), entry.text("code")
    if not _RATE.fullmatch(rate):
        raise entry.wrong("rate", _('rate 要写成 "6%" 这样的税率，或者 免税、不征税'))
    if not _CODE.fullmatch(code):
        why = _("code 要写 {n} 位数字，写在引号里").format(n=CODE_DIGITS)
        raise entry.wrong("code", why)
    return Item(entry.text("fee"), entry.text("name", ""), rate, code)
