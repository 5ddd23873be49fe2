"""Dunning 催缴 (FW-13, KF-3.4): a unit that is overdue is reminded, level by level, in the office's
own words; what it promises comes back by itself, and a complaint about the fee is seen first.

Of a unit at most one is open, and it ends when nothing overdue is owed. From how many days overdue
each level may come, by which ways, and what is said then is the office's own `data/dunning.toml`.

Four readings are ours: nobody is reminded at the hours at which nobody is called back; a promise
has until the last second of its day; while one runs there is no reminder and no letter; and a
complaint counts as one about the fee until it turns out to be about something else.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from wuye_tui.rules.callbacks import quiet
from wuye_tui.rules.duetime import Before
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
from wuye_tui.words import N_, _

FIRST, AGAIN, LETTER, LAWYER = "first", "again", "letter", "lawyer"
LEVELS: Final = (FIRST, AGAIN, LETTER, LAWYER)
"""The levels in their order; the letter is level 2."""
SPOKEN: Final = (
    ("phone", N_("电话")),
    ("wechat", N_("微信")),
    ("visit", N_("上门")),
    ("notice", N_("门上通知")),
)
WRITTEN: Final = (("hand", N_("当面递交")), ("post", N_("邮寄")))
WAYS_OF: Final = {FIRST: SPOKEN, AGAIN: SPOKEN, LETTER: WRITTEN, LAWYER: WRITTEN}
BLANKS: Final = ("room", "name", "amount", "months", "office")
"""What the words of a level leave a place for, `{room}`."""
ON_DOORS: Final = ("room", "amount", "office", "day")
"""The same on a notice for a door: nobody's name, and nothing but the sum."""
LAST_SECOND: Final = time(23, 59, 59)
PAID, STOPPED = "paid", "stopped"
OPEN = "reminded-managed"
BEFORE_MANAGER = "reminded-disputed"


def filled(words: Sequence[str], blanks: Mapping[str, str]) -> tuple[str, ...]:
    """The words with what is known put into their places, each once: braces in a name stay."""

    def known(found: re.Match[str]) -> str:
        return blanks.get(found[1], found[0])

    return tuple(re.sub(r"\{(\w+)\}", known, one) for one in words)


@dataclass(frozen=True)
class Level:
    """One level of dunning, as the office has it: from how many days overdue on, by which ways,
    what to say and what never.
    """

    code: str
    word: str
    after_days: int
    ways: tuple[str, ...]
    say: tuple[str, ...]
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dunning:
    """The levels in their order, after how many days the same way may be taken again, and the
    lines of a notice for a door.
    """

    levels: tuple[Level, ...] = ()
    again_days: int = 0
    notice: tuple[str, ...] = ()

    def level(self, code: str) -> Level | None:
        """The level of a code."""
        return next((one for one in self.levels if one.code == code), None)

    def following(self, last: str) -> Level | None:
        """The level after the one that was reached, "" for none; the last one follows itself."""
        at = LEVELS.index(last) + 1 if last in LEVELS else 0
        return self.level(LEVELS[min(at, len(LEVELS) - 1)])

    def due_now(self, last: str, days: int) -> Level | None:
        """Whose words to say so many days overdue: those of the level that follows, once it may
        come, otherwise still those of the last.
        """
        after = self.following(last)
        return after if not last or (after and after.after_days <= days) else self.level(last)


def _rules(case: Case) -> Dunning:
    found: Dunning = case.around.get("dunning") or Dunning()
    return found


def _fen(case: Case, name: str) -> int:
    return int(case.around.get(name) or 0)


def _seen_ways(case: Case) -> dict[str, str]:
    """The office's day on which each way was taken last, by this one and the one before it."""
    return {**case.around.get("dunned", {}), **case.matter.facts.get("dunned", {})}


def _last_by_way(case: Case) -> date | None:
    last = _seen_ways(case).get(str(case.given.get("way", "")))
    return date.fromisoformat(last) if last else None


def _too_soon(case: Case) -> bool:
    last = _last_by_way(case)
    return last is not None and (case.local.date() - last).days < _rules(case).again_days


def _free_again(case: Case) -> list[str]:
    last = _last_by_way(case)
    return [str(last + timedelta(days=_rules(case).again_days))] if last else []


def _promised_day(case: Case, facts: Facts) -> date:
    return datetime.fromisoformat(str(facts["until"])).astimezone(case.local.tzinfo).date()


def _early(code: str) -> Guard:
    """The guard of a level that comes only after so many days."""

    def refuses(case: Case) -> bool:
        known = _rules(case).level(code)
        return known is not None and _fen(case, "days") < known.after_days

    def naming(case: Case) -> list[str]:
        known = _rules(case).level(code)
        told = _("{word}要逾期满 {after} 天，现在是 {days} 天")
        after, word = (known.after_days, known.word) if known else (0, "")
        return [told.format(word=word, after=after, days=_fen(case, "days"))]

    return Guard("early", "FW-13", N_("还没有到这一级：{what}。"), refuses, naming=naming)


def _other_way(code: str) -> Guard:
    """The guard of a level that the office lets go out only by some ways."""

    def ways(case: Case) -> list[str]:
        known = _rules(case).level(code)
        return [_(word) for way, word in WAYS_OF[code] if known and way in known.ways]

    def refuses(case: Case) -> bool:
        known = _rules(case).level(code)
        return known is not None and case.given.get("way") not in known.ways

    word = N_("这一级不用这种方式，可以用：{what}。")
    return Guard("other_way", "FW-13", word, refuses, naming=ways)


ALREADY = Guard(
    "already",
    "FW-13",
    N_("这一户已经在催：{what}，请接着那一张记。"),
    lambda case: bool(case.around.get("open")),
    naming=lambda case: [str(case.around.get("open", ""))],
)
QUIET = Guard(
    "quiet",
    "FW-13",
    N_("晚上八点到早上九点不催，请换个时间。"),
    lambda case: quiet(case.local.time()),
)
NOTHING_OVERDUE = Guard(
    "nothing_overdue",
    "FW-13",
    N_("这一户没有逾期未缴的，不用催。"),
    lambda case: _fen(case, "overdue_fen") <= 0,
)
STILL_OWED = Guard(
    "still_owed",
    "FW-4.1",
    N_("逾期的还没有缴清，缴清了才能结。"),
    # What nobody has looked up counts as owed.
    lambda case: case.around.get("overdue_fen") != 0,
)
STILL_PROMISED = Guard(
    "still_promised",
    "FW-13",
    N_("住户答应 {what} 缴，这一天还没有过完；到时没缴再催。"),
    lambda case: case.matter.state == "promised" and "promise" not in case.overdue,
    naming=lambda case: [str(_promised_day(case, case.matter.facts))],
)
TOO_SOON = Guard(
    "too_soon",
    "FW-13",
    N_("这种方式前几天刚催过，{what} 以后才能再用；可以换一种方式。"),
    _too_soon,
    naming=_free_again,
)
COMPLAINED = Guard(
    "complained",
    "FW-13",
    N_("这一户有没办完的投诉：{what}。先看过再催，并写明看的是哪一张（最近的一张）。"),
    lambda case: (
        bool(case.around.get("complaints"))
        and case.given.get("knowing") != case.around["complaints"][0]
    ),
    naming=lambda case: case.around.get("complaints", ()),
)
PAST = Guard(
    "past",
    "FW-13",
    N_("答应的日子已经过去，请写今天或以后的日子。"),
    lambda case: _promised_day(case, case.given) < case.local.date(),
)

TEXT = Ask("text", Kind.WORDS, N_("说了什么"), personal=True)
WORDS = replace(TEXT, needed=False)
SPOKEN_TO = replace(CALLER, word=N_("跟谁说的"))
KNOWING = Ask("knowing", Kind.MATTER, N_("看过的投诉单号"), needed=False, kinds=("complaint",))
BY = {code: Ask("way", Kind.CHOICE, N_("怎样催"), choices=WAYS_OF[code]) for code in LEVELS}
MIND = N_("先看有没有投诉。只跟本人说，不当着邻居和孩子说；不拿停水停电说事。")


def _sums(case: Case) -> dict[str, Any]:
    """What was owed when the step was taken, by the register of charges."""
    return {name: _fen(case, name) for name in ("owed_fen", "overdue_fen", "late_fen", "days")}


def _without_subject(case: Case, name: str) -> dict[str, str]:
    """No number of a complaint about one of the staff, who may read this (FW-M.9)."""
    return {name: ""} if case.given.get(name) in case.around.get("of_staff", ()) else {}


def _dunned(code: str) -> Callable[[Case], Facts]:
    """What follows from a step that reminds: what was owed, how far it came, and by what way."""

    def sets(case: Case) -> Facts:
        ways = {**_seen_ways(case), str(case.given["way"]): case.local.date().isoformat()}
        level = max(code, str(case.matter.facts.get("level", FIRST)), key=LEVELS.index)
        return {**_sums(case), "level": level, "dunned": ways, **_without_subject(case, "knowing")}

    return sets


def _promised(case: Case) -> Facts:
    end = datetime.combine(_promised_day(case, case.given), LAST_SECOND, case.local.tzinfo)
    return {
        **_sums(case),
        "until": end.astimezone(UTC).isoformat(),
        "amount": case.given.get("amount") or _fen(case, "overdue_fen"),
    }


def _guards(code: str, *first: Guard) -> tuple[Guard, ...]:
    return (*first, NOTHING_OVERDUE, QUIET, _early(code), _other_way(code), TOO_SOON, COMPLAINED)


REMIND = Row(
    "remind",
    N_("再次提醒"),
    "reminded,promised,disputed",
    "reminded",
    Right.DESK,
    "KF-3.4",
    ask=(BY[AGAIN], TEXT, SPOKEN_TO, PHONE, KNOWING),
    guards=_guards(AGAIN, STILL_PROMISED),
    effects=(Effect.SNAPSHOT,),
    sets=_dunned(AGAIN),
    prompt=MIND,
)

DUNNING = Lifecycle(
    kind="dunning",
    word=N_("催缴"),
    prefix="CJ",
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
            Right.DESK,
            "KF-3.4",
            ask=(replace(UNIT, needed=True), BY[FIRST], TEXT, SPOKEN_TO, PHONE, KNOWING),
            guards=_guards(FIRST, ALREADY),
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
            guards=_guards(LETTER, STILL_PROMISED),
            sets=_dunned(LETTER),
        ),
        Row(
            "promise",
            N_("住户答应缴"),
            OPEN,
            "promised",
            Right.DESK,
            "FW-13",
            ask=(
                Ask("until", Kind.MOMENT, N_("答应哪天缴")),
                Ask("amount", Kind.MONEY, N_("答应缴多少"), needed=False),  # or all that is overdue
                WORDS,
            ),
            guards=(PAST,),
            sets=_promised,
        ),
        Row(
            "dispute",
            N_("住户有异议"),
            OPEN,
            "disputed",
            Right.DESK,
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
            guards=(NOTHING_OVERDUE,),
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
            Right.DESK,
            "FW-4.1",
            guards=(STILL_OWED,),
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
