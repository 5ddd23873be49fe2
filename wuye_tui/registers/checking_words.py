"""Words about people, held against what was sealed and against the steps they were taken from.

What was erased on purpose is in order: its seal stays. A row that says so and still holds words is
not, nor are words that belong to nothing any more.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from wuye_tui.registers.checking_findings import Findings
from wuye_tui.rules import receipts
from wuye_tui.store import chain
from wuye_tui.store.acts import reversed_digits
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Private
from wuye_tui.words import _


class Kept(NamedTuple):
    """A row of `private`."""

    owner: str
    n: int
    salt: str
    name: str
    phone: str
    phone_tail: str
    address: str
    words: str
    more: Mapping[str, Any]
    erased: datetime | None

    @property
    def said(self) -> dict[str, str]:
        """The words that have a column of their own."""
        return {
            "name": self.name,
            "phone": self.phone,
            "address": self.address,
            "words": self.words,
        }

    @property
    def blank(self) -> bool:
        """Whether nothing is left of it."""
        return not (any(self.said.values()) or self.phone_tail or self.more)


_private = table_of(Private).c
_KEPT = select(*(_private[name] for name in Kept._fields)).where(
    _private.site == bindparam("site"), _private.owner > bindparam("after")
)
_KEPT_UP_TO = _KEPT.where(_private.owner <= bindparam("upto"))


class Words:
    """The words of one page of owners; each is taken out when it has been looked at."""

    def __init__(self, connection: Connection, page: Mapping[str, str]) -> None:
        question = _KEPT_UP_TO if "upto" in page else _KEPT
        rows = map(Kept._make, connection.execute(question, page).all())
        self._rows = {(kept.owner, kept.n): kept for kept in rows}

    def take(self, owner: str, n: int) -> Kept | None:
        """The words of a step (`n` 0: those that lists show), to be looked at once."""
        return self._rows.pop((owner, n), None)

    def end(self, looked: dict[tuple[str, int], str], findings: Findings) -> None:
        """What is left: the reasons for which telephones were shown, and nothing else."""
        for key, kept in self._rows.items():
            if key not in looked:
                findings.add(_("有一段文字不属于任何记录：{owner}。").format(owner=kept.owner))
            elif not sealed(kept, looked.pop(key)):
                findings.add(_altered(kept.owner, kept.n))


def _altered(owner: str, n: int) -> str:
    if owner.startswith(f"{receipts.PREFIX}-"):
        told = (
            _("收据 {number} 发票的购买方被改动过。")
            if n
            else _("收据 {number} 的付款人被改动过。")
        )
        return told.format(number=owner)
    return _("查看电话的理由被改动过：{key}。").format(key=owner)


def unread(looked: Mapping[tuple[str, int], str], findings: Findings) -> None:
    """The reasons, and the payers and buyers of receipts, that no page had."""
    for owner, n in looked:
        if owner.startswith(f"{receipts.PREFIX}-"):
            gone = (
                _("收据 {number} 发票的购买方不见了。")
                if n
                else _("收据 {number} 的付款人不见了。")
            )
            findings.add(gone.format(number=owner))
        else:
            findings.add(_("查看电话的理由不见了：{key}。").format(key=owner))


def sealed(kept: Kept | None, seal: str) -> bool:
    """Whether the words are those that were sealed; erased ones are in order, missing ones not."""
    if kept is None:
        return seal == ""
    if kept.erased is not None:
        return kept.blank
    return in_order(kept) and chain.seal(kept.salt, {**kept.said, "more": kept.more}) == seal


def shows(kept: Kept | None, shown: Mapping[str, str]) -> bool:
    """Whether lists show what the steps say; nothing once it is erased."""
    if kept is None:
        return not any(shown.values())
    if kept.erased is not None:
        return kept.blank
    return in_order(kept) and not kept.more and kept.said == shown


def in_order(kept: Kept) -> bool:
    """Whether a search by the end of the telephone finds it."""
    return kept.phone_tail == reversed_digits(kept.phone)
