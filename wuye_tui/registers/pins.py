"""PINs: what suffices at an enrolled workstation, and for a signature there. Five tries."""

import math
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from wuye_tui.desk import Desk, NoLongerHere
from wuye_tui.registers import tries
from wuye_tui.registers.staff import administrator, as_number, find_staff
from wuye_tui.registers.tries import COST, TRIES, WAITS, Cost, Secret
from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.rules.pins import LONGEST, plain_pin
from wuye_tui.rules.pins import refuse_weak as refuse_weak
from wuye_tui.rules.rights import Actor, Right
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Staff
from wuye_tui.words import _

__all__ = ["COST", "PIN", "TRIES", "WAITS", "Cost", "check", "hash_pin", "secured", "set_pin"]


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


PIN: Final = Secret(
    name="pin",
    plain=plain_pin,
    longest=LONGEST,
    not_set=PinNotSet,
    missing=PinMissing,
    changed=PinChanged,
    refused=PinRefused,
    locked=PinLocked,
)


def hash_pin(pin: str, cost: Cost = COST) -> str:
    """The hash to be kept of a PIN that `refuse_weak` let pass."""
    return tries.hash_of(PIN, pin, cost)


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
    tries.check(desk, PIN, number, pin)


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


def _refuse_others(who: Actor, number: str) -> None:
    if who.number != number:
        administrator(who, _("设置别人的密码"))


def _write(act: Act, seen: Staff, hashed: str) -> Result:
    _refuse_others(act.by, seen.number)
    return tries.put(act, PIN, seen.number, seen.pin_hash, hashed)
