"""An office of 100,000 units with ten years behind it, whole enough for `wuye check`.

A handful of stories is lived through the real verbs and copied (`stories`, `copies`): calls, paid
repairs with their callbacks and receipts, complaints, handovers, payments. Units, people and bills
are written as `maker` writes them. What is open at the end was really typed.

The same seed gives the same rows, on either database the same chain.
"""

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import select

from tests.bench import maker
from tests.bench.bills_made import Bills
from tests.bench.copies import SHANGHAI, Copier
from tests.bench.moulds import line_of, moment
from tests.bench.pouring import TABLES, IntoFile, IntoServer, Pourer
from tests.bench.stories import Story
from tests.bench.told import told, uncommon
from tests.desks import THURSDAY, found_office, settings_for
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import duties
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import DATABASE
from wuye_tui.store import engine as store
from wuye_tui.store.tables import Person, PersonKey, Unit, UnitPerson
from wuye_tui.store.upgrade import create_schema

FEES = '[[fee]]\ncode = "management"\nword = "物业服务费"\nhow = "area"\ndue = 25\n'
OPENS, WORKED = 8 * 3600 + 2400, 8 * 3600  # a day's first story, and for how long others follow
PEOPLE_A_UNIT = maker.LIVING_IN


@dataclass(frozen=True)
class Years:
    """How much of everything. Of all charges that there could be, `months` of one fee are made."""

    units: int = 100_000
    days: int = 3652
    calls: int = 260  # a day, without those that become slips
    repairs: int = 14  # a day: about one in two units in ten years
    complaint_every: int = 2  # days
    months: int = 24
    open: int = 300
    seed: int = 1

    @property
    def contacts(self) -> int:
        """How many calls."""
        return self.days * (self.calls + self.repairs)


TINY = Years(units=40, days=430, calls=1, repairs=1, complaint_every=20, months=13, open=3)


def years(folder: Path, size: Years, url: str = "") -> Desk:
    """The office at 10:20 on a Thursday, its clerk on duty: in a file, or in an empty database."""
    folder.mkdir(parents=True)
    start = THURSDAY.replace(hour=8, minute=30) - timedelta(days=size.days)
    with steady(size.seed):
        base = _base(folder / "base", start)
        dialect = "postgresql" if url else "sqlite"
        stories = told(_scratch(folder, base), dialect)
        _pour(folder, size, base, stories, url)
        base.engine.dispose()
        _with_fees(folder / "office")
        desk = opened(folder, url)
        for n in range(size.open):
            maker.typed(desk, n)
    return desk


def opened(folder: Path, url: str = "") -> Desk:
    """The office that was made there, at 10:20 on the Thursday after its ten years."""
    settings = replace(settings_for(folder / "office"), staff="KF01")
    settings = replace(settings, database_url=url) if url else settings
    return open_desk(settings, StoppedClock(THURSDAY)).as_staff("KF01")


@contextmanager
def steady(seed: int) -> Iterator[None]:
    """Chance and the clock of ids give the same each time."""
    chance = random.Random(seed)
    ticks = iter(range(1_000_000_000_000_000_000, 10**19, 1_000_000))
    with ExitStack() as patched:
        for name, instead in {
            "secrets.token_hex": lambda size=32: chance.randbytes(size).hex(),
            "secrets.randbits": chance.getrandbits,
            "uuid.uuid4": lambda: UUID(int=chance.getrandbits(128), version=4),
            "time.time_ns": lambda: next(ticks),
        }.items():
            patched.enter_context(patch(name, instead))
        yield


def _with_fees(home: Path) -> None:
    """One fee without late fees: what was paid late would be a story for each day."""
    (home / "data").mkdir(parents=True, exist_ok=True)
    (home / "data" / "fees.toml").write_text(FEES, "utf-8")


def _base(home: Path, start: datetime) -> Desk:
    """The office as it was founded, with the first duty begun."""
    _with_fees(home)
    desk = found_office(settings_for(home), StoppedClock(start))
    duties.begin(desk.as_staff("KF01"))  # not a past kept from an earlier time, with its own keys
    return desk


def _scratch(folder: Path, base: Desk) -> Desk:
    """A copy of it to live the stories in."""
    _with_fees(folder / "scratch")
    shutil.copyfile(base.settings.home / DATABASE, folder / "scratch" / DATABASE)
    desk = open_desk(settings_for(folder / "scratch"), StoppedClock(base.now())).as_staff("KF01")
    uncommon(desk)
    return desk


def _pour(folder: Path, size: Years, base: Desk, stories: dict[str, Story], url: str) -> None:
    to, skip = _target(folder, base, url)
    with base.engine.connect() as connection:
        found = {
            name: list(map(dict, connection.execute(select(table)).mappings()))
            for name, table in TABLES.items()
        }
    last = max(found["audit"], key=lambda row: row["seq"])
    series = Counter({(row["name"], row["period"]): row["last"] for row in found["series"]})
    (duty,) = (row["id"] for row in found["duty"])
    copier = Copier(to, base.site, base.calendar, last["seq"], last["hash"], duty, series)
    for name, rows in found.items():
        for row in rows if name not in skip else ():
            copier.put(name, line_of(TABLES[name], row, to.dialect))
    copier.flush()
    _homes(copier, size)
    began = base.now()
    _ten_years(copier, size, stories, began)
    _ends(copier, to, began, duty)


def _target(folder: Path, base: Desk, url: str) -> tuple[Pourer, frozenset[str]]:
    """Where to, and which tables of the base are there already or are written at the end."""
    if not url:
        (folder / "office").mkdir(mode=0o700)
        shutil.copyfile(base.settings.home / DATABASE, folder / "office" / DATABASE)
        return IntoFile(folder / "office" / DATABASE), frozenset(TABLES)
    engine = store.open_engine(url, create=True)
    create_schema(engine)
    engine.dispose()
    return IntoServer(url), frozenset({"series"})


def _homes(copier: Copier, size: Years) -> None:
    plain: dict[Any, dict[str, Any]] = {
        Unit: {"entrance": "", "kind": "home", "status": "occupied", "area_centi": 8950,
               "warranty_until": None, "flags": []},
        Person: {"plate": ""},
        PersonKey: {},
        UnitPerson: {"since": None, "until": None},
    }  # fmt: skip

    def rows() -> Iterator[tuple[Any, dict[str, Any]]]:
        for n in range(size.units):
            yield Unit, maker.unit_of(n)
        for n in range(size.units * PEOPLE_A_UNIT):
            yield Person, {**maker.person_of(n), "plate": plate(n)}
            yield UnitPerson, maker.living_in(n)
            for key in maker.person_keys(n):
                yield PersonKey, key

    for kind, row in rows():
        table = kind.__table__
        whole = {"site": copier.site, **plain[kind], **row}
        copier.put(table.name, line_of(table, whole, copier.to.dialect))
    copier.flush()


def plate(n: int) -> str:
    """The plate of every third person's car."""
    return "" if n % 3 else f"粤A{n * 7907 % 10_000_000:07d}"


def bound_to(n: int) -> dict[str, str]:
    """What a copy knows of the home of a number, and of the first who lives there."""
    phone = maker.phone(n * PEOPLE_A_UNIT)
    return {
        "label": maker.label(n), "unit": f"u{n:031d}", "name": maker.name(n * PEOPLE_A_UNIT),
        "phone": phone, "tail": phone[::-1],
    }  # fmt: skip


def _ten_years(copier: Copier, size: Years, stories: dict[str, Story], began: datetime) -> None:
    chance = random.Random(size.seed)
    bills = Bills(copier, size.units, size.months, stories["payment"])
    midnight = began.astimezone(SHANGHAI).replace(hour=0, minute=0)
    for day in range(size.days):
        today = midnight + timedelta(days=day)
        copier.begin(stories["handover"], today.replace(hour=12), {})
        for kind, at in _of_a_day(chance, size, day):
            home = bound_to(chance.randrange(size.units))
            copier.begin(stories[kind], today + timedelta(seconds=at), home)
        bills.of_day(today, bound_to)
        copier.upto(today + timedelta(days=1))
    copier.upto(midnight + timedelta(days=size.days, hours=8, minutes=31))
    copier.flush()


def _of_a_day(chance: random.Random, size: Years, day: int) -> Iterator[tuple[str, int]]:
    for n in range(size.calls):
        yield "call", OPENS + n * 11 * 3600 // size.calls
    if day < size.days - 3:  # so that everything has been finished
        for _n in range(size.repairs):
            yield "repair", OPENS + 3600 + chance.randrange(WORKED - 7200)
        if day % size.complaint_every == 0:
            yield "complaint", OPENS + 3600 + chance.randrange(WORKED - 7200)


def _ends(copier: Copier, to: Pourer, began: datetime, first: str) -> None:
    """The series, the balances, and the duty that runs."""
    site = copier.site
    copier.series["audit", ""] = copier.seq
    if to.dialect == "sqlite":
        to.run("DELETE FROM series WHERE site = ?", site)
    for (name, period), last in sorted(copier.series.items()):
        row = {"site": site, "name": name, "period": period, "last": last}
        copier.put("series", line_of(TABLES["series"], row, to.dialect))
    for (account, part, unit), fen in sorted(copier.sums.items()):
        row = {"site": site, "account": account, "part": part, "unit": unit, "fen": fen}
        copier.put("balance", line_of(TABLES["balance"], row, to.dialect))
    copier.flush()
    to.run("UPDATE duty SET ended = NULL WHERE site = ? AND id = ?", site, copier.duty)
    ended = moment(began.astimezone(SHANGHAI).replace(hour=12, minute=0), to.dialect)
    to.run("UPDATE duty SET ended = ? WHERE site = ? AND id = ?", ended, site, first)
    to.end()
