"""Questions to the register, beside the same question in SQL by hand on a bare connection."""

import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from statistics import median

from tests.bench.maker import Size, label, name, phone
from tests.bench.page import Figure, Figures
from tests.bench.timing import beside, centile
from wuye_tui.desk import Desk
from wuye_tui.registers import console, people
from wuye_tui.registers.queue import queue
from wuye_tui.registers.search import search

QUEUE = """
SELECT m.id, m.number, m.kind, m.state, m.hold, m.priority, m.unit, m.place, m.worker, m.opened,
       m.next_due, m.last, p.name, p.words
FROM matter m LEFT JOIN private p ON p.site = m.site AND p.owner = m.id AND p.n = 0
WHERE m.site = ? AND m.closed IS NULL AND m.next_due IS NOT NULL
ORDER BY m.next_due, m.opened LIMIT 300
"""
CLOCKS = """
SELECT m.id, m.kind, d.name, d.clause, d.due, d.level, d.provisional
FROM matter m JOIN deadline d ON d.site = m.site AND d.matter = m.id AND d.due = m.next_due
AND d.ended IS NULL WHERE m.site = ? AND m.id IN ({})
"""
STAFF = "SELECT number, name FROM staff WHERE site = ?"
PERSON = """
SELECT p.id, p.name, p.phone, p.plate, l.role, u.label FROM {}
LEFT JOIN unit_person l ON l.site = p.site AND l.person = p.id AND l.until IS NULL
LEFT JOIN unit u ON u.site = l.site AND u.id = l.unit
WHERE {} LIMIT 20
"""
BY_KEY = PERSON.format(
    "person_key k JOIN person p ON p.site = k.site AND p.id = k.person",
    "k.site = ? AND k.key >= ? AND k.key < ?",
)
BY_TAIL = PERSON.format("person p", "p.site = ? AND p.phone_tail >= ? AND p.phone_tail < ?")
BY_ROOM = """
SELECT p.id, p.name, p.phone, p.plate, l.role, u.label FROM unit u
JOIN unit_person l ON l.site = u.site AND l.unit = u.id AND l.until IS NULL
JOIN person p ON p.site = l.site AND p.id = l.person
WHERE u.site = ? AND u.label = ? LIMIT 20
"""
TIMES = 60
HEARTBEAT = "SELECT max(seq) FROM audit WHERE site = ?"


def figures(desk: Desk, size: Size) -> Figures:
    """The queue, the search and the look for news."""
    raw = sqlite3.connect(desk.settings.database_file or "", isolation_level=None)
    yield _queue(desk, raw, size)
    yield from _search(desk, raw, size)
    ours, floor = beside(
        lambda: console.heartbeat(desk),
        lambda: raw.execute(HEARTBEAT, (desk.site,)).fetchone(),
        TIMES,
    )
    yield Figure(
        "look for news, once a second",
        median(ours),
        median(floor),
        "< 10 ms",
        "the same in raw SQL",
    )
    raw.close()


def _queue(desk: Desk, raw: sqlite3.Connection, size: Size) -> Figure:
    def by_hand() -> None:
        found = raw.execute(QUEUE, (desk.site,)).fetchall()
        asked = CLOCKS.format(",".join("?" * len(found)))
        raw.execute(asked, (desk.site, *(row[0] for row in found))).fetchall()
        raw.execute(STAFF, (desk.site,)).fetchall()

    ours, floor = beside(lambda: queue(desk), by_hand, TIMES)
    return Figure(
        f"queue of {len(queue(desk))} among {size.matters:,} matters",
        median(ours),
        median(floor),
        "<= 3x",
        "the same in raw SQL",
    )


def _search(desk: Desk, raw: sqlite3.Connection, size: Size) -> Figures:
    chance = random.Random(1)
    some = [chance.randrange(size.people) for _ in range(TIMES)]
    initials = [people.keys_of(name(n))[0][: chance.choice((2, 3, 4))] for n in some]
    tails = [phone(n)[-4:] for n in some]
    rooms = [label(n // 3) for n in some]
    for what, typed, sql in (
        ("initials", initials, lambda text: (BY_KEY, (desk.site, text, text + "~"))),
        (
            "end of a telephone",
            tails,
            lambda text: (BY_TAIL, (desk.site, text[::-1], text[::-1] + "~")),
        ),
        ("room", rooms, lambda text: (BY_ROOM, (desk.site, text))),
    ):
        ours, floor = _each(desk, raw, typed, sql)
        yield Figure(
            f"{size.people:,} people by {what}, p95",
            centile(ours, 95),
            centile(floor, 95),
            "<= 5x, < 30 ms",
            "the same in raw SQL",
        )
    yield Figure(
        "the box, whatever is typed in it, p95",
        centile(_box(desk, [*initials, *tails, *rooms]), 95),
        0,
        "< 30 ms",
    )


def _box(desk: Desk, typed: Sequence[str]) -> list[float]:
    """Milliseconds of every search of the one box, that looks for everything at once."""
    taken = []
    for words in typed:
        begun = time.perf_counter()
        search(desk, words)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def _each(
    desk: Desk,
    raw: sqlite3.Connection,
    typed: Sequence[str],
    sql: Callable[[str], tuple[str, tuple[str, ...]]],
) -> tuple[list[float], list[float]]:
    ours_next, floor_next = iter(typed), iter(typed)
    return beside(
        lambda: people.find(desk, next(ours_next)),
        lambda: raw.execute(*sql(next(floor_next))).fetchall(),
        len(typed),
    )
