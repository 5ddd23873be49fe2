"""Stories copied: each copy another home, another time and other numbers, in one valid chain.

What is due by working days or by day is reckoned by the calendar for each copy; words about people
are sealed anew; every line of the chain is hashed over the one before it. So `wuye check` finds an
office in order, and every figure that is derived is right.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Any
from zoneinfo import ZoneInfo

from tests.bench.moulds import line_of, moment, moved
from tests.bench.pouring import TABLES, Pourer
from tests.bench.stories import HELD, Deed, Story
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.duetime import reckon
from wuye_tui.store import chain
from wuye_tui.store.tables import APPEND_ONLY

SHANGHAI = ZoneInfo("Asia/Shanghai")
SEQ, PREV, DIGEST, HASH = range(len(HELD))
FULL_BUFFER = 20_000


@dataclass
class Copy:
    """One copy under way: the values of its slots, as far as they are known."""

    story: Story
    by: timedelta
    values: list[str]


@dataclass
class Copier:
    """Writes copies in the order of time. `last` is the duty that runs, `head` the chain's."""

    to: Pourer
    site: str
    calendar: WorkingCalendar
    seq: int
    head: str
    duty: str
    series: Counter[tuple[str, str]]
    sums: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    _serial: int = 0
    _waiting: list[tuple[datetime, int, int, Copy]] = field(default_factory=list)
    _buffers: dict[str, list[str]] = field(default_factory=dict)
    _buffered: int = 0

    def begin(self, story: Story, at: datetime, bound: Mapping[str, str]) -> None:
        """A copy that begins at a moment; `bound` gives what is known of it by sort, or by what it
        was in the story.
        """
        self._serial += 1
        by = at - story.begins
        values = list(self._resolved(story, by, bound))
        copy = Copy(story, by, values)
        for slot, length, started, _due in story.dues:
            due = reckon(length, started + by, (), self.calendar).at
            assert due is not None
            values[slot] = moment(due, self.to.dialect)
        for slot, salt, said in story.seals:
            values[slot] = chain.sha(salt + said.fill(values))
        heappush(self._waiting, (at, self._serial, 0, copy))

    def _resolved(self, story: Story, by: timedelta, bound: Mapping[str, str]) -> Iterator[str]:
        stamp = int((story.begins + by).timestamp()) * 1000
        for n, slot in enumerate(story.slots.all):
            sort, was = slot.sort, slot.was
            if sort in ("moment", "day"):
                yield moved(was, by)
            elif sort == "id":
                yield f"{stamp:012x}7{n:03x}8{self._serial:015x}"
            elif sort == "key":
                yield act_key(self._serial, n)
            elif sort == "period":
                yield (story.begins + by).astimezone(SHANGHAI).strftime("%Y-%m")
            elif sort == "seal":
                yield was
            else:
                yield bound.get(was) or bound.get(sort, "")

    def upto(self, end: datetime) -> None:
        """Writes every act before this moment."""
        while self._waiting and self._waiting[0][0] < end:
            _at, serial, n, copy = heappop(self._waiting)
            deeds = copy.story.deeds
            if n == 0:
                for slot in copy.story.after:
                    copy.values[slot] = self.duty
            self._write(copy, deeds[n])
            if n + 1 < len(deeds):
                heappush(self._waiting, (deeds[n + 1].at + copy.by, serial, n + 1, copy))
            else:
                self.sums.update(copy.story.sums)

    def _write(self, copy: Copy, deed: Deed) -> None:
        values, slots = copy.values, copy.story.slots.all
        for slot in deed.born:
            values[slot] = self.number(slots[slot].was, deed.at + copy.by)
        for slot in copy.story.on_duty:
            values[slot] = self.duty
        proofs = [mould.fill(values) for mould in deed.proofs]
        self._chain(values, deed, proofs)
        for name, mould in deed.rows:
            self.put(name, mould.fill(values))
        if deed.duty >= 0:
            self.duty = values[deed.duty]

    def _chain(self, values: list[str], deed: Deed, proofs: Sequence[str]) -> None:
        self.seq += 1
        values[SEQ], values[PREV] = str(self.seq), self.head
        values[DIGEST] = chain.digest_of(proofs)
        self.head = values[HASH] = chain.sha(deed.line.fill(values))
        self.put("audit", deed.audit.fill(values))

    def act(
        self,
        at: datetime,
        by: str,
        what: str,
        result: Mapping[str, Any],
        rows: Sequence[tuple[str, Mapping[str, Any]]] = (),
    ) -> None:
        """An act that is no copy; of each of its rows the table, and the columns but `site`."""
        self._serial += 1
        self.seq += 1
        whole = [(name, {"site": self.site, **row}) for name, row in rows]
        line = {
            "site": self.site, "seq": self.seq, "key": act_key(self._serial),
            "version": chain.VERSION, "prev": self.head, "at": at, "by": by, "duty": self.duty,
            "what": what, "result": result,
            "digest": chain.digest(one for one in whole if one[0] in APPEND_ONLY),
        }  # fmt: skip
        self.head = chain.line_hash(line)
        for name, row in (*whole, ("audit", {**line, "hash": self.head})):
            self.put(name, line_of(TABLES[name], row, self.to.dialect))

    @property
    def next_key(self) -> str:
        """The key of the act that is written next by `act`."""
        return act_key(self._serial + 1)

    def number(self, was: str, at: datetime) -> str:
        """The next number in the series of one that was given in the story."""
        stem, _dash, last = was.rpartition("-")
        name, _dash, period = stem.partition("-")
        now = at.astimezone(SHANGHAI).date().isoformat().replace("-", "")[: len(period)]
        self.series[name, now] += 1
        return f"{name}-{now}-{self.series[name, now]:0{len(last)}d}"

    def put(self, table: str, line: str) -> None:
        """A row, to be poured with many others."""
        self._buffers.setdefault(table, []).append(line)
        self.rows[table] += 1
        self._buffered += 1
        if self._buffered >= FULL_BUFFER:
            self.flush()

    def flush(self) -> None:
        """Pours what is waiting."""
        for table, lines in self._buffers.items():
            self.to.pour(table, lines)
        self._buffers, self._buffered = {}, 0


def act_key(serial: int, n: int = 0) -> str:
    """The key of an act: of which copy, and which of its acts."""
    return f"{serial:08x}-0000-4000-8000-{n:012x}"
