"""A roster as a calendar file (RFC 5545) that telephones and mail programs read.

A shift keeps its UID from one version to the next, so that a new version moves it instead of
putting a second one beside it; what an earlier version had and this one has not is called off.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from wuye_tui.paper.roster_wall import note, title
from wuye_tui.rules import roster_sheets
from wuye_tui.rules.clock import in_utc
from wuye_tui.rules.roster_sheets import Shown, Turn
from wuye_tui.rules.rosters import Cell
from wuye_tui.rules.text import visible
from wuye_tui.words import _

ZONE: Final = "Asia/Shanghai"
_OCTETS: Final = 75  # of a line, the break not counted
_SHANGHAI: Final = (
    "BEGIN:VTIMEZONE", f"TZID:{ZONE}", "BEGIN:STANDARD", "DTSTART:19910915T010000",
    "TZOFFSETFROM:+0900", "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


def calendar(shown: Shown) -> bytes:
    """The calendar of everybody in the roster; of one person's alone its name has theirs, not each
    shift.
    """
    stamp = shown.published_at or datetime(shown.month.year, shown.month.month, 1, tzinfo=UTC)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//wuye//rosters//ZH", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(title(shown))}", f"X-WR-TIMEZONE:{ZONE}",
        *_SHANGHAI, *_events(shown, f"{in_utc(stamp):%Y%m%dT%H%M%SZ}"), "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, no character split; later ones begin with a blank."""
    kept, used = "", 0
    for character in line:
        octets = len(character.encode())
        if used + octets > _OCTETS:
            yield kept
            kept, used = " ", 1
        kept, used = kept + character, used + octets
    yield kept


def _events(shown: Shown, stamp: str) -> Iterator[str]:
    held, gone = (dict(_numbered(shown, cells)) for cells in (shown.cells, shown.gone))
    alone = len({cell.staff for cell in shown.cells}) < 2
    names = {one.number: one.name for one in shown.people}
    for uid, cell in held.items():
        state = "TENTATIVE" if shown.is_draft else "CONFIRMED"
        yield from _event(shown, cell, uid, stamp, state, "" if alone else names.get(cell.staff))
    for uid, cell in gone.items():
        if uid not in held:
            yield from _event(shown, cell, uid, stamp, "CANCELLED", names.get(cell.staff))


def _numbered(shown: Shown, cells: Iterable[Cell]) -> Iterator[tuple[str, Cell]]:
    """Each shift with its UID: somebody's first, second of a day, whichever shift that is."""
    office = sha256(shown.office.encode()).hexdigest()[:8]
    many: dict[tuple[str, object], int] = {}
    for cell in roster_sheets.in_order(shown.kind, cells):
        n = many[cell.staff, cell.day] = many.get((cell.staff, cell.day), 0) + 1
        who = _text(visible(cell.staff))
        yield f"{shown.kind.code}-{who}-{cell.day:%Y%m%d}-{n}-{office}@wuye", cell


def _event(
    shown: Shown, cell: Cell, uid: str, stamp: str, state: str, name: str | None
) -> Sequence[str]:
    turn = roster_sheets.turn(shown.kind, cell)
    what = " ".join(filter(None, (_(turn.word), cell.post, name)))
    told = f"{title(shown)} {note(shown, UTC)}" if shown.is_draft else title(shown)
    return (
        "BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{stamp}", f"SEQUENCE:{shown.version}",
        *_times(turn), f"SUMMARY:{_text(visible(what))}",
        *([f"LOCATION:{_text(visible(cell.post))}"] if cell.post else ()),
        f"DESCRIPTION:{_text(told)}",
        f"STATUS:{state}", "END:VEVENT",
    )  # fmt: skip


def _times(turn: Turn) -> Sequence[str]:
    """From when to when in the office's zone; the whole day where the shift is not known."""
    if turn.begins is None or turn.ends is None:
        return (f"DTSTART;VALUE=DATE:{turn.cell.day:%Y%m%d}",)
    return tuple(
        f"{name};TZID={ZONE}:{one:%Y%m%dT%H%M%S}"
        for name, one in (("DTSTART", turn.begins), ("DTEND", turn.ends))
    )


def _text(words: str) -> str:
    for mark in ("\\", ";", ","):
        words = words.replace(mark, f"\\{mark}")
    return words.replace("\n", "\\n")
