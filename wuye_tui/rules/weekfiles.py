"""The week's file 周记录归档: every weekend its records go to the archivist (XX-4.3.8)."""

from datetime import time

from wuye_tui.rules.daychecks import BACK, TITLE
from wuye_tui.rules.duetime import WeekEnd
from wuye_tui.rules.lifecycle import Ask, Deadline, Effect, Kind, Lifecycle, Row
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_

FRIDAY, OPENS, ENDS = 4, time(12), time(17, 30)
"""From Friday noon its clock runs; it is due when the desk closes on Sunday."""

WEEK = Ask("week", Kind.TEXT, N_("哪一周"))

WEEKFILE = Lifecycle(
    kind="weekfile",
    word=N_("周记录归档"),
    prefix="ZD",
    states=(("open", N_("待交档")), ("filed", N_("已收档"))),
    final=frozenset({"filed"}),
    queued=False,  # the archivist's and no slip of the desk; once late, it is told all the same
    rows=(
        Row(
            "register",
            N_("待交档"),
            "new",
            "open",
            Right.ANYONE,
            "XX-4.3.8",
            ask=(WEEK, TITLE),
            sets=lambda _: {"department": "service"},
            undo=False,
            backdate=BACK,
            auto=True,
        ),
        Row(
            "file",
            N_("收档"),
            "open",
            "filed",
            Right.ARCHIVE,
            "XX-4.3.8",
            ask=(Ask("note", Kind.WORDS, N_("备注"), needed=False, personal=True),),
            effects=(Effect.COUNT,),
            undo=False,
        ),
    ),
    deadlines=(
        Deadline(
            "hand_in", N_("周末交档"), "XX-4.3.8", ("register",), "open", WeekEnd(ENDS), level=1
        ),
    ),
)
