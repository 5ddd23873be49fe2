"""Words of the handover: the entries of its list, in the order in which both go through them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from screens.widgets.entries import Entry
from screens.widgets.painted import Line, Span, fit, line, wrap
from screens.wording import clock, left, short_number
from wuye_tui.rules.handover_words import KINDS, RECEIPTS, WHY
from wuye_tui.rules.money import yuan
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.registers.handover_list import Item
    from wuye_tui.registers.handovers import HandoverNow

TOOLS, TOOL, CASH, GROUP, CLEAN, HEAD, CAUTION = (
    "tools", "tool:", "cash", "group", "clean", "head", "caution",
)  # fmt: skip
NUMBER, WHERE, NAME, REASON = 9, 12, 16, 14  # cells
FIT = 66


@dataclass
class Sheet:
    """What is filled in at this screen and not signed yet: counts as typed, by the row's key, what
    is shown besides, and the word of caution.
    """

    typed: dict[str, str] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    caution: str = ""


def counted(found: "HandoverNow") -> dict[str, str]:
    """What was counted before the giver took the signature back, where it differs, by the rows."""
    counts = found.facts.get("counts", {})
    off = {
        f"{TOOL}{name}": str(many) for name, many in counts.items() if many != found.tools.get(name)
    }
    cash = found.facts.get("cash")
    return off | ({CASH: yuan(int(cash))} if cash is not None else {})


def title(found: "HandoverNow", now: datetime, zone: tzinfo) -> list[Span]:
    """Whose duty it is, until when, and how far the handover has come."""
    duty = found.duty
    head = f" {_('交接班')} {_(duty.word)} {duty.staff_name}  "
    until = duty.planned_end.astimezone(zone).strftime("%H:%M")
    over = now >= duty.planned_end
    told = _("已过 {until}，没交完继续值班(KF-13)") if over else _("{until} 交")
    spans: list[Span] = [(head, "title"), (told.format(until=until), "late" if over else "")]
    if found.view is not None:
        state = _(found.view.cycle.state_word(found.view.situation.state))
        spans.append((f"  {found.number} {state}", "strong"))
    return spans


def entries(
    found: "HandoverNow", sheet: Sheet, now: datetime, zone: tzinfo, ticked: Collection[str] = ()
) -> list[Entry]:
    """The whole list: what the giver counts, what the relief looks at, and the signatures. What is
    `ticked` has been looked at, though nobody has signed for it yet.
    """
    given = found.view is not None and found.view.situation.state == "given"
    shown = [*_of_giver(found, sheet, zone, given)]
    shown += _of_relief(found, sheet, now, zone, ticked)
    return shown


def _of_giver(found: "HandoverNow", sheet: Sheet, zone: tzinfo, given: bool) -> Iterator[Entry]:
    giver, facts = found.duty.staff_name, found.facts
    if given:
        at = clock(datetime.fromisoformat(str(facts["given_at"])), zone)
        told = _("一、{name} 已点清签字 {at}，F8 收回").format(name=giver, at=at)
        yield Entry(((told, "strong"),))
        yield from _differences(facts)
        return
    yield Entry(((_("一、{name} 点清，按 F8 签字").format(name=giver), "strong"),))
    if found.tools:
        off = [name for name in found.tools if f"{TOOL}{name}" in sheet.typed]
        many = _("{n} 样").format(n=len(found.tools))
        said = _("点过，都对就打勾；不对的按 Enter 展开，打实有的数")
        off_words = _("不一样的：{what}").format(what=listed(off)) if off else ""
        spans: list[Span] = [
            (fit(_("工具"), NAME), ""),
            (f"{many}  ", ""),
            (off_words or said, "late" if off else "dim"),
        ]
        yield Entry(tuple(spans), TOOLS, ticks=True)
        if TOOLS in sheet.opened:
            yield from (_tool(name, many, sheet.typed) for name, many in found.tools.items())
    if found.cash is not None or CASH in sheet.typed:
        yield _cash(found.cash, sheet.typed)
    words = sheet.caution or _("按 F9 写")
    yield Entry(((fit(_("注意事项"), NAME), ""), (words, "" if sheet.caution else "dim")), CAUTION)


def _tool(name: str, should: int, typed: Mapping[str, str]) -> Entry:
    key = f"{TOOL}{name}"
    have = typed.get(key, "")
    off = bool(have) and have != str(should)
    spans: list[Span] = [
        (fit(f"  {name}", NAME + 6), ""),
        (_("应有 {n}").format(n=should) + "  ", ""),
        (_("实有 {n}").format(n=have or "_"), "late" if off else ""),
    ]
    return Entry(tuple(spans), key)


def _cash(should: int | None, typed: Mapping[str, str]) -> Entry:
    have = typed.get(CASH, "")
    wanted = _("账上 {yuan} 元").format(yuan=yuan(should)) if should is not None else ""
    spans: list[Span] = [
        (fit(_("现金"), NAME), ""),
        (f"{wanted}  ", ""),
        (_("实有 {yuan} 元").format(yuan=have or "_"), "" if have else "soon"),
        ("" if have else _("  对就打勾，不对打实有的数"), "dim"),
    ]
    return Entry(tuple(spans), CASH, ticks=should is not None and not have)


def _differences(facts: Mapping[str, object]) -> Iterator[Entry]:
    off = facts.get("differences")
    for name, pair in off.items() if isinstance(off, Mapping) else ():
        told = _("{name} 应有 {wanted}，实有 {many}").format(
            name=name, wanted=pair[0], many=pair[1]
        )
        why = str(facts.get("count_why") or "")
        yield Entry((("  ", ""), (told, "late"), (f"  {why}", "")))
    caution = str(facts.get("caution") or "")
    if caution:
        yield Entry((("  ", ""), (_("注意：{words}").format(words=caution), "strong")))


def _of_relief(
    found: "HandoverNow", sheet: Sheet, now: datetime, zone: tzinfo, ticked: Collection[str]
) -> Iterator[Entry]:
    seen, facts = set(found.facts.get("seen", ())), found.facts
    late = int(facts.get("late_minutes") or 0)
    arrived = _("  签到迟了 {n} 分钟(KF-9)").format(n=late) if late else ""
    told = _("二、接班人一项一项看，看过的按空格打勾，再按 F7 签收")
    clean, group = bool(facts.get("cleaning_ok")), found.handed.group
    wanted = {*found.unseen, *([] if clean else [CLEAN])}
    wanted |= {GROUP} if group and not facts.get("group_seen") else set()
    open_ = len(wanted - set(ticked))
    told += _("，还有 {n} 项").format(n=open_) if open_ else ""
    yield Entry(((told, "strong"), (arrived, "late")))
    for item in found.handed.ones:
        yield _item(item, item.key in seen, now, zone)
    if not found.handed.ones:
        yield Entry(((_("  没有要一项一项看的。"), "dim"),))
    if group:
        said = _("其余 {n} 件，没有变化，一起确认").format(n=len(group))
        done = bool(facts.get("group_seen"))
        words = _("已确认") if done else _("Enter 展开看")
        yield Entry(((fit(said, NAME * 2), ""), (words, "dim")), GROUP, ticks=not done)
        if GROUP in sheet.opened:
            yield from (_item(item, True, now, zone) for item in group)
    dirty = str(facts.get("dirty") or "") if facts.get("cleaning_ok") is False else ""
    words = _("已验收") if clean else _("干净就打勾；不干净按 F9 退回")
    words = _("上次退回：{why}；干净了就打勾").format(why=dirty) if dirty else words
    yield Entry(((fit(_("台面清洁"), NAME), ""), (words, "dim")), CLEAN, ticks=not clean)


def _item(item: "Item", seen: bool, now: datetime, zone: tzinfo) -> Entry:
    today = now.astimezone(zone).date()
    kind = KINDS.get(item.kind) or PROCEDURES[item.kind].word
    why = " ".join(_(WHY[one]) for one in item.why)
    slip = item.number and item.kind != RECEIPTS  # of receipts the words have the numbers
    number = short_number(item.number, today) if slip else _(kind)
    due = left(item.due, now) if item.due else ""
    spans: list[Span] = [
        (fit(why, REASON), "late" if "overdue" in item.why else "soon"),
        (f"{fit(number, NUMBER)} ", "strong"),
        (f"{fit(item.where, WHERE)} " if item.where else "", ""),
        (f"{item.words} ", ""),
        (f"{_(item.state)} {due}".strip() if item.number in item.key else "", "dim"),
        (_("  已确认") if seen and item.weight == "one" else "", "good"),
    ]
    below: tuple[Line, ...] = tuple(line(f"      {part}") for part in wrap(item.words, FIT))
    ticks = item.weight == "one" and not seen
    number = item.number if item.kind in PROCEDURES else ""
    return Entry(tuple(spans), item.key, number, ticks=ticks, below=below[1:] and below)
