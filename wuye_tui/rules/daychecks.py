"""The day's check 当日记录检查: the desk's supervisor looks through the day's repair records and
signs before leaving (BX-3.3). One matter a day on which anything was recorded.

What came in after a signature is looked through with the next day's: nothing falls between two.
"""

from datetime import time

from wuye_tui.rules.duetime import NextMorning
from wuye_tui.rules.lifecycle import Ask, Deadline, Effect, Kind, Lifecycle, Row, Sign
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_

OPENS, LEAVES = time(12), time(17, 30)
"""From when it stands in the queue, and when the supervisor leaves: on days off nobody is there to
sign, and the check of such a day is due when the next working day ends.
"""
BACK = 10 * 86400  # seconds that the clockwork may be late to open one

DAY = Ask("day", Kind.TEXT, N_("哪一天"))
TITLE = Ask("text", Kind.WORDS, N_("事项"), personal=True)
NOTE = Ask("note", Kind.WORDS, N_("检查意见"), needed=False, personal=True, wanted=True)

DAYCHECK = Lifecycle(
    kind="daycheck",
    word=N_("当日记录检查"),
    prefix="RJ",
    states=(("open", N_("待检查")), ("signed", N_("已签字"))),
    final=frozenset({"signed"}),
    rows=(
        Row(
            "register",
            N_("待检查"),
            "new",
            "open",
            Right.ANYONE,
            "BX-3.3",
            ask=(DAY, TITLE),
            sets=lambda _: {"department": "service"},
            undo=False,
            backdate=BACK,
            auto=True,
        ),
        Row(
            "sign",
            N_("检查签字"),
            "open",
            "signed",
            Right.SUPERVISE,
            "BX-3.3",
            ask=(NOTE,),
            signs=(Sign("supervisor", N_("前台主管"), right=Right.SUPERVISE, own=True),),
            effects=(Effect.COUNT,),
            undo=False,
        ),
    ),
    deadlines=(
        Deadline(
            "sign", N_("当日签字"), "BX-3.3", ("register",), "open", NextMorning(LEAVES), level=1
        ),
    ),
)
