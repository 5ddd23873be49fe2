"""Rosters on the spot, as offices have them in spreadsheets, and what is read of them."""

from datetime import date

from tests.intake.books import book
from wuye_tui.intake.rosters import read_roster
from wuye_tui.reference import Reference
from wuye_tui.rules.months import Month
from wuye_tui.rules.rosters import Person

KINDS = Reference().rosters
GUARDS, NIGHT, DESK, MANAGERS = (KINDS[one] for one in ("guards", "night", "desk", "duty_manager"))
DECEMBER = Month(2026, 12)
CERTIFICATE = frozenset({"保安员证"})
PEOPLE = [
    Person("ZX06", "施玉柱", CERTIFICATE),
    Person("ZX07", "陶金锁", CERTIFICATE),
    Person("ZX08", "李强", CERTIFICATE),
    Person("ZX09", "周铁军", CERTIFICATE),
    Person("ZX10", "朱铁军", CERTIFICATE),
    Person("ZX11", "李娜", CERTIFICATE),
    Person("ZX12", "李娜", CERTIFICATE),
]
HEAD = ("工号", "姓名", 1, 2, 3, 4)


def day(n, month=12):
    return date(2026, month, n)


def read(path, kind=GUARDS, people=PEOPLE, **more):
    return read_roster(path, kind, people, **more)


def grid(tmp_path, *rows, head=HEAD, title="2026年12月排班表", **more):
    return read(book(tmp_path / "r.xlsx", [(title,), head, *rows]), **more)
