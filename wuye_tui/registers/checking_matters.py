"""Every matter folded again from its steps, and compared with all that is stored of it.

They are read page by page, by their ids: in one page all that hangs on a matter is there, and
whatever has words, too. Rows are tuples and not objects, since there are many.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select
from sqlmodel import SQLModel

from wuye_tui.desk import Desk
from wuye_tui.registers import snapshots
from wuye_tui.registers.checking_acts import Acts
from wuye_tui.registers.checking_findings import Findings
from wuye_tui.registers.checking_words import Words, sealed, shows
from wuye_tui.registers.derived import OWN, charges, matter_columns
from wuye_tui.rules.folding import Situation, Step, fold
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.running import Running, stand
from wuye_tui.store.rows import Columns, table_of
from wuye_tui.store.tables import Charge, Contact, DeadlineRow, Matter, Signature, StepRow, VisitRow
from wuye_tui.words import N_, _

# What of a matter's columns follows from its steps, by what people call it.
_DERIVED = {
    N_("状态"): ("state", "hold", "outcome"),
    N_("步数"): ("last", "last_move", "closed"),
    N_("下一个到期"): ("next_due",),
    N_("栏目"): ("unit", "place", "holder", "worker", "department", "about", "priority"),
}
_NAMES = tuple(name for names in _DERIVED.values() for name in names)
_STEP, _SIGNED = (tuple(table_of(kind).c.keys()) for kind in (StepRow, Signature))
# The columns of their own that some kinds have, and what people call them.
_OWN = {
    kind: tuple(c.name for c in table_of(own).c if c.name not in ("site", "matter"))
    for kind, (own, _columns) in OWN.items()
}
_OWN_WORDS = {
    "repair": N_("维修栏目"),
    "complaint": N_("投诉栏目"),
    "callback": N_("回访栏目"),
    "handover": N_("交接栏目"),
}
_CHARGED = ("unit", "fee", "period", "fen", "waived_fen", "at")


@dataclass(frozen=True)
class _Question:
    """What hangs on the matters of a page: up to an id, and for the last page all the rest."""

    upto: Select[Any]
    rest: Select[Any]

    def ask(self, connection: Connection, page: Columns) -> Sequence[Any]:
        """The rows of a page, in order."""
        return connection.execute(self.upto if "upto" in page else self.rest, page).all()

    def grouped(self, connection: Connection, page: Columns) -> dict[str, list[Any]]:
        """The rows by their first column."""
        found = groupby(self.ask(connection, page), key=itemgetter(0))
        return {key: list(rows) for key, rows in found}


def _question(kind: type[SQLModel], names: Iterable[str], of: str, *order: str) -> _Question:
    c = table_of(kind).c
    asked = select(*(c[name] for name in names)).where(
        c.site == bindparam("site"), c[of] > bindparam("after")
    )
    asked = asked.order_by(*(c[name] for name in (of, *order)))
    return _Question(asked.where(c[of] <= bindparam("upto")), asked)


def _charges() -> _Question:
    c, m = table_of(Charge).c, table_of(Matter).c
    joined = table_of(Matter).join(
        table_of(Charge), (c.site == m.site) & (c.source == m.number) & (c.fee == "repair")
    )
    asked = select(m.id, *(c[name] for name in _CHARGED)).select_from(joined)
    asked = asked.where(m.site == bindparam("site"), m.id > bindparam("after"))
    asked = asked.order_by(m.id, c.at, c.id)
    return _Question(asked.where(m.id <= bindparam("upto")), asked)


_MATTERS = _question(Matter, ("id", "number", "kind", *_NAMES), "id")
_STEPS = _question(StepRow, ("matter", *_STEP), "matter", "n")
_SIGNATURES = _question(Signature, _SIGNED, "matter", "n", "role")
_CLOCKS = _question(
    DeadlineRow, ("matter", "name", "n", "started", "ended", "void", "due", "calendar"), "matter"
)
_VISITS = _question(VisitRow, ("matter", "n", "worker", "arrived", "left", "why"), "matter", "n")
_OWNS = {
    kind: _question(own, ("matter", *_OWN[kind]), "matter") for kind, (own, _columns) in OWN.items()
}
_CONTACTS = _question(Contact, ("id", "number", "seal"), "id")
_CHARGES = _charges()


def page_ends(size: int) -> tuple[Select[Any], ...]:
    """The questions where a page ends that holds so many matters, or so many contacts."""
    columns = [table_of(kind).c for kind in (Matter, Contact)]
    return tuple(
        select(c.id)
        .where(c.site == bindparam("site"), c.id > bindparam("after"))
        .order_by(c.id)
        .offset(size - 1)
        .limit(1)
        for c in columns
    )


ENDS = page_ends(500)


def check_matters(connection: Connection, desk: Desk, acts: Acts, findings: Findings) -> None:
    """Looks at every matter and every contact, with all that hangs on them."""
    for page in _pages(connection, desk.site):
        _Page(connection, desk, page, acts, findings).check()
        acts.settle()


def _pages(connection: Connection, site: str) -> Iterator[dict[str, str]]:
    """From id to id, the last without an end: so nothing lies between two pages."""
    page = {"site": site, "after": ""}
    while True:
        ends = [connection.execute(end, page).scalar_one_or_none() for end in ENDS]
        upto = min(filter(None, ends), default=None)
        if upto is None:
            break
        yield {**page, "upto": upto}
        page["after"] = upto
    yield page


class _Page:
    """The matters and contacts of a stretch of ids."""

    def __init__(
        self,
        connection: Connection,
        desk: Desk,
        page: dict[str, str],
        acts: Acts,
        findings: Findings,
    ) -> None:
        self._desk, self._acts, self._findings = desk, acts, findings
        self._words = Words(connection, page)
        self._matters = _MATTERS.ask(connection, page)
        self._contacts = _CONTACTS.ask(connection, page)
        self._signatures = _SIGNATURES.ask(connection, page)
        self._steps, self._clocks, self._visits, self._charges = (
            question.grouped(connection, page) for question in (_STEPS, _CLOCKS, _VISITS, _CHARGES)
        )
        self._owns = {kind: asked.grouped(connection, page) for kind, asked in _OWNS.items()}

    def check(self) -> None:
        """Compares everything, and takes down every append-only row for its act."""
        for row in self._signatures:
            self._acts.row("signature", dict(zip(_SIGNED, row, strict=True)))
        for matter in self._matters:
            steps = self._steps_of(matter.id)
            for wrong in self._differences(matter, steps):
                said = _("{number} 的{what}与经过对不上。")
                self._findings.add(said.format(number=matter.number, what=_(wrong)))
            self._findings.count("steps", len(steps))
        for contact, number, seal in self._contacts:
            if not sealed(self._words.take(contact, 0), seal):
                self._findings.add(_("{number} 的文字被改动过。").format(number=number))
        self._words.end(self._acts.looked, self._findings)
        self._findings.count("matters", len(self._matters))
        self._findings.count("contacts", len(self._contacts))

    def _steps_of(self, matter: str) -> list[Step]:
        steps: list[Step] = []
        for row in self._steps.get(matter, ()):
            columns = dict(zip(_STEP, row[1:], strict=True))
            self._acts.row("step", columns)
            n = columns["n"]
            if n != len(steps) + 1:
                self._findings.add(_("有一张单缺第 {n} 步。").format(n=len(steps) + 1))
            kept = self._words.take(matter, n)
            if not sealed(kept, columns["seal"]):
                self._findings.add(_("第 {n} 步的文字被改动过。").format(n=n))
            steps.append(_step(columns, kept.more if kept else {}))
        return steps

    def _differences(self, matter: Any, steps: list[Step]) -> Iterator[str]:
        identity, _number, kind, *stored = matter
        cycle, calendar = procedure(kind), self._desk.calendar
        after, runs = stand(cycle, steps, calendar)
        derived = matter_columns(after, runs)
        if stored != [derived[name] for name in _NAMES]:
            there = dict(zip(_NAMES, stored, strict=True))
            for what, names in _DERIVED.items():
                if any(there[name] != derived[name] for name in names):
                    yield what
        if not _same_clocks(runs, self._clocks.get(identity, []), calendar.version):
            yield N_("时限")
        visits = [row[1:] for row in self._visits.get(identity, ())]
        if visits != [astuple(visit) for visit in after.visits]:
            yield N_("上门")
        for own, asked in self._owns.items():
            rows = asked.get(identity, [])
            if rows if own != kind else not _same_own(kind, after, runs, rows):
                yield _OWN_WORDS[own]
        charged = [
            dict(zip(_CHARGED, row[1:], strict=True)) for row in self._charges.get(identity, ())
        ]
        if charged != charges(cycle, steps, calendar):
            yield N_("收费")
        if not shows(self._words.take(identity, 0), self._shown(matter, steps, after)):
            yield N_("列表文字")

    def _shown(self, matter: Any, steps: list[Step], after: Situation) -> dict[str, str]:
        """The words of the last time that they were taken: what came later need not show."""
        cycle = procedure(matter.kind)
        taken = snapshots.last_taken(cycle, steps)
        if any(snapshots.SHOWN & step.facts.keys() for step in steps[taken:]):
            after = fold(cycle, steps[:taken])
        return snapshots.shown(after.facts)


def _step(columns: Mapping[str, Any], more: Mapping[str, Any]) -> Step:
    return Step(
        n=columns["n"],
        verb=columns["verb"],
        frm=columns["frm"],
        to=columns["to"],
        happened=columns["happened"],
        recorded=columns["recorded"],
        by=columns["by"],
        facts={**columns["facts"], **more},
        clause=columns["clause"],
        undoes=columns["undoes"],
    )


def _same_clocks(runs: tuple[Running, ...], rows: list[Any], version: str) -> bool:
    there = {(name, n): rest for _matter, name, n, *rest in rows}
    if len(there) != len(runs):
        return False
    for run in runs:
        started, ended, void, due, calendar = there.get((run.name, run.n), (None,) * 5)
        if (started, ended, void) != (run.started, run.ended, run.void):
            return False
        # A calendar that came later moves dues; they are reckoned again when it is imported.
        if calendar == version and due != run.due:
            return False
    return True


def _same_own(kind: str, after: Situation, runs: tuple[Running, ...], rows: list[Any]) -> bool:
    derived = OWN[kind][1](after, runs)
    return [tuple(row[1:]) for row in rows] == [tuple(derived[name] for name in _OWN[kind])]
