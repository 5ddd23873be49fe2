"""What is kept longer than the office said, kind by kind, and how it is taken out (PIPL 19).

Nothing goes by itself: the report says what is past, and two people take it out, in acts of a few
hundred records each.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Select, and_, bindparam, exists, func, select, union
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers.erasing import allowed, blank, forget, written
from wuye_tui.rules.retention import KINDS, KeptByLaw, NoSuchKind, Term
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import (
    Absence,
    Audit,
    Contact,
    ContactMatter,
    Erasure,
    FileOpening,
    LeaveRow,
    LedgerEntry,
    Matter,
    Person,
    Private,
    Receipt,
    RosterSwap,
    UnitPerson,
)
from wuye_tui.words import _

PAPERS: Final = "papers"
PAPER_FOLDER: Final = "paper"
AT_ONCE: Final = 500
"""Records of one act: another desk waits no longer than that takes."""
_SITE: Final[Any] = bindparam("site")
_BEFORE: Final[Any] = bindparam("before")
_m, _p, _c, _l = (table_of(kind).c for kind in (Matter, Private, Contact, ContactMatter))
_audit, _opening, _erasure = (table_of(kind).c for kind in (Audit, FileOpening, Erasure))
_leave, _swap, _away = (table_of(kind).c for kind in (LeaveRow, RosterSwap, Absence))
_person, _link = table_of(Person).c, table_of(UnitPerson).c
_child = table_of(Matter).alias("child").c
_linked = table_of(Matter).alias("linked").c


@dataclass(frozen=True)
class Kept:
    """One kind: how many records with words there are, and how many of them are past their time.
    `days` is None where nothing was said and for what the law keeps.
    """

    code: str
    word: str
    days: int | None
    kept: int
    past: int
    why: str
    by_law: bool

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "code": self.code, "word": _(self.word), "days": self.days, "kept": self.kept,
            "past": self.past, "why": self.why, "by_law": self.by_law,
        }  # fmt: skip


def _has_words(owner: Any) -> Any:
    return exists().where(_p.site == _SITE, _p.owner == owner, _p.erased.is_(None))


def _of_matters(kinds: tuple[str, ...]) -> Select[Any]:
    """Matters that are over, and nothing that came of them is open."""
    open_child = exists().where(
        _child.site == _SITE, _child.parent == _m.number, _child.closed.is_(None)
    )
    return select(_m.id).where(
        _m.site == _SITE, _m.kind.in_(kinds), _m.closed < _BEFORE, ~open_child, _has_words(_m.id)
    )


_TO_OPEN = exists().where(
    _l.site == _SITE,
    _l.contact == _c.id,
    _linked.site == _SITE,
    _linked.id == _l.matter,
    _linked.closed.is_(None),
)
_CALLS = select(_c.id).where(_c.site == _SITE, _c.rang < _BEFORE, ~_TO_OPEN, _has_words(_c.id))
_REASONS = union(
    select(_p.owner)
    .join_from(
        table_of(Private), table_of(Audit), and_(_audit.site == _p.site, _audit.key == _p.owner)
    )
    .where(_p.site == _SITE, _p.erased.is_(None), _audit.at < _BEFORE),
    *(
        select(one.number).where(one.site == _SITE, one.at < _BEFORE, _has_words(one.number))
        for one in (_opening, _erasure)
    ),
)
_LEAVES = union(
    select(_leave.number).where(
        _leave.site == _SITE, _leave.ends < bindparam("day"), _has_words(_leave.number)
    ),
    select(_swap.number).where(_swap.site == _SITE, _swap.told < _BEFORE, _has_words(_swap.number)),
)
_STAYS = exists().where(
    _link.site == _SITE,
    _link.person == _person.id,
    (_link.until.is_(None)) | (_link.until >= bindparam("day")),
)
_PEOPLE = select(_person.id).where(
    _person.site == _SITE, ~_STAYS, exists().where(_link.site == _SITE, _link.person == _person.id)
)
_AWAY = select(_away.duty, _away.started).where(
    _away.site == _SITE, _away.phone != "", _away.ended < _BEFORE
)
_ACCOUNTS = [
    select(func.count()).select_from(table_of(kind)).where(table_of(kind).c.site == _SITE)
    for kind in (Receipt, LedgerEntry)
]
_QUESTIONS: Final[Mapping[str, Any]] = {
    "calls": _CALLS,
    "people": _PEOPLE,
    "reasons": _REASONS,
    "leaves": _LEAVES,
    "away": _AWAY,
    **{code: _of_matters(kind.matters) for code, kind in KINDS.items() if kind.matters},
}


def report(desk: Desk) -> list[Kept]:
    """Every kind, with what is past by the office's own figures. Reads only."""
    terms = desk.reference.retention
    found: list[Kept] = []
    with desk.read() as session:
        for code, kind in KINDS.items():
            term = terms.get(code)
            kept = _count(session, desk, code, None)
            past = _count(session, desk, code, term) if term else 0
            why = term.why if term else ""
            days = term.days if term else None
            found.append(Kept(code, kind.word, days, kept, past, why, kind.by_law))
    return found


def _count(session: Session, desk: Desk, code: str, term: Term | None) -> int:
    if code == PAPERS:
        return len(_files(desk, term))
    asked = _asked(desk, term)
    if KINDS[code].by_law:
        return sum(int(session.execute(one, asked).scalar_one()) for one in _ACCOUNTS)
    counted = select(func.count()).select_from(_QUESTIONS[code].subquery())
    return int(session.connection().execute(counted, asked).scalar_one())


def _asked(desk: Desk, term: Term | None) -> dict[str, Any]:
    """Until when; without a term all of them, also those of today."""
    now = desk.now()
    before = now - timedelta(days=term.days) if term else now + timedelta(days=36500)
    return {"site": desk.site, "before": before, "day": desk.calendar.day_of(before)}


def apply(
    desk: Desk,
    kinds: Collection[str],
    reason: str,
    second: str,
    proven: Collection[str],
    progress: Callable[[float], None] = lambda _share: None,
) -> dict[str, dict[str, int]]:
    """Takes out what is past, of these kinds or of all that have a term; by kind how much it was.
    Raises NoSuchKind, KeptByLaw, NotAllowed, NoEraseReason, AloneErase.
    """
    terms = desk.reference.retention
    for code in kinds:
        if code not in KINDS:
            raise NoSuchKind(code)
        if KINDS[code].by_law:
            raise KeptByLaw(code)
    chosen = [code for code in terms if not kinds or code in kinds]
    done: dict[str, dict[str, int]] = {}
    for place, code in enumerate(chosen, start=1):
        sums: Counter[str] = Counter()
        while _past(desk, terms[code]):
            work = partial(
                _take_out, desk=desk, term=terms[code], reason=reason, second=second, proven=proven
            )
            result = desk.perform("retention.apply", work)
            sums.update({name: n for name, n in result.items() if type(n) is int})
        if sums:
            done[code] = dict(sums)
        progress(place / len(chosen))
    return done


def _past(desk: Desk, term: Term) -> int:
    with desk.read() as session:
        return _count(session, desk, term.code, term)


def _take_out(
    act: Act, desk: Desk, term: Term, reason: str, second: str, proven: Collection[str]
) -> Result:
    """The next few of one kind, in one act."""
    other, why = allowed(act, reason, second, proven, _("清除到期的资料"))
    code, asked = term.code, _asked(desk, term)
    if code == PAPERS:
        counts = {"files": _unlink(_files(desk, term))}
    else:
        rows = act.session.connection().execute(_QUESTIONS[code].limit(AT_ONCE), asked).all()
        if code == "people":
            counts = {"people": forget(act, [row[0] for row in rows])}
        elif code == "away":
            counts = {"numbers": len(rows)}
            if rows:
                act.update(
                    Absence, *({"duty": r.duty, "started": r.started, "phone": ""} for r in rows)
                )
        else:
            owners = {row[0] for row in rows}
            counts = {"records": len(owners), "words": blank(act, owners)}
    return written(act, code, counts, other, why)


def _files(desk: Desk, term: Term | None) -> list[Path]:
    """Forms that were kept as files, older than their term."""
    folder, before = desk.settings.home / PAPER_FOLDER, _asked(desk, term)["before"].timestamp()
    if not folder.is_dir():
        return []
    return [one for one in folder.iterdir() if one.is_file() and one.stat().st_mtime < before]


def _unlink(files: list[Path]) -> int:
    for one in files:
        one.unlink(missing_ok=True)
    return len(files)


def erasures(desk: Desk, limit: int = 200) -> list[dict[str, Any]]:
    """What was taken out so far, the newest first: number, kind, counts, by whom and with whom."""
    question = (
        select(*(_erasure[name] for name in ("number", "kind", "counts", "at", "by", "second")))
        .where(_erasure.site == _SITE)
        .order_by(_erasure.at.desc(), _erasure.number.desc())
        .limit(limit)
    )
    with desk.read() as session:
        rows = session.connection().execute(question, {"site": desk.site}).mappings()
        return [dict(row) for row in rows]
