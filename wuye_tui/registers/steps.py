"""Steps read back from the register, words about people joined in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, and_, bindparam, select
from sqlmodel import Session, col

from wuye_tui.rules.folding import Step
from wuye_tui.rules.refusals import UnknownMatter
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Matter, Private, StepRow

_step, _private = table_of(StepRow).c, table_of(Private).c
AT_ONCE = 500  # matters that one question names
_SAID = (
    select(table_of(StepRow), _private.more)
    .outerjoin(
        table_of(Private),
        and_(_private.site == _step.site, _private.owner == _step.matter, _private.n == _step.n),
    )
    .where(_step.site == bindparam("site"))
)
_STEPS = _SAID.where(_step.matter == bindparam("matter")).order_by(_step.n)
_STEPS_OF = _SAID.where(_step.matter.in_(bindparam("matters", expanding=True))).order_by(
    _step.matter, _step.n
)

_matter = table_of(Matter).c
_OF_HEAD = ("id", "number", "kind", "parent", "origin", "about")
_HEAD = select(*(_matter[name] for name in _OF_HEAD)).where(
    _matter.site == bindparam("site"), _matter.number == bindparam("number")
)
_MATTER = select(Matter).where(
    col(Matter.site) == bindparam("site"), col(Matter.number) == bindparam("number")
)


def plain_number(typed: str) -> str:
    """A matter's number as it is stored, however it was typed."""
    return typed.strip().upper()


def find_matter(session: Session, site: str, number: str) -> Matter:
    """The matter of a number. Raises UnknownMatter."""
    asked = {"site": site, "number": plain_number(number)}
    found: Matter | None = session.execute(_MATTER, asked).scalar_one_or_none()
    if found is None:
        raise UnknownMatter(number)
    return found


def find_head(session: Session, site: str, number: str) -> Any:
    """What of a matter never changes: id, number, kind, parent, origin, and whom
    it is about. Raises UnknownMatter.
    """
    asked = {"site": site, "number": plain_number(number)}
    found = session.connection().execute(_HEAD, asked).one_or_none()
    if found is None:
        raise UnknownMatter(number)
    return found


def stored_steps(session: Session, site: str, matter: str) -> list[tuple[Row[Any], dict[str, Any]]]:
    """Every step of a matter in order, each with its words about people (none once erased).

    A step comes with the columns of StepRow.
    """
    found = session.connection().execute(_STEPS, {"site": site, "matter": matter}).all()
    return [(row, row.more or {}) for row in found]


def load_steps(session: Session, site: str, matter: str) -> list[Step]:
    """Every step of a matter in order, as the rules see it."""
    return [as_step(row, more) for row, more in stored_steps(session, site, matter)]


def steps_of(session: Session, site: str, matters: Sequence[str]) -> dict[str, list[Step]]:
    """The steps of several matters by their ids, each as `load_steps` gives them."""
    found: dict[str, list[Step]] = {}
    for part in batched(matters):
        asked = {"site": site, "matters": part}
        for row in session.connection().execute(_STEPS_OF, asked):
            found.setdefault(row.matter, []).append(as_step(row, row.more or {}))
    return found


def batched(ids: Sequence[str]) -> Iterator[list[str]]:
    """The ids in parts that one question may name."""
    for start in range(0, len(ids), AT_ONCE):
        yield list(ids[start : start + AT_ONCE])


def as_step(row: StepRow | Row[Any], more: Mapping[str, Any]) -> Step:
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
