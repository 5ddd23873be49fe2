"""Workstations that an administrator enrolled: there a PIN suffices, elsewhere a password is asked.

The machine keeps a token of 256 random bits in a file that only its user reads; the office keeps
its SHA-256. Where the database is a file, the machine that has the file is the only one there can
be, and a training office is open: there a PIN suffices anywhere. An office on a server that has
never enrolled a machine goes on as before, and `wuye status` says so.
"""

import hmac
import os
import secrets
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import Session, col

from wuye_tui.desk import Desk
from wuye_tui.registers.staff import administrator, lock_active
from wuye_tui.rules.errors import NotFound, Refused, UsageError
from wuye_tui.rules.rights import Actor, Right, hats
from wuye_tui.rules.text import Field, clean
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import EnrolledWorkstation
from wuye_tui.store.tables.base import new_id
from wuye_tui.words import _

FILE: Final = "workstation"
_PRIVATE: Final = 0o600
_OTHERS: Final = 0o077
_BYTES: Final = 32


class Unnamed(UsageError):
    """A workstation is revoked by its name: it needs one."""

    def __init__(self) -> None:
        super().__init__(_("没有写工作站的名称，例如 前台1。"))


class NameTaken(Refused):
    """Two workstations of one name could not be told apart."""

    def __init__(self, name: str) -> None:
        told = _("已经有一台登记过的工作站叫「{name}」，请换个名称，或先撤销它。")
        super().__init__(told.format(name=name))


class AlreadyEnrolled(Refused):
    """It is enrolled already, under this name."""

    def __init__(self, name: str) -> None:
        super().__init__(_("这台电脑已经登记过，名称是「{name}」。").format(name=name))


class NoSuchWorkstation(NotFound):
    """None of this name is enrolled."""

    def __init__(self, name: str) -> None:
        told = _("没有登记过叫「{name}」的工作站：wuye workstations list 看全部。")
        super().__init__(told.format(name=name))


class LastWorkstation(Refused):
    """Nobody who may administer could get in any more."""

    def __init__(self) -> None:
        told = _(
            "撤销后没有一台登记的工作站，也没有管理员设过口令，谁都进不来了："
            "请先运行 wuye staff set-password，或先登记另一台。"
        )
        super().__init__(told)


class TokenExposed(Refused):
    """Others on this machine can read the file: whoever copies it would be this workstation."""

    def __init__(self, path: Path) -> None:
        told = _("{path} 别人也能读，登记不算数：请运行 chmod 600 {path}。")
        super().__init__(told.format(path=path))


class CannotKeep(Refused):
    """The file cannot be written."""

    exit_status = 2

    def __init__(self, path: Path) -> None:
        told = _("写不了 {path}，没有登记；请看看文件夹的权限，或磁盘是否已满。")
        super().__init__(told.format(path=path))


def pin_suffices(desk: Desk) -> bool:
    """Whether whoever sits down at this machine proves it by a PIN. Raises TokenExposed."""
    if desk.office.training or desk.engine.dialect.name == "sqlite":
        return True
    return not was_ever_enrolled(desk) or bool(here(desk))


def is_open(desk: Desk) -> bool:
    """Whether a real office on a server still lets in by PIN from any machine that reaches it."""
    on_server = desk.engine.dialect.name != "sqlite"
    return on_server and not desk.office.training and not was_ever_enrolled(desk)


def was_ever_enrolled(desk: Desk) -> bool:
    """Whether the office has begun to enrol its machines; that the last is revoked ends nothing."""
    with desk.read() as session:
        any_ = select(col(EnrolledWorkstation.id)).where(col(EnrolledWorkstation.site) == desk.site)
        return session.execute(any_.limit(1)).first() is not None


def here(desk: Desk) -> str:
    """The name under which this machine is enrolled; "" if it is not. Raises TokenExposed."""
    found = _kept(desk.settings.home).get(desk.site)
    if found is None:
        return ""
    with desk.read() as session:
        row = session.get(EnrolledWorkstation, (desk.site, found[0]))
    if row is None or row.revoked is not None:
        return ""
    return row.name if hmac.compare_digest(row.digest, _digest(found[1])) else ""


def listed(desk: Desk, everyone: bool = False) -> list[dict[str, Any]]:
    """The enrolled workstations by name; `everyone`: those that were revoked too."""
    with desk.read() as session:
        rows = _rows(session, desk.site)
    mine = here(desk)
    return [
        {
            "name": row.name,
            "enrolled_at": row.enrolled,
            "by": row.by,
            "revoked_at": row.revoked,
            "revoked_by": row.revoked_by,
            "here": row.revoked is None and row.name == mine,
        }
        for row in rows
        if everyone or row.revoked is None
    ]


def enrol(desk: Desk, name: str) -> Result:
    """Makes this machine a workstation at which a PIN suffices.

    Raises NotAdministrator, Unnamed, NameTaken, AlreadyEnrolled, CannotKeep.
    """
    administrator(desk.actor(), _("登记工作站"))
    called = clean(name, Field.NAME)
    if not called:
        raise Unnamed
    if before := here(desk):
        raise AlreadyEnrolled(before)
    token, number = secrets.token_hex(_BYTES), new_id()
    path = desk.settings.home / FILE
    aside = _write_aside(path, {**_kept(desk.settings.home), desk.site: (number, token)})
    try:
        done = desk.perform(
            "workstations.enrol", lambda act: _enrol(act, number, called, _digest(token))
        )
        aside.replace(path)
    except OSError as error:
        raise CannotKeep(path) from error
    finally:
        aside.unlink(missing_ok=True)
    return done


def revoke(act: Act, name: str) -> Result:
    """From now on a PIN does not suffice at this workstation, wherever it is.

    Raises NotAdministrator, NoSuchWorkstation, LastWorkstation.
    """
    administrator(act.by, _("撤销工作站"))
    everybody = lock_active(act)
    rows = [row for row in _rows(act.session, act.site) if row.revoked is None]
    found = next((row for row in rows if row.name == name.strip()), None)
    if found is None:
        raise NoSuchWorkstation(name)
    able = (Actor("", "", hats(p.hats)) for p in everybody if p.password_hash)
    if len(rows) == 1 and not any(one.may(Right.ADMINISTER) for one in able):
        raise LastWorkstation
    found.revoked, found.revoked_by = act.now, act.by.number
    return {"name": found.name}


def _enrol(act: Act, number: str, name: str, digest: str) -> Result:
    administrator(act.by, _("登记工作站"))
    rows = _rows(act.session, act.site)
    if any(row.name == name and row.revoked is None for row in rows):
        raise NameTaken(name)
    act.add(
        EnrolledWorkstation(
            site=act.site, id=number, name=name, digest=digest, enrolled=act.now, by=act.by.number
        )
    )
    return {"name": name, "first": not rows}


def _rows(session: Session, site: str) -> list[EnrolledWorkstation]:
    query = select(EnrolledWorkstation).where(col(EnrolledWorkstation.site) == site)
    by_name = query.order_by(col(EnrolledWorkstation.name), col(EnrolledWorkstation.id))
    return list(session.execute(by_name).scalars())


def _kept(home: Path) -> Mapping[str, tuple[str, str]]:
    """What the file has: by site the workstation's id and its token."""
    path = home / FILE
    try:
        if os.name == "posix" and path.stat().st_mode & _OTHERS:
            raise TokenExposed(path)
        words = [line.split() for line in path.read_text("ascii").splitlines()]
    except (OSError, UnicodeDecodeError):
        return {}
    return {line[0]: (line[1], line[2]) for line in words if len(line) == len(("site", "id", "t"))}


def _write_aside(path: Path, kept: Mapping[str, tuple[str, str]]) -> Path:
    """The file as it will be, beside its place: for this user alone from its first byte on."""
    aside = path.with_name(f".{FILE}.{secrets.token_hex(4)}")
    text = "".join(f"{site} {number} {token}\n" for site, (number, token) in kept.items())
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotKeep(path) from error
    try:
        handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE)
        with os.fdopen(handle, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise CannotKeep(path) from error
    return aside


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
