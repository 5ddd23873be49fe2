"""Passwords: what is asked for at a machine that is no enrolled workstation (ASVS 6.2.1)."""

import math
from datetime import datetime, timedelta
from typing import Final

from wuye_tui.desk import Desk, NoLongerHere
from wuye_tui.reference import Reference
from wuye_tui.registers import pins, tries
from wuye_tui.registers.staff import administrator, find_staff
from wuye_tui.registers.tries import COST, Cost, Secret
from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.rules.passwords import LONGEST, plain_password, refuse_weak_password
from wuye_tui.rules.rights import Actor, Right
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Staff
from wuye_tui.words import _

COMMON: Final = "common_passwords.txt"


class PasswordNotSet(Refused):
    """Away from the enrolled workstations nobody acts without a password."""

    def __init__(self, number: str) -> None:
        told = _(
            "这台电脑没有登记为工作站，要用口令登录，工号 {number} 还没有：请管理员在登记过的电脑上"
            "运行 wuye staff set-password {number}，或在这台电脑上运行 wuye workstations enrol。"
        )
        super().__init__(told.format(number=number))


class PasswordMissing(UsageError):
    """There is a password, and none was given. Not a try."""

    def __init__(self, number: str) -> None:
        super().__init__(_("请输入工号 {number} 的口令。").format(number=number))


class PasswordChanged(Refused):
    """Somebody set another password at this very moment."""

    def __init__(self, number: str) -> None:
        super().__init__(_("工号 {number} 的口令刚刚改过，请再试一次。").format(number=number))


class PasswordRefused(Refused):
    """A wrong password, with tries left."""

    def __init__(self, left: int) -> None:
        super().__init__(_("口令不对，还可以试 {left} 次。").format(left=left))


class PasswordLocked(Refused):
    """No tries left for now."""

    def __init__(self, number: str, until: datetime, now: datetime, time: str) -> None:
        self.until = until
        minutes = max(1, math.ceil((until - now) / timedelta(minutes=1)))
        told = _(
            "工号 {number} 的口令已连续输错，{minutes} 分钟后（{time}）可再试一次；"
            "忘记了请管理员运行 wuye staff set-password {number} 重设。"
        )
        super().__init__(told.format(number=number, minutes=minutes, time=time))


PASSWORD: Final = Secret(
    name="password",
    plain=plain_password,
    longest=LONGEST,
    not_set=PasswordNotSet,
    missing=PasswordMissing,
    changed=PasswordChanged,
    refused=PasswordRefused,
    locked=PasswordLocked,
)


def common() -> frozenset[str]:
    """The passwords that everybody tries first; ours, whatever lies in the office's folder."""
    lines = Reference().text(COMMON).splitlines()
    return frozenset(line.casefold() for line in lines if not line.startswith("#"))


def set_password(desk: Desk, number: str, new: str, *, old: str = "", cost: Cost = COST) -> None:
    """Gives somebody a password and all tries back: an administrator, or oneself with the `old`
    one; for the first one the PIN is given instead.

    Raises NotAdministrator, what `refuse_weak_password` raises, and for the old one what checking
    it raises.
    """
    with desk.read() as session:
        person = find_staff(session, desk.site, number)
    if not person.active:
        raise NoLongerHere(person.number)
    who = desk.actor()
    if not who.may(Right.ADMINISTER):
        _refuse_others(who, person.number)
        tries.check(desk, PASSWORD if person.password_hash else pins.PIN, person.number, old)
    own = (person.number, person.name, person.phone, *person.keys.split(), desk.office.name)
    refuse_weak_password(new, common(), *own)
    hashed = tries.hash_of(PASSWORD, new, cost)
    desk.perform("password set", lambda act: _write(act, person, hashed))


def _refuse_others(who: Actor, number: str) -> None:
    if who.number != number:
        administrator(who, _("设置别人的口令"))


def _write(act: Act, seen: Staff, hashed: str) -> Result:
    _refuse_others(act.by, seen.number)
    return tries.put(act, PASSWORD, seen.number, seen.password_hash, hashed)
