"""How the entries of `spending.toml` and `books.toml` are read, and what is wrong with them."""

import re
from collections.abc import Sequence

from wuye_tui.reference_values import BadReference, Part
from wuye_tui.rules.accounts import ACCOUNTS, KINDS
from wuye_tui.rules.books import LONGEST_CODE, Books
from wuye_tui.rules.spending import Category
from wuye_tui.words import _

SPENDING, BOOKS = "spending.toml", "books.toml"
_CODE = re.compile(r"[0-9]+(\.[0-9]+)*", re.ASCII)


def read_spending(found: Part) -> tuple[Category, ...]:
    """The categories in the order of the file. Raises BadReference."""
    entries = found.parts("category", needed=True)
    known: list[Category] = []
    for entry in entries:
        code = entry.text("code")
        if not re.fullmatch(r"[a-z][a-z_]*", code):
            raise entry.wrong("code", _("code 只能用小写字母和下划线：{code}").format(code=code))
        if code in {one.code for one in known}:
            raise entry.wrong("code", _("有两项的 code 都是 {code}").format(code=code))
        known.append(Category(code, entry.text("word")))
    if not known:
        raise BadReference(SPENDING, _("少了 {name}").format(name="category"))
    return tuple(known)


def read_books(found: Part) -> Books:
    """The codes by account and part. Raises BadReference."""
    kinds = _among(found, "leave_out", found.texts("leave_out", ()), [one for one, _w in KINDS])
    codes: dict[tuple[str, str], str] = {}
    for entry in found.parts("book", needed=True):
        (account,) = _among(entry, "account", [entry.text("account")], [a for a, _w in ACCOUNTS])
        key, code = (account, entry.text("part", "")), entry.text("code")
        if not _CODE.fullmatch(code) or len(code.replace(".", "")) > LONGEST_CODE:
            why = _("code 要写数字，级与级之间用点隔开，最多 {most} 位数字")
            raise entry.wrong("code", why.format(most=LONGEST_CODE))
        if key in codes:
            why = _("{account} 的 {part} 写了两次").format(account=account, part=key[1] or '""')
            raise entry.wrong("part" if key[1] else "account", why)
        codes[key] = code
    return Books(codes, found.text("voucher"), frozenset(kinds))


def _among(entry: Part, name: str, given: Sequence[str], known: Sequence[str]) -> Sequence[str]:
    for one in given:
        if one not in known:
            why = _("{name} 里不能写「{one}」，能写的是：{known}")
            raise entry.wrong(name, why.format(name=name, one=one[:40], known=" ".join(known)))
    return given
