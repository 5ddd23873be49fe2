"""A big office: years of matters and calls behind it, a few hundred matters open.

What is over was written in bulk and looks so from outside only; what is open was really typed, so
its steps, clocks and audit lines are whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

from tests.desks import THURSDAY, found_office, settings_for
from wuye_tui.desk import Desk
from wuye_tui.registers import duties, proposals
from wuye_tui.registers.people import keys_of, phone_tail
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store import rows
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import (
    Contact,
    DeadlineRow,
    Matter,
    Person,
    PersonKey,
    Private,
    Unit,
    UnitPerson,
)

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国红梅"
WORDS = ("厨房水龙头漏水", "地漏堵了", "灯管不亮", "卫生间水管漏水", "门锁坏了")
BATCH = 10_000
LIVING_IN = 3  # people of a unit


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    people: int = 50_000
    matters: int = 100_000
    contacts: int = 100_000
    open: int = 300
    units: int = 20_000


FULL = Size(matters=300_000, contacts=1_000_000)


def big_office(folder: Path, size: Size) -> Desk:
    """The office at 10:20 on a Thursday, its clerk on duty."""
    clock = StoppedClock(THURSDAY)
    desk = found_office(replace(settings_for(folder), staff="KF01"), clock)
    desk.perform("fill", lambda act: _fill(act, size), system=True)
    duties.begin(desk)
    for n in range(size.open):
        typed(desk, n)
    return desk


def typed(desk: Desk, n: int = 0) -> Result:
    """A line typed a second later: a call, a slip, its first steps."""
    assert isinstance(desk.clock, StoppedClock)
    desk.clock.advance(1)
    found = proposals.understand(desk, f"{label(n * 7)} {WORDS[n % len(WORDS)]}")
    return desk.perform("call.add", lambda act: proposals.accept(act, found))


def _fill(act: Act, size: Size) -> Result:
    for kind, columns in (
        (Unit, (unit_of(n) for n in range(size.units))),
        (Person, (person_of(n) for n in range(size.people))),
        (PersonKey, (key for n in range(size.people) for key in person_keys(n))),
        (UnitPerson, (living_in(n) for n in range(size.people))),
        (Matter, (_matter(act, n) for n in range(size.matters))),
        (DeadlineRow, (_clock(act, n) for n in range(size.matters))),
        (Private, (_said(f"m{n:031d}", n) for n in range(size.matters))),
        (Contact, (_contact(act, n) for n in range(size.contacts))),
        (Private, (_said(f"c{n:031d}", n) for n in range(size.contacts))),
    ):
        _write(act, kind, columns)
    return {}


def _write(act: Act, kind: type[SQLModel], columns: Iterator[rows.Columns]) -> None:
    while batch := list(islice(columns, BATCH)):
        act.insert(kind, *batch)


def label(n: int) -> str:
    """The unit of a number."""
    return f"{20 + n // 400}-{1 + n // 100 % 4}-{1 + n // 4 % 25}{1 + n % 4:02d}"


def unit_of(n: int) -> dict[str, Any]:
    """The columns of a unit."""
    building, entrance, room = label(n).split("-")
    return {
        "id": f"u{n:031d}",
        "label": label(n),
        "building": building,
        "entrance": entrance,
        "room": room,
        "flags": [],
    }


def name(n: int) -> str:
    """The name of somebody."""
    return SURNAMES[n % 20] + GIVEN[n // 20 % 30] + GIVEN[n // 600 % 30]


def phone(n: int) -> str:
    """Their telephone."""
    return f"138{n * 7919 % 100_000_000:08d}"


def person_of(n: int) -> dict[str, Any]:
    """The columns of a person."""
    return {
        "id": f"p{n:031d}",
        "name": name(n),
        "phone": phone(n),
        "phone_tail": phone_tail(phone(n)),
    }


def person_keys(n: int) -> list[dict[str, Any]]:
    """How their name is typed."""
    return [{"key": key, "person": f"p{n:031d}"} for key in _keys_of(name(n))]


_keys_of = cache(keys_of)


def living_in(n: int) -> dict[str, Any]:
    """Where they live."""
    return {"unit": f"u{n // LIVING_IN:031d}", "person": f"p{n:031d}", "role": "owner"}


def _matter(act: Act, n: int) -> dict[str, Any]:
    opened = act.now - timedelta(minutes=n + 1000)
    return {
        "id": f"m{n:031d}",
        "kind": "repair",
        "number": f"PG-20200101-{n:06d}",
        "state": "closed",
        "outcome": "done",
        "unit": label(n % 20_000),
        "opened": opened,
        "closed": opened + timedelta(hours=5),
        "last": 11,
        "last_move": 11,
    }


def _clock(act: Act, n: int) -> dict[str, Any]:
    opened = act.now - timedelta(minutes=n + 1000)
    return {
        "matter": f"m{n:031d}",
        "name": "slip",
        "n": 1,
        "clause": "BX-5",
        "level": 0,
        "amount": "Wall(seconds=180)",
        "rule": "1",
        "calendar": "",
        "started": opened,
        "due": opened + timedelta(minutes=3),
        "ended": opened + timedelta(minutes=1),
    }


def _contact(act: Act, n: int) -> dict[str, Any]:
    return {
        "id": f"c{n:031d}",
        "number": f"LX-20200101-{n:07d}",
        "channel": "phone",
        "category": "repair",
        "unit": label(n % 20_000),
        "rang": act.now - timedelta(minutes=n + 1000),
        "by": "KF01",
    }


def _said(owner: str, n: int) -> dict[str, Any]:
    return {
        "owner": owner,
        "n": 0,
        "salt": "",
        "name": name(n),
        "phone": phone(n),
        "phone_tail": phone_tail(phone(n)),
        "words": WORDS[n % len(WORDS)],
        "more": {},
    }
