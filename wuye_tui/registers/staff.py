"""The staff: who works here, in which post, with which hats. Rights follow the post (HR-5.1)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import Session, col

from wuye_tui.desk import Desk
from wuye_tui.registers.people import give_reason, keys_of, may_take_out
from wuye_tui.rules import phones
from wuye_tui.rules.errors import Forbidden, NotFound, Refused, UsageError
from wuye_tui.rules.refusals import UnknownStaff
from wuye_tui.rules.rights import HAT_WORDS, Actor, Hat, Right, holders
from wuye_tui.rules.rights import hats as known_hats
from wuye_tui.rules.text import LIMITS, Field, bad_character, clean, code
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Duty, Staff
from wuye_tui.words import N_, _, listed

DEPARTMENT_WORDS: Final[dict[str, str]] = {
    "service": N_("客户服务部"),
    "engineering": N_("工程管理部"),
    "guards": N_("秩序维护部"),
    "finance": N_("财务部"),
    "administration": N_("行政部"),
    "cleaning": N_("保洁部"),
    "management": N_("经理室"),
}
_LENT: Final = frozenset({Hat.NIGHT, Hat.SYSTEM})  # worn with a duty, or by nobody
_MANAGES_DUTY: Final = "ABC"
_LONGEST: Final = 4 * LIMITS[Field.CODE].most
_NUMBER: Final = re.compile(r"[A-Z0-9][A-Z0-9-]*", re.ASCII)


class NotAdministrator(Forbidden):
    """Only administrators may do this; the sentence says who they are."""

    def __init__(self, name: str, what: str) -> None:
        allowed = listed(_(HAT_WORDS[hat]) for hat in holders(Right.ADMINISTER))
        super().__init__(
            _("{name} 不能{what}，这件事由{allowed}来做。").format(
                name=name, what=what, allowed=allowed
            ),
            "HR-5.1",
        )


class StaffExists(Refused):
    """The number is taken; one of somebody who left is never given again."""

    def __init__(self, number: str, name: str) -> None:
        super().__init__(
            _("工号 {number} 已经是 {name} 的，请换一个工号。").format(number=number, name=name)
        )


class NotANumber(UsageError):
    """What was typed cannot be a staff number."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            _("「{typed}」不能作工号。请用字母、数字和短横，例如 KF01。").format(typed=typed)
        )


class Nameless(UsageError):
    """Somebody without a name."""

    def __init__(self) -> None:
        super().__init__(_("没有写姓名。请写上员工的姓名。"))


class NoSuchPost(NotFound):
    """The office's table of posts does not have it."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            _("岗位表里没有「{typed}」。请照 posts.csv 填写，或先在里面加上它。").format(
                typed=typed
            ),
            "HR-5.1",
        )


class NoSuchHat(UsageError):
    """No hat of this name, or one that only a duty lends."""

    def __init__(self, typed: str) -> None:
        known = listed(_(word) for hat, word in HAT_WORDS.items() if hat not in _LENT)
        super().__init__(
            _("没有兼任「{typed}」，可用的有：{known}。").format(typed=typed, known=known)
        )


class BelowSupervisor(Refused):
    """Duty managers are of supervisor level and above."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} 不能兼任值班经理，须由主管级(C)及以上人员担任。").format(name=name), "ZB-3.2"
        )


class LastAdministrator(Refused):
    """Nobody would be left who may give anybody a right."""

    def __init__(self) -> None:
        super().__init__(_("这样就没有人能管理本系统了。请先给另一位在册员工「行政」的兼任。"))


class StillOnDuty(Refused):
    """Somebody always answers for a post: it is handed over first."""

    def __init__(self, name: str) -> None:
        super().__init__(_("{name} 还在值班，请先由别人接班，再停用。").format(name=name), "KF-4")


def list_staff(desk: Desk, everyone: bool = False) -> list[dict[str, Any]]:
    """The active staff by number, or `everyone` ever; `pin` says whether one is set."""
    query = select(Staff).where(col(Staff.site) == desk.site).order_by(col(Staff.number))
    if not everyone:
        query = query.where(col(Staff.active).is_(True))
    with desk.read() as session:
        return [_as_dict(person) for person in session.execute(query).scalars()]


def is_active(desk: Desk, number: str) -> bool:
    """Whether this number is on the active staff."""
    query = select(col(Staff.active)).where(
        col(Staff.site) == desk.site, col(Staff.number) == number
    )
    with desk.read() as session:
        return bool(session.execute(query).scalar_one_or_none())


def reveal_phones(desk: Desk, reason: str, everyone: bool = False) -> list[dict[str, Any]]:
    """The same for a list with whole telephone numbers: an act. Raises NotAllowed and NoReason."""
    with desk.act("staff.reveal") as act:
        may_take_out(act)
        give_reason(act, reason)
    return list_staff(desk, everyone)


def _as_dict(person: Staff) -> dict[str, Any]:
    return {
        "number": person.number,
        "name": person.name,
        "department": person.department,
        "department_word": _(DEPARTMENT_WORDS.get(person.department, "")) or person.department,
        "post": person.post,
        "level": person.level,
        "hats": list(person.hats),
        "qualifications": person.qualifications,
        "phone": person.phone,
        "active": person.active,
        "pin": bool(person.pin_hash),
    }


def add(
    act: Act,
    desk: Desk,
    number: str,
    name: str,
    post: str,
    hats: Iterable[str] = (),
    qualifications: str = "",
    phone: str = "",
) -> Result:
    """Takes somebody on. Department, level and hats come with the post; `hats` are those besides,
    by code or word. Raises NotAdministrator, StaffExists, NoSuchPost, NoSuchHat, BelowSupervisor.
    """
    administrator(act.by, _("登记员工"))
    plain, called = _number(number), clean(name, Field.NAME)
    if not called:
        raise Nameless
    there = act.session.get(Staff, (act.site, plain))
    if there is not None:
        raise StaffExists(plain, there.name)
    title = clean(post, Field.TITLE)
    row = desk.reference.posts.get(title)
    if row is None:
        raise NoSuchPost(title)
    worn = list(dict.fromkeys([*post_hats(row), *hat_codes(hats)]))
    if Hat.DUTY_MANAGER in worn and row["level"] not in _MANAGES_DUTY:
        raise BelowSupervisor(called)
    act.add(
        Staff(
            site=act.site,
            number=plain,
            name=called,
            keys=" ".join(keys_of(called)),
            department=_department(row["department"]),
            post=title,
            level=row["level"],
            hats=worn,
            qualifications=clean(qualifications, Field.NOTE),
            phone=phones.given(phone),
        )
    )
    return {"number": plain, "hats": worn}


def deactivate(act: Act, number: str) -> Result:
    """Lets nobody act under this number any more; what they did stays theirs.

    Raises UnknownStaff, StillOnDuty, LastAdministrator, NotAdministrator.
    """
    administrator(act.by, _("停用员工"))
    everybody = lock_active(act)
    person = find_staff(act.session, act.site, number)
    duties = select(col(Duty.id)).where(
        col(Duty.site) == act.site, col(Duty.staff) == person.number, col(Duty.ended).is_(None)
    )
    if act.session.execute(duties).first():
        raise StillOnDuty(person.name)
    person.active = False
    keep_an_administrator(everybody)
    return {"number": person.number, "active": False}


def activate(act: Act, number: str) -> Result:
    """Takes somebody back who was here before, under the same number."""
    administrator(act.by, _("启用员工"))
    person = find_staff(act.session, act.site, number)
    person.active = True
    return {"number": person.number, "active": True}


def administrator(who: Actor, what: str) -> None:
    """NotAdministrator unless they may administer; `what` is said in the refusal."""
    if not who.may(Right.ADMINISTER):
        raise NotAdministrator(who.name, what)


def lock_active(act: Act) -> Sequence[Staff]:
    """The active staff, nobody else's to change until the act ends: asked for before changing, so
    that two administrators cannot let go of each other at once.
    """
    query = select(Staff).where(col(Staff.site) == act.site, col(Staff.active).is_(True))
    found = act.session.execute(query.order_by(col(Staff.number)).with_for_update())
    return found.scalars().all()


def keep_an_administrator(everybody: Iterable[Staff]) -> None:
    """LastAdministrator unless one of these, as they are now, is active and may administer."""
    left = (Actor("", "", known_hats(person.hats)) for person in everybody if person.active)
    if not any(actor.may(Right.ADMINISTER) for actor in left):
        raise LastAdministrator


def hat_codes(typed: Iterable[str]) -> list[str]:
    """Hats from codes or Chinese words. Raises NoSuchHat."""
    return [_hat(word.strip()) for word in typed if word.strip()]


def as_number(typed: str) -> str:
    """A staff number as it is stored, fit to be looked for whatever was typed."""
    return bad_character().sub("?", typed[:_LONGEST]).strip().upper()


def post_hats(post: Mapping[str, str]) -> list[str]:
    """The hats that come with a row of the table of posts."""
    return hat_codes((post.get("hats") or "").split())


def find_staff(session: Session, site: str, typed: str) -> Staff:
    """The member of the staff with this number, active or not. Raises UnknownStaff."""
    found = session.get(Staff, (site, as_number(typed)))
    if found is None:
        raise UnknownStaff(typed)
    return found


def _number(typed: str) -> str:
    plain = code(typed, Field.CODE).replace(" ", "").upper()
    if not _NUMBER.fullmatch(plain):
        raise NotANumber(typed)
    return plain


def _hat(typed: str) -> str:
    for hat, word in HAT_WORDS.items():
        if hat not in _LENT and typed in (hat.value, word, _(word)):
            return hat.value
    raise NoSuchHat(typed)


def _department(word: str) -> str:
    """The code of a department's word; an office's own word for one stays as it is."""
    known = {name: code for code, name in DEPARTMENT_WORDS.items()}
    return known.get(word, word)
