"""The directory: the numbers at hand at the desk, and who tried each of them last (XX-4.1.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.reference_entries import Numbers
from wuye_tui.registers.people import keys_of
from wuye_tui.registers.queue import staff_names
from wuye_tui.rules.directory import CLAUSE, GROUPS, Group, is_number, is_stale
from wuye_tui.rules.errors import Forbidden, NotFound, Refused, UsageError
from wuye_tui.rules.pinyin import typed_key
from wuye_tui.rules.rights import HAT_WORDS, Actor, Right, holders
from wuye_tui.rules.text import Field, clean, code
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Entry as EntryRow
from wuye_tui.words import _, listed

_entry = table_of(EntryRow).c
_ALL = (
    select(table_of(EntryRow))
    .where(_entry.site == bindparam("site"), _entry.active.is_(True))
    .order_by(_entry.place, _entry.name)
)
_FIELDS: Final = {"second": Field.PHONE, "hours": Field.TITLE, "note": Field.NOTE}


class UnknownEntry(NotFound):
    """The directory has no such name; `near` are those that have it in them."""

    def __init__(self, typed: str, near: list[str]) -> None:
        told = (
            _("通讯录里没有「{typed}」，相近的有 {near}，请写全名再试。")
            if near
            else _("通讯录里没有「{typed}」，可用 wuye directory list 看全部。")
        )
        super().__init__(told.format(typed=typed, near=listed(near[:6])), CLAUSE)


class NotFromDesk(Forbidden):
    """Whoever tried the number may say so; only the desk writes another one down."""

    def __init__(self, name: str) -> None:
        allowed = listed(_(HAT_WORDS[hat]) for hat in holders(Right.DESK_NIGHT))
        super().__init__(
            _("{name} 不能改通讯录，请告诉{allowed}来改。").format(name=name, allowed=allowed),
            CLAUSE,
        )


class NotANumber(UsageError):
    """What was typed cannot be dialled."""

    def __init__(self, typed: str) -> None:
        told = _("「{typed}」不是能拨的号码，请写手机号、带区号的座机，或 8001 这样的短号。")
        super().__init__(told.format(typed=typed))


class NoReason(UsageError):
    """An entry that is taken out without a word."""

    def __init__(self, name: str) -> None:
        super().__init__(_("请写明「{name}」为什么不再用，再删。").format(name=name))


class NoNumber(UsageError):
    """An entry without a number, a name or a group that is known."""

    def __init__(self) -> None:
        groups = listed(f"{group}={_(word)}" for group, word in GROUPS.items())
        super().__init__(
            _("通讯录的一项要有名称、电话和类别，类别可以是：{groups}。").format(groups=groups)
        )


class AlreadyThere(Refused):
    """Another number under a name that the directory has: it would write over that entry."""

    is_public = True

    def __init__(self, name: str, phone: str) -> None:
        told = _(
            "通讯录里已经有「{name}」，电话是 {phone}；"
            "换一个名称再保存，或在通讯录里选中它按 Enter 改。"
        )
        super().__init__(told.format(name=name, phone=phone), CLAUSE)


class EntryChanged(Refused):
    """The entry is not any more what it was when its form was begun."""

    is_public = True

    def __init__(self, name: str, phone: str) -> None:
        told = _(
            "「{name}」在您填了一半以后改过，现在的电话是 {phone}；"
            "您填的都还在，看过每一栏再保存一次。"
        )
        super().__init__(told.format(name=name, phone=phone), CLAUSE)


@dataclass(frozen=True)
class Entry:
    """One number as people read it; `by` is the name of whoever tried it last."""

    name: str
    group: str
    phone: str
    second: str
    hours: str
    note: str
    checked: date | None
    by: str
    stale: bool
    national: bool  # the same in the whole country: nobody has to try it
    keys: tuple[str, ...]  # pinyin and initials of the name

    @property
    def group_word(self) -> str:
        """The untranslated word of the group; one that is not known stays as it is."""
        return GROUPS[Group(self.group)] if self.group in set(Group) else self.group

    def matches(self, typed: str) -> bool:
        """Whether what was typed means it: a part of its name, number, group or note, or the
        beginning of its pinyin or initials.
        """
        words = typed.casefold().split()
        said = f"{self.name} {_(self.group_word)} {self.note} {self.phone} {self.second}".casefold()
        key = typed_key(typed)
        spelt = bool(key) and any(one.startswith(key) for one in self.keys)
        return spelt or all(word in said for word in words)

    def as_dict(self) -> dict[str, Any]:
        """The same for JSON."""
        return {
            "name": self.name,
            "kind": self.group,
            "phone": self.phone,
            "second": self.second,
            "hours": self.hours,
            "note": self.note,
            "checked": self.checked.isoformat() if self.checked else None,
            "checked_by": self.by,
            "stale": self.stale,
            "national": self.national,
        }


def listing(desk: Desk, stale_only: bool = False) -> tuple[Entry, ...]:
    """Every number in the office's own order; or only those that have to be tried again."""
    today, rules = desk.calendar.day_of(desk.now()), desk.reference.numbers
    with desk.read() as session:
        rows = session.execute(_ALL, {"site": desk.site}).all()
        names = staff_names(session, desk.site)
    found = (_read(row, names, today, rules) for row in rows)
    return tuple(one for one in found if one.stale or not stale_only)


def entry(desk: Desk, name: str) -> Entry:
    """The entry of this name. Raises UnknownEntry."""
    found = next((one for one in listing(desk) if one.name == name), None)
    if found is None:
        raise UnknownEntry(name, [])
    return found


def numbers(session: Session, site: str) -> dict[str, str]:
    """The number of each name, for those who print it elsewhere."""
    return {row.name: row.phone for row in entries(session, site)}


def entries(session: Session, site: str) -> Sequence[Any]:
    """Every number as it is stored, in the office's own order."""
    return session.execute(_ALL, {"site": site}).all()


def _read(row: Any, names: dict[str, str], today: date, rules: Numbers) -> Entry:
    national = row.phone in rules.national
    return Entry(
        row.name,
        row.kind,
        row.phone,
        row.second,
        row.hours,
        row.note,
        row.checked,
        names.get(row.checked_by, row.checked_by),
        not national and is_stale(row.checked, today, rules.check_after_days),
        national,
        tuple(row.keys.split()),
    )


def check(act: Act, name: str, phone: str = "") -> Result:
    """Somebody tried the number today and it was right; or this other one is.

    The act's line is the record of who and when. Raises UnknownEntry, and NotFromDesk for a number
    that is not what the directory says.
    """
    entry = _find(act, name)
    number = _dialled(phone) or entry.phone
    if number != entry.phone:
        _may_write(act.by)
    today = act.calendar.day_of(act.now)
    tried = {"phone": number, "checked": today, "checked_by": act.by.number}
    act.update(EntryRow, {"name": entry.name, **tried})
    return {"name": entry.name, "phone": number, "checked": today.isoformat()}


def add(act: Act, name: str, **given: str) -> Result:
    """Writes another entry down. Raises AlreadyThere, and what `put` raises."""
    _may_write(act.by)
    there = _active(act, _title(name))
    if there is not None:
        raise AlreadyThere(there.name, there.phone)
    return put(act, name, **given)


def change(act: Act, name: str, **given: str) -> Result:
    """Changes what is given of an entry that there is. Raises UnknownEntry, and what `put` does."""
    _may_write(act.by)
    if _active(act, _title(name)) is None:
        raise UnknownEntry(name, [])
    return put(act, name, **given)


def put(act: Act, name: str, **given: str) -> Result:
    """Writes an entry down, or changes what is given of it; another number was not tried yet.

    Takes `kind`, `phone`, `second`, `hours` and `note`; what is given empty is emptied. Raises
    NotFromDesk, NoNumber, NotANumber or UsageError.
    """
    _may_write(act.by)
    title = _title(name)
    before = _active(act, title)
    told: dict[str, Any] = {} if before else dict.fromkeys(_FIELDS, "")
    told |= {
        field: clean(given[field], limit).strip()
        for field, limit in _FIELDS.items()
        if field in given
    }
    if told.get("second"):
        told["second"] = _dialled(told["second"])
    group = given.get("kind", before.kind if before else "")
    phone = _dialled(given.get("phone", "")) or (before.phone if before else "")
    if not title or not phone or group not in set(Group):
        raise NoNumber
    told["active"] = True
    # What is not given is not written: somebody else may be changing it at this moment.
    told |= {
        field: value
        for field, value in (("kind", group), ("phone", phone))
        if before is None or field in given
    }
    if before is None or before.phone != phone:
        told |= {"checked": None, "checked_by": ""}
    if _row(act, title) is None:
        last = max((row.place for row in act.session.execute(_ALL, {"site": act.site})), default=0)
        keys = " ".join(keys_of(title))
        act.insert(EntryRow, {"name": title, "keys": keys, "place": last + 1, **told})
    else:
        act.update(EntryRow, {"name": title, **told})
    return {"name": title, "phone": phone}


def remove(act: Act, name: str, reason: str) -> Result:
    """Takes an entry out; the reason stays with it, before its note, and not in the audit chain,
    where no words can be erased. Its name may be written down again later.

    Raises NotFromDesk, UnknownEntry or NoReason.
    """
    _may_write(act.by)
    entry = _find(act, name)
    told = clean(reason, Field.NOTE).strip()
    if not told:
        raise NoReason(entry.name)
    note = " / ".join(filter(None, (told, entry.note)))
    act.update(EntryRow, {"name": entry.name, "active": False, "note": note})
    return {"name": entry.name}


def _title(name: str) -> str:
    return clean(name, Field.TITLE).strip()


def _row(act: Act, title: str) -> EntryRow | None:
    """The entry of this name, taken out or not."""
    return act.session.get(EntryRow, (act.site, title))


def _active(act: Act, title: str) -> EntryRow | None:
    there = _row(act, title)
    return there if there and there.active else None


def _dialled(typed: str) -> str:
    """A number without blanks, full width or not; "" for none. Raises NotANumber."""
    number = "".join(code(typed, Field.PHONE).split())
    if number and not is_number(number):
        raise NotANumber(typed)
    return number


def _may_write(who: Actor) -> None:
    if not who.may(Right.DESK_NIGHT):
        raise NotFromDesk(who.name)


def _find(act: Act, typed: str) -> Any:
    """The entry of this name, or the only one whose name has it in it."""
    wanted = typed.strip()
    rows = act.session.execute(_ALL, {"site": act.site}).all()
    same = [row for row in rows if row.name == wanted]
    near = same or [row for row in rows if wanted and wanted in row.name]
    if len(near) != 1:
        raise UnknownEntry(typed, [row.name for row in near])
    return near[0]
