"""What refuses a step of dunning, and what is asked of its case (FW-13).

Four readings are ours: nobody is reminded at the hours at which nobody is called back; a promise
has until the last second of its day; while one runs there is no reminder and no letter; and a
complaint counts as one about the fee until it turns out to be about something else.
"""

from datetime import date, datetime, timedelta

from wuye_tui.rules.callbacks import quiet
from wuye_tui.rules.dunning_levels import WAYS_OF, Dunning
from wuye_tui.rules.lifecycle import Case, Facts, Guard
from wuye_tui.words import N_, _


def rules_of(case: Case) -> Dunning:
    """The office's levels; none where nobody has looked them up."""
    found: Dunning = case.around.get("dunning") or Dunning()
    return found


def fen_of(case: Case, name: str) -> int:
    """A sum in fen, or a number of days, that the register of charges says."""
    return int(case.around.get(name) or 0)


def ways_seen(case: Case) -> dict[str, str]:
    """The office's day on which each way was taken last, by this one and the one before it."""
    return {**case.around.get("dunned", {}), **case.matter.facts.get("dunned", {})}


def _last_by_way(case: Case) -> date | None:
    last = ways_seen(case).get(str(case.given.get("way", "")))
    return date.fromisoformat(last) if last else None


def _too_soon(case: Case) -> bool:
    last = _last_by_way(case)
    return last is not None and (case.local.date() - last).days < rules_of(case).again_days


def _free_again(case: Case) -> list[str]:
    last = _last_by_way(case)
    return [str(last + timedelta(days=rules_of(case).again_days))] if last else []


def promised_day(case: Case, facts: Facts) -> date:
    """The office's day until which it was promised."""
    return datetime.fromisoformat(str(facts["until"])).astimezone(case.local.tzinfo).date()


def early(code: str) -> Guard:
    """The guard of a level that comes only after so many days."""

    def refuses(case: Case) -> bool:
        known = rules_of(case).level(code)
        return known is not None and fen_of(case, "days") < known.after_days

    def naming(case: Case) -> list[str]:
        known = rules_of(case).level(code)
        told = _("{word}要逾期满 {after} 天，现在是 {days} 天")
        after, word = (known.after_days, known.shown) if known else (0, "")
        return [told.format(word=word, after=after, days=fen_of(case, "days"))]

    return Guard("early", "FW-13", N_("还没有到这一级：{what}。"), refuses, naming=naming)


def other_way(code: str) -> Guard:
    """The guard of a level that the office lets go out only by some ways."""

    def ways(case: Case) -> list[str]:
        known = rules_of(case).level(code)
        return [_(word) for way, word in WAYS_OF[code] if known and way in known.ways]

    def refuses(case: Case) -> bool:
        known = rules_of(case).level(code)
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
    lambda case: fen_of(case, "overdue_fen") <= 0,
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
    naming=lambda case: [str(promised_day(case, case.matter.facts))],
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
    lambda case: promised_day(case, case.given) < case.local.date(),
)
