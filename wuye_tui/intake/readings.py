"""Readings of meters, from the sheets that meter readers hand in (FW-4.2).

A row is about one meter, by its number or by its room. What its remark says decides what kind of
reading it is: 过零, 旧表止码 or 新表起码; any other is a usual one. 换表 alone says neither of the
two, and is refused. A row that has both in columns of their own is a change of meters (`swaps`).
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from wuye_tui.intake import cells, terms
from wuye_tui.intake.days import take_day
from wuye_tui.intake.grid import Cell, is_blank
from wuye_tui.intake.lines import Line, says_nothing
from wuye_tui.intake.reasons import CellRefused, NotOneOf
from wuye_tui.intake.rooms import read_room
from wuye_tui.intake.swaps import Swap, swap
from wuye_tui.rules.fee_kinds import FeeKind, How
from wuye_tui.rules.meters import INSTALLED, MOST_DIGITS, REGULAR, REMOVED, ROLLED, parse_reading
from wuye_tui.rules.rooms import key
from wuye_tui.rules.text import Field
from wuye_tui.words import _

MOST_FACTOR: Final = 100_000
Names = Mapping[str, FeeKind]
"""The fees that are reckoned by meters, under all the names that a sheet may give them."""
_OTHERS: Final = {"水": "自来水 冷水 用水 供水 生活用水", "电": "电力 用电 供电 生活用电"}
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_WHOLE: Final = re.compile(r"[x×*]?([1-9][0-9]{0,5})(?:\.0+)?(?:倍|位)?", re.IGNORECASE)
_KINDS: Final = (
    (ROLLED, re.compile("过零|过圈|归零|翻转|满圈|跑满|rolled")),
    (REMOVED, re.compile("旧表|原表|拆表|拆下|换下|removed")),
    (INSTALLED, re.compile("新表|装表|换上|装上|installed")),
)
_SWAPPED: Final = re.compile("换了?[新水电]?表|更换[新水电]?表|换新")


class NoMeterNamed(CellRefused):
    """Neither a room nor a number says which meter it is."""

    def __init__(self) -> None:
        super().__init__(_("不知道是哪一块表。请填房号或表号。"))


class UnclearSwap(CellRefused):
    """A meter was changed, and it is not said whether the old or the new one showed this."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "看不出是旧表的还是新表的读数。换表请填「旧表止码」「新表起码」两列；"
                "或者写两行：一行备注「旧表止码」，一行备注「新表起码」。"
            )
        )


class NotAFactor(CellRefused):
    """Nothing that a meter could be multiplied by."""

    def __init__(self) -> None:
        super().__init__(_("不是有效的倍率。请填整数，例如 1、20、40。"))


class NotDigits(CellRefused):
    """More or fewer digits than a meter has."""

    def __init__(self) -> None:
        super().__init__(
            _("不是有效的位数。请填小数点以前有几位，1 到 {most}。").format(most=MOST_DIGITS)
        )


class ReadingRow(NamedTuple):
    """What a meter showed, in 1/1000 of its unit. `unit` is a label and `meter` a number, one of
    them perhaps empty; `fee` is a code. Empty, or None, is whatever the sheet does not say.

    Of a row in which a meter was changed the old one's last, the new one's first and its reading
    are `part` 1, 2 and 3; `new_meter` is the number of the new one where it has another, and
    `early` by how many days before the reading it was changed, where the sheet does not say it.
    """

    row_number: int
    unit: str
    meter: str
    fee: str
    value_milli: int
    day: date | None
    kind: str
    before_milli: int | None
    day_before: date | None
    factor: int | None
    digits: int | None
    part: int = 0
    new_meter: str = ""
    early: int = 0


def meter_names(fees: Iterable[FeeKind]) -> Names:
    """The fees by meter under their names: water, 水费, 水, 水表, 自来水."""
    found: dict[str, FeeKind] = {}
    for fee in fees:
        if fee.how is How.METER:
            short = terms.fold(fee.word).removesuffix("费")
            others = _OTHERS.get(short, "").split()
            names = (fee.code, fee.word, short, f"{short}表", f"{short}费", *others)
            found |= {terms.fold(name): fee for name in names}
    return found


def reading(line: Line, names: Names) -> list[ReadingRow]:
    """A reading; none where nothing stands in its column, which is told; two or three where a
    meter was changed.
    """
    unit, meter = _unit(line), line.take("meter", _meter, "")
    if changed := swap(line, _shown, _meter):
        whole = _whole(line, unit, meter, names, 0, REGULAR)
        return _parts(whole, changed)
    if says_nothing(line.value("value")):
        if not line.bad:
            line.tell("value", _("没有读数，这一行没有记。"))
        return []
    shown = line.need("value", _shown, 0)
    return [_whole(line, unit, meter, names, shown, _kind(line))]


def _whole(
    line: Line, unit: str, meter: str, names: Names, value_milli: int, kind: str
) -> ReadingRow:
    return ReadingRow(
        line.row_number,
        unit,
        meter,
        line.take("fee", lambda cell, _word: _fee(cell, names), ""),
        value_milli,
        take_day(line, "day", ends=True),
        kind,
        line.take("before", _shown, None),
        take_day(line, "day_before", ends=True),
        line.take("factor", _factor, None),
        line.take("digits", _digits, None),
    )


def _parts(whole: ReadingRow, changed: Swap) -> list[ReadingRow]:
    """The old meter's last, the new one's first, and what it shows now. What the sheet says of the
    reading before is the old one's; digits and factor are those of the new one.
    """
    same = changed.new_meter in ("", whole.meter)
    old = whole if same else whole._replace(factor=None, digits=None)
    new = whole._replace(before_milli=None, day_before=None)
    new = new if same else new._replace(meter=changed.new_meter)
    day, early = changed.day_of(whole.day)
    number = "" if same else changed.new_meter
    found = [
        old._replace(
            value_milli=changed.removed, kind=REMOVED, day=day, part=1, new_meter=number,
            early=early,
        ),
        new._replace(value_milli=changed.installed, kind=INSTALLED, day=day, part=2, early=early),
    ]  # fmt: skip
    if changed.value is not None:
        found.append(new._replace(value_milli=changed.value, part=3))
    return found


def _unit(line: Line) -> str:
    """The room's label; "" where the row has a meter's number in its place."""
    if not is_blank(line.value("room")):
        return key(read_room(line, strict=False))
    if says_nothing(line.value("meter")):
        line.refuse("room" if "room" in line.header.places else "value", NoMeterNamed())
    return ""


def _meter(cell: Cell, word: str) -> str:
    return cells.narrow(cell, Field.NUMBER, word).upper()


def _fee(cell: Cell, names: Names) -> str:
    found = names.get(terms.fold(cells.plain(cell)))
    if found is None:
        raise NotOneOf(dict.fromkeys(fee.word for fee in names.values()))
    return found.code


def _shown(cell: Cell, _word: str) -> int:
    typed = cells.plain(cell)
    plain = terms.fold(typed)
    return parse_reading(plain.replace(",", "") if _GROUPED.fullmatch(plain) else typed)


def _kind(line: Line) -> str:
    note = line.value("note")
    said = terms.fold(note) if isinstance(note, str) else ""
    found = [kind for kind, words in _KINDS if words.search(said)]
    if len(found) > 1 or (not found and _SWAPPED.search(said)):
        line.refuse("note", UnclearSwap())
    return found[0] if found else REGULAR


def _factor(cell: Cell, _word: str) -> int:
    found = _WHOLE.fullmatch(terms.fold(cells.plain(cell)))
    if found is None or int(found[1]) > MOST_FACTOR:
        raise NotAFactor
    return int(found[1])


def _digits(cell: Cell, _word: str) -> int:
    found = _WHOLE.fullmatch(terms.fold(cells.plain(cell)))
    if found is None or int(found[1]) > MOST_DIGITS:
        raise NotDigits
    return int(found[1])
