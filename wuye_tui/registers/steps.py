"""Steps read back from the register, words about people joined in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, and_, bindparam, select
from sqlmodel import Session, col

from wuye_tui.rules.folding import Step
from wuye_tui.rules.refusals import UnknownMatter
from wuye_tui.rules.text import SUSPECT
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
_HEADS = select(*(_matter[name] for name in _OF_HEAD)).where(
    _matter.site == bindparam("site"), _matter.number.in_(bindparam("numbers", expanding=True))
)
_MATTER = select(Matter).where(
    col(Matter.site) == bindparam("site"), col(Matter.number) == bindparam("number")
)


def plain_number(typed: str) -> str:
    """A matter's number as it is stored, however it was typed."""
    return typed.strip().upper()


def find_matter(session: Session, site: str, number: str) -> Matter:
    """The matter of a number. Raises UnknownMatter."""
    if SUSPECT.search(number):  # a database driver would stumble over some of these
        raise UnknownMatter(number)
    asked = {"site": site, "number": plain_number(number)}
    found: Matter | None = session.execute(_MATTER, asked).scalar_one_or_none()
    if found is None:
        raise UnknownMatter(number)
    return found


def heads_of(session: Session, site: str, numbers: Sequence[str]) -> Sequence[Any]:
    """What of some matters never changes: id, number, kind, parent, origin, and whom each is about;
    in no order. A number that there is not is left out.
    """
    return session.connection().execute(_HEADS, {"site": site, "numbers": numbers}).all()


def load_steps(session: Session, site: str, matter: str) -> list[Step]:
    """Every step of a matter in order, as the rules see it."""
    found = session.connection().execute(_STEPS, {"site": site, "matter": matter})
    return [as_step(row, row.more or {}) for row in found]


def stored_steps_of(
    session: Session, site: str, matters: Sequence[str]
) -> dict[str, list[tuple[Row[Any], dict[str, Any]]]]:
    """Every step of some matters in order, by their ids, each with its words about people (none
    once erased). A step comes with the columns of StepRow.
    """
    found: dict[str, list[tuple[Row[Any], dict[str, Any]]]] = {}
    for part in batched(matters):
        for row in session.connection().execute(_STEPS_OF, {"site": site, "matters": part}):
            found.setdefault(row.matter, []).append((row, row.more or {}))
    return found


def steps_of(session: Session, site: str, matters: Sequence[str]) -> dict[str, list[Step]]:
    """The steps of several matters by their ids, each as `load_steps` gives them."""
    stored = stored_steps_of(session, site, matters)
    return {matter: [as_step(*one) for one in steps] for matter, steps in stored.items()}


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
