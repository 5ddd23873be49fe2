"""`wuye check`: everything that is derived is derived again, and compared with what is stored.

Audit chain, digests, seals, states, clocks, visits, own columns, gapless series, triggers and the
database's own integrity. A finding is one sentence; an office in order has none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select, text
from sqlmodel import Session, SQLModel, col

from wuye_tui.desk import Desk
from wuye_tui.registers.derived import matter_columns, repair_columns
from wuye_tui.registers.steps import as_step
from wuye_tui.rules.folding import Situation, Step, fold
from wuye_tui.rules.procedures import PROCEDURES, procedure
from wuye_tui.rules.running import Running, clocks
from wuye_tui.store import chain, triggers
from wuye_tui.store.tables import (
    APPEND_ONLY,
    Audit,
    DeadlineRow,
    Firing,
    Matter,
    Private,
    Repair,
    Series,
    Signature,
    StepRow,
    VisitRow,
)
from wuye_tui.words import _

BATCH = 500
OWN_COLUMNS = ("unit", "place", "holder", "department", "priority")


@dataclass(frozen=True)
class Checked:
    """What was looked at, how much of it, and what is wrong."""

    counts: dict[str, int]
    findings: list[str]
    head: str = ""
    seq: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


@dataclass
class _Notes:
    """Collects counts and findings on the way."""

    counts: dict[str, int] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)

    def count(self, what: str, number: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + number

    def finding(self, sentence: str) -> None:
        self.findings.append(sentence)


def check(desk: Desk) -> Checked:
    """Looks at everything of this office. Reads only."""
    notes = _Notes()
    with desk.read() as session:
        _integrity(session, notes)
        _append_only(session, notes)
        head, seq = _chain(session, desk.site, notes)
        _series(session, desk.site, notes)
        _matters(session, desk, notes)
    return Checked(notes.counts, notes.findings, head, seq)


def _integrity(session: Session, notes: _Notes) -> None:
    if session.get_bind().dialect.name != "sqlite":
        return
    for row in session.execute(text("PRAGMA integrity_check(20)")):
        if row[0] != "ok":
            notes.finding(_("数据库文件：{what}").format(what=row[0]))
    for row in session.execute(text("PRAGMA foreign_key_check")):
        notes.finding(_("数据表 {table} 有一行缺少上级记录。").format(table=row[0]))


def _append_only(session: Session, notes: _Notes) -> None:
    for table in triggers.missing(session.connection(), APPEND_ONLY):
        notes.finding(_("数据表 {table} 没有防改触发器。").format(table=table))


def _chain(session: Session, site: str, notes: _Notes) -> tuple[str, int]:
    digests = _digests(session, site)
    before, seq = chain.START, 0
    for line in (
        session.execute(select(Audit).where(col(Audit.site) == site).order_by(col(Audit.seq)))
        .yield_per(BATCH)
        .scalars()
    ):
        seq += 1
        if line.seq != seq:
            notes.finding(_("审计记录缺第 {seq} 条。").format(seq=seq))
            seq = line.seq
        if line.prev != before or line.hash != chain.line_hash(line.model_dump()):
            notes.finding(_("审计记录第 {seq} 条与前后对不上。").format(seq=line.seq))
        if line.digest != chain.digest(digests.pop(line.key, ())):
            notes.finding(
                _("审计记录第 {seq} 条（{what}）写下的内容被改动过。").format(
                    seq=line.seq, what=line.what
                )
            )
        before = line.hash
        notes.count("acts")
    for key in digests:
        notes.finding(_("有记录不属于任何一次操作：{key}。").format(key=key))
    return before, seq


def _digests(session: Session, site: str) -> dict[str, list[tuple[str, dict[str, object]]]]:
    """The append-only rows of every act, by its key."""
    found: dict[str, list[tuple[str, dict[str, object]]]] = {}
    tables: tuple[type[SQLModel], ...] = (StepRow, Signature, Firing)
    for table in tables:
        mapped = getattr(table, "__table__")  # noqa: B009 - made by the mapper
        for row in (
            session.execute(select(mapped).where(mapped.c.site == site)).yield_per(BATCH).mappings()
        ):
            found.setdefault(row["act"], []).append((mapped.name, dict(row)))
    return found


def _series(session: Session, site: str, notes: _Notes) -> None:
    """Each series must have used every number up to its last, once."""
    prefixes = {cycle.prefix for cycle in PROCEDURES.values()}
    rows = session.execute(select(Series).where(col(Series.site) == site)).scalars()
    for series in rows:
        if series.name not in prefixes:
            continue
        stem = f"{series.name}-{series.period}-"
        used = (
            session.execute(
                select(col(Matter.number)).where(
                    col(Matter.site) == site, col(Matter.number).startswith(stem, autoescape=True)
                )
            )
            .scalars()
            .all()
        )
        numbers = sorted(int(number.removeprefix(stem)) for number in used)
        if numbers != list(range(1, series.last + 1)):
            notes.finding(_("{stem} 的单号有缺号或重号。").format(stem=stem))
        notes.count("numbers", len(numbers))


def _matters(session: Session, desk: Desk, notes: _Notes) -> None:
    rows = session.execute(
        select(Matter).where(col(Matter.site) == desk.site).order_by(col(Matter.id))
    ).scalars()
    batch: list[Matter] = []
    for matter in rows:
        batch.append(matter)
        if len(batch) == BATCH:
            _batch(session, desk, notes, batch)
            batch = []
    if batch:
        _batch(session, desk, notes, batch)


def _batch(session: Session, desk: Desk, notes: _Notes, batch: list[Matter]) -> None:
    ids = [matter.id for matter in batch]
    steps = _steps(session, desk.site, ids, notes)
    stored = _stored(session, desk.site, ids)
    for matter in batch:
        notes.count("matters")
        notes.count("steps", len(steps.get(matter.id, [])))
        for wrong in _differences(desk, matter, steps.get(matter.id, []), stored):
            notes.finding(
                _("{number} 的{what}与经过对不上。").format(number=matter.number, what=wrong)
            )


def _steps(session: Session, site: str, ids: list[str], notes: _Notes) -> dict[str, list[Step]]:
    rows = session.execute(
        select(StepRow, Private)
        .outerjoin(
            Private,
            (col(Private.site) == col(StepRow.site))
            & (col(Private.owner) == col(StepRow.matter))
            & (col(Private.n) == col(StepRow.n)),
        )
        .where(col(StepRow.site) == site, col(StepRow.matter).in_(ids))
        .order_by(col(StepRow.matter), col(StepRow.n))
    ).all()
    found: dict[str, list[Step]] = {}
    for row, private in rows:
        listed = found.setdefault(row.matter, [])
        if row.n != len(listed) + 1:
            notes.finding(_("有一张单缺第 {n} 步。").format(n=len(listed) + 1))
        if not _sealed(row, private):
            notes.finding(_("第 {n} 步的文字被改动过。").format(n=row.n))
        listed.append(as_step(row, private.more if private else {}))
    return found


def _sealed(row: StepRow, private: Private | None) -> bool:
    """Whether the words are those that were sealed; erased ones are in order, missing ones not."""
    if private is None:
        return row.seal == ""
    if private.erased is not None:
        return True
    said = {"name": private.name, "phone": private.phone}
    said |= {"address": private.address, "words": private.words}
    return chain.seal(private.salt, {**said, "more": private.more}) == row.seal


@dataclass(frozen=True)
class _Stored:
    clocks: dict[str, dict[tuple[str, int], DeadlineRow]]
    visits: dict[str, list[VisitRow]]
    repairs: dict[str, Repair]


def _stored(session: Session, site: str, ids: list[str]) -> _Stored:
    clocks_: dict[str, dict[tuple[str, int], DeadlineRow]] = {}
    for row in session.execute(
        select(DeadlineRow).where(col(DeadlineRow.site) == site, col(DeadlineRow.matter).in_(ids))
    ).scalars():
        clocks_.setdefault(row.matter, {})[(row.name, row.n)] = row
    visits: dict[str, list[VisitRow]] = {}
    for visit in session.execute(
        select(VisitRow)
        .where(col(VisitRow.site) == site, col(VisitRow.matter).in_(ids))
        .order_by(col(VisitRow.n))
    ).scalars():
        visits.setdefault(visit.matter, []).append(visit)
    repairs = session.execute(
        select(Repair).where(col(Repair.site) == site, col(Repair.matter).in_(ids))
    ).scalars()
    return _Stored(clocks_, visits, {repair.matter: repair for repair in repairs})


def _differences(desk: Desk, matter: Matter, steps: list[Step], stored: _Stored) -> Iterator[str]:
    cycle = procedure(matter.kind)
    after, runs = fold(cycle, steps), clocks(cycle, steps, desk.calendar)
    if (matter.state, matter.hold, matter.outcome) != (after.state, after.hold, after.outcome):
        yield _("状态")
    if (matter.last, matter.last_move, matter.closed) != (
        after.last,
        after.last_move,
        after.closed,
    ):
        yield _("步数")
    if not _same_clocks(runs, stored.clocks.get(matter.id, {}), desk.calendar.version):
        yield _("时限")
    due = min((r.due for r in runs if r.ended is None and r.due is not None), default=None)
    if matter.next_due != due:
        yield _("下一个到期")
    derived = matter_columns(after, runs)
    if any(getattr(matter, name) != derived[name] for name in OWN_COLUMNS):
        yield _("栏目")
    if not _same_visits(after, stored.visits.get(matter.id, [])):
        yield _("上门")
    if matter.kind == "repair" and not _same_columns(matter, after, stored.repairs):
        yield _("栏目")


def _same_clocks(
    runs: tuple[Running, ...], rows: dict[tuple[str, int], DeadlineRow], version: str
) -> bool:
    if {(run.name, run.n) for run in runs} != set(rows):
        return False
    for run in runs:
        row = rows[(run.name, run.n)]
        if (row.started, row.ended, row.void) != (run.started, run.ended, run.void):
            return False
        # A calendar that came later moves dues; they are reckoned again when it is imported.
        if row.calendar == version and row.due != run.due:
            return False
    return True


def _same_visits(after: Situation, rows: list[VisitRow]) -> bool:
    folded = [(v.n, v.worker, v.arrived, v.left, v.why) for v in after.visits]
    return folded == [(r.n, r.worker, r.arrived, r.left, r.why) for r in rows]


def _same_columns(matter: Matter, after: Situation, rows: dict[str, Repair]) -> bool:
    row = rows.get(matter.id)
    return row is not None and repair_columns(after).items() <= row.model_dump().items()
