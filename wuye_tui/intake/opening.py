"""Opening balances, from the lists of arrears, prepayments and deposits of an office's old books.

A row is about one unit: what it owes of a fee and a month, what it has prepaid, what it has left as
a deposit. Rows of totals are no rows of the list; what they say is kept, to be compared.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from wuye_tui.intake import cells, terms
from wuye_tui.intake.days import take_day
from wuye_tui.intake.grid import Cell, NumberedRow, is_blank
from wuye_tui.intake.heading import Header
from wuye_tui.intake.lines import BadRow, Line
from wuye_tui.intake.reasons import CellRefused, NotADate, NotOneOf
from wuye_tui.intake.rooms import read_room
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.fee_kinds import FeeKind, How
from wuye_tui.rules.money import parse_yuan
from wuye_tui.rules.months import Month, month_of, parse_month
from wuye_tui.rules.opening import AMOUNTS
from wuye_tui.rules.rooms import key
from wuye_tui.words import _

Names = Mapping[str, FeeKind]
"""All fees under their codes and their names."""
_TOTAL: Final = re.compile("(?:总?合计|总计|小计|共计|本页小计)(?:[:(0-9].*)?")
_YEARS: Final = range(2000, 2100)
_CUT: Final = re.compile(r"[0-9]{4}\.1")
"""2026.1, which 2026.10 becomes where it is taken for a number."""


class NotAPeriod(CellRefused):
    """No month that something could be charged for."""

    def __init__(self) -> None:
        super().__init__(
            _("不是有效的账期。请写成 2026-03，一行一个月；不分月的留空，或写清到期日。")
        )


class CutPeriod(CellRefused):
    """2026.1: January, or October without its zero."""

    def __init__(self) -> None:
        super().__init__(
            _("看不出是 1 月还是 10 月。请把这一列设为文本，写成 2026-01 或 2026-10。")
        )


class DepositOwed(CellRefused):
    """A deposit among what is owed."""

    def __init__(self) -> None:
        super().__init__(_("押金不算欠费。已经收下的押金，请写在「押金」一列。"))


class NoDepositKind(CellRefused):
    """An office that has no kind of deposit."""

    def __init__(self) -> None:
        super().__init__(
            _('收费项目里没有押金。请先在 data/fees.toml 里加一项 how = "deposit" 的。')
        )


class OpeningRow(NamedTuple):
    """What a unit brings along, in fen, each 0 for none: `owed_fen` of `fee` for `period`, due on
    the day `due`; `prepaid_fen`; `deposit_fen` of the kind `deposit`. Fees are codes.
    """

    row_number: int
    unit: str
    fee: str
    period: Month | None
    owed_fen: int
    due: date | None
    prepaid_fen: int
    deposit_fen: int
    deposit: str


class TotalRow(NamedTuple):
    """What a row of totals says, in fen; None where it says nothing."""

    row_number: int
    owed_fen: int | None
    prepaid_fen: int | None
    deposit_fen: int | None


def fee_names(fees: Iterable[FeeKind]) -> Names:
    """The fees under the names that a file may give them."""
    return {terms.fold(name): fee for fee in fees for name in (fee.code, fee.word)}


def opening(line: Line, names: Names) -> list[OpeningRow]:
    """A row; none where no amount stands in it, which is told."""
    unit = key(read_room(line, strict=False))
    owed, prepaid, deposit = (line.take(name, _money, 0) for name in AMOUNTS)
    if not (owed or prepaid or deposit or line.bad):
        line.tell("room", _("没有金额，这一行没有记。"))
        return []
    fee = _fee(line, names, owed)
    return [
        OpeningRow(
            line.row_number,
            unit,
            fee.code if fee else "",
            line.take("period", _period, None),
            owed,
            take_day(line, "due", ends=True),
            prepaid,
            deposit,
            _deposit(line, names, fee, owed) if deposit else "",
        )
    ]


def stand_once(
    body: Sequence[NumberedRow], lent: Mapping[int, frozenset[int]], header: Header
) -> list[NumberedRow]:
    """The rows without amounts that stand further up: one that is merged down over several rows is
    one amount.
    """
    money = {header.places[name] for name in AMOUNTS if name in header.places}
    found = list[NumberedRow]()
    for number, values in body:
        above = money & lent.get(number, frozenset())
        found.append((number, ["" if at in above else cell for at, cell in enumerate(values)]))
    return found


def totals(header: Header, notes: Mapping[int, list[Cell]]) -> tuple[list[TotalRow], list[BadRow]]:
    """The rows of totals among those passed over, and what in them cannot be read."""
    found, bad = list[TotalRow](), list[BadRow]()
    for number, values in notes.items():
        first = next((cell for cell in values if not is_blank(cell)), "")
        if isinstance(first, str) and _TOTAL.fullmatch(terms.fold(first)):
            line = Line(number, header, values)
            found.append(TotalRow(number, *(line.take(name, _money, None) for name in AMOUNTS)))
            bad += line.bad
    return found, bad


def _money(cell: Cell, _word: str) -> int:
    return parse_yuan(cells.plain(cell))


def _fee(line: Line, names: Names, owed: int) -> FeeKind | None:
    """The row's fee, which only what is owed needs."""

    def read(cell: Cell, _word: str) -> FeeKind | None:
        found = names.get(terms.fold(cells.plain(cell)))
        if found is None:
            raise NotOneOf(dict.fromkeys(one.word for one in names.values()))
        if owed and found.how is How.DEPOSIT:
            raise DepositOwed
        return found

    none: FeeKind | None = None
    return line.need("fee", read, none) if owed else line.take("fee", read, none)


def _deposit(line: Line, names: Names, fee: FeeKind | None, owed: int) -> str:
    """The kind of a deposit: the row's fee, or the only one that the office has."""
    kinds = {one.code: one for one in names.values() if one.how is How.DEPOSIT}
    if fee and fee.code in kinds:
        return fee.code
    if len(kinds) == 1 and (owed or fee is None):
        return next(iter(kinds))
    if not line.bad:
        why = NotOneOf(one.word for one in kinds.values()) if kinds else NoDepositKind()
        line.refuse("fee" if "fee" in line.header.places else "deposit", why)
    return ""


def _period(cell: Cell, word: str) -> Month:
    """A month: 2026-03, 2026年3月, 202603, or any day of it, as spreadsheets make of it."""
    if isinstance(cell, date):
        return month_of(cells.day(cell, word))
    typed = terms.fold(cells.plain(cell))
    if _CUT.fullmatch(typed):
        raise CutPeriod
    try:
        found = parse_month(typed.removesuffix("份"), date.max)
    except DeskError:
        found = None
    if found is None or found.year not in _YEARS:
        try:
            return month_of(cells.day(cell, word))
        except NotADate as why:
            raise NotAPeriod from why
    return found
