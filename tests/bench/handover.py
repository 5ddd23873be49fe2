"""What a duty hands over, live, beside the same questions in SQL by hand on a bare connection."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from statistics import median

from tests.bench.maker import Size, big_office
from tests.bench.page import Figure, Figures
from tests.bench.timing import beside
from wuye_tui.desk import Desk
from wuye_tui.registers import handovers

OPEN, LEFT = 40, 20
TIMES = 40
MATTERS = """
SELECT m.id, m.number, m.kind, m.state, m.unit, m.place, m.opened, m.next_due, m.last, m.priority,
       m.about, p.words, c.level, s.name
FROM matter m LEFT JOIN private p ON p.site = m.site AND p.owner = m.id AND p.n = 0
LEFT JOIN complaint c ON c.site = m.site AND c.matter = m.id
LEFT JOIN staff s ON s.site = m.site AND s.number = m.worker
WHERE m.site = ? AND m.closed IS NULL ORDER BY m.opened
"""
CHANGED = "SELECT DISTINCT matter FROM step WHERE site = ? AND recorded >= ?"
LEFT_OVER = """
SELECT c.number, c.unit, p.words FROM contact c
LEFT JOIN private p ON p.site = c.site AND p.owner = c.id AND p.n = 0
WHERE c.site = ? AND c.outcome = 'tomorrow' ORDER BY c.rang
"""
RECEIPTS = "SELECT means, count(*), sum(fen) FROM receipt WHERE site = ? AND at >= ? GROUP BY means"
DUTY = "SELECT d.*, s.name FROM duty d LEFT JOIN staff s ON s.site = d.site AND s.number = d.staff \
WHERE d.site = ? AND d.ended IS NULL"


def figures(folder: Path, size: Size) -> Figures:
    """The list of the running duty: forty open matters, and as many calls as there are."""
    desk = big_office(folder, replace(size, people=1000, open=OPEN))
    path = desk.settings.database_file or ""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute(
        "UPDATE contact SET outcome = 'tomorrow' WHERE id IN (SELECT id FROM contact"
        " WHERE site = ? ORDER BY rang DESC LIMIT ?)",
        (desk.site, LEFT),
    )
    ours, floor = beside(lambda: handovers.now(desk), lambda: _by_hand(raw, desk), TIMES)
    found = len(handovers.now(desk).handed.items)
    raw.close()
    desk.engine.dispose()
    yield Figure(
        f"handover of {found} items, {size.contacts:,} calls",
        median(ours),
        median(floor),
        "< 200 ms",
        "the same in raw SQL",
    )


def _by_hand(raw: sqlite3.Connection, desk: Desk) -> None:
    (duty,) = raw.execute(DUTY, (desk.site,)).fetchall()
    assert duty
    for sentence in (MATTERS, LEFT_OVER):
        raw.execute(sentence, (desk.site,)).fetchall()
    for sentence in (CHANGED, RECEIPTS):
        raw.execute(sentence, (desk.site, "2026-11-19 02:20:00")).fetchall()
