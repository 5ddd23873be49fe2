"""The summary of a month of callbacks (BX-18, NB-2, FW-3.1): the figures, and their lists.

What is counted, and into which month it belongs, stands in `rules.callback_figures` alone. The
database only puts callbacks that are alike together; which figures they are in, the rules say.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from wuye_tui.desk import Desk, may
from wuye_tui.registers import callback_questions as questions
from wuye_tui.registers.parts import KEPT_BY
from wuye_tui.registers.queue import staff_names
from wuye_tui.rules import callback_figures as figures
from wuye_tui.rules.callback_figures import BY_CODE, FIGURES, REPAIRS, Counted, Figure
from wuye_tui.rules.months import Month
from wuye_tui.rules.rights import Right


class Satisfied(NamedTuple):
    """How one department, trade or worker did: of those reached, how many said what. `name` is a
    name or a code of the tables; empty where nobody knows it.
    """

    by: str
    code: str
    name: str
    reached: int
    satisfied: int
    fair: int
    dissatisfied: int

    @property
    def tenths(self) -> int | None:
        """The share of those who were satisfied, in tenths of a percent."""
        return figures.tenths(self.satisfied, self.reached)


@dataclass(frozen=True)
class Value:
    """A figure of the month and of the month before. Of a share `count` is the part, `of` the whole
    and `tenths` the share in tenths of a percent, None of nothing.
    """

    figure: Figure
    count: int
    of: int
    before: int
    before_of: int

    @property
    def tenths(self) -> int | None:
        """The share."""
        return figures.tenths(self.count, self.of) if self.figure.of else None

    @property
    def tenths_before(self) -> int | None:
        """The share of the month before."""
        return figures.tenths(self.before, self.before_of) if self.figure.of else None


@dataclass(frozen=True)
class Summary:
    """A month of callbacks, with the month before beside it."""

    month: Month
    values: tuple[Value, ...]
    groups: tuple[Satisfied, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the month has nothing to count."""
        return not any(value.count for value in self.values)

    def value(self, code: str) -> Value:
        """The figure of a code. StopIteration for none."""
        return next(value for value in self.values if value.figure.code == code)


class Line(NamedTuple):
    """One callback, or one finished repair, that a figure has counted.

    `about` is the slip that a callback follows, `linked` the order for what a dissatisfied resident
    said; `at` is when it ended, None while it has not. `opinion` is empty where there is none or
    whoever asks may not read it (`opinion_given` is true all the same).
    """

    number: str
    where: str
    name: str
    words: str
    about: str
    worker: str
    department: str
    trade: str
    due: datetime | None
    at: datetime | None
    outcome: str
    late: bool
    tries: int
    satisfaction: str
    opinion: str
    opinion_given: bool
    erased: bool
    linked: str


def summary(desk: Desk, month: Month) -> Summary:
    """The figures of a month. One without data is all naught, and `is_empty`."""
    with desk.read() as session:
        connection = session.connection()
        rows = connection.execute(questions.NOW, _span(desk, month)).all()
        counts = _counts(connection, desk, month, rows)
        earlier = connection.execute(questions.BEFORE, _span(desk, month.before)).all()
        before = _counts(connection, desk, month.before, earlier)
        names = staff_names(session, desk.site)
    values = tuple(
        Value(one, counts[one.code], counts[one.of or ""], before[one.code], before[one.of or ""])
        for one in FIGURES
    )
    return Summary(month, values, tuple(_groups(rows, names)))


def counted(desk: Desk, month: Month, figure: Figure) -> list[Line]:
    """The list behind a figure, by due time; of a share, those that are its part.

    Opinions are only there for whoever may call back; what is about whoever asks is not in the
    list, though the figure, which names nobody, has counted it (FW-M.9).
    """
    reads = bool(desk.staff) and may(desk, Right.CALL_BACK)
    with desk.read() as session:
        connection = session.connection()
        names = staff_names(session, desk.site)
        span = {**_span(desk, month), "viewer": desk.staff}
        if figure.what == REPAIRS:
            repaired = connection.execute(questions.LISTED_REPAIRS, span)
            return [_repaired(row, names) for row in repaired]
        found: list[Line] = []
        has = _remembered(figure)
        for row in connection.execute(questions.LISTED, span):
            alike = row[:5]
            if has(alike):
                found.append(_line(row, _alike(alike), names, reads))
        return found


def figure_of(code: str) -> Figure | None:
    """The figure of a code or a word; None if there is none."""
    named = (one for one in FIGURES if code in (one.code, one.word))
    return BY_CODE.get(code) or next(named, None)


def _span(desk: Desk, month: Month) -> Mapping[str, Any]:
    since, until = month.bounds(desk.zone)
    return {"site": desk.site, "since": since, "until": until}


def _alike(row: Any) -> Counted:
    sort, outcome, late, satisfaction, opinion = row
    return Counted(sort, outcome or "", bool(late), satisfaction or "", bool(opinion))


def _counts(connection: Connection, desk: Desk, month: Month, rows: Iterable[Any]) -> Counter[str]:
    """How many each figure has; the last column of a row is how many are alike."""
    alike: Counter[Counted] = Counter()
    for row in rows:
        alike[_alike(row[:5])] += int(row[-1])
    counts: Counter[str] = Counter()
    for one in FIGURES:
        counts[one.code] = sum(n for kind, n in alike.items() if figures.has(one, kind))
    completed = connection.execute(questions.COMPLETED, _span(desk, month)).scalar_one()
    counts["completed"] = int(completed)
    return counts


def _groups(rows: Iterable[Any], names: Mapping[str, str]) -> Iterator[Satisfied]:
    reached = BY_CODE["reached"]
    told: dict[str, dict[str, Counter[str]]] = {by: {} for by, _word in figures.GROUPS}
    for row in rows:
        one, n = _alike(row[:5]), int(row[-1])
        if not figures.has(reached, one):
            continue
        _kind, _office, trade, worker = row[5:9]
        for by, code in (
            (figures.DEPARTMENT, _department(row[5], row[6])),
            (figures.TRADE, trade),
            (figures.WORKER, worker),
        ):
            told[by].setdefault(code or "", Counter())[one.satisfaction] += n
    for by, codes in told.items():
        for code, says in sorted(codes.items(), key=lambda pair: (-pair[1].total(), pair[0])):
            name = names.get(code, code) if by == figures.WORKER else code
            yield Satisfied(
                by, code, name, says.total(), says["satisfied"], says["fair"], says["dissatisfied"]
            )


def _department(kind: str | None, department: str | None) -> str:
    return department or KEPT_BY.get(kind or "callback", "")


def _remembered(figure: Figure) -> Callable[[Any], bool]:
    """Whether a figure takes in what these columns say; they repeat, and are looked at once."""
    known: dict[Any, bool] = {}

    def has(alike: Any) -> bool:
        if alike not in known:
            known[alike] = figures.has(figure, _alike(alike))
        return known[alike]

    return has


def _line(row: Any, one: Counted, names: Mapping[str, str], reads: bool) -> Line:
    kind, office, trade, worker = row[5:9]
    said = str((row.more or {}).get("opinion", "")) if reads else ""
    return Line(
        row.number,
        row.unit or row.place or "",
        row.name or "",
        row.words or "",
        row.about or "",
        names.get(worker, worker),
        _department(kind, office),
        trade,
        row.due,
        row.closed,
        one.outcome,
        one.late,
        row.tries,
        one.satisfaction,
        said,
        one.opinion,
        row.erased is not None,
        row.linked or "",
    )


def _repaired(row: Any, names: Mapping[str, str]) -> Line:
    return Line(
        row.number,
        row.unit or row.place or "",
        row.name or "",
        row.words or "",
        row.number,
        names.get(row.worker, row.worker),
        _department("repair", row.department),
        row.trade,
        None,
        row.done,
        "done",
        False,
        0,
        "",
        "",
        False,
        False,
        "",
    )
