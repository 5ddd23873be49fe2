"""The archive: the week's records taken in, what is unfinished or badly filled in sent back.

What was taken in changes no more (XX-4.3.8, XX-4.3.10).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import func, select
from sqlmodel import Session, col

from wuye_tui.desk import Desk
from wuye_tui.registers import matters, records, together, unfiled
from wuye_tui.registers.routines import file_key
from wuye_tui.registers.steps import find_matter
from wuye_tui.registers.unfiled import Record
from wuye_tui.registers.views import MatterView, show
from wuye_tui.rules.errors import DeskError, Refused, StoreError
from wuye_tui.rules.filing import ARCHIVE, ARCHIVED, SEND_BACK, missing
from wuye_tui.rules.lifecycle import Lack
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.refusals import NoRight
from wuye_tui.rules.rights import Right
from wuye_tui.rules.weekfiles import WEEKFILE
from wuye_tui.rules.weeks import days_of, week_of
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Firing, Matter
from wuye_tui.words import _

AT_ONCE = 500  # records that one act takes in: others wait for the database meanwhile
Told = Callable[[float], None]


class NothingReady(Refused):
    """There are records, and none of them can be filed."""

    def __init__(self, many: int) -> None:
        told = _("{n} 份记录都还不能归档，请先补正：wuye archive list 列出缺什么。")
        super().__init__(told.format(n=many), "XX-4.3.10")


class NotOver(Refused):
    """The matter is still open: it cannot be in the archive, nor wait for it."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} 还没有办完，办完消档以后才能归档。").format(number=number), "XX-4.3.10"
        )


@dataclass(frozen=True)
class Filed:
    """What filing a week has come to: the numbers taken in, and those left with what they lack."""

    week: str
    taken: list[str] = field(default_factory=list)
    left: list[Record] = field(default_factory=list)
    closing: str = ""  # the number of the week's file, if it was closed with it

    def as_dict(self) -> dict[str, Any]:
        """What `wuye archive week --json` prints; keys only ever grow."""
        return {
            "week": self.week,
            "filed": self.taken,
            "refused": [one.as_dict() for one in self.left],
            "file": self.closing,
        }


@dataclass(frozen=True)
class Kept:
    """One matter as the archive sees it: taken in when and by whom, or what it lacks."""

    view: MatterView
    week: str
    archived: datetime | None
    by: str
    sent_back: str  # the reason, while it is not mended
    lacks: tuple[Lack, ...]

    def as_dict(self) -> dict[str, Any]:
        """What `wuye archive show --json` prints; keys only ever grow."""
        return {
            "number": self.view.number,
            "kind": self.view.kind,
            "state": self.view.situation.state,
            "closed_at": self.view.situation.closed,
            "week": self.week,
            "archived_at": self.archived,
            "archived_by": self.by,
            "ready": self.archived is None and not self.lacks,
            "sent_back": self.sent_back,
            "lacks": [lack.as_dict() for lack in self.lacks],
        }


def this_week(desk: Desk) -> str:
    """The week it is."""
    return week_of(desk.calendar.day_of(desk.now()))


def due(desk: Desk) -> datetime | None:
    """When the week's records have to be in: of several weeks the first; None while no clock runs.

    It is past where they are late (XX-4.3.8).
    """
    asked = select(func.min(col(Matter.next_due))).where(
        col(Matter.site) == desk.site,
        col(Matter.kind) == WEEKFILE.kind,
        col(Matter.closed).is_(None),
    )
    with desk.read() as session:
        found: datetime | None = session.execute(asked).scalar_one()
    return found


def seen(desk: Desk, numbers: Sequence[str]) -> dict[str, int]:
    """The last step of each of these matters. Raises UnknownMatter."""
    with desk.read() as session:
        found = [find_matter(session, desk.site, number) for number in numbers]
    return {one.number: one.last for one in found}


def take_in(act: Act, seen: Mapping[str, int]) -> Result:
    """Files every record in `seen`, the last step known of each by its number, that may be.

    The result has the step of each under `together`, under `kept` the numbers of those that were
    refused, and under `why` what was said of each of them. Where none was taken it raises what was
    said of the first.
    """
    records.load_all(act, list(seen))
    results: dict[str, Result] = {}
    kept: dict[str, DeskError] = {}
    for number in sorted(seen):
        try:
            results[number] = matters.take(act, number, ARCHIVE, seen=seen[number])
        except StoreError:
            raise
        except DeskError as error:
            kept[number] = error
    if not results:
        raise next(iter(kept.values()))
    first = next(iter(results.values()))
    steps = {number: int(result["n"]) for number, result in results.items()}
    why = {number: str(error) for number, error in kept.items()}
    return {**first, "together": steps, "kept": list(kept), "why": why}


def send_back(act: Act, seen: Mapping[str, int], why: str) -> Result:
    """Sends records back to the desk with the reason, all of them or none."""
    return together.take(act, seen, SEND_BACK, back_why=why)


def file_week(desk: Desk, week: str = "", key: str = "", told: Told = lambda _: None) -> Filed:
    """Files what was over by the end of a week (of this one, without) and lacks nothing; the week's
    own file is closed with it. So many records an act; `told` hears how much is done, 0 to 1.

    Raises BadWeek, NoRight, and NothingReady where there is something and none of it may be filed.
    """
    week = week_of(days_of(week)[0]) if week else this_week(desk)
    _refuse_others(desk)
    found = unfiled.records(desk, week)
    ready = [one for one in found if one.ready]
    if found and not ready:
        raise NothingReady(len(found))
    taken: list[str] = []
    for start in range(0, len(ready), AT_ONCE):
        part = {one.number: one.last for one in ready[start : start + AT_ONCE]}
        own = key if not start else (key and str(uuid5(NAMESPACE_OID, f"{key}:{start}")))
        done = desk.perform("archive.week", partial(take_in, seen=part), own)
        taken += done["together"]
        told(min(1.0, (start + AT_ONCE) / len(ready)))
    closing = _close(desk, week)
    filed = set(taken)
    return Filed(week, taken, [one for one in found if one.number not in filed], closing)


def show_kept(desk: Desk, number: str) -> Kept:
    """How the archive sees a matter. Raises UnknownMatter and NotOver."""
    view = show(desk, number)
    was = view.situation
    if was.closed is None or not view.cycle.rows_named(ARCHIVE):
        raise NotOver(view.number)
    filed = next((line for line in reversed(view.history) if line.step.verb == ARCHIVE), None)
    inside = was.state == ARCHIVED and filed is not None
    return Kept(
        view,
        week_of(was.closed.astimezone(desk.zone).date()),
        filed.step.happened if inside and filed else None,
        filed.by if inside and filed else "",
        str(was.facts.get("back_why") or "") if was.facts.get("sent_back") else "",
        () if inside else tuple(missing(view.cycle, was)),
    )


def _refuse_others(desk: Desk) -> None:
    who = desk.actor()
    if not who.may(Right.ARCHIVE):
        row = next(iter(procedure(unfiled.FILED[0]).rows_named(ARCHIVE)))
        raise NoRight(row, who.name, row.who)


def _close(desk: Desk, week: str) -> str:
    """Closes the files of this week and of those before it that are still open; the last one."""
    with desk.read() as session:
        numbers = _open_files(session, desk.site, week)
    for number in numbers:
        desk.perform("weekfile.file", partial(matters.take, number=number, verb="file"))
    return numbers[-1] if numbers else ""


def _open_files(session: Session, site: str, week: str) -> Sequence[str]:
    asked = (
        select(col(Matter.number))
        .join(
            Firing, (col(Firing.site) == col(Matter.site)) & (col(Firing.matter) == col(Matter.id))
        )
        .where(
            col(Matter.site) == site,
            col(Matter.kind) == WEEKFILE.kind,
            col(Matter.closed).is_(None),
            col(Firing.key) >= file_key(""),
            col(Firing.key) <= file_key(week),
        )
        .order_by(col(Firing.key))
    )
    return list(session.execute(asked).scalars())
