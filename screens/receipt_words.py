"""Words of the counter's records: receipts as they stand, and what a day has taken."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from screens.billing_words import SUM, UNIT, labelled
from screens.widgets.painted import Line, Span, fit, line
from screens.wording import clock
from wuye_tui.rules.locale import amount
from wuye_tui.rules.money import capitals, yuan
from wuye_tui.rules.receipts import MEANS_WORDS
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from screens.asking_billing import Paid
    from screens.widgets.choose import Option
    from wuye_tui.registers.at_counter import Given, OpenDay
    from wuye_tui.registers.dayclose import DaySheet
    from wuye_tui.registers.receipts import Issued

CURRENCY = "人民币"  # untranslated: capitals are Chinese
WHERE = 15  # cells: a unit and how many with it


def receipt_words(one: "Issued", zone: "tzinfo", now: "datetime") -> str:
    """A receipt in one line of a list, behind its number."""
    parts = (
        clock(one.at, zone, now),
        fit(one.where, WHERE),
        fit(yuan(one.fen), SUM, right=True),
        fit(_(MEANS_WORDS[one.means]), 6),
        one.by_name,
        _("已作废") if one.voided else "",
    )
    return " ".join(filter(None, parts))


def given_words(one: "Given", zone: "tzinfo") -> str:
    """A receipt of a closed day in one line of a list, behind its number."""
    parts = (
        clock(one.at, zone)[:5],
        fit(one.unit, UNIT),
        fit(yuan(one.fen), SUM, right=True),
        _(MEANS_WORDS[one.means]),
    )
    return " ".join(parts)


def receipt_lines(paid: "Paid", zone: "tzinfo", cells: int) -> list[Line]:
    """One receipt: what for, in figures and in capitals, who took it, and whether it is void."""
    one = paid.issued
    void = ""
    if one.voided:
        who = listed(filter(None, (one.voided_by_name, one.second_name)))
        void = f"{clock(one.voided, zone)} {who} {one.void_reason}"
    told = {
        _("时间"): clock(one.at, zone),
        _("房号"): listed(one.units),
        _("付款人"): one.payer,
        _("金额"): amount(one.fen),
        _("大写"): capitals(one.fen, CURRENCY),
        _("怎样付"): paid.means,
        _("收款人"): one.by_name + (_("（代收费员）") if one.for_cashier else ""),
        _("作废"): void,
    }
    state: Span = (_("已作废"), "late") if one.voided else (_("有效"), "good")
    head_ = line((f" {_('收据')} {one.number}  ", "title"), state, ground="title")
    for_what = [
        line("  ", (fit(what, max(20, cells - SUM - 6)), ""), fit(yuan(fen), SUM, right=True))
        for what, fen in paid.lines
    ]
    return [head_, *labelled(told, cells), line((_(" 收的是"), "label")), *for_what]


def day_options(days: "Sequence[OpenDay]") -> "list[Option]":
    """The days that are not closed, to choose from; they are closed in their order."""
    from screens.widgets.choose import Option

    found = []
    for place, one in enumerate(days):
        told = _("{n} 笔，共 {sum}").format(n=one.many, sum=amount(one.fen))
        before = _("；先结 {first}").format(first=days[0].day) if place else ""
        found.append(Option(f"bill:{one.day}", one.day.isoformat(), told + before, "FW-4.3"))
    return found


def sheet_lines(sheet: "DaySheet", cells: int) -> list[Line]:
    """What a day has taken, by person and by means, and how it was closed."""
    told = _("{day} 收款").format(day=sheet.day)
    closed = _("  已日结 {number}").format(number=sheet.closed["number"]) if sheet.closed else ""
    shown = [line((f" {told}", "title"), (closed or _("  还没有日结"), ""), ground="title")]
    people: dict[str, dict[str, list[int]]] = {}
    for one in sheet.taken:
        counted = people.setdefault(one.by_name, {}).setdefault(one.means, [0, 0])
        counted[0] += one.many
        counted[1] += one.fen
    for name, by_means in people.items():
        shown += _of_person(name, by_means.items())
    total: dict[str, list[int]] = {}
    for by_means in people.values():
        for means, (many, fen) in by_means.items():
            counted = total.setdefault(means, [0, 0])
            counted[0] += many
            counted[1] += fen
    if people:
        shown += _of_person(_("合计"), total.items())
    else:
        shown.append(line((_("  今天还没有收款。"), "dim")))
    return [*shown, *_closed(sheet, cells)]


def _closed(sheet: "DaySheet", cells: int) -> list[Line]:
    """How a day was closed: by whom, what was counted, and what the ledger said before."""
    if sheet.counted is None:
        return []
    told = {
        _("日结人"): sheet.closed_by,
        _("账上现金"): amount(sheet.should),
        _("实点"): amount(sheet.counted),
        _("长短款"): amount(sheet.difference) if sheet.difference else _("没有"),
        _("原因"): sheet.why,
        _("现金交给"): sheet.handed_to,
    }
    return [line((_(" 日结"), "label")), *labelled(told, cells)]


def _of_person(name: str, by_means: Iterable[tuple[str, Sequence[int]]]) -> list[Line]:
    rows = [(_(MEANS_WORDS[means]), many, fen) for means, (many, fen) in by_means]
    whole = sum(fen for _word, _many, fen in rows)
    shown = [line((f"  {fit(name, 22)}", "strong"), (fit(yuan(whole), SUM, right=True), "strong"))]
    for word, many, fen in rows:
        told = _("{n} 笔").format(n=many)
        shown.append(line(f"    {fit(word, 12)}{fit(told, 8)}", fit(yuan(fen), SUM, right=True)))
    return shown
