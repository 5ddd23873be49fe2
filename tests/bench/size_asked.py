"""What a desk asks all day, each question beside the same in SQL by hand, on either database."""

import random
from collections.abc import Callable, Iterator, Sequence

from tests.bench import handover, maker, questions, summary
from tests.bench.raw import Raw, counting
from tests.bench.timing import beside
from tests.bench.years import PEOPLE_A_UNIT, Years, plate
from wuye_tui.desk import Desk
from wuye_tui.registers import handovers, people
from wuye_tui.registers.callback_summary import summary as summed
from wuye_tui.registers.queue import queue
from wuye_tui.registers.search import search
from wuye_tui.rules.months import Month

TIMES, FEW = 60, 7
OCTOBER = Month(2026, 10)
BY_PLATE = questions.PERSON.format(  # any part of it, as the desk asks
    "person p", "p.site = ? AND p.plate <> '' AND p.plate LIKE '%' || ? || '%'"
)
Asked = tuple[str, Sequence[float], Sequence[float]]


def asked(desk: Desk, raw: Raw, size: Years) -> Iterator[Asked]:
    """Every question with the milliseconds of each run: ours, and by hand."""
    yield ("queue", *beside(lambda: queue(desk), lambda: _queue(raw), TIMES))
    yield from _search(desk, raw, size)
    yield ("callback summary", *beside(lambda: summed(desk, OCTOBER), _summary(desk, raw), FEW))
    yield ("handover list", *beside(lambda: handovers.now(desk), lambda: _handed(desk, raw), 20))


def _queue(raw: Raw) -> None:
    found = raw.ask(questions.QUEUE, (raw.site,))
    clocks = questions.CLOCKS.format(",".join("?" * len(found)))
    raw.ask(clocks, (raw.site, *(row[0] for row in found)))
    raw.ask(questions.STAFF, (raw.site,))


def _search(desk: Desk, raw: Raw, size: Years) -> Iterator[Asked]:
    chance = random.Random(1)
    some = [chance.randrange(size.units * PEOPLE_A_UNIT) // 3 * 3 for _ in range(TIMES)]
    names = [people.keys_of(maker.name(n))[0][: chance.choice((2, 3, 4))] for n in some]
    tails = [maker.phone(n)[-4:] for n in some]
    rooms = [maker.label(n // PEOPLE_A_UNIT) for n in some]
    plates = [plate(n)[:6] for n in some]
    for what, typed, sql, words in (
        ("people by initials", names, questions.BY_KEY, names),
        ("people by the end of a telephone", tails, questions.BY_TAIL, [t[::-1] for t in tails]),
        ("people by room", rooms, questions.BY_ROOM, rooms),
        ("people by plate", plates, BY_PLATE, plates),
    ):
        ours, floor = _each(desk, raw, typed, sql, words)
        yield what, ours, floor
    for what, typed, sql, words in (
        ("the box, initials", names, questions.BY_KEY, names),
        ("the box, end of a telephone", tails, questions.BY_TAIL, [t[::-1] for t in tails]),
        ("the box, room", rooms, questions.BY_ROOM, rooms),
        ("the box, plate", plates, BY_PLATE, plates),
    ):
        ours, floor = _each(desk, raw, typed, sql, words, lambda text: search(desk, text))
        yield what, ours, floor


def _each(
    desk: Desk,
    raw: Raw,
    typed: Sequence[str],
    sql: str,
    words: Sequence[str],
    look: Callable[[str], object] | None = None,
) -> tuple[list[float], list[float]]:
    mine, theirs = iter(typed), iter(words)
    look = look or (lambda text: people.find(desk, text))

    def by_hand() -> None:
        word = next(theirs)
        raw.ask(sql, (raw.site, word) if sql.count("?") == 2 else (raw.site, word, word + "~"))

    return beside(lambda: look(next(mine)), by_hand, len(typed))


def _summary(desk: Desk, raw: Raw) -> Callable[[], None]:
    now, before = (month.bounds(desk.zone) for month in (OCTOBER, OCTOBER.before))

    def by_hand() -> None:
        for bounds in (now, before):
            raw.ask(summary.DONE, (raw.site, *bounds))
            for regular in (False, True):
                raw.ask(counting(summary.SUMS), (raw.site, *bounds, regular))
        for by in ("s.department", "t.category", "c.worker"):
            raw.ask(summary.GROUPS.format(by), (raw.site, *now))

    return by_hand


def _handed(desk: Desk, raw: Raw) -> None:
    raw.ask(handover.DUTY, (raw.site,))
    for sentence in (handover.MATTERS, handover.LEFT_OVER):
        raw.ask(sentence, (raw.site,))
    since = desk.now().replace(hour=0, minute=30)
    for sentence in (handover.CHANGED, handover.RECEIPTS):
        raw.ask(sentence, (raw.site, since))
