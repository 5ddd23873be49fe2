"""Who could take over a shift of a published roster, and why, or which rule would break.

By the rules alone, without the solver: each person is looked at with the shift added to what they
have already.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from wuye_tui.rostering.counting import hours
from wuye_tui.rostering.facts import Facts
from wuye_tui.rules import labour
from wuye_tui.rules.dutyplans import LEVELS
from wuye_tui.rules.rosters import Asked, Cell, Need, Person
from wuye_tui.words import _, clauses, listed

WEEK: Final = 7
_FAR: Final = 3  # days on either side on which a shift may be too near


class Lack(NamedTuple):
    """Why somebody cannot: the code of the rule, and part of a sentence."""

    rule: str
    words: str


@dataclass(frozen=True)
class StandIn:
    """Somebody who could take a shift over, or could not: `rule` is then what would break.

    `nights` and `minutes` are those of the month so far planned, `is_there` whether they come in
    on that day anyway.
    """

    person: Person
    may: bool
    words: str
    rule: str = ""
    nights: int = 0
    minutes: int = 0
    is_there: bool = False

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "staff": self.person.number, "name": self.person.name, "may": self.may,
            "why": self.words, "rule": self.rule, "nights": self.nights,
            "minutes": self.minutes, "there": self.is_there, "stand_in": self.person.stand_in,
        }  # fmt: skip


def stand_ins(asked: Asked, cell: Cell) -> list[StandIn]:
    """Everybody but whoever has the shift, best first: who may, of the kind's own people, there on
    the day anyway, with the fewest nights (or hours, where it is none) so far. The shift is one of
    the kind's: KeyError.
    """
    book = _Book(asked)
    found = [book.asked_for(number, cell) for number in book.facts.people if number != cell.staff]
    is_night = cell.shift in book.facts.shifts and book.facts.shifts[cell.shift].night

    def order(one: StandIn) -> tuple[bool, bool, bool, int, int, str]:
        past = book.facts.past(one.person.number)
        nights = one.nights + past.nights if is_night else 0
        mine = (one.minutes, one.person.number)
        return (not one.may, one.person.stand_in, not one.is_there, nights, *mine)

    return sorted(found, key=order)


class _Book:
    """What everybody has by day, as published."""

    def __init__(self, asked: Asked) -> None:
        self.facts = Facts(asked)
        self.held: dict[str, dict[int, set[str]]] = {number: {} for number in self.facts.people}
        for cell in (*asked.before, *asked.published, *asked.after):
            if cell.staff in self.held and cell.shift in self.facts.shifts:
                days = self.held[cell.staff]
                days.setdefault(self.facts.at(cell.day), set()).add(cell.shift)

    def asked_for(self, number: str, cell: Cell) -> StandIn:
        """One person, with the shift and what goes with it."""
        facts, at = self.facts, self.facts.at(cell.day)
        shifts = {cell.shift, *self._along(cell)}
        month = range(len(facts.days))
        own = self.held[number]
        nights = sum(self._is_night(own, day) for day in month)
        minutes = sum(facts.shifts[code].counted for day in month for code in own.get(day, ()))
        is_there = bool(own.get(at))
        lack = next(self._lacks(number, cell, at, shifts), None)
        person = facts.people[number]
        if lack:
            return StandIn(person, False, lack.words, lack.rule, nights, minutes, is_there)
        words = self._why(person, at, shifts - {cell.shift}, nights, minutes)
        return StandIn(person, True, words, "", nights, minutes, is_there)

    def _along(self, cell: Cell) -> set[str]:
        """The shifts of whoever has this one that go with it only, and so are given on with it."""
        facts = self.facts
        own = self.held.get(cell.staff, {}).get(facts.at(cell.day), set())
        tied = {code for code in own if facts.shifts[code].only_with == cell.shift}
        only_with = facts.shifts[cell.shift].only_with if cell.shift in facts.shifts else ""
        return tied | ({only_with} & own)

    def _why(self, person: Person, at: int, along: set[str], nights: int, minutes: int) -> str:
        own = self.held[person.number].get(at)
        today = _("当天休息") if not own else _("当天上{shift}").format(shift=self._words(own))
        month = _("本月已排 {hours} 小时").format(hours=hours(minutes))
        if any(one.night for one in self.facts.kind.shifts):
            told = _("本月已排 {nights} 个夜班、{hours} 小时")
            month = told.format(nights=nights, hours=hours(minutes))
        parts = [today]  # what there may be no room for comes last
        if along:
            parts.append(_("连同{shift}一起").format(shift=self._words(along)))
        if person.stand_in:
            parts.append(_("不是这种排班的人"))
        return clauses([*parts, month])

    def _words(self, codes: set[str]) -> str:
        return listed(_(one.word) for one in self.facts.kind.shifts if one.code in codes)

    def _is_night(self, days: dict[int, set[str]], at: int) -> bool:
        return any(self.facts.shifts[code].night for code in days.get(at, ()))

    # ---- what would break

    def _lacks(self, number: str, cell: Cell, at: int, shifts: set[str]) -> Iterator[Lack]:
        """Every rule that would break, those of the person first, then of the day and the month."""
        yield from self._unable(number, cell, at, shifts)
        own = self.held[number]
        for code in sorted(own.get(at, ())):
            if any(code == one or not self.facts.goes_with(code, one) for one in shifts):
                told = _("当天已经上{shift}")
                yield Lack("together", told.format(shift=self._words({code})))
        days = {day: set(codes) for day, codes in own.items()}
        days.setdefault(at, set()).update(shifts)
        yield from self._too_near(days, at)
        yield from self._in_a_row(number, days, at)
        yield from self._in_all(number, days, at)
        yield from self._is_alone(number, cell, at, shifts)

    def _unable(self, number: str, cell: Cell, at: int, shifts: set[str]) -> Iterator[Lack]:
        facts, person = self.facts, self.facts.people[number]
        needs = [
            one for one in facts.kind.needs if (one.shift, one.post) == (cell.shift, cell.post)
        ]
        if needs and not any(facts.may_hold(person, need) for need in needs):
            yield self._lacking(person, needs[0])
        if at in facts.away[number]:
            on_leave = any(one.staff == number and one.begins <= cell.day <= one.ends
                           for one in facts.asked.leaves)  # fmt: skip
            yield Lack("leave", _("那天休假") if on_leave else _("那天不在岗"))
        busy = (facts.elsewhere(number, at, shift) for shift in sorted(shifts))
        other = next((one for one in busy if one is not None), None)
        if other is not None:
            told = _("{day} 另有{other}")
            yield Lack("elsewhere", told.format(day=f"{other.begins:%m-%d}", other=other.word))
        if any(facts.is_barred(number, at, shift) for shift in shifts):
            yield Lack("never", _("按固定安排不上这一班"))

    def _lacking(self, person: Person, need: Need) -> Lack:
        level = self.facts.kind.limits.level
        if level and person.level and LEVELS.find(person.level) > LEVELS.find(level):
            return Lack("level", _("职级不到 {level} 级").format(level=level))
        lacking = listed(one for one in need.qualifications if one not in person.qualifications)
        return Lack("qualification", _("没有{lacking}").format(lacking=lacking))

    def _too_near(self, days: dict[int, set[str]], at: int) -> Iterator[Lack]:
        """Rests before and after, and days after a night."""
        barred = {(one.first, one.then, one.later): one.rest for one in self.facts.follows}
        least = hours(self.facts.kind.limits.rest)
        for later in range(1, _FAR + 1):
            for one, other in ((at - later, at), (at, at + later)):
                pairs = sorted((a, b) for a in days.get(one, ()) for b in days.get(other, ()))
                for first, then in pairs:
                    rest = barred.get((first, then, later))
                    if rest is None:
                        continue
                    if later == 1 and self._night_bars(first, then):
                        yield Lack("after_night", _("夜班第二天不能上班"))
                    else:
                        told = _("与 {day} 的班只隔 {n} 小时，至少要 {least} 小时")
                        day = self.facts.day(one if other == at else other)
                        words = told.format(day=f"{day:%m-%d}", n=hours(rest), least=least)
                        yield Lack("rest", words)

    def _night_bars(self, first: str, then: str) -> bool:
        return self.facts.shifts[first].night and then in self.facts.kind.limits.after_night

    def _in_a_row(self, number: str, days: dict[int, set[str]], at: int) -> Iterator[Lack]:
        limits = self.facts.kind.limits
        busy = self.facts.busy[number]
        works: Callable[[int], bool] = lambda day: bool(days.get(day)) or day in busy  # noqa: E731
        nights: Callable[[int], bool] = lambda day: self._is_night(days, day)  # noqa: E731
        if limits.days and (n := _run(works, at)) > limits.days:
            told = _("会连上 {n} 天，最多 {most} 天")
            yield Lack("days", told.format(n=n, most=limits.days))
        if limits.nights and nights(at) and (n := _run(nights, at)) > limits.nights:
            told = _("会连上 {n} 个夜班，最多 {most} 个")
            yield Lack("nights", told.format(n=n, most=limits.nights))
        weeks = (range(begin, begin + WEEK) for begin in range(at - WEEK + 1, at + 1))
        most = max(sum(map(works, week)) for week in weeks)
        if most > WEEK - limits.week_free:
            told = _("七天里只剩 {n} 天休息，至少要 {least} 天")
            yield Lack("week_free", told.format(n=WEEK - most, least=limits.week_free))

    def _in_all(self, number: str, days: dict[int, set[str]], at: int) -> Iterator[Lack]:
        facts, limits = self.facts, self.facts.kind.limits
        month = range(len(facts.days))
        counted = {
            day: sum(facts.shifts[code].counted for code in days.get(day, ())) for day in month
        }
        today = counted[at] + facts.busy[number].get(at, 0)
        if facts.most_of_day and today > facts.most_of_day:
            told = _("当天会有 {n} 小时，依法最多 {most} 小时")
            yield Lack("hours_day", told.format(n=hours(today), most=facts.most_of_day // 60))
        total, most = sum(counted.values()), facts.most_minutes(number)
        if total > most:
            told = _("本月会有 {n} 小时，依法最多 {most} 小时")
            yield Lack("minutes", told.format(n=hours(total), most=hours(most)))
        over = sum(self._over_week(number, days, week) for week in facts.overtime_weeks)
        if over > labour.OVERTIME_OF_MONTH:
            told = _("本月加班会有 {n} 小时，依法最多 {most} 小时")
            most = labour.OVERTIME_OF_MONTH
            yield Lack("overtime", told.format(n=hours(over), most=hours(most)))
        nights = sum(self._is_night(days, day) for day in month)
        if limits.most_nights and nights > limits.most_nights:
            told = _("本月会有 {n} 个夜班，最多 {most} 个")
            yield Lack("most_nights", told.format(n=nights, most=limits.most_nights))
        free = sum(not days.get(day) and day not in facts.busy[number] for day in month)
        if free < limits.free:
            told = _("本月只剩 {n} 天休息，至少要 {least} 天")
            yield Lack("free", told.format(n=free, least=limits.free))

    def _over_week(self, number: str, days: dict[int, set[str]], week: range) -> int:
        shifts, busy = self.facts.shifts, self.facts.busy[number]
        return labour.overtime_of_week(
            [
                busy.get(day, 0) + sum(shifts[code].counted for code in days.get(day, ()))
                for day in week
            ]
        )

    def _is_alone(self, number: str, cell: Cell, at: int, shifts: set[str]) -> Iterator[Lack]:
        facts = self.facts
        if not facts.is_new(number, at):
            return
        others = [who for who in facts.people if who not in (number, cell.staff)]
        for shift in sorted(shifts):
            there = [who for who in others if shift in self.held[who].get(at, ())]
            if all(facts.is_new(who, at) for who in there):
                yield Lack("partner", _("是新人，这一班没有老员工一起上"))
                return


def _run(has: Callable[[int], bool], at: int) -> int:
    """How many days in a row there are with the one at `at` in it."""
    first = last = at
    while has(first - 1):
        first -= 1
    while has(last + 1):
        last += 1
    return last - first + 1
