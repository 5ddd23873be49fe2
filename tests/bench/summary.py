"""The summary of a month with 20,000 callbacks, beside the same questions in SQL by hand."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from typing import Any, Final

from tests.bench.maker import Size, label, name
from tests.bench.page import Figure, Figures
from tests.bench.timing import LEAST, beside
from wuye_tui.desk import Desk
from wuye_tui.registers.callback_summary import counted, summary
from wuye_tui.rules.callback_figures import BY_CODE
from wuye_tui.rules.months import Month
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Callback, Matter, Private, Repair, StepRow

CALLBACKS: Final = 20_000
BATCH: Final = 10_000
OCTOBER: Final = Month(2026, 10)
SAYS = ("satisfied", "satisfied", "fair", "satisfied", "dissatisfied")
SUMS = """
SELECT count(*), sum(m.outcome = 'reached' AND m.closed <= c.due),
sum(m.outcome = 'reached' AND m.closed > c.due), sum(m.outcome = 'reached'),
sum(m.outcome = 'refused'), sum(m.outcome = 'not_reached'), sum(m.outcome = ''),
sum(m.outcome = 'reached' AND c.satisfaction = 'satisfied'),
sum(m.outcome = 'reached' AND c.satisfaction = 'fair'),
sum(m.outcome = 'reached' AND c.satisfaction = 'dissatisfied'),
sum(m.outcome = 'reached' AND p.n IS NOT NULL)
FROM callback c JOIN matter m ON m.site = c.site AND m.id = c.matter
LEFT JOIN step a ON a.site = m.site AND a.matter = m.id AND a.verb = 'reach'
LEFT JOIN private p ON p.site = m.site AND p.owner = m.id AND p.n = a.n
WHERE c.site = ? AND c.due >= ? AND c.due < ? AND m.outcome <> 'void' AND c.regular = ?
"""
DONE = "SELECT count(*) FROM repair WHERE site = ? AND done >= ? AND done < ?"
GROUPS = """
SELECT {}, c.satisfaction, count(*)
FROM callback c JOIN matter m ON m.site = c.site AND m.id = c.matter
LEFT JOIN matter s ON s.site = m.site AND s.number = m.parent
LEFT JOIN repair r ON r.site = s.site AND r.matter = s.id
LEFT JOIN tariff t ON t.site = r.site AND t.code = r.tariff
WHERE c.site = ? AND c.due >= ? AND c.due < ? AND m.outcome = 'reached' AND NOT c.regular
GROUP BY 1, 2
"""
LIST = """
SELECT m.number, m.unit, m.closed, c.due, c.tries, c.satisfaction, m.outcome, s.number,
s.worker, t.category, w.name, w.words, p.more, o.number
FROM callback c JOIN matter m ON m.site = c.site AND m.id = c.matter
LEFT JOIN step a ON a.site = m.site AND a.matter = m.id AND a.verb = 'reach'
LEFT JOIN private p ON p.site = m.site AND p.owner = m.id AND p.n = a.n
LEFT JOIN private w ON w.site = m.site AND w.owner = m.id AND w.n = 0
LEFT JOIN matter s ON s.site = m.site AND s.number = m.parent
LEFT JOIN repair r ON r.site = s.site AND r.matter = s.id
LEFT JOIN tariff t ON t.site = r.site AND t.code = r.tariff
LEFT JOIN matter o ON o.site = m.site AND o.parent = m.number AND o.kind = 'order'
WHERE c.site = ? AND c.due >= ? AND c.due < ? AND m.outcome <> 'void' AND NOT c.regular
ORDER BY c.due, m.number
"""


def figures(desk: Desk, size: Size) -> Figures:
    """The whole summary, and the list behind its longest figure."""
    desk.perform("fill", _fill, system=True)
    raw = sqlite3.connect(desk.settings.database_file or "", isolation_level=None)
    span, before = ([_text(at) for at in month.bounds(desk.zone)] for month in _MONTHS)

    def by_hand() -> None:
        for bounds in (span, before):
            raw.execute(DONE, (desk.site, *bounds)).fetchall()
            for regular in (0, 1):
                raw.execute(SUMS, (desk.site, *bounds, regular)).fetchall()
        for by in ("s.department", "t.category", "c.worker"):
            raw.execute(GROUPS.format(by), (desk.site, *span)).fetchall()

    ours, floor = beside(lambda: summary(desk, OCTOBER), by_hand, LEAST)
    yield Figure(
        f"summary of {CALLBACKS:,} callbacks, {size.contacts:,} calls",
        median(ours),
        median(floor),
        "<= 3x",
        "the same in raw SQL",
    )
    due = BY_CODE["due"]
    ours, floor = beside(
        lambda: counted(desk, OCTOBER, due),
        lambda: raw.execute(LIST, (desk.site, *span)).fetchall(),
        LEAST,
    )
    yield Figure(
        f"the list of {len(counted(desk, OCTOBER, due)):,} behind a figure",
        median(ours),
        median(floor),
        "<= 5x",
        "the same in raw SQL",
    )
    raw.close()


_MONTHS: Final = (OCTOBER, OCTOBER.before)


def _text(moment: Any) -> str:
    return str(moment.strftime("%Y-%m-%d %H:%M:%S.%f"))


def _fill(act: Act) -> Result:
    begin, _end = OCTOBER.bounds(act.calendar.zone)
    for start in range(0, CALLBACKS, BATCH):
        some = range(start, start + BATCH)
        act.insert(Matter, *(_matter(n, begin + timedelta(minutes=2 * n)) for n in some))
        act.insert(Callback, *(_callback(n, begin + timedelta(minutes=2 * n)) for n in some))
        act.insert(Repair, *(_repair(n, begin + timedelta(minutes=2 * n)) for n in some))
        act.insert(StepRow, *(_reach(n, begin) for n in some if _outcome(n) == "reached"))
        act.insert(Private, *(words for n in some for words in _words(n)))
    return {}


def _outcome(n: int) -> str:
    return ("reached", "reached", "reached", "not_reached", "reached", "refused")[n % 6]


def _matter(n: int, due: Any) -> dict[str, Any]:
    return {
        "id": f"b{n:031d}",
        "kind": "callback",
        "number": f"HF-20261001-{n:06d}",
        "state": "done",
        "outcome": _outcome(n),
        "parent": f"PG-20200101-{n:06d}",
        "unit": label(n % 20_000),
        "opened": due - timedelta(days=2),
        "closed": due + timedelta(hours=n % 12 - 10),
        "last": 2,
        "last_move": 2,
    }


def _callback(n: int, due: Any) -> dict[str, Any]:
    says = SAYS[n % len(SAYS)] if _outcome(n) == "reached" else ""
    return {
        "matter": f"b{n:031d}",
        "due": due,
        "worker": f"GC{n % 40:02d}",
        "satisfaction": says,
        "tries": n % 3,
    }


def _reach(n: int, at: Any) -> dict[str, Any]:
    names = ("act", "frm", "to", "by", "doer", "duty", "clause", "seal")
    step = {"matter": f"b{n:031d}", "n": 2, "verb": "reach", "happened": at, "recorded": at}
    return {**step, **dict.fromkeys(names, ""), "facts": {}, "undoes": None}


def _repair(n: int, done: Any) -> dict[str, Any]:
    codes = ("SX-01", "SX-02", "SX-03", "DX-01")
    return {"matter": f"m{n:031d}", "tariff": codes[n % 4], "fee_fen": 0, "done": done}


def _words(n: int) -> Iterator[dict[str, Any]]:
    plain = {"owner": f"b{n:031d}", "salt": "", "name": "", "words": "", "more": {}}
    yield {**plain, "n": 0, "name": name(n), "words": "厨房水龙头漏水"}
    if n % 2 == 0 and _outcome(n) == "reached":
        yield {**plain, "n": 2, "more": {"opinion": "师傅很准时，修得也好。"}}
