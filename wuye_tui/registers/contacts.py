"""The register of calls, visits and messages (KF-6): every one is written down, slip or no slip."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import and_, func, not_, or_, select
from sqlmodel import col

from wuye_tui.desk import Desk
from wuye_tui.registers import records
from wuye_tui.registers.contact_lists import UnknownContact as UnknownContact
from wuye_tui.registers.contact_lists import left as left
from wuye_tui.registers.contact_lists import listed as listed
from wuye_tui.registers.contact_lists import query_of
from wuye_tui.registers.contact_lists import recent as recent
from wuye_tui.registers.contact_lists import revealed as revealed
from wuye_tui.registers.contact_lists import show as show
from wuye_tui.registers.contact_rows import CATEGORIES as CATEGORIES
from wuye_tui.registers.contact_rows import COUNTED_AS as COUNTED_AS
from wuye_tui.registers.contact_rows import MISSED as MISSED
from wuye_tui.registers.contact_rows import TOMORROW as TOMORROW
from wuye_tui.registers.contact_rows import WITHDRAWN as WITHDRAWN
from wuye_tui.registers.contact_rows import ContactRow as ContactRow
from wuye_tui.registers.lookups import registry_of
from wuye_tui.rules import channels, phones
from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.rules.line_outcomes import FOLLOWS, PROGRESS
from wuye_tui.rules.nights import told
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.rights import Right
from wuye_tui.rules.text import Field, clean
from wuye_tui.store.acts import Act
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Contact, ContactMatter
from wuye_tui.store.tables.base import new_id
from wuye_tui.words import N_, _

PREFIX = "LX"
CHANNELS = channels.CHANNELS
OPENED, JOINED, ASKED = "opened", "joined", "asked"


class UnknownCode(UsageError):
    """A channel or category that the office does not know."""

    def __init__(self, what: str, typed: str, known: Mapping[str, str]) -> None:
        listed = " ".join(f"{key}={_(word)}" for key, word in known.items())
        super().__init__(
            _("没有这种{what}「{typed}」，可以是：{known}。").format(
                what=_(what), typed=typed, known=listed
            )
        )


class NothingSaid(UsageError):
    """A contact without a word of what it was about."""

    def __init__(self) -> None:
        super().__init__(_("请写一句来电说了什么，再保存。"))


class TakenUp(Refused):
    """What the night has left has been taken up by somebody already."""

    def __init__(self, number: str) -> None:
        super().__init__(_("{number} 已经有人接着办了，请看来电登记。").format(number=number))


class Heard(TypedDict, total=False):
    """When a line began to ring, how often it did, and when it was answered."""

    rang: datetime
    rings: int
    answered: datetime


@dataclass(frozen=True)
class Registered:
    """A call that was just written down, or taken up."""

    id: str
    number: str
    caller: str = ""  # of one that was taken up
    phone: str = ""


def register(
    act: Act,
    *,
    channel: str,
    category: str,
    words: str,
    unit: str = "",
    caller: str = "",
    phone: str = "",
    outcome: str = "",
    rang: datetime | None = None,
    rings: int = 0,
    answered: datetime | None = None,
) -> Registered:
    """Writes one call down, taken by whoever acts. Raises UsageError or NotFound.

    `rang`, `rings` and `answered` are known of a line that rang; of all others only that it is now.
    """
    refuse_unknown(channel, category)
    said = clean(words, Field.WORDS)
    if not said:
        raise NothingSaid
    label = registry_of(act).unit(unit) if unit else ""
    identity = new_id()
    seal = act.whisper(
        identity, 0, name=clean(caller, Field.NAME), phone=phones.given(phone), words=said
    )
    number = act.number(PREFIX)
    act.insert(
        Contact,
        {
            "id": identity,
            "number": number,
            "channel": channel,
            "category": category,
            "unit": label,
            "rang": rang or act.now,
            "rings": rings,
            "answered": answered or act.now,
            "ended": act.now,
            "duty": act.duty,
            "by": act.by.number,
            "outcome": outcome,
            "seal": seal,
        },
    )
    return Registered(identity, number)


def taken_down(
    act: Act,
    left: str,
    *,
    channel: str,
    category: str,
    words: str,
    outcome: str,
    unit: str = "",
    caller: str = "",
    phone: str = "",
    **heard: Unpack[Heard],
) -> Registered:
    """The call that is answered now: the one of the night that has this number, or a new one."""
    if not left:
        return register(
            act,
            channel=channel,
            category=category,
            words=words,
            unit=unit,
            caller=caller,
            phone=phone,
            outcome=outcome,
            **heard,
        )
    refuse_unknown(channel, category)
    return take_up(
        act, left, outcome=outcome, category=category, unit=unit, caller=caller, phone=phone
    )


def take_up(
    act: Act,
    number: str,
    *,
    outcome: str,
    category: str,
    words: str = "",
    unit: str = "",
    caller: str = "",
    phone: str = "",
) -> Registered:
    """Takes up what the night has left; it becomes what it is now. TakenUp if somebody was quicker.

    The call stays the one that was written down in the night (KF-8), with its time, and with its
    unit, caller, phone and words where no others are given.
    """
    # Whoever comes second waits for the first to be done, and reads what became of it.
    asked = query_of(act).where(col(Contact.number) == number).with_for_update(of=table_of(Contact))
    row = act.session.execute(asked).one_or_none()
    if row is None:
        raise UnknownContact(number)
    if row.outcome != TOMORROW and not told(row.outcome):
        raise TakenUp(number)
    identity = row.id
    name = clean(caller, Field.NAME) or row.name or ""
    number_of = phones.given(phone) or row.phone or ""
    said = clean(words, Field.WORDS) or row.words or ""
    seal = row.seal
    if (name, number_of, said) != (row.name or "", row.phone or "", row.words or ""):
        seal = act.whisper(identity, 0, name=name, phone=number_of, words=said)
    act.update(
        Contact,
        {
            "id": identity,
            "outcome": outcome,
            "category": category,
            "unit": registry_of(act).unit(unit) if unit else row.unit,
            "seal": seal,
        },
    )
    return Registered(identity, number, name, number_of)


def locked(act: Act, number: str) -> Contact:
    """The call of this number, nobody else's until the act ends. Raises UnknownContact."""
    asked = select(Contact).where(col(Contact.site) == act.site, col(Contact.number) == number)
    found: Contact | None = act.session.execute(asked.with_for_update()).scalar_one_or_none()
    if found is None:
        raise UnknownContact(number)
    return found


def require_desk(act: Act, doing: str) -> None:
    """Raises NotAllowed unless whoever acts answers the telephone: the desk, day and night, and
    the managers on duty (ZB-3.3).
    """
    if not act.by.may(Right.EMERGENCY):
        raise NotAllowed(act.by.name, doing, Right.EMERGENCY, "KF-6")


def mark(act: Act, call: Contact, outcome: str) -> None:
    """Gives a call another outcome."""
    act.update(Contact, {"id": call.id, "outcome": outcome})


def link(act: Act, contact: Registered, number: str, role: str) -> None:
    """Notes that a call opened, joined or asked about a matter."""
    matter = records.identity(act, number)
    act.insert(ContactMatter, {"contact": contact.id, "matter": matter, "role": role})


def refuse_unknown(channel: str, category: str) -> None:
    """UnknownCode unless the office knows both."""
    for what, typed, known in (
        (N_("来电渠道"), channel, CHANNELS),
        (N_("来电类别"), category, CATEGORIES),
    ):
        if typed not in known:
            raise UnknownCode(what, typed, known)


def counted(desk: Desk, number: str, since: datetime) -> tuple[str, int]:
    """What a call is counted as, and how many of it there are since then, with those that came up
    beside another matter (`repair+enquiry`). Raises UnknownContact.
    """
    row = show(desk, number)
    outcome = col(Contact.outcome)
    follows = or_(*(or_(outcome == one, outcome.startswith(f"{one}+")) for one in FOLLOWS))
    same = and_(col(Contact.category) == row.category, not_(follows))
    beside = outcome.contains(f"+{row.category}", autoescape=True)
    with desk.read() as session:
        many = session.execute(
            select(func.count()).where(
                col(Contact.site) == desk.site,
                col(Contact.rang) >= since,
                col(Contact.outcome) != WITHDRAWN,
                follows if row.counted_as == PROGRESS else or_(same, beside),
            )
        ).scalar_one()
    return row.counted_as, int(many)
