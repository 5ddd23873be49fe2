"""Why there can be no roster, by arithmetic alone: hours, days and heads that do not come out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from wuye_tui.rostering.facts import Facts, Role
from wuye_tui.words import _, clauses, listed

WEEK: Final = 7
HOUR: Final = 60
_FEW: Final = 8  # names or days that a sentence has, and then how many there are


@dataclass(frozen=True)
class Clash:
    """Rules that cannot all be kept: the code of the rule that gives way first, a sentence with
    the figures, whose leave or duties and which days it is about.
    """

    rule: str
    words: str
    staff: tuple[str, ...] = ()
    days: tuple[date, ...] = ()


def shortages(facts: Facts) -> list[Clash]:
    """Everything that is short by arithmetic. Nothing found does not say that there is a roster."""
    return [*_by_day(facts), *_by_hours(facts), *_by_nights(facts), *_by_days_off(facts)]


# ---- words


def some(words: Iterable[str]) -> str:
    """A list that is not too long to be read."""
    every = list(words)
    told = listed(every[:_FEW])
    return told if len(every) <= _FEW else _("{names}等 {n}").format(names=told, n=len(every))


def names(facts: Facts, numbers: Iterable[str]) -> str:
    """People by name."""
    return some(facts.people[number].name or number for number in numbers)


def shown(days: Iterable[date]) -> str:
    """Days of the month, those that follow one another as from and to: 12-03 至 12-06."""
    runs = list[list[date]]()
    for day in sorted(days):
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    told = _("{first} 至 {last}")
    return some(
        f"{run[0]:%m-%d}"
        if len(run) == 1
        else told.format(first=f"{run[0]:%m-%d}", last=f"{run[-1]:%m-%d}")
        for run in runs
    )


def hours(minutes: int) -> str:
    """Minutes as hours: 7.5, 8."""
    return f"{minutes / HOUR:g}" if minutes % HOUR == 0 else f"{minutes / HOUR:.1f}"


def places(facts: Facts, roles: Iterable[Role]) -> str:
    """Shifts by their words, with the posts where a shift has several groups of them."""
    found = list[str]()
    for role in roles:
        word = _(facts.shifts[role.shift].word)
        alone = sum(other.shift == role.shift for other in facts.roles) == 1
        posts = dict.fromkeys(p for (_a, r), of in facts.places.items() if r == role for p in of)
        found.append(word if alone else _("{shift}({posts})").format(
            shift=word, posts=some(post for post in posts if post)))  # fmt: skip
    return some(dict.fromkeys(found))


# ---- heads of a day


def _by_day(facts: Facts) -> Iterator[Clash]:
    """Days with fewer people there than places, and who is away on them."""
    short = dict[tuple[Role, ...], list[tuple[int, int, int]]]()
    for at in facts.open_days:
        roles = tuple(role for role in facts.roles if facts.heads(at, role))
        found = next(_tight(facts, at, roles), None)
        if found:
            short.setdefault(found[0], []).append((at, *found[1:]))
    for lacking, days in short.items():
        able = frozenset[str]().union(*(role.able for role in lacking))
        on = [facts.day(at) for at, _needed, _there in days]
        away = [n for n in sorted(able) if any(at in facts.away[n] for at, _x, _y in days)]
        at, needed, there = max(days, key=lambda one: one[1] - one[2])
        told = _("{days} 的{shifts}要 {needed} 人，能上的只有 {there} 人")
        parts = [
            told.format(days=shown(on), shifts=places(facts, lacking), needed=needed, there=there)
        ]
        asked_for = _lacking(facts, lacking)
        if not able and asked_for:
            parts.append(_("要有{lacking}").format(lacking=listed(asked_for)))
        elif away:
            parts.append(_absent(facts, away))
        yield Clash("heads", _("{what}。").format(what=clauses(parts)), tuple(away), tuple(on))


def _tight(
    facts: Facts, at: int, roles: tuple[Role, ...]
) -> Iterator[tuple[tuple[Role, ...], int, int]]:
    """Roles that need more people than there are for them: one alone, or all that the same people
    may hold and nobody may hold two of.
    """
    for role in roles:
        there = sum(facts.may(number, at, role) for number in facts.people)
        if there < facts.heads(at, role):
            yield (role,), facts.heads(at, role), there
    if facts.is_loose:
        return
    own = [role for role in roles if not facts.shifts[role.shift].only_with]
    for able in dict.fromkeys([*(role.able for role in own), frozenset(facts.people)]):
        inside = tuple(role for role in own if role.able <= able)
        needed = sum(facts.heads(at, role) for role in inside)
        there = sum(any(facts.may(n, at, role) for role in inside) for n in facts.people)
        if there < needed:
            yield inside, needed, there


def _lacking(facts: Facts, roles: Iterable[Role]) -> list[str]:
    """The qualifications and the level that are asked for."""
    shifts = {role.shift for role in roles}
    asked = (q for need in facts.kind.needs if need.shift in shifts for q in need.qualifications)
    lacking = list(dict.fromkeys(asked))
    level = facts.kind.limits.level
    if level:
        lacking.append(_("{level} 级以上").format(level=level))
    return lacking


def _absent(facts: Facts, numbers: Iterable[str]) -> str:
    """Who is away, and from when to when."""
    long, short = _("{name}（{first} 至 {last}）"), _("{name}（{first}）")
    found = list[str]()
    for number in numbers:
        name = facts.people[number].name or number
        leaves = [one for one in facts.asked.leaves if one.staff == number]
        found += [
            (short if one.begins == one.ends else long).format(
                name=name, first=f"{one.begins:%m-%d}", last=f"{one.ends:%m-%d}"
            )
            for one in leaves
        ] or [name]
    return _("不在的是{names}").format(names=some(found))


# ---- what a month comes to


def _closures(facts: Facts) -> Iterator[tuple[list[str], tuple[Role, ...]]]:
    """Groups of people, and the roles that nobody outside of the group may hold."""
    ables = dict.fromkeys([frozenset(facts.people), *(role.able for role in facts.roles)])
    for able in ables:
        yield sorted(able), tuple(role for role in facts.roles if role.able <= able)


def _days_there(facts: Facts, number: str, roles: Iterable[Role]) -> int:
    own = tuple(roles)
    return sum(any(facts.may(number, at, role) for role in own) for at in facts.open_days)


def _by_hours(facts: Facts) -> Iterator[Clash]:
    """More hours needed than the law allows to those who may hold them."""
    for able, roles in _closures(facts):
        parts, total = list[str](), 0
        for role in roles:
            many = sum(facts.heads(at, role) for at in facts.open_days)
            each = facts.shifts[role.shift].counted
            total += many * each
            told = _("{shift} {n} 班各 {hours} 小时")
            parts.append(told.format(shift=places(facts, [role]), n=many, hours=hours(each)))
        most = {number: _most(facts, number, roles) for number in able}
        there = [number for number in able if most[number]]
        if total > sum(most.values()) > 0:  # where there is nobody, the day says so
            told = _(
                "{month} 要 {needed} 小时（{parts}），能上的 {n} 人（{names}）依法和按排班规矩"
                "合计最多 {most} 小时，差 {short} 小时"
            )
            words = told.format(
                month=facts.asked.month, needed=hours(total), parts=listed(parts), n=len(there),
                names=names(facts, there), most=hours(sum(most.values())),
                short=hours(total - sum(most.values())),
            )  # fmt: skip
            yield _clash(facts, "minutes", words, able)
            return


def _most(facts: Facts, number: str, roles: tuple[Role, ...]) -> int:
    """Most minutes that somebody can work in the open days: by law, and by the days there."""
    longest = max((facts.shifts[role.shift].counted for role in roles), default=0)
    known = facts.known[number]
    done = sum(
        facts.shifts[code].counted for at in range(facts.opens) for code in known.get(at, ())
    )
    left = max(0, facts.most_minutes(number) - done)
    if facts.has_together:
        return left
    return min(left, _days_there(facts, number, roles) * longest)


def _by_nights(facts: Facts) -> Iterator[Clash]:
    """More nights than those who may hold them can have."""
    for able, inside in _closures(facts):
        roles = tuple(role for role in inside if facts.shifts[role.shift].night)
        needed = sum(facts.heads(at, role) for at in facts.open_days for role in roles)
        most = facts.most_nights
        days = {number: min(most, _days_there(facts, number, roles)) for number in able}
        there, some_ = sum(days.values()), [number for number in able if days[number]]
        if needed > there > 0:  # where there is nobody, the day says so
            told = _(
                "{month} 有 {needed} 个夜班要排，能上的 {n} 人（{names}）每人最多 {most} 个，"
                "合计 {there} 个，差 {short} 个"
            )
            words = told.format(
                month=facts.asked.month, needed=needed, n=len(some_), names=names(facts, some_),
                most=most, there=there, short=needed - there,
            )  # fmt: skip
            yield _clash(facts, "nights", words, able)
            return


def _by_days_off(facts: Facts) -> Iterator[Clash]:
    """More shifts in a week, or the month, than people may work with their days off."""
    limits = facts.kind.limits
    if facts.is_loose:
        return
    spans = [("free", facts.open_days, len(facts.open_days) - limits.free)]
    if facts.opens:  # days off may lie in what is kept
        spans = []
    weeks = range(facts.opens, len(facts.days) - WEEK + 1)
    spans += [("week_free", range(at, at + WEEK), WEEK - limits.week_free) for at in weeks]
    for rule, span, most in spans:
        for able, inside in _closures(facts):
            roles = tuple(r for r in inside if not facts.shifts[r.shift].only_with)
            needed = sum(facts.heads(at, role) for at in span for role in roles)
            days = {
                number: sum(any(facts.may(number, at, role) for role in roles) for at in span)
                for number in able
            }
            there = sum(min(many, most) for many in days.values())
            if needed > there:
                on = [facts.day(at) for at in span]
                some_ = [number for number in able if days[number]]
                told = _(
                    "{days} 共要 {needed} 个班，能上的 {n} 人（{names}）每人最多上 {most} 天，"
                    "合计 {there} 个，差 {short} 个"
                )
                if not some_:
                    told = _("{days} 共要 {needed} 个班，没有人能上")
                words = told.format(
                    days=shown(on), needed=needed, n=len(some_), names=names(facts, some_),
                    most=most, there=there, short=needed - there,
                )  # fmt: skip
                yield _clash(facts, rule, words, able, on)
                return


def _clash(
    facts: Facts, rule: str, words: str, able: Iterable[str], days: Sequence[date] = ()
) -> Clash:
    """What is short, and whose leave has a part in it."""
    on = {facts.at(day) for day in days} or set(facts.open_days)
    away = tuple(number for number in able if facts.away[number] & on)
    parts = [words, _absent(facts, away)] if away else [words]
    return Clash(rule, _("{what}。").format(what=clauses(parts)), away, tuple(days))
