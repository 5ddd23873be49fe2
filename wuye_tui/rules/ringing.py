"""Ringing line 来电振铃: from the first ring to an answer, or to a call back (KF-16).

A telephone system says that a line rings; the desk answers before the third ring. Whoever gives up
is a missed call, which stays open until somebody has called back.
"""

import re

from wuye_tui.rules.duetime import Wall
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.lifecycle import Ask, Case, Deadline, Facts, Kind, Lifecycle, Row
from wuye_tui.rules.phones import heard
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_, _

CADENCE = 5  # seconds from one ring to the next: one of sound, four of silence
BEFORE_THE_THIRD = 2 * CADENCE
SILENT = 6 * CADENCE  # nobody has heard it for so long: the caller is gone


_NUMBER = re.compile(r"\+?[0-9](?:[0-9 ()-]{0,28}[0-9])?", re.ASCII)


class BadNumber(UsageError):
    """What a telephone system gave is no number that anybody could call back."""

    def __init__(self) -> None:
        super().__init__(_("这不是电话号码：只写数字，可以带 + 和 -；对方隐藏号码时写一个 -。"))


def dialled(typed: str) -> str:
    """The number that a telephone system gives, empty for a caller who hides theirs (`-`).

    Raises BadNumber for whatever else a caller has sent in its place.
    """
    plain = typed.strip()
    if plain == "-":
        return ""
    if not _NUMBER.fullmatch(plain):
        raise BadNumber
    return heard(plain)


def rings(counted: int, seconds: float) -> int:
    """How often it has rung: what the telephone system said, or what the time since allows."""
    return max(counted, 1 + int(max(seconds, 0)) // CADENCE)


def _counted(case: Case) -> Facts:
    return {"rings": int(case.matter.facts.get("rings", 0)) + 1}


PHONE = Ask("phone", Kind.PHONE, N_("来电号码"), needed=False, personal=True)
UNIT = Ask("unit", Kind.UNIT, N_("房号"), needed=False)
CALLER = Ask("caller", Kind.NAME, N_("来电人"), needed=False, personal=True)

RINGING = Lifecycle(
    kind="ring",
    queued=False,
    word=N_("来电"),
    prefix="LD",
    states=(
        ("ringing", N_("正在响")),
        ("missed", N_("未接")),
        ("answered", N_("已接")),
        ("called_back", N_("已回电")),
    ),
    final=frozenset({"answered", "called_back"}),
    outcomes=(("answered", N_("已接")), ("called_back", N_("已回电"))),
    rows=(
        Row(
            "register",
            N_("来电振铃"),
            "new",
            "ringing",
            Right.ANYONE,
            "KF-16",
            ask=(PHONE, UNIT, CALLER),
            sets=_counted,
            undo=False,
            auto=True,
        ),
        Row(
            "again",
            N_("又响一声"),
            "ringing",
            "@same",
            Right.ANYONE,
            "KF-16",
            sets=_counted,
            undo=False,
            auto=True,
        ),
        Row(
            "answer",
            N_("接听"),
            "ringing",
            "answered",
            Right.DESK_NIGHT,
            "KF-16",
            outcome="answered",
            undo=False,
        ),
        Row("release", N_("对方挂断"), "ringing", "missed", Right.DESK_NIGHT, "KF-16", undo=False),
        Row(
            "call_back",
            N_("已回电"),
            "missed",
            "called_back",
            Right.DESK_NIGHT,
            "KF-16",
            ask=(Ask("note", Kind.WORDS, N_("情况"), needed=False, personal=True),),
            outcome="called_back",
            undo=False,
            prompt=N_("您好，刚才没有接到您的电话，很抱歉，请问有什么可以帮您？"),
        ),
    ),
    deadlines=(
        Deadline(
            "third_ring",
            N_("第三声之前"),
            "KF-16",
            ("register",),
            "ringing",
            Wall(BEFORE_THE_THIRD),
        ),
    ),
)
