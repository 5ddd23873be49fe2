"""The training office at the beginning of a year: units, staff, a clock that is moved, and the rows
that are written of what happens.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime, time
from pathlib import Path
from random import Random

from tests.year.inputs import Inputs, UnitRow
from wuye_tui.demo import making
from wuye_tui.demo.roster import CASHIER, RECEPTIONIST
from wuye_tui.desk import Act, Desk, Result
from wuye_tui.registers import office
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import load
from wuye_tui.store.engine import hasten
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Unit

YEAR = 2026
MANAGER = "JL01"


class Office:
    """The office, the clock that is moved, and the rows that are written."""

    def __init__(self, folder: Path, buildings: Collection[str] = ()) -> None:
        settings = load(home=str(folder), now=f"{YEAR}-01-01T08:00:00+08:00", environ={})
        self.clock = StoppedClock(datetime.fromisoformat(f"{YEAR}-01-01T08:00:00+08:00"))
        self.desk = office.found(
            settings, name=making.NAME, admin="XZ01", admin_name="张敏", training=True,
            clock=self.clock,
        )  # fmt: skip
        hasten(self.desk.engine)
        self.folder, self.given, self.draw = folder, Inputs(), Random(YEAR)
        self.refused: list[str] = []
        for noun, name in making.FILES[:3]:
            making._imported(self.desk, noun, name)
        self.cashier, self.clerk = (self.desk.as_staff(one) for one in (CASHIER, RECEPTIONIST))
        self._units(buildings)

    def _units(self, buildings: Collection[str]) -> None:
        """Those of these buildings, or all; the others pay for nothing."""
        units = table_of(Unit).c
        with self.desk.read() as session:
            rows = session.connection().execute(
                table_of(Unit).select().where(units.site == self.desk.site)
            ).all()  # fmt: skip
        gone = []
        for one in rows:
            area = f"{one.area_centi / 100:.2f}" if one.area_centi else ""
            if not buildings or one.building in buildings:
                self.given.units.append(UnitRow(one.label, one.kind, one.building, area))
            else:
                gone.append({"id": one.id, "area_centi": None, "kind": "parking"})
        if gone:

            def keep(act: Act) -> Result:
                act.update(Unit, *gone)
                return {}

            self.desk.perform("test", keep)

    # One after the other

    @property
    def today(self) -> date:
        """The day it is."""
        return self.clock.now().astimezone(self.desk.zone).date()

    def at(self, day: date, hour: int, minute: int = 0) -> None:
        """Moves the clock; never back."""
        then = datetime.combine(day, time(hour, minute), self.desk.zone)
        self.clock.set(max(then, self.clock.now()))

    def act(self, what: str, work: Callable[[Act], Result], desk: Desk | None = None) -> Result:
        """One act of the cashier, or of somebody else."""
        return (desk or self.cashier).perform(what, work)
