"""The callbacks that are still to be made, next due first: whom, about what, and what was tried.

Telephones are masked; to see one in full is an act with a reason.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, and_, bindparam, select

from wuye_tui.desk import Desk
from wuye_tui.registers import matters
from wuye_tui.registers.lookups import registry_of
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.seeing import seen_by
from wuye_tui.rules.callback_figures import COMPLAINTS, JOBS, VISITS
from wuye_tui.rules.callbacks import CALLBACK, quiet
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.lifecycle import Ask
from wuye_tui.rules.text import masked_phone
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Callback, Matter, Private, StepRow
from wuye_tui.words import _

LAST: Final = 5
"""So many of the last repairs of a home are told."""
_YEAR: Final = timedelta(days=365)  # how far back they are looked for
_MOMENTS: Final = {JOBS: "callback", COMPLAINTS: "complaint", VISITS: "visit"}  # of the phrases
_AT_ONCE: Final = 500  # callbacks whose tries are asked for together

_callback, _matter, _said, _step = (
    table_of(kind).c for kind in (Callback, Matter, Private, StepRow)
)
_slip = table_of(Matter).alias("slip")
_SNAPSHOT = and_(_said.site == _matter.site, _said.owner == _matter.id, _said.n == 0)
_WAITING = (
    select(
        *(_matter[name] for name in ("id", "number", "unit", "place", "last", "next_due")),
        *(_callback[name] for name in ("worker", "tries", "regular")),
        *(_said[name] for name in ("name", "phone", "words")),
        _slip.c.number.label("about"),
        _slip.c.kind.label("slip_kind"),
        _slip.c.worker.label("slip_worker"),
    )
    .select_from(table_of(Matter))
    .join(table_of(Callback), and_(_callback.site == _matter.site, _callback.matter == _matter.id))
    .outerjoin(table_of(Private), _SNAPSHOT)
    .outerjoin(_slip, and_(_slip.c.site == _matter.site, _slip.c.number == _matter.parent))
    .where(
        _matter.site == bindparam("site"),
        _matter.kind == CALLBACK.kind,
        _matter.closed.is_(None),
        seen_by(),
    )
    .order_by(_matter.next_due, _matter.number)
)
_TRIES = (
    select(_step.matter, _step.n, _step.verb, _step.undoes, _step.happened, _said.more)
    .join_from(
        table_of(StepRow),
        table_of(Private),
        and_(_said.site == _step.site, _said.owner == _step.matter, _said.n == _step.n),
        isouter=True,
    )
    .where(_step.site == bindparam("site"), _step.matter.in_(bindparam("matters", expanding=True)))
    .order_by(_step.matter, _step.n)
)
_OF_HOME = (
    select(*(_matter[name] for name in ("number", "opened", "state", "outcome")), _said.words)
    .join_from(table_of(Matter), table_of(Private), _SNAPSHOT, isouter=True)
    .where(
        _matter.site == bindparam("site"),
        _matter.kind == "repair",
        _matter.opened >= bindparam("since"),
        _matter.unit == bindparam("unit"),
        seen_by(),
    )
    .order_by(_matter.opened.desc())
    .limit(LAST)
)


class VisitOpen(Refused):
    """The home has a regular visit that is not made yet."""

    def __init__(self, unit: str, number: str) -> None:
        told = _("{unit} 的定期回访 {number} 还没有做完，先把它做完。")
        super().__init__(told.format(unit=unit, number=number), "FW-3.1")


class Try(NamedTuple):
    """One time that nobody answered."""

    at: datetime
    note: str


class Waiting(NamedTuple):
    """One callback that is to be made. `about` is the slip it follows, empty for a regular visit;
    `sort` is JOBS, COMPLAINTS or VISITS, `last` its last step.
    """

    number: str
    where: str
    name: str
    phone: str  # masked
    words: str
    due: datetime | None
    worker: str
    about: str
    sort: str
    tries: tuple[Try, ...]
    last: int

    @property
    def regular(self) -> bool:
        """Whether it is a visit that follows nothing."""
        return self.sort == VISITS


class Past(NamedTuple):
    """A repair that the home had before; `state` is a code."""

    number: str
    opened: datetime
    state: str
    words: str


class Spoken(NamedTuple):
    """What to say when somebody answers, names filled in, and what never."""

    say: tuple[str, ...]
    never: tuple[str, ...]


def waiting(desk: Desk, limit: int = 300) -> list[Waiting]:
    """The open callbacks, next due first."""
    with desk.read() as session:
        connection = session.connection()
        asked = {"site": desk.site, "viewer": desk.staff}
        rows = connection.execute(_WAITING.limit(limit), asked).all()
        tries = _tries(connection, desk.site, [row.id for row in rows if row.tries])
        names = staff_names(session, desk.site)
    return [_waits(row, tries.get(row.id, ()), names) for row in rows]


def repairs_before(desk: Desk, unit: str, but: str = "") -> list[Past]:
    """The last repairs of a home within a year, newest first; `but` is one to leave out."""
    asked = {"site": desk.site, "viewer": desk.staff, "unit": unit, "since": desk.now() - _YEAR}
    with desk.read() as session:
        rows = session.connection().execute(_OF_HOME, asked).all() if unit else []
    return [
        Past(row.number, row.opened, row.state, row.words or "")
        for row in rows
        if row.number != but
    ]


def spoken(desk: Desk, sort: str, name: str = "") -> Spoken:
    """What to say for a callback of this sort, by the office's phrases, in the office's name and
    that of whoever calls.
    """
    phrases = desk.reference.phrases
    found = next((one for one in phrases if one.moment == _MOMENTS[sort]), None)
    if found is not None:
        return Spoken(found.spoken(desk.office.name, name), found.never)
    said = CALLBACK.rows_named("reach")[0].said({"regular": sort == VISITS})
    return Spoken((_(said),), ())


def speaker(desk: Desk) -> str:
    """The name of whoever sits here; empty where nobody said who acts."""
    with desk.read() as session:
        return staff_names(session, desk.site).get(desk.staff.upper(), "")


def asked(sort: str) -> tuple[Ask, ...]:
    """What somebody who is reached is asked."""
    facts = {"regular": sort == VISITS}
    return tuple(ask for ask in CALLBACK.rows_named("reach")[0].ask if ask.when(facts))


def is_quiet(desk: Desk) -> bool:
    """Whether nobody is called at this hour."""
    return quiet(desk.now().astimezone(desk.zone).time())


def open_visit(
    act: Act, *, unit: str = "", happened: datetime | None = None, **given: Any
) -> Result:
    """Opens the regular visit of a home (FW-3.1); whom to call comes from the register of people.

    Raises UnknownUnit and AmbiguousUnit, and VisitOpen where one is open already.
    """
    label = registry_of(act).find_unit(unit).label if unit.strip() else ""
    found = act.session.execute(
        select(_matter.number)
        .join_from(
            table_of(Matter),
            table_of(Callback),
            and_(_callback.site == _matter.site, _callback.matter == _matter.id),
        )
        .where(
            _matter.site == act.site,
            _matter.unit == label,
            _matter.closed.is_(None),
            _callback.regular.is_(True),
        )
        .limit(1)
    ).scalar_one_or_none()
    if found is not None:
        raise VisitOpen(label, found)
    return matters.start(
        act, CALLBACK.kind, "visit", happened=happened, origin="regular", unit=label, **given
    )


def _tries(
    connection: Connection, site: str, matters: Sequence[str]
) -> Mapping[str, tuple[Try, ...]]:
    """The tries of these callbacks that were not taken back."""
    steps: dict[str, list[Any]] = defaultdict(list)
    for start in range(0, len(matters), _AT_ONCE):
        some = matters[start : start + _AT_ONCE]
        for row in connection.execute(_TRIES, {"site": site, "matters": some}):
            steps[row.matter].append(row)
    return {
        matter: tuple(
            Try(row.happened, str((row.more or {}).get("note", "")))
            for row in rows
            if row.verb == "try" and row.n not in {one.undoes for one in rows}
        )
        for matter, rows in steps.items()
    }


def _sort(row: Any) -> str:
    if row.regular:
        return VISITS
    return COMPLAINTS if row.slip_kind == "complaint" else JOBS


def _waits(row: Any, tries: tuple[Try, ...], names: Mapping[str, str]) -> Waiting:
    worker = row.worker or row.slip_worker or ""
    return Waiting(
        row.number,
        row.unit or row.place or "",
        row.name or "",
        masked_phone(row.phone or ""),
        row.words or "",
        row.next_due,
        names.get(worker, worker),
        row.about or "",
        _sort(row),
        tries,
        row.last,
    )
