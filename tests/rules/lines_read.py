"""One-line intake read at one moment: Thursday 2026-11-19 10:20 in Shanghai."""

from datetime import datetime
from zoneinfo import ZoneInfo

from wuye_tui.rules.line import Understood, parse
from wuye_tui.rules.line_asks import unclear
from wuye_tui.rules.rooms import key

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 19, 10, 20, tzinfo=SHANGHAI)


def understood(line: str) -> Understood:
    return parse(line, NOW, SHANGHAI)


def local(moment: datetime | None) -> str:
    return moment.astimezone(SHANGHAI).strftime("%m-%d.%H:%M") if moment else ""


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}:00+08:00")


def brief(u: Understood) -> str:
    place = u.place and f"@{u.place.building or ''}/{u.place.entrance or ''}/{u.place.name}"
    caller = u.caller and u.caller.name + (f"({u.caller.role})" if u.caller.role else "")
    when = u.appointment and f"{local(u.appointment.start)}-{local(u.appointment.end)}"
    if u.appointment and u.appointment.start == u.appointment.end:
        when = local(u.appointment.start)
    parts = [
        u.kind,
        u.room and key(u.room),
        *(f"other:{key(other)}" for other in u.other_rooms),
        place,
        f"[{u.words}]",
        *(fault.category for fault in u.faults),
        u.emergency and f"!{u.emergency}",
        u.phone,
        caller,
        u.payer and f"pays:{u.payer}",
        when,
        *(flag for flag in ("at_once", "urgent", "past") if getattr(u, flag)),
        u.plate,
        u.slip,
        *(f"+{kind}" for kind in u.also),
        *(f"?{code}" for code in unclear(u)),
    ]
    return " ".join(part for part in parts if part)
