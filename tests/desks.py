"""Desks to test on: a training office with a small staff, six units and a stopped clock.

The office is founded once a test process, on SQLite and on PostgreSQL, and copied for each test.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.postgres import PgServer
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import office
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import DATABASE, Settings, load
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Person, Staff, Tariff, Unit, UnitPerson
from wuye_tui.store.tables.base import new_id

THURSDAY = datetime.fromisoformat("2026-11-19T10:20:00+08:00")
OFFICE = "思兰雅苑"
PG_OFFICE = "training_office"

STAFF = (
    ("KF01", "李晓燕", ("clerk",)),
    ("KF02", "赵敏", ("clerk",)),
    ("KF03", "孙丽", ("desk_supervisor",)),
    ("KF04", "钱芳", ("desk_manager",)),
    ("KF05", "周洁", ("assistant",)),
    ("GC01", "王建国", ("eng_supervisor",)),
    ("GC02", "郑伟", ("eng_deputy",)),
    ("GC03", "李强", ("maintainer",)),
    ("GC04", "吴刚", ("maintainer",)),
    ("ZB01", "冯涛", ("maintainer",)),  # wears `night` only while the night duty is theirs
    ("SB01", "何勇", ("trade_duty",)),
    ("SF01", "陈静", ("cashier",)),
    ("ZJ01", "高远", ("general_manager",)),
    ("ZX01", "刘洋", ("guard",)),
)
# Label, who lives there, with which phone, as what; and until when the warranty runs.
UNITS = (
    ("3-1-502", "陈立", "13800001234", "owner", ""),
    ("3-1-501", "林芳", "13800002345", "tenant", ""),
    ("3-2-502", "黄磊", "13800003456", "owner", ""),
    ("5-1-101", "徐静", "13800004567", "owner", "2027-06-30"),
    ("6-1-301", "", "", "", ""),
    ("12-1-1203", "马超", "13800005678", "owner", ""),
)
# Code, name, price in ten-thousandths of a yuan, keywords.
TARIFF = (
    ("SX-01", "换水龙头", 300_000, "水龙头"),
    ("SX-02", "疏通地漏", 500_000, "地漏 堵"),
    ("SX-03", "修水管", 450_000, "水管 漏水"),
    ("DX-01", "换灯管", 155_000, "灯管 灯"),
)


@pytest.fixture
def clock() -> StoppedClock:
    """Thursday 2026-11-19, 10:20 in the office; moves when it is told to."""
    return StoppedClock(THURSDAY)


@pytest.fixture(scope="session")
def office_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database file of the training office, made once; to be copied, never opened."""
    folder = tmp_path_factory.mktemp("office")
    desk = found_office(settings_for(folder), StoppedClock(THURSDAY))
    desk.engine.dispose()
    return folder / DATABASE


@pytest.fixture
def desk(office_file: Path, tmp_path: Path, clock: StoppedClock) -> Iterator[Desk]:
    """A desk of the training office on SQLite, the clerk 李晓燕 (KF01) at it."""
    folder = tmp_path / "office"
    folder.mkdir(mode=0o700)
    shutil.copyfile(office_file, folder / DATABASE)
    opened = open_desk(settings_for(folder), clock).as_staff("KF01")
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def pg_office(pg_server: PgServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The PostgreSQL database of the training office, made once; to be copied, never opened."""
    pg_server.create(PG_OFFICE)
    settings = replace(
        settings_for(tmp_path_factory.mktemp("office")), database_url=pg_server.url(PG_OFFICE)
    )
    desk = found_office(settings, StoppedClock(THURSDAY))
    desk.engine.dispose()
    pg_server.seal(PG_OFFICE)
    return PG_OFFICE


@pytest.fixture
def pg_desk(
    pg_server: PgServer, pg_office: str, tmp_path: Path, clock: StoppedClock
) -> Iterator[Desk]:
    """The same desk on PostgreSQL."""
    folder = tmp_path / "office"
    with pg_server.database(like=pg_office) as url:
        opened = open_desk(replace(settings_for(folder), database_url=url), clock).as_staff("KF01")
        yield opened
        opened.engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def any_desk(request: pytest.FixtureRequest) -> Desk:
    """The desk on SQLite, then on PostgreSQL."""
    found: Desk = request.getfixturevalue("desk" if request.param == "sqlite" else "pg_desk")
    return found


def settings_for(folder: Path) -> Settings:
    """The settings of an office in this folder, whatever the environment says."""
    return load(home=str(folder), environ={})


def found_office(settings: Settings, clock: StoppedClock) -> Desk:
    """A new training office with everybody and everything above; the clerk KF01 at the desk."""
    desk = office.found(
        settings, name=OFFICE, admin="XZ01", admin_name="张敏", training=True, clock=clock
    )
    desk.perform("seed", seed)
    return desk.as_staff("KF01")


def second_desk(desk: Desk, staff: str = "KF02") -> Desk:
    """Another workstation of the same office: a process of its own would open it like this."""
    return open_desk(desk.settings, desk.clock).as_staff(staff)


def seed(act: Act) -> Result:
    """Writes the staff, the units with their people, and the tariff."""
    act.add(
        *(Staff(site=act.site, number=n, name=name, hats=list(hats)) for n, name, hats in STAFF)
    )
    for label, name, phone, role, warranty in UNITS:
        building, entrance, room = label.split("-")
        unit = Unit(
            site=act.site,
            id=new_id(),
            label=label,
            building=building,
            entrance=entrance,
            room=room,
            warranty_until=datetime.fromisoformat(warranty).date() if warranty else None,
            flags=[],
        )
        act.add(unit)
        if name:
            person = Person(
                site=act.site, id=new_id(), name=name, phone=phone, phone_tail=phone[::-1]
            )
            act.add(person)
            act.session.flush()
            act.add(UnitPerson(site=act.site, unit=unit.id, person=person.id, role=role))
    act.add(
        *(
            Tariff(site=act.site, code=code, name=name, price=price, keywords=keywords)
            for code, name, price, keywords in TARIFF
        )
    )
    return {}
