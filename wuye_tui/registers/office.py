"""Founding an office: its site, its first administrator, its starter tariff."""

from sqlmodel import select

from wuye_tui.desk import Desk, open_desk
from wuye_tui.reference import Reference
from wuye_tui.registers.people import keys_of
from wuye_tui.rules.clock import Clock, StoppedClock, SystemClock, parse_moment
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.text import Field, clean, code
from wuye_tui.settings import Settings
from wuye_tui.store import engine as store
from wuye_tui.store import upgrade as upgrades
from wuye_tui.store.tables import Office, Staff
from wuye_tui.store.tables.base import new_id
from wuye_tui.store.upgrade import Upgraded, create_schema
from wuye_tui.words import _


class OfficeExists(Refused):
    """There is an office in this database already."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("这里已经有「{name}」，不会重建；另建请换一个 --home。").format(name=name)
        )


def found(
    settings: Settings,
    *,
    name: str,
    admin: str,
    admin_name: str,
    training: bool,
    pin_hash: str = "",
    clock: Clock | None = None,
) -> Desk:
    """Makes the database and the office with one administrator; raises OfficeExists."""
    engine = store.open_engine(settings.database_url, create=True)
    create_schema(engine)
    when = clock or _clock(settings, training)
    office = clean(name, Field.TITLE)
    number = code(admin, Field.CODE).upper()
    person = clean(admin_name, Field.NAME)
    site = new_id()
    with store.write(engine) as session:
        upgrades.wait_for_others(session.connection())
        existing = session.exec(select(Office)).first()
        if existing is not None:
            raise OfficeExists(existing.name)
        session.add(Office(site=site, name=office, training=training, created=when.now()))
        session.add(
            Staff(
                site=site,
                number=number,
                name=person,
                keys=" ".join(keys_of(person)),
                post="行政",
                hats=["admin"],
                level="D",
                pin_hash=pin_hash,
            )
        )
    return open_desk(settings, clock).as_staff(number)


def _clock(settings: Settings, training: bool) -> Clock:
    if training and settings.now:
        return StoppedClock(parse_moment(settings.now, Reference(settings.home).calendar.zone))
    return SystemClock()


def upgrade(settings: Settings) -> Upgraded:
    """Backs the database up beside itself, then brings it to this program's revision."""
    stamp = SystemClock().now().strftime("%Y%m%dT%H%M%S")
    target = settings.home / "backups" / f"before-upgrade-{stamp}.db"
    return upgrades.upgrade(store.open_engine(settings.database_url), target)
