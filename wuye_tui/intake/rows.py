"""Typed rows of each noun, and how each is made from one line of a file.

They are named tuples, which are made in a fifth of the time of frozen data classes.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from wuye_tui.intake import cells, terms
from wuye_tui.intake.days import take_day
from wuye_tui.intake.grid import Cell
from wuye_tui.intake.lines import Line, Read
from wuye_tui.intake.names import joined
from wuye_tui.intake.post_names import most_like
from wuye_tui.intake.posts import Post
from wuye_tui.intake.reasons import AgainstPost, BelowSupervisor, NoName, NotOneOf, UnknownPost
from wuye_tui.intake.rooms import read_room
from wuye_tui.intake.several import one_phone, two_phones
from wuye_tui.rules.directory import Group
from wuye_tui.rules.faults import Category
from wuye_tui.rules.rights import Hat
from wuye_tui.rules.rooms import is_shop, key
from wuye_tui.rules.text import Field
from wuye_tui.words import _


class UnitRow(NamedTuple):
    """A home, shop or parking space. `area_centi` is in hundredths of a square metre."""

    row_number: int
    building: str
    entrance: str
    room: str
    label: str
    area_centi: int | None
    kind: terms.UnitKind
    status: terms.UnitStatus
    warranty_until: date | None
    flags: tuple[terms.Flag, ...]


class PersonRow(NamedTuple):
    """Somebody of a unit; `unit` is its label, `phone` and `plate` may be empty.

    Of several plates each stands behind a blank. `assumed`: nothing in the file says the role.
    `renewed`: the telephone takes the place of another, so that the person must be known. `gone`:
    a word says that they have left.
    """

    row_number: int
    unit: str
    name: str
    phone: str
    role: terms.PersonRole
    since: date | None
    until: date | None
    plate: str
    assumed: bool = False
    renewed: bool = False
    gone: bool = False


class StaffRow(NamedTuple):
    """An employee; `hats` are those of the post first, then the further ones. `number` is empty in
    a list that has none.
    """

    row_number: int
    number: str
    name: str
    department: terms.Department
    post: str
    level: terms.Level
    hats: tuple[Hat, ...]
    qualifications: tuple[str, ...]
    phone: str
    left: date | None = None
    gone: bool = False  # whether the file says in words that they have left


class TariffRow(NamedTuple):
    """An item of the tariff: `price_fen` is labour for one `unit`; `material` is 另计 or 含."""

    row_number: int
    code: str
    name: str
    category: Category
    unit: str
    price_fen: int
    material: str
    keywords: tuple[str, ...]


class EntryRow(NamedTuple):
    """A number of the directory; the file's order is the order at the desk."""

    row_number: int
    name: str
    kind: Group
    phone: str
    second: str
    hours: str
    note: str


_HERE: Final = ("在职", "在岗", "在册", "是", "正常", "试用", "试用期", "正式", "active", "yes")
_GONE: Final = (
    "离职", "已离职", "辞职", "已辞职", "离岗", "已离岗", "退休", "已退休", "否", "停用", "no",
)  # fmt: skip
_NO_EMPLOYEE: Final = frozenset(
    ("外包", "外包人员", "外包公司", "外协", "空缺", "缺编", "待招", "招聘中")
)
_APART: Final = re.compile(r"[\s、,，;；|]+")


def one_of(listed: terms.Terms[terms.Code]) -> Read[terms.Code]:
    """Reads a word of the list; the same few words come again and again."""

    @lru_cache(maxsize=1024, typed=True)
    def read(cell: Cell, word: str) -> terms.Code:
        return listed.read(cells.text(cell, Field.TITLE, word))

    return read


_kind = one_of(terms.KINDS)
_status = one_of(terms.STATUSES)
read_role = one_of(terms.ROLES)
_department = one_of(terms.DEPARTMENTS)
_group = one_of(terms.DIRECTORY)


def unit(line: Line) -> UnitRow:
    """A unit. Shops and parking spaces are numbered as each office likes, homes are not."""
    said: terms.UnitKind | None = line.take("kind", _kind, None)
    room = read_room(line, strict=said in (None, terms.UnitKind.HOME))
    kind = said or (terms.UnitKind.SHOP if is_shop(room) else terms.UnitKind.HOME)
    return UnitRow(
        line.row_number,
        room.building,
        room.entrance or "",
        room.room,
        key(room),
        line.take("area", cells.area, None),
        kind,
        _use(line),
        take_day(line, "warranty_until", ends=True),
        line.take("flags", _flags, ()),
    )


def _use(line: Line) -> terms.UnitStatus:
    status = line.take("status", _status, terms.UnitStatus.OCCUPIED)
    said = line.value("status")
    if isinstance(said, str) and terms.fold(said) in terms.BEING_DECORATED:
        word = terms.STATUSES.word(status)
        line.tell_once("status", _("没有这种状态，这样的行都记为「{word}」。").format(word=word))
    return status


def staff(line: Line, posts: Mapping[str, Post], where: str) -> StaffRow | None:
    """An employee, or None where the post is not known. HR-5.1: the rest follows the post.

    `where` is the file with the office's posts.
    """

    def known(cell: Cell, word: str) -> Post:
        typed = terms.fold(cells.text(cell, Field.TITLE, word))
        found = posts.get(typed)
        if found is None:
            titles = dict.fromkeys(post.title for post in posts.values())
            raise UnknownPost(most_like(typed, titles), where)
        if terms.fold(found.title) != typed:
            words = _("按岗位表里的「{post}」登记。").format(post=found.title)
            line.tell_once("post", words, cells.plain(cell).strip())
        return found

    number = line.need_if_there("number", lambda cell, word: cells.number(cell, word, "KF01"), "")
    name = joined(line.need("name", _employee, ""))
    phone = one_phone(line)
    qualifications: tuple[str, ...] = line.take(
        "qualifications", lambda cell, word: cells.words(cell, Field.TITLE, word), ()
    )
    post = line.need("post", known, None)
    if post is None:
        return None
    if line.take("department", _department, post.department) != post.department:
        word = terms.DEPARTMENTS.word(post.department)
        line.refuse("department", AgainstPost(post.title, word, where))
    if line.take("level", _level, post.level) != post.level:
        line.refuse("level", AgainstPost(post.title, post.level, where))
    further: tuple[Hat, ...] = line.take("hats", _hats, ())
    if Hat.DUTY_MANAGER in further and post.level > terms.Level.C:
        line.refuse("hats", BelowSupervisor())
    hats = tuple(dict.fromkeys(post.hats + further))
    return StaffRow(
        line.row_number, number, name, post.department, post.title, post.level, hats,
        qualifications, phone,
        take_day(line, "left", ends=True), line.take("standing", _gone, False),
    )  # fmt: skip


def entry(line: Line) -> EntryRow:
    """A number of the directory (XX-4.1.4)."""
    return EntryRow(
        line.row_number,
        line.need("name", lambda cell, word: cells.text(cell, Field.TITLE, word), ""),
        _kind_of(line),
        *two_phones(line),
        line.take("hours", lambda cell, word: cells.text(cell, Field.TITLE, word), ""),
        line.take("note", lambda cell, word: cells.text(cell, Field.NOTE, word), ""),
    )


def _kind_of(line: Line) -> Group:
    kind = line.need_if_there("kind", _group, Group.SERVICE)
    said = line.value("kind")
    if isinstance(said, str) and terms.fold(said) in terms.LOOSE_GROUPS:
        word = terms.DIRECTORY.word(kind)
        line.tell_once("kind", _("这一类按「{word}」登记。").format(word=word), said.strip())
    return kind


def _employee(cell: Cell, word: str) -> str:
    name = cells.text(cell, Field.NAME, word)
    if name in _NO_EMPLOYEE:
        raise NoName
    return name


def _gone(cell: Cell, word: str) -> bool:
    said = terms.fold(cells.text(cell, Field.TITLE, word))
    if said in _HERE or said in _GONE:
        return said in _GONE
    raise NotOneOf((_("在职"), _("离职")))


def _flags(cell: Cell, word: str) -> tuple[terms.Flag, ...]:
    listed = _APART.split(cells.text(cell, Field.TITLE, word))
    return tuple(dict.fromkeys(terms.FLAGS.read(each) for each in listed if each))


def _hats(cell: Cell, word: str) -> tuple[Hat, ...]:
    listed = cells.words(cell, Field.TITLE, word)
    return tuple(dict.fromkeys(terms.HATS.read(each) for each in listed))


def _level(cell: Cell, word: str) -> terms.Level:
    letter = terms.fold(cells.text(cell, Field.CODE, word)).removesuffix("级").upper()
    try:
        return terms.Level(letter)
    except ValueError as why:
        raise NotOneOf(terms.Level) from why
