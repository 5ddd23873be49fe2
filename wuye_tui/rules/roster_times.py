"""What a roster asks of one person over time: rest between shifts, days and nights in a row, days
off, and the hours that the law allows.

Days before and after the month of which nothing is known count as days off.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from wuye_tui.rules import roster_law as law
from wuye_tui.rules.roster_faults import ONE_DAY, Broken, Laid
from wuye_tui.rules.rosters import Hours
from wuye_tui.words import N_, _

A_WEEK = 7
HOUR = 60
AFTER_A_NIGHT = N_("{day} {name} 排了「{shift}」，前一天是夜班，第二天不能上。")
TOO_SOON = N_("{day} {name} 上「{shift}」，离上一班下班只有 {n} 小时，至少要 {least} 小时。")
OVERLAP = N_("{day} {name} 上「{shift}」，上一班还没有下班。")


def times(laid: Laid) -> Iterator[Broken]:
    """Every such rule that is broken, person by person."""
    for staff in laid.held.keys() & laid.people.keys():  # others are told as unknown
        yield from _rests(laid, staff)
        yield from _elsewhere(laid, staff)
        yield from _in_a_row(laid, staff)
        yield from _weeks(laid, staff)
        yield from _month(laid, staff)
        yield from _hours(laid, staff)


def _rests(laid: Laid, staff: str) -> Iterator[Broken]:
    """Between shifts of different days. Those of one day go together, or are told as not doing so;
    of what is too soon after a night it is told once.
    """
    limits = laid.asked.kind.limits
    ended: datetime | None = None
    before = date.min  # the day of the shift before
    for day in sorted(laid.held[staff]):
        codes = sorted(laid.codes(staff, day), key=lambda code: laid.shifts[code].starts)
        spans = [laid.shifts[code].span(day) for code in codes]
        said = {"day": day, "name": laid.name(staff)}
        is_ours = day >= laid.days[0] and before <= laid.days[-1]
        before = day
        barred = [code for code in codes if code in limits.after_night]
        if is_ours and barred and laid.has_night(staff, day - ONE_DAY):
            words = _(AFTER_A_NIGHT).format(**said, shift=laid.word(barred[0]))
            yield Broken("after_night", staff, day, words, laid.asked.kind.clause)
        elif is_ours and ended and (rest := _minutes(spans[0][0] - ended)) < limits.rest:
            words = _(TOO_SOON if rest >= 0 else OVERLAP).format(
                **said, shift=laid.word(codes[0]), n=_shown(rest), least=_shown(limits.rest)
            )
            yield Broken("rest", staff, day, words)
        ended = max([end for _begin, end in spans] + ([ended] if ended else []))


def _elsewhere(laid: Laid, staff: str) -> Iterator[Broken]:
    """What somebody has by another kind of roster at the same time, or too near before or after."""
    kind, name = laid.asked.kind, laid.name(staff)
    others = [one for of_day in laid.busy.get(staff, {}).values() for one in of_day]
    for cell in (one for one in laid.good if others and one.staff == staff):
        begins, ends = laid.shifts[cell.shift].span(cell.day)
        said = {"day": cell.day, "name": name, "shift": laid.word(cell.shift)}
        for one in others:
            # By day a kind that is held alongside another is in nobody's way; a night is.
            at_night = one.night or (laid.shifts[cell.shift].night and not kind.alongside)
            if one.beside and not at_night:
                continue
            least = max(kind.limits.rest, one.rest if one.beside else 0)
            apart = _minutes(max(one.begins - ends, begins - one.ends))
            if apart < 0:
                told = _("{day} {name} 排了「{shift}」，同时排了「{other}」（{on}）。")
            elif apart < least:
                told = _(
                    "{day} {name} 的「{shift}」同「{other}」（{on}）只隔 {n} 小时，"
                    "至少要 {least} 小时。"
                )
            else:
                continue
            words = told.format(
                **said, other=one.word, on=f"{one.begins:%m-%d}", n=_shown(apart),
                least=_shown(least),
            )  # fmt: skip
            yield Broken("elsewhere", staff, cell.day, words)


def _in_a_row(laid: Laid, staff: str) -> Iterator[Broken]:
    limits = laid.asked.kind.limits

    def works(day: date) -> bool:
        return laid.works(staff, day)

    def nights(day: date) -> bool:
        return laid.has_night(staff, day)

    days = _("{name} 到 {day} 连上了 {n} 天，最多连上 {most} 天。")
    of_nights = _("{name} 到 {day} 连上了 {n} 个夜班，最多连上 {most} 个。")
    for rule, most, has, told in (
        ("days", limits.days, works, days),
        ("nights", limits.nights, nights, of_nights),
    ):
        run, is_told = 0, False
        for day in laid.known_days(staff):
            run = run + 1 if has(day) else 0
            is_told = is_told and run > 0
            in_month = laid.days[0] <= day and (day - laid.days[-1]).days < run
            if most and run > most and not is_told and in_month:
                is_told = True
                words = told.format(name=laid.name(staff), day=day, n=run, most=most)
                yield Broken(rule, staff, day, words)


def _weeks(laid: Laid, staff: str) -> Iterator[Broken]:
    """Seven days with too few days off; of weeks that overlap the first is told."""
    least, was_broken = laid.asked.kind.limits.week_free, False
    for last in (day for day in laid.known_days(staff) if day >= laid.days[0]):
        if (last - laid.days[-1]).days >= A_WEEK:
            return
        week = [last - n * ONE_DAY for n in range(A_WEEK)]
        free = sum(not laid.works(staff, day) for day in week)
        if free < least and not was_broken:
            told = _(
                "{name} 到 {day} 的七天里有 {n} 天不排班，至少要 {least} 天（劳动法第 38 条）。"
            )
            words = told.format(name=laid.name(staff), day=last, n=free, least=least)
            yield Broken("week_free", staff, last, words)
        was_broken = free < least


def _month(laid: Laid, staff: str) -> Iterator[Broken]:
    limits, days = laid.asked.kind.limits, laid.days
    said = {"name": laid.name(staff), "month": laid.asked.month}
    nights = sum(laid.has_night(staff, day) for day in days)
    if limits.most_nights and nights > limits.most_nights:
        told = _("{name} {month} 有 {n} 个夜班，最多 {most} 个。")
        words = told.format(**said, n=nights, most=limits.most_nights)
        yield Broken("most_nights", staff, None, words)
    free = sum(not laid.works(staff, day) for day in days)
    if free < limits.free:
        told = _("{name} {month} 有 {n} 天不排班，至少要 {least} 天。")
        words = told.format(**said, n=free, least=limits.free)
        yield Broken("free", staff, None, words)


def _hours(laid: Laid, staff: str) -> Iterator[Broken]:
    """Hours of a day, overtime by weeks, the month, and the quarter as far as it has gone."""
    asked, name = laid.asked, laid.name(staff)
    by_day = {day: _worked(laid, staff, day) for day in laid.days}
    most = law.limit_of_day(asked)
    for day, minutes in by_day.items():
        if most and minutes > most:
            told = _("{day} {name} 排了 {n} 小时，一天最多 {most} 小时（劳动法第 41 条）。")
            words = told.format(day=day, name=name, n=_shown(minutes), most=_shown(most))
            yield Broken("hours_day", staff, day, words)
    said = {"name": name, "month": asked.month}
    told = _("{name} {month} 共 {n} 小时，最多 {most} 小时（劳动法第 36、41 条）。")
    total = sum(by_day.values())
    yield from _over("hours_month", staff, total, law.limit_of_month(asked), told, said)
    if asked.kind.limits.hours is Hours.STANDARD:
        told = _(
            "{name} {month} 按每天 8 小时、每周 40 小时算，加班 {n} 小时，"
            "最多 {most} 小时（劳动法第 36、41 条）。"
        )
        over = law.overtime(asked, lambda day: _worked(laid, staff, day))
        yield from _over("overtime", staff, over, law.OVERTIME, told, said)
    if staff in asked.past:
        told = _("{name} 本季到 {month} 共 {n} 小时，最多 {most} 小时（劳部发〔1994〕503号）。")
        so_far = asked.past[staff].minutes + total
        yield from _over("hours_quarter", staff, so_far, law.limit_of_quarter(asked), told, said)


def _over(
    rule: str, staff: str, minutes: int, most: int, told: str, said: Mapping[str, object]
) -> Iterator[Broken]:
    if minutes > most:
        words = told.format(**said, n=_shown(minutes), most=_shown(most))
        yield Broken(rule, staff, None, words)


def _worked(laid: Laid, staff: str, day: date) -> int:
    own = sum(laid.shifts[one.shift].counted for one in laid.on(staff, day))
    return own + sum(one.minutes for one in laid.elsewhere(staff, day))


def _minutes(apart: timedelta) -> int:
    return int(apart.total_seconds()) // HOUR


def _shown(minutes: int) -> str:
    """Minutes as hours: 7.5, 8."""
    return format(minutes / HOUR, ".4g")
