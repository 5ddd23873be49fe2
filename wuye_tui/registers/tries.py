"""What people prove with who they are: hashed with argon2, five tries, then ever longer waits.

A try is counted before the word is looked at, in an act of its own, so that eight windows together
have five tries and not forty. The hashing itself, a quarter of a second, runs outside any act. PIN
and password count apart: whoever locks a colleague's PIN does not lock their password.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import case, literal, null, or_, select, update
from sqlalchemy.orm import Mapped
from sqlmodel import col
from sqlmodel.sql.sqltypes import UTCDateTime

from wuye_tui.desk import Desk, NoLongerHere
from wuye_tui.registers.staff import as_number, find_staff
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.refusals import shown
from wuye_tui.rules.text import bad_character
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Staff

TRIES: Final = 5
WAITS: Final = (5, 15, 60)
"""Minutes after the fifth wrong one, after the sixth, and after every later one."""


@dataclass(frozen=True)
class Cost:
    """What one guess costs: argon2's passes, memory in KiB, and lanes."""

    passes: int
    memory: int
    lanes: int


COST: Final = Cost(passes=3, memory=64 * 1024, lanes=4)
"""RFC 9106, second choice: a quarter of a second on a desk's computer."""


@dataclass(frozen=True)
class Secret:
    """A way to prove who one is: what its columns and acts are called, and its sentences."""

    name: str
    plain: Callable[[str], str]
    longest: int
    not_set: Callable[[str], DeskError]
    missing: Callable[[str], DeskError]
    changed: Callable[[str], DeskError]
    refused: Callable[[int], DeskError]
    locked: Callable[[str, datetime, datetime, str], DeskError]

    @property
    def hashed(self) -> Mapped[Any]:
        """The column of the hash; empty where none is set."""
        return col(getattr(Staff, f"{self.name}_hash"))

    @property
    def tries(self) -> Mapped[Any]:
        """The column of the tries that were wrong in a row."""
        return col(getattr(Staff, f"{self.name}_tries"))

    @property
    def until(self) -> Mapped[Any]:
        """The column of the moment until which there is no further try."""
        return col(getattr(Staff, f"{self.name}_locked_until"))

    def named(self, **values: Any) -> dict[str, Any]:
        """Values for the columns, by their names without the secret's own."""
        return {f"{self.name}_{key}": value for key, value in values.items()}


def hash_of(secret: Secret, typed: str, cost: Cost = COST) -> str:
    """The hash to be kept of what the rules let pass."""
    from argon2 import PasswordHasher

    hasher = PasswordHasher(cost.passes, cost.memory, cost.lanes)
    return hasher.hash(secret.plain(typed))


def is_set(desk: Desk, secret: Secret, number: str) -> bool:
    """Whether this person has one. Raises NoLongerHere."""
    return bool(_hash_of(desk, secret, as_number(number)))


def is_locked(desk: Desk, secret: Secret, number: str) -> bool:
    """Whether there is no try left at this moment."""
    with desk.read() as session:
        found = session.execute(
            select(secret.tries, secret.until).where(
                col(Staff.site) == desk.site, col(Staff.number) == as_number(number)
            )
        ).one_or_none()
    if found is None or found[0] < TRIES:
        return False
    return found[1] is None or found[1] > desk.now()


def check(desk: Desk, secret: Secret, number: str, typed: str) -> None:
    """Returns if this is the person's own; in a training office whoever has none needs none.

    Raises the secret's refusals, each wrong one with a line of its own in the audit; that none is
    set or given, and NoLongerHere, are no tries.
    """
    number = as_number(number)
    hashed = _hash_of(desk, secret, number)
    if not hashed:
        if desk.office.training:
            return
        raise secret.not_set(number)
    if not typed:
        raise secret.missing(number)
    name = secret.name
    tried = desk.perform(f"{name} tried", lambda act: _reserve(act, secret, number), system=True)
    if verify(secret, hashed, typed):
        desk.perform(
            f"{name} accepted", lambda act: _accept(act, secret, number, hashed), system=True
        )
        return
    tries = tried["tries"]
    desk.perform(f"{name} refused", lambda _act: {"staff": number, "tries": tries}, system=True)
    if tries < TRIES:
        raise secret.refused(TRIES - tries)
    with desk.read() as session:
        person = find_staff(session, desk.site, number)
        until = getattr(person, f"{name}_locked_until") or desk.now()
    raise secret.locked(number, until, desk.now(), shown(until, desk.zone))


def put(act: Act, secret: Secret, number: str, before: str, hashed: str) -> Result:
    """Writes a new one in the place of `before`, and gives all tries back. Raises `changed`."""
    person = act.session.get_one(Staff, (act.site, number), with_for_update=True)
    if getattr(person, f"{secret.name}_hash") != before:
        raise secret.changed(number)
    for key, value in secret.named(hash=hashed, tries=0, locked_until=None).items():
        setattr(person, key, value)
    return {"staff": number}


def verify(secret: Secret, hashed: str, typed: str) -> bool:
    """Whether it is the word that was hashed; what could never have been set costs no hashing."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    plain = secret.plain(typed)
    if bad_character().search(plain) or len(plain) > secret.longest:
        return False
    try:
        return PasswordHasher().verify(hashed, plain)
    except (VerificationError, InvalidHashError):
        return False


def _hash_of(desk: Desk, secret: Secret, number: str) -> str:
    with desk.read() as session:
        found = session.execute(
            select(secret.hashed, col(Staff.active)).where(
                col(Staff.site) == desk.site, col(Staff.number) == number
            )
        ).one_or_none()
    if found is None or not found[1]:
        raise NoLongerHere(number)
    return str(found[0])


def _reserve(act: Act, secret: Secret, number: str) -> Result:
    """Takes one of the tries that are left, and sets the next wait with it. `locked` if none is.

    The wait is set now and lifted by the right word: whoever is cut off between has had the try.
    """
    tries, until = secret.tries, secret.until
    ends = [literal(act.now + timedelta(minutes=wait), UTCDateTime) for wait in WAITS]
    waits = [(tries + 1 == TRIES + later, end) for later, end in enumerate(ends[:-1])]
    wait = case((tries + 1 < TRIES, null()), *waits, else_=ends[-1])
    taken = act.session.execute(
        update(Staff)
        .where(
            col(Staff.site) == act.site,
            col(Staff.number) == number,
            or_(tries < TRIES, until <= act.now),
        )
        .values(secret.named(tries=tries + 1, locked_until=wait))
        .returning(tries)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if taken is None:
        person = find_staff(act.session, act.site, number)
        end = getattr(person, f"{secret.name}_locked_until") or act.now
        raise secret.locked(number, end, act.now, shown(end, act.calendar.zone))
    return {"staff": number, "tries": int(taken)}


def _accept(act: Act, secret: Secret, number: str, hashed: str) -> Result:
    """Gives all tries back. `changed` if it was another one's hash that was looked at."""
    done = act.session.execute(
        update(Staff)
        .where(col(Staff.site) == act.site, col(Staff.number) == number, secret.hashed == hashed)
        .values(secret.named(tries=0, locked_until=None))
        .returning(col(Staff.number))
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if done is None:
        raise secret.changed(number)
    return {"staff": number}
