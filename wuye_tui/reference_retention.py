"""How the entries of `retention.toml` are read, and what is wrong with them."""

from collections.abc import Mapping
from typing import Final

from wuye_tui.reference_values import Part
from wuye_tui.rules.retention import KINDS, Term
from wuye_tui.words import _

RETENTION: Final = "retention.toml"
_MOST: Final = 36500


def read_retention(found: Part) -> Mapping[str, Term]:
    """The terms by the codes of their kinds, in the order of the file. Raises BadReference."""
    terms: dict[str, Term] = {}
    for entry in found.parts("record"):
        code, days = entry.text("code"), entry.whole("days")
        kind = KINDS.get(code)
        if kind is None:
            told = _("没有「{code}」这一类，能写的是：{known}")
            raise entry.wrong("code", told.format(code=code[:40], known=" ".join(KINDS)))
        if kind.by_law:
            raise entry.wrong("code", _("{code} 依法一直保存，不写天数").format(code=code))
        if code in terms:
            raise entry.wrong("code", _("有两项的 code 都是 {code}").format(code=code))
        least = max(1, kind.least)
        if not least <= days <= _MOST:
            told = _("{code} 的 days 要写 {least} 到 {most} 的整数")
            raise entry.wrong("days", told.format(code=code, least=least, most=_MOST))
        terms[code] = Term(code, days, entry.text("why"))
    return terms
