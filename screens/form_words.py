"""What a form says around its fields: of which slip it is, and what to mind before it is saved."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, tzinfo
from typing import Any
from unicodedata import normalize

from screens.asking import Sheet
from screens.dispatch_words import busy_words, several_words
from screens.moments import read
from screens.widgets.painted import Line, line, wrap
from screens.wording import price
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.lifecycle import Effect
from wuye_tui.rules.locale import amount
from wuye_tui.rules.receipts import outstanding
from wuye_tui.rules.signs import CLAUSE, signs_for
from wuye_tui.rules.supplements import owed, spoken_of
from wuye_tui.words import _, listed


def head_lines(
    sheet: Sheet, width: int, roomy: bool, today: date, answers: Mapping[str, Any]
) -> list[Line]:
    """The step, the slip or slips, and the caller; where there is room also what to say. Of a new
    matter what stands in its `answers`: their fields may lie out of sight.
    """
    facts = sheet.facts or answers
    where = str(facts.get("unit") or facts.get("place") or "")
    number = several_words(sheet.each, today) or sheet.number
    rest = " ".join(filter(None, (number, where, str(facts.get("caller", "")))))
    step = (f" {_(sheet.row.word)} ", "title")
    shown: list[Line] = [line(step, rest, (f"  {sheet.row.clause}", "dim"), ground="title")]
    if facts.get("text"):
        shown += [line((f" {part}", "")) for part in wrap(str(facts["text"]), width)[:2]]
    prompt = sheet.row.said(facts)
    if prompt and roomy and not facts.get("emergency"):  # nobody knocks three times
        shown += [line((f" {part}", "soon")) for part in wrap(_(prompt), width)]
    return shown


def spelled(typed: str, card: Sequence[str]) -> str:
    """Whom the numbers of a card's lines mean, by name: 13 or 1、3 is the first and the third. ""
    where that is not what was typed; 119 is somebody to call and no list of lines.
    """
    plain = "".join(letter for letter in normalize("NFKC", typed) if letter not in " ,、")
    if not plain.isascii() or not plain.isdigit() or len(set(plain)) < len(plain):
        return ""
    places = [int(digit) - 1 for digit in plain]
    if not all(0 <= place < len(card) for place in places):
        return ""
    return listed(card[place] for place in places)


def advice(sheet: Sheet, answers: Mapping[str, Any], now: datetime, zone: tzinfo) -> Iterator[str]:
    """A busy worker may be sent, but not unawares (BX-7); nor is a supplement kept from whoever
    pays (KF-3.4, BX-13).
    """
    busy = sheet.busy.get(str(answers.get("worker", "")))
    if busy is not None:
        yield busy_words(busy, now, zone)
    for one in signs_for(sheet.signs, {**sheet.facts, **answers}):
        told = _("带警示牌「{sign}」：{where}（{clause}）")
        yield told.format(sign=one.sign, where=one.where, clause=CLAUSE)
    if sheet.row.tells and sheet.view:
        for other in sheet.view.waiting:
            who = " ".join(filter(None, (other.who, other.phone)))
            yield _("打给 {who}：{said}").format(who=who, said=other.said)
    if Effect.RECEIPT in sheet.row.effects:
        yield _("要收 {amount}").format(amount=amount(outstanding(sheet.facts)))
    moment = spoken_of(sheet.row.verb, _known(sheet, answers, now, zone), now)
    if moment is None:
        return
    for item in sheet.priced:
        if owed(item.name, moment, zone):
            told = _("这个时间上门要加 {name} {price}元（{code}）：谈费用时一并说清。")
            yield told.format(name=item.name, price=price(item), code=item.code)


def _known(sheet: Sheet, answers: Mapping[str, Any], now: datetime, zone: tzinfo) -> dict[str, Any]:
    """The facts as they would be; an appointment that cannot be read is said beside its field."""
    given = {name: answer for name, answer in answers.items() if answer}
    typed = given.pop("at", "")
    with suppress(DeskError):
        given |= {"at": read(str(typed), now, zone).isoformat()} if typed else {}
    return {**sheet.facts, **given}
