"""Dunning 催缴 (FW-13, KF-3.4): a unit that is overdue is reminded, level by level, in the office's
own words; what it promises comes back by itself, and a complaint about the fee is seen first.

Of a unit at most one is open, and it ends when nothing overdue is owed. The levels are in
`dunning_levels`, what refuses a step in `dunning_guards`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any, Final

from wuye_tui.rules import dunning_guards as on
from wuye_tui.rules.duetime import Before
from wuye_tui.rules.dunning_levels import AGAIN, FIRST, LAWYER, LETTER, LEVELS, WAYS_OF
from wuye_tui.rules.lifecycle import (
    SAME,
    Ask,
    Case,
    Deadline,
    Effect,
    Facts,
    Guard,
    Kind,
    Lifecycle,
    Row,
)
from wuye_tui.rules.repair_asks import CALLER, PHONE, UNIT, WHY
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_

LAST_SECOND: Final = time(23, 59, 59)
PAID, STOPPED = "paid", "stopped"
OPEN = "reminded-managed"
BEFORE_MANAGER = "reminded-disputed"

TEXT = Ask("text", Kind.WORDS, N_("说了什么"), personal=True)
WORDS = replace(TEXT, needed=False)
SPOKEN_TO = replace(CALLER, word=N_("跟谁说的"))
KNOWING = Ask("knowing", Kind.MATTER, N_("看过的投诉单号"), needed=False, kinds=("complaint",))
BY = {code: Ask("way", Kind.CHOICE, N_("怎样催"), choices=WAYS_OF[code]) for code in LEVELS}
MIND = N_("先看有没有投诉。只跟本人说，不当着邻居和孩子说；不拿停水停电说事。")


def _sums(case: Case) -> dict[str, Any]:
    """What was owed when the step was taken, by the register of charges."""
    return {name: on.fen_of(case, name) for name in ("owed_fen", "overdue_fen", "late_fen", "days")}


def _without_subject(case: Case, name: str) -> dict[str, str]:
    """No number of a complaint about one of the staff, who may read this (FW-M.9)."""
    return {name: ""} if case.given.get(name) in case.around.get("of_staff", ()) else {}


def _dunned(code: str) -> Callable[[Case], Facts]:
    """What follows from a step that reminds: what was owed, how far it came, and by what way."""

    def sets(case: Case) -> Facts:
        ways = {**on.ways_seen(case), str(case.given["way"]): case.local.date().isoformat()}
        level = max(code, str(case.matter.facts.get("level", FIRST)), key=LEVELS.index)
        return {**_sums(case), "level": level, "dunned": ways, **_without_subject(case, "knowing")}

    return sets


def _promised(case: Case) -> Facts:
    end = datetime.combine(on.promised_day(case, case.given), LAST_SECOND, case.local.tzinfo)
    return {
        **_sums(case),
        "until": end.astimezone(UTC).isoformat(),
        "amount": case.given.get("amount") or on.fen_of(case, "overdue_fen"),
    }


def _guards(code: str, *first: Guard) -> tuple[Guard, ...]:
    return (
        *first,
        on.NOTHING_OVERDUE,
        on.QUIET,
        on.early(code),
        on.other_way(code),
        on.TOO_SOON,
        on.COMPLAINED,
    )


REMIND = Row(
    "remind",
    N_("再次提醒"),
    "reminded,promised,disputed",
    "reminded",
    Right.DUN,
    "KF-3.4",
    ask=(BY[AGAIN], TEXT, SPOKEN_TO, PHONE, KNOWING),
    guards=_guards(AGAIN, on.STILL_PROMISED),
    effects=(Effect.SNAPSHOT,),
    sets=_dunned(AGAIN),
    prompt=MIND,
)

DUNNING = Lifecycle(
    kind="dunning",
    word=N_("催缴"),
    prefix="CJ",
    straight=False,
    states=(
        ("reminded", N_("已提醒")),
        ("lettered", N_("已发函")),
        ("promised", N_("已答应")),
        ("disputed", N_("有异议")),
        ("managed", N_("已交经理")),
        (PAID, N_("已缴清")),
        (STOPPED, N_("已停催")),
    ),
    final=frozenset({PAID, STOPPED}),
    outcomes=((PAID, N_("已缴清")), (STOPPED, N_("已停催"))),
    rows=(
        Row(
            "register",
            N_("首次提醒"),
            "new",
            "reminded",
            Right.DUN,
            "KF-3.4",
            ask=(replace(UNIT, needed=True), BY[FIRST], TEXT, SPOKEN_TO, PHONE, KNOWING),
            guards=_guards(FIRST, on.ALREADY),
            sets=_dunned(FIRST),
            undo=False,
            prompt=MIND,
        ),
        REMIND,
        replace(REMIND, frm="lettered", to=SAME, guards=_guards(AGAIN)),
        Row(
            "letter",
            N_("发催缴函"),
            BEFORE_MANAGER,
            "lettered",
            Right.BILL,
            "FW-13",
            ask=(BY[LETTER], WORDS, KNOWING),
            guards=_guards(LETTER, on.STILL_PROMISED),
            sets=_dunned(LETTER),
        ),
        Row(
            "promise",
            N_("住户答应缴"),
            OPEN,
            "promised",
            Right.DUN,
            "FW-13",
            ask=(
                Ask("until", Kind.MOMENT, N_("答应哪天缴")),
                Ask("amount", Kind.MONEY, N_("答应缴多少"), needed=False),  # or all that is overdue
                WORDS,
            ),
            guards=(on.PAST,),
            sets=_promised,
        ),
        Row(
            "dispute",
            N_("住户有异议"),
            OPEN,
            "disputed",
            Right.DUN,
            "FW-13",
            ask=(
                TEXT,
                Ask("complaint", Kind.MATTER, N_("投诉单号"), needed=False, kinds=("complaint",)),
            ),
            sets=lambda case: {**_sums(case), **_without_subject(case, "complaint")},
        ),
        Row(
            "manager",
            N_("交经理"),
            BEFORE_MANAGER,
            "managed",
            Right.BILL,
            "FW-13",
            ask=(Ask("to_whom", Kind.STAFF, N_("交给哪位经理"), right=Right.JUDGE), WORDS),
            guards=(on.NOTHING_OVERDUE,),
            sets=lambda case: {**_sums(case), "worker": case.given["to_whom"]},
        ),
        Row(
            "lawyer",
            N_("发律师函"),
            "managed",
            SAME,
            Right.JUDGE,
            "FW-13",
            ask=(BY[LAWYER], WORDS, KNOWING),
            guards=_guards(LAWYER),
            sets=_dunned(LAWYER),
        ),
        Row(
            "paid",
            N_("已缴清"),
            OPEN,
            PAID,
            Right.DUN,
            "FW-4.1",
            guards=(on.STILL_OWED,),
            sets=_sums,
            outcome=PAID,
            undo=False,
        ),
        Row(
            "stop",
            N_("停止催缴"),
            OPEN,
            STOPPED,
            Right.JUDGE,
            "FW-13",
            ask=(WHY,),
            sets=_sums,
            outcome=STOPPED,
            undo=False,
        ),
    ),
    deadlines=(
        Deadline(
            "promise", N_("答应的日子"), "FW-13", ("promise",), "promised", Before("until", 0)
        ),
    ),
)
