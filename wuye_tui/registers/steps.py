"""Steps read back from the register, words about people joined in; and written into it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import and_, select
from sqlmodel import Session, col

from wuye_tui.rules.folding import Step
from wuye_tui.rules.refusals import UnknownMatter
from wuye_tui.rules.running import Running
from wuye_tui.store.tables import DeadlineRow, Matter, Private, StepRow, VisitRow


def find_matter(session: Session, site: str, number: str, lock: bool = False) -> Matter:
    """The matter of a number, locked until the act ends if asked. Raises UnknownMatter."""
    query = select(Matter).where(
        col(Matter.site) == site, col(Matter.number) == number.strip().upper()
    )
    asked = query.with_for_update() if lock else query
    found: Matter | None = session.execute(asked).scalar_one_or_none()
    if found is None:
        raise UnknownMatter(number)
    return found


def stored_steps(session: Session, site: str, matter: str) -> list[tuple[StepRow, dict[str, Any]]]:
    """Every step of a matter in order, each with its words about people (none once erased)."""
    rows = session.execute(
        select(StepRow, col(Private.more))
        .outerjoin(
            Private,
            and_(
                col(Private.site) == col(StepRow.site),
                col(Private.owner) == col(StepRow.matter),
                col(Private.n) == col(StepRow.n),
            ),
        )
        .where(col(StepRow.site) == site, col(StepRow.matter) == matter)
        .order_by(col(StepRow.n))
    ).all()
    return [(row, more or {}) for row, more in rows]


def load_steps(session: Session, site: str, matter: str) -> list[Step]:
    """Every step of a matter in order, as the rules see it."""
    return [as_step(row, more) for row, more in stored_steps(session, site, matter)]


def as_step(row: StepRow, more: Mapping[str, Any]) -> Step:
    """A stored step as the rules see it."""
    return Step(
        n=row.n,
        verb=row.verb,
        frm=row.frm,
        to=row.to,
        happened=row.happened,
        recorded=row.recorded,
        by=row.by,
        facts={**row.facts, **more},
        clause=row.clause,
        undoes=row.undoes,
    )


def write_clocks(
    session: Session,
    site: str,
    matter: str,
    runs: Iterable[Running],
    amounts: Mapping[str, str],
    rule: str,
    calendar: str,
) -> None:
    """Brings the stored clocks of a matter in line with those reckoned from its steps."""
    stored = {
        (row.name, row.n): row
        for row in session.execute(
            select(DeadlineRow).where(
                col(DeadlineRow.site) == site, col(DeadlineRow.matter) == matter
            )
        ).scalars()
    }
    for run in runs:
        row = stored.pop((run.name, run.n), None)
        if row is None:
            row = DeadlineRow(
                site=site,
                matter=matter,
                name=run.name,
                n=run.n,
                clause=run.clause,
                level=run.level,
                amount=amounts[run.name],
                rule=rule,
                calendar=calendar,
                started=run.started,
            )
            session.add(row)
        row.due, row.ended, row.void = run.due, run.ended, run.void
        row.provisional, row.calendar = run.provisional, calendar
    for gone in stored.values():
        session.delete(gone)  # its step was taken back


def write_visits(session: Session, site: str, matter: str, visits: Iterable[Any]) -> None:
    """Brings the stored visits of a matter in line with those folded from its steps."""
    stored = {
        row.n: row
        for row in session.execute(
            select(VisitRow).where(col(VisitRow.site) == site, col(VisitRow.matter) == matter)
        ).scalars()
    }
    for visit in visits:
        row = stored.pop(visit.n, None)
        if row is None:
            row = VisitRow(
                site=site, matter=matter, n=visit.n, worker=visit.worker, arrived=visit.arrived
            )
            session.add(row)
        row.left, row.why = visit.left, visit.why
    for gone in stored.values():
        session.delete(gone)
