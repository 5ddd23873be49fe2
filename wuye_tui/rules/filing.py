"""Filing: from the end of a matter into the archive, for every kind alike (XX-4.3.8, XX-4.3.10).

A kind includes `rows` with its own table of what a record can lack. What is in the archive has no
row that leaves it: nothing of it changes any more.
"""

from dataclasses import replace

from wuye_tui.rules.folding import Situation
from wuye_tui.rules.lifecycle import (
    SAME,
    Ask,
    Case,
    Effect,
    Facts,
    Guard,
    Kind,
    Lack,
    Lifecycle,
    Row,
    Sign,
)
from wuye_tui.rules.rights import Right
from wuye_tui.rules.weeks import week_of
from wuye_tui.words import N_

ARCHIVED = "archived"
STATE = (ARCHIVED, N_("已归档"))
ARCHIVE, SEND_BACK, COMPLETE = "archive", "send_back", "complete"

SENT_BACK = Lack(
    "sent_back",
    "XX-4.3.10",
    N_("档案管理员退回了，请前台先补正。"),
    lambda was: bool(was.facts.get("sent_back")),
)
RED_LINE = Lack(
    "red_line",
    "XX-4.3.7d",
    N_("登记簿上还没有画红线消档。"),
    lambda was: was.state == "closed" and not was.facts.get("red_line"),
)
ALREADY_BACK = Guard(
    "already_back",
    "XX-4.3.10",
    N_("已经退回，等前台补正，不用再退一次。"),
    lambda case: bool(case.matter.facts.get("sent_back")),
    hides=True,
)
WHY_BACK = Ask("back_why", Kind.WORDS, N_("退回的原因"), personal=True)
MENDED = Ask("mended", Kind.WORDS, N_("补正了什么"), personal=True)


def mending(
    frm: str, who: Right, *, ask: tuple[Ask, ...] = (), signs: tuple[Sign, ...] = ()
) -> Row:
    """The row by which a record that is over is corrected or rewritten before it is filed: `ask`
    are the answers that may be given anew. It leaves from the states in `frm`, and so does filing.
    """
    return Row(
        COMPLETE,
        N_("补正"),
        frm,
        SAME,
        who,
        "XX-4.3.10",
        ask=(*ask, MENDED),
        signs=signs,
        effects=(Effect.SNAPSHOT,),
        sets=_mended,
    )


def _mended(case: Case) -> Facts:
    copies = {"copies": "desk"} if case.given.get("copies_back") else {}
    return {"sent_back": False, **copies}


def rows(mending_row: Row, lacks: tuple[Lack, ...]) -> tuple[Row, ...]:
    """Filing, sending back and mending: one guard for each thing that a record can lack."""
    frm = mending_row.frm
    return (
        Row(
            ARCHIVE,
            N_("归档"),
            frm,
            ARCHIVED,
            Right.ARCHIVE,
            "XX-4.3.8",
            guards=tuple(map(_guard, lacks)),
            sets=_week,
            undo=False,
            together=True,
        ),
        Row(
            SEND_BACK,
            N_("退回补正"),
            frm,
            SAME,
            Right.ARCHIVE,
            "XX-4.3.10",
            ask=(WHY_BACK,),
            guards=(ALREADY_BACK,),
            sets=lambda _: {"sent_back": True},
            together=True,
        ),
        replace(mending_row, guards=(_whole(lacks),)),
    )


def missing(cycle: Lifecycle, was: Situation, *, daily: bool = False) -> list[Lack]:
    """What the record lacks as it stands; with `daily` only what can be seen of an open one."""
    return [lack for lack in cycle.lacks if (lack.daily or not daily) and lack.missing(was)]


def files(cycle: Lifecycle) -> bool:
    """Whether records of this kind go into the archive."""
    return bool(cycle.rows_named(ARCHIVE))


def _whole(lacks: tuple[Lack, ...]) -> Guard:
    return Guard(
        "whole",
        "XX-4.3.10",
        N_("这份记录不缺什么，不用补正；要改的请档案管理员先退回。"),
        lambda case: not any(lack.missing(case.matter) for lack in lacks),
        hides=True,
    )


def _guard(lack: Lack) -> Guard:
    return Guard(
        lack.name, lack.clause, lack.word, lambda case: lack.missing(case.matter), first=COMPLETE
    )


def _week(case: Case) -> Facts:
    """The week whose file it goes into is the one in which it was over."""
    closed = case.matter.closed
    moment = case.local if closed is None else closed.astimezone(case.local.tzinfo)
    return {"file_week": week_of(moment.date())}
