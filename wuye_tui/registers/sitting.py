"""How somebody proves who they are at this machine: by PIN where it is enrolled, by password else.

Whose PIN is locked may use their password meanwhile: a colleague who locks it on purpose keeps
nobody from the desk.
"""

from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import col

from wuye_tui.desk import Desk, NoLongerHere
from wuye_tui.registers import pins, tries
from wuye_tui.registers.passwords import PASSWORD
from wuye_tui.registers.pins import PIN
from wuye_tui.registers.staff import as_number
from wuye_tui.registers.tries import Secret
from wuye_tui.registers.workstations import pin_suffices
from wuye_tui.store.tables import Staff


def asked(desk: Desk, number: str) -> Secret | None:
    """What this person has to give here; None where nothing is asked for (training), and where
    they have nothing to give: `prove` says then what is missing.
    """
    if not pin_suffices(desk):
        return PASSWORD
    try:
        has_pin = tries.is_set(desk, PIN, number)
        has_password = not desk.office.training and tries.is_set(desk, PASSWORD, number)
    except NoLongerHere:
        return None
    if has_password and (not has_pin or tries.is_locked(desk, PIN, number)):
        return PASSWORD
    return PIN if has_pin else None


def prove(desk: Desk, number: str, typed: str) -> Secret:
    """Returns what was proved with if this is the person's own; raises what `tries.check` does."""
    usual = PIN if pin_suffices(desk) else PASSWORD
    secret = asked(desk, number) or usual
    tries.check(desk, secret, number, typed)
    return secret


def sit_down(desk: Desk, number: str, typed: str) -> Desk:
    """The desk with this person at it, who has proved to be it. Raises what `prove` raises."""
    prove(desk, number, typed)
    return desk.as_staff(as_number(number))


def by_password(desk: Desk, number: str, typed: str) -> Desk:
    """The same by password, wherever it is."""
    tries.check(desk, PASSWORD, number, typed)
    return desk.as_staff(as_number(number))


def has_password(desk: Desk, number: str) -> bool:
    """Whether this person has one; nobody who is not on the staff has."""
    return has(desk, number, PASSWORD.name)


def has(desk: Desk, number: str, name: str) -> bool:
    """The same of what is called `pin` or `password`."""
    try:
        return tries.is_set(desk, PIN if name == PIN.name else PASSWORD, number)
    except NoLongerHere:
        return False


def provers(desk: Desk, numbers: Collection[str]) -> frozenset[str]:
    """Those of these staff numbers that have something to sign with here, by one question."""
    if pin_suffices(desk):
        return pins.secured(desk, numbers)
    with desk.read() as session:
        found = session.execute(
            select(col(Staff.number)).where(
                col(Staff.site) == desk.site,
                col(Staff.number).in_(numbers),
                col(Staff.password_hash) != "",
            )
        ).scalars()
        return frozenset(found)
