"""Who works when in the training office: two receptionists in turn, and the workers by night.

Days are counted back from the present, so that whoever opens the console finds the same people.
"""

from datetime import date, datetime, timedelta

RECEPTIONIST, SECOND, SUPERVISOR = "KF01", "KF02", "KF05"
ARCHIVIST = SECOND  # who keeps the files beside the desk
LEAD, DEPUTY = "GC01", "GC02"
NIGHTS = ("GC06", "GC05", "GC03", "GC04", "GC07")
"""Who holds the night that ends so many days ago, in turn; by day everybody else of them works."""
MANAGERS = ("JL01", "XZ01", "KF05", "GC01")
CASHIER = "CW01"
SKILLS = {"lift": "GC07", "aircon": "GC06"}
HEADS = {
    "guards": ("ZX01", "ZX02", "ZX03"),
    "cleaning": ("BJ01", "LH01"),
    "engineering": (LEAD, DEPUTY),
    "finance": ("CW01",),
    "administration": ("XZ01",),
    "management": ("XZ01", "JL01"),
    "service": (RECEPTIONIST, SECOND),
}
CREWS = {
    "guards": tuple(f"ZX{n:02d}" for n in range(6, 51)),
    "cleaning": tuple(f"BJ{n:02d}" for n in range(2, 16)),
}


class Roster:
    """Who has which duty on a day."""

    def __init__(self, today: date) -> None:
        self._today = today

    def _ago(self, day: date) -> int:
        return (self._today - day).days

    def clerk(self, day: date) -> str:
        """The receptionist of a day."""
        return SECOND if self._ago(day) % 2 else RECEPTIONIST

    def noon(self, day: date) -> str:
        """Who stays at the desk over noon: the other one; on Saturdays the same, who goes on, and
        on Sundays the supervisor.
        """
        if day.weekday() > 4:
            return SUPERVISOR if day.weekday() > 5 else self.clerk(day)
        return RECEPTIONIST if self._ago(day) % 2 else SECOND

    def night(self, day: date) -> str:
        """The worker who holds the desk in the night that begins on this day."""
        return NIGHTS[(self._ago(day) - 1) % len(NIGHTS)]

    def workers(self, day: date) -> list[str]:
        """Who repairs by day: all but those who come from the night or go into it."""
        away = {self.night(day), self.night(day - timedelta(days=1))}
        return [number for number in sorted(NIGHTS) if number not in away]

    def lead(self, moment: datetime) -> str:
        """Who leads the repairs: the supervisor, on Saturdays and Sundays the deputy."""
        return DEPUTY if moment.weekday() > 4 else LEAD

    def assistant(self, moment: datetime) -> str:
        """Who verifies."""
        return SECOND if moment.weekday() > 4 else SUPERVISOR

    def cashier(self, moment: datetime) -> str:
        """Who takes money: the cashier, on Saturdays and Sundays the desk for the cashier."""
        return self.clerk(moment.date()) if moment.weekday() > 4 else CASHIER

    def manager(self, day: date, at_night: bool) -> str:
        """The duty manager."""
        return MANAGERS[(self._ago(day) * 2 + at_night) % len(MANAGERS)]
