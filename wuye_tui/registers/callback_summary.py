"""The summary of a month of callbacks (BX-18, NB-2, FW-3.1): the figures, and their lists.

What is counted, and into which month it belongs, stands in `rules.callback_figures` alone. The
database only puts callbacks that are alike together; which figures they are in, the rules say.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, bindparam, case, exists, func, or_, select

from wuye_tui.desk import Desk, may
from wuye_tui.registers.parts import KEPT_BY
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.seeing import seen_by
from wuye_tui.rules import callback_figures as figures
from wuye_tui.rules.callback_figures import (
    BY_CODE,
    COMPLAINTS,
    FIGURES,
    JOBS,
    REPAIRS,
    VISITS,
    Counted,
    Figure,
)
from wuye_tui.rules.filing import COMPLETE
from wuye_tui.rules.months import Month
from wuye_tui.rules.rights import Right
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Callback, Matter, Private, Repair, StepRow, Tariff

_callback, _matter, _repair, _tariff, _said = (
    table_of(kind).c for kind in (Callback, Matter, Repair, Tariff, Private)
)
_slip = table_of(Matter).alias("slip")  # what the callback asks about
_answer = table_of(Private).alias("answer")  # the words in which the opinion was said last
_spoken = table_of(Private).alias("spoken")
_step, _back = table_of(StepRow).alias("said_at"), table_of(StepRow).alias("back")
_order = table_of(Matter).alias("linked")

_WITHIN = (
    _callback.site == bindparam("site"),
    _callback.due >= bindparam("since"),
    _callback.due < bindparam("until"),
)
_OF_MATTER = and_(_matter.site == _callback.site, _matter.id == _callback.matter)
_FOLLOWS = and_(_slip.c.site == _matter.site, _slip.c.number == _matter.parent)
# Words at the step that reached somebody are an opinion, and so is what mending a record adds.
_SAID_AT = (
    select(func.max(_spoken.c.n))
    .where(
        _spoken.c.site == _matter.site,
        _spoken.c.owner == _matter.id,
        _step.c.site == _spoken.c.site,
        _step.c.matter == _spoken.c.owner,
        _step.c.n == _spoken.c.n,
        or_(
            _step.c.verb == "reach",
            and_(
                _step.c.verb == COMPLETE,
                _spoken.c.more["opinion"].as_string() != "",
                ~exists().where(
                    _back.c.site == _step.c.site,
                    _back.c.matter == _step.c.matter,
                    _back.c.undoes == _step.c.n,
                ),
            ),
        ),
    )
    .correlate(table_of(Matter))
    .scalar_subquery()
)
_ANSWERED = and_(
    _answer.c.site == _matter.site,
    _answer.c.owner == _matter.id,
    _answer.c.n == _SAID_AT,
    _matter.outcome == "reached",
)
_SORT = case(
    (_callback.regular.is_(True), VISITS), (_slip.c.kind == "complaint", COMPLAINTS), else_=JOBS
)
_LATE = case((_matter.closed > _callback.due, 1), else_=0)
_OPINION = case((_answer.c.n.is_not(None), 1), else_=0)
_WORKER = func.coalesce(func.nullif(_callback.worker, ""), _slip.c.worker, "")
_TRADE = func.coalesce(_tariff.category, "")


def _joined(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(table_of(Callback))
        .join(table_of(Matter), _OF_MATTER)
        .outerjoin(_slip, _FOLLOWS)
        .outerjoin(_answer, _ANSWERED)
        .where(*_WITHIN)
    )


def _with_slip(asked: Select[Any]) -> Select[Any]:
    return asked.outerjoin(
        table_of(Repair), and_(_repair.site == _slip.c.site, _repair.matter == _slip.c.id)
    ).outerjoin(
        table_of(Tariff), and_(_tariff.site == _repair.site, _tariff.code == _repair.tariff)
    )


_ALIKE = (_SORT, _matter.outcome, _LATE, _callback.satisfaction, _OPINION)
_WHOSE = (_slip.c.kind, _slip.c.department, _TRADE, _WORKER)
_BEFORE = _joined(*_ALIKE, func.count()).group_by(*_ALIKE)
_NOW = _with_slip(_joined(*_ALIKE, *_WHOSE, func.count())).group_by(*_ALIKE, *_WHOSE)
_REPAIRED = (
    _repair.site == bindparam("site"),
    _repair.done >= bindparam("since"),
    _repair.done < bindparam("until"),
)
_COMPLETED = select(func.count()).select_from(table_of(Repair)).where(*_REPAIRED)
_SNAPSHOT = and_(_said.site == _matter.site, _said.owner == _matter.id, _said.n == 0)
_LISTED = (
    _with_slip(
        _joined(
            *_ALIKE,
            *_WHOSE,
            *(_matter[name] for name in ("number", "unit", "place", "closed", "state")),
            *(_callback[name] for name in ("due", "tries")),
            _slip.c.number.label("about"),
            _answer.c.more,
            _answer.c.erased,
            _said.name,
            _said.words,
            _order.c.number.label("linked"),
        )
    )
    .outerjoin(table_of(Private), _SNAPSHOT)
    .outerjoin(
        _order,
        and_(
            _order.c.site == _matter.site,
            _order.c.parent == _matter.number,
            _order.c.kind == "order",
            _callback.satisfaction == "dissatisfied",
        ),
    )
    .where(seen_by())
    .order_by(_callback.due, _matter.number)
)
_LISTED_REPAIRS = (
    select(
        *(_matter[name] for name in ("number", "unit", "place", "worker", "department", "state")),
        _repair.done,
        _TRADE.label("trade"),
        _said.name,
        _said.words,
    )
    .select_from(table_of(Repair))
    .join(table_of(Matter), and_(_matter.site == _repair.site, _matter.id == _repair.matter))
    .outerjoin(table_of(Tariff), and_(_tariff.site == _repair.site, _tariff.code == _repair.tariff))
    .outerjoin(table_of(Private), _SNAPSHOT)
    .where(*_REPAIRED, seen_by())
    .order_by(_repair.done, _matter.number)
)


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
        rows = connection.execute(_NOW, _span(desk, month)).all()
        counts = _counts(connection, desk, month, rows)
        earlier = connection.execute(_BEFORE, _span(desk, month.before)).all()
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
            repaired = connection.execute(_LISTED_REPAIRS, span)
            return [_repaired(row, names) for row in repaired]
        found: list[Line] = []
        has = _remembered(figure)
        for row in connection.execute(_LISTED, span):
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
    completed = connection.execute(_COMPLETED, _span(desk, month)).scalar_one()
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
