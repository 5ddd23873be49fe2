"""What a duty hands over, printed: the duty, its items, the tools and the money."""

from typing import TYPE_CHECKING

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.wording import POSTS, word_of
from wuye_tui.rules.duetime import seconds_left, short_countdown
from wuye_tui.rules.handover_words import KINDS, WHY
from wuye_tui.rules.locale import amount
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.handover_list import Item
    from wuye_tui.registers.handovers import HandoverNow


def print_now(context: Context, desk: "Desk", found: "HandoverNow") -> None:
    """The head, then what is looked at one by one, then the rest, then what is counted."""
    duty, facts = found.duty, found.facts
    head = {
        _("岗位"): word_of(POSTS, found.post),
        _("班次"): _(duty.word),
        _("值班人"): f"{duty.staff_name}({duty.staff})",
        _("接班"): context.when(duty.started, desk.zone),
        _("应交班"): context.when(duty.planned_end, desk.zone) + (_(" 已过") if duty.over else ""),
        _("交接班"): found.number,
        _("接班人"): str(facts.get("relief", "")),
        _("迟到分钟"): str(facts.get("late_minutes") or ""),
    }
    output.emit({name: said for name, said in head.items() if said}, False)
    unseen = set(found.unseen)
    _items(desk, _("逐项确认"), found.handed.ones, unseen)
    _items(desk, _("其余一起确认"), found.handed.group, set())
    counts = facts.get("counts", {})
    output.section(
        _("工具"),
        [
            _("{name}：应有 {many}，实有 {counted}").format(
                name=name, many=many, counted=counts.get(name, _("没点"))
            )
            for name, many in found.tools.items()
        ],
    )
    if found.cash is not None:
        output.section(_("现金"), [_("应有 {yuan}").format(yuan=amount(found.cash))])


def _items(desk: "Desk", title: str, items: list["Item"], unseen: set[str]) -> None:
    if not items:
        return
    output.heading(f"{title} {len(items)}")
    now = desk.now()
    output.table(
        [
            {
                "key": item.key,
                "kind": kind_word(item.kind),
                "where": item.where,
                "words": item.words,
                "why": listed(_(WHY[code]) for code in item.why),
                "due": short_countdown(seconds_left(item.due, now)) if item.due else "",
                "seen": _("没看") if item.key in unseen else "",
            }
            for item in items
        ],
        [
            output.Column(_("号"), "key"),
            output.Column(_("事项"), "kind"),
            output.Column(_("地点"), "where"),
            output.Column(_("内容"), "words", cells=32),
            output.Column(_("剩余"), "due", right=True),
            output.Column(_("为什么"), "why"),
            output.Column("", "seen"),
        ],
    )


def kind_word(kind: str) -> str:
    """What an item is."""
    return _(PROCEDURES[kind].word if kind in PROCEDURES else KINDS[kind])
