"""The card of the unit that the line speaks of, and the exact words of the notices that hold there.

It is only read: the keys stay with the line, which turns its pages too. What has to be said comes
first, then who may be speaking, what is open, and what was spoken of last.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from rich.cells import cell_len

from screens.commands import keyed
from screens.widgets.painted import Line, Span, cut, fit, flow, line, wrap
from screens.widgets.pane import Pane
from screens.wording import clock, hold_word, is_late, left, short_number
from wuye_tui.rules.channels import PHONE
from wuye_tui.rules.text import masked_words
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from wuye_tui.registers.notices import Notice
    from wuye_tui.registers.queue import QueueRow
    from wuye_tui.registers.unit_card import CardCall, CardPerson, UnitCard

LEAST_INDENT = 8  # cells
MATTERS = 30  # open ones of one unit; more of them no caller means
_PEOPLE, _OPEN, _LAST, _SAY = N_("住户"), N_("未结"), N_("最近"), N_("请说")


class UnitCardPane(Pane, can_focus=False):
    """The card, in place of the work area while the line speaks of a unit."""


@dataclass(frozen=True)
class Told:
    """What is shown: the card, if a unit is known; the notices that hold; and by what F9 does.

    `asked` are the numbers of the notices that the line asks about, `join` the slip it may be
    joined to, `alike` those of the same trade.
    """

    card: "UnitCard | None"
    notices: "tuple[Notice, ...]"
    asked: Collection[str] = ()
    join: str = ""
    alike: Collection[str] = ()


def unit_lines(told: Told, now: datetime, zone: tzinfo, width: int) -> list[Line]:
    """The whole card for so many cells across."""
    card, shown = told.card, list[Line]()
    if card is not None:
        shown.append(cut(_head(card), width))
    for notice in sorted(told.notices, key=lambda one: one.number not in told.asked):
        shown += _notice(notice, told, now, zone, width)
    if card is None:
        return shown
    shown += _people(card, width)
    shown += [
        _row(_OPEN if n == 0 else "", _matter(row, told, now, zone, width))
        for n, row in enumerate(_foremost(card.matters, told))
    ]
    if (more := len(card.matters) - MATTERS) > 0:
        shown.append(_row("", [(_("还有 {n} 张未结，按 Ctrl+F 打房号看").format(n=more), "dim")]))
    shown += [
        cut(_row(_LAST if n == 0 else "", _call(call, now, zone)), width)
        for n, call in enumerate(card.calls)
    ]
    if not (card.matters or card.calls):
        shown.append(_row("", [(_("没有未结的单，也没有来过电话。"), "dim")]))
    return shown


def _foremost(matters: "Sequence[QueueRow]", told: Told) -> "list[QueueRow]":
    """As many as a caller can be asked about: first what this call may be about."""
    if len(matters) <= MATTERS:
        return list(matters)
    about = {*told.alike, told.join}
    return sorted(matters, key=lambda row: row.number not in about)[:MATTERS]


def _indent() -> int:
    """The cells of the labels, in the language in force."""
    words = (_(word) for word in (_PEOPLE, _OPEN, _LAST, _SAY))
    return max(LEAST_INDENT, *(cell_len(word) + 2 for word in words))


def _row(label: str, spans: list[Span]) -> Line:
    return line((fit(f" {_(label)}" if label else "", _indent()), "label"), *spans)


def _head(card: "UnitCard") -> Line:
    """The unit in words; what has to be known before anybody rings or knocks stands out."""
    from wuye_tui.intake.terms import FLAGS, KINDS, STATUSES  # codes as the unit's own lists say

    vacant = card.status == "vacant"
    words: dict[str, str] = {str(code): word for code, word in FLAGS.words.items()}
    kinds: dict[str, str] = {str(code): word for code, word in KINDS.words.items()}
    statuses: dict[str, str] = {str(code): word for code, word in STATUSES.words.items()}
    spans: list[Span] = [(f" {card.label} ", "title"), (_(kinds.get(card.kind, card.kind)), "")]
    status = _(statuses.get(card.status, card.status))
    spans += [(" ", ""), (status, "late" if vacant else "")]
    if card.warranty_until:
        until = card.warranty_until.isoformat()
        still = _("  保修到 {until}") if card.in_warranty else _("  {until} 已过保修")
        spans.append((still.format(until=until), "strong" if card.in_warranty else ""))
    for flag in card.flags:
        spans += [("  ", ""), (f"【{_(words.get(flag, flag))}】", "late")]
    return line(*spans, ground="title")


def _notice(notice: "Notice", told: Told, now: datetime, zone: tzinfo, width: int) -> list[Line]:
    """Subject, where and until when; under it the words to say, all of them."""
    until = _("到 {end}").format(end=clock(notice.ends, zone, now)) if notice.ends else ""
    doubt = ""
    if notice.late:
        doubt = _("已过时间，请问部门") if notice.reported else _("部门超时未报")
    elif not notice.reported:
        doubt = _("部门还没报，先这样说")
    head: list[Span] = [(_(notice.subject), "soon")]
    head += [(f"  {part}", "") for part in (notice.scope or _("全小区"), until) if part]
    head.append((_("  已答 {n} 位").format(n=notice.asked), "dim"))
    if doubt:
        head.append((f"  {doubt}", "late"))
    if notice.number in told.asked:
        head.append((keyed(_("  F9 已按通知回答")), "key"))
    said = [
        _row(_SAY if n == 0 else "", [(part, "strong")])
        for n, part in enumerate(wrap(notice.answer, width - _indent()))
    ]
    return [cut(line(" ", *head), width), *said]


def _people(card: "UnitCard", width: int) -> list[Line]:
    if not card.people:
        return [_row(_PEOPLE, [(_("没有登记住户"), "dim")])]
    parts = [_person(person) for person in card.people]
    rows = flow(parts, width - _indent(), len(parts))
    return [_row(_PEOPLE if n == 0 else "", list(row.spans)) for n, row in enumerate(rows)]


def _person(person: "CardPerson") -> list[Span]:
    from wuye_tui.intake.terms import ROLES

    roles: dict[str, str] = {str(code): word for code, word in ROLES.words.items()}
    role = _(roles.get(person.role, person.role))
    rest = " ".join(part for part in (role, person.phone, person.plate) if part)
    return [(person.name, "strong"), (f" {rest}", "")]


def _matter(row: "QueueRow", told: Told, now: datetime, zone: tzinfo, width: int) -> list[Span]:
    """Number, state and words; when it is due; and whether this call may be about the same."""
    number = short_number(row.number, now.astimezone(zone).date())
    state = _("挂{why}").format(why=hold_word(row.hold)) if row.hold else _(row.state_word)
    due = left(row.due.due if row.due else None, now)
    if row.at and not row.due:
        due = _("约{when}").format(when=clock(row.at, zone, now))
    over = row.due is not None and is_late(row.due.due, now)
    key = keyed(_("F9 并入")) if row.number == told.join else ""
    same = _("像是同一件") if row.number in told.alike else ""
    ends = "".join(f" {part}" for part in (due, same, key) if part)
    room = width - _indent() - line(number, " ", state, " ", ends).cells
    return [
        (f"{number} {state} ", ""),
        (fit(masked_words(row.words), max(4, room)), "strong" if same else ""),
        (f" {due}" if due else "", "late" if over else "dim"),
        (f" {same}" if same else "", "soon"),
        (f" {key}" if key else "", "key"),
    ]


def _call(call: "CardCall", now: datetime, zone: tzinfo) -> list[Span]:
    from wuye_tui.registers.contacts import CHANNELS, COUNTED_AS

    came = "" if call.channel == PHONE else f"{_(CHANNELS.get(call.channel, call.channel))} "
    category = _(COUNTED_AS.get(call.category, call.category))
    return [
        (f"{clock(call.rang, zone, now)} ", "dim"),
        (f"{came}{category} ", "strong"),
        (masked_words(call.words.replace("\n", " ")), ""),
    ]
