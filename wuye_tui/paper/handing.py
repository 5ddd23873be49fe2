"""The handover record as a form (XX-5, KF-9 to KF-12): by its number as it was signed, and without
one what the running duty hands over now.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from wuye_tui.desk import DESK_POST, Desk
from wuye_tui.paper.telling import Terms
from wuye_tui.registers import handovers, views
from wuye_tui.registers.handover_list import ITEM, ONE, RECEIPTS, Handed, Item
from wuye_tui.registers.handover_recalled import moment_of
from wuye_tui.registers.handovers import HandoverNow
from wuye_tui.registers.views import MatterView
from wuye_tui.rules.duetime import countdown, seconds_left
from wuye_tui.rules.handover_words import KINDS, WHY
from wuye_tui.rules.handovers import HANDOVER
from wuye_tui.rules.locale import amount
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.saying import HOW_SIGNED
from wuye_tui.words import _, clauses, listed

WORDS: Final = (
    "state", "taker", "arrived", "late", "given", "accepted", "cleaning", "cash", "cash_expected",
    "cash_why", "count_why", "receipts", "giver_signed", "taker_signed", "cautions", "forced",
    "notices", "group",
)  # fmt: skip
"""What a handover says besides what the running duty does; empty while it says nothing."""


def blank() -> dict[str, Any]:
    """All of it empty: what a layout is tried with."""
    return {**dict.fromkeys(WORDS, ""), "ones": [], "counted": [], "listed": []}


def facts(desk: Desk, terms: Terms, about: str) -> dict[str, Any]:
    """What the form says of a handover by its number, or of a post's running duty. Raises
    NobodyOnDuty, UnknownMatter.
    """
    if handovers.is_handover(about):
        view = views.show(desk, about, offers=False)
        post = str(view.situation.facts["post"])
        if view.situation.state not in HANDOVER.final:
            return _now(desk, terms, handovers.now(desk, post))
        return _then(desk, terms, view)
    return _now(desk, terms, handovers.now(desk, about or DESK_POST))


def _now(desk: Desk, terms: Terms, now: HandoverNow) -> dict[str, Any]:
    duty = now.duty
    told = {
        "duty": _(duty.word),
        "holder": duty.staff_name,
        "since": terms.moment(duty.started),
        "until": terms.moment(duty.planned_end),
        "over": _("已过交班时间") if duty.over else "",
        "tools": _tools(desk, now.tools, now.facts),
        "cash_expected": amount(now.cash) if now.cash is not None else "",
    }
    return {
        **_handed(terms, now.handed, desk.now()),
        **told,
        **(_signed(terms, now.view) if now.view else {}),
    }


def _then(desk: Desk, terms: Terms, view: MatterView) -> dict[str, Any]:
    """As it was when both had signed: each matter as it stood, in today's words."""
    said = view.situation.facts
    at = moment_of(said) or desk.now()
    plans = {(plan.post, plan.name): plan.word for plan in desk.reference.duties}
    name = str(said.get("name", ""))
    began = handovers.began(desk, str(said.get("duty", "")))
    told = {
        "duty": _(plans.get((str(said["post"]), name), name)),
        "holder": terms.names.get(str(said["giver"]), str(said["giver"])),
        "since": terms.moment(began) if began else "",
        "until": terms.moment(said.get("ends")),
        "tools": _tools(desk, dict(said.get("expected", {})), said),
    }
    handed = handovers.handed(desk, said)
    signed = _signed(terms, view)
    both = str(told["holder"]), str(signed["taker"])
    listed_ = [_ticked(item, said, *both) for item in _items(handed)]
    return {**_handed(terms, handed, at), **told, **signed, "listed": listed_}


def _items(handed: Handed) -> list[Item]:
    return [item for item in handed.of_kind(ITEM) if item.words]


def _ticked(item: Item, said: Mapping[str, Any], giver: str, taker: str) -> dict[str, str]:
    """An item of the checklist: whether the relief has acknowledged it, and who was there."""
    alone = item.weight == ONE
    seen = item.key in said.get("seen", ()) if alone else bool(said.get("group_seen"))
    if not seen:
        return {"words": item.words, "seen": "", "giver": "", "taker": ""}
    return {"words": item.words, "seen": _("已确认"), "giver": giver, "taker": taker}


def _handed(terms: Terms, handed: Handed, at: datetime) -> dict[str, Any]:
    """The list at a moment: what is due is counted down to from there."""
    matters = [item for item in handed.items if item.kind in PROCEDURES]
    return {
        **blank(),
        "open": [_line(terms, item, at) for item in matters],
        "ones": [_line(terms, item, at) for item in handed.ones if item.kind != RECEIPTS],
        "group": str(len(handed.group)),
        "overdue": str(handed.overdue),
        "callbacks": str(handed.callbacks),
        "notices": str(handed.notices),
        "items": [item.words for item in handed.of_kind(ITEM)],
        "listed": [
            {"words": item.words, "seen": "", "giver": "", "taker": ""} for item in _items(handed)
        ],
        "receipts": handed.receipts.told() if handed.receipts.many else "",
        "forced": clauses(item.words for item in handed.of_kind("forced")),
    }


def _line(terms: Terms, item: Item, at: datetime) -> dict[str, Any]:
    word = PROCEDURES[item.kind].word if item.kind in PROCEDURES else KINDS[item.kind]
    return {
        "number": item.number,
        "kind": item.kind,
        "word": _(word),
        "state": _(item.state) if item.state else "",
        "where": item.where,
        "words": item.words,
        "worker": item.worker,
        "due": terms.short(item.due) if item.due else "",
        "left": countdown(seconds_left(item.due, at)) if item.due else "",
        "why": listed(_(WHY[code]) for code in item.why),
    }


def _tools(desk: Desk, should: Mapping[str, int], said: Mapping[str, Any]) -> list[dict[str, Any]]:
    notes = {tool.name: tool.note for tool in desk.reference.checklists.tools}
    counts = said.get("counts", {})
    place = {
        name: n for n, name in enumerate(notes)
    }  # PostgreSQL keeps names in an order of its own
    return [
        {
            "name": name,
            "count": many,
            "counted": str(counts.get(name, "")),
            "note": notes.get(name, ""),
        }
        for name, many in sorted(should.items(), key=lambda one: place.get(one[0], len(place)))
    ]


def _signed(terms: Terms, view: MatterView) -> dict[str, Any]:
    """What the handover itself says: who came when, what was counted, and both signatures."""
    said = view.situation.facts
    signs = {one.role: one for one in view.valid}

    def signature(role: str) -> str:
        one = signs.get(role)
        return (
            f"{terms.names.get(one.name, one.name)} {terms.moment(one.at)} {_(HOW_SIGNED[one.how])}"
            if one
            else ""
        )

    def every(name: str) -> str:
        return clauses(dict.fromkeys(str(said[name]) for said in _said(view) if said.get(name)))

    late = said.get("late_minutes")
    cleaning = said.get("cleaning_ok")
    return {
        "number": view.number,
        "state": _(view.cycle.state_word(view.situation.state)),
        "taker": terms.names.get(str(said.get("taker") or said.get("relief") or ""), ""),
        "arrived": terms.moment(said.get("arrived")),
        "late": _("迟到 {n} 分钟").format(n=late) if late else _("按时") if late == 0 else "",
        "given": terms.moment(said.get("given_at")),
        "accepted": terms.moment(said.get("accepted_at")),
        "cleaning": "" if cleaning is None else _("干净") if cleaning else every("dirty"),
        "cash": amount(int(said["cash"])) if "cash" in said else "",
        "cash_why": _last(view, "cash", "cash_why"),
        "count_why": _count_why(view),
        "cautions": every("caution"),
        "giver_signed": signature("giver"),
        "taker_signed": signature("taker"),
    }


def _said(view: MatterView) -> Iterator[Mapping[str, Any]]:
    """What each step said that counts."""
    return (line.step.facts for line in view.history if not line.undone)


def _last(view: MatterView, of: str, name: str) -> str:
    """What the last step said that says `of`: it may have been given and recalled before."""
    return next((str(said.get(name) or "") for said in reversed([*_said(view)]) if of in said), "")


def _count_why(view: MatterView) -> str:
    """Why tools are not as many as they should be: of each that was not at the last, the reason of
    the last count of it, and each reason once.
    """
    why: dict[str, str] = {}
    for said in _said(view):
        why |= dict.fromkeys(said.get("count", ()), str(said.get("count_why") or ""))
    off = view.situation.facts.get("differences", {})
    return clauses(dict.fromkeys(why[name] for name in off if why.get(name)))
