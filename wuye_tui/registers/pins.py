"""PINs: hashed with argon2, five tries, and then one at a time after ever longer waits.

A try is counted before the PIN is looked at, in an act of its own, so that eight windows together
have five tries and not forty. The hashing itself, a quarter of a second, runs outside any act.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from sqlalchemy import case, literal, null, or_, select, update
from sqlmodel import col
from sqlmodel.sql.sqltypes import UTCDateTime

from wuye_tui.desk import Desk, NoLongerHere
from wuye_tui.registers.staff import administrator, as_number, find_staff
from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.rules.pins import LONGEST, plain_pin
from wuye_tui.rules.pins import refuse_weak as refuse_weak
from wuye_tui.rules.refusals import shown
from wuye_tui.rules.rights import Actor, Right
from wuye_tui.rules.text import bad_character
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Staff
from wuye_tui.words import _

TRIES: Final = 5
WAITS: Final = (5, 15, 60)
"""Minutes after the fifth wrong PIN, after the sixth, and after every later one."""


@dataclass(frozen=True)
class Cost:
    """What one guess costs: argon2's passes, memory in KiB, and lanes."""

    passes: int
    memory: int
    lanes: int


COST: Final = Cost(passes=3, memory=64 * 1024, lanes=4)
"""RFC 9106, second choice: a quarter of a second on a desk's computer."""


class PinNotSet(Refused):
    """In a real office nobody acts without a PIN."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _(
                "工号 {number} 还没有密码，请管理员运行 wuye staff set-pin {number} 设好再用。"
            ).format(number=number)
        )


class PinMissing(UsageError):
    """There is a PIN, and none was given. Not a try."""

    def __init__(self, number: str) -> None:
        super().__init__(_("请输入工号 {number} 的密码。").format(number=number))


class PinChanged(Refused):
    """Somebody set another PIN at this very moment."""

    def __init__(self, number: str) -> None:
        super().__init__(_("工号 {number} 的密码刚刚改过，请再试一次。").format(number=number))


class PinRefused(Refused):
    """A wrong PIN, with tries left."""

    def __init__(self, left: int) -> None:
        super().__init__(_("密码不对，还可以试 {left} 次。").format(left=left))


class PinLocked(Refused):
    """No tries left for now."""

    def __init__(self, number: str, until: datetime, now: datetime, time: str) -> None:
        self.until = until
        minutes = max(1, math.ceil((until - now) / timedelta(minutes=1)))
        super().__init__(
            _(
                "工号 {number} 的密码已连续输错，{minutes} 分钟后（{time}）可再试一次；"
                "忘记了请管理员运行 wuye staff set-pin {number} 重设。"
            ).format(number=number, minutes=minutes, time=time)
        )


def hash_pin(pin: str, cost: Cost = COST) -> str:
    """The hash to be kept of a PIN that `refuse_weak` let pass."""
    from argon2 import PasswordHasher

    hasher = PasswordHasher(cost.passes, cost.memory, cost.lanes)
    return hasher.hash(plain_pin(pin))


def needs_pin(desk: Desk, number: str) -> bool:
    """Whether this number has a PIN that must be asked for."""
    return bool(secured(desk, [as_number(number)]))


def secured(desk: Desk, numbers: Collection[str]) -> frozenset[str]:
    """Those of these staff numbers that have a PIN, by one question."""
    with desk.read() as session:
        found = session.execute(
            select(col(Staff.number)).where(
                col(Staff.site) == desk.site,
                col(Staff.number).in_(numbers),
                col(Staff.pin_hash) != "",
            )
        ).scalars()
        return frozenset(found)


def authenticate(desk: Desk, number: str, pin: str) -> Desk:
    """The desk with this person at it, who has proved to be it. Raises what `check` raises."""
    plain = as_number(number)
    check(desk, plain, pin)
    return desk.as_staff(plain)


def signer(desk: Desk, typed: str) -> str:
    """The staff number of whoever is named to sign, by number or by name. Raises UnknownStaff."""
    from wuye_tui.registers.lookups import Registry  # not needed for the first paint

    with desk.read() as session:
        return Registry(session, desk.site).staff(typed.strip())


def check(desk: Desk, number: str, pin: str) -> None:
    """Returns if this is the person's PIN; in a training office whoever has none needs none.

    Raises PinRefused or PinLocked, each wrong PIN with a line of its own in the audit; PinNotSet,
    PinMissing and NoLongerHere, which are no tries.
    """
    number = as_number(number)
    hashed = _hash_of(desk, number)
    if not hashed:
        if desk.office.training:
            return
        raise PinNotSet(number)
    if not pin:
        raise PinMissing(number)
    tries = desk.perform("pin tried", lambda act: _reserve(act, number), system=True)["tries"]
    if _verify(hashed, pin):
        desk.perform("pin accepted", lambda act: _accept(act, number, hashed), system=True)
        return
    desk.perform("pin refused", lambda _act: {"staff": number, "tries": tries}, system=True)
    if tries < TRIES:
        raise PinRefused(TRIES - tries)
    with desk.read() as session:
        raise _locked(find_staff(session, desk.site, number), desk.now(), desk.zone)


def set_pin(desk: Desk, number: str, new: str, *, old: str = "", cost: Cost = COST) -> None:
    """Gives somebody a PIN and all tries back: an administrator, or oneself with the `old` one.

    Raises NotAdministrator, what `refuse_weak` raises, and for the old one what `check` raises.
    """
    with desk.read() as session:
        person = find_staff(session, desk.site, number)
    if not person.active:
        raise NoLongerHere(person.number)
    who = desk.actor()
    if not who.may(Right.ADMINISTER):
        _refuse_others(who, person.number)
        check(desk, person.number, old)
    refuse_weak(new, person.number, person.name, person.phone, *person.keys.split())
    hashed = hash_pin(new, cost)
    desk.perform("pin set", lambda act: _write(act, person, hashed))


def _hash_of(desk: Desk, number: str) -> str:
    with desk.read() as session:
        person = session.execute(
            select(col(Staff.pin_hash), col(Staff.active)).where(
                col(Staff.site) == desk.site, col(Staff.number) == number
            )
        ).one_or_none()
    if person is None or not person.active:
        raise NoLongerHere(number)
    return str(person.pin_hash)


def _reserve(act: Act, number: str) -> Result:
    """Takes one of the tries that are left, and sets the next wait with it. PinLocked if none is.

    The wait is set now and lifted by the right PIN: whoever is cut off between has had the try.
    """
    tries, until = col(Staff.pin_tries), col(Staff.pin_locked_until)
    ends = [literal(act.now + timedelta(minutes=wait), UTCDateTime) for wait in WAITS]
    waits = [(tries + 1 == TRIES + later, end) for later, end in enumerate(ends[:-1])]
    taken = act.session.execute(
        update(Staff)
        .where(
            col(Staff.site) == act.site,
            col(Staff.number) == number,
            or_(tries < TRIES, until <= act.now),
        )
        .values(
            pin_tries=tries + 1,
            pin_locked_until=case((tries + 1 < TRIES, null()), *waits, else_=ends[-1]),
        )
        .returning(tries)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if taken is None:
        raise _locked(find_staff(act.session, act.site, number), act.now, act.calendar.zone)
    return {"staff": number, "tries": int(taken)}


def _accept(act: Act, number: str, hashed: str) -> Result:
    """Gives all tries back. PinChanged if it was another PIN's hash that was looked at."""
    done = act.session.execute(
        update(Staff)
        .where(
            col(Staff.site) == act.site, col(Staff.number) == number, col(Staff.pin_hash) == hashed
        )
        .values(pin_tries=0, pin_locked_until=None)
        .returning(col(Staff.number))
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if done is None:
        raise PinChanged(number)
    return {"staff": number}


def _refuse_others(who: Actor, number: str) -> None:
    if who.number != number:
        administrator(who, _("设置别人的密码"))


def _write(act: Act, seen: Staff, hashed: str) -> Result:
    _refuse_others(act.by, seen.number)
    person = act.session.get_one(Staff, (act.site, seen.number), with_for_update=True)
    if person.pin_hash != seen.pin_hash:
        raise PinChanged(person.number)
    person.pin_hash, person.pin_tries, person.pin_locked_until = hashed, 0, None
    return {"staff": person.number}


def _locked(person: Staff, now: datetime, zone: tzinfo) -> PinLocked:
    until = person.pin_locked_until or now
    return PinLocked(person.number, until, now, shown(until, zone))


def _verify(hashed: str, pin: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    plain = plain_pin(pin)
    if bad_character().search(plain) or len(plain) > LONGEST:
        return False
    try:
        return PasswordHasher().verify(hashed, plain)
    except (VerificationError, InvalidHashError):
        return False
