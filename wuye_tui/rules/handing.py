"""From hand to hand (NB-2, ZB-3.5): whoever took something first answers for it to its end, unless
a colleague who was asked has accepted it. A kind includes `rows` with its own table.
"""

from wuye_tui.rules.lifecycle import SAME, Ask, Case, Guard, Kind, Row
from wuye_tui.rules.repair_asks import WHY
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_


def holds(case: Case) -> bool:
    """Whether whoever takes the step answers for the matter."""
    return case.doer.number == case.matter.received


def holds_or_manages(case: Case) -> bool:
    """The same, or one of the managers."""
    return holds(case) or case.doer.may(Right.JUDGE)


def handled(case: Case) -> dict[str, object]:
    """Who has had it in hand, whoever takes the step among them."""
    return {"handlers": sorted({*case.matter.facts.get("handlers", ()), case.doer.number})}


def _accepted(case: Case) -> dict[str, object]:
    hands = int(case.matter.facts.get("hands", 0)) + 1
    return {**handled(case), "holder": case.doer.number, "offered_to": "", "hands": hands}


NOT_ANSWERED_FOR = Guard(
    "not_answered_for",
    "ZB-3.5",
    N_("转交要由现在负责的人或经理来办。"),
    lambda case: not holds_or_manages(case),
    hides=True,
)
TO_THE_SAME = Guard(
    "to_the_same",
    "NB-2",
    N_("这件事本来就由他负责，不用转交。"),
    lambda case: case.given.get("to_whom") == case.matter.received,
)
NOT_OFFERED = Guard(
    "not_offered",
    "ZB-3.5",
    N_("这件事没有转交给您。"),
    lambda case: case.matter.facts.get("offered_to") != case.doer.number,
    hides=True,
)


def rows(
    frm: str,
    who: Right,
    *,
    to: Right | None = None,
    first: tuple[Guard, ...] = (),
    never: tuple[Guard, ...] = (),
) -> tuple[Row, ...]:
    """Handing on, accepting and declining, from the states in `frm`.

    `who` may hand on, and `to` (the same, where none is named) may be asked and may answer.
    `first` are the kind's own guards of all three, `never` those of handing on.
    """
    taker = to or who
    return (
        Row(
            "hand_on",
            N_("转交同事"),
            frm,
            SAME,
            who,
            "NB-2",
            ask=(Ask("to_whom", Kind.STAFF, N_("转交给谁"), right=taker), WHY),
            guards=(*first, NOT_ANSWERED_FOR, *never, TO_THE_SAME),
            sets=lambda case: {"offered_to": case.given.get("to_whom", "")},
            prompt=N_("对方接受之前，仍由您负责。"),
        ),
        Row(
            "accept",
            N_("接手"),
            frm,
            SAME,
            taker,
            "ZB-3.5",
            guards=(*first, NOT_OFFERED),
            sets=_accepted,
        ),
        Row(
            "decline",
            N_("不接手"),
            frm,
            SAME,
            taker,
            "ZB-3.5",
            ask=(WHY,),
            guards=(*first, NOT_OFFERED),
            sets=lambda _: {"offered_to": ""},
        ),
    )
