"""Notices in force, the exact answer to give, and how many have asked (XX-4.3.3).

The steps of a notice are taken like any other's, by `matters`; here are the questions asked of
them, and the one verb of its own: somebody asked and was answered.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, records, ringing
from wuye_tui.registers.steps import load_steps
from wuye_tui.rules.channels import PHONE
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.folding import fold
from wuye_tui.rules.lifecycle import Facts
from wuye_tui.rules.notices import NOTICE, SUBJECTS, covers, reaches, read_out
from wuye_tui.rules.running import clocks
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Contact, ContactMatter, Matter
from wuye_tui.words import _

ANSWERED = "answered"
_matter, _asked, _call = (table_of(kind).c for kind in (Matter, ContactMatter, Contact))
_OPEN = (
    select(_matter.id, _matter.number, _matter.state)
    .where(_matter.site == bindparam("site"), _matter.kind == NOTICE.kind, _matter.closed.is_(None))
    .order_by(_matter.opened)
)
_COUNTS = (
    select(_asked.matter, func.count())
    .join_from(
        table_of(ContactMatter),
        table_of(Contact),
        (_call.site == _asked.site) & (_call.id == _asked.contact),
    )
    .where(
        _asked.site == bindparam("site"),
        _asked.matter.in_(bindparam("ids", expanding=True)),
        _call.outcome != contacts.WITHDRAWN,
    )
    .group_by(_asked.matter)
)


class NotInForce(Refused):
    """The notice is over: whoever asks now is told that it is."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} 已经结束，请告诉业主已恢复；仍有问题请登记报修。").format(number=number)
        )


@dataclass(frozen=True)
class Notice:
    """A change that people ask about: what to say, where it holds, until when, how many asked."""

    number: str
    subject: str  # untranslated word
    department: str
    scope: str
    text: str
    say: str
    paste: str
    begins: datetime | None
    ends: datetime | None
    reported: bool  # the department has told the desk
    late: bool  # it did not within four hours, or the promised end has passed
    asked: int
    until: str = ""  # the end in words, where it is not over

    @property
    def answer(self) -> str:
        """What to read out: the department's words, or what is known until it has told; with where
        and until when, where they do not say it.
        """
        return read_out(self.say or self.text, self.subject, self.scope, self.until)

    def concerns(self, unit: str) -> bool:
        """Whether it holds for a unit's label."""
        return covers(self.scope, unit)

    def reaches(self, place: str) -> bool:
        """Whether it holds in a building or an entrance, or somewhere in it."""
        return reaches(self.scope, place)


def current(desk: Desk, unit: str = "") -> tuple[Notice, ...]:
    """The notices that are not over, oldest first; with `unit`, those that hold for it."""
    with desk.read() as session:
        rows = session.execute(_OPEN, {"site": desk.site}).all()
        if not rows:
            return ()
        ids = [row.id for row in rows]
        counted = session.execute(_COUNTS, {"site": desk.site, "ids": ids}).all()
        counts = {row[0]: int(row[1]) for row in counted}
        found = [_notice(session, desk, row, counts.get(row.id, 0)) for row in rows]
    return tuple(notice for notice in found if not unit or notice.concerns(unit))


def _notice(session: Session, desk: Desk, row: Any, asked: int) -> Notice:
    steps = load_steps(session, desk.site, row.id)
    facts, now = fold(NOTICE, steps).facts, desk.now()
    runs = clocks(NOTICE, steps, desk.calendar)
    subject = str(facts.get("subject", ""))
    return Notice(
        number=row.number,
        subject=dict(SUBJECTS).get(subject, subject),
        department=str(facts.get("department", "")),
        scope=str(facts.get("scope", "")),
        text=str(facts.get("text", "")),
        say=str(facts.get("say", "")),
        paste=str(facts.get("paste", "")),
        begins=_moment(facts, "begins"),
        ends=_moment(facts, "ends"),
        reported=row.state != "heard",
        late=any(run.late(now) and run.ended is None for run in runs),
        asked=asked,
        until=_until(_moment(facts, "ends"), desk),
    )


def _until(ends: datetime | None, desk: Desk) -> str:
    if ends is None or ends <= desk.now():
        return ""
    end, today = ends.astimezone(desk.zone), desk.now().astimezone(desk.zone).date()
    if end.date() == today:
        return f"{end:%H:%M}"
    return _("{month}月{day}日 {time}").format(month=end.month, day=end.day, time=f"{end:%H:%M}")


def _moment(facts: Facts, name: str) -> datetime | None:
    said = str(facts.get(name) or "")
    return datetime.fromisoformat(said) if said else None


def answer(
    act: Act,
    number: str,
    *,
    unit: str = "",
    caller: str = "",
    phone: str = "",
    words: str = "",
    channel: str = PHONE,
    ring: str = "",
    left: str = "",
) -> Result:
    """Somebody asked about a notice and was answered: counted, without a slip.

    `words` are theirs, where they were typed; `ring` is the line that rang, if one did, and `left`
    the call that the night has left, if it is that one. Raises UnknownMatter, NotInForce, TakenUp,
    or NotFound for a unit.
    """
    standing = records.load(act, number)
    situation = standing.situation
    if standing.cycle is not NOTICE or situation.state in NOTICE.final:
        raise NotInForce(number)
    subject = str(situation.facts.get("subject", ""))
    contact = contacts.taken_down(
        act,
        left,
        channel=channel,
        category="enquiry",
        words=words or _("询问{subject}").format(subject=_(dict(SUBJECTS).get(subject, subject))),
        unit=unit,
        caller=caller,
        phone=phone,
        outcome=ANSWERED,
        **ringing.heard(act, ring),
    )
    contacts.link(act, contact, standing.head.number, contacts.ASKED)
    return {"contact": contact.number, "number": standing.head.number}
