"""Words about people taken out for good; what was vouched for stays (PIPL 19, 47).

The row of `private` stays, blank, with its date; its salt goes too, or a short number could be
found again from its seal by trying. Seal, chain, numbers, times, states and sums are untouched, and
`wuye check` is clean. A matter's words go together: what lists show of it follows from its steps.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final
from unicodedata import normalize

from sqlalchemy import bindparam, select

from wuye_tui.desk import Desk
from wuye_tui.registers.finding import Search
from wuye_tui.registers.seeing import hidden
from wuye_tui.registers.steps import batched
from wuye_tui.registers.two import other_of
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.retention import (
    PERSON,
    PREFIX,
    AloneErase,
    NoEraseReason,
    NotOnePerson,
    ReasonSaysWho,
    StillLivesThere,
    StillOpen,
)
from wuye_tui.rules.rights import Right
from wuye_tui.rules.text import Field, clean, masked_phone, masked_words
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import (
    Contact,
    Erasure,
    FeeTerm,
    Matter,
    Person,
    PersonKey,
    Private,
    Unit,
    UnitPerson,
)
from wuye_tui.words import _, listed

_SITE: Final[Any] = bindparam("site")
_private, _matter, _contact = (table_of(kind).c for kind in (Private, Matter, Contact))
_person, _key, _link, _unit, _term = (
    table_of(kind).c for kind in (Person, PersonKey, UnitPerson, Unit, FeeTerm)
)
_KEPT = select(_private.owner, _private.n).where(
    _private.site == _SITE,
    _private.owner.in_(bindparam("owners", expanding=True)),
    _private.erased.is_(None),
)
_UNITS = (
    select(_unit.label, _link.until)
    .join_from(
        table_of(UnitPerson), table_of(Unit), (_unit.site == _link.site) & (_unit.id == _link.unit)
    )
    .where(_link.site == _SITE, _link.person == bindparam("person"))
)
_WORDS = select(
    *(_private[name] for name in ("owner", "name", "phone", "address", "words", "more"))
).where(
    _private.site == _SITE,
    _private.owner.in_(bindparam("owners", expanding=True)),
    _private.erased.is_(None),
)
# Of their units, and wherever else their number was given.
_NEAR = (
    select(_matter.id, _matter.number, _matter.closed).where(
        _matter.site == _SITE, _matter.unit.in_(bindparam("units", expanding=True))
    ),
    select(_contact.id, _contact.number, _contact.rang).where(
        _contact.site == _SITE, _contact.unit.in_(bindparam("units", expanding=True))
    ),
    select(_term.id, _term.unit, _term.at).where(
        _term.site == _SITE, _term.unit.in_(bindparam("units", expanding=True))
    ),
)
_CALLED = select(_private.owner).where(
    _private.site == _SITE,
    _private.phone_tail == bindparam("tail"),
    _private.phone_tail != "",
    _private.erased.is_(None),
)
_ARE = (
    select(_matter.id, _matter.number, _matter.closed).where(
        _matter.site == _SITE, _matter.id.in_(bindparam("owners", expanding=True))
    ),
    select(_contact.id, _contact.number, _contact.rang).where(
        _contact.site == _SITE, _contact.id.in_(bindparam("owners", expanding=True))
    ),
)
_KEYS_OF = select(_key.key, _key.person).where(
    _key.site == _SITE, _key.person.in_(bindparam("people", expanding=True))
)
_LINKS_OF = select(_link.unit, _link.person, _link.role).where(
    _link.site == _SITE, _link.person.in_(bindparam("people", expanding=True))
)
_BLANK: Final = {
    "salt": "", "name": "", "phone": "", "phone_tail": "", "address": "", "words": "", "more": {},
}  # fmt: skip


def allowed(
    act: Act, reason: str, second: str, proven: Collection[str], doing: str
) -> tuple[str, str]:
    """The second person's number and the reason. Raises NotAllowed, NoEraseReason, AloneErase."""
    if not act.by.may(Right.ERASE):
        raise NotAllowed(act.by.name, doing, Right.ERASE)
    why = clean(reason, Field.REASON)
    if not why:
        raise NoEraseReason
    return other_of(act, second, proven, Right.ERASE, AloneErase, doing), why


def blank(act: Act, owners: Iterable[str]) -> int:
    """Takes out all words of these records; how many rows they were."""
    rows: list[dict[str, Any]] = []
    for part in batched(sorted(set(owners))):
        found = act.session.connection().execute(_KEPT, {"site": act.site, "owners": part}).all()
        rows += [{"owner": row.owner, "n": row.n, "erased": act.now, **_BLANK} for row in found]
    if rows:
        act.update(Private, *rows)
    return len(rows)


def forget(act: Act, people: Sequence[str]) -> int:
    """Takes people out of the residents; the units stay."""
    for part in batched(people):
        asked = {"site": act.site, "people": part}
        for question, kind in ((_KEYS_OF, PersonKey), (_LINKS_OF, UnitPerson)):
            rows = act.session.connection().execute(question, asked).mappings().all()
            if rows:
                act.delete(kind, *map(dict, rows))
        act.delete(Person, *({"id": one} for one in part))
    return len(people)


def written(
    act: Act, kind: str, counts: Mapping[str, int], second: str, reason: str
) -> dict[str, Any]:
    """The row that says what was taken out, by whom and with whom; never whose it was."""
    number = act.number(PREFIX)
    act.insert(
        Erasure,
        {
            "number": number,
            "act": act.key,
            "kind": kind,
            "counts": dict(counts),
            "at": act.now,
            "by": act.by.number,
            "second": second,
            "seal": act.whisper(number, 0, words=reason),
        },
    )
    return {"number": number, "kind": kind, "second": second, **counts}


def person_of(desk: Desk, typed: str) -> str:
    """The id of the one person that was typed: an id, or what a search finds. Raises NotOnePerson,
    which names several by their ids, their numbers masked.
    """
    with desk.read() as session:
        if session.get(Person, (desk.site, typed.strip())) is not None:
            return typed.strip()
        found = {one.person: one for one in Search(session, desk.site, typed, 20).found()}
    if len(found) == 1:
        return next(iter(found))
    named = (f"{one.name} {one.unit} {masked_phone(one.phone)} {key}" for key, one in found.items())
    raise NotOnePerson(typed, list(named))


def erase_person(
    act: Act, person: str, reason: str, second: str, proven: Collection[str]
) -> Result:
    """Takes everything that is known of one person out, by two people (PIPL 47): the person, and
    the words of every finished matter and call that speaks of them. What money was taken for stays
    with its payer, by the law of accounts. The result counts and names nobody. Raises NotAllowed,
    NoEraseReason, AloneErase, NotOnePerson, ReasonSaysWho, StillLivesThere, StillOpen.
    """
    other, why = allowed(act, reason, second, proven, _("清除住户的资料"))
    found = act.session.get(Person, (act.site, person))
    if found is None:
        raise NotOnePerson(person, [])
    if _says_who(found, why):
        raise ReasonSaysWho
    asked = {"site": act.site, "person": person}
    units = act.session.connection().execute(_UNITS, asked).all()
    today = act.calendar.day_of(act.now)
    if still := [row.label for row in units if row.until is None or row.until > today]:
        raise StillLivesThere(sorted(still))
    theirs, open_ = _speak_of(act, found, sorted({row.label for row in units}))
    if open_:
        concealed = hidden(act.session, act.site, act.by.number, open_)  # FW-M.9
        raise StillOpen(sorted(set(open_) - concealed))
    rows = blank(act, theirs)
    counts = {"people": forget(act, [person]), "records": len(theirs), "words": rows}
    return written(act, PERSON, counts, other, why)


def _names_of(found: Person) -> list[str]:
    return [one for one in (found.name, found.phone, *found.plate.split()) if len(one) > 1]


def _says_who(found: Person, reason: str) -> bool:
    """Whether the reason names them, by a number in any spelling too, or has anybody's number."""
    bare = "".join(c for c in normalize("NFKC", reason).casefold() if c.isalnum())
    names = ("".join(filter(str.isalnum, one)).casefold() for one in _names_of(found))
    return masked_words(reason) != reason or any(one in bare for one in names if one)


def _speak_of(act: Act, found: Person, units: list[str]) -> tuple[set[str], list[str]]:
    """The owners of words that name them or their number; and the numbers of those among them that
    are not finished.
    """
    connection, site = act.session.connection(), act.site
    tail = {"site": site, "tail": found.phone_tail}
    called = set(connection.execute(_CALLED, tail).scalars()) if found.phone_tail else set()
    near: dict[str, Any] = {}
    for question in _NEAR if units else ():
        near |= {
            row[0]: row for row in connection.execute(question, {"site": site, "units": units})
        }
    for question in _ARE:
        for part in batched(sorted(called - near.keys())):
            rows = connection.execute(question, {"site": site, "owners": part})
            near |= {row[0]: row for row in rows}
    said = _names_of(found)
    theirs: set[str] = set()
    for part in batched(sorted(near)):
        asked = {"site": site, "owners": part}
        for row in connection.execute(_WORDS, asked):
            words = " ".join((row.name, row.phone, row.address, row.words, str(row.more)))
            if row.owner in called or any(one in words for one in said):
                theirs.add(row.owner)
    is_open = [row[1] for key, row in near.items() if key in theirs and row[2] is None]
    return theirs, is_open


def told(counts: Mapping[str, Any]) -> str:
    """How much was taken out, in words."""
    words = {"people": _("住户 {n} 人"), "records": _("记录 {n} 份"), "words": _("文字 {n} 段"),
             "files": _("文件 {n} 个"), "numbers": _("号码 {n} 个")}  # fmt: skip
    return listed(words[name].format(n=n) for name, n in counts.items() if name in words and n)
